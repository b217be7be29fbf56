"""Poses that are held: from reaching them to leaving them."""

from __future__ import annotations

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_set import course
from openback.motion.holds import Holds
from openback.motion.tuning import engine_rules

RULES = engine_rules().holds


def held(stops, rate_hz=20.0):
    track = Holds(RULES)
    found = [each for each in (track.push(t, way) for t, way in course(stops, rate_hz)) if each is not None]
    last = track.finish()
    return found if last is None else [*found, last]


@pytest.mark.parametrize(
    ("stops", "expected_s"),
    [
        pytest.param([(0, nan), (2, nan)], [], id="nothing seen"),
        pytest.param([(0, 0.0), (9, 0.0)], [], id="never in it"),
        pytest.param([(0, 0), (1, 1), (21, 1), (22, 0), (25, 0)], [20.7], id="twenty seconds"),
        pytest.param([(0, 0), (1, 0.7), (21, 0.7), (22, 0), (25, 0)], [20.2], id="less deep than the file"),
        pytest.param([(0, 0), (1, 1), (11, 1), (12, 0), (15, 0), (16, 1), (26, 1), (27, 0), (30, 0)], [10.7, 10.7], id="left and come back"),
        pytest.param([(0, 0), (1, 1), (5, 1), (5.2, 0.4), (5.4, 1), (11, 1), (12, 0), (15, 0)], [10.7], id="a wobble is no leaving"),
        pytest.param([(0, 0), (0.5, 1), (0.6, 1), (1.1, 0), (5, 0)], [], id="passed through"),
        pytest.param([(0, 1), (8, 1)], [8.0], id="begins and ends in it"),
        pytest.param([(0, 0), (1, 1), (9, 1), (19, 0.5), (24, 0.5)], [15.2], id="sagging out of it"),
    ],
)  # fmt: skip
def test_the_time_in_a_pose(stops, expected_s):
    assert [each.end_s - each.start_s for each in held(stops)] == pytest.approx(expected_s, abs=0.6)


@given(seconds=st.floats(3, 60), depth=st.floats(0.7, 1.3))
def test_half_the_frame_rate_times_the_same(seconds, depth):
    stops = [(0, 0), (1, depth), (1 + seconds, depth), (2 + seconds, 0), (5 + seconds, 0)]
    (whole,), (half,) = held(stops, 20.0), held(stops, 10.0)
    assert whole.end_s - whole.start_s == pytest.approx(half.end_s - half.start_s, abs=0.2)


def test_the_way_out_is_known_before_it_is_over():
    track = Holds(engine_rules().holds)
    told = []
    for t_s, way in [(0.0, 1.0), (1.0, 1.0), (1.1, 0.9), (1.2, 0.8), (1.3, 0.98), (1.4, nan), (1.5, 0.7)]:
        track.push(t_s, way)
        told.append(track.yielding)
    assert told == [False, False, False, True, False, False, True]
