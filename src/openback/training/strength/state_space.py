"""A Kalman filter over one exercise of one person: what they do at a load, day after day.

The state is the level (reps at the reference load: it moves with the log one-rep maximum, `slope` reps for each unit
of it), the slope itself, and the person's own reps-at-load curve: how far it bends away from the straight line at
each load they have used. Level wanders, bends are slowly forgotten, and neighbouring loads bend together. All loads
are logarithms relative to the first one, so that the unit of the log does not matter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openback.training.strength.constants import CurveConstants

Floats = NDArray[np.float64]

_LEVEL, _SLOPE, _CURVE = 0, 1, 2  # places in the state: level, slope, then one for each load
_SAME_LOAD: Final = 1e-3  # log loads closer than 0.1 % are one load (pounds turned to kilograms and back)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveState:
    """What is known after `day`: `mean` (2 + n) and `cov` (2 + n, 2 + n) in reps, for n loads.

    `loads` (n) are log loads relative to `reference`; `prior_cov` (n, n) is what the bends have without any set.
    """

    day: float
    reference: float
    loads: Floats
    prior_cov: Floats
    mean: Floats
    cov: Floats


def started(day: float, load: float, c: CurveConstants) -> CurveState:
    """Return what is known before the first set, whose load becomes the reference."""
    return CurveState(
        day=day,
        reference=math.log(load),
        loads=np.empty(0),
        prior_cov=np.empty((0, 0)),
        mean=np.array([c.level_reps, c.slope_reps]),
        cov=np.diag([c.level_sd_reps**2, c.slope_sd_reps**2]),
    )


def on_day(state: CurveState, day: float, c: CurveConstants) -> CurveState:
    """Return the state on a later day: the level has wandered, bends have faded, a long gap has cost reps."""
    passed = day - state.day
    if passed <= 0:
        return state
    kept = math.exp(-passed / c.curve_days)
    mean, cov = state.mean.copy(), state.cov.copy()
    mean[_CURVE:] *= kept
    cov[_CURVE:] *= kept
    cov[:, _CURVE:] *= kept
    mean[_LEVEL] -= c.gap_loss_reps * max(0.0, passed - c.gap_free_days)
    cov[_LEVEL, _LEVEL] += c.level_walk_reps**2 * passed
    cov[_CURVE:, _CURVE:] += (1 - kept * kept) * state.prior_cov
    return _moved(state, day, mean, cov)


def _moved(state: CurveState, day: float, mean: Floats, cov: Floats) -> CurveState:
    # Written out: dataclasses.replace takes longer than the step itself.
    return CurveState(
        day=day, reference=state.reference, loads=state.loads, prior_cov=state.prior_cov, mean=mean, cov=cov
    )


def forecast(state: CurveState, load: float, c: CurveConstants) -> tuple[float, float]:
    """Return mean and variance of the reps of a best set at `load`, its own scatter included."""
    return forecast_at(*with_load(state, load, c), c)


def forecast_at(state: CurveState, place: int, c: CurveConstants) -> tuple[float, float]:
    """Return the same at the load in `place`, as `with_load` tells it."""
    _, mean, variance = _seen(state, place)
    return mean, variance + c.set_sd_reps**2


def after_set(state: CurveState, load: float, reps: float, sd_reps: float, c: CurveConstants) -> CurveState:
    """Return what is known after `reps` at `load`, which scatter by `sd_reps` about the curve."""
    known, place = with_load(state, load, c)
    gain, mean, variance = _seen(known, place)
    total = variance + sd_reps**2
    step = gain / total
    return _moved(known, known.day, known.mean + step * (reps - mean), known.cov - step[:, None] * gain)


def _seen(state: CurveState, place: int) -> tuple[Floats, float, float]:
    """Return covariance with the state, mean and variance of the curve at the load in `place`."""
    along = -state.loads[place]
    column = _CURVE + place
    gain: Floats = state.cov[:, _LEVEL] + along * state.cov[:, _SLOPE] + state.cov[:, column]
    mean = state.mean[_LEVEL] + along * state.mean[_SLOPE] + state.mean[column]
    return gain, float(mean), float(gain[_LEVEL] + along * gain[_SLOPE] + gain[column])


def with_load(state: CurveState, load: float, c: CurveConstants) -> tuple[CurveState, int]:
    """Return a state that has this load, and its place.

    A new load takes what its neighbours tell of it: exact, as loads and days are separable in the prior.
    """
    at = math.log(load) - state.reference
    apart = np.abs(state.loads - at)
    n = len(apart)
    if n and apart[near := int(apart.argmin())] < _SAME_LOAD:
        return state, near
    towards = c.curve_sd_reps**2 * np.exp(-apart / c.curve_reach)
    weights = np.linalg.solve(state.prior_cov, towards) if n else towards
    carried = np.concatenate([[0.0, 0.0], weights])
    across = state.cov @ carried
    own = carried @ across + c.curve_sd_reps**2 - weights @ towards
    return (
        replace(
            state,
            loads=np.append(state.loads, at),
            prior_cov=_bordered(state.prior_cov, towards, c.curve_sd_reps**2),
            mean=np.append(state.mean, carried @ state.mean),
            cov=_bordered(state.cov, across, float(own)),
        ),
        n,
    )


def _bordered(matrix: Floats, edge: Floats, corner: float) -> Floats:
    """Return a symmetric matrix with one more row and column."""
    n = len(edge)
    grown = np.empty((n + 1, n + 1))
    grown[:n, :n] = matrix
    grown[n, :n] = grown[:n, n] = edge
    grown[n, n] = corner
    return grown
