"""Where the weight goes when somebody eats so much a day: the dynamic model with the band of what is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from openback.model.eating import Expenditure, FoodWishes
from openback.model.person import Person
from openback.nutrition.body_fat import body_of, lean_kg
from openback.nutrition.energy import estimated_kcal, resting_kcal
from openback.nutrition.energy_data import energy_data
from openback.nutrition.expenditure_filter import filter_numbers
from openback.nutrition.hall import path_of, start_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastPoint:
    """The weight on a day: an 80 % band about the best guess."""

    on: date
    low_kg: float
    best_kg: float
    high_kg: float


def forecast_mass(  # noqa: PLR0913 - what is known of a person, and what they will eat
    person: Person,
    wishes: FoodWishes,
    *,
    today: date,
    intake_kcal: float,
    expenditure: Expenditure | None = None,
    days: int = 182,
    every: int = 7,
) -> tuple[ForecastPoint, ...]:
    """Return the weight from today on, every `every` days, when `intake_kcal` is eaten each day.

    It starts from what was learned (`expenditure`), else from the profile and the equations. The band holds what is
    not known about expenditure and today's weight; that life goes on as planned is assumed, and that is the larger
    part of what nobody knows. In pregnancy there is no forecast: the model does not know it.
    """
    if person.pregnancy_week is not None:
        return ()
    mass = _weighed_once(person.mass_kg) if expenditure is None else expenditure.mass_kg
    body = body_of(person, today=today, mass_kg=mass[1])
    known = estimated_kcal(person, wishes, body) if expenditure is None else expenditure.expenditure_kcal
    fat_kg = body.mass_kg - lean_kg(body, wishes.body_fat_share)
    rest = resting_kcal(body, "mifflin_exact")
    paths = [
        path_of(
            start_of(body, activity_level=max(kcal / rest, 1.05), fat_kg=fat_kg), np.full(days, intake_kcal)
        ).mass_kg
        for kcal in known
    ]
    heavier, best, lighter = paths  # who takes less ends heavier
    return tuple(
        ForecastPoint(
            on=today + timedelta(days=day),
            low_kg=float(best[day] - math.hypot(best[day] - lighter[day], mass[1] - mass[0])),
            best_kg=float(best[day]),
            high_kg=float(best[day] + math.hypot(heavier[day] - best[day], mass[2] - mass[1])),
        )
        for day in range(0, days + 1, every)
    )


def _weighed_once(mass_kg: float) -> tuple[float, float, float]:
    """Return the band of a weight that one look at a scale gave."""
    scale = filter_numbers()
    scatter = sum(sd * share for sd, share in zip(scale.scale_sd_kg, scale.scale_weight, strict=True))
    half = energy_data().prior.band_z * scatter
    return mass_kg - half, mass_kg, mass_kg + half
