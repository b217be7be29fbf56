"""What goes on paper: the programme and a month, already in words and in the person's units.

Those who print know nothing of training; those who train know nothing of millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

PaperSize = Literal["A4", "Letter"]

# --- The programme --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRow:
    """One exercise of a session: `dose` is "3 × 8–12", `load` may be empty, `more` is rest and reserve.

    `picture` is a key of the pictures that come along; `sets` boxes are drawn to write into.
    """

    picture: str
    name: str
    dose: str
    load: str
    more: str
    sets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSheet:
    """One session: its day in words, or "Session 2" where it has no date yet; place and minutes."""

    title: str
    about: str
    rows: tuple[ExerciseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSheet:
    """One week, which is one page. `mark` is a short word such as "Easy week", mostly empty."""

    title: str
    about: str
    mark: str
    sessions: tuple[SessionSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSheets:
    """The whole programme; `written_at` is the only time that the file carries."""

    title: str
    weeks: tuple[WeekSheet, ...]
    size: PaperSize
    written_at: datetime


# --- A month --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Sentences, one paragraph each; `quiet` ones are set small."""

    sentences: tuple[str, ...]
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A number worth seeing at once."""

    name: str
    value: str
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Numbers in a row."""

    facts: tuple[Fact, ...]


DayKind = Literal["done", "moved", "away", "none", "ahead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the month: a session was done, a break or flow, a day away, none of these, or still to come."""

    on: date
    kind: DayKind
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The month as a calendar."""

    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value on a day with its 80 % band; the ends are None where there is no band."""

    on: date
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A course over days: `first` to `last` is the time that the chart shows, `marked_from` on is the month itself.

    `says` is its one sentence. With `top` the scale goes from 0 to there.
    """

    name: str
    unit: str
    points: tuple[Point, ...]
    first: date
    last: date
    marked_from: date
    says: str = ""
    top: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A number with the band it should fall in."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Numbers of one unit, one below the other."""

    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Names with a few words each."""

    items: tuple[tuple[str, str], ...]


Block = Words | Facts | Month | Line | Bars | Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report under its own heading."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReport:
    """A month in numbers, charts and words."""

    title: str
    about: str
    sections: tuple[Section, ...]
    size: PaperSize
    written_at: datetime
