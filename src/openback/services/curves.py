"""How strength in an exercise went, with its band."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from openback.model.exercise import Exercise
from openback.model.strength import Strength
from openback.progress.forecast import Course, forecast_rules, strength_fan
from openback.progress.review import signed
from openback.services.app import App
from openback.services.counting import local_day, midnight
from openback.services.views import StrengthCurve, StrengthPoint
from openback.services.who import known_person
from openback.training.strength.change import log_change
from openback.training.strength.constants import estimate_constants
from openback.training.strength.estimate import Z80, strength_path
from openback.training.strength.priors import body_mass_prior_of
from openback.units import Units, lb_from_kg

SHOWN_D: Final = 2 * 365  # a curve shows two years
FEWEST_DAYS: Final = 3  # a line through two days says nothing
FINE_BELOW: Final = 20  # of a light load a decimal matters
# Below this share of body mass a one-rep maximum in kilograms means nothing to a person: their reps tell.
LEAST_BODY_SHARE: Final = 0.6


def strength_curve(app: App, exercise: Exercise) -> StrengthCurve | None:
    """Return the estimate after each day of training in two years, None without a set that tells strength."""
    path = strength_path_of(app, exercise)
    if not path:
        return None
    fan = fan_of(app, path)
    return StrengthCurve(
        exercise=exercise,
        points=tuple(_point(strength) for strength in path),
        change_text=change_text(path),
        fan=fan,
        forecast_text=forecast_text(fan, known_person(app).units) if fan else "",
    )


def strength_path_of(app: App, exercise: Exercise, *, until: date | None = None) -> tuple[Strength, ...]:
    """Return the strength after each day of training in the two years up to a day, today by default.

    Empty where no set tells strength, and where a one-rep maximum would mean nothing to a person.
    """
    person = app.store.person(app.person_id)
    if person is None or (exercise.load == "body" and exercise.body_mass_share < LEAST_BODY_SHARE):
        return ()
    last = until or app.today
    since, end = midnight(last - timedelta(days=SHOWN_D)), midnight(last + timedelta(days=1))
    sets = app.store.sets_of(app.person_id, exercise.id, start=since, end=end)
    prior = body_mass_prior_of(exercise, person)
    return strength_path(sets, exercise=exercise, mass_kg=person.mass_kg, prior=prior, day_of=local_day)


def _point(strength: Strength) -> StrengthPoint:
    return StrengthPoint(
        on=date.fromordinal(strength.day),
        one_rm_kg=strength.one_rm_kg,
        low_kg=strength.low_kg,
        high_kg=strength.high_kg,
    )


def course_of(path: Sequence[Strength]) -> Course | None:
    """Return how a lift stands at the end of a path, None where too little is known to say where it goes."""
    rules, last = forecast_rules(), path[-1]
    if len(path) < rules.fewest_days or last.day - path[0].day < rules.shortest_d:
        return None
    change = log_change([one for one in path if one.day > last.day - 7 * rules.own_weeks])
    return Course(
        log_rm=math.log(last.one_rm_kg),
        sd_log=math.log(last.high_kg / last.low_kg) / (2 * Z80),
        weeks_done=(last.day - path[0].day) / 7,
        change_log=change.log,
        change_sd_log=change.sd_log,
        change_days=change.days,
        walk_log=estimate_constants().walk_log,
    )


def fan_of(app: App, path: Sequence[Strength]) -> tuple[StrengthPoint, ...]:
    """Return where strength goes when training goes on as it does; empty where too little is known to say.

    In pregnancy and in the months after a birth there is none: what is sensible then is no question of growth.
    """
    person, course, last = known_person(app), course_of(path), path[-1]
    quiet_d = app.today.toordinal() - last.day
    expecting = person.pregnancy_week is not None or person.weeks_since_birth is not None
    if course is None or expecting or quiet_d > forecast_rules().quiet_d:
        return ()
    points = strength_fan(course, person.experience, since_last_d=max(0, quiet_d))
    return tuple(
        StrengthPoint(
            on=date.fromordinal(last.day + point.days),
            one_rm_kg=point.best_kg,
            low_kg=point.low_kg,
            high_kg=point.high_kg,
        )
        for point in points
    )


def forecast_text(fan: Sequence[StrengthPoint], units: Units) -> str:
    """Return the end of a fan in a sentence."""
    last = fan[-1]
    shown = [
        kg if units == "metric" else lb_from_kg(kg) for kg in (last.low_kg, last.one_rm_kg, last.high_kg)
    ]
    low, best, high = (f"{value:.{1 if shown[0] < FINE_BELOW else 0}f}" for value in shown)
    unit = "kg" if units == "metric" else "lb"
    by = f"{last.on.day} {last.on:%B}"
    return f"If you go on as you do, about {best} {unit} by {by}, most likely {low} to {high} {unit}."


def change_text(path: Sequence[Strength]) -> str:
    """Return how strength changed over the path, with the 80 % band of the change."""
    if len(path) < FEWEST_DAYS:
        return "Too early to say; three days of training tell."
    change = log_change(path)
    low, middle, high = change.percent
    weeks = max(1, round(change.days / 7))
    over = f"in {weeks} week{'s' if weeks != 1 else ''}"
    if low <= 0 <= high:
        return f"No clear change {over} (likely {signed(low)} to {signed(high)} %)."
    word = "Up" if middle > 0 else "Down"
    near, far = sorted((abs(low), abs(high)))
    return f"{word} {abs(middle):.0f} % {over} (likely {near:.0f} to {far:.0f} %)."
