"""What the store hands out beside the values of `model`: frozen, like them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, Literal, TypeVar
from uuid import UUID

from openback.model.eating import FoodLog
from openback.model.food import Slot
from openback.model.log import SessionLog, SetLog
from openback.model.nutrients import Known
from openback.model.programme import Programme, Wishes

T = TypeVar("T")

ProgrammeStatus = Literal["current", "former"]
About = Literal[
    "set", "session", "whole_session", "programme", "current_programme", "override",
    "food_wishes", "meal_week", "shopping_tick", "food_entry", "food_day", "favourite", "body_mass", "measures",
    "own_food", "journal",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Generic[T]):
    """What a PUT came to.

    `was` says whether the row was new, changed, or the same as before (and then nothing happened).
    `undo` is the token that takes it back, None when nothing happened.
    """

    value: T
    was: Literal["new", "changed", "same"]
    undo: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step that can be taken back. `key` is the id of what was changed."""

    token: UUID
    at: datetime
    about: About
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Answers to the screening, and when they were given."""

    at: datetime
    answers: Mapping[str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProgramme:
    """A programme in the database. Week 1 begins on `starts_on`."""

    id: UUID
    programme: Programme
    wishes: Wishes
    created_at: datetime
    starts_on: date
    status: ProgrammeStatus = "current"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOverride:
    """What the person changed about one session of a programme, for that session only.

    None or empty: as planned. `swaps` maps a planned exercise to the one done instead.
    """

    programme_id: UUID
    week: int
    day: int
    skipped: bool = False
    moved_to: date | None = None
    minutes: int | None = None
    place: str | None = None
    style: Literal["strength", "yoga"] | None = None
    swaps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EatenEnergy:
    """The energy of one entry of the food log, None when it does not say."""

    on: date
    slot: Slot
    energy: Known | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodUse:
    """How often a food or recipe was logged, and how it was logged last."""

    uses: int
    last: FoodLog


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeSession:
    """A session with its sets in the order they were done."""

    session: SessionLog
    sets: tuple[SetLog, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignExercise:
    """An exercise from another app that the catalogue does not know, under the name it had there."""

    id: str
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best work sets of one exercise, each the earliest that reached it; None where there is none.

    `load` is the heaviest, more reps first at the same load; `lightest` the least load, which is the
    best for an assisted exercise; `reps` the most reps at any load; `hold` the longest.
    """

    exercise: str
    load: SetLog | None
    lightest: SetLog | None
    reps: SetLog | None
    hold: SetLog | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How often an exercise was done, and when last."""

    exercise: str
    sets: int
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How much there is in all."""

    sessions: int
    sets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """How many rows a bulk import added, and how many were there already."""

    sessions: int
    sets: int
    masses: int
    sets_known: int
