"""The warm-up ramp."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.model.person import Bar, Loads
from openback.training.loads import ladder_kg
from openback.training.warm_up import WarmUpSet, warm_up_sets

STACK = ladder_kg(Loads(), "stack")
BAR = ladder_kg(Loads(), "barbell")


@pytest.mark.parametrize(
    ("kind", "load_kg", "ladder", "expected"),
    [
        pytest.param("stack", None, STACK, [], id="load not known"),
        pytest.param("stack", 40, (), [], id="no loads"),
        pytest.param("body", 10, ladder_kg(Loads(), "body"), [], id="the body's own weight"),
        pytest.param("band", None, (), [], id="band"),
        pytest.param("dumbbell_each", 6, ladder_kg(Loads(), "dumbbell_each"), [], id="light dumbbells"),
        pytest.param("stack", 40, STACK, [(15, 8), (25, 4)], id="stack"),
        pytest.param("barbell", 60, BAR, [(25, 8), (40, 4)], id="bar"),
        pytest.param(
            "barbell",
            30,
            ladder_kg(Loads(barbell=Bar(bar_kg=20, plates_kg=(5,))), "barbell"),
            [(20, 8)],
            id="one step is enough",
        ),
    ],
)
def test_ramp(kind, load_kg, ladder, expected):
    assert [(one.load_kg, one.reps) for one in warm_up_sets(kind, load_kg, ladder)] == expected


@given(st.sampled_from(["stack", "dumbbell_each", "barbell"]), st.floats(1, 200))
def test_ramp_rises_below_the_work_load_and_exists(kind, load_kg):
    ladder = ladder_kg(Loads(), kind)
    ramp = warm_up_sets(kind, load_kg, ladder)
    loads = [one.load_kg for one in ramp]
    assert loads == sorted(set(loads))
    assert all(load in ladder and load < load_kg for load in loads)
    assert [one.reps for one in ramp] == sorted((one.reps for one in ramp), reverse=True)


def test_a_ramp_rests_briefly():
    assert warm_up_sets("stack", 40, STACK)[0] == WarmUpSet(load_kg=15, reps=8, rest_s=45)
