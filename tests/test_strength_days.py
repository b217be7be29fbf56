"""A log day by day: which set stands for a day, and which days are predicted."""

from __future__ import annotations

import pytest

from openback.training.strength.days import Day, LoggedSet, best_of, histories
from openback.training.strength.evaluate import counts_as_prediction, last_epley_reps


def logged(*rows):
    return [LoggedSet("ann", day, "Row", load, reps) for day, load, reps in rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([], {}, id="nothing"),
        pytest.param([(0, 0, 10), (0, -5, 10), (0, 50, 0), (0, 50, 16)], {}, id="nothing that tells"),
        pytest.param(
            [(0, 50, 16), (0, 40, 15)], {"Row": (Day(day=0, load=40, reps=15),)}, id="16 reps are left out"
        ),
        pytest.param(
            [(3, 50, 8), (3, 60, 5), (3, 50, 9)],
            {"Row": (Day(day=3, load=60, reps=5, others=((50, 9),)),)},
            id="the greatest value, and the most reps at the other load",
        ),
        pytest.param(
            [(9, 50, 8), (2, 40, 8)],
            {"Row": (Day(day=2, load=40, reps=8), Day(day=9, load=50, reps=8))},
            id="days in order",
        ),
    ],
)
def test_histories(rows, expected):
    assert histories(logged(*rows)).get("ann", {}) == expected


@pytest.mark.parametrize(
    ("sets", "expected"),
    [
        pytest.param([(60, 10), (64, 7.5)], (64, 7.5), id="of equal values the heavier"),
        pytest.param([(64, 7.5), (60, 10)], (64, 7.5), id="in either order"),
        pytest.param(
            [(60 * 0.45359237, 10), (64 * 0.45359237, 7.5)], (64 * 0.45359237, 7.5), id="in either unit"
        ),
        pytest.param([(50, 10), (50, 10)], (50, 10), id="the same twice"),
    ],
)
def test_best_of(sets, expected):
    assert best_of(sets) == expected


HISTORY = tuple(Day(day=n * 3, load=50.0, reps=8.0) for n in range(8))


def changed(**last):
    return (*HISTORY[:-1], Day(**{"day": 21, "load": 50.0, "reps": 8.0} | last))


@pytest.mark.parametrize(
    ("history", "place", "expected"),
    [
        pytest.param(HISTORY[:7], 6, False, id="seven days are too few"),
        pytest.param(HISTORY, 3, False, id="the fourth day"),
        pytest.param(HISTORY, 4, True, id="the fifth day"),
        pytest.param(changed(day=18 + 60), 7, True, id="a gap of 60 days"),
        pytest.param(changed(day=18 + 61), 7, False, id="a gap of 61 days"),
        pytest.param(changed(load=100.0), 7, True, id="twice the value"),
        pytest.param(changed(load=101.0), 7, False, id="more than twice"),
        pytest.param(changed(load=25.0), 7, True, id="half the value"),
        pytest.param(changed(load=24.0), 7, False, id="less than half"),
    ],
)
def test_which_days_count(history, place, expected):
    assert counts_as_prediction(history, place) is expected


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        pytest.param(50, 8, id="the same load"),
        pytest.param(60, 2, id="a fifth more"),
        pytest.param(90, 1, id="never below one"),
        pytest.param(20, 15, id="never above fifteen"),
    ],
)
def test_last_epley(load, expected):
    assert last_epley_reps(HISTORY[0], load) == expected
