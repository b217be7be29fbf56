"""Reps in reserve from the slowing of a set, and how it is learned from a person's own sets."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.motion.effort import line_of, prior_line, reserve_of, speed_loss_of
from openback.motion.tuning import engine_rules

RULES = engine_rules().effort


@pytest.mark.parametrize(
    ("speeds", "expected"),
    [
        pytest.param([], None, id="no rep"),
        pytest.param([nan, nan, nan], None, id="no speed"),
        pytest.param([1.0, 0.5], None, id="two reps tell nothing"),
        pytest.param([1.0, 1.0, 1.0], 0.0, id="as quick at the end"),
        pytest.param([1.0, 1.0, 0.9, 0.7, 0.5], 0.4, id="slower at the end"),
        pytest.param([0.8, 1.0, 1.0, 1.0], 0.0, id="slow only at first"),
        pytest.param([9.0, 1.0, 1.0, 0.9, 0.8, 0.8], 0.2, id="one rep measured wrong makes no loss"),
        pytest.param([1.0, nan, 1.0, 0.8, 0.8], 0.2, id="a rep without a speed"),
    ],
)
def test_speed_loss_is_against_the_best_reps(speeds, expected):
    loss = speed_loss_of(speeds)
    assert loss is None if expected is None else loss == pytest.approx(expected, abs=0.011)


@pytest.mark.parametrize(
    ("loss", "reps"),
    [
        pytest.param(None, 10, id="no loss known"),
        pytest.param(nan, 10, id="unknown loss"),
        pytest.param(0.2, 2, id="too few reps"),
    ],
)
def test_what_says_nothing_gives_no_reserve(loss, reps):
    assert reserve_of(loss, reps) is None


@pytest.mark.parametrize(("loss", "share"), [(0.1, 0.375), (0.2, 0.55), (0.3, 0.70), (0.4, 0.85)])
def test_the_seeds_are_those_of_the_evidence(loss, share):
    assert prior_line(RULES).share(loss)[0] == pytest.approx(share, abs=0.02)
    reserve = reserve_of(loss, 10)
    assert reserve.reps == pytest.approx(10 * (1 / share - 1), rel=0.12)


@given(loss=st.floats(0, 0.6), more=st.floats(0, 0.2), reps=st.integers(3, 30))
def test_slower_is_nearer_to_the_end(loss, more, reps):
    one, other = reserve_of(loss, reps), reserve_of(loss + more, reps)
    assert other.reps <= one.reps + 1e-9
    assert 0 <= one.low <= one.reps <= one.high


sets = st.tuples(st.floats(0, 0.6), st.floats(3, 20), st.floats(0, 6))


@given(history=st.lists(sets, max_size=20))
def test_learning_never_widens_the_band_of_the_line(history):
    before, after = prior_line(RULES), line_of(history)
    for loss in (0.1, 0.3):
        assert after.share(loss)[1] <= before.share(loss)[1] + 1e-12


def test_a_set_that_says_nothing_teaches_nothing():
    assert line_of([(nan, 8, 2), (0.2, 8, nan), (0.2, 0, 2), (0.2, 8, -1)]) == prior_line(RULES)


def test_it_learns_the_person():
    """Somebody who slows less than others: 10 % loss is 80 % of their reps."""
    rng = np.random.default_rng(1)
    history = []
    for _ in range(25):
        possible, done = 12, int(rng.integers(5, 12))
        share = done / possible
        loss = max(0.0, (share - 0.6) / 2 + rng.normal(0, 0.02))
        left = possible - done
        history.append((loss, float(done), max(0.0, left - 0.95)))
    untaught, taught = reserve_of(0.1, 10), reserve_of(0.1, 10, history)
    true = 10 * (1 / 0.8 - 1)
    assert abs(taught.reps - true) < abs(untaught.reps - true) / 2
    assert taught.high - taught.low < untaught.high - untaught.low


@pytest.mark.slow
def test_the_band_holds_four_times_in_five():
    rng, inside, many = np.random.default_rng(2), 0, 600
    for _ in range(many):
        a = rng.normal(RULES.share_at_none, RULES.share_at_none_sd)
        b = rng.normal(RULES.share_per_loss, RULES.share_per_loss_sd)
        loss = rng.uniform(0.1, 0.4)
        share = a + b * loss + rng.normal(0, RULES.set_sd)
        share = min(max(share, RULES.least_share), 1.0)
        reserve = reserve_of(loss + rng.normal(0, RULES.loss_sd), 10)
        inside += reserve.low - 1e-9 <= 10 * (1 / share - 1) <= reserve.high + 1e-9
    assert inside / many == pytest.approx(0.8, abs=0.07)
