"""What the figure holds, sits on and pulls at: plain solids, placed from its poses.

Every maker is given the poses along time and returns parts whose places follow them; nothing here is told by
an exercise file but the prop's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from openback.motion.skeleton.kinematics import Pose
from openback.motion.skeleton.rotations import Floats, about_y, apply, between

Shape = Literal["box", "tube", "ball", "panel"]
Material = Literal["steel", "pad", "iron", "rubber", "cable", "mat", "wall", "wood"]

Height = Literal["high", "mid", "low"]
HEIGHTS: Final[Mapping[str, Height]] = {"cable_high": "high", "cable_mid": "mid", "cable_low": "low"}
UP: Final = np.array([0.0, 1.0, 0.0])
BAR_RADIUS_M: Final = 0.014


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """One solid: metres across its own axes, and where it is at each time, or once when it stays.

    A `tube` has its radius as first size and goes along its own Y for `length_m` (T,); a `panel` faces its own Z.
    `rotation` (T, 3, 3) and `place_m` (T, 3) are of its middle.
    """

    shape: Shape
    material: Material
    size_m: tuple[float, float, float]
    rotation: Floats
    place_m: Floats
    length_m: Floats


def parts(names: Iterable[str], poses: Pose) -> tuple[Part, ...]:
    """Return the parts of the named props; `poses` has one leading axis of time."""
    known = tuple(names)
    found = [part for name in known for part in MAKERS[name](poses)]
    if "handles" in known and any(name.startswith("cable") for name in known):
        found += _straps(poses, next(name for name in known if name.startswith("cable")))
    return tuple(found)


# --- Making parts ------------------------------------------------------------------------------------------


def box(material: Material, size: tuple[float, float, float], place: Floats, rotation: Floats | None = None) -> Part:
    """Return a box that stays."""
    turn = np.eye(3) if rotation is None else rotation
    return Part(
        shape="box", material=material, size_m=size, rotation=turn[None], place_m=place[None], length_m=np.ones(1)
    )


def tube(material: Material, radius: float, start: Floats, end: Floats) -> Part:
    """Return a rod from `start` (..., 3) to `end`, along time or once."""
    start, end = np.broadcast_arrays(np.atleast_2d(start), np.atleast_2d(end))
    along = end - start
    length = np.linalg.norm(along, axis=-1)
    unit = along / np.maximum(length, 1e-9)[:, None]
    return Part(
        shape="tube",
        material=material,
        size_m=(radius, radius, radius),
        rotation=between(np.broadcast_to(UP, unit.shape), unit),
        place_m=(start + end) / 2,
        length_m=length,
    )


def ball(material: Material, radius: float, place: Floats) -> Part:
    """Return a ball, along time or once."""
    place = np.atleast_2d(place)
    return Part(
        shape="ball",
        material=material,
        size_m=(radius, radius, radius),
        rotation=np.broadcast_to(np.eye(3), (len(place), 3, 3)),
        place_m=place,
        length_m=np.ones(len(place)),
    )


def _panel(size: tuple[float, float], place: Floats, facing: Floats) -> Part:
    turn = about_y(float(np.degrees(np.arctan2(facing[0], facing[2]))))
    return Part(
        shape="panel",
        material="wall",
        size_m=(*size, 1.0),
        rotation=turn[None],
        place_m=place[None],
        length_m=np.ones(1),
    )


# --- Reading the poses ---------------------------------------------------------------------------------------


def _joint(poses: Pose, bone: str) -> Floats:
    return poses.bones[bone][1]


def _both(poses: Pose, bone: str) -> Floats:
    middle: Floats = (_joint(poses, f"left_{bone}") + _joint(poses, f"right_{bone}")) / 2
    return middle


def _ahead(poses: Pose) -> Floats:
    """Return the level direction that the pelvis faces at the start; its head's where it lies."""
    rotation = poses.bones["pelvis"][0][0]
    ahead = rotation @ (0.0, 0.0, 1.0)
    level = ahead * (1, 0, 1)
    if np.linalg.norm(level) < 0.5:
        level = (rotation @ (0.0, 1.0, 0.0)) * (1, 0, 1) * (-1 if ahead[1] > 0 else 1)
    unit: Floats = level / max(float(np.linalg.norm(level)), 1e-9)
    return unit


