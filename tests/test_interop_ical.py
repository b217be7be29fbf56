"""The calendar for other programs: what is written is what another reader finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from openback.interop.ical import WEEKDAYS, Once, Weekly, first_day, write_calendar

BERLIN = ZoneInfo("Europe/Berlin")
WRITTEN = datetime(2026, 11, 23, 9, 30, 12, 5, tzinfo=UTC)
SESSION = Once(
    uid="a-w1d1@openback",
    kind="session",
    starts_at=datetime(2026, 11, 24, 18, tzinfo=BERLIN),
    ends_at=datetime(2026, 11, 24, 18, 45, tzinfo=BERLIN),
    title="Train: week 1, session 1",
    words="3 × 8–12 Wide-grip lat pull-down\n2 × 20 s Wall angel",
    place="Gym; the one round the corner, ground floor",
    alarm=timedelta(minutes=30),
)
BREAK = Weekly(
    uid="break-0600@openback",
    kind="break",
    days=(0, 2),
    since=date(2026, 11, 24),
    at=time(10),
    lasts=timedelta(minutes=2),
    title="Desk break",
    without=(date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 30)),
)


def written(*events, zone=BERLIN):
    return write_calendar(events, name="Openback", zone=zone, written_at=WRITTEN)


def read(*events, zone=BERLIN):
    return Calendar.from_ical(written(*events, zone=zone))


def test_an_empty_calendar_is_a_calendar():
    calendar = read()
    assert calendar["version"] == "2.0"
    assert str(calendar["x-wr-calname"]) == "Openback"
    assert str(calendar["x-wr-timezone"]) == "Europe/Berlin"
    assert calendar["refresh-interval"].dt == timedelta(hours=6)
    assert not calendar.walk("VEVENT")


def test_a_session_comes_back_as_it_was_written():
    (event,) = read(SESSION).walk("VEVENT")
    assert event["dtstart"].dt == SESSION.starts_at
    assert event["dtstart"].dt.utcoffset() == timedelta()
    assert event["dtend"].dt == SESSION.ends_at
    assert str(event["uid"]) == SESSION.uid
    assert str(event["summary"]) == SESSION.title
    assert str(event["description"]) == SESSION.words
    assert str(event["location"]) == SESSION.place
    assert event["dtstamp"].dt == WRITTEN.replace(microsecond=0)
    assert event["transp"] == "OPAQUE"
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(minutes=-30)
    assert (alarm["action"], str(alarm["description"])) == ("DISPLAY", SESSION.title)


def test_a_session_may_be_silent():
    assert not read(replace(SESSION, alarm=None)).walk("VALARM")


def test_a_break_stays_at_its_hour_when_clocks_change():
    calendar = read(BREAK)
    (event,) = calendar.walk("VEVENT")
    start = event["dtstart"].dt
    assert start == datetime(2026, 11, 25, 10, tzinfo=BERLIN)  # the first Monday or Wednesday
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert event["rrule"] == {"FREQ": ["WEEKLY"], "BYDAY": ["MO", "WE"]}
    assert event["duration"].dt == timedelta(minutes=2)
    assert event["transp"] == "TRANSPARENT"
    out = [one.dt for one in event["exdate"].dts]
    assert out == [datetime(2026, 11, 25, 10, tzinfo=BERLIN), datetime(2026, 11, 30, 10, tzinfo=BERLIN)]
    (zone,) = calendar.walk("VTIMEZONE")
    rules = zone.to_tz()
    for day in (date(2026, 12, 1), date(2027, 7, 1)):
        at = datetime.combine(day, time(10))
        assert at.replace(tzinfo=rules).utcoffset() == at.replace(tzinfo=BERLIN).utcoffset()


def test_where_the_zone_has_no_name_breaks_float():
    calendar = read(BREAK, SESSION, zone=None)
    repeated, once = calendar.walk("VEVENT")
    assert repeated["dtstart"].dt == datetime(2026, 11, 25, 10)
    assert once["dtstart"].dt == SESSION.starts_at
    assert not calendar.walk("VTIMEZONE")
    assert "x-wr-timezone" not in calendar


@pytest.mark.parametrize(
    ("since", "days", "first"),
    [
        pytest.param(date(2026, 11, 23), (0,), date(2026, 11, 23), id="the day itself"),
        pytest.param(date(2026, 11, 24), (0,), date(2026, 11, 30), id="next week"),
        pytest.param(date(2026, 11, 24), (0, 6), date(2026, 11, 29), id="whichever is first"),
    ],
)
def test_first_day(since, days, first):
    assert first_day(since, days) == first


def test_lines_are_no_longer_than_other_readers_take():
    long = replace(SESSION, title="Rücken " * 40, words="Zug\n" * 60)
    lines = written(long).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    (event,) = read(long).walk("VEVENT")
    assert str(event["summary"]) == long.title
    assert str(event["description"]) == long.words


words = st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n"), max_size=60)
# A reader keeps no empty lines' ends apart: CR LF, CR and LF are all one line's end.
instants = st.datetimes(datetime(2020, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))


@given(title=words, text=words, place=words, at=instants, minutes=st.integers(1, 600))
def test_any_session_comes_back(title, text, place, at, minutes):
    at = at.replace(microsecond=0)
    ends_at = at + timedelta(minutes=minutes)
    event = replace(SESSION, title=title, words=text, place=place, starts_at=at, ends_at=ends_at)
    (found,) = read(event).walk("VEVENT")
    assert str(found["summary"]) == title
    assert str(found.get("description", "")) == text
    assert str(found.get("location", "")) == place
    assert (found["dtstart"].dt, found["dtend"].dt) == (at, ends_at)


@given(days=st.sets(st.integers(0, 6), min_size=1), since=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_any_break_begins_on_one_of_its_days(days, since):
    event = replace(BREAK, days=tuple(sorted(days)), since=since, without=())
    (found,) = read(event, zone=None).walk("VEVENT")
    first = found["dtstart"].dt.date()
    assert first.weekday() in days
    assert since <= first < since + timedelta(days=7)
    assert found["rrule"]["BYDAY"] == [WEEKDAYS[day] for day in sorted(days)]
