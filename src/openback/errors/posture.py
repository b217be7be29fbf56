"""Errors about frames of landmarks that were sent, and about posture checks."""

from __future__ import annotations

from collections.abc import Sequence

from openback.errors.base import BadInput

_SHOWN = 3


class BadFrames(BadInput):
    """Frames of landmarks that cannot be."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - _SHOWN
        rest = f"; and {more} more" if more > 0 else ""
        super().__init__(f"These frames cannot be used: {'; '.join(self.problems[:_SHOWN])}{rest}.")


class NoPostureTold(BadInput):
    """Pictures from which no posture can be told; `problems` says of each what to change."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(("No posture can be told from this.", *self.problems)))


class BadPosturePhotos(BadInput):
    """Photos of a posture check that do not go together, or a mark that is on none of them."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"{problem}. Give one photo each from the front, the back and both sides, or some of them: "
            "openback posture FRONT.jpg RIGHT.jpg BACK.jpg LEFT.jpg."
        )
