"""Rules of the table: what is eaten when, and what must be cooked for it. All of them always hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from openback.model.food import SLOTS, Slot
from openback.nutrition.meals.ask import DAYS
from openback.nutrition.meals.problem import MAIN, Problem, eaten, fresh, had, left
from openback.optimise import Column, Key, Piece, Row

FEW: Final = 4  # dishes for a slot from which on the same one need not come on two following days


def meals(problem: Problem) -> Iterator[Piece]:
    """Each slot of each day has its dish, a snack one or two; the same dish comes once a day."""
    kept = {(m.recipe, problem.day(m), m.slot) for m in problem.kept}
    for choice in problem.all_choices:
        fixed = (choice.dish, choice.day, choice.slot) in kept
        yield Column(choice.key, upper=1, lower=1 if fixed else 0, whole=True)
    for (day, slot), choices in problem.choices.items():
        fewest, most = problem.dishes_in[day, slot]
        parts: dict[Key, float] = dict.fromkeys((c.key for c in choices), 1.0)
        yield Row(("meals", day, slot), parts, at_least=fewest, at_most=most)
    for (dish, day), choices in problem.on_day.items():
        group: Key = ("meals", dish, day)
        yield Column(had(dish, day), upper=max(1, problem.kept_of[dish, day]))
        yield Column(eaten(dish, day), upper=sum(c.servings for c in choices))
        ones: dict[Key, float] = {c.key: -1.0 for c in choices}
        yield Row(group, {had(dish, day): 1.0} | ones, at_least=0, at_most=0)
        servings: dict[Key, float] = {c.key: -c.servings for c in choices}
        yield Row(group, {eaten(dish, day): 1.0} | servings, at_least=0, at_most=0)


def leftovers(problem: Problem) -> Iterator[Piece]:
    """What is eaten was cooked that day, or on an earlier day on which it was eaten too and from which it keeps."""
    for dish, day in problem.on_day:
        sources = problem.leftovers.get((dish, day), ())
        parts: dict[Key, float] = {had(dish, day): 1.0, fresh(dish, day): -1.0}
        yield Column(fresh(dish, day), upper=max(1, problem.kept_of[dish, day]), whole=bool(sources))
        for cooked in sources:
            key = left(dish, cooked, day)
            yield Column(key, upper=1)
            parts[key] = -1.0
            if cooked >= 0:
                group: Key = ("leftovers", dish, day, "from", cooked)
                yield Row(group, {key: 1.0, fresh(dish, cooked): -1.0}, at_most=0)
        yield Row(("leftovers", dish, day), parts, at_least=0, at_most=0)


def cooking_minutes(problem: Problem) -> Iterator[Piece]:
    """The work of a day fits into its minutes, or into what the quickest meals and the kept ones take."""
    for day in range(DAYS):
        parts: dict[Key, float] = {
            fresh(dish, day): float(problem.dish(dish).recipe.hands_on_minutes)
            for dish, on in problem.on_day
            if on == day
        }
        if "cooking_minutes" not in problem.loosened:
            yield Row(("cooking_minutes", day), parts, at_most=problem.minutes[day])


def most_times(problem: Problem) -> Iterator[Piece]:
    """No dish comes more often in a week than is pleasant, leftovers included, unless few dishes are left."""
    if "most_times" in problem.loosened:
        return
    for dish, days in problem.days_of.items():
        slots = [s for s in SLOTS if any(c.slot == s for d in days for c in problem.on_day[dish, d])]
        most = max(most_of_slot(problem, slot) for slot in slots)
        kept = sum(problem.kept_of[dish, day] for day in days)
        parts: dict[Key, float] = {had(dish, day): 1.0 for day in days}
        yield Row(("most_times", dish), parts, at_most=max(most, kept))


def most_of_slot(problem: Problem, slot: Slot) -> int:
    """Return how often a dish of a slot may come: more often where so few dishes are left that it must.

    Lunch and dinner share their dishes.
    """
    alike = MAIN if slot in MAIN else (slot,)
    here = [(day, s) for day, s in problem.choices if s in alike]
    places = sum(problem.dishes_in[key][0] for key in here)
    dishes = {c.dish for key in here for c in problem.choices[key]}
    needed = -(-places // len(dishes)) if dishes else 0
    return max(problem.numbers.most_times[slot], needed)


def not_twice_running(problem: Problem) -> Iterator[Piece]:
    """The same lunch or dinner is not cooked on two following days; as a leftover it may come."""
    if "not_twice_running" in problem.loosened:
        return
    few = {s for (_, s), found in problem.choices.items() if len({c.dish for c in found}) < FEW}
    for dish, days in problem.days_of.items():
        slots = {c.slot for d in days for c in problem.on_day[dish, d]}
        if not slots & set(MAIN) or slots & few & set(MAIN):
            continue
        for day in days:
            both = problem.kept_of[dish, day] and problem.kept_of[dish, day + 1]
            if day + 1 in days and not both:
                parts: dict[Key, float] = {fresh(dish, day): 1.0, fresh(dish, day + 1): 1.0}
                yield Row(("not_twice_running", dish, day), parts, at_most=1)
