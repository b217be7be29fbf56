"""Models on HiGHS: pieces in; values, points and a proven gap out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, isnan
from typing import Final

import highspy
import numpy as np
from numpy.typing import NDArray

from openback.optimise.pieces import Column, Gain, Key, Piece, Row

GAP: Final = 0.01  # proven within one per cent of the optimum
# Searches end by branches, not by seconds, so that the same input gives the same plan on a busy machine too;
# the seconds are a safety net.
TIME_LIMIT_S: Final = 10.0
MOST_NODES: Final = 100
FEASIBILITY_NODES: Final = 20
FOUND: Final = int(highspy.SolutionStatus.kSolutionStatusFeasible)
IMPOSSIBLE: Final = frozenset(
    {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}
)
Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A mixed-integer model: columns by key, rows, and the points of each column."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    gains: Mapping[Key, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one call of HiGHS said; no values when the model cannot be kept."""

    values: tuple[float, ...]
    points: float
    gap: float
    worth: tuple[float, ...] = ()  # reduced costs, of a relaxed run
    prices: tuple[float, ...] = ()  # what one unit more of each row's bound is worth, of a relaxed run
    impossible: bool = False  # proven, not only not found
    ended: bool = False  # searched as far as it will be


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """When a search ends: proven within `gap`, at `target` points, after so many branches or seconds.

    `effort` is the share of the search that goes into finding good solutions rather than into proofs.
    """

    gap: float = GAP
    most_nodes: int = MOST_NODES
    target: float | None = None
    time_limit_s: float = TIME_LIMIT_S
    effort: float = 0.05


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


def run(
    lp: highspy.HighsLp,
    search: Search,
    *,
    relaxed: bool = False,
    start: Sequence[float] = (),
    bounds: Bounds | None = None,
) -> Run:
    """Return what HiGHS finds; a relaxed run has reduced costs and no gap.

    `bounds` stand in for the columns' own, lowest and highest, so that one model serves many runs.
    """
    highs = quiet_highs()
    highs.setOptionValue("solve_relaxation", relaxed)
    highs.passModel(lp)
    if bounds is not None:
        lower, upper = bounds
        highs.changeColsBounds(len(lower), np.arange(len(lower), dtype=np.int32), lower, upper)
    found = run_on(highs, search, start=start)
    if not relaxed:
        return found
    solution = highs.getSolution()
    return replace(found, worth=tuple(solution.col_dual), prices=tuple(solution.row_dual), gap=0.0)


def run_on(highs: highspy.Highs, search: Search, *, start: Sequence[float] = ()) -> Run:
    """Return what a HiGHS that holds a model finds, from a start where there is one."""
    for option, value in (
        ("mip_rel_gap", search.gap),
        ("mip_max_nodes", search.most_nodes),
        ("time_limit", search.time_limit_s),
        ("mip_heuristic_effort", search.effort),
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
        return Run(values=(), points=0.0, gap=0.0, impossible=highs.getModelStatus() in IMPOSSIBLE)
    return Run(
        values=tuple(highs.getSolution().col_value),
        points=info.objective_function_value,
        gap=_gap(float(info.mip_gap)),
    )


def _gap(said: float) -> float:
    """Return the gap that HiGHS says; infinite where it had no bound yet and says that it is no number."""
    return inf if isnan(said) else max(0.0, said)


def within(bound: float, found: Run) -> Run:
    """Return a run with its gap measured from a bound that holds for the whole model."""
    return replace(found, gap=max(0.0, (bound - found.points) / max(abs(found.points), 1e-9)))


def closer(bound: float, found: Run) -> Run:
    """Return a run with the smaller of its own gap and that to a bound that holds for the whole model."""
    return min(found, within(bound, found), key=lambda one: one.gap) if found.values else found


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
