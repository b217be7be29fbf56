"""The block of training: made from the profile, kept, and dated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import uuid_utils.compat as uuid

from openback.catalogue import owned
from openback.errors import NoProgrammeNow, NotFound
from openback.model.exercise import Catalogue, Exercise
from openback.model.log import SessionLog
from openback.model.person import Profile
from openback.model.programme import Item, Programme, Screened, Session, Wishes
from openback.services.app import App
from openback.services.away import away_on, aways
from openback.services.calendar import (
    Dated,
    Done,
    Slot,
    dated_sessions,
    planned_date,
    session_to_do,
    set_aside,
)
from openback.services.counting import midnight
from openback.services.findings import findings_now, with_diary
from openback.services.prescribing import Prescriber, bare_item
from openback.services.screened import screened_now
from openback.services.views import ItemView, PlannedSessionView
from openback.services.who import known_person, known_profile
from openback.storage import KeptProgramme, PlanOverride
from openback.training.findings import NONE, Findings
from openback.training.programme import Ask, make_programme
from openback.training.programme.replan import swap_choices
from openback.training.screening import load_questions, screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The programme that is followed, what was changed about single sessions, and every date."""

    kept: KeptProgramme
    overrides: Mapping[Slot, PlanOverride]
    dated: tuple[Dated, ...]

    def at(self, week: int, day: int) -> Dated:
        """Return one session of the block. Raises NotFound."""
        found = next((dated for dated in self.dated if dated.slot == (week, day)), None)
        if found is None:
            what = "session"
            raise NotFound(what, f"week {week}, day {day}")
        return found


# --- Making one ---------------------------------------------------------------------------------


def plan_profile(
    catalogue: Catalogue, profile: Profile, *, today: date, wishes: Wishes | None = None
) -> Programme:
    """Return the programme for a profile, loads filled in from body mass; stopped when the screening says so."""
    screened = screen(profile, catalogue, load_questions(), today)
    noon = datetime.combine(today, time(12)).astimezone()
    there = {
        place.name: Prescriber(
            catalogue=catalogue, person=profile.person, place=place, screened=screened, before=noon
        )
        for place in profile.places
    }
    return _with_loads(make_programme(ask_of(profile, screened, wishes or Wishes(), there)), there)


def ask_of(
    profile: Profile,
    screened: Screened,
    wishes: Wishes,
    there: Mapping[str, Prescriber],
    familiar: frozenset[str] = frozenset(),
    findings: Findings = NONE,
) -> Ask:
    """Return what the planner is given: the kit of each place with all that comes with it, and what is too
    heavy there. `there` has a prescriber for each place.
    """
    catalogue = next(iter(there.values())).catalogue
    pinned = {exercise for exercise, _ in wishes.pinned}
    return Ask(
        catalogue=catalogue,
        person=profile.person,
        places=tuple(replace(place, kit=owned(catalogue, place.kit)) for place in profile.places),
        screened=screened,
        wishes=wishes,
        familiar=familiar,
        findings=findings,
        too_heavy={
            name: frozenset(
                e.id for e in catalogue.exercises.values() if e.id not in pinned and prescriber.too_heavy(e)
            )
            for name, prescriber in there.items()
        },
    )


def ask_now(app: App, wishes: Wishes, profile: Profile | None = None) -> Ask:
    """Return what the planner is given for the person of the app today, or for a profile to be kept."""
    profile = with_diary(app, profile or known_profile(app))
    there = {place.name: Prescriber.of(app, place=place.name, profile=profile) for place in profile.places}
    familiar = frozenset(app.store.exercises_done(app.person_id)) & frozenset(app.catalogue.exercises)
    found = findings_now(app, profile.person)
    return ask_of(profile, screened_now(app, profile), wishes, there, familiar, found)


def _with_loads(programme: Programme, there: Mapping[str, Prescriber]) -> Programme:
    """Return the programme with a first load for each item."""
    sessions = tuple(
        replace(session, items=tuple(there[session.place].loaded(item) for item in session.items))
        for session in programme.sessions
    )
    return replace(programme, sessions=sessions)


