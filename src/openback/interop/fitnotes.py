"""FitNotes' CSV export: a day without a time, and exercise names with commas that nobody quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from openback.interop.columns import Column, Layout, Role, layout_of

_KNOWN: Final[Mapping[str, Column]] = {
    "date": Column("start"),
    "exercise": Column("exercise"),
    "category": Column("category"),
    "weight": Column("weight"),
    "weight unit": Column("weight_unit"),
    "reps": Column("reps"),
    "distance": Column("distance"),
    "distance unit": Column("distance_unit"),
    "time": Column("hold"),
    **dict.fromkeys(("comment", "comments", "notes"), Column("note")),
}
_NEEDED: Final[frozenset[Role]] = frozenset({"start", "exercise", "category"})


def fitnotes_layout(header: Sequence[str]) -> Layout | None:
    """Return where FitNotes' columns stand, None when the heading is not FitNotes'."""
    return layout_of(header, "fitnotes", known=_KNOWN, needed=_NEEDED)
