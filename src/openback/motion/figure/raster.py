"""A depth-buffered picture of triangles, in numpy: which triangle each sample sees, and where in it.

Triangles are drawn in classes of like size, so that no loop runs over the thousands of small ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

SIZES: Final = (3, 5, 8, 12, 20, 40)  # samples across; larger triangles are drawn one by one
AT_ONCE: Final = 2_000_000  # candidates in memory
DEPTH_STEPS: Final = (1 << 30) - 1
NOTHING: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """The samples that see a triangle: flat sample index, triangle, and barycentric weights (n, 3)."""

    sample: Ints
    triangle: Ints
    weights: Floats


def seen(points: Floats, triangles: Ints, width: int, height: int) -> Seen:
    """Return what a picture of `width` by `height` samples sees.

    `points` (N, 3) are x to the right, y down, in samples, and nearness (larger hides smaller), which must
    be linear on the screen. `triangles` (M, 3) turn clockwise on the screen when they face the camera;
    the others are not drawn.
    """
    corners = points[triangles]
    front = np.flatnonzero(_twice_area(corners) > 1e-9)
    low = np.floor(corners[front, :, :2].min(1) - 0.5).astype(np.int64) + 1
    high = np.floor(corners[front, :, :2].max(1) - 0.5).astype(np.int64)
    low, high = np.maximum(low, 0), np.minimum(high, (width - 1, height - 1))
    size = (high - low).max(1) + 1
    drawn = (high >= low).all(1)
    front, low, high, size = front[drawn], low[drawn], high[drawn], size[drawn]
    buffer = np.full(width * height, NOTHING, np.int64)
    nearness = _steps(corners[..., 2])
    previous = 0
    for limit in SIZES:
        of_size = np.flatnonzero((size > previous) & (size <= limit))
        step = max(1, AT_ONCE // (limit * limit))
        for start in range(0, len(of_size), step):
            some = of_size[start : start + step]
            boxes = _Boxes(front[some], low[some], high[some], (limit, limit))
            _draw(buffer, (corners, nearness), boxes, width)
        previous = limit
    for one in np.flatnonzero(size > previous):
        extent = tuple(high[one] - low[one] + 1)
        some = np.array([one])
        _draw(buffer, (corners, nearness), _Boxes(front[some], low[some], high[some], extent), width)
    return _told(buffer, corners, width)


def _steps(depth: Floats) -> npt.NDArray[np.float64]:
    """Return the nearness of corners as numbers from 1 to DEPTH_STEPS."""
    low, high = float(depth.min(initial=0)), float(depth.max(initial=1))
    scaled: npt.NDArray[np.float64] = (depth.astype(np.float64) - low) / max(high - low, 1e-12)
    return 1 + scaled * (DEPTH_STEPS - 2)


def _twice_area(corners: Floats) -> Floats:
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    area: Floats = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    return area


class _Boxes(NamedTuple):
    """Triangles, and the boxes of samples around them: corners, and the size that holds each."""

    which: Ints
    low: Ints
    high: Ints
    extent: tuple[int, ...]


def _draw(buffer: Ints, shapes: tuple[Floats, npt.NDArray[np.float64]], boxes: _Boxes, width: int) -> None:
    """Write triangles into the buffer where they are nearer than what is there."""
    (corners, nearness), (which, low, high, extent) = shapes, boxes
    across, down = np.meshgrid(np.arange(extent[0]), np.arange(extent[1]))
    x = low[:, :1] + across.ravel()
    y = low[:, 1:] + down.ravel()
    weights = _weights(corners[which], x + 0.5, y + 0.5)
    inside = (weights >= 0).all(0) & (x <= high[:, :1]) & (y <= high[:, 1:])
    row, column = np.nonzero(inside)
    hit = weights[:, row, column]
    depth = (hit * nearness[which[row]].T).sum(0).astype(np.int64)
    key = (depth << 32) | which[row]
    np.maximum.at(buffer, y[row, column] * width + x[row, column], key)


def _weights(corners: Floats, x: npt.NDArray[np.floating], y: npt.NDArray[np.floating]) -> Floats:
    """Return the barycentric weights (3, triangles, samples)."""
    a, b, c = (corners[:, i, :2, None] for i in range(3))
    scale = 1 / _twice_area(corners)[:, None]
    of_b = ((c[:, 1] - a[:, 1]) * (x - a[:, 0]) - (c[:, 0] - a[:, 0]) * (y - a[:, 1])) * scale
    of_c = ((b[:, 0] - a[:, 0]) * (y - a[:, 1]) - (b[:, 1] - a[:, 1]) * (x - a[:, 0])) * scale
    return np.stack([1 - of_b - of_c, of_b, of_c]).astype(np.float32)


def _told(buffer: Ints, corners: Floats, width: int) -> Seen:
    sample = np.flatnonzero(buffer != NOTHING)
    triangle = buffer[sample] & 0xFFFFFFFF
    x, y = (sample % width + 0.5)[:, None], (sample // width + 0.5)[:, None]
    weights = np.zeros((len(sample), 3), np.float32)
    if len(sample):
        weights = _weights(corners[triangle], x, y)[:, :, 0].T
    return Seen(sample=sample, triangle=triangle, weights=weights)
