"""The model on HiGHS: pieces in, whole sets and a proven gap out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

import highspy
import numpy as np

from openback.errors import PlannerGaveUp
from openback.optimise import (
    GAP,
    TIME_LIMIT_S,
    Key,
    Model,
    Rule,
    Run,
    Search,
    as_highs,
    closer,
    gather,
    quiet_highs,
    run,
    run_on,
    within,
)
from openback.training.programme.pieces import choice_of, used_on
from openback.training.programme.problem import Problem, Week
from openback.training.programme.short_days import Master, short_days

KERNEL_NODES: Final = 5
SESSION_NODES: Final = 20
KERNEL: Final = 8  # exercises a day in the small model


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What the solver found. `week` is None when no week keeps all the rules.

    `points` is the objective, `gap` the proven relative distance to the optimum.
    """

    week: Week | None
    points: float
    gap: float
    build_s: float
    solve_s: float


def model_of(problem: Problem, rules: Iterable[Rule[Problem]]) -> Model:
    """Return the model of a problem under these rules, in their order."""
    return gather(piece for rule in rules for piece in rule.pieces(problem))


def solve(
    problem: Problem, rules: Sequence[Rule[Problem]], *, time_limit_s: float = TIME_LIMIT_S
) -> Solution:
    """Return the best week under the rules, proven within GAP unless the search ended before.

    The relaxed model gives a bound and says which exercises matter; a small model of those gives a good week.
    Where that is not proven good enough, short days are looked at session by session, and other weeks are solved
    whole from there. Raises PlannerGaveUp when the search ended before any week was found.
    """
    began = perf_counter()
    model = model_of(problem, rules)
    lp = as_highs(model)
    built = perf_counter()
    relaxed = run(lp, Search(time_limit_s=time_limit_s), relaxed=True)
    small = Search(
        gap=GAP / 2,
        most_nodes=KERNEL_NODES,
        target=relaxed.points * (1 - GAP / 2),
        time_limit_s=time_limit_s,
    )
    best = within(relaxed.points, run(_kernel(problem, model, relaxed), small))
    if relaxed.values and best.gap > GAP and best.values:
        best = _by_sessions(model, lp, best)
    if relaxed.values and (best.gap > GAP or not best.values) and not best.ended:
        left_s = max(time_limit_s - (perf_counter() - built), 1.0)
        whole = run(lp, Search(time_limit_s=left_s), start=best.values)
        best = closer(relaxed.points, whole)
    times = {"build_s": built - began, "solve_s": perf_counter() - built}
    if not best.values:
        if not (best.impossible or relaxed.impossible):
            raise PlannerGaveUp
        return Solution(week=None, points=0.0, gap=0.0, **times)
    return Solution(week=_week(problem, model, best.values), points=best.points, gap=best.gap, **times)


def _by_sessions(model: Model, lp: highspy.HighsLp, best: Run) -> Run:
    """Return the best week of short days with the closer bound, the same week where days are long."""
    days = short_days(model.rows)
    if days is None:
        return best
    at = {column.key: n for n, column in enumerate(model.columns)}
    highs = quiet_highs()
    highs.passModel(lp)
    whole = [n for n, column in enumerate(model.columns) if column.whole]
    for n in whole:
        highs.changeColIntegrality(n, highspy.HighsVarType.kContinuous)
    master = Master(highs, days, at)
    for day, session in master.positions(best.values).items():
        master.bring(day, [session])
    bound = master.bound()
    if bound is None:
        return best
    best = replace(within(bound, best), ended=True)
    if best.gap <= GAP:
        return best
    sure = master.bring_close(bound - best.points * (1 + GAP))
    for n in whole:
        highs.changeColIntegrality(n, highspy.HighsVarType.kInteger)
    search = Search(gap=GAP / 2, most_nodes=SESSION_NODES, target=bound * (1 - GAP))
    found = run_on(highs, search, start=master.start(best.values))
    if found.values and found.points >= best.points:
        best = replace(found, values=found.values[: len(at)], ended=True)
    # No week is better than the bound, and none beyond the sessions that came in is better than the bound less `sure`.
    proven = min(bound, max(found.points * (1 + found.gap), bound - sure)) if found.values else bound
    return within(proven, best)


def _kernel(problem: Problem, model: Model, relaxed: Run) -> highspy.HighsLp:
    """Return the model with only the exercises of each day that matter most to the relaxed one, and what must be."""
    lp = as_highs(model)
    if not relaxed.values:
        return lp
    at = {column.key: n for n, column in enumerate(model.columns)}
    upper = np.array(lp.col_upper_)
    for frame in problem.open_frames:
        ranked = sorted(
            problem.candidates[frame.day], key=lambda e: _matters(problem, at, relaxed, e, frame.day)
        )
        for exercise_id in ranked[KERNEL:]:
            for count in problem.counts(exercise_id, frame.day):
                upper[at[choice_of(exercise_id, frame.day, count)]] = 0.0
    lp.col_upper_ = upper
    return lp


def _matters(
    problem: Problem, at: Mapping[Key, int], relaxed: Run, exercise_id: str, day: int
) -> tuple[bool, float, float]:
    """Return a key that sorts pinned, former and liked exercises first, then by relaxed value, then by reduced cost."""
    must = (
        (exercise_id, day) in problem.ask.wishes.pinned
        or exercise_id in problem.former.get(day, {})
        or exercise_id in problem.ask.person.liked
    )
    taken = relaxed.values[at[used_on(exercise_id, day)]]
    worth = max(relaxed.worth[at[choice_of(exercise_id, day, n)]] for n in problem.counts(exercise_id, day))
    return (not must, -round(taken, 6), -round(worth, 6))


def _week(problem: Problem, model: Model, values: Sequence[float]) -> Week:
    """Return whole sets by day and exercise, days without sets included."""
    week: dict[int, dict[str, int]] = {frame.day: {} for frame in problem.frames}
    for column, value in zip(model.columns, values, strict=True):
        if column.key[0] == "sets" and round(value) > 0:
            _, exercise_id, day = column.key
            week[int(day)][str(exercise_id)] = round(value)
    return week
