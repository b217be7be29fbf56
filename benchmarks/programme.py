"""How long a programme takes to build and to solve, over all exercises, for one to six days a week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from statistics import median
from time import process_time
from typing import Final

from benchmarks import Figure
from openback.catalogue import load_catalogue
from openback.model.exercise import Catalogue
from openback.model.person import Person, Place, Profile
from openback.model.programme import Programme, Wishes
from openback.training.programme import Ask, make_programme, replan
from openback.training.screening import load_questions, screen

TODAY: Final = date(2026, 1, 1)
TIMES: Final = 3


def person(days: int, minutes: int) -> Person:
    """Return somebody with some experience who trains so often and so long."""
    return Person(
        sex="female",
        birth_date=date(1986, 4, 12),
        height_cm=168,
        mass_kg=66,
        experience="some",
        goals=("tone", "posture"),
        days_per_week=days,
        minutes_per_session=minutes,
    )


def ask(catalogue: Catalogue, *, days: int, minutes: int) -> Ask:
    """Return what the planner is asked: every exercise that the person may do, in a gym that has all kit."""
    gym = Place(name="Gym", kit=frozenset(catalogue.kit))
    profile = Profile(person=person(days, minutes), places=(gym,))
    screened = screen(profile, catalogue, load_questions(), TODAY)
    return Ask(catalogue=catalogue, person=profile.person, places=profile.places, screened=screened)


def _measured(asked: Ask) -> tuple[Programme, float]:
    """Return a programme and the processor seconds it took: the median of a few, all on one core."""
    taken: list[float] = []
    for _ in range(TIMES):
        start_s = process_time()
        programme = make_programme(asked)
        taken.append(process_time() - start_s)
    return programme, median(taken)


def run() -> Sequence[Figure]:
    """Return build and solve times and gaps by days a week, and the time to plan anew."""
    catalogue = load_catalogue()
    figures: list[Figure] = []
    for days in range(1, 7):
        programme, whole_s = _measured(ask(catalogue, days=days, minutes=45))
        figures += _figures(f"{days} days of 45 minutes", programme, whole_s, 1.0 if days == 3 else None)
    for minutes in (20, 30, 60, 90):
        programme, whole_s = _measured(ask(catalogue, days=3, minutes=minutes))
        figures += _figures(f"3 days of {minutes} minutes", programme, whole_s, None)
    return [*figures, _anew(catalogue)]


def _figures(name: str, programme: Programme, whole_s: float, at_most: float | None) -> list[Figure]:
    solver = programme.solver
    if solver is None:
        return []
    return [
        Figure(name=f"{name}: all, one core", value=whole_s, unit="s", at_most=at_most),
        Figure(name=f"{name}: building", value=solver.build_s, unit="s"),
        Figure(name=f"{name}: solving", value=solver.solve_s, unit="s"),
        Figure(name=f"{name}: gap", value=100 * solver.gap, unit="%", at_most=1.0),
    ]


def _anew(catalogue: Catalogue) -> Figure:
    asked = ask(catalogue, days=3, minutes=45)
    programme = make_programme(asked)
    short = replace(asked, wishes=Wishes(minutes_of_day={2: 20}))
    start_s = process_time()
    replan(short, programme, week=2, done=frozenset({1}), this_week_only=True)
    return Figure(
        name="planned anew around a shorter day", value=process_time() - start_s, unit="s", at_most=1.0
    )
