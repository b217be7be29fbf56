"""`openback predict`: reads logs and says how far off predictions from the past alone would have been."""

from __future__ import annotations

import csv
import gzip
import math
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Final, TextIO

from openback.errors import (
    HistoryEmpty,
    HistoryNotAFile,
    HistoryNotReadable,
    HistoryNotThere,
)
from openback.interop import read_history
from openback.model.history import Unit
from openback.training.strength.days import LoggedSet
from openback.training.strength.evaluate import PredictionReport, predict_log

COLUMNS: Final = ("lifter", "day", "exercise", "load", "reps")

Progress = Callable[[int, int], None]


def predict_files(
    paths: Sequence[Path], *, unit: Unit | None = None, progress: Progress | None = None
) -> PredictionReport:
    """Return how far predictions were off over all these logs.

    A log has the columns `lifter,day,exercise,load,reps` (also gzipped), or is an export of any app we import.
    Raises BadHistory for a file that no log can be read from.
    """
    sets = [one for path in paths for one in read_log(path, unit=unit)]
    return predict_log(sets, progress=progress)


def report_json(report: PredictionReport) -> dict[str, int | float | None]:
    """Return the figures of `openback predict --json`; errors in reps, None when nothing could be predicted."""
    return {
        "predictions": report.predictions,
        "mae_reps": _rounded(report.mae_reps),
        "band80_coverage": _rounded(report.band80_coverage),
        "same_reps": _rounded(report.same_reps),
        "last_epley": _rounded(report.last_epley),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def read_log(path: Path, *, unit: Unit | None = None) -> list[LoggedSet]:
    """Return the sets of one log, whichever of the forms it has."""
    return read_training_sets(path) if has_training_columns(path) else imported_sets(path, unit=unit)


def imported_sets(path: Path, *, unit: Unit | None = None) -> list[LoggedSet]:
    """Return the sets of another app's export; the file is the lifter, and exercises keep their names.

    Loads are in kg, taken for kg where nothing tells; predictions do not depend on it.
    """
    history = read_history(path, own_unit=unit or "kg", unit=unit, zone=UTC)
    return [
        LoggedSet(path.stem, log.at.date().toordinal(), log.exercise, log.load_kg, log.reps)
        for log in (row.log for row in history.sets)
        if log.load_kg is not None and log.reps is not None
    ]


def has_training_columns(path: Path) -> bool:
    """Return whether the first line names the columns `lifter,day,exercise,load,reps`."""
    with _opened(path) as stream:
        first = stream.readline(1000)
    if not first:
        raise HistoryEmpty(path.name)
    return {cell.strip().strip('"') for cell in first.split(",")} >= set(COLUMNS)


def read_training_sets(path: Path) -> list[LoggedSet]:
    """Return the sets of a file with the columns `lifter,day,exercise,load,reps`.

    A row whose day, load or reps are no numbers is no set and is left out.
    """
    with _opened(path) as stream:
        read = (_training_set(row) for row in csv.DictReader(stream))
        return [one for one in read if one is not None]


def _training_set(row: dict[str, str | None]) -> LoggedSet | None:
    try:
        day, load, reps = (float(row[key] or "") for key in ("day", "load", "reps"))
    except ValueError:
        return None
    if not all(map(math.isfinite, (day, load, reps))):
        return None
    return LoggedSet(row["lifter"] or "", int(day), row["exercise"] or "", load, reps)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Yield a text stream over a file, plain or gzipped; what goes wrong becomes one of our sentences."""
    if not path.exists():
        raise HistoryNotThere(path.name)
    if not path.is_file():
        raise HistoryNotAFile(path.name)
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as stream:
            yield stream
    except (OSError, EOFError, zlib.error) as error:
        raise HistoryNotReadable(path.name, getattr(error, "strerror", None) or "it is damaged") from error
    except csv.Error as error:
        raise HistoryNotReadable(path.name, f"a line of it is no table ({error})") from error
