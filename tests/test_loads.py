"""Loads that exist: ladders, steps, plates and pins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.model.person import Bar, Loads, Stack
from openback.training.loads import (
    USUAL_STACK,
    Pin,
    Plates,
    at_most_kg,
    ladder_kg,
    nearest_kg,
    plate_maths,
    stack_ladder_kg,
    stack_pin,
    step_down_kg,
    step_up_kg,
)


@pytest.mark.parametrize(
    ("loads", "kind", "expected"),
    [
        pytest.param(Loads(), "none", (), id="no load"),
        pytest.param(Loads(bands=("red",)), "band", (), id="bands have colours, not kilograms"),
        pytest.param(
            Loads(dumbbell_kg=(6, 2, 4, 4)), "dumbbell_each", (2, 4, 6), id="dumbbells in order, once"
        ),
        pytest.param(
            Loads(stack=Stack(start_kg=5, step_kg=5, top_kg=20)),
            "stack",
            (5, 10, 15, 20),
            id="a stack with its top",
        ),
        pytest.param(
            Loads(stack=Stack(start_kg=5, step_kg=7, top_kg=20)),
            "stack",
            (5, 12, 19),
            id="a top that is no step",
        ),
        pytest.param(
            Loads(stack=Stack(start_kg=5, step_kg=5, top_kg=10, add_on_kg=(1.25, 2.5))),
            "assist",
            (5, 6.25, 7.5, 8.75, 10, 11.25, 12.5, 13.75),
            id="add-on plates alone and together",
        ),
        pytest.param(
            Loads(stack=Stack(start_kg=5, step_kg=0, top_kg=50)), "stack", (5,), id="a stack without steps"
        ),
        pytest.param(
            Loads(barbell=Bar(bar_kg=10, plates_kg=(1.25, 2.5))),
            "barbell",
            (10, 12.5, 15, 17.5),
            id="a small bar",
        ),
        pytest.param(
            Loads(barbell=Bar(bar_kg=20, plates_kg=())), "barbell", (20,), id="a bar without plates"
        ),
    ],
)
def test_ladder(loads, kind, expected):
    assert ladder_kg(loads, kind) == expected


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        pytest.param("dumbbell_each", (1, 2, 3), (46, 48, 50), id="dumbbells by 1 kg to 10, by 2 above"),
        pytest.param("stack", (5, 10, 15), (90, 95, 100), id="stack by 5 kg"),
        pytest.param("barbell", (20, 22.5, 25), (192.5, 195, 197.5), id="bar with pairs from 1.25 kg"),
        pytest.param("body", (0, 1.25, 2.5), (27.5, 28.75, 30), id="added mass"),
    ],
)
def test_what_is_assumed_where_nothing_is_known(kind, start, end):
    ladder = ladder_kg(Loads(), kind)
    assert ladder[:3] == start
    assert ladder[-3:] == end


LADDER = (5.0, 10.0, 12.5, 20.0)


@pytest.mark.parametrize(
    ("load_kg", "nearest", "at_most", "up", "down"),
    [
        pytest.param(1, 5, 5, 5, None, id="below all"),
        pytest.param(5, 5, 5, 10, None, id="the lightest"),
        pytest.param(11.25, 10, 10, 12.5, 10, id="half way goes down"),
        pytest.param(12, 12.5, 10, 12.5, 10, id="between"),
        pytest.param(20, 20, 20, None, 12.5, id="the heaviest"),
        pytest.param(99, 20, 20, None, 20, id="above all"),
    ],
)
def test_steps(load_kg, nearest, at_most, up, down):
    assert nearest_kg(LADDER, load_kg) == nearest
    assert at_most_kg(LADDER, load_kg) == at_most
    assert step_up_kg(LADDER, load_kg) == up
    assert step_down_kg(LADDER, load_kg) == down


@pytest.mark.parametrize(
    ("bar", "target_kg", "expected"),
    [
        pytest.param(
            Bar(bar_kg=20, plates_kg=()), 60, Plates(per_side_kg=(), total_kg=20, exact=False), id="no plates"
        ),
        pytest.param(
            Bar(bar_kg=20, plates_kg=(20, 10, 5, 2.5, 1.25)),
            20,
            Plates(per_side_kg=(), total_kg=20, exact=True),
            id="the empty bar",
        ),
        pytest.param(
            Bar(bar_kg=20, plates_kg=(20, 10, 5, 2.5, 1.25)),
            67.5,
            Plates(per_side_kg=(20, 2.5, 1.25), total_kg=67.5, exact=True),
            id="heaviest first",
        ),
        pytest.param(
            Bar(bar_kg=20, plates_kg=(10, 5, 5)),
            60,
            Plates(per_side_kg=(10, 5, 5), total_kg=60, exact=True),
            id="each pair as often as owned",
        ),
        pytest.param(
            Bar(bar_kg=20, plates_kg=(10, 5)),
            36,
            Plates(per_side_kg=(10,), total_kg=40, exact=False),
            id="the nearest where it cannot be made",
        ),
        pytest.param(
            Bar(bar_kg=20, plates_kg=(10, 5)),
            35,
            Plates(per_side_kg=(5,), total_kg=30, exact=False),
            id="the lighter of two that are as near",
        ),
        pytest.param(
            Bar(bar_kg=20, plates_kg=(10, 5, 5)),
            40,
            Plates(per_side_kg=(10,), total_kg=40, exact=True),
            id="fewest plates",
        ),
    ],
)
def test_plate_maths(bar, target_kg, expected):
    assert plate_maths(bar, target_kg) == expected


@pytest.mark.parametrize(
    ("target_kg", "expected"),
    [
        pytest.param(20, Pin(pin_kg=20, add_on_kg=(), total_kg=20, exact=True), id="pin alone"),
        pytest.param(22.5, Pin(pin_kg=20, add_on_kg=(2.5,), total_kg=22.5, exact=True), id="pin and add-on"),
        pytest.param(23, Pin(pin_kg=20, add_on_kg=(2.5,), total_kg=22.5, exact=False), id="the nearest"),
        pytest.param(
            500, Pin(pin_kg=100, add_on_kg=(2.5,), total_kg=102.5, exact=False), id="beyond the top"
        ),
    ],
)
def test_stack_pin(target_kg, expected):
    stack = Stack(start_kg=5, step_kg=5, top_kg=100, add_on_kg=(2.5,))
    assert stack_pin(stack, target_kg) == expected


plates = st.lists(st.sampled_from([0.5, 1.25, 2.5, 5, 10, 15, 20, 25]), max_size=8).map(tuple)


@given(plates, st.floats(0, 300))
def test_plates_add_up_and_nothing_is_nearer(owned, target_kg):
    bar = Bar(bar_kg=20, plates_kg=owned)
    found = plate_maths(bar, target_kg)
    assert found.total_kg == pytest.approx(20 + 2 * sum(found.per_side_kg))
    left = list(owned)
    for plate in found.per_side_kg:
        left.remove(plate)  # raises when a plate is used more often than owned
    ladder = ladder_kg(Loads(barbell=bar), "barbell")
    assert found.total_kg in ladder
    assert abs(found.total_kg - target_kg) == pytest.approx(min(abs(one - target_kg) for one in ladder))


@given(st.floats(0, 150))
def test_steps_stay_on_the_ladder(load_kg):
    ladder = stack_ladder_kg(USUAL_STACK)
    up, down = step_up_kg(ladder, load_kg), step_down_kg(ladder, load_kg)
    assert up is None or (up in ladder and up > load_kg)
    assert down is None or (down in ladder and down < load_kg)
    assert nearest_kg(ladder, load_kg) in ladder
