"""wger's API: pages, lists of pages, logs by session, old field names, units, names by number."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from exports import accounted, brief, read, saved
from openback.errors import HistoryNoRows
from openback.model.history import SkippedRow
from openback.units import kg_from_lb

LOG = {
    "id": 11,
    "date": "2026-04-08T16:55:00+02:00",
    "session": 3,
    "routine": 1,
    "iteration": None,
    "slot_entry": None,
    "next_log": None,
    "exercise": 73,
    "repetitions_unit": 1,
    "repetitions": "10.00",
    "repetitions_target": "12.00",
    "weight_unit": 1,
    "weight": "42.50",
    "weight_target": None,
    "rir": "1.5",
    "rir_target": None,
    "rest": 120,
    "rest_target": None,
}
SESSION = {"id": 3, "routine": 1, "day": None, "date": "2026-04-08", "notes": "good", "impression": "3",
           "time_start": "16:50:00", "time_end": "17:40:00"}  # fmt: skip
NUMBERS = (
    "wger names 1 of its exercises by number only, such as 'exercise 73'. Put what /api/v2/exerciseinfo/ "
    "answers into the same file and their names are found."
)


def page(*results: object) -> dict[str, object]:
    return {"count": len(results), "next": None, "previous": None, "results": list(results)}


def history_of(tmp_path, data, **kwargs):
    history = read(saved(tmp_path, json.dumps(data, indent=1), name="wger.json"), **kwargs)
    assert history.read == history.kept + len(history.skipped)
    return history


@pytest.mark.parametrize(
    "wrapped",
    [
        pytest.param(page(LOG), id="a page"),
        pytest.param([page(LOG)], id="a list of pages"),
        pytest.param([[LOG]], id="a list of lists"),
        pytest.param([LOG], id="a list"),
        pytest.param([{"session": SESSION, "logs": [LOG]}], id="by session"),
        pytest.param({"workoutlog": [LOG], "workoutsession": [SESSION]}, id="two answers in one file"),
    ],
)
def test_any_wrapping(tmp_path, wrapped):
    history = history_of(tmp_path, wrapped)
    assert (history.format, history.unit, history.unit_from) == ("wger", "kg", "file")
    assert [row[1:] for row in brief(history)] == [("exercise 73", "work", 42.5, 10, None, 1.5)]
    assert history.sets[0].log.at == datetime(2026, 4, 8, 14, 55, tzinfo=UTC)
    assert history.notes == (NUMBERS,)


def test_the_session_gives_start_end_and_note(tmp_path):
    history = history_of(tmp_path, {"workoutlog": page(LOG), "workoutsession": page(SESSION)})
    session = history.sessions[0].log
    assert (session.started_at, session.ended_at, session.note) == (
        datetime(2026, 4, 8, 16, 50, tzinfo=UTC), datetime(2026, 4, 8, 17, 40, tzinfo=UTC), "good"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("exercise", "others", "name"),
    [
        pytest.param({"id": 73, "name": "Lat Pulldown"}, [], "Lat Pulldown", id="nested, with its name"),
        pytest.param(73, [{"id": 73, "name": "Lat Pulldown"}], "Lat Pulldown", id="in a list beside"),
        pytest.param(
            73,
            [{"id": 73, "translations": [{"name": "Latzug", "language": 1}, {"name": "Lat Pulldown", "language": 2}]}],
            "Lat Pulldown",
            id="translated, English first",
        ),
        pytest.param(73, [], "exercise 73", id="by number only"),
    ],
)  # fmt: skip
def test_names(tmp_path, exercise, others, name):
    history = history_of(
        tmp_path, {"workoutlog": page(LOG | {"exercise": exercise}), "exercises": page(*others)}
    )
    assert history.sets[0].log.exercise == name


def test_the_field_names_of_before(tmp_path):
    old = {"id": 5, "reps": 8, "weight": "90.00", "date": "2020-05-01", "rir": "", "exercise_base": 9,
           "workout": 1, "repetition_unit": 1, "weight_unit": 2}  # fmt: skip
    history = history_of(tmp_path, page(old))
    assert brief(history) == [(6, "exercise 9", "work", kg_from_lb(90), 8, None, None)]
    assert history.unit == "lb"
    assert history.sessions[0].log.started_at == datetime(2020, 5, 1, 12, tzinfo=UTC)


def test_units_and_what_is_no_set(tmp_path):
    rows = [
        LOG | {"id": 1, "repetitions_unit": 2, "rir": None},
        LOG | {"id": 2, "repetitions_unit": 3, "repetitions": "45", "weight": None},
        LOG | {"id": 3, "repetitions_unit": 4, "repetitions": "1.5", "weight": "0"},
        LOG | {"id": 4, "repetitions_unit": 6, "repetitions": "5"},
        LOG | {"id": 5, "weight_unit": 6},
        LOG | {"id": 6, "weight_unit": 4, "weight": "3"},
        LOG | {"id": 7, "weight_unit": 2, "weight": "100"},
        LOG | {"id": 8, "repetitions": None},
        LOG | {"id": 9, "weight": "10000"},
        LOG | {"id": 10, "weight": "heavy"},
        LOG | {"id": 12, "date": "not a day", "session": None},
        {"id": 13, "weight": "61.5", "date": "2026-04-08"},
    ]
    path = saved(tmp_path, "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]", name="w.json")
    history = read(path)
    assert brief(history) == [
        (2, "exercise 73", "work", 42.5, 10, None, 0.0),
        (3, "exercise 73", "work", None, None, 45.0, 1.5),
        (4, "exercise 73", "work", 0.0, None, 90.0, 1.5),
        (7, "exercise 73", "work", None, 10, None, 1.5),
        (8, "exercise 73", "work", kg_from_lb(100), 10, None, 1.5),
    ]
    assert history.sets[3].log.note == "3 plates"
    assert history.skipped == (
        SkippedRow(line=5, why="has a distance, not reps"),
        SkippedRow(line=6, why="has a speed, not a load"),
        SkippedRow(line=9, why="has no reps and no time"),
        SkippedRow(line=10, why="a weight of 10,000 kg is more than the 1,000 kg anyone lifts"),
        SkippedRow(line=11, why="the field 'weight' cannot be read: input should be a valid number, unable to parse string as a number"),
        SkippedRow(line=12, why="the date 'not a day' is not one that can be read"),
        SkippedRow(line=13, why="is not an entry of a training log"),
    )  # fmt: skip
    assert history.notes == (
        NUMBERS,
        "The file has loads in both units: 1 in kg and 1 in lb. Each was read in its own.",
    )
    accounted(history)


def test_the_next_log_of_a_set_is_its_drop(tmp_path):
    history = history_of(tmp_path, page(LOG | {"next_log": 12}, LOG | {"id": 12, "weight": "30"}))
    assert [(s.log.load_kg, s.log.kind) for s in history.sets] == [(42.5, "work"), (30.0, "drop")]


def test_entries_come_in_order_of_time_whatever_the_order_of_the_file(tmp_path):
    later = LOG | {"id": 12, "date": "2026-04-08T17:05:00+02:00", "repetitions": "9"}
    history = history_of(tmp_path, page(later, LOG))
    assert [s.log.reps for s in history.sets] == [10, 9]


def test_an_empty_page(tmp_path):
    with pytest.raises(HistoryNoRows):
        history_of(tmp_path, page())
