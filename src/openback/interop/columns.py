"""Which column of an export holds what, and rows put right whose columns have shifted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, Literal, get_args

from openback.errors import BadRow
from openback.interop.cells import amount, kind_of, seconds, unit_of
from openback.interop.dates import parts_of
from openback.model.history import Unit

App = Literal["strong", "hevy", "fitnotes"]
Role = Literal[
    "start", "end", "duration", "title", "session_note", "exercise", "category", "order", "kind", "weight",
    "weight_unit", "reps", "distance", "distance_unit", "hold", "rpe", "note", "superset", "other",
]  # fmt: skip

Cells = Mapping[Role, str]

MAX_COLUMNS: Final = 200  # project default; the widest export known has 16
_LONGEST_TYPED_CELL = 64  # numbers, dates and units are shorter
_MOST_COMMAS = 4  # unquoted delimiters in one row that are still put right
_BRACKETED = re.compile(r"^(.*?)\s*\(([^()]*)\)$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column with the unit that its name says, if any."""

    role: Role
    unit: Unit | None = None


@dataclass(frozen=True)
class Layout:
    """The columns of one file, in order."""

    app: App
    columns: tuple[Column, ...]
    has_header: bool = True
    names: tuple[str, ...] = field(default=())

    @cached_property
    def places(self) -> Mapping[Role, tuple[int, ...]]:
        """Where each role stands; a weight may stand in two columns, one in kg and one in lb."""
        found: dict[Role, tuple[int, ...]] = {}
        for place, column in enumerate(self.columns):
            found[column.role] = (*found.get(column.role, ()), place)
        return found

    @cached_property
    def _firsts(self) -> tuple[tuple[Role, int], ...]:
        return tuple((role, places[0]) for role, places in self.places.items())

    @cached_property
    def _blank(self) -> dict[Role, str]:
        return dict.fromkeys(get_args(Role), "")

    @cached_property
    def _checks(self) -> tuple[tuple[int, Callable[[str], bool]], ...]:
        return tuple((i, _CHECKS[c.role]) for i, c in enumerate(self.columns) if c.role in _CHECKS)

    def cell(self, cells: Sequence[str], role: Role) -> str:
        """Return what stands under a role, empty when the file has no such column."""
        places = self.places.get(role)
        return cells[places[0]].strip() if places else ""

    def by_role(self, cells: Sequence[str]) -> Cells:
        """Return what stands under every role, empty where the file has no such column."""
        return self._blank | {role: cells[place].strip() for role, place in self._firsts}

    def fits(self, cells: Sequence[str]) -> bool:
        """Whether every cell can be what its column says."""
        return len(cells) == len(self.columns) and all(check(cells[place]) for place, check in self._checks)

    def mended(self, cells: list[str], delimiter: str) -> tuple[list[str], bool]:
        """Return the cells under their columns, and whether an unquoted delimiter had to be put right.

        Raises BadRow when the cells cannot be made to fit.
        """
        width = len(self.columns)
        if self.fits(cells):
            return cells, False
        trimmed = cells[:width] if not any(cell.strip() for cell in cells[width:]) else cells
        padded = trimmed + [""] * (width - len(trimmed))
        if self.fits(padded):
            return padded, False
        for role in ("exercise", "title", "note", "session_note"):
            for commas in range(1, _MOST_COMMAS + 1):
                joined = self._joined(trimmed, role, commas, delimiter)
                if joined and self.fits(joined):
                    return joined, True
        if len(padded) != width:
            raise BadRow(f"the row has {len(cells)} columns where the heading has {width}")
        return padded, False

    def _joined(self, cells: list[str], role: Role, commas: int, delimiter: str) -> list[str] | None:
        """Return the row with the text of `role` put together from `commas` + 1 cells."""
        width = len(self.columns)
        for place in self.places.get(role, ())[:1]:
            pieces = cells[place : place + commas + 1]
            text = delimiter.join(pieces)
            if len(pieces) <= commas or not all(any(c.isalpha() for c in piece) for piece in pieces):
                return None  # words stand on both sides of a comma in a name
            joined = [*cells[:place], text, *cells[place + commas + 1 :]]
            # Without a cell too many, only an open bracket shows that a name was cut in two.
            if len(joined) == width or (len(joined) < width and _opens(cells[place]) and not _opens(text)):
                return joined + [""] * (width - len(joined))
        return None


def layout_of(
    header: Sequence[str], app: App, *, known: Mapping[str, Column], needed: frozenset[Role]
) -> Layout | None:
    """Return the layout that a heading row describes, None when it lacks what that app always writes."""
    names = tuple(heading(cell) for cell in header)
    columns = tuple(_column(name, known) for name in names)
    return Layout(app, columns, names=names) if needed <= {column.role for column in columns} else None


def _opens(text: str) -> bool:
    return text.count("(") > text.count(")")


def _column(name: str, known: Mapping[str, Column]) -> Column:
    """Return what a heading means: `weight (lbs)` is the weight column in lb."""
    if name in known:
        return known[name]
    bracketed = _BRACKETED.match(name)
    if bracketed and bracketed[1] in known:
        return Column(known[bracketed[1]].role, unit_of(bracketed[2]))
    return Column("other")


def heading(cell: str) -> str:
    """Return a column name as it is compared: no quotes, case or marks."""
    return " ".join(cell.replace("\ufeff", "").strip().strip('"').casefold().split())


def layout_without_header(cells: Sequence[str], layouts: Sequence[Layout]) -> Layout | None:
    """Return the layout that a first row without a heading fits, None when it fits none."""
    return next((layout for layout in layouts if layout.fits(cells)), None)


def _reads(reader: Callable[[str, str], object]) -> Callable[[str], bool]:
    """Return a check that is true for what `reader` can read. Cells repeat, so the short ones are remembered."""

    @lru_cache(maxsize=4_096)
    def reads(text: str) -> bool:
        try:
            reader(text, "")
        except BadRow:
            return False
        return True

    return lambda text: (
        reads(text) if len(text) <= _LONGEST_TYPED_CELL else reads(text.strip()[:_LONGEST_TYPED_CELL])
    )


def _loose_number(text: str, what: str) -> object:
    return amount(text, what, decimal_comma=True)


# What a cell must look like to stand under a role; a role that may hold any text has no check.
_CHECKS: Final[Mapping[Role, Callable[[str], bool]]] = {
    "start": lambda text: parts_of(text) is not None,
    "end": lambda text: not text.strip() or parts_of(text) is not None,
    "order": lambda text: kind_of(text) is not None,
    "kind": lambda text: kind_of(text) is not None,
    "weight": _reads(_loose_number),
    "weight_unit": lambda text: not text.strip() or unit_of(text) is not None,
    "reps": _reads(_loose_number),
    "distance": _reads(_loose_number),
    "hold": _reads(seconds),
    "rpe": _reads(_loose_number),
    "superset": lambda text: len(text) <= 40,
}
