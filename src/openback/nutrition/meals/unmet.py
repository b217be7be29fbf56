"""What the week does not reach, said with the nearest fix; worked out from the foods there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Final

from openback.model.eating import Meal, Target, Unmet
from openback.model.food import Food
from openback.model.nutrients import NUTRIENT, Totals
from openback.nutrition.diets import allowed
from openback.nutrition.meals.ask import DAYS, MealAsk
from openback.nutrition.meals.numbers import load_numbers
from openback.nutrition.meals.rules_nutrients import MET, SILENT
from openback.nutrition.meals.words import listed, lowered, number, plain_name, plural, unit

NEAR: Final = 0.97  # from this share on a target is missed by less than foods of one name differ
FULL: Final = 0.9  # coverage below which it is said
ASIDE: Final = frozenset({"herb_spice", "sweet", "snack", "processed_meat", "spread", "drink", "other"})
MOST_PORTIONS: Final = 7  # a week; what takes more is no fix
SUGGESTED: Final = 2
UNTOLD: Final = frozenset({"water_total"})  # mostly drunk, and drinks are not planned


def unmet(ask: MealAsk, meals: Sequence[Meal], week: Totals) -> tuple[Unmet, ...]:
    """Return the targets that the mean day of the week misses, with the nearest fix; `week` is the sum of the week.

    A lower target is held against the part of the day whose foods report the nutrient: wanted is the target times
    the coverage. Where hardly any food reports it, nothing is called missing; `unknown` says that.
    """
    found = []
    for nutrient, target in ask.targets.targets.items():
        known = week.get(nutrient)
        if known is None or known.coverage < SILENT or nutrient in UNTOLD:
            continue
        mean = known.amount / DAYS
        if target.low and mean < MET * target.low * known.coverage:
            found.append(_short(ask, target, mean, known.coverage))
        elif target.high and mean > target.high * max(known.coverage, FULL) / NEAR:
            found.append(_above(ask, target, mean, meals))
    return tuple(found)


def unknown(ask: MealAsk, week: Totals) -> tuple[str, ...]:
    """Return the nutrients with a lower target of which the foods say hardly anything, or only in part."""
    silent = [
        nutrient
        for nutrient, target in ask.targets.targets.items()
        if target.low
        and nutrient not in UNTOLD
        and (nutrient not in week or week[nutrient].coverage < SILENT)
    ]
    fixes = load_numbers().fix
    return tuple(
        f"{NUTRIENT[nutrient].name}: the food tables do not say how much is in these meals"
        + (f"; {fixes[nutrient]}." if nutrient in fixes else ".")
        for nutrient in silent
    )


def _short(ask: MealAsk, target: Target, mean: float, coverage: float) -> Unmet:
    low = target.low or 0.0
    near = mean >= NEAR * low * coverage
    return Unmet(
        nutrient=target.nutrient,
        amount=mean,
        wanted=low,
        unit=NUTRIENT[target.nutrient].unit,
        text=_near_text(target) if near else _short_text(ask, target, mean, coverage),
    )


def _near_text(target: Target) -> str:
    name, low = NUTRIENT[target.nutrient].name, number(target.low or 0.0)
    return (
        f"{name}: just below {low} {unit(target.nutrient)} a day; foods of one name differ by more than that."
    )


def _short_text(ask: MealAsk, target: Target, mean: float, coverage: float) -> str:
    nutrient, low = target.nutrient, target.low or 0.0
    text = f"{NUTRIENT[nutrient].name}: {number(mean)} of {number(low)} {unit(nutrient)} a day"
    if coverage < FULL:
        text += f", as far as the tables say (for {coverage:.0%} of the energy)"
    fixes = list(_fixes(ask, target, low * coverage - mean))
    return f"{text}; {', or '.join(fixes)}." if fixes else f"{text}."


def _fixes(ask: MealAsk, target: Target, short: float) -> Iterator[str]:
    """Yield the nearest fixes in words: the foods that need the fewest portions, then what is not food."""
    if target.nutrient == "energy":
        yield "larger servings or one more snack would reach it"
        return
    foods = richest(ask, target.nutrient, short)
    if foods:
        said = [f"{plural(times, 'portion')} of {lowered(plain_name(food))}" for food, times in foods]
        yield f"{' or '.join(said)} a week more would reach it"
    if target.nutrient in load_numbers().fix:
        yield load_numbers().fix[target.nutrient]


def richest(ask: MealAsk, nutrient: str, short: float) -> tuple[tuple[Food, int], ...]:
    """Return foods that close a gap of so much a day, with portions a week, the fewest first, of different groups.

    Only foods of the recipes, such as the diet, allergies, dislikes and pregnancy allow.
    """
    ranked: list[tuple[int, float, str]] = []
    for food in _to_suggest(ask):
        portion = food.per_100g.get(nutrient, 0.0) * food.portions[0].mass_g / 100
        if portion > 0 and (times := ceil(short * DAYS / portion)) <= MOST_PORTIONS:
            ranked.append(
                (times, food.per_100g.get("energy", 0.0) * food.portions[0].mass_g * times, food.id)
            )
    chosen: list[tuple[Food, int]] = []
    for times, _, food_id in sorted(ranked):
        food = ask.foods[food_id]
        if food.group not in {one.group for one, _ in chosen}:
            chosen.append((food, times))
    return tuple(chosen[:SUGGESTED])


def _to_suggest(ask: MealAsk) -> Iterator[Food]:
    unwanted = set(ask.wishes.dislikes)
    used = {one.food for dish in ask.dishes.values() for one in dish.recipe.ingredients}
    for food in ask.foods.values():
        known = food.id in used and food.group not in ASIDE and bool(food.portions)
        wanted = not unwanted & {food.id, food.group} and not (ask.pregnant and food.caution)
        if known and wanted and allowed(food.tags, ask.wishes) is None:
            yield food


def _above(ask: MealAsk, target: Target, mean: float, meals: Sequence[Meal]) -> Unmet:
    nutrient, high = target.nutrient, target.high or 0.0
    text = (
        f"{NUTRIENT[nutrient].name}: {number(mean)} {unit(nutrient)} a day, a little more than {number(high)}"
    )
    foods = [lowered(plain_name(ask.foods[food])) for food in _most_from(ask, nutrient, meals)]
    return Unmet(
        nutrient=nutrient,
        amount=mean,
        wanted=high,
        unit=NUTRIENT[nutrient].unit,
        text=f"{text}; most of it is from {listed(foods)}." if foods else f"{text}.",
    )


def _most_from(ask: MealAsk, nutrient: str, meals: Sequence[Meal]) -> Iterator[str]:
    """Yield the foods that bring the most of a nutrient into the week."""
    brought: dict[str, float] = {}
    for meal in meals:
        recipe = ask.dishes[meal.recipe].recipe
        for one in recipe.ingredients:
            part = (
                ask.foods[one.food].per_100g.get(nutrient, 0.0) * one.mass_g * meal.servings / recipe.serves
            )
            brought[one.food] = brought.get(one.food, 0.0) + part
    most: Mapping[str, float] = {food: part for food, part in brought.items() if part > 0}
    yield from sorted(most, key=lambda food: -most[food])[:SUGGESTED]
