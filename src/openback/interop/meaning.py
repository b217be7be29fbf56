"""What one row of a CSV means: a set, a remark, or a reason why it is neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openback.errors import BadRow
from openback.interop.cells import RowKind, amount, kind_of, rir_from_rpe, seconds, short, unit_of, whole
from openback.interop.collect import Done
from openback.interop.columns import Layout, Role
from openback.interop.dates import Reading, When, when
from openback.interop.loads import UnitPlan
from openback.model.history import Unit
from openback.model.log import SetKind
from openback.units import kg_from_lb

MAX_NAME_CHARS: Final = 200
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

    def of(self, line: int, cells: Sequence[str]) -> Done | Remark:
        """Return what a row means. Raises BadRow with the reason when it is not a set that can be kept."""
        name = self._name(cells)
        start = when(self._cell(cells, "start"), self.reading, now=self.now)
        kind = self._kind(cells)
        if kind in {"rest", "note"} or name.casefold() == "rest timer":
            why = "a note, not a set" if kind == "note" else "a rest timer, not a set"
            return Remark(start, self._cell(cells, "note"), why)
        load = self._load(cells)
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
            superset=self._cell(cells, "superset"),
            title=self._cell(cells, "title"),
            session_note=self._cell(cells, "session_note"),
            ended=self._end(cells),
            duration_s=self._duration_s(cells),
        )

    def odd_kind(self, cells: Sequence[str]) -> bool:
        """Whether the set order or type is a word that is not known."""
        return self._kind(cells) is None

    def _cell(self, cells: Sequence[str], role: Role) -> str:
        return self.layout.cell(cells, role)

    def _name(self, cells: Sequence[str]) -> str:
        name = " ".join(self._cell(cells, "exercise").split())
        if not name:
            raise BadRow("there is no exercise name")
        if len(name) > MAX_NAME_CHARS:
            raise BadRow(f"the exercise name is longer than {MAX_NAME_CHARS} letters")
        return name

    def _kind(self, cells: Sequence[str]) -> RowKind | None:
        return kind_of(self._cell(cells, "order") or self._cell(cells, "kind"))

    def _number(self, cells: Sequence[str], role: Role) -> float | None:
        found = amount(self._cell(cells, role), role, decimal_comma=self.decimal_comma)
        return found.value if found else None

    def _load(self, cells: Sequence[str]) -> _Load:
        """Return the load, from the first weight column that holds one."""
        for place in self.layout.places.get("weight", ()):
            found = amount(cells[place].strip(), "weight", decimal_comma=self.decimal_comma)
            if found is None:
                continue
            column_unit = self.layout.columns[place].unit
            unit = found.unit or column_unit or unit_of(self._cell(cells, "weight_unit"))
            return _Load(
                found.value, _kg(found.value, unit or self.units.unit), unit is not None or self.units.written
            )
        return _Load(None, None, True)

    def _work(self, cells: Sequence[str], kind: RowKind | None) -> tuple[int | None, float | None]:
        """Return reps, or else the seconds of a hold."""
        reps = whole(self._number(cells, "reps"), "reps")
        if reps:
            return reps, None
        if kind is None:
            order = self._cell(cells, "order") or self._cell(cells, "kind")
            raise BadRow(f"{short(order)!r} is not a kind of set that is known")
        if self._number(cells, "distance"):
            raise BadRow("has a distance, not reps")
        hold_s = self._hold_s(cells)
        if not hold_s:
            raise BadRow("has no reps and no time")
        if self._cell(cells, "category").casefold() in _CARDIO:
            raise BadRow("is cardio: a time, not reps")
        return None, hold_s

    def _hold_s(self, cells: Sequence[str]) -> float | None:
        return seconds(self._cell(cells, "hold"), "time", decimal_comma=self.decimal_comma)

    def _notes(self, cells: Sequence[str], *, rpe: float | None, reps: int | None) -> Iterator[str]:
        """Yield the row's note, and what else the row says that a set has no place for."""
        if note := self._cell(cells, "note"):
            yield note
        if rpe and rir_from_rpe(rpe) is None:
            yield f"RPE {rpe:g}"
        if reps and (hold_s := self._hold_s(cells)):
            yield f"{hold_s:g} s"
        if distance := self._number(cells, "distance"):
            yield f"distance {distance:g} {self._cell(cells, 'distance_unit')}".rstrip()

    def _end(self, cells: Sequence[str]) -> When | None:
        """Return the end of the session, None when there is none that can be read."""
        text = self._cell(cells, "end")
        if not text:
            return None
        try:
            return when(text, self.reading, now=self.now)
        except BadRow:
            return None

    def _duration_s(self, cells: Sequence[str]) -> float | None:
        """Return how long the session took, None when the file does not say or not clearly."""
        try:
            return seconds(self._cell(cells, "duration"), "duration")
        except BadRow:
            return None


def _kg(value: float, unit: Unit) -> float:
    """Return kilograms, the very number of the file when it is in kilograms."""
    return value if unit == "kg" else kg_from_lb(value)
