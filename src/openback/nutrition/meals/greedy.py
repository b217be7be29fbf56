"""A plain week, meal by meal: a start for the solver and the measure that it has to beat."""

from __future__ import annotations

from collections import Counter
from math import inf
from typing import Final

from openback.model.eating import Meal
from openback.model.food import FRUIT_AND_VEGETABLES, SLOTS, Slot
from openback.nutrition.meals.ask import DAYS
from openback.nutrition.meals.problem import MAIN, Choice, Problem
from openback.nutrition.meals.rules_food import group_g
from openback.nutrition.meals.rules_table import most_of_slot
from openback.nutrition.meals.rules_taste import names_of

ORDER: Final[tuple[Slot, ...]] = ("dinner", "lunch", "breakfast", "snack")
HURRIES: Final = (0.0, 0.02, 0.05, 0.2, 1.0, 9.0)  # how much a minute of work weighs


class _Week:
    """What was chosen so far; `cooked` says for each dish of a day when it was cooked."""

    def __init__(self, problem: Problem, *, in_time: bool = True, leftovers: bool = False) -> None:
        self.problem, self.leftovers = problem, leftovers
        self.chosen: list[Choice] = []
        self.times: Counter[str] = Counter()
        self.cooked: dict[tuple[str, int], int] = {}
        self.minutes = [minutes if in_time else inf for minutes in problem.minutes]

    def source(self, choice: Choice) -> int:
        """Return the day on which a dish would be cooked: an earlier one when there is some left of it."""
        days = self.problem.leftovers.get((choice.dish, choice.day), ()) if self.leftovers else ()
        left = [day for day in days if day < 0 or self.cooked.get((choice.dish, day)) == day]
        return left[-1] if left else choice.day

    def work(self, choice: Choice) -> int:
        """Return the minutes of work that a choice takes; none for a leftover."""
        fresh = self.source(choice) == choice.day
        return self.problem.dish(choice.dish).recipe.hands_on_minutes if fresh else 0

    def may(self, choice: Choice, reserve: float) -> bool:
        """Return whether a choice keeps the rules of the table, with `reserve` minutes left for the other meals."""
        dish, day = choice.dish, choice.day
        fresh = self.source(choice) == day
        near = any(self.cooked.get((dish, day + step)) == day + step for step in (-1, 1))
        return (
            (dish, day) not in self.cooked
            and self.times[dish] < most_of_slot(self.problem, choice.slot)
            and not (fresh and near and choice.slot in MAIN)
            and self.work(choice) + reserve <= self.minutes[day] + 1e-9
        )

    def take(self, choice: Choice) -> None:
        """Put a choice into the week."""
        self.minutes[choice.day] -= self.work(choice)
        self.cooked[choice.dish, choice.day] = self.source(choice)
        self.chosen.append(choice)
        self.times[choice.dish] += 1


def greedy_choices(problem: Problem) -> tuple[Choice, ...]:
    """Return a week that keeps the rules of the table, every meal the best by itself.

    All is cooked on its day. Where the minutes run out, it starts again and looks at work more than before; then it
    eats leftovers; at last the minutes give way. Nothing when even so it gets stuck. It looks at no bounds that are
    safety: the model says whether it keeps them.
    """
    return tuple(_greedy(problem).chosen)


def greedy_meals(problem: Problem) -> tuple[Meal, ...]:
    """Return the greedy week as meals, leftovers with the day on which they were cooked."""
    week = _greedy(problem)
    return tuple(
        Meal(
            on=problem.ask.on(one.day),
            slot=one.slot,
            recipe=one.dish,
            servings=one.servings,
            cooked_on=problem.ask.on(week.cooked[one.dish, one.day]),
        )
        for one in sorted(week.chosen, key=lambda one: (one.day, SLOTS.index(one.slot)))
    )


def _greedy(problem: Problem) -> _Week:
    attempts = (
        _in_a_hurry(_Week(problem, in_time=in_time, leftovers=leftovers), hurry)
        for in_time, leftovers in ((True, False), (True, True), (False, True))
        for hurry in HURRIES
    )
    return next(filter(None, attempts), _Week(problem))


def _in_a_hurry(week: _Week, hurry: float) -> _Week | None:
    """Return the week filled, a minute of work weighing so much; None when no dish is left for a meal."""
    problem = week.problem
    for kept in problem.kept:
        week.take(Choice(kept.recipe, problem.day(kept), kept.slot, kept.servings))
    for day in range(DAYS):
        slots = [s for s in ORDER if (day, s) in problem.choices and not _is_kept(problem, day, s)]
        for place, slot in enumerate(slots):
            reserve = sum(_least_minutes(week, day, other) for other in slots[place + 1 :])
            fewest = problem.dishes_in[day, slot][0]
            for number in range(fewest):
                more = (fewest - number - 1) / fewest * _least_minutes(week, day, slot)
                found = [c for c in problem.choices[day, slot] if week.may(c, reserve + more)]
                if not found:
                    return None
                week.take(min(found, key=lambda c: _loss(week, c) + hurry * week.work(c)))
    return week


def _is_kept(problem: Problem, day: int, slot: Slot) -> bool:
    return any(problem.day(m) == day and m.slot == slot for m in problem.kept)


def _least_minutes(week: _Week, day: int, slot: Slot) -> float:
    problem = week.problem
    times = [
        week.work(c)
        for c in problem.choices[day, slot]
        if week.times[c.dish] < most_of_slot(problem, slot) and (c.dish, day) not in week.cooked
    ]
    return min(times, default=0) * float(problem.dishes_in[day, slot][0])


def _loss(week: _Week, choice: Choice) -> float:
    """Return how far a choice is from a good meal of its slot; the smallest is taken."""
    problem, dish = week.problem, week.problem.dish(choice.dish)
    shares = problem.numbers.energy_share
    wanted_kcal = problem.day_kcal * shares[choice.slot] / sum(shares[s] for s in SLOTS)
    kcal = problem.amount(choice.dish, "energy") * choice.servings
    protein = problem.amount(choice.dish, "protein") * choice.servings
    greens_g = group_g(problem, choice.dish, FRUIT_AND_VEGETABLES) * choice.servings
    wishes, names = problem.ask.wishes, names_of(dish)
    return (
        abs(kcal / wanted_kcal - 1.0)
        - 0.5 * min(1.0, protein / (problem.ask.targets.protein_per_meal_g or 25.0))
        - 0.5 * min(1.0, greens_g / (problem.numbers.fruit_vegetable_g / 3))
        - 0.3 * bool(names & set(wishes.likes))
        + 9.0 * bool(names & set(wishes.dislikes))
        + 0.2 * week.times[choice.dish]
    )
