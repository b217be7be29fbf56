"""The registry of what can be told from a body: each measure with its unit, its need and its error.

The functions themselves are in `limbs` and `trunk`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite, nan
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from openback.model.measures import MEASURE_UNITS
from openback.model.motion import BodySide, Floats, ViewName
from openback.motion.body import Body, body_in_room
from openback.motion.limbs import (
    arm_elevation_deg,
    arm_plane_deg,
    elbow_behind_trunk_trunks,
    elbow_doubt,
    elbow_flexion_deg,
    elbow_flexion_seen_deg,
    elbow_from_side_deg,
    forearm_from_vertical_deg,
    grip_width_shoulders,
    hip_flexion_deg,
    knee_doubt,
    knee_flexion_deg,
    knee_flexion_seen_deg,
    shoulder_rotation_deg,
    wrist_above_shoulder_trunks,
    wrist_ahead_of_ear_trunks,
    wrist_behind_trunk_trunks,
)
from openback.motion.trunk import (
    head_forward_deg,
    head_pitch_deg,
    head_tilt_deg,
    hip_tilt_deg,
    neck_line_deg,
    risen_trunks,
    shoulder_forward_trunks,
    shoulder_height,
    shoulder_tilt_deg,
    trunk_doubt,
    trunk_from_floor_deg,
    trunk_lean_deg,
    trunk_swing_deg,
    trunk_twist_deg,
)

Why = Literal[
    "", "nobody", "another person", "unsteady", "view", "not visible", "not in frame", "no meaning here"
]


class Reading(NamedTuple):
    """A measure at one moment: its value, its error (standard deviation), and why there is none.

    `value` is NaN when it cannot be told, and `why` says the reason; otherwise `why` is empty. `change_sd` is the
    error of how far it has moved since another moment of the set: smaller where the pose model errs steadily.
    `guess` is what the pose model would have it be even then: good enough to follow a movement that goes
    out of sight, never to judge one.
    """

    value: float
    sd: float
    why: Why = ""
    guess: float = nan
    change_sd: float = nan

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return not self.why


Function = Callable[[Body, int], float]
Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure: what it is, and from where it can be told how well.

    `function` is told from a body that a camera saw, `exact` from one whose depth is known as well as the rest;
    most are the same. `needs` are groups of landmarks for the left side (or the middle), of each of which one must be seen: of the
    trunk's pairs the near one, since the far one cannot be elsewhere; a right side needs the mirrored ones.
    `error` is the standard deviation in the measure's unit for each view that can tell it, `change_error` that of
    the difference of two moments of a set; `doubt` is by how much both grow in a pose that is told badly, infinite where it
    cannot be told.
    `sides` are (0, 1) where left and right have one each, else (0,).
    """

    name: str
    unit: str
    what: str
    function: Function
    exact: Function
    needs: Groups
    error: Mapping[ViewName, float]
    change_error: Mapping[ViewName, float]
    doubt: Function | None
    sides: tuple[int, ...]

    @property
    def sided(self) -> bool:
        """Whether left and right have one each."""
        return len(self.sides) == 2

    def groups(self, side: int) -> Groups:
        """Return the groups of landmarks of which one must be seen, for one side (0 left, 1 right)."""
        if not self.sided or side == 0:
            return self.needs
        return tuple(group if len(group) > 1 else (group[0] + 1,) for group in self.needs)


_TRUNK: Final = ((11, 12), (23, 24))
_EARS: Final = ((7, 8),)
_SHOULDER, _ELBOW, _WRIST, _HIP, _KNEE, _ANKLE = (((number,),) for number in (11, 13, 15, 23, 25, 27))


_NO: Final = nan
_ONE: Final = (0,)
_TWO: Final = (0, 1)

