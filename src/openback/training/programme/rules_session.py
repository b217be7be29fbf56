"""Rules of one session: whole sets, minutes, how many exercises, what must be in it. All of them always hold."""

from __future__ import annotations

from collections.abc import Iterator

from openback.optimise import Column, Key, Piece, Row
from openback.training.programme.ask import item_s
from openback.training.programme.pieces import choice_of, sets_of, used_on
from openback.training.programme.problem import Problem


def whole_sets(problem: Problem) -> Iterator[Piece]:
    """Every exercise that comes gets a whole number of sets, within its own smallest and largest number.

    One yes-or-no for each possible number of sets: with the seconds of each number known, the relaxed model lies
    closer to the true one than with a whole variable for sets (measured: four times fewer branches on short days).
    Sets, and whether the exercise comes at all, follow from them.
    """
    for exercise_id, day in problem.choices:
        sets, used = sets_of(exercise_id, day), used_on(exercise_id, day)
        counts = problem.counts(exercise_id, day)
        over = day in problem.done
        yield Column(sets, upper=counts[-1])
        yield Column(used, upper=1, lower=1 if over else 0)
        for count in counts:
            yield Column(choice_of(exercise_id, day, count), upper=1, whole=True)
        group = ("whole_sets", exercise_id, day)
        taken: dict[Key, float] = {choice_of(exercise_id, day, count): -1.0 for count in counts}
        yield Row(group, {used: 1.0} | taken, at_least=0, at_most=0)
        counted: dict[Key, float] = {choice_of(exercise_id, day, count): -count for count in counts}
        yield Row(group, {sets: 1.0} | counted, at_least=0, at_most=0)


def minutes(problem: Problem) -> Iterator[Piece]:
    """All sets of a session, with tempo, rest and set-up, fit into the minutes left by warm-up and mobility."""
    for frame in problem.open_frames:
        parts: dict[Key, float] = {
            choice_of(e, frame.day, count): float(item_s(problem.exercise(e), count))
            for e in problem.candidates[frame.day]
            for count in problem.counts(e, frame.day)
        }
        yield Row(("minutes", frame.day), parts, at_most=frame.strength_s)


def most_exercises(problem: Problem) -> Iterator[Piece]:
    """A session has at most six exercises, those of the mobility part included."""
    for frame in problem.open_frames:
        parts: dict[Key, float] = {used_on(e, frame.day): 1.0 for e in problem.candidates[frame.day]}
        yield Row(("most_exercises", frame.day), parts, at_most=frame.most_exercises)


def something_each_day(problem: Problem) -> Iterator[Piece]:
    """Every session trains something."""
    for frame in problem.open_frames:
        parts: dict[Key, float] = {used_on(e, frame.day): 1.0 for e in problem.candidates[frame.day]}
        yield Row(("something_each_day", frame.day), parts, at_least=1)


def session_ceiling(problem: Problem) -> Iterator[Piece]:
    """No muscle gets more sets in one session than can still do something."""
    ceiling = problem.ask.doses.experience[problem.ask.person.experience].session_ceiling
    for frame in problem.open_frames:
        for muscle in problem.bands:
            parts: dict[Key, float] = {
                sets_of(e, frame.day): problem.share[e][muscle]
                for e in problem.candidates[frame.day]
                if muscle in problem.share[e]
            }
            if parts:
                yield Row(("session_ceiling", muscle, frame.day), parts, at_most=ceiling)


def pinned(problem: Problem) -> Iterator[Piece]:
    """What the person pinned to a day comes on that day."""
    for exercise_id, day in sorted(problem.ask.wishes.pinned):
        if day in problem.candidates and day not in problem.done and exercise_id in problem.candidates[day]:
            yield Row(("pinned", exercise_id, day), {used_on(exercise_id, day): 1.0}, at_least=1)
