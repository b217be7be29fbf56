"""What pages and the API take of the Desk's cameras: frames of landmarks, never a picture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from openback.model.journal import TestSide
from openback.model.posture import C7Mark, SeenFrame, Shot
from openback.services.frames_json import FrameJson, frames_from_json

Share = Annotated[float, Field(ge=0, le=1)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class C7In(_In):
    """Where the C7 point was marked on the pictures of a shot: shares of the picture's width and height."""

    shot: Shot
    x: Share
    y: Share


class PostureIn(_In):
    """A check: for each shot its frames, five or more of the same stance, and whether to keep it.

    `by` is "camera" for one that stood still while the person turned, "photo" for separate photos.
    """

    shots: dict[Shot, list[FrameJson]]
    by: Literal["camera", "photo"] = "camera"
    c7: C7In | None = None
    keep: bool = False

    def frames(self) -> dict[Shot, tuple[SeenFrame, ...]]:
        """Return the frames of each shot."""
        return {shot: frames_from_json(frames) for shot, frames in self.shots.items()}

    def mark(self) -> C7Mark | None:
        """Return the C7 mark."""
        return None if self.c7 is None else C7Mark(shot=self.c7.shot, x=self.c7.x, y=self.c7.y)


class TakesIn(_In):
    """A desk test: the take of each side."""

    takes: Mapping[TestSide, list[FrameJson]]


class TestIn(_In):
    """One side of a desk test: the frames of a take, or a number that was measured by hand, with its unit.

    Nothing is kept unless `keep` says so. `at` is for a number by hand: aware, now without.
    """

    __test__ = False  # not a test of ours

    side: TestSide
    by: Literal["camera", "hand"] = "camera"
    frames: list[FrameJson] = []
    value: float | None = None
    unit: Literal["deg", "cm", "in"] | None = None
    at: datetime | None = None
    keep: bool = False
