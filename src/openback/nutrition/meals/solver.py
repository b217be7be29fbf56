"""The week's model on HiGHS: rules in, meals and a proven gap out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Final

import highspy
import numpy as np

from openback.errors import PlannerGaveUp
from openback.model.eating import Meal
from openback.nutrition.meals.greedy import greedy_choices
from openback.nutrition.meals.problem import Choice, Problem, fresh
from openback.optimise import GAP, Bounds, Key, Model, Rule, Run, Search, as_highs, gather, run, within

KERNEL: Final = 9  # dishes of a slot in the small model
KERNEL_NODES: Final = 60
MOST_NODES: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What the solver found. `meals` is None when no week keeps all the hard rules.

    `points` is the objective, `gap` the proven relative distance to the optimum.
    """

    meals: tuple[Meal, ...] | None
    points: float
    gap: float
    build_s: float
    solve_s: float


def model_of(problem: Problem, rules: Iterable[Rule[Problem]]) -> Model:
    """Return the model of a problem under these rules, in their order."""
    return gather(piece for rule in rules for piece in rule.pieces(problem))


def solve(problem: Problem, rules: Sequence[Rule[Problem]], *, time_limit_s: float = 10.0) -> Solution:
    """Return the best week under the rules, proven within GAP unless the search ended before.

    The relaxed model gives a bound and says which dishes matter; a small model of those gives a good week, from the
    greedy week on. Where that is not proven good enough, the whole model is searched from there.
    Raises PlannerGaveUp when the search ended before any week was found.
    """
    began = perf_counter()
    model = model_of(problem, rules)
    lp = as_highs(model)
    built = perf_counter()

    def left_s() -> float:
        return max(time_limit_s - (perf_counter() - built), 0.5)

    relaxed = run(lp, Search(time_limit_s=left_s()), relaxed=True)
    best = _start(problem, model, lp)
    if relaxed.values:
        best = _better(best, _small(problem, model, lp, relaxed, best, left_s()))
        best = within(relaxed.points, best) if best.values else best
    if not relaxed.impossible and (best.gap > GAP or not best.values) and not best.ended:
        whole = run(lp, Search(time_limit_s=left_s(), most_nodes=MOST_NODES), start=best.values)
        best = _better(best, whole)
    times = {"build_s": built - began, "solve_s": perf_counter() - built}
    if not best.values:
        if not (best.impossible or relaxed.impossible):
            raise PlannerGaveUp
        return Solution(meals=None, points=0.0, gap=0.0, **times)
    return Solution(meals=meals_of(problem, model, best.values), points=best.points, gap=best.gap, **times)


def _better(one: Run, other: Run) -> Run:
    if not one.values or (other.values and other.points >= one.points - 1e-9):
        return other
    return one


def _small(
    problem: Problem, model: Model, lp: highspy.HighsLp, relaxed: Run, start: Run, time_limit_s: float
) -> Run:
    chosen = _kernel(problem, model, relaxed) | _taken(model, start)
    target = relaxed.points - (GAP / 2) * abs(relaxed.points)
    search = Search(gap=GAP / 2, most_nodes=KERNEL_NODES, target=target, time_limit_s=time_limit_s)
    return run(lp, search, start=start.values, bounds=_only(model, lp, chosen))


def _kernel(problem: Problem, model: Model, relaxed: Run) -> set[Key]:
    """Return the choices of the dishes of each slot that matter most to the relaxed model, over the whole week."""
    at = {column.key: n for n, column in enumerate(model.columns)}
    taken: dict[tuple[str, str], float] = {}
    worth: dict[tuple[str, str], float] = {}
    for choice in problem.all_choices:
        place, n = (choice.dish, choice.slot), at[choice.key]
        taken[place] = taken.get(place, 0.0) + relaxed.values[n]
        worth[place] = max(worth.get(place, -np.inf), relaxed.worth[n])
    slots = {slot for _, slot in taken}
    chosen: set[tuple[str, str]] = set()
    for slot in slots:
        here = [place for place in taken if place[1] == slot]
        here.sort(key=lambda p: (-round(taken[p], 6), -round(worth[p], 6)))
        chosen.update(here[:KERNEL])
    return {c.key for c in problem.all_choices if (c.dish, c.slot) in chosen}


def _taken(model: Model, start: Run) -> set[Key]:
    return {
        column.key
        for column, value in zip(model.columns, start.values, strict=False)
        if column.key[0] == "meal" and value > 0.5
    }


def _only(model: Model, lp: highspy.HighsLp, chosen: Collection[Key]) -> Bounds:
    """Return the bounds that leave only these choices."""
    lower, upper = np.array(lp.col_lower_), np.array(lp.col_upper_)
    for n, column in enumerate(model.columns):
        if column.key[0] == "meal" and column.key not in chosen and column.lower == 0:
            upper[n] = 0.0
    return lower, upper


def _start(problem: Problem, model: Model, lp: highspy.HighsLp) -> Run:
    """Return the greedy week as a run, with the rest of the model filled in; no values when there is none."""
    choices = greedy_choices(problem)
    return fixed(model, lp, choices) if choices else Run(values=(), points=0.0, gap=0.0)


def fixed(model: Model, lp: highspy.HighsLp, choices: Iterable[Choice]) -> Run:
    """Return what a week of these choices is worth to the model; no values when it breaks a hard rule."""
    keys = {choice.key for choice in choices}
    lower, upper = np.array(lp.col_lower_), np.array(lp.col_upper_)
    for n, column in enumerate(model.columns):
        if column.key[0] == "meal":
            lower[n] = upper[n] = float(column.key in keys)
    return run(lp, Search(gap=0.0), bounds=(lower, upper))


def points_of(problem: Problem, rules: Sequence[Rule[Problem]], choices: Iterable[Choice]) -> float | None:
    """Return what a week of these choices is worth under the rules; None when it breaks a hard one."""
    model = model_of(problem, rules)
    found = fixed(model, as_highs(model), choices)
    return found.points if found.values else None


def meals_of(problem: Problem, model: Model, values: Sequence[float]) -> tuple[Meal, ...]:
    """Return the meals that the values of a model take, in the order of the week."""
    by_key = dict(zip((c.key for c in model.columns), values, strict=True))
    taken = [choice for choice in problem.all_choices if by_key[choice.key] > 0.5]
    return tuple(_meal(problem, choice, by_key) for choice in taken)


def _meal(problem: Problem, choice: Choice, values: Mapping[Key, float]) -> Meal:
    kept = next(
        (
            m
            for m in problem.kept
            if (m.recipe, problem.day(m), m.slot) == (choice.dish, choice.day, choice.slot)
        ),
        None,
    )
    cooked = choice.day
    if values[fresh(choice.dish, choice.day)] < 0.5:
        sources = problem.leftovers.get((choice.dish, choice.day), ())
        cooked = next(
            (d for d in reversed(sources) if d < 0 or values[fresh(choice.dish, d)] > 0.5), choice.day
        )
    if kept is not None and cooked < 0:
        return kept
    return Meal(
        on=problem.ask.on(choice.day),
        slot=choice.slot,
        recipe=choice.dish,
        servings=choice.servings,
        cooked_on=problem.ask.on(cooked),
        pinned=kept is not None and kept.pinned,
    )
