"""Foods and recipes to log with one tap: those that were starred, then those that were logged most often."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from openback.errors import UnknownFood
from openback.model.food import Slot
from openback.services import foods
from openback.services.app import App
from openback.services.eat.amounts import known
from openback.services.eat.kitchen import kitchen_of
from openback.services.eat.views import Favourite
from openback.storage import FoodUse

MOST: Final = 24
LOOKED_AT: Final = 30


def favourites(app: App, slot: Slot | None = None) -> tuple[Favourite, ...]:
    """Return what is logged with one tap, as it was logged last: starred first, then by use.

    With a slot, what was last eaten in it comes before the rest of its kind.
    """
    starred = app.store.favourite_foods(app.person_id)
    uses = app.store.food_uses(app.person_id, most=LOOKED_AT)
    used = [_used(use, starred) for use in uses]
    never = [one for key in sorted(starred - {_key(use) for use in uses}) if (one := _never(app, key))]
    found = sorted(
        [*used, *never], key=lambda one: (not one.starred, slot is not None and one.slot != slot, -one.uses)
    )
    return tuple(found[:MOST])


def keep_favourite(app: App, key: str, *, starred: bool) -> UUID | None:
    """Star a food or recipe, or take the star away; return the token that takes that back.

    Raises NotFound for what is not here.
    """
    key = key.removeprefix(foods.RECIPE)
    if starred and key not in kitchen_of(app).recipes:
        foods.food(app, key)
    change = app.store.put_favourite(app.person_id, key, starred=starred)
    return None if change is None else change.token


def _key(use: FoodUse) -> str:
    return use.last.food or use.last.recipe or ""


def _used(use: FoodUse, starred: frozenset[str]) -> Favourite:
    last = use.last
    return Favourite(
        food=last.food,
        recipe=last.recipe,
        name=last.name,
        slot=last.slot,
        mass_g=last.mass_g,
        servings=last.servings,
        portion=last.portion,
        energy_kcal=known(last.amounts, "energy"),
        starred=_key(use) in starred,
        uses=use.uses,
    )


def _never(app: App, key: str) -> Favourite | None:
    """Return something that was starred and never logged: its first portion, or one serving."""
    dish = kitchen_of(app).dishes.get(key)
    if dish is not None:
        return Favourite(
            food=None,
            recipe=key,
            name=dish.recipe.name,
            slot=dish.recipe.slots[0],
            mass_g=None,
            servings=1.0,
            portion="",
            energy_kcal=known(dish.totals, "energy"),
            starred=True,
            uses=0,
        )
    try:
        food = foods.food(app, key)
    except UnknownFood:
        return None
    mass_g = food.portions[0].mass_g if food.portions else 100.0
    kcal = food.per_100g.get("energy")
    return Favourite(
        food=key,
        recipe=None,
        name=food.name,
        slot="snack",
        mass_g=mass_g,
        servings=None,
        portion=food.portions[0].name if food.portions else "",
        energy_kcal=None if kcal is None else kcal * mass_g / 100,
        starred=True,
        uses=0,
    )
