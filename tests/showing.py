"""View values as the use cases give them, made without a database: what the rooms are tested with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID

from openback.catalogue import load_catalogue
from openback.model.exercise import Catalogue, Exercise
from openback.model.log import SetLog
from openback.model.programme import Item
from openback.model.strength import NextSet
from openback.services.views import (
    ItemView,
    PlannedSessionView,
    PlannedSet,
    ProgressView,
    Record,
    SessionView,
    StepView,
    StrengthCurve,
    StrengthPoint,
    SummaryView,
)

NOW = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
SESSION_ID = UUID("01932f00-0000-7000-8000-000000000001")
STACK_KG = tuple(float(kg) for kg in range(5, 105, 5))
DUMBBELLS_KG = (2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 14.0, 16.0)


@cache
def catalogue() -> Catalogue:
    """The exercises of the package."""
    return load_catalogue(None)


def exercise(key: str) -> Exercise:
    """An exercise of the package."""
    return catalogue().exercises[key]


def an_item(key: str, **changed: object) -> Item:
    """A planned exercise: three sets of its own dose."""
    dose = exercise(key).dose
    values: dict[str, object] = {
        "exercise": key,
        "sets": 3,
        "reps": dose.reps,
        "hold_s": dose.hold_s,
        "rir": 2,
        "rest_s": dose.rest_s,
        "load_kg": None,
        "band": None,
        "why": "It trains the lats and the middle back at once.",
    }
    return Item(**{**values, **changed})


def a_next(item: Item, why: str = "", **changed: object) -> NextSet:
    """The next prescription of an item."""
    values: dict[str, object] = {
        "exercise": item.exercise,
        "move": "same",
        "load_kg": item.load_kg,
        "band": item.band,
        "sets": item.sets,
        "reps": item.reps,
        "hold_s": item.hold_s,
        "rir": item.rir,
        "tempo_s": None,
        "why": why,
    }
    return NextSet(**{**values, **changed})


def a_set(number: int, key: str, **changed: object) -> SetLog:
    """A logged set; the number makes the id."""
    values: dict[str, object] = {
        "session_id": SESSION_ID,
        "exercise": key,
        "at": NOW + timedelta(minutes=2 * number),
        "reps": 12,
    }
    return SetLog(id=UUID(int=(0x0193_2F00_0001_7000_8000 << 48) + number), **{**values, **changed})


def a_step(index: int, item: Item, told: NextSet, **changed: object) -> StepView:
    """One exercise of a session, its sets to be done as told."""
    low = None if told.reps is None else told.reps[1]
    hold_s = None if told.hold_s is None else float(told.hold_s[0])
    work = PlannedSet(
        kind="work",
        load_kg=told.load_kg,
        band=told.band,
        reps=low,
        hold_s=hold_s,
        rir=told.rir,
        plates="",
    )
    values: dict[str, object] = {
        "sets": (work,) * told.sets,
        "extra": (),
        "loads_kg": (),
        "bands": (),
        "last": "",
        "forecast": None,
    }
    return StepView(
        index=index, exercise=exercise(item.exercise), item=item, next_set=told, **{**values, **changed}
    )


def steps() -> tuple[StepView, ...]:
    """A session with every kind of exercise: stack, dumbbell, superset, band, body, hold."""
    pull = an_item("wide_grip_lat_pulldown", load_kg=35.0)
    told = a_next(
        pull, "All three sets reached 12 at 30 kg, so the stack goes up one step to 35 kg.", reps=(8, 12)
    )
    first = a_step(
        0,
        pull,
        told,
        loads_kg=STACK_KG,
        last="12, 12 and 12 at 30 kg on 19 November",
        sets=(
            PlannedSet(
                kind="warm_up", load_kg=15, band=None, reps=10, hold_s=None, rir=None, plates="Pin at 15 kg"
            ),
            PlannedSet(
                kind="warm_up", load_kg=25, band=None, reps=5, hold_s=None, rir=None, plates="Pin at 25 kg"
            ),
            *(
                PlannedSet(kind="work", load_kg=35, band=None, reps=9, hold_s=None, rir=2, plates="")
                for _ in range(3)
            ),
        ),
    )
    row = an_item("one_arm_dumbbell_row", load_kg=10.0)
    row_told = a_next(row, "One set stopped at 10 last time; the load stays until all three reach 12.")
    face, fly = (
        an_item("face_pull", load_kg=15.0, superset="A"),
        an_item("reverse_fly", load_kg=4.0, superset="A"),
    )
    band, hold = (
        an_item("band_pull_apart", band="green", sets=2),
        an_item("cobra_pose", sets=2, mobility=True, rest_s=20),
    )
    return (
        first,
        a_step(1, row, row_told, loads_kg=DUMBBELLS_KG, last="12, 11 and 10 at 10 kg on 19 November"),
        a_step(2, face, a_next(face, "Same as last time, to make it sure."), loads_kg=STACK_KG),
        a_step(3, fly, a_next(fly, "The first time: a load to learn with."), loads_kg=DUMBBELLS_KG),
        a_step(
            4,
            band,
            a_next(band, "Two more reps before the next band."),
            bands=("yellow", "red", "green", "blue"),
        ),
        a_step(5, hold, a_next(hold, "It opens the chest after a day at the desk.")),
    )


def a_session(done: int = 0, **changed: object) -> SessionView:
    """A session going on with `done` sets of its first exercise done."""
    first, *others = steps()
    kinds = [planned.kind for planned in first.sets]
    filled = tuple(
        replace(
            planned,
            done=a_set(
                n + 1, "wide_grip_lat_pulldown", kind=kinds[n], load_kg=planned.load_kg, reps=planned.reps
            ),
        )
        if n < done
        else planned
        for n, planned in enumerate(first.sets)
    )
    values: dict[str, object] = {
        "id": SESSION_ID,
        "title": "Week 2, session 1",
        "place": "Gym",
        "started_at": NOW,
        "ended_at": None,
        "steps": (replace(first, sets=filled), *others),
        "note": "",
    }
    return SessionView(**{**values, **changed})


def a_planned_session() -> PlannedSessionView:
    """The session after this one."""
    item = an_item("seated_cable_row", load_kg=30.0)
    told = a_next(item)
    return PlannedSessionView(
        week=2,
        day=2,
        on=date(2026, 11, 24),
        place="Gym",
        minutes=42,
        status="upcoming",
        deload=False,
        items=(ItemView(exercise=exercise(item.exercise), item=item, next_set=told, last_sets=()),),
    )


def a_summary(**changed: object) -> SummaryView:
    """A finished session with two records."""
    pull = an_item("wide_grip_lat_pulldown", load_kg=40.0)
    row = an_item("one_arm_dumbbell_row", load_kg=10.0)
    shares = {
        "latissimus_dorsi": 6,
        "rhomboids": 4.5,
        "trapezius_middle": 4.5,
        "posterior_deltoid": 4.0,
        "biceps": 3,
    }
    values: dict[str, object] = {
        "session_id": SESSION_ID,
        "title": "Week 2, session 1",
        "minutes": 41.4,
        "sets": 14,
        "reps": 152,
        "volume_kg": 3240.0,
        "muscles": tuple((catalogue().muscles[key], float(sets)) for key, sets in shares.items()),
        "records": (
            Record(exercise=exercise(pull.exercise), kind="load", value=35.0, unit="kg", at=NOW, before=30.0),
            Record(exercise=exercise("cobra_pose"), kind="hold", value=40.0, unit="s", at=NOW, before=30.0),
        ),
        "next_steps": (
            a_next(
                pull,
                "All three sets reached 12 at 35 kg with two in reserve, so the stack goes up to 40 kg.",
                move="more_load",
            ),
            a_next(row, "One set stopped at 10; the load stays until all three reach 12."),
        ),
        "next_session": a_planned_session(),
    }
    return SummaryView(**{**values, **changed})


def a_curve(key: str, start_kg: float, days: int, gain: float, text: str) -> StrengthCurve:
    """A strength curve that rises with a little noise, twice a week."""
    points = []
    for n in range(days):
        value = start_kg * (1 + gain * n / max(1, days - 1)) * (1 + 0.012 * ((n * 7) % 5 - 2))
        half = value * (0.04 + 0.06 / (1 + n / 3))
        on = NOW.date() - timedelta(days=round(3.5 * (days - 1 - n)))
        points.append(StrengthPoint(on=on, one_rm_kg=value, low_kg=value - half, high_kg=value + half))
    return StrengthCurve(exercise=exercise(key), points=tuple(points), change_text=text)


def a_progress(**changed: object) -> ProgressView:
    """Twenty weeks of training."""
    monday = date(2026, 11, 16)
    weeks = [monday - timedelta(weeks=n) for n in range(19, -1, -1)]
    band = dict.fromkeys(
        ("trapezius_upper", "trapezius_middle", "trapezius_lower", "rhomboids", "latissimus_dorsi"),
        (8.0, 14.0),
    ) | dict.fromkeys(
        ("posterior_deltoid", "rotator_cuff", "serratus_anterior", "erector_spinae", "biceps"), (4.0, 10.0)
    )
    this_week = {
        "latissimus_dorsi": 10.5,
        "rhomboids": 9.0,
        "trapezius_middle": 8.5,
        "trapezius_lower": 6.0,
        "trapezius_upper": 3.5,
        "posterior_deltoid": 11.0,
        "rotator_cuff": 2.5,
        "biceps": 5.0,
        "erector_spinae": 1.0,
    }
    values: dict[str, object] = {
        "curves": (
            a_curve("wide_grip_lat_pulldown", 38, 38, 0.24, "Up 24 % in 19 weeks (17 to 31 %)."),
            a_curve("one_arm_dumbbell_row", 13, 30, 0.18, "Up 18 % in 15 weeks (9 to 27 %)."),
            a_curve("seated_cable_row", 41, 12, 0.03, "No clear change in 6 weeks (-5 to +11 %)."),
            a_curve("face_pull", 18, 2, 0.0, "Too early to say; three days of training tell."),
        ),
        "weekly_sets": this_week,
        "weekly_band": band,
        "history": (
            *(
                (week, {key: sets * (0.7 + 0.3 * ((n * 3) % 4) / 3) for key, sets in this_week.items()})
                for n, week in enumerate(weeks[:-1])
            ),
            (monday, this_week),
        ),
        "records": a_summary().records,
        "sessions_by_week": tuple((week, 2 + (n * 5) % 3 - (n == 7) * 2) for n, week in enumerate(weeks)),
        "total_sessions": 56,
        "total_sets": 803,
    }
    return ProgressView(**{**values, **changed})


def an_empty_progress() -> ProgressView:
    """The first day."""
    return ProgressView(
        curves=(),
        weekly_sets={},
        weekly_band={},
        history=(),
        records=(),
        sessions_by_week=(),
        total_sessions=0,
        total_sets=0,
    )
