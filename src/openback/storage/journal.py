"""The part of the store for what is noted and measured beside training (`model.journal`): one table for all kinds.

Everything that is written here can be taken back: each method returns the step, None when nothing changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select

from openback.model.journal import KIND_OF, KINDS
from openback.storage.base import Base
from openback.storage.changes import Step, note
from openback.storage.journal_states import JournalRow, journal, read_entry, row_of, write_entry
from openback.storage.records import Change
from openback.storage.rows import columns_of, value_of
from openback.storage.types import read

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    V = TypeVar("V", bound=DataclassInstance)
else:
    V = TypeVar("V")


class Journal(Base):
    """Reading and writing what is noted and measured."""

    def entries(
        self, person_id: str, kind: type[V], *, start: datetime | None = None, end: datetime | None = None
    ) -> tuple[V, ...]:
        """Return the entries of a kind from `start` to before `end`, oldest first."""
        span = [journal.c.person_id == person_id, journal.c.kind == KIND_OF[kind]]
        span += [] if start is None else [journal.c.at >= start]
        span += [] if end is None else [journal.c.at < end]
        query = select(journal.c.text).where(*span).order_by(journal.c.at, journal.c.key)
        with self._reading() as connection:
            return tuple(read(kind, text) for text in connection.execute(query).scalars())

    def find_entry(self, person_id: str, kind: type[V], key: object) -> V | None:
        """Return one entry by its key, None when it is not there."""
        with self._reading() as connection:
            row = read_entry(connection, person_id, f"{KIND_OF[kind]}/{key}")
        return None if row is None else read(kind, row.text)

    def put_entry(self, person_id: str, value: DataclassInstance) -> Change | None:
        """Keep an entry, over the one of its kind with the same key."""
        row = row_of(value)
        return self._keep_entry(person_id, f"{row.kind}/{row.key}", row)

    def delete_entry(self, person_id: str, kind: type[DataclassInstance], key: object) -> Change | None:
        """Take an entry away."""
        return self._keep_entry(person_id, f"{KIND_OF[kind]}/{key}", None)

    def journal(self, person_id: str) -> tuple[JournalRow, ...]:
        """Return every entry of every kind, oldest first."""
        query = select(*columns_of(journal, JournalRow)).where(journal.c.person_id == person_id)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(journal.c.at, journal.c.kind, journal.c.key))
            return tuple(value_of(JournalRow, row) for row in rows)

    def journal_values(self, person_id: str) -> tuple[DataclassInstance, ...]:
        """Return every entry of every kind as its value, oldest first; kinds of a newer version are passed by."""
        return tuple(
            read(KINDS[row.kind].value, row.text) for row in self.journal(person_id) if row.kind in KINDS
        )

    def add_journal(self, person_id: str, values: Iterable[DataclassInstance]) -> int:
        """Keep entries whose key is not there yet, in one step, and return how many were new."""
        with self.transaction():
            fresh = [
                value
                for value in values
                if self.find_entry(person_id, type(value), row_of(value).key) is None
            ]
            return sum(self.put_entry(person_id, value) is not None for value in fresh)

    def _keep_entry(self, person_id: str, key: str, state: JournalRow | None) -> Change | None:
        with self._writing_for(person_id) as connection:
            before = read_entry(connection, person_id, key)
            if before == state:
                return None
            write_entry(connection, person_id, key, state)
            return note(connection, person_id, Step(about="journal", key=key, before=before, after=state))