def _facing(poses: Pose) -> Floats:
    """Return a rotation about the vertical that turns Z to where the body faces."""
    ahead = _ahead(poses)
    return about_y(float(np.degrees(np.arctan2(ahead[0], ahead[2]))))


def _ground(poses: Pose) -> float:
    """Return the height of the floor: below everything, and below hanging feet."""
    return min(0.0, float(poses.landmarks_m[..., 1].min()))


def _across(poses: Pose) -> tuple[Floats, Floats, Floats]:
    """Return the left grip, the right grip and the unit vector from right to left, along time."""
    left, right = poses.grips_m[:, 0], poses.grips_m[:, 1]
    line = left - right
    return left, right, line / np.maximum(np.linalg.norm(line, axis=-1), 1e-6)[:, None]


def _centre(poses: Pose) -> Floats:
    grip: Floats = poses.grips_m.mean(axis=1)
    return grip


# --- Props -----------------------------------------------------------------------------------------------------


def _bar(poses: Pose, beyond_m: float, radius: float = BAR_RADIUS_M) -> Part:
    left, right, line = _across(poses)
    return tube("steel", radius, right - beyond_m * line, left + beyond_m * line)


def _bar_wide(poses: Pose) -> Iterable[Part]:
    left, right, line = _across(poses)
    down = np.cross(line, np.broadcast_to(_ahead(poses), line.shape))
    down = np.where(down[:, 1:2] > 0, -down, down)
    yield _bar(poses, 0.06)
    for grip, way in ((left, line), (right, -line)):
        bend = grip + 0.06 * way
        end = bend + 0.13 * way + 0.055 * down
        yield tube("steel", BAR_RADIUS_M, bend, end)
        yield ball("steel", BAR_RADIUS_M, bend)
        yield ball("rubber", BAR_RADIUS_M * 1.25, end)


def _barbell(poses: Pose) -> Iterable[Part]:
    middle, (_, _, line) = _centre(poses), _across(poses)
    yield tube("steel", BAR_RADIUS_M, middle - 0.72 * line, middle + 0.72 * line)
    for way in (line, -line):
        yield tube("steel", 0.024, middle + 0.66 * way, middle + 0.90 * way)
        yield tube("iron", 0.20, middle + 0.70 * way, middle + 0.735 * way)
        yield tube("iron", 0.15, middle + 0.74 * way, middle + 0.77 * way)


def _dumbbell(poses: Pose, sides: tuple[int, ...]) -> Iterable[Part]:
    for side in sides:
        name = ("left_hand", "right_hand")[side]
        line = apply(poses.bones[name][0], (0.0, 0.0, 1.0))
        grip = poses.grips_m[:, side]
        yield tube("steel", BAR_RADIUS_M, grip - 0.075 * line, grip + 0.075 * line)
        for way in (line, -line):
            yield tube("iron", 0.052, grip + 0.065 * way, grip + 0.125 * way)
            yield tube("iron", 0.042, grip + 0.120 * way, grip + 0.137 * way)


def _handles(poses: Pose) -> Iterable[Part]:
    for side, name in enumerate(("left_hand", "right_hand")):
        line = apply(poses.bones[name][0], (0.0, 0.0, 1.0))
        grip = poses.grips_m[:, side]
        yield tube("rubber", BAR_RADIUS_M * 1.15, grip - 0.065 * line, grip + 0.065 * line)


def _pulley(poses: Pose, height: Height) -> Floats:
    start, ahead = poses.grips_m[0].mean(0), _ahead(poses)
    floor = _ground(poses)
    if height == "high":
        head = float(_joint(poses, "head")[0, 1])
        place = start + 0.10 * ahead
        place[1] = max(start[1], head) + 0.45
        return place
    place = start + (0.75 if height == "mid" else 0.65) * ahead
    place[1] = start[1] if height == "mid" else floor + 0.22
    return np.asarray(place)


def _cable(height: Height) -> Callable[[Pose], Iterable[Part]]:
    def made(poses: Pose) -> Iterable[Part]:
        pulley, grip = _pulley(poses, height), _centre(poses)
        facing = _facing(poses)
        yield tube("cable", 0.0045, np.broadcast_to(pulley, grip.shape), grip)
        yield Part(
            shape="tube",
            material="iron",
            size_m=(0.055, 0.055, 0.055),
            rotation=(facing @ between(UP, np.array([1.0, 0.0, 0.0])))[None],
            place_m=pulley[None],
            length_m=np.array([0.03]),
        )

    return made


