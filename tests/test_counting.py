"""How logged sets count for muscles, and how they are said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import uuid_utils.compat as uuid

from openback.catalogue import load_catalogue
from openback.model.log import SetLog
from openback.model.person import Bar, Stack
from openback.services.counting import by_week, counts, muscle_sets
from openback.services.plates import load_words
from openback.services.wording import last_time_text, list_text

CATALOGUE = load_catalogue()
AT = datetime(2026, 11, 14, 12, 0, tzinfo=UTC)


def a_set(exercise: str = "wide_grip_lat_pulldown", **more) -> SetLog:
    facts = {"id": uuid.uuid7(), "session_id": uuid.UUID(int=1), "exercise": exercise, "at": AT, "reps": 10}
    return SetLog(**(facts | more))


def test_evidence_10_6_fractional_sets():
    sets = [
        *[a_set("wide_grip_lat_pulldown")] * 4,
        *[a_set("one_arm_dumbbell_row")] * 3,
        *[a_set("dumbbell_shrug")] * 3,
    ]
    got = muscle_sets(CATALOGUE, sets)
    expected = {
        "latissimus_dorsi": 7.0,
        "trapezius_middle": 6.5,
        "trapezius_upper": 4.5,
        "trapezius_lower": 4.25,
        "rhomboids": 5.75,
        "biceps": 3.5,
    }
    assert {muscle: got[muscle] for muscle in expected} == expected


@pytest.mark.parametrize(
    ("one_set", "expected"),
    [
        pytest.param(a_set(reps=None, hold_s=None), False, id="nothing told"),
        pytest.param(a_set(reps=0), False, id="no rep"),
        pytest.param(a_set(kind="warm_up"), False, id="warm-up"),
        pytest.param(a_set(kind="drop"), True, id="drop set"),
        pytest.param(a_set("superman", reps=None, hold_s=19.0), False, id="short hold"),
        pytest.param(a_set("superman", reps=None, hold_s=20.0), True, id="hold of 20 s"),
    ],
)
def test_counts(one_set, expected):
    assert counts(one_set) is expected


def test_no_sets_count_for_nothing_and_unknown_exercises_for_no_muscle():
    assert muscle_sets(CATALOGUE, []) == {}
    assert muscle_sets(CATALOGUE, [a_set("Bench Press (Barbell)")]) == {}


def test_left_and_right_make_one_set():
    both = muscle_sets(CATALOGUE, [a_set("one_arm_dumbbell_row", side=side) for side in ("left", "right")])
    assert both["latissimus_dorsi"] == 1.0


def test_weeks_are_in_order_and_begin_on_monday():
    sets = [a_set(at=AT.replace(day=day)) for day in (20, 2, 14)]
    assert [monday.isoformat() for monday in by_week(sets)] == ["2026-11-02", "2026-11-09", "2026-11-16"]


@pytest.mark.parametrize(
    ("sets", "units", "expected"),
    [
        pytest.param([], "metric", "", id="first time"),
        pytest.param([a_set(kind="warm_up", load_kg=10)], "metric", "", id="warm-up only"),
        pytest.param(
            [a_set(reps=reps, load_kg=20) for reps in (12, 12, 11)],
            "metric",
            "12, 12 and 11 at 20 kg on 14 November",
            id="one load",
        ),
        pytest.param(
            [a_set(reps=12, load_kg=20), a_set(reps=8, load_kg=25)],
            "metric",
            "12 at 20 kg and 8 at 25 kg on 14 November",
            id="two loads",
        ),
        pytest.param(
            [a_set(reps=12, load_kg=20)], "imperial", "12 at 44.1 lb on 14 November", id="in pounds"
        ),
    ],
)
def test_last_time(sets, units, expected):
    assert last_time_text(CATALOGUE.exercises["wide_grip_lat_pulldown"], sets, units) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_list_text(words, expected):
    assert list_text(words) == expected


@pytest.mark.parametrize(
    ("exercise", "load_kg", "expected"),
    [
        pytest.param("barbell_shrug", None, "", id="no load"),
        pytest.param("barbell_shrug", 20, "20 kg bar alone", id="bar"),
        pytest.param("barbell_shrug", 45, "20 kg bar, 10 kg and 2.5 kg on each side", id="plates"),
        pytest.param("wide_grip_lat_pulldown", 32.5, "Pin at 30 kg and the 2.5 kg plate", id="add-on"),
        pytest.param("one_arm_dumbbell_row", 8, "One of 8 kg", id="one dumbbell"),
        pytest.param("dumbbell_shrug", 8, "Two of 8 kg", id="two dumbbells"),
        pytest.param("pull_up", 0, "", id="the body"),
    ],
)
def test_load_words(exercise, load_kg, expected):
    got = load_words(
        CATALOGUE.exercises[exercise],
        load_kg,
        bar=Bar(bar_kg=20, plates_kg=(1.25, 2.5, 5, 10)),
        stack=Stack(start_kg=5, step_kg=5, top_kg=60, add_on_kg=(2.5,)),
        units="metric",
    )
    assert got == expected
