"""`plan_week`: from what is asked to a week of meals, or the reasons why there is none."""

from __future__ import annotations

from openback.model.eating import MealWeek, SolverReport
from openback.nutrition.meals.ask import MealAsk
from openback.nutrition.meals.problem import pose
from openback.nutrition.meals.rules import RULES
from openback.nutrition.meals.solver import solve


def plan_week(ask: MealAsk) -> MealWeek:
    """Return the best week of meals under the rules."""
    problem = pose(ask)
    solution = solve(problem, RULES, time_limit_s=ask.time_limit_s)
    return MealWeek(
        status="planned" if solution.meals is not None else "impossible",
        starts_on=ask.starts_on,
        meals=solution.meals or (),
        daily={},
        unmet=(),
        shopping=(),
        reasons=(),
        solver=SolverReport(
            build_s=solution.build_s,
            solve_s=solution.solve_s,
            gap=solution.gap,
            best=solution.gap <= 0.01,
        ),
    )
