"""What the figure sits, lies and leans on, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from openback.motion.figure.prop_parts import (
    UP,
    Part,
    ahead_of,
    both_of,
    box,
    facing_of,
    ground_of,
    joint_of,
    panel,
    tube,
)
from openback.motion.skeleton.kinematics import Pose
from openback.motion.skeleton.rotations import Floats, about_y


def seat(poses: Pose) -> Iterable[Part]:
    """Yield a machine's seat under the hips."""
    hips, facing = both_of(poses, "thigh")[0], facing_of(poses)
    top = hips[1] - 0.098
    place = np.array([hips[0], top - 0.035, hips[2]]) + facing @ (0.0, 0.0, 0.035)
    yield box("pad", (0.36, 0.07, 0.40), place, facing)
    floor = ground_of(poses)
    post = np.array([place[0], floor, place[2]])
    yield tube("iron", 0.032, post, post + (place[1] - floor) * UP)
    yield box("iron", (0.34, 0.025, 0.42), post + 0.0125 * UP, facing)


def chair(poses: Pose) -> Iterable[Part]:
    """Yield a chair under the hips."""
    hips, facing = both_of(poses, "thigh")[0], facing_of(poses)
    top, floor = hips[1] - 0.098, ground_of(poses)
    seat = np.array([hips[0], top - 0.02, hips[2]]) + facing @ (0.0, 0.0, 0.04)
    yield box("wood", (0.42, 0.04, 0.42), seat, facing)
    yield box("wood", (0.40, 0.22, 0.025), seat + facing @ (0.0, 0.42, -0.22), facing)
    for x in (-0.18, 0.18):
        for z, high in ((-0.20, 0.55), (0.18, 0.0)):
            foot = seat + facing @ (x, 0.0, z)
            yield tube("wood", 0.016, np.array([foot[0], floor, foot[2]]), foot + high * UP)


def thigh_pad(poses: Pose) -> Iterable[Part]:
    """Yield the pads that hold the thighs down."""
    hips, knees, facing = both_of(poses, "thigh")[0], both_of(poses, "shin")[0], facing_of(poses)
    middle = hips + 0.72 * (knees - hips) + (0, 0.135, 0)
    side = facing @ (1.0, 0.0, 0.0)
    for way in (side, -side):
        yield tube("pad", 0.058, middle + 0.04 * way, middle + 0.27 * way)
    yield tube("iron", 0.018, middle - 0.04 * side, middle + 0.04 * side)
    post = middle + facing @ (0.0, 0.0, 0.30)
    yield tube("iron", 0.018, middle, post)
    yield tube("iron", 0.026, np.array([post[0], ground_of(poses), post[2]]), post + 0.05 * UP)


def lying(poses: Pose, below_m: float, depth: Floats) -> tuple[Floats, Floats]:
    """Return middle and rotation of a pad along the trunk, `below_m` from its line on the side of `depth`."""
    hips, shoulders = both_of(poses, "thigh")[0], both_of(poses, "upper_arm")[0]
    up = (shoulders - hips) / max(float(np.linalg.norm(shoulders - hips)), 1e-9)
    off = depth - up * float(depth @ up)
    off /= max(float(np.linalg.norm(off)), 1e-9)
    side = np.cross(off, up)
    return (hips + shoulders) / 2 + below_m * off, np.column_stack([side, off, up])


def bench_flat(poses: Pose) -> Iterable[Part]:
    """Yield a bench: under the hips, under who lies on it, or under the left knee."""
    hips, shoulders = both_of(poses, "thigh")[0], both_of(poses, "upper_arm")[0]
    floor = ground_of(poses)
    knee = joint_of(poses, "left_shin")[0]
    upright = (shoulders - hips)[1] > 0.8 * float(np.linalg.norm(shoulders - hips))
    lies = hips[1] - floor < 0.80 and abs(shoulders[1] - hips[1]) < 0.25
    along = (shoulders - hips) * (1, 0, 1)
    if upright or float(np.linalg.norm(along)) < 0.1:
        along = ahead_of(poses)
    along = along / max(float(np.linalg.norm(along)), 1e-9)
    turn = about_y(float(np.degrees(np.arctan2(along[0], along[2]))))
    if upright:
        top, middle, long = hips[1] - 0.098, hips + 0.10 * along, 1.0
    elif lies:
        face_down = (poses.bones["chest"][0][0] @ (0.0, 0.0, 1.0))[1] < 0
        top, middle, long = (
            min(hips[1], shoulders[1]) - (0.118 if face_down else 0.115),
            (hips + shoulders) / 2,
            1.25,
        )
        if not face_down:
            middle = middle + 0.1 * along
    else:
        top, middle, long = knee[1] - 0.060, knee + 0.36 * along, 1.2
    yield from bench(np.array([middle[0], top, middle[2]]), turn, long, floor)


