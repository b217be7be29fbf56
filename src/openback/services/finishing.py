"""The end of a session: its numbers, its records, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from openback.model.log import SessionLog, SetLog
from openback.model.strength import NextSet
from openback.services import block as blocks
from openback.services.app import App
from openback.services.counting import counts, muscle_sets
from openback.services.prescribing import Prescriber
from openback.services.records import new_records
from openback.services.sessions import FORGOTTEN_AFTER, known_session, last_moment, session_items
from openback.services.set_clips import settle
from openback.services.views import SummaryView

LAST_REST = timedelta(seconds=30)  # the last set is logged when it is done; a moment passes until then


def finish(app: App, session_id: UUID) -> SummaryView:
    """End a session and return its summary; ending it twice changes nothing. Raises NotFound.

    A session that was forgotten for hours ended with its last set.
    """
    log = known_session(app, session_id)
    if log.ended_at is None:
        sets = app.store.sets_of_session(app.person_id, session_id)
        latest = last_moment(log, sets)
        forgotten = app.now() - latest > FORGOTTEN_AFTER
        ended_at = latest + LAST_REST if forgotten else max(app.now(), log.started_at)
        app.store.put_session(app.person_id, replace(log, ended_at=ended_at))
        settle(app, session_id)
    return summary(app, session_id)


def summary(app: App, session_id: UUID) -> SummaryView:
    """Return a session in numbers. Raises NotFound."""
    log = known_session(app, session_id)
    sets = app.store.sets_of_session(app.person_id, session_id)
    work = [one_set for one_set in sets if one_set.kind != "warm_up"]
    by_muscle = sorted(muscle_sets(app.catalogue, work).items(), key=lambda pair: -pair[1])
    block = blocks.block_now(app)
    return SummaryView(
        session_id=log.id,
        title=log.title or "Session",
        minutes=_minutes(log),
        sets=sum(counts(one_set) for one_set in work),
        reps=sum(one_set.reps or 0 for one_set in work),
        volume_kg=_volume_kg(app, work),
        muscles=tuple((app.catalogue.muscles[key], sets_) for key, sets_ in by_muscle if sets_ > 0),
        records=new_records(app, sets, began_at=log.started_at),
        next_steps=_next_steps(app, log, sets),
        next_session=blocks.session_for_today(app, block, after=log) if block else None,
    )


def _minutes(log: SessionLog) -> float | None:
    return (log.ended_at - log.started_at).total_seconds() / 60 if log.ended_at else None


def _volume_kg(app: App, work: Sequence[SetLog]) -> float | None:
    """Return load times reps over all sets, both hands counted; None when no load was logged.

    Help and the body's own weight are not volume.
    """
    parts = []
    for one_set in work:
        exercise = app.catalogue.exercises.get(one_set.exercise)
        if exercise is None or exercise.load == "assist" or not one_set.load_kg or not one_set.reps:
            continue
        hands = 2 if exercise.load == "dumbbell_each" and one_set.side == "both" else 1
        parts.append(one_set.load_kg * one_set.reps * hands)
    return sum(parts) if parts else None


def _next_steps(app: App, log: SessionLog, sets: Sequence[SetLog]) -> tuple[NextSet, ...]:
    """Return for each exercise done what happens next time, and why."""
    done = {one_set.exercise for one_set in sets if one_set.kind != "warm_up"}
    if app.store.person(app.person_id) is None:
        return ()
    after = max([app.now(), *(one_set.at for one_set in sets)]) + timedelta(days=2)
    prescriber = Prescriber.of(app, place=log.place, before=after)
    items = [item for item in session_items(app, log, sets) if item.exercise in done and not item.mobility]
    return tuple(prescriber.next_set(item) for item in items)
