"""A prescription from a case, and where a swap leads."""

from __future__ import annotations

from openback.model.strength import Move, NextSet
from openback.training.progression.case import Case, Step


def made(case: Case, move: Move, why: str, step: Step) -> NextSet:
    """Return today's plan at a step, with its reason."""
    planned = case.ask.planned
    return NextSet(
        exercise=case.exercise.id,
        move=move,
        load_kg=step.load_kg,
        band=step.band,
        sets=planned.sets,
        reps=None if case.holds else case.range,
        hold_s=case.range if case.holds else None,
        rir=planned.rir,
        tempo_s=None,
        why=why,
        forecast=None if step.band else case.forecast(step),  # a band has no kilograms to forecast at
    )


def gentler(case: Case) -> str | None:
    """Return an exercise that asks less of the same muscles; None when none is allowed."""
    swap = case.exercise.swap
    return first_allowed(case, (*swap.easier, *swap.twins.values()))


def first_allowed(case: Case, ids: tuple[str, ...]) -> str | None:
    """Return the first of these exercises that may be swapped to."""
    allowed = case.ask.allowed
    return next((one for one in ids if allowed is None or one in allowed), None)


def name(case: Case, exercise_id: str) -> str:
    """Return the name of an exercise as it stands in a sentence."""
    return case.ask.names.get(exercise_id, exercise_id.replace("_", " ").capitalize())
