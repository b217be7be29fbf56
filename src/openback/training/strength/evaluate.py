"""How well the reps of a log are predicted, each set from its load and earlier days only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

import numpy as np

from openback.training.strength.constants import PredictConstants, predict_constants
from openback.training.strength.days import MOST_REPS, Day, History, LoggedSet, histories
from openback.training.strength.habit import (
    Floats,
    band_reps,
    middle_reps,
    reps_chances,
    stretched,
    width_after,
)
from openback.training.strength.spell import (
    Scatter,
    Spell,
    scatter_after,
    scatter_factor,
    scatter_on_day,
    spell_after,
    spell_on_day,
    spell_reps,
)
from openback.training.strength.state_space import (
    CurveState,
    after_set,
    forecast_at,
    on_day,
    started,
    with_load,
)

SHORTEST_HISTORY_DAYS: Final = 8
FIRST_PREDICTED: Final = 4  # the fifth day
LONGEST_GAP_DAYS: Final = 60
GREATEST_JUMP: Final = 2.0

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """One predicted set: `reps` were done, `predicted` (whole) were expected, in a band of 80 %.

    `same_reps` and `last_epley` are what the two simple rules said; `log_chance` of what was done.
    """

    lifter: str
    exercise: str
    day: int
    load: float
    reps: float
    predicted: float
    low: float
    high: float
    same_reps: float
    last_epley: float
    log_chance: float

    @property
    def within(self) -> bool:
        """Whether the band held what was done."""
        return self.low <= self.reps <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionReport:
    """Mean absolute errors in reps and the share of bands that held; None when nothing could be predicted."""

    predictions: int
    mae_reps: float | None
    band80_coverage: float | None
    same_reps: float | None
    last_epley: float | None
    rows: tuple[Prediction, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A set before it is done: what strength, spell, scatter and habit say of it."""

    lifter: str
    exercise: str
    day: Day
    last: Day | None
    counted: bool
    mean: float
    spell: float
    sd: float
    scatter: float
    counts: Floats


def predict_log(
    sets: Iterable[LoggedSet], constants: PredictConstants | None = None, *, progress: Progress | None = None
) -> PredictionReport:
    """Return how far predictions were off, by the protocol of `docs/accuracy.md`.

    Sets may come in any order. `progress` is told lifters done and lifters in all.
    """
    c = constants or predict_constants()
    lifters = histories(sets)
    rows: list[Prediction] = []
    for done, (lifter, exercises) in enumerate(lifters.items(), 1):
        asked = tuple(_lifter(lifter, exercises, c))
        rows += [row for one, row in zip(asked, _predictions(asked, c), strict=True) if one.counted]
        if progress:
            progress(done, len(lifters))
    return report(rows)


def report(rows: Sequence[Prediction]) -> PredictionReport:
    """Return the figures over these predictions."""
    if not rows:
        return PredictionReport(
            predictions=0, mae_reps=None, band80_coverage=None, same_reps=None, last_epley=None
        )
    done = np.array([row.reps for row in rows])

    def off(guesses: Sequence[float]) -> float:
        return float(np.abs(done - np.array(guesses)).mean())

    return PredictionReport(
        predictions=len(rows),
        mae_reps=off([row.predicted for row in rows]),
        band80_coverage=float(np.mean([row.within for row in rows])),
        same_reps=off([row.same_reps for row in rows]),
        last_epley=off([row.last_epley for row in rows]),
        rows=tuple(rows),
    )


def counts_as_prediction(history: History, place: int) -> bool:
    """Return whether the protocol predicts day `place` of this history."""
    if len(history) < SHORTEST_HISTORY_DAYS or place < FIRST_PREDICTED:
        return False
    day, before = history[place], history[place - 1]
    jump = day.value / before.value
    return day.day - before.day <= LONGEST_GAP_DAYS and 1 / GREATEST_JUMP <= jump <= GREATEST_JUMP


def last_epley_reps(last: Day, load: float) -> float:
    """Return the whole reps, 1 to 15, at `load` if the last day's value `load * (1 + reps / 30)` still held."""
    return float(min(MOST_REPS, max(1, round(30 * (last.value / load - 1)))))


@dataclass(slots=True)
class _Person:
    """What is known of one lifter as the days go by; changes with every day."""

    spell: Spell
    scatter: Scatter
    counts: Floats
    curves: dict[str, CurveState]
    habits: dict[str, Floats]


