"""How logged sets count for muscles, week by week. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from openback.model.exercise import Catalogue
from openback.model.log import SetLog

# A hold counts as a set only when it is long enough to tire the muscle (evidence 1.2, project default).
SHORTEST_HOLD_S: Final = 20


def counts(one_set: SetLog) -> bool:
    """Return whether a set counts towards the week: work and drop sets, holds from 20 seconds."""
    if one_set.kind == "warm_up":
        return False
    if one_set.hold_s is not None:
        return one_set.hold_s >= SHORTEST_HOLD_S
    return bool(one_set.reps)


def muscle_sets(catalogue: Catalogue, sets: Iterable[SetLog]) -> Mapping[str, float]:
    """Return fractional sets per muscle; a left and a right set are half a set each.

    An exercise that the catalogue does not know counts for no muscle.
    """
    total: dict[str, float] = defaultdict(float)
    for one_set in sets:
        exercise = catalogue.exercises.get(one_set.exercise)
        if exercise is None or not counts(one_set):
            continue
        part = 1.0 if one_set.side == "both" else 0.5
        for muscle, share in exercise.muscles.items():
            total[muscle] += share * part
    return dict(total)


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def local_day(one_set: SetLog) -> date:
    """Return the calendar day of a set where the person is."""
    return one_set.at.astimezone().date()


def local_day_of(at: datetime) -> date:
    """Return the calendar day of an instant where the person is."""
    return at.astimezone().date()


def midnight(day: date) -> datetime:
    """Return the instant when a day begins where the person is."""
    return datetime.combine(day, time()).astimezone()


def week_span(day: date) -> tuple[datetime, datetime]:
    """Return where the day's week begins and where the next one does, also when clocks change in it."""
    monday = monday_of(day)
    return midnight(monday), midnight(monday + timedelta(days=7))


def by_week(sets: Iterable[SetLog]) -> Mapping[date, tuple[SetLog, ...]]:
    """Return the sets of each week by its Monday, oldest first."""
    weeks: dict[date, list[SetLog]] = defaultdict(list)
    for one_set in sets:
        weeks[monday_of(local_day(one_set))].append(one_set)
    return {monday: tuple(weeks[monday]) for monday in sorted(weeks)}
