"""On which day a session of the programme falls, and how each day of the block stands. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from openback.model.programme import Session
from openback.services.views import DayStatus

Slot = tuple[int, int]  # week and day of the programme, both from 1

# Days of a training week, counted from the day the block starts, with rest as even as can be.
OFFSETS_D: Final[Mapping[int, tuple[int, ...]]] = {
    1: (0,),
    2: (0, 3),
    3: (0, 2, 4),
    4: (0, 1, 3, 5),
    5: (0, 1, 2, 4, 5),
    6: (0, 1, 2, 3, 4, 5),
}
# A session that was missed can still be done for this long; after that its muscles have had the rest.
STILL_OPEN_D: Final = 2
_EXPECTED: Final = frozenset({"today", "next", "upcoming", "missed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A logged session that belongs to a slot of the programme."""

    log_id: UUID
    on: date
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A session of the programme on its date, with how it stands today."""

    session: Session
    on: date
    status: DayStatus
    log_id: UUID | None

    @property
    def slot(self) -> Slot:
        """Its week and day in the programme."""
        return (self.session.week, self.session.day)


def planned_date(starts_on: date, days_per_week: int, slot: Slot) -> date:
    """Return the date of a slot in a block that begins on `starts_on`."""
    week, day = slot
    return starts_on + timedelta(days=7 * (week - 1) + OFFSETS_D[days_per_week][day - 1])


def dated_sessions(
    sessions: Sequence[Session],
    *,
    starts_on: date,
    today: date,
    done: Mapping[Slot, Done],
    moved: Mapping[Slot, date],
    skipped: frozenset[Slot],
) -> tuple[Dated, ...]:
    """Return every session of the block with date and status, by date.

    A session that was done stands on the day it was done. The first open session from today on is
    `today` or `next`; one that was missed stays open for two days and is then `missed`.
    """
    days_per_week = max((session.day for session in sessions), default=1)
    placed = []
    for session in sessions:
        slot = (session.week, session.day)
        log = done.get(slot)
        on = moved.get(slot) or planned_date(starts_on, days_per_week, slot)
        if log and log.finished:
            placed.append(Dated(session=session, on=log.on, status="done", log_id=log.log_id))
            continue
        status: DayStatus = "skipped" if slot in skipped else _open_status(on, today)
        placed.append(Dated(session=session, on=on, status=status, log_id=log.log_id if log else None))
    return _with_next(sorted(placed, key=lambda dated: (dated.on, dated.slot)))


def set_aside(placed: Sequence[Dated], is_away: Callable[[date], bool]) -> tuple[Dated, ...]:
    """Return the sessions with those `away` that fall on days on which nobody expects them: they are not missed.

    What was done or skipped stays so.
    """
    told = [
        replace(dated, status=_status_aside(dated.status, away=is_away(dated.on)))
        if dated.status in _EXPECTED
        else dated
        for dated in placed
    ]
    return _with_next(told)


def _status_aside(status: DayStatus, *, away: bool) -> DayStatus:
    if away:
        return "away"
    return "upcoming" if status == "next" else status


def _open_status(on: date, today: date) -> DayStatus:
    if on == today:
        return "today"
    return "upcoming" if on > today else "missed"


def _with_next(placed: Sequence[Dated]) -> tuple[Dated, ...]:
    if any(dated.status == "today" for dated in placed):
        return tuple(placed)
    first = next((dated for dated in placed if dated.status == "upcoming"), None)
    return tuple(
        Dated(session=dated.session, on=dated.on, status="next", log_id=dated.log_id)
        if dated is first
        else dated
        for dated in placed
    )


def session_to_do(placed: Sequence[Dated], today: date) -> Dated | None:
    """Return the session to offer today: today's, else one missed in the last two days, else the next.

    When all that is left falls on days away, the first of those.
    """
    todays = [dated for dated in placed if dated.status == "today"]
    if todays:
        return todays[0]
    done_today = any(dated.status == "done" and dated.on == today for dated in placed)
    since = today - timedelta(days=STILL_OPEN_D)
    late = [dated for dated in placed if dated.status == "missed" and dated.on >= since]
    if late and not done_today:
        return late[0]
    aside = (dated for dated in placed if dated.status == "away" and dated.on >= today)
    return next((dated for dated in placed if dated.status == "next"), next(aside, None))


def weeks_of(placed: Sequence[Dated], starts_on: date, today: date) -> tuple[tuple[date, ...], ...]:
    """Return the days of every calendar week, Monday to Sunday, from the block's start to its end."""
    last = max([dated.on for dated in placed] + [starts_on, today])
    first = min([dated.on for dated in placed] + [starts_on])
    monday = first - timedelta(days=first.weekday())
    count = (last - monday).days // 7 + 1
    return tuple(tuple(monday + timedelta(days=7 * week + day) for day in range(7)) for week in range(count))
