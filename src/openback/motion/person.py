"""Whether it is still the same person: a body neither jumps across the picture nor changes its size at once.

A bystander whom the pose model picks up for a moment is left out; a cut or a moved camera is accepted once
the new place has held for a while.
"""

from __future__ import annotations

from math import hypot, inf
from typing import Final

Box = tuple[float, float, float]  # x and y of mid-hip, and the size of the body, in pixels

# In body sizes: how far a body may be from where it was, at once and for each second since.
_JUMP: Final = 0.6
_PER_S: Final = 3.0
# How much larger or smaller it may be, at once and for each second since.
_GROWTH: Final = 1.6
_GROWTH_PER_S: Final = 1.0
# A new place is accepted after this long.
_ACCEPT_S: Final = 0.5


class PersonKeeper:
    """Follows one person. `new` says that the last frame began somebody, or somewhere, new."""

    __slots__ = ("_at_s", "_other", "_other_from_s", "_own", "new")

    def __init__(self) -> None:
        self._own: Box | None = None
        self._other: Box | None = None
        self._at_s = self._other_from_s = -inf
        self.new = False

    def same(self, t_s: float, box: Box) -> bool:
        """Return whether a body at this time and place is the person that was followed so far."""
        self.new = False
        if self._own is None or _near(box, self._own, t_s - self._at_s):
            self.new = self._own is None
            self._accept(t_s, box)
            return True
        if self._other is None or not _near(box, self._other, t_s - self._other_from_s):
            self._other_from_s = t_s
        self._other = box
        if t_s - self._other_from_s < _ACCEPT_S:
            return False
        self.new = True
        self._accept(t_s, box)
        return True

    def _accept(self, t_s: float, box: Box) -> None:
        self._own, self._at_s, self._other = box, t_s, None


def body_box(image_px: list[list[float]]) -> Box:
    """Return where a body is and how large, from its shoulders and hips."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = image_px[11], image_px[12], image_px[23], image_px[24]
    # A trunk that points at the camera is short and one from the side is narrow: the longest of all counts.
    size = max(hypot(ax - dx, ay - dy), hypot(bx - cx, by - cy), hypot(ax - bx, ay - by))
    return ((cx + dx) / 2, (cy + dy) / 2, size)


def _near(box: Box, before: Box, passed_s: float) -> bool:
    size = max(box[2], before[2])
    far = hypot(box[0] - before[0], box[1] - before[1])
    growth = size / max(1e-9, min(box[2], before[2]))
    return far <= (_JUMP + _PER_S * passed_s) * size and growth <= _GROWTH + _GROWTH_PER_S * passed_s
