"""The planning problem: facts worked out once from what is asked, which the rules then read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from openback.model.exercise import Exercise
from openback.training.dose import Band, counted_share, most_weekly_sets, weekly_bands
from openback.training.findings import with_findings
from openback.training.programme.ask import Ask, Frame, candidates, frame

Week = Mapping[int, Mapping[str, int]]  # day -> exercise -> sets


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One week to fill.

    `candidates` are exercises per day; `share` the counted part of a set per exercise and muscle, zeros left out;
    `least` are muscles that must reach the low end of their band;
    `done` are days that are over, with their sets; `former` is the plan that should change little.
    """

    ask: Ask
    frames: tuple[Frame, ...]
    candidates: Mapping[int, tuple[str, ...]]
    bands: Mapping[str, Band]
    share: Mapping[str, Mapping[str, float]]
    done: Week = field(default_factory=dict)
    former: Week = field(default_factory=dict)
    least: frozenset[str] = frozenset()

    def exercise(self, exercise_id: str) -> Exercise:
        """Return the exercise with this id."""
        return self.ask.catalogue.exercises[exercise_id]

    def counts(self, exercise_id: str, day: int) -> tuple[int, ...]:
        """Return the numbers of sets that may come, fewest first; on a day that is over the one that was done."""
        if day in self.done:
            return (self.done[day][exercise_id],)
        fewest, most = self.exercise(exercise_id).dose.sets
        return tuple(range(fewest, most + 1))

    @property
    def open_frames(self) -> tuple[Frame, ...]:
        """The days that are still to be filled."""
        return tuple(f for f in self.frames if f.day not in self.done)

    @property
    def choices(self) -> tuple[tuple[str, int], ...]:
        """Every (exercise, day) that may be chosen or is done, by day, then in the catalogue's order."""
        return tuple((e, f.day) for f in self.frames for e in self.candidates[f.day])

    def days_with(self, exercise_id: str) -> tuple[int, ...]:
        """Return the days on which an exercise may come."""
        return tuple(f.day for f in self.frames if exercise_id in self.candidates[f.day])

    @property
    def choosable(self) -> tuple[str, ...]:
        """Exercises that may come on at least one day, in the catalogue's order."""
        seen = {e for found in self.candidates.values() for e in found}
        return tuple(e for e in self.ask.catalogue.exercises if e in seen)


def pose(
    ask: Ask, *, done: Week | None = None, former: Week | None = None, skipped: frozenset[int] = frozenset()
) -> Problem:
    """Return the problem of filling one week; `skipped` days are not filled."""
    done = done or {}
    days = [d for d in range(1, ask.person.days_per_week + 1) if d not in skipped]
    frames = tuple(frame(ask, day) for day in days)
    found = {f.day: tuple(done[f.day]) if f.day in done else candidates(ask, f) for f in frames}
    exercises = {e for ids in found.values() for e in ids}
    share = {
        e: {
            m: part
            for m in ask.catalogue.muscles
            if (part := counted_share(ask.catalogue.exercises[e], m, ask.doses))
        }
        for e in ask.catalogue.exercises
        if e in exercises
    }
    return Problem(
        ask=ask,
        frames=frames,
        candidates=found,
        bands=with_findings(
            weekly_bands(ask.person, ask.catalogue, ask.doses, ask.screened),
            ask.findings,
            most=most_weekly_sets(ask.person, ask.doses, ask.screened),
        ),
        share=share,
        done={day: sets for day, sets in done.items() if day in days},
        former=former or {},
    )
