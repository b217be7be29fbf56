"""Hevy's CSV export: the unit stands in the column names, the dates in the app's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from openback.interop.columns import Column, Layout, Role, layout_of

_KNOWN: Final[Mapping[str, Column]] = {
    "title": Column("title"),
    "start_time": Column("start"),
    "end_time": Column("end"),
    "description": Column("session_note"),
    "exercise_title": Column("exercise"),
    "superset_id": Column("superset"),
    "exercise_notes": Column("note"),
    "set_index": Column("other"),
    "set_type": Column("kind"),
    "weight_kg": Column("weight", "kg"),
    "weight_lbs": Column("weight", "lb"),
    "weight": Column("weight"),
    "reps": Column("reps"),
    "distance_km": Column("distance"),
    "distance_miles": Column("distance"),
    "distance_meters": Column("distance"),
    "duration_seconds": Column("hold"),
    "rpe": Column("rpe"),
}
_NEEDED: Final[frozenset[Role]] = frozenset({"start", "exercise"})


def hevy_layout(header: Sequence[str]) -> Layout | None:
    """Return where Hevy's columns stand, None when the heading is not Hevy's."""
    return layout_of(header, "hevy", known=_KNOWN, needed=_NEEDED)
