"""What the figure holds and pulls at: bars, dumb-bells, cables, bands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

import numpy as np

from openback.motion.figure.prop_parts import (
    BAR_RADIUS_M,
    HEIGHTS,
    UP,
    Height,
    Part,
    across_of,
    ahead_of,
    ball,
    centre_of,
    facing_of,
    ground_of,
    joint_of,
    tube,
)
from openback.motion.skeleton.kinematics import Pose
from openback.motion.skeleton.rotations import Floats, apply, between


def bar(poses: Pose, beyond_m: float, radius: float = BAR_RADIUS_M) -> Part:
    """Return a bar through both hands that goes on for `beyond_m` outside them."""
    left, right, line = across_of(poses)
    return tube("steel", radius, right - beyond_m * line, left + beyond_m * line)


def bar_wide(poses: Pose) -> Iterable[Part]:
    """Yield a wide bar whose ends bend down."""
    left, right, line = across_of(poses)
    down = np.cross(line, np.broadcast_to(ahead_of(poses), line.shape))
    down = np.where(down[:, 1:2] > 0, -down, down)
    yield bar(poses, 0.06)
    for grip, way in ((left, line), (right, -line)):
        bend = grip + 0.06 * way
        end = bend + 0.13 * way + 0.055 * down
        yield tube("steel", BAR_RADIUS_M, bend, end)
        yield ball("steel", BAR_RADIUS_M, bend)
        yield ball("rubber", BAR_RADIUS_M * 1.25, end)


def barbell(poses: Pose) -> Iterable[Part]:
    """Yield a barbell with its plates."""
    middle, (_, _, line) = centre_of(poses), across_of(poses)
    yield tube("steel", BAR_RADIUS_M, middle - 0.72 * line, middle + 0.72 * line)
    for way in (line, -line):
        yield tube("steel", 0.024, middle + 0.66 * way, middle + 0.90 * way)
        yield tube("iron", 0.20, middle + 0.70 * way, middle + 0.735 * way)
        yield tube("iron", 0.15, middle + 0.74 * way, middle + 0.77 * way)


def dumbbell(poses: Pose, sides: tuple[int, ...]) -> Iterable[Part]:
    """Yield a dumb-bell in the hands of these sides (0 left, 1 right)."""
    for side in sides:
        name = ("left_hand", "right_hand")[side]
        line = apply(poses.bones[name][0], (0.0, 0.0, 1.0))
        grip = poses.grips_m[:, side]
        yield tube("steel", BAR_RADIUS_M, grip - 0.075 * line, grip + 0.075 * line)
        for way in (line, -line):
            yield tube("iron", 0.052, grip + 0.065 * way, grip + 0.125 * way)
            yield tube("iron", 0.042, grip + 0.120 * way, grip + 0.137 * way)


def handles(poses: Pose) -> Iterable[Part]:
    """Yield a handle in each hand."""
    for side, name in enumerate(("left_hand", "right_hand")):
        line = apply(poses.bones[name][0], (0.0, 0.0, 1.0))
        grip = poses.grips_m[:, side]
        yield tube("rubber", BAR_RADIUS_M * 1.15, grip - 0.065 * line, grip + 0.065 * line)


def pulley_of(poses: Pose, height: Height) -> Floats:
    """Return where the cable comes from."""
    start, ahead = poses.grips_m[0].mean(0), ahead_of(poses)
    floor = ground_of(poses)
    if height == "high":
        head = float(joint_of(poses, "head")[0, 1])
        place = start + 0.10 * ahead
        place[1] = max(start[1], head) + 0.45
        return np.asarray(place)
    place = start + (0.75 if height == "mid" else 0.65) * ahead
    place[1] = start[1] if height == "mid" else floor + 0.22
    return np.asarray(place)


def cable(height: Height) -> Callable[[Pose], Iterable[Part]]:
    """Return the maker of a cable from a pulley at a height."""

    def made(poses: Pose) -> Iterable[Part]:
        pulley, grip = pulley_of(poses, height), centre_of(poses)
        facing = facing_of(poses)
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


def straps(poses: Pose, cable: str) -> Iterable[Part]:
    """Return what joins two handles to the end of their cable."""
    pulley, grip = pulley_of(poses, HEIGHTS[cable]), centre_of(poses)
    for side in (0, 1):
        yield tube("cable", 0.004, grip + 0.16 * towards(grip, pulley), poses.grips_m[:, side])


def towards(start: Floats, end: Floats) -> Floats:
    """Return the unit vectors from points to points."""
    line = end - start
    unit: Floats = line / np.maximum(np.linalg.norm(line, axis=-1), 1e-6)[:, None]
    return unit


def rope(poses: Pose) -> Iterable[Part]:
    """Yield both ends of a rope."""
    for side in (0, 1):
        grip = poses.grips_m[:, side]
        away = towards(centre_of(poses), grip)
        yield tube("rubber", 0.013, centre_of(poses), grip + 0.05 * away)
        yield ball("rubber", 0.022, grip + 0.06 * away)


def soles(poses: Pose) -> list[Floats]:
    """Return where a band lies under the left and the right foot; twice the same where one foot is lifted at any time."""
    found = [poses.point_m(f"{side}_foot", (0.0, -0.075, 0.09)) for side in ("left", "right")]
    apart = found[0][:, 1] - found[1][:, 1]
    higher = apart[np.argmax(np.abs(apart))]
    if abs(higher) < 0.25:
        return found
    return [found[0 if higher > 0 else 1]] * 2


def band(anchor: Literal["high", "mid", "feet"]) -> Callable[[Pose], Iterable[Part]]:
    """Return the maker of a band from an anchor, or from under the feet, to both hands."""

    def made(poses: Pose) -> Iterable[Part]:
        ends = soles(poses) if anchor == "feet" else [pulley_of(poses, anchor)] * 2
        for side in (0, 1):
            yield tube(
                "rubber",
                0.009,
                np.broadcast_to(ends[side], poses.grips_m[:, side].shape),
                poses.grips_m[:, side],
            )

    return made


def band_hands(poses: Pose) -> Iterable[Part]:
    """Yield a band between the hands."""
    yield tube("rubber", 0.009, poses.grips_m[:, 0], poses.grips_m[:, 1])


def pull_up_bar(poses: Pose) -> Iterable[Part]:
    """Yield a bar that stays, on two posts."""
    middle, facing = poses.grips_m[0].mean(0), facing_of(poses)
    side = facing @ (1.0, 0.0, 0.0)
    half = max(0.62, float(np.linalg.norm(poses.grips_m[0, 0] - poses.grips_m[0, 1])) / 2 + 0.22)
    yield tube("steel", 0.016, middle - half * side, middle + half * side)
    for way in (side, -side):
        foot = middle + half * way
        yield tube("iron", 0.024, np.array([foot[0], ground_of(poses), foot[2]]), foot + 0.04 * UP)
