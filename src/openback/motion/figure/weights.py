"""Skin weights, when the body is built: every vertex begins with the bone whose solid is nearest, then
the weights spread over the skin as far as a joint's fold is wide.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from openback.motion.figure import mesh
from openback.motion.figure.skin import NUMBER, SKIN_BONES, Floats, Ints
from openback.motion.figure.surface import Part, nearest_bone
from openback.motion.skeleton.kinematics import BONES, Pose

KEPT: Final = 4  # bones a vertex
_TRUNK: Final = ("pelvis", "abdomen", "chest", "neck")
# How many times the weights are averaged over a vertex's neighbours: everywhere, then around these bones.
_SPREADS: Final = 10


def smooth(low: float, high: float, values: Floats) -> Floats:
    """Return 0 below `low`, 1 above `high`, smooth between."""
    share = np.clip((values - low) / (high - low), 0, 1)
    step: Floats = share * share * (3 - 2 * share)
    return step


def weights(parts: Iterable[Part], bind: Pose, vertices: Floats, triangles: Ints) -> tuple[Floats, Ints]:
    """Return weights (N, 4) and bones (N, 4) of the whole mirrored body's vertices; weights sum to 1."""
    whole = np.zeros((len(vertices), len(SKIN_BONES)))
    nearest = nearest_bone(parts, vertices, BONES)
    whole[np.arange(len(vertices)), nearest] = 1.0
    _along_trunk(whole, bind, vertices)
    edges = mesh.neighbours(triangles)
    whole = _spread(whole, edges, _SPREADS)
    wide = _wide(bind, vertices)
    for _ in range(28):
        whole += wide[:, None] * 0.6 * (mesh.averaged(whole, edges) - whole)
    _halves(whole)
    for side in ("left", "right"):
        _hand(whole, bind, vertices, side)
    hands = whole.copy()
    fine = _near_hand(bind, vertices)[:, None]
    for _ in range(3):
        hands += 0.5 * fine * (mesh.averaged(hands, edges) - hands)
    return _kept(hands)


def _along_trunk(whole: Floats, bind: Pose, vertices: Floats) -> None:
    """Share what belongs to the trunk by height, and what moves with the shoulder blades by place."""
    columns = [NUMBER[bone] for bone in _TRUNK]
    of_trunk = whole[:, columns].sum(1) + sum(whole[:, NUMBER[f"{s}_clavicle"]] for s in ("left", "right"))
    heights = [float(bind.bones[bone][1][1]) for bone in ("abdomen", "chest", "neck")]
    y = vertices[:, 1]
    over = [smooth(h - r, h + r, y) for h, r in zip(heights, (0.07, 0.09, 0.035), strict=True)]
    shares = [1 - over[0], over[0] * (1 - over[1]), over[1] * (1 - over[2]), over[2]]
    blade = _blade(bind, vertices)
    for column, share in zip(columns, shares, strict=True):
        whole[:, column] = of_trunk * share * (1 - blade)
    for side, flip in (("left", 1.0), ("right", -1.0)):
        own = vertices[:, 0] * flip > 0
        whole[:, NUMBER[f"{side}_clavicle"]] = np.where(own, of_trunk * blade, 0.0)


def _blade(bind: Pose, vertices: Floats) -> Floats:
    """Return how much of the trunk's skin goes with the shoulder girdle, 0 to 1."""
    x0, top = bind.bones["left_upper_arm"][1][:2]
    x, y, z = np.abs(vertices[:, 0]), vertices[:, 1], vertices[:, 2]
    behind = 1 - smooth(-0.03, 0.02, z)
    back = smooth(0.03, 0.10, x) * smooth(top - 0.20, top - 0.08, y)
    front = smooth(0.05, x0 - 0.03, x) * smooth(top - 0.09, top + 0.01, y)
    neck = 1 - smooth(top + 0.055, top + 0.10, y)
    blade: Floats = 0.9 * (behind * back + (1 - behind) * front) * neck
    return blade


