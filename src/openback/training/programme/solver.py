"""The model on HiGHS: pieces in, whole sets and a proven gap out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Final

import highspy
import numpy as np

from openback.errors import PlannerGaveUp
from openback.training.programme.pieces import Column, Gain, Key, Piece, Row, Rule, choice_of, used_on
from openback.training.programme.problem import Problem, Week
from openback.training.programme.short_days import Master, short_days

GAP: Final = 0.01  # proven within one per cent of the optimum
# Searches end by branches, not by seconds, so that the same input gives the same programme on a busy machine too;
# the seconds are a safety net.
TIME_LIMIT_S: Final = 10.0
MOST_NODES: Final = 100
FOUND: Final = int(highspy.SolutionStatus.kSolutionStatusFeasible)
IMPOSSIBLE: Final = frozenset(
    {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}
)
KERNEL_NODES: Final = 5
SESSION_NODES: Final = 20
FEASIBILITY_NODES: Final = 20
KERNEL: Final = 8  # exercises a day in the small model


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A mixed-integer model: columns by key, rows, and the points of each column."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    gains: Mapping[Key, float]


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


def model_of(problem: Problem, rules: Iterable[Rule]) -> Model:
    """Return the model of a problem under these rules, in their order."""
    return gather(piece for rule in rules for piece in rule.pieces(problem))


def gather(pieces: Iterable[Piece]) -> Model:
    """Return the pieces sorted into columns, rows and gains."""
    columns: list[Column] = []
    rows: list[Row] = []
    gains: dict[Key, float] = {}
    for piece in pieces:
        if isinstance(piece, Column):
            columns.append(piece)
            gains[piece.key] = gains.get(piece.key, 0.0) + piece.gain
        elif isinstance(piece, Gain):
            gains[piece.key] = gains.get(piece.key, 0.0) + piece.points
        else:
            rows.append(piece)
    return Model(columns=tuple(columns), rows=tuple(rows), gains=gains)


def as_highs(model: Model, *, weighed: bool = True) -> highspy.HighsLp:
    """Return the model as HiGHS takes it; without points when only feasibility is asked."""
    at = {column.key: n for n, column in enumerate(model.columns)}
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.columns), len(model.rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.array([model.gains[c.key] if weighed else 0.0 for c in model.columns])
    lp.col_lower_ = np.array([float(c.lower) for c in model.columns])
    lp.col_upper_ = np.array([float(c.upper) for c in model.columns])
    lp.integrality_ = [
        highspy.HighsVarType.kInteger if c.whole else highspy.HighsVarType.kContinuous for c in model.columns
    ]
    lp.row_lower_ = np.array([float(row.at_least) for row in model.rows])
    lp.row_upper_ = np.array([float(row.at_most) for row in model.rows])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.parts) for row in model.rows)]).astype(np.int32)
    lp.a_matrix_.index_ = np.array([at[key] for row in model.rows for key in row.parts], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([float(part) for row in model.rows for part in row.parts.values()])
    return lp


def quiet_highs() -> highspy.Highs:
    """Return a HiGHS that prints nothing and gives the same answer each time: one thread, a fixed seed."""
    highs = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
        ("time_limit", TIME_LIMIT_S),
    ):
        highs.setOptionValue(option, value)
    return highs


def solve(problem: Problem, rules: Sequence[Rule], *, time_limit_s: float = TIME_LIMIT_S) -> Solution:
    """Return the best week under the rules, proven within GAP unless the search ended before.

    The relaxed model gives a bound and says which exercises matter; a small model of those gives a good week.
    Where that is not proven good enough, short days are looked at session by session, and other weeks are solved
    whole from there. Raises PlannerGaveUp when the search ended before any week was found.
    """
    began = perf_counter()
    model = model_of(problem, rules)
    lp = as_highs(model)
    built = perf_counter()
    relaxed = _run(lp, Search(time_limit_s=time_limit_s), relaxed=True)
    small = Search(
        gap=GAP / 2,
        most_nodes=KERNEL_NODES,
        target=relaxed.points * (1 - GAP / 2),
        time_limit_s=time_limit_s,
    )
    best = _within(relaxed.points, _run(_kernel(problem, model, relaxed), small))
    if relaxed.values and best.gap > GAP and best.values:
        best = _by_sessions(model, lp, best)
    if relaxed.values and (best.gap > GAP or not best.values) and not best.ended:
        left_s = max(time_limit_s - (perf_counter() - built), 1.0)
        best = _run(lp, Search(time_limit_s=left_s), start=best.values)
    times = {"build_s": built - began, "solve_s": perf_counter() - built}
    if not best.values:
        if not (best.impossible or relaxed.impossible):
            raise PlannerGaveUp
        return Solution(week=None, points=0.0, gap=0.0, **times)
    return Solution(week=_week(problem, model, best.values), points=best.points, gap=best.gap, **times)


def _within(bound: float, run: _Run) -> _Run:
    """Return a run with its gap measured from a bound that holds for the whole model."""
    return replace(run, gap=max(0.0, (bound - run.points) / max(abs(run.points), 1e-9)))


def _by_sessions(model: Model, lp: highspy.HighsLp, best: _Run) -> _Run:
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
    best = replace(_within(bound, best), ended=True)
    if best.gap <= GAP:
        return best
    sure = master.bring_close(bound - best.points * (1 + GAP))
    for n in whole:
        highs.changeColIntegrality(n, highspy.HighsVarType.kInteger)
    search = Search(gap=GAP / 2, most_nodes=SESSION_NODES, target=bound * (1 - GAP))
    found = _run_on(highs, search, start=master.start(best.values))
    if found.values and found.points >= best.points:
        best = replace(found, values=found.values[: len(at)], ended=True)
    # No week is better than the bound, and none beyond the sessions that came in is better than the bound less `sure`.
    proven = min(bound, max(found.points * (1 + found.gap), bound - sure)) if found.values else bound
    return _within(proven, best)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What one call of HiGHS said; no values when the model cannot be kept."""

    values: tuple[float, ...]
    points: float
    gap: float
    worth: tuple[float, ...] = ()  # reduced costs, of a relaxed run
    impossible: bool = False  # proven, not only not found
    ended: bool = False  # searched as far as it will be


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """When a search ends: proven within `gap`, at `target` points, after so many branches or seconds."""

    gap: float = GAP
    most_nodes: int = MOST_NODES
    target: float | None = None
    time_limit_s: float = TIME_LIMIT_S


