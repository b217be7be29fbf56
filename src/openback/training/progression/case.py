"""What the rules of the progression look at: the last sessions, the steps that exist, and what each should give."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

from openback.model.exercise import Exercise
from openback.model.log import SetLog
from openback.model.person import Loads, Person
from openback.model.strength import NextSet, RepsForecast, Strength
from openback.training.loads import Ladder, at_most_kg, ladder_kg, step_down_kg, step_up_kg
from openback.training.progression.data import ProgressionData, progression_data
from openback.training.strength.constants import estimate_constants
from openback.training.strength.estimate import exponent_of, moved_kg, reps_forecast, strength_after, utc_day
from openback.training.strength.one_rep_max import log_cost, reps_at_cost
from openback.training.strength.priors import prior_for

BAND_COLOURS: Final = ("tan", "yellow", "red", "green", "blue", "black", "silver", "gold")
_BAND_SPREAD_REPS: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What the programme asks for today: the same fields as its Item."""

    sets: int
    reps: tuple[int, int] | None
    hold_s: tuple[int, int] | None
    rir: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Everything the next prescription depends on.

    `sets` are the logged sets of this exercise, in any order; others are passed over. `strength` is the estimate where
    the caller has one (with priors from related exercises), else it is made from the sets. `last` is what was
    prescribed last time. `held_by_fault` says until when a form fault holds the load:
    `the bar stays in front`. `deload` is an easier
    week of the programme. `names` are exercise names for sentences; `allowed` the exercises a swap may lead to, None
    for any. `day_of` gives the calendar day of a set, the UTC day unless told otherwise.
    """

    exercise: Exercise
    person: Person
    loads: Loads
    planned: Planned
    today: date
    sets: Sequence[SetLog] = ()
    strength: Strength | None = None
    last: NextSet | None = None
    held_by_fault: str | None = None
    deload: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    allowed: frozenset[str] | None = None
    day_of: Callable[[SetLog], date] = utc_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A load that exists: kilograms as logged, or a band's colour, or neither for the body's own weight."""

    load_kg: float | None = None
    band: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """One session of the exercise: the step most sets were done at, and those sets in order of time."""

    day: date
    step: Step
    done: tuple[float, ...]  # reps, or seconds of holds
    rirs: tuple[float, ...]  # reps in reserve, where told
    sets: int  # sets at this step or above; of one side where sides are trained in turn
    pain: int  # the worst that was told, 0 when none was

    @property
    def least(self) -> float:
        """The smallest set."""
        return min(self.done)

    @property
    def rir(self) -> float | None:
        """The least in reserve that was told; None when nothing was."""
        return min(self.rirs, default=None)


@dataclass(frozen=True)
class Case:
    """An `Ask` with what follows from it."""

    ask: Ask
    data: ProgressionData = field(default_factory=progression_data)

    @property
    def exercise(self) -> Exercise:
        """The exercise it is about."""
        return self.ask.exercise

    @property
    def holds(self) -> bool:
        """Whether a set is counted in seconds."""
        return self.ask.planned.hold_s is not None

    @property
    def range(self) -> tuple[int, int]:
        """Lowest and highest of a set, in reps or seconds."""
        planned = self.ask.planned
        return planned.hold_s or planned.reps or self.exercise.dose.reps or (1, 1)

    @cached_property
    def sessions(self) -> tuple[Trained, ...]:
        """The sessions, the last one last."""
        return trained(self.ask.sets, self.ask)

    @property
    def last(self) -> Trained:
        """The last session; only asked where there is one."""
        return self.sessions[-1]

    @property
    def days_since(self) -> int:
        """Days since the last session."""
        return max(0, (self.ask.today - self.last.day).days)

    @property
    def asked_sets(self) -> int:
        """Sets that were asked for last time: what was prescribed, else today's plan."""
        return self.ask.last.sets if self.ask.last else self.ask.planned.sets

    @cached_property
    def ladder(self) -> Ladder:
        """The loads that exist, lightest first."""
        return ladder_kg(self.ask.loads, self.exercise.load)

    @cached_property
    def colours(self) -> tuple[str, ...]:
        """The bands that exist, lightest first."""
        return self.ask.loads.bands or BAND_COLOURS

    @cached_property
    def strength(self) -> Strength | None:
        """The estimate: as given, else from the sets and body mass."""
        if self.ask.strength is not None:
            return self.ask.strength
        return strength_after(
            self.ask.sets,
            exercise=self.exercise,
            mass_kg=self.ask.person.mass_kg,
            prior=prior_for(self.exercise, self.ask.person),
            as_of=self.ask.today,
            day_of=self.ask.day_of,
        )

    # --- Steps that exist ---

    def here(self) -> Step:
        """Return the last session's step, or the nearest easier one that this place has."""
        return self.snapped(self.last.step)

    def snapped(self, step: Step) -> Step:
        """Return the step if it exists here, else the nearest easier one, else the easiest."""
        if self.exercise.load == "band":
            return Step(band=_colour_at_most(self.colours, step.band))
        if step.load_kg is None or not self.ladder:
            return step
        if self.exercise.load == "assist":  # more help is easier
            return Step(load_kg=step_up_kg(self.ladder, step.load_kg - 1e-3) or self.ladder[-1])
        return Step(load_kg=at_most_kg(self.ladder, step.load_kg))

    def harder(self, step: Step) -> Step | None:
        """Return the next harder step; None when there is none, as for the body's own weight."""
        if self.exercise.load == "band":
            return _colour_beside(self.colours, step.band, 1)
        if not step.load_kg and self.exercise.load == "body":
            return None
        if step.load_kg is None or not self.ladder:
            return None
        beside = step_down_kg if self.exercise.load == "assist" else step_up_kg
        load_kg = beside(self.ladder, step.load_kg)
        return None if load_kg is None else Step(load_kg=load_kg)

    def easier(self, step: Step, share: float) -> Step | None:
        """Return a step lighter by about `share` of what is moved, by one step at least; None at the easiest."""
        if self.exercise.load == "band":
            return _colour_beside(self.colours, step.band, -1)
        if not step.load_kg or not self.ladder:
            return None
        if self.exercise.load == "assist":
            moved = moved_kg(self.exercise, step.load_kg, self.ask.person.mass_kg) or 0.0
            wanted = max(step.load_kg + share * moved, step_up_kg(self.ladder, step.load_kg) or step.load_kg)
            found = self.snapped(Step(load_kg=wanted))
            return found if (found.load_kg or 0.0) > step.load_kg else None
        below = step_down_kg(self.ladder, step.load_kg)
        return (
            None
            if below is None
            else Step(load_kg=min(below, at_most_kg(self.ladder, step.load_kg * (1 - share))))
        )

    # --- What a step should give ---

    def forecast(self, step: Step) -> RepsForecast | None:
        """Return the reps expected at a step with today's reps in reserve; None where nothing tells."""
        if self.holds:
            return None
        load_kg = moved_kg(self.exercise, step.load_kg, self.ask.person.mass_kg)
        if self.strength is not None and load_kg is not None:
            if load_kg <= 0:
                return None
            return reps_forecast(self.strength, load_kg, rir=self.ask.planned.rir)
        return self._band_forecast(step) if self.exercise.load == "band" and self.sessions else None

    def _band_forecast(self, step: Step) -> RepsForecast:
        """Return what a colour should give, from the last session and the ratio of one colour to the next."""
        away = _order(self.colours, step.band) - _order(self.colours, self.last.step.band)
        c = estimate_constants()
        rir = c.rir_unknown if self.last.rir is None else self.last.rir
        cost = log_cost(max(self.last.done) + rir) - away * math.log(self.data.band_ratio) / exponent_of(
            self.exercise, c
        )
        reps = max(0.0, reps_at_cost(cost) - self.ask.planned.rir)
        low = max(0.0, reps - _BAND_SPREAD_REPS)
        return RepsForecast(load_kg=math.nan, reps=reps, low=low, high=reps + _BAND_SPREAD_REPS)


