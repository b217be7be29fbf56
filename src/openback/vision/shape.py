"""From the stored picture to the one a person sees: square pixels, the right way up."""

from __future__ import annotations

import math
from dataclasses import dataclass

from openback.vision.limits import LOOK_PX


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a stored picture of `stored_px` is brought upright: squared and shrunk to `before_px`, then turned.

    `turn` is clockwise, 0, 90, 180 or 270 degrees. Sizes are (width, height). `full_px` is the
    picture as it is shown, in square pixels; `look_px` is what the pose model looks at, `shrunk`
    times smaller.
    """

    stored_px: tuple[int, int]
    before_px: tuple[int, int]
    turn: int
    full_px: tuple[int, int]
    look_px: tuple[int, int]
    shrunk: int


def shape_of(stored_px: tuple[int, int], sar: float, rotation: float) -> Shape:
    """Return how pictures of a clip are brought upright.

    `sar` is how many times wider than high a stored pixel is; anything that cannot be is taken for
    square. `rotation` is what the file says, clockwise in degrees, rounded to a right angle.
    """
    width, height = squared(stored_px, sar)
    turn = round(rotation / 90) * 90 % 360 if math.isfinite(rotation) else 0
    shrunk = max(1, math.ceil(max(width, height) / LOOK_PX))
    before = (max(1, round(width / shrunk)), max(1, round(height / shrunk)))
    upright = turn % 180 == 0
    return Shape(
        stored_px=stored_px,
        before_px=before,
        turn=turn,
        full_px=(width, height) if upright else (height, width),
        look_px=before if upright else before[::-1],
        shrunk=shrunk,
    )


def squared(stored_px: tuple[int, int], sar: float) -> tuple[int, int]:
    """Return the size in square pixels; the longer pixel side is made shorter, so nothing is invented."""
    width, height = stored_px
    if not 1 / 16 <= sar <= 16:  # also NaN: no camera has such pixels
        return stored_px
    return (max(1, round(width * sar)), height) if sar < 1 else (width, max(1, round(height / sar)))
