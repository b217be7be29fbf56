"""One meal planned anew, the rest of the week as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from openback.model.eating import Meal, MealWeek
from openback.model.food import Slot
from openback.nutrition.meals.ask import MealAsk
from openback.nutrition.meals.make import plan_week


def replan_meal(ask: MealAsk, week: MealWeek, on: date, slot: Slot) -> MealWeek:
    """Return the week with another dish for one meal, all other meals kept.

    Leftovers of the dish that goes are planned anew too: there is nothing left of it any more. The dish that was
    there does not come again in its place, nor do those that `ask.refused` names. When nothing else may come there,
    the answer is `impossible` with the reasons, and the week that was given still stands.
    """
    going = [m for m in week.meals if m.on == on and m.slot == slot]
    kept = tuple(m for m in week.meals if m not in going and not _is_left_of(m, going))
    refused = ask.refused | {(on, slot, m.recipe) for m in going}
    found = plan_week(replace(ask, kept=kept, refused=refused))
    pinned = {(m.on, m.slot, m.recipe): m.pinned for m in week.meals}
    meals = tuple(replace(m, pinned=pinned.get((m.on, m.slot, m.recipe), False)) for m in found.meals)
    return replace(found, meals=meals)


def _is_left_of(meal: Meal, going: list[Meal]) -> bool:
    return any(
        meal.recipe == other.recipe and meal.leftover and meal.cooked_on == other.on and not other.leftover
        for other in going
    )
