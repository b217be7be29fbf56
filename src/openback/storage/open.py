"""Opening a database."""

from __future__ import annotations

from pathlib import Path

from openback.storage.connection import engine_for, file_of, make_private_file, name_of, url_of
from openback.storage.migrate import check_file, migrate
from openback.storage.store import Store


def open_store(address: str | Path) -> Store:
    """Return the store at a path, at a `postgresql+psycopg://` URL, or in `:memory:`.

    A SQLite file and its folder are made when they are not there; an older database is brought to the
    newest revision, after a copy of it was put beside it as `<name>-before-<revision>.db`.
    NotADatabase, NewerDatabase, DamagedDatabase, CannotOpenDatabase, DatabaseUnreachable,
    MissingDriver: then nothing was touched.
    """
    url = url_of(address)
    file = file_of(url)
    if file is not None and check_file(file) is None and not url.query:
        make_private_file(file, name_of(url))
    engine = engine_for(url)
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)
