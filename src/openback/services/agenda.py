"""Sessions of the programme and breaks from the desk as a calendar for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from openback.interop.ical import Once, Weekly, write_calendar
from openback.model.exercise import Catalogue
from openback.model.journal import Away, Reminders
from openback.model.programme import Item
from openback.services import block as blocks
from openback.services.app import App
from openback.services.away import away_on, aways
from openback.services.block import Block
from openback.services.calendar import Dated
from openback.services.counting import monday_of
from openback.services.reminders import break_minutes, reminders
from openback.services.screened import screened_now
from openback.services.who import known_person, profile_now
from openback.services.writing import writing
from openback.services.zone import local_zone

NAME: Final = "Openback"
BREAK_TITLE: Final = "Desk break"
# The dose of the trial that our two-minute break follows (andersen_ll_2011).
BREAK_LASTS: Final = timedelta(minutes=2)
BREAK_WORDS: Final = (
    "Two minutes with the band, or stand up and stretch. Openback has it under Desk, with voice and figure."
)
AHEAD_D: Final = 366  # days away are left out this far ahead
STILL_TO_DO: Final = frozenset({"today", "next", "upcoming"})


def calendar_file(app: App) -> bytes:
    """Return this person's calendar: the block's sessions, and breaks when they are wanted there.

    It is empty before the questions and while the screening says stop.
    """
    events: tuple[Once | Weekly, ...] = (*_sessions(app), *_breaks(app))
    return write_calendar(events, name=NAME, zone=local_zone(app.now()), written_at=app.now())


def write_calendar_file(app: App, to: Path | None = None) -> Path:
    """Write the calendar to a file, and return its path. Raises NoProfileYet, DiskFull or UnwritableFile."""
    known_person(app)
    target = to or app.data_dir / "exports" / "openback.ics"
    content = calendar_file(app)
    with writing(target) as stream:
        stream.buffer.write(content)
    return target


# --- Sessions -----------------------------------------------------------------------------------------


def _sessions(app: App) -> Iterator[Once]:
    profile = profile_now(app)
    if profile is None or screened_now(app, profile).stops:
        return
    block = blocks.block_now(app)
    wanted = reminders(app)
    for dated in block.dated if block else ():
        if dated.status == "done":
            done = _done(app, dated)
            if block is not None and done is not None:
                yield _session(app, block, dated, wanted, done)
        elif block is not None and dated.status in STILL_TO_DO:  # neither missed nor on days away
            yield _session(app, block, dated, wanted, None)


def _done(app: App, dated: Dated) -> tuple[datetime, datetime] | None:
    """Return from when to when a session was done."""
    log = app.store.find_session(app.person_id, dated.log_id) if dated.log_id else None
    return None if log is None or log.ended_at is None else (log.started_at, log.ended_at)


def _session(
    app: App, block: Block, dated: Dated, wanted: Reminders, done: tuple[datetime, datetime] | None
) -> Once:
    session = dated.session
    starts_at, ends_at = done or _planned(dated, wanted.session_minute)
    easy = ", easy week" if session.deload else ""
    number = f"week {session.week}, session {session.day}"
    return Once(
        # The session keeps its name when it moves to another day.
        uid=f"{block.kept.id}-w{session.week}d{session.day}@openback",
        kind="session",
        starts_at=starts_at,
        ends_at=ends_at,
        title=f"Done: {number}" if done else f"Train: {number}{easy}",
        words="\n".join(
            item_text(app.catalogue, item)
            for item in session.items
            if item.exercise in app.catalogue.exercises
        ),
        place=session.place,
        alarm=timedelta(minutes=wanted.alarm_minutes) if wanted.alarm and done is None else None,
    )


def _planned(dated: Dated, minute: int) -> tuple[datetime, datetime]:
    starts_at = local(dated.on, minute)
    return starts_at, starts_at + timedelta(minutes=round(dated.session.minutes))


def local(on: date, minute: int) -> datetime:
    """Return the instant of a minute of a day where the person is, counted from midnight on the clock."""
    return datetime.combine(on, time(minute // 60, minute % 60)).astimezone()


def item_text(catalogue: Catalogue, item: Item) -> str:
    """Return an exercise of the programme on one line: `3 × 8–12 Wide-grip lat pull-down`."""
    low, high = item.reps or item.hold_s or (0, 0)
    spread = f"{low}" if low == high else f"{low}–{high}"
    unit = " s" if item.hold_s else ""
    return f"{item.sets} × {spread}{unit} {catalogue.exercises[item.exercise].name}"


# --- Breaks -------------------------------------------------------------------------------------------


def _breaks(app: App) -> Iterator[Weekly]:
    wanted = reminders(app)
    if not (wanted.breaks and wanted.break_days):
        return
    monday = monday_of(app.today)
    without = _days_away(aways(app), monday)
    for minute in break_minutes(wanted):
        yield Weekly(
            uid=f"break-{minute:04d}-{_whose(app)}@openback",
            kind="break",
            days=wanted.break_days,
            since=monday,
            at=time(minute // 60, minute % 60),
            lasts=BREAK_LASTS,
            title=BREAK_TITLE,
            words=BREAK_WORDS,
            without=without,
        )


def _whose(app: App) -> str:
    """Return a word for this person that stays, and that no other person's calendar has."""
    first = min((kept.id for kept in app.store.programmes(app.person_id)), default=None)
    return str(first or app.person_id)


def _days_away(told: tuple[Away, ...], since: date) -> tuple[date, ...]:
    ahead = (since + timedelta(days=n) for n in range(AHEAD_D))
    return tuple(day for day in ahead if away_on(told, day) is not None)
