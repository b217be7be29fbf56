"""The One Euro filter: by time stamp, with gaps, the same at every frame rate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.motion.filter import LANDMARKS, OneEuro

NAN = np.nan


def filtered(times_s, values):
    smooth = OneEuro()
    return np.array([smooth(t, np.atleast_1d(v).astype(float)) for t, v in zip(times_s, values, strict=True)])


@pytest.mark.parametrize(
    ("times_s", "values", "expected"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param([0.0, 0.1], [NAN, NAN], [NAN, NAN], id="never seen"),
        pytest.param([0.0], [3.0], [3.0], id="the first as it is"),
        pytest.param([0.0, 0.1, 0.2], [3.0, 3.0, 3.0], [3.0, 3.0, 3.0], id="still"),
        pytest.param([0.0, 0.1, 0.2], [NAN, 3.0, NAN], [NAN, 3.0, NAN], id="unseen stays unseen"),
        pytest.param([0.0, 1.0], [0.0, 3.0], [0.0, 3.0], id="starts afresh after a gap"),
        pytest.param([1.0, 0.5], [0.0, 3.0], [0.0, 3.0], id="starts afresh when time runs back"),
        pytest.param([0.0, 0.0], [0.0, 3.0], [0.0, 3.0], id="starts afresh when time stands"),
    ],
)
def test_filter(times_s, values, expected):
    np.testing.assert_allclose(filtered(times_s, values).ravel(), expected)


def test_a_short_gap_goes_on_where_it_was():
    after = filtered([0.0, 0.1, 0.2, 0.3], [0.0, 0.0, NAN, 0.1]).ravel()[-1]
    assert 0.0 < after < 0.1


def test_a_value_that_was_not_seen_leaves_the_others_alone():
    pairs = filtered([0.0, 0.1, 0.2], [[0.0, 0.0], [NAN, 0.01], [0.01, 0.02]])
    alone = filtered([0.0, 0.1, 0.2], [0.0, 0.01, 0.02]).ravel()
    np.testing.assert_allclose(pairs[:, 1], alone)


def test_restarting_forgets():
    smooth = OneEuro()
    smooth(0.0, np.array([0.0]))
    smooth.restart()
    assert smooth(0.1, np.array([3.0]))[0] == 3.0


def test_jitter_is_calmed_and_a_lift_passes():
    rng = np.random.default_rng(1)
    times_s = np.arange(0, 4, 1 / 30)
    still = filtered(times_s, rng.normal(0, 0.01, len(times_s)))
    assert still[30:].std() < 0.006
    lift = 0.25 * np.sin(np.pi * times_s)  # half a metre, back and forth in two seconds
    off = np.abs(filtered(times_s, lift).ravel() - lift)
    assert off.max() < 0.05


@given(st.floats(0.2, 0.8), st.floats(0.8, 3.0), st.integers(0, 100))
def test_half_the_frame_rate_comes_out_the_same(size_m, period_s, seed):
    rng = np.random.default_rng(seed)
    times_s = np.arange(0, 3, 1 / 60)
    values = size_m / 2 * np.sin(2 * np.pi * times_s / period_s) + rng.normal(0, 0.005, len(times_s))
    whole, half = filtered(times_s, values)[::2], filtered(times_s[::2], values[::2])
    assert np.abs(whole - half)[15:].max() < 0.025


def test_a_fast_movement_is_at_most_three_centimetres_behind():
    times_s = np.arange(0, 1, 1 / 60)
    for speed_m_s in (0.5, 1.0, 3.0):
        behind = speed_m_s * times_s - filtered(times_s, speed_m_s * times_s).ravel()
        assert behind[-1] < 0.035
    assert LANDMARKS.gap_s < 0.5


def test_pixels_are_smoothed_like_metres():
    times_s = np.arange(0, 1, 1 / 30)
    metres, pixels = OneEuro(), OneEuro()
    for t in times_s:
        value = np.array([0.3 * t])
        a, b = metres(t, value), pixels(t, value * 400, 1 / 400)
    np.testing.assert_allclose(b, a * 400)
