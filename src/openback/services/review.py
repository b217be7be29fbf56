"""The review of a week: what was logged, planned and noted then, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Final

from openback.model.exercise import Exercise
from openback.model.journal import AwayWhy, FlowDone, PainNote
from openback.model.programme import Session
from openback.progress.review import (
    BestOfWeek,
    LiftChange,
    MuscleWeek,
    PainWeek,
    ReviewLine,
    WeekFacts,
    review_of,
)
from openback.services.app import App
from openback.services.away import away_on, aways
from openback.services.calendar import planned_date
from openback.services.counting import counts, midnight, monday_of, muscle_sets, week_span
from openback.services.curves import strength_path_of
from openback.services.pain import places
from openback.services.people import units_of
from openback.services.records import record_text, records_of_span
from openback.storage import KeptProgramme
from openback.training.strength.change import log_change

MONTH_D: Final = 28
SHORTEST_D: Final = 14  # a change over less says nothing
FEWEST_DAYS: Final = 3
RECENT_D: Final = 14  # a lift that was not done for so long is not in the news
MOST_LIFTS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """A week in words, with the numbers that they are made from.

    `earlier` and `later` are Mondays of the weeks beside it, None where nothing was logged yet and in the time to come.
    """

    monday: date
    sunday: date
    running: bool
    lines: tuple[ReviewLine, ...]
    sentences: tuple[str, ...]  # the words of the lines alone
    facts: WeekFacts
    earlier: date | None
    later: date | None


def review(app: App, week: date | None = None) -> ReviewView:
    """Return the review of the week that a day is in, of the running week by default.

    A day to come has the running week.
    """
    monday = monday_of(min(week or app.today, app.today))
    this_monday = monday_of(app.today)
    facts = week_facts(app, monday)
    first = _first_monday(app)
    lines = review_of(facts)
    return ReviewView(
        monday=monday,
        sunday=monday + timedelta(days=6),
        running=monday == this_monday,
        lines=lines,
        sentences=tuple(line.text for line in lines),
        facts=facts,
        earlier=monday - timedelta(days=7) if first is not None and first < monday else None,
        later=monday + timedelta(days=7) if monday < this_monday else None,
    )


def week_facts(app: App, monday: date) -> WeekFacts:
    """Return what the review of a week is made from."""
    start, end = week_span(monday)
    sets = app.store.sets_between(app.person_id, start, end)
    sessions = app.store.sessions_between(app.person_id, start, end)
    kept = _followed(app, monday)
    planned = _planned(app, monday)
    flows = app.store.entries(app.person_id, FlowDone, start=start, end=end)
    return WeekFacts(
        running=monday == monday_of(app.today),
        sessions_done=sum(one.ended_at is not None and not one.is_flow for one in sessions),
        sessions_planned=None if planned is None else len(planned),
        away=_away(app, monday),
        easier=bool(planned) and all(session.deload for session in planned or ()),
        lifts=lift_changes(app, min(monday + timedelta(days=6), app.today)),
        muscles=tuple(_muscles(app, kept, muscle_sets(app.catalogue, sets))),
        bests=tuple(
            BestOfWeek(name=record.exercise.name, said=record_text(record, units_of(app)))
            for record in records_of_span(app, sets, start, end)
        ),
        moved_min=sum(flow.done_s for flow in flows) / 60,
        pain=tuple(_pain(app, monday)),
    )


def _first_monday(app: App) -> date | None:
    first = app.store.first_session(app.person_id)
    return None if first is None else monday_of(first.started_at.astimezone().date())


# --- What was planned ------------------------------------------------------------------------------


def _followed(app: App, monday: date) -> KeptProgramme | None:
    """Return the programme that was followed in a week: the latest that had begun by its end and was not over."""
    for kept in app.store.programmes(app.person_id):
        if kept.programme.status == "ok" and kept.starts_on <= monday + timedelta(days=6):
            over = kept.starts_on + timedelta(weeks=kept.programme.weeks)
            return kept if over > monday else None
    return None


def _planned(app: App, monday: date) -> tuple[Session, ...] | None:
    """Return the sessions that were to be done in a week, None where no programme was followed.

    In a week in which a new block began, the former one counts up to the day before.
    """
    until, found = monday + timedelta(days=7), None
    for kept in app.store.programmes(app.person_id):
        over = kept.starts_on + timedelta(weeks=kept.programme.weeks)
        if kept.programme.status != "ok" or not max(monday, kept.starts_on) < min(until, over):
            continue
        days = _dates(app, kept)
        found = (found or ()) + tuple(one for on, one in days if max(monday, kept.starts_on) <= on < until)
        until = max(monday, kept.starts_on)
    return found


def _dates(app: App, kept: KeptProgramme) -> Iterator[tuple[date, Session]]:
    """Yield every session of a programme with its day: moved ones on their new day, skipped ones not."""
    overrides = {(one.week, one.day): one for one in app.store.overrides(app.person_id, kept.id)}
    days = max((session.day for session in kept.programme.sessions), default=1)
    for session in kept.programme.sessions:
        override = overrides.get((session.week, session.day))
        if override is not None and override.skipped:
            continue
        moved = None if override is None else override.moved_to
        yield moved or planned_date(kept.starts_on, days, (session.week, session.day)), session


def _away(app: App, monday: date) -> AwayWhy | None:
    """Return why somebody was away for the greater part of a week, None when they were not."""
    days = [monday + timedelta(days=n) for n in range(7)]
    passed = [day for day in days if day <= app.today]
    told = aways(app)
    why: list[AwayWhy] = [away.why for day in passed if (away := away_on(told, day)) is not None]
    return Counter(why).most_common(1)[0][0] if len(why) > len(passed) / 2 else None


# --- What came of it -------------------------------------------------------------------------------


def lift_changes(app: App, end: date) -> tuple[LiftChange, ...]:
    """Return how strength changed in the four weeks up to a day, in the exercises done most, most first."""
    since, until = midnight(end - timedelta(days=MONTH_D)), midnight(end + timedelta(days=1))
    often: dict[str, int] = {}
    for one in app.store.sets_between(app.person_id, since, until):
        if counts(one):
            often[one.exercise] = often.get(one.exercise, 0) + 1
    known = sorted((key for key in often if key in app.catalogue.exercises), key=lambda key: -often[key])
    found = (_lift_change(app, app.catalogue.exercises[key], end) for key in known[:MOST_LIFTS])
    return tuple(change for change in found if change is not None)


def _lift_change(app: App, exercise: Exercise, end: date) -> LiftChange | None:
    path = strength_path_of(app, exercise, until=end)
    since = (end - timedelta(days=MONTH_D)).toordinal()
    begun = max((n for n, one in enumerate(path) if one.day <= since), default=0)
    month = path[begun:]
    if len(month) < FEWEST_DAYS or month[-1].day < end.toordinal() - RECENT_D:
        return None
    change = log_change(month)
    if change.days < SHORTEST_D:
        return None
    low, middle, high = change.percent
    return LiftChange(
        exercise=exercise.id, name=exercise.name, days=change.days, percent=middle, low=low, high=high
    )


def _muscles(app: App, kept: KeptProgramme | None, sets: Mapping[str, float]) -> Iterator[MuscleWeek]:
    bands = {} if kept is None else kept.programme.weekly_band
    for key, muscle in app.catalogue.muscles.items():
        if key in bands:
            low, high = bands[key]
            yield MuscleWeek(muscle=key, name=muscle.name, sets=sets.get(key, 0.0), low=low, high=high)


def _pain(app: App, monday: date) -> Iterator[PainWeek]:
    """Yield the places that hurt in a week, the sorest first, each beside the week before."""
    names = {place.id: place.name for place in places()}
    now, before = (_levels(app, day) for day in (monday, monday - timedelta(days=7)))
    for place, level in sorted(now.items(), key=lambda pair: -pair[1]):
        yield PainWeek(name=names.get(place, place), level=level, before=before.get(place))


def _levels(app: App, monday: date) -> Mapping[str, float]:
    start, end = week_span(monday)
    notes: dict[str, list[int]] = {}
    for note in app.store.entries(app.person_id, PainNote, start=start, end=end):
        notes.setdefault(note.place, []).append(note.level)
    return {place: fmean(levels) for place, levels in notes.items()}
