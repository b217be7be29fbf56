"""Triangles of an implicit surface: surface nets on a grid that is finer at the head and the hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Distance = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """A place where the grid is `times` finer: within `inner_m` of `middle`, fading out at `outer_m`."""

    middle: tuple[float, float, float]
    times: float
    inner_m: float
    outer_m: float

    def body(self, points: Floats) -> Floats:
        """Return where points of the grid are on the body; beyond `outer_m` they stay."""
        away = points - np.array(self.middle)
        far = np.linalg.norm(away, axis=1)
        spread = self.inner_m * self.times
        if spread >= self.outer_m:
            message = "a lens must fade out beyond what it spreads"
            raise ValueError(message)
        slope = (self.outer_m - self.inner_m) / (self.outer_m - spread)
        near = np.where(far < spread, far / self.times, self.inner_m + (far - spread) * slope)
        near = np.where(far < self.outer_m, near, far)
        moved: Floats = np.array(self.middle) + away * (near / np.maximum(far, 1e-12))[:, None]
        return moved


# The corners of a cell and the four cells around an edge, by axis.
_CORNERS: Final = tuple((i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1))


def half_net(
    distance: Distance, low: Floats, high: Floats, cell_m: float, lenses: tuple[Lens, ...]
) -> tuple[Floats, Ints]:
    """Return vertices and triangles of the left half (x >= 0) of a surface that is its own mirror image.

    The grid's cells straddle x = 0, where vertices get exactly 0: with its mirror image the half is closed.
    """
    axes = [cell_m * (np.arange(round(high[0] / cell_m) + 2) - 0.5)]
    axes += [np.arange(low[i], high[i] + cell_m, cell_m) for i in (1, 2)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    shape = grid.shape[:3]

    def on_body(points: Floats) -> Floats:
        for lens in lenses:
            points = lens.body(points)
        return points

    values = _values(distance, on_body, grid.reshape(-1, 3), cell_m).reshape(shape)
    values[0] = values[1]  # The other half is the mirror image.
    values = _told_apart(values, 1e-4 * cell_m)
    vertices, number = _vertices(values, axes, cell_m)
    quads = _quads(values, number)
    vertices[np.abs(vertices[:, 0]) < 1e-9, 0] = 0.0
    vertices = on_body(vertices)
    return vertices, split(vertices, quads)


def _values(distance: Distance, on_body: Callable[[Floats], Floats], points: Floats, cell_m: float) -> Floats:
    values = np.empty(len(points))
    for start in range(0, len(points), 400_000):
        some = on_body(points[start : start + 400_000])
        values[start : start + 400_000] = distance(some)
    # Never exactly on the surface: no vertex falls onto a corner.
    small = 1e-6 * cell_m
    return np.where(np.abs(values) < small, small, values)


def _told_apart(values: Floats, small: float) -> Floats:
    """Return the values without faces whose corners are inside and outside by turns.

    There the surface would touch itself along an edge; the nearer of the outer corners goes inside.
    """
    values = values.copy()
    for _ in range(12):
        found = 0
        for axis in range(3):
            first = np.moveaxis(values, axis, 0)
            a, b, c, d = first[:, :-1, :-1], first[:, 1:, :-1], first[:, 1:, 1:], first[:, :-1, 1:]
            for inner, outer in (((a, c), (b, d)), ((b, d), (a, c))):
                at = (inner[0] < 0) & (inner[1] < 0) & (outer[0] > 0) & (outer[1] > 0)
                found += int(at.sum())
                nearer = outer[0] < outer[1]
                outer[0][at & nearer] = -small
                outer[1][at & ~nearer] = -small
        values[0] = values[1]
        if not found:
            break
    return values


def _vertices(values: Floats, axes: list[Floats], cell_m: float) -> tuple[Floats, Ints]:
    """Return one vertex for every cell that the surface crosses, and each cell's vertex number (-1 none)."""
    cells = tuple(n - 1 for n in values.shape)
    corner = [values[i : i + cells[0], j : j + cells[1], k : k + cells[2]] for i, j, k in _CORNERS]
    inside = np.stack([c < 0 for c in corner])
    crossed = inside.any(0) & ~inside.all(0)
    number = np.full(cells, -1, np.int64)
    number[crossed] = np.arange(int(crossed.sum()))
    held = np.stack([c[crossed] for c in corner])
    total, count = np.zeros((held.shape[1], 3)), np.zeros(held.shape[1])
    for a, at in enumerate(_CORNERS):
        for b in range(a + 1, 8):
            if sum(x != y for x, y in zip(at, _CORNERS[b], strict=True)) != 1:
                continue
            cut = (held[a] < 0) != (held[b] < 0)
            share = held[a][cut] / (held[a][cut] - held[b][cut])
            start, end = np.array(at, float), np.array(_CORNERS[b], float)
            total[cut] += start + share[:, None] * (end - start)
            count[cut] += 1
    place = np.argwhere(crossed) + total / count[:, None]
    vertices = np.column_stack([axes[i][0] + place[:, i] * cell_m for i in range(3)])
    return vertices, number


