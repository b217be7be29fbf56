"""Rotations of the room's axes, for one moment or for many: angles of shape (...), matrices (..., 3, 3)."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# Swaps left and right: X is to the body's left.
MIRROR: Final[Floats] = np.diag([-1.0, 1.0, 1.0])


def about_x(angle_deg: npt.ArrayLike) -> Floats:
    """Return the turn about X that brings Y towards Z."""
    return _turn(angle_deg, 1, 2)


def about_y(angle_deg: npt.ArrayLike) -> Floats:
    """Return the turn about Y that brings Z towards X."""
    return _turn(angle_deg, 2, 0)


def about_z(angle_deg: npt.ArrayLike) -> Floats:
    """Return the turn about Z that brings X towards Y."""
    return _turn(angle_deg, 0, 1)


def _turn(angle_deg: npt.ArrayLike, first: int, second: int) -> Floats:
    angle = np.radians(np.asarray(angle_deg, dtype=float))
    matrix = np.zeros((*angle.shape, 3, 3))
    matrix[..., range(3), range(3)] = 1.0
    cos, sin = np.cos(angle), np.sin(angle)
    matrix[..., first, first] = matrix[..., second, second] = cos
    matrix[..., second, first] = sin
    matrix[..., first, second] = -sin
    return matrix


def about(axis: Floats, angle_deg: npt.ArrayLike) -> Floats:
    """Return the turn about unit vectors of shape (..., 3), right-handed."""
    angle = np.radians(np.asarray(angle_deg, dtype=float))[..., None, None]
    x, y, z = np.moveaxis(axis, -1, 0)
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=-1).reshape(*x.shape, 3, 3)
    turned: Floats = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross)
    return turned


def between(start: Floats, end: Floats) -> Floats:
    """Return the turn by the shortest arc from unit vectors to unit vectors; none where they are opposite."""
    axis = np.cross(start, end)
    sin = np.linalg.norm(axis, axis=-1)
    cos = np.sum(start * end, axis=-1)
    unit = axis / np.where(sin > 0, sin, 1.0)[..., None]
    return about(unit, np.degrees(np.arctan2(sin, cos)))


def mirrored(rotation: Floats) -> Floats:
    """Return the rotation that the other side of the body makes."""
    return MIRROR @ rotation @ MIRROR


def apply(rotation: Floats, vector: npt.ArrayLike) -> Floats:
    """Return vectors (..., 3) or one vector (3,) turned by `rotation`."""
    turned: Floats = np.einsum("...ij,...j->...i", rotation, np.asarray(vector, dtype=float))
    return turned
