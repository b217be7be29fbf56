"""What arms and legs do: pure functions of a `Body` and a side (0 left, 1 right).

Each returns a number in the unit of its name, NaN where it has no meaning or its landmarks are not known. None
looks at where the camera stands, but for the two that say `seen`: a camera tells depth less well than the rest.
"""

from __future__ import annotations

from math import atan2, degrees, exp, hypot, inf, isfinite, nan, sqrt
from typing import Final

from openback.motion.body import (
    ANKLES,
    ELBOWS,
    HIPS,
    KNEES,
    SHOULDERS,
    VERTICAL,
    WRISTS,
    Body,
    Point,
    Vector,
    angle_deg,
    dot,
    minus,
    norm,
    off,
    unit,
)


def _arm(body: Body, side: int) -> Vector:
    return minus(body.points[ELBOWS[side]], body.points[SHOULDERS[side]])


def _upper_arm(body: Body, side: int) -> Vector:
    return unit(_arm(body, side))


def _forearm(body: Body, side: int) -> Vector:
    return minus(body.points[WRISTS[side]], body.points[ELBOWS[side]])


def _outward(body: Body, side: int) -> Vector:
    left = body.left
    return left if side == 0 else (-left[0], -left[1], -left[2])


def elbow_flexion_deg(body: Body, side: int) -> float:
    """Return how far the elbow is bent: 0 straight, 180 folded."""
    return angle_deg(_upper_arm(body, side), _forearm(body, side))


def elbow_flexion_seen_deg(body: Body, side: int) -> float:
    """Return the bend of the elbow as a camera tells it, with small bends in depth taken back."""
    first, second = _arm(body, side), _forearm(body, side)
    return _bend_seen_deg(first, second, _in_picture(body, first, second, _ARM_TRUNKS))


def elbow_doubt(body: Body, side: int) -> float:
    """Return by how much the error of the elbow grows as upper arm or forearm point at the camera."""
    return _doubt(_in_picture(body, _arm(body, side), _forearm(body, side), _ARM_TRUNKS))


# Lengths in trunk lengths: upper arm and forearm, thigh and shin (de Leva 1996, mean of women and men).
_ARM_TRUNKS: Final = (0.55, 0.53)
_LEG_TRUNKS: Final = (0.78, 0.87)
# A limb whose picture is as long as this share of its length lies in the picture; one below points at the camera,
# and one below the last has no angle that could be told.
_FLAT: Final = 0.95
_SLANTED: Final = 0.75
_POINTING: Final = 0.4
# Sine of the bend in depth that the pose model gives to straight limbs: on seven real clips, arms that the
# picture shows straight (0 to 16 degrees) read 17 to 43 in space. The less, the more of the limb is in the picture.
_DEPTH_DOUBT: Final = 0.45
_FLAT_DEPTH: Final = 0.5


def _in_picture(body: Body, first: Vector, second: Vector, trunks: tuple[float, float]) -> float:
    """Return how much of two bones is in the picture, of the one that is less: 1 all, 0 it points at the camera."""
    share, other = hypot(first[0], first[1]) / trunks[0], hypot(second[0], second[1]) / trunks[1]
    return min(share, other) / body.trunk_m


def _doubt(share: float) -> float:
    """Return 1 for a limb in the picture, 2 and more as it points at the camera, infinity where nothing is told."""
    if not share >= _POINTING:
        return inf
    return 1 + 1.5 * max(0.0, _SLANTED - share) / (_SLANTED - _POINTING)


def _bend_seen_deg(first: Vector, second: Vector, share: float) -> float:
    first, second = unit(first), unit(second)
    depth = unit(off((0.0, 0.0, 1.0), first))
    along, deep = dot(first, second), dot(second, depth)
    if not isfinite(deep):  # the limb points at the camera
        return angle_deg(first, second)
    across_squared = max(0.0, 1 - along * along - deep * deep)
    if along > 0:
        flat = min(1.0, max(0.0, (share - _SLANTED) / (_FLAT - _SLANTED)))
        deep *= (1 - _FLAT_DEPTH * flat) * (1 - exp(-((deep / _DEPTH_DOUBT) ** 2)))
    return degrees(atan2(sqrt(across_squared + deep * deep), along))


def arm_elevation_deg(body: Body, side: int) -> float:
    """Return the upper arm from hanging along the trunk (0) to overhead (180)."""
    return 180 - angle_deg(_upper_arm(body, side), body.up)


def arm_plane_deg(body: Body, side: int) -> float:
    """Return the plane the arm is raised in: 0 out to the side, 90 ahead, negative behind, over 90 across.

    It has no meaning within 17 degrees of hanging or of overhead.
    """
    arm = _upper_arm(body, side)
    out, ahead = dot(arm, _outward(body, side)), dot(arm, body.forward)
    return degrees(atan2(ahead, out)) if hypot(out, ahead) > 0.3 else nan


