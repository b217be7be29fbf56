"""A day's targets: from what was learned of the person as soon as there is enough, from equations before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openback.model.eating import DayIntake, Expenditure, FoodTargets, FoodWishes, Target
from openback.model.nutrients import NUTRIENT
from openback.model.person import Person
from openback.nutrition.expenditure import Prior, latest_expenditure, learn_expenditure, prior_of
from openback.nutrition.targets import food_targets
from openback.services.app import App
from openback.services.eat.intake import days_so_far, training_kcal_per_day
from openback.services.eat.views import TargetRow, TargetsView
from openback.services.eat.wishes import wishes_now
from openback.services.who import known_profile

# Project defaults: before there is this much, the equation knows more than the log.
LEARN_WEIGHTS: Final = 6
LEARN_LOGGED_D: Final = 10
LEARN_SPAN_D: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of somebody who eats: wishes, the days so far, what was learned of them, today's targets.

    `learned` ends with the last day that is known, empty without a single weight or logged day; `trusted` says whether the targets stand on it.
    """

    person: Person
    wishes: FoodWishes
    days: tuple[DayIntake, ...]
    learned: tuple[Expenditure, ...]
    trusted: bool
    mass_kg: float
    training_kcal: float | None
    targets: FoodTargets


def known_eater(app: App, *, every_day: bool = False) -> Known:
    """Return what is known of the person today, with `every_day` also what was learned of each day before.

    Raises NoProfileYet before the questions.
    """
    person, wishes = known_profile(app).person, wishes_now(app)
    days = days_so_far(app)
    learned = _learned(days, prior_of(person, wishes, today=app.today), every_day=every_day)
    trusted = enough_to_learn(days)
    mass_kg = learned[-1].mass_kg[1] if learned and _weighed(days) else person.mass_kg
    training = training_kcal_per_day(app, mass_kg)
    return Known(
        person=person,
        wishes=wishes,
        days=days,
        learned=learned,
        trusted=trusted,
        mass_kg=mass_kg,
        training_kcal=training,
        targets=food_targets(
            person,
            wishes,
            today=app.today,
            mass_kg=mass_kg,
            expenditure=learned[-1] if trusted and learned else None,
            training_kcal_per_day=training,
            history=days,
        ),
    )


def _learned(days: tuple[DayIntake, ...], prior: Prior, *, every_day: bool) -> tuple[Expenditure, ...]:
    if not days:
        return ()
    if every_day:
        return learn_expenditure(days, prior)
    latest = latest_expenditure(days, prior)
    return () if latest is None else (latest,)


def enough_to_learn(days: tuple[DayIntake, ...]) -> bool:
    """Return whether weights and log say more than the equation does."""
    weighed = [day.on for day in days if day.mass_kg is not None]
    logged = [day.on for day in days if day.energy_kcal is not None]
    if len(weighed) < LEARN_WEIGHTS or len(logged) < LEARN_LOGGED_D:
        return False
    return (max(weighed) - min(weighed)).days >= LEARN_SPAN_D


def _weighed(days: tuple[DayIntake, ...]) -> bool:
    return any(day.mass_kg is not None for day in days)


def targets(app: App) -> TargetsView:
    """Return the day's targets with where each is from."""
    known = known_eater(app)
    day = known.targets
    return TargetsView(
        rows=tuple(_row(app, target) for target in day.targets.values()),
        wishes=known.wishes,
        asked=known.wishes.goal,
        goal=day.goal,
        expenditure_kcal=day.expenditure_kcal,
        learned=known.trusted,
        expenditure_why=expenditure_text(known),
        training_kcal_per_day=known.training_kcal,
        rate_kg_per_week=day.rate_kg_per_week,
        protein_per_meal_g=day.protein_per_meal_g,
        stops=day.stops,
        notes=day.notes,
    )


def expenditure_text(known: Known) -> str:
    """Return in a sentence how much a day takes and how that is known."""
    low, best, high = known.targets.expenditure_kcal
    said = f"A day takes you about {best:,.0f} kcal, between {low:,.0f} and {high:,.0f}"
    logged = sum(day.energy_kcal is not None for day in known.days)
    weighed = sum(day.mass_kg is not None for day in known.days)
    if known.trusted:
        return f"{said}: learned from {weighed} days with a weight and {logged} days of your log."
    return (
        f"{said}: from your age, height, weight and activity. After two weeks with a weight every other day "
        "and ten days of log, it is learned from you."
    )


def _row(app: App, target: Target) -> TargetRow:
    nutrient = NUTRIENT[target.nutrient]
    return TargetRow(
        name=nutrient.name,
        kind=nutrient.kind,
        unit=nutrient.unit,
        target=target,
        source=app.catalogue.sources.get(target.source),
    )
