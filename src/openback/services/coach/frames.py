"""The binary frame that a camera page sends: 20 bytes, or 944 with a body in them. `docs/coach.md` has the table."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from math import nan
from typing import Final

import numpy as np

from openback.errors import BadCoachFrame
from openback.model.motion import Floats, LandmarkFrame, nobody

VERSION: Final = 1
HEAD: Final = struct.Struct("<BBHHHId")  # version, found, width, height, nothing, number, time
POINTS: Final = 33
EACH: Final = 7  # x, y, depth in pixels; x, y, z in metres; visibility
HEAD_BYTES: Final = HEAD.size
FULL_BYTES: Final = HEAD_BYTES + 4 * POINTS * EACH
LATEST_S: Final = 1e9  # a page's clock counts from when it was opened, or from 1970 at most in seconds

_LARGEST_PX: Final = 16_384  # more than any camera has
# A joint may lie outside the picture, and the model guesses it there, but never so far.
_MOST: Final = np.array([1e5, 1e5, 1e5, 50.0, 50.0, 50.0, 1.0])
_LEAST: Final = np.array([-1e5, -1e5, -1e5, -50.0, -50.0, -50.0, 0.0])
# float32 rounds 1 up to a little more on some GPUs.
_SLACK: Final = 1e-3


@dataclass(frozen=True, slots=True)
class CoachFrame:
    """A frame and its number on the way; numbers are the page's own, and only given back."""

    seq: int
    frame: LandmarkFrame


def decoded(data: bytes, *, after_s: float = nan) -> CoachFrame:
    """Return the frame that these bytes hold. Raises BadCoachFrame for anything that is not exactly one.

    Its time is later than `after_s`, unless that is NaN.
    """
    size = len(data)
    if size not in {HEAD_BYTES, FULL_BYTES}:
        raise BadCoachFrame(
            f"it has {size} bytes, where a frame has {HEAD_BYTES}, or {FULL_BYTES} with a body"
        )
    version, found, width_px, height_px, nothing, seq, t_s = HEAD.unpack_from(data)
    if version != VERSION:
        raise BadCoachFrame(f"it is of version {version}, where this server reads version {VERSION}")
    if found > 1 or nothing or (size == FULL_BYTES) != found:
        raise BadCoachFrame("its head does not fit its length")
    if not (0 < width_px <= _LARGEST_PX and 0 < height_px <= _LARGEST_PX):
        raise BadCoachFrame(f"a picture of {width_px} by {height_px} pixels cannot be")
    if not 0 <= t_s <= LATEST_S:
        raise BadCoachFrame("its time is not a number of seconds")
    if t_s <= after_s:
        raise BadCoachFrame("its time is not after that of the frame before")
    if not found:
        return CoachFrame(seq, nobody(t_s, width_px, height_px))
    return CoachFrame(seq, _body(data, t_s, width_px, height_px))


def _body(data: bytes, t_s: float, width_px: int, height_px: int) -> LandmarkFrame:
    values: Floats = np.frombuffer(data, "<f4", POINTS * EACH, HEAD_BYTES).astype(np.float64)
    table = values.reshape(POINTS, EACH)
    # NaN is not within anything, so this finds it too.
    if not ((table >= _LEAST - _SLACK) & (table <= _MOST + _SLACK)).all():
        raise BadCoachFrame("a landmark in it is no number, or lies nowhere near the picture")
    return LandmarkFrame(
        t_s=t_s,
        image_px=table[:, :2],
        depth_px=table[:, 2],
        world_m=table[:, 3:6],
        visibility=table[:, 6],
        width_px=width_px,
        height_px=height_px,
    )


def encoded(seq: int, frame: LandmarkFrame) -> bytes:
    """Return a frame as a page sends it; for tests, benchmarks and other programs."""
    head = HEAD.pack(VERSION, frame.found, frame.width_px, frame.height_px, 0, seq, frame.t_s)
    if not frame.found:
        return head
    table = np.column_stack([frame.image_px, frame.depth_px, frame.world_m, frame.visibility])
    return head + table.astype("<f4").tobytes()


def as_sent(frame: LandmarkFrame) -> LandmarkFrame:
    """Return the frame as it arrives: with the four bytes a number that it travels in."""
    return decoded(encoded(0, frame)).frame
