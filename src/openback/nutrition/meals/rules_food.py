"""Rules of what kind of food comes: fruit and vegetables, fish, legumes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from openback.model.food import FRUIT_AND_VEGETABLES, FoodGroup
from openback.nutrition.meals.ask import DAYS
from openback.nutrition.meals.problem import Problem, eaten, had
from openback.optimise import Column, Key, Piece, Row

FISH: Final[Collection[FoodGroup]] = frozenset({"fish", "oily_fish"})
OILY: Final[Collection[FoodGroup]] = frozenset({"oily_fish"})
LEGUMES: Final[Collection[FoodGroup]] = frozenset({"legume", "soy"})


def group_g(problem: Problem, dish: str, groups: Collection[FoodGroup]) -> float:
    """Return the grams of these food groups in a serving of a dish."""
    return sum(mass for group, mass in problem.dish(dish).groups_g.items() if group in groups)


def fruit_and_vegetables(problem: Problem) -> Iterator[Piece]:
    """Each day has at least 400 g of fruit and vegetables."""
    wanted = problem.numbers.fruit_vegetable_g
    for day in range(DAYS):
        reached: Key = ("fruit_vegetables", day)
        yield Column(reached, upper=1, gain=problem.numbers.price.fruit_vegetable)
        parts: dict[Key, float] = {
            eaten(dish, day): -grams / wanted
            for dish, on in problem.on_day
            if on == day and (grams := group_g(problem, dish, FRUIT_AND_VEGETABLES))
        }
        yield Row(("fruit_and_vegetables", day), {reached: 1.0} | parts, at_most=0)


def five_kinds(problem: Problem) -> Iterator[Piece]:
    """Each day has at least five different fruits and vegetables."""
    numbers = problem.numbers
    for day in range(DAYS):
        dishes: dict[str, list[Key]] = {}
        for dish, on in problem.on_day:
            if on == day:
                for kind in problem.dish(dish).kinds:
                    dishes.setdefault(kind, []).append(had(dish, day))
        reached: Key = ("kinds", day)
        yield Column(reached, upper=numbers.kinds, gain=numbers.price.kinds / numbers.kinds)
        counted: dict[Key, float] = {reached: 1.0}
        for kind, keys in dishes.items():
            here: Key = ("kind", kind, day)
            yield Column(here, upper=1)
            yield Row(("five_kinds", day), {here: 1.0} | dict.fromkeys(keys, -1.0), at_most=0)
            counted[here] = -1.0
        yield Row(("five_kinds", day), counted, at_most=0)


def fish(problem: Problem) -> Iterator[Piece]:
    """Fish comes twice a week, once an oily one, where the diet has fish; more than four, or three oily, is too much."""
    numbers = problem.numbers
    most_oily = numbers.most_oily_meals_pregnant if problem.ask.pregnant else numbers.most_oily_meals
    yield from _meals_of(problem, "fish", FISH, numbers.fish_g, (numbers.fish_meals, numbers.price.fish))
    yield from _meals_of(problem, "oily", OILY, numbers.fish_g, (numbers.oily_meals, numbers.price.oily))
    for groups, most, name in ((FISH, numbers.most_fish_meals, "fish"), (OILY, most_oily, "oily")):
        parts = _had_with(problem, groups, numbers.fish_g)
        if parts:
            key: Key = ("too_often", name)
            yield Column(key, upper=99, gain=-numbers.price.fish_too_often)
            yield Row(("fish", "most", name), parts | {key: -1.0}, at_most=most)


def _had_with(problem: Problem, groups: Collection[FoodGroup], from_g: float) -> dict[Key, float]:
    """Return the times that dishes with so many grams of these groups come, as parts of a row."""
    return {had(dish, day): 1.0 for dish, day in problem.on_day if group_g(problem, dish, groups) >= from_g}


def legumes(problem: Problem) -> Iterator[Piece]:
    """Beans, lentils, peas or soy come three times a week."""
    numbers = problem.numbers
    wanted = (numbers.legume_meals, numbers.price.legume)
    yield from _meals_of(problem, "legumes", LEGUMES, numbers.legume_g, wanted)


def _meals_of(
    problem: Problem, name: str, groups: Collection[FoodGroup], from_g: float, wanted: tuple[int, float]
) -> Iterator[Piece]:
    """Yield points for each meal that has so many grams of these groups, up to the wanted number."""
    parts = {key: -part for key, part in _had_with(problem, groups, from_g).items()}
    if parts:
        times, points = wanted
        reached: Key = ("meals_of", name)
        yield Column(reached, upper=times, gain=points)
        yield Row((name,), {reached: 1.0} | parts, at_most=0)
