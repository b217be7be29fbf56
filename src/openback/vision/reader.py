"""The near end of the decoding process: starts it, takes its pictures, and says what went wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from openback.errors import (
    BadClip,
    ClipNotReadable,
    ClipStuck,
    ClipTooFine,
    ClipTooLong,
    ClipTooMuch,
    ClipTooSlow,
    PhotoNotReadable,
)
from openback.vision.decoding import ENVIRONMENT
from openback.vision.limits import Limits
from openback.vision.memory import Handle, Picture, Pool, Request, What
from openback.vision.parts import broken
from openback.vision.sniff import refuse_at_once

PLACES: Final = 6
_LOOK_S: Final = 0.25


class Reader:
    """A decoding process at work on one file.

    `about` is what the file says of itself; `look_px` is the size (width, height) of the pictures
    that come. Ends the process when it is closed, whatever it is doing.
    """

    about: Mapping[str, Any]
    look_px: tuple[int, int]

    def __init__(self, path: Path, what: What, limits: Limits, times_s: tuple[float, ...] = ()) -> None:
        self._path, self._what, self._limits = path, what, limits
        refuse_at_once(path, photo=what == "photo")
        self._memory = Handle.fresh()
        request = Request(
            what=what,
            path=str(path.resolve()),
            memory=self._memory.name,
            places=PLACES,
            limits=limits,
            times_s=times_s,
        )
        self._process = _started(request, self._memory.inherited)
        self._waits_since_s: float | None = None
        self._stuck = False
        self._closed = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> Self:
        return self.opened()

    def opened(self) -> Self:
        """Wait until the file is open; raises BadClip when it cannot be."""
        try:
            said = self._next()
            self.about, self.look_px = said["info"], (said["look"][0], said["look"][1])
            if said["place_bytes"]:
                self._pool = Pool.join(self._memory.name, PLACES, said["place_bytes"])
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process and give its memory back."""
        self._closed.set()
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._memory.close()

    def __iter__(self) -> Iterator[tuple[float, Picture]]:
        """Yield time in seconds and picture (height, width, 3) in RGB; each is good until the next is asked for."""
        while "end" not in (said := self._next()):
            yield said["t_s"], self._pool.picture(said["place"], *self.look_px)
            self._give_back(said["place"])

    def _give_back(self, place: int) -> None:
        stdin = self._process.stdin
        if stdin is not None and self._process.poll() is None:
            try:
                stdin.write(bytes((place,)))
                stdin.flush()
            except BrokenPipeError:
                return  # it is done, or its end is read next

    def _next(self) -> dict[str, Any]:
        """Return what the process says next; raises what its problem or its end means."""
        stdout = self._process.stdout
        self._waits_since_s = time.monotonic()
        line = b"" if stdout is None else stdout.readline()
        self._waits_since_s = None
        said: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
        if "parts" in said:
            raise broken(said["parts"])
        if "broke" in said:
            raise RuntimeError(said["broke"])
        if not said or "problem" in said:
            raise self._error(said)
        return said

    def _watch(self) -> None:
        """End the process when it is silent for too long."""
        while not self._closed.wait(_LOOK_S):
            since_s = self._waits_since_s
            if since_s is not None and time.monotonic() - since_s > self._limits.still_s:
                self._stuck = True
                self._process.kill()
                return

    def _error(self, said: Mapping[str, Any]) -> BadClip:
        name, problem = str(self._path), said.get("problem")
        if problem == "size":
            return ClipTooFine(name, said["width"], said["height"])
        if problem == "long":
            return ClipTooLong(name, self._limits.long_s)
        if problem == "slow":
            return ClipTooSlow(name, said["fps"], self._limits.slowest_fps)
        if problem == "memory":
            return ClipTooMuch(name, self._limits.memory_bytes)
        if self._stuck or self._out_of_time():
            return ClipStuck(name)
        return PhotoNotReadable(name) if self._what == "photo" else ClipNotReadable(name)

    def _out_of_time(self) -> bool:
        import signal  # noqa: PLC0415

        return self._process.wait() == -getattr(signal, "SIGXCPU", 0) != 0


def _started(request: Request, inherited: tuple[int, ...]) -> subprocess.Popen[bytes]:
    # -P keeps modules of the folder that a person happens to stand in out of it.
    command = [sys.executable, "-P", "-m", "openback.vision.decoder", request.to_json()]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=inherited,
        env={**os.environ, **ENVIRONMENT},
        start_new_session=True,  # ^C is for the parent, which then ends this one
    )
