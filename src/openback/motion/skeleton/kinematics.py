"""A body as joints and bones: joint angles in, bone transforms and the camera's 33 landmarks out.

Room axes: X to the body's left, Y up, Z ahead of a body whose `turn_deg` is 0, in metres. Every bone's
rotation is the identity in the anatomical rest, so a rotation moves what was drawn around the resting bone.
Angles may be numbers or arrays over time; everything that comes out then has the same leading shape.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from openback.model.figure import ANGLES
from openback.motion.skeleton.rotations import (
    MIRROR,
    Floats,
    about,
    about_x,
    about_y,
    about_z,
    apply,
    between,
    mirrored,
)

Sex = Literal["female", "male"]
SIDES: Final = ("left", "right")
_LIMB: Final = ("clavicle", "upper_arm", "forearm", "hand", "thigh", "shin", "foot")
BONES: Final = (
    *("pelvis", "abdomen", "chest", "neck", "head"),
    *(f"{side}_{bone}" for side in SIDES for bone in _LIMB),
)
# Bones by where they start, for drawing and for reading lengths: the joint at each bone's far end.
ENDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pelvis": "abdomen",
        "abdomen": "chest",
        "neck": "head",
        **{
            f"{side}_{a}": f"{side}_{b}"
            for side in SIDES
            for a, b in (
                ("clavicle", "upper_arm"),
                ("upper_arm", "forearm"),
                ("forearm", "hand"),
                ("thigh", "shin"),
                ("shin", "foot"),
            )
        },
    }
)

Angle = float | tuple[float, float] | Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The lengths of one body in metres, by the names of `data/body.toml`."""

    sex: Sex
    lengths_m: Mapping[str, float]

    @property
    def height_m(self) -> float:
        """Stature, upright."""
        return self.lengths_m["height_m"]

    @property
    def trunk_m(self) -> float:
        """Mid-hip to mid-shoulder, upright."""
        return sum(self.lengths_m[part] for part in ("pelvis_m", "abdomen_m", "chest_m"))

    def scaled(self, factors: Mapping[str, float]) -> Body:
        """Return the body with some of its lengths multiplied: other proportions."""
        lengths = {name: length * factors.get(name, 1.0) for name, length in self.lengths_m.items()}
        return replace(self, lengths_m=MappingProxyType({**lengths, "height_m": _stature(lengths)}))


def _stature(lengths: Mapping[str, float]) -> float:
    legs = lengths["thigh_m"] + lengths["shin_m"] + lengths["ankle_height_m"]
    trunk = lengths["pelvis_m"] + lengths["abdomen_m"] + lengths["chest_m"]
    return legs + trunk + lengths["neck_base_m"] + lengths["head_m"]


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, float]]:
    text = files("openback").joinpath("data", "body.toml").read_text(encoding="utf-8")
    table: Mapping[str, Mapping[str, float]] = tomllib.loads(text)
    return table


def body(sex: Sex, *, height_m: float | None = None) -> Body:
    """Return the body with published proportions, of its own stature or of `height_m`."""
    published = {name: length for name, length in _table()[sex].items() if name != "basis"}
    # The published lengths do not add up to the published stature to the last centimetre.
    scale = (published["height_m"] if height_m is None else height_m) / _stature(published)
    lengths = {name: length * scale for name, length in published.items()}
    return Body(sex=sex, lengths_m=MappingProxyType({**lengths, "height_m": _stature(lengths)}))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pose:
    """A body in one pose, or in many along the leading axes.

    `bones` maps a bone to its rotation (..., 3, 3) and origin (..., 3); `landmarks_m` is (..., 33, 3);
    `grips_m` (..., 2, 3) are the middles of the left and right grip.
    """

    body: Body
    bones: Mapping[str, tuple[Floats, Floats]]
    landmarks_m: Floats
    grips_m: Floats

    def point_m(self, bone: str, offset_m: npt.ArrayLike) -> Floats:
        """Return where a point of a bone is, given in the bone's resting frame from its origin."""
        rotation, origin = self.bones[bone]
        return origin + apply(rotation, offset_m)

    def moved(self, by_m: Floats) -> Pose:
        """Return the pose shifted by vectors (..., 3)."""
        bones = {name: (rotation, origin + by_m) for name, (rotation, origin) in self.bones.items()}
        shift = by_m[..., None, :]
        return replace(self, bones=bones, landmarks_m=self.landmarks_m + shift, grips_m=self.grips_m + shift)


