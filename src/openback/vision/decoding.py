"""What all work in the decoding process shares: its way to the parent, and saying no."""

from __future__ import annotations

import json
import os
import queue
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Final

from openback.vision.limits import Limits
from openback.vision.memory import Picture, Pool, Request

# What FFmpeg may open: files on this machine that hold their pictures themselves. No playlists,
# no lists of other files, no addresses.
_CONTAINERS: Final = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg"
ENVIRONMENT: Final[Mapping[str, str]] = {
    "OPENCV_FFMPEG_CAPTURE_OPTIONS": f"protocol_whitelist;file|format_whitelist;{_CONTAINERS}",
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


class Refused(Exception):
    """A file that is not read on; `said` is what the parent's sentence needs."""

    def __init__(self, problem: str, **about: float) -> None:
        self.said: Mapping[str, object] = {"problem": problem, **about}
        super().__init__(problem)


@dataclass(slots=True)
class Line:
    """The way to the parent."""

    handle: IO[bytes]

    def say(self, **what: object) -> None:
        """Say one line; ends this process when nobody listens any more."""
        try:
            self.handle.write(json.dumps(what).encode() + b"\n")
            self.handle.flush()
        except BrokenPipeError:
            os._exit(0)


@dataclass(slots=True)
class Parent:
    """Who asked: the line to it, and the places in shared memory that it has given back."""

    line: Line
    free: queue.SimpleQueue[int]


@dataclass(slots=True)
class Places:
    """Shared memory for pictures of one size, (width, height)."""

    pool: Pool
    parent: Parent
    size_px: tuple[int, int]

    @classmethod
    def of(cls, request: Request, parent: Parent, size_px: tuple[int, int]) -> Places:
        """Return fresh places for pictures of a size."""
        return cls(Pool.make(request.memory, request.places, *size_px), parent, size_px)

    def fill(self, t_s: float, paint: Callable[[Picture], bool]) -> bool:
        """Let `paint` fill the next free place, tell the parent, and return whether it did."""
        place = self.parent.free.get()
        if not paint(self.pool.picture(place, *self.size_px)):
            self.parent.free.put(place)
            return False
        self.parent.line.say(place=place, t_s=t_s)
        return True


Work = Callable[[Request, Parent], None]


def refuse_size(size_px: tuple[int, int], most_px: int, limits: Limits) -> None:
    """Raise Refused for a picture that is larger than cameras make."""
    if max(size_px) > limits.side_px or size_px[0] * size_px[1] > most_px:
        raise Refused("size", width=size_px[0], height=size_px[1])
