"""How strength changed between two days of training, with the band of the change.

Two estimates of one filter share much of what they do not know, most of all how fast a person's reps fall with load.
That part drops out of their difference, so a change is surer than its two ends taken apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from openback.model.strength import Strength
from openback.training.strength.constants import EstimateConstants, estimate_constants
from openback.training.strength.estimate import Z80

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogChange:
    """The change of a log one-rep maximum over `days`, with its standard deviation."""

    days: int
    log: float
    sd_log: float

    @property
    def percent(self) -> tuple[float, float, float]:
        """The change in per cent: the low end of the 80 % band, the middle, and the high end."""
        low, middle, high = (100 * math.expm1(self.log + side * Z80 * self.sd_log) for side in (-1, 0, 1))
        return low, middle, high


def log_change(path: Sequence[Strength]) -> LogChange:
    """Return the change from the first to the last strength of a path, as `strength_path` gives it.

    Each step of the filter carries the error before it on, times the covariance after the step over the one expected
    before it: so the two ends' covariance follows from the covariances along the path alone.
    """
    c = estimate_constants()
    first, last = path[0], path[-1]
    shared = _covariance(first, c)
    for before, after in pairwise(path):
        shared = _covariance(after, c) @ np.linalg.pinv(_expected(before, after, c)) @ shared
    var_first, var_last = (_covariance(one, c)[0, 0] for one in (first, last))
    both = min(max(0.0, float(shared[0, 0])), math.sqrt(var_first * var_last))
    # The estimate's band is stretched by `band_width`; so is the one of the change.
    sd = c.band_width * math.sqrt(max(0.0, var_first + var_last - 2 * both))
    return LogChange(
        days=last.day - first.day, log=math.log(last.one_rm_kg / first.one_rm_kg), sd_log=float(sd)
    )


def _covariance(strength: Strength, c: EstimateConstants) -> Matrix:
    sd = math.log(strength.high_kg / strength.low_kg) / (2 * Z80 * c.band_width)
    return np.array([[sd**2, strength.covariance], [strength.covariance, strength.exponent_var]])


def _expected(before: Strength, after: Strength, c: EstimateConstants) -> Matrix:
    """Return the covariance that the filter expected on the day after, before it saw the day's set."""
    passed = after.day - before.day
    lost = min(c.gap_most_log, c.gap_loss_log * max(0.0, passed - c.gap_free_days))
    grown = _covariance(before, c)
    grown[0, 0] += c.walk_log**2 * passed + (lost / 2) ** 2
    return grown
