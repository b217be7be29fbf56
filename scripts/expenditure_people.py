"""Made people whose expenditure is known: how they eat, weigh and log, for measuring what is learned of them.

They live by the dynamic model of body weight, not by the filter's own: their carbohydrate changes when a diet starts,
salt moves water from day to day, activity drifts, and the equation that the filter starts from does not know them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openback.model.eating import Activity, DayIntake, FoodWishes
from openback.model.person import Person
from openback.nutrition.body_fat import body_of, lean_kg
from openback.nutrition.energy import estimated_kcal, resting_kcal
from openback.nutrition.hall import HallPath, HallStart, path_of, start_of

Floats = NDArray[np.float64]
BEGAN: Final = date(2026, 1, 5)
ACTIVITIES: Final[tuple[Activity, ...]] = ("inactive", "low_active", "active")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a population weighs and logs; spans are drawn from evenly."""

    scale_sd_kg: tuple[float, float] = (0.6, 0.8)
    missing_share: tuple[float, float] = (0.1, 0.3)
    equation_sd_share: float = 0.11
    women_share: float = 0.6
    most_years: float = 65
    cycle_share: float = 0.65  # of women under 49; hormones flatten that of the others
    tracked_share: float = 0.6  # of those
    under_report_share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A made person with what they told (`days`) and what is true: `spent_kcal` (n,) of each day.

    It is the energy that fits their log: what they leave out of the log is taken off. `scale_sd_kg` is the scatter of
    their scale. What is to be learned is the mean of the last week.
    """

    person: Person
    wishes: FoodWishes
    days: tuple[DayIntake, ...]
    spent_kcal: Floats
    eaten_kcal: Floats
    mass_kg: Floats
    scale_sd_kg: float
    has_cycle: bool


def made_people(count: int, *, days: int, seed: int, habit: Habit | None = None) -> Iterator[Made]:
    """Yield `count` people who log for `days` days."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        yield _made(np.random.default_rng(rng.integers(2**63)), days, habit or Habit())


def _person(rng: np.random.Generator, habit: Habit) -> Person:
    female = rng.random() < habit.women_share
    height_cm = float(rng.normal(165, 6.5) if female else rng.normal(178, 7))
    bmi = float(np.clip(rng.lognormal(np.log(25.5), 0.15), 19, 38))
    return Person(
        sex="female" if female else "male",
        birth_date=BEGAN - timedelta(days=int(rng.uniform(20, habit.most_years) * 365.25)),
        height_cm=height_cm,
        mass_kg=bmi * (height_cm / 100) ** 2,
        experience="some",
        goals=("tone",),
        days_per_week=3,
        minutes_per_session=30,
    )


def _made(rng: np.random.Generator, days: int, habit: Habit) -> Made:
    person = _person(rng, habit)
    wishes = FoodWishes(activity=ACTIVITIES[rng.integers(len(ACTIVITIES))])
    body = body_of(person, today=BEGAN)
    equation = estimated_kcal(person, wishes, body)[1]
    true_kcal = max(
        equation * rng.normal(1, habit.equation_sd_share), 1.05 * resting_kcal(body, "mifflin_exact")
    )
    fat_kg = body.mass_kg * float(np.clip(1 - lean_kg(body) / body.mass_kg + rng.normal(0, 0.04), 0.05, 0.6))
    start = start_of(body, activity_level=true_kcal / resting_kcal(body, "mifflin_exact"), fat_kg=fat_kg)
    eaten = _eaten(rng, equation, days)
    path = _lived(rng, start, eaten)
    cycle = _cycle(rng, habit, person, days)
    told = _told(rng, habit, path, eaten, cycle)
    if cycle is not None and cycle.tracked:
        wishes = FoodWishes(activity=wishes.activity, tracks_cycle=True, cycle_starts=cycle.starts)
    spent = 0.5 * (path.expenditure_kcal[:-1] + path.expenditure_kcal[1:])
    return Made(
        person=person,
        wishes=wishes,
        days=told.days,
        spent_kcal=spent - habit.under_report_share * eaten,
        eaten_kcal=eaten,
        mass_kg=path.mass_kg,
        scale_sd_kg=told.scale_sd_kg,
        has_cycle=cycle is not None,
    )


