"""A clip of a set: the video that somebody attached, how far it was read, and what was seen in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from openback.model.log import SetKind
from openback.model.motion import SetReport

# Waiting its turn, being read now, read, or not to be read.
ClipState = Literal["waiting", "working", "done", "failed"]
# What was taken away and can still be brought back: nothing, the video alone, or the video and its results.
Gone = Literal["", "video", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One clip. The video itself is a file in the data folder, named after `id`.

    `set_id` is the set it shows, logged or still to be logged: `kind` and `number` say which row that is.
    `name` is what the file was called, for showing only; `media` is what its first bytes say it is.
    `done` of `total` frames are read; `touched_at` is when that was last said. `tries` counts how often the
    reading was begun. `report` is there once `state` is `done`; `problem` says why it `failed`.
    `video` says whether the video was kept. Instants are aware, in UTC.
    """

    id: UUID
    session_id: UUID
    set_id: UUID
    exercise: str
    at: datetime
    kind: SetKind = "work"
    number: int = 1
    name: str = ""
    media: str = "video/mp4"
    size_bytes: int = 0
    video: bool = True
    state: ClipState = "waiting"
    done: int = 0
    total: int = 0
    touched_at: datetime | None = None
    tries: int = 0
    problem: str = ""
    report: SetReport | None = None
    speed_loss: float | None = None
    gone: Gone = ""
    gone_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be read, or being read."""
        return self.state in {"waiting", "working"}
