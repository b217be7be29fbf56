"""Rows of a session, their words, and a row that was sent back as a set. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import showing
from openback.model.strength import NextSet
from openback.web.set_rows import (
    SetForm,
    amount_words,
    ladder,
    load_words,
    real_load_kg,
    rows_of,
    screen_to_show,
    screens_of,
    set_of,
    set_words,
    target_words,
)


def test_rows_are_numbered_by_kind():
    step = showing.a_session(3).steps[0]
    assert [(row.name, row.done) for row in rows_of(step)] == [
        ("Warm-up 1", True),
        ("Warm-up 2", True),
        ("Set 1", True),
        ("Set 2", False),
        ("Set 3", False),
    ]


def test_each_open_row_has_an_id_of_its_own():
    rows = rows_of(showing.a_session().steps[0])
    assert len({row.id for row in rows}) == len(rows)
    assert {row.id.version for row in rows} == {7}


def test_the_first_exercise_with_something_left_is_shown():
    screens = screens_of(showing.a_session(5))
    assert screen_to_show((), None) == 0
    assert screen_to_show(screens, None) == 1
    assert screen_to_show(screens, 4) == 4
    assert screen_to_show(screens, 99) == 1


LOADS = [
    pytest.param("none", None, None, "", id="nothing to load"),
    pytest.param("stack", None, None, "", id="unknown"),
    pytest.param("stack", 22.5, None, "22.5 kg", id="stack"),
    pytest.param("dumbbell_each", 8, None, "8 kg each", id="in each hand"),
    pytest.param("assist", 20, None, "20 kg help", id="help"),
    pytest.param("body", None, None, "Body weight", id="the body"),
    pytest.param("body", 5, None, "Body + 5 kg", id="and more"),
    pytest.param("band", None, "green", "Green band", id="a band"),
]


@pytest.mark.parametrize(("kind", "load_kg", "band", "words"), LOADS)
def test_load_words(kind, load_kg, band, words):
    assert load_words(kind, load_kg, band, "metric") == words


@pytest.mark.parametrize(
    ("reps", "hold_s", "words"),
    [(None, None, "–"), (1, None, "1 rep"), (12, None, "12 reps"), (None, 30.0, "30 s")],
)
def test_amount_words(reps, hold_s, words):
    assert amount_words(reps, hold_s) == words


def test_set_words_say_the_side():
    one = showing.a_set(1, "one_arm_dumbbell_row", load_kg=10, side="left")
    assert set_words(showing.exercise("one_arm_dumbbell_row"), one, "metric") == "10 kg each × 12 reps, left"


def test_target_words():
    item = showing.an_item("one_arm_dumbbell_row")
    told: NextSet = showing.a_next(item)
    assert (
        target_words(told, item, showing.exercise(item.exercise))
        == "3 × 8–12 reps each side, leave 2 in reserve"
    )
    hold = showing.an_item("cobra_pose", sets=2, mobility=True)
    words = target_words(showing.a_next(hold), hold, showing.exercise("cobra_pose"))
    assert "reserve" not in words


@pytest.mark.parametrize("load_kg", [1.25, 7.5, 20.0, 22.67, 61.23])
def test_every_load_comes_back_from_what_its_field_shows(load_kg):
    loads_kg = (load_kg, load_kg + 0.9)
    for units in ("metric", "imperial"):
        shown = float(ladder(loads_kg, units)[0][1])
        assert real_load_kg(shown, loads_kg, units) == load_kg


def test_a_load_off_the_ladder_is_kept_as_typed():
    assert real_load_kg(21.3, (20.0, 25.0), "metric") == 21.3
    assert real_load_kg(21.3, (), "metric") == 21.3


def test_a_comma_is_a_point():
    form = SetForm.model_validate(
        {"id": str(showing.SESSION_ID), "exercise": "face_pull", "load": "22,5", "hold_s": "", "reps": "7"}
    )
    one = set_of(form, showing.SESSION_ID, now=datetime(2026, 1, 1, tzinfo=UTC), loads_kg=(), units="metric")
    assert (one.load_kg, one.hold_s, one.reps) == (22.5, None, 7)