def _run(lp: highspy.HighsLp, search: Search, *, relaxed: bool = False, start: Sequence[float] = ()) -> _Run:
    highs = quiet_highs()
    highs.setOptionValue("solve_relaxation", relaxed)
    highs.passModel(lp)
    found = _run_on(highs, search, start=start)
    return replace(found, worth=tuple(highs.getSolution().col_dual), gap=0.0) if relaxed else found


def _run_on(highs: highspy.Highs, search: Search, *, start: Sequence[float] = ()) -> _Run:
    for option, value in (
        ("mip_rel_gap", search.gap),
        ("mip_max_nodes", search.most_nodes),
        ("time_limit", search.time_limit_s),
    ):
        highs.setOptionValue(option, value)
    if search.target is not None:
        highs.setOptionValue("objective_target", search.target)
    if start:
        first = highspy.HighsSolution()
        first.col_value = list(start)
        highs.setSolution(first)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != FOUND:
        return _Run(values=(), points=0.0, gap=0.0, impossible=highs.getModelStatus() in IMPOSSIBLE)
    return _Run(
        values=tuple(highs.getSolution().col_value),
        points=info.objective_function_value,
        gap=max(0.0, float(info.mip_gap)),
    )


def _kernel(problem: Problem, model: Model, relaxed: _Run) -> highspy.HighsLp:
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
    problem: Problem, at: Mapping[Key, int], relaxed: _Run, exercise_id: str, day: int
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


def feasible(model: Model) -> bool:
    """Return whether anything keeps the rows of the model; nothing is weighed.

    The relaxed model says no quickly. A search that ends without an answer counts as no; it ends after a number of
    branches, not of seconds, so that the answer is the same on every machine.
    """
    lp = as_highs(model, weighed=False)
    for option in (("solve_relaxation", True), ("mip_max_nodes", FEASIBILITY_NODES)):
        highs = quiet_highs()
        highs.setOptionValue(*option)
        highs.passModel(lp)
        highs.run()
        if highs.getInfo().primal_solution_status != FOUND:
            return False
    return True


def _week(problem: Problem, model: Model, values: Sequence[float]) -> Week:
    """Return whole sets by day and exercise, days without sets included."""
    week: dict[int, dict[str, int]] = {frame.day: {} for frame in problem.frames}
    for column, value in zip(model.columns, values, strict=True):
        if column.key[0] == "sets" and round(value) > 0:
            _, exercise_id, day = column.key
            week[int(day)][str(exercise_id)] = round(value)
    return week
