"""The variables of the programme's model, by name."""

from __future__ import annotations

from openback.optimise import Key


def sets_of(exercise_id: str, day: int) -> Key:
    """Return the key of the whole number of sets."""
    return ("sets", exercise_id, day)


def used_on(exercise_id: str, day: int) -> Key:
    """Return the key of the yes-or-no: the exercise comes on that day."""
    return ("used", exercise_id, day)


def choice_of(exercise_id: str, day: int, sets: int) -> Key:
    """Return the key of the yes-or-no: the exercise comes on that day with exactly so many sets."""
    return ("choice", exercise_id, day, sets)
