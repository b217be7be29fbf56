"""Our own archive: JSON and CSV, everything in the log and back without a change."""

from __future__ import annotations

import io
import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import read, saved
from openback.errors import HistoryNewerArchive, HistoryNoRows
from openback.interop import archive, write_archive_csv, write_archive_json
from openback.model.history import SkippedRow
from openback.model.log import MassLog, SessionLog, SetLog

AT = datetime(2026, 4, 8, 16, 50, tzinfo=UTC)
SESSION = SessionLog(id=UUID(int=1), started_at=AT, title="Pull", week=2, day=0)
SET = SetLog(
    id=UUID(int=2), session_id=SESSION.id, exercise="face_pull", at=AT, load_kg=6.80388555, reps=12, rir=1.5
)
MASS = MassLog(at=AT, mass_kg=61.2)

text = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
numbers = st.floats(0, 1000)
ids = st.uuids()
sessions = st.builds(
    SessionLog, id=ids, started_at=instants, ended_at=st.none() | instants, title=text, place=text, note=text,
    week=st.none() | st.integers(0, 52), day=st.none() | st.integers(0, 6), source=text,
    swaps=st.dictionaries(text, text, max_size=2), added=st.lists(text, max_size=2).map(tuple),
)  # fmt: skip


def sets_of(session_ids):
    return st.builds(
        SetLog, id=ids, session_id=st.sampled_from(session_ids), exercise=text.filter(bool), at=instants,
        side=st.sampled_from(["left", "right", "both"]), kind=st.sampled_from(["warm_up", "work", "drop"]),
        load_kg=st.none() | numbers, band=st.none() | text.filter(bool), reps=st.none() | st.integers(0, 500),
        hold_s=st.none() | numbers, rir=st.none() | st.floats(0, 10), pain=st.none() | st.integers(0, 10), note=text,
    )  # fmt: skip


@st.composite
def logs(draw):
    some = draw(st.lists(sessions, max_size=4, unique_by=lambda s: s.id))
    sets = draw(st.lists(sets_of([s.id for s in some]), max_size=6, unique_by=lambda s: s.id)) if some else []
    mass = draw(
        st.lists(st.builds(MassLog, at=instants, mass_kg=numbers), max_size=3, unique_by=lambda m: m.at)
    )
    return some, sets, mass


@pytest.mark.parametrize("write", [write_archive_json, write_archive_csv])
@settings(max_examples=30)
@given(log=logs())
def test_everything_comes_back_as_it_was(write, log):
    some, sets, mass = log
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive"
        encoding = "utf-8" if write is write_archive_json else "utf-8-sig"
        with path.open("w", encoding=encoding, newline="") as stream:
            write(stream, sessions=some, sets=sets, mass=mass)
        if not (some or mass):
            with pytest.raises(HistoryNoRows):
                read(path)
            return
        history = read(path)
    assert (history.format, history.unit, history.unit_from) == ("openback", "kg", "file")
    assert history.skipped == ()
    assert [s.log for s in history.sessions] == some
    assert [s.log for s in history.sets] == sets
    assert list(history.mass) == mass
    assert history.read == history.kept == len(some) + len(sets) + len(mass)


def written_json(**kwargs) -> str:
    stream = io.StringIO()
    write_archive_json(stream, **kwargs)
    return stream.getvalue()


def written_csv(**kwargs) -> str:
    stream = io.StringIO(newline="")
    write_archive_csv(stream, **kwargs)
    return stream.getvalue()


def test_the_json_carries_its_version_and_units():
    data = json.loads(written_json(sessions=[SESSION], sets=[SET], mass=[MASS]))
    assert data["openback_log"] == 1
    assert data["sets"][0]["load_kg"] == 6.80388555
    assert data["mass"] == [{"at": "2026-04-08T16:50:00Z", "mass_kg": 61.2}]


