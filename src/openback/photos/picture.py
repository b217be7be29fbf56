"""Pictures between bytes and arrays, in memory only: read the right way up, shrunk, and without what cameras add.

What is kept is a plain JPEG of our own making: no place, no maker, no thumbnail of what was there before.
"""

from __future__ import annotations

import io
import math
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from openback.errors import NotAPicture, PictureDamaged, PictureTooLarge

Picture = npt.NDArray[np.uint8]
MIB: Final = 1024 * 1024
MOST_BYTES: Final = 30 * MIB  # project default: twice what a phone makes
MOST_PIXELS: Final = 110_000_000  # project default: the largest phone cameras give 108
LONG_SIDE_PX: Final = 1600  # project default: sharper than any screen shows half of
_QUALITY: Final = 88
_KINDS: Final = ("JPEG", "MPO", "PNG", "WEBP", "AVIF")
_DATE_BLOCK: Final = 0x8769
_TAKEN: Final = 0x9003
# Pillow's readers raise whatever the bytes lead them to.
_BROKEN: Final = (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, MemoryError)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Read:
    """A picture that was read: (height, width, 3) in RGB. `taken_at` is local time by the camera's clock."""

    picture: Picture
    taken_at: datetime | None


def read_picture(data: bytes, *, long_side_px: int = LONG_SIDE_PX) -> Read:
    """Return a picture the right way up, its longer side at most `long_side_px`.

    Raises NotAPicture, PictureDamaged or PictureTooLarge.
    """
    if len(data) > MOST_BYTES:
        raise _too_large()
    Image.init()
    kinds = tuple(kind for kind in _KINDS if kind in Image.OPEN)
    try:
        with Image.open(io.BytesIO(data), formats=kinds) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                raise _too_large()
            return Read(picture=_upright(photo, long_side_px), taken_at=_taken_at(photo))
    except UnidentifiedImageError:
        raise NotAPicture from None
    except Image.DecompressionBombError:
        raise _too_large() from None
    except _BROKEN:
        raise PictureDamaged from None


def _too_large() -> PictureTooLarge:
    return PictureTooLarge(MOST_BYTES // MIB, MOST_PIXELS // 1_000_000)


def _upright(photo: Image.Image, long_side_px: int) -> Picture:
    wanted = _within(photo.width, photo.height, long_side_px)
    photo.draft("RGB", wanted)  # JPEG can be decoded at a half, a quarter or an eighth
    whole = _on_paper(ImageOps.exif_transpose(photo))
    wanted = _within(whole.width, whole.height, long_side_px)
    if whole.size != wanted:
        whole = whole.resize(wanted, Image.Resampling.LANCZOS)
    return np.asarray(whole)


def _on_paper(photo: Image.Image) -> Image.Image:
    """Return a picture without holes: what was transparent is white."""
    if photo.mode not in {"RGBA", "LA", "PA"} and "transparency" not in photo.info:
        return photo.convert("RGB")
    layer = photo.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _within(width: int, height: int, long_side_px: int) -> tuple[int, int]:
    share = min(1.0, long_side_px / max(width, height))
    return max(1, math.floor(width * share + 0.5)), max(1, math.floor(height * share + 0.5))


def _taken_at(photo: Image.Image) -> datetime | None:
    """Return when a camera says that it took the picture; None when it does not, or not plainly."""
    with suppress(Exception):  # whatever is wrong with what a camera adds, the picture is fine
        text = photo.getexif().get_ifd(_DATE_BLOCK).get(_TAKEN, "")
        return datetime.strptime(str(text).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - local
    return None


def jpeg(picture: Picture, *, long_side_px: int | None = None) -> bytes:
    """Return a picture as a JPEG, made smaller when it is longer than `long_side_px`."""
    image = Image.fromarray(picture)
    if long_side_px is not None:
        image = image.resize(_within(image.width, image.height, long_side_px), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def mask_png(mask: npt.NDArray[np.float64], *, long_side_px: int) -> bytes:
    """Return a mask of 0 to 1, (height, width), as a small grey PNG."""
    image = Image.fromarray(np.rint(np.clip(mask, 0, 1) * 255).astype(np.uint8))
    image = image.resize(_within(image.width, image.height, long_side_px), Image.Resampling.BOX)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def mask_of(png: bytes) -> npt.NDArray[np.float64]:
    """Return the mask of a PNG, 0 to 1."""
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        return np.asarray(image.convert("L"), dtype=np.float64) / 255
