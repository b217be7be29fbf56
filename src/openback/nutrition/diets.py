"""Who may eat what: diets and allergies as rules over the tags of a food or a dish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openback.model.eating import Allergy, Diet, FoodWishes
from openback.model.food import FoodTag

# Every diet with its name; the rules below say what each asks for.
DIETS: Final[Mapping[Diet, str]] = {
    "omnivore": "Everything",
    "pescatarian": "Fish, no meat",
    "vegetarian": "Vegetarian",
    "vegan": "Vegan",
    "halal": "Halal",
    "kosher": "Kosher",
}
# Those that may hold beside another: vegan and halal.
BESIDE: Final[tuple[Diet, ...]] = ("halal", "kosher")
# What each allergy looks at.
ALLERGY_TAGS: Final[Mapping[Allergy, FoodTag]] = {
    "gluten": "contains_gluten",
    "lactose": "contains_lactose",
    "milk": "contains_milk",
    "egg": "contains_egg",
    "nuts": "contains_nuts",
    "peanut": "contains_peanut",
    "sesame": "contains_sesame",
    "soy": "contains_soy",
    "fish": "contains_fish",
    "shellfish": "contains_shellfish",
    "mustard": "contains_mustard",
    "celery": "contains_celery",
}
UNTAGGED: Final = "nobody said what is in it"


def allowed(tags: frozenset[FoodTag] | None, wishes: FoodWishes) -> str | None:
    """Return None when somebody with these wishes may eat it, else the reason: "contains milk", "is not vegan".

    Tags that nobody gave (None) are a reason of their own as soon as a diet or an allergy asks for something.
    """
    if tags is None:
        return UNTAGGED if wishes.allergies or diets_of(wishes) else None
    for allergy in sorted(wishes.allergies):
        if ALLERGY_TAGS[allergy] in tags:
            return f"contains {allergy}"
    return next((_diet_reason(diet) for diet in diets_of(wishes) if not fits_diet(tags, diet)), None)


def diets_of(wishes: FoodWishes) -> tuple[Diet, ...]:
    """Return every diet that asks for something, the main one first."""
    every = (wishes.diet, *(one for one in BESIDE if one in wishes.also_diets and one != wishes.diet))
    return tuple(one for one in every if one != "omnivore")


def fits_diet(tags: frozenset[FoodTag], diet: Diet) -> bool:
    """Return whether a diet allows what has these tags."""
    if diet == "omnivore":
        return True
    return diet in tags or (diet == "pescatarian" and "vegetarian" in tags)


def _diet_reason(diet: Diet) -> str:
    return "contains meat" if diet == "pescatarian" else f"is not {diet}"
