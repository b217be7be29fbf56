"""What people's words about food mean: goals, diets, allergies, days, and the foods they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, Literal

from rapidfuzz import fuzz, process

from openback.datafile import Table, read_table
from openback.model.food import FoodGroup
from openback.services.eat.kitchen import Kitchen

About = Literal["goal", "diet", "allergy", "price", "activity", "slot", "group"]
ABOUT: Final[tuple[About, ...]] = ("goal", "diet", "allergy", "price", "activity", "slot", "group")
LIKE_ENOUGH: Final = 85.0  # project default: of 100, for a name with a slip of the finger
LONGEST_WORD: Final = 80
SHORTEST_ENDING: Final = 5  # letters


def plain_word(text: str) -> str:
    """Return words as ids have them: `More muscle` and `more-muscle` give `more_muscle`."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def meant(about: About, text: str) -> str | None:
    """Return our word for what somebody said, None when it is not known."""
    return _words()[about].get(plain_word(text))


def known_words(about: About) -> tuple[str, ...]:
    """Return our own words, in the order in which they are listed to a person."""
    return tuple(dict.fromkeys(_words()[about].values()))


def all_words(about: About) -> tuple[str, ...]:
    """Return every word that is understood, to find near ones."""
    return tuple(_words()[about])


def weekdays_of(text: str) -> tuple[int, ...] | None:
    """Return the weekdays that a word names, 0 Monday to 6 Sunday; None when it names none."""
    word = plain_word(text)
    if word in {"0", "1", "2", "3", "4", "5", "6"}:
        return (int(word),)
    return _days().get(word)


def weekday_words() -> tuple[str, ...]:
    """Return the words that name days."""
    return tuple(_days())


@cache
def _words() -> Mapping[About, Mapping[str, str]]:
    root = read_table("food_words.toml")
    found = {about: dict(_pairs(root.table(about))) for about in ABOUT}
    root.settle()
    return found


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    for ours in table.keys():  # noqa: SIM118 - not a mapping
        yield ours, ours
        yield from ((said, ours) for said in table.words(ours))


@cache
def _days() -> Mapping[str, tuple[int, ...]]:
    table = read_table("food_words.toml").table("days")
    found = {word: table.whole_numbers(word) for word in table.keys()}  # noqa: SIM118
    table.settle()
    return found


# --- Foods ----------------------------------------------------------------------------------------


def foods_meant(text: str, kitchen: Kitchen) -> tuple[str, ...]:
    """Return the ids of what a word names: a food, a recipe, a group, or every food with the word in it.

    Empty when nothing is called so, not even with a slip of the finger.
    """
    word = plain_word(text)[:LONGEST_WORD]
    if not word:
        return ()
    for exact in (word, *_singular(word)):
        if exact in kitchen.foods or exact in kitchen.recipes:
            return (exact,)
    if (group := _words()["group"].get(word)) is not None:
        return (group,)
    for one in (word, *_singular(word)):
        if held := _with_word(one, kitchen):
            return held
    near = process.extractOne(word, _called(kitchen), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    return () if near is None else _with_word(near[0], kitchen)


def foods_of(ids: Iterable[str], kitchen: Kitchen) -> frozenset[str]:
    """Return the foods that ids of foods and groups stand for; recipes stand for none."""
    wanted = frozenset(ids)
    return frozenset(food.id for food in kitchen.foods.values() if food.id in wanted or food.group in wanted)


def is_group(word: str) -> bool:
    """Return whether an id is that of a group of foods."""
    groups: Iterable[FoodGroup | str] = known_words("group")
    return word in groups


def _singular(word: str) -> tuple[str, ...]:
    if word.endswith("ies"):
        return (word[:-3] + "y", word[:-1])
    if word.endswith("oes"):
        return (word[:-2], word[:-1])
    return (word[:-1],) if word.endswith("s") else ()


def _with_word(word: str, kitchen: Kitchen) -> tuple[str, ...]:
    """Return the foods, else the recipes, in whose id or name the words stand as whole words."""
    asked = set(word.split("_"))

    def has(id_: str, name: str) -> bool:
        parts = {*id_.split("_"), *plain_word(name).split("_")}
        return asked <= parts | {single for part in parts for single in _singular(part)}

    foods = tuple(food.id for food in kitchen.foods.values() if has(food.id, food.name))
    foods = foods or _ending_in(word, kitchen)
    return foods or tuple(one.id for one in kitchen.recipes.values() if has(one.id, one.name))


def _ending_in(word: str, kitchen: Kitchen) -> tuple[str, ...]:
    """Return the foods of which a word ends so: `berries` are blueberries and strawberries."""
    if len(word) < SHORTEST_ENDING or "_" in word:
        return ()
    return tuple(
        food.id
        for food in kitchen.foods.values()
        if any(part.endswith(word) for part in plain_word(food.name).split("_"))
    )


def _called(kitchen: Kitchen) -> tuple[str, ...]:
    """Return whole names and their single words, to find one with a slip of the finger."""
    named = [food.name for food in kitchen.foods.values()] + [one.name for one in kitchen.recipes.values()]
    names = [plain_word(name) for name in named]
    return tuple(
        dict.fromkeys((*names, *(word for name in names for word in name.split("_") if len(word) > 3)))
    )
