"""Two pictures of a person laid over each other on shoulders and hips.

The move is a similarity: it turns, scales and shifts, and never stretches, so that nobody looks narrower or
wider than they are. Points are complex numbers here, x + y·i in pixels: a similarity is then z -> turn·z + shift.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image

from openback.model.motion import INDEX, Floats
from openback.photos.picture import Picture

_SHOULDERS: Final = (INDEX["left_shoulder"], INDEX["right_shoulder"])
_HIPS: Final = (INDEX["left_hip"], INDEX["right_hip"])
SEEN: Final = 0.5  # project default, as everywhere: less visible points are not believed
# Project default: what turns or grows more than this is another posture or another picture altogether.
_MOST_TURN_DEG: Final = 30.0
_MOST_GROWTH: Final = 4.0
# Around a person that is compared, project defaults: a little room, and no strip.
_BODY: Final = 0.5
_ROOM: Final = 0.08
_NARROWEST: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Similarity:
    """Where a point goes: turned and scaled by `turn`, then moved by `shift`, both x + y·i in pixels."""

    turn: complex
    shift: complex

    @property
    def scale(self) -> float:
        """How many times larger things become."""
        return abs(self.turn)

    @property
    def turned_deg(self) -> float:
        """How far things turn, in degrees, clockwise as y points down."""
        return math.degrees(math.atan2(self.turn.imag, self.turn.real))

    def of(self, points: Floats) -> Floats:
        """Return where points (..., 2) go; NaN stays NaN."""
        moved = (points[..., 0] + 1j * points[..., 1]) * self.turn + self.shift
        return np.stack([moved.real, moved.imag], axis=-1)

    def back(self) -> Similarity:
        """Return the way back. Raises ZeroDivisionError where everything fell into one point."""
        turn = 1 / self.turn
        return Similarity(turn=turn, shift=-self.shift * turn)


def best_similarity(before: Floats, after: Floats) -> Similarity | None:
    """Return the similarity that brings points (n, 2) nearest to others, in the sense of least squares.

    Points with NaN in either are left out. None when fewer than two are left, or when those lie on one spot.
    """
    known = np.isfinite(before).all(axis=-1) & np.isfinite(after).all(axis=-1)
    a, b = _numbers(before[known]), _numbers(after[known])
    if len(a) < 2:
        return None
    away, to = a - a.mean(), b - b.mean()
    spread = float((np.abs(away) ** 2).sum())
    size = float(np.abs(a).max()) or 1.0
    if spread <= (1e-9 * size) ** 2:
        return None
    turn = complex((np.conj(away) * to).sum() / spread)
    return Similarity(turn=turn, shift=complex(b.mean() - turn * a.mean()))


def _numbers(points: Floats) -> np.ndarray[tuple[int], np.dtype[np.complex128]]:
    return np.asarray(points[:, 0] + 1j * points[:, 1], dtype=np.complex128)


def anchors(landmarks: Floats) -> Floats:
    """Return what a person is laid over another by: the middle of the shoulders, and that of the hips, (2, 2).

    `landmarks` (33, 3) are x, y in pixels and visibility. A middle is NaN unless one of its two points was
    seen; where one was, from the side, it stands for both.
    """
    return np.stack([_middle(landmarks, pair) for pair in (_SHOULDERS, _HIPS)])


def _middle(landmarks: Floats, pair: tuple[int, int]) -> Floats:
    points = landmarks[pair, :]
    seen = np.isfinite(points[:, :2]).all(axis=1) & (points[:, 2] >= SEEN)
    if not seen.any():
        return np.full(2, np.nan)
    # Both, when one of them was seen and the other was guessed: the model guesses them behind the body well.
    finite = np.isfinite(points[:, :2]).all(axis=1)
    return np.asarray(points[finite, :2].mean(axis=0))


def laid_over(landmarks: Floats, onto: Floats) -> Similarity | None:
    """Return how a person moves onto another by shoulders and hips; None when those cannot be told.

    The shoulders' own two points help where both are wide apart in both pictures, so that a picture that hangs
    to one side is set straight.
    """
    points, places = _points(landmarks), _points(onto)
    found = best_similarity(points, places)
    if found is None or found.turn == 0:
        return None
    turned, grown = abs(found.turned_deg), abs(math.log(found.scale))
    return found if turned <= _MOST_TURN_DEG and grown <= math.log(_MOST_GROWTH) else None


def _points(landmarks: Floats) -> Floats:
    """Return shoulders and hips (4, 2) where they are seen side by side, else their middles in their places."""
    middles = anchors(landmarks)
    four = landmarks[_SHOULDERS + _HIPS, :2]
    seen = (landmarks[_SHOULDERS + _HIPS, 2] >= SEEN).all() and np.isfinite(four).all()
    return four if seen else np.repeat(middles, 2, axis=0)


def moved(picture: Picture, by: Similarity, size: tuple[int, int]) -> Picture:
    """Return a picture after a similarity, on a canvas of `size` (width, height).

    Where it does not reach, its own edges go on, so that a blurred background has no corners.
    """
    wide = max(picture.shape[:2]) // 2
    image = Image.fromarray(np.pad(picture, ((wide, wide), (wide, wide), (0, 0)), mode="edge"))
    back = by.back()
    a, b = back.turn.real, back.turn.imag
    # Pillow asks where each pixel of the canvas comes from, with pixels' middles at a half.
    rows = (a, -b, back.shift.real + wide, b, a, back.shift.imag + wide)
    canvas = image.transform(
        size, Image.Transform.AFFINE, rows, Image.Resampling.BICUBIC, fillcolor=_edge_colour(picture)
    )
    return np.asarray(canvas)


def then(first: Similarity, second: Similarity) -> Similarity:
    """Return the similarity that does one after the other."""
    return Similarity(turn=second.turn * first.turn, shift=second.turn * first.shift + second.shift)


def _edge_colour(picture: Picture) -> tuple[int, int, int]:
    edges = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    red, green, blue = (int(value) for value in np.median(edges, axis=0))
    return red, green, blue


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A part of a picture, in its pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def way(self) -> Similarity:
        """How the picture moves so that the part begins at its corner."""
        return Similarity(turn=1 + 0j, shift=complex(-self.left, -self.top))


def body_frame(mask: Floats, size: tuple[int, int]) -> Frame:
    """Return the part of a picture of `size` (width, height) that holds the person of a mask, with some room.

    It is upright or square, as far as the picture reaches; all of the picture where nobody is in the mask.
    """
    width, height = size
    rows, columns = (np.flatnonzero((mask >= _BODY).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return Frame(left=0, top=0, width=width, height=height)
    down, across = height / mask.shape[0], width / mask.shape[1]
    top, bottom = rows[0] * down, (rows[-1] + 1) * down
    left, right = columns[0] * across, (columns[-1] + 1) * across
    room = _ROOM * max(bottom - top, right - left)
    tall = min(height, bottom - top + 2 * room)
    wide = min(width, max(right - left + 2 * room, _NARROWEST * tall))
    x = min(max(0.0, (left + right - wide) / 2), width - wide)
    y = min(max(0.0, (top + bottom - tall) / 2), height - tall)
    return Frame(left=round(x), top=round(y), width=max(1, round(wide)), height=max(1, round(tall)))


def fitted(picture: Picture, size: tuple[int, int]) -> Picture:
    """Return a picture whole and in the middle of a canvas of `size`, for two that cannot be laid over each other."""
    height, width = picture.shape[:2]
    scale = min(size[0] / width, size[1] / height)
    shift = complex((size[0] - scale * width) / 2, (size[1] - scale * height) / 2)
    return moved(picture, Similarity(turn=complex(scale), shift=shift), size)
