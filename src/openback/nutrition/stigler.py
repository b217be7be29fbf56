"""Stigler's diet: the cheapest food of 1939 for a year, by the machinery that plans a week of meals.

A proof that the machinery is right: the answer is known to many digits. Nobody should eat it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from openback.optimise import Column, Key, Piece, Row, Search, as_highs, gather, run

DAYS: Final = 365
MOST_DOLLARS: Final = 10.0  # a day, of one food
# What a moderately active man of 70 kg needed a day, in the units of the table (National Research Council, 1943).
MINIMA: Final[Mapping[str, float]] = {
    "calories_kcal1000": 3.0,
    "protein_g": 70.0,
    "calcium_g": 0.8,
    "iron_mg": 12.0,
    "vit_a_kIU": 5.0,
    "thiamin_mg": 1.8,
    "riboflavin_mg": 2.7,
    "niacin_mg": 18.0,
    "vit_c_mg": 75.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StiglerDiet:
    """The cheapest diet: dollars of 1939 a year, for each food and together.

    `reached` is what a day has of each nutrient, `prices` what one unit more of its minimum costs in dollars a day.
    """

    dollars: float
    foods: Mapping[str, float]
    reached: Mapping[str, float]
    prices: Mapping[str, float]


def load_stigler() -> Mapping[str, Mapping[str, float]]:
    """Return the table: food -> nutrient -> amount that one dollar bought."""
    text = files("openback").joinpath("data", "stigler.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["food"]: {key: float(row[key]) for key in MINIMA} for row in rows}


def stigler_pieces(foods: Mapping[str, Mapping[str, float]]) -> Iterator[Piece]:
    """Yield a column of dollars a day for each food, and a row for each nutrient."""
    for food in foods:
        yield Column(("dollars", food), upper=MOST_DOLLARS, gain=-1.0)
    for nutrient, minimum in MINIMA.items():
        parts: dict[Key, float] = {
            ("dollars", food): amounts[nutrient] for food, amounts in foods.items() if amounts[nutrient]
        }
        yield Row(("minimum", nutrient), parts, at_least=minimum)


def stigler_diet() -> StiglerDiet:
    """Return the cheapest diet that reaches every minimum."""
    foods = load_stigler()
    found = run(as_highs(gather(stigler_pieces(foods))), Search(gap=0.0), relaxed=True)
    dollars = dict(zip(foods, found.values, strict=True))
    return StiglerDiet(
        dollars=-found.points * DAYS,
        foods={food: paid * DAYS for food, paid in dollars.items() if paid > 1e-9},
        reached={n: sum(foods[food][n] * paid for food, paid in dollars.items()) for n in MINIMA},
        prices={n: -price for n, price in zip(MINIMA, found.prices, strict=True)},
    )
