"""Sample values about eating, and an app whose weeks are planned without a search."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from openback.model.eating import (
    BodyMeasures,
    FoodLog,
    FoodWishes,
    Meal,
    MealWeek,
    ShoppingItem,
    SolverReport,
    Unmet,
)
from openback.model.eating_history import EatingHistory, FavouriteFood, FoodDay, KeptWeek, ShoppingTick
from openback.model.nutrients import Known
from openback.nutrition import meals as planner
from openback.nutrition.meals import MealAsk
from openback.nutrition.meals.greedy import greedy_meals
from openback.nutrition.meals.problem import pose

MONDAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 8, 15, 0, 250, tzinfo=UTC)
WISHES = FoodWishes(
    goal="more_muscle",
    diet="pescatarian",
    allergies=frozenset({"nuts", "celery"}),
    likes=("banana", "fish"),
    dislikes=("kale",),
    cooking_minutes={0: 20, 6: 60},
    price="low",
    kit=frozenset({"hob", "pot"}),
    target_mass_kg=68.5,
    target_on=date(2027, 6, 1),
    cycle_starts=(date(2026, 11, 2),),
    tracks_cycle=True,
    warnings={"fainting": False},
    pantry_g={"rolled_oats": 500.0},
)
ENTRY = FoodLog(
    id=UUID(int=1),
    at=AT,
    on=MONDAY,
    slot="breakfast",
    name="Banana",
    food="banana",
    recipe=None,
    mass_g=118.0,
    servings=None,
    portion="1 medium",
    amounts={
        "energy": Known(amount=105.02, coverage=1.0, of_kcal=105.02),
        "protein": Known(amount=1.29, coverage=1.0),
    },
    fruit_vegetable_g=118.0,
    kinds=("banana",),
)
WEEK = MealWeek(
    status="planned",
    starts_on=MONDAY,
    meals=(
        Meal(on=MONDAY, slot="dinner", recipe="soup", servings=1.5, cooked_on=MONDAY, pinned=True),
        Meal(on=date(2026, 11, 24), slot="lunch", recipe="soup", servings=1.0, cooked_on=MONDAY),
    ),
    daily={MONDAY: {"energy": Known(amount=2000.5, coverage=0.9, of_kcal=2000.5)}},
    unmet=(Unmet(nutrient="iron", amount=9.0, wanted=18.0, unit="mg", text="Iron: 9 of 18 mg."),),
    shopping=(ShoppingItem(food="leek", name="Leek", aisle="fruit", need_g=90, buy_g=200, said="1 piece"),),
    reasons=("Two meals from one pot.",),
    solver=SolverReport(build_s=0.1, solve_s=1.5, gap=0.004, best=True),
)
KEPT = KeptWeek(starts_on=MONDAY, planned_at=AT, week=WEEK)
MEASURES = BodyMeasures(on=MONDAY, waist_cm=74.5, hip_cm=98.0, neck_cm=32.0)
HISTORY = EatingHistory(
    wishes=WISHES,
    entries=(ENTRY, replace(ENTRY, id=UUID(int=2), slot="snack", at=AT.replace(hour=16), mass_g=59.0)),
    weeks=(KEPT,),
    days=(FoodDay(on=MONDAY, complete=False),),
    favourites=(FavouriteFood(key="banana"), FavouriteFood(key="off:4001234567890")),
    measures=(MEASURES,),
    ticks=(ShoppingTick(starts_on=MONDAY, food="leek", at=AT),),
)


def quick_week(ask: MealAsk) -> MealWeek:
    """Return the planner's plain first week, with what is kept in its place, in a moment."""
    if ask.targets.stops:
        return planner.plan_week(ask)
    kept = {meal.recipe for meal in ask.kept}
    few = {id_: dish for n, (id_, dish) in enumerate(ask.dishes.items()) if n % 4 == 0 or id_ in kept}
    time_enough = replace(ask.wishes, cooking_minutes=dict.fromkeys(range(7), 60))
    problem = pose(replace(ask, dishes=few, wishes=time_enough))
    pinned = {(meal.on, meal.slot, meal.recipe) for meal in ask.kept if meal.pinned}
    meals = tuple(
        replace(meal, pinned=(meal.on, meal.slot, meal.recipe) in pinned) for meal in greedy_meals(problem)
    )
    return planner.week_of(problem, meals, None)


def plan_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let weeks be planned by `quick_week`: the search has tests of its own."""
    from openback.services.eat import week

    class Quick:
        plan_week = staticmethod(quick_week)
        replan_meal = staticmethod(planner.replan_meal)
        week_of = staticmethod(planner.week_of)
        shopping_list = staticmethod(planner.shopping_list)

    monkeypatch.setattr(week, "planner", Quick)
