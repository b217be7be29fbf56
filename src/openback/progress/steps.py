"""Thirty steps to a strong back: from what was counted, which are reached, since when, and how far the next is. Pure.

The steps stand in `data/steps.toml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final, Literal, cast, get_args

from openback.datafile import Table, read_table

StepKind = Literal["consistency", "skill", "strength"]
Measure = Literal[
    "sessions", "whole_weeks", "streak_weeks", "easy_weeks", "blocks", "comebacks", "flows",
    "watched_sets", "clean_sets", "clean_rows", "clean_pulls", "clean_shrugs", "clean_holds", "clean_sessions",
    "bests", "gain_percent", "lifts_up", "pull_percent", "hangs", "pull_ups",
]  # fmt: skip
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)
KINDS: Final[tuple[StepKind, ...]] = get_args(StepKind)
HOW_MANY: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One of the thirty: reached on the first day on which `measure` is at least `at_least`."""

    id: str
    name: str
    kind: StepKind
    measure: Measure
    at_least: float
    says: str  # what to do
    done: str  # what is said once it is reached
    so_far: str = ""  # with {now} and {goal}; empty where one is all it takes


@dataclass(frozen=True, slots=True, kw_only=True)
class StepData:
    """The thirty steps in the order of the path, and the numbers that count for them."""

    steps: tuple[Step, ...]
    week_share: float
    least_reps: int
    least_hold_s: float
    least_told: float
    session_sets: int
    least_days: int
    lift_percent: float
    pull_reps: int
    comeback_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """From this day on a measure has this value."""

    on: date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was counted: how each measure rose, oldest first; a measure that never rose is missing.

    `now` has the present value of a measure that can also fall, as the weeks in a row.
    """

    rises: Mapping[Measure, Sequence[Rise]] = field(default_factory=dict)
    now: Mapping[Measure, float] = field(default_factory=dict)


def counted(days: Iterable[date]) -> tuple[Rise, ...]:
    """Return how a count rose with each of these days, in whichever order they come."""
    total = 0
    rises = []
    for on, times in sorted(Counter(days).items()):
        total += times
        rises.append(Rise(on=on, value=float(total)))
    return tuple(rises)


def highest(points: Iterable[tuple[date, float]]) -> tuple[Rise, ...]:
    """Return how the best of these values rose, in whichever order they come; what is not above zero is left out."""
    best = 0.0
    rises: list[Rise] = []
    for on, value in sorted(points):
        if value <= best:
            continue
        best = value
        if rises and rises[-1].on == on:
            rises.pop()
        rises.append(Rise(on=on, value=value))
    return tuple(rises)


def reached(steps: Iterable[Step], facts: Facts) -> dict[str, date]:
    """Return the steps that are reached, by id, each with its day."""
    days = {step.id: _first_day(step, facts) for step in steps}
    return {step_id: on for step_id, on in days.items() if on is not None}


def _first_day(step: Step, facts: Facts) -> date | None:
    rises = facts.rises.get(step.measure, ())
    return min((rise.on for rise in rises if rise.value >= step.at_least), default=None)


def value_now(step: Step, facts: Facts) -> float:
    """Return how far the measure of a step is at present, 0 when nothing was counted."""
    if step.measure in facts.now:
        return facts.now[step.measure]
    return max((rise.value for rise in facts.rises.get(step.measure, ())), default=0.0)


def share(step: Step, facts: Facts) -> float:
    """Return which part of the way to a step is done, 0 to 1."""
    return min(1.0, max(0.0, value_now(step, facts) / step.at_least))


def next_step(steps: Iterable[Step], facts: Facts, done: Iterable[str]) -> Step | None:
    """Return the open step that is nearest, the first on the path among equals; None when all are reached."""
    behind = frozenset(done)
    left = [step for step in steps if step.id not in behind]
    return max(left, key=lambda step: share(step, facts), default=None)


# --- The file ---------------------------------------------------------------------------------------


@cache
def step_data() -> StepData:
    """Return the thirty steps of the package."""
    return step_data_from(read_table("steps.toml"))


def step_data_from(table: Table) -> StepData:
    """Return the steps of a file, or raise BadDataFile with every problem."""
    weeks, watching, strength = (table.table(name) for name in ("streak", "watching", "strength"))
    steps = tuple(_step(one) for one in table.tables("step"))
    data = StepData(
        steps=steps,
        week_share=weeks.number("week_share"),
        least_reps=watching.whole("least_reps"),
        least_hold_s=watching.number("least_hold_s"),
        least_told=watching.number("least_told"),
        session_sets=watching.whole("session_sets"),
        least_days=strength.whole("least_days"),
        lift_percent=strength.number("lift_percent"),
        pull_reps=strength.whole("pull_reps"),
        comeback_days=strength.whole("comeback_days"),
    )
    if len(steps) != HOW_MANY:
        table.note("step", f"must be there {HOW_MANY} times, not {len(steps)}")
    for step_id, times in Counter(step.id for step in steps).items():
        if times > 1:
            table.note("step", f"has {step_id!r} {times} times")
    if not 0 < data.week_share <= 1:
        weeks.note("week_share", "must be above 0 and at most 1")
    table.settle()
    return data


def _step(table: Table) -> Step:
    kind, measure = table.text("kind"), table.text("measure")
    if kind not in KINDS:
        table.note("kind", f"must be one of {', '.join(KINDS)}")
    if measure not in MEASURES:
        table.note("measure", f"must be one of {', '.join(MEASURES)}")
    at_least = table.number("at_least")
    if at_least <= 0:
        table.note("at_least", "must be above 0")
    so_far = table.text("so_far", default="")
    if at_least > 1 and not ("{now}" in so_far and "{goal}" in so_far):
        table.note("so_far", "must say {now} and {goal}")
    return Step(
        id=table.text("id"),
        name=table.text("name"),
        kind=cast("StepKind", kind),
        measure=cast("Measure", measure),
        at_least=at_least,
        says=table.text("says"),
        done=table.text("done"),
        so_far=so_far,
    )
