"""Takes back a change that was made on a page about eating."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from openback.services import sessions
from openback.web.rendering import see
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/eat")


def undo_address(token: UUID | None, back: str) -> str:
    """Return the address that takes a change back and then shows page `back`; empty without a token."""
    return f"/eat/undo/{token}?back={quote(back)}" if token is not None else ""


@router.post("/undo/{token}")
def undo(app: TheApp, token: UUID, back: Annotated[str, Query(max_length=200)] = "/eat") -> Response:
    """Take a change back and go to where it was made."""
    sessions.undo(app, token)
    return see(back if back == "/" or back.startswith("/eat") else "/eat", said="Taken back.")
