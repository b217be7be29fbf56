"""The bundled foods: the table of data/foods/foods.csv as values."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, cast, get_args

from openback.model.food import Food, FoodGroup, FoodTag, Portion, Price
from openback.model.nutrients import NUTRIENT, Amounts

DATABASE: Final = "USDA SR28"
GROUPS: Final[frozenset[str]] = frozenset(get_args(FoodGroup))
TAGS: Final[frozenset[str]] = frozenset(get_args(FoodTag))
PRICES: Final[tuple[Price, ...]] = get_args(Price)


@cache
def load_foods() -> Mapping[str, Food]:
    """Return the bundled foods by id, in the order of their ids.

    A cell of a nutrient that is blank stays out of `per_100g`: unknown, never zero. The answer is kept
    for the process and cannot be changed.
    """
    table = files("openback") / "data" / "foods" / "foods.csv"
    with table.open("r", encoding="utf-8") as lines:
        return MappingProxyType({row["id"]: food_of(row) for row in csv.DictReader(lines)})


def food_of(row: Mapping[str, str]) -> Food:
    """Return the food of one row of the table; raises ValueError naming the food and the word it does not know."""
    return Food(
        id=row["id"],
        name=row["name"],
        group=cast(FoodGroup, _word(row, "group", GROUPS)),
        per_100g=_amounts(row),
        origin="bundled",
        source=f"{DATABASE} {row['usda']}",
        portions=_portions(row["portions"]),
        months=frozenset(int(month) for month in row["months"].split()),
        price=cast(Price, _word(row, "price", PRICES)),
        tags=_tags(row),
        caution=row["caution"],
        aisle=row["aisle"],
        shop_name=row["shop_name"],
        shop_unit=row["shop_unit"],
        shop_unit_g=_number(row["shop_unit_g"]),
        shop_g_per_g=_number(row["shop_g_per_g"]),
        refuse_share=_number(row["refuse_share"]) or 0.0,
    )


def _amounts(row: Mapping[str, str]) -> Amounts:
    return MappingProxyType({key: float(row[key]) for key in NUTRIENT if row.get(key)})


def _portions(text: str) -> tuple[Portion, ...]:
    """Return the portions of `1 slice=28 | 2 slices=56`."""
    pairs = (portion.rsplit("=", 1) for portion in text.split("|") if portion)
    return tuple(Portion(name=name.strip(), mass_g=float(mass)) for name, mass in pairs)


def _tags(row: Mapping[str, str]) -> frozenset[FoodTag]:
    words = frozenset(row["tags"].split())
    if words - TAGS:
        raise ValueError(f"{row['id']}: no tag is called {min(words - TAGS)!r}")
    return cast(frozenset[FoodTag], words)


def _word(row: Mapping[str, str], key: str, known: Collection[str]) -> str:
    if row[key] not in known:
        raise ValueError(f"{row['id']}: {key} {row[key]!r} is not one of {', '.join(sorted(known))}")
    return row[key]


def _number(text: str) -> float | None:
    return float(text) if text else None