def joined(body: Body, angles: Mapping[str, Angle]) -> Pose:
    """Return the body with these joint angles, middle of the hips at the origin.

    What is left out is 0. A sided angle is one number for both sides, or (..., 2) for left and right.
    """
    given = _spread(angles)
    bones: dict[str, tuple[Floats, Floats]] = {}
    trunk = _trunk(body, given, bones)
    _head(body, given, bones)
    for number, side in enumerate(SIDES):
        own = {name: given[name][..., number] for name, joint in ANGLES.items() if joint.sided}
        _arm(body, own, side, bones)
        _leg(body, own, side, bones, trunk)
    ordered = {name: bones[name] for name in BONES}
    return Pose(body=body, bones=ordered, landmarks_m=_landmarks(body, bones), grips_m=_grips(body, bones))


def _spread(angles: Mapping[str, Angle]) -> dict[str, Floats]:
    arrays = {name: np.asarray(angles.get(name, 0.0), dtype=float) for name in ANGLES}
    shapes = [
        array.shape[:-1] if ANGLES[name].sided and array.ndim else array.shape
        for name, array in arrays.items()
    ]
    shape = np.broadcast_shapes(*shapes)
    return {
        name: np.broadcast_to(array, (*shape, 2) if ANGLES[name].sided else shape)
        for name, array in arrays.items()
    }


def trunk_rotation(angles: Mapping[str, Floats]) -> Floats:
    """Return the turn of the trunk's line: rolled, then leaned, then turned about the vertical."""
    lean, roll = about_x(-angles["trunk_lean_deg"]), about_z(angles["trunk_roll_deg"])
    return about_y(angles["turn_deg"]) @ lean @ roll


def _trunk(body: Body, angles: Mapping[str, Floats], bones: dict[str, tuple[Floats, Floats]]) -> Floats:
    lengths = body.lengths_m
    half = about_x(angles["spine_flexion_deg"] / 2) @ about_z(angles["spine_side_deg"] / 2)
    twist, half_twist = about_y(angles["trunk_twist_deg"]), about_y(angles["trunk_twist_deg"] / 2)
    back = np.swapaxes(half, -1, -2)
    local = {"pelvis": back, "abdomen": half_twist, "chest": twist @ half}
    parts = (("pelvis", "pelvis_m"), ("abdomen", "abdomen_m"), ("chest", "chest_m"))
    ups = {bone: apply(local[bone], (0.0, lengths[name], 0.0)) for bone, name in parts}
    line = sum(ups.values(), start=np.zeros(3))
    # However the spine bends, mid-hip to mid-shoulder keeps the lean that was asked for.
    level = between(line / np.linalg.norm(line, axis=-1, keepdims=True), np.array([0.0, 1.0, 0.0]))
    trunk = trunk_rotation(angles)
    origin = np.zeros_like(line)
    for bone, _ in parts:
        bones[bone] = (trunk @ level @ local[bone], origin)
        origin = origin + apply(trunk @ level, ups[bone])
    return trunk


def _head(body: Body, angles: Mapping[str, Floats], bones: dict[str, tuple[Floats, Floats]]) -> None:
    rotation, origin = bones["chest"]
    flexion, forward = angles["neck_flexion_deg"], angles["head_forward_deg"]
    turn, tilt = angles["head_turn_deg"], angles["head_tilt_deg"]
    base = origin + apply(rotation, chest_points(body)["neck"])
    neck = rotation @ about_y(turn / 2) @ about_x(flexion / 2 + forward) @ about_z(tilt / 2)
    bones["neck"] = (neck, base)
    skull = rotation @ about_y(turn) @ about_x(flexion) @ about_z(tilt)
    bones["head"] = (skull, base + apply(neck, neck_end(body)))