def new_block(app: App) -> Programme:
    """Plan the next block from the profile, keep it and return it.

    It starts today, or tomorrow when a session was done today. What the person wished for stays.
    """
    planned = block_for(app, known_profile(app))
    app.store.begin_programme(app.person_id, planned)
    return planned.programme


def block_for(app: App, profile: Profile) -> KeptProgramme:
    """Return the next block for a profile; nothing is kept yet. Raises NoProgramme."""
    former = app.store.latest_programme(app.person_id)
    wishes = still_possible(app, former.wishes, profile) if former else Wishes()
    return KeptProgramme(
        id=uuid.uuid7(),
        programme=make_programme(ask_now(app, wishes, profile)),
        wishes=wishes,
        created_at=app.now(),
        starts_on=_first_day(app),
    )


def _first_day(app: App) -> date:
    last = app.store.last_session(app.person_id)
    trained_today = last is not None and last.started_at.astimezone().date() == app.today
    return app.today + timedelta(days=1) if trained_today else app.today


def still_possible(app: App, wishes: Wishes, profile: Profile) -> Wishes:
    """Return the wishes without days, places and exercises that are no longer there."""
    days = range(1, profile.person.days_per_week + 1)
    known = app.catalogue.exercises
    names = {place.name for place in profile.places}
    return replace(
        wishes,
        pinned=frozenset((e, d) for e, d in wishes.pinned if d in days and e in known),
        banned=frozenset(e for e in wishes.banned if e in known),
        banned_on=frozenset((e, d) for e, d in wishes.banned_on if d in days and e in known),
        place_of_day={d: name for d, name in wishes.place_of_day.items() if d in days and name in names},
        style_of_day={d: style for d, style in wishes.style_of_day.items() if d in days},
        minutes_of_day={d: minutes for d, minutes in wishes.minutes_of_day.items() if d in days},
    )


# --- Where it stands -----------------------------------------------------------------------------


def block_now(app: App) -> Block | None:
    """Return the programme that is followed with its dates, None when there is none or it was stopped."""
    kept = app.store.latest_programme(app.person_id)
    if kept is None or kept.programme.status == "stopped":
        return None
    overrides = {(o.week, o.day): o for o in app.store.overrides(app.person_id, kept.id)}
    dated = dated_sessions(
        kept.programme.sessions,
        starts_on=kept.starts_on,
        today=app.today,
        done=_done(app, kept),
        moved={slot: o.moved_to for slot, o in overrides.items() if o.moved_to},
        skipped=frozenset(slot for slot, o in overrides.items() if o.skipped),
    )
    told = aways(app)
    return Block(
        kept=kept,
        overrides=overrides,
        dated=set_aside(dated, lambda on: away_on(told, on) is not None) if told else dated,
    )


def known_block(app: App) -> Block:
    """Return the programme that is followed. Raises NoProfileYet or NoProgrammeNow."""
    block = block_now(app)
    if block is None:
        known_person(app)
        raise NoProgrammeNow
    return block


def _done(app: App, kept: KeptProgramme) -> Mapping[Slot, Done]:
    """Return what was logged for the slots of this block; logs from before it belong to a former one.

    A session that a wrong clock put in the days to come was done today at the latest.
    """
    found: dict[Slot, Done] = {}
    for log in app.store.sessions_between(app.person_id, midnight(kept.starts_on)):
        if log.week is not None and log.day is not None:
            on = min(log.started_at.astimezone().date(), app.today)
            found[(log.week, log.day)] = Done(log_id=log.id, on=on, finished=log.ended_at is not None)
    return found


def items_of(app: App, log: SessionLog) -> tuple[Item, ...]:
    """Return what the programme planned for a logged session, empty when its block is gone."""
    session = _planned_for(app, log)
    return session.items if session else ()


