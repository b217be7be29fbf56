"""How the skin follows the bones: weights when the body is built, transforms when it moves.

Beside the skeleton's bones there are helpers that turn half as far as a joint does, so that elbows,
shoulders, hips and knees bend without losing their volume, and bones for the fingers, which the skeleton
does not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from openback.motion.skeleton.kinematics import BONES, Pose
from openback.motion.skeleton.rotations import about_x, about_y, about_z, apply, mirrored

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Transforms = tuple[Floats, Floats]  # rotations (..., bones, 3, 3) and shifts (..., bones, 3)
Grip = Literal["bar", "flat", "easy"]

# A helper, the bone whose joint it is, and the bones between which it turns half way.
_HALVES: Final = (
    ("shoulder", "upper_arm", ("clavicle", "upper_arm")),
    ("elbow", "forearm", ("upper_arm", "forearm")),
    ("wrist", "hand", ("forearm", "hand")),
    ("hip", "thigh", ("pelvis", "thigh")),
    ("knee", "shin", ("thigh", "shin")),
)
_FINGERS: Final = ("fingers", "fingertips", "thumb")
HELPERS: Final = tuple(
    f"{side}_{name}" for side in ("left", "right") for name in (*(half[0] for half in _HALVES), *_FINGERS)
)
SKIN_BONES: Final = (*BONES, *HELPERS)
NUMBER: Final[Mapping[str, int]] = MappingProxyType({name: i for i, name in enumerate(SKIN_BONES)})
# Knuckles, middle joint and root of the thumb on the left hand, and how far they close, in degrees.
KNUCKLES: Final = (0.0, -0.088, 0.0)
MIDDLE_JOINT: Final = (-0.008, -0.128, 0.0)
THUMB_ROOT: Final = (-0.010, -0.034, 0.030)
CLOSING: Final[Mapping[Grip, tuple[float, float, float]]] = MappingProxyType(
    {"bar": (62.0, 82.0, 38.0), "flat": (-10.0, -20.0, -4.0), "easy": (10.0, 14.0, 6.0)}
)


def sided(name: str, side: str) -> str:
    """Return the bone of a side; the pelvis has none."""
    return name if name == "pelvis" else f"{side}_{name}"


def transforms(bind: Pose, posed: Pose, grip: Grip) -> Transforms:
    """Return what moves the skin from its bind pose into a pose, for each of `SKIN_BONES`.

    A point of the skin goes to rotation @ point + shift. The pose may have leading axes, which come first.
    """
    turns: dict[str, Floats] = {}
    joints: dict[str, tuple[Floats, Floats]] = {}
    for bone in BONES:
        (start, origin), (end, place) = bind.bones[bone], posed.bones[bone]
        turns[bone] = end @ start.T
        joints[bone] = (origin, place)
    for side in ("left", "right"):
        _halves(side, turns, joints)
        _fingers(side, bind, posed, grip, (turns, joints))
    rotation = np.stack([turns[bone] for bone in SKIN_BONES], axis=-3)
    shift = np.stack([joints[bone][1] - apply(turns[bone], joints[bone][0]) for bone in SKIN_BONES], axis=-2)
    return rotation, shift


def _halves(side: str, turns: dict[str, Floats], joints: dict[str, tuple[Floats, Floats]]) -> None:
    for name, joint, (above, below) in _HALVES:
        start, end = turns[sided(above, side)], turns[sided(below, side)]
        turns[f"{side}_{name}"] = half_way(start, end)
        joints[f"{side}_{name}"] = joints[sided(joint, side)]


def half_way(start: Floats, end: Floats) -> Floats:
    """Return the rotations half way between rotations (..., 3, 3), by the shortest turn."""
    relative = np.swapaxes(start, -1, -2) @ end
    # The square root of a rotation: its own mean with the identity, made a rotation again.
    trace = np.trace(relative, axis1=-2, axis2=-1)[..., None, None]
    near = np.maximum(1 + trace, 1e-6)
    axis = (relative - np.swapaxes(relative, -1, -2)) / 2
    scale = 1 / np.sqrt(near)
    half: Floats = start @ (np.eye(3) + axis * scale + axis @ axis * _second(near))
    return half


def _second(near: Floats) -> Floats:
    """Return the factor of the squared cross matrix in the half turn, from 1 + trace = 4 cos^2(a / 2)."""
    cos_half = np.sqrt(near) / 2
    # For a cross matrix scaled by sin a: (1 - cos(a / 2)) / sin^2 a, finite as a goes to 0.
    factor: Floats = 1 / (4 * cos_half**2 * (1 + cos_half))
    return factor


def _fingers(
    side: str,
    bind: Pose,
    posed: Pose,
    grip: Grip,
    into: tuple[dict[str, Floats], dict[str, tuple[Floats, Floats]]],
) -> None:
    turns, joints = into
    scale = bind.body.lengths_m["hand_m"] / 0.0839
    start, origin = bind.bones[f"{side}_hand"]
    end, place = posed.bones[f"{side}_hand"]
    knuckle_deg, middle_deg, thumb_deg = CLOSING[grip]
    first = _own(side, about_z(-knuckle_deg))
    second = first @ _own(side, about_z(-middle_deg))
    thumb = _own(side, about_y(-thumb_deg) @ about_x(0.55 * thumb_deg) @ about_z(-0.3 * thumb_deg))
    knuckles, middle, root = (
        scale * np.array(point) * ((-1, 1, 1) if side == "right" else (1, 1, 1))
        for point in (KNUCKLES, MIDDLE_JOINT, THUMB_ROOT)
    )
    bent = knuckles + first @ (middle - knuckles)
    for name, turn, rest, there in (
        ("fingers", first, knuckles, knuckles),
        ("fingertips", second, middle, bent),
        ("thumb", thumb, root, root),
    ):
        turns[f"{side}_{name}"] = end @ turn @ start.T
        joints[f"{side}_{name}"] = (origin + start @ rest, place + apply(end, there))


def _own(side: str, turn: Floats) -> Floats:
    return mirrored(turn) if side == "right" else turn


def moved(points: Floats, bones: Ints, weights: Floats, by: Transforms) -> Floats:
    """Return skin points (N, 3) moved by one pose; `bones` and `weights` are (N, k)."""
    rotation, shift = by
    matrix = np.concatenate([rotation, shift[..., None]], axis=-1).reshape(len(rotation), 12)
    blend = np.einsum("nk,nkm->nm", weights, matrix[bones]).reshape(-1, 3, 4)
    there: Floats = np.einsum("nij,nj->ni", blend[:, :, :3], points) + blend[:, :, 3]
    return there


def turned(normals: Floats, bones: Ints, weights: Floats, by: Transforms) -> Floats:
    """Return unit normals (N, 3) turned as the skin is."""
    rotation = by[0].reshape(len(by[0]), 9)
    blend = np.einsum("nk,nkm->nm", weights, rotation[bones]).reshape(-1, 3, 3)
    there = np.einsum("nij,nj->ni", blend, normals)
    unit: Floats = there / np.maximum(np.linalg.norm(there, axis=1), 1e-12)[:, None]
    return unit
