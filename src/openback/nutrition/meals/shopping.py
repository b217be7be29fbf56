"""The shopping list: what the week's meals take, less what is at home, in what a shop sells, in the order of a walk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import ceil
from typing import Final

from openback.model.eating import Meal, ShoppingItem
from openback.model.food import Dish, Food
from openback.nutrition.kitchen import load_aisles
from openback.nutrition.meals.words import plural

LOOSE_G: Final = 10.0  # what has no shop unit is bought by weight, rounded up to this
COUNTED: Final = frozenset({"piece", "fillet", "head", "bunch", "steak", "bulb", "stick", "ear"})
CRUMB_G: Final = 0.05  # less than this is nothing to buy


def needs_g(meals: Iterable[Meal], dishes: Mapping[str, Dish], *, eaters: int = 1) -> dict[str, float]:
    """Return the grams of each food, as eaten, that these meals take for so many eaters."""
    found: defaultdict[str, float] = defaultdict(float)
    for meal in meals:
        recipe = dishes[meal.recipe].recipe
        for one in recipe.ingredients:
            found[one.food] += one.mass_g / recipe.serves * meal.servings * eaters
    return dict(found)


def shopping_list(
    meals: Iterable[Meal],
    dishes: Mapping[str, Dish],
    foods: Mapping[str, Food],
    *,
    pantry_g: Mapping[str, float] | None = None,
    eaters: int = 1,
) -> tuple[ShoppingItem, ...]:
    """Return what to buy for these meals, by aisle in the order of a walk through the shop, then by name.

    What the pantry has is taken off first, and waste (peel, stones, bones) comes on top. The rest is rounded up to
    what a shop sells. An item of which the pantry has enough stays, with nothing to buy.
    """
    pantry = pantry_g or {}
    items = (
        _item(foods[food], need_g, pantry.get(food, 0.0))
        for food, need_g in needs_g(meals, dishes, eaters=eaters).items()
        if need_g > 0
    )
    aisles = {aisle: place for place, aisle in enumerate(load_aisles())}
    return tuple(sorted(items, key=lambda item: (aisles.get(item.aisle, len(aisles)), item.name, item.food)))


def _item(food: Food, need_g: float, at_home_g: float) -> ShoppingItem:
    have_g = min(need_g, max(0.0, at_home_g))
    lacking_g = (need_g - have_g) * food.bought_g_per_g
    units, buy_g = _units(food, lacking_g)
    return ShoppingItem(
        food=food.id,
        name=food.shop_name or food.name,
        aisle=food.aisle,
        need_g=need_g,
        buy_g=buy_g,
        said=_said(food, units, buy_g),
        have_g=have_g,
    )


def _units(food: Food, lacking_g: float) -> tuple[int, float]:
    """Return how many units are bought and their grams, never fewer than lack."""
    if lacking_g <= CRUMB_G:
        return 0, 0.0
    unit_g = food.shop_unit_g or LOOSE_G
    units = max(1, ceil(lacking_g / unit_g - 1e-9))
    return units, units * unit_g


def _said(food: Food, units: int, buy_g: float) -> str:
    if units == 0:
        return "at home"
    if not food.shop_unit_g or not food.shop_unit:
        return _mass(buy_g)
    said = plural(units, food.shop_unit)
    if food.shop_unit in COUNTED:
        return f"{said}, about {_mass(buy_g)}"
    return said if " of " in said or "(" in said else f"{said} of {_mass(food.shop_unit_g)}"


def _mass(mass_g: float) -> str:
    return f"{mass_g / 1000:.3g} kg" if mass_g >= 1000 else f"{mass_g:.0f} g"
