"""The filter on one exercise, against a plain Gaussian process and against what must never change."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.training.strength.constants import predict_constants
from openback.training.strength.state_space import after_set, forecast, on_day, started

C = replace(predict_constants().curve, gap_loss_reps=0.0)

LOADS = (20.0, 22.5, 25.0, 40.0)
sets = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(LOADS), st.integers(1, 15)), min_size=1, max_size=8
).map(
    lambda rows: [
        (sum(gap for gap, _, _ in rows[: n + 1]), load, reps) for n, (_, load, reps) in enumerate(rows)
    ]
)


def filtered(rows, day, c=C):
    state = started(rows[0][0], rows[0][1], c)
    for at, load, reps in rows:
        state = after_set(on_day(state, at, c), load, reps, c.set_sd_reps, c)
    return on_day(state, day, c)


def gaussian_process(rows, day, load, c=C):
    """The same model written as one big normal distribution over all sets: an independent way to the answer."""
    times = np.array([at for at, _, _ in rows] + [day], dtype=float)
    xs = np.log([one for _, one, _ in rows] + [load]) - math.log(rows[0][1])
    since = np.minimum(times[:, None], times) - times[0]
    cov = c.level_sd_reps**2 + c.level_walk_reps**2 * since + c.slope_sd_reps**2 * np.outer(xs, xs)
    apart = np.abs(xs[:, None] - xs)
    cov = cov + c.curve_sd_reps**2 * np.exp(
        -apart / c.curve_reach - np.abs(times[:, None] - times) / c.curve_days
    )
    mean = c.level_reps - c.slope_reps * xs
    seen = cov[:-1, :-1] + c.set_sd_reps**2 * np.eye(len(rows))
    reps = np.array([done for _, _, done in rows])
    expected = mean[-1] + cov[-1, :-1] @ np.linalg.solve(seen, reps - mean[:-1])
    variance = cov[-1, -1] - cov[-1, :-1] @ np.linalg.solve(seen, cov[:-1, -1]) + c.set_sd_reps**2
    return expected, variance


def test_before_any_set_the_prior_speaks():
    mean, variance = forecast(started(0, 50, C), 50, C)
    assert mean == C.level_reps
    assert variance == pytest.approx(C.level_sd_reps**2 + C.curve_sd_reps**2 + C.set_sd_reps**2)


@given(sets, st.integers(0, 90), st.sampled_from([*LOADS, 30.0]))
def test_same_as_a_gaussian_process(rows, later, load):
    day = rows[-1][0] + later
    assert forecast(filtered(rows, day), load, C) == pytest.approx(
        gaussian_process(rows, day, load), abs=1e-6
    )


@given(sets, st.permutations(range(8)))
def test_the_order_of_one_day_does_not_matter(rows, order):
    day = [(0, load, reps) for _, load, reps in rows]
    other = [day[0], *(day[1:][n] for n in order if n < len(day) - 1)]
    there, here = filtered(day, 3), filtered(other, 3)
    assert forecast(there, 25, C) == pytest.approx(forecast(here, 25, C), abs=1e-6)


@given(sets, st.floats(0.1, 10))
def test_the_unit_of_the_load_does_not_matter(rows, scale):
    scaled = [(day, load * scale, reps) for day, load, reps in rows]
    there, here = filtered(rows, rows[-1][0] + 2), filtered(scaled, rows[-1][0] + 2)
    assert forecast(there, 25, C) == pytest.approx(forecast(here, 25 * scale, C), abs=1e-6)


@given(sets, st.integers(1, 200))
def test_waiting_only_makes_it_less_sure(rows, days):
    state = filtered(rows, rows[-1][0])
    _, before = forecast(state, 25, C)
    _, after = forecast(on_day(state, state.day + days, C), 25, C)
    assert after >= before - 1e-9


def test_a_long_gap_costs_reps():
    c = replace(C, gap_loss_reps=0.01, gap_free_days=14.0)
    state = filtered([(0, 50.0, 10)], 0, c)
    level = state.mean[0]
    assert on_day(state, 14, c).mean[0] == level
    assert on_day(state, 44, c).mean[0] == pytest.approx(level - 0.3)


def test_pounds_turned_to_kilograms_are_one_load():
    state = filtered([(0, 61.23492, 8), (3, 61.235, 8)], 3)
    assert len(state.loads) == 1
