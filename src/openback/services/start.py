"""Where the data is, and how an app is opened on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from openback.catalogue import load_catalogue
from openback.model.exercise import Catalogue
from openback.services.app import App
from openback.storage import open_store


def data_dir() -> Path:
    """Return the folder of this person's data: `OPENBACK_DATA_DIR`, else the system's usual place."""
    named = os.environ.get("OPENBACK_DATA_DIR")
    return Path(named) if named else platformdirs.user_data_path("openback", appauthor=False)


def catalogue_here() -> Catalogue:
    """Return the exercises of the package and of the person's own `exercises` folder."""
    own = data_dir() / "exercises"
    return load_catalogue(own if own.is_dir() else None)


def database_here() -> str | Path:
    """Return where the database is: `OPENBACK_DATABASE` (a URL), else a file in the data folder."""
    return os.environ.get("OPENBACK_DATABASE") or data_dir() / "openback.db"


@contextmanager
def open_app() -> Iterator[App]:
    """Yield the app on this person's data; the database is made on first use and closed at the end."""
    catalogue = catalogue_here()
    store = open_store(database_here())  # makes the folder, for this person's eyes only
    try:
        yield App(store=store, catalogue=catalogue, data_dir=data_dir())
    finally:
        store.close()
