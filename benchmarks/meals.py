"""How long a week of meals takes to build and to solve, against the bare solvers on the same model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter, process_time
from typing import Final

import pulp  # type: ignore[import-untyped]

from benchmarks import Figure
from openback.model.eating import FoodWishes, MealWeek
from openback.model.person import Person
from openback.nutrition.dishes import dish_of
from openback.nutrition.foods import load_foods
from openback.nutrition.meals import RULES, MealAsk, plan_week, replan_meal
from openback.nutrition.meals.problem import pose
from openback.nutrition.meals.solver import model_of
from openback.nutrition.recipes import load_recipes
from openback.nutrition.stigler import stigler_diet
from openback.nutrition.targets import food_targets
from openback.optimise import GAP, Model, Search, as_highs
from openback.optimise import run as solve_bare

TODAY: Final = date(2026, 1, 1)
MONDAY: Final = date(2026, 1, 5)
BARE_LIMIT_S: Final = (
    120.0  # a bare solver that is not there by then is stopped: then the true ratio is smaller still
)
PEOPLE: Final = (
    ("a woman who eats everything", FoodWishes()),
    ("the same, leaner", FoodWishes(goal="leaner")),
    ("vegan without gluten", FoodWishes(diet="vegan", allergies=frozenset({"gluten"}))),
    ("fifteen minutes a day", FoodWishes(cooking_minutes=dict.fromkeys(range(7), 15))),
)


def ask(wishes: FoodWishes) -> MealAsk:
    """Return what the planner is asked: all recipes, and the targets of somebody who trains three times a week."""
    foods = load_foods()
    person = Person(
        sex="female",
        birth_date=date(1986, 4, 12),
        height_cm=168,
        mass_kg=66,
        experience="some",
        goals=("tone", "posture"),
        days_per_week=3,
        minutes_per_session=45,
    )
    return MealAsk(
        dishes={key: dish_of(recipe, foods) for key, recipe in load_recipes(foods).items()},
        foods=foods,
        targets=food_targets(person, wishes, today=TODAY),
        wishes=wishes,
        starts_on=MONDAY,
    )


def run() -> Sequence[Figure]:
    """Return times, gaps, and the ratios to bare HiGHS and to PuLP with CBC on the same model to the same gap."""
    figures: list[Figure] = []
    for name, wishes in PEOPLE:
        start_s = process_time()
        week = plan_week(ask_once := ask(wishes))
        figures += _week_figures(name, week, process_time() - start_s)
        if wishes == FoodWishes():
            figures += _ratios(ask_once, week)
            figures.append(_anew(ask_once, week))
    return [*figures, Figure(name="Stigler's diet", value=stigler_diet().dollars, unit="dollars a year")]


def _week_figures(name: str, week: MealWeek, whole_s: float) -> list[Figure]:
    solver = week.solver
    if solver is None:
        return []
    return [
        Figure(name=f"{name}: all, one core", value=whole_s, unit="s", at_most=10.0),
        Figure(name=f"{name}: building", value=solver.build_s, unit="s"),
        Figure(name=f"{name}: solving", value=solver.solve_s, unit="s"),
        Figure(name=f"{name}: gap", value=100 * solver.gap, unit="%", at_most=100 * GAP),
    ]


def _ratios(asked: MealAsk, week: MealWeek) -> list[Figure]:
    """Return our whole time against that of the bare solvers, from the ready model to the same gap."""
    if week.solver is None:
        return []
    model = model_of(pose(asked), RULES)
    ours_s = week.solver.build_s + week.solver.solve_s
    highs_s, highs_note = _bare_highs(model)
    cbc_s, cbc_note = _cbc(model)
    return [
        Figure(name="ratio to bare HiGHS", value=ours_s / highs_s, unit="", at_most=1.5, note=highs_note),
        Figure(name="ratio to PuLP with CBC", value=ours_s / cbc_s, unit="", note=cbc_note),
    ]


def _bare_highs(model: Model) -> tuple[float, str]:
    lp = as_highs(model)
    start_s = perf_counter()
    found = solve_bare(lp, Search(gap=GAP, most_nodes=10**6, time_limit_s=BARE_LIMIT_S))
    return perf_counter() - start_s, _note(perf_counter() - start_s, f"gap {100 * found.gap:.2g} %")


def _cbc(model: Model) -> tuple[float, str]:
    """Return the time of PuLP with CBC, building its model included, since that is how it is used."""
    start_s = perf_counter()
    problem = pulp_model(model)
    problem.solve(pulp.PULP_CBC_CMD(msg=False, threads=1, gapRel=GAP, timeLimit=BARE_LIMIT_S))
    return perf_counter() - start_s, _note(
        perf_counter() - start_s, f"{problem.objective.value():.1f} points"
    )


def _note(taken_s: float, reached: str) -> str:
    return (
        f"stopped after {taken_s:.0f} s: {reached}"
        if taken_s >= BARE_LIMIT_S
        else f"{taken_s:.0f} s: {reached}"
    )


def pulp_model(model: Model) -> pulp.LpProblem:
    """Return the same model as PuLP has it."""
    problem = pulp.LpProblem("week", pulp.LpMaximize)
    columns = {
        c.key: pulp.LpVariable(f"c{n}", c.lower, c.upper, pulp.LpInteger if c.whole else pulp.LpContinuous)
        for n, c in enumerate(model.columns)
    }
    problem += pulp.lpSum(points * columns[key] for key, points in model.gains.items() if points)
    for row in model.rows:
        total = pulp.lpSum(part * columns[key] for key, part in row.parts.items())
        if row.at_least == row.at_most:
            problem += total == row.at_least
            continue
        if row.at_least > -float("inf"):
            problem += total >= row.at_least
        if row.at_most < float("inf"):
            problem += total <= row.at_most
    return problem


def _anew(asked: MealAsk, week: MealWeek) -> Figure:
    start_s = process_time()
    replan_meal(replace(asked), week, MONDAY + timedelta(days=2), "dinner")
    return Figure(name="one meal anew", value=process_time() - start_s, unit="s", at_most=1.0)
