"""A posture measure over weeks: the first checks against the last ones, and whether the difference is worth believing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite, nan, sqrt
from statistics import fmean

from openback.motion.posture.check import BAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How far a measure moved from its first checks to its last ones, with the 80 % band of that.

    `smallest_change` is the smallest one worth believing between so many checks. All but that are NaN while there
    is nothing to compare.
    """

    change: float
    low: float
    high: float
    smallest_change: float

    @property
    def told(self) -> bool:
        """Whether there is something to compare."""
        return isfinite(self.change)

    @property
    def changed(self) -> bool:
        """Whether the change is worth believing."""
        return abs(self.change) >= self.smallest_change


def trend_of(checks: Sequence[tuple[datetime, float]], *, repeat_sd: float, window_days: int) -> Trend:
    """Return the trend of a measure from its checks (instant, value), oldest first.

    The first checks are those of `window_days` days from the first one on, the last ones those of as many days up to
    the last that come after; while there are none, nothing is compared. `repeat_sd` is how far one check scatters.
    """
    window = timedelta(days=window_days)
    first = [value for at, value in checks if at < checks[0][0] + window]
    last = [value for at, value in checks[len(first) :] if at > checks[-1][0] - window]
    if not last:
        # A pair of single checks is what the smallest change is given for.
        return Trend(change=nan, low=nan, high=nan, smallest_change=_believed(repeat_sd, 1, 1))
    change = fmean(last) - fmean(first)
    sd = repeat_sd * sqrt(1 / len(first) + 1 / len(last))
    return Trend(
        change=change,
        low=change - BAND * sd,
        high=change + BAND * sd,
        smallest_change=_believed(repeat_sd, len(first), len(last)),
    )


def _believed(repeat_sd: float, first: int, last: int) -> float:
    """Return what 19 differences in 20 of such averages stay below by chance alone."""
    return 1.96 * repeat_sd * sqrt(1 / first + 1 / last)
