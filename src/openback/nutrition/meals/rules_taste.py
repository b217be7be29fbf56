"""Rules that are weighed beside nutrition: taste, variety, time, money, the pantry, the season."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from openback.model.food import Dish
from openback.nutrition.meals.problem import Problem, eaten, fresh, had, left
from openback.optimise import Column, Gain, Key, Piece, Row

CLASSES: Final = ("low", "mid", "high")


def names_of(dish: Dish) -> frozenset[str]:
    """Return what a wish may name a dish by: its id, its foods, its food groups."""
    foods = {one.food for one in dish.recipe.ingredients}
    return frozenset({dish.recipe.id, *foods, *dish.groups_g})


def likes(problem: Problem) -> Iterator[Piece]:
    """What is liked comes more often; each like counts once a day and three times a week."""
    points = problem.numbers.price.liked
    for like in dict.fromkeys(problem.ask.wishes.likes):
        parts: dict[Key, float] = {
            had(dish, day): -1.0 for dish, day in problem.on_day if like in names_of(problem.dish(dish))
        }
        if parts:
            key: Key = ("liked", like)
            yield Column(key, upper=3, gain=points)
            yield Row(("likes", like), {key: 1.0} | parts, at_most=0)


def dislikes(problem: Problem) -> Iterator[Piece]:
    """What is disliked comes only when nothing else will do."""
    unwanted = set(problem.ask.wishes.dislikes)
    for dish, day in problem.on_day:
        if unwanted & names_of(problem.dish(dish)):
            yield Gain(had(dish, day), -problem.numbers.price.disliked)


def variety(problem: Problem) -> Iterator[Piece]:
    """A dish that comes again in the week counts against it, and one of the weeks before does a little."""
    price, recent = problem.numbers.price, set(problem.ask.recent)
    for dish, days in problem.days_of.items():
        if len(days) > 1:
            key: Key = ("again", dish)
            yield Column(key, upper=len(days), gain=-price.again)
            parts: dict[Key, float] = {had(dish, day): 1.0 for day in days} | {key: -1.0}
            yield Row(("variety", dish), parts, at_most=1)
            # Each leftover is a second time: the same again, but closer for the relaxed model.
            lefts: dict[Key, float] = {
                left(dish, cooked, day): 1.0
                for day in days
                for cooked in problem.leftovers.get((dish, day), ())
                if cooked >= 0
            }
            if lefts:
                yield Row(("variety", dish), lefts | {key: -1.0}, at_most=0)
        if dish in recent:
            yield from (Gain(had(dish, day), -price.recent) for day in days)


def little_work(problem: Problem) -> Iterator[Piece]:
    """Less work is better: a dish that is cooked once and eaten twice saves it."""
    minute = problem.numbers.price.minute
    for dish, day in problem.on_day:
        if minutes := problem.dish(dish).recipe.hands_on_minutes:
            yield Gain(fresh(dish, day), -minute * minutes)


def price(problem: Problem) -> Iterator[Piece]:
    """A dish that costs more than was wished for counts against the week, by each class of price."""
    wished = CLASSES.index(problem.ask.wishes.price)
    for dish, day in problem.on_day:
        steps = CLASSES.index(problem.dish(dish).price) - wished
        if steps > 0:
            yield Gain(had(dish, day), -steps * problem.numbers.price.too_dear)


def pantry(problem: Problem) -> Iterator[Piece]:
    """What is at home is eaten first."""
    at_home = {food: mass for food, mass in problem.ask.wishes.pantry_g.items() if mass > 0}
    used: dict[str, dict[Key, float]] = defaultdict(dict)
    for dish, day in problem.on_day:
        recipe = problem.dish(dish).recipe
        for one in recipe.ingredients:
            if one.food in at_home:
                share = one.mass_g / recipe.serves / at_home[one.food]
                key = eaten(dish, day)
                used[one.food][key] = used[one.food].get(key, 0.0) - share
    for food, parts in used.items():
        eaten_up: Key = ("pantry", food)
        yield Column(eaten_up, upper=1, gain=problem.numbers.price.pantry)
        yield Row(("pantry", food), {eaten_up: 1.0} | parts, at_most=0)


def season(problem: Problem) -> Iterator[Piece]:
    """What is in season is better, what is out of season a little worse."""
    points = problem.numbers.price
    for dish, day in problem.on_day:
        months = problem.dish(dish).months
        if months:
            now = problem.ask.on(day).month in months
            yield Gain(had(dish, day), points.in_season if now else -points.out_of_season)


def simple_meals(problem: Problem) -> Iterator[Piece]:
    """One snack is simpler than two, and a whole serving simpler than a half."""
    points = problem.numbers.price
    for choice in problem.all_choices:
        loss = points.odd_serving * (choice.servings not in {1.0, 2.0})
        loss += points.extra_snack * (choice.slot == "snack")
        if loss:
            yield Gain(choice.key, -loss)
