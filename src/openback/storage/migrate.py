"""Bringing a database to the newest revision, or saying why not. Nothing is touched before that is sure."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnClause, Connection, Engine, inspect, select, table, text
from sqlalchemy import column as named

from openback.errors import CannotOpenDatabase, DamagedDatabase, NewerDatabase, NotADatabase
from openback.storage.connection import WRITES, engine_for, file_of, name_of, open_sqlite, plain_words
from openback.storage.migrations import HEAD, REVISIONS, VERSION_TABLE

FOLDER: Final = Path(__file__).parent / "migrations"
_HEAD: Final = b"SQLite format 3\0"
_LOCK: Final = 0x4F70656E  # the number of our lock on a PostgreSQL server: "Open"


def check_file(file: Path) -> str | None:
    """Return the revision of a SQLite file, None when it is not there or empty; the file stays as it is.

    NotADatabase when it is something else; NewerDatabase when a newer Openback wrote it.
    """
    where = str(file)
    if file.is_dir():
        raise CannotOpenDatabase(where)
    try:
        with file.open("rb") as raw:
            head = raw.read(len(_HEAD))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotOpenDatabase(where) from error
    if head == b"":
        return None
    if head != _HEAD:
        raise NotADatabase(where)
    with plain_words(where), open_sqlite(file, read_only=True) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        if VERSION_TABLE not in tables:
            if tables:
                raise NotADatabase(where)
            return None
        row = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608 - a name of ours
    return None if row is None else _known(str(row[0]), where)


# Alembic keeps what it is doing in one place for the whole process: threads take turns.
_ALEMBICS_TURN: Final = threading.Lock()


def _known(revision: str, where: str) -> str:
    if revision not in REVISIONS:
        raise NewerDatabase(where, revision, HEAD)
    return revision


def revision_of(connection: Connection, where: str) -> str | None:
    """Return the revision of an open database, None when it has no tables yet. NewerDatabase."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version: ColumnClause[str] = named("version_num")
    found = connection.execute(select(version).select_from(table(VERSION_TABLE))).scalar_one_or_none()
    return None if found is None else _known(str(found), where)


def migrate(engine: Engine, *, to: str = HEAD, keep_copy: bool = True) -> None:
    """Bring the database to a revision in one transaction; a SQLite file with data is copied first."""
    where, file = name_of(engine.url), file_of(engine.url)
    with plain_words(where):
        with engine.connect() as connection:
            revision = revision_of(connection, where)
        if revision == to:
            return
        if file is not None and revision is not None and keep_copy:
            copy_file(file, copy_name(file, to))
        if engine.dialect.name == "sqlite" and file is not None:
            # Foreign keys stay off while tables are made anew, or their children would go with them.
            bare = engine_for(engine.url, foreign_keys=False)
            try:
                _upgrade(bare, where, to)
            finally:
                bare.dispose()
        else:
            _upgrade(engine, where, to)


def _upgrade(engine: Engine, where: str, to: str) -> None:
    # Alembic takes a while to import; a database that is up to date does without.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    with _ALEMBICS_TURN, engine.execution_options(**{WRITES: True}).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        if revision_of(connection, where) == to:  # another program was faster
            return
        config = Config()
        config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        if engine.dialect.name == "sqlite":
            _check_references(connection)


def _check_references(connection: Connection) -> None:
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if lost:
        msg = f"A migration left rows without their parents: {lost[:3]}."
        raise AssertionError(msg)


def copy_name(file: Path, revision: str) -> Path:
    """Return where the copy goes that is made before a migration."""
    return file.with_name(f"{file.stem}-before-{revision}.db")


def copy_file(source: Path, target: Path) -> None:
    """Copy a SQLite database that may be in use into one file.

    The copy takes its name, and the place of an older copy, once it is there and was found sound.
    """
    half = target.with_name(target.name + ".part")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with plain_words(str(target)), open_sqlite(source) as given, open_sqlite(half) as taken:
            given.backup(taken)
            taken.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
            if taken.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise DamagedDatabase(str(source))
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
