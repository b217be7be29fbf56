"""Today: the next session, what changed, the week so far."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from openback.services import today as use_case
from openback.web.rendering import page
from openback.web.routes.deps import TheApp

router = APIRouter()


@router.get("/")
def today(request: Request, app: TheApp) -> HTMLResponse:
    """Show today."""
    return page(request, "today.html", view=use_case.today(app))