def _planned_for(app: App, log: SessionLog) -> Session | None:
    kept = _followed_by(app, log)
    sessions = kept.programme.sessions if kept else ()
    return next((s for s in sessions if (s.week, s.day) == (log.week, log.day)), None)


def _followed_by(app: App, log: SessionLog) -> KeptProgramme | None:
    """Return the programme that was followed when a session began.

    When a clock was put back, a session that goes on can seem older than its programme.
    """
    on = log.started_at.astimezone().date()

    def was_followed(kept: KeptProgramme) -> bool:
        return kept.starts_on <= on and kept.created_at <= log.started_at

    latest = app.store.latest_programme(app.person_id)
    if latest is not None and was_followed(latest):
        return latest
    former = (kept for kept in app.store.programmes(app.person_id) if was_followed(kept))
    return next(former, latest if log.ended_at is None else None)


def planned_session(app: App, week: int, day: int) -> PlannedSessionView:
    """Return one session of the programme with today's prescriptions. Raises NotFound."""
    return session_view(app, known_block(app).at(week, day))


def session_for_today(
    app: App, block: Block, *, after: SessionLog | None = None
) -> PlannedSessionView | None:
    """Return the session to offer now; `after` leaves out the slot of a session that was just done."""
    dated = [d for d in block.dated if after is None or d.slot != (after.week, after.day)]
    to_do = session_to_do(dated, app.today)
    return session_view(app, to_do) if to_do else None


def session_view(app: App, dated: Dated) -> PlannedSessionView:
    """Return a dated session with the next prescription of each item."""
    session = dated.session
    return viewed(app, dated, Prescriber.of(app, place=session.place, deload=session.deload))


def session_views(app: App, block: Block) -> tuple[PlannedSessionView, ...]:
    """Return every session of a block; what a place and an easy week have in common is worked out once."""
    kinds = {(dated.session.place, dated.session.deload) for dated in block.dated}
    prescribers = {kind: Prescriber.of(app, place=kind[0], deload=kind[1]) for kind in kinds}
    return tuple(viewed(app, d, prescribers[d.session.place, d.session.deload]) for d in block.dated)


def viewed(app: App, dated: Dated, prescriber: Prescriber) -> PlannedSessionView:
    """Return a dated session with what the prescriber says of each item."""
    session = dated.session
    items = tuple(
        ItemView(
            exercise=app.catalogue.exercises[item.exercise],
            item=item,
            next_set=prescriber.next_set(item),
            last_sets=prescriber.last_sets(item.exercise),
        )
        for item in session.items
        if item.exercise in app.catalogue.exercises
    )
    return PlannedSessionView(
        week=session.week,
        day=session.day,
        on=dated.on,
        place=session.place,
        minutes=session.minutes,
        status=dated.status,
        deload=session.deload,
        items=items,
        log_id=dated.log_id,
    )


def planned_on(block: Block, dated: Dated) -> date:
    """Return the day a session was planned for, whatever became of it."""
    days = max(session.day for session in block.kept.programme.sessions)
    return planned_date(block.kept.starts_on, days, dated.slot)


# --- Instead ---------------------------------------------------------------------------------------


def choices_for(app: App, session: Session, exercise_id: str) -> tuple[tuple[Exercise, str], ...]:
    """Return what can stand in for an exercise of a session, the most alike first, each with its reason."""
    kept = app.store.latest_programme(app.person_id)
    choices = swap_choices(ask_now(app, kept.wishes if kept else Wishes()), session, exercise_id)
    return tuple((app.catalogue.exercises[choice.exercise], choice.why) for choice in choices)


def choices_instead(app: App, exercise: Exercise, place: str) -> tuple[tuple[Exercise, str], ...]:
    """Return what can be done instead of an exercise in a place, outside any plan."""
    alone = Session(week=1, day=1, place=place, minutes=0, items=(bare_item(exercise, why=""),))
    return choices_for(app, alone, exercise.id)
