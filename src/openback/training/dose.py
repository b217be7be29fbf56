"""The weekly dose: bands of fractional sets per muscle, the weeks of a block, and the prices of the planner.

All numbers stand in `data/dose.toml` with their sources; evidence 3.1 and 3.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from openback.datafile import Table, read_table
from openback.model.exercise import Catalogue, Exercise, Level
from openback.model.person import Experience, Goal, Person
from openback.model.programme import Screened

LEVELS: Final[tuple[Level, ...]] = ("beginner", "intermediate", "advanced")
EXPERIENCES: Final[tuple[Experience, ...]] = ("new", "some", "trained")
GOALS: Final[tuple[Goal, ...]] = ("tone", "posture", "pain_relief", "keep_muscle", "first_pull_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Seconds of a session that are not lifting, for sessions from `from_minutes` on."""

    from_minutes: int
    warm_up_s: int
    mobility_s: int
    mobility_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekStep:
    """One week of a block: the share of the full sets, and reps in reserve."""

    share: float
    rir_multi: int
    rir_single: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperienceDose:
    """What somebody with this experience gets in a week; sets are fractional, per muscle."""

    primary_sets: tuple[float, float]
    other_sets: tuple[float, float]
    other_minimum_sets: float
    session_ceiling: float
    repeat_days: int
    level_price: Mapping[Level, float]
    weeks: tuple[WeekStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDose:
    """What a goal makes heavier; `why` ends a sentence."""

    why: str
    muscles: Mapping[str, float]
    favours: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lighter:
    """Exercises of these patterns get these reps with a complaint."""

    patterns: tuple[str, ...]
    reps: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What one thing is worth against another, in points."""

    to_minimum: float
    to_low: float
    to_middle: float
    to_high: float
    other_share: float
    second_session: float
    pull_missing: float
    classic: float
    classic_day: float
    liked: float
    disliked: float
    preferred: float
    favoured: float
    familiar: float
    each_exercise: float
    repeat: float
    similar: float
    fullest: float
    kept: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Doses:
    """`data/dose.toml` as values."""

    minimum_sets: float
    cap_sets: float
    sessions_per_region: int
    counting_hold_s: int
    most_exercises: int
    similar_per_session: int
    even_from_minutes: int
    classic: tuple[str, ...]
    clocks: tuple[Clock, ...]
    experience: Mapping[Experience, ExperienceDose]
    goals: Mapping[Goal, GoalDose]
    lighter: Mapping[str, Lighter]  # by complaint
    deload_share: float
    deload_more_rir: int
    prices: Prices

    def clock(self, minutes: int) -> Clock:
        """Return the clock of a session of so many minutes."""
        return [c for c in self.clocks if c.from_minutes <= minutes or c is self.clocks[0]][-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Weekly fractional sets of one muscle: the least that does something, and the band to be in."""

    muscle: str
    primary: bool
    minimum: float
    low: float
    high: float
    weight: float  # how much a set is worth by the person's goals, 1 when nothing speaks for it


def _clock(table: Table) -> Clock:
    return Clock(
        from_minutes=table.whole("from_minutes"),
        warm_up_s=table.whole("warm_up_s"),
        mobility_s=table.whole("mobility_s"),
        mobility_items=table.whole("mobility_items"),
    )


def _experience(table: Table) -> ExperienceDose:
    levels = table.table("level_price")
    weeks = tuple(
        WeekStep(share=w.number("share"), rir_multi=w.whole("rir_multi"), rir_single=w.whole("rir_single"))
        for w in table.tables("weeks")
    )
    if not 4 <= len(weeks) <= 6:
        table.note("weeks", f"has {len(weeks)} weeks, a block has 4 to 6")
    return ExperienceDose(
        primary_sets=table.span("primary_sets"),
        other_sets=table.span("other_sets"),
        other_minimum_sets=table.number("other_minimum_sets"),
        session_ceiling=table.number("session_ceiling"),
        repeat_days=table.whole("repeat_days"),
        level_price={level: levels.number(level) for level in LEVELS},
        weeks=weeks,
    )


def _goal(table: Table) -> GoalDose:
    return GoalDose(why=table.text("why"), muscles=table.numbers("muscles"), favours=table.words("favours"))


def _lighter(table: Table) -> Lighter:
    low, high = table.span("reps")
    return Lighter(patterns=table.words("patterns"), reps=(int(low), int(high)))


def doses_from(text: str | None = None) -> Doses:
    """Return the doses written in `text` (in `data/dose.toml` when None).

    Raises BadDataFile with every problem of it.
    """
    root = read_table("dose.toml", text)
    experience, goals, deload, price = (root.table(key) for key in ("experience", "goal", "deload", "price"))
    lighter = root.table("lighter")
    clocks = tuple(_clock(table) for table in root.tables("clock"))
    if [c.from_minutes for c in clocks] != sorted({c.from_minutes for c in clocks}) or not clocks:
        root.note("clock", "must rise by from_minutes")
    found = Doses(
        minimum_sets=root.number("minimum_sets"),
        cap_sets=root.number("cap_sets"),
        sessions_per_region=root.whole("sessions_per_region"),
        counting_hold_s=root.whole("counting_hold_s"),
        most_exercises=root.whole("most_exercises"),
        similar_per_session=root.whole("similar_per_session"),
        even_from_minutes=root.whole("even_from_minutes"),
        classic=root.words("classic"),
        clocks=clocks,
        experience={key: _experience(experience.table(key)) for key in EXPERIENCES},
        goals={key: _goal(goals.table(key)) for key in GOALS},
        lighter={key: _lighter(lighter.table(key)) for key in lighter.keys()},  # noqa: SIM118 - not a mapping
        deload_share=deload.number("share"),
        deload_more_rir=deload.whole("more_rir"),
        prices=Prices(**{name: price.number(name) for name in Prices.__slots__}),
    )
    root.settle()
    return found


@cache
def load_doses() -> Doses:
    """Return `data/dose.toml` as values; raise BadDataFile with every problem of it."""
    return doses_from()


def goal_weights(person: Person) -> dict[Goal, float]:
    """Return how much each goal counts: the first most, each next one half of the one before; the sum is 1."""
    raw = {goal: 0.5**n for n, goal in enumerate(person.goals)}
    total = sum(raw.values())
    return {goal: weight / total for goal, weight in raw.items()}


def most_weekly_sets(person: Person, doses: Doses, screened: Screened | None = None) -> float:
    """Return the most fractional sets that any muscle may get in a week."""
    most = min(doses.cap_sets, doses.experience[person.experience].session_ceiling * person.days_per_week)
    if screened is not None and screened.set_cap_per_week is not None:
        most = min(most, screened.set_cap_per_week)
    return most


def weekly_bands(
    person: Person, catalogue: Catalogue, doses: Doses, screened: Screened | None = None
) -> dict[str, Band]:
    """Return the weekly band of each muscle, in fractional sets, in the catalogue's order.

    A few days a week narrow it: no more fits than the ceiling of a session times the days.
    """
    dose = doses.experience[person.experience]
    most = most_weekly_sets(person, doses, screened)
    weights = goal_weights(person)
    bands: dict[str, Band] = {}
    for muscle in catalogue.muscles.values():
        low, high = dose.primary_sets if muscle.primary else dose.other_sets
        minimum = doses.minimum_sets if muscle.primary else dose.other_minimum_sets
        factor = sum(w * doses.goals[goal].muscles.get(muscle.id, 1.0) for goal, w in weights.items())
        bands[muscle.id] = Band(
            muscle=muscle.id,
            primary=muscle.primary,
            minimum=min(minimum, low, most),
            low=min(low, most),
            high=min(high, most),
            weight=factor or 1.0,
        )
    return bands


def counted_share(exercise: Exercise, muscle: str, doses: Doses) -> float:
    """Return the part of one set that counts for `muscle`, 0 to 1; a hold that is too short counts 0."""
    hold_s = exercise.dose.hold_s
    if hold_s is not None and hold_s[1] < doses.counting_hold_s:
        return 0.0
    return exercise.muscles.get(muscle, 0.0)


def fractional_sets(sets: Iterable[tuple[str, int]], catalogue: Catalogue, doses: Doses) -> dict[str, float]:
    """Return fractional sets per muscle of (exercise id, sets), in the catalogue's order of muscles."""
    total = dict.fromkeys(catalogue.muscles, 0.0)
    for exercise_id, count in sets:
        exercise = catalogue.exercises[exercise_id]
        for muscle in total:
            total[muscle] += count * counted_share(exercise, muscle, doses)
    return total
