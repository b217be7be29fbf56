"""Landmarks of a clip in few bytes, for the page that draws them over the video.

Little-endian. A head of 16 bytes: `OBLM`, version, number of landmarks (two bytes each), number of moments,
four bytes that are kept free. Then the times of all moments in seconds (four-byte floats), then for each moment
and landmark x and y as shares of the picture's width and height from -0.5 (0) to 1.5 (65534), 65535 where nobody
was found (two bytes each), then for each its visibility, 0 to 255 (one byte). 169 bytes a moment.
"""

from __future__ import annotations

import struct
from typing import Final

import numpy as np
import numpy.typing as npt

from openback.services.thinning import Track

MAGIC: Final = b"OBLM"
VERSION: Final = 1
HEAD: Final = struct.Struct("<4sHHII")
FINEST: Final = 65534
NOBODY: Final = 65535
LEAST, SPAN = -0.5, 2.0  # shares: a hand may be beyond the edge of the picture
FASTEST_PER_S: Final = 30.0  # moments a second that a page draws


def packed(track: Track) -> bytes:
    """Return a track as bytes, with at most 30 moments a second."""
    kept = _spaced(track.t_s)
    xy = track.image_px[kept] / np.array([track.width_px or 1, track.height_px or 1], dtype=np.float32)
    there = np.isfinite(xy).all(axis=2, keepdims=True)
    scaled = np.clip((np.nan_to_num(xy) - LEAST) / SPAN, 0, 1) * FINEST
    shares = np.where(there, np.rint(scaled), NOBODY).astype("<u2")
    seen = np.rint(np.clip(np.nan_to_num(track.visibility[kept]), 0, 1) * 255).astype("u1")
    head = HEAD.pack(MAGIC, VERSION, track.visibility.shape[1], len(kept), 0)
    return head + track.t_s[kept].astype("<f4").tobytes() + shares.tobytes() + seen.tobytes()


def _spaced(t_s: npt.NDArray[np.float32]) -> npt.NDArray[np.intp]:
    """Return which moments are kept: each at least a thirtieth of a second after the last, but for dust."""
    kept: list[int] = []
    for number, moment_s in enumerate(t_s):
        if not kept or moment_s - t_s[kept[-1]] >= 0.97 / FASTEST_PER_S:
            kept.append(number)
    return np.array(kept, dtype=np.intp)
