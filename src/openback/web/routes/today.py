"""Today: the next session, what changed, the week so far; or, when the screening stopped, whom to see."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from openback.model.person import Profile
from openback.services import flows, people, steps
from openback.services import today as use_case
from openback.services.app import App
from openback.services.reminders import break_minutes, reminders
from openback.services.screened import stops_now
from openback.web.forms.draft import draft_of
from openback.web.forms.steps import PAGES, path_of
from openback.web.rendering import page, see
from openback.web.routes.asking import asking_of
from openback.web.routes.deps import TheApp
from openback.web.step_badges import badge

router = APIRouter()


@router.get("/")
def today(request: Request, app: TheApp) -> Response:
    """Show today; before the questions were answered, go to them."""
    profile = people.profile_of(app)
    if profile is None:
        return see("/welcome")
    view = use_case.today(app)
    if view.stopped:
        return stopped(request, app, profile)
    wanted = reminders(app)
    return page(
        request,
        "today.html",
        view=view,
        steps=steps.steps(app),
        badge=badge,
        desk_break=flows.desk_break(app),
        wanted=wanted,
        due=break_minutes(wanted),
    )


def stopped(request: Request, app: App, profile: Profile) -> Response:
    """Say whom to see and where to change an answer."""
    draft = draft_of(profile)
    answers = [step for step in path_of(draft, asking_of(app, draft, 0)) if step.id in PAGES]
    stops = stops_now(app, profile)
    in_diary = any(stop.id.startswith("pain_") for stop in stops)
    return page(request, "stopped.html", stops=stops, steps=answers, in_diary=in_diary)
