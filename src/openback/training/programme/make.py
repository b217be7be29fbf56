"""`make_programme`: from what is asked to a block of training, or the reasons why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from openback.model.programme import Programme, Session, SolverReport
from openback.training.dose import fractional_sets
from openback.training.programme.ask import Ask, check_wishes
from openback.training.programme.asked_for import finding_sentences
from openback.training.programme.conflict import conflict, reaches, refuse_early
from openback.training.programme.expand import deload_step, week_sessions, week_step
from openback.training.programme.mobility import mobility_week
from openback.training.programme.problem import Problem, Week, pose
from openback.training.programme.reasons import muscle_words, number
from openback.training.programme.rules import RULES
from openback.training.programme.shortage import ENOUGH_SHARE, short_muscles, shortage_sentences
from openback.training.programme.solver import Solution, solve


def make_programme(ask: Ask, *, deload: bool = False) -> Programme:
    """Return the best programme under the rules; stopped with the reasons when the screening says so.

    The same input gives the same programme. With `deload` an easy week is added at the end.
    Raises BadWishes for wishes that make no sense and NoProgramme when no week keeps all the rules.
    """
    if ask.screened.stops:
        return Programme(
            status="stopped", reasons=tuple(f"{s.text} {s.see}" for s in ask.screened.stops), weeks=0
        )
    check_wishes(ask)
    ask = tuned(ask)
    problem = pose(ask)
    solution = fill(ask, problem)
    full, mobility = _week(solution), mobility_week(problem, _week(solution))
    weeks = len(ask.doses.experience[ask.person.experience].weeks)
    sessions = tuple(
        session
        for week in range(1, weeks + 1)
        for session in week_sessions(problem, full, mobility, week, week_step(ask, week))
    )
    if deload:
        weeks += 1
        sessions += week_sessions(problem, full, mobility, weeks, deload_step(ask), deload=True)
    return Programme(
        status="ok",
        reasons=tuple(fresh_reasons(problem, full, sessions)),
        weeks=weeks,
        sessions=sessions,
        weekly_sets=totals_of(ask, full),
        weekly_band={m: (band.low, band.high) for m, band in problem.bands.items()},
        solver=report(solution),
    )


def fill(ask: Ask, problem: Problem) -> Solution:
    """Return the best week of a problem, or raise NoProgramme with what stands against it."""
    refuse_early(ask, problem)
    regions = frozenset(m for m, band in problem.bands.items() if band.primary)
    if reaches(problem, regions):
        problem = replace(problem, least=regions)
    solution = solve(problem, RULES)
    if solution.week is None:
        raise conflict(ask, problem)
    return solution


def _week(solution: Solution) -> Week:
    return solution.week or {}


def report(solution: Solution) -> SolverReport:
    """Return the times and the gap of a solution."""
    return SolverReport(build_s=solution.build_s, solve_s=solution.solve_s, gap=solution.gap)


def totals_of(ask: Ask, week: Week) -> dict[str, float]:
    """Return the fractional sets per muscle of a week."""
    return fractional_sets(
        ((e, n) for sets in week.values() for e, n in sets.items()), ask.catalogue, ask.doses
    )


def tuned(ask: Ask) -> Ask:
    """Return the same ask with the reps of exercises changed where a complaint asks for lighter work."""
    lighter = [ask.doses.lighter[c] for c in ask.person.complaints if c in ask.doses.lighter]
    if not lighter:
        return ask
    exercises = dict(ask.catalogue.exercises)
    for rule in lighter:
        for key, one in exercises.items():
            if one.pattern in rule.patterns and one.dose.reps is not None:
                exercises[key] = replace(one, dose=replace(one.dose, reps=rule.reps))
    return replace(ask, catalogue=replace(ask.catalogue, exercises=exercises))


def fresh_reasons(problem: Problem, full: Week, sessions: tuple[Session, ...]) -> Iterator[str]:
    """Yield what the person is told of the whole programme: the screening first, then what is short or enough."""
    ask, totals = problem.ask, totals_of(problem.ask, full)
    yield from ask.screened.notes
    yield from finding_sentences(problem, full, sessions)
    yield from shortage_sentences(problem, totals)
    for muscle, band in problem.bands.items():
        if totals[muscle] > band.high + 1e-9:
            yield (
                f"What you pinned brings your {muscle_words(ask, muscle)} to {number(totals[muscle])} sets a week, "
                f"above the {number(band.high)} of the band; it is your choice."
            )
    longest = max((s.minutes for s in sessions), default=0.0)
    asked = min(frame.minutes for frame in problem.frames)
    if not short_muscles(problem, totals) and longest < ENOUGH_SHARE * asked:
        yield (
            f"{number(round(longest))} minutes are enough for now: your whole upper back is inside its weekly band, "
            "and more sets would bring little."
        )
    if len(problem.frames) == 1:
        yield "Once a week keeps and builds strength; two days would let every muscle be trained twice."
