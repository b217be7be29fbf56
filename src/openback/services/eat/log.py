"""The food log: a day of it, what is written into it, and its nutrients against the targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from openback.errors import BadFoodEntry, NotFound, UnknownFood
from openback.model.eating import FoodLog, FoodTargets
from openback.model.food import SLOTS, Food, Portion, Slot
from openback.model.nutrients import Totals
from openback.nutrition.dishes import sum_totals, totals_of
from openback.nutrition.meals.numbers import load_numbers
from openback.services import foods
from openback.services.app import App
from openback.services.eat.amounts import known, number_text, rows_of
from openback.services.eat.entries import (
    changed_entry,
    copied_entry,
    food_entry,
    plants_of,
    recipe_entry,
    sum_of,
)
from openback.services.eat.favourites import favourites, keep_favourite
from openback.services.eat.kitchen import kitchen_of
from openback.services.eat.meals import meals_on
from openback.services.eat.targets import known_eater
from openback.services.eat.views import (
    LogDayView,
    LogEntryView,
    LogSlotView,
    MealView,
    NutrientRow,
    NutrientsView,
)
from openback.storage import Change

__all__ = [
    "copy_day",
    "delete_entry",
    "edit_entry",
    "favourites",
    "keep_favourite",
    "log_day",
    "log_food",
    "log_recipe",
    "nutrients",
    "rows_of_food",
    "set_complete",
]

WEEK_D: Final = 7
HEADLINE: Final = ("energy", "protein", "fibre")
FIRST_DAY: Final = date(1990, 1, 1)  # project default: nobody logged before


# --- Looking --------------------------------------------------------------------------------------


def log_day(app: App, on: date) -> LogDayView:
    """Return a day of the log against the day's targets. Raises NoProfileYet before the questions."""
    targets = known_eater(app).targets
    kitchen, numbers = kitchen_of(app), load_numbers()
    entries = app.store.food_entries(app.person_id, start=on, end=on + timedelta(days=1))
    starred = app.store.favourite_foods(app.person_id)
    grams, kinds = plants_of(entries, kitchen)
    rows = rows_of(sum_of(entries), targets, app.catalogue.sources)
    planned = tuple(meal for meal in meals_on(app, on, entries) if not meal.eaten)
    views = tuple(_entry_view(app, entry, starred) for entry in entries)
    return LogDayView(
        on=on,
        is_today=on == app.today,
        fruit_vegetable_g=grams,
        fruit_vegetable_target_g=numbers.fruit_vegetable_g,
        kinds=kinds,
        kinds_target=numbers.kinds,
        headline=tuple(row for row in rows if row.nutrient in HEADLINE),
        rows=rows,
        slots=tuple(_slot_view(slot, views, planned) for slot in SLOTS),
        favourites=favourites(app),
        copy_from=app.store.last_food_day(app.person_id, before=on),
        complete=app.store.food_days(app.person_id).get(on),
    )


def _slot_view(slot: Slot, views: tuple[LogEntryView, ...], planned: tuple[MealView, ...]) -> LogSlotView:
    mine = tuple(view for view in views if view.entry.slot == slot)
    return LogSlotView(
        slot=slot,
        entries=mine,
        planned=tuple(meal for meal in planned if meal.slot == slot),
        energy_kcal=known(sum_of(view.entry for view in mine), "energy"),
    )


def _entry_view(app: App, entry: FoodLog, starred: frozenset[str]) -> LogEntryView:
    return LogEntryView(
        entry=entry,
        says=entry_text(entry),
        energy_kcal=known(entry.amounts, "energy"),
        protein_g=known(entry.amounts, "protein"),
        portions=_portions(app, entry.food),
        starred=(entry.food or entry.recipe) in starred,
    )


def entry_text(entry: FoodLog) -> str:
    """Return how much it was: `1 bowl, 45 g` or `1.5 servings`."""
    if entry.mass_g is not None:
        grams = f"{number_text(entry.mass_g)} g"
        return f"{entry.portion}, {grams}" if entry.portion and entry.portion != grams else grams
    servings = entry.servings or 0.0
    return f"{servings:g} serving{'' if servings == 1 else 's'}"


def _portions(app: App, food_id: str | None) -> tuple[Portion, ...]:
    if food_id is None:
        return ()
    try:
        return foods.food(app, food_id).portions
    except UnknownFood:
        return ()  # an imported food that was taken out since


def nutrients(app: App, on: date) -> NutrientsView:
    """Return a day and the seven days up to it against the targets."""
    targets = known_eater(app).targets
    first = on - timedelta(days=WEEK_D - 1)
    entries = app.store.food_entries(app.person_id, start=first, end=on + timedelta(days=1))
    days = {
        first + timedelta(days=n): [e for e in entries if e.on == first + timedelta(days=n)]
        for n in range(WEEK_D)
    }
    logged = {day: of_day for day, of_day in days.items() if of_day}
    mean = sum_totals((sum_of(of_day), 1 / len(logged)) for of_day in logged.values())
    sources = app.catalogue.sources
    return NutrientsView(
        on=on,
        day=rows_of(sum_of(days[on]), targets, sources),
        week=rows_of(mean, targets, sources),
        days_logged=len(logged),
        fruit_vegetable_g=tuple(
            (day, plants_of(of_day, kitchen_of(app))[0] if of_day else None) for day, of_day in days.items()
        ),
        fruit_vegetable_target_g=load_numbers().fruit_vegetable_g,
    )


