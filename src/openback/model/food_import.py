"""What reading a file of foods hands on: foods with their rank, a piece of the file at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from openback.model.food import Food

PublicTable = Literal["usda", "open_food_facts"]
RANKS = 64  # of foods, from the likeliest that somebody means
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedFood:
    """A food to keep, with how likely somebody means it: 0, the likeliest, to 63."""

    food: Food
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a file of foods: reading may go on later from `position`.

    `counts` are those of this piece alone: `read` rows, `kept`, `out:<why>` rows left out, `unknown:<why>` figures
    that cannot be. Every row is in one of them: read = kept + all of `out:`.
    """

    foods: tuple[RankedFood, ...]
    position: int
    counts: Mapping[str, int]


class FoodReader(Protocol):
    """A file or folder of foods, looked at but not read yet.

    `file` tells it from others: the same content has the same word. `cut_off` says, once all pieces were read, why
    the file ended early; empty when it did not.
    """

    @property
    def file(self) -> str:
        """What tells the file from others."""

    @property
    def name(self) -> str:
        """What a sentence calls it."""

    @property
    def origin(self) -> PublicTable:
        """Whose table it is."""

    @property
    def cut_off(self) -> str:
        """Why it ended early, empty when it did not."""

    def pieces(self, position: int, progress: Step) -> Iterator[Piece]:
        """Yield what follows a position, 0 for all; `progress` is called with bytes done and in all."""
