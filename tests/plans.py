"""What the programme's tests share: asking for one, and judging a week without the planner's own code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import gym
from openback.model.exercise import Catalogue, Exercise
from openback.model.person import Profile
from openback.model.programme import Item, Programme, Session, Wishes
from openback.training.dose import load_doses, weekly_bands
from openback.training.programme import Ask
from openback.training.screening import load_questions, screen

DOSES = load_doses()
Week = Mapping[int, Mapping[str, int]]


def ask_for(
    profile: Profile | None = None,
    *,
    wishes: Wishes | None = None,
    catalogue: Catalogue | None = None,
    **changes: Any,
) -> Ask:
    """Return what the planner is given for a profile."""
    profile = profile or gym.profile(**changes)
    catalogue = catalogue or gym.catalogue()
    screened = screen(profile, catalogue, load_questions(), gym.TODAY)
    return Ask(
        catalogue=catalogue,
        person=profile.person,
        places=profile.places,
        screened=screened,
        wishes=wishes or Wishes(),
    )


def week_of(programme: Programme, week: int) -> dict[int, Session]:
    return {s.day: s for s in programme.sessions if s.week == week}


def sets_of(programme: Programme, week: int) -> dict[int, dict[str, int]]:
    """Return the sets of a week, mobility left out."""
    return {
        day: {i.exercise: i.sets for i in session.items if not i.mobility}
        for day, session in week_of(programme, week).items()
    }


# --- An independent judge ------------------------------------------------------------------------------------
# Written from the documentation of the rules, not from their code: the time of a session, what a muscle gets,
# and the points of a week.


def seconds(exercise: Exercise, sets: int) -> float:
    dose = exercise.dose
    each = (
        dose.reps[1] * (dose.tempo.lift_s + dose.tempo.hold_s + dose.tempo.lower_s + dose.tempo.pause_s)
        if dose.reps
        else dose.hold_s[1]
    )  # type: ignore[index]
    sides = 2 if exercise.one_side_at_a_time else 1
    return exercise.setup_s + sets * (sides * each + dose.rest_s)


def item_seconds(exercise: Exercise, item: Item) -> float:
    """Return the seconds of an item with the reps that it has itself."""
    dose = replace(exercise.dose, reps=item.reps, hold_s=item.hold_s)
    return seconds(replace(exercise, dose=dose), item.sets)


def muscle_sets(catalogue: Catalogue, week: Week, muscle: str) -> float:
    total = 0.0
    for sets in week.values():
        for exercise_id, count in sets.items():
            total += count * catalogue.exercises[exercise_id].muscles.get(muscle, 0.0)
    return total


def points(ask: Ask, week: Week) -> float:
    """Return what a week is worth by the published prices; None of the hard rules is looked at."""
    prices, dose = DOSES.prices, DOSES.experience[ask.person.experience]
    catalogue = ask.catalogue
    worth = 0.0
    for muscle, band in weekly_bands(ask.person, catalogue, DOSES, ask.screened).items():
        got = muscle_sets(catalogue, week, muscle)
        middle = (band.low + band.high) / 2
        steps = (
            (0.0, band.minimum, prices.to_minimum),
            (band.minimum, band.low, prices.to_low),
            (band.low, middle, prices.to_middle),
            (middle, band.high, prices.to_high),
        )
        scale = band.weight * (1 if band.primary else prices.other_share)
        worth += scale * sum(price * max(0.0, min(got, high) - low) for low, high, price in steps)
        if band.primary:
            days = sum(
                any(
                    catalogue.exercises[e].muscles.get(muscle, 0) * catalogue.exercises[e].dose.sets[0] >= 1
                    for e in sets
                )
                for sets in week.values()
            )
            worth += prices.second_session * min(days, DOSES.sessions_per_region)
    for day, sets in week.items():
        patterns = [catalogue.exercises[e].pattern for e in sets]
        if ask.wishes.style_of_day.get(day) != "yoga":
            worth += prices.pull_missing * (("vertical_pull" in patterns) + ("horizontal_pull" in patterns))
        kinds = [(catalogue.exercises[e].pattern, catalogue.exercises[e].load) for e in sets]
        worth -= prices.similar * sum(
            max(0, kinds.count(kind) - DOSES.similar_per_session) for kind in set(kinds)
        )
        for exercise_id in sets:
            worth += _taste(ask, exercise_id)
    for exercise_id in {e for sets in week.values() for e in sets}:
        times = sum(exercise_id in sets for sets in week.values())
        worth += prices.classic * (exercise_id in DOSES.classic)
        worth += prices.liked * (exercise_id in ask.person.liked)
        worth -= prices.repeat * max(0, times - dose.repeat_days)
    return worth


def _taste(ask: Ask, exercise_id: str) -> float:
    prices, dose = DOSES.prices, DOSES.experience[ask.person.experience]
    worth = -prices.each_exercise - dose.level_price[ask.catalogue.exercises[exercise_id].level]
    worth += prices.classic_day * (exercise_id in DOSES.classic)
    worth -= prices.disliked * (exercise_id in ask.person.disliked)
    worth += prices.preferred * (exercise_id in ask.screened.preferred)
    halves = [0.5**n for n in range(len(ask.person.goals))]
    for goal, half in zip(ask.person.goals, halves, strict=True):
        worth += prices.favoured * half / sum(halves) * (exercise_id in DOSES.goals[goal].favours)
    return worth


def fullest_price(ask: Ask, week: Week, budget_s: Mapping[int, float]) -> float:
    """Return what the fullest of the longer sessions costs."""
    shares = [
        sum(seconds(ask.catalogue.exercises[e], n) for e, n in sets.items()) / budget_s[day]
        for day, sets in week.items()
        if ask.wishes.minutes_of_day.get(day, ask.person.minutes_per_session) >= DOSES.even_from_minutes
    ]
    return DOSES.prices.fullest * max(shares, default=0.0)


def allowed(ask: Ask, week: Week, budget_s: Mapping[int, float], most: int) -> bool:
    """Return whether a week keeps the hard rules of sets, time, number and ceilings."""
    catalogue, dose = ask.catalogue, DOSES.experience[ask.person.experience]
    for day, sets in week.items():
        if not 1 <= len(sets) <= most:
            return False
        if sum(seconds(catalogue.exercises[e], n) for e, n in sets.items()) > budget_s[day]:
            return False
        for muscle in catalogue.muscles:
            if muscle_sets(catalogue, {day: sets}, muscle) > dose.session_ceiling:
                return False
    bands = weekly_bands(ask.person, catalogue, DOSES, ask.screened)
    return all(muscle_sets(catalogue, week, m) <= band.high for m, band in bands.items())


def every_week(ask: Ask, days: int) -> list[dict[int, dict[str, int]]]:
    """Return every week there is of a few exercises; for tiny instances only."""
    choices = [
        [(e.id, n) for n in (0, *range(e.dose.sets[0], e.dose.sets[1] + 1))]
        for e in ask.catalogue.exercises.values()
    ]
    sessions = [{e: n for e, n in combination if n} for combination in product(*choices)]
    return [dict(enumerate(week, 1)) for week in product(sessions, repeat=days)]


def greedy(
    ask: Ask, days: int, budget_s: Mapping[int, float], most: int, may: Mapping[int, list[str]]
) -> Week:
    """Return a week made one step at a time: the exercise or set that brings the most points, while it fits."""
    week: dict[int, dict[str, int]] = {day: {} for day in range(1, days + 1)}
    exercises = ask.catalogue.exercises
    while True:
        best, gain = None, 1e-9
        now = points(ask, week)
        for day, sets in week.items():
            for exercise_id in may[day]:
                had = sets.get(exercise_id, 0)
                count = had + 1 if had else exercises[exercise_id].dose.sets[0]
                if count > exercises[exercise_id].dose.sets[1]:
                    continue
                tried = {**week, day: {**sets, exercise_id: count}}
                filled = {d: found for d, found in tried.items() if found}
                if allowed(ask, filled, budget_s, most) and points(ask, tried) - now > gain:
                    best, gain = tried, points(ask, tried) - now
        if best is None:
            return week
        week = best
