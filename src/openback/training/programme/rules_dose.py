"""Rules of the week: how many fractional sets each muscle gets, and on how many days."""

from __future__ import annotations

from collections.abc import Iterator

from openback.optimise import Column, Key, Piece, Row
from openback.training.dose import Band, Prices
from openback.training.programme.pieces import sets_of, used_on
from openback.training.programme.problem import Problem


def muscle_parts(problem: Problem, muscle: str) -> dict[Key, float]:
    """Return the sum of fractional sets that a muscle gets in the week, as parts of a row."""
    return {
        sets_of(e, day): problem.share[e][muscle] for e, day in problem.choices if muscle in problem.share[e]
    }


def weekly_most(problem: Problem) -> Iterator[Piece]:
    """No muscle gets more sets in the week than the upper end of its band, unless done or pinned ones bring more.

    What is done is done, and what is pinned is wanted: they may go beyond the band, up to the cap.
    """
    done, pinned = done_sets(problem), pinned_sets(problem)
    for muscle, band in problem.bands.items():
        if parts := muscle_parts(problem, muscle):
            wanted = min(done[muscle] + pinned[muscle], problem.ask.doses.cap_sets)
            yield Row(("weekly_most", muscle), parts, at_most=max(band.high, wanted, done[muscle]))


def weekly_least(problem: Problem) -> Iterator[Piece]:
    """The regions of the upper back reach the low end of their bands wherever some week brings all of them there."""
    for muscle, band in problem.bands.items():
        if muscle in problem.least:
            yield Row(("weekly_least", muscle), muscle_parts(problem, muscle), at_least=band.low)


def pinned_sets(problem: Problem) -> dict[str, float]:
    """Return the fractional sets per muscle that the pins bring at their fewest sets."""
    sets = dict.fromkeys(problem.bands, 0.0)
    for exercise_id, day in problem.ask.wishes.pinned:
        if day not in problem.done and exercise_id in problem.candidates.get(day, ()):
            for muscle, share in problem.share[exercise_id].items():
                sets[muscle] += share * problem.counts(exercise_id, day)[0]
    return sets


def done_sets(problem: Problem) -> dict[str, float]:
    """Return the fractional sets per muscle of the days that are over."""
    return {
        muscle: sum(
            count * problem.share[e].get(muscle, 0.0)
            for sets in problem.done.values()
            for e, count in sets.items()
        )
        for muscle in problem.bands
    }


def benefit_steps(band: Band, prices: Prices) -> tuple[tuple[float, float], ...]:
    """Return (sets, points for each set) of each step of the benefit, the most valuable first."""
    middle = (band.low + band.high) / 2
    worth = band.weight * (1.0 if band.primary else prices.other_share)
    steps = (
        (band.minimum, prices.to_minimum),
        (band.low - band.minimum, prices.to_low),
        (middle - band.low, prices.to_middle),
        (band.high - middle, prices.to_high),
    )
    return tuple((width, price * worth) for width, price in steps if width > 0)


def weekly_dose(problem: Problem) -> Iterator[Piece]:
    """The first sets of a muscle are worth the most, up to its minimum; then each one less, up to its band and in it.

    The benefit is concave (diminishing returns), so the steps fill in order by themselves.
    """
    prices = problem.ask.doses.prices
    for muscle, band in problem.bands.items():
        parts = muscle_parts(problem, muscle)
        if not parts:
            continue
        for step, (width, points) in enumerate(benefit_steps(band, prices)):
            key: Key = ("dose", muscle, step)
            yield Column(key, upper=width, gain=points)
            parts[key] = -1.0
        yield Row(("weekly_dose", muscle), parts, at_least=0)


def two_sessions(problem: Problem) -> Iterator[Piece]:
    """Each region of the upper back is trained on at least two days: a day counts from one fractional set on."""
    wanted = min(problem.ask.doses.sessions_per_region, len(problem.frames))
    points = problem.ask.doses.prices.second_session
    for muscle, band in problem.bands.items():
        if not band.primary:
            continue
        often: Key = ("often", muscle)
        counted: dict[Key, float] = {}
        for frame in problem.frames:
            parts = {used_on(e, frame.day): 1.0 for e in enough_alone(problem, muscle, frame.day)}
            if parts:
                trained: Key = ("trained", muscle, frame.day)
                counted[trained] = -1.0
                yield Column(trained, upper=1)
                yield Row(("two_sessions", muscle), {trained: 1.0} | dict.fromkeys(parts, -1.0), at_most=0)
        if counted:
            yield Column(often, upper=wanted, gain=points)
            yield Row(("two_sessions", muscle), {often: 1.0} | counted, at_most=0)


def enough_alone(problem: Problem, muscle: str, day: int) -> tuple[str, ...]:
    """Return the exercises of a day that give a muscle one fractional set even at their fewest sets."""
    return tuple(
        e
        for e in problem.candidates[day]
        if problem.share[e].get(muscle, 0.0) * problem.counts(e, day)[0] >= 1
    )
