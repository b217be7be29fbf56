"""Takes back changes that were made on the pages of the Desk."""

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

router = APIRouter(prefix="/desk")


def undo_address(*changes: Change | UUID | None, back: str) -> str:
    """Return the address that takes changes back and then shows page `back`; empty when nothing changed."""
    first, *others = [_token(one) for one in changes if one is not None] or [""]
    also = "".join(f"&also={token}" for token in others)
    return f"/desk/undo/{first}?back={quote(back)}{also}" if first else ""


def _token(change: Change | UUID) -> str:
    return str(change.token if isinstance(change, Change) else change)


@router.post("/undo/{token}")
def undo(
    app: TheApp,
    token: UUID,
    back: Annotated[str, Query(max_length=200)] = "/desk",
    also: Annotated[list[UUID] | None, Query(max_length=4)] = None,
) -> Response:
    """Take changes back and go to where they were made."""
    for one in (token, *(also or ())):
        sessions.undo(app, one)
    return see(back if back == "/" or back.startswith("/desk") else "/desk", said="Taken back.")
