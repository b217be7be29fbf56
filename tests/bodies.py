"""A made person in a made picture: where every point is known, and what the picture shows there."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from PIL import Image

from openback.model.motion import INDEX, LANDMARKS, Floats

SIZE: Final = (240, 320)
# Somebody who faces the camera, as shares of the picture's width and height.
_FRONT: Final = {
    "nose": (0.5, 0.2), "left_eye": (0.515, 0.19), "right_eye": (0.485, 0.19), "left_ear": (0.535, 0.2),
    "right_ear": (0.465, 0.2), "mouth_left": (0.51, 0.215), "mouth_right": (0.49, 0.215),
    "left_shoulder": (0.6, 0.3), "right_shoulder": (0.4, 0.3), "left_elbow": (0.64, 0.42),
    "right_elbow": (0.36, 0.42), "left_wrist": (0.65, 0.53), "right_wrist": (0.35, 0.53),
    "left_hip": (0.56, 0.54), "right_hip": (0.44, 0.54), "left_knee": (0.56, 0.73), "right_knee": (0.44, 0.73),
    "left_ankle": (0.56, 0.92), "right_ankle": (0.44, 0.92),
}  # fmt: skip
_NEAR: Final = {
    "eye_inner": "eye", "eye_outer": "eye", "pinky": "wrist", "index": "wrist", "thumb": "wrist",
    "heel": "ankle", "foot_index": "ankle",
}  # fmt: skip


def standing(size: tuple[int, int] = SIZE) -> Floats:
    """Return landmarks (33, 3) of somebody who faces the camera: x, y in pixels, all of them seen."""
    return np.array([(*np.multiply(_place(name), size), 1.0) for name in LANDMARKS])


def _place(name: str) -> tuple[float, float]:
    side, _, part = name.partition("_")
    return _FRONT[name] if name in _FRONT else _FRONT[f"{side}_{_NEAR[part]}"]


def noise(seed: int = 1, size: tuple[int, int] = SIZE) -> np.ndarray:
    """Return a picture of nothing but detail."""
    return np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)


def sent(picture: np.ndarray, kind: str = "JPEG", **more: object) -> bytes:
    """Return a picture as a file of a kind."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, kind, **more)
    return out.getvalue()


def seen(data: bytes) -> np.ndarray:
    """Return the pixels of a file."""
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGB"))


SHOULDERS: Final = (INDEX["left_shoulder"], INDEX["right_shoulder"])
HIPS: Final = (INDEX["left_hip"], INDEX["right_hip"])
