"""When a number passed each of a ladder of levels: the tempo of a rep without keeping its frames."""

from __future__ import annotations

from math import inf, isnan, nan
from typing import Final

# Steps of the ladder, in shares of the file's way. Times between two rungs are on a straight line.
STEP: Final = 0.025


class Levels:
    """Times at which a number went up and down through levels from `lowest` to `highest`.

    `first_up` is since `begin_up`, `first_down` since the last new top; `last_up` is the latest before the way
    down, `last_down` the latest of all.
    """

    __slots__ = ("_falling", "_lowest", "_size", "first_down", "first_up", "last_down", "last_up")

    def __init__(self, lowest: float, highest: float) -> None:
        self._lowest = lowest
        self._size = round((highest - lowest) / STEP) + 2
        self.last_up = [nan] * self._size
        self.last_down = [nan] * self._size
        self.first_down = [nan] * self._size
        self.first_up = [nan] * self._size
        self._falling = False

    def begin_up(self, since_s: float = inf) -> None:
        """Forget when levels were first passed upwards before a moment."""
        self.first_up = [at_s if at_s >= since_s else nan for at_s in self.first_up]
        self._falling = False

    def new_top(self) -> None:
        """Take what is passed downwards from now on as first passed."""
        self._falling = False

    def moved(self, before: tuple[float, float], now: tuple[float, float], *, under_way: bool) -> None:
        """Note what was passed between two moments, each (time in seconds, value)."""
        low, high = self._rung(before[1]), self._rung(now[1])
        if high > low:
            self._up(low, high, before, now, under_way=under_way)
        elif high < low:
            self._down(high, low, before, now)

    def _rung(self, value: float) -> int:
        return int((value - self._lowest) / STEP)

    def _up(
        self, low: int, high: int, before: tuple[float, float], now: tuple[float, float], *, under_way: bool
    ) -> None:
        pace = (now[0] - before[0]) / (now[1] - before[1])
        for rung in range(low + 1, high + 1):
            at_s = before[0] + (self._lowest + rung * STEP - before[1]) * pace
            if not (under_way and self._falling):
                self.last_up[rung] = at_s
            if not under_way or isnan(self.first_up[rung]):
                self.first_up[rung] = at_s

    def _down(self, low: int, high: int, before: tuple[float, float], now: tuple[float, float]) -> None:
        if not self._falling:
            self._falling = True
            self.first_down = [nan] * self._size
        pace = (now[0] - before[0]) / (now[1] - before[1])
        for rung in range(low + 1, high + 1):
            at_s = before[0] + (self._lowest + rung * STEP - before[1]) * pace
            self.last_down[rung] = at_s
            if isnan(self.first_down[rung]):
                self.first_down[rung] = at_s

    def at_s(self, times: list[float], level: float) -> float:
        """Return when `level` was passed, between the two rungs around it; NaN where neither was."""
        place = (level - self._lowest) / STEP
        rung = min(max(int(place), 0), self._size - 2)
        below, above, share = times[rung], times[rung + 1], place - rung
        if isnan(below) or isnan(above):
            return above if isnan(below) else below
        return below + (above - below) * share

    def speed_per_s(self, low: float, high: float, window: float) -> float:
        """Return the fastest way up of `window` between two levels; NaN where no such way was passed."""
        first = max(int((low - self._lowest) / STEP) + 1, 0)
        last = min(int((high - self._lowest) / STEP), self._size - 1)
        rungs = max(2, round(window / STEP))
        took_s = [
            self.first_up[rung + rungs] - self.first_up[rung]
            for rung in range(first, last - rungs + 1)
            if self.first_up[rung + rungs] > self.first_up[rung]
        ]
        return rungs * STEP / min(took_s) if took_s else nan
