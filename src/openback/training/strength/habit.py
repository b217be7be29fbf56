"""Whole reps: people stop at 8, 10 or 12 more often than their strength alone would say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from openback.training.strength.constants import HabitConstants
from openback.training.strength.days import MOST_REPS

Floats = NDArray[np.float64]

REPS: Final = np.arange(1, MOST_REPS + 1)
OUTSIDE: Final = 0.2  # the part of sets that an 80 % band leaves out
_EDGES: Final = np.concatenate([[-np.inf], REPS[:-1] + 0.5, [np.inf]])
_LEAST: Final = 1e-9  # keeps the middle defined when strength and habit exclude each other


def reps_chances(mean: Floats, sd: Floats, counts: Floats, c: HabitConstants) -> Floats:
    """Return the chance of 1 to 15 reps, shape (n, 15), each row adding up to 1.

    `mean` and `sd` (n) say what strength allows; `counts` (n, 15) how often the person stopped there.
    """
    below = np.asarray(stdtr(c.tail, (_EDGES - mean[:, None]) / sd[:, None]), dtype=np.float64)
    strength = below[:, 1:] - below[:, :-1] + _LEAST
    habit = counts + c.floor_sets
    weighed = strength * np.power(habit / habit.sum(axis=1, keepdims=True), c.pull)
    chances: Floats = weighed / weighed.sum(axis=1, keepdims=True)
    return chances


def middle_reps(chances: Floats) -> Floats:
    """Return the median number of reps of each row, a whole number."""
    middle: Floats = 1.0 + (np.cumsum(chances, axis=1) < 0.5).sum(axis=1)
    return middle


def band_reps(chances: Floats, *, outside: float = OUTSIDE) -> Floats:
    """Return low end, middle and high end of each row, shape (3, n), with half of `outside` beyond each end; not whole.

    A whole number of reps is taken as spread evenly half a rep to each side: ends on whole numbers only would hold
    more than they say.
    """
    return np.stack([_quantile(chances, share) for share in (outside / 2, 0.5, 1 - outside / 2)])


def stretched(band: Floats, width: float) -> tuple[Floats, Floats]:
    """Return the ends of bands from `band_reps`, stretched about their middles."""
    low, middle, high = band
    return middle + width * (low - middle), middle + width * (high - middle)


def width_after(width: float, held: Sequence[bool], c: HabitConstants) -> float:
    """Return the stretch of a person's bands after these: wider when too many missed, narrower when too few."""
    missed = len(held) - sum(held)
    return width * math.exp(c.band_step * (missed - OUTSIDE * len(held)))


def _quantile(chances: Floats, share: float) -> Floats:
    """Return where `share` of each row lies below, with each whole number spread by half a rep to both sides."""
    total = np.cumsum(chances, axis=1)
    place = np.minimum((total < share).sum(axis=1), MOST_REPS - 1)
    rows = np.arange(len(chances))
    own = chances[rows, place]
    before = total[rows, place] - own
    reached: Floats = place + 0.5 + np.clip((share - before) / own, 0.0, 1.0)
    return reached
