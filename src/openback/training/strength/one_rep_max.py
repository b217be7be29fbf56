"""From a set to a one-rep maximum and back: seven published equations, and the reps-in-reserve chart.

The equations take reps to failure (evidence 3.5). The chart (evidence 3.4) takes reps and reps in reserve together,
as share of the one-rep maximum; it is what the estimate uses, with an exponent of the person's own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, Literal

import numpy as np

from openback.errors import BadSet

Equation = Literal["epley", "brzycki", "lander", "lombardi", "mayhew", "oconner", "wathen"]
EQUATIONS: Final[tuple[Equation, ...]] = (
    "epley",
    "brzycki",
    "lander",
    "lombardi",
    "mayhew",
    "oconner",
    "wathen",
)
MOST_TRUSTED_REPS: Final = 12  # evidence 3.5: beyond ten to twelve reps the equations part company

# Share of the one-rep maximum at 1, 1.5, 2, … 15 reps to failure, in per cent: evidence 3.4.
RTS_PER_CENT: Final = (
    *(100.0, 97.8, 95.5, 93.9, 92.2, 90.7, 89.2, 87.8, 86.3, 85.0, 83.7, 82.4, 81.1, 79.9, 78.6),
    *(77.4, 76.2, 75.1, 73.9, 72.3, 70.7, 69.4, 68.0, 66.7, 65.3, 64.0, 62.6, 61.3, 59.9),
)
_CHART_REPS: Final = np.arange(len(RTS_PER_CENT)) / 2 + 1
_CHART_LOG: Final = np.log(np.array(RTS_PER_CENT) / 100)
_CHART_END: Final = float(_CHART_REPS[-1])


def one_rep_max_kg(load_kg: float, reps: float, equation: Equation = "epley") -> float:
    """Return the load that could be lifted once, after `reps` to failure at `load_kg`; evidence 3.5.

    Raises BadSet below one rep, without a load, or where the equation has no answer (36 reps and more for some).
    """
    if reps < 1 or not load_kg > 0:
        raise BadSet(f"{reps:g} reps at {load_kg:g} kg say nothing about a one-rep maximum")
    if equation == "epley" and reps == 1:
        return load_kg
    factor = _factors(reps)[equation]
    if not factor > 0:
        raise BadSet(f"{reps:g} reps are more than the equation {equation!r} can take")
    return load_kg * factor


def _factors(reps: float) -> Mapping[Equation, float]:
    return {
        "epley": 1 + reps / 30,
        "brzycki": 36 / (37 - reps) if reps < 37 else math.nan,
        "lander": 100 / (101.3 - 2.67123 * reps) if reps < 37 else math.nan,
        "lombardi": reps**0.10,
        "mayhew": 100 / (52.2 + 41.9 * math.exp(-0.055 * reps)),
        "oconner": 1 + 0.025 * reps,
        "wathen": 100 / (48.8 + 53.8 * math.exp(-0.075 * reps)),
    }


def is_trusted(reps: float) -> bool:
    """Return whether a one-rep maximum from so many reps is worth showing without a warning."""
    return reps <= MOST_TRUSTED_REPS


def share_of_one_rm(reps: float, rir: float = 0.0) -> float:
    """Return the share of the one-rep maximum, 0 to 1, at which `reps` leave `rir` in reserve; evidence 3.4.

    Halves are in the chart, the rest is interpolated. Beyond its fifteen reps Epley's shape goes on (project default).
    """
    return math.exp(-log_cost(reps + rir))


def log_cost(reps_to_failure: float) -> float:
    """Return minus the logarithm of the share of the one-rep maximum; 0 at one rep or fewer."""
    if reps_to_failure <= _CHART_END:
        return -float(np.interp(reps_to_failure, _CHART_REPS, _CHART_LOG))
    return -float(_CHART_LOG[-1]) + math.log((30 + reps_to_failure) / (30 + _CHART_END))


def reps_at_cost(cost: float) -> float:
    """Return the reps to failure whose `log_cost` this is; below one rep it falls evenly to 0 and no further."""
    end = -float(_CHART_LOG[-1])
    if cost > end:
        return (30 + _CHART_END) * math.exp(cost - end) - 30
    if cost >= 0:
        return float(np.interp(cost, -_CHART_LOG, _CHART_REPS))
    first = -float(_CHART_LOG[2])  # from one rep to two
    return max(0.0, 1 + cost / first)
