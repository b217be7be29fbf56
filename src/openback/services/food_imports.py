"""Importing public tables of foods: a piece at a time, each with how far the file is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from openback.errors import DiskFull, FoodFileNotReadable
from openback.interop.foods import open_foods
from openback.model.food_import import FoodReader, PublicTable, Step
from openback.services.app import App
from openback.services.writing import FULL
from openback.storage import FoodImport

_OUT: Final = "out:"
_UNKNOWN: Final = "unknown:"
_CALLED: Final[Mapping[PublicTable, str]] = {
    "usda": "USDA FoodData Central",
    "open_food_facts": "Open Food Facts",
}
NO_TRIGRAMS: Final = (
    "PostgreSQL does not have pg_trgm here, so typing errors are found less well. "
    "An administrator can add it: CREATE EXTENSION pg_trgm."
)
GOES_ON: Final = "What was read before is kept, and reading went on from there."


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodImportReport:
    """What became of a file of foods: `read == kept + sum(left_out)`.

    `left_out` and `unknown` count by reason, in words: rows that are no food to eat, and figures that cannot be and
    count as unknown. `added` of the kept are new, the others were here and are as the file has them now. `whole` is
    False when the file ended early. `notes` are further sentences.
    """

    name: str
    origin: PublicTable
    read: int
    kept: int
    added: int
    left_out: Mapping[str, int]
    unknown: Mapping[str, int]
    notes: tuple[str, ...] = ()
    whole: bool = True

    @property
    def sentences(self) -> tuple[str, ...]:
        """The report in sentences: what was kept, what was left out and why, what is unknown."""
        out = sum(self.left_out.values())
        first = (
            f"{_CALLED[self.origin]}: {self.read:,} rows read, {self.kept:,} foods kept "
            f"({self.added:,} of them new), {out:,} rows left out."
        )
        left = (f"Left out, because {why}: {count:,}." for why, count in self.left_out.items())
        unknown = (f"Counts as unknown, because it {why}: {count:,}." for why, count in self.unknown.items())
        return (first, *left, *unknown, *self.notes)


def imports(app: App) -> tuple[FoodImport, ...]:
    """Return the files of foods that were read or begun, the latest first; `ended_at` None when one may go on."""
    return app.store.food_imports()


def import_foods(app: App, path: Path, progress: Step | None = None) -> FoodImportReport:
    """Keep the foods of a file of USDA FoodData Central or Open Food Facts, for everybody on this server.

    Stopped at any moment, it keeps what was read, and the same file again goes on from there. A file that was read
    to its end and is still the last of its kind is not read again. `progress` is called with bytes done and in all.
    Raises BadFoodFile, or DiskFull.
    """
    try:
        reader = open_foods(path, app.data_dir)
        before = app.store.food_import_of(reader.file)
        if before is not None and before.ended_at is not None and _is_last(app, before):
            note = (
                f"This file was read on {before.ended_at.astimezone():%Y-%m-%d} already; nothing has changed."
            )
            return _report(before, (note,))
        return _read(app, reader, before, progress or _say_nothing)
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(str(app.data_dir)) from error
        raise FoodFileNotReadable(path.name, (error.strerror or "the system said no").lower()) from error


def _is_last(app: App, before: FoodImport) -> bool:
    """Return whether no other file of the same table was read since."""
    same = (one for one in app.store.food_imports() if one.origin == before.origin)
    return next(same, before).file == before.file


def _read(app: App, reader: FoodReader, before: FoodImport | None, progress: Step) -> FoodImportReport:
    goes_on = before is not None and before.ended_at is None
    reading = (
        before
        if before is not None and goes_on
        else FoodImport(file=reader.file, origin=reader.origin, name=reader.name, started_at=app.now())
    )
    for piece in reader.pieces(reading.position, progress):
        counts = Counter(reading.counts) + Counter(piece.counts)
        reading = replace(reading, position=piece.position, counts=dict(counts))
        reading = app.store.keep_foods(piece.foods, reading)
    notes = [GOES_ON] if goes_on and reading.position else []
    if not app.store.learn_food_words():
        notes.append(NO_TRIGRAMS)
    if reader.cut_off:
        notes.append(f"{reader.cut_off} What was read is kept; download it again and import it.")
    else:
        reading = app.store.keep_foods((), replace(reading, ended_at=app.now()))
    return _report(reading, tuple(notes))


def _report(reading: FoodImport, notes: tuple[str, ...]) -> FoodImportReport:
    counts = reading.counts
    return FoodImportReport(
        name=reading.name,
        origin="usda" if reading.origin == "usda" else "open_food_facts",
        read=counts.get("read", 0),
        kept=counts.get("kept", 0),
        added=counts.get("added", 0),
        left_out=_reasons(counts, _OUT),
        unknown=_reasons(counts, _UNKNOWN),
        notes=notes,
        whole=reading.ended_at is not None,
    )


def _reasons(counts: Mapping[str, int], kind: str) -> Mapping[str, int]:
    """Return counts by reason, the commonest first."""
    found = [(key.removeprefix(kind), count) for key, count in counts.items() if key.startswith(kind)]
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def report_json(report: FoodImportReport) -> dict[str, object]:
    """Return the report as `openback foods import --json` prints it."""
    return {
        "name": report.name,
        "origin": report.origin,
        "read": report.read,
        "kept": report.kept,
        "added": report.added,
        "left_out": dict(report.left_out),
        "unknown": dict(report.unknown),
        "notes": list(report.notes),
        "whole": report.whole,
    }


def _say_nothing(done: int, total: int) -> None:
    del done, total
