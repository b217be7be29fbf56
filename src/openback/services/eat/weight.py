"""Weight with its trend, the expenditure learned from it, the forecast, body fat side by side, and measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from openback.errors import BadMeasure
from openback.model.eating import BodyMeasures, DayIntake, Expenditure
from openback.model.log import MassLog
from openback.nutrition.body_fat import body_fat_estimates, body_of, healthy_ranges
from openback.nutrition.forecast import forecast_mass
from openback.nutrition.goals import check_mass
from openback.services.app import App
from openback.services.counting import midnight
from openback.services.eat.intake import mass_by_day
from openback.services.eat.log import token_of
from openback.services.eat.targets import Known, expenditure_text, known_eater
from openback.services.eat.views import BodyFatView, ForecastPoint, WeightPoint, WeightView
from openback.services.eat.wishes import keep_cycle_start
from openback.services.who import known_person
from openback.units import Units, shown_mass

__all__ = [
    "delete_cycle_start",
    "delete_mass",
    "delete_mass_of_day",
    "delete_measures",
    "keep_cycle_start",
    "keep_mass",
    "keep_measures",
    "weight",
]

FORECAST_D: Final = 182
FORECAST_EVERY_D: Final = 7
TREND_D: Final = 28  # over which the pace is told
STEADY_KG_PER_WEEK: Final = 0.1  # project default: less than this is called steady
LONGEST_SIZE_CM: Final = (15.0, 250.0)
SKINFOLD_MM: Final = (1.0, 120.0)
SHARE: Final = (0.02, 0.7)


# --- Looking --------------------------------------------------------------------------------------


def weight(app: App, since: date | None = None) -> WeightView:
    """Return the weight since a day, of the last half year by default. Raises NoProfileYet."""
    known_now = known_eater(app, every_day=True)
    measures = tuple(reversed(app.store.measures(app.person_id)))
    masses = app.store.masses(app.person_id)
    target_kg = known_now.wishes.target_mass_kg
    forecast = _forecast(app, known_now)
    return WeightView(
        points=_points(app, known_now, since),
        latest_kg=masses[-1].mass_kg if masses else None,
        trend_text=trend_text(known_now),
        expenditure_kcal=known_now.targets.expenditure_kcal,
        learned=known_now.trusted,
        expenditure_text=expenditure_text(known_now),
        forecast=forecast,
        forecast_text=_forecast_text(known_now, forecast),
        rate_kg_per_week=known_now.targets.rate_kg_per_week,
        target_mass_kg=target_kg,
        body_fat=_body_fat(app, known_now, _latest_sizes(measures)),
        healthy_text=_healthy_text(app, known_now),
        measures=measures,
        tracks_cycle=known_now.wishes.tracks_cycle,
        cycle_starts=known_now.wishes.cycle_starts,
        stops=known_now.targets.stops,
    )


def _points(app: App, known_now: Known, since: date | None) -> tuple[WeightPoint, ...]:
    weighed = mass_by_day(app.store.masses(app.person_id, start=None if since is None else midnight(since)))
    learned: Mapping[date, Expenditure] = {one.on: one for one in known_now.learned}
    days: Mapping[date, DayIntake] = {day.on: day for day in known_now.days}
    return tuple(
        _point(on, weighed.get(on), learned.get(on), days.get(on))
        for on in sorted({*weighed, *learned})
        if since is None or on >= since
    )


def _point(
    on: date, weighed_kg: float | None, learned: Expenditure | None, day: DayIntake | None
) -> WeightPoint:
    return WeightPoint(
        on=on,
        weighed_kg=weighed_kg,
        trend_kg=None if learned is None else learned.mass_kg,
        expenditure_kcal=None if learned is None else learned.expenditure_kcal,
        eaten_kcal=None if day is None else day.energy_kcal,
    )


def trend_text(known_now: Known) -> str:
    """Return the weight behind the scatter and its pace; empty before the first weight."""
    units = known_now.person.units
    if not any(day.mass_kg is not None for day in known_now.days) or not known_now.learned:
        return ""
    low, best, high = known_now.learned[-1].mass_kg
    said = f"{_kg(best, units)}, between {_kg(low, units)} and {_kg(high, units)}"
    pace = _kg_per_week(known_now)
    if pace is None:
        return f"{said}."
    if abs(pace) < STEADY_KG_PER_WEEK:
        return f"{said}; steady over the last four weeks."
    way = "less" if pace < 0 else "more"
    return f"{said}; about {_kg(abs(pace), units)} {way} a week over the last four weeks."


def _kg(mass_kg: float, units: Units) -> str:
    """Return a mass in tenths, as scales have it."""
    return shown_mass(round(mass_kg, 1), units)


def _kg_per_week(known_now: Known) -> float | None:
    last = known_now.learned[-1]
    weighed = [day.on for day in known_now.days if day.mass_kg is not None]
    start = max(last.on - timedelta(days=TREND_D), weighed[0])
    first = next(one for one in known_now.learned if one.on >= start)
    days = (last.on - first.on).days
    return None if days < TREND_D / 2 else 7 * (last.mass_kg[1] - first.mass_kg[1]) / days


def _forecast(app: App, known_now: Known) -> tuple[ForecastPoint, ...]:
    """Return where the weight goes with the energy that is planned, week by week; none without a weight."""
    energy = known_now.targets.targets.get("energy")
    if energy is None or not any(day.mass_kg is not None for day in known_now.days):
        return ()
    low = energy.low if energy.low is not None else energy.high or 0.0
    high = energy.high if energy.high is not None else low
    points = forecast_mass(
        known_now.person,
        known_now.wishes,
        today=app.today,
        intake_kcal=(low + high) / 2,
        expenditure=known_now.learned[-1] if known_now.trusted else None,
        days=FORECAST_D,
        every=FORECAST_EVERY_D,
    )
    return tuple(
        ForecastPoint(on=point.on, low_kg=point.low_kg, best_kg=point.best_kg, high_kg=point.high_kg)
        for point in points
    )


def _forecast_text(known_now: Known, forecast: tuple[ForecastPoint, ...]) -> str:
    if not forecast:
        return ""
    units, last = known_now.person.units, forecast[-1]
    low, best, high = (_kg(kg, units) for kg in (last.low_kg, last.best_kg, last.high_kg))
    month = f"{last.on:%B %Y}"
    return f"If you eat as planned, {best} in {month}, most likely between {low} and {high}."


def _latest_sizes(measures: tuple[BodyMeasures, ...]) -> BodyMeasures | None:
    """Return the latest of each size, whatever day it is of; None when nothing was measured."""
    if not measures:
        return None
    names = [one.name for one in fields(BodyMeasures) if one.name != "on"]
    sizes = {
        name: next((value for one in measures if (value := getattr(one, name)) is not None), None)
        for name in names
    }
    return BodyMeasures(on=measures[0].on, **sizes)


def _body_fat(app: App, known_now: Known, sizes: BodyMeasures | None) -> tuple[BodyFatView, ...]:
    found = body_fat_estimates(known_now.person, sizes, today=app.today, mass_kg=known_now.mass_kg)
    return tuple(
        BodyFatView(name=one.name, percent=one.percent, error=one.error, note=one.note) for one in found
    )


def _healthy_text(app: App, known_now: Known) -> str:
    body = body_of(known_now.person, today=app.today, mass_kg=known_now.mass_kg)
    low, high = healthy_ranges(body).body_fat_percent
    return f"Healthy at your age: {low:.0f} to {high:.0f} % body fat (Gallagher and others, 2000)."


# --- Writing --------------------------------------------------------------------------------------


def keep_mass(app: App, mass_kg: float, at: datetime | None = None) -> UUID | None:
    """Keep a weight, of now by default; return the token that takes it back.

    Raises NoProfileYet, or BadWeight for one that nobody has or that is too far from the last.
    """
    known_person(app)
    at = at or app.now()
    before = [mass for mass in app.store.masses(app.person_id) if mass.at < at]
    last = before[-1] if before else None
    check_mass(
        mass_kg,
        last_kg=None if last is None else last.mass_kg,
        days_since=None if last is None else (at - last.at).total_seconds() / 86400,
    )
    return token_of(app.store.weigh(app.person_id, MassLog(at=at, mass_kg=mass_kg)))


def delete_mass(app: App, at: datetime) -> UUID | None:
    """Take a weight away; return the token that brings it back, None when it was not there."""
    return token_of(app.store.take_weight(app.person_id, at))


def delete_mass_of_day(app: App, on: date) -> UUID | None:
    """Take every weight of a day away; one token brings all of them back, None when there was none."""
    masses = app.store.masses(app.person_id, start=midnight(on), end=midnight(on + timedelta(days=1)))
    token: UUID | None = None
    with app.store.transaction():
        for mass in masses:
            token = delete_mass(app, mass.at)
    return token


def keep_measures(app: App, measures: BodyMeasures) -> UUID | None:
    """Keep what was measured on a day, over what was there; return the token that takes it back.

    Raises BadMeasure for a size that no body has.
    """
    if measures.on > app.today:
        raise BadMeasure(f"{measures.on.isoformat()} is still to come")
    sizes = {one.name: getattr(measures, one.name) for one in fields(measures) if one.name != "on"}
    if all(value is None for value in sizes.values()):
        raise BadMeasure("nothing was measured")
    for name, value in sizes.items():
        low, high = _bounds(name)
        if value is not None and not low <= value <= high:
            raise BadMeasure(f"{name} is {value:g}, it must be {low:g} to {high:g}")
    return token_of(app.store.put_measures(app.person_id, measures))


def _bounds(name: str) -> tuple[float, float]:
    if name.endswith("_share"):
        return SHARE
    return SKINFOLD_MM if name.endswith("_mm") else LONGEST_SIZE_CM


def delete_measures(app: App, on: date) -> UUID | None:
    """Take what was measured on a day away; return the token that brings it back, None when nothing was."""
    return token_of(app.store.delete_measures(app.person_id, on))


def delete_cycle_start(app: App, on: date) -> UUID | None:
    """Take the first day of a period away; return the token that brings it back."""
    return keep_cycle_start(app, on, there=False)