def rows_of_food(app: App, food: Food | str, mass_g: float = 100.0) -> tuple[NutrientRow, ...]:
    """Return what so many grams of a food hold against the day's targets."""
    found = foods.food(app, food) if isinstance(food, str) else food
    return rows_of_totals(app, totals_of(found, mass_g))


def rows_of_totals(app: App, totals: Totals, targets: FoodTargets | None = None) -> tuple[NutrientRow, ...]:
    """Return totals against the day's targets; nutrients that nobody reports are left out."""
    day = targets or known_eater(app).targets
    return tuple(row for row in rows_of(totals, day, app.catalogue.sources) if row.amount is not None)


# --- Writing --------------------------------------------------------------------------------------


def log_food(  # noqa: PLR0913, PLR0917 - what an entry is
    app: App, id_: UUID, on: date, slot: Slot, food: str, mass_g: float, portion: str = ""
) -> UUID | None:
    """Keep so many grams of a food under an id the page made; return the token that takes it back.

    Sent twice it changes nothing (None), sent changed it is an edit. Raises UnknownFood or BadFoodEntry.
    """
    _check_day(app, on)
    found = foods.food(app, food)
    made = food_entry(id_, found, mass_g, on=on, slot=slot, at=app.now(), portion=portion)
    return _put(app, made)


def log_recipe(  # noqa: PLR0913 - what an entry is
    app: App, id_: UUID, on: date, slot: Slot, recipe: str, servings: float, *, planned: bool = False
) -> UUID | None:
    """Keep so many servings of a recipe, as `log_food`. Raises UnknownRecipe or BadFoodEntry."""
    _check_day(app, on)
    kitchen = kitchen_of(app)
    dish = kitchen.dish(recipe.removeprefix(foods.RECIPE))
    made = recipe_entry(id_, dish, servings, kitchen.foods, on=on, slot=slot, at=app.now(), planned=planned)
    return _put(app, made)


def edit_entry(
    app: App,
    id_: UUID,
    *,
    mass_g: float | None = None,
    portion: str | None = None,
    servings: float | None = None,
    slot: Slot | None = None,
) -> UUID | None:
    """Change how much of an entry it was, or its slot. Raises NotFound or BadFoodEntry."""
    entry = known_entry(app, id_)
    changed = changed_entry(entry, mass_g=mass_g, portion=portion, servings=servings, slot=slot)
    return token_of(app.store.put_food_entry(app.person_id, changed))


def delete_entry(app: App, id_: UUID) -> UUID | None:
    """Take an entry away; return the token that brings it back, None when it was not there."""
    return token_of(app.store.delete_food_entry(app.person_id, id_))


def copy_day(app: App, from_: date, to: date) -> UUID | None:
    """Copy all entries of a day to another one; one token takes all of them back, None when nothing is new."""
    _check_day(app, to)
    if from_ == to:
        raise BadFoodEntry(f"{to.isoformat()} cannot be copied onto itself")
    entries = app.store.food_entries(app.person_id, start=from_, end=from_ + timedelta(days=1))
    token: UUID | None = None
    with app.store.transaction():
        for n, entry in enumerate(entries):
            at = app.now() + timedelta(microseconds=n)  # in the order of the day that is copied
            token = token_of(_new(app, copied_entry(entry, to, at))) or token
    return token


def set_complete(app: App, on: date, complete: bool | None) -> UUID | None:  # noqa: FBT001 - what is kept
    """Keep whether all of a day was logged, None for unsaid; return the token that takes it back."""
    return token_of(app.store.put_food_day(app.person_id, on, complete=complete))


def known_entry(app: App, id_: UUID) -> FoodLog:
    """Return an entry. Raises NotFound."""
    entry = app.store.find_food_entry(app.person_id, id_)
    if entry is None:
        what = "entry"
        raise NotFound(what, str(id_))
    return entry


def token_of(change: Change | None) -> UUID | None:
    """Return the token that takes a change back."""
    return None if change is None else change.token


def _put(app: App, made: FoodLog) -> UUID | None:
    """Keep an entry; one that is here keeps the instant at which it was first sent."""
    before = app.store.find_food_entry(app.person_id, made.id)
    return token_of(app.store.put_food_entry(app.person_id, made if before is None else _at(made, before)))


def _new(app: App, entry: FoodLog) -> Change | None:
    """Keep an entry unless it is here already."""
    known_one = app.store.find_food_entry(app.person_id, entry.id)
    return app.store.put_food_entry(app.person_id, entry) if known_one is None else None


def _at(made: FoodLog, before: FoodLog) -> FoodLog:
    return replace(made, at=before.at)


def _check_day(app: App, on: date) -> None:
    if on > app.today + timedelta(days=1):
        raise BadFoodEntry(f"{on.isoformat()} is still to come; log it on the day")
    if on < FIRST_DAY:
        raise BadFoodEntry(f"{on.isoformat()} is too long ago")
