"""Engines: how a database is reached, how SQLite is set up, and what its complaints mean."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from openback.errors import (
    CannotOpenDatabase,
    DamagedDatabase,
    DatabaseBusy,
    DatabaseTrouble,
    DatabaseUnreachable,
    DiskFull,
    MissingDriver,
    NotADatabase,
    OpenbackError,
    ReadOnlyDatabase,
)

MEMORY: Final = ":memory:"
BUSY_TIMEOUT_MS: Final = 15_000  # project default: longer than any transaction of ours takes
_LEAST_ROOM: Final = 64 * 1024  # bytes; SQLite's companion files want about half of that
WRITES: Final = "openback_writes"  # execution option of connections that will write
TOGETHER: Final = "openback_together"  # execution option: the id of the transaction that writes

# What a database says, and the error it becomes; the first that fits wins.
_SAID: Final[tuple[tuple[str, type[OpenbackError]], ...]] = (
    ("file is not a database", NotADatabase),
    ("file is encrypted", NotADatabase),
    ("disk is full", DiskFull),
    ("no space left on device", DiskFull),
    ("could not extend file", DiskFull),
    ("readonly database", ReadOnlyDatabase),
    ("read-only transaction", ReadOnlyDatabase),
    ("unable to open database", CannotOpenDatabase),
    ("database is locked", DatabaseBusy),
    ("malformed", DamagedDatabase),
    ("connection failed", DatabaseUnreachable),
    ("connection refused", DatabaseUnreachable),
    ("connection timeout", DatabaseUnreachable),
    ("server closed the connection", DatabaseUnreachable),
    ("the connection is lost", DatabaseUnreachable),
    ("terminating connection", DatabaseUnreachable),
)


def url_of(address: str | Path) -> URL:
    """Return the URL of a database given as a path, a URL or `:memory:`.

    NotADatabase when it is a URL of another kind than SQLite and PostgreSQL.
    """
    text = str(address)
    if text == MEMORY:
        return URL.create("sqlite+pysqlite", database=MEMORY)
    if "://" not in text:
        return URL.create("sqlite+pysqlite", database=str(Path(text).expanduser().absolute()))
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise NotADatabase(text) from error
    if url.drivername in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}:
        raise NotADatabase(url.render_as_string(hide_password=True))
    return url


def file_of(url: URL) -> Path | None:
    """Return the file of a SQLite URL, None for a server or for memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == MEMORY:
        return None
    if url.query.get("uri"):
        return Path(url.database.removeprefix("file:"))
    return Path(url.database)


def name_of(url: URL) -> str:
    """Return how a sentence calls the database; never a password."""
    file = file_of(url)
    return str(file) if file is not None else url.render_as_string(hide_password=True)


def engine_for(url: URL, *, foreign_keys: bool = True) -> Engine:
    """Return an engine. Nothing is opened yet. MissingDriver without psycopg."""
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True)
        in_memory = url.database in {None, "", MEMORY}
        engine = (
            create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
            if in_memory
            else create_engine(url, max_overflow=40)
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise MissingDriver from error
    _set_up_sqlite(engine, foreign_keys=foreign_keys)
    return engine


def _set_up_sqlite(engine: Engine, *, foreign_keys: bool) -> None:
    @event.listens_for(engine, "connect")
    def _(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # Python's own transaction handling does not cover table changes; ours begins by hand.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # a commit is on the disk before it is acknowledged
        cursor.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        # A writer takes the lock at once: taking it later, half-way, could meet another writer.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def make_private_file(file: Path, where: str) -> None:
    """Make the file and its folder, readable by this user only, when they are not there.

    It holds facts about somebody's health. CannotOpenDatabase when that may not be done.
    """
    make_private_folder(file, where)
    try:
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise CannotOpenDatabase(where) from error


def make_private_folder(file: Path, where: str) -> None:
    """Make the folder of a file, with the folders above it, for this user only. CannotOpenDatabase."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CannotOpenDatabase(where) from error


@contextmanager
def plain_words(where: str) -> Iterator[None]:
    """Turn what the database says no to into one of our errors, with the name of the database."""
    try:
        yield
    except DBAPIError as error:
        raise meaning(str(error.orig), where) from error
    except sqlite3.Error as error:
        raise meaning(str(error), where) from error


def meaning(said: str, where: str) -> OpenbackError:
    """Return the error for what a database said."""
    lowered = said.lower()
    if "disk i/o error" in lowered and _is_full(Path(where).parent):
        return DiskFull(where)  # SQLite says so when its companion files find no room
    for words, kind in _SAID:
        if words in lowered:
            return kind(where)
    return DatabaseTrouble(where, " ".join(said.split()).rstrip("."))


def open_sqlite(file: Path, *, read_only: bool = False) -> closing[sqlite3.Connection]:
    """Return a bare connection to a SQLite file, to be used with `with`; for copies and checks.

    `read_only` leaves nothing behind, unless somebody has the file open.
    """
    mode = "rwc"
    if read_only:
        in_use = file.with_name(file.name + "-wal").exists()
        mode = "ro" if in_use else "ro&immutable=1"  # else reading would leave companion files
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    return closing(connection)


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LEAST_ROOM
    except OSError:
        return False


class Held(threading.local):
    """The connections this thread is in the middle of: of a transaction, and of a moment of reading."""

    connection: Connection | None = None
    reader: Connection | None = None