def chest_points(body: Body) -> Mapping[str, Floats]:
    """Return joints from the chest's origin in its resting frame: neck, left clavicle, left shoulder."""
    lengths = body.lengths_m
    up, unit = lengths["chest_m"], lengths["height_m"]
    return {
        # The bodies of the neck bones lie ahead of the seventh one's tip, which de Leva measured.
        "neck": np.array([0.0, up + 0.6 * lengths["neck_base_m"], -0.018 * unit]),
        "clavicle": np.array([0.013 * unit, up + lengths["sternum_m"], 0.026 * unit]),
        "shoulder": np.array([lengths["shoulders_m"] / 2, up, 0.0]),
    }


def neck_end(body: Body) -> Floats:
    """Return the joint of the skull from the neck's origin, in the neck's resting frame."""
    lengths = body.lengths_m
    crown = 0.4 * lengths["neck_base_m"] + lengths["head_m"]
    return np.array([0.0, crown - 0.62 * lengths["head_m"], 0.016 * lengths["height_m"]])


def _arm(body: Body, own: Mapping[str, Floats], side: str, bones: dict[str, tuple[Floats, Floats]]) -> None:
    lengths, points = body.lengths_m, chest_points(body)
    chest, origin = bones["chest"]
    flip = MIRROR if side == "right" else np.eye(3)
    clavicle = about_y(-own["shoulder_forward_deg"]) @ about_z(own["shoulder_rise_deg"])
    # The upper arm keeps its own direction to the chest when the girdle moves: a shrug lifts hanging arms.
    upper = shoulder_rotation(own)
    fore = upper @ about_x(-own["elbow_flexion_deg"])
    # The two bones of the forearm turn about each other: half way along, half of the turn.
    palm = fore @ about_y(-own["forearm_pronation_deg"])
    fore = fore @ about_y(-own["forearm_pronation_deg"] / 2)
    hand = palm @ about_z(-own["wrist_flexion_deg"])
    local = {"clavicle": clavicle, "upper_arm": upper, "forearm": fore, "hand": hand}
    ends = {
        "clavicle": points["shoulder"] - points["clavicle"],
        "upper_arm": np.array([0.0, -lengths["upper_arm_m"], 0.0]),
        "forearm": np.array([0.0, -lengths["forearm_m"], 0.0]),
        "hand": np.zeros(3),
    }
    at = origin + apply(chest, flip @ points["clavicle"])
    for bone, turn in local.items():
        rotation = chest @ (mirrored(turn) if side == "right" else turn)
        bones[f"{side}_{bone}"] = (rotation, at)
        at = at + apply(rotation, flip @ ends[bone])


def shoulder_rotation(own: Mapping[str, Floats]) -> Floats:
    """Return the left upper arm's turn against the chest.

    It swings from hanging by the shortest arc, then turns about its own length.
    """
    elevation, plane = own["shoulder_elevation_deg"], np.radians(own["shoulder_plane_deg"])
    across = np.stack([np.cos(plane), np.zeros_like(plane), np.sin(plane)], axis=-1)
    down = np.array([0.0, -1.0, 0.0])
    swing = about(np.cross(np.broadcast_to(down, across.shape), across), elevation)
    return swing @ about_y(own["shoulder_rotation_deg"])


def _leg(
    body: Body, own: Mapping[str, Floats], side: str, bones: dict[str, tuple[Floats, Floats]], trunk: Floats
) -> None:
    lengths = body.lengths_m
    pelvis, origin = bones["pelvis"]
    flip = MIRROR if side == "right" else np.eye(3)
    thigh = about_x(-own["hip_flexion_deg"]) @ about_z(own["hip_abduction_deg"])
    thigh = thigh @ about_y(own["hip_rotation_deg"])
    shin = thigh @ about_x(own["knee_flexion_deg"])
    foot = shin @ about_x(-own["ankle_flexion_deg"])
    ends = {"thigh": -lengths["thigh_m"], "shin": -lengths["shin_m"], "foot": 0.0}
    at = origin + apply(pelvis, flip @ np.array([lengths["hips_m"] / 2, 0.0, 0.0]))
    for bone, turn in {"thigh": thigh, "shin": shin, "foot": foot}.items():
        rotation = trunk @ (mirrored(turn) if side == "right" else turn)
        bones[f"{side}_{bone}"] = (rotation, at)
        at = at + apply(rotation, (0.0, ends[bone], 0.0))


