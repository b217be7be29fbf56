"""One recipe file: its table to a Recipe, with every problem noted in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, cast

from openback.datafile import Table
from openback.model.food import SLOTS, Food, Ingredient, KitchenItem, Recipe, Slot

RECIPE_KEYS: Final = (
    "id",
    "name",
    "slots",
    "serves",
    "hands_on_minutes",
    "total_minutes",
    "kit",
    "keeps_days",
    "portable",
    "cuisine",
    "note",
    "method",
    "ingredients",
)
INGREDIENT_KEYS: Final = ("food", "g", "said", "optional")
ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
MOST_SERVINGS: Final = 12
MOST_MINUTES: Final = 24 * 60  # oats that soak over night
MOST_DAYS: Final = 5  # no cooked dish is safe in a fridge for longer
MOST_G: Final = 10_000.0
MOST_LETTERS: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What a recipe may name: the foods and the kit."""

    foods: Mapping[str, Food]
    kitchen: Mapping[str, KitchenItem]


def recipe_of(table: Table, stem: str, shelf: Shelf) -> Recipe:
    """Return the recipe of a file called `<stem>.toml`; what is wrong is noted in `table`.

    The answer is of use only when nothing was noted.
    """
    _known_keys(table, RECIPE_KEYS)
    recipe = Recipe(
        id=_id(table, stem),
        name=_said(table, "name"),
        slots=cast(tuple[Slot, ...], _listed(table, "slots", SLOTS, what="meal", least=1)),
        serves=_between(table, "serves", 1, MOST_SERVINGS),
        hands_on_minutes=_between(table, "hands_on_minutes", 0, MOST_MINUTES),
        total_minutes=_between(table, "total_minutes", 0, MOST_MINUTES),
        kit=frozenset(_listed(table, "kit", shelf.kitchen, what="kit")),
        keeps_days=_between(table, "keeps_days", 0, MOST_DAYS, default=0),
        portable=table.flag("portable"),
        cuisine=table.text("cuisine", ""),
        note=table.text("note", ""),
        method=_method(table),
        ingredients=_ingredients(table, shelf.foods),
    )
    if recipe.hands_on_minutes > recipe.total_minutes:
        table.note(
            "hands_on_minutes",
            f"is {recipe.hands_on_minutes}, more than total_minutes ({recipe.total_minutes})",
        )
    return recipe


def near(word: str, known: Collection[str]) -> str:
    """Return "; did you mean ...?" with the nearest of the known words, or nothing."""
    # A slip of one letter has one answer; a plain word finds what begins with it; a looser likeness gets three.
    close = (
        get_close_matches(word, known, n=1, cutoff=0.88)
        or [one for one in known if one.startswith(word)][:3]
        or get_close_matches(word, known, n=3)
    )
    return f"; did you mean {' or '.join(close)}?" if close else ""


def _id(table: Table, stem: str) -> str:
    given = table.text("id")
    if given and not ID.fullmatch(given):
        table.note(
            "id",
            f'"{given}" is not an id; use small letters, digits and underscores, beginning with a letter',
        )
    elif given and given != stem:
        table.note(
            "id", f'"{given}" is not the file\'s name; write id = "{stem}" or rename the file to {given}.toml'
        )
    return given


def _said(table: Table, key: str) -> str:
    text = table.text(key)
    if len(text) > MOST_LETTERS:
        table.note(key, f"is longer than {MOST_LETTERS} letters; shorten it")
    return text


def _listed(table: Table, key: str, known: Collection[str], *, what: str, least: int = 0) -> tuple[str, ...]:
    words = table.words(key)
    for number, word in enumerate(words, 1):
        if word not in known:
            table.note(f"{key}[{number}]", f'names no {what}: "{word}"; there are: {", ".join(known)}')
    if len(words) < least:
        table.note(key, f"is empty; name at least one of: {', '.join(known)}")
    return words


def _between(table: Table, key: str, least: int, most: int, *, default: int | None = None) -> int:
    if default is not None and key not in table.keys():  # noqa: SIM118 - not a mapping
        return default
    number = table.whole(key)
    if not least <= number <= most:
        table.note(key, f"must be {least} to {most}")
    return number


def _method(table: Table) -> tuple[str, ...]:
    steps = table.words("method")
    if not steps or not all(step.strip() for step in steps):
        table.note("method", "must be a list of steps, each in words")
    return steps


def _ingredients(table: Table, foods: Mapping[str, Food]) -> tuple[Ingredient, ...]:
    entries = table.tables("ingredients")
    if not entries:
        table.note("ingredients", "is empty; a dish is made of something")
    made = tuple(_ingredient(entry, foods) for entry in entries)
    names = [one.food for one in made]
    for name in dict.fromkeys(name for name in names if name and names.count(name) > 1):
        table.note("ingredients", f'name "{name}" {names.count(name)} times; add them up')
    return made


def _ingredient(entry: Table, foods: Mapping[str, Food]) -> Ingredient:
    _known_keys(entry, INGREDIENT_KEYS)
    food = entry.text("food")
    if food and food not in foods:
        entry.note("food", f'names no food: "{food}"{near(food, foods)}')
    mass_g = entry.number("g")
    if not 0 < mass_g <= MOST_G:
        entry.note("g", f"must be more than 0 and at most {MOST_G:g} grams")
    return Ingredient(food=food, mass_g=mass_g, said=entry.text("said", ""), optional=entry.flag("optional"))


def _known_keys(table: Table, known: tuple[str, ...]) -> None:
    for key in table.keys():  # noqa: SIM118 - not a mapping
        if key not in known:
            close = get_close_matches(key, known, n=1)
            table.note(key, "is not a known key" + (f"; did you mean {close[0]}?" if close else ""))
