"""When no week keeps all the rules: which of them are in conflict, and the smallest change that would help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from openback.errors import NoProgramme
from openback.optimise import Key, feasible, irreducible
from openback.training.programme.ask import FILTERS, Ask, Filter, Frame, candidates, trains, why_not
from openback.training.programme.problem import Problem, pose
from openback.training.programme.reasons import exercise_words, listed, muscle_words, number
from openback.training.programme.rules import RULES
from openback.training.programme.solver import model_of

MINUTES: Final = tuple(range(10, 91, 5))
MOST_DAYS: Final = 6
HARD: Final = tuple(rule for rule in RULES if rule.hard)


def refuse_early(ask: Ask, problem: Problem) -> None:
    """Raise NoProgramme for a pin that its day cannot have, and for a day on which nothing may come."""
    for exercise_id, day in sorted(ask.wishes.pinned):
        frame = next((f for f in problem.frames if f.day == day), None)
        if frame is not None and day not in problem.done and exercise_id not in problem.candidates[day]:
            raise _bad_pin(ask, frame, exercise_id)
    for frame in problem.open_frames:
        if not problem.candidates[frame.day]:
            raise _empty_day(ask, frame)


def _bad_pin(ask: Ask, frame: Frame, exercise_id: str) -> NoProgramme:
    exercise = ask.catalogue.exercises[exercise_id]
    at_fault = why_not(ask, frame, exercise)
    if at_fault is None:
        why, change = "it is a stretch, and stretches are chosen after the sets", "leaving the pin out"
    elif at_fault.name == "kit":
        missing = [ask.catalogue.kit[k].name.lower() for k in exercise.kit if k not in frame.place.kit]
        why, change = f"{frame.place.name} has no {listed(missing)}", f"another place on day {frame.day}"
    elif at_fault.name == "screening":
        sentence = ask.screened.banned[exercise_id].removeprefix(f"{exercise.name} is left out")
        why, change = "it is left out" + sentence.removesuffix("."), "leaving the pin out"
    elif at_fault.name == "strength":
        why, change = "its lightest load there is too heavy for now", "leaving the pin out"
    elif at_fault.name == "style":
        why, change = "that is a yoga day", f"a strength session on day {frame.day}"
    else:
        why, change = "you do not want it there", "taking one of the two wishes back"
    rules = ["pinned", at_fault.name] if at_fault else ["pinned"]
    sentence = f"{exercise_words(exercise)} is pinned to day {frame.day}, but {why}"
    return NoProgramme(sentence, rules=rules, changes=[change])


def _empty_day(ask: Ask, frame: Frame) -> NoProgramme:
    """Name a smallest set of filters that together leave nothing, found by leaving one out at a time."""
    guilty = list(FILTERS)
    for one in FILTERS:
        fewer = [g for g in guilty if g is not one]
        if not _left(ask, frame, fewer):
            guilty = fewer
    if not guilty:
        return NoProgramme("the exercise files hold no exercise that trains a muscle", rules=[], changes=[])
    titles = listed([one.title for one in guilty])
    sentence = f"on day {frame.day} at {frame.place.name} nothing is left after {titles}"
    return NoProgramme(sentence, rules=[g.name for g in guilty], changes=list(_empty_day_changes(ask, frame)))


def _left(ask: Ask, frame: Frame, filters: Sequence[Filter]) -> bool:
    return any(
        trains(e, ask.doses) and all(one.keeps(ask, frame, e) for one in filters)
        for e in ask.catalogue.exercises.values()
    )


def _empty_day_changes(ask: Ask, frame: Frame) -> Iterator[str]:
    for kit in ask.catalogue.kit.values():
        place = replace(frame.place, kit=frame.place.kit | {kit.id})
        if candidates(ask, replace(frame, place=place)):
            yield f"{kit.name.lower()} at {frame.place.name}"
            break
    for place in ask.places:
        if place.name != frame.place.name and candidates(ask, replace(frame, place=place)):
            yield f"day {frame.day} at {place.name}"
            break
    if ask.wishes.banned and candidates(replace(ask, wishes=replace(ask.wishes, banned=frozenset())), frame):
        yield "taking back one exercise you do not want"


# --- Rows in conflict ----------------------------------------------------------------------------------------


def conflict(ask: Ask, problem: Problem) -> NoProgramme:
    """Return the refusal of a problem that no week solves: an irreducible set of rules, and what would help."""
    model = model_of(problem, HARD)
    groups = irreducible(model, always={"whole_sets"})
    others = [_group_words(ask, problem, g) for g in groups if g[0] != "pinned"]
    sentence = f"{listed([*others, *_pin_words(ask, groups)])} cannot all hold"
    return NoProgramme(sentence, rules=list(dict.fromkeys(str(g[0]) for g in groups)), changes=changes(ask))


def _pin_words(ask: Ask, groups: Sequence[Key]) -> Iterator[str]:
    """Yield the pins of each day in words, those of one day together."""
    pins = [(int(g[2]), str(g[1])) for g in groups if g[0] == "pinned"]
    for day in sorted({day for day, _ in pins}):
        names = [exercise_words(ask.catalogue.exercises[e]) for on, e in pins if on == day]
        yield f"{listed(names)} pinned to day {day}"


def _group_words(ask: Ask, problem: Problem, group: Key) -> str:
    """Return what a group of rows stands for, in words."""
    kind, *rest = group
    if kind == "minutes":
        frame = next(f for f in problem.frames if f.day == rest[0])
        return f"the {frame.minutes} minutes of day {rest[0]}"
    if kind == "most_exercises":
        frame = next(f for f in problem.frames if f.day == rest[0])
        stretches = f", {frame.mobility_items} of them stretches," if frame.mobility_items else ""
        return f"at most {ask.doses.most_exercises} exercises{stretches} on day {rest[0]}"
    if kind == "session_ceiling":
        ceiling = ask.doses.experience[ask.person.experience].session_ceiling
        return f"at most {number(ceiling)} sets for the {muscle_words(ask, str(rest[0]))} on day {rest[1]}"
    if kind == "weekly_most":
        muscle = str(rest[0])
        return f"at most {number(problem.bands[muscle].high)} sets a week for the {muscle_words(ask, muscle)}"
    return f"something to train on day {rest[0]}"


# --- What would help -----------------------------------------------------------------------------------------


def changes(ask: Ask, want: Sequence[str] = ()) -> list[str]:
    """Return the smallest changes, each enough alone, after which all hard rules hold.

    `want` are muscles that should reach the low end of their band besides.
    """
    found = [more_minutes(ask, want), more_days(ask, want), *_fewer_pins(ask, want)]
    return [words for words in found if words]


def works(ask: Ask, want: Sequence[str] = ()) -> bool:
    """Return whether some week keeps all hard rules and brings the wanted muscles into their bands."""
    problem = pose(ask)
    return all(problem.candidates[f.day] for f in problem.open_frames) and reaches(problem, frozenset(want))


def reaches(problem: Problem, muscles: frozenset[str]) -> bool:
    """Return whether some week keeps all hard rules and brings these muscles into their bands."""
    if not all(any(m in problem.share[e] for e in problem.share) for m in muscles):
        return False
    return feasible(model_of(replace(problem, least=muscles), HARD))


def more_minutes(ask: Ask, want: Sequence[str]) -> str:
    """Return the least minutes that would do, as words; empty when none would."""
    days = set(ask.wishes.minutes_of_day)
    one_day = next(iter(days)) if len(days) == 1 else None
    now = ask.wishes.minutes_of_day[one_day] if one_day else ask.person.minutes_per_session
    longer = [m for m in MINUTES if m > now]
    if not longer or not works(_with_minutes(ask, longer[-1], one_day), want):
        return ""
    low, high = 0, len(longer) - 1
    while low < high:  # more minutes never hurt, so halving finds the least
        middle = (low + high) // 2
        if works(_with_minutes(ask, longer[middle], one_day), want):
            high = middle
        else:
            low = middle + 1
    on_day = f" on day {one_day}" if one_day else ""
    return f"{longer[low]} minutes instead of {now}{on_day}"


def _with_minutes(ask: Ask, minutes: int, day: int | None) -> Ask:
    if day is not None:
        return replace(ask, wishes=replace(ask.wishes, minutes_of_day={day: minutes}))
    wishes = replace(ask.wishes, minutes_of_day={})
    return replace(ask, wishes=wishes, person=replace(ask.person, minutes_per_session=minutes))


def more_days(ask: Ask, want: Sequence[str]) -> str:
    """Return how many more days would do, as words; empty when none would."""
    now = ask.person.days_per_week
    for days in range(now + 1, MOST_DAYS + 1):
        if works(replace(ask, person=replace(ask.person, days_per_week=days)), want):
            more = days - now
            return f"{'one day' if more == 1 else f'{_count(more)} days'} more"
    return ""


def _count(number_of: int) -> str:
    return ("no", "one", "two", "three", "four", "five")[number_of]


def _fewer_pins(ask: Ask, want: Sequence[str]) -> Iterator[str]:
    for pin in sorted(ask.wishes.pinned):
        rest = replace(ask, wishes=replace(ask.wishes, pinned=ask.wishes.pinned - {pin}))
        if works(rest, want):
            yield f"{exercise_words(ask.catalogue.exercises[pin[0]])} without its pin to day {pin[1]}"
            return
