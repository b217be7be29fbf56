"""Entries of the food log: made from foods and recipes, changed, copied. Pure but for looking foods up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from openback.errors import BadFoodEntry
from openback.model.eating import FoodLog
from openback.model.food import FRUIT_AND_VEGETABLES, SLOTS, Dish, Food, Slot
from openback.model.nutrients import Known, Totals
from openback.nutrition.dishes import kinds_of, scaled, sum_totals, totals_of
from openback.services.eat.kitchen import Kitchen

# Wide enough for any meal, narrow enough to catch a slip of the finger.
MASS_G: Final = (0.1, 5000.0)
SERVINGS: Final = (0.05, 20.0)
LONGEST_PORTION: Final = 80
_DIGITS: Final = 6  # of an amount that is kept: more than any table has


def food_entry(  # noqa: PLR0913 - what an entry is
    id_: UUID, food: Food, mass_g: float, *, on: date, slot: Slot, at: datetime, portion: str = ""
) -> FoodLog:
    """Return the entry of so many grams of a food. Raises BadFoodEntry."""
    _check(mass_g, MASS_G, "g")
    unsaid = food.group == "other" and food.origin != "bundled"
    counts = mass_g if food.group in FRUIT_AND_VEGETABLES else 0.0
    return FoodLog(
        id=id_,
        at=at,
        on=on,
        slot=_slot(slot),
        name=food.name,
        food=food.id,
        recipe=None,
        mass_g=mass_g,
        servings=None,
        portion=portion.strip()[:LONGEST_PORTION],
        amounts=kept_amounts(totals_of(food, mass_g)),
        fruit_vegetable_g=None if unsaid else counts,
        kinds=kinds_of([(food, mass_g)]),
    )


def recipe_entry(  # noqa: PLR0913 - what an entry is
    id_: UUID,
    dish: Dish,
    servings: float,
    foods: Mapping[str, Food],
    *,
    on: date,
    slot: Slot,
    at: datetime,
    planned: bool = False,
) -> FoodLog:
    """Return the entry of so many servings of a dish. Raises BadFoodEntry."""
    _check(servings, SERVINGS, "servings")
    return FoodLog(
        id=id_,
        at=at,
        on=on,
        slot=_slot(slot),
        name=dish.recipe.name,
        food=None,
        recipe=dish.recipe.id,
        mass_g=None,
        servings=servings,
        portion="",
        amounts=kept_amounts(scaled(dish.totals, servings)),
        fruit_vegetable_g=fruit_vegetable_g(dish) * servings,
        kinds=dish_kinds(dish, servings, foods),
        planned=planned,
    )


def fruit_vegetable_g(dish: Dish) -> float:
    """Return the grams of fruit and vegetables of one serving."""
    return sum(mass for group, mass in dish.groups_g.items() if group in FRUIT_AND_VEGETABLES)


def dish_kinds(dish: Dish, servings: float, foods: Mapping[str, Food]) -> tuple[str, ...]:
    """Return the fruits and vegetables of which so many servings hold enough to count."""
    share = servings / dish.recipe.serves
    return kinds_of([(foods[one.food], one.mass_g * share) for one in dish.recipe.ingredients])


def changed_entry(
    entry: FoodLog, *, mass_g: float | None, portion: str | None, servings: float | None, slot: Slot | None
) -> FoodLog:
    """Return an entry with another amount or slot. What it holds grows with it: the past keeps its figures."""
    before = entry.mass_g if entry.food is not None else entry.servings
    after = mass_g if entry.food is not None else servings
    times = 1.0
    if after is not None and before:
        _check(
            after,
            MASS_G if entry.food is not None else SERVINGS,
            "g" if entry.food is not None else "servings",
        )
        times = after / before
    plants = entry.fruit_vegetable_g
    return replace(
        entry,
        mass_g=entry.mass_g if entry.food is None or after is None else after,
        servings=entry.servings if entry.recipe is None or after is None else after,
        portion=entry.portion
        if portion is None and times == 1
        else (portion or "").strip()[:LONGEST_PORTION],
        slot=entry.slot if slot is None else _slot(slot),
        amounts=entry.amounts if times == 1 else kept_amounts(scaled(entry.amounts, times)),
        fruit_vegetable_g=None if plants is None else plants * times,
    )


def copied_entry(entry: FoodLog, to: date, at: datetime) -> FoodLog:
    """Return an entry for another day. Its id follows from both, so that copying twice changes nothing."""
    return replace(entry, id=uuid5(entry.id, to.isoformat()), on=to, at=at, planned=False)


def kept_amounts(totals: Totals) -> Totals:
    """Return totals without what nobody reported; energy stays, for coverage is a share of it."""
    return {
        key: Known(
            amount=_short(found.amount),
            coverage=_short(found.coverage),
            of_kcal=None if key != "energy" or found.of_kcal is None else _short(found.of_kcal),
        )
        for key, found in totals.items()
        if found.coverage > 0 or key == "energy"
    }


def sum_of(entries: Iterable[FoodLog]) -> Totals:
    """Return what entries hold together."""
    return sum_totals((entry.amounts, 1.0) for entry in entries)


def plants_of(entries: Sequence[FoodLog], kitchen: Kitchen) -> tuple[float, tuple[str, ...]]:
    """Return the grams of fruit and vegetables, and the names of their kinds."""
    grams = sum(entry.fruit_vegetable_g or 0.0 for entry in entries)
    kinds = dict.fromkeys(kind for entry in entries for kind in entry.kinds)
    return grams, kind_names(kinds, kitchen)


def kind_names(kinds: Iterable[str], kitchen: Kitchen) -> tuple[str, ...]:
    """Return what fruits and vegetables are called; those of the person's own or of tables by their id."""
    return tuple(kitchen.foods[kind].name if kind in kitchen.foods else kind for kind in kinds)


def _check(amount: float, bounds: tuple[float, float], unit: str) -> None:
    low, high = bounds
    if not low <= amount <= high:  # a NaN is in no range
        raise BadFoodEntry(f"{amount:g} {unit} is not between {low:g} and {high:,.0f}")


def _slot(slot: str) -> Slot:
    found = next((known for known in SLOTS if known == slot), None)
    if found is None:
        raise BadFoodEntry(f"{slot!r} is not one of {', '.join(SLOTS)}")
    return found


def _short(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
