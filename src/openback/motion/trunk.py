"""What trunk, head and shoulders do: pure functions of a `Body`; the side (0 left, 1 right) matters to few.

Each returns a number in the unit of its name, NaN where it has no meaning or its landmarks are not known.
"""

from __future__ import annotations

from math import atan2, degrees, hypot, isfinite, nan

from openback.motion.body import (
    EARS,
    EYES,
    HIPS,
    NOSE,
    SHOULDERS,
    VERTICAL,
    Body,
    Vector,
    angle_deg,
    cross,
    dot,
    level_length,
    middle,
    minus,
    off,
    unit,
)


def trunk_lean_deg(body: Body, _side: int) -> float:
    """Return the trunk from the vertical, backward positive: -90 is face down, 90 on the back."""
    return degrees(atan2(-dot(body.up, body.ahead), dot(body.up, VERTICAL)))


def trunk_doubt(body: Body, _side: int) -> float:
    """Return by how much the error of what hangs on the trunk grows as it points at the camera: up to three times."""
    share = hypot(body.up[0], body.up[1])
    return 1 + 2.5 * max(0.0, 0.8 - share)


def trunk_swing_deg(body: Body, side: int) -> float:
    """Return the trunk from the vertical, of which the range within a rep is the swing."""
    return trunk_lean_deg(body, side)


def trunk_from_floor_deg(body: Body, _side: int) -> float:
    """Return the trunk from the level: 90 upright, negative when the shoulders are lower than the hips.

    Leaning to the side does not count while the shoulders are above each other's level.
    """
    high = dot(body.up, VERTICAL)
    # On its side a body heads nowhere, and leans all the way that it is not upright.
    ahead = dot(body.up, body.ahead) if isfinite(body.ahead[0]) else level_length(body.up)
    return degrees(atan2(high, abs(ahead)))


def trunk_twist_deg(body: Body, _side: int) -> float:
    """Return the shoulder line against the hip line about the trunk, to the own left positive."""
    turn = dot(cross(body.pelvis_left, body.left), body.up)
    return degrees(atan2(turn, dot(body.pelvis_left, body.left)))


def shoulder_tilt_deg(body: Body, _side: int) -> float:
    """Return the shoulder line from the level, the left one higher positive."""
    return _tilt_deg(minus(body.points[SHOULDERS[0]], body.points[SHOULDERS[1]]))


def hip_tilt_deg(body: Body, _side: int) -> float:
    """Return the hip line from the level, the left one higher positive."""
    return _tilt_deg(minus(body.points[HIPS[0]], body.points[HIPS[1]]))


def head_tilt_deg(body: Body, _side: int) -> float:
    """Return the line between the ears from the level, the left one higher positive."""
    return _tilt_deg(minus(body.points[EARS[0]], body.points[EARS[1]]))


def _tilt_deg(line: Vector) -> float:
    level = level_length(line)
    return degrees(atan2(-line[1], level)) if level or line[1] else nan


# --- Head and shoulders --------------------------------------------------------------------------------


def head_forward_deg(body: Body, _side: int) -> float:
    """Return the ear over the shoulder from the vertical, forward positive."""
    neck = minus(body.ears, body.shoulders)
    return degrees(atan2(dot(neck, body.ahead), dot(neck, VERTICAL)))


def head_pitch_deg(body: Body, _side: int) -> float:
    """Return the face against the trunk: 0 level on an upright trunk, up positive."""
    points = body.points
    # Eyes and nose lie as much above as below the level line through the ears.
    face = minus(middle(points[NOSE], middle(points[EYES[0]], points[EYES[1]])), body.ears)
    return degrees(atan2(dot(face, body.up), dot(face, body.forward)))


def neck_line_deg(body: Body, _side: int) -> float:
    """Return the angle ear, shoulder, hip as seen from the side: 180 in line."""
    neck, trunk = minus(body.ears, body.shoulders), minus(body.hips, body.shoulders)
    return angle_deg(off(neck, body.left), off(trunk, body.left))


def shoulder_forward_trunks(body: Body, _side: int) -> float:
    """Return how far the shoulders are ahead of the line from hips to ears, in trunk lengths."""
    line = unit(minus(body.ears, body.hips))
    return dot(off(minus(body.shoulders, body.hips), line), body.forward) / body.trunk_m


def shoulder_height(body: Body, side: int) -> float:
    """Return where the shoulder is between the hips (0) and the ears (1).

    Ears and hips stay where they are in a shrug, and their distance is the scale: neither a camera that comes
    closer nor a body that leans to it changes the share.
    """
    head, shoulder = minus(body.ears, body.hips), minus(body.points[SHOULDERS[side]], body.hips)
    return dot(head, shoulder) / (dot(head, head) or nan)


def risen_trunks(height: float, at_rest: float) -> float:
    """Return how far a shoulder has risen from rest in trunk lengths, from its heights between hips and ears."""
    return height / at_rest - 1
