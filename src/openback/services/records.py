"""Bests: heaviest load, most reps, longest hold, highest estimated one-rep maximum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from openback.model.exercise import Exercise
from openback.model.log import SetLog
from openback.services.app import App
from openback.services.views import Record
from openback.storage import Best
from openback.units import Units, shown_mass


def records_now(app: App) -> tuple[Record, ...]:
    """Return the standing bests of every exercise of the catalogue, latest first."""
    found = [
        record
        for exercise_id, best in app.store.records(app.person_id).items()
        if (exercise := app.catalogue.exercises.get(exercise_id)) is not None
        for record in _records(exercise, best, None)
    ]
    return tuple(sorted(found, key=lambda record: record.at, reverse=True))


def new_records(app: App, sets: Sequence[SetLog], *, began_at: datetime) -> tuple[Record, ...]:
    """Return the bests that these sets of one session set; a first time is no record."""
    return _new(app, sets, before=began_at, until=None)


def records_of_span(app: App, sets: Sequence[SetLog], start: datetime, end: datetime) -> tuple[Record, ...]:
    """Return the bests that these sets set between two instants, whatever came after."""
    return _new(app, sets, before=start, until=end)


def record_text(record: Record, units: Units) -> str:
    """Return a best as the person reads it: `35 kg`, `12 reps`, `40 s`."""
    return value_text(record.value, record.unit, units)


def value_text(value: float, unit: str, units: Units) -> str:
    """Return the value of a best with its unit."""
    return shown_mass(value, units) if unit == "kg" else f"{value:g} {unit}"


def _new(app: App, sets: Sequence[SetLog], *, before: datetime, until: datetime | None) -> tuple[Record, ...]:
    former = app.store.records(app.person_id, before=before)
    now = app.store.records(app.person_id, before=until)
    ids = {one_set.id for one_set in sets}
    return tuple(
        record
        for exercise_id in dict.fromkeys(one_set.exercise for one_set in sets)
        if exercise_id in app.catalogue.exercises and exercise_id in former and exercise_id in now
        for record, made_by in _pairs(
            app.catalogue.exercises[exercise_id], now[exercise_id], former[exercise_id]
        )
        if made_by.id in ids
    )


def _records(exercise: Exercise, best: Best, former: Best | None) -> Iterator[Record]:
    for record, _ in _pairs(exercise, best, former):
        yield record


def _pairs(exercise: Exercise, best: Best, former: Best | None) -> Iterator[tuple[Record, SetLog]]:
    """Yield each best with the set that made it; help counts the other way round."""
    if exercise.load == "assist":
        load, old_load = best.lightest, former.lightest if former else None
    else:
        load, old_load = best.load, former.load if former else None
    if load is not None and load.load_kg:
        before = old_load.load_kg if old_load else None
        yield (
            Record(exercise=exercise, kind="load", value=load.load_kg, unit="kg", at=load.at, before=before),
            load,
        )
    if best.reps is not None and best.reps.reps and exercise.load in {"body", "none", "band"}:
        before = former.reps.reps if former and former.reps else None
        value = best.reps.reps
        yield (
            Record(exercise=exercise, kind="reps", value=value, unit="reps", at=best.reps.at, before=before),
            best.reps,
        )
    if best.hold is not None and best.hold.hold_s:
        before = former.hold.hold_s if former and former.hold else None
        yield (
            Record(
                exercise=exercise,
                kind="hold",
                value=best.hold.hold_s,
                unit="s",
                at=best.hold.at,
                before=before,
            ),
            best.hold,
        )
