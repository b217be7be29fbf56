"""What is sealed in the file of a photo: the picture, where the body is in it, and what the log says of it.

The log's own line is in there too, so that photos can be taken back in when the database is of an older day.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from pydantic import TypeAdapter, ValidationError

from openback.errors import PhotoDamaged
from openback.model.journal import Photo
from openback.model.motion import Floats

_HEAD: Final = struct.Struct(">III")  # how long each of the three parts is
_PHOTO: Final = TypeAdapter(Photo)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PhotoFile:
    """What is kept of a photo. `landmarks` (33, 3): x, y in its pixels, and visibility; None when nobody was found.

    `mask` is a small grey PNG of where the person is, empty without one.
    """

    photo: Photo
    jpeg: bytes
    landmarks: Floats | None = None
    mask: bytes = b""


def packed(file: PhotoFile) -> bytes:
    """Return the bytes to be sealed."""
    points = None if file.landmarks is None else _told(file.landmarks)
    about = json.dumps({"photo": json.loads(_PHOTO.dump_json(file.photo)), "landmarks": points}).encode()
    parts = (about, file.jpeg, file.mask)
    return _HEAD.pack(*(len(one) for one in parts)) + b"".join(parts)


def unpacked(plain: bytes, name: str) -> PhotoFile:
    """Return what was packed. Raises PhotoDamaged."""
    try:
        lengths = _HEAD.unpack_from(plain)
        first = _HEAD.size + lengths[0]
        about: dict[str, Any] = json.loads(plain[_HEAD.size : first])
        return PhotoFile(
            photo=_PHOTO.validate_python(about["photo"]),
            jpeg=plain[first : first + lengths[1]],
            landmarks=_points(about["landmarks"]),
            mask=plain[first + lengths[1] :],
        )
    except (struct.error, ValueError, KeyError, ValidationError) as error:
        raise PhotoDamaged(name) from error


def _told(landmarks: Floats) -> list[list[float | None]]:
    return [[round(float(v), 3) if np.isfinite(v) else None for v in row] for row in landmarks]


def _points(told: list[list[float | None]] | None) -> Floats | None:
    if told is None:
        return None
    return np.array([[np.nan if v is None else v for v in row] for row in told], dtype=np.float64)
