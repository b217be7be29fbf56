"""Strength beside what was measured in groups of people: where an estimate lies in a published spread. Pure.

It is a place on a map and not a goal: the groups were small and young, and an estimate is no test.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from openback.datafile import Table, read_table

Group = Literal["female", "male"]
GROUPS: Final[tuple[Group, ...]] = ("female", "male")
GROUP_WORDS: Final[Mapping[Group, str]] = {"female": "women", "male": "men"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Mean and standard deviation of a one-rep maximum, as shares of body mass."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """One published figure: which exercises may be held against it, whom it is of, and its source."""

    id: str
    name: str
    exercises: tuple[str, ...]
    spreads: Mapping[Group, Spread]
    people: str
    caveat: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where somebody stands: their share of body mass and the part of the group below it, each low, best, high."""

    share: tuple[float, float, float]
    below: tuple[float, float, float]


@cache
def norms() -> tuple[Norm, ...]:
    """Return every norm; raises BadDataFile when the file cannot be read."""
    table = read_table("strength_norms.toml")
    found = tuple(_norm(one) for one in table.tables("norm"))
    table.settle()
    return found


def _norm(table: Table) -> Norm:
    return Norm(
        id=table.text("id"),
        name=table.text("name"),
        exercises=table.words("exercises"),
        spreads={group: _spread(table.table(group)) for group in GROUPS},
        people=table.text("people"),
        caveat=table.text("caveat"),
        source=table.text("source"),
    )


def _spread(table: Table) -> Spread:
    return Spread(mean=table.number("mean"), sd=table.number("sd"))


def standing(one_rm_kg: tuple[float, float, float], mass_kg: float, spread: Spread) -> Standing:
    """Return where a one-rep maximum with its band (low, best, high) stands for a body mass."""
    low, best, high = (kg / mass_kg for kg in one_rm_kg)
    return Standing(
        share=(low, best, high), below=(_below(low, spread), _below(best, spread), _below(high, spread))
    )


def _below(share: float, spread: Spread) -> float:
    """Return the part of a bell curve that lies below a value."""
    return 0.5 * (1 + math.erf((share - spread.mean) / (spread.sd * math.sqrt(2))))


def standing_words(standing: Standing, group: Group) -> str:
    """Return where somebody stands, in tenths of the group: finer would be false."""
    low, best, high = (round(10 * part) for part in standing.below)
    likely = f" (likely {low} to {high})" if low != high else ""
    part = {0: "Fewer than 1 of 10", 10: "More than 9 of 10"}.get(best, f"About {best} of 10")
    return f"{part} of the {GROUP_WORDS[group]} tested pulled less{likely}."
