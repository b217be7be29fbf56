"""Errors about the catalogue and the exercise files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches

from openback.errors.base import BadInput


class BadCatalogue(BadInput):
    """Data files with problems, every one of them listed with its file and key."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'' if len(self.problems) == 1 else 's'}"
        super().__init__(f"The exercise files have {count}:\n" + "\n".join(f"- {p}" for p in self.problems))


class UnknownExercise(BadInput):
    """An exercise id that the catalogue does not have."""

    def __init__(self, exercise_id: str, known: Collection[str]) -> None:
        self.exercise_id = exercise_id
        near = get_close_matches(exercise_id, known, n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else "`openback exercises` lists them."
        super().__init__(f"No exercise is called {exercise_id!r}. {hint}")
