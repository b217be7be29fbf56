"""The registry of what can be told from a body: each measure with its unit, its need and its error.

The functions themselves are in `limbs` and `trunk`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import nan
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
    most are the same. `needs` are groups of landmarks for the left side (or the middle), of each of which one must
    be seen: of the trunk's pairs the near one, since the far one cannot be elsewhere; a right side needs the
    mirrored ones. `error` is the standard deviation in the measure's unit for each view that can tell it,
    `change_error` that of the difference of two moments of a set (`data/measure_errors.toml`); `doubt` is by how
    much both grow in a pose that is told badly, infinite where it cannot be told. `sides` are (0, 1) where left and right have one each, else (0,).
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


_ONE: Final = (0,)
_TWO: Final = (0, 1)

# Name, function, landmarks, sides.
_TABLE: Final[tuple[tuple[str, Function, Groups, tuple[int, ...]], ...]] = (
    ("elbow_flexion_deg", elbow_flexion_seen_deg, _SHOULDER + _ELBOW + _WRIST, _TWO),
    ("arm_elevation_deg", arm_elevation_deg, _TRUNK + _SHOULDER + _ELBOW, _TWO),
    ("arm_plane_deg", arm_plane_deg, _TRUNK + _SHOULDER + _ELBOW, _TWO),
    ("elbow_from_side_deg", elbow_from_side_deg, _TRUNK + _SHOULDER + _ELBOW, _TWO),
    ("elbow_behind_trunk_trunks", elbow_behind_trunk_trunks, _TRUNK + _SHOULDER + _ELBOW, _TWO),
    ("wrist_ahead_of_ear_trunks", wrist_ahead_of_ear_trunks, _EARS + _TRUNK + _WRIST, _TWO),
    ("wrist_above_shoulder_trunks", wrist_above_shoulder_trunks, _TRUNK + _SHOULDER + _WRIST, _TWO),
    ("wrist_behind_trunk_trunks", wrist_behind_trunk_trunks, _TRUNK + _SHOULDER + _WRIST, _TWO),
    ("shoulder_rotation_deg", shoulder_rotation_deg, _TRUNK + _SHOULDER + _ELBOW + _WRIST, _TWO),
    ("grip_width_shoulders", grip_width_shoulders, ((11,), (12,), (15,), (16,)), _ONE),
    ("forearm_from_vertical_deg", forearm_from_vertical_deg, _ELBOW + _WRIST, _TWO),
    ("trunk_lean_deg", trunk_lean_deg, _TRUNK, _ONE),
    ("trunk_from_floor_deg", trunk_from_floor_deg, _TRUNK, _ONE),
    ("trunk_twist_deg", trunk_twist_deg, _TRUNK, _ONE),
    ("trunk_swing_deg", trunk_swing_deg, _TRUNK, _ONE),
    ("shoulder_rise_trunks", shoulder_height, (*_EARS, (23, 24), *_SHOULDER), _TWO),
    ("shoulder_tilt_deg", shoulder_tilt_deg, ((11,), (12,)), _ONE),
    ("hip_tilt_deg", hip_tilt_deg, ((23,), (24,)), _ONE),
    ("head_tilt_deg", head_tilt_deg, ((7,), (8,)), _ONE),
    ("head_forward_deg", head_forward_deg, (*_EARS, (11, 12)), _ONE),
    ("head_pitch_deg", head_pitch_deg, ((0,), *_EARS, *_TRUNK), _ONE),
    ("neck_line_deg", neck_line_deg, _EARS + _TRUNK, _ONE),
    ("shoulder_forward_trunks", shoulder_forward_trunks, _EARS + _TRUNK, _ONE),
    ("hip_flexion_deg", hip_flexion_deg, _TRUNK + _HIP + _KNEE, _TWO),
    ("knee_flexion_deg", knee_flexion_seen_deg, _HIP + _KNEE + _ANKLE, _TWO),
)  # fmt: skip

RISE: Final = "shoulder_rise_trunks"  # the one measure that needs the person at rest
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


def _measure(name: str, function: Function, needs: Groups, sides: tuple[int, ...]) -> Measure:
    exact_function = _EXACT.get(function, function)
    what = (exact_function.__doc__ or "").split("\n", 1)[0].removeprefix("Return ")
    errors = _ERRORS[name]
    return Measure(
        name=name,
        unit=MEASURE_UNITS[name],
        what=_WHAT.get(name, what),
        function=function,
        exact=exact_function,
        needs=needs,
        error=MappingProxyType({view: both[0] for view, both in errors.items()}),
        change_error=MappingProxyType({view: both[1] for view, both in errors.items()}),
        doubt=_DOUBT.get(function),
        sides=sides,
    )


_ERRORS: Final[Mapping[str, Mapping[ViewName, tuple[float, float]]]] = tomllib.loads(
    files("openback").joinpath("data", "measure_errors.toml").read_text(encoding="utf-8")
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
