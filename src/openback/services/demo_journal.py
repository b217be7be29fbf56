"""What the sample person measured and noted beside her training: posture, tests, pain, breaks. Always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import uuid_utils.compat as uuid

from openback.model.journal import (
    DeskTest,
    FlowDone,
    PainNote,
    PostureCheck,
    PostureReading,
    Reminders,
    TestSide,
)
from openback.services import flows
from openback.services.app import App

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SEED: Final = 6
CHECK_EVERY_D: Final = 28
# Each measure in degrees: at first, by how much it moves over the half year, and half of its band.
POSTURE: Final = {
    "head_forward_deg": (27.0, -6.5, 5.1),
    "shoulders_forward_deg": (5.5, -1.5, 1.9),
    "trunk_lean_forward_deg": (3.0, -0.5, 3.2),
    "shoulder_level_deg": (1.8, -0.3, 1.9),
    "head_level_deg": (-1.2, 0.2, 2.6),
    "trunk_lean_left_deg": (0.9, 0.0, 1.9),
}
# Each test and side: unit, at first, and by how much it moves.
TESTS: Final[Mapping[tuple[str, TestSide], tuple[str, float, float]]] = {
    ("straight_leg_raise", "left"): ("deg", 58.0, 14.0),
    ("straight_leg_raise", "right"): ("deg", 61.0, 13.0),
    ("finger_to_floor", "both"): ("cm", 14.0, -9.0),
    # The left arm stays below what is usual: Train and Desk say what they would do about it.
    ("shoulder_reach", "left"): ("deg", 150.0, 1.5),
    ("shoulder_reach", "right"): ("deg", 158.0, 4.0),
    ("wall_angel", "both"): ("deg", 128.0, 17.0),
}
BREAKS_A_WEEK: Final = 3
# Each flow: how long it takes, and the seconds held in each exercise.
FLOWS: Final[Mapping[str, tuple[float, Mapping[str, float]]]] = {
    "band_break": (120, {"band_lateral_raise": 95}),
    "desk_stretch": (
        300,
        {"chin_tuck": 32, "eagle_arms": 60, "doorway_chest_stretch": 60, "standing_hamstring_stretch": 60},
    ),
    "yoga_20": (
        1200,
        {
            "childs_pose": 120,
            "cat_cow": 64,
            "thread_the_needle": 80,
            "puppy_pose": 50,
            "eagle_arms": 80,
            "cow_face_arms": 80,
            "downward_dog": 80,
            "sphinx_pose": 40,
            "cobra_pose": 60,
            "locust_pose": 60,
            "prone_cobra": 70,
        },
    ),
}


def live_journal(app: App, first: date) -> None:
    """Keep what was measured and noted from `first` up to yesterday."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    days = (app.today - first).days
    entries = [
        *_checks(first, days, chance),
        *_tests(first, days),
        *_pains(first, days, chance),
        Reminders(break_days=(0, 1, 2, 3, 4), breaks=True),
    ]
    app.store.add_journal(app.person_id, entries)
    for done in _flows(first, days, chance):
        flows.finish(app, done)


def _at(first: date, day: int, hour: int) -> datetime:
    return datetime.combine(first + timedelta(days=day), time(hour)).astimezone()


def _checks(first: date, days: int, chance: random.Random) -> Iterator[DataclassInstance]:
    for day in range(2, days, CHECK_EVERY_D):
        readings = {}
        for name, (start, change, half) in POSTURE.items():
            value = start + change * day / days + chance.gauss(0, half / 3)
            readings[name] = PostureReading(value=value, low=value - half, high=value + half, frames=48)
        yield PostureCheck(id=uuid.uuid7(), at=_at(first, day, 8), by="camera", readings=readings)


def _tests(first: date, days: int) -> Iterator[DataclassInstance]:
    for day in (3, days // 2, days - 9):
        for (test, side), (unit, start, change) in TESTS.items():
            value = start + change * day / days
            yield DeskTest(
                id=uuid.uuid7(),
                at=_at(first, day, 19),
                test=test,
                side=side,
                value=value,
                unit=unit,
                by="camera",
                low=value - 4,
                high=value + 4,
            )


def _pains(first: date, days: int, chance: random.Random) -> Iterator[DataclassInstance]:
    """A stiff neck that comes less often and less strongly, as it does for most."""
    for day in range(1, days, 9):
        level = round(4.5 - 3.5 * day / days + chance.gauss(0, 0.7))
        if level > 0:
            yield PainNote(id=uuid.uuid7(), at=_at(first, day, 17), place="neck", level=level)


def _flows(first: date, days: int, chance: random.Random) -> Iterator[FlowDone]:
    for day in range(7, days):
        on = first + timedelta(days=day)
        if on.weekday() < 5 and chance.random() < BREAKS_A_WEEK / 5:
            yield _flow("band_break", _at(first, day, 11))
        if on.weekday() == 6 and chance.random() < 0.5:
            yield _flow(chance.choice(("desk_stretch", "yoga_20")), _at(first, day, 20))


def _flow(flow: str, at: datetime) -> FlowDone:
    whole_s, held_s = FLOWS[flow]
    return FlowDone(id=uuid.uuid7(), at=at, flow=flow, planned_s=whole_s, done_s=whole_s, held_s=held_s)
