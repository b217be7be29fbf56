"""Rep-max equations and the reps-in-reserve chart, against the worked examples of evidence 10.3 and 3.4."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.errors import BadSet
from openback.training.strength.one_rep_max import (
    EQUATIONS,
    RTS_PER_CENT,
    is_trusted,
    log_cost,
    one_rep_max_kg,
    reps_at_cost,
    share_of_one_rm,
)

# reps: epley, brzycki, lander, lombardi, mayhew, oconner, wathen at 100 kg
WORKED = {
    3: (110.00, 105.88, 107.20, 111.61, 113.99, 107.50, 108.98),
    5: (116.67, 112.50, 113.71, 117.46, 119.01, 112.50, 116.58),
    8: (126.67, 124.14, 125.11, 123.11, 126.29, 120.00, 127.67),
    10: (133.33, 133.33, 134.07, 125.89, 130.93, 125.00, 134.75),
    12: (140.00, 144.00, 144.41, 128.21, 135.40, 130.00, 141.50),
    15: (150.00, 163.64, 163.31, 131.10, 141.72, 137.50, 150.91),
}
CASES = [
    pytest.param(reps, equation, expected, id=f"{equation} {reps}")
    for reps, row in WORKED.items()
    for equation, expected in zip(EQUATIONS, row, strict=True)
]


@pytest.mark.parametrize(("reps", "equation", "expected_kg"), CASES)
def test_worked_examples(reps, equation, expected_kg):
    assert one_rep_max_kg(100, reps, equation) == pytest.approx(expected_kg, abs=0.005)


@pytest.mark.parametrize(
    ("equation", "expected_kg"),
    [
        pytest.param("epley", 100.00, id="one rep is the maximum itself"),
        pytest.param("brzycki", 100.00, id="brzycki"),
        pytest.param("lander", 101.39, id="lander"),
        pytest.param("lombardi", 100.00, id="lombardi"),
        pytest.param("mayhew", 108.86, id="mayhew"),
        pytest.param("oconner", 102.50, id="oconner"),
        pytest.param("wathen", 101.30, id="wathen"),
    ],
)
def test_one_rep(equation, expected_kg):
    assert one_rep_max_kg(100, 1, equation) == pytest.approx(expected_kg, abs=0.005)


@pytest.mark.parametrize(
    ("reps", "load_kg", "equation", "sentence"),
    [
        pytest.param(
            0,
            50,
            "epley",
            "This set cannot be kept: 0 reps at 50 kg say nothing about a one-rep maximum.",
            id="no rep",
        ),
        pytest.param(
            5,
            0,
            "epley",
            "This set cannot be kept: 5 reps at 0 kg say nothing about a one-rep maximum.",
            id="no load",
        ),
        pytest.param(
            37,
            50,
            "brzycki",
            "This set cannot be kept: 37 reps are more than the equation 'brzycki' can take.",
            id="where Brzycki ends",
        ),
        pytest.param(
            40,
            50,
            "lander",
            "This set cannot be kept: 40 reps are more than the equation 'lander' can take.",
            id="where Lander ends",
        ),
    ],
)
def test_no_answer(reps, load_kg, equation, sentence):
    with pytest.raises(BadSet) as caught:
        one_rep_max_kg(load_kg, reps, equation)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("reps", "rir", "expected_per_cent"),
    [
        pytest.param(1, 0, 100.0, id="the maximum"),
        pytest.param(5, 2, 81.1, id="5 reps at RPE 8"),
        pytest.param(8, 2, 73.9, id="8 reps at RPE 8"),
        pytest.param(10, 3, 65.3, id="10 reps at RPE 7"),
        pytest.param(12, 0, 68.0, id="12 reps to failure"),
        pytest.param(1, 0.5, 97.8, id="half a rep in reserve"),
        pytest.param(12, 3, 59.9, id="the end of the chart"),
    ],
)
def test_chart(reps, rir, expected_per_cent):
    assert share_of_one_rm(reps, rir) * 100 == pytest.approx(expected_per_cent, abs=1e-9)


def test_the_chart_falls_all_the_way():
    assert list(RTS_PER_CENT) == sorted(RTS_PER_CENT, reverse=True)
    assert len(RTS_PER_CENT) == 29


@pytest.mark.parametrize(("reps", "trusted"), [(1, True), (12, True), (13, False)])
def test_many_reps_are_not_trusted(reps, trusted):
    assert is_trusted(reps) is trusted


@given(st.floats(1, 40), st.floats(0.01, 5))
def test_more_reps_need_a_smaller_share(reps, more):
    assert share_of_one_rm(reps + more) < share_of_one_rm(reps)


@given(st.floats(1, 60))
def test_reps_and_cost_are_inverse(reps):
    assert reps_at_cost(log_cost(reps)) == pytest.approx(reps, abs=1e-6)


@given(st.floats(-3, 0))
def test_above_the_maximum_there_is_less_than_a_rep(cost):
    assert 0 <= reps_at_cost(cost) <= 1


@given(st.sampled_from(EQUATIONS), st.floats(1, 300), st.integers(2, 14))
def test_equations_rise_with_reps_and_with_load(equation, load_kg, reps):
    assert one_rep_max_kg(load_kg, reps + 1, equation) > one_rep_max_kg(load_kg, reps, equation)
    assert one_rep_max_kg(load_kg * 2, reps, equation) == pytest.approx(
        2 * one_rep_max_kg(load_kg, reps, equation)
    )
