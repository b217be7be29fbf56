"""Time stamps rise whatever the file says, and are the file's own wherever they can be."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.vision.stamps import Stamps, sane_fps

NAN = math.nan


def rising(stamps, fps=25.0):
    made = Stamps(fps)
    return [made.rising(stamp) for stamp in stamps]


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        pytest.param([], [], id="no frames"),
        pytest.param([NAN, NAN, NAN], [0, 0.02, 0.06], id="no stamps"),
        pytest.param([0, 0, 0, 0], [0, 0.02, 0.06, 0.10], id="all zero"),
        pytest.param([0, 0.04, 0.08], [0, 0.04, 0.08], id="steady"),
        pytest.param([0, 0.01, 0.2, 0.21], [0, 0.01, 0.2, 0.21], id="variable frame rate"),
        pytest.param([0, 0.04, 0.04, 0.12], [0, 0.04, 0.06, 0.12], id="one comes twice"),
        pytest.param([0, 0.04, 0.02, 0.12], [0, 0.04, 0.06, 0.12], id="one runs backward"),
        pytest.param([-0.04, 0, 0.04], [0, 0.02, 0.04], id="begins before zero"),
        pytest.param([5, 5.04], [5, 5.04], id="begins late"),
        pytest.param([0, 0.000001, 0.04], [0, 0.001, 0.04], id="nearly the same"),
        pytest.param([0, 0.04, 0, 0.04], [0, 0.04, 0.06, 0.10], id="begins again"),
        pytest.param([0, math.inf, 0.04], [0, 0.02, 0.04], id="endless"),
    ],
)
def test_stamps(stamps, expected):
    assert rising(stamps) == pytest.approx(expected)


@given(st.lists(st.floats(), max_size=40), st.floats())
def test_any_stamps_rise_and_are_finite(stamps, fps):
    made = rising(stamps, fps)
    assert all(math.isfinite(t) and t >= 0 for t in made)
    assert all(a < b for a, b in pairwise(made))


@given(st.lists(st.floats(0.005, 2), max_size=30))
def test_good_stamps_are_kept(steps):
    stamps = [sum(steps[:n]) for n in range(len(steps))]
    assert rising(stamps) == stamps


@pytest.mark.parametrize(
    ("fps", "expected"),
    [(NAN, 30), (0, 30), (-25, 30), (90_000, 30), (math.inf, 30), (8, 8), (239.76, 239.76)],
)
def test_frame_rates_that_cannot_be(fps, expected):
    assert sane_fps(fps) == expected
