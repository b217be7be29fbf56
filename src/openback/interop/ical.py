"""A calendar for other programs: iCalendar (RFC 5545), written by the icalendar package.

What happens once stands there in UTC, which every program turns into its own time. What comes back week
after week has to stay at its hour when clocks change, so it stands in the person's time zone, with the
zone's rules beside it; where the zone has no name, it floats: that hour wherever the calendar is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event, vRecur

from openback import __version__

Kind = Literal["session", "break"]

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Project default: the programme seldom changes twice in six hours, and asking costs a phone its battery.
REFRESH: Final = timedelta(hours=6)
# Rules of a zone from some years back to some ahead: what a calendar shows, without a century of rules.
_RULES_FROM: Final = date(2020, 1, 1)
_RULES_TO: Final = date(2038, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """An event at one time. `uid` stays the same when the event moves. `alarm` rings that long before."""

    uid: str
    kind: Kind
    starts_at: datetime
    ends_at: datetime
    title: str
    words: str = ""
    place: str = ""
    alarm: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """An event at the same time of day on some days of every week, from the first such day after `since` on.

    Monday is 0. `without` are days on which it does not take place.
    """

    uid: str
    kind: Kind
    days: tuple[int, ...]
    since: date
    at: time
    lasts: timedelta
    title: str
    words: str = ""
    without: tuple[date, ...] = ()


def write_calendar(
    events: Iterable[Once | Weekly], *, name: str, zone: ZoneInfo | None, written_at: datetime
) -> bytes:
    """Return a calendar of events as a file in UTF-8. `zone` is where the person is; None when it has no name."""
    made = Calendar()
    made.add("prodid", f"-//Openback//Openback {__version__}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):  # the newer word, and the one that programs read
        made.add(key, name)
    if zone is not None:
        made.add("x-wr-timezone", zone.key)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for event in events:
        made.add_component(
            _once(event, written_at) if isinstance(event, Once) else _weekly(event, zone, written_at)
        )
    made.add_missing_timezones(_RULES_FROM, _RULES_TO)
    content: bytes = made.to_ical()
    return content


def _once(event: Once, written_at: datetime) -> Component:
    made = _event(event, written_at)
    made.add("dtstart", event.starts_at.astimezone(UTC))
    made.add("dtend", event.ends_at.astimezone(UTC))
    if event.place:
        made.add("location", event.place)
    if event.alarm is not None:
        made.add_component(_alarm(event.title, event.alarm))
    return made


def _weekly(event: Weekly, zone: ZoneInfo | None, written_at: datetime) -> Component:
    made = _event(event, written_at)
    first = first_day(event.since, event.days)
    starts = datetime.combine(first, event.at, tzinfo=zone)
    made.add("dtstart", starts)
    made.add("duration", event.lasts)
    made.add("rrule", vRecur({"FREQ": "WEEKLY", "BYDAY": [WEEKDAYS[day] for day in event.days]}))
    left_out = [day for day in event.without if day >= first and day.weekday() in event.days]
    if left_out:
        made.add("exdate", [datetime.combine(day, event.at, tzinfo=zone) for day in left_out])
    made.add_component(_alarm(event.title, timedelta()))
    return made


def first_day(since: date, days: Sequence[int]) -> date:
    """Return the first of these days of the week on or after a day."""
    return min(since + timedelta(days=(day - since.weekday()) % 7) for day in days)


def _event(event: Once | Weekly, written_at: datetime) -> Event:
    made = Event()
    made.add("uid", event.uid)
    made.add("dtstamp", written_at.astimezone(UTC).replace(microsecond=0))
    made.add("summary", event.title)
    if event.words:
        made.add("description", event.words)
    made.add("categories", ["Openback"])
    # A session takes its hour; a break of two minutes does not make anybody busy.
    made.add("transp", "OPAQUE" if event.kind == "session" else "TRANSPARENT")
    return made


def _alarm(title: str, before: timedelta) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", title)
    made.add("trigger", -before)
    return made