def trained(sets: Sequence[SetLog], ask: Ask) -> tuple[Trained, ...]:
    """Return the sessions of the asked exercise, oldest first; warm-ups and drop sets do not count."""
    holds = ask.planned.hold_s is not None
    work = sorted(
        (
            one
            for one in sets
            if one.exercise == ask.exercise.id
            and one.kind == "work"
            and (one.hold_s if holds else one.reps) is not None
            and _tells_load(one, ask.exercise)
        ),
        key=lambda one: (one.at, one.id.int),
    )
    by_session: dict[UUID, list[SetLog]] = {}
    for one in work:
        by_session.setdefault(one.session_id, []).append(one)
    return tuple(_session(group, ask) for group in by_session.values())


def _tells_load(one: SetLog, exercise: Exercise) -> bool:
    if exercise.load == "band":
        return one.band is not None
    return exercise.load in {"body", "none"} or one.load_kg is not None


def _session(sets: Sequence[SetLog], ask: Ask) -> Trained:
    holds = ask.planned.hold_s is not None
    step = _main_step(sets, ask.exercise)
    counted = [one for one in sets if _step_of(one, ask.exercise) == step]
    sides = Counter(one.side for one in counted)
    return Trained(
        day=ask.day_of(sets[0]),
        step=step,
        done=tuple(float((one.hold_s if holds else one.reps) or 0) for one in counted),
        rirs=tuple(one.rir for one in counted if one.rir is not None),
        sets=min(sides.values()) if ask.exercise.one_side_at_a_time and "both" not in sides else len(counted),
        pain=max((one.pain or 0 for one in sets), default=0),
    )


def _step_of(one: SetLog, exercise: Exercise) -> Step:
    if exercise.load == "band":
        return Step(band=one.band)
    if exercise.load == "none":
        return Step()
    return Step(load_kg=(one.load_kg or None) if exercise.load == "body" else one.load_kg)


def _main_step(sets: Sequence[SetLog], exercise: Exercise) -> Step:
    """Return the step of most sets; of equal ones the heaviest."""
    seen = Counter(_step_of(one, exercise) for one in sets)
    return max(seen, key=lambda step: (seen[step], step.load_kg or 0.0, _order(BAND_COLOURS, step.band)))


# --- Bands ---------------------------------------------------------------------------------------


def _order(colours: Sequence[str], colour: str | None) -> int:
    return colours.index(colour) if colour in colours else _usual_order(colours, colour)


def _usual_order(colours: Sequence[str], colour: str | None) -> int:
    """Return where a colour that is not here would stand: after the last one that is lighter."""
    if colour not in BAND_COLOURS:
        return 0
    usual = BAND_COLOURS.index(colour)
    return sum(BAND_COLOURS.index(one) < usual for one in colours if one in BAND_COLOURS) - 1


def _colour_at_most(colours: Sequence[str], colour: str | None) -> str:
    return colours[max(0, _order(colours, colour))]


def _colour_beside(colours: Sequence[str], colour: str | None, by: int) -> Step | None:
    place = _order(colours, colour) + by
    return Step(band=colours[place]) if 0 <= place < len(colours) else None
