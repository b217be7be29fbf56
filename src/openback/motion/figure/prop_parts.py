"""Plain solids that go with the figure, and what their makers read off its poses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from openback.motion.skeleton.kinematics import Pose
from openback.motion.skeleton.rotations import Floats, about_y, between

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


# --- Making parts ------------------------------------------------------------------------------------------


def box(
    material: Material, size: tuple[float, float, float], place: Floats, rotation: Floats | None = None
) -> Part:
    """Return a box that stays."""
    turn = np.eye(3) if rotation is None else rotation
    return Part(
        shape="box",
        material=material,
        size_m=size,
        rotation=turn[None],
        place_m=place[None],
        length_m=np.ones(1),
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


def panel(size: tuple[float, float], place: Floats, facing: Floats) -> Part:
    """Return a wall's panel that faces a direction."""
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


def joint_of(poses: Pose, bone: str) -> Floats:
    """Return where a bone begins, along time."""
    return poses.bones[bone][1]


def both_of(poses: Pose, bone: str) -> Floats:
    """Return the middle between the left and the right bone's beginnings, along time."""
    middle: Floats = (joint_of(poses, f"left_{bone}") + joint_of(poses, f"right_{bone}")) / 2
    return middle


def ahead_of(poses: Pose) -> Floats:
    """Return the level direction that the pelvis faces at the start; its head's where it lies."""
    rotation = poses.bones["pelvis"][0][0]
    ahead = rotation @ (0.0, 0.0, 1.0)
    level = ahead * (1, 0, 1)
    if np.linalg.norm(level) < 0.5:
        level = (rotation @ (0.0, 1.0, 0.0)) * (1, 0, 1) * (-1 if ahead[1] > 0 else 1)
    unit: Floats = level / max(float(np.linalg.norm(level)), 1e-9)
    return unit


def facing_of(poses: Pose) -> Floats:
    """Return a rotation about the vertical that turns Z to where the body faces."""
    ahead = ahead_of(poses)
    return about_y(float(np.degrees(np.arctan2(ahead[0], ahead[2]))))


def ground_of(poses: Pose) -> float:
    """Return the height of the floor: below everything, and below hanging feet."""
    return min(0.0, float(poses.landmarks_m[..., 1].min()))


def across_of(poses: Pose) -> tuple[Floats, Floats, Floats]:
    """Return the left grip, the right grip and the unit vector from right to left, along time."""
    left, right = poses.grips_m[:, 0], poses.grips_m[:, 1]
    line = left - right
    return left, right, line / np.maximum(np.linalg.norm(line, axis=-1), 1e-6)[:, None]


def centre_of(poses: Pose) -> Floats:
    """Return the middle between the grips, along time."""
    grip: Floats = poses.grips_m.mean(axis=1)
    return grip
