"""The table of what is noted and measured beside training, and how one row of it is read and written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import Column, Connection, Index, String, Table, Text

from openback.model.journal import KIND_OF, KINDS
from openback.storage.rows import one, put, remove, values_of, whose
from openback.storage.tables import metadata, whose_column
from openback.storage.types import Instant, written

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

journal: Final = Table(
    "journal",
    metadata,
    whose_column(key=True),
    Column("kind", String(32), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Index(None, "person_id", "kind", "at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRow:
    """One entry as it is kept: its value as JSON."""

    kind: str
    key: str
    at: datetime
    text: str


def row_of(value: DataclassInstance) -> JournalRow:
    """Return the row of a value of `model.journal.KINDS`."""
    name = KIND_OF[type(value)]
    kind = KINDS[name]
    return JournalRow(kind=name, key=kind.key(value), at=kind.at(value), text=written(kind.value, value))


def read_entry(connection: Connection, person_id: str, key: str) -> JournalRow | None:
    """Return the row under `kind/key`, None when it is not there."""
    kind, _, name = key.partition("/")
    return one(connection, journal, JournalRow, whose(journal, person_id, kind=kind, key=name))


def write_entry(connection: Connection, person_id: str, key: str, state: object | None) -> None:
    """Keep a row under `kind/key`; None takes it away."""
    kind, _, name = key.partition("/")
    if state is None:
        remove(connection, journal, person_id, kind=kind, key=name)
    elif isinstance(state, JournalRow):
        put(connection, journal, values_of(state), person_id=person_id, keys=("kind", "key"))
