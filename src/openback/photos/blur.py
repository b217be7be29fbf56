"""Face and background made unknowable before a picture is kept.

This is no soft-focus that could be undone: what is blurred is first boiled down to a few averages, and all
else of it is thrown away. What is drawn in its place is made of these averages alone.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from PIL import Image

from openback.model.motion import Floats
from openback.photos.picture import Picture
from openback.photos.silhouette import head_circle, silhouette

FACE_CELLS: Final = 6  # averages across a face: no feature is left; project default
ROOM_CELLS: Final = 16  # averages along the longer side of the picture; project default
_EDGE: Final = 1.15  # where the blur of a face has faded to nothing, in radii
# What the pose model is unsure of is faded into; what it is sure of is kept whole.
_MASK_LOW: Final = 0.3
_MASK_HIGH: Final = 0.7


def blurred(picture: Picture, landmarks: Floats, mask: Floats | None = None) -> Picture:
    """Return a picture with the background and the face blurred.

    `landmarks` (33, 3) are x, y in pixels and visibility; `mask` (height, width), 0 to 1, is where the person
    is by the pose model, else it is drawn from the landmarks.
    """
    height, width = picture.shape[:2]
    person = silhouette(landmarks, (width, height)) if mask is None else _sure(mask)
    room = averaged(picture, max(height, width) / ROOM_CELLS)
    return face_blurred(_mixed(room, picture, person), landmarks)


def _sure(mask: Floats) -> Floats:
    return np.clip((mask - _MASK_LOW) / (_MASK_HIGH - _MASK_LOW), 0.0, 1.0)


def face_blurred(picture: Picture, landmarks: Floats) -> Picture:
    """Return a picture with the face blurred; as it was when there is no head in it."""
    circle = head_circle(landmarks)
    if circle is None:
        return picture
    x, y, radius = circle
    height, width = picture.shape[:2]
    far = radius * _EDGE
    left, top = max(0, math.floor(x - far)), max(0, math.floor(y - far))
    right, bottom = min(width, math.ceil(x + far)), min(height, math.ceil(y + far))
    if left >= right or top >= bottom:
        return picture
    part = picture[top:bottom, left:right]
    down, across = np.mgrid[top:bottom, left:right] + 0.5
    away = np.hypot(across - x, down - y) / radius
    clear = np.clip((away - 1) / (_EDGE - 1), 0.0, 1.0)
    out = picture.copy()
    out[top:bottom, left:right] = _mixed(averaged(part, 2 * radius / FACE_CELLS), part, clear)
    return out


def averaged(picture: Picture, cell_px: float) -> Picture:
    """Return a picture made only of the averages of cells about `cell_px` wide, without hard edges between."""
    height, width = picture.shape[:2]
    few = (max(1, round(width / max(cell_px, 1.0))), max(1, round(height / max(cell_px, 1.0))))
    small = Image.fromarray(picture).resize(few, Image.Resampling.BOX)
    return np.asarray(small.resize((width, height), Image.Resampling.BICUBIC))


def _mixed(below: Picture, above: Picture, share: Floats) -> Picture:
    """Return two pictures mixed: where the share is 1 only `above` shows, to the last digit."""
    part = share[..., None]
    return np.rint(below * (1 - part) + above * part).astype(np.uint8)
