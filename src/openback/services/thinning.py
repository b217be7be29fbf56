"""Curves and tracks of any length in a bounded number of points, gathered as they come."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from openback.model.motion import BodySide, Floats, LandmarkFrame

MOST_BUCKETS: Final = 1024  # twice as many points as a report is wide
MOST_FRAMES: Final = 6000  # 100 s at 60 frames a second, kept whole

Singles = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """A measure over time. Where it could not be told the value is NaN, and the line is broken there.

    `t_s` and `value` have one shape (n,); every lowest and highest point is among them.
    """

    measure: str
    side: BodySide
    unit: str
    t_s: Floats
    value: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Track:
    """The landmarks of a clip, few enough to hand to a page that draws them over the video.

    `t_s` (n,) in seconds; `image_px` (n, 33, 2) in square pixels of an upright picture of `width_px` by
    `height_px`, NaN where nobody was found; `visibility` (n, 33), 0 to 1. All float32.
    """

    t_s: Singles
    image_px: Singles
    visibility: Singles
    width_px: int
    height_px: int


class CurveGatherer:
    """Gathers a curve, keeping the lowest and highest point of each stretch.

    Every frame is a stretch of its own until there are too many; then stretches are joined two by two,
    so that a clip of any length comes to between half and all of `most` stretches.
    """

    def __init__(self, most: int = MOST_BUCKETS) -> None:
        self._most = most
        self._per_bucket = 1
        self._in_last = 0
        self._buckets: list[_Bucket] = []

    def add(self, t_s: float, value: float) -> None:
        """Take the next point; NaN for one that could not be told."""
        if self._buckets and self._in_last < self._per_bucket:
            self._buckets[-1] = _joined(self._buckets[-1], (t_s, value, t_s, value))
            self._in_last += 1
            return
        if len(self._buckets) == self._most:
            self._join_pairs()
            self.add(t_s, value)
            return
        self._buckets.append((t_s, value, t_s, value))
        self._in_last = 1

    def _join_pairs(self) -> None:
        buckets = self._buckets
        if len(buckets) % 2:
            buckets.append(buckets[-1])
        self._buckets = [_joined(a, b) for a, b in zip(buckets[::2], buckets[1::2], strict=True)]
        self._in_last = self._per_bucket * 2
        self._per_bucket *= 2

    def points(self) -> tuple[Floats, Floats]:
        """Return times in seconds and values, in order."""
        times, values = [], []
        for low_s, low, high_s, high in self._buckets:
            pair = ((low_s, low), (high_s, high))
            for t_s, value in sorted(pair) if low_s != high_s else pair[:1]:
                times.append(t_s)
                values.append(value)
        return np.array(times, dtype=float), np.array(values, dtype=float)


_Bucket = tuple[float, float, float, float]  # the lowest point (time, value), the highest point


def _joined(a: _Bucket, b: _Bucket) -> _Bucket:
    """Return two neighbouring stretches as one; one that is not known gives way to one that is."""
    if math.isnan(a[1]):
        return b
    if math.isnan(b[1]):
        return a
    low = a[:2] if a[1] <= b[1] else b[:2]
    high = a[2:] if a[3] >= b[3] else b[2:]
    return (*low, *high)


class TrackGatherer:
    """Gathers landmarks, every one until there are too many, then every second, every fourth and so on."""

    def __init__(self, most: int = MOST_FRAMES) -> None:
        self._most = most
        self._stride = 1
        self._seen = 0
        self._t_s: list[float] = []
        self._image_px: list[Singles] = []
        self._visibility: list[Singles] = []
        self._size = (0, 0)

    def add(self, frame: LandmarkFrame) -> None:
        """Take the next frame."""
        if self._seen % self._stride == 0:
            if len(self._t_s) == self._most:
                self._halve()
            if self._seen % self._stride == 0:
                self._keep(frame)
        self._seen += 1

    def _keep(self, frame: LandmarkFrame) -> None:
        self._size = (frame.width_px, frame.height_px)
        self._t_s.append(frame.t_s)
        self._image_px.append(frame.image_px.astype(np.float32))
        self._visibility.append(frame.visibility.astype(np.float32))

    def _halve(self) -> None:
        self._stride *= 2
        del self._t_s[1::2], self._image_px[1::2], self._visibility[1::2]

    def track(self) -> Track:
        """Return what was kept."""
        return Track(
            t_s=np.array(self._t_s, dtype=np.float32),
            image_px=np.array(self._image_px, dtype=np.float32).reshape(-1, 33, 2),
            visibility=np.array(self._visibility, dtype=np.float32).reshape(-1, 33),
            width_px=self._size[0],
            height_px=self._size[1],
        )
