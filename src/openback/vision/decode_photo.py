"""Photos in the decoding process: read by Pillow, turned as their EXIF data says."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from openback.vision.decoding import Parent, Places, Refused, refuse_size
from openback.vision.limits import LOOK_PX
from openback.vision.memory import Picture, Request

_KINDS: Final = ("JPEG", "MPO", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "GIF")


def give_photo(request: Request, parent: Parent) -> None:
    """Give a photo the right way up, shrunk to what the pose model looks at."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is said in a sentence
    Image.init()
    kinds = tuple(kind for kind in _KINDS if kind in Image.OPEN)
    try:
        with Image.open(request.path, formats=kinds) as photo:
            refuse_size(photo.size, request.limits.photo_px, request.limits)
            full_px, picture = _upright(photo)
    # Pillow's readers raise whatever the bytes lead them to.
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        ArithmeticError,
        LookupError,
        TypeError,
    ):
        raise Refused("damaged") from None
    look_px = (picture.shape[1], picture.shape[0])
    places = Places.of(request, parent, look_px)
    about = {"width_px": full_px[0], "height_px": full_px[1]}
    parent.line.say(info=about, look=look_px, place_bytes=places.pool.place_bytes)
    places.fill(0.0, lambda place: _copied(picture, place))
    parent.line.say(end=1)


def _upright(photo: Image.Image) -> tuple[tuple[int, int], Picture]:
    """Return the full size (width, height) of a photo the right way up, and the picture shrunk to look at."""
    width, height = photo.size
    shrunk = max(1, math.ceil(max(width, height) / LOOK_PX))
    small = (max(1, width // shrunk), max(1, height // shrunk))
    # JPEG can be decoded at a half, a quarter or an eighth: a large photo then needs little memory.
    photo.draft("RGB", small)
    whole = ImageOps.exif_transpose(photo).convert("RGB")
    turned = (whole.width > whole.height) != (width > height)
    full_px = (height, width) if turned else (width, height)
    look_px = small[::-1] if turned else small
    if whole.size != look_px:
        whole = whole.resize(look_px, Image.Resampling.BOX if shrunk > 1 else Image.Resampling.BILINEAR)
    return full_px, np.asarray(whole)


def _copied(picture: Picture, place: Picture) -> bool:
    place[:] = picture
    return True
