"""What can be told from a body: one pure function for each measure, with its unit, need and error.

A function takes a `Body` and a side (0 left, 1 right) and returns a number in the measure's unit, NaN where
it has no meaning (an arm that hangs has no plane). It never looks at the camera: that is `View` and the
table of errors beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import atan2, degrees, exp, hypot, isfinite, nan, sqrt
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from openback.model.measures import MEASURE_UNITS
from openback.model.motion import BodySide, Floats, ViewName
from openback.motion.body import (
    ANKLES,
    EARS,
    ELBOWS,
    EYES,
    HIPS,
    KNEES,
    NOSE,
    SHOULDERS,
    VERTICAL,
    WRISTS,
    Body,
    Point,
    Vector,
    angle_deg,
    cross,
    dot,
    level_length,
    middle,
    minus,
    norm,
    off,
    unit,
)

Why = Literal[
    "", "nobody", "another person", "unsteady", "view", "not visible", "not in frame", "no meaning here"
]


class Reading(NamedTuple):
    """A measure at one moment: its value, its error (standard deviation), and why there is none.

    `value` is NaN when it cannot be told, and `why` says the reason; otherwise `why` is empty.
    `guess` is what the pose model would have it be even then: good enough to follow a movement that goes
    out of sight, never to judge one.
    """

    value: float
    sd: float
    why: Why = ""
    guess: float = nan

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return not self.why


Function = Callable[[Body, int], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure: what it is, and from where it can be told how well.

    `function` is told from a body that a camera saw, `exact` from one whose depth is known as well as the rest;
    most are the same. `needs` are groups of landmarks for the left side (or the middle), of each of which one must be seen: of the
    trunk's pairs the near one, since the far one cannot be elsewhere; a right side needs the mirrored ones.
    `error` is the standard deviation in the measure's unit for each view that can tell it;
    `sides` are (0, 1) where left and right have one each, else (0,).
    """

    name: str
    unit: str
    what: str
    function: Function
    exact: Function
    needs: tuple[tuple[int, ...], ...]
    error: Mapping[ViewName, float]
    sides: tuple[int, ...]

    @property
    def sided(self) -> bool:
        """Whether left and right have one each."""
        return len(self.sides) == 2

    def groups(self, side: int) -> tuple[tuple[int, ...], ...]:
        """Return the groups of landmarks of which one must be seen, for one side (0 left, 1 right)."""
        if not self.sided or side == 0:
            return self.needs
        return tuple(group if len(group) > 1 else (group[0] + 1,) for group in self.needs)


# --- Arms --------------------------------------------------------------------------------------------


def _upper_arm(body: Body, side: int) -> Vector:
    return unit(minus(body.points[ELBOWS[side]], body.points[SHOULDERS[side]]))


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
    return _bend_seen_deg(_upper_arm(body, side), unit(_forearm(body, side)))


# Sine of the bend in depth that the pose model gives to straight limbs: on seven real clips, arms that the
# picture shows straight (0 to 16 degrees) read 17 to 43 in space.
_DEPTH_DOUBT: Final = 0.45


def _bend_seen_deg(first: Vector, second: Vector) -> float:
    depth = unit(off((0.0, 0.0, 1.0), first))
    along, deep = dot(first, second), dot(second, depth)
    if not isfinite(deep):  # the limb points at the camera
        return angle_deg(first, second)
    across_squared = max(0.0, 1 - along * along - deep * deep)
    deep *= 1 - exp(-((deep / _DEPTH_DOUBT) ** 2)) if along > 0 else 1
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
    arm = minus(body.points[ELBOWS[side]], body.points[SHOULDERS[side]])
    return -dot(arm, body.forward) / body.trunk_m


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


# --- Trunk -------------------------------------------------------------------------------------------


def trunk_lean_deg(body: Body, _side: int) -> float:
    """Return the trunk from the vertical, backward positive: -90 is face down, 90 on the back."""
    return degrees(atan2(-dot(body.up, body.ahead), dot(body.up, VERTICAL)))


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
    """Return the angle ear, shoulder, hip: 180 in line."""
    return angle_deg(minus(body.ears, body.shoulders), minus(body.hips, body.shoulders))


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


