"""Errors about a person, their places and their sets."""

from __future__ import annotations

from collections.abc import Sequence

from openback.errors.base import BadInput


class BadProfile(BadInput):
    """A person, place or screening that cannot be, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        text = "; ".join(self.problems)
        super().__init__(f"This profile cannot be used: {text}{'' if text.endswith('?') else '.'}")


class BadSet(BadInput):
    """A set that cannot have happened."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"This set cannot be kept: {problem}.")


class BadReminders(BadInput):
    """Times of reminders that cannot be, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


class TrainingStopped(BadInput):
    """A session that is not begun, because the screening or the pain diary stops training; every reason with whom to see."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(f"No session is begun now. {' '.join(self.reasons)}")
