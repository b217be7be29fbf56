"""A training log day by day: the best set of each day, and what else was done."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MOST_REPS: Final = 15  # sets beyond say little about strength (evidence 3.5) and are left out


@dataclass(frozen=True, slots=True)
class LoggedSet:
    """One set of a log: `day` counts from any day, `load` is in the unit the person logged."""

    lifter: str
    day: int
    exercise: str
    load: float
    reps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One exercise on one day: its best set, and the most reps at each other load, lightest first."""

    day: int
    load: float
    reps: float
    others: tuple[tuple[float, float], ...] = ()

    @property
    def value(self) -> float:
        """The best set as `load * (1 + reps / 30)`."""
        return epley_value(self.load, self.reps)


History = tuple[Day, ...]


def epley_value(load: float, reps: float) -> float:
    """Return `load * (1 + reps / 30)`, by which the sets of one day are compared; in the unit of the load."""
    return load * (30 + reps) / 30


def histories(sets: Iterable[LoggedSet]) -> Mapping[str, Mapping[str, History]]:
    """Return lifter -> exercise -> days in order; sets without load or beyond 1 to 15 reps are left out."""
    grouped: dict[str, dict[str, dict[int, list[tuple[float, float]]]]] = defaultdict(dict)
    for one in sets:
        if one.load > 0 and 1 <= one.reps <= MOST_REPS and math.isfinite(one.load):
            days = grouped[one.lifter].setdefault(one.exercise, {})
            days.setdefault(one.day, []).append((one.load, one.reps))
    return {
        lifter: {
            name: tuple(_day(day, days[day]) for day in sorted(days)) for name, days in exercises.items()
        }
        for lifter, exercises in grouped.items()
    }


def _day(day: int, sets: Sequence[tuple[float, float]]) -> Day:
    load, reps = best_of(sets)
    # Sorted: of one load the most reps come last, and stay.
    others = {other: done for other, done in sorted(sets) if other != load}
    return Day(day=day, load=load, reps=reps, others=tuple(others.items()))


def best_of(sets: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the (load, reps) of the greatest value; of equal ones the heaviest, whatever the unit and order."""
    top = max(epley_value(load, reps) for load, reps in sets)
    return max((load, reps) for load, reps in sets if epley_value(load, reps) >= top * (1 - 1e-9))
