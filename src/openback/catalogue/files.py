"""Reading the data files: bytes to tables, every file that cannot be read named with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

MAX_FILE_KB: Final = 256
MAX_OWN_FILES: Final = 1000
OWN_SOURCES: Final = "sources.toml"

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong in a data file; `key` is empty when the whole file is meant."""

    file: str
    key: str
    text: str

    def __str__(self) -> str:
        """Return the problem as one line: file, key, what is wrong."""
        line = f"{self.file}: {self.key}: {self.text}" if self.key else f"{self.file}: {self.text}"
        return " ".join(line.splitlines())


@dataclass(frozen=True, kw_only=True, eq=False)
class DataFile:
    """A file that was read: `label` as a person finds it, `stem` its name without `.toml`.

    Each reading is its own value, so that what was found in it can be kept beside it.
    """

    label: str
    stem: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFiles:
    """All data files as tables. `tables` maps a table's name (`muscles`) to its file or files."""

    exercises: tuple[DataFile, ...]
    tables: Mapping[str, tuple[DataFile, ...]]
    problems: tuple[Problem, ...]


TABLES: Final = ("muscles", "kit", "complaints", "sources", "bands")


def read_all(own_folder: Path | None) -> RawFiles:
    """Return every packaged file, and those of `own_folder` after them, with what could not be read.

    An exercise of the own folder stands in for the packaged one with the same file name.
    """
    ours = _packaged()
    tables = {name: [ours[f"{name}.toml"]] for name in TABLES}
    exercises = {name: file for name, file in ours.items() if name.removesuffix(".toml") not in TABLES}
    problems = []
    for own in _own_files(own_folder):
        if isinstance(own, Problem):
            problems.append(own)
        elif own.name == OWN_SOURCES:
            tables["sources"].append(_read(own, str(own), _stem(own)))
        else:
            exercises[own.name] = _read(own, str(own), _stem(own))
    everything = [*(file for files in tables.values() for file in files), *exercises.values()]
    return RawFiles(
        exercises=_good([exercises[name] for name in sorted(exercises)]),
        tables={name: _good(files) for name, files in tables.items()},
        problems=(*problems, *(file for file in everything if isinstance(file, Problem))),
    )


def own_fingerprint(own_folder: Path | None) -> tuple[tuple[str, int, int], ...]:
    """Return name, time of change in nanoseconds and size of each file of `own_folder`; empty without one."""
    if own_folder is None or not own_folder.is_dir():
        return ()
    stats = ((path.name, path.stat()) for path in sorted(own_folder.glob("*.toml")) if path.exists())
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@cache
def _packaged() -> dict[str, DataFile | Problem]:
    """Return the packaged files by name; they do not change while the process lives."""
    data = resources.files("openback") / "data"
    ours = {f"{name}.toml": _read(data / f"{name}.toml", f"{name}.toml", name) for name in TABLES}
    for item in (data / "exercises").iterdir():
        if item.name.endswith(".toml"):
            ours[item.name] = _read(item, f"exercises/{item.name}", _stem(item))
    return ours


def _stem(item: Traversable) -> str:
    return item.name.removesuffix(".toml")


def _own_files(folder: Path | None) -> Iterator[Path | Problem]:
    if folder is None or not folder.exists():
        return
    if not folder.is_dir():
        yield Problem(
            file=str(folder), key="", text="is a file; give the folder that holds the exercise files"
        )
        return
    paths = sorted(folder.glob("*.toml"))
    if len(paths) > MAX_OWN_FILES:
        text = f"holds {len(paths)} exercise files; the most is {MAX_OWN_FILES}"
        yield Problem(file=str(folder), key="", text=text)
        return
    for path in paths:
        # A pipe or a folder with this name would block or surprise the reader.
        yield path if path.is_file() else Problem(file=str(path), key="", text="is not a file; move it away")


def _read(item: Traversable, label: str, stem: str) -> DataFile | Problem:
    try:
        with item.open("rb") as stream:
            content = stream.read(MAX_FILE_KB * 1024 + 1)
    except OSError as error:
        return Problem(file=label, key="", text=f"cannot be read ({error.strerror or 'unknown reason'})")
    if len(content) > MAX_FILE_KB * 1024:
        text = f"is larger than {MAX_FILE_KB} kB, the most that an exercise file may be"
        return Problem(file=label, key="", text=text)
    try:
        return DataFile(label=label, stem=stem, table=tomllib.loads(content.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Problem(file=label, key="", text=f"is not UTF-8 text (line {line}); save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        return Problem(file=label, key="", text=f"is not TOML: {first_lower(str(error))}")
    except RecursionError:
        return Problem(file=label, key="", text="is not TOML: tables or lists are nested too deeply")


def first_lower(sentence: str) -> str:
    """Return `sentence` as the second half of another one."""
    return sentence[:1].lower() + sentence[1:]


def _good(files: Sequence[DataFile | Problem]) -> tuple[DataFile, ...]:
    return tuple(file for file in files if isinstance(file, DataFile))
