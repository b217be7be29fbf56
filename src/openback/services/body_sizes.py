"""Sizes of the body over time, one line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openback.model.eating import BodyMeasures
from openback.progress.sizes import SizeChange, size_change, smallest_change_cm


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeView:
    """One size over time: its field of BodyMeasures, its values oldest first, and how it changed."""

    field: str
    points: tuple[tuple[date, float], ...]
    change: SizeChange
    smallest_cm: float


def size_views(measures: Sequence[BodyMeasures]) -> tuple[SizeView, ...]:
    """Return the sizes that were taken, from measures in any order; those never taken are left out."""
    return tuple(_views(sorted(measures, key=lambda one: one.on)))


def _views(measures: Sequence[BodyMeasures]) -> Iterator[SizeView]:
    for field, smallest_cm in smallest_change_cm().items():
        points = tuple((one.on, value) for one in measures if (value := getattr(one, field)) is not None)
        if points:
            change = size_change(points, smallest_cm)
            yield SizeView(field=field, points=points, change=change, smallest_cm=smallest_cm)
