"""Takes back a change that was made on a page of the room Progress."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from openback.services import sessions
from openback.storage import Change
from openback.web.rendering import see
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/progress")


def undo_address(change: Change | None, back: str) -> str:
    """Return the address that takes a change back and then shows page `back`; empty where nothing changed."""
    return f"/progress/undo/{change.token}?back={quote(back)}" if change is not None else ""


@router.post("/undo/{token}")
def undo(app: TheApp, token: UUID, back: Annotated[str, Query(max_length=200)] = "/progress") -> Response:
    """Take a change back and go to where it was made."""
    sessions.undo(app, token)
    return see(back if back == "/" or back.startswith("/progress") else "/progress", said="Taken back.")