Errors = tuple[tuple[float, float, float, float], tuple[float, float, float, float]]
# Name, function, landmarks, sides, and the errors from the front, oblique, the side and the back (NaN: cannot be
# told): of a reading, and of the difference of two readings of one set. `docs/measures.md` says where they are from.
_TABLE: Final[tuple[tuple[str, Function, Groups, tuple[int, ...], Errors], ...]] = (
    ("elbow_flexion_deg", elbow_flexion_seen_deg, _SHOULDER + _ELBOW + _WRIST, _TWO, ((10, 9, 8.5, 10), (9, 7.5, 7, 9))),
    ("arm_elevation_deg", arm_elevation_deg, _TRUNK + _SHOULDER + _ELBOW, _TWO, ((8, 7, 6, 9), (6, 5.5, 5.5, 6))),
    ("arm_plane_deg", arm_plane_deg, _TRUNK + _SHOULDER + _ELBOW, _TWO, ((18, 14, 14, 18), (12, 10, 11, 12))),
    ("elbow_from_side_deg", elbow_from_side_deg, _TRUNK + _SHOULDER + _ELBOW, _TWO, ((6, 9, 14, 7), (5, 7, 10, 5))),
    ("elbow_behind_trunk_trunks", elbow_behind_trunk_trunks, _TRUNK + _SHOULDER + _ELBOW, _TWO, ((0.22, 0.2, 0.04, 0.22), (0.12, 0.1, 0.04, 0.12))),
    ("wrist_ahead_of_ear_trunks", wrist_ahead_of_ear_trunks, _EARS + _TRUNK + _WRIST, _TWO, ((0.16, 0.09, 0.05, 0.15), (0.07, 0.06, 0.04, 0.09))),
    ("wrist_above_shoulder_trunks", wrist_above_shoulder_trunks, _TRUNK + _SHOULDER + _WRIST, _TWO, ((0.06, 0.05, 0.045, 0.07), (0.05, 0.045, 0.045, 0.05))),
    ("wrist_behind_trunk_trunks", wrist_behind_trunk_trunks, _TRUNK + _SHOULDER + _WRIST, _TWO, ((0.18, 0.12, 0.045, 0.18), (0.1, 0.08, 0.045, 0.1))),
    ("shoulder_rotation_deg", shoulder_rotation_deg, _TRUNK + _SHOULDER + _ELBOW + _WRIST, _TWO, ((40, 18, 14, 35), (25, 12, 11, 25))),
    ("grip_width_shoulders", grip_width_shoulders, ((11,), (12,), (15,), (16,)), _ONE, ((0.15, 0.25, _NO, 0.12), (0.11, 0.16, _NO, 0.11))),
    ("forearm_from_vertical_deg", forearm_from_vertical_deg, _ELBOW + _WRIST, _TWO, ((8, 6, 5, 7), (6, 5, 4.5, 6))),
    ("trunk_lean_deg", trunk_lean_deg, _TRUNK, _ONE, ((_NO, 3, 2.5, _NO), (_NO, 2, 1.5, _NO))),
    ("trunk_from_floor_deg", trunk_from_floor_deg, _TRUNK, _ONE, ((10, 3, 2.5, 10), (8, 2, 1.5, 8))),
    ("trunk_twist_deg", trunk_twist_deg, _TRUNK, _ONE, ((6, 5, 5, 5), (5, 5, 5, 5))),
    ("trunk_swing_deg", trunk_swing_deg, _TRUNK, _ONE, ((_NO, 2, 1.5, _NO), (_NO, 2, 1.5, _NO))),
    ("shoulder_rise_trunks", shoulder_height, _EARS + _TRUNK + _SHOULDER, _TWO, ((0.035, 0.035, 0.035, 0.035), (0.03, 0.03, 0.03, 0.03))),
    ("shoulder_tilt_deg", shoulder_tilt_deg, ((11,), (12,)), _ONE, ((3, 4.5, _NO, 3), (3, 3, _NO, 3))),
    ("hip_tilt_deg", hip_tilt_deg, ((23,), (24,)), _ONE, ((4, 5, _NO, 4), (4, 4, _NO, 4))),
    ("head_tilt_deg", head_tilt_deg, ((7,), (8,)), _ONE, ((5, 7, _NO, 5.5), (4.5, 4.5, _NO, 4.5))),
    ("head_forward_deg", head_forward_deg, (*_EARS, (11, 12)), _ONE, ((_NO, 5, 3, _NO), (_NO, 3.5, 3, _NO))),
    ("head_pitch_deg", head_pitch_deg, ((0,), *_EARS, *_TRUNK), _ONE, ((10, 7, 5.5, _NO), (6, 5.5, 5, _NO))),
    ("neck_line_deg", neck_line_deg, _EARS + _TRUNK, _ONE, ((_NO, 4.5, 3.5, _NO), (_NO, 4, 3.5, _NO))),
    ("shoulder_forward_trunks", shoulder_forward_trunks, _EARS + _TRUNK, _ONE, ((_NO, 0.02, 0.018, _NO), (_NO, 0.02, 0.018, _NO))),
    ("hip_flexion_deg", hip_flexion_deg, _TRUNK + _HIP + _KNEE, _TWO, ((13, 9, 5, 14), (6, 5, 4, 6))),
    ("knee_flexion_deg", knee_flexion_seen_deg, _HIP + _KNEE + _ANKLE, _TWO, ((12, 11, 9, 18), (7, 6.5, 6, 8))),
)  # fmt: skip
RISE: Final = "shoulder_rise_trunks"  # the one measure that needs the person at rest
_VIEWS: Final[tuple[ViewName, ...]] = ("front", "oblique", "side", "back")
# The same measures in space, where a camera tells them in another way.
_EXACT: Final[Mapping[Function, Function]] = {
    elbow_flexion_seen_deg: elbow_flexion_deg,
    knee_flexion_seen_deg: knee_flexion_deg,
}
# What a reading is where it is not what its function returns.
_WHAT: Final = {RISE: "how far the shoulder has risen towards the ears from the person's own rest"}
# What makes a measure's error grow, by how the body holds the limb.
_DOUBT: Final[Mapping[Function, Function]] = {
    elbow_flexion_seen_deg: elbow_doubt,
    knee_flexion_seen_deg: knee_doubt,
    shoulder_rotation_deg: elbow_doubt,
    **dict.fromkeys(
        (arm_elevation_deg, arm_plane_deg, elbow_from_side_deg, hip_flexion_deg, trunk_from_floor_deg),
        trunk_doubt,
    ),
}


def _measure(name: str, function: Function, needs: Groups, sides: tuple[int, ...], errors: Errors) -> Measure:
    exact_function = _EXACT.get(function, function)
    what = (exact_function.__doc__ or "").split("\n", 1)[0].removeprefix("Return ")
    error, change_error = (
        MappingProxyType({view: one for view, one in zip(_VIEWS, row, strict=True) if isfinite(one)})
        for row in errors
    )
    return Measure(
        name=name,
        unit=MEASURE_UNITS[name],
        what=_WHAT.get(name, what),
        function=function,
        exact=exact_function,
        needs=needs,
        error=error,
        change_error=change_error,
        doubt=_DOUBT.get(function),
        sides=sides,
    )


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


def combined(left: float, right: float, side: BodySide) -> float:
    """Return the value of one side, the mean of both, or left minus right."""
    if side == "left":
        return left
    if side == "right":
        return right
    return left - right if side == "difference" else (left + right) / 2
