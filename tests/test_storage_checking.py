"""Sets that cannot have happened, each with its sentence."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.errors import BadSet
from openback.model.log import SetLog
from openback.services.checking import check_set

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SET = SetLog(id=UUID(int=1), session_id=UUID(int=2), exercise="pull_up", at=NOW, reps=5)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        pytest.param(
            {"reps": None},
            "it has neither reps nor seconds held; give one of them",
            id="neither reps nor hold",
        ),
        pytest.param({"hold_s": 5}, "it has both reps and seconds held; give one of them", id="both"),
        pytest.param(
            {"load_kg": float("nan")},
            "the load is not a number; leave it empty when it is not known",
            id="load not a number",
        ),
        pytest.param(
            {"load_kg": 10_000},
            "10000 kg is more than anyone has lifted; loads go up to 1000 kg",
            id="ten tonnes",
        ),
        pytest.param(
            {"load_kg": -2.5}, "-2.5 kg is less than nothing; loads start at 0 kg", id="negative load"
        ),
        pytest.param({"reps": -3}, "-3 is not a number of reps; they go from 0 to 1000", id="negative reps"),
        pytest.param(
            {"reps": None, "hold_s": 7201},
            "7201 s is not a time to hold; it goes from 0 to 7200 s",
            id="held for hours",
        ),
        pytest.param(
            {"rir": 11}, "11 is not a number of reps in reserve; they go from 0 to 10", id="reps in reserve"
        ),
        pytest.param({"pain": 11}, "11 is not a pain score; it goes from 0 (none) to 10", id="pain"),
        pytest.param({"exercise": " "}, "it names no exercise", id="no exercise"),
        pytest.param(
            {"exercise": "x" * 201}, "a name is longer than 200 characters; shorten it", id="long name"
        ),
        pytest.param(
            {"note": "x" * 2001}, "the note has 2001 characters; notes have room for 2000", id="long note"
        ),
        pytest.param(
            {"note": "a\0b"},
            "its text holds a character that is not text; type it again",
            id="nul in the note",
        ),
        pytest.param(
            {"exercise": "\ud800"},
            "its text holds a character that is not text; type it again",
            id="half a character",
        ),
        pytest.param(
            {"at": datetime(2026, 3, 1, 12, 0)},
            "its time 2026-03-01T12:00:00 names no time zone; add one, such as +00:00",
            id="no time zone",
        ),
        pytest.param(
            {"at": NOW + timedelta(days=1, seconds=1)},
            "2026-03-02 is more than a day from now; check the clock of the device",
            id="clock ahead",
        ),
        pytest.param(
            {"at": datetime(1899, 12, 31, tzinfo=UTC)},
            "1899-12-31 is before 1900; check the clock of the device",
            id="clock far behind",
        ),
        pytest.param(
            {"reps": -1, "pain": -1},
            "-1 is not a number of reps; they go from 0 to 1000; "
            "-1 is not a pain score; it goes from 0 (none) to 10",
            id="two at once",
        ),
    ],
)
def test_a_set_that_cannot_have_happened(changed, problem):
    with pytest.raises(BadSet) as refused:
        check_set(replace(SET, **changed), now=NOW)
    assert str(refused.value) == f"This set cannot be kept: {problem}."


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({}, id="plain"),
        pytest.param({"reps": 0, "load_kg": 0}, id="nothing lifted"),
        pytest.param({"load_kg": 1000, "reps": 1000, "rir": 10, "pain": 10}, id="all at the limit"),
        pytest.param({"reps": None, "hold_s": 7200}, id="longest hold"),
        pytest.param({"at": NOW + timedelta(days=1)}, id="a day ahead"),
        pytest.param({"at": datetime(1900, 1, 1, tzinfo=UTC)}, id="first day"),
    ],
)
def test_a_set_that_can(changed):
    check_set(replace(SET, **changed), now=NOW)


@given(
    load_kg=st.none() | st.floats(),
    reps=st.none() | st.integers(),
    hold_s=st.none() | st.floats(),
    rir=st.none() | st.floats(),
    pain=st.none() | st.integers(),
    at=st.datetimes(timezones=st.none() | st.just(UTC)),
    note=st.text(),
)
def test_any_set_is_taken_or_refused_with_a_sentence(**fields):
    with suppress(BadSet):
        check_set(replace(SET, **fields), now=NOW)
        assert fields["load_kg"] is None or 0 <= fields["load_kg"] <= 1000
        assert (fields["reps"] is None) != (fields["hold_s"] is None)
        assert fields["at"].tzinfo is not None
