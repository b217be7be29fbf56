"""From the full week to the block: easier first weeks, items in order, minutes, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openback.model.exercise import Exercise, Pattern
from openback.model.programme import Item, Session
from openback.training.dose import WeekStep, fractional_sets
from openback.training.programme.ask import Ask, Frame, item_s, trains
from openback.training.programme.problem import Problem, Week
from openback.training.programme.reasons import WeekFacts, why_sentences

# Lifts over several joints first, while one is fresh; small muscles and holds after them, stretches last.
ORDER: Final[Mapping[Pattern, int]] = {
    "vertical_pull": 0,
    "horizontal_pull": 1,
    "shrug": 2,
    "rear_delt": 3,
    "scapular": 4,
    "hinge": 5,
    "hold": 6,
    "stretch": 7,
}
MULTI: Final = frozenset({"vertical_pull", "horizontal_pull"})
MOBILITY_RIR: Final = 5  # a stretch is never near its limit


def in_order(ask: Ask, sets: Mapping[str, int]) -> dict[str, int]:
    """Return the exercises of a session in the order of doing."""
    place = {e: n for n, e in enumerate(ask.catalogue.exercises)}

    def key(exercise_id: str) -> tuple[bool, bool, int, bool, int]:
        one = ask.catalogue.exercises[exercise_id]
        moves = not trains(one, ask.doses)
        return (
            moves,
            not one.safety.heavy,
            ORDER[one.pattern],
            exercise_id not in ask.doses.classic,
            place[exercise_id],
        )

    return {e: sets[e] for e in sorted(sets, key=key)}


def eased(exercise: Exercise, sets: int, share: float) -> int:
    """Return the sets of an easier week: a share of the full ones, rounded, never below the smallest dose."""
    fewest = 1 if share <= 0.5 else min(sets, exercise.dose.sets[0])
    return max(fewest, min(sets, int(sets * share + 0.5)))


def week_step(ask: Ask, week: int) -> WeekStep:
    """Return the step of a week, from 1; after the last step it stays."""
    steps = ask.doses.experience[ask.person.experience].weeks
    return steps[min(week, len(steps)) - 1]


def deload_step(ask: Ask) -> WeekStep:
    """Return the step of a deload week: half the sets, and more reps in reserve than the week before."""
    last, doses = ask.doses.experience[ask.person.experience].weeks[-1], ask.doses
    return WeekStep(
        share=doses.deload_share,
        rir_multi=last.rir_multi + doses.deload_more_rir,
        rir_single=last.rir_single + doses.deload_more_rir,
    )


def week_sessions(
    problem: Problem, full: Week, mobility: Week, week: int, step: WeekStep, *, deload: bool = False
) -> tuple[Session, ...]:
    """Return the sessions of one week, made from the full week by its step."""
    ask = problem.ask
    sets = {
        day: {e: eased(problem.exercise(e), n, step.share) for e, n in in_order(ask, found).items()}
        for day, found in full.items()
    }
    totals = fractional_sets(
        ((e, n) for found in sets.values() for e, n in found.items()), ask.catalogue, ask.doses
    )
    both = {day: found | in_order(ask, mobility.get(day, {})) for day, found in sets.items()}
    facts = WeekFacts(ask=ask, bands=problem.bands, week=both, totals=totals)
    return tuple(_session(facts, frame, week, step, deload=deload) for frame in problem.frames)


def _session(facts: WeekFacts, frame: Frame, week: int, step: WeekStep, *, deload: bool) -> Session:
    why = why_sentences(facts, frame.day)
    exercises = facts.ask.catalogue.exercises
    items = tuple(
        _item(facts.ask, exercises[e], count, step, why[e]) for e, count in facts.week[frame.day].items()
    )
    return Session(
        week=week,
        day=frame.day,
        place=frame.place.name,
        minutes=session_minutes(facts.ask, frame, {i.exercise: i.sets for i in items}),
        items=items,
        deload=deload,
    )


def session_minutes(ask: Ask, frame: Frame, sets: Mapping[str, int]) -> float:
    """Return the minutes of a session with its warm-up, to a tenth, never rounded above a whole limit."""
    total_s = frame.clock.warm_up_s + sum(item_s(ask.catalogue.exercises[e], n) for e, n in sets.items())
    return round(total_s / 60, 1)


def _item(ask: Ask, exercise: Exercise, sets: int, step: WeekStep, why: str) -> Item:
    mobility = not trains(exercise, ask.doses)
    rir = step.rir_multi if exercise.pattern in MULTI else step.rir_single
    return Item(
        exercise=exercise.id,
        sets=sets,
        reps=exercise.dose.reps,
        hold_s=exercise.dose.hold_s,
        rir=MOBILITY_RIR if mobility else max(rir, ask.screened.rir_floor),
        rest_s=exercise.dose.rest_s,
        load_kg=None,
        band=None,
        why=why,
        mobility=mobility,
    )
