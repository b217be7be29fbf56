"""Copies of everything: making one, bringing one back, and taking everything away."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from openback.errors import (
    DamagedDatabase,
    FileExists,
    NewerDatabase,
    NotADatabase,
    NotOneFile,
    UnreadableFile,
    UnwritableFile,
)
from openback.storage.connection import engine_for, make_private_folder, open_sqlite, plain_words, url_of
from openback.storage.food_index import REBUILD
from openback.storage.migrate import check_file, copy_file, migrate
from openback.storage.open import open_store
from openback.storage.store import Store
from openback.storage.tables import metadata


def backup(store: Store, target: Path, *, replace: bool = False) -> Path:
    """Write everything to one file and return its path; the store may be in use meanwhile.

    The copy is whole and was read back before it takes its name. FileExists unless `replace`;
    NotOneFile for a database on a server; DiskFull and the like as for any writing.
    """
    source = _file(store)
    target = target.expanduser().absolute()
    if target.exists() and (not replace or target.samefile(source)):
        raise FileExists(str(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        copy_file(source, target)
    except OSError as error:
        raise UnwritableFile(str(target), error.strerror or "the system said no") from error
    return target


def restore(store: Store, source: Path) -> Path:
    """Bring a back-up into an open store and return where what was there before is kept.

    All at once or not at all; a back-up of an older Openback is brought to the newest revision on the
    way, the file itself stays as it is. Others who have the database open see the new content next.
    UnreadableFile, NotADatabase, NewerDatabase, DamagedDatabase: then nothing was touched.
    """
    live = _file(store)
    source = source.expanduser().absolute()
    _check_whole(source)
    aside = _aside(live)
    coming = live.with_name(live.name + ".coming")
    try:
        copy_file(source, coming)
        _bring_to_newest(coming)
        with plain_words(store.where), open_sqlite(live) as connection:
            connection.execute("ATTACH ? AS coming", (str(coming),))
            connection.execute("BEGIN IMMEDIATE")
            copy_file(live, aside)  # nobody can write between this copy and the exchange
            _exchange(connection)
            connection.execute("COMMIT")
    finally:
        coming.unlink(missing_ok=True)
    return aside


def _exchange(connection: sqlite3.Connection) -> None:
    """Put the rows of the attached database in place of the rows that are here."""
    for table in metadata.sorted_tables:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        connection.execute(f'DELETE FROM main."{table.name}"')  # noqa: S608 - names of ours
        connection.execute(
            f'INSERT INTO main."{table.name}" ({columns}) SELECT {columns} FROM coming."{table.name}"'  # noqa: S608
        )
    for statement in REBUILD:  # the index of foods has no rows of its own to copy
        connection.execute(statement)


def restore_closed(file: Path, source: Path) -> Path | None:
    """Bring a back-up to where a database is, sound or not, or where none is yet.

    Return where what was there is kept, None when nothing was. A sound database is restored as by
    `restore`, so a running app that has it open loses nothing; anything else is moved aside as it is.
    Raises as `restore`.
    """
    source = source.expanduser().absolute()
    _check_whole(source)
    if _is_sound(file):
        with open_store(file) as store:
            return restore(store, source)
    coming = file.with_name(file.name + ".coming")
    try:
        make_private_folder(file, str(file))
        copy_file(source, coming)
        _bring_to_newest(coming)
        aside = _aside(file) if file.exists() else None
        if aside is not None:
            _move_aside(file, aside)
        coming.replace(file)
    finally:
        coming.unlink(missing_ok=True)
    return aside


def _is_sound(file: Path) -> bool:
    try:
        return file.exists() and check_file(file) is not None
    except (NotADatabase, NewerDatabase, DamagedDatabase):
        return False


def _move_aside(file: Path, aside: Path) -> None:
    for companion in ("", "-wal", "-shm"):
        beside = file.with_name(file.name + companion)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + companion))


def delete_everything(store: Store) -> None:
    """Take every row of everybody away, and the copies that Openback put beside the database.

    The space is overwritten, so that nothing can be read back from the file. Back-ups that the person
    made elsewhere stay theirs.
    """
    store.delete_all_rows()
    if store.file is None:
        return
    with plain_words(store.where), open_sqlite(store.file) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for pattern in ("before", "replaced"):
        for copy in store.file.parent.glob(f"{escape(store.file.stem)}-{pattern}-*.db"):
            copy.unlink(missing_ok=True)


def _file(store: Store) -> Path:
    if store.file is None:
        raise NotOneFile
    return store.file


def _aside(live: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S-%f")
    return live.with_name(f"{live.stem}-replaced-{stamp}.db")


def _check_whole(file: Path) -> None:
    """Raise unless the file is a sound Openback database that this version can read."""
    if not file.is_file():
        raise UnreadableFile(str(file), "there is no such file")
    if check_file(file) is None:
        raise NotADatabase(str(file))
    with plain_words(str(file)), open_sqlite(file, read_only=True) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise DamagedDatabase(str(file))


def _bring_to_newest(file: Path) -> None:
    engine = engine_for(url_of(file))
    try:
        migrate(engine, keep_copy=False)
    finally:
        engine.dispose()
