"""Today: the next session, what changed, the week so far; or, when the screening stopped, whom to see."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from openback.model.person import Profile
from openback.services import people
from openback.services import today as use_case
from openback.services.app import App
from openback.services.screened import screened_now
from openback.services.views import TodayView
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp

router = APIRouter()


@router.get("/")
def today(request: Request, app: TheApp) -> Response:
    """Show today; before the questions were answered, go to them."""
    profile = people.profile_of(app)
    if profile is None:
        return see("/welcome")
    view = use_case.today(app)
    if view.stopped:
        return stopped(request, app, profile, view)
    return page(request, "today.html", view=view)


def stopped(request: Request, app: App, profile: Profile, view: TodayView) -> Response:
    """Say whom to see and where to change an answer."""
    person = profile.person
    more = [("cleared", "Go-ahead")]
    if person.pregnancy_week is not None:
        more.insert(0, ("pregnancy_health", "Pregnancy checks"))
    if person.weeks_since_birth is not None:
        more.insert(0, ("birth_health", "After birth"))
    return page(
        request, "stopped.html", stops=screened_now(app, profile).stops, plain=view.stopped, more=more
    )
