"""What an exercise looks like, in a few numbers of the body: made from its figure, so that a new file needs no code.

A template holds the numbers at several moments between start and peak. A body is held against the moment it is
most like; the distance is in tolerances that are wide enough for other bodies, other grips and a camera's errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from openback.model.exercise import Exercise
from openback.model.motion import Floats
from openback.motion.body import Body
from openback.motion.measures import (
    arm_elevation_deg,
    body_in_room,
    elbow_flexion_deg,
    hip_flexion_deg,
    knee_flexion_deg,
    trunk_from_floor_deg,
    wrist_above_shoulder_trunks,
    wrist_behind_trunk_trunks,
)
from openback.motion.skeleton.figure_motion import figure_at

# Moments of the template, from start to peak.
SHARES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_ARM: Final = (arm_elevation_deg, elbow_flexion_deg, wrist_above_shoulder_trunks, wrist_behind_trunk_trunks)
# Trunk, hips, knees; then the left arm and the right arm. Tolerances are project defaults.
_TOLERANCE: Final = np.array([25.0, 40.0, 45.0, *(30.0, 40.0, 0.3, 0.35) * 2])
_MIRRORED: Final = [0, 1, 2, 7, 8, 9, 10, 3, 4, 5, 6]
SIZE: Final = len(_MIRRORED)
# How much each number says: posture and arms alike.
WEIGHT: Final = np.array([1.5, 0.75, 0.75, *(0.5, 0.5, 0.5, 0.25) * 2])
_MOST: Final = 9.0  # squared tolerances: one number that is quite wrong must not decide alone


def numbers_of(body: Body) -> list[float]:
    """Return the numbers of a body, in the order of the template: degrees and trunk lengths, NaN as they come."""
    legs = [(function(body, 0) + function(body, 1)) / 2 for function in (hip_flexion_deg, knee_flexion_deg)]
    arms = [function(body, side) for side in (0, 1) for function in _ARM]
    return [trunk_from_floor_deg(body, 0), *legs, *arms]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Template:
    """Numbers (variants, moments, SIZE) over the tolerances; a second variant is the mirror image."""

    scaled: Floats

    def distances(self, numbers: Floats, weight: Floats) -> Floats:
        """Return how far scaled numbers (SIZE,) are from each variant and moment: 0 alike, 1 a tolerance off."""
        off = np.minimum((self.scaled - numbers) ** 2, _MOST)
        distances: Floats = (off @ weight) / weight.sum()
        return distances


def scaled(numbers: Sequence[float]) -> Floats:
    """Return numbers over their tolerances; unknown ones as NaN."""
    values: Floats = np.asarray(numbers, dtype=float) / _TOLERANCE
    return values


def template_of(exercise: Exercise) -> Template | None:
    """Return the template of an exercise; None for one without a figure."""
    if exercise.figure is None:
        return None
    poses = figure_at(exercise, np.array(SHARES)).landmarks_m
    one = np.array([scaled(numbers_of(body_in_room(points))) for points in poses])
    mirror = one[:, _MIRRORED]
    alike = bool(np.abs(one - mirror).max() < 0.5)
    return Template(scaled=one[None] if alike else np.stack([one, mirror]))
