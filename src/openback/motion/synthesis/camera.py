"""A camera in the room: where points fall in its picture, how deep they lie, and which it sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from openback.model.motion import INDEX
from openback.motion.skeleton.rotations import Floats, about_x, about_y, about_z

# Joints and the flesh around them that hides what is behind, in trunk lengths (project default).
_LIMB_RADIUS: Final = 0.095
_CHEST: Final = (0.30, 0.20)  # half width and half depth of the trunk
_HEAD_RADIUS: Final = 0.19
# Always told as visible, even behind the body: the trunk's corners and the head (seen on real clips).
_ALWAYS: Final = frozenset((*range(11), 11, 12, 23, 24))
_LIMBS: Final = [number for number in range(33) if number not in _ALWAYS]
_RAY: Final = np.linspace(0.16, 1.6, 9)  # where along the line of sight to look, in trunk lengths
_CAPSULES: Final = tuple(
    (INDEX[f"{side}_{a}"], INDEX[f"{side}_{b}"])
    for side in ("left", "right")
    for a, b in (("elbow", "wrist"), ("shoulder", "elbow"), ("hip", "knee"), ("knee", "ankle"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A camera that looks at `aim_m` from `yaw_deg` around a body that faces Z.

    `yaw_deg`: 0 before the body, 90 at its left. `pitch_deg`: looking down positive. `focal_px` in pixels of
    a picture of `width_px` by `height_px`.
    """

    yaw_deg: float
    aim_m: tuple[float, float, float]
    distance_m: float = 3.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    focal_px: float = 1000.0
    width_px: int = 720
    height_px: int = 1280

    def seen(self, points_m: Floats) -> Floats:
        """Return room points (..., 3) in the camera's axes: x right, y down, z away, from the camera."""
        turn = about_z(self.roll_deg) @ about_x(self.pitch_deg) @ about_y(-self.yaw_deg)
        aimed = (points_m - np.array(self.aim_m)) @ turn.T
        return np.asarray(aimed * (1.0, -1.0, -1.0) + (0.0, 0.0, self.distance_m))

    def projected(self, camera_m: Floats) -> Floats:
        """Return where points in the camera's axes fall, in pixels (..., 2)."""
        flat = camera_m[..., :2] / np.maximum(camera_m[..., 2:], 0.2)
        return np.asarray(flat * self.focal_px + (self.width_px / 2, self.height_px / 2))


def hidden(camera_m: Floats) -> Floats:
    """Return how much of each landmark (N, 33) is behind the own body, 0 to 1, from points in camera axes."""
    trunk_m = float(
        np.median(np.linalg.norm(_middle(camera_m, "shoulder") - _middle(camera_m, "hip"), axis=-1))
    )
    points = camera_m / trunk_m
    ends = points[:, _LIMBS]
    towards = -ends / np.linalg.norm(ends, axis=-1, keepdims=True)
    rays = ends[:, :, None] + towards[:, :, None] * _RAY[:, None]
    cover = np.maximum(
        _trunk_cover(points, rays), _inside(np.linalg.norm(rays - _skull(points), axis=-1), _HEAD_RADIUS)
    )
    for first, second in _CAPSULES:
        limb = _inside(_distance(rays, points[:, first], points[:, second]), _LIMB_RADIUS)
        limb[:, [n for n, number in enumerate(_LIMBS) if number in _of_limb(first, second)]] = 0.0
        cover = np.maximum(cover, limb)
    whole = np.zeros(points.shape[:2])
    whole[:, _LIMBS] = cover
    return whole


def _middle(points: Floats, part: str) -> Floats:
    both: Floats = (points[:, INDEX[f"left_{part}"]] + points[:, INDEX[f"right_{part}"]]) / 2
    return both


def _skull(points: Floats) -> Floats:
    middle: Floats = _middle(points, "ear")[:, None, None]
    return middle


def _of_limb(first: int, second: int) -> list[int]:
    """Return the landmarks that are on a limb themselves, or at its end."""
    own = [first, second]
    if second in (INDEX["left_wrist"], INDEX["right_wrist"]):
        own += [second + 2, second + 4, second + 6]
    if second in (INDEX["left_ankle"], INDEX["right_ankle"]):
        own += [second + 2, second + 4]
    return own


def _trunk_cover(points: Floats, rays: Floats) -> Floats:
    hips, shoulders = _middle(points, "hip"), _middle(points, "shoulder")
    up = (shoulders - hips) / np.linalg.norm(shoulders - hips, axis=-1, keepdims=True)
    across = points[:, INDEX["left_shoulder"]] - points[:, INDEX["right_shoulder"]]
    across = across - np.sum(across * up, axis=-1, keepdims=True) * up
    across = across / np.maximum(np.linalg.norm(across, axis=-1, keepdims=True), 1e-6)
    out = np.cross(across, up)
    offset = rays - hips[:, None, None]
    x, y, z = (np.einsum("nlrk,nk->nlr", offset, axis) for axis in (across, up, out))
    radius = np.hypot(x / _CHEST[0], z / _CHEST[1])
    within = np.clip(np.minimum(y + 0.05, 1.05 - y) / 0.1, 0.0, 1.0)
    return np.asarray(np.max(_soft(radius) * within, axis=-1))


def _inside(distance: Floats, radius: float) -> Floats:
    return np.asarray(np.max(_soft(distance / radius), axis=-1))


def _soft(radii: Floats) -> Floats:
    """Return 1 inside, 0 outside, and in between at the edge, where a model is in doubt."""
    return np.asarray(np.clip((1.1 - radii) / 0.25, 0.0, 1.0))


def _distance(points: Floats, start: Floats, end: Floats) -> Floats:
    start, along = start[:, None, None], (end - start)[:, None, None]
    length = np.maximum(np.sum(along**2, axis=-1), 1e-9)
    share = np.clip(np.sum((points - start) * along, axis=-1) / length, 0.0, 1.0)
    return np.asarray(np.linalg.norm(points - start - share[..., None] * along, axis=-1))
