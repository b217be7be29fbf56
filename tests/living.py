"""A person with a real catalogue, a store in memory and a clock that a test sets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from openback.catalogue import load_catalogue
from openback.model.exercise import Catalogue
from openback.model.log import SetLog
from openback.model.person import Bar, Loads, Person, Place, Profile, Stack
from openback.services import finishing, people, sessions
from openback.services.app import App
from openback.services.views import SummaryView
from openback.storage import Store
from openback.training.screening import load_questions
from storing import content_of, memory_store

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)

ANNA = Person(
    name="Anna",
    sex="female",
    birth_date=date(1986, 4, 12),
    height_cm=168,
    mass_kg=66,
    experience="some",
    goals=("tone", "posture"),
    days_per_week=3,
    minutes_per_session=45,
)
GYM = Place(
    name="Gym",
    kit=frozenset(
        [
            "mat",
            "wall",
            "bench",
            "dumbbells",
            "barbell",
            "cable_machine",
            "rope",
            "lat_pulldown_machine",
            "row_machine",
            "pull_up_bar",
        ]
    ),
    loads=Loads(
        dumbbell_kg=tuple(float(kg) for kg in range(1, 25)),
        stack=Stack(start_kg=5, step_kg=5, top_kg=80),
        barbell=Bar(bar_kg=20, plates_kg=(1.25, 2.5, 5, 10, 20)),
    ),
)
HOME = Place(
    name="Home",
    kit=frozenset({"mat", "wall", "chair", "band", "dumbbells", "bench"}),
    loads=Loads(dumbbell_kg=(2, 4, 6, 8, 10, 12), bands=("yellow", "red", "green")),
)
PROFILE = Profile(
    person=ANNA,
    places=(GYM, HOME),
    screening={question.id: False for question in load_questions().items},
)
RED_FLAG = replace(PROFILE, screening={**PROFILE.screening, "chest_or_breath": True})


class Clock:
    """The clock of an app, set by hand."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def on(self, **later: float) -> None:
        """Let time pass, or jump."""
        self.now += timedelta(**later)


@cache
def catalogue() -> Catalogue:
    """Return the exercises of the package."""
    return load_catalogue(None)


def app_on(store: Store, data_dir: Path, clock: Clock) -> App:
    """Return an app on a store."""
    return App(store=store, catalogue=catalogue(), data_dir=data_dir, now=clock)


@contextmanager
def living(data_dir: Path, clock: Clock, *, planned: bool = True) -> Iterator[App]:
    """Yield an app in memory; with `planned` Anna answered the questions on Monday and has her programme."""
    with memory_store(_planned() if planned else None) as store:
        yield app_on(store, data_dir, clock)


@cache
def _planned() -> bytes:
    """Return a database where Anna has her programme: planned once, for all tests."""
    with memory_store() as store:
        people.keep_profile(app_on(store, Path(), Clock()), PROFILE)
        return content_of(store)


def a_set(session_id: UUID, exercise: str, at: datetime, **more: object) -> SetLog:
    """Return a set of ten reps."""
    values: dict[str, object] = {"reps": 10} | more
    return SetLog(id=uuid4(), session_id=session_id, exercise=exercise, at=at, **values)


def train_on(app: App, week: int, day: int, *, more_reps: int = 0) -> SummaryView:
    """Do a session as it is prescribed, each set at the top of its range and some reps more."""
    session_id = sessions.begin(app, week, day)
    for step in sessions.session(app, session_id).steps:
        for planned in step.sets:
            told = step.next_set
            reps = None if planned.reps is None else planned.reps + more_reps
            if planned.kind == "work" and told.reps is not None:
                reps = told.reps[1] + more_reps
            app.now.on(minutes=2)
            sessions.put_set(
                app,
                a_set(
                    session_id,
                    step.exercise.id,
                    app.now(),
                    kind=planned.kind,
                    load_kg=planned.load_kg,
                    band=planned.band,
                    reps=reps,
                    hold_s=planned.hold_s,
                    rir=planned.rir,
                ),
            )
    return finishing.finish(app, session_id)
