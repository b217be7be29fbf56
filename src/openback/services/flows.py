"""Flows: the breaks, stretches and yoga there are, as this person may do them, and what was done of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from openback.catalogue import owned
from openback.catalogue.flows import load_flows
from openback.errors import UnknownFlow
from openback.model.exercise import Exercise, Source
from openback.model.flow import Flow, FlowKind, FlowStep
from openback.model.journal import FlowDone
from openback.model.log import FLOW_SOURCE, SessionLog, SetLog
from openback.model.person import Profile
from openback.model.programme import Screened
from openback.services.app import App
from openback.services.counting import SHORTEST_HOLD_S, local_day_of, midnight
from openback.services.flow_fitting import fitted, within
from openback.services.flow_log import flows_done
from openback.services.screened import screened_now, stops_now
from openback.services.who import known_person, known_profile

# A flow that was given up sooner than this was only looked at (project default).
LEAST_S: Final = 20.0
# A moving step counts as a set when most of it was done (project default).
MOST_OF_A_SET: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowView:
    """A flow as this person may do it. `stops` says why none may be done now; then `steps` still tell what it is."""

    flow: Flow
    steps: tuple[FlowStep, ...]
    exercises: Mapping[str, Exercise]
    notes: tuple[str, ...]  # what is replaced or left out, and why
    stops: tuple[str, ...]
    sources: tuple[Source, ...]
    kit: tuple[str, ...]  # names
    times_done: int
    last_at: datetime | None

    @property
    def seconds(self) -> float:
        """How long it takes this person."""
        return sum(step.whole_s for step in self.steps)

    @property
    def minutes(self) -> int:
        """The same in minutes, as one says it."""
        return max(1, round(self.seconds / 60))


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakView:
    """The desk break on Today: which, and how often it was done."""

    flow: Flow
    done_today: int
    done_this_week: int
    last_at: datetime | None


def flows(app: App, kind: FlowKind | None = None) -> tuple[FlowView, ...]:
    """Return the flows, or those of a kind, short before long. Raises NoProfileYet."""
    maker = _Maker.of(app)
    return tuple(maker.view(one) for one in load_flows().values() if kind is None or one.kind == kind)


def flow(app: App, flow_id: str) -> FlowView:
    """Return one flow. Raises NoProfileYet, UnknownFlow."""
    return _Maker.of(app).view(known_flow(flow_id))


def known_flow(flow_id: str) -> Flow:
    """Return a flow as its file has it. Raises UnknownFlow."""
    found = load_flows().get(flow_id)
    if found is None:
        raise UnknownFlow(flow_id, load_flows())
    return found


def desk_break(app: App) -> BreakView:
    """Return the shortest break and how often breaks were done. Raises NoProfileYet."""
    known_person(app)
    shown = next(one for one in load_flows().values() if one.kind == "break")
    kinds = {one.id for one in load_flows().values() if one.kind in {"break", "stretch"}}
    monday = app.today - timedelta(days=app.today.weekday())
    done = [one for one in flows_done(app, midnight(monday)) if one.flow in kinds]
    today = [one for one in done if local_day_of(one.at) == app.today]
    return BreakView(
        flow=shown,
        done_today=len(today),
        done_this_week=len(done),
        last_at=today[-1].at if today else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """What all flows of one person need to know once."""

    app: App
    screened: Screened
    kit: frozenset[str]
    done: tuple[FlowDone, ...]
    stops: tuple[str, ...]

    @classmethod
    def of(cls, app: App) -> _Maker:
        profile = known_profile(app)
        return cls(
            app=app,
            screened=screened_now(app, profile),
            kit=_kit(app, profile),
            done=flows_done(app),
            stops=tuple(f"{stop.text} {stop.see}" for stop in stops_now(app, profile)),
        )

    def view(self, one: Flow) -> FlowView:
        catalogue = self.app.catalogue
        fits = fitted(one, catalogue, banned=self.screened.banned, kit=self.kit)
        done = [entry for entry in self.done if entry.flow == one.id]
        ids = dict.fromkeys(step.exercise for step in fits.steps if step.exercise in catalogue.exercises)
        kit = dict.fromkeys(kit for key in ids for kit in catalogue.exercises[key].kit)
        return FlowView(
            flow=one,
            steps=fits.steps,
            exercises={key: catalogue.exercises[key] for key in ids},
            notes=fits.notes,
            stops=self.stops,
            sources=tuple(catalogue.sources[key] for key in one.sources if key in catalogue.sources),
            kit=tuple(catalogue.kit[key].name for key in kit if key in catalogue.kit),
            times_done=len(done),
            last_at=done[-1].at if done else None,
        )


def _kit(app: App, profile: Profile) -> frozenset[str]:
    return owned(app.catalogue, {kit for place in profile.places for kit in place.kit})


# --- Done ----------------------------------------------------------------------------------------------


def finish(app: App, done: FlowDone) -> FlowDone | None:
    """Keep a flow that was done, and its holds and raises as sets; return it as it was kept.

    Sending it twice changes nothing. None when it was given up at once: then nothing is kept.
    What cannot have been is brought to what can: no longer than the flow, no later than now.
    Raises NoProfileYet, UnknownFlow.
    """
    known_person(app)
    view = flow(app, done.flow)
    kept = replace(
        done,
        at=min(done.at, app.now()),
        planned_s=view.seconds,
        done_s=within(view.flow, done.done_s),
        held_s=_held_s(view, done.held_s),
    )
    if kept.done_s < LEAST_S:
        return None
    sets = tuple(sets_of(view, kept))
    with app.store.transaction():
        app.store.put_entry(app.person_id, kept)
        if sets:
            app.store.put_session(app.person_id, _session_of(view, kept))
        for one_set in sets:
            app.store.put_set(app.person_id, one_set)
    return kept


def take_back(app: App, flow_id: UUID) -> bool:
    """Take a flow that was done away with its sets; return whether it was there."""
    with app.store.transaction():
        app.store.delete_session(app.person_id, flow_id)
        return app.store.delete_entry(app.person_id, FlowDone, str(flow_id)) is not None


def _held_s(view: FlowView, said: Mapping[str, float]) -> Mapping[str, float]:
    """Return the seconds of each exercise of a flow, no more than the flow has of it."""
    most: dict[str, float] = {}
    for step in view.steps:
        if step.exercise:
            most[step.exercise] = most.get(step.exercise, 0.0) + step.seconds
    return {key: min(seconds, most[key]) for key, seconds in said.items() if key in most and seconds > 0}


def _session_of(view: FlowView, done: FlowDone) -> SessionLog:
    return SessionLog(
        id=done.id,
        started_at=done.at - timedelta(seconds=done.done_s),
        ended_at=done.at,
        title=view.flow.name,
        source=FLOW_SOURCE,
    )


def sets_of(view: FlowView, done: FlowDone) -> Iterator[SetLog]:
    """Yield the sets that a flow was: holds of 20 seconds and more, and raises, of what trains a muscle.

    The seconds of an exercise are given to its steps in their order.
    """
    left = dict(done.held_s)
    for number, step in enumerate(view.steps):
        exercise = view.exercises.get(step.exercise)
        if exercise is None:
            continue
        held_s = min(step.seconds, left.get(exercise.id, 0.0))
        left[exercise.id] = left.get(exercise.id, 0.0) - held_s
        if not exercise.counts_sets or not _is_a_set(step, held_s):
            continue
        yield SetLog(
            id=uuid.uuid5(done.id, str(number)),
            session_id=done.id,
            exercise=exercise.id,
            at=done.at,
            side=step.side,
            reps=None if step.reps is None else max(1, int(step.reps * held_s / step.seconds)),
            hold_s=held_s if step.reps is None else None,
        )


def _is_a_set(step: FlowStep, held_s: float) -> bool:
    least_s = SHORTEST_HOLD_S if step.reps is None else MOST_OF_A_SET * step.seconds
    return held_s >= least_s
