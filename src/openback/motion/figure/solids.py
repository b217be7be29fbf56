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
    """Return a box with rounded edges: a ball whose eighths are drawn apart."""
    points, normals, triangles = _sphere(8)
    round_m = min(ROUND_M, *(0.45 * side for side in size))
    half = np.array(size) / 2 - round_m
    # What lies on a seam of the eighths goes to the side where most of its triangle is: seams stay closed.
    apart = np.clip(points * 1e6, -1, 1) * half
    return points * round_m + apart, normals, triangles
