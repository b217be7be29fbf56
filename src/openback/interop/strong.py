"""Strong's CSV exports: eight forms seen in the wild, told apart by their headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from openback.interop.columns import Column, Layout, Role, layout_of, layout_without_header

_KNOWN: Final[Mapping[str, Column]] = {
    **dict.fromkeys(("date", "datum"), Column("start")),
    **dict.fromkeys(("workout name", "workout-name"), Column("title")),
    **dict.fromkeys(("duration", "workout duration", "dauer", "workout-dauer"), Column("duration")),
    **dict.fromkeys(("exercise name", "name der übung"), Column("exercise")),
    **dict.fromkeys(("set order", "reihenfolge festlegen"), Column("order")),
    **dict.fromkeys(("weight", "gewicht"), Column("weight")),
    "kg": Column("weight", "kg"),
    **dict.fromkeys(("lb", "lbs"), Column("weight", "lb")),
    **dict.fromkeys(("weight unit", "gewichtseinheit"), Column("weight_unit")),
    **dict.fromkeys(("reps", "wiederh.", "wiederholungen"), Column("reps")),
    "rpe": Column("rpe"),
    **dict.fromkeys(("distance", "entfernung", "km", "mi", "miles", "meters"), Column("distance")),
    **dict.fromkeys(("distance unit", "entfernungseinheit"), Column("distance_unit")),
    **dict.fromkeys(("seconds", "sekunden"), Column("hold")),
    **dict.fromkeys(("notes", "notizen"), Column("note")),
    **dict.fromkeys(("workout notes", "workout-notizen"), Column("session_note")),
}
_NEEDED: Final[frozenset[Role]] = frozenset({"start", "exercise", "order"})

# Headings of the forms, for files that lost theirs; the one seen without is the first.
_UNIT_COLUMNS: Final = (
    "date;workout name;exercise name;set order;weight;weight unit;reps;rpe;distance;distance unit;"
)
_FORMS: Final = (
    _UNIT_COLUMNS + "seconds;notes;workout notes",
    _UNIT_COLUMNS + "seconds;notes;workout notes;workout duration",
    "date;workout name;duration;exercise name;set order;weight;reps;distance;seconds;notes;workout notes;rpe",
    "date;workout name;exercise name;set order;weight;reps;distance;seconds;notes;workout notes;rpe",
    "date;workout name;exercise name;set order;weight;reps;distance;seconds;notes;workout notes",
    "date;workout name;exercise name;set order;kg;reps;km;seconds;notes",
)


def strong_layout(header: Sequence[str]) -> Layout | None:
    """Return where Strong's columns stand, None when the heading is not Strong's."""
    return layout_of(header, "strong", known=_KNOWN, needed=_NEEDED)


def strong_layout_without_header(cells: Sequence[str]) -> Layout | None:
    """Return the form of Strong that a first row of data fits, None when it fits none."""
    layouts = (strong_layout(form.split(";")) for form in _FORMS)
    found = layout_without_header(cells, [layout for layout in layouts if layout is not None])
    return Layout("strong", found.columns, has_header=False) if found else None
