"""How the body stands in the picture: what is hidden, what is cut off, and whether it is too small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# The pose model's own word for "seen"; below it a joint is guessed (evidence 6.3: 0.5 to 0.6).
SEEN: Final = 0.5
# Share of the picture's shorter side that a trunk needs: below, the model sees too few pixels of an arm.
_SMALL: Final = 0.08
# A joint this share of the picture inside its edge is still called cut off: the model clips there.
_EDGE: Final = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """What stands in the way of measuring: numbers of landmarks that are hidden or outside the picture.

    `small` says that the body is too small in the picture.
    """

    hidden: frozenset[int] = frozenset()
    outside: frozenset[int] = frozenset()
    small: bool = False


CLEAR: Final = Framing()


def framing(
    wanted: Sequence[int],
    image_px: Sequence[Sequence[float]],
    visibility: Sequence[float],
    size_px: tuple[int, int],
    body_px: float,
) -> Framing:
    """Return how the wanted landmarks stand in a picture of `size_px` (width, height), a body of `body_px` in it."""
    width, height = size_px
    low_x, high_x = _EDGE * width, (1 - _EDGE) * width
    low_y, high_y = _EDGE * height, (1 - _EDGE) * height
    hidden, outside = [], []
    for number in wanted:
        x, y = image_px[number]
        if not (low_x <= x <= high_x and low_y <= y <= high_y):
            outside.append(number)
        elif not visibility[number] >= SEEN:
            hidden.append(number)
    small = body_px < _SMALL * min(width, height)
    if not (hidden or outside or small):
        return CLEAR
    return Framing(hidden=frozenset(hidden), outside=frozenset(outside), small=small)
