"""How the planner of meals says things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from openback.model.food import Food
from openback.model.nutrients import NUTRIENT, NutrientUnit

UNITS: Final[Mapping[NutrientUnit, str]] = {"ug": "micrograms", "L": "litres"}
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COUNTS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
IRREGULAR: Final = {"loaf": "loaves", "leaf": "leaves", "dish": "dishes"}


def listed(words: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"; nothing for nothing."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def weekday(on: date) -> str:
    """Return the name of a day of the week."""
    return WEEKDAYS[on.weekday()]


def on_days(days: Iterable[date]) -> str:
    """Return the names of days, each once, in order."""
    return listed([weekday(on) for on in sorted(set(days))])


def count(number_of: int) -> str:
    """Return a small number as a word."""
    return COUNTS[number_of] if number_of < len(COUNTS) else str(number_of)


def number(value: float) -> str:
    """Return a number with the digits that matter: 6, 1.4, 0.25, 2,150."""
    if abs(value) >= 10:
        return f"{value:,.0f}"
    digits = 1 if abs(value) >= 1 else 2
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit(nutrient: str) -> str:
    """Return the unit of a nutrient as people read it."""
    short = NUTRIENT[nutrient].unit
    return UNITS.get(short, short)


def plural(number_of: int, name: str) -> str:
    """Return "1 tin" or "2 tins"; of "tin (240 g drained)" and "box of 6" the first word takes the plural."""
    first, space, rest = name.partition(" ")
    if number_of != 1:
        ending = "es" if first.endswith(("x", "ch", "sh", "s")) else "s"
        first = IRREGULAR.get(first, first + ending)
    return f"{number_of} {first}{space}{rest}"


def lowered(name: str) -> str:
    """Return a name as it stands inside a sentence."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def plain_name(food: Food) -> str:
    """Return what a food is called where raw or cooked does not matter."""
    return food.name.removesuffix(", raw").removesuffix(", cooked")
