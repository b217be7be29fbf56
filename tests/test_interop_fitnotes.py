"""FitNotes' export: both forms, days without times, and commas that nobody quoted."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from exports import FITNOTES, accounted, brief, read, saved
from openback.model.history import SkippedRow
from openback.units import kg_from_lb

UNIT_FORM = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time"


def test_both_forms_and_both_units(tmp_path):
    rows = "\n2024-06-01,Lat Pulldown,Back,50.0,10,,,,\n2024-06-01,Plank,Abs,0.0,0,,,0:01:30,hard\n"
    history = read(saved(tmp_path, FITNOTES + rows))
    assert (history.format, history.unit, history.unit_from) == ("fitnotes", "kg", "file")
    assert brief(history) == [
        (2, "Lat Pulldown", "work", 50.0, 10, None, None),
        (3, "Plank", "work", 0.0, None, 90.0, None),
    ]
    assert history.sets[1].log.note == "hard"
    history = read(saved(tmp_path, FITNOTES.replace("kgs", "lbs") + rows))
    assert (history.unit, history.sets[0].log.load_kg) == ("lb", kg_from_lb(50))
    history = read(
        saved(tmp_path, UNIT_FORM + "\n2024-06-01,Row,Back,50,kgs,10,,,\n2024-06-01,Row,Back,50,lbs,9,,,\n")
    )
    assert [s.log.load_kg for s in history.sets] == [50.0, kg_from_lb(50)]
    accounted(history)


def test_two_weight_columns(tmp_path):
    heading = "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes"
    history = read(
        saved(tmp_path, heading + "\n2024-06-01,Row,Back,50,,10,,,,\n2024-06-01,Row,Back,,50,9,,,,\n")
    )
    assert [s.log.load_kg for s in history.sets] == [50.0, kg_from_lb(50)]


@pytest.mark.parametrize(
    "shifted",
    [
        pytest.param("2024-06-01,Overhead Press (Each Side, Dumbbells),Back,50.0,10,,,,", id="one cell too many"),
        pytest.param("2024-06-01,Overhead Press (Each Side, Dumbbells),Back,50.0,10,,,", id="the last cell lost"),
        pytest.param("2024-06-01,Overhead Press (Each Side, Dumbbells),Back,50.0,10", id="the row cut short"),
        pytest.param('2024-06-01,"Overhead Press (Each Side, Dumbbells)",Back,50.0,10,,,,', id="quoted, nothing to mend"),
    ],
)  # fmt: skip
def test_a_comma_in_a_name_that_shifts_the_columns_is_put_right(tmp_path, shifted):
    text = f"{FITNOTES}\n2024-06-01,Lat Pulldown,Back,50.0,10,,,,\n{shifted}\n"
    history = read(saved(tmp_path, text))
    assert brief(history)[1] == (3, "Overhead Press (Each Side, Dumbbells)", "work", 50.0, 10, None, None)
    mended = "A name with an unquoted comma had shifted the columns and was put right: line 3."
    assert history.notes == (() if '"' in shifted else (mended,))
    accounted(history)


def test_two_commas_and_commas_in_comments(tmp_path):
    text = (
        f"{FITNOTES}\n"
        "2024-06-01,Row (wide, slow, strict),Back,50,10,,,,\n"
        "2024-06-01,Row,Back,50,10,,,,easy, then hard\n"
        "2024-06-01,Row,Back,heavy,10,,,,\n"
    )
    history = read(saved(tmp_path, text))
    assert [(s.log.exercise, s.log.note) for s in history.sets] == [
        ("Row (wide, slow, strict)", ""),
        ("Row", "easy, then hard"),
    ]
    assert history.skipped == (SkippedRow(line=4, why="the weight 'heavy' is not a number"),)


def test_cardio_is_left_out_with_its_reason(tmp_path):
    text = f"{FITNOTES}\n2024-06-01,Running,Cardio,,,5.0,km,0:28:00,\n2024-06-01,Stairs,Cardio,,,,,0:15:00,\n2024-06-01,Row,Back,1,1,,,,\n"
    history = read(saved(tmp_path, text))
    assert history.skipped == (
        SkippedRow(line=2, why="has a distance, not reps"),
        SkippedRow(line=3, why="is cardio: a time, not reps"),
    )


def test_a_day_without_a_time_is_noon_and_stays_that_day(tmp_path):
    text = f"{FITNOTES}\n2024-06-01,Row,Back,50,10,,,,\n2024-06-01,Row,Back,50,9,,,,\n2024-06-02,Row,Back,50,9,,,,\n"
    history = read(saved(tmp_path, text), zone=ZoneInfo("Pacific/Auckland"))
    assert [s.log.started_at for s in history.sessions] == [
        datetime(2024, 6, 1, 0, tzinfo=UTC),
        datetime(2024, 6, 2, 0, tzinfo=UTC),
    ]
    assert [s.log.ended_at for s in history.sessions] == [None, None]
