"""Time away that cannot have been, and cards of the board that cannot be kept."""

from __future__ import annotations

from collections.abc import Sequence

from openback.errors.base import BadInput


class BadAway(BadInput):
    """A time away that cannot be, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


class BadCard(BadInput):
    """A card of the inspiration board that cannot be kept, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))
