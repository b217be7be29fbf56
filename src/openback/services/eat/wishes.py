"""What somebody wishes to eat: read, checked, kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from openback.model.eating import FoodWishes
from openback.model.person import Person
from openback.nutrition.goals import check_goal
from openback.nutrition.safety import asked_questions
from openback.nutrition.safety_data import FoodQuestion
from openback.services.app import App
from openback.services.eat.wish_rules import check_wishes
from openback.services.who import known_person

MOST_CYCLES: Final = 60  # project default: five years of them


def food_wishes(app: App) -> FoodWishes | None:
    """Return what was said about eating, None before the questions were answered."""
    return app.store.food_wishes(app.person_id)


def wishes_now(app: App) -> FoodWishes:
    """Return what was said about eating, else what is usual."""
    return food_wishes(app) or FoodWishes()


def keep_food_wishes(app: App, wishes: FoodWishes) -> UUID | None:
    """Keep wishes and return the token that takes them back, None when nothing is different.

    Raises NoProfileYet, BadFoodWishes with every problem, or ImpossibleGoal; then nothing was changed.
    """
    check_food_wishes(app, known_person(app), wishes)
    change = app.store.put_food_wishes(app.person_id, wishes)
    return None if change is None else change.token


def check_food_wishes(app: App, person: Person, wishes: FoodWishes) -> None:
    """Raise BadFoodWishes or ImpossibleGoal for wishes that this person cannot have."""
    check_wishes(wishes, person, app.today)
    check_goal(person, wishes, today=app.today)


def safety_questions(app: App) -> tuple[FoodQuestion, ...]:
    """Return the questions about eating safely that this person is asked, in order."""
    return asked_questions(known_person(app))


def keep_cycle_start(app: App, on: date, *, there: bool = True) -> UUID | None:
    """Keep the first day of a period, or take it away; return the token that takes that back."""
    wishes = wishes_now(app)
    others = {day for day in wishes.cycle_starts if day != on}
    days = tuple(sorted(others | {on} if there else others)[-MOST_CYCLES:])
    return keep_food_wishes(
        app, replace(wishes, cycle_starts=days, tracks_cycle=wishes.tracks_cycle or there)
    )
