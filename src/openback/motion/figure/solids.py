"""Triangles of the props' plain solids: rounded boxes, rods, balls and panels."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from openback.motion.figure.prop_parts import Part
from openback.motion.skeleton.rotations import Floats

Ints = npt.NDArray[np.int64]
Mesh = tuple[Floats, Floats, Ints]  # points, normals, triangles

AROUND: Final = 20  # sides of a rod
ROUND_M: Final = 0.012  # a box's edge


def solid(part: Part, at: int) -> Mesh:
    """Return the triangles of a part at a time, in the room."""
    time = at if len(part.place_m) > 1 else 0
    points, normals, triangles = _shape(part, float(part.length_m[time]))
    rotation = part.rotation[time] if len(part.rotation) > 1 else part.rotation[0]
    return points @ rotation.T + part.place_m[time], normals @ rotation.T, triangles


def _shape(part: Part, length_m: float) -> Mesh:
    if part.shape == "tube":
        points, normals, triangles = _rod()
        radius = part.size_m[0]
        return points * (radius, length_m, radius), normals, triangles
    if part.shape == "ball":
        points, normals, triangles = _sphere(10)
        return points * part.size_m[0], normals, triangles
    if part.shape == "panel":
        x, y = part.size_m[0] / 2, part.size_m[1] / 2
        corners = np.array([(-x, -y, 0), (x, -y, 0), (x, y, 0), (-x, y, 0)], float)
        return corners, np.tile((0.0, 0.0, 1.0), (4, 1)), np.array([(0, 1, 2), (0, 2, 3)])
    return _box(part.size_m)


@lru_cache(maxsize=1)
def _rod() -> Mesh:
    """Return a rod of radius 1 and length 1 along Y."""
    angle = 2 * np.pi * np.arange(AROUND) / AROUND
    ring = np.column_stack([np.cos(angle), np.zeros(AROUND), np.sin(angle)])
    half = np.array([0.0, 0.5, 0.0])
    ends = [ring - half, ring + half]
    points = np.concatenate([*ends, *ends, [(0, -0.5, 0)], [(0, 0.5, 0)]])
    down, up = np.tile((0.0, -1.0, 0.0), (AROUND, 1)), np.tile((0.0, 1.0, 0.0), (AROUND, 1))
    normals = np.concatenate([ring, ring, down, up, down[:1], up[:1]])
    i, j = np.arange(AROUND), (np.arange(AROUND) + 1) % AROUND
    n = AROUND
    faces = [np.column_stack(x) for x in ((i, i + n, j), (j, i + n, j + n))]
    faces.append(np.column_stack([i + 2 * n, j + 2 * n, np.full(n, 4 * n)]))
    faces.append(np.column_stack([j + 3 * n, i + 3 * n, np.full(n, 4 * n + 1)]))
    return points, normals, np.concatenate(faces)


@lru_cache(maxsize=2)
def _sphere(rings: int) -> Mesh:
    """Return a ball of radius 1 as rings from pole to pole."""
    up = np.pi * (np.arange(rings + 1) / rings - 0.5)
    around = 2 * np.pi * np.arange(2 * rings + 1) / (2 * rings)
    lat, lon = np.meshgrid(up, around, indexing="ij")
    points = np.stack([np.cos(lat) * np.cos(lon), np.sin(lat), np.cos(lat) * np.sin(lon)], -1).reshape(-1, 3)
    i, j = (x.ravel() for x in np.meshgrid(np.arange(rings), np.arange(2 * rings), indexing="ij"))
    wide = 2 * rings + 1
    a, b, c, d = i * wide + j, i * wide + j + 1, (i + 1) * wide + j, (i + 1) * wide + j + 1
    return points, points, np.concatenate([np.column_stack([a, c, b]), np.column_stack([b, c, d])])


def _box(size: tuple[float, float, float]) -> Mesh:
    """Return a box whose edges are cut off and look round: flat sides, with normals that turn at the cuts."""
    half = np.array(size) / 2
    inner = half - min(ROUND_M, *(0.45 * side for side in size))
    points: list[Floats] = []
    normals: list[Floats] = []
    faces: list[tuple[int, int, int]] = []
    at: dict[tuple[int, ...], int] = {}
    for axis in range(3):
        for side in (-1.0, 1.0):
            for signs in _SQUARE:
                corner = np.insert(np.array(signs) * np.delete(inner, axis), axis, side * half[axis])
                at[axis, *np.insert(signs, axis, side).astype(int)] = len(points)
                points.append(corner)
                normals.append(np.insert(np.zeros(2), axis, side))
            faces += [(start := len(points) - 4, start + 1, start + 2), (start, start + 2, start + 3)]
    for one, other in ((0, 1), (1, 2), (2, 0)):
        for key in [k for k in at if k[0] == one and k[1 + 3 - one - other] < 0]:
            ahead = [*key]
            ahead[1 + 3 - one - other] = 1
            a, b = at[key], at[tuple(ahead)]
            c, d = at[other, *key[1:]], at[other, *ahead[1:]]
            faces += [(a, b, d), (a, d, c)]
    faces += [(at[0, *signs], at[1, *signs], at[2, *signs]) for signs in {key[1:] for key in at}]
    whole = np.array(points)
    return whole, np.array(normals), _outward(whole, np.array(faces))


_SQUARE: Final = ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))


def _outward(points: Floats, faces: Ints) -> Ints:
    """Return the triangles of something round its middle, all counter-clockwise from outside."""
    a, b, c = (points[faces[:, i]] for i in range(3))
    inward = (np.cross(b - a, c - a) * (a + b + c)).sum(1) < 0
    return np.where(inward[:, None], faces[:, ::-1], faces)