def _straps(poses: Pose, cable: str) -> Iterable[Part]:
    """Return what joins two handles to the end of their cable."""
    pulley, grip = _pulley(poses, HEIGHTS[cable]), _centre(poses)
    for side in (0, 1):
        yield tube("cable", 0.004, grip + 0.16 * _towards(grip, pulley), poses.grips_m[:, side])


def _towards(start: Floats, end: Floats) -> Floats:
    line = end - start
    unit: Floats = line / np.maximum(np.linalg.norm(line, axis=-1), 1e-6)[:, None]
    return unit


def _rope(poses: Pose) -> Iterable[Part]:
    for side in (0, 1):
        grip = poses.grips_m[:, side]
        away = _towards(_centre(poses), grip)
        yield tube("rubber", 0.013, _centre(poses), grip + 0.05 * away)
        yield ball("rubber", 0.022, grip + 0.06 * away)


def _band(anchor: Literal["high", "mid", "feet"]) -> Callable[[Pose], Iterable[Part]]:
    def made(poses: Pose) -> Iterable[Part]:
        if anchor == "feet":
            ends = [_joint(poses, f"{side}_foot") * (1, 0, 1) + (0, _ground(poses) + 0.02, 0) for side in ("left", "right")]
            ends = [end + 0.06 * _ahead(poses) for end in ends]
        else:
            ends = [_pulley(poses, anchor)] * 2
        for side in (0, 1):
            yield tube("rubber", 0.009, np.broadcast_to(ends[side], poses.grips_m[:, side].shape), poses.grips_m[:, side])

    return made


def _band_hands(poses: Pose) -> Iterable[Part]:
    yield tube("rubber", 0.009, poses.grips_m[:, 0], poses.grips_m[:, 1])


def _pull_up_bar(poses: Pose) -> Iterable[Part]:
    middle, facing = poses.grips_m[0].mean(0), _facing(poses)
    side = facing @ (1.0, 0.0, 0.0)
    half = max(0.62, float(np.linalg.norm(poses.grips_m[0, 0] - poses.grips_m[0, 1])) / 2 + 0.22)
    yield tube("steel", 0.016, middle - half * side, middle + half * side)
    for way in (side, -side):
        foot = middle + half * way
        yield tube("iron", 0.024, np.array([foot[0], _ground(poses), foot[2]]), foot + 0.04 * UP)


def _seat(poses: Pose) -> Iterable[Part]:
    hips, facing = _both(poses, "thigh")[0], _facing(poses)
    top = hips[1] - 0.098
    place = np.array([hips[0], top - 0.035, hips[2]]) + facing @ (0.0, 0.0, 0.035)
    yield box("pad", (0.36, 0.07, 0.40), place, facing)
    floor = _ground(poses)
    post = np.array([place[0], floor, place[2]])
    yield tube("iron", 0.032, post, post + (0, place[1] - floor, 0))
    yield box("iron", (0.34, 0.025, 0.42), post + (0, 0.0125, 0), facing)


def _chair(poses: Pose) -> Iterable[Part]:
    hips, facing = _both(poses, "thigh")[0], _facing(poses)
    top, floor = hips[1] - 0.098, _ground(poses)
    seat = np.array([hips[0], top - 0.02, hips[2]]) + facing @ (0.0, 0.0, 0.04)
    yield box("wood", (0.42, 0.04, 0.42), seat, facing)
    yield box("wood", (0.40, 0.22, 0.025), seat + facing @ (0.0, 0.42, -0.22), facing)
    for x in (-0.18, 0.18):
        for z, high in ((-0.20, 0.55), (0.18, 0.0)):
            foot = seat + facing @ (x, 0.0, z)
            yield tube("wood", 0.016, np.array([foot[0], floor, foot[2]]), foot + (0, high, 0))


