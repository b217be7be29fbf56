"""How strength in an exercise went, with its band."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from openback.model.exercise import Exercise
from openback.model.strength import Strength
from openback.progress.review import signed
from openback.services.app import App
from openback.services.counting import local_day, midnight
from openback.services.views import StrengthCurve, StrengthPoint
from openback.training.strength.change import log_change
from openback.training.strength.estimate import strength_path
from openback.training.strength.priors import body_mass_prior_of

SHOWN_D: Final = 2 * 365  # a curve shows two years
FEWEST_DAYS: Final = 3  # a line through two days says nothing
# Below this share of body mass a one-rep maximum in kilograms means nothing to a person: their reps tell.
LEAST_BODY_SHARE: Final = 0.6


def strength_curve(app: App, exercise: Exercise) -> StrengthCurve | None:
    """Return the estimate after each day of training in two years, None without a set that tells strength."""
    path = strength_path_of(app, exercise)
    if not path:
        return None
    points = tuple(_point(strength) for strength in path)
    return StrengthCurve(exercise=exercise, points=points, change_text=change_text(path))


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
