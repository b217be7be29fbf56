"""How far the pose model can be believed just now: whether the body holds together, how much it trembles."""

from __future__ import annotations

from math import exp, isfinite, nan
from typing import Final

import numpy as np

from openback.model.motion import Floats
from openback.motion.body import middle, minus, norm
from openback.motion.framing import SEEN


class Steadiness:
    """Whether the pose model holds a body together: shoulders and trunk of one person have one length.

    From behind and in the dark its points collapse for some frames while it changes its mind about the sides.
    """

    __slots__ = ("_at_s", "_doubt_until_s", "_held_s", "_shoulders_m", "_trunk_m", "collapsed")

    # Shares of the usual length that no real movement leaves: shoulders come together by a fifth at most.
    _NARROW: Final = 0.6
    _SHORT: Final = 0.6
    # The usual length is learned over this time; a collapse is not waited out for longer than this.
    _LEARN_S: Final = 2.0
    _WAIT_S: Final = 0.4
    # For so long after the sides were exchanged nothing is judged.
    _DOUBT_S: Final = 0.3

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Learn the lengths anew."""
        self._shoulders_m = self._trunk_m = self._at_s = nan
        self._doubt_until_s = -1.0
        self._held_s = 0.0
        self.collapsed = False

    def seen(self, t_s: float, points: Floats, *, exchanged: bool) -> bool:
        """Return whether the points of a frame may be judged; `collapsed` says whether to leave them out."""
        shoulders, trunk = _lengths_m(points)
        if not self._trunk_m > 0:
            self._shoulders_m, self._trunk_m, self._at_s = shoulders, trunk, t_s
            return True
        passed_s = max(0.0, t_s - self._at_s)
        self._at_s = t_s
        broken = shoulders < self._NARROW * self._shoulders_m or trunk < self._SHORT * self._trunk_m
        self._held_s = self._held_s + passed_s if broken else 0.0
        self.collapsed = broken and self._held_s < self._WAIT_S
        learned = 1 - exp(-passed_s / self._LEARN_S)
        self._shoulders_m += learned * (shoulders - self._shoulders_m)
        self._trunk_m += learned * (trunk - self._trunk_m)
        if exchanged:
            self._doubt_until_s = t_s + self._DOUBT_S
        return not broken and t_s >= self._doubt_until_s


def _lengths_m(points: Floats) -> tuple[float, float]:
    left, right = points[11:13].tolist()
    shoulders, hips = middle(left, right), middle(*points[23:25].tolist())
    return norm(minus(left, right)), norm(minus(shoulders, hips))


class Jitter:
    """How much each landmark trembles about its calmed place, in metres, over the last moments.

    A fast movement leaves the calmed place at most 3 cm behind (`filter.LANDMARKS`); what is more is noise.
    """

    __slots__ = ("_at_s", "_squares")

    _MEMORY_S: Final = 0.3
    # From where a landmark is doubted, and how far more leaves it only just believed.
    _STILL_M: Final = 0.03
    _WILD_M: Final = 0.06

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget what was."""
        self._squares: Floats | None = None
        self._at_s = nan

    def seen(self, t_s: float, points: Floats, calm: Floats) -> None:
        """Learn from points (33, 3) and their calmed places."""
        off = points - calm
        squares: Floats = np.einsum("ij,ij->i", off, off)
        if not isfinite(float(np.vdot(squares, squares))):  # quicker than to ask each
            squares = np.nan_to_num(squares)
        if self._squares is None:
            self._squares = squares
        else:
            self._squares += (1 - exp(-max(0.0, t_s - self._at_s) / self._MEMORY_S)) * (
                squares - self._squares
            )
        self._at_s = t_s

    def doubted(self, visibility: Floats) -> Floats:
        """Return the visibility (33,), lowered for what trembles, but never below what counts as seen."""
        if self._squares is None or not self._squares.max() > self._STILL_M**2:
            return visibility
        doubt = (np.sqrt(self._squares) - self._STILL_M) * ((1 - SEEN) / self._WILD_M)
        return np.minimum(visibility, np.maximum(SEEN, visibility - np.maximum(0.0, doubt)))
