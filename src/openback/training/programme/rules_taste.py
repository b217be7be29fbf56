"""Rules that are weighed: what makes one week better than another that does the same for the muscles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from openback.optimise import Column, Gain, Key, Piece, Row
from openback.training.dose import goal_weights
from openback.training.programme.ask import item_s
from openback.training.programme.pieces import choice_of, sets_of, used_on
from openback.training.programme.problem import Problem

PULLS: Final = ("vertical_pull", "horizontal_pull")


def both_pulls(problem: Problem) -> Iterator[Piece]:
    """Every session has a pull from above and a row, where the place and the minutes allow."""
    points = problem.ask.doses.prices.pull_missing
    for frame in problem.open_frames:
        if frame.style == "yoga":
            continue
        for pattern in PULLS:
            parts = {
                used_on(e, frame.day): -1.0
                for e in problem.candidates[frame.day]
                if problem.exercise(e).pattern == pattern
            }
            if parts:
                key: Key = ("pull", pattern, frame.day)
                yield Column(key, upper=1, gain=points)
                yield Row(("both_pulls", pattern, frame.day), {key: 1.0} | parts, at_most=0)


def classic_lifts(problem: Problem) -> Iterator[Piece]:
    """The wide-grip pull-down, the one-arm row and the shrug come first where the kit is there."""
    prices = problem.ask.doses.prices
    for exercise_id in problem.ask.doses.classic:
        days = problem.days_with(exercise_id)
        if not days:
            continue
        key: Key = ("classic", exercise_id)
        yield Column(key, upper=1, gain=prices.classic)
        yield Row(
            ("classic_lifts", exercise_id),
            {key: 1.0} | {used_on(exercise_id, day): -1.0 for day in days},
            at_most=0,
        )
        for day in days:
            yield Gain(used_on(exercise_id, day), prices.classic_day)


def likes(problem: Problem) -> Iterator[Piece]:
    """What the person likes comes at least once; what they dislike only when nothing else will do."""
    person, prices = problem.ask.person, problem.ask.doses.prices
    for exercise_id in problem.choosable:
        days = problem.days_with(exercise_id)
        if exercise_id in person.liked:
            key: Key = ("liked", exercise_id)
            yield Column(key, upper=1, gain=prices.liked)
            parts = {key: 1.0} | {used_on(exercise_id, day): -1.0 for day in days}
            yield Row(("likes", exercise_id), parts, at_most=0)
        if exercise_id in person.disliked:
            yield from (Gain(used_on(exercise_id, day), -prices.disliked) for day in days)


def suits_the_person(problem: Problem) -> Iterator[Piece]:
    """Exercises that are kind to a complaint, serve a goal or a finding, fit the experience or are known weigh more."""
    ask = problem.ask
    prices, level_price = ask.doses.prices, ask.doses.experience[ask.person.experience].level_price
    favoured: dict[str, float] = defaultdict(float)
    for goal, weight in goal_weights(ask.person).items():
        for exercise_id in ask.doses.goals[goal].favours:
            favoured[exercise_id] += weight * prices.favoured
    for exercise_id, day in problem.choices:
        points = favoured[exercise_id] - level_price[problem.exercise(exercise_id).level]
        points += prices.preferred if exercise_id in ask.screened.preferred else 0.0
        points += prices.familiar if exercise_id in ask.familiar else 0.0
        points += prices.favoured if exercise_id in ask.findings.favours else 0.0
        if points:
            yield Gain(used_on(exercise_id, day), points)


def few_exercises(problem: Problem) -> Iterator[Piece]:
    """A few exercises done well are better than many with few sets."""
    for exercise_id, day in problem.choices:
        yield Gain(used_on(exercise_id, day), -problem.ask.doses.prices.each_exercise)


def variety_between_days(problem: Problem) -> Iterator[Piece]:
    """The same exercise on more days than helps to learn it counts against a week."""
    ask = problem.ask
    allowed = ask.doses.experience[ask.person.experience].repeat_days
    for exercise_id in problem.choosable:
        days = problem.days_with(exercise_id)
        if len(days) > allowed:
            key: Key = ("again", exercise_id)
            yield Column(key, upper=len(days), gain=-ask.doses.prices.repeat)
            parts = {used_on(exercise_id, day): 1.0 for day in days} | {key: -1.0}
            yield Row(("variety_between_days", exercise_id), parts, at_most=allowed)


def variety_in_a_session(problem: Problem) -> Iterator[Piece]:
    """Two exercises of one pattern with one kind of load in the same session count against it."""
    doses = problem.ask.doses
    for frame in problem.open_frames:
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for exercise_id in problem.candidates[frame.day]:
            one = problem.exercise(exercise_id)
            groups[one.pattern, one.load].append(exercise_id)
        for (pattern, load), members in groups.items():
            if len(members) > doses.similar_per_session:
                key: Key = ("similar", pattern, load, frame.day)
                yield Column(key, upper=len(members), gain=-doses.prices.similar)
                parts = {used_on(e, frame.day): 1.0 for e in members} | {key: -1.0}
                yield Row(("variety_in_a_session", *key[1:]), parts, at_most=doses.similar_per_session)


def even_days(problem: Problem) -> Iterator[Piece]:
    """The fullest session, as a share of its minutes, is no fuller than it must be: work spreads over the days.

    Short sessions are full in any case, and the rule would only make the search longer.
    """
    doses = problem.ask.doses
    roomy = [f for f in problem.open_frames if f.minutes >= doses.even_from_minutes]
    if not roomy:
        return
    fullest: Key = ("fullest",)
    yield Column(fullest, upper=1, gain=-doses.prices.fullest)
    for frame in roomy:
        parts: dict[Key, float] = {
            choice_of(e, frame.day, count): item_s(problem.exercise(e), count) / frame.strength_s
            for e in problem.candidates[frame.day]
            for count in problem.counts(e, frame.day)
        }
        yield Row(("even_days", frame.day), parts | {fullest: -1.0}, at_most=0)


def little_change(problem: Problem) -> Iterator[Piece]:
    """When a plan is made anew, what was planned before stays where it is unless the change is worth it."""
    kept = problem.ask.doses.prices.kept
    open_days = {f.day for f in problem.open_frames}
    for exercise_id, day in problem.choices:
        if day not in open_days or day not in problem.former:
            continue
        former_sets = problem.former[day].get(exercise_id)
        if former_sets is None:
            yield Gain(used_on(exercise_id, day), -kept)
            continue
        yield Gain(used_on(exercise_id, day), kept)
        key: Key = ("kept", exercise_id, day)
        yield Column(key, upper=former_sets, gain=kept / 10)
        yield Row(("little_change", exercise_id, day), {key: 1.0, sets_of(exercise_id, day): -1.0}, at_most=0)
