"""Somebody who stands for a posture check, seen from the front, the back and both sides, without noise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from openback.model.motion import LANDMARKS, LandmarkFrame
from openback.model.posture import SHOTS, SeenFrame, Shot
from openback.motion.posture.pictures import YAW_DEG
from posing import filmed, landmarks_m

SWAPPED = [
    LANDMARKS.index(name.replace("left", "*").replace("right", "left").replace("*", "right"))
    for name in LANDMARKS
]
FRAMES = 6
APART_S = 0.3


def seen(
    shot: Shot, t_s: float = 0.0, *, yaw_deg: float = 0.0, far_m: float = 2.6, **angles: Any
) -> SeenFrame:
    """One frame of a shot; the camera stands `yaw_deg` off it."""
    frame = filmed(landmarks_m(**angles), t_s, yaw_deg=YAW_DEG[shot] + yaw_deg, far_m=far_m)
    return SeenFrame(frame=frame, people=1, brightness=0.5)


def shot_frames(shot: Shot, **given: Any) -> tuple[SeenFrame, ...]:
    """Six frames of a shot, in which nothing moves."""
    one = seen(shot, **given)
    return tuple(replace(one, frame=replace(one.frame, t_s=n * APART_S)) for n in range(FRAMES))


def all_shots(*shots: Shot, **given: Any) -> dict[Shot, tuple[SeenFrame, ...]]:
    """The frames of some shots, of all four unless told."""
    return {shot: shot_frames(shot, **given) for shot in shots or SHOTS}


def moved(
    frame: LandmarkFrame, *, scale: float = 1.0, shift_px: tuple[float, float] = (0, 0), roll_deg: float = 0.0
) -> LandmarkFrame:
    """The frame in a picture that is larger, cut elsewhere, or leans clockwise about its middle."""
    roll = np.radians(roll_deg)
    middle = np.array([frame.width_px, frame.height_px]) / 2
    turn = np.array([[np.cos(roll), np.sin(roll)], [-np.sin(roll), np.cos(roll)]])
    image = ((frame.image_px - middle) @ turn + middle) * scale + shift_px
    world = frame.world_m.copy()
    world[:, :2] = world[:, :2] @ turn
    # The picture is cut so that everything stays in it.
    return replace(
        frame,
        image_px=image,
        world_m=world,
        depth_px=frame.depth_px * scale,
        width_px=round(frame.width_px * scale + abs(shift_px[0]) + 1),
        height_px=round(frame.height_px * scale + abs(shift_px[1]) + 1),
    )


def mirrored(frame: LandmarkFrame) -> LandmarkFrame:
    """The frame as a mirror shows it: left is right."""
    image, world = frame.image_px[SWAPPED].copy(), frame.world_m[SWAPPED].copy()
    image[:, 0], world[:, 0] = frame.width_px - image[:, 0], -world[:, 0]
    return replace(
        frame,
        image_px=image,
        world_m=world,
        depth_px=frame.depth_px[SWAPPED],
        visibility=frame.visibility[SWAPPED],
    )


def each(shots: dict[Shot, tuple[SeenFrame, ...]], change: Any) -> dict[Shot, tuple[SeenFrame, ...]]:
    """The shots with every frame changed."""
    return {
        shot: tuple(replace(one, frame=change(one.frame)) for one in frames) for shot, frames in shots.items()
    }


def noisy(
    shots: dict[Shot, tuple[SeenFrame, ...]], sd_px: float, seed: int = 1
) -> dict[Shot, tuple[SeenFrame, ...]]:
    """The shots with landmarks that waver from frame to frame."""
    chance = np.random.default_rng(seed)
    return each(
        shots,
        lambda frame: replace(frame, image_px=frame.image_px + chance.normal(0, sd_px, (33, 2))),
    )
