"""The posture check: frames of landmarks in, readings and trend out. Pictures never come here."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from openback.services import posture as use_case
from openback.web.api.answers import Record, record
from openback.web.desk_schemas import PostureIn
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/desk/posture", tags=["desk"])


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
