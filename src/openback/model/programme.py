"""A training programme: a block of weeks, its sessions, and the reason of every choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningReason:
    """One sentence of the screening: why a programme stops, or what it changes.

    `see` says whom to see ("your doctor within days"); `rank` orders, 0 the most urgent.
    """

    id: str
    text: str
    see: str
    urgent: bool
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What the screening found.

    `stops` is not empty when no programme may be made, most urgent first.
    `allowed` are the exercises that remain; `banned` says in a sentence why one does not.
    `notes` tell the person what was changed for them. `rir_floor` is the least reps in reserve.
    """

    stops: tuple[ScreeningReason, ...]
    notes: tuple[str, ...]
    banned: Mapping[str, str]
    preferred: frozenset[str]
    rir_floor: int
    set_cap_per_week: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One exercise in one session.

    `reps` (lowest, highest) or `hold_s` (shortest, longest), the other None.
    `load_kg` is None where the exercise has no load or none can be told yet; `band` is a colour.
    `superset` items with the same letter are done in turn.
    """

    exercise: str
    sets: int
    reps: tuple[int, int] | None
    hold_s: tuple[int, int] | None
    rir: int
    rest_s: int
    load_kg: float | None
    band: str | None
    why: str
    mobility: bool = False
    superset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One session of the programme. `week` from 1, `day` from 1 within the week."""

    week: int
    day: int
    place: str
    minutes: float
    items: tuple[Item, ...]
    deload: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SolverReport:
    """How the plan was found: seconds, and the proven relative gap to the optimum."""

    build_s: float
    solve_s: float
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A block of training, or the reasons why there is none.

    `weekly_sets` are fractional sets per muscle in a full week; `weekly_band` the target band.
    """

    status: Literal["ok", "stopped"]
    reasons: tuple[str, ...]
    weeks: int
    sessions: tuple[Session, ...] = ()
    weekly_sets: Mapping[str, float] = field(default_factory=dict)
    weekly_band: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    solver: SolverReport | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the person asked for on top of the profile; days are 1-based days of the week plan.

    `place_of_day` maps a day to a place name; `minutes_of_day` to minutes;
    `pinned` are (exercise, day) that must stay; `banned` exercises that must not come at all,
    `banned_on` (exercise, day) that must not come on that day.
    """

    pinned: frozenset[tuple[str, int]] = frozenset()
    banned: frozenset[str] = frozenset()
    banned_on: frozenset[tuple[str, int]] = frozenset()
    place_of_day: Mapping[int, str] = field(default_factory=dict)
    style_of_day: Mapping[int, Literal["strength", "yoga"]] = field(default_factory=dict)
    minutes_of_day: Mapping[int, int] = field(default_factory=dict)
