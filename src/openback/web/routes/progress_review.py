"""The review of a week, in words."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from openback.services import people
from openback.services import review as use_case
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/progress")

ICONS = {
    "away": "heart",
    "sessions": "calendar-days",
    "strength": "trending-up",
    "muscles": "person-standing",
    "bests": "medal",
    "moved": "activity",
    "pain": "bandage",
    "rest": "moon",
}


@router.get("/review")
def review(request: Request, app: TheApp, week: date | None = None) -> Response:
    """Show how a week went."""
    if people.profile_of(app) is None:
        return see("/welcome")
    view = use_case.review(app, week)
    top = max([1.0, *(max(one.sets, one.high) for one in view.facts.muscles)]) * 1.05
    return page(request, "progress/review.html", view=view, icons=ICONS, top=top)
