"""Sample values and stores for the storage tests."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from hypothesis import strategies as st

from dining import HISTORY
from openback.model.clip import Clip
from openback.model.food import Food, Portion
from openback.model.log import MassLog, SessionLog, SetLog
from openback.model.motion import Guess, MeasureSummary, Reserve, SetReport, View
from openback.model.person import Bar, Loads, Person, Place, Profile, Stack
from openback.model.programme import Item, Programme, Session, SolverReport, Wishes
from openback.storage import ForeignExercise, KeptProgramme, PlanOverride, Screening, Store, open_store
from openback.storage.connection import engine_for, url_of

ME, YOU = "me", "you"
NOW = datetime(2026, 3, 1, 18, 30, 0, 123456, tzinfo=UTC)

PERSON = Person(
    sex="female",
    birth_date=date(1991, 5, 17),
    height_cm=167.5,
    mass_kg=61.2,
    experience="new",
    goals=("posture", "tone"),
    days_per_week=3,
    minutes_per_session=45,
    complaints=("neck_pain",),
    weeks_since_birth=30,
    liked=("pull_up", "face_pull"),
    desk_job=False,
    name="Zoë",
    units="imperial",
)
PLACES = (
    Place(
        name="Gym",
        kit=frozenset({"lat_pulldown_machine", "wide_bar", "mat"}),
        loads=Loads(
            dumbbell_kg=(1.0, 2.5, 4.0),
            stack=Stack(start_kg=5, step_kg=5, top_kg=80, add_on_kg=(1.25, 2.5)),
            barbell=Bar(bar_kg=20, plates_kg=(10, 5, 1.25)),
            bands=("yellow", "red"),
        ),
    ),
    Place(name="Café", kit=frozenset()),
)
PROFILE = Profile(person=PERSON, places=PLACES, screening={"chest_pain": False, "dizzy": True})
ITEM = Item(
    exercise="pull_up",
    sets=3,
    reps=(4, 8),
    hold_s=None,
    rir=2,
    rest_s=120,
    load_kg=None,
    band=None,
    why="Because it pulls – well.",
)
PROGRAMME = Programme(
    status="ok",
    reasons=("You have a bar.",),
    weeks=4,
    sessions=(Session(week=1, day=2, place="Gym", minutes=41.5, items=(ITEM,)),),
    weekly_sets={"latissimus_dorsi": 9.5, "biceps": 4},
    weekly_band={"latissimus_dorsi": (8, 14)},
    solver=SolverReport(build_s=0.1, solve_s=0.2, gap=float("inf")),
)
WISHES = Wishes(
    pinned=frozenset({("pull_up", 1)}),
    banned=frozenset({"superman", "cobra_pose"}),
    place_of_day={1: "Gym", 2: "Café"},
    style_of_day={2: "yoga"},
    minutes_of_day={1: 30},
)
KEPT = KeptProgramme(
    id=UUID(int=77), programme=PROGRAMME, wishes=WISHES, created_at=NOW, starts_on=date(2026, 3, 2)
)
OVERRIDE = PlanOverride(
    programme_id=KEPT.id,
    week=1,
    day=2,
    skipped=True,
    moved_to=date(2026, 3, 5),
    minutes=20,
    place="Café",
    style="yoga",
    swaps={"pull_up": "chin_up"},
)


OWN_FOOD = Food(
    id="own:00000000-0000-0000-0000-000000000009",
    name="Grandma's müsli",
    group="whole_grain",
    per_100g={"energy": 370.0, "protein": 11.5, "fibre": 0.0},
    origin="own",
    source="the jar",
    portions=(Portion(name="1 bowl", mass_g=60),),
    barcode="4006381333931",
)


def a_session(number: int, *, days_ago: float = 0, **changed: object) -> SessionLog:
    """Return a session; the number makes the id."""
    values: dict[str, object] = {"started_at": NOW - timedelta(days=days_ago)} | changed
    return SessionLog(id=UUID(int=1000 + number), **values)


def a_set(
    number: int, *, session: SessionLog | None = None, days_ago: float = 0, **changed: object
) -> SetLog:
    """Return a set of a session; the number makes the id."""
    begun = session or a_session(0, days_ago=days_ago)
    values: dict[str, object] = {"exercise": "pull_up", "at": begun.started_at, "reps": 5} | changed
    return SetLog(id=UUID(int=number), session_id=begun.id, **values)


SET_REPORT = SetReport(
    exercise="pull_up",
    frames=90,
    duration_s=3.0,
    fps=30.0,
    pose_found=1.0,
    view=View(name="front", yaw_deg=-3.5),
    measures={"elbow_flexion_deg": MeasureSummary(min=2.0, max=140.5, mean=70.0, unit="deg")},
    reserve=Reserve(reps=2.0, low=1.0, high=3.5),
    speed_loss=0.2,
    recognised=(Guess(exercise="pull_up", confidence=0.9), Guess(exercise=None, confidence=0.1)),
)


def a_clip(of: SetLog, number: int = 1, **changed: object) -> Clip:
    """Return a clip of a set; the number makes the id."""
    clip = Clip(
        id=UUID(int=5000 + number), session_id=of.session_id, set_id=of.id, exercise=of.exercise, at=of.at
    )
    return replace(clip, **changed)


def fill(store: Store, person_id: str = ME) -> Sequence[SetLog]:
    """Put something of every kind into the store, and return the sets."""
    sessions = [
        a_session(1, days_ago=9, ended_at=NOW - timedelta(days=9, hours=-1), title="Rücken", week=1, day=2),
        a_session(
            2,
            days_ago=2,
            note="windy",
            place="Gym",
            swaps={"pull_up": "chin_up", "superman": ""},
            added=("bow_pose",),
        ),
    ]
    sets = [
        a_set(1, session=sessions[0], load_kg=2.5, rir=1.5, pain=2, note="grip \N{FLEXED BICEPS}\nslipped"),
        a_set(2, session=sessions[0], exercise="cobra_pose", reps=None, hold_s=30.5, side="left"),
        a_set(3, session=sessions[1], kind="warm_up", band="red"),
    ]
    store.put_profile(person_id, PROFILE, at=NOW)
    store.begin_programme(person_id, KEPT)
    store.put_override(person_id, OVERRIDE)
    for session in sessions:
        store.put_session(person_id, session)
    for one_set in sets:
        store.put_set(person_id, one_set)
    store.put_clip(person_id, a_clip(sets[0], state="done", report=SET_REPORT, speed_loss=0.2))
    store.put_mass(person_id, MassLog(at=NOW, mass_kg=61.2))
    store.add_eating(person_id, HISTORY)
    store.put_preference(person_id, "theme", "dark")
    store.remember_names(person_id, {"Klimmzug": "pull_up", "Mystery": None})
    store.keep_foreign_exercises(person_id, [ForeignExercise(id="mystery", name="Mystery", source="strong")])
    store.put_own_food(person_id, OWN_FOOD)
    return sets


@cache
def _blank() -> bytes:
    """Return an empty database of the newest revision: migrated once, for all tests."""
    with open_store(":memory:") as store:
        return content_of(store)


def content_of(store: Store) -> bytes:
    """Return the database of a store in memory."""
    with store.engine.connect() as connection:
        raw: sqlite3.Connection = connection.connection.driver_connection
        return raw.serialize()


@contextmanager
def memory_store(content: bytes | None = None) -> Iterator[Store]:
    """Yield a store in memory with this content, or empty: much faster than migrating it for every test."""
    engine = engine_for(url_of(":memory:"))
    with engine.connect() as connection:
        connection.connection.driver_connection.deserialize(content or _blank())
    with Store(engine) as store:
        yield store


@cache
def _filled() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "openback.db"
        with open_store(path) as store:
            fill(store)
        return path.read_bytes()


def filled_file(path: Path) -> Path:
    """Write a database with something of every kind to a path, faster than making it each time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_filled())
    return path