def _quads(values: Floats, number: Ints) -> Ints:
    """Return the four cells around every edge that the surface crosses, counter-clockwise from outside."""
    quads = []
    for axis in range(3):
        first = np.moveaxis(values, axis, 0)
        cell = np.moveaxis(number, axis, 0)
        # Edges inside the grid: the four cells around them exist. At x = 0 the mirror image takes over.
        a, b = first[:-1, 1:-1, 1:-1], first[1:, 1:-1, 1:-1]
        crossed = (a < 0) != (b < 0)
        i, j, k = np.nonzero(crossed)
        around = np.stack(
            [cell[i, j, k], cell[i, j + 1, k], cell[i, j + 1, k + 1], cell[i, j, k + 1]], axis=1
        )
        outward = a[i, j, k] < 0
        if axis == 1:
            outward = ~outward
        quads.append(np.where(outward[:, None], around, around[:, ::-1]))
    return np.concatenate(quads)


def split(vertices: Floats, quads: Ints) -> Ints:
    """Return two triangles for each quad, cut along its shorter diagonal."""
    a, b, c, d = (vertices[quads[:, i]] for i in range(4))
    other = ((b - d) ** 2).sum(1) < ((a - c) ** 2).sum(1)
    turned = np.where(other[:, None], np.roll(quads, -1, axis=1), quads)
    return np.concatenate([turned[:, [0, 1, 2]], turned[:, [0, 2, 3]]])


def neighbours(triangles: Ints) -> tuple[Ints, Ints]:
    """Return both ends of every edge, each edge in both directions once."""
    ends = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    both = np.unique(np.concatenate([ends, ends[:, ::-1]]), axis=0)
    return both[:, 0], both[:, 1]


def averaged(values: Floats, edges: tuple[Ints, Ints]) -> Floats:
    """Return for each vertex the mean of `values` (N, k) over its neighbours."""
    start, end = edges
    count = np.bincount(start, minlength=len(values))
    sums = np.column_stack([np.bincount(start, column[end], len(values)) for column in values.T])
    mean: Floats = sums / np.maximum(count, 1)[:, None]
    return mean


def mirrored(vertices: Floats, triangles: Ints) -> tuple[Floats, Ints, Ints]:
    """Return the whole of a left half: vertices, triangles, and for each vertex its mirror image.

    The left half comes first; of the right half there are only the vertices that are not on the middle.
    """
    off = np.flatnonzero(vertices[:, 0] != 0)
    image = np.arange(len(vertices))
    image[off] = len(vertices) + np.arange(len(off))
    whole = np.concatenate([vertices, vertices[off] * (-1, 1, 1)])
    both = np.concatenate([triangles, image[triangles[:, ::-1]]])
    return whole, both, np.concatenate([image, off])


def normals(vertices: Floats, triangles: Ints) -> Floats:
    """Return unit normals (N, 3), each the mean of its triangles' by area."""
    a, b, c = (vertices[triangles[:, i]] for i in range(3))
    face = np.cross(b - a, c - a)
    flat = triangles.ravel()
    sums = np.column_stack([np.bincount(flat, np.repeat(face[:, i], 3), len(vertices)) for i in range(3)])
    unit: Floats = sums / np.maximum(np.linalg.norm(sums, axis=1), 1e-20)[:, None]
    return unit
