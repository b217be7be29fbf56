"""Telling what a file or folder of foods is, before it is read. What cannot be read is one sentence."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path
from typing import Final

from openback.errors import (
    BadFoodFile,
    FoodFileEmpty,
    FoodFileLongLine,
    FoodFileNotReadable,
    FoodFileNotText,
    FoodFileNotThere,
    FoodZipCutOff,
    NoFoodFile,
)
from openback.interop.foods.archive import FolderTables, ZipTables
from openback.interop.foods.lines import LONGEST_LINE
from openback.interop.foods.off import Layout, OffReader
from openback.interop.foods.usda import READ, UsdaReader
from openback.model.food_import import FoodReader

_ZIP: Final = b"PK"
_GZIP: Final = b"\x1f\x8b"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_PIECE: Final = 1 << 18  # bytes of the beginning and the end that tell one file from another
_NEEDED: Final = ("food.csv", "food_nutrient.csv")
_BEGINS: Final = 60  # letters of a stranger's first line that a sentence quotes


def open_foods(path: Path, folder: Path) -> FoodReader:
    """Return the reader of a file or folder of foods; `folder` is where it may put things aside. BadFoodFile."""
    path = path.expanduser()
    try:
        if path.name in _NEEDED and path.is_file():
            path = path.absolute().parent  # one table of an unpacked zip: its neighbours belong to it
        if path.is_dir():
            return _folder(path, folder)
        if not path.exists():
            raise FoodFileNotThere(str(path))
        if not path.is_file():
            raise FoodFileNotReadable(path.name, "it is no file")
        with path.open("rb") as stream:
            begins = stream.read(4)
        if begins.startswith(_ZIP):
            return _zip(path, folder)
        return _off(path, packed=begins.startswith(_GZIP))
    except OSError as error:
        raise FoodFileNotReadable(path.name, (error.strerror or "the system said no").lower()) from error


def holds_foods(path: Path) -> bool:
    """Return whether a file or folder is to be read as foods rather than as a training history: also a broken one."""
    path = path.expanduser()
    try:
        if path.is_dir() or path.name in _NEEDED:
            return True
        with path.open("rb") as stream:
            begins = stream.read(4)
        if begins.startswith(_ZIP):
            with ZipTables(path) as tables:
                return tables.size(_NEEDED[0]) is not None
        return Layout.of(_first_line(path, packed=begins.startswith(_GZIP))) is not None
    except FoodZipCutOff:
        return True
    except (OSError, BadFoodFile):
        return False


def _folder(path: Path, aside: Path) -> FoodReader:
    tables = FolderTables(path)
    missing = [table for table in _NEEDED if tables.size(table) is None]
    if missing:
        raise NoFoodFile(path.name or str(path), f"there is no {missing[0]} in it")
    beginnings = [path / table for table in _NEEDED]
    told = "".join(f"{one.stat().st_size}:{_piece_of(one)}" for one in beginnings)
    return UsdaReader(tables, file=_word("usda", told), folder=aside)


def _zip(path: Path, aside: Path) -> FoodReader:
    tables = ZipTables(path)
    missing = [table for table in _NEEDED if tables.size(table) is None]
    if missing:
        with tables:
            raise NoFoodFile(path.name, f"there is no {missing[0]} in it, but {tables.kinds()}")
    tables.check(READ)
    told = f"{path.stat().st_size}:{_piece_of(path)}"
    return UsdaReader(tables, file=_word("usda", told), folder=aside)


def _off(path: Path, *, packed: bool) -> FoodReader:
    heading = _first_line(path, packed=packed)
    if not heading:
        raise FoodFileEmpty(path.name)
    if heading.startswith(_UTF16):
        raise FoodFileNotText(path.name)
    layout = Layout.of(heading)
    if layout is None:
        raise NoFoodFile(path.name, _begins(heading))
    told = f"{path.stat().st_size}:{_piece_of(path)}"
    return OffReader(path, layout, file=_word("open_food_facts", told), packed=packed)


def _first_line(path: Path, *, packed: bool) -> bytes:
    try:
        with gzip.open(path) if packed else path.open("rb") as stream:
            line = stream.readline(LONGEST_LINE + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise NoFoodFile(path.name, "it is packed, and its beginning is damaged") from error
    if len(line) > LONGEST_LINE:
        raise FoodFileLongLine(path.name, 1, LONGEST_LINE)
    return line


def _begins(heading: bytes) -> str:
    """Return how a stranger's file begins, in words."""
    if b"\0" in heading or sum(byte < 9 for byte in heading[:1000]) > 0:
        return "it is no text"
    text = " ".join(heading[:1000].decode("utf-8", errors="replace").split())
    if text.startswith(("{", "[")):
        return "it is JSON"
    return f"it begins with {text[:_BEGINS]!r}"


def _piece_of(path: Path) -> str:
    with path.open("rb") as stream:
        told = stream.read(_PIECE)
        stream.seek(max(0, path.stat().st_size - _PIECE))
        told += stream.read(_PIECE)
    return hashlib.sha256(told).hexdigest()


def _word(kind: str, told: str) -> str:
    return f"{kind}:{hashlib.sha256(told.encode()).hexdigest()[:40]}"
