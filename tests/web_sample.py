"""What the pages show, made by hand from the real exercises: no planner, no log."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from uuid import UUID

from openback.catalogue import load_catalogue
from openback.model.exercise import Catalogue
from openback.model.person import Bar, Loads, Person, Place, Profile, Stack
from openback.model.programme import Item
from openback.model.strength import NextSet
from openback.services.views import (
    CalendarDay,
    Change,
    DayStatus,
    ItemView,
    MuscleDose,
    PlannedSessionView,
    TodayView,
    TrainView,
)

TODAY = date(2026, 11, 25)  # a Wednesday
SESSION_ID = UUID("01935d3c-0000-7000-8000-000000000001")

PROFILE = Profile(
    person=Person(
        sex="female",
        birth_date=date(1986, 3, 1),
        height_cm=168,
        mass_kg=65,
        experience="some",
        goals=("posture", "tone"),
        days_per_week=3,
        minutes_per_session=45,
        complaints=("neck_pain",),
        name="Anna",
    ),
    places=(
        Place(
            name="Gym",
            kit=frozenset(
                {"lat_pulldown_machine", "wide_bar", "dumbbells", "bench", "row_machine", "barbell", "mat"}
            ),
            loads=Loads(
                dumbbell_kg=(2, 4, 6, 8),
                stack=Stack(start_kg=5, step_kg=5, top_kg=80, add_on_kg=(2.5,)),
                barbell=Bar(bar_kg=20, plates_kg=(1.25, 2.5, 5, 10)),
            ),
        ),
        Place(name="Home", kit=frozenset({"mat", "band", "wall"}), loads=Loads(bands=("yellow", "red"))),
    ),
    screening={"chest_or_breath": False},
)

_PLAN = (
    # exercise, sets, reps, hold, load, band, why
    (
        "wide_grip_lat_pulldown",
        3,
        (8, 12),
        None,
        27.5,
        None,
        "The best-measured lift for the lats, and your place has the machine.",
    ),
    (
        "one_arm_dumbbell_row",
        3,
        (8, 12),
        None,
        8.0,
        None,
        "Works the rhomboids and middle trapezius with the back supported.",
    ),
    (
        "dumbbell_shrug",
        2,
        (12, 15),
        None,
        6.0,
        None,
        "Light shrugs ease a sore neck in most office workers who were studied.",
    ),
    ("band_pull_apart", 2, (15, 20), None, None, "red", "Rounds off the week for the back of the shoulders."),
    (
        "prone_cobra",
        2,
        None,
        (20, 30),
        None,
        None,
        "Lets the deep neck and back muscles work together without load.",
    ),
)
_MOBILITY = ("doorway_chest_stretch", "cat_cow")


@cache
def catalogue() -> Catalogue:
    """Return the exercises of the project."""
    return load_catalogue(None)


def item_view(known: Catalogue, row: tuple) -> ItemView:
    """Return one exercise of a session with its next prescription."""
    key, sets, reps, hold_s, load_kg, band, why = row
    item = Item(
        exercise=key,
        sets=sets,
        reps=reps,
        hold_s=hold_s,
        rir=2,
        rest_s=90,
        load_kg=load_kg,
        band=band,
        why=why,
    )
    following = NextSet(
        exercise=key,
        move="more_load",
        load_kg=load_kg,
        band=band,
        sets=sets,
        reps=reps,
        hold_s=hold_s,
        rir=2,
        tempo_s=None,
        why="All sets reached 12 reps last time, so the next load that you have comes up: 2.5 kg more.",
    )
    return ItemView(exercise=known.exercises[key], item=item, next_set=following, last_sets=())


def mobility_view(known: Catalogue, key: str) -> ItemView:
    """Return a stretch at the end of a session."""
    view = item_view(known, (key, 1, None, (30, 45), None, None, "Opens the chest after hours at the desk."))
    item = Item(
        exercise=key,
        sets=1,
        reps=None,
        hold_s=(30, 45),
        rir=0,
        rest_s=10,
        load_kg=None,
        band=None,
        why=view.item.why,
        mobility=True,
    )
    return ItemView(exercise=view.exercise, item=item, next_set=view.next_set, last_sets=())


def session(known: Catalogue, week: int, day: int, on: date, status: DayStatus) -> PlannedSessionView:
    """Return one planned session."""
    rows = [item_view(known, row) for row in _PLAN if row[0] in known.exercises]
    moves = [mobility_view(known, key) for key in _MOBILITY if key in known.exercises]
    return PlannedSessionView(
        week=week,
        day=day,
        on=on,
        place="Gym" if day != 3 else "Home",
        minutes=44.0,
        status=status,
        deload=week == 4,
        items=(*rows, *moves),
        log_id=SESSION_ID if status == "done" else None,
    )


def train_view(known: Catalogue, today: date = TODAY, weeks: int = 5) -> TrainView:
    """Return a block of `weeks` weeks, the second of which is this one."""
    monday = today - timedelta(days=today.weekday() + 7)
    rows = tuple(
        tuple(_day(known, week, monday + timedelta(days=7 * week + day), day, today) for day in range(7))
        for week in range(weeks)
    )
    dose = tuple(
        MuscleDose(muscle=muscle, planned_sets=planned, done_sets=done, low=8, high=16)
        for muscle, planned, done in zip(
            known.muscles.values(),
            (6.5, 11, 9.5, 12, 14, 8, 6, 2, 5.5, 7),
            (2, 4, 3, 4.5, 5, 2.5, 1, 0, 2, 3),
            strict=True,
        )
    )
    return TrainView(
        weeks=rows,
        this_week=1,
        dose=dose,
        reasons=(
            "Three days a week give each muscle two to three sessions, which is plenty.",
            "Posture comes first, so rows and reverse flies get the larger share.",
        ),
        notes=("Sore neck: no heavy shrugs, no looking far up under strain; light band work instead.",),
        can_undo=True,
    )


def _day(known: Catalogue, week: int, on: date, day: int, today: date) -> CalendarDay:
    days = {0: 1, 2: 2, 4: 3}
    if day not in days:
        return CalendarDay(on=on, status="rest", session=None)
    status: DayStatus = "done" if on < today else "today" if on == today else "upcoming"
    if (week, day) == (0, 4):
        status = "skipped"
    return CalendarDay(on=on, status=status, session=session(known, week + 1, days[day], on, status))


def today_view(known: Catalogue, today: date = TODAY) -> TodayView:
    """Return a day with a session, changes and a week half done."""
    changes = (
        ("wide_grip_lat_pulldown", "27.5 kg instead of 25 kg: three sets of 12 with two reps in reserve."),
        ("one_arm_dumbbell_row", "Stays at 8 kg: the last set stopped at 9 of 12 reps."),
    )
    return TodayView(
        name="Anna",
        on=today,
        session=session(known, 2, 2, today, "today"),
        running=None,
        changes=tuple(Change(exercise=known.exercises[key], text=text) for key, text in changes),
        done_this_week=1,
        planned_this_week=3,
        last_done=today - timedelta(days=2),
    )
