"""The week's minutes of mobility: what the programme plans, and what sessions and flows came to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from openback.model.exercise import Catalogue, Exercise
from openback.model.journal import FlowDone
from openback.model.log import SetLog
from openback.model.programme import Item
from openback.services import block as blocks
from openback.services.app import App
from openback.services.block import Block
from openback.services.counting import monday_of, week_span
from openback.services.flow_log import flows_done


@dataclass(frozen=True, slots=True, kw_only=True)
class MobilityWeek:
    """Minutes of stretching in a week: planned in sessions, done in sessions and in flows.

    `held_s` are seconds of holds that train the back in flows; they also count as sets. `flows` is how many were done.
    """

    planned_min: float
    session_min: float
    flow_min: float
    held_s: float
    flows: int

    @property
    def done_min(self) -> float:
        """All minutes that were done."""
        return self.session_min + self.flow_min


def mobility_week(app: App, on: date | None = None) -> MobilityWeek:
    """Return the mobility of the week of a day (of today without one); nothing is planned without a programme."""
    monday = monday_of(on or app.today)
    start, end = week_span(monday)
    block = blocks.block_now(app)
    done = flows_done(app, start, end)
    ids = {one.id for one in done}
    sets = [one for one in app.store.sets_between(app.person_id, start, end) if one.session_id not in ids]
    return MobilityWeek(
        planned_min=_planned_s(app.catalogue, block, monday) / 60 if block else 0.0,
        session_min=stretched_s(app.catalogue, sets) / 60,
        flow_min=sum(_stretching_s(app.catalogue, one) for one in done) / 60,
        held_s=sum(_training_s(app.catalogue, one) for one in done),
        flows=len(done),
    )


def _planned_s(catalogue: Catalogue, block: Block, monday: date) -> float:
    items = (
        item
        for dated in block.dated
        if monday_of(dated.on) == monday and dated.status != "skipped"
        for item in dated.session.items
        if item.mobility and item.exercise in catalogue.exercises
    )
    return sum(item_s(item, catalogue.exercises[item.exercise]) for item in items)


def item_s(item: Item, exercise: Exercise) -> float:
    """Return the seconds that a mobility item plans, rests left out: its shortest dose, on both sides."""
    one_s = item.hold_s[0] if item.hold_s else (item.reps or (0, 0))[0] * exercise.dose.tempo.rep_s
    return float(item.sets * one_s * (2 if exercise.one_side_at_a_time else 1))


def stretched_s(catalogue: Catalogue, sets: Iterable[SetLog]) -> float:
    """Return the seconds of logged sets of exercises that only stretch.

    A set that tells no side counts for both, as the plan counts it.
    """
    total = 0.0
    for one in sets:
        exercise = catalogue.exercises.get(one.exercise)
        if exercise is None or exercise.counts_sets or not exercise.stretches:
            continue
        one_s = one.hold_s if one.hold_s is not None else (one.reps or 0) * exercise.dose.tempo.rep_s
        total += one_s * (2 if exercise.one_side_at_a_time and one.side == "both" else 1)
    return total


def _stretching_s(catalogue: Catalogue, done: FlowDone) -> float:
    """Return the seconds of a flow in what stretches something, also where it trains as well."""
    known = catalogue.exercises
    return sum(s for key, s in done.held_s.items() if key in known and known[key].stretches)


def _training_s(catalogue: Catalogue, done: FlowDone) -> float:
    known = catalogue.exercises
    return sum(
        s
        for key, s in done.held_s.items()
        if key in known and known[key].counts_sets and known[key].dose.hold_s
    )
