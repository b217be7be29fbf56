"""What every part of the store stands on: transactions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from uuid import uuid4

from sqlalchemy import Connection, Engine, select
from sqlalchemy.pool import StaticPool

from openback.errors import NotFound
from openback.storage import food_index
from openback.storage.connection import TOGETHER, WRITES, Held, file_of, name_of, plain_words
from openback.storage.tables import metadata, person


class Base:
    """A database and its transactions.

    Every method is one transaction by itself. Methods called inside `with store.transaction():`,
    in the same thread, are kept together or not at all; inside `with store.one_moment():` all that is
    read is of the same moment.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.where = name_of(engine.url)
        self.file = file_of(engine.url)
        self._writer = engine.execution_options(**{WRITES: True})
        # SQLite shows a reader one moment by itself; PostgreSQL has to be asked.
        on_server = engine.dialect.name == "postgresql"
        self._reader = engine.execution_options(isolation_level="REPEATABLE READ") if on_server else engine
        self._held = Held()
        # Memory is one connection for all threads: they take turns.
        self._turn = threading.RLock() if isinstance(engine.pool, StaticPool) else nullcontext()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside together: all of it, or nothing when an error escapes."""
        with self._writing():
            yield

    def delete_all_rows(self) -> None:
        """Take every row of everybody away; `backup.delete_everything` cleans up around it."""
        with self._writing() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            for table in reversed(metadata.sorted_tables):
                connection.execute(table.delete())
            food_index.rebuild(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one moment of the database throughout."""
        held = self._held.connection or self._held.reader
        if held is not None:
            yield held
            return
        with plain_words(self.where), self._turn, self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Let all that is read inside come from one moment of the database. For reading only."""
        if self._held.connection is not None or self._held.reader is not None:
            yield
            return
        with self._reading() as connection:
            self._held.reader = connection
            try:
                yield
            finally:
                self._held.reader = None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Yield a connection whose changes are kept when the block ends without an error."""
        outer = self._held.connection
        if outer is not None:
            with outer.begin_nested():
                yield outer
            return
        with plain_words(self.where), self._turn, self._new_writer() as connection, connection.begin():
            self._held.connection = connection
            try:
                yield connection
            finally:
                self._held.connection = None

    def _new_writer(self) -> Connection:
        return self._writer.execution_options(**{TOGETHER: uuid4()}).connect()

    @contextmanager
    def _writing_for(self, person_id: str) -> Iterator[Connection]:
        """Yield a writing connection that holds this person: their changes come one after another.

        NotFound when there is no such person.
        """
        with self._writing() as connection:
            query = select(person.c.id).where(person.c.id == person_id).with_for_update()
            if connection.execute(query).first() is None:
                raise NotFound("person", person_id)
            yield connection
