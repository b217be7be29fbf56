"""Pictures into paths: lines of equal height, made even and simple, as smooth SVG curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Point = tuple[float, float]


def blurred(picture: Floats, radius: int) -> Floats:
    """Return a picture blurred by two boxes each way."""
    for _ in range(2):
        for axis in (0, 1):
            padded = np.pad(
                picture, [(radius + 1, radius) if a == axis else (0, 0) for a in (0, 1)], mode="edge"
            )
            sums = np.cumsum(padded, axis)
            far = np.take(sums, range(2 * radius + 1, sums.shape[axis]), axis)
            picture = (far - np.take(sums, range(sums.shape[axis] - 2 * radius - 1), axis)) / (2 * radius + 1)
    return picture


def contours(picture: Floats, level: float) -> list[Floats]:
    """Return the closed lines (M, 2) around what is above a level, in samples: marching squares."""
    padded = np.pad(picture, 1) - level
    above = padded > 0
    kinds = above[:-1, :-1] * 1 + above[:-1, 1:] * 2 + above[1:, 1:] * 4 + above[1:, :-1] * 8
    follows: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    for row, column in np.argwhere((kinds > 0) & (kinds < 15)):
        for start, end in _STEPS[int(kinds[row, column])]:
            follows[_edge(row, column, start)] = _edge(row, column, end)
    lines = []
    while follows:
        edge = next(iter(follows))
        line = []
        while edge in follows:
            line.append(_cut(padded, edge))
            edge = follows.pop(edge)
        lines.append(np.array(line) - 1 + 0.5)
    return lines


# Edges of a cell are top, right, bottom, left; what is inside stays on the right hand.
_STEPS: Final[Mapping[int, Sequence[tuple[int, int]]]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 10: ((0, 1), (2, 3)), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip


def _edge(row: int, column: int, side: int) -> tuple[int, int, int]:
    """Return an edge of the grid: row and column of its first corner, 0 for across and 1 for down."""
    return ((row, column, 0), (row, column + 1, 1), (row + 1, column, 0), (row, column, 1))[side]


def _cut(values: Floats, edge: tuple[int, int, int]) -> Point:
    row, column, down = edge
    a, b = values[row, column], values[row + down, column + 1 - down]
    share = float(a / (a - b))
    return (column + share * (1 - down), row + share * down)


def evened(line: Floats, step: float) -> Floats:
    """Return a closed line with points evenly far apart, its smallest wiggles smoothed away."""
    ends = np.vstack([line, line[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(ends, axis=0), axis=1))])
    fine = max(12, round(along[-1] / (step / 4)))
    at = np.linspace(0, along[-1], fine, endpoint=False)
    dense = np.column_stack([np.interp(at, along, ends[:, i]) for i in (0, 1)])
    for _ in range(3):
        dense = 0.5 * dense + 0.25 * (np.roll(dense, 1, 0) + np.roll(dense, -1, 0))
    return simplified(dense, 0.8)


def simplified(line: Floats, off: float) -> Floats:
    """Return the points of a closed line that matter: none leaves the rest by more than `off` (Douglas-Peucker)."""
    far = int(((line - line[0]) ** 2).sum(1).argmax())
    kept = {0, far}
    spans = [(0, far), (far, len(line))]
    while spans:
        low, high = spans.pop()
        if high - low < 2:
            continue
        start, end = line[low], line[high % len(line)]
        along = end - start
        between = line[low + 1 : high] - start
        # To the piece between them, not to the line through them: narrow ends stay.
        share = np.clip(between @ along / max(float(along @ along), 1e-9), 0, 1)
        gap = np.linalg.norm(between - share[:, None] * along, axis=1)
        worst = int(gap.argmax())
        if gap[worst] > off or high - low > len(line) / 4:
            middle = low + 1 + worst if gap[worst] > off else (low + high) // 2
            kept.add(middle)
            spans += [(low, middle), (middle, high)]
    return line[sorted(kept)]


def smooth(points: Floats, *, closed: bool = True) -> str:
    """Return an SVG path through the points by Catmull-Rom curves, tight where points are close."""
    ahead, behind, after = np.roll(points, -1, 0), np.roll(points, 1, 0), np.roll(points, -2, 0)
    length = np.linalg.norm(ahead - points, axis=1)
    reach = np.maximum(length + np.roll(length, 1), 1e-9)[:, None]
    tangent = (ahead - behind) / reach * length[:, None]
    tangent_ahead = (after - points) / np.roll(reach, -1, 0) * length[:, None]
    first, second = points + tangent / 3, ahead - tangent_ahead / 3
    ends = len(points) if closed else len(points) - 1
    if not closed:
        first[0], second[ends - 1] = points[0], points[-1]
    parts = [f"M{points[0, 0]:.1f} {points[0, 1]:.1f}"]
    for c1, c2, end in zip(first[:ends], second[:ends], ahead[:ends], strict=True):
        parts.append("C" + " ".join(f"{v:.1f}" for pair in (c1, c2, end) for v in pair))
    return "".join(parts) + ("Z" if closed else "")