def elbow_from_side_deg(body: Body, side: int) -> float:
    """Return the upper arm away from the trunk in the frontal plane: 0 at the side, 90 straight out.

    Across the body is negative. It has no meaning for an arm that points straight ahead or back.
    """
    arm = _upper_arm(body, side)
    out, down = dot(arm, _outward(body, side)), -dot(arm, body.up)
    return degrees(atan2(out, down)) if hypot(out, down) > 0.3 else nan


def elbow_behind_trunk_trunks(body: Body, side: int) -> float:
    """Return how far the elbow is behind the trunk's plane, in trunk lengths."""
    return -dot(_arm(body, side), body.forward) / body.trunk_m


def wrist_behind_trunk_trunks(body: Body, side: int) -> float:
    """Return how far the wrist is behind the trunk's plane, in trunk lengths."""
    reach = minus(body.points[WRISTS[side]], body.points[SHOULDERS[side]])
    return -dot(reach, body.forward) / body.trunk_m


def wrist_above_shoulder_trunks(body: Body, side: int) -> float:
    """Return how far the wrist is above the shoulder along the trunk, in trunk lengths."""
    reach = minus(body.points[WRISTS[side]], body.points[SHOULDERS[side]])
    return dot(reach, body.up) / body.trunk_m


def wrist_ahead_of_ear_trunks(body: Body, side: int) -> float:
    """Return how far the wrist is ahead of the ears, out of the chest, in trunk lengths."""
    return dot(minus(body.points[WRISTS[side]], body.ears), body.forward) / body.trunk_m


def grip_width_shoulders(body: Body, _side: int) -> float:
    """Return wrist to wrist in shoulder widths, across the body: a bar lies along the shoulders."""
    apart = minus(body.points[WRISTS[0]], body.points[WRISTS[1]])
    return hypot(dot(apart, body.left), dot(apart, body.up)) / body.shoulders_m


def forearm_from_vertical_deg(body: Body, side: int) -> float:
    """Return the forearm from the vertical, 0 to 90, whichever way it points."""
    angle = angle_deg(_forearm(body, side), VERTICAL)
    return min(angle, 180 - angle)


def shoulder_rotation_deg(body: Body, side: int) -> float:
    """Return the upper arm's turn about its length, outward positive.

    0 is as lifted from hanging by the shortest way with the elbow bending forward. It has no meaning with a
    straight elbow or an arm straight up.
    """
    arm = _upper_arm(body, side)
    bend = off(_forearm(body, side), arm)
    down = (-body.up[0], -body.up[1], -body.up[2])
    lift = 1 + dot(down, arm)
    if norm(bend) < 0.3 * norm(_forearm(body, side)) or lift < 0.02:
        return nan
    ahead = _carried(body.forward, down, arm, lift)
    out = _carried(_outward(body, side), down, arm, lift)
    return degrees(atan2(dot(bend, out), dot(bend, ahead)))


def _carried(a: Point, start: Point, end: Point, lift: float) -> Vector:
    """Return `a`, at right angles to `start`, turned the shortest way that takes `start` to `end`."""
    share = dot(a, end) / lift
    return (
        a[0] - share * (start[0] + end[0]),
        a[1] - share * (start[1] + end[1]),
        a[2] - share * (start[2] + end[2]),
    )


# --- Legs --------------------------------------------------------------------------------------------


def hip_flexion_deg(body: Body, side: int) -> float:
    """Return the thigh forward of the trunk's line: 0 straight, negative behind."""
    thigh = _thigh(body, side)
    return degrees(atan2(dot(thigh, body.pelvis_forward), -dot(thigh, body.up)))


def knee_doubt(body: Body, side: int) -> float:
    """Return by how much the error of the knee grows as thigh or shin point at the camera."""
    return _doubt(_in_picture(body, _thigh(body, side), _shin(body, side), _LEG_TRUNKS))


def knee_flexion_deg(body: Body, side: int) -> float:
    """Return how far the knee is bent, 0 straight."""
    return angle_deg(_thigh(body, side), _shin(body, side))


def knee_flexion_seen_deg(body: Body, side: int) -> float:
    """Return the bend of the knee as a camera tells it, with small bends in depth taken back."""
    first, second = _thigh(body, side), _shin(body, side)
    return _bend_seen_deg(first, second, _in_picture(body, first, second, _LEG_TRUNKS))


def _thigh(body: Body, side: int) -> Vector:
    return minus(body.points[KNEES[side]], body.points[HIPS[side]])


def _shin(body: Body, side: int) -> Vector:
    return minus(body.points[ANKLES[side]], body.points[KNEES[side]])
