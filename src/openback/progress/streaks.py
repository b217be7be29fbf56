"""The weekly streak, which knows rest: a week is kept, paused, open or broken. Pure.

Days of rest inside a week cost nothing, because only weeks count. A week in which nothing could be expected,
or of which a day was told as away, is paused when too little was done: it neither breaks the streak nor adds to it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

WeekState = Literal["kept", "paused", "open", "broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week from its Monday, as far as a streak wants to know.

    `planned` sessions fell on days that were free for them; None where nothing was planned by anybody.
    `done_on` are the days of the sessions that were done, oldest first. `excused` says that a day of the week
    was told as away, or that no training was advised in it. `over` is false for the week that runs.
    """

    monday: date
    planned: int | None = None
    done_on: tuple[date, ...] = ()
    excused: bool = False
    over: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """The weeks in a row up to now and at best, the state of each week, and the days on which the row grew.

    `grew` has each day with the length that the row had from then on.
    """

    weeks: int = 0
    best: int = 0
    states: tuple[WeekState, ...] = ()
    grew: tuple[tuple[date, int], ...] = field(default=())


def needed(week: Week, share: float) -> int:
    """Return how many sessions keep a week: `share` of those planned, rounded up, and at least one."""
    # A hair is taken off, so that 0.2 of 5 is 1 and not, for the sake of a last binary digit, 2.
    return max(1, math.ceil((week.planned or 0) * share - 1e-9))


def state(week: Week, share: float) -> WeekState:
    """Return how a week stands."""
    if len(week.done_on) >= needed(week, share):
        return "kept"
    if not week.over:
        return "open"
    return "paused" if week.excused or week.planned == 0 else "broken"


def streak(weeks: Sequence[Week], share: float) -> Streak:
    """Return the streak of consecutive weeks, oldest first; nothing without weeks."""
    states = tuple(state(week, share) for week in weeks)
    row, best = 0, 0
    grew: list[tuple[date, int]] = []
    for week, how in zip(weeks, states, strict=True):
        if how == "kept":
            row += 1
            grew.append((sorted(week.done_on)[needed(week, share) - 1], row))
        elif how == "broken":
            row = 0
        best = max(best, row)
    return Streak(weeks=row, best=best, states=states, grew=tuple(grew))
