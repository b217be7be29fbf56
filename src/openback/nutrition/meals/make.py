"""`plan_week`: from what is asked to a week of meals, or the reasons why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from time import thread_time
from typing import Final

from openback.errors import PlannerGaveUp
from openback.model.eating import Meal, MealWeek, PlanStatus, SolverReport
from openback.model.nutrients import Totals
from openback.nutrition.dishes import sum_totals
from openback.nutrition.meals.ask import DAYS, MealAsk
from openback.nutrition.meals.conflict import conflict_sentences, empty_slots
from openback.nutrition.meals.problem import RAISED, Problem, pose
from openback.nutrition.meals.reasons import WeekFacts, reasons
from openback.nutrition.meals.rules import RULES
from openback.nutrition.meals.shopping import shopping_list
from openback.nutrition.meals.solver import Solution, solve
from openback.nutrition.meals.unmet import unknown, unmet
from openback.optimise import GAP

# What gives way when no week keeps all the rules, in this order; the first that is enough is taken.
VARIETY: Final = dict.fromkeys(
    ("most_times", "not_twice_running"), "Few dishes are left, so some come more often than is usual."
)
MORE_MINUTES: Final = {RAISED: ""}  # each day says it for itself
ANY_MINUTES: Final = {"cooking_minutes": ""}
GAVE_UP: Final = "No week was found in the time there is; more dishes, or fewer meals that stay, would help."
LOOSER: Final[tuple[Mapping[str, str], ...]] = (
    {},
    MORE_MINUTES,
    MORE_MINUTES | VARIETY,
    ANY_MINUTES | VARIETY,
)


def plan_week(ask: MealAsk) -> MealWeek:
    """Return the best week of meals under the rules.

    `stopped` with kind sentences when the targets say so; `impossible` with the rules in conflict when nothing keeps
    those that always hold. The same ask gives the same week.
    """
    if ask.targets.stops:
        return _no_week(ask, "stopped", ask.targets.stops)
    problem = pose(ask)
    if empty := empty_slots(problem):
        return _no_week(ask, "impossible", empty)
    proven = False
    for problem, solution in _attempts(ask):
        if solution.meals is not None:
            return week_of(problem, solution.meals, report(solution))
        proven = True
    return _no_week(ask, "impossible", conflict_sentences(problem) if proven else (GAVE_UP,))


def _attempts(ask: MealAsk) -> Iterator[tuple[Problem, Solution]]:
    """Yield the week with all rules, then with one after the other giving way, in the time that is left."""
    began = thread_time()
    for loosened in LOOSER:
        problem = pose(ask, loosened=loosened)
        try:
            left_s = max(ask.time_limit_s - (thread_time() - began), ask.time_limit_s / 5)
            solution = solve(problem, RULES, time_limit_s=left_s)
        except PlannerGaveUp:
            continue
        yield problem, solution


def week_of(problem: Problem, meals: Sequence[Meal], solver: SolverReport | None) -> MealWeek:
    """Return a whole week from its meals: sums by day, what it misses, what to buy, and the reasons."""
    ask = problem.ask
    daily = {ask.on(day): day_totals(ask, meals, ask.on(day)) for day in range(DAYS)}
    week = sum_totals((totals, 1.0) for totals in daily.values())
    facts = WeekFacts(problem=problem, meals=meals, daily=daily)
    return MealWeek(
        status="planned",
        starts_on=ask.starts_on,
        meals=tuple(meals),
        daily=daily,
        unmet=unmet(ask, meals, week),
        shopping=shopping_list(
            meals, ask.dishes, ask.foods, pantry_g=ask.wishes.pantry_g, eaters=ask.wishes.eaters
        ),
        reasons=(*reasons(facts), *(unknown(ask, week) if meals else ())),
        solver=solver,
    )


def day_totals(ask: MealAsk, meals: Sequence[Meal], on: date) -> Totals:
    """Return what the meals of a day hold."""
    return sum_totals((ask.dishes[m.recipe].totals, m.servings) for m in meals if m.on == on)


def report(solution: Solution) -> SolverReport:
    """Return the times and the gap of a solution."""
    return SolverReport(
        build_s=solution.build_s, solve_s=solution.solve_s, gap=solution.gap, best=solution.gap <= GAP
    )


def _no_week(ask: MealAsk, status: PlanStatus, sentences: Sequence[str]) -> MealWeek:
    return MealWeek(
        status=status,
        starts_on=ask.starts_on,
        meals=(),
        daily={},
        unmet=(),
        shopping=(),
        reasons=tuple(sentences),
    )
