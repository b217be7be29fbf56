"""What the programme does about a finding, in one sentence each, with the numbers of the week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from openback.model.exercise import Region
from openback.model.programme import Item, Session
from openback.training.findings import REGION_NAMES, Finding
from openback.training.programme.problem import Problem, Week
from openback.training.programme.reasons import listed, muscle_words, number


def finding_sentences(problem: Problem, full: Week, sessions: tuple[Session, ...]) -> Iterator[str]:
    """Yield what each finding changed: minutes of stretching, sets of pulling. A finding of pain has its sentence
    among the notes of the screening.
    """
    week = _full_week(sessions)
    for finding in problem.ask.findings.items:
        done = [*_stretching(problem, finding, week), *_pulling(problem, finding, full)]
        if done:
            yield f"{finding.text} {' '.join(done)}"


def _full_week(sessions: tuple[Session, ...]) -> list[Session]:
    last = max((s.week for s in sessions if not s.deload), default=0)
    return [s for s in sessions if s.week == last]


def stretch_minutes(problem: Problem, week: list[Session], region: Region) -> tuple[float, int]:
    """Return the least minutes a week in which a region is stretched, and on how many days."""
    known = problem.ask.catalogue.exercises
    by_day: dict[int, float] = {}
    for session in week:
        for item in session.items:
            if item.mobility and region in known[item.exercise].stretches:
                by_day[session.day] = by_day.get(session.day, 0.0) + _item_minutes(problem, item)
    return sum(by_day.values()), len(by_day)


def _item_minutes(problem: Problem, item: Item) -> float:
    exercise = problem.ask.catalogue.exercises[item.exercise]
    each_s = item.hold_s[0] if item.hold_s else exercise.dose.tempo.rep_s * (item.reps or (0, 0))[0]
    return item.sets * each_s * (2 if exercise.one_side_at_a_time else 1) / 60


def _stretching(problem: Problem, finding: Finding, week: list[Session]) -> Iterator[str]:
    reached = {region: stretch_minutes(problem, week, region) for region in finding.feed.regions}
    said = [_said(region, minutes, days) for region, (minutes, days) in reached.items() if days]
    if said:
        yield f"The plan gives {listed(said)}."
    missed = [REGION_NAMES[region] for region, (_, days) in reached.items() if not days]
    if missed:
        yield (
            f"No stretch for {listed(missed)} fits your places, your minutes and what has to be left out just now."
        )


def _said(region: Region, minutes: float, days: int) -> str:
    whole = max(1, round(minutes))
    return f"{REGION_NAMES[region]} at least {whole} {'minute' if whole == 1 else 'minutes'} of stretching a week, on {days} {'day' if days == 1 else 'days'}"


def _pulling(problem: Problem, finding: Finding, full: Week) -> Iterator[str]:
    muscles: Mapping[str, float] = finding.feed.muscles
    totals = {
        muscle: sum(
            count * problem.share[e].get(muscle, 0.0) for sets in full.values() for e, count in sets.items()
        )
        for muscle in muscles
    }
    got = [f"your {muscle_words(problem.ask, m)} {number(total)}" for m, total in totals.items() if total > 0]
    if got:
        yield f"Pulling counts for more: {listed(got[:3])} sets a week."
