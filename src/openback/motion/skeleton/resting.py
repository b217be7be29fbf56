"""A body in a posture: its default angles, what rests on what, and where that puts it in the room.

Room axes: X to the body's left, Y up, Z ahead of a body that is not turned, metres; the floor is Y = 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from openback.model.motion import INDEX
from openback.motion.skeleton.kinematics import SIDES, Angle, Body, Pose, joined
from openback.motion.skeleton.postures import CONTACTS, POSTURE, Contact, Posture
from openback.motion.skeleton.rotations import Floats

# The stature that heights and contacts of the postures are told for.
_STATURE_M: Final = 1.74
_LEAN: Final = "trunk_lean_deg"


def completed(posture: str, angles: Mapping[str, Angle]) -> dict[str, Angle]:
    """Return the angles with those of the posture for what is left out.

    Thighs, and arms that hang, stay where they are in the room when the trunk leans.
    """
    own = POSTURE[posture]
    full: dict[str, Angle] = {**own.angles_deg, **angles}
    lean = np.asarray(full.get(_LEAN, 0.0), dtype=float)[..., None]
    if own.thigh_deg is not None and "hip_flexion_deg" not in angles:
        full["hip_flexion_deg"] = np.array(own.thigh_deg) - lean
    if own.arm_deg is not None:
        # Straight down in the room is ahead of a trunk that leans forward.
        full.setdefault("shoulder_elevation_deg", np.abs(np.array(own.arm_deg) - lean))
        full.setdefault("shoulder_plane_deg", 90.0)
    return full


def pose(body: Body, posture: str, angles: Mapping[str, Angle]) -> Pose:
    """Return the body in one of `figure.POSTURES` with these angles, resting on the floor, seat or bar.

    Angles are degrees by the names of `figure.ANGLES`; one number, or left and right for sided ones, or
    arrays of them over time. What is left out keeps the posture's default.
    """
    own = POSTURE[posture]
    posed = joined(body, completed(posture, angles))
    if own.rest.level is not None and _LEAN not in angles:
        posed = _levelled(body, posture, angles, own)
    return _rested(posed, own)


def height_m(posed: Pose, contact: Contact) -> Floats:
    """Return how high the lower of the left and right contact is (...)."""
    bone, offset = contact
    scale = posed.body.height_m / _STATURE_M
    heights = []
    for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
        name = bone if bone in posed.bones else f"{side}_{bone}"
        x, y, z = offset
        heights.append(posed.point_m(name, np.array([sign * x, y, z]) * scale)[..., 1])
    lower: Floats = np.minimum(*heights)
    return lower


def _levelled(body: Body, posture: str, angles: Mapping[str, Angle], own: Posture) -> Pose:
    """Return the pose with the lean at which both contacts carry: the secant method, a few steps."""
    assert own.rest.level is not None  # noqa: S101 - the caller looked
    start = np.asarray(own.angles_deg[_LEAN], dtype=float)
    first, second = own.rest.level

    def miss(lean: Floats) -> tuple[Floats, Pose]:
        posed = joined(body, completed(posture, {**angles, _LEAN: lean}))
        wanted = 0.0 if own.rest.height_m is None else _height_of_rest(body, own)
        return height_m(posed, first) - height_m(posed, second) - wanted, posed

    before, _ = miss(start)
    lean_before, lean = np.broadcast_to(start, before.shape), np.broadcast_to(start + 2.0, before.shape)
    for _ in range(6):
        after, _ = miss(lean)
        slope = (after - before) / np.where(lean != lean_before, lean - lean_before, 1.0)
        step = np.where(np.abs(slope) > 1e-5, after / np.where(slope == 0, 1.0, slope), 0.0)
        lean_before, before = lean, after
        lean = lean - np.clip(step, -15.0, 15.0)
    return miss(lean)[1]


def _height_of_rest(body: Body, own: Posture) -> float:
    return (own.rest.height_m or 0.0) * body.height_m / _STATURE_M


def _rested(posed: Pose, own: Posture) -> Pose:
    anchor = _anchor_m(posed, own.rest.anchor)
    if own.rest.height_m is not None:
        up = _height_of_rest(posed.body, own) - anchor[..., 1]
    else:
        up = -np.min(np.stack([height_m(posed, contact) for contact in CONTACTS]), axis=0)
    return posed.moved(np.stack([-anchor[..., 0], up, -anchor[..., 2]], axis=-1))


def _anchor_m(posed: Pose, anchor: str) -> Floats:
    if anchor == "grip":
        middle: Floats = posed.grips_m.mean(axis=-2)
        return middle
    names = [anchor] if anchor in INDEX else [f"{side}_{anchor}" for side in SIDES]
    points: Floats = posed.landmarks_m[..., [INDEX[name] for name in names], :].mean(axis=-2)
    return points
