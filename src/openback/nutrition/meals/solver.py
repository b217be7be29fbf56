"""The week's model on HiGHS: rules in, meals and a proven gap out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from time import perf_counter, thread_time
from typing import Final

import highspy
import numpy as np

from openback.errors import PlannerGaveUp
from openback.model.eating import Meal
from openback.nutrition.meals.ask import DAYS
from openback.nutrition.meals.greedy import greedy_choices
from openback.nutrition.meals.problem import Choice, Problem, fresh, without_days
from openback.nutrition.meals.rules_nutrients import BEYOND
from openback.optimise import (
    GAP,
    Bounds,
    Key,
    Model,
    Rule,
    Run,
    Search,
    as_highs,
    gather,
    merged,
    run,
    within,
)

KERNEL: Final = 12  # dishes of a slot that are looked at first
FEW_NODES: Final = 5
MOST_NODES: Final = 100
TINY: Final = 1e-6
EFFORT: Final = 0.3  # the bound is close from the start, so time goes into good weeks
# Which days are planned anew together, and the share of the gap at which that is not needed any more: each day alone
# in any case; then two days at a time, those furthest apart first.
ROUNDS: Final[tuple[tuple[tuple[int, ...], float], ...]] = (
    *(((day,), 0.0) for day in range(DAYS)),
    *(((day, (day + 3) % DAYS), 0.5) for day in range(DAYS)),
    *(((day, (day + 1) % DAYS), 1.0) for day in range(DAYS)),
    *(((day, (day + 2) % DAYS), 1.0) for day in range(DAYS)),
)


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


def strict(model: Model) -> Model:
    """Return the model in which no bound that is safety is overstepped, not even while searching."""
    columns = tuple(replace(c, upper=0.0) if c.key[0] == BEYOND else c for c in model.columns)
    return replace(model, columns=columns)


def solve(
    problem: Problem, rules: Sequence[Rule[Problem]], *, gap: float = GAP, time_limit_s: float = 10.0
) -> Solution:
    """Return the best week under the rules, proven within `gap` unless the search ended before.

    The days taken together give a small relaxed model: a bound, and which dishes matter. From the greedy week on,
    each day is planned anew among those dishes, the others as they are; then two days at a time. Where that is not
    proven good enough, the whole model is searched. Raises PlannerGaveUp when that ended before any week was found.
    """
    began = perf_counter()
    model = model_of(problem, rules)
    hunt = _Hunt(problem, model, as_highs(model), Ends(gap=gap, at_s=thread_time() + time_limit_s))
    built = perf_counter()
    best = hunt.best_week()
    times = {"build_s": built - began, "solve_s": perf_counter() - built}
    if not best.values:
        if not best.impossible:
            raise PlannerGaveUp
        return Solution(meals=None, points=0.0, gap=0.0, **times)
    return Solution(meals=meals_of(problem, model, best.values), points=best.points, gap=best.gap, **times)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """When the search ends: proven within `gap`, or when its processor time (of this thread) is over."""

    gap: float
    at_s: float

    @property
    def left_s(self) -> float:
        """The seconds that are left, at least one."""
        return min(max(self.at_s - thread_time(), 1.0), 1e6)


class _Hunt:
    """The search for one week: the best so far, and a bound that no week exceeds."""

    def __init__(self, problem: Problem, model: Model, lp: highspy.HighsLp, ends: Ends) -> None:
        self.problem, self.model, self.lp, self.ends = problem, model, lp, ends
        self.best = Run(values=(), points=0.0, gap=inf)
        self.bound = inf
        self.meals = [(n, c.key) for n, c in enumerate(model.columns) if c.key[0] == "meal"]
        self.beyond = [n for n, c in enumerate(model.columns) if c.key[0] == BEYOND]

    def best_week(self) -> Run:
        """Return the best week as a run, with its gap to the bound; impossible when that is proven."""
        together = merged(self.model, as_one=without_days)
        relaxed = run(as_highs(together), Search(time_limit_s=self.ends.left_s), relaxed=True)
        if not relaxed.values:
            return relaxed
        self.bound = relaxed.points
        kernel = _kernel(self.problem, together, relaxed)
        self.take(self.fixed(greedy_choices(self.problem)))
        if not self.best.values:
            self.take(self.first(kernel))
        if not self.best.values:
            relaxed = self.relaxed_week()
            if not relaxed.values:
                return relaxed
            self.take(self.first({key for _, key in self.meals}))
        for days, share in ROUNDS if self.best.values else ():
            if self.best.gap > share * self.ends.gap and thread_time() < self.ends.at_s:
                self.days_anew(days, kernel)
        if not self.safe(self.best):
            self.best = Run(values=(), points=0.0, gap=inf)
        return self.best if self.good else self.whole_week()

    def safe(self, found: Run) -> bool:
        """Return whether a week oversteps no bound that is safety."""
        return bool(found.values) and all(found.values[n] <= TINY for n in self.beyond)

    @property
    def good(self) -> bool:
        """Whether the best week is proven good enough."""
        return bool(self.best.values) and self.best.gap <= self.ends.gap

    def take(self, found: Run) -> None:
        """Keep a week that is better than the best so far; measure the best one from the bound."""
        if found.values and (not self.best.values or found.points >= self.best.points):
            self.best = found
        if self.best.values:
            self.best = within(self.bound, self.best)

    def fixed(self, choices: Iterable[Choice]) -> Run:
        """Return what a week of these choices is worth; no values when there are none or a hard rule is broken."""
        keys = {choice.key for choice in choices}
        if not keys:
            return self.best
        return run(self.lp, Search(gap=0.0), bounds=self.bounds(keys, frozenset()))

    def first(self, kernel: Collection[Key]) -> Run:
        """Return some week of these choices where the greedy one got stuck."""
        search = Search(gap=1.0, most_nodes=MOST_NODES, time_limit_s=self.ends.left_s, effort=EFFORT)
        return run(self.lp, search, bounds=self.bounds(frozenset(), kernel))

    def days_anew(self, days: Collection[int], kernel: Collection[Key]) -> None:
        """Plan some days anew among these choices, the others as they are."""
        taken = {key for n, key in self.meals if self.best.values[n] > 0.5}
        search = Search(
            gap=self.ends.gap / 10, most_nodes=FEW_NODES, time_limit_s=self.ends.left_s, effort=EFFORT
        )
        free = {key for _, key in self.meals if key[2] in days and (key in kernel or key in taken)}
        self.take(run(self.lp, search, start=self.best.values, bounds=self.bounds(taken, free)))

    def bounds(self, taken: Collection[Key], free: Collection[Key]) -> Bounds:
        """Return the bounds with which the choices are as taken, but for those that are free."""
        lower, upper = np.array(self.lp.col_lower_), np.array(self.lp.col_upper_)
        for n, key in self.meals:
            if key not in free:
                lower[n] = max(lower[n], float(key in taken))
                upper[n] = float(key in taken)
        return lower, upper

    def safe_bounds(self) -> Bounds:
        """Return the bounds with which no bound that is safety is overstepped, all choices free."""
        lower, upper = np.array(self.lp.col_lower_), np.array(self.lp.col_upper_)
        upper[self.beyond] = 0.0
        return lower, upper

    def relaxed_week(self) -> Run:
        """Return the relaxed model of the whole week, none of whose bounds is overstepped."""
        search = Search(time_limit_s=self.ends.left_s)
        return run(self.lp, search, relaxed=True, bounds=self.safe_bounds())

    def whole_week(self) -> Run:
        """Return the best week of the whole model, the relaxed one first, whose bound is closer."""
        relaxed = self.relaxed_week()
        if not relaxed.values:
            return self.best if self.best.values else relaxed
        self.bound = min(self.bound, relaxed.points)
        self.take(self.best)
        if self.good:
            return self.best
        search = Search(
            gap=self.ends.gap / 2, most_nodes=MOST_NODES, time_limit_s=self.ends.left_s, effort=EFFORT
        )
        found = run(self.lp, search, start=self.best.values, bounds=self.safe_bounds())
        if found.values:
            self.bound = min(self.bound, found.points + found.gap * abs(found.points))
        self.take(found)
        return replace(self.best, impossible=found.impossible)


def _kernel(problem: Problem, together: Model, relaxed: Run) -> set[Key]:
    """Return the choices of the dishes of each slot that matter most when the days are taken together."""
    taken: dict[tuple[str, str], float] = {}
    worth: dict[tuple[str, str], float] = {}
    for column, value, gain in zip(together.columns, relaxed.values, relaxed.worth, strict=True):
        if column.key[0] == "meal":
            _, dish, slot, _ = column.key
            place = (str(dish), str(slot))
            taken[place] = taken.get(place, 0.0) + value
            worth[place] = max(worth.get(place, -inf), gain)
    chosen: set[tuple[str, str]] = set()
    for slot in {slot for _, slot in taken}:
        here = [place for place in taken if place[1] == slot]
        here.sort(key=lambda p: (-round(taken[p], 6), -round(worth[p], 6)))
        chosen.update(here[:KERNEL])
    return {c.key for c in problem.all_choices if (c.dish, c.slot) in chosen}


def points_of(problem: Problem, rules: Sequence[Rule[Problem]], choices: Iterable[Choice]) -> float | None:
    """Return what a week of these choices is worth under the rules; None when it breaks a hard one."""
    model = model_of(problem, rules)
    hunt = _Hunt(problem, model, as_highs(model), Ends(gap=GAP, at_s=inf))
    found = hunt.fixed(choices)
    return found.points if hunt.safe(found) else None


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
