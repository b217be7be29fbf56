"""Training history that came from somewhere else, before it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from openback.model.eating_history import EatingHistory
from openback.model.log import MassLog, SessionLog, SetLog

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Unit = Literal["kg", "lb"]
HistoryFormat = Literal["strong", "hevy", "fitnotes", "wger", "openback"]
# How the unit of the loads is known: the file says it in a column name or beside every load ("file");
# most rows say it and lend it to the rows that do not ("rows"); the person said it ("told"); the
# numbers give it away, such as 61.23492, which is 135 lb in kg ("values"); nobody knows, so the
# person's own unit was taken ("own").
UnitFrom = Literal["file", "rows", "told", "values", "own"]
How = Literal["exact", "alias", "fuzzy", "remembered", "kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRow:
    """A row that could not be kept; `line` is the line of the file where it starts, from 1."""

    line: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySession:
    """A session as the file has it; `line` is where it is first seen."""

    line: int
    log: SessionLog


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySet:
    """A set as the file has it; `log.exercise` is still the name that the file uses.

    `superset` groups the exercises of a session that were done in turn, empty when they were not.
    """

    line: int
    log: SetLog
    superset: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a file holds. Every row is accounted for: `read == kept + len(skipped)`.

    A row is a set (in our own archive also a session, a body mass, a record about eating, or an entry of the journal). Loads are in kg whatever
    `unit` says; `unit` is what most rows of the file were written in. `notes` are sentences for the
    person: what was put right, and what was assumed.
    """

    format: HistoryFormat
    unit: Unit
    unit_from: UnitFrom
    read: int
    kept: int
    skipped: tuple[SkippedRow, ...]
    sessions: tuple[HistorySession, ...]
    sets: tuple[HistorySet, ...]
    mass: tuple[MassLog, ...] = ()
    notes: tuple[str, ...] = ()
    eating: EatingHistory = field(default_factory=EatingHistory)
    journal: tuple[DataclassInstance, ...] = ()  # values of `model.journal`

    @property
    def unit_known(self) -> bool:
        """Whether the unit is more than the person's own taken for want of better: if not, ask."""
        return self.unit_from != "own"

    @property
    def names(self) -> Mapping[str, int]:
        """Exercise names of the file and how many sets each has, in the order they appear."""
        counts: dict[str, int] = {}
        for row in self.sets:
            counts[row.log.exercise] = counts.get(row.log.exercise, 0) + 1
        return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """What an exercise name of a file means: `to` is an exercise id, None when the name stays its own."""

    from_: str
    to: str | None
    how: How