def test_the_csv_carries_its_version_and_units():
    heading, first, *_ = written_csv(sessions=[SESSION], sets=[SET]).splitlines()
    assert heading == (
        "openback_log_v1,id,session_id,started_at_utc,ended_at_utc,at_utc,exercise,side,kind,load_kg,band,reps,"
        "hold_s,reps_in_reserve,pain_0_to_10,note,title,place,week,day,source,mass_kg,swaps,added"
    )
    assert (
        first
        == "session,00000000-0000-0000-0000-000000000001,,2026-04-08T16:50:00Z,,,,,,,,,,,,,Pull,,2,0,,,,"
    )


def test_every_field_of_the_log_has_a_column():
    columns = set(archive._FIELDS)
    assert {field.name for kind in (SessionLog, SetLog, MassLog) for field in fields(kind)} == columns


def test_a_newer_archive_says_so(tmp_path):
    newer = written_json(sessions=[SESSION], sets=[]).replace('"openback_log": 1', '"openback_log": 7')
    with pytest.raises(HistoryNewerArchive) as caught:
        read(saved(tmp_path, newer, name="log.json"))
    assert str(caught.value) == (
        "log.json was written by a newer Openback (archive version 7; this one reads up to 1). "
        "Update Openback and import it again."
    )
    with pytest.raises(HistoryNewerArchive):
        read(saved(tmp_path, written_csv(sessions=[SESSION], sets=[]).replace("_v1", "_v12")))


def test_records_that_cannot_be_are_left_out_with_their_lines(tmp_path):
    late = SetLog(id=UUID(int=9), session_id=UUID(int=8), exercise="face_pull", at=AT, reps=3)
    archive = written_json(sessions=[SESSION, SESSION], sets=[SET, late, SET])
    history = read(saved(tmp_path, archive, name="log.json"))
    assert history.skipped == (
        SkippedRow(line=4, why="it is in the file twice"),
        SkippedRow(line=8, why="its session is not in the file"),
        SkippedRow(line=9, why="it is in the file twice"),
    )
    assert (history.read, history.kept) == (5, 2)


def test_an_archive_of_other_things(tmp_path):
    history = read(
        saved(
            tmp_path,
            '{"openback_log": 1,\n"sessions": [17, null,\n{"id": 5}], "sets": "none"}',
            name="a.json",
        )
    )
    assert history.skipped == (
        SkippedRow(line=1, why="the record is not an object"),
        SkippedRow(line=1, why="the record is not an object"),
        SkippedRow(
            line=3, why="the field 'id' cannot be read: uuid input should be a string, bytes or uuid object"
        ),
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param({"load_kg": 10000}, "a weight of 10,000 kg is outside 0 to 1,000", id="10,000 kg"),
        pytest.param({"reps": -3}, "reps or seconds are below zero", id="-3 reps"),
        pytest.param({"rir": float("nan")}, "the field 'rir' is not a number", id="NaN"),
        pytest.param({"at": "2026-04-08T16:50:00"}, "the field 'at' has no time zone", id="no zone"),
        pytest.param({"side": "top"}, "the field 'side' cannot be read: input should be 'left', 'right' or 'both'", id="side"),
        pytest.param({"session_id": None}, "the field 'session_id' cannot be read: uuid input should be a string, bytes or uuid object", id="no session"),
    ],
)  # fmt: skip
def test_a_changed_archive(tmp_path, change, why):
    data = json.loads(written_json(sessions=[SESSION], sets=[SET]))
    data["sets"][0] |= change
    history = read(saved(tmp_path, json.dumps(data), name="log.json"))
    assert history.skipped == (SkippedRow(line=1, why=why),)


def test_ids_and_times_of_an_archive_are_its_own(tmp_path):
    later = SetLog(
        id=UUID(int=3), session_id=SESSION.id, exercise="Bench Press", at=AT + timedelta(minutes=2), reps=5
    )
    history = read(saved(tmp_path, written_csv(sessions=[SESSION], sets=[SET, later])))
    assert [(s.log.id.int, s.log.at) for s in history.sets] == [(2, AT), (3, AT + timedelta(minutes=2))]
