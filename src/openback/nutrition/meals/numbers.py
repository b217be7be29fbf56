"""What the planner of meals counts and weighs: `data/meals.toml` as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from openback.datafile import read_table
from openback.model.food import SLOTS, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What one thing is worth against another, in points."""

    energy: float
    energy_far: float
    protein_day: float
    protein_meal: float
    fruit_vegetable: float
    kinds: float
    nutrient: float
    nutrient_deep: float
    over: float
    day_floor: float
    day_ceiling: float
    fish: float
    oily: float
    fish_too_often: float
    legume: float
    again: float
    recent: float
    liked: float
    disliked: float
    minute: float
    too_dear: float
    pantry: float
    in_season: float
    out_of_season: float
    extra_snack: float
    odd_serving: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """`data/meals.toml` as values."""

    fruit_vegetable_g: float
    kinds: int
    fish_meals: int
    oily_meals: int
    most_fish_meals: int
    most_oily_meals: int
    most_oily_meals_pregnant: int
    fish_g: float
    legume_meals: int
    legume_g: float
    usual_minutes: int
    day_low_share: float
    day_high_share: float
    deep_low_share: float
    meal_low_share: float
    meal_high_share: float
    most_servings: float
    most_servings_much: float
    much_kcal: float
    usual_kcal: float
    energy_share: Mapping[Slot, float]
    most_times: Mapping[Slot, int]
    price: Prices
    fix: Mapping[str, str]  # nutrient -> what helps besides food, inside a sentence


def numbers_from(text: str | None = None) -> Numbers:
    """Return the numbers written in `text` (in `data/meals.toml` when None).

    Raises BadDataFile with every problem of it.
    """
    root = read_table("meals.toml", text)
    share, times, price, fix = (root.table(key) for key in ("energy_share", "most_times", "price", "fix"))
    found = Numbers(
        fruit_vegetable_g=root.number("fruit_vegetable_g"),
        kinds=root.whole("kinds"),
        fish_meals=root.whole("fish_meals"),
        oily_meals=root.whole("oily_meals"),
        most_fish_meals=root.whole("most_fish_meals"),
        most_oily_meals=root.whole("most_oily_meals"),
        most_oily_meals_pregnant=root.whole("most_oily_meals_pregnant"),
        fish_g=root.number("fish_g"),
        legume_meals=root.whole("legume_meals"),
        legume_g=root.number("legume_g"),
        usual_minutes=root.whole("usual_minutes"),
        day_low_share=root.number("day_low_share"),
        day_high_share=root.number("day_high_share"),
        deep_low_share=root.number("deep_low_share"),
        meal_low_share=root.number("meal_low_share"),
        meal_high_share=root.number("meal_high_share"),
        most_servings=root.number("most_servings"),
        most_servings_much=root.number("most_servings_much"),
        much_kcal=root.number("much_kcal"),
        usual_kcal=root.number("usual_kcal"),
        energy_share={slot: share.number(slot) for slot in SLOTS},
        most_times={slot: times.whole(slot) for slot in SLOTS},
        price=Prices(**{name: price.number(name) for name in Prices.__slots__}),
        fix={nutrient: fix.text(nutrient) for nutrient in fix.keys()},  # noqa: SIM118 - not a mapping
    )
    root.settle()
    return found


@cache
def load_numbers() -> Numbers:
    """Return the numbers of `data/meals.toml`, read once."""
    return numbers_from()
