"""What can be taken back about eating: each is one row under a key, read and written alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import Connection, Table

from openback.model.eating import BodyMeasures, FoodLog
from openback.model.eating_history import FavouriteFood, FoodDay, KeptWeek, KeptWishes, ShoppingTick
from openback.model.log import MassLog
from openback.storage.eating_tables import (
    body_measure,
    favourite_food,
    food_day,
    food_log,
    food_wishes,
    meal_week,
    shopping_tick,
)
from openback.storage.records import About
from openback.storage.rows import one, put, remove, values_of, whose
from openback.storage.tables import mass_log
from openback.storage.types import in_utc

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True, kw_only=True)
class RowKind:
    """One kind of row: its value, its name to a person, and how its keys are read from text."""

    value: type[DataclassInstance]
    called: str
    table: Table
    keys: Mapping[str, Callable[[str], object]]

    def key(self, value: DataclassInstance) -> str:
        """Return the key of a value as text: `2026-11-23/rolled_oats`."""
        return "/".join(_said(getattr(value, name)) for name in self.keys)

    def where(self, key: str) -> dict[str, object]:
        """Return the key's columns. Only the last part may hold a slash."""
        parts = key.split("/", len(self.keys) - 1) if self.keys else []
        return {name: read(part) for (name, read), part in zip(self.keys.items(), parts, strict=True)}

    def read(self, connection: Connection, person_id: str, key: str) -> DataclassInstance | None:
        """Return the row under a key, or None."""
        return one(connection, self.table, self.value, whose(self.table, person_id, **self.where(key)))

    def write(
        self, connection: Connection, person_id: str, key: str, state: DataclassInstance | None
    ) -> None:
        """Put the row, or take it away for None."""
        if state is None:
            remove(connection, self.table, person_id, **self.where(key))
        else:
            put(connection, self.table, values_of(state), person_id=person_id, keys=tuple(self.keys))


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return in_utc(value).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _kind(
    value: type[DataclassInstance], called: str, table: Table, **keys: Callable[[str], object]
) -> RowKind:
    return RowKind(value=value, called=called, table=table, keys=keys)


_day: Final = date.fromisoformat

EATING: Final[Mapping[About, RowKind]] = {
    "food_wishes": _kind(KeptWishes, "wish", food_wishes),
    "meal_week": _kind(KeptWeek, "week of meals", meal_week, starts_on=_day),
    "shopping_tick": _kind(
        ShoppingTick, "line of the shopping list", shopping_tick, starts_on=_day, food=str
    ),
    "food_entry": _kind(FoodLog, "entry", food_log, id=UUID),
    "food_day": _kind(FoodDay, "day", food_day, on=_day),
    "favourite": _kind(FavouriteFood, "favourite", favourite_food, key=str),
    "body_mass": _kind(MassLog, "weight", mass_log, at=datetime.fromisoformat),
    "measures": _kind(BodyMeasures, "measure", body_measure, on=_day),
}
