"""Foods to choose from: search, one by its id or barcode, one's own, and importing public tables."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import Final
from uuid import UUID

from openback.errors import BadBarcode, BadOwnFood, NotFound, UnknownFood
from openback.interop.foods import holds_foods
from openback.model.barcode import barcodes_of
from openback.model.food import Food
from openback.model.nutrients import NUTRIENT
from openback.services.app import App
from openback.services.eat.kitchen import kitchen_of
from openback.services.food_imports import FoodImportReport, import_foods, imports
from openback.services.food_search import RECIPE, FoodHit, HitOrigin, foods_with_barcode, search
from openback.storage import Kept

__all__ = [
    "RECIPE",
    "FoodHit",
    "FoodImportReport",
    "HitOrigin",
    "by_barcode",
    "food",
    "forget_own_food",
    "holds_foods",
    "import_foods",
    "imports",
    "keep_own_food",
    "own_foods",
    "search",
]

_MOST_KCAL: Final = 902  # pure fat; of 100 g
_LONGEST_NAME: Final = 120
_MOST_PORTIONS: Final = 20


def food(app: App, food_id: str) -> Food:
    """Return a food by its id, bundled, imported or this person's own. Raises UnknownFood."""
    bundled = kitchen_of(app).foods.get(food_id)
    if bundled is not None:
        return bundled
    found = app.store.own_food(app.person_id, food_id) or app.store.foods([food_id]).get(food_id)
    if found is None:
        raise UnknownFood(food_id)
    return found


def by_barcode(app: App, code: str) -> Food | None:
    """Return the food with a barcode, one's own before others, None when none has it.

    EAN-13, EAN-8, UPC-A, UPC-E and GTIN-14 are read; spaces and hyphens do not matter. Raises BadBarcode when it
    cannot be one.
    """
    meant = barcodes_of(code)
    if not meant:
        raise BadBarcode(code)
    return next(iter(foods_with_barcode(app, meant)), None)


# --- Foods of one's own ---------------------------------------------------------------------------


def own_foods(app: App) -> tuple[Food, ...]:
    """Return this person's own foods, by name."""
    return tuple(sorted(app.store.own_foods(app.person_id), key=lambda one: (one.name.casefold(), one.id)))


def keep_own_food(app: App, food: Food) -> Kept[Food]:
    """Keep a food of one's own under its id, `own:` and a UUID that the page made; `undo` takes it back.

    Sent twice it changes nothing, sent changed it is an edit. What was logged of it before stays as it was.
    Raises BadOwnFood with every problem at once.
    """
    barcode = next(iter(barcodes_of(food.barcode)), None) if food.barcode.strip() else ""
    problems = [*_problems(food), *(["The barcode's last digit does not fit."] if barcode is None else [])]
    if problems:
        raise BadOwnFood(problems)
    clean = replace(
        food,
        name=" ".join(food.name.split()),
        brand=" ".join(food.brand.split()),
        barcode=barcode or "",
        origin="own",
        source=food.source or "your own figures",
    )
    app.store.expect_person(app.person_id)
    return app.store.put_own_food(app.person_id, clean)


def forget_own_food(app: App, food_id: str) -> UUID:
    """Take a food of one's own away and return the token that brings it back. Raises NotFound."""
    gone = app.store.delete_own_food(app.person_id, food_id)
    if gone is None:
        raise NotFound("food", food_id)
    return gone.token


def _problems(food: Food) -> list[str]:
    """Return what is wrong with a food of one's own, a sentence each."""
    found = []
    if not _is_own_id(food.id):
        found.append("The id of a food of your own is `own:` and a UUID.")
    if not 1 <= len(food.name.strip()) <= _LONGEST_NAME:
        found.append(f"Give the food a name of up to {_LONGEST_NAME} letters.")
    if len(food.portions) > _MOST_PORTIONS:
        found.append(f"A food has up to {_MOST_PORTIONS} portions.")
    odd = (one for one in food.portions if not one.name.strip() or not 0 < one.mass_g <= 5000)
    found += [f"The portion {one.name!r} needs a name and a mass of up to 5000 g." for one in odd]
    found += [one for key, amount in food.per_100g.items() for one in _amount_problems(key, amount)]
    weighed = [food.per_100g.get(key, 0.0) for key in ("protein", "carbohydrate", "fat")]
    if not found and sum(weighed) > 101:
        found.append("Protein, carbohydrate and fat together are more than 100 g of 100 g.")
    return found


def _is_own_id(food_id: str) -> bool:
    try:
        UUID(food_id.removeprefix("own:"))
    except ValueError:
        return False
    return food_id.startswith("own:")


def _amount_problems(key: str, amount: float) -> list[str]:
    nutrient = NUTRIENT.get(key)
    if nutrient is None:
        return [f"No nutrient is called {key!r}."]
    if not isfinite(amount) or amount < 0:
        return [f"{nutrient.name} cannot be less than nothing."]
    most = {"kcal": float(_MOST_KCAL), "g": 100.0, "mg": 1e5, "ug": 1e8, "L": 0.1}[nutrient.unit]
    if amount > most:
        return [f"100 g cannot have more than {most:g} {nutrient.unit} of {nutrient.name.lower()}."]
    return []
