"""A shelf on the disk for what belongs to numbered foods and comes in any order, in bounded memory."""

from __future__ import annotations

import struct
import tempfile
from array import array
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_HEAD: Final = struct.Struct("<qI")  # where the record before it is, and how long this one is
_NONE: Final = -1


class Heap:
    """Records of `count` foods, each a few bytes; eight bytes of memory a food, the rest in a file without a name.

    The file goes when this process does, however it ends. Records are only ever added.
    """

    def __init__(self, count: int, folder: Path) -> None:
        self._latest = array("q", [_NONE]) * count
        self._file = tempfile.TemporaryFile(dir=folder, buffering=1 << 18)  # noqa: SIM115 - closed by __exit__
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, place: int, record: bytes) -> None:
        """Add a record to a food. Not to be mixed with `get`: first all is put, then it is read."""
        self._file.write(_HEAD.pack(self._latest[place], len(record)))
        self._file.write(record)
        self._latest[place] = self._end
        self._end += _HEAD.size + len(record)

    def get(self, place: int) -> list[bytes]:
        """Return the records of a food in the order they came."""
        found = []
        at = self._latest[place]
        while at != _NONE:
            self._file.seek(at)
            at, length = _HEAD.unpack(self._file.read(_HEAD.size))
            found.append(self._file.read(length))
        return found[::-1]
