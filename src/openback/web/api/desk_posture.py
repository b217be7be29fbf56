"""The posture check: frames of landmarks in, readings and trend out. Pictures never come here."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from openback.model.posture import C7Mark, SeenFrame, Shot
from openback.services import posture as use_case
from openback.services.frames_json import FrameJson, frames_from_json
from openback.web.api.answers import Record, record
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/desk/posture", tags=["desk"])

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


@router.post("")
def check(app: TheApp, body: PostureIn) -> Record:
    """Measure posture. `check.problems` says which shots were of no use and what to change.

    `undo` takes a check back that was kept; nothing is kept when nothing could be told.
    """
    return record(use_case.answer_frames(app, body.frames(), by=body.by, c7=body.mark(), keep=body.keep))


@router.get("")
def trend(app: TheApp) -> Record:
    """Return every measure over weeks, and the checks that were kept, latest first."""
    return record(use_case.posture_trend(app))


@router.get("/{check_id}")
def kept(app: TheApp, check_id: UUID) -> Record:
    """Return one check that was kept."""
    return record(use_case.kept_check(app, check_id))


@router.delete("/{check_id}")
def delete(app: TheApp, check_id: UUID) -> Record:
    """Take a check away; `undo` brings it back."""
    change = use_case.delete_check(app, check_id)
    return {"undo": None if change is None else str(change.token)}
