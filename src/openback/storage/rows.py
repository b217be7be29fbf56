"""Rows to values and back. A value's fields have the names of the columns they are kept in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, select, update

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    V = TypeVar("V", bound=DataclassInstance)
else:
    V = TypeVar("V")


@cache
def _names(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def columns_of(table: Table, kind: type[V]) -> list[ColumnElement[Any]]:
    """Return the columns that make a value of `kind`, in the order of its fields."""
    return [table.c[name] for name in _names(kind)]


def values_of(value: DataclassInstance) -> dict[str, object]:
    """Return what is kept of a value, by column."""
    return {name: getattr(value, name) for name in _names(type(value))}


def value_of(kind: type[V], row: Sequence[Any]) -> V:
    """Return the value of a row that begins with `columns_of` that kind."""
    names = _names(kind)
    return kind(**dict(zip(names, row, strict=False)))


def whose(table: Table, person_id: str, **keys: object) -> ColumnElement[bool]:
    """Return the condition that a row is this person's and has these keys."""
    return and_(table.c.person_id == person_id, *(table.c[name] == key for name, key in keys.items()))


def one(connection: Connection, table: Table, kind: type[V], condition: ColumnElement[bool]) -> V | None:
    """Return the only row that fits, or None."""
    row = connection.execute(select(*columns_of(table, kind)).where(condition)).one_or_none()
    return None if row is None else value_of(kind, row)


def put(
    connection: Connection,
    table: Table,
    values: Mapping[str, object],
    *,
    person_id: str,
    keys: Sequence[str],
) -> None:
    """Write a row over the one with the same keys, or add it. The person must be held."""
    condition = whose(table, person_id, **{key: values[key] for key in keys})
    if connection.execute(update(table).where(condition).values(values)).rowcount == 0:
        connection.execute(insert(table).values({**values, "person_id": person_id}))


def remove(connection: Connection, table: Table, person_id: str, **keys: object) -> int:
    """Take rows away and return how many there were."""
    return connection.execute(delete(table).where(whose(table, person_id, **keys))).rowcount
