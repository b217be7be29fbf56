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
_AT_ONCE: Final = 1 << 20  # bytes that are written together
_LOOK: Final = 2_048  # bytes that hold nearly every record


class Heap:
    """Records of `count` foods, each a few bytes; eight bytes of memory a food, the rest in a file without a name.

    The file goes when this process does, however it ends. Records are only ever added.
    """

    def __init__(self, count: int, folder: Path) -> None:
        self._latest = array("q", [_NONE]) * count
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - closed by __exit__
        self._written = 0
        self._waiting = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, place: int, record: bytes) -> None:
        """Add a record to a food."""
        at = self._written + len(self._waiting)
        self._waiting += _HEAD.pack(self._latest[place], len(record))
        self._waiting += record
        self._latest[place] = at
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def get(self, place: int) -> list[bytes]:
        """Return the records of a food in the order they came."""
        if self._waiting:
            self._write()
        found = []
        at = self._latest[place]
        while at != _NONE:
            self._file.seek(at)
            read = self._file.read(_LOOK)
            at, length = _HEAD.unpack_from(read)
            record = read[_HEAD.size : _HEAD.size + length]
            while len(record) < length:
                record += self._file.read(length - len(record))
            found.append(record)
        return found[::-1]

    def _write(self) -> None:
        self._file.seek(self._written)
        left = memoryview(self._waiting)
        while left:
            left = left[self._file.write(left) :]
        self._written += len(self._waiting)
        self._waiting = bytearray()
