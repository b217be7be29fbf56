"""What the pages and the API show of desk tests, of the pain diary, and of what both change in the programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from openback.model.exercise import Exercise, Source
from openback.model.journal import DeskTest, PainNote, TestSide
from openback.training.desk_tests import TestRule, Verdict
from openback.training.pain_book import Place, Sign
from openback.training.pain_diary import Advice

FindingKind = Literal["test", "posture", "pain"]


# --- Desk tests -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneView:
    """One zone of a test's scale, in the unit of the test. `verdict` is its id, `name` its words."""

    verdict: Verdict
    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatToDo:
    """An exercise that a result speaks for, and why. `fits` is empty, or says why it is not for this person."""

    exercise: Exercise
    why: str
    fits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResultView:
    """One result against the norm.

    `said` is the number in words with its band, `against` where it lies, `doubt` is empty or says that the band
    reaches into another zone.
    """

    result: DeskTest
    verdict: Verdict
    said: str
    against: str
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """One side of a test: its results, latest first, and how they went."""

    side: TestSide
    name: str  # "Left leg"
    results: tuple[TestResultView, ...]
    trend: str  # "No real change yet", empty before there are two results
    changed: bool = False  # the trend is beyond what two results differ by chance

    @property
    def last(self) -> TestResultView | None:
        """The latest result, None before there is one."""
        return self.results[0] if self.results else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTestView:
    """One desk test as a page shows it.

    `rule` holds its words: name, summary, set_up, says (the spoken order of each side), camera ("side" or "front"),
    body ("lying" or "standing"), sides, take_s, unit, smallest change. `zones` fit the person's sex and age and run
    along the scale; `norm` says in one sentence for whom they hold. `what_to_do` fits the last results.
    """

    rule: TestRule
    sides: tuple[SideView, ...]
    zones: tuple[ZoneView, ...]
    norm: str
    sources: tuple[Source, ...]
    what_to_do: tuple[WhatToDo, ...]
    better: Literal["higher", "lower"]
    not_for_you: str = ""  # why this person leaves the test out, empty when nothing speaks against it

    @property
    def id(self) -> str:
        """The id of the test."""
        return self.rule.id

    @property
    def last_at(self) -> datetime | None:
        """When the test was last done, None when it never was."""
        return max((side.last.result.at for side in self.sides if side.last is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeProblem:
    """Why a take gave no number, and what to change: one sentence each of `problem` and `said`."""

    problem: str  # an id, such as "wrong_view"
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeView:
    """What a take gave: a result, or the problems; never both.

    `result` is in the units that the person reads, `measured` what is kept: metric.
    `notes` are doubts about a result, such as that the other leg was lifted. `undo` is there once it was kept.
    """

    result: TestResultView | None
    problems: tuple[TakeProblem, ...] = ()
    notes: tuple[str, ...] = ()
    what_to_do: tuple[WhatToDo, ...] = ()
    norm: str = ""
    sources: tuple[Source, ...] = ()
    undo: UUID | None = None
    measured: DeskTest | None = None


# --- The pain diary -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """One place of the body with its last note, None where there is none."""

    place: Place
    last: PainNote | None
    days_28: int  # days with a note of any pain in the last four weeks

    @property
    def level(self) -> int | None:
        """The last level, 0 to 10."""
        return None if self.last is None else self.last.level


@dataclass(frozen=True, slots=True, kw_only=True)
class PainDay:
    """The strongest level of a day, and by place."""

    on: date
    level: int
    by_place: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PainView:
    """The diary: notes (latest first), days (oldest first), how it went, and what to do.

    `advice` has what is most urgent first: kind "stop" (see a clinician), "care", "info". `always` is the sentence
    that stands under the diary whatever is in it.
    """

    places: tuple[PlaceView, ...]
    signs: tuple[Sign, ...]
    notes: tuple[PainNote, ...]
    days: tuple[PainDay, ...]
    trend: str
    advice: tuple[Advice, ...]
    always: str

    @property
    def stops(self) -> bool:
        """Whether anything speaks for seeing a clinician before training on."""
        return any(one.kind == "stop" for one in self.advice)


# --- What the programme makes of it ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One thing that was found, and whether the plan at hand does something about it already: `answer` says what."""

    id: str
    kind: FindingKind
    text: str
    on: date
    in_plan: bool
    answer: str = ""
