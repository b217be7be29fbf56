"""A plain week, meal by meal: a start for the solver and the measure that it has to beat."""

from __future__ import annotations

from collections import Counter
from typing import Final

from openback.model.food import FRUIT_AND_VEGETABLES, SLOTS, Slot
from openback.nutrition.meals.ask import DAYS
from openback.nutrition.meals.problem import MAIN, Choice, Problem
from openback.nutrition.meals.rules_food import group_g
from openback.nutrition.meals.rules_table import most_of_slot
from openback.nutrition.meals.rules_taste import names_of

ORDER: Final[tuple[Slot, ...]] = ("dinner", "lunch", "breakfast", "snack")
HURRIES: Final = (0.0, 0.02, 0.05, 0.2, 1.0, 9.0)  # how much a minute of work weighs


class _Week:
    """What was chosen so far."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.chosen: list[Choice] = []
        self.times: Counter[str] = Counter()
        self.on_day: set[tuple[str, int]] = set()
        self.minutes = list(problem.minutes)

    def may(self, choice: Choice, reserve: float) -> bool:
        """Return whether a choice keeps the rules of the table, with `reserve` minutes left for the other meals."""
        problem, dish = self.problem, choice.dish
        near = any((dish, choice.day + step) in self.on_day for step in (-1, 1))
        return (
            (dish, choice.day) not in self.on_day
            and self.times[dish] < most_of_slot(problem, choice.slot)
            and not (near and choice.slot in MAIN)
            and _work(problem, choice) + reserve <= self.minutes[choice.day] + 1e-9
        )

    def take(self, choice: Choice) -> None:
        """Put a choice into the week."""
        self.chosen.append(choice)
        self.times[choice.dish] += 1
        self.on_day.add((choice.dish, choice.day))
        self.minutes[choice.day] -= _work(self.problem, choice)


def greedy_choices(problem: Problem) -> tuple[Choice, ...]:
    """Return a week that keeps the rules of the table, every meal the best by itself; nothing when it gets stuck.

    All is cooked on its day. Where the minutes run out, it starts again and looks at work more than before.
    It looks at no bounds that are safety: the model says whether it keeps them.
    """
    return next(filter(None, (_in_a_hurry(problem, hurry) for hurry in HURRIES)), ())


def _in_a_hurry(problem: Problem, hurry: float) -> tuple[Choice, ...]:
    week = _Week(problem)
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
                    return ()
                week.take(min(found, key=lambda c: _loss(week, c) + hurry * _work(problem, c)))
    return tuple(week.chosen)


def _work(problem: Problem, choice: Choice) -> int:
    return problem.dish(choice.dish).recipe.hands_on_minutes


def _is_kept(problem: Problem, day: int, slot: Slot) -> bool:
    return any(problem.day(m) == day and m.slot == slot for m in problem.kept)


def _least_minutes(week: _Week, day: int, slot: Slot) -> float:
    problem = week.problem
    times = [
        _work(problem, c)
        for c in problem.choices[day, slot]
        if week.times[c.dish] < most_of_slot(problem, slot) and (c.dish, day) not in week.on_day
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
