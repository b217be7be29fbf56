"""Somebody's strength in one exercise, from the sets they logged.

A Kalman filter with two states: the log one-rep maximum, which wanders from day to day and falls in long gaps, and
the exponent of the person's own reps-at-load curve. Each training day is seen through its best set:
log load = log one-rep maximum - exponent * log cost of the reps (`one_rep_max.log_cost`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

from openback.model.exercise import Exercise
from openback.model.log import SetLog
from openback.model.strength import RepsForecast, Strength
from openback.training.strength.constants import EstimateConstants, estimate_constants
from openback.training.strength.one_rep_max import log_cost, reps_at_cost
from openback.training.strength.priors import Prior

Z80: Final = 1.2815515655446004  # half of an 80 % band of a bell curve, in standard deviations
_FIRST_LOOKS: Final = 4  # steps of Gauss and Newton; more change nothing that is shown
_LEAST_MOVED_KG: Final = 0.5  # an assisted exercise with more help than weight moves nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """Log one-rep maximum and exponent on `day`, with their variances and covariance."""

    day: int
    log_rm: float
    exponent: float
    var: float
    exponent_var: float
    cov: float


@dataclass(frozen=True, slots=True)
class _Seen:
    """One set as the filter sees it: log load moved, reps to failure and how unsure those are."""

    log_load: float
    reps: float
    sd_reps: float


def moved_kg(exercise: Exercise, load_kg: float | None, mass_kg: float) -> float | None:
    """Return the load that is moved, the share of body mass included and help taken off; None when unknown.

    No load logged is no added mass where the body's own weight is the load, and unknown elsewhere.
    """
    if exercise.load == "body":
        return exercise.body_mass_share * mass_kg + (load_kg or 0.0)
    if load_kg is None or exercise.load in {"band", "none"}:
        return None
    if exercise.load == "assist":
        return exercise.body_mass_share * mass_kg - load_kg
    return exercise.body_mass_share * mass_kg + load_kg


def logged_kg(exercise: Exercise, moved: float, mass_kg: float) -> float:
    """Return the load as it is logged when `moved` kilograms are to be moved; the inverse of `moved_kg`."""
    own = exercise.body_mass_share * mass_kg
    return own - moved if exercise.load == "assist" else moved - own


def utc_day(one: SetLog) -> date:
    """Return the UTC day of a set."""
    return one.at.date()


def strength_path(
    sets: Iterable[SetLog],
    *,
    exercise: Exercise,
    mass_kg: float,
    prior: Prior | None,
    day_of: Callable[[SetLog], date] = utc_day,
) -> tuple[Strength, ...]:
    """Return the strength after each day of training, oldest first; empty without a set that tells.

    Sets may come in any order. Sets of other exercises, warm-ups, and sets without load or reps are passed over.
    """
    c = estimate_constants()
    days = _days(sets, exercise, mass_kg, day_of)
    return tuple(
        _strength(exercise, state, days=n) for n, state in enumerate(_states(days, exercise, prior, c), 1)
    )


def strength_after(
    sets: Iterable[SetLog],
    *,
    exercise: Exercise,
    mass_kg: float,
    prior: Prior | None,
    as_of: date,
    day_of: Callable[[SetLog], date] = utc_day,
) -> Strength | None:
    """Return the strength on `as_of` from the sets of this exercise up to that day, in any order.

    None when there is neither a prior nor a set that tells. `day` of the answer is the last day of training.
    """
    c = estimate_constants()
    today = as_of.toordinal()
    days = [(day, seen) for day, seen in _days(sets, exercise, mass_kg, day_of) if day <= today]
    if not days:
        return None if prior is None else strength_from_prior(exercise, prior, as_of=as_of)
    *_, last = _states(days, exercise, prior, c)
    return replace(_strength(exercise, _on_day(last, today, c), days=len(days)), day=last.day)


def _states(
    days: Sequence[tuple[int, _Seen]], exercise: Exercise, prior: Prior | None, c: EstimateConstants
) -> Iterator[_State]:
    """Yield the state after each day."""
    if not days:
        return
    state = _started(days[0][0], prior or _prior_from(days[0][1], exercise, c))
    for n, (day, seen) in enumerate(days):
        state = _after_set(_on_day(state, day, c), seen, c, first=n == 0)
        yield state


def reps_forecast(strength: Strength, load_kg: float, *, rir: float = 0.0) -> RepsForecast:
    """Return the reps that leave `rir` in reserve at a load (body-mass share included), with an 80 % band.

    Never below 0 reps; more load never gives more reps. The band holds the scatter of a single set.
    """
    c = estimate_constants()
    cost = math.log(strength.one_rm_kg / load_kg) / strength.reps_exponent
    reps = reps_at_cost(cost)
    scatter = c.set_sd_reps * _cost_per_rep(reps) * strength.reps_exponent
    sd = math.hypot(_log_sd_at(strength, cost), scatter) / strength.reps_exponent
    low, high = (reps_at_cost(cost + side * Z80 * sd) for side in (-1, 1))
    return RepsForecast(
        load_kg=load_kg, reps=max(0.0, reps - rir), low=max(0.0, low - rir), high=max(0.0, high - rir)
    )


def _log_sd_at(strength: Strength, cost: float) -> float:
    """Return how unsure the log load is at which reps of this cost are reached."""
    log_rm_var = (
        math.log(strength.high_kg / strength.low_kg) / (2 * Z80 * estimate_constants().band_width)
    ) ** 2
    return math.sqrt(max(0.0, log_rm_var - 2 * cost * strength.covariance + cost**2 * strength.exponent_var))


def load_for_reps_kg(strength: Strength, reps: float, *, rir: float = 0.0) -> float:
    """Return the load (body-mass share included) at which `reps` leave `rir` in reserve."""
    return strength.one_rm_kg * math.exp(-strength.reps_exponent * log_cost(reps + rir))


def _days(
    sets: Iterable[SetLog], exercise: Exercise, mass_kg: float, day_of: Callable[[SetLog], date]
) -> list[tuple[int, _Seen]]:
    """Return the best set of each day, by the one-rep maximum it speaks for."""
    c = estimate_constants()
    told = [
        (day_of(one).toordinal(), seen)
        for one in sets
        if one.exercise == exercise.id
        and one.kind != "warm_up"
        and (seen := _seen(one, exercise, mass_kg, c))
    ]
    told.sort(key=lambda pair: pair[0])
    return [
        (
            day,
            max(
                (seen for _, seen in group),
                key=lambda s: (s.log_load + log_cost(s.reps), s.log_load, -s.sd_reps),
            ),
        )
        for day, group in groupby(told, key=lambda pair: pair[0])
    ]


def _seen(one: SetLog, exercise: Exercise, mass_kg: float, c: EstimateConstants) -> _Seen | None:
    load_kg = moved_kg(exercise, one.load_kg, mass_kg)
    if load_kg is None or load_kg < _LEAST_MOVED_KG or not one.reps:
        return None
    if one.rir is None:
        return _Seen(
            math.log(load_kg), one.reps + c.rir_unknown, math.hypot(c.set_sd_reps, c.rir_unknown_sd_reps)
        )
    if one.rir >= c.rir_open:
        reps = min(c.most_reps, one.reps + one.rir + c.rir_open_more)
        return _Seen(math.log(load_kg), reps, math.hypot(c.set_sd_reps, c.rir_open_sd_reps))
    # At failure there is nothing left to misjudge; with one rep or more told, people hold back about one more.
    under = c.rir_under_reps * min(1.0, one.rir)
    sd = math.hypot(c.set_sd_reps, c.rir_sd_reps * min(1.0, one.rir))
    return _Seen(math.log(load_kg), min(c.most_reps, one.reps + one.rir + under), sd)


def _prior_from(seen: _Seen, exercise: Exercise, c: EstimateConstants) -> Prior:
    """Return a wide prior about the first set, where neither body mass nor a related exercise tells anything."""
    exponent = exponent_of(exercise, c)
    return Prior(log_rm=seen.log_load + exponent * log_cost(seen.reps), sd_log=0.5, exponent=exponent)


def exponent_of(exercise: Exercise, c: EstimateConstants) -> float:
    """Return how fast reps fall with load in an exercise like this, before the person's own is known."""
    return c.exponent_vertical_pull if exercise.pattern == "vertical_pull" else c.exponent


