"""What one row of a CSV means: a set, a remark, or a reason why it is neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from openback.errors import BadRow
from openback.interop.cells import RowKind, amount, kind_of, rir_from_rpe, seconds, short, unit_of, whole
from openback.interop.collect import Done
from openback.interop.columns import Cells, Layout, Role
from openback.interop.dates import Reading, When, when
from openback.interop.loads import UnitPlan
from openback.model.history import Unit
from openback.model.log import SetKind
from openback.units import kg_from_lb

MAX_NAME_CHARS: Final = 200
_DATES_REMEMBERED: Final = 16
_SET_KINDS: Final[dict[RowKind, SetKind]] = {"warm_up": "warm_up", "drop": "drop"}
_CARDIO: Final = frozenset({"cardio"})


@dataclass(frozen=True, slots=True)
class Remark:
    """A row that is no set: `why`, and the text in it that is worth keeping with its session."""

    when: When
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class _Load:
    value: float | None
    kg: float | None
    written: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """How the rows of one file are understood."""

    layout: Layout
    reading: Reading
    units: UnitPlan
    decimal_comma: bool
    now: datetime
    _dates: dict[str, When] = field(default_factory=dict, init=False)

    def of(self, line: int, row: Sequence[str]) -> Done | Remark:
        """Return what a row means. Raises BadRow with the reason when it is not a set that can be kept."""
        cells = self.layout.by_role(row)
        name = _name(cells)
        start = self._when(cells["start"])
        kind = kind_of(cells["order"] or cells["kind"])
        if kind in {"rest", "note"} or name.casefold() == "rest timer":
            why = "a note, not a set" if kind == "note" else "a rest timer, not a set"
            return Remark(start, cells["note"], why)
        load = self._load(row, cells)
        reps, hold_s = self._work(cells, kind)
        rpe = self._number(cells, "rpe")
        rir = rir_from_rpe(rpe)
        return Done(
            line=line,
            when=start,
            name=name,
            kind=_SET_KINDS.get(kind or "work", "work"),
            load=load.value,
            load_kg=load.kg,
            unit_written=load.written,
            reps=reps,
            hold_s=hold_s,
            rir=0.0 if rir is None and kind == "failure" else rir,
            note=", ".join(self._notes(cells, rpe=rpe, reps=reps)),
            superset=cells["superset"],
            title=cells["title"],
            session_note=cells["session_note"],
            ended=self._end(cells),
            duration_s=_duration_s(cells),
            odd_kind=kind is None,
        )

    def _when(self, text: str) -> When:
        """Return what a date means; all sets of a session have the same, so the last few are remembered."""
        if text not in self._dates:
            if len(self._dates) >= _DATES_REMEMBERED:
                self._dates.clear()
            self._dates[text] = when(text, self.reading, now=self.now)
        return self._dates[text]

    def _number(self, cells: Cells, role: Role) -> float | None:
        found = amount(cells[role], role, decimal_comma=self.decimal_comma)
        return found.value if found else None

    def _load(self, row: Sequence[str], cells: Cells) -> _Load:
        """Return the load, from the first weight column that holds one."""
        for place in self.layout.places.get("weight", ()):
            found = amount(row[place].strip(), "weight", decimal_comma=self.decimal_comma)
            if found is None:
                continue
            column_unit = self.layout.columns[place].unit
            unit = found.unit or column_unit or unit_of(cells["weight_unit"])
            return _Load(
                found.value, _kg(found.value, unit or self.units.unit), unit is not None or self.units.written
            )
        return _Load(None, None, True)

    def _work(self, cells: Cells, kind: RowKind | None) -> tuple[int | None, float | None]:
        """Return reps, or else the seconds of a hold."""
        reps = whole(self._number(cells, "reps"), "reps")
        if reps:
            return reps, None
        if kind is None:
            raise BadRow(f"{short(cells['order'] or cells['kind'])!r} is not a kind of set that is known")
        if self._number(cells, "distance"):
            raise BadRow("has a distance, not reps")
        hold_s = self._hold_s(cells)
        if not hold_s:
            raise BadRow("has no reps and no time")
        if cells["category"].casefold() in _CARDIO:
            raise BadRow("is cardio: a time, not reps")
        return None, hold_s

    def _hold_s(self, cells: Cells) -> float | None:
        return seconds(cells["hold"], "time", decimal_comma=self.decimal_comma)

    def _notes(self, cells: Cells, *, rpe: float | None, reps: int | None) -> Iterator[str]:
        """Yield the row's note, and what else the row says that a set has no place for."""
        if note := cells["note"]:
            yield note
        if rpe and rir_from_rpe(rpe) is None:
            yield f"RPE {rpe:g}"
        if reps and (hold_s := self._hold_s(cells)):
            yield f"{hold_s:g} s"
        if distance := self._number(cells, "distance"):
            yield f"distance {distance:g} {cells['distance_unit']}".rstrip()

    def _end(self, cells: Cells) -> When | None:
        """Return the end of the session, None when there is none that can be read."""
        text = cells["end"]
        if not text:
            return None
        try:
            return self._when(text)
        except BadRow:
            return None


def _name(cells: Cells) -> str:
    name = " ".join(cells["exercise"].split())
    if not name:
        raise BadRow("there is no exercise name")
    if len(name) > MAX_NAME_CHARS:
        raise BadRow(f"the exercise name is longer than {MAX_NAME_CHARS} letters")
    return name


def _duration_s(cells: Cells) -> float | None:
    """Return how long the session took, None when the file does not say or not clearly."""
    try:
        return seconds(cells["duration"], "duration")
    except BadRow:
        return None


def _kg(value: float, unit: Unit) -> float:
    """Return kilograms, the very number of the file when it is in kilograms."""
    return value if unit == "kg" else kg_from_lb(value)
