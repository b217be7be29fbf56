"""Bodies before a camera, for the tests of the motion engine: joint angles in, frames out, without noise."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from openback.model.motion import LandmarkFrame
from openback.motion.skeleton import body, joined

WIDTH_PX, HEIGHT_PX = 1280, 720
# Hanging arms, a little out, elbows a little bent: nothing is exactly in line.
STANDING: Mapping[str, Any] = {
    "shoulder_elevation_deg": 12.0,
    "elbow_flexion_deg": 12.0,
    "shoulder_plane_deg": 30.0,
}
BAR_OVERHEAD: Mapping[str, Any] = {
    "shoulder_elevation_deg": 155.0,
    "shoulder_plane_deg": 30.0,
    "elbow_flexion_deg": 20.0,
    "hip_flexion_deg": 90.0,
    "knee_flexion_deg": 90.0,
}


def landmarks_m(**angles: Any) -> np.ndarray:
    """The 33 points of a body with these angles, in the room's axes: (33, 3), or (N, 33, 3) for angles over time."""
    if any(isinstance(angle, np.ndarray) for angle in angles.values()):
        return joined(body("female"), {**STANDING, **angles}).landmarks_m
    return _posed(tuple(sorted(angles.items()))).copy()


@lru_cache(maxsize=1000)
def _posed(angles: tuple[tuple[str, Any], ...]) -> np.ndarray:
    return joined(body("female"), {**STANDING, **dict(angles)}).landmarks_m


def filmed(
    points_m: np.ndarray,
    t_s: float = 0.0,
    *,
    yaw_deg: float = 0.0,
    far_m: float = 3.0,
    at_px: tuple[float, float] = (640.0, 400.0),
    focal_px: float = 0.85 * WIDTH_PX,
    visibility: float | Mapping[int, float] = 1.0,
) -> LandmarkFrame:
    """What a level camera sees of points (33, 3) of the room from `yaw_deg` around the body, mid-hip at `at_px`."""
    yaw = np.radians(yaw_deg)
    turned = (points_m - (points_m[23] + points_m[24]) / 2) @ np.array(
        [[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]]
    )
    world = turned * [1.0, -1.0, -1.0]
    image = world[:, :2] * (focal_px / (far_m + world[:, 2:])) + at_px
    seen = np.ones(33)
    if isinstance(visibility, Mapping):
        seen[list(visibility)] = list(visibility.values())
    else:
        seen[:] = visibility
    return LandmarkFrame(
        t_s=t_s,
        image_px=image,
        depth_px=world[:, 2] * focal_px / far_m,
        world_m=world,
        visibility=seen,
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
    )
