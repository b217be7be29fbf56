"""The tables of FoodData Central, in a zip or unpacked in a folder, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from operator import itemgetter
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Final, Self
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from openback.errors import FoodZipBomb, FoodZipCutOff, FoodZipLocked, FoodZipMethod, NoFoodFile
from openback.interop.foods.lines import csv_rows
from openback.model.food_import import Step

MOST_TIMES: Final = 200  # project default: tables of FoodData Central unpack to about 10 times their size
_SMALL: Final = 1 << 20  # bytes; what is smaller unpacked is no bomb
_TELL: Final = 20_000  # rows between two words about the progress
_LOCKED: Final = 0x1
_METHODS: Final = frozenset({ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA})


class Tables:
    """Where the tables are, by their file names. To be used with `with`. `at` is the table that is read."""

    def __init__(self, name: str) -> None:
        self.name, self.at = name, ""
        self._step: Step = _say_nothing
        self._done, self._total = 0, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""

    def size(self, table: str) -> int | None:
        """Return the bytes of a table, None when it is not there."""
        raise NotImplementedError

    def open(self, table: str) -> IO[bytes]:
        """Open a table that is there."""
        raise NotImplementedError

    def tell(self, step: Step, tables: Sequence[str]) -> None:
        """Say from now on how far these tables are read, each as often as it is named."""
        self._step = step
        self._done, self._total = 0, sum(self.size(table) or 0 for table in tables)

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Yield these columns of a table, row by row; nothing when there is no such table.

        A column that the table does not have is blank. NoFoodFile when it lacks the first, which is the key.
        """
        size = self.size(table)
        if size is None:
            return
        self.at = table
        with self.open(table) as stream, closing(csv_rows(stream, f"{self.name}: {table}")) as rows:
            heading = [cell.strip() for cell in next(rows, [])]
            if columns[0] not in heading:
                raise NoFoodFile(self.name, f"{table} has no column {columns[0]!r}")
            blank = len(heading)
            pick = itemgetter(*(heading.index(name) if name in heading else blank for name in columns))
            for number, row in enumerate(rows):
                if number % _TELL == 0:
                    self._step(self._done + stream.tell(), max(self._total, 1))
                if row:
                    row.extend([""] * (blank + 1 - len(row)))
                    yield pick(row)
        self._done += size
        self._step(self._done, max(self._total, 1))

    def names(self, table: str, key: str, name: str) -> dict[str, str]:
        """Return a small table of names by their keys."""
        return {row[0]: row[1] for row in self.rows(table, (key, name))}


class FolderTables(Tables):
    """Tables in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder.name)
        self._folder = folder

    def size(self, table: str) -> int | None:
        """Return the bytes of a table, None when it is not there."""
        with suppress(OSError):
            return (self._folder / table).stat().st_size
        return None

    def open(self, table: str) -> IO[bytes]:
        """Open a table that is there."""
        return (self._folder / table).open("rb")


class ZipTables(Tables):
    """Tables in a zip, as it was downloaded: nothing is unpacked to the disk. FoodZipCutOff, -Bomb, -Locked."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        try:
            self._zip = ZipFile(path)
        except (BadZipFile, EOFError, ValueError, NotImplementedError) as error:
            raise FoodZipCutOff(path.name) from error
        self.members = {
            PurePosixPath(one.filename).name: one for one in self._zip.infolist() if not one.is_dir()
        }

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self._zip.close()

    def kinds(self) -> str:
        """Return what is in it, in words: `3 .json, 1 .txt`."""
        endings = Counter(PurePosixPath(name).suffix or name for name in self.members)
        return ", ".join(f"{count:,} {ending}" for ending, count in endings.most_common(4)) or "nothing"

    def check(self, tables: Sequence[str]) -> None:
        """Refuse what cannot be read, or should not be."""
        for table in tables:
            member = self.members.get(table)
            if member is None:
                continue
            if member.flag_bits & _LOCKED:
                raise FoodZipLocked(self.name)
            if member.compress_type not in _METHODS:
                raise FoodZipMethod(self.name)
            times = member.file_size // max(1, member.compress_size)
            if member.file_size > _SMALL and times > MOST_TIMES:
                raise FoodZipBomb(self.name, table, times)

    def size(self, table: str) -> int | None:
        """Return the bytes of a table unpacked, None when it is not there."""
        member = self._member(table)
        return None if member is None else member.file_size

    def open(self, table: str) -> IO[bytes]:
        """Open a table that is there."""
        return self._zip.open(self.members[table])

    def _member(self, table: str) -> ZipInfo | None:
        return self.members.get(table)


def _say_nothing(done: int, total: int) -> None:
    del done, total
