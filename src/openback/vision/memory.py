"""What the decoding process and its parent share: the request, and memory for pictures."""

from __future__ import annotations

import json
import mmap
import os
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from typing import Final, Literal
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from openback.vision.limits import Limits

Picture = npt.NDArray[np.uint8]
What = Literal["info", "frames", "pictures", "photo"]
_PAGE_BYTES: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the decoding process is asked for. `memory` names the shared memory; `places` pictures fit into it."""

    what: What
    path: str
    memory: str
    places: int
    limits: Limits
    times_s: tuple[float, ...] = ()

    def to_json(self) -> str:
        """Return the request as one argument."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Request:
        """Return the request in an argument that `to_json` wrote."""
        read = json.loads(text)
        return cls(**{**read, "limits": Limits(**read["limits"]), "times_s": tuple(read["times_s"])})


@dataclass(slots=True)
class Handle:
    """A name for memory that has no size yet; a file without a name where the system passes those on."""

    name: str = field(default_factory=lambda: f"openback-{uuid4()}")
    number: int = -1

    @classmethod
    def fresh(cls) -> Handle:
        """Return a handle that nobody else has."""
        if sys.platform == "win32":
            return cls()
        if hasattr(os, "memfd_create"):
            number = os.memfd_create("openback")
        else:
            with tempfile.TemporaryFile() as file:
                number = os.dup(file.fileno())
        return cls(name=str(number), number=number)

    @property
    def inherited(self) -> tuple[int, ...]:
        """The open files that a child needs."""
        return () if self.number < 0 else (self.number,)

    def close(self) -> None:
        """Give the handle up; memory in use stays until it is given up too."""
        if self.number >= 0:
            os.close(self.number)
            self.number = -1


class Pool:
    """Places for pictures in shared memory. `place_bytes` is the room of one."""

    def __init__(self, memory: str, places: int, place_bytes: int, *, make: bool) -> None:
        self.place_bytes = place_bytes
        size = places * place_bytes
        if sys.platform == "win32":
            self._bytes = mmap.mmap(-1, size, tagname=memory)
            return
        number = int(memory)
        if make:
            os.ftruncate(number, size)
        self._bytes = mmap.mmap(number, size)

    @classmethod
    def make(cls, memory: str, places: int, width: int, height: int) -> Pool:
        """Return new memory for `places` pictures of up to this size."""
        pages = -(-width * height * 3 // _PAGE_BYTES)
        return cls(memory, places, pages * _PAGE_BYTES, make=True)

    @classmethod
    def join(cls, memory: str, places: int, place_bytes: int) -> Pool:
        """Return the memory that the other process made."""
        return cls(memory, places, place_bytes, make=False)

    def picture(self, place: int, width: int, height: int) -> Picture:
        """Return a place as a picture (height, width, 3), not copied."""
        return np.ndarray((height, width, 3), np.uint8, buffer=self._bytes, offset=place * self.place_bytes)
