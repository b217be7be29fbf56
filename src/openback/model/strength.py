"""What is known of somebody's strength in one exercise, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """Strength in one exercise after the last day of training.

    `one_rm_kg` is the load (body-mass share included) that could be lifted once, with an 80 % band.
    `reps_exponent` says how fast reps fall as the load rises: 1 as the chart of evidence 3.4 has it, less for
    somebody who does more reps at the same share. `exponent_var` is its variance and `covariance` that with the
    logarithm of the one-rep maximum: what is known best is what was lifted. `days` are the training days behind it,
    0 for a prior.
    """

    exercise: str
    day: int
    one_rm_kg: float
    low_kg: float
    high_kg: float
    reps_exponent: float = 1.0
    exponent_var: float = 0.0
    covariance: float = 0.0
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RepsForecast:
    """Reps expected at a load, with an 80 % band."""

    load_kg: float
    reps: float
    low: float
    high: float


Move = Literal[
    "start", "more_load", "more_reps", "more_sets", "slower", "same", "less", "re_entry", "deload", "swap"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextSet:
    """The next prescription for one exercise, and the reason in one sentence with its numbers.

    `load_kg` None where there is no load; `band` a colour for band work; `swap_to` an exercise id.
    """

    exercise: str
    move: Move
    load_kg: float | None
    band: str | None
    sets: int
    reps: tuple[int, int] | None
    hold_s: tuple[int, int] | None
    rir: int
    tempo_s: float | None
    why: str
    swap_to: str | None = None
    forecast: RepsForecast | None = None
