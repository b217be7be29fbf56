"""The weeks of a person as their streak wants them: what was planned, what was done, and what excuses a week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from openback.model.journal import Away, CycleNote
from openback.progress.steps import step_data
from openback.progress.streaks import Streak, Week, streak
from openback.services.app import App
from openback.services.away import away_on, aways
from openback.services.calendar import planned_date
from openback.services.counting import monday_of
from openback.storage import KeptProgramme, PlanOverride

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A programme with what was changed about its sessions, and the days on which it was followed.

    `until` is the first day of the next one, None for the one that is followed now.
    """

    kept: KeptProgramme
    overrides: Sequence[PlanOverride]
    until: date | None

    @property
    def per_week(self) -> int:
        """How many sessions a whole week has."""
        return max((session.day for session in self.kept.programme.sessions), default=0)

    @property
    def ends(self) -> date:
        """The first day on which it is not followed any more: its own end, or the next one's beginning.

        A programme that the screening stopped has no end of its own.
        """
        own = self.kept.starts_on + self.kept.programme.weeks * WEEK
        if self.kept.programme.status == "stopped":
            own = date.max
        return own if self.until is None else min(own, self.until)

    def planned_days(self) -> Iterator[date]:
        """Yield the day of each session that was to be done: moved ones where they went, skipped ones not."""
        changed = {(one.week, one.day): one for one in self.overrides}
        for session in self.kept.programme.sessions:
            change = changed.get((session.week, session.day))
            if change is not None and change.skipped:
                continue
            moved = change.moved_to if change is not None else None
            on = moved or planned_date(self.kept.starts_on, self.per_week, (session.week, session.day))
            if self.until is None or on < self.until:
                yield on


def followed(app: App) -> tuple[Followed, ...]:
    """Return every programme that was ever followed, oldest first."""
    kept = list(reversed(app.store.programmes(app.person_id)))
    nexts = [one.starts_on for one in kept[1:]]
    return tuple(
        Followed(kept=one, overrides=app.store.overrides(app.person_id, one.id), until=until)
        for one, until in zip_longest(kept, nexts)
    )


def streak_now(app: App, done_on: Collection[date], programmes: Sequence[Followed]) -> Streak:
    """Return the streak of somebody who finished a session on each of these days."""
    return streak(weeks_of(app, done_on, programmes), step_data().week_share)


def weeks_of(app: App, done_on: Collection[date], programmes: Sequence[Followed]) -> tuple[Week, ...]:
    """Return every week from that of the first session to the one that runs; none before the first session.

    A session that a wrong clock put in the days to come is of no week yet.
    """
    today = app.today
    past = [day for day in done_on if day <= today]
    if not past:
        return ()
    told, period = aways(app), period_days(app)
    planned = _planned(programmes, told)
    done: dict[date, list[date]] = defaultdict(list)
    for day in sorted(past):
        done[monday_of(day)].append(day)
    return tuple(
        Week(
            monday=monday,
            planned=planned.get(monday, 0) if _has_plan(programmes, monday) else None,
            done_on=tuple(done.get(monday, ())),
            excused=_excused(monday, told, period, programmes),
            over=monday + WEEK <= today,
        )
        for monday in _mondays(min(done), monday_of(today))
    )


def period_days(app: App) -> frozenset[date]:
    """Return the days on which bleeding was noted, and the first days of periods, so that nothing is told twice."""
    notes = app.store.entries(app.person_id, CycleNote)
    wishes = app.store.food_wishes(app.person_id)
    first_days = wishes.cycle_starts if wishes is not None else ()
    return frozenset(first_days) | {one.on for one in notes if one.bleeding}


def whole_weeks(weeks: Iterable[Week], programmes: Sequence[Followed]) -> Iterator[date]:
    """Yield the day on which a week was made whole: as many sessions done as its programme has in a whole week."""
    for week in weeks:
        days = [week.monday + timedelta(days=n) for n in range(7)]
        full = max((one.per_week for one in programmes if any(_follows(one, on) for on in days)), default=0)
        if full and week.planned is not None and week.planned >= full and len(week.done_on) >= full:
            yield sorted(week.done_on)[full - 1]


def _planned(programmes: Iterable[Followed], told: Sequence[Away]) -> Mapping[date, int]:
    """Return by Monday how many sessions fell on days that were free for them."""
    days = (day for one in programmes for day in one.planned_days())
    return Counter(monday_of(day) for day in days if away_on(told, day) is None)


def _has_plan(programmes: Iterable[Followed], monday: date) -> bool:
    return any(one.kept.starts_on < monday + WEEK and monday < one.ends for one in programmes)


def _follows(one: Followed, on: date) -> bool:
    return one.kept.starts_on <= on < one.ends


def _excused(
    monday: date, told: Sequence[Away], period: frozenset[date], programmes: Iterable[Followed]
) -> bool:
    days = [monday + timedelta(days=n) for n in range(7)]
    stopped = [one for one in programmes if one.kept.programme.status == "stopped"]
    return any(
        away_on(told, on) is not None or on in period or any(_follows(one, on) for one in stopped)
        for on in days
    )


def _mondays(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += WEEK
