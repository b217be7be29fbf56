"""What an exercise looks like, in a few numbers of the body: made from its figure, so that a new file needs no code.

A template holds the numbers at several moments between start and peak. A body is held against the moment it is
most like; the distance is in tolerances that are wide enough for other bodies, other grips and a camera's errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asin, degrees, hypot, nan
from typing import Final

import numpy as np

from openback.model.exercise import Exercise
from openback.model.motion import Floats, LandmarkFrame, ViewName
from openback.motion.body import VERTICAL, Body, Point, body_in_room, dot
from openback.motion.limbs import (
    arm_elevation_deg,
    elbow_flexion_deg,
    grip_width_shoulders,
    hip_flexion_deg,
    knee_flexion_deg,
    wrist_above_shoulder_trunks,
    wrist_behind_trunk_trunks,
)
from openback.motion.skeleton.figure_motion import figure_at
from openback.motion.trunk import shoulder_height, trunk_from_floor_deg

# Moments of the template, from start to peak.
SHARES: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_ARM: Final = (arm_elevation_deg, elbow_flexion_deg, wrist_above_shoulder_trunks, wrist_behind_trunk_trunks)
# Trunk from the floor, chest towards the floor, hips, knees; the left arm, the right arm; hands apart; and three of
# which only the movement counts: shoulders between hips and ears, height of hips and of hands in the picture (in a
# pull-up the hips move, in a pull-down the hands). Tolerances and weights are project defaults.
_TOLERANCE: Final = np.array([25.0, 40.0, 40.0, 45.0, *(30.0, 40.0, 0.3, 0.35) * 2, 0.8, 0.06, 0.7, 0.7])
WEIGHT: Final = np.array([1.5, 0.5, 0.75, 0.75, *(0.5, 0.5, 0.5, 0.25) * 2, 0.5, 0.0, 0.0, 0.0])
MOVEMENT_WEIGHT: Final = np.array([0.75, 0.25, 0.5, 0.5, *(0.75, 0.5, 0.5, 0.25) * 2, 0.0, 1.5, 0.5, 0.5])
_MIRRORED: Final = [0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15]
SIZE: Final = len(_MIRRORED)
_MOST: Final = 9.0  # squared tolerances: one number that is quite wrong must not decide alone


def numbers_of(body: Body, hips_trunks: float, hands_trunks: float) -> list[float]:
    """Return the numbers of a body, in the order of the template: degrees and lengths, NaN as they come.

    `hips_trunks` and `hands_trunks` are their heights over any fixed level, in trunk lengths.
    """
    legs = [(function(body, 0) + function(body, 1)) / 2 for function in (hip_flexion_deg, knee_flexion_deg)]
    arms = [function(body, side) for side in (0, 1) for function in _ARM]
    shoulders = (shoulder_height(body, 0) + shoulder_height(body, 1)) / 2
    apart = grip_width_shoulders(body, 0)
    return [
        trunk_from_floor_deg(body, 0),
        _chest_down_deg(body),
        *legs,
        *arms,
        apart,
        shoulders,
        hips_trunks,
        hands_trunks,
    ]


def _chest_down_deg(body: Body) -> float:
    """Return how far the chest faces down: 90 face down, 0 upright, -90 face up."""
    return -degrees(asin(max(-1.0, min(1.0, dot(body.forward, VERTICAL)))))


def _heights_trunks(points: Sequence[Point], *, up: int = 1) -> tuple[float, float]:
    """Return the heights of hips and hands of 33 points in the length of trunk or shoulders; `up` -1 with y downwards."""
    size, _, hips_y = _size(points)
    hands_y = (points[15][1] + points[16][1]) / 2
    return (up * hips_y / size, up * hands_y / size) if size > 0 else (nan, nan)


def _size(points: Sequence[Point]) -> tuple[float, float, float]:
    """Return the length of the trunk or of the shoulders in a picture, and where the hips are, across and along."""
    (ax, ay), (bx, by) = points[11], points[12]
    hips_x, hips_y = (points[23][0] + points[24][0]) / 2, (points[23][1] + points[24][1]) / 2
    trunk = hypot((ax + bx) / 2 - hips_x, (ay + by) / 2 - hips_y)
    return max(trunk, hypot(ax - bx, ay - by)), hips_x, hips_y


def hips_px(frame: LandmarkFrame) -> tuple[float, float]:
    """Return where the hips are across the picture, and how large the trunk or the shoulders are, in pixels."""
    size, hips_x, _ = _size(frame.image_px.tolist())
    return hips_x, size


def trust_of(frame: LandmarkFrame, view: ViewName) -> Floats:
    """Return how far each number can be trusted in a frame, (SIZE,) 0 to 1.

    What is hidden or outside the picture is guessed by the pose model; from the front and from behind it guesses
    how far hips and knees are bent.
    """
    width, height, points = frame.width_px, frame.height_px, frame.image_px[_FIRST:_LAST].tolist()
    seen = {
        number: min(2 * visible, 1.0) if 0 <= x <= width and 0 <= y <= height else 0.0
        for number, (x, y), visible in zip(
            range(_FIRST, _LAST), points, frame.visibility[_FIRST:_LAST].tolist(), strict=True
        )
    }
    arms = [(seen[elbow], min(seen[elbow], seen[wrist])) for elbow, wrist in _ARMS]
    each = [number for elbow, wrist in arms for number in (elbow, wrist, wrist, wrist)]
    hands = min(seen[15], seen[16])
    legs = 0.4 if view in {"front", "back"} else 1.0
    knees = float(max(seen[25], seen[26]) >= 1.0)
    ankles = knees * (max(seen[27], seen[28]) >= 1.0)
    apart = 0.0 if view == "side" else hands
    return np.array([1.0, 1.0, legs * knees, legs * ankles, *each, apart, 1.0, 1.0, hands])


_ARMS: Final = ((13, 15), (14, 16))
_FIRST, _LAST = 13, 29  # from the elbows to the ankles


def look(body: Body, frame: LandmarkFrame, view: ViewName) -> tuple[Floats, Floats]:
    """Return the scaled numbers of a body, 0 where unknown, and how far each is known, 0 to 1; (SIZE,) each."""
    numbers = scaled(numbers_of(body, *_heights_trunks(frame.image_px.tolist(), up=-1)))
    known = np.isfinite(numbers)
    return np.where(known, numbers, 0.0), trust_of(frame, view) * known


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


class _Itself:
    """An exercise as a key: it has mappings in it, so that it is known by which one it is."""

    __slots__ = ("exercise",)

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise

    def __hash__(self) -> int:
        return id(self.exercise)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.exercise is self.exercise


def template_of(exercise: Exercise) -> Template | None:
    """Return the template of an exercise; None for one without a figure. A pose that is held is its peak alone.

    Making one takes several milliseconds, so that those made last are kept.
    """
    return _made(_Itself(exercise))


@lru_cache(maxsize=1024)
def _made(key: _Itself) -> Template | None:
    exercise = key.exercise
    if exercise.figure is None:
        return None
    shares = np.array(SHARES[3:] if exercise.kind == "hold" else SHARES)
    poses = figure_at(exercise, shares).landmarks_m
    one = np.array(
        [
            scaled(numbers_of(body_in_room(points), *_heights_trunks(points[:, :2].tolist())))
            for points in poses
        ]
    )
    mirror = one[:, _MIRRORED]
    moments = one[None] if np.nanmax(np.abs(one - mirror)) < 0.5 else np.stack([one, mirror])
    spread = np.zeros_like(moments[:, 0]) if exercise.kind == "hold" else moments.std(axis=1)
    return Template(moments=moments, spread=spread)
