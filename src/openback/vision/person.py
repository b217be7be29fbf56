"""What tells one person from another in a picture: place, size and the colours of the clothes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from openback.model.motion import INDEX, Floats
from openback.vision.landmarker import Pose
from openback.vision.memory import Picture

_SHOULDERS: Final = (INDEX["left_shoulder"], INDEX["right_shoulder"])
_HIPS: Final = (INDEX["left_hip"], INDEX["right_hip"])
_KNEES: Final = (INDEX["left_knee"], INDEX["right_knee"])
# Where colours are taken: a grid over the trunk, cut into chest and belly, and points along the thighs.
_ACROSS: Final = np.linspace(0.2, 0.8, 5)[:, None]
_DOWN: Final = np.linspace(0.1, 0.9, 8)[:, None, None]
_ALONG: Final = np.linspace(0.2, 0.9, 6)[:, None]
_PARTS: Final = (slice(0, 20), slice(20, 40), slice(40, 52))
# Light changes more than hue from place to place.
_LIGHT: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Person:
    """Somebody in a picture at a time.

    `centre_px` is the middle of the trunk; `size_px` the longest of trunk, shoulder width and thigh,
    which stays much the same while a body turns and bends. `colours` (3, 3) are of chest, belly and
    thighs: light, red less green, yellow less blue, 0 to 1 each; NaN where nothing could be seen.
    """

    t_s: float
    pose: Pose
    centre_px: tuple[float, float]
    size_px: float
    colours: Floats


def person_of(pose: Pose, picture: Picture, t_s: float) -> Person:
    """Return the person of a pose in its picture."""
    points = pose.image[:, :2]
    shoulders, hips = points[_SHOULDERS, :].mean(axis=0), points[_HIPS, :].mean(axis=0)
    x, y = (shoulders + hips) / 2
    lengths = (
        math.dist(shoulders, hips),
        math.dist(points[_SHOULDERS[0]], points[_SHOULDERS[1]]),
        sum(math.dist(points[h], points[k]) for h, k in zip(_HIPS, _KNEES, strict=True)) / 2,
    )
    return Person(
        t_s=t_s,
        pose=pose,
        centre_px=(float(x), float(y)),
        size_px=max(1.0, *lengths),
        colours=colours_of(points, picture),
    )


def colours_of(points: Floats, picture: Picture) -> Floats:
    """Return the middle colours (3, 3) of chest, belly and thighs at landmarks (33, 2)."""
    height, width = picture.shape[:2]
    (left, right), (low_left, low_right) = points[_SHOULDERS, :], points[_HIPS, :]
    top, bottom = left + (right - left) * _ACROSS, low_left + (low_right - low_left) * _ACROSS
    thighs = (points[h] + (points[k] - points[h]) * _ALONG for h, k in zip(_HIPS, _KNEES, strict=True))
    at = np.concatenate([(top + (bottom - top) * _DOWN).reshape(-1, 2), *thighs]).astype(np.intp)
    inside = ((at >= 0) & (at < (width, height))).all(axis=1)
    red, green, blue = (picture[at[inside, 1], at[inside, 0]] / 255.0).T
    told = np.full((len(at), 3), np.nan)
    told[inside] = np.stack(
        ((red + green + blue) / 3 * _LIGHT, red - green, (red + green) / 2 - blue), axis=1
    )
    return np.stack([_middle(told[part]) for part in _PARTS])


def _middle(told: Floats) -> Floats:
    """Return the median of the rows that are known, NaN when none is."""
    known = told[np.isfinite(told[:, 0])]
    return np.sort(known, axis=0)[len(known) // 2] if len(known) else np.full(3, np.nan)


def colours_apart(a: Floats, b: Floats) -> float:
    """Return how far two colourings are from each other, 0 to about 1; NaN when they share no part."""
    apart = ((a - b) ** 2).sum(axis=1)
    known = apart[np.isfinite(apart)]
    return float(math.sqrt(known.mean())) if len(known) else math.nan


def mixed(old: Floats, new: Floats, share: float) -> Floats:
    """Return `old` moved towards `new` by a share; what one of them does not know comes from the other."""
    moved = old + share * (new - old)
    return np.where(np.isfinite(moved), moved, np.where(np.isfinite(old), old, new))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """The person who is followed, as last seen and as they mostly are.

    `home_px` is where the trunk has been in the last seconds; `spread` how much the colours change
    by themselves.
    """

    t_s: float
    centre_px: tuple[float, float]
    home_px: tuple[float, float]
    size_px: float
    colours: Floats
    spread: float

    @classmethod
    def first(cls, person: Person) -> Known:
        """Return what is known after one look."""
        return cls(
            t_s=person.t_s,
            centre_px=person.centre_px,
            home_px=person.centre_px,
            size_px=person.size_px,
            colours=person.colours,
            spread=SPREAD,
        )

    def seen(self, person: Person, *, doubtful: bool) -> Known:
        """Return what is known after another look; where and in what they mostly are is not learned in doubt."""
        share = 1 - math.exp(-(person.t_s - self.t_s) / _MEMORY_S)
        near = replace(
            self,
            t_s=person.t_s,
            centre_px=person.centre_px,
            size_px=self.size_px + min(1.0, 4 * share) * (person.size_px - self.size_px),
        )
        if doubtful:
            return near
        apart = colours_apart(self.colours, person.colours)
        spread = self.spread if math.isnan(apart) else self.spread + share * (apart - self.spread)
        x, y = (old + share * (new - old) for old, new in zip(self.home_px, person.centre_px, strict=True))
        return replace(
            near,
            home_px=(x, y),
            colours=mixed(self.colours, person.colours, share),
            spread=max(SPREAD, spread),
        )

    def anew(self, person: Person) -> Known:
        """Return what is known after a change of light or place: it is the same person."""
        return replace(
            Known.first(person), colours=mixed(self.colours, person.colours, 0.5), spread=self.spread
        )

    def moved(self, person: Person) -> float:
        """Return how far a person is from where this one was last seen, in sizes."""
        return math.dist(person.centre_px, self.centre_px) / self.size_px

    def strayed(self, person: Person) -> float:
        """Return how far a person is from where this one has been, in sizes."""
        return math.dist(person.centre_px, self.home_px) / self.size_px

    def grown(self, person: Person) -> float:
        """Return how much larger or smaller a person is: the size of the logarithm of the ratio."""
        return abs(math.log(person.size_px / self.size_px))

    def tint(self, person: Person) -> float:
        """Return how far the colours are off, as a multiple of what is usual; 1 when they cannot be told."""
        apart = colours_apart(self.colours, person.colours)
        return 1.0 if math.isnan(apart) else apart / self.spread


# Colours of one person differ by so much from frame to frame in ordinary light.
SPREAD: Final = 0.03
# What is known fades to a third in so many seconds.
_MEMORY_S: Final = 3.0