def _thigh_pad(poses: Pose) -> Iterable[Part]:
    hips, knees, facing = _both(poses, "thigh")[0], _both(poses, "shin")[0], _facing(poses)
    middle = hips + 0.72 * (knees - hips) + (0, 0.135, 0)
    side = facing @ (1.0, 0.0, 0.0)
    for way in (side, -side):
        yield tube("pad", 0.058, middle + 0.04 * way, middle + 0.27 * way)
    yield tube("iron", 0.018, middle - 0.04 * side, middle + 0.04 * side)
    post = middle + facing @ (0.0, 0.0, 0.30)
    yield tube("iron", 0.018, middle, post)
    yield tube("iron", 0.026, np.array([post[0], _ground(poses), post[2]]), post + 0.05 * UP)


def _lying(poses: Pose, below_m: float, depth: Floats) -> tuple[Floats, Floats]:
    """Return middle and rotation of a pad along the trunk, `below_m` from its line on the side of `depth`."""
    hips, shoulders = _both(poses, "thigh")[0], _both(poses, "upper_arm")[0]
    up = (shoulders - hips) / max(float(np.linalg.norm(shoulders - hips)), 1e-9)
    off = depth - up * float(depth @ up)
    off /= max(float(np.linalg.norm(off)), 1e-9)
    side = np.cross(off, up)
    return (hips + shoulders) / 2 + below_m * off, np.column_stack([side, off, up])


def _bench_flat(poses: Pose) -> Iterable[Part]:
    hips, shoulders = _both(poses, "thigh")[0], _both(poses, "upper_arm")[0]
    floor = _ground(poses)
    knee = _joint(poses, "left_shin")[0]
    upright = (shoulders - hips)[1] > 0.8 * float(np.linalg.norm(shoulders - hips))
    lies = hips[1] - floor < 0.80 and abs(shoulders[1] - hips[1]) < 0.25
    along = (shoulders - hips) * (1, 0, 1)
    if upright or float(np.linalg.norm(along)) < 0.1:
        along = _ahead(poses)
    along = along / max(float(np.linalg.norm(along)), 1e-9)
    turn = about_y(float(np.degrees(np.arctan2(along[0], along[2]))))
    if upright:
        top, middle, long = hips[1] - 0.098, hips + 0.10 * along, 1.0
    elif lies:
        face_down = (poses.bones["chest"][0][0] @ (0.0, 0.0, 1.0))[1] < 0
        top, middle, long = min(hips[1], shoulders[1]) - (0.118 if face_down else 0.115), (hips + shoulders) / 2, 1.25
        if not face_down:
            middle = middle + 0.1 * along
    else:
        top, middle, long = knee[1] - 0.060, knee + 0.36 * along, 1.2
    yield from _bench(np.array([middle[0], top, middle[2]]), turn, long, floor)


def _bench(top: Floats, turn: Floats, long: float, floor: float) -> Iterable[Part]:
    yield box("pad", (0.30, 0.07, long), top - (0, 0.035, 0), turn)
    yield box("iron", (0.07, 0.04, long * 0.86), top - (0, 0.09, 0), turn)
    for end in (-0.36 * long, 0.36 * long):
        at = top + turn @ (0.0, 0.0, end)
        yield tube("iron", 0.026, np.array([at[0], floor, at[2]]), at - (0, 0.09, 0))
        side = turn @ (0.20, 0.0, 0.0)
        foot = np.array([at[0], floor + 0.02, at[2]])
        yield tube("iron", 0.02, foot - side, foot + side)


def _bench_incline(poses: Pose) -> Iterable[Part]:
    rotation = poses.bones["chest"][0][0]
    down = rotation @ (0.0, 0.0, 1.0)
    if down[1] > 0:
        down = -down
    middle, turn = _lying(poses, 0.118 + 0.035, down)
    yield box("pad", (0.28, 0.07, 0.80), middle - turn @ (0.0, 0.0, 0.04), turn)
    floor = _ground(poses)
    for end in (-0.30, 0.22):
        at = middle + turn @ (0.0, 0.05, end)
        yield tube("iron", 0.026, np.array([at[0], floor, at[2]]), at)
        side = turn @ (0.20, 0.0, 0.0)
        foot = np.array([at[0], floor + 0.02, at[2]])
        yield tube("iron", 0.02, foot - side, foot + side)


