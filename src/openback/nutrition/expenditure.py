"""What a day takes, learned from weights and the food log, with an 80 % band. Evidence 7.5.

Days without a weight, days that were not logged or only in part, swings of water, the menstrual cycle and weights
that are plainly off are all cared for. What is learned is the energy that fits the log: who logs less than they eat
gets a smaller number, and it is still the right one to plan with, as long as the log stays the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from openback.model.eating import DayIntake, Expenditure, FoodWishes
from openback.model.person import Person
from openback.nutrition.body_fat import body_of, lean_kg
from openback.nutrition.energy import estimated_kcal, prior_sd_share
from openback.nutrition.energy_data import energy_data
from openback.nutrition.expenditure_filter import (
    ADAPT,
    ENERGY,
    SHIFT,
    STATES,
    TISSUE,
    Day,
    Known,
    Learned,
    filter_numbers,
    learn,
)
from openback.nutrition.hall import hall_constants, kcal_per_kg

Floats = NDArray[np.float64]
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is known of a person before any log: expenditure by the equation, and its standard deviation.

    `density_kcal_per_kg` is the energy of a kilogram of slow weight change; `cycle_starts` are first days of periods.
    """

    expenditure_kcal: float
    expenditure_sd_kcal: float
    mass_kg: float
    density_kcal_per_kg: float
    cycle_starts: tuple[date, ...] = ()


def prior_of(person: Person, wishes: FoodWishes, *, today: date, mass_kg: float | None = None) -> Prior:
    """Return what the equations say of a person; `mass_kg` is the weight at the start of the log."""
    body = body_of(person, today=today, mass_kg=mass_kg)
    best = estimated_kcal(person, wishes, body)[1]
    fat_kg = body.mass_kg - lean_kg(body, wishes.body_fat_share)
    return Prior(
        expenditure_kcal=best,
        expenditure_sd_kcal=prior_sd_share(body) * best,
        mass_kg=body.mass_kg,
        density_kcal_per_kg=kcal_per_kg(fat_kg),
        cycle_starts=tuple(sorted(wishes.cycle_starts)) if wishes.tracks_cycle else (),
    )


def learn_expenditure(days: Sequence[DayIntake], prior: Prior) -> tuple[Expenditure, ...]:
    """Return weight and expenditure of every day from the first to the last of `days`, gaps included.

    The weight is the one behind the scatter: without the cycle, a day's water and the scale's noise. Nothing is learned, and the
    answer is empty, before the first weight. Past days are seen with all that came later.
    """
    case = _case(_every_day(days), prior)
    return () if case is None else case.told(learn(case.days, case.known), 0)


