"""Posture checks of made bodies whose posture is known, seen by a made camera with the pose model's own errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from openback.model.motion import Floats, LandmarkFrame
from openback.model.posture import SHOTS, PostureFound, SeenFrame, Shot
from openback.motion.posture import check, posture_rules
from openback.motion.posture.lines import lines_deg
from openback.motion.posture.pictures import YAW_DEG
from openback.motion.skeleton import Sex, body, joined
from openback.motion.synthesis import noise as pose_noise
from openback.motion.synthesis.camera import Camera, hidden

FPS: Final = 15.0
FRAMES: Final = 30
# How people differ, as standard deviations about the mean, and how they and the camera are off, in degrees.
BODIES: Final[Mapping[str, tuple[float, float]]] = {
    "head_forward_deg": (12.0, 9.0),
    "neck_flexion_deg": (0.0, 5.0),
    "head_tilt_deg": (0.0, 3.0),
    "spine_flexion_deg": (6.0, 6.0),
    "trunk_lean_deg": (-1.0, 4.0),
    "trunk_roll_deg": (0.0, 2.0),
    "shoulder_elevation_deg": (14.0, 2.0),
    "elbow_flexion_deg": (14.0, 4.0),
}
TURNED_SD_DEG: Final = 7.0
SWAY_SD_DEG: Final = 1.0  # how differently somebody stands the next time


@dataclass(slots=True)
class Outcome:
    """Errors in degrees, whether the truth lay in the band, and differences of two checks, by measure."""

    errors: dict[str, list[float]] = field(default_factory=dict)
    inside: dict[str, list[bool]] = field(default_factory=dict)
    apart: dict[str, list[float]] = field(default_factory=dict)
    told: int = 0
    asked: int = 0


def trials(count: int, seed: int = 6) -> Outcome:
    """Return what the check makes of so many people, each of them checked twice with the camera put up anew."""
    rng = np.random.default_rng(seed)
    outcome = Outcome()
    for _ in range(count):
        angles = {name: float(rng.normal(*spread)) for name, spread in BODIES.items()}
        angles["shoulder_plane_deg"] = 30.0
        sex: Sex = "female" if rng.random() < 0.5 else "male"
        rise = tuple(float(value) for value in np.abs(rng.normal(0, 3, 2)))
        forward = tuple(float(value) for value in rng.normal(0, 5, 2))
        pair = []
        for _again in range(2):
            stance = {name: value + float(rng.normal(0, SWAY_SD_DEG)) for name, value in angles.items()}
            points = joined(
                body(sex),
                {**stance, "shoulder_rise_deg": np.array(rise), "shoulder_forward_deg": np.array(forward)},
            ).landmarks_m
            found = check(_shots(points, rng), stands=True)
            pair.append(found)
            _held_against(found, truth(points), outcome)
        for name in pair[0].readings.keys() & pair[1].readings.keys():
            apart = pair[1].readings[name].value - pair[0].readings[name].value
            outcome.apart.setdefault(name, []).append(apart)
    return outcome


def truth(points_m: Floats) -> Mapping[str, float]:
    """Return each measure of a body as a perfect camera, far away and exactly in each shot, would see it."""
    told: dict[str, list[float]] = {}
    for shot, yaw_deg in YAW_DEG.items():
        yaw = np.radians(yaw_deg)
        # Room axes: X to the body's left, Y up, Z ahead; the picture's x runs to the right, y down.
        flat = np.column_stack([points_m[:, 0] * np.cos(yaw) - points_m[:, 2] * np.sin(yaw), -points_m[:, 1]])
        for name, values in lines_deg(flat[None], shot).items():
            told.setdefault(name, []).append(float(values[0]))
    return {name: float(np.mean(values)) for name, values in told.items()}


def _held_against(found: PostureFound, true: Mapping[str, float], outcome: Outcome) -> None:
    outcome.asked += len(true)
    outcome.told += len(found.readings)
    for name, told in found.readings.items():
        outcome.errors.setdefault(name, []).append(told.value - true[name])
        outcome.inside.setdefault(name, []).append(told.low <= true[name] <= told.high)


def _shots(points_m: Floats, rng: np.random.Generator) -> dict[Shot, tuple[SeenFrame, ...]]:
    """Return the four shots of a body that turns before a camera which stands still, a little crooked."""
    low, high = points_m.min(axis=0), points_m.max(axis=0)
    aim = (low + high) / 2 + rng.normal(0, 0.05, 3)
    camera = Camera(
        yaw_deg=0.0,
        aim_m=(float(aim[0]), float(aim[1]), float(aim[2])),
        distance_m=float(rng.uniform(2.2, 3.2)),
        pitch_deg=float(np.clip(rng.normal(2.0, 2.5), -4, 8)),
        roll_deg=float(rng.normal(0, posture_rules().crooked_sd_deg)),
        focal_px=float(rng.uniform(0.85, 1.1)) * 1280,
    )
    return {
        shot: _frames(points_m, camera, YAW_DEG[shot] + rng.normal(0, TURNED_SD_DEG), rng) for shot in SHOTS
    }


def _frames(
    points_m: Floats, camera: Camera, yaw_deg: float, rng: np.random.Generator
) -> tuple[SeenFrame, ...]:
    stands = replace(camera, yaw_deg=float(yaw_deg))
    seen = np.broadcast_to(stands.seen(points_m), (FRAMES, 33, 3))
    noise = pose_noise.fitted()
    visibility = np.broadcast_to(1 / (1 + np.exp(6.5 * hidden(seen[:1]) - 4.0)), (FRAMES, 33))
    trunk_m = float(np.linalg.norm(seen[0, [11, 12]].mean(axis=0) - seen[0, [23, 24]].mean(axis=0)))
    world_error, picture_error = pose_noise.errors(visibility, FPS, noise, rng)
    world = pose_noise.flattened(seen, noise, rng) + world_error * trunk_m
    world -= (world[:, [23]] + world[:, [24]]) / 2
    px_per_m = stands.focal_px / np.maximum(seen[..., 2:], 0.2)
    image = stands.projected(seen) + picture_error[..., :2] * trunk_m * px_per_m
    depth = world[..., 2] * px_per_m[..., 0]
    return tuple(
        SeenFrame(
            frame=LandmarkFrame(
                t_s=n / FPS,
                image_px=image[n],
                depth_px=depth[n],
                world_m=world[n],
                visibility=visibility[n],
                width_px=stands.width_px,
                height_px=stands.height_px,
            ),
            brightness=0.5,
        )
        for n in range(FRAMES)
    )