def _spread(whole: Floats, edges: tuple[Ints, Ints], times: int) -> Floats:
    for _ in range(times):
        whole = whole + 0.5 * (mesh.averaged(whole, edges) - whole)
    return whole


def _wide(bind: Pose, vertices: Floats) -> Floats:
    """Return where weights spread further: around shoulders and hips, whose folds are wide."""
    wide = np.zeros(len(vertices))
    for bone, reach in (("upper_arm", 0.11), ("thigh", 0.15)):
        for side in ("left", "right"):
            away = np.linalg.norm(vertices - bind.bones[f"{side}_{bone}"][1], axis=1)
            wide = np.maximum(wide, 1 - smooth(reach * 0.5, reach * 1.3, away))
    return wide


def _halves(whole: Floats) -> None:
    """Give the helpers what lies between the two bones of their joint."""
    for side in ("left", "right"):
        for name, above, below in (
            ("shoulder", f"{side}_clavicle", f"{side}_upper_arm"),
            ("shoulder", "chest", f"{side}_upper_arm"),
            ("elbow", f"{side}_upper_arm", f"{side}_forearm"),
            ("wrist", f"{side}_forearm", f"{side}_hand"),
            ("hip", "pelvis", f"{side}_thigh"),
            ("knee", f"{side}_thigh", f"{side}_shin"),
        ):
            a, b = whole[:, NUMBER[above]].copy(), whole[:, NUMBER[below]].copy()
            both = a * b / np.maximum(a + b, 1e-9)
            whole[:, NUMBER[above]] -= both
            whole[:, NUMBER[below]] -= both
            whole[:, NUMBER[f"{side}_{name}"]] += 2 * both


def _in_hand(bind: Pose, vertices: Floats, side: str) -> Floats:
    """Return places in the left hand's resting frame, in the reference hand's metres."""
    rotation, origin = bind.bones[f"{side}_hand"]
    own = (vertices - origin) @ rotation / (bind.body.lengths_m["hand_m"] / 0.0839)
    return own * ((-1, 1, 1) if side == "right" else (1, 1, 1))


def _near_hand(bind: Pose, vertices: Floats) -> Floats:
    near = np.zeros(len(vertices))
    for side in ("left", "right"):
        own = _in_hand(bind, vertices, side)
        near = np.maximum(near, (np.linalg.norm(own - (0, -0.09, 0), axis=1) < 0.14) & (own[:, 1] < -0.012))
    return near


def _hand(whole: Floats, bind: Pose, vertices: Floats, side: str) -> None:
    """Share the hand among palm, fingers and thumb."""
    own = _in_hand(bind, vertices, side)
    of_hand = whole[:, NUMBER[f"{side}_hand"]].copy()
    along, across = -own[:, 1], own[:, 2]
    thumb = smooth(0.034, 0.044, across + 0.25 * (along - 0.05)) * smooth(0.030, 0.046, along)
    thumb = thumb * (1 - smooth(0.094, 0.10, along - 0.6 * np.maximum(across - 0.044, 0)))
    finger = smooth(0.080, 0.096, along - 0.10 * np.minimum(across, 0)) * (1 - thumb)
    tip = smooth(0.121, 0.135, along + 0.25 * np.maximum(-across - 0.012, 0)) * finger
    for name, share in (("fingers", finger - tip), ("fingertips", tip), ("thumb", thumb)):
        whole[:, NUMBER[f"{side}_{name}"]] = of_hand * share
    whole[:, NUMBER[f"{side}_hand"]] = of_hand * (1 - finger - thumb)


def _kept(whole: Floats) -> tuple[Floats, Ints]:
    """Return the strongest few, in eighths of a percent that a byte can hold, summing to 1."""
    bones = np.argsort(-whole, axis=1, kind="stable")[:, :KEPT]
    strongest = np.take_along_axis(whole, bones, 1)
    bytes_ = np.floor(strongest / strongest.sum(1, keepdims=True) * 255 + 0.5)
    bytes_[:, 0] += 255 - bytes_.sum(1)
    return bytes_ / 255, bones