def _eaten(rng: np.random.Generator, equation_kcal: float, days: int) -> Floats:
    """Return what is eaten each day: a plan made from the equation, kept about so well, more at weekends."""
    change = float(rng.choice([-rng.uniform(250, 500), 0.0, rng.uniform(150, 300)], p=[0.65, 0.2, 0.15]))
    usual = max(equation_kcal + change + rng.normal(0, 100), 1100.0)
    weekend = np.where(np.arange(days) % 7 >= 5, 1.1, 0.96)
    return np.maximum(usual * weekend * rng.normal(1, rng.uniform(0.1, 0.2), days), 500.0)


def _lived(rng: np.random.Generator, start: HallStart, eaten: Floats) -> HallPath:
    """Return the body's path: other carbohydrate from the first day on, salt that swings, activity that drifts."""
    days = len(eaten)
    drift_kcal = np.cumsum(rng.normal(0, 6, days))
    moving = start.move_kcal_per_kg * start.mass_kg
    return path_of(
        start,
        eaten,
        carbohydrate_share=float(np.clip(0.5 + rng.normal(-0.03, 0.05), 0.3, 0.6)),
        sodium_more_mg=rng.normal(0, 900, days),
        move_share=np.maximum(1 + drift_kcal / max(moving, 100.0), 0.0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cycle:
    starts: tuple[date, ...]
    water_kg: Floats
    tracked: bool


def _cycle(rng: np.random.Generator, habit: Habit, person: Person, days: int) -> _Cycle | None:
    """Return the water of a menstrual cycle: a rise in the days about the first of each period. None for many."""
    if person.sex == "male" or person.age_years(BEGAN) > 48 or rng.random() >= habit.cycle_share:
        return None
    first = -float(rng.uniform(0, 28))
    starts = [first]
    while starts[-1] < days + 30:
        starts.append(starts[-1] + float(np.clip(rng.normal(28.5, 2.5), 22, 38)))
    at = np.arange(days)
    peak_kg, width = rng.uniform(0.3, 1.0), rng.uniform(2.5, 4.5)
    apart = at - (np.array(starts) + rng.normal(0, 1, len(starts)))[:, None]
    rise: Floats = np.exp(-0.5 * (apart / width) ** 2).sum(axis=0)
    known = tuple(BEGAN + timedelta(days=round(start)) for start in starts if start < days)
    return _Cycle(starts=known, water_kg=peak_kg * rise, tracked=bool(rng.random() < habit.tracked_share))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    days: tuple[DayIntake, ...]
    scale_sd_kg: float


def _told(
    rng: np.random.Generator, habit: Habit, path: HallPath, eaten: Floats, cycle: _Cycle | None
) -> _Told:
    """Return what is written down: scatter, slips, and days left out, more often after eating more."""
    days = len(eaten)
    scatter = float(rng.uniform(*habit.scale_sd_kg))
    mass = path.mass_kg[:-1] + rng.normal(0, scatter, days)
    mass += 0.0 if cycle is None else cycle.water_kg
    mass += np.where(rng.random(days) < 0.01, rng.normal(0, 2.5, days), 0.0)  # boots, a wrong key
    weighed = rng.random(days) >= rng.uniform(*habit.missing_share)
    weighed[0] = True
    more = eaten > np.median(eaten)
    logged = rng.random(days) >= rng.uniform(*habit.missing_share) * np.where(more, 1.2, 0.8)
    log = eaten * (1 - habit.under_report_share) * rng.normal(1, 0.08, days)
    partial = rng.random(days) < 0.02
    log = np.where(partial, log * rng.uniform(0.15, 0.35, days), log)
    told = tuple(
        DayIntake(
            on=BEGAN + timedelta(days=number),
            energy_kcal=float(log[number]) if logged[number] else None,
            mass_kg=round(float(mass[number]), 1) if weighed[number] else None,
        )
        for number in range(days)
    )
    return _Told(days=told, scale_sd_kg=scatter)
