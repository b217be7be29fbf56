"""What pages, the API and the command line show: frozen values, made by the use cases.

All masses are kilograms and all instants aware UTC; the pages turn them into the person's units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from openback.model.clip import Clip
from openback.model.exercise import Exercise, Muscle, Source
from openback.model.journal import Away
from openback.model.log import SetLog
from openback.model.programme import Item
from openback.model.strength import NextSet, RepsForecast
from openback.services.desk_views import FindingView
from openback.services.eat.views import MealView

DayStatus = Literal["done", "today", "next", "upcoming", "missed", "skipped", "away", "rest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleDose:
    """Sets of one muscle in one week: planned, done, and the band they should fall in."""

    muscle: Muscle
    planned_sets: float
    done_sets: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One exercise of a planned session with its next prescription."""

    exercise: Exercise
    item: Item
    next_set: NextSet
    last_sets: tuple[SetLog, ...]  # of the last session with this exercise, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSessionView:
    """One session of the programme on a date. `log_id` when it was begun or done."""

    week: int
    day: int
    on: date
    place: str
    minutes: float
    status: DayStatus
    deload: bool
    items: tuple[ItemView, ...]
    log_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day of the calendar; `session` is None on a rest day."""

    on: date
    status: DayStatus
    session: PlannedSessionView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainView:
    """The programme as a calendar, with this week's dose and the reasons."""

    weeks: tuple[tuple[CalendarDay, ...], ...]  # Monday to Sunday
    this_week: int  # index into `weeks`
    dose: tuple[MuscleDose, ...]
    reasons: tuple[str, ...]
    notes: tuple[str, ...]  # what complaints and pregnancy changed
    can_undo: bool
    aways: tuple[Away, ...] = ()  # times away that touch the block, the latest first
    findings: tuple[FindingView, ...] = ()  # what tests, posture checks and the pain diary ask for


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different from last time, and why."""

    exercise: Exercise
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayView:
    """The next session, what changed, and the week so far.

    `stopped` holds the reasons when the screening allows no programme.
    """

    name: str
    on: date
    session: PlannedSessionView | None
    running: UUID | None  # a session that was begun and not finished
    changes: tuple[Change, ...]
    done_this_week: int
    planned_this_week: int
    stopped: tuple[str, ...] = ()
    welcome_back: str = ""  # after a gap, one warm sentence
    last_done: date | None = None
    block_over: bool = False  # every session of the block has passed: time for the next one
    meals: tuple[MealView, ...] = ()  # of today, none where no week is planned
    away: Away | None = None  # the time away that today belongs to


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSet:
    """One set to do, prefilled; `plates` says how to load it ("20 kg bar + 5 + 2.5 a side")."""

    kind: Literal["warm_up", "work"]
    load_kg: float | None
    band: str | None
    reps: int | None
    hold_s: float | None
    rir: int | None
    plates: str
    done: SetLog | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWarning:
    """A danger that was seen in a clip: what to do, why, and where to look at it."""

    cue: str
    seen: str  # "In 3 reps of the clip of your last session"
    why: str
    clip_id: UUID
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One exercise of a running session: one screen."""

    index: int
    exercise: Exercise
    item: Item
    next_set: NextSet
    sets: tuple[PlannedSet, ...]
    extra: tuple[SetLog, ...]  # sets logged beyond the planned ones
    loads_kg: tuple[float, ...]  # the loads that exist here, for the stepper
    bands: tuple[str, ...]
    last: str  # last time in words: "12, 12, 11 at 20 kg on 14 November", empty the first time
    forecast: RepsForecast | None
    pain_advice: str = ""  # what to do when a set of this session hurt too much, empty when none did
    clips: tuple[Clip, ...] = ()  # of sets of this exercise in this session
    form_warning: FormWarning | None = None  # a danger that was seen on film


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """A session being done, or done."""

    id: UUID
    title: str
    place: str
    started_at: datetime
    ended_at: datetime | None
    steps: tuple[StepView, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A best: heaviest load, most reps at a load, highest estimated one-rep maximum, longest hold."""

    exercise: Exercise
    kind: Literal["load", "reps", "one_rm", "hold"]
    value: float
    unit: str
    at: datetime
    before: float | None  # the former best


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryView:
    """A finished session in numbers, with records and what comes next."""

    session_id: UUID
    title: str
    minutes: float | None
    sets: int
    reps: int
    volume_kg: float | None
    muscles: tuple[tuple[Muscle, float], ...]  # fractional sets, most first
    records: tuple[Record, ...]
    next_steps: tuple[NextSet, ...]  # for each exercise done: what happens next time and why
    next_session: PlannedSessionView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthPoint:
    """Estimated one-rep maximum on a day, with its 80 % band."""

    on: date
    one_rm_kg: float
    low_kg: float
    high_kg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthCurve:
    """How strength in one exercise went."""

    exercise: Exercise
    points: tuple[StrengthPoint, ...]
    change_text: str  # "up 12 % in three months (8 to 16)" or "too early to say"
    fan: tuple[StrengthPoint, ...] = ()  # where it goes when training goes on, from the last day on
    forecast_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """Strength, muscles and records."""

    curves: tuple[StrengthCurve, ...]
    weekly_sets: Mapping[str, float]  # muscle -> fractional sets in the last full or running week
    weekly_band: Mapping[str, tuple[float, float]]
    history: tuple[tuple[date, Mapping[str, float]], ...]  # week start -> muscle -> sets, oldest first
    records: tuple[Record, ...]
    sessions_by_week: tuple[tuple[date, int], ...]
    total_sessions: int
    total_sets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseView:
    """One exercise of the library with all it links to."""

    exercise: Exercise
    muscles: tuple[tuple[Muscle, float], ...]  # most first
    kit: tuple[str, ...]  # names
    sources: tuple[Source, ...]
    easier: tuple[Exercise, ...]
    harder: tuple[Exercise, ...]
    twins: tuple[tuple[str, Exercise], ...]
    not_for_you: str  # the screening's sentence when it is kept out, else empty
    in_programme: bool
    liked: bool
    disliked: bool
    history: tuple[SetLog, ...]  # latest first, at most 30
    strength: StrengthCurve | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryView:
    """Exercises that fit the search and the filters."""

    text: str
    found: tuple[Exercise, ...]
    total: int
    muscle: str | None
    kit: str | None
    pattern: str | None