def _started(day: int, prior: Prior) -> _State:
    """Return the state before the first set.

    A prior knows the load for a usual set, not the maximum: so the two are tied by the exponent, and one set, which is
    near a usual one, tells little of the exponent.
    """
    c = estimate_constants()
    usual, exponent_var = log_cost(c.usual_reps), c.exponent_sd**2
    return _State(
        day=day,
        log_rm=prior.log_rm,
        exponent=prior.exponent,
        var=prior.sd_log**2 + usual**2 * exponent_var,
        exponent_var=exponent_var,
        cov=usual * exponent_var,
    )


def _on_day(state: _State, day: int, c: EstimateConstants) -> _State:
    passed = day - state.day
    if passed <= 0:
        return state
    lost = min(c.gap_most_log, c.gap_loss_log * max(0.0, passed - c.gap_free_days))
    # How much somebody loses differs: half of the loss is taken as its standard deviation.
    var = state.var + c.walk_log**2 * passed + (lost / 2) ** 2
    return replace(state, day=day, log_rm=state.log_rm - lost, var=var)


def _after_set(state: _State, seen: _Seen, c: EstimateConstants, *, first: bool) -> _State:
    """Return the state after a set: an extended Kalman step on the cost of its reps.

    The load is chosen and the reps are the answer, so reps are what scatters: turned round, with the load as the
    answer, the scatter of the reps would flatten the exponent. A first set moves the maximum far, so its curve is
    taken straight where it leads and not where the prior was.
    """
    told = state
    for _ in range(_FIRST_LOOKS if first else 1):
        told = _step(state, told, seen, c)
    return told


