"""What an exercise looks like, in a few numbers of the body: made from its figure, so that a new file needs no code.

A template holds the numbers at several moments between start and peak. A body is held against the moment it is
most like; the distance is in tolerances that are wide enough for other bodies, other grips and a camera's errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, degrees
from typing import Final

import numpy as np

from openback.model.exercise import Exercise
from openback.model.motion import Floats
from openback.motion.body import VERTICAL, Body, dot
from openback.motion.measures import (
    arm_elevation_deg,
    body_in_room,
    elbow_flexion_deg,
    hip_flexion_deg,
    knee_flexion_deg,
    shoulder_height,
    trunk_from_floor_deg,
    wrist_above_shoulder_trunks,
    wrist_behind_trunk_trunks,
)
from openback.motion.skeleton.figure_motion import figure_at

# Moments of the template, from start to peak.
SHARES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_ARM: Final = (arm_elevation_deg, elbow_flexion_deg, wrist_above_shoulder_trunks, wrist_behind_trunk_trunks)
# Trunk from the floor, chest towards the floor, hips, knees; then the left arm, the right arm, and the shoulders
# between hips and ears, of which only the movement counts. Tolerances and weights are project defaults.
_TOLERANCE: Final = np.array([25.0, 40.0, 40.0, 45.0, *(30.0, 40.0, 0.3, 0.35) * 2, 0.06])
WEIGHT: Final = np.array([1.5, 0.5, 0.75, 0.75, *(0.5, 0.5, 0.5, 0.25) * 2, 0.0])
MOVEMENT_WEIGHT: Final = np.array([0.75, 0.25, 0.5, 0.5, *(0.75, 0.5, 0.5, 0.25) * 2, 1.5])
_MIRRORED: Final = [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12]
SIZE: Final = len(_MIRRORED)
_MOST: Final = 9.0  # squared tolerances: one number that is quite wrong must not decide alone


def numbers_of(body: Body) -> list[float]:
    """Return the numbers of a body, in the order of the template: degrees and trunk lengths, NaN as they come."""
    legs = [(function(body, 0) + function(body, 1)) / 2 for function in (hip_flexion_deg, knee_flexion_deg)]
    arms = [function(body, side) for side in (0, 1) for function in _ARM]
    shoulders = (shoulder_height(body, 0) + shoulder_height(body, 1)) / 2
    return [trunk_from_floor_deg(body, 0), _chest_down_deg(body), *legs, *arms, shoulders]


def _chest_down_deg(body: Body) -> float:
    """Return how far the chest faces down: 90 face down, 0 upright, -90 face up."""
    return -degrees(asin(max(-1.0, min(1.0, dot(body.forward, VERTICAL)))))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Template:
    """Numbers over the tolerances: `moments` (variants, moments, SIZE), a second variant being the mirror image.

    `spread` (variants, SIZE) is their standard deviation over a rep.
    """

    moments: Floats
    spread: Floats

    def distances(self, numbers: Floats, weight: Floats) -> Floats:
        """Return how far scaled numbers (SIZE,) are from each variant and moment: 0 alike, 1 a tolerance off."""
        return distances(self.moments, numbers, weight)


def distances(moments: Floats, numbers: Floats, weight: Floats) -> Floats:
    """Return the weighted mean of squared differences along the last axis, each cut at three tolerances."""
    off = np.minimum((moments - numbers) ** 2, _MOST)
    mean: Floats = (off @ weight) / weight.sum()
    return mean


def scaled(numbers: Sequence[float]) -> Floats:
    """Return numbers over their tolerances; unknown ones as NaN."""
    values: Floats = np.asarray(numbers, dtype=float) / _TOLERANCE
    return values


def template_of(exercise: Exercise) -> Template | None:
    """Return the template of an exercise; None for one without a figure. A pose that is held is its peak alone."""
    if exercise.figure is None:
        return None
    shares = np.array(SHARES[3:] if exercise.kind == "hold" else SHARES)
    poses = figure_at(exercise, shares).landmarks_m
    one = np.array([scaled(numbers_of(body_in_room(points))) for points in poses])
    mirror = one[:, _MIRRORED]
    moments = one[None] if np.nanmax(np.abs(one - mirror)) < 0.5 else np.stack([one, mirror])
    spread = np.zeros_like(moments[:, 0]) if exercise.kind == "hold" else moments.std(axis=1)
    return Template(moments=moments, spread=spread)
