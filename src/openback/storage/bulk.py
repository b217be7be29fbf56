"""Adding many rows at once, on either database, leaving those that are here already as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import sqlite

from openback.storage.rows import values_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_AT_ONCE: Final = 5_000  # rows handed to the driver at a time


def add_missing(
    connection: Connection, table: Table, person_id: str, values: Sequence[DataclassInstance]
) -> int:
    """Add the values that are not there and return how many that was. The person must be held."""
    # Drivers do not agree on what they count in bulk; the person is held, so counting twice is exact.
    count = select(func.count()).where(table.c.person_id == person_id)
    before = connection.execute(count).scalar_one()
    rows = [values_of(value) | {"person_id": person_id} for value in values]
    if not rows:
        return 0
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        statement = sqlite.insert(table).on_conflict_do_nothing()
        for start in range(0, len(rows), _AT_ONCE):
            connection.execute(statement, rows[start : start + _AT_ONCE])
    return connection.execute(count).scalar_one() - before


def _copy(connection: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    """Send rows the way PostgreSQL takes them fastest: COPY into a table of this transaction's own."""
    columns = list(rows[0])
    ready = {name: _ready(table, name, connection) for name in columns}
    names = ", ".join(f'"{name}"' for name in columns)
    kinds = ", ".join(f'"{name}"' for name in ["nth", *columns])
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS "  # noqa: S608 - names of ours, here and below
        f'SELECT 0 AS nth, {names} FROM "{table.name}" WHERE false'
    )
    driver = connection.connection.driver_connection
    if driver is None:
        msg = "A connection in a transaction has a driver."
        raise AssertionError(msg)
    with driver.cursor() as cursor, cursor.copy(f"COPY incoming ({kinds}) FROM STDIN") as copy:
        for nth, row in enumerate(rows):
            copy.write_row((nth, *(ready[name](value) for name, value in row.items())))
    connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({names}) SELECT {names} FROM incoming ORDER BY nth '  # noqa: S608
        "ON CONFLICT DO NOTHING"
    )
    connection.exec_driver_sql("DROP TABLE incoming")


def _ready(table: Table, name: str, connection: Connection) -> Callable[[object], object]:
    """Return how a value of this column is made ready for the driver."""
    dialect = connection.dialect
    processor = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    return _as_it_is if processor is None else processor


def _as_it_is(value: object) -> object:
    return value
