"""The unit of the loads in a file, and how it is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from openback.model.history import Unit, UnitFrom
from openback.units import kg_from_lb, lb_from_kg

_MANY = 2_000
_TWO_DECIMALS: Final = 1e-6
_SHARE: Final = 0.8  # of the odd numbers must give the unit away; project default


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlan:
    """`unit` is taken where a row gives none of its own; `notes` are sentences about what was assumed."""

    unit: Unit
    unit_from: UnitFrom
    notes: tuple[str, ...] = ()

    @property
    def written(self) -> bool:
        """Whether the file itself gives the unit."""
        return self.unit_from in {"file", "rows"}


@dataclass(slots=True)
class LoadsSeen:
    """The loads of a file, as far as is needed to tell their unit."""

    column_unit: Unit | None
    units: Counter[Unit] = field(default_factory=Counter)
    without_unit: list[int] = field(default_factory=list)
    values: set[float] = field(default_factory=set)

    def add(self, line: int, value: float | None, unit: Unit | None) -> None:
        """Take note of a load."""
        if unit is not None:
            self.units[unit] += 1
        elif value and self.column_unit is None:
            self.without_unit.append(line)
            if len(self.values) < _MANY:
                self.values.add(value)

    def plan(self, told: Unit | None, own: Unit) -> UnitPlan:
        """Return the unit: the file's word goes before the person's, that before what the numbers show."""
        if self.column_unit is not None:
            return UnitPlan(unit=self.column_unit, unit_from="file", notes=_unused(told, self.column_unit))
        if self.units:
            return self._plan_by_rows(told)
        if told is not None:
            return UnitPlan(unit=told, unit_from="told")
        if shown := unit_of_values(self.values):
            note = (
                f"The file gives no unit, but its numbers are round in {_other(shown)}, so they are {shown}."
            )
            return UnitPlan(unit=shown, unit_from="values", notes=(note,))
        if not self.without_unit:  # no load above zero: nothing to ask
            return UnitPlan(unit=own, unit_from="file")
        note = (
            f"The file does not say whether its weights are kg or lb; they were read as {own}, your own unit. "
            f"If that is wrong, import it with --unit {_other(own)}."
        )
        return UnitPlan(unit=own, unit_from="own", notes=(note,))

    def _plan_by_rows(self, told: Unit | None) -> UnitPlan:
        (most, _), *rest = self.units.most_common()
        notes = list(_unused(told, most))
        if rest:
            notes.append(
                f"The file has loads in both units: {_counted(self.units)}. Each was read in its own."
            )
        if not self.without_unit:
            return UnitPlan(unit=most, unit_from="file", notes=tuple(notes))
        taken = told if told and rest else most
        count = len(self.without_unit)
        rows, were = ("row has", "it was") if count == 1 else ("rows have", "they were")
        notes.append(f"{count:,} {rows} a weight without a unit; {were} read as {taken}.")
        return UnitPlan(unit=taken, unit_from="rows", notes=tuple(notes))


def unit_of_values(values: Collection[float]) -> Unit | None:
    """Return the unit that odd numbers give away, None when they do not: 61.23492 kg is 135 lb."""
    odd = [value for value in values if abs(value - round(value, 2)) > _TWO_DECIMALS]
    if len(odd) < 2:
        return None
    if sum(_halves(lb_from_kg(value)) for value in odd) >= _SHARE * len(odd):
        return "kg"
    return "lb" if sum(_halves(kg_from_lb(value)) for value in odd) >= _SHARE * len(odd) else None


def _halves(value: float) -> bool:
    return abs(value * 2 - round(value * 2)) < 1e-3


def _other(unit: Unit) -> Unit:
    return "lb" if unit == "kg" else "kg"


def _unused(told: Unit | None, written: Unit) -> tuple[str, ...]:
    if told is None or told == written:
        return ()
    return (
        f"The file itself gives its weights in {written}, so the unit {told} that was asked for was not used.",
    )


def _counted(units: Counter[Unit]) -> str:
    return " and ".join(f"{count:,} in {unit}" for unit, count in units.most_common())
