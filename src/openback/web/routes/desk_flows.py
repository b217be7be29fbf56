"""Desk breaks, stretches and yoga: which there are, the player that leads through one, and what was done."""

from __future__ import annotations

import uuid
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from openback.model.flow import FlowKind
from openback.model.journal import FlowDone
from openback.services import flows as use_case
from openback.services import people
from openback.services.app import App
from openback.services.mobility import mobility_week
from openback.services.reminders import break_minutes, reminders
from openback.web.flow_pages import plan_json, step_lines
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp
from openback.web.routes.figures import figures_of
from openback.web.routes.library import figure, thumbnails

router = APIRouter(prefix="/desk")

PAGE_OF: Final[dict[FlowKind, str]] = {
    "break": "/desk/break",
    "stretch": "/desk/stretch",
    "yoga": "/desk/yoga",
}


@router.get("/break")
def breaks(request: Request, app: TheApp) -> Response:
    """Show the two-minute break, and when the browser reminds of it."""
    if people.profile_of(app) is None:
        return see("/welcome")
    wanted = reminders(app)
    return page(
        request,
        "desk/break.html",
        flows=use_case.flows(app, "break"),
        stretches=use_case.flows(app, "stretch"),
        today_done=use_case.desk_break(app),
        wanted=wanted,
        due=break_minutes(wanted),
        lines=step_lines,
        thumbnail=thumbnails(request, figure(app)),
    )


@router.get("/stretch")
def stretches(request: Request, app: TheApp) -> Response:
    """Show the stretches."""
    return _listed(request, app, "stretch", "Stretch")


@router.get("/yoga")
def yoga(request: Request, app: TheApp) -> Response:
    """Show the yoga flows."""
    return _listed(request, app, "yoga", "Yoga")


def _listed(request: Request, app: App, kind: FlowKind, title: str) -> Response:
    if people.profile_of(app) is None:
        return see("/welcome")
    return page(
        request,
        "desk/flows.html",
        title=title,
        kind=kind,
        flows=use_case.flows(app, kind),
        mobility=mobility_week(app),
        lines=step_lines,
        thumbnail=thumbnails(request, figure(app)),
    )


@router.get("/flow/{flow_id}")
def player(request: Request, app: TheApp, flow_id: str) -> Response:
    """Show the player of a flow; without script its steps to follow by oneself."""
    if people.profile_of(app) is None:
        return see("/welcome")
    view = use_case.flow(app, flow_id)
    return page(
        request,
        "desk/flow.html",
        view=view,
        lines=step_lines(view),
        plan=plan_json(view, figures_of(request), figure(app)),
        thumbnail=thumbnails(request, figure(app)),
        back=PAGE_OF[view.flow.kind],
        here_id=uuid.uuid4(),
    )


@router.post("/flow/{flow_id}/done/{done_id}")
def done_by_hand(app: TheApp, flow_id: str, done_id: UUID) -> Response:
    """Keep a flow that was followed without the player, as a whole."""
    view = use_case.flow(app, flow_id)
    held: dict[str, float] = {}
    for step in view.steps:
        if step.exercise:
            held[step.exercise] = held.get(step.exercise, 0.0) + step.seconds
    whole_s = view.seconds
    use_case.finish(
        app,
        FlowDone(id=done_id, at=app.now(), flow=flow_id, planned_s=whole_s, done_s=whole_s, held_s=held),
    )
    back = PAGE_OF[view.flow.kind]
    return see(back, said=f"{view.flow.name} is noted.", undo=f"/desk/flow-done/{done_id}?back={back}")


@router.post("/flow-done/{done_id}")
def take_back(app: TheApp, done_id: UUID, back: Annotated[str, Query(max_length=60)] = "/desk") -> Response:
    """Take a flow that was noted away again."""
    use_case.take_back(app, done_id)
    return see(back if back in PAGE_OF.values() else "/desk/break", said="Taken back.")


@router.get("/slouch")
def slouch(request: Request, app: TheApp) -> Response:
    """Show the slouch reminder, which runs on this device alone."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return page(request, "desk/slouch.html")