def latest_expenditure(days: Sequence[DayIntake], prior: Prior) -> Expenditure | None:
    """Return the last one of `learn_expenditure`, in less time; None before the first weight."""
    case = _case(_every_day(days), prior)
    if case is None:
        return None
    return case.told(learn(case.days, case.known, look_back=False), len(case.days) - 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """The days of a log as the filter takes them; `lately_kcal` (n,) is what was eaten in the week before each."""

    on: tuple[date, ...]
    days: tuple[Day, ...]
    known: Known
    lately_kcal: Floats

    def told(self, learned: Learned, first: int) -> tuple[Expenditure, ...]:
        """Return the answer of each day from the `first` on: expenditure as it is now."""
        return tuple(
            Expenditure(
                on=self.on[at],
                mass_kg=_band(learned, at, *self._weight(at), more_sd=filter_numbers().slow_water_kg),
                expenditure_kcal=_band(learned, at, *self._spent(at)),
            )
            for at in range(first, len(self.on))
        )

    def _weight(self, at: int) -> tuple[Floats, float]:
        """Return how the weight behind the scatter is made: with the water that goes with a week's food, not a day's."""
        row = np.zeros(STATES)
        row[[TISSUE, SHIFT]] = 1.0
        lately = float(self.lately_kcal[at])
        if not np.isfinite(lately):
            return row, 0.0
        pull = filter_numbers().water_kg_per_share / self.known.expenditure_kcal
        row[ENERGY] -= pull
        return row, pull * lately

    def _spent(self, at: int) -> tuple[Floats, float]:
        """Return how the expenditure is made of the state and a constant: digestion, adaptation and weight count."""
        n, meal = filter_numbers(), hall_constants().meal_share
        row = np.zeros(STATES)
        row[[ENERGY, ADAPT, TISSUE]] = 1.0, 1.0, n.mass_kcal_per_kg
        constant = -n.mass_kcal_per_kg * self.known.mass_kg
        lately = float(self.lately_kcal[at])
        if np.isfinite(lately):
            row[ENERGY] -= meal
            constant += meal * lately
        return row, constant


def _case(days: Sequence[DayIntake], prior: Prior) -> _Case | None:
    weights = [day.mass_kg for day in days if day.mass_kg is not None]
    if not weights:
        return None
    intake, sd_kcal = _intake(days, prior)
    return _Case(
        on=tuple(day.on for day in days),
        days=tuple(
            Day(
                mass_kg=day.mass_kg,
                intake_kcal=None if np.isnan(kcal) else float(kcal),
                intake_sd_kcal=float(sd),
                phase=_phase(day.on, prior.cycle_starts),
            )
            for day, kcal, sd in zip(days, intake, sd_kcal, strict=True)
        ),
        known=Known(
            mass_kg=median(weights[:3]),
            expenditure_kcal=prior.expenditure_kcal,
            expenditure_sd_kcal=prior.expenditure_sd_kcal,
            density=prior.density_kcal_per_kg,
            tracks_cycle=bool(prior.cycle_starts),
        ),
        lately_kcal=_lately(intake),
    )


def _every_day(days: Sequence[DayIntake]) -> list[DayIntake]:
    """Return one entry for each day from the first to the last; a day that is there twice is its last entry."""
    if not days:
        return []
    by_day = {day.on: day for day in days}
    first, last = min(by_day), max(by_day)
    empty = DayIntake(on=first, energy_kcal=None, mass_kg=None)
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [by_day.get(on, replace(empty, on=on)) for on in every]


def _intake(days: Sequence[DayIntake], prior: Prior) -> tuple[Floats, Floats]:
    """Return what was eaten on each day and its standard deviation, in kcal; NaN where nothing is known.

    A day that was not logged is taken as the usual of the days about it. A day with far less than usual was logged
    only in part, and counts as not logged.
    """
    n = filter_numbers()
    logged = np.array([np.nan if day.energy_kcal is None else day.energy_kcal for day in days], dtype=float)
    if np.isfinite(logged).any():
        logged[logged < n.partial_below_share * min(float(np.nanmedian(logged)), prior.expenditure_kcal)] = (
            np.nan
        )
    known = np.flatnonzero(np.isfinite(logged))
    sd = np.full(len(days), n.log_sd_share * prior.expenditure_kcal)
    for at in np.flatnonzero(np.isnan(logged)):
        apart = np.abs(known - at)
        if not len(known) or apart.min() > n.unknown_after_days:
            sd[at] = (
                n.unknown_sd_share * prior.expenditure_kcal * np.sqrt(_WEEK)
            )  # a whole week may be off together
            continue
        weight = np.exp(-apart / n.usual_days)
        logged[at] = float(weight @ np.where(np.isfinite(logged[known]), logged[known], 0.0) / weight.sum())
        sd[at] = n.day_sd_share * prior.expenditure_kcal
    return logged, sd


def _phase(on: date, starts: Sequence[date]) -> float | None:
    """Return the place in the cycle, 0 to 1: from one known start to the next, else with the usual length."""
    if not starts:
        return None
    usual = _usual_cycle_days(starts)
    earlier = [start for start in starts if start <= on]
    later = [start for start in starts if start > on]
    if not earlier:
        return (-(later[0] - on).days / usual) % 1
    since = (on - earlier[-1]).days
    length = (later[0] - earlier[-1]).days if later else usual
    if not 18 <= length <= 45:  # a start was not written down
        length = usual
    return (since / length) % 1


def _usual_cycle_days(starts: Sequence[date]) -> float:
    apart = [(b - a).days for a, b in pairwise(starts)]
    sane = [days for days in apart if 18 <= days <= 45]
    return float(median(sane)) if sane else filter_numbers().cycle_days


def _lately(intake: Floats) -> Floats:
    """Return the mean intake of the week before each morning (n,); NaN where nothing is known."""
    found = np.full(len(intake), np.nan)
    for at in range(len(intake)):
        week = intake[max(at - _WEEK, 0) : max(at, 1)]
        if np.isfinite(week).any():
            found[at] = np.nanmean(week)
    return found


def _band(
    learned: Learned, at: int, row: Floats, constant: float, *, more_sd: float = 0.0
) -> tuple[float, float, float]:
    """Return low, best and high of a sum over the state, over all scatters by their weights.

    `more_sd` is the spread of what the state does not hold.
    """
    means = learned.mean[at] @ row + constant
    variances = np.maximum(learned.cov[at] @ row @ row, 0.0)
    best = float(learned.weight @ means)
    spread = float(learned.weight @ (variances + (means - best) ** 2)) + more_sd**2
    half = energy_data().prior.band_z * float(np.sqrt(spread))
    return best - half, best, best + half
