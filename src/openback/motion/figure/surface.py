"""The body as an implicit surface: solids joined by smooth union, negative inside, in metres.

Solids are given in the anatomical rest of a bone and moved with it, so that the surface can be looked at in
any pose; `body_shape` says which solids make a body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FAR_M: Final = 0.12  # beyond it a solid's distance is not asked for
_FINE: Final = 96  # steps of a profile along its tube


class Solid(Protocol):
    """Something with a signed distance, about in metres."""

    @property
    def ball(self) -> tuple[Floats, float]:
        """A ball that holds it: middle and radius."""

    def distance(self, points: Floats) -> Floats:
        """Return the signed distance of points (N, 3), shape (N,)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cone:
    """A tapered capsule from `start` to `end`."""

    start: Floats
    end: Floats
    start_radius: float
    end_radius: float

    @property
    def ball(self) -> tuple[Floats, float]:
        """A ball that holds it: middle and radius."""
        half = float(np.linalg.norm(self.end - self.start)) / 2
        return (self.start + self.end) / 2, half + max(self.start_radius, self.end_radius)

    def distance(self, points: Floats) -> Floats:
        """Return the signed distance of points (N, 3), shape (N,)."""
        along = self.end - self.start
        share = np.clip((points - self.start) @ along / max(float(along @ along), 1e-12), 0, 1)
        radius = self.start_radius + (self.end_radius - self.start_radius) * share
        gap: Floats = np.linalg.norm(points - self.start - share[:, None] * along, axis=1) - radius
        return gap


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ellipsoid:
    """An ellipsoid; the columns of `axes` are its own directions."""

    middle: Floats
    radii: Floats
    axes: Floats = field(default_factory=lambda: np.eye(3))

    @property
    def ball(self) -> tuple[Floats, float]:
        """A ball that holds it: middle and radius."""
        return self.middle, float(self.radii.max())

    def distance(self, points: Floats) -> Floats:
        """Return the signed distance of points (N, 3), shape (N,), good near the surface."""
        own = (points - self.middle) @ self.axes
        near = np.linalg.norm(own / self.radii, axis=1)
        slope = np.linalg.norm(own / self.radii**2, axis=1)
        gap: Floats = np.where(slope > 1e-9, near * (near - 1) / np.maximum(slope, 1e-9), -self.radii.min())
        return gap


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tube:
    """A tube from `start` to `end` whose outline changes along it.

    `rows` are (share of the way, out, in, front, back): half widths in metres along `out`, against it, along
    `front` and against it. Its ends are rounded over `caps_m`; `square` above 2 makes the section boxier.
    """

    start: Floats
    end: Floats
    out: Floats
    front: Floats
    rows: Floats
    caps_m: tuple[float, float] = (0.03, 0.03)
    square: float = 2.0
    _fine: Floats = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_fine", fine_profile(self.rows))

    @property
    def ball(self) -> tuple[Floats, float]:
        """A ball that holds it: middle and radius."""
        half = float(np.linalg.norm(self.end - self.start)) / 2
        return (self.start + self.end) / 2, half + max(float(self.rows[:, 1:].max()), *self.caps_m)

    def distance(self, points: Floats) -> Floats:
        """Return the signed distance of points (N, 3), shape (N,), good near the surface."""
        length = float(np.linalg.norm(self.end - self.start))
        own = points - self.start
        along = own @ ((self.end - self.start) / length)
        held = np.clip(along, 0, length)
        out, inward, front, back = self._section(held / length)
        u, v, beyond = own @ self.out, own @ self.front, along - held
        cap = np.where(beyond < 0, self.caps_m[0], self.caps_m[1])
        inside = (np.abs(u) / np.where(u > 0, out, inward)) ** self.square
        inside += (np.abs(v) / np.where(v > 0, front, back)) ** self.square
        inside += (np.abs(beyond) / cap) ** self.square
        level = np.maximum(inside ** (1 / self.square), 1e-6)
        size = np.sqrt(u * u + v * v + beyond * beyond)
        gap: Floats = np.where(level > 1e-5, size - size / level, -out)
        return gap

    def _section(self, share: Floats) -> tuple[Floats, ...]:
        at = share * (_FINE - 1)
        low = np.minimum(at.astype(np.int64), _FINE - 2)
        part = (at - low)[:, None]
        section = self._fine[low] * (1 - part) + self._fine[low + 1] * part
        return tuple(section.T)


def fine_profile(rows: Floats) -> Floats:
    """Return the four half widths at `_FINE` even steps, shape (_FINE, 4): a cubic through the rows."""
    at = np.linspace(0, 1, _FINE)
    knots, values = rows[:, 0], rows[:, 1:]
    slope = np.gradient(values, knots, axis=0)
    place = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, len(knots) - 2)
    width = (knots[place + 1] - knots[place])[:, None]
    t = np.clip((at - knots[place])[:, None] / width, 0, 1)
    a, b = values[place], values[place + 1]
    first, second = slope[place] * width, slope[place + 1] * width
    curve: Floats = (
        (2 * t**3 - 3 * t**2 + 1) * a
        + (t**3 - 2 * t**2 + t) * first
        + (3 * t**2 - 2 * t**3) * b
        + (t**3 - t**2) * second
    )
    return curve


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A solid of the body, the bone that carries it, and how softly it joins what was there before.

    `softness_m` is the width of the blend; a `hollow` is taken away instead.
    """

    solid: Solid
    bone: str
    softness_m: float
    hollow: bool = False


def union(a: Floats, b: Floats, softness_m: float) -> Floats:
    """Return the smooth union of two distances: the lesser, rounded where they are within `softness_m`."""
    share = np.clip(0.5 + 0.5 * (b - a) / softness_m, 0, 1)
    joined: Floats = b + (a - b) * share - softness_m * share * (1 - share)
    return joined


def distance(parts: Iterable[Part], points: Floats) -> Floats:
    """Return the signed distance of points (N, 3) from the whole body, shape (N,); at most `FAR_M`."""
    whole = np.full(len(points), FAR_M)
    for part in parts:
        middle, radius = part.solid.ball
        reach = radius + part.softness_m + 0.02
        near = np.flatnonzero(((points - middle) ** 2).sum(1) < reach * reach)
        gap = part.solid.distance(points[near])
        if part.hollow:
            whole[near] = -union(-whole[near], gap, part.softness_m)
        else:
            whole[near] = union(whole[near], gap, part.softness_m)
    return whole


def nearest_bone(parts: Iterable[Part], points: Floats, bones: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Return for points (N, 3) the number of the bone whose solid is nearest."""
    best = np.full((len(points), len(bones)), np.inf)
    for part in parts:
        if part.hollow:
            continue
        column = bones.index(part.bone)
        middle, radius = part.solid.ball
        near = np.flatnonzero(((points - middle) ** 2).sum(1) < (radius + 0.06) ** 2)
        best[near, column] = np.minimum(best[near, column], part.solid.distance(points[near]))
    nearest: npt.NDArray[np.int64] = best.argmin(1)
    return nearest


def gradient(field_of: Callable[[Floats], Floats], points: Floats, step_m: float = 8e-4) -> Floats:
    """Return the gradient of a distance at points (N, 3)."""
    around = np.array([(1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)], float)
    steps = sum(way * field_of(points + way * step_m)[:, None] for way in around)
    slope: Floats = np.asarray(steps) / (4 * step_m)
    return slope