def _lifter(lifter: str, exercises: Mapping[str, History], c: PredictConstants) -> Iterator[_Asked]:
    """Yield every day of every exercise in order of time, each asked before any set of its day is known."""
    days = sorted(
        (day.day, name, place) for name, history in exercises.items() for place, day in enumerate(history)
    )
    start = days[0][0]
    person = _Person(Spell(day=start), Scatter(day=start), np.zeros(MOST_REPS), {}, {})
    for today, group in groupby(days, key=lambda entry: entry[0]):
        _pass_time(person, today, c)
        asked = [_ask(lifter, name, exercises[name], place, person, c) for _, name, place in group]
        yield from asked
        _learn(person, asked, c)


def _pass_time(person: _Person, today: int, c: PredictConstants) -> None:
    person.counts = person.counts * np.exp(-(today - person.spell.day) / c.habit.days)
    person.spell = spell_on_day(person.spell, today, c.spell)
    person.scatter = scatter_on_day(person.scatter, today, c.scatter)


def _ask(
    lifter: str, name: str, history: History, place: int, person: _Person, c: PredictConstants
) -> _Asked:
    day = history[place]
    curve = person.curves.get(name) or started(day.day, day.load, c.curve)
    curve, place_of_load = with_load(on_day(curve, day.day, c.curve), day.load, c.curve)
    person.curves[name] = curve
    mean, variance = forecast_at(curve, place_of_load, c.curve)
    return _Asked(
        lifter=lifter,
        exercise=name,
        day=day,
        last=history[place - 1] if place else None,
        counted=counts_as_prediction(history, place),
        mean=mean,
        spell=spell_reps(person.spell, c.spell),
        sd=float(np.sqrt(variance)),
        scatter=scatter_factor(person.scatter, c.scatter),
        counts=person.habits.get(name, 0.0) + c.habit.person_share * person.counts,
    )


def _learn(person: _Person, asked: Sequence[_Asked], c: PredictConstants) -> None:
    """Take in what was done today."""
    off = [one.day.reps - one.mean for one in asked]
    person.scatter = scatter_after(
        person.scatter, [(step - one.spell) / one.sd for step, one in zip(off, asked, strict=True)]
    )
    person.spell = spell_after(person.spell, off, c.spell)
    for one in asked:
        curve = after_set(
            person.curves[one.exercise], one.day.load, one.day.reps, c.curve.set_sd_reps, c.curve
        )
        for load, reps in one.day.others:
            done = reps + c.curve.other_set_fewer_reps
            curve = after_set(curve, load, done, c.curve.other_set_sd_reps, c.curve)
        person.curves[one.exercise] = curve
        stopped = np.zeros(MOST_REPS)
        stopped[round(one.day.reps) - 1] = 1.0
        kept = 1 - 1 / c.habit.sessions
        person.habits[one.exercise] = person.habits.get(one.exercise, 0.0) * kept + stopped
        person.counts = person.counts + stopped


def _predictions(asked: Sequence[_Asked], c: PredictConstants) -> tuple[Prediction, ...]:
    """Return a prediction for each set of one lifter, in order of time."""
    chances = reps_chances(
        np.array([one.mean + one.spell for one in asked]),
        np.array([one.sd * one.scatter for one in asked]),
        np.stack([one.counts for one in asked]),
        c.habit,
    )
    middle = middle_reps(chances)
    bands = _bands(asked, chances, c)
    return tuple(_prediction(one, chances[n], float(middle[n]), bands[n]) for n, one in enumerate(asked))


def _bands(asked: Sequence[_Asked], chances: Floats, c: PredictConstants) -> list[tuple[float, float]]:
    """Return a band for each set; how wide they are follows how the person's earlier bands held."""
    width = c.habit.band_width
    plain = band_reps(chances)
    bands: list[tuple[float, float]] = []
    for _, today in groupby(enumerate(asked), key=lambda pair: pair[1].day.day):
        places, sets = zip(*today, strict=True)
        low, high = stretched(plain[:, list(places)], width)
        bands += zip(low.tolist(), high.tolist(), strict=True)
        held = [bool(low[n] <= one.day.reps <= high[n]) for n, one in enumerate(sets)]
        width = width_after(width, held, c.habit)
    return bands


def _prediction(asked: _Asked, chances: Floats, middle: float, band: tuple[float, float]) -> Prediction:
    last = asked.last or asked.day  # a prediction that counts always has a day before it
    return Prediction(
        lifter=asked.lifter,
        exercise=asked.exercise,
        day=asked.day.day,
        load=asked.day.load,
        reps=asked.day.reps,
        predicted=middle,
        low=band[0],
        high=band[1],
        same_reps=last.reps,
        last_epley=last_epley_reps(last, asked.day.load),
        log_chance=float(np.log(chances[round(asked.day.reps) - 1])),
    )