def bench(top: Floats, turn: Floats, long: float, floor: float) -> Iterable[Part]:
    """Yield a bench whose top is at a place."""
    yield box("pad", (0.30, 0.07, long), top - (0, 0.035, 0), turn)
    yield box("iron", (0.07, 0.04, long * 0.86), top - (0, 0.09, 0), turn)
    for end in (-0.36 * long, 0.36 * long):
        at = top + turn @ (0.0, 0.0, end)
        yield tube("iron", 0.026, np.array([at[0], floor, at[2]]), at - (0, 0.09, 0))
        side = turn @ (0.20, 0.0, 0.0)
        foot = np.array([at[0], floor + 0.02, at[2]])
        yield tube("iron", 0.02, foot - side, foot + side)


def bench_incline(poses: Pose) -> Iterable[Part]:
    """Yield a pad along the front of a leaning trunk."""
    rotation = poses.bones["chest"][0][0]
    down = rotation @ (0.0, 0.0, 1.0)
    if down[1] > 0:
        down = -down
    middle, turn = lying(poses, 0.118 + 0.035, down)
    yield box("pad", (0.28, 0.07, 0.80), middle - turn @ (0.0, 0.0, 0.04), turn)
    floor = ground_of(poses)
    for end in (-0.30, 0.22):
        at = middle + turn @ (0.0, 0.05, end)
        yield tube("iron", 0.026, np.array([at[0], floor, at[2]]), at)
        side = turn @ (0.20, 0.0, 0.0)
        foot = np.array([at[0], floor + 0.02, at[2]])
        yield tube("iron", 0.02, foot - side, foot + side)


def mat(poses: Pose) -> Iterable[Part]:
    """Yield a mat as large as the figure needs."""
    spots = poses.landmarks_m[..., (0, 11, 12, 15, 16, 23, 24, 25, 26, 31, 32), :].reshape(-1, 3)
    facing = facing_of(poses)
    own = spots @ facing
    middle = facing @ ((own.min(0) + own.max(0)) / 2)
    wide, _, long = np.ptp(own, axis=0).tolist()
    # A mat is longer the way that the body lies.
    wide, long = (
        (max(0.62, wide + 0.15), max(1.75, long + 0.25))
        if long >= wide
        else (max(1.75, wide + 0.25), max(0.62, long + 0.15))
    )
    yield box("mat", (wide, 0.012, long), np.array([middle[0], ground_of(poses) - 0.004, middle[2]]), facing)


def wall(poses: Pose, way: float) -> Iterable[Part]:
    """Yield a wall ahead (`way` 1) or behind (-1)."""
    ahead = ahead_of(poses) * way
    spots = poses.landmarks_m.reshape(-1, 3)
    reach = float((spots @ ahead).max())
    if way < 0:
        reach = float(both_of(poses, "thigh")[0] @ ahead) + 0.135
    origin = both_of(poses, "foot")[0] * (1, 0, 1)
    place = origin + ahead * (reach - float(origin @ ahead) + 0.012) + (0, 1.1 + ground_of(poses), 0)
    yield panel((1.5, 2.2), place, -ahead)


def doorway(poses: Pose) -> Iterable[Part]:
    """Yield a door's frame beside the forearms."""
    facing, floor = facing_of(poses), ground_of(poses)
    left, right = (joint_of(poses, f"{side}_forearm")[-1] for side in ("left", "right"))
    middle = (left + right) / 2 + facing @ (0.0, 0.0, 0.075)
    half = float(np.linalg.norm((left - right) * (1, 0, 1))) / 2 + 0.03
    for way in (-1, 1):
        at = middle + facing @ (way * half, 0.0, 0.0)
        yield box("wood", (0.12, 2.1, 0.09), np.array([at[0], floor + 1.05, at[2]]), facing)
    yield box("wood", (2 * half + 0.12, 0.10, 0.09), np.array([middle[0], floor + 2.15, middle[2]]), facing)


def roller(poses: Pose) -> Iterable[Part]:
    """Yield a foam roller under the upper back."""
    rotation, origin = (x[0] for x in poses.bones["chest"])
    back = origin + rotation @ (0.0, 0.03, -0.105)
    side = rotation @ (1.0, 0.0, 0.0)
    place = np.array([back[0], max(ground_of(poses) + 0.07, back[1] - 0.06), back[2]])
    yield tube("rubber", 0.07, place - 0.24 * side, place + 0.24 * side)


def cushion(poses: Pose) -> Iterable[Part]:
    """Yield a cushion under the head."""
    head, floor = joint_of(poses, "head")[0], ground_of(poses)
    top = max(head[1] - 0.09, floor + 0.04)
    yield box(
        "pad", (0.34, top - floor, 0.26), np.array([head[0], (top + floor) / 2, head[2]]), facing_of(poses)
    )