# --- What the camera would see -----------------------------------------------------------------------


@lru_cache(maxsize=64)
def _offsets(head_m: float, hand_m: float, foot_m: float, ankle_m: float) -> dict[str, tuple[float, ...]]:
    """Return the left side's landmarks that are no joints, from their bone's origin.

    Where the pose model puts them: ear at the ear's opening, fingers at their knuckles, the foot's point at
    the big toe. Measured by eye on faces and hands of ordinary proportions (project default).
    """
    return {
        "nose": (0.0, 0.02 * head_m, 0.46 * head_m),
        "eye_inner": (0.065 * head_m, 0.165 * head_m, 0.345 * head_m),
        "eye": (0.13 * head_m, 0.165 * head_m, 0.335 * head_m),
        "eye_outer": (0.19 * head_m, 0.165 * head_m, 0.30 * head_m),
        "ear": (0.30 * head_m, 0.10 * head_m, 0.0),
        "mouth": (0.105 * head_m, -0.12 * head_m, 0.37 * head_m),
        "index": (-0.05 * hand_m, -1.02 * hand_m, 0.33 * hand_m),
        "pinky": (-0.05 * hand_m, -0.86 * hand_m, -0.46 * hand_m),
        "thumb": (-0.25 * hand_m, -0.62 * hand_m, 0.50 * hand_m),
        # The model's hips lie wider than the joints: 0.46 trunk lengths apart, median of seven real clips.
        "hip": (0.023, 0.0, 0.0),
        "heel": (0.0, -0.75 * ankle_m, -0.20 * foot_m),
        "foot_index": (0.0, -0.82 * ankle_m, 0.70 * foot_m),
    }


# The part of a landmark's name after its side, and the bone it belongs to; joints are their bones' origins.
_BONE_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("eye_inner", "eye", "eye_outer", "ear", "mouth"), "head"),
        **dict.fromkeys(("index", "pinky", "thumb"), "hand"),
        **dict.fromkeys(("heel", "foot_index"), "foot"),
        "shoulder": "upper_arm",
        "elbow": "forearm",
        "wrist": "hand",
        "hip": "thigh",
        "knee": "shin",
        "ankle": "foot",
    }
)
_ORDER: Final = (
    *(("left", part) for part in ("eye_inner", "eye", "eye_outer")),
    *(("right", part) for part in ("eye_inner", "eye", "eye_outer")),
    *((side, part) for part in ("ear", "mouth") for side in SIDES),
    *((side, part) for part in ("shoulder", "elbow", "wrist", "pinky", "index", "thumb") for side in SIDES),
    *((side, part) for part in ("hip", "knee", "ankle", "heel", "foot_index") for side in SIDES),
)


def _landmarks(body: Body, bones: Mapping[str, tuple[Floats, Floats]]) -> Floats:
    lengths = body.lengths_m
    offsets = _offsets(*(lengths[part] for part in ("head_m", "hand_m", "foot_m", "ankle_height_m")))
    rotation, origin = bones["head"]
    points = [origin + apply(rotation, offsets["nose"])]
    for side, part in _ORDER:
        bone = _BONE_OF[part]
        rotation, origin = bones[bone if bone == "head" else f"{side}_{bone}"]
        if part in offsets:
            x, y, z = offsets[part]
            origin = origin + apply(rotation, (-x if side == "right" else x, y, z))
        points.append(origin)
    return np.stack(points, axis=-2)


def _grips(body: Body, bones: Mapping[str, tuple[Floats, Floats]]) -> Floats:
    hand = body.lengths_m["hand_m"]
    inward = (-0.30 * hand, -0.85 * hand, 0.0)
    points = []
    for side in SIDES:
        rotation, origin = bones[f"{side}_hand"]
        offset = (-inward[0], *inward[1:]) if side == "right" else inward
        points.append(origin + apply(rotation, offset))
    return np.stack(points, axis=-2)
