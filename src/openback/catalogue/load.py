"""Loads the whole catalogue: read every file, check everything, then build the values once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel

from openback.catalogue import build, schema
from openback.catalogue.files import TABLES, DataFile, Problem, RawFiles, own_fingerprint, read_all
from openback.catalogue.rules import Known, exercise_problems, name_clashes, table_problems
from openback.catalogue.shape import checked
from openback.errors import BadCatalogue
from openback.model.exercise import Band, Catalogue, Exercise

PartT = TypeVar("PartT", bound=BaseModel)
ValueT = TypeVar("ValueT")

TABLE_PARTS: Final[Mapping[str, type[BaseModel]]] = {
    "muscles": schema.MusclePart,
    "kit": schema.KitPart,
    "complaints": schema.ComplaintPart,
    "sources": schema.SourcePart,
    "bands": schema.BandPart,
}


def load_catalogue(own_folder: Path | None = None) -> Catalogue:
    """Return the catalogue of the packaged data files and of a person's own folder.

    `own_folder` may hold exercise files, which add to ours or stand in for those with the same id,
    and a `sources.toml`; a folder that does not exist counts as empty. The answer is kept for the
    process and read again when a file of the folder changes.
    Raises BadCatalogue with every problem of every file at once.
    """
    return _loaded(own_folder, own_fingerprint(own_folder))


@lru_cache(maxsize=8)
def _loaded(own_folder: Path | None, _fingerprint: tuple[tuple[str, int, int], ...]) -> Catalogue:
    return catalogue_of(read_all(own_folder))


def catalogue_of(raw: RawFiles) -> Catalogue:
    """Return the catalogue that the tables describe; raises BadCatalogue with every problem."""
    known = _known(raw)
    problems = list(raw.problems)
    tables = {name: _entries(raw, name, problems) for name in TABLES}
    for name, files in raw.tables.items():
        problems += [problem for file in files for problem in table_problems(name, file, known)]
    parts = [_exercise_part(file, known, problems) for file in raw.exercises]
    problems += name_clashes(raw.exercises)
    if problems:
        raise BadCatalogue([str(problem) for problem in sorted(problems, key=lambda problem: problem.file)])
    return _built(tables, [part for part in parts if part is not None])


def _known(raw: RawFiles) -> Known:
    ids = {name: [key for file in files for key in file.table] for name, files in raw.tables.items()}
    # A file that could not be read still has its name: what points to it is not wrong as well.
    unread = [Path(problem.file).stem for problem in raw.problems]
    return Known(exercises=[*(file.stem for file in raw.exercises), *unread], **ids)


def _entries(raw: RawFiles, name: str, problems: list[Problem]) -> dict[str, BaseModel]:
    entries: dict[str, BaseModel] = {}
    for file in raw.tables[name]:
        for entry_id, entry in file.table.items():
            if not isinstance(entry, Mapping):
                text = f"must be a table; write [{entry_id}] above its keys"
                problems.append(Problem(file=file.label, key=entry_id, text=text))
                continue
            part, found = checked(TABLE_PARTS[name], entry, file.label)
            problems += [
                Problem(file=problem.file, key=f"{entry_id}.{problem.key}", text=problem.text)
                for problem in found
            ]
            if part is not None:
                entries[entry_id] = part
    return entries


def _exercise_part(file: DataFile, known: Known, problems: list[Problem]) -> schema.ExercisePart | None:
    part, found = _shaped(file)
    problems += found
    problems += exercise_problems(file, known)
    return part


@lru_cache(maxsize=1024)
def _shaped(file: DataFile) -> tuple[schema.ExercisePart | None, tuple[Problem, ...]]:
    return checked(schema.ExercisePart, file.table, file.label)


def _built(tables: Mapping[str, Mapping[str, BaseModel]], parts: list[schema.ExercisePart]) -> Catalogue:
    exercises: dict[str, Exercise] = {part.id: build.exercise(part) for part in parts}
    bands = _values(tables["bands"], schema.BandPart, build.band)
    by_force: dict[str, Band] = dict(sorted(bands.items(), key=lambda item: item[1].order))
    return Catalogue(
        exercises=build.frozen(exercises),
        muscles=_values(tables["muscles"], schema.MusclePart, build.muscle),
        kit=_values(tables["kit"], schema.KitPart, build.kit_item),
        complaints=_values(tables["complaints"], schema.ComplaintPart, build.complaint),
        sources=_values(tables["sources"], schema.SourcePart, build.source),
        bands=build.frozen(by_force),
    )


def _values(
    entries: Mapping[str, BaseModel], part: type[PartT], make: Callable[[str, PartT], ValueT]
) -> Mapping[str, ValueT]:
    values = {
        entry_id: make(entry_id, entry) for entry_id, entry in entries.items() if isinstance(entry, part)
    }
    return build.frozen(values)
