"""The mobility part of a session: a few stretches, chosen after the sets, in the seconds that are left.

Every region comes round in the week; about a minute for each (garber_2011).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from openback.model.exercise import Exercise, Region
from openback.training.desk_tests import load_book
from openback.training.findings import region_value, stretch_about_s
from openback.training.programme.ask import Ask, Frame, item_s, trains, why_not
from openback.training.programme.problem import Problem, Week

DESK_REGIONS: Final[tuple[Region, ...]] = ("chest", "thoracic_spine", "hamstrings")
YOGA_REGIONS: Final[tuple[Region, ...]] = (*DESK_REGIONS, "lats", "shoulders", "lower_back")
ABOUT_S: Final = 60  # of each stretch in a session, rests left out


def mobility_week(problem: Problem, week: Week, kept: Week | None = None) -> Week:
    """Return the stretches of each open day, with their sets; days without a mobility part are empty.

    Those in `kept` stay on their day as long as they may come and fit, and reach what the findings ask for.
    """
    kept = kept if kept and _serves(problem, kept) else None
    times: Counter[str] = Counter()
    found: dict[int, dict[str, int]] = {}
    for frame in problem.open_frames:
        left_s = 60 * frame.minutes - frame.clock.warm_up_s - _used_s(problem, week[frame.day])
        slots = _slots(problem.ask, frame, len(week[frame.day]))
        stays = (kept or {}).get(frame.day, {})
        if not (stays and _still_fits(problem, frame, stays, left_s, slots)):
            stays = _mobility_day(problem.ask, frame, left_s, slots, times)
        found[frame.day] = dict(stays)
        times.update(stays.keys())
    return found


def _serves(problem: Problem, kept: Week) -> bool:
    """Return whether stretches of before reach every region of a finding, long enough and on enough days."""
    ask = problem.ask
    known = ask.catalogue.exercises
    days = [
        {
            r
            for e, sets in kept.get(f.day, {}).items()
            if sets >= _enough(ask, known[e])
            for r in known[e].stretches
        }
        for f in problem.open_frames
    ]
    wanted = min(load_book().least_days, len(days))
    return all(sum(region in day for day in days) >= wanted for region in ask.findings.regions)


def _still_fits(problem: Problem, frame: Frame, stays: Mapping[str, int], left_s: int, slots: int) -> bool:
    allowed = all(_may_come(problem.ask, frame, problem.exercise(e)) for e in stays)
    return allowed and len(stays) <= slots and _used_s(problem, stays) <= left_s


def _used_s(problem: Problem, sets: Mapping[str, int]) -> int:
    return sum(item_s(problem.exercise(e), count) for e, count in sets.items())


def _slots(ask: Ask, frame: Frame, exercises: int) -> int:
    room = ask.doses.most_exercises - exercises
    return room if frame.style == "yoga" else min(frame.mobility_items, room)


def wanted_regions(ask: Ask, frame: Frame) -> tuple[Region, ...]:
    """Return the regions that the mobility part of a day should reach."""
    regions = YOGA_REGIONS if frame.style == "yoga" else DESK_REGIONS
    sore_neck = "neck_pain" in ask.person.complaints or "pain_relief" in ask.person.goals
    found = (*regions, "neck") if sore_neck else regions
    return tuple(dict.fromkeys((*found, *ask.findings.regions)))


def _mobility_day(ask: Ask, frame: Frame, left_s: int, slots: int, times: Counter[str]) -> dict[str, int]:
    chosen: dict[str, int] = {}
    covered: Counter[str] = Counter()
    for exercise_id, count in times.items():
        covered.update(dict.fromkeys(ask.catalogue.exercises[exercise_id].stretches, count))
    while len(chosen) < slots:
        today = {r for e in chosen for r in ask.catalogue.exercises[e].stretches}
        best = max(
            (
                (_value(ask, frame, e, covered, today) - times[e.id] / 4, -n, e)
                for n, e in enumerate(ask.catalogue.exercises.values())
                if e.id not in chosen and _may_come(ask, frame, e) and item_s(e, _few(e)) <= left_s
            ),
            key=lambda found: found[:2],
            default=None,
        )
        if best is None or best[0] <= 0:
            break
        stretch = best[2]
        count = _few(stretch)
        while count < _enough(ask, stretch) and item_s(stretch, count + 1) <= left_s:
            count += 1
        chosen[stretch.id] = count
        left_s -= item_s(stretch, count)
    return chosen


def _may_come(ask: Ask, frame: Frame, exercise: Exercise) -> bool:
    return (
        bool(exercise.stretches) and not trains(exercise, ask.doses) and why_not(ask, frame, exercise) is None
    )


def _value(ask: Ask, frame: Frame, exercise: Exercise, covered: Counter[str], today: set[Region]) -> float:
    """Return how much a stretch adds: regions not yet reached today, those seldom reached this week first."""
    new = [r for r in exercise.stretches if r in wanted_regions(ask, frame) and r not in today]
    value = sum(region_value(ask.findings, r, covered[r]) for r in new)
    if not new:
        return 0.0
    value += 0.5 * (exercise.id in ask.person.liked or exercise.id in ask.screened.preferred)
    return value - 2.0 * (exercise.id in ask.person.disliked)


def _few(exercise: Exercise) -> int:
    return max(1, exercise.dose.sets[0])


def _enough(ask: Ask, exercise: Exercise) -> int:
    about_s = stretch_about_s(ask.findings, exercise, ABOUT_S)
    hold_s = exercise.dose.hold_s
    each_s = hold_s[1] if hold_s else exercise.dose.tempo.rep_s * (exercise.dose.reps or (1, 1))[1]
    return max(_few(exercise), min(exercise.dose.sets[1], round(about_s / each_s) if each_s else 1))