def _mat(poses: Pose) -> Iterable[Part]:
    spots = poses.landmarks_m[..., (0, 11, 12, 15, 16, 23, 24, 25, 26, 31, 32), :].reshape(-1, 3)
    facing = _facing(poses)
    own = spots @ facing
    middle = facing @ ((own.min(0) + own.max(0)) / 2)
    long = max(1.75, float(own[:, 2].max() - own[:, 2].min()) + 0.25)
    wide = max(0.62, float(np.ptp(own[:, 0])) + 0.15)
    if wide > long:
        long, wide = max(0.62, long - 1.1), wide + 0.2
    yield box("mat", (wide, 0.012, long), np.array([middle[0], _ground(poses) - 0.004, middle[2]]), facing)


def _wall(poses: Pose, way: float) -> Iterable[Part]:
    ahead = _ahead(poses) * way
    spots = poses.landmarks_m.reshape(-1, 3)
    reach = float((spots @ ahead).max())
    if way < 0:
        reach = float((_both(poses, "thigh")[0] @ ahead)) + 0.135
    origin = _both(poses, "foot")[0] * (1, 0, 1)
    place = origin + ahead * (reach - float(origin @ ahead) + 0.012) + (0, 1.1 + _ground(poses), 0)
    yield _panel((1.5, 2.2), place, -ahead)


def _doorway(poses: Pose) -> Iterable[Part]:
    facing, floor = _facing(poses), _ground(poses)
    left, right = (_joint(poses, f"{side}_forearm")[-1] for side in ("left", "right"))
    middle = (left + right) / 2 + facing @ (0.0, 0.0, 0.075)
    half = float(np.linalg.norm((left - right) * (1, 0, 1))) / 2 + 0.03
    for way in (-1, 1):
        at = middle + facing @ (way * half, 0.0, 0.0)
        yield box("wood", (0.12, 2.1, 0.09), np.array([at[0], floor + 1.05, at[2]]), facing)
    yield box("wood", (2 * half + 0.12, 0.10, 0.09), np.array([middle[0], floor + 2.15, middle[2]]), facing)


def _roller(poses: Pose) -> Iterable[Part]:
    rotation, origin = (x[0] for x in poses.bones["chest"])
    back = origin + rotation @ (0.0, 0.03, -0.105)
    side = rotation @ (1.0, 0.0, 0.0)
    place = np.array([back[0], max(_ground(poses) + 0.07, back[1] - 0.06), back[2]])
    yield tube("rubber", 0.07, place - 0.24 * side, place + 0.24 * side)


def _cushion(poses: Pose) -> Iterable[Part]:
    head, floor = _joint(poses, "head")[0], _ground(poses)
    top = max(head[1] - 0.09, floor + 0.04)
    yield box("pad", (0.34, top - floor, 0.26), np.array([head[0], (top + floor) / 2, head[2]]), _facing(poses))


MAKERS: Final[Mapping[str, Callable[[Pose], Iterable[Part]]]] = MappingProxyType(
    {
        "mat": _mat,
        "bench_flat": _bench_flat,
        "bench_incline": _bench_incline,
        "seat": _seat,
        "chair": _chair,
        "thigh_pad": _thigh_pad,
        "cable_high": _cable("high"),
        "cable_mid": _cable("mid"),
        "cable_low": _cable("low"),
        "bar_wide": _bar_wide,
        "bar_short": lambda poses: (_bar(poses, 0.09),),
        "handles": _handles,
        "rope": _rope,
        "pull_up_bar": _pull_up_bar,
        "barbell": _barbell,
        "dumbbells": lambda poses: _dumbbell(poses, (0, 1)),
        "dumbbell_right": lambda poses: _dumbbell(poses, (1,)),
        "band_hands": _band_hands,
        "band_high": _band("high"),
        "band_mid": _band("mid"),
        "band_feet": _band("feet"),
        "wall_behind": lambda poses: _wall(poses, -1.0),
        "wall_ahead": lambda poses: _wall(poses, 1.0),
        "doorway": _doorway,
        "roller": _roller,
        "cushion": _cushion,
    }
)
GRIPPING: Final = frozenset(
    {"bar_wide", "bar_short", "handles", "rope", "pull_up_bar", "barbell", "dumbbells", "dumbbell_right"}
) | {name for name in MAKERS if name.startswith(("cable", "band"))}
FLAT_HANDED: Final = frozenset({"all_fours", "plank"})
