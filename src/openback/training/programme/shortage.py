"""What a small budget leaves out, said in numbers, with the smallest change that would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from openback.training.programme.ask import Ask
from openback.training.programme.conflict import MOST_DAYS, changes, works
from openback.training.programme.problem import Problem
from openback.training.programme.reasons import listed, muscle_words, number

ENOUGH_SHARE = 0.75  # below this share of the minutes, a person is told that less time does


def short_muscles(problem: Problem, totals: Mapping[str, float]) -> tuple[str, ...]:
    """Return the regions of the upper back that get less than the low end of their band."""
    return tuple(m for m, band in problem.bands.items() if band.primary and totals[m] < band.low - 1e-9)


def shortage_sentences(problem: Problem, totals: Mapping[str, float]) -> Iterator[str]:
    """Yield one sentence when something is short: for want of time, or else for want of kit."""
    ask, short = problem.ask, short_muscles(problem, totals)
    if not short:
        return
    roomy = replace(
        ask,
        person=replace(ask.person, days_per_week=MOST_DAYS, minutes_per_session=90),
        wishes=replace(ask.wishes, minutes_of_day={}),
    )
    regions = [m for m, band in problem.bands.items() if band.primary]
    if works(roomy, regions):
        yield _budget_sentence(problem, totals, short, regions)
    else:
        yield _kit_sentence(problem, totals, roomy, short)


def _gets(problem: Problem, totals: Mapping[str, float], muscles: Sequence[str]) -> str:
    return listed(
        [
            f"your {muscle_words(problem.ask, m)} {number(totals[m])} of {number(problem.bands[m].low)}"
            for m in muscles
        ]
    )


def _budget_sentence(
    problem: Problem, totals: Mapping[str, float], muscles: Sequence[str], regions: Sequence[str]
) -> str:
    ask = problem.ask
    days = ask.person.days_per_week
    times = "once a week" if days == 1 else "twice a week" if days == 2 else f"{days} times a week"
    start = f"With {ask.person.minutes_per_session} minutes {times} this stays below the weekly sets: "
    help_ = [c for c in changes(replace(ask, wishes=replace(ask.wishes, pinned=frozenset())), regions) if c]
    it = "it" if len(muscles) == 1 else "them"
    end = f"; {', or '.join(help_)}{',' if len(help_) > 1 else ''} would reach {it}" if help_ else ""
    return start + _gets(problem, totals, muscles) + end + "."


def _kit_sentence(problem: Problem, totals: Mapping[str, float], roomy: Ask, muscles: Sequence[str]) -> str:
    start = "With this kit, and what has to be left out, this stays below the weekly sets: "
    end = ""
    for kit in problem.ask.catalogue.kit.values():
        if all(kit.id in place.kit for place in roomy.places):
            continue
        places = tuple(replace(place, kit=place.kit | {kit.id}) for place in roomy.places)
        if works(replace(roomy, places=places), muscles):
            end = f"; this would reach them: {kit.name.lower()}"
            break
    return start + _gets(problem, totals, muscles) + end + "."