def _step(state: _State, at: _State, seen: _Seen, c: EstimateConstants) -> _State:
    """Return `state` after a set, with the curve taken as straight around `at`."""
    expected = (at.log_rm - seen.log_load) / at.exponent
    by_rm, by_exponent = 1 / at.exponent, -expected / at.exponent
    gain_rm = by_rm * state.var + by_exponent * state.cov
    gain_exponent = by_rm * state.cov + by_exponent * state.exponent_var
    around = (reps_at_cost(expected) + seen.reps) / 2
    total = by_rm * gain_rm + by_exponent * gain_exponent + (seen.sd_reps * _cost_per_rep(around)) ** 2
    straight = expected + by_rm * (state.log_rm - at.log_rm) + by_exponent * (state.exponent - at.exponent)
    off = log_cost(seen.reps) - straight
    return replace(
        state,
        log_rm=state.log_rm + gain_rm / total * off,
        exponent=max(c.exponent_least, state.exponent + gain_exponent / total * off),
        var=state.var - gain_rm**2 / total,
        exponent_var=state.exponent_var - gain_exponent**2 / total,
        cov=state.cov - gain_rm * gain_exponent / total,
    )


def _cost_per_rep(reps: float) -> float:
    """Return the log cost that one rep is worth around `reps`."""
    return (log_cost(max(1.0, reps) + 1) - log_cost(max(1.0, reps) - 1)) / 2 if reps > 1 else log_cost(2.0)


def _strength(exercise: Exercise, state: _State, *, days: int) -> Strength:
    sd = estimate_constants().band_width * math.sqrt(state.var)
    return Strength(
        exercise=exercise.id,
        day=state.day,
        one_rm_kg=math.exp(state.log_rm),
        low_kg=math.exp(state.log_rm - Z80 * sd),
        high_kg=math.exp(state.log_rm + Z80 * sd),
        reps_exponent=state.exponent,
        exponent_var=state.exponent_var,
        covariance=state.cov,
        days=days,
    )


def strength_from_prior(exercise: Exercise, prior: Prior, *, as_of: date) -> Strength:
    """Return what a prior alone says."""
    return _strength(exercise, _started(as_of.toordinal(), prior), days=0)