def everything(store: Store, person_id: str = ME) -> dict[str, object]:
    """Return all that the store knows of somebody, to compare."""
    return {
        "profile": store.profile(person_id),
        "screenings": store.screenings(person_id),
        "programmes": store.programmes(person_id),
        "overrides": store.overrides(person_id, KEPT.id),
        "sessions": store.whole_sessions_between(person_id),
        "masses": store.masses(person_id),
        "clips": store.all_clips(person_id),
        "eating": store.eating_history(person_id),
        "preferences": store.preferences(person_id),
        "names": store.exercise_names(person_id),
        "foreign": store.foreign_exercises(person_id),
        "own_foods": store.own_foods(person_id),
    }


ANSWERED = Screening(at=NOW, answers=PROFILE.screening)

# Text as PostgreSQL takes it too: no zero byte, no half characters.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
instants = st.datetimes(
    min_value=datetime(1900, 1, 2), max_value=datetime(2100, 1, 1), timezones=st.timezones()
).filter(lambda at: at.utcoffset() is not None)
sets = st.builds(
    SetLog,
    id=st.uuids(),
    session_id=st.uuids(),
    exercise=texts,
    at=instants,
    side=st.sampled_from(["left", "right", "both"]),
    kind=st.sampled_from(["warm_up", "work", "drop"]),
    load_kg=st.none() | st.floats(0, 1000),
    band=st.none() | texts,
    reps=st.none() | st.integers(0, 1000),
    hold_s=st.none() | st.floats(0, 7200),
    rir=st.none() | st.floats(0, 10),
    pain=st.none() | st.integers(0, 10),
    note=texts,
)
