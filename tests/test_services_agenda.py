"""Sessions and breaks as a calendar: what stands in it, and what no longer does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from living import MONDAY, PROFILE, RED_FLAG, Clock, living
from openback.model.journal import Away, Reminders
from openback.services import finishing, people, planning, sessions, zone
from openback.services.agenda import calendar_file, write_calendar_file
from openback.services.away import put_away
from openback.services.block import known_block
from openback.services.reminders import keep_reminders
from openback.services.zone import local_zone

AT_WORK = Reminders(breaks=True, break_days=(0, 1), from_minute=540, to_minute=720, session_minute=1065)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield app


def events(app):
    return {str(event["uid"]): event for event in Calendar.from_ical(calendar_file(app)).walk("VEVENT")}


def uid_of(app, week, day):
    return f"{known_block(app).kept.id}-w{week}d{day}@openback"


def test_before_the_questions_it_is_empty(tmp_path, clock):
    with living(tmp_path, clock, planned=False) as nobody:
        assert not events(nobody)


def test_while_the_screening_says_stop_there_are_no_sessions(anna):
    people.keep_profile(anna, RED_FLAG)
    assert not events(anna)


def test_every_session_of_the_block_stands_at_its_time(anna):
    keep_reminders(anna, replace(AT_WORK, breaks=False))
    block = known_block(anna)
    found = events(anna)
    assert len(found) == len(block.dated)
    first = block.dated[0]
    event = found[uid_of(anna, *first.slot)]
    starts = event["dtstart"].dt.astimezone()
    assert (starts.date(), starts.hour, starts.minute) == (first.on, 17, 45)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=round(first.session.minutes))
    assert str(event["summary"]) == "Train: week 1, session 1"
    assert str(event["location"]) == first.session.place
    name = anna.catalogue.exercises[first.session.items[0].exercise].name
    assert str(event["description"]).splitlines()[0].endswith(name)
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(minutes=-30)


def test_it_rings_only_when_it_was_asked_to(anna):
    keep_reminders(anna, Reminders(alarm=False))
    assert not Calendar.from_ical(calendar_file(anna)).walk("VALARM")


def test_a_session_that_moves_keeps_its_name_and_one_that_is_left_out_goes(anna):
    before = events(anna)
    dated = known_block(anna).dated[1]
    planning.move(anna, *dated.slot, dated.on + timedelta(days=1))
    last = known_block(anna).dated[2]
    planning.skip(anna, *last.slot)
    after = events(anna)
    uid = uid_of(anna, *dated.slot)
    assert after[uid]["dtstart"].dt.date() == before[uid]["dtstart"].dt.date() + timedelta(days=1)
    assert set(before) - set(after) == {uid_of(anna, *last.slot)}


def test_a_session_that_was_done_stands_where_it_was_done_and_one_that_was_missed_does_not(anna, clock):
    log = sessions.begin(anna, 1, 1)
    clock.now = MONDAY + timedelta(minutes=40)
    finishing.finish(anna, log)
    clock.now = MONDAY + timedelta(days=8)
    found = events(anna)
    event = found[uid_of(anna, 1, 1)]
    assert str(event["summary"]) == "Done: week 1, session 1"
    assert (event["dtstart"].dt, event["dtend"].dt) == (MONDAY, MONDAY + timedelta(minutes=40))
    assert not event.walk("VALARM")
    assert uid_of(anna, 1, 2) not in found


def test_days_away_have_neither_sessions_nor_breaks(anna):
    keep_reminders(anna, AT_WORK)
    before = events(anna)
    away = Away(id=UUID(int=1), first_on=date(2026, 11, 30), last_on=date(2026, 12, 6), why="holiday")
    put_away(anna, away)
    after = events(anna)
    gone = {str(before[uid]["dtstart"].dt.astimezone().date()) for uid in set(before) - set(after)}
    assert gone == {"2026-11-30", "2026-12-02", "2026-12-04"}
    breaks = [event for uid, event in after.items() if uid.startswith("break-")]
    assert len(breaks) == 2
    for event in breaks:
        assert [one.dt.date() for one in event["exdate"].dts] == [date(2026, 11, 30), date(2026, 12, 1)]


def test_breaks_come_back_every_week(anna):
    keep_reminders(anna, AT_WORK)
    whose = min(kept.id for kept in anna.store.programmes(anna.person_id))
    people.keep_profile(anna, PROFILE)  # a new programme later, they are the same breaks
    found = {uid: event for uid, event in events(anna).items() if uid.startswith("break-")}
    assert set(found) == {f"break-0600-{whose}@openback", f"break-0660-{whose}@openback"}
    event = found[f"break-0600-{whose}@openback"]
    assert event["dtstart"].dt.date() == date(2026, 11, 23)
    assert (event["dtstart"].dt.hour, event["dtstart"].dt.minute) == (10, 0)
    assert event["rrule"]["BYDAY"] == ["MO", "TU"]


def test_the_file(anna, tmp_path):
    assert write_calendar_file(anna) == anna.data_dir / "exports" / "openback.ics"
    target = write_calendar_file(anna, tmp_path / "own.ics")
    assert target.read_bytes() == calendar_file(anna)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param("Europe/Berlin", None, id="another clock than the machine's"),
        pytest.param("Nowhere/Land", None, id="no such zone"),
        pytest.param("/etc", None, id="no name at all"),
        pytest.param("UTC", ZoneInfo("UTC"), id="the machine's own"),
        pytest.param(":UTC", ZoneInfo("UTC"), id="with a colon, as POSIX allows"),
    ],
)
def test_a_zone_is_believed_when_its_clock_agrees(monkeypatch, named, expected):
    monkeypatch.setattr(zone, "_told", lambda: iter([named.removeprefix(":")]))
    monkeypatch.setattr(zone, "_agrees", lambda one, _: one.key == "UTC")
    assert local_zone(datetime(2026, 11, 23, tzinfo=UTC)) == expected


def test_a_clock_agrees_only_the_whole_year_round(monkeypatch):
    now = datetime(2026, 11, 23, tzinfo=UTC)
    here = now.astimezone().utcoffset()
    assert not zone._agrees(ZoneInfo("Europe/Berlin"), now) or here == timedelta(hours=1)
    assert not zone._agrees(ZoneInfo("Etc/GMT+12"), now) or here == timedelta(hours=-12)


def test_the_variable_comes_first(monkeypatch):
    monkeypatch.setenv("TZ", ":Europe/Lisbon")
    assert list(zone._told()) == ["Europe/Lisbon"]
