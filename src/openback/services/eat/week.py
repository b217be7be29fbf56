"""The week of meals: shown, planned, and changed one meal at a time; every change can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

import uuid_utils.compat as uuid

from openback.errors import BadFoodEntry, MealDoesNotFit, NoMealsFit
from openback.model.eating import FoodLog, FoodTargets, Meal, MealWeek, ShoppingItem
from openback.model.eating_history import KeptWeek
from openback.model.food import Slot
from openback.model.nutrients import Totals
from openback.nutrition import meals as planner
from openback.nutrition.diets import allowed
from openback.nutrition.dishes import sum_totals
from openback.nutrition.meals import MealAsk
from openback.nutrition.meals.numbers import load_numbers
from openback.nutrition.meals.problem import pose
from openback.services.app import App
from openback.services.counting import monday_of
from openback.services.eat.amounts import known, rows_of
from openback.services.eat.entries import dish_kinds, kept_amounts, kind_names, recipe_entry
from openback.services.eat.kitchen import Kitchen, kitchen_of
from openback.services.eat.log import token_of
from openback.services.eat.meals import eaten_entry, first_day, known_week, meal_of, meal_views, visible_meals
from openback.services.eat.swaps import choices_for, fitting_servings
from openback.services.eat.targets import Known, known_eater
from openback.services.eat.ticking import Progress, ticking
from openback.services.eat.views import DayView, MealView, NutrientRow, SwapChoice, WeekView
from openback.services.eat.wishes import food_wishes, wishes_now
from openback.storage import About

WEEK: Final = timedelta(days=7)
RECENT_WEEKS: Final = 2  # project default: dishes of these weeks are better left alone for a while
LIMIT_S: Final = 10.0
SERVINGS: Final = (0.5, 4.0)
CHANGES: Final[tuple[About, ...]] = ("meal_week",)


# --- Looking --------------------------------------------------------------------------------------


def week(app: App, monday: date | None = None) -> WeekView:
    """Return the week of a day, this one by default, with what was eaten of it. Raises NoProfileYet."""
    monday = monday_of(monday or app.today)
    known_now = known_eater(app)
    kept = app.store.meal_week(app.person_id, monday)
    starts = app.store.meal_week_starts(app.person_id)
    hidden = kept is None or known_now.targets.stops
    shown = None if kept is None or hidden else replace(kept.week, meals=visible_meals(kept))
    days = () if shown is None else _days(app, shown, known_now)
    return WeekView(
        monday=monday,
        status="stopped" if known_now.targets.stops else None if kept is None else kept.week.status,
        days=days,
        rows=() if shown is None else _mean_rows(app, shown, known_now.targets),
        reasons=() if shown is None else shown.reasons,
        notes=known_now.targets.notes,
        stops=known_now.targets.stops,
        unmet=() if shown is None else shown.unmet,
        solver=None if shown is None else shown.solver,
        earlier=max((start for start in starts if start < monday), default=None),
        later=min((start for start in starts if start > monday), default=None),
        questions_open=food_wishes(app) is None,
        undo=_last_undo(app, monday),
    )


def _days(app: App, shown: MealWeek, known_now: Known) -> tuple[DayView, ...]:
    meals = meal_views(app, shown, shown.meals, _entries(app, shown.starts_on))
    days = (shown.starts_on + timedelta(days=n) for n in range(WEEK.days))
    return tuple(
        _day(app, shown, known_now, on, tuple(meal for meal in meals if meal.on == on)) for on in days
    )


def _day(app: App, shown: MealWeek, known_now: Known, on: date, meals: tuple[MealView, ...]) -> DayView:
    kitchen = kitchen_of(app)
    totals: Totals = shown.daily.get(on, {}) if meals else {}
    plants = [meal.fruit_vegetable_g for meal in meals if meal.fruit_vegetable_g is not None]
    return DayView(
        on=on,
        is_today=on == app.today,
        meals=meals,
        minutes=sum(meal.minutes for meal in meals),
        minutes_wished=known_now.wishes.cooking_minutes.get(on.weekday(), load_numbers().usual_minutes),
        energy_kcal=known(totals, "energy"),
        protein_g=known(totals, "protein"),
        fruit_vegetable_g=sum(plants) if plants else None,
        kinds=kind_names(_kinds(meals, kitchen), kitchen),
        rows=rows_of(totals, known_now.targets, app.catalogue.sources) if meals else (),
    )


def _kinds(meals: Iterable[MealView], kitchen: Kitchen) -> Iterable[str]:
    known_ones = ((meal, kitchen.dishes.get(meal.recipe)) for meal in meals)
    return dict.fromkeys(
        kind
        for meal, dish in known_ones
        if dish is not None
        for kind in dish_kinds(dish, meal.servings, kitchen.foods)
    )


def _mean_rows(app: App, shown: MealWeek, targets: FoodTargets) -> tuple[NutrientRow, ...]:
    days = {meal.on for meal in shown.meals}
    planned = [totals for on, totals in shown.daily.items() if on in days]
    mean = sum_totals((totals, 1 / len(planned)) for totals in planned)
    return rows_of(mean, targets, app.catalogue.sources)


def _entries(app: App, monday: date) -> tuple[FoodLog, ...]:
    return app.store.food_entries(app.person_id, start=monday, end=monday + WEEK)


def _last_undo(app: App, monday: date) -> UUID | None:
    last = app.store.last_change(app.person_id, about=CHANGES)
    return last.token if last is not None and last.key == monday.isoformat() else None


# --- Planning -------------------------------------------------------------------------------------


def plan_week(app: App, monday: date | None = None, *, progress: Progress | None = None) -> WeekView:
    """Plan the week of a day anew and return it; pinned meals, eaten ones and days that are over stay.

    When the safety rules stop the goal, nothing is planned and the view says why. It takes up to ten seconds.
    Raises NoMealsFit with the rules in conflict; then nothing was changed.
    """
    monday = monday_of(monday or app.today)
    known_now = known_eater(app)
    if known_now.targets.stops:
        return week(app, monday)
    before = app.store.meal_week(app.person_id, monday)
    with ticking(progress, LIMIT_S):
        made = _planned(app, known_now, monday, before)
        now = app.store.meal_week(app.person_id, monday)
        if now != before:  # a meal was swapped or pinned meanwhile: what the person chose goes first
            before, made = now, _planned(app, known_now, monday, now)
    _keep(app, made, before)
    return week(app, monday)


def _planned(app: App, known_now: Known, monday: date, before: KeptWeek | None) -> MealWeek:
    kept = () if before is None else _staying(app, before.week)
    return planner.plan_week(ask_for(app, known_now, monday, kept=kept))


def ask_for(app: App, known_now: Known, monday: date, *, kept: tuple[Meal, ...] = ()) -> MealAsk:
    """Return what the planner is asked for a week."""
    kitchen = kitchen_of(app)
    return MealAsk(
        dishes=kitchen.dishes,
        foods=kitchen.foods,
        targets=known_now.targets,
        wishes=known_now.wishes,
        starts_on=monday,
        kept=tuple(meal for meal in kept if meal.recipe in kitchen.dishes),
        recent=_recent(app, monday),
        pregnant=known_now.person.pregnancy_week is not None,
        time_limit_s=LIMIT_S,
    )


def _recent(app: App, monday: date) -> tuple[str, ...]:
    weeks = (app.store.meal_week(app.person_id, monday - n * WEEK) for n in range(1, RECENT_WEEKS + 1))
    return tuple(dict.fromkeys(meal.recipe for kept in weeks if kept is not None for meal in kept.week.meals))


def _staying(app: App, before: MealWeek) -> tuple[Meal, ...]:
    """Return the meals of a week that stay when it is planned anew: eaten, over, or pinned and still allowed."""
    entries, kitchen, wishes = _entries(app, before.starts_on), kitchen_of(app), wishes_now(app)

    def stays(meal: Meal) -> bool:
        if meal.on < app.today or eaten_entry(meal, entries) is not None:
            return True
        dish = kitchen.dishes.get(meal.recipe)
        return meal.pinned and dish is not None and allowed(dish.tags, wishes) is None

    return tuple(meal for meal in before.meals if stays(meal))


def _keep(app: App, made: MealWeek, before: KeptWeek | None) -> UUID | None:
    """Keep a week and return the token that takes it back. Raises NoMealsFit when there is none.

    A week that is planned in its midst counts from that day on: nobody cooks on days that are over.
    """
    if made.status != "planned":
        raise NoMealsFit(made.reasons)
    planned_at = app.now() if before is None else before.planned_at
    kept = KeptWeek(starts_on=made.starts_on, planned_at=planned_at, week=made)
    meals = _cooked_in_time(made.meals, first_day(kept))
    week_now = replace(
        made,
        meals=meals,
        daily={on: kept_amounts(totals) for on, totals in made.daily.items()},
        shopping=_shopping(app, [meal for meal in meals if meal.on >= first_day(kept)]),
    )
    return token_of(app.store.put_meal_week(app.person_id, replace(kept, week=week_now)))


def _cooked_in_time(meals: Sequence[Meal], first_on: date) -> tuple[Meal, ...]:
    """Return meals whose pots are cooked at the first meal that is left of them, from a day on."""
    first: dict[tuple[str, date], date] = {}
    for meal in (meal for meal in meals if meal.on >= first_on):
        pot = (meal.recipe, meal.cooked_on)
        first[pot] = min(first.get(pot, meal.on), meal.on)
    return tuple(
        replace(m, cooked_on=first.get((m.recipe, m.cooked_on), m.cooked_on)) if m.on >= first_on else m
        for m in meals
    )


def _shopping(app: App, meals: Sequence[Meal]) -> tuple[ShoppingItem, ...]:
    kitchen, wishes = kitchen_of(app), wishes_now(app)
    return planner.shopping_list(
        meals, kitchen.dishes, kitchen.foods, pantry_g=wishes.pantry_g, eaters=wishes.eaters
    )


def _summed(app: App, known_now: Known, before: MealWeek, meals: tuple[Meal, ...]) -> MealWeek:
    """Return a week of these meals, with sums, list and what is unmet worked out anew."""
    return planner.week_of(pose(ask_for(app, known_now, before.starts_on)), meals, before.solver)


# --- One meal -------------------------------------------------------------------------------------


def replan_meal(app: App, on: date, slot: Slot, *, recipe: str | None = None) -> UUID | None:
    """Plan one meal anew and keep all others; return the token that takes it back.

    Where a snack has two dishes, both are planned anew. Raises NoSuchMeal, or NoMealsFit when nothing else may come.
    """
    before, _ = _meal(app, on, slot, recipe)
    ask = ask_for(app, known_eater(app), before.starts_on)
    return _keep(app, planner.replan_meal(ask, before.week, on, slot), before)


def swap_choices(app: App, on: date, slot: Slot, *, recipe: str | None = None) -> tuple[SwapChoice, ...]:
    """Return what could stand in for a meal, the best fit first. Raises NoSuchMeal."""
    before, meal = _meal(app, on, slot, recipe)
    return choices_for(ask_for(app, known_eater(app), before.starts_on), before.week, meal)


def swap_meal(app: App, on: date, slot: Slot, to: str, *, recipe: str | None = None) -> UUID | None:
    """Put a chosen recipe in the place of a meal, as much of it as gives the same energy, and pin it there.

    Later meals from the same pot are cooked on their own first day then. Raises NoSuchMeal, UnknownRecipe, or
    MealDoesNotFit when diet, allergies or pregnancy do not allow it.
    """
    before, meal = _meal(app, on, slot, recipe)
    known_now = known_eater(app)
    kitchen = kitchen_of(app)
    dish = kitchen.dish(to)
    _check_fits(kitchen, to, known_now)
    servings = fitting_servings(dish, kitchen.dishes.get(meal.recipe), meal.servings)
    chosen = replace(meal, recipe=to, servings=servings, cooked_on=on, pinned=True)
    return _change(app, known_now, before, meal, chosen)


def _check_fits(kitchen: Kitchen, recipe: str, known_now: Known) -> None:
    dish = kitchen.dish(recipe)
    reason = allowed(dish.tags, known_now.wishes)
    if reason is not None:
        raise MealDoesNotFit(dish.recipe.name, f"it {reason}")
    if known_now.person.pregnancy_week is not None and dish.cautions:
        raise MealDoesNotFit(dish.recipe.name, f"in pregnancy it is better left out ({dish.cautions[0]})")


def set_servings(
    app: App, on: date, slot: Slot, servings: float, *, recipe: str | None = None
) -> UUID | None:
    """Eat more or less of a meal, and pin it so. Raises NoSuchMeal or BadFoodEntry."""
    low, high = SERVINGS
    if not low <= servings <= high:
        raise BadFoodEntry(f"{servings:g} servings is not between {low:g} and {high:g}")
    before, meal = _meal(app, on, slot, recipe)
    changed = replace(meal, servings=servings, pinned=True)
    return _change(app, known_eater(app), before, meal, changed)


def pin_meal(
    app: App, on: date, slot: Slot, *, pinned: bool = True, recipe: str | None = None
) -> UUID | None:
    """Let a meal stay when the week is planned anew, or let it go. Raises NoSuchMeal."""
    before, meal = _meal(app, on, slot, recipe)
    meals = tuple(replace(one, pinned=pinned) if one == meal else one for one in before.week.meals)
    changed = replace(before, week=replace(before.week, meals=meals))
    return token_of(app.store.put_meal_week(app.person_id, changed))


def tick_meal(
    app: App, on: date, slot: Slot, *, eaten: bool = True, recipe: str | None = None, id_: UUID | None = None
) -> UUID | None:
    """Log a planned meal as eaten, or take that entry away; None when it stands so already.

    `id_` is the entry's id when the page made one. Raises NoSuchMeal.
    """
    _, meal = _meal(app, on, slot, recipe)
    entries = app.store.food_entries(app.person_id, start=on, end=on + timedelta(days=1))
    entry = eaten_entry(meal, entries)
    if (entry is not None) == eaten:
        return None
    if entry is not None:
        return token_of(app.store.delete_food_entry(app.person_id, entry.id))
    kitchen = kitchen_of(app)
    made = recipe_entry(
        id_ or uuid.uuid7(),
        kitchen.dish(meal.recipe),
        meal.servings,
        kitchen.foods,
        on=on,
        slot=slot,
        at=app.now(),
        planned=True,
    )
    return token_of(app.store.put_food_entry(app.person_id, made))


def _meal(app: App, on: date, slot: Slot, recipe: str | None) -> tuple[KeptWeek, Meal]:
    kept = known_week(app, monday_of(on))
    return kept, meal_of(kept, on, slot, recipe)


def _change(app: App, known_now: Known, before: KeptWeek, meal: Meal, changed: Meal) -> UUID | None:
    """Keep a week with one meal changed; what was to come from its pot gets a pot of its own."""
    others = [one for one in before.week.meals if one != meal]
    pot = [
        one
        for one in others
        if (one.recipe, one.cooked_on) == (meal.recipe, meal.cooked_on) and not meal.leftover
    ]
    moved = (meal.recipe, meal.cooked_on) != (changed.recipe, changed.cooked_on)
    anew = min((one.on for one in pot), default=None) if moved else None
    meals = tuple(replace(one, cooked_on=anew) if anew and one in pot else one for one in others)
    return _keep(app, _summed(app, known_now, before.week, (*meals, changed)), before)
