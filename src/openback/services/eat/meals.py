"""Meals of a kept week as pages show them, with what was eaten of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from openback.errors import NoMealWeek, NoSuchMeal
from openback.model.eating import FoodLog, FoodWishes, Meal, MealWeek
from openback.model.eating_history import KeptWeek
from openback.model.food import SLOTS, Dish, Slot
from openback.nutrition.diets import allowed
from openback.nutrition.dishes import scaled
from openback.services.app import App
from openback.services.counting import monday_of
from openback.services.eat.amounts import known
from openback.services.eat.entries import fruit_vegetable_g
from openback.services.eat.kitchen import Kitchen, kitchen_of
from openback.services.eat.views import MealView
from openback.services.eat.wishes import wishes_now


def known_week(app: App, monday: date) -> KeptWeek:
    """Return the kept week of a Monday. Raises NoMealWeek."""
    week = app.store.meal_week(app.person_id, monday)
    if week is None:
        raise NoMealWeek(monday)
    return week


def first_day(kept: KeptWeek) -> date:
    """Return the day from which a week counts: the one on which it was first planned, if that is in its midst."""
    return max(kept.starts_on, kept.planned_at.astimezone().date())


def visible_meals(kept: KeptWeek) -> tuple[Meal, ...]:
    """Return the meals of a week without those of days that were over when it was planned."""
    return tuple(meal for meal in kept.week.meals if meal.on >= first_day(kept))


def meal_of(kept: KeptWeek, on: date, slot: Slot, recipe: str | None = None) -> Meal:
    """Return a meal of a week, the first of its slot when no recipe is named. Raises NoSuchMeal."""
    for meal in visible_meals(kept):
        if (meal.on, meal.slot) == (on, slot) and recipe in {None, meal.recipe}:
            return meal
    raise NoSuchMeal(on, slot)


def meals_on(app: App, on: date, entries: Sequence[FoodLog] | None = None) -> tuple[MealView, ...]:
    """Return the planned meals of a day; none where no week is planned. `entries` are read when they are not given."""
    kept = app.store.meal_week(app.person_id, monday_of(on))
    if kept is None:
        return ()
    if entries is None:
        entries = app.store.food_entries(app.person_id, start=on, end=on + timedelta(days=1))
    meals = [meal for meal in visible_meals(kept) if meal.on == on]
    return meal_views(app, kept.week, meals, entries)


def meal_views(
    app: App, week: MealWeek, meals: Iterable[Meal], entries: Sequence[FoodLog]
) -> tuple[MealView, ...]:
    """Return meals in the order of the days and slots; a recipe that is gone keeps its name and no figures."""
    kitchen, wishes = kitchen_of(app), wishes_now(app)
    person = app.store.person(app.person_id)
    pregnant = person is not None and person.pregnancy_week is not None
    order = sorted(meals, key=lambda meal: (meal.on, SLOTS.index(meal.slot)))
    views = (_view(week, meal, eaten_entry(meal, entries), kitchen) for meal in order)
    return tuple(
        replace(view, cautions=cautions_of(dish, wishes, pregnant=pregnant))
        if (dish := kitchen.dishes.get(view.recipe)) is not None
        else view
        for view in views
    )


def cautions_of(dish: Dish, wishes: FoodWishes, *, pregnant: bool) -> tuple[str, ...]:
    """Return what speaks against a dish: diet and allergies as they are now, and in pregnancy what asks for care."""
    reason = allowed(dish.tags, wishes)
    against = (
        () if reason is None else (f"Not for you any more: it {reason}. Swap it, or plan the week anew.",)
    )
    return (*against, *(dish.cautions if pregnant else ()))


def eaten_entry(meal: Meal, entries: Iterable[FoodLog]) -> FoodLog | None:
    """Return the entry of the log with which a planned meal was ticked."""
    for entry in entries:
        if entry.planned and (entry.on, entry.slot, entry.recipe) == (meal.on, meal.slot, meal.recipe):
            return entry
    return None


def _view(week: MealWeek, meal: Meal, entry: FoodLog | None, kitchen: Kitchen) -> MealView:
    dish = kitchen.dishes.get(meal.recipe)
    totals = {} if dish is None else scaled(dish.totals, meal.servings)
    recipe = None if dish is None else dish.recipe
    return MealView(
        on=meal.on,
        slot=meal.slot,
        recipe=meal.recipe,
        name=kitchen.name(meal.recipe),
        servings=meal.servings,
        cooked_on=meal.cooked_on,
        leftover=meal.leftover,
        cook_again_on=_later(week, meal),
        pinned=meal.pinned,
        minutes=0 if recipe is None or meal.leftover else recipe.hands_on_minutes,
        total_minutes=0 if recipe is None or meal.leftover else recipe.total_minutes,
        price="mid" if dish is None else dish.price,
        energy_kcal=known(totals, "energy"),
        protein_g=known(totals, "protein"),
        fruit_vegetable_g=None if dish is None else fruit_vegetable_g(dish) * meal.servings,
        groups_g={} if dish is None else {group: g * meal.servings for group, g in dish.groups_g.items()},
        cautions=(),
        eaten=entry is not None,
        log_id=None if entry is None else entry.id,
    )


def _later(week: MealWeek, meal: Meal) -> tuple[date, ...]:
    """Return the days after this meal that eat from its pot."""
    same = (
        other for other in week.meals if other.recipe == meal.recipe and other.cooked_on == meal.cooked_on
    )
    return tuple(sorted({other.on for other in same if other.on > meal.on and not meal.leftover}))
