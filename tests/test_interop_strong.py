"""Strong's exports: the eight forms seen in the wild, row kinds, units, durations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from exports import STRONG, accounted, brief, read, saved
from openback.interop import report_json
from openback.units import kg_from_lb

OWN_UNIT = (
    "The file does not say whether its weights are kg or lb; they were read as kg, your own unit. "
    "If that is wrong, import it with --unit lb."
)
ROW_2 = [
    (2, "Row", "work", 40.0, 8, None, None),
    (3, "Plank", "work", 0.0, None, 60.0, None),
]
UNIT_COLUMNS = "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;Workout Notes"
FORMS = {
    "1, with duration": STRONG
    + "\n2024-05-01 18:00:00,Pull,1h 5m,Row,1,40.0,8,0,0,,,"
    + "\n2024-05-01 18:00:00,Pull,1h 5m,Plank,1,0.0,0.0,0,60.0,,,\n",
    "2, without duration": STRONG.replace("Duration,", "")
    + "\n2024-05-01 18:00:00,Pull,Row,1,40.0,8,0,0,,,"
    + "\n2024-05-01 18:00:00,Pull,Plank,1,0.0,0,0,60,,,\n",
    "2, without duration and rating": STRONG.replace("Duration,", "").replace(",RPE", "")
    + "\n2024-05-01 18:00:00,Pull,Row,1,40.0,8,0,0,,"
    + "\n2024-05-01 18:00:00,Pull,Plank,1,0.0,0,0,60,,\n",
    "3, without notes": "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE"
    "\n2024-05-01 18:00:00,Pull,Row,1,40.0,8,0,0,"
    "\n2024-05-01 18:00:00,Pull,Plank,1,0.0,0,0,60,\n",
    "4, semicolons and unit column": UNIT_COLUMNS
    + "\n2024-05-01 18:00:00;Pull;Row;1;40,0;kg;8;;;;0;;"
    + "\n2024-05-01 18:00:00;Pull;Plank;1;0;;0;;;;60;;\n",
    "5, commas and trailing duration": UNIT_COLUMNS.replace(";", ",")
    + ",Workout Duration"
    + "\n2024-05-01 18:00:00,Pull,Row,1,40,kg,8,,,,0,,,1h 5m"
    + "\n2024-05-01 18:00:00,Pull,Plank,1,0,,0,,,,60,,,1h 5m\n",
    "6, all quoted": '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";"Weight (kg)";'
    '"Reps";"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"'
    '\n"1";"2024-05-01 18:00:00";"Pull";"3900";"Row";"1";"40.0";"8";"";"";"";"";""'
    '\n"1";"2024-05-01 18:00:00";"Pull";"3900";"Plank";"1";"0.0";"";"";"";"60";"";""\n',
    "7, kg and km, CRLF, from 0": "Date,Workout Name,Exercise Name,Set Order,kg,Reps,km,Seconds,Notes"
    "\r\n2024-05-01 18:00:00,Pull,Row,0,40,8,0,0,"
    "\r\n2024-05-01 18:00:00,Pull,Plank,0,0,0,0,60,\r\n",
}


@pytest.mark.parametrize("form", FORMS, ids=list(FORMS))
def test_every_form_reads_the_same_sets(tmp_path, form):
    history = read(saved(tmp_path, FORMS[form]))
    assert (history.format, history.unit, history.read, history.skipped) == ("strong", "kg", 2, ())
    assert brief(history) == ROW_2
    assert [s.log.title for s in history.sessions] == ["Pull"]
    assert history.sessions[0].log.started_at == datetime(2024, 5, 1, 18, tzinfo=UTC)
    accounted(history)


def test_a_file_without_its_heading_is_known_by_its_columns(tmp_path):
    text = "2018/8/31 5:49;Pull;Row;1;40;kg;8;;;;0;;\n2018/8/31 5:49;Pull;Row;2;90;lbs;8;;;;0;;\n"
    history = read(saved(tmp_path, text))
    assert [(s.line, s.log.load_kg) for s in history.sets] == [(1, 40.0), (2, kg_from_lb(90))]
    assert history.sessions[0].log.started_at == datetime(2018, 8, 31, 5, 49, tzinfo=UTC)
    accounted(history)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    text = STRONG + "\n2024-05-01 18:00:00,Rücken,1h,Rudern über Kopf,1,40,8,0,0,,,\n"
    history = read(saved(tmp_path, text.replace(",", delimiter), encoding=encoding))
    assert brief(history) == [(2, "Rudern über Kopf", "work", 40.0, 8, None, None)]
    assert history.sessions[0].log.title == "Rücken"


def test_the_whole_report(tmp_path):
    text = (
        "sep=,\n\n" + STRONG + "\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,W,20,8,0,0,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,1,40,8.0,0,0,slow,good day,8.5\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,Rest Timer,0,0.0,0,120.0,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,D,30,12,0,0,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,F,30,6,0,0,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,Note,0,0,0,0,grip slipped,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Running,1,0,0,5.2,1800,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,3,40,0,0,0,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,4,10000,5,0,0,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,5,40,-3,0,0,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,6,1e999,5,0,0,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,7,NaN,5,0,0,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,8,-20,5,0,0,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,,9,40,5,0,0,,,\n"
        "0001-01-01 00:00:00,Pull,1h 5m,Row,1,40,5,0,0,,,\n"
        "2999-01-01 00:00:00,Pull,1h 5m,Row,1,40,5,0,0,,,\n"
        "2024-02-30 18:00:00,Pull,1h 5m,Row,1,40,5,0,0,,,\n"
        "yesterday,Pull,1h 5m,Row,1,40,5,0,0,,,\n"
        ",,,,,,,,,,,\n" + STRONG + "\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,Pausentimer,0,0,0,90,,,\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,9,40,5\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,9,40,5,0,0,,,,,7,8,9\n"
        "2024-05-01 18:00:00,Pull,1h 5m,Row,9,40,8.5,0,0,,,\n"
    )
    history = read(saved(tmp_path, text))
    assert brief(history) == [
        (4, "Row", "warm_up", 20.0, 8, None, None),
        (5, "Row", "work", 40.0, 8, None, 1.5),
        (7, "Row", "drop", 30.0, 12, None, None),
        (8, "Row", "work", 30.0, 6, None, 0.0),
        (25, "Row", "work", 40.0, 5, None, None),
    ]
    assert report_json(history, ()) == {
        "format": "strong",
        "unit": "kg",
        "unit_from": "own",
        "read": 24,
        "kept": 5,
        "skipped": [
            {"line": 6, "why": "a rest timer, not a set"},
            {"line": 9, "why": "a note, not a set"},
            {"line": 10, "why": "has a distance, not reps"},
            {"line": 11, "why": "has no reps and no time"},
            {"line": 12, "why": "a weight of 10,000 kg is more than the 1,000 kg anyone lifts"},
            {"line": 13, "why": "-3 reps is outside 1 to 1,000"},
            {"line": 14, "why": "the weight '1e999' is not a number"},
            {"line": 15, "why": "the weight 'NaN' is not a number"},
            {"line": 16, "why": "the weight -20 kg is below zero"},
            {"line": 17, "why": "there is no exercise name"},
            {"line": 18, "why": "the date 0001-01-01 lies before 1970"},
            {"line": 19, "why": "the date 2999-01-01 lies in the future"},
            {"line": 20, "why": "the date '2024-02-30 18:00:00' does not exist"},
            {"line": 21, "why": "the date 'yesterday' is not one that can be read"},
            {"line": 22, "why": "the row is empty"},
            {"line": 23, "why": "the row repeats the heading"},
            {"line": 24, "why": "'Pausentimer' is not a kind of set that is known"},
            {"line": 26, "why": "the row has 16 columns where the heading has 12"},
            {"line": 27, "why": "8.5 reps is not a whole number"},
        ],
        "names": [],
        "notes": [OWN_UNIT],
    }
    assert [s.log.note for s in history.sets] == ["", "slow", "", "", ""]
    assert [s.log.note for s in history.sessions] == ["good day\ngrip slipped"]
    accounted(history)


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [
        pytest.param("", None, id="none"),
        pytest.param("soon", None, id="not a length"),
        pytest.param("1h 42m", 102, id="hours and minutes"),
        pytest.param("9m", 9, id="minutes"),
        pytest.param("27s", 0.45, id="seconds"),
        pytest.param("2h", 120, id="hours"),
        pytest.param("21min", 21, id="min"),
        pytest.param("1h 9min", 69, id="hours and min"),
        pytest.param("4543", 4543 / 60, id="seconds as a number"),
        pytest.param("264h 1m", None, id="a timer left running"),
    ],
)
def test_durations_end_the_session(tmp_path, duration, minutes):
    history = read(saved(tmp_path, f"{STRONG}\n2024-05-01 18:00:00,Pull,{duration},Row,1,40,8,0,0,,,\n"))
    session = history.sessions[0].log
    assert session.ended_at == (None if minutes is None else session.started_at + timedelta(minutes=minutes))


def test_a_timer_left_running_is_said(tmp_path):
    history = read(
        saved(tmp_path, f"{STRONG}\n2024-05-01 18:00:00,Pull,264h 1m,Row,1,40,8,0,0,,,\n"), unit="kg"
    )
    assert history.notes == (
        "A session of more than 12 hours was taken for a timer left running, its end for unknown: line 2.",
    )


# --- Units -------------------------------------------------------------------------------------------


def strong_rows(*weights: str) -> str:
    rows = [f"2024-05-01 18:00:00,Pull,1h,Row,{i},{w},8,0,0,,," for i, w in enumerate(weights, start=1)]
    return "\n".join([STRONG, *rows]) + "\n"


def unit_rows(*pairs: tuple[str, str]) -> str:
    rows = [f"2024-05-01 18:00:00;Pull;Row;{i};{w};{u};8;;;;0;;" for i, (w, u) in enumerate(pairs, start=1)]
    return "\n".join([UNIT_COLUMNS, *rows]) + "\n"


def test_without_a_unit_the_person_s_own_is_taken_and_said(tmp_path):
    history = read(saved(tmp_path, strong_rows("45", "50")), own_unit="lb")
    assert (history.unit, history.unit_from, history.unit_known) == ("lb", "own", False)
    assert [s.log.load_kg for s in history.sets] == [kg_from_lb(45), kg_from_lb(50)]


def test_what_the_person_says_decides_where_the_file_is_silent(tmp_path):
    history = read(saved(tmp_path, strong_rows("45")), unit="lb")
    assert (history.unit, history.unit_from, history.unit_known, history.notes) == ("lb", "told", True, ())
    assert history.sets[0].log.load_kg == kg_from_lb(45)


def test_what_the_file_says_goes_before_what_the_person_says(tmp_path):
    history = read(saved(tmp_path, FORMS["6, all quoted"]), unit="lb")
    assert (history.unit, history.unit_from) == ("kg", "file")
    assert history.notes == (
        "The file itself gives its weights in kg, so the unit lb that was asked for was not used.",
    )


def test_pounds_turned_to_kilograms_give_their_unit_away_and_stay_exact(tmp_path):
    history = read(saved(tmp_path, strong_rows("6.80388555", "61.23492", "20")), own_unit="lb")
    assert (history.unit, history.unit_from) == ("kg", "values")
    assert [s.log.load_kg for s in history.sets] == [6.80388555, 61.23492, 20.0]
    assert history.notes == ("The file gives no unit, but its numbers are round in lb, so they are kg.",)


def test_no_load_no_question(tmp_path):
    history = read(saved(tmp_path, strong_rows("0", "0.0")), own_unit="lb")
    assert (history.unit_known, history.notes) == (True, ())


def test_rows_without_a_unit_take_that_of_the_others(tmp_path):
    history = read(saved(tmp_path, unit_rows(("100", "lbs"), ("0", ""), ("45", ""))))
    assert (history.unit, history.unit_from) == ("lb", "rows")
    assert [s.log.load_kg for s in history.sets] == [kg_from_lb(100), 0.0, kg_from_lb(45)]
    assert history.notes == ("1 row has a weight without a unit; it was read as lb.",)


def test_both_units_in_one_file(tmp_path):
    history = read(saved(tmp_path, unit_rows(("100", "lbs"), ("45", "lbs"), ("20", "kg"))))
    assert [s.log.load_kg for s in history.sets] == [kg_from_lb(100), kg_from_lb(45), 20.0]
    assert history.notes == (
        "The file has loads in both units: 2 in lb and 1 in kg. Each was read in its own.",
    )


def test_the_headings_in_german(tmp_path):
    text = (
        "Datum;Workout-Name;Name der Übung;Reihenfolge festlegen;Gewicht;Wiederh.;RPE;Entfernung;Sekunden;Notizen;"
        "Workout-Notizen;Dauer\n2024-05-01 18:00:00;Zug;Latzug;1;42,5;8;;0;0;;;1h 5m\n"
    )
    history = read(saved(tmp_path, text))
    assert brief(history) == [(2, "Latzug", "work", 42.5, 8, None, None)]
