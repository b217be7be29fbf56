"""Notes that somebody keeps beside their progress."""

from __future__ import annotations

from collections.abc import Sequence

from openback.errors.base import BadInput


class BadCycleNote(BadInput):
    """A note of the cycle that cannot be kept, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"This note cannot be kept: {'; '.join(self.problems)}.")
