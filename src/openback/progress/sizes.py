"""Sizes of the body over time, and whether a change is more than a tape makes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from openback.datafile import read_table

Change = Literal["first", "none", "more", "less"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeChange:
    """How the latest size differs from the first: `none` when it is less than a tape can tell.

    `by_cm` is the difference with its sign, None where there is only one size.
    """

    change: Change
    since: date
    by_cm: float | None


@cache
def smallest_change_cm() -> Mapping[str, float]:
    """Return the smallest change worth believing of each size; raises BadDataFile."""
    table = read_table("body_sizes.toml")
    sizes = table.numbers("smallest_change_cm")
    table.settle()
    return sizes


def size_change(points: Sequence[tuple[date, float]], smallest_cm: float) -> SizeChange:
    """Return the change from the first to the last of these sizes, oldest first; there must be one."""
    (since, first), (_, last) = points[0], points[-1]
    if len(points) == 1:
        return SizeChange(change="first", since=since, by_cm=None)
    by_cm = last - first
    if abs(by_cm) < smallest_cm:
        return SizeChange(change="none", since=since, by_cm=by_cm)
    return SizeChange(change="more" if by_cm > 0 else "less", since=since, by_cm=by_cm)
