"""The lines of an upright body in a picture, as angles in degrees, for many frames at once.

All are taken in the plane of the picture, which the pose model marks better than it guesses depth. Lines run between
the middles of left and right, so that a body turned a little out of the shot moves them little. Points have the
shape (N, 33, 2) in square pixels, x to the right and y down; results (N,), NaN where a line has no length.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from openback.model.motion import Floats
from openback.model.posture import Shot
from openback.motion.body import EARS, ELBOWS, HIPS, SHOULDERS

EYES_OUTER: Final = (3, 6)
MOUTH: Final = (9, 10)
# To the right of the picture is ahead as seen from the right, and the person's own left as seen from the front.
TOWARDS: Final[Mapping[Shot, float]] = {"right": 1.0, "left": -1.0, "front": 1.0, "back": -1.0}
# A picture that leans clockwise moves these readings by as much, up or down, in a shot whose `TOWARDS` is 1.
ROLL: Final[Mapping[str, float]] = {
    "head_forward_deg": 1.0,
    "shoulders_forward_deg": 0.0,
    "trunk_lean_forward_deg": 1.0,
    "shoulder_level_deg": -1.0,
    "head_level_deg": -1.0,
    "trunk_lean_left_deg": 1.0,
}


def lines_deg(points_px: Floats, shot: Shot) -> Mapping[str, Floats]:
    """Return every measure that a shot tells, by name: ahead and the person's own left are positive."""
    towards = TOWARDS[shot]
    trunk_deg = _lean_deg(points_px, HIPS, SHOULDERS, towards)
    if shot in {"left", "right"}:
        return {
            "head_forward_deg": _lean_deg(points_px, SHOULDERS, EARS, towards),
            "shoulders_forward_deg": trunk_deg - _lean_deg(points_px, HIPS, EARS, towards),
            "trunk_lean_forward_deg": trunk_deg,
        }
    return {
        "shoulder_level_deg": _tilt_deg(across(points_px, SHOULDERS)),
        "head_level_deg": _tilt_deg(_head(points_px, shot)),
        "trunk_lean_left_deg": trunk_deg,
    }


def middle(points_px: Floats, pair: tuple[int, int]) -> Floats:
    """Return the points (N, 2) halfway between left and right."""
    half: Floats = (points_px[:, pair[0]] + points_px[:, pair[1]]) / 2
    return half


def across(points_px: Floats, pair: tuple[int, int]) -> Floats:
    """Return the vectors (N, 2) from right to left."""
    vector: Floats = points_px[:, pair[0]] - points_px[:, pair[1]]
    return vector


def arms_deg(points_px: Floats) -> Floats:
    """Return how far each upper arm (N, 2) is from hanging straight down in the picture, 0 to 180."""
    each = points_px[:, ELBOWS, :] - points_px[:, SHOULDERS, :]
    return np.degrees(np.arctan2(np.abs(each[..., 0]), each[..., 1]))


def c7_deg(points_px: Floats, c7_px: tuple[float, float], towards: float) -> Floats:
    """Return the line (N,) from a marked point to the ears against the level, ahead and up positive."""
    line = middle(points_px, EARS) - np.array(c7_px)
    return _angle_deg(-line[:, 1], towards * line[:, 0])


def _head(points_px: Floats, shot: Shot) -> Floats:
    """Return the direction across the head: from behind only the ears are more than a guess."""
    ears = across(points_px, EARS)
    if shot == "back":
        return ears
    # Longer lines count for more in the sum, as they should: each end is marked about equally well.
    together: Floats = ears + across(points_px, EYES_OUTER) + across(points_px, MOUTH)
    return together


def _lean_deg(points_px: Floats, low: tuple[int, int], high: tuple[int, int], towards: float) -> Floats:
    line = middle(points_px, high) - middle(points_px, low)
    return _angle_deg(towards * line[:, 0], -line[:, 1])


def _tilt_deg(line: Floats) -> Floats:
    """Return a line from right to left against the level, left higher positive."""
    return _angle_deg(-line[:, 1], np.abs(line[:, 0]))


def _angle_deg(up: Floats, along: Floats) -> Floats:
    there = (up != 0) | (along != 0)
    return np.where(there, np.degrees(np.arctan2(up, along)), np.nan)
