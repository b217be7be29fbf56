"""What is missing on this machine, and the command that mends it."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from openback import vision
from openback.errors import OpenbackError
from openback.services.start import catalogue_here, data_dir, database_here
from openback.storage import open_store

LEAST_FREE_MB: Final = 200
LEAST_PYTHON: Final = (3, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at. `mend` is the command or the step that helps, empty when all is well."""

    what: str
    well: bool
    says: str
    mend: str = ""


def examine() -> tuple[Finding, ...]:
    """Return a finding for each thing the app stands on."""
    return tuple(look() for look in LOOKS)


def _python() -> Finding:
    here = ".".join(str(part) for part in sys.version_info[:3])
    well = sys.version_info >= LEAST_PYTHON
    return Finding(what="Python", well=well, says=here, mend="" if well else "Install Python 3.11 or newer.")


def _sqlite() -> Finding:
    return Finding(what="SQLite", well=True, says=sqlite3.sqlite_version)


def _optimiser() -> Finding:
    well = importlib.util.find_spec("highspy") is not None
    return Finding(
        what="Optimiser",
        well=well,
        says="HiGHS is here" if well else "HiGHS is missing, so no programme can be made",
        mend="" if well else "pip install highspy",
    )


def _disk() -> Finding:
    folder = data_dir()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free_mb = shutil.disk_usage(there).free // 2**20
    well = free_mb >= LEAST_FREE_MB
    mend = "" if well else f"Free some space on the disk of {folder}."
    return Finding(what="Disk", well=well, says=f"{free_mb} MB free for {folder}", mend=mend)


def _exercises() -> Finding:
    try:
        count = len(catalogue_here().exercises)
    except OpenbackError as error:
        own = data_dir() / "exercises"
        return Finding(
            what="Exercises", well=False, says=str(error), mend=f"Correct or remove the file in {own}."
        )
    return Finding(what="Exercises", well=True, says=f"{count} are here")


def _database() -> Finding:
    where = database_here()
    if not isinstance(where, str) and not where.exists():
        return Finding(what="Database", well=True, says=f"{where} is made on first use")
    try:
        open_store(where).close()
    except OpenbackError as error:
        return Finding(what="Database", well=False, says=str(error), mend="openback restore BACKUP")
    return Finding(what="Database", well=True, says=str(where))


def _pages() -> Finding:
    well = files("openback").joinpath("web/static/dist/manifest.json").is_file()
    return Finding(
        what="Pages",
        well=well,
        says="styles and scripts are built" if well else "styles and scripts are not built",
        mend="" if well else "make assets",
    )


def _clips() -> Finding:
    problem = vision.trouble()
    if problem is None:
        return Finding(what="Clips", well=True, says="clips and photos can be read")
    return Finding(what="Clips", well=False, says=str(problem), mend=problem.mend)


LOOKS: Final[tuple[Callable[[], Finding], ...]] = (
    _python,
    _sqlite,
    _optimiser,
    _disk,
    _exercises,
    _database,
    _pages,
    _clips,
)
