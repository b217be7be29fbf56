"""Takes of desk tests for tests: a body that moves slowly to a place, holds it, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

import posing
from openback.model.motion import LandmarkFrame
from openback.model.posture import SeenFrame
from openback.motion.synthesis.noise import errors, fitted

FPS = 15.0


def leg_raise(angle_deg: float, side: str = "left", *, knee_deg: float = 0.0) -> dict[str, Any]:
    up, bent = (angle_deg, 0.0), (knee_deg, 0.0)
    if side == "right":
        up, bent = up[::-1], bent[::-1]
    return {
        "trunk_lean_deg": 90.0,
        "hip_flexion_deg": up,
        "knee_flexion_deg": bent,
        "shoulder_elevation_deg": 10.0,
    }


def reach(angle_deg: float, side: str = "left", *, elbow_deg: float = 5.0) -> dict[str, Any]:
    up = (angle_deg, 5.0) if side == "left" else (5.0, angle_deg)
    return {"shoulder_elevation_deg": up, "shoulder_plane_deg": 90.0, "elbow_flexion_deg": elbow_deg}


def angel(left_deg: float, right_deg: float | None = None) -> dict[str, Any]:
    return {
        "shoulder_elevation_deg": (left_deg, left_deg if right_deg is None else right_deg),
        "shoulder_plane_deg": 0.0,
        "elbow_flexion_deg": 90.0,
        "shoulder_rotation_deg": 90.0,
    }


def bend(angle_deg: float) -> dict[str, Any]:
    return {
        "trunk_lean_deg": -angle_deg,
        "hip_flexion_deg": angle_deg,
        "shoulder_elevation_deg": angle_deg,
        "shoulder_plane_deg": 90.0,
        "elbow_flexion_deg": 0.0,
        "spine_flexion_deg": 20.0,
    }


POSE: dict[str, Callable[..., dict[str, Any]]] = {
    "straight_leg_raise": leg_raise,
    "shoulder_reach": reach,
    "wall_angel": angel,
    "finger_to_floor": bend,
}
YAW = {"straight_leg_raise": 90.0, "shoulder_reach": 90.0, "wall_angel": 0.0, "finger_to_floor": 90.0}


def frame(
    test: str, *pose: Any, t_s: float = 0.0, yaw_deg: float | None = None, **filmed: Any
) -> LandmarkFrame:
    """Return what a camera sees of a body in the pose of a test."""
    middle = (
        640.0,
        270.0 if test == "finger_to_floor" else 420.0,
    )  # of the hips, so that the body is in the picture
    points = posing.landmarks_m(**POSE[test](*pose))
    return posing.filmed(
        points,
        t_s,
        yaw_deg=YAW[test] if yaw_deg is None else yaw_deg,
        **{"at_px": middle, "far_m": 3.6, **filmed},
    )


def take(test: str, *pose: Any, seconds: float = 2.0, noise_px: float = 0.0, seed: int = 0, **filmed: Any):
    """Return the frames of somebody who holds the pose of a test."""
    random = np.random.default_rng(seed)
    still = frame(test, *pose, **filmed)
    return tuple(
        SeenFrame(
            frame=replace(still, t_s=n / FPS, image_px=still.image_px + random.normal(0.0, noise_px, (33, 2)))
        )
        for n in range(round(seconds * FPS))
    )


def slow_take(test: str, angles: list[float], side: str | None = None):
    """Return the frames of somebody who goes through angles, one a frame."""
    pose = (side,) if side else ()
    return tuple(SeenFrame(frame=frame(test, angle, *pose, t_s=n / FPS)) for n, angle in enumerate(angles))


def erring_take(test: str, angle: float, random: np.random.Generator, *, seconds: float = 2.0):
    """Return a take as the pose model would tell it: its errors were fitted on real clips (`data/pose_noise.toml`).

    The person stands up to 20 degrees out of the view that is asked for.
    """
    count = round(seconds * FPS)
    still = frame(test, angle, yaw_deg=YAW[test] + float(random.uniform(-20, 20)))
    trunk_px = np.hypot(*((still.image_px[[11, 12]] - still.image_px[[23, 24]]).mean(axis=0)))
    _, picture = errors(np.full((count, 33), 0.95), FPS, fitted(), random)
    return tuple(
        SeenFrame(frame=replace(still, t_s=n / FPS, image_px=still.image_px + picture[n, :, :2] * trunk_px))
        for n in range(count)
    )