# --- Legs --------------------------------------------------------------------------------------------


def hip_flexion_deg(body: Body, side: int) -> float:
    """Return the thigh forward of the trunk's line: 0 straight, negative behind."""
    thigh = _thigh(body, side)
    return degrees(atan2(dot(thigh, body.pelvis_forward), -dot(thigh, body.up)))


def knee_flexion_deg(body: Body, side: int) -> float:
    """Return how far the knee is bent, 0 straight."""
    return angle_deg(_thigh(body, side), _shin(body, side))


def knee_flexion_seen_deg(body: Body, side: int) -> float:
    """Return the bend of the knee as a camera tells it, with small bends in depth taken back."""
    return _bend_seen_deg(unit(_thigh(body, side)), unit(_shin(body, side)))


def _thigh(body: Body, side: int) -> Vector:
    return minus(body.points[KNEES[side]], body.points[HIPS[side]])


def _shin(body: Body, side: int) -> Vector:
    return minus(body.points[ANKLES[side]], body.points[KNEES[side]])


# --- The registry ---------------------------------------------------------------------------------------

_TRUNK: Final = ((11, 12), (23, 24))
_EARS: Final = ((7, 8),)
_SHOULDER, _ELBOW, _WRIST, _HIP, _KNEE, _ANKLE = (((number,),) for number in (11, 13, 15, 23, 25, 27))


def _everywhere(front: float, oblique: float, side: float, back: float) -> Mapping[ViewName, float]:
    errors: Mapping[ViewName, float] = {"front": front, "oblique": oblique, "side": side, "back": back}
    return MappingProxyType({view: error for view, error in errors.items() if isfinite(error)})


_NO: Final = nan
_ONE: Final = (0,)
_TWO: Final = (0, 1)
# Name, function, landmarks, error from the front, oblique, side and back (NaN: cannot be told), sided.
_TABLE: Final[tuple[tuple[str, Function, tuple[tuple[int, ...], ...], tuple[float, float, float, float], tuple[int, ...]], ...]] = (
    ("elbow_flexion_deg", elbow_flexion_seen_deg, _SHOULDER + _ELBOW + _WRIST, (10, 9, 8, 11), _TWO),
    ("arm_elevation_deg", arm_elevation_deg, _TRUNK + _SHOULDER + _ELBOW, (6, 7, 7, 7), _TWO),
    ("arm_plane_deg", arm_plane_deg, _TRUNK + _SHOULDER + _ELBOW, (12, 10, 12, 14), _TWO),
    ("elbow_from_side_deg", elbow_from_side_deg, _TRUNK + _SHOULDER + _ELBOW, (7, 9, 15, 7), _TWO),
    ("elbow_behind_trunk_trunks", elbow_behind_trunk_trunks, _TRUNK + _SHOULDER + _ELBOW, (0.09, 0.06, 0.05, 0.09), _TWO),
    ("wrist_ahead_of_ear_trunks", wrist_ahead_of_ear_trunks, _EARS + _TRUNK + _WRIST, (0.1, 0.09, 0.08, 0.1), _TWO),
    ("wrist_above_shoulder_trunks", wrist_above_shoulder_trunks, _TRUNK + _SHOULDER + _WRIST, (0.05, 0.05, 0.05, 0.05), _TWO),
    ("wrist_behind_trunk_trunks", wrist_behind_trunk_trunks, _TRUNK + _SHOULDER + _WRIST, (0.11, 0.09, 0.06, 0.11), _TWO),
    ("shoulder_rotation_deg", shoulder_rotation_deg, _TRUNK + _SHOULDER + _ELBOW + _WRIST, (14, 14, 18, 16), _TWO),
    ("grip_width_shoulders", grip_width_shoulders, ((11,), (12,), (15,), (16,)), (0.12, 0.2, _NO, 0.12), _ONE),
    ("forearm_from_vertical_deg", forearm_from_vertical_deg, _ELBOW + _WRIST, (7, 7, 6, 7), _TWO),
    ("trunk_lean_deg", trunk_lean_deg, _TRUNK, (_NO, 7, 4, _NO), _ONE),
    ("trunk_from_floor_deg", trunk_from_floor_deg, _TRUNK, (10, 7, 4, 10), _ONE),
    ("trunk_twist_deg", trunk_twist_deg, _TRUNK, (8, 9, 12, 8), _ONE),
    ("trunk_swing_deg", trunk_lean_deg, _TRUNK, (_NO, 4, 3, _NO), _ONE),
    ("shoulder_rise_trunks", shoulder_height, _EARS + _TRUNK + _SHOULDER, (0.025, 0.03, 0.035, 0.03), _TWO),
    ("shoulder_tilt_deg", shoulder_tilt_deg, ((11,), (12,)), (2.5, 5, _NO, 2.5), _ONE),
    ("hip_tilt_deg", hip_tilt_deg, ((23,), (24,)), (3, 6, _NO, 3), _ONE),
    ("head_tilt_deg", head_tilt_deg, ((7,), (8,)), (3, 6, _NO, 5), _ONE),
    ("head_forward_deg", head_forward_deg, (*_EARS, (11, 12)), (_NO, 9, 6, _NO), _ONE),
    ("head_pitch_deg", head_pitch_deg, ((0,), *_EARS, *_TRUNK), (10, 9, 7, _NO), _ONE),
    ("neck_line_deg", neck_line_deg, _EARS + _TRUNK, (_NO, 9, 6, _NO), _ONE),
    ("shoulder_forward_trunks", shoulder_forward_trunks, _EARS + _TRUNK, (_NO, 0.05, 0.03, _NO), _ONE),
    ("hip_flexion_deg", hip_flexion_deg, _TRUNK + _HIP + _KNEE, (12, 9, 6, 12), _TWO),
    ("knee_flexion_deg", knee_flexion_seen_deg, _HIP + _KNEE + _ANKLE, (13, 9, 6, 13), _TWO),
)  # fmt: skip


