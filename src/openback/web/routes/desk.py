"""The room Desk: everything about the body at a desk, each with its last word."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from openback.services import desk as use_case
from openback.services import people
from openback.web import desk_charts
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/desk")

BREAK_SOURCE: Final = "andersen_ll_2011"  # two minutes a day against twelve and against none


@router.get("")
def desk(request: Request, app: TheApp) -> Response:
    """Show posture, tests, pain, breaks and flows, each with its last word."""
    if people.profile_of(app) is None:
        return see("/welcome")
    view = use_case.desk(app)
    line = next((one for one in view.posture.lines if one.points), None)
    points = [] if line is None else line.points
    return page(
        request,
        "desk/desk.html",
        view=view,
        source=app.catalogue.sources.get(BREAK_SOURCE),
        posture_line=line,
        posture_chart=desk_charts.trend(
            [desk_charts.Point(on=one.at.date(), value=one.value) for one in points], unit="°"
        ),
        pain_chart=desk_charts.trend(
            [desk_charts.Point(on=one.on, value=one.level) for one in view.pain.days], ends=(0, 10)
        ),
    )
