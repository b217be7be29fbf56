"""What a rule yields: columns, rows and gains of the mixed-integer model, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

Key = tuple[str | int, ...]  # ("sets", "pull_up", 2)
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Column:
    """A variable from `lower` to `upper`; `gain` is what one unit of it is worth."""

    key: Key
    upper: float
    gain: float = 0.0
    lower: float = 0.0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A sum of variables that must lie between two numbers.

    `group` names what the row stands for in a conflict, such as ("minutes", 2); rows of one group go together.
    """

    group: Key
    parts: Mapping[Key, float]
    at_least: float = -inf
    at_most: float = inf


@dataclass(frozen=True, slots=True)
class Gain:
    """What one unit of an existing variable is worth on top."""

    key: Key
    points: float


Piece = Column | Row | Gain


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[P]):
    """A named rule of a planner whose problems are of type P.

    `hard` rules always hold and can be in conflict; the others are weighed. `says` is for the person.
    """

    name: str
    title: str
    says: str
    hard: bool
    pieces: Callable[[P], Iterator[Piece]]