# The same measures in space, where a camera tells them in another way.
_EXACT: Final[Mapping[Function, Function]] = {
    elbow_flexion_seen_deg: elbow_flexion_deg,
    knee_flexion_seen_deg: knee_flexion_deg,
}


def _measure(
    name: str,
    function: Function,
    needs: tuple[tuple[int, ...], ...],
    error: tuple[float, ...],
    sides: tuple[int, ...],
) -> Measure:
    what = (function.__doc__ or "").split("\n", 1)[0].removeprefix("Return ")
    return Measure(
        name=name,
        unit=MEASURE_UNITS[name],
        what=what,
        function=function,
        exact=_EXACT.get(function, function),
        needs=needs,
        error=_everywhere(*error),
        sides=sides,
    )


RISE: Final = "shoulder_rise_trunks"  # the one measure that needs the person at rest
MEASURES: Final[Mapping[str, Measure]] = MappingProxyType({row[0]: _measure(*row) for row in _TABLE})


def exact(measure: str, side: BodySide, landmarks_m: Floats, rest_m: Floats | None = None) -> float:
    """Return a measure of noise-free landmarks (33, 3) in the room's axes, whatever camera there may be.

    `rest_m` are the landmarks of the same person at rest; only `shoulder_rise_trunks` needs them.
    """
    entry = MEASURES[measure]
    body = body_in_room(landmarks_m)
    values = [entry.exact(body, number) for number in (0, 1)]
    if measure == RISE:
        rest = body if rest_m is None else body_in_room(rest_m)
        values = [risen_trunks(values[number], shoulder_height(rest, number)) for number in (0, 1)]
    return combined(values[0], values[1], side if entry.sided else "left")


def body_in_room(landmarks_m: Floats) -> Body:
    """Return the body of landmarks (33, 3) in the room's axes: X its left, Y up, Z to the viewer."""
    return Body([(x, -y, -z) for x, y, z in landmarks_m.tolist()])


def combined(left: float, right: float, side: BodySide) -> float:
    """Return the value of one side, the mean of both, or left minus right."""
    if side == "left":
        return left
    if side == "right":
        return right
    return left - right if side == "difference" else (left + right) / 2
