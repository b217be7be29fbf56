"""What foods and dishes hold: sums of nutrients that say how much of them is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from openback.model.food import FRUIT_AND_VEGETABLES, Dish, Food, FoodGroup, FoodTag, Price, Recipe
from openback.model.nutrients import NUTRIENT, Known, Totals
from openback.nutrition.foods import PRICES
from openback.nutrition.kitchen import load_counting

ENERGY: Final = "energy"
ALL_MUST: Final[frozenset[FoodTag]] = frozenset({"vegan", "vegetarian", "pescatarian", "halal", "kosher"})
MEAT_GROUPS: Final[frozenset[FoodGroup]] = frozenset({"red_meat", "processed_meat"})


def totals_of(food: Food, mass_g: float) -> Totals:
    """Return what `mass_g` grams of a food hold: every nutrient, with coverage 1 where it is reported, else 0."""
    return totals_of_plate([(food, mass_g)])


def totals_of_plate(portions: Sequence[tuple[Food, float]]) -> Totals:
    """Return what foods with their grams hold together: the sum of `totals_of` each, made in one go."""
    weights_kcal = [_weight_kcal(food, mass_g) for food, mass_g in portions]
    whole = sum(weights_kcal)

    def known(key: str) -> Known:
        there = [key in food.per_100g for food, _ in portions]
        amount = sum(food.per_100g.get(key, 0.0) * mass_g / 100 for food, mass_g in portions)
        reported = sum(weight for weight, here in zip(weights_kcal, there, strict=True) if here)
        coverage = min(1.0, reported / whole) if whole > 0 else float(bool(there) and all(there))
        return Known(amount=amount, coverage=coverage, of_kcal=whole)

    return MappingProxyType({key: known(key) for key in NUTRIENT})


def sum_totals(parts: Iterable[tuple[Totals, float]]) -> Totals:
    """Return the sum of totals, each taken so many times (servings, or 1): every nutrient.

    The coverage is the mean of the parts' coverages, weighted by their energy; of parts that have no energy at all
    the lowest counts. Nothing summed is nothing known: coverage 0.
    """
    weighed = [(totals, times, _of_kcal(totals) * times) for totals, times in parts if times > 0]
    return MappingProxyType({key: _sum_of(key, weighed) for key in NUTRIENT})


def scaled(totals: Totals, times: float) -> Totals:
    """Return totals taken so many times; what is known of them stays the same share."""
    return sum_totals([(totals, times)])


def dish_of(recipe: Recipe, foods: Mapping[str, Food]) -> Dish:
    """Return a recipe with what one serving of it holds; ingredients that may be left out are counted.

    Raises KeyError for a food that is not in `foods`, which `load_recipes` has ruled out.
    """
    share = 1 / recipe.serves
    portions = [(foods[one.food], one.mass_g * share) for one in recipe.ingredients]
    mass_g = sum(mass for _, mass in portions)
    return Dish(
        recipe=recipe,
        mass_g=mass_g,
        totals=totals_of_plate(portions),
        tags=tags_of([food for food, _ in portions]),
        groups_g=_groups_g(portions),
        kinds=kinds_of(portions),
        price=_price(portions),
        months=_months([food for food, _ in portions]),
        cautions=tuple(dict.fromkeys(food.caution for food, _ in portions if food.caution)),
    )


def tags_of(foods: Sequence[Food]) -> frozenset[FoodTag]:
    """Return the tags of a dish of these foods: a diet holds when all allow it, contents count from any.

    A food that nobody tagged allows no diet. Meat with milk, and meat with fish, is not kosher
    although each may be.
    """
    tagged = [food.tags or frozenset() for food in foods]
    diets = ALL_MUST.intersection(*tagged) if tagged else frozenset[FoodTag]()
    contents = frozenset[FoodTag]().union(*tagged) - ALL_MUST
    if any(map(is_meat, foods)) and contents & {"contains_milk", "contains_fish"}:
        diets -= {"kosher"}
    return diets | contents


def is_meat(food: Food) -> bool:
    """Return whether a food is meat of land animals: of its group, or protein that is not vegetarian."""
    unsaid = food.tags is None
    return food.group in MEAT_GROUPS or (
        food.group == "lean_protein" and (unsaid or "vegetarian" not in (food.tags or ()))
    )


def kinds_of(portions: Iterable[tuple[Food, float]]) -> tuple[str, ...]:
    """Return the ids of the fruits and vegetables of which there is enough to count as a kind, most first.

    States of one plant are one kind: tinned tomatoes and fresh ones add up.
    """
    counting = load_counting()
    masses_g: defaultdict[str, float] = defaultdict(float)
    for food, mass_g in portions:
        if food.group in FRUIT_AND_VEGETABLES:
            masses_g[counting.same_kind.get(food.id, food.id)] += mass_g
    ranked = sorted(masses_g.items(), key=lambda item: -item[1])
    return tuple(kind for kind, mass_g in ranked if mass_g >= counting.kind_from_g)


def _weight_kcal(food: Food, mass_g: float) -> float:
    energy = food.per_100g.get(ENERGY)
    if energy is None:
        return mass_g * load_counting().unknown_kcal_per_g
    return energy * mass_g / 100


def _of_kcal(totals: Totals) -> float:
    """Return the energy that the coverages of these totals are shares of, in kcal; 0 when it is not known."""
    energy = totals.get(ENERGY)
    if energy is None:
        return 0.0
    if energy.of_kcal is not None:
        return energy.of_kcal
    return energy.amount / energy.coverage if energy.coverage > 0 else 0.0


def _sum_of(key: str, weighed: Sequence[tuple[Totals, float, float]]) -> Known:
    nothing = Known(amount=0.0, coverage=0.0)
    found = [(totals.get(key, nothing), times, weight) for totals, times, weight in weighed]
    whole = sum(weight for _, _, weight in found)
    if whole > 0:
        # Of sums of many floats that are all known, a hair over 1 may come out.
        coverage = min(1.0, sum(known.coverage * weight for known, _, weight in found) / whole)
    else:
        coverage = min((known.coverage for known, _, _ in found), default=0.0)
    amount = sum(known.amount * times for known, times, _ in found)
    return Known(amount=amount, coverage=coverage, of_kcal=whole)


def _groups_g(portions: Iterable[tuple[Food, float]]) -> Mapping[FoodGroup, float]:
    groups: defaultdict[FoodGroup, float] = defaultdict(float)
    for food, mass_g in portions:
        groups[food.group] += mass_g
    return MappingProxyType(dict(groups))


def _price(portions: Sequence[tuple[Food, float]]) -> Price:
    """Return the price class of a serving: the dearest one that makes up a good part of its energy or its mass.

    What nobody priced counts as "mid".
    """
    parts = [(food.price or "mid", _weight_kcal(food, mass_g), mass_g) for food, mass_g in portions]
    kcal, grams = sum(part[1] for part in parts), sum(part[2] for part in parts)
    share = load_counting().dear_share
    dear: Price = "low"
    for price in PRICES:
        of_kcal = sum(part[1] for part in parts if part[0] == price)
        of_grams = sum(part[2] for part in parts if part[0] == price)
        if of_kcal > share * kcal or of_grams > share * grams:
            dear = price
    return dear


def _months(foods: Iterable[Food]) -> frozenset[int]:
    """Return the months in which most of the seasonal foods are in season; empty when none is seasonal."""
    counts = Counter(month for food in foods for month in food.months)
    most = max(counts.values(), default=0)
    return frozenset(month for month, count in counts.items() if count == most)
