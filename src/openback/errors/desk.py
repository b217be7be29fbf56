"""Results of desk tests and notes of pain that cannot be."""

from __future__ import annotations

from collections.abc import Sequence

from openback.errors.base import BadInput


class BadTestResult(BadInput):
    """A result of a desk test that cannot be, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"This result cannot be kept: {'; '.join(self.problems)}.")


class NoTestTold(BadInput):
    """A take that tells nothing; `said` says what to change."""

    def __init__(self, said: str) -> None:
        super().__init__(f"Nothing can be told from this take. {said}")


class BadPainNote(BadInput):
    """A note of the pain diary that cannot be, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"This note cannot be kept: {'; '.join(self.problems)}.")
