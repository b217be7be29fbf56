"""The shopping list: what the week's meals take, less what is at home, in what a shop sells, in the order of a walk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from openback.model.eating import Meal, ShoppingItem
from openback.model.food import Dish, Food
from openback.nutrition.kitchen import load_aisles
from openback.nutrition.meals.words import plain_name, plural

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

    Foods that a shop sells under one name are one line. What the pantry has is taken off first, and waste (peel, stones, bones) comes on top. The rest is rounded up to
    what a shop sells. An item of which the pantry has enough stays, with nothing to buy.
    """
    pantry = pantry_g or {}
    alike: defaultdict[tuple[str, str], list[_Need]] = defaultdict(list)
    for food_id, need_g in needs_g(meals, dishes, eaters=eaters).items():
        food = foods[food_id]
        if need_g > 0:
            have_g = min(need_g, max(0.0, pantry.get(food_id, 0.0)))
            alike[shop_name(food), food.aisle].append(_Need(food=food, need_g=need_g, have_g=have_g))
    aisles = {aisle: place for place, aisle in enumerate(load_aisles())}
    items = (_item(name, needs) for (name, _), needs in alike.items())
    return tuple(sorted(items, key=lambda item: (aisles.get(item.aisle, len(aisles)), item.name, item.food)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Need:
    food: Food
    need_g: float
    have_g: float


def shop_name(food: Food) -> str:
    """Return what a shop calls a food: raw or cooked is a matter of the kitchen."""
    return food.shop_name or plain_name(food)


def _item(name: str, needs: Sequence[_Need]) -> ShoppingItem:
    """Return one line for foods that a shop sells as one, under the one of which the most is eaten."""
    most = max(needs, key=lambda need: need.need_g)
    lacking_g = sum((need.need_g - need.have_g) * need.food.bought_g_per_g for need in needs)
    units, buy_g = _units(most.food, lacking_g)
    return ShoppingItem(
        food=most.food.id,
        name=name,
        aisle=most.food.aisle,
        need_g=sum(need.need_g for need in needs),
        buy_g=buy_g,
        said=_said(most.food, units, buy_g),
        have_g=sum(need.have_g for need in needs),
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
