"""A session being done: its steps, its sets, its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import uuid_utils.compat as uuid

from openback.errors import NotFound, TrainingStopped
from openback.model.clip import Clip
from openback.model.exercise import Exercise
from openback.model.journal import CoachedSet
from openback.model.log import SessionLog, SetLog
from openback.model.programme import Item
from openback.services import block as blocks
from openback.services.app import App
from openback.services.checking import check_set
from openback.services.library import known_exercise
from openback.services.prescribing import Prescriber, bare_item
from openback.services.screened import stops_now
from openback.services.views import PlannedSet, SessionView, StepView
from openback.services.who import known_person
from openback.services.wording import last_time_text, pain_text
from openback.training.progression.data import progression_data

# A session nobody ended is taken to have ended with its last set once this much time has passed.
FORGOTTEN_AFTER: Final = timedelta(hours=4)
SWAPS_SHOWN: Final = 6


def begin(app: App, week: int, day: int) -> UUID:
    """Begin a session of the programme, or go on with it, and return its id.

    A session that was left running is ended first; one without sets and clips goes away.
    Raises TrainingStopped when a warning sign speaks against it.
    """
    with app.store.transaction():  # two taps on the button are one session
        planned = blocks.known_block(app).at(week, day)
        if planned.log_id is not None:
            return planned.log_id
        _expect_no_stop(app)
        _end_running(app)
        return _begun(
            app,
            SessionLog(
                id=uuid.uuid7(),
                started_at=app.now(),
                title=f"Week {week}, session {day}",
                place=planned.session.place,
                week=week,
                day=day,
            ),
        )


def begin_free(app: App) -> UUID:
    """Begin a session outside the programme and return its id. Raises TrainingStopped."""
    known_person(app)
    _expect_no_stop(app)
    return _free(app)


def _free(app: App) -> UUID:
    places = app.store.places(app.person_id)
    place = places[0].name if places else ""
    fresh = SessionLog(id=uuid.uuid7(), started_at=app.now(), title="Free session", place=place)
    with app.store.transaction():
        _end_running(app)
        return _begun(app, fresh)


def running_or_free(app: App) -> UUID:
    """Return the session that goes on, or begin a free one: for a set that was done, whatever speaks against more."""
    running = running_session(app)
    if running is not None:
        return running.id
    known_person(app)
    return _free(app)


def running_session(app: App) -> SessionLog | None:
    """Return the session that goes on; one that was forgotten does not."""
    running = app.store.current_session(app.person_id)
    if running is None:
        return None
    sets = app.store.sets_of_session(app.person_id, running.id)
    return running if app.now() - last_moment(running, sets) < FORGOTTEN_AFTER else None


def last_moment(log: SessionLog, sets: Sequence[SetLog]) -> datetime:
    """Return when something was last heard of a session: its last set, or its start without one."""
    return max([log.started_at, *(one_set.at for one_set in sets)])


def _expect_no_stop(app: App) -> None:
    """Raise TrainingStopped where the screening or the pain diary says to see somebody first."""
    profile = app.store.profile(app.person_id)
    stops = stops_now(app, profile) if profile else ()
    if stops:
        raise TrainingStopped([f"{stop.text} {stop.see}" for stop in stops])


def _begun(app: App, session: SessionLog) -> UUID:
    app.store.put_session(app.person_id, session)
    return session.id


def _end_running(app: App) -> None:
    while running := app.store.current_session(app.person_id):
        sets = app.store.sets_of_session(app.person_id, running.id)
        if not sets and not app.store.clips_of_session(app.person_id, running.id):
            app.store.delete_session(app.person_id, running.id)
        else:
            ended = replace(running, ended_at=last_moment(running, sets))
            app.store.put_session(app.person_id, ended)


def known_session(app: App, session_id: UUID) -> SessionLog:
    """Return a session log, or raise NotFound."""
    found = app.store.find_session(app.person_id, session_id)
    if found is None:
        what = "session"
        raise NotFound(what, str(session_id))
    return found


# --- The steps ----------------------------------------------------------------------------------


def session(app: App, session_id: UUID) -> SessionView:
    """Return a session with a step for each exercise, sets prefilled. Raises NotFound."""
    log = known_session(app, session_id)
    sets = app.store.sets_of_session(app.person_id, session_id)
    items = session_items(app, log, sets)
    prescriber = Prescriber.of(app, place=log.place, before=log.started_at, not_in=log.id)
    clips = app.store.clips_of_session(app.person_id, session_id)
    steps = [_step(prescriber, index, item, sets, clips) for index, item in enumerate(items)]
    return SessionView(
        id=log.id,
        title=log.title or "Session",
        place=log.place,
        started_at=log.started_at,
        ended_at=log.ended_at,
        steps=tuple(steps),
        note=log.note,
    )


def session_items(app: App, log: SessionLog, sets: Sequence[SetLog]) -> tuple[Item, ...]:
    """Return what a session holds: planned exercises with swaps, added ones, and whatever was logged."""
    planned = blocks.items_of(app, log) if log.week is not None else ()
    items = [_swapped(app, item, log.swaps) for item in planned]
    known = [item for item in items if item is not None and item.exercise in app.catalogue.exercises]
    for exercise_id in dict.fromkeys((*log.added, *(one_set.exercise for one_set in sets))):
        if exercise_id in app.catalogue.exercises and all(i.exercise != exercise_id for i in known):
            known.append(bare_item(app.catalogue.exercises[exercise_id], why="You added this."))
    return tuple(known)


def _swapped(app: App, item: Item, swaps: Mapping[str, str]) -> Item | None:
    instead = swaps.get(item.exercise)
    if instead is None:
        return item
    if instead not in app.catalogue.exercises:
        return None
    old = app.catalogue.exercises.get(item.exercise)
    why = f"In place of {old.name.lower()}." if old else "In place of an exercise that is not here any more."
    bare = bare_item(app.catalogue.exercises[instead], why=why)
    return replace(bare, sets=item.sets, rir=item.rir, superset=item.superset)


def _step(
    prescriber: Prescriber, index: int, item: Item, sets: Sequence[SetLog], clips: Sequence[Clip]
) -> StepView:
    exercise = prescriber.catalogue.exercises[item.exercise]
    told = prescriber.next_set(item)
    done = [one_set for one_set in sets if one_set.exercise == item.exercise]
    filmed = tuple(one for one in clips if one.exercise == item.exercise)
    planned = prescriber.planned_sets(exercise, told, first=index == 0)
    filled, extra = _filled(planned, done)
    return StepView(
        index=index,
        exercise=exercise,
        item=item,
        next_set=told,
        sets=filled,
        extra=extra,
        loads_kg=prescriber.ladder_kg(exercise),
        bands=prescriber.bands(exercise),
        last=last_time_text(exercise, prescriber.last_sets(item.exercise), prescriber.units),
        forecast=told.forecast,
        pain_advice=_pain_advice(done),
        clips=filmed,
        form_warning=prescriber.form_warning(exercise, filmed),
    )


def pain_limit() -> int:
    """Return the pain, of 10, up to which an exercise goes on; evidence 3.7."""
    return progression_data().pain_above


def _pain_advice(done: Sequence[SetLog]) -> str:
    worst = max((one_set.pain or 0 for one_set in done), default=0)
    return pain_text(worst, pain_limit()) if worst > pain_limit() else ""


def _filled(
    planned: Sequence[PlannedSet], done: Sequence[SetLog]
) -> tuple[tuple[PlannedSet, ...], tuple[SetLog, ...]]:
    """Return the planned sets with what was done, in order and by kind, and the sets beyond them."""
    left = {
        "warm_up": [s for s in done if s.kind == "warm_up"],
        "work": [s for s in done if s.kind != "warm_up"],
    }
    filled = [replace(plan, done=left[plan.kind].pop(0)) if left[plan.kind] else plan for plan in planned]
    beyond = sorted([*left["warm_up"], *left["work"]], key=lambda one_set: one_set.at)
    return tuple(filled), tuple(beyond)


# --- Sets ---------------------------------------------------------------------------------------


def put_set(app: App, one_set: SetLog) -> SetLog:
    """Keep a set under its own id; sending it twice changes nothing.

    Raises NoProfileYet, BadSet when it cannot have happened, and UnknownExercise for an exercise that neither the
    catalogue nor an imported history knows.
    """
    known_person(app)
    check_set(one_set, now=app.now())
    if one_set.exercise not in app.catalogue.exercises and one_set.exercise not in _foreign(app):
        known_exercise(app, one_set.exercise)
    return app.store.put_set(app.person_id, one_set).value


def put_coached_set(app: App, one_set: SetLog, *, faults: Sequence[str], untold: Sequence[str]) -> SetLog:
    """Keep a set with what the coach told of it, both or neither. Raises as `put_set` does."""
    with app.store.transaction():
        kept = put_set(app, one_set)
        told = CoachedSet(
            id=kept.id, at=kept.at, exercise=kept.exercise, faults=tuple(faults), untold=tuple(untold)
        )
        app.store.put_entry(app.person_id, told)
    return kept


def put_now(app: App, one_set: SetLog) -> SetLog:
    """Keep a set in the session that goes on, or in a new free one, whichever session it names."""
    with app.store.transaction():  # a set that is refused begins no session
        return put_set(app, replace(one_set, session_id=running_or_free(app)))


def _foreign(app: App) -> frozenset[str]:
    return frozenset(app.store.foreign_exercises(app.person_id))


def delete_set(app: App, set_id: UUID) -> UUID | None:
    """Take a set away and return the token that brings it back, None when it was not there."""
    change = app.store.delete_set(app.person_id, set_id)
    return change.token if change else None


def undo(app: App, token: UUID) -> UUID:
    """Take a step back and return the token that does it again. Raises NotFound, CannotUndo."""
    return app.store.undo(app.person_id, token).token


# --- Changing the session -------------------------------------------------------------------------


def swap_choices(app: App, session_id: UUID, exercise_id: str) -> tuple[tuple[Exercise, str], ...]:
    """Return what can be done instead in this place, the nearest first, each with its reason."""
    log = known_session(app, session_id)
    sets = app.store.sets_of_session(app.person_id, session_id)
    present = {item.exercise for item in session_items(app, log, sets)}
    choices = blocks.choices_instead(app, known_exercise(app, exercise_id), log.place)
    return tuple(choice for choice in choices if choice[0].id not in present)[:SWAPS_SHOWN]


def swap_exercise(app: App, session_id: UUID, old: str, new: str) -> None:
    """Do another exercise instead, today only. Raises UnknownExercise, NotFound."""
    log, wanted = known_session(app, session_id), known_exercise(app, new).id
    if old in log.added:
        added = tuple(wanted if key == old else key for key in log.added)
        app.store.put_session(app.person_id, replace(log, added=added))
        return
    planned_as = next((planned for planned, now in log.swaps.items() if now == old), old)
    swaps = {key: value for key, value in log.swaps.items() if key != planned_as}
    if wanted != planned_as:
        swaps[planned_as] = wanted
    app.store.put_session(app.person_id, replace(log, swaps=swaps))


def add_exercise(app: App, session_id: UUID, exercise_id: str) -> None:
    """Add an exercise at the end. Raises UnknownExercise, NotFound."""
    log, wanted = known_session(app, session_id), known_exercise(app, exercise_id).id
    if wanted not in log.added:
        app.store.put_session(app.person_id, replace(log, added=(*log.added, wanted)))


def note(app: App, session_id: UUID, text: str) -> None:
    """Keep a note on the session."""
    app.store.put_session(app.person_id, replace(known_session(app, session_id), note=text.strip()[:2000]))


def discard(app: App, session_id: UUID) -> UUID | None:
    """Take a session away with its sets and return the token that brings it back."""
    change = app.store.delete_session(app.person_id, session_id)
    return change.token if change else None
