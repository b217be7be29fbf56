"""Posture: the last check, the trend, and the check itself before the camera."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

import numpy as np
from fastapi import APIRouter, Form, Request
from pydantic import ValidationError
from starlette.responses import JSONResponse, Response

from openback.errors import BadFrames
from openback.model.motion import CONNECTIONS
from openback.motion.skeleton import body as body_of
from openback.motion.skeleton import pose
from openback.services import people
from openback.services import posture as use_case
from openback.services.app import App
from openback.services.posture_views import PostureTrendLine, PostureView
from openback.web import desk_charts, desk_words
from openback.web.desk_schemas import PostureIn
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp
from openback.web.routes.desk_undo import undo_address
from openback.web.routes.library import figure

router = APIRouter(prefix="/desk/posture")

PAGE: Final = "/desk/posture"
KEPT_HEADERS: Final = {"cache-control": "private, max-age=3600"}
CHECK_LIMIT: Final = (
    900_000  # characters of a check in a form: four sides of sixteen frames are a fifth of it
)


@router.get("")
def posture(request: Request, app: TheApp) -> Response:
    """Show the last check with its bands, the trend, and the checks."""
    if people.profile_of(app) is None:
        return see("/welcome")
    view = use_case.posture_trend(app)
    return page(
        request,
        "desk/posture.html",
        view=view,
        scales=scales(view.checks[0]) if view.checks else {},
        lines=[(line, chart_of(line)) for line in view.lines if line.points],
    )


def chart_of(line: PostureTrendLine) -> desk_charts.Trend | None:
    """Return a measure over weeks as a picture, with the zone in which nothing is worth believing."""
    points = [
        desk_charts.Point(on=one.at.date(), value=one.value, low=one.low, high=one.high)
        for one in line.points
    ]
    return desk_charts.trend(points, unit="°", smallest_change=line.smallest_change)


def scales(check: PostureView) -> dict[str, desk_charts.Scale]:
    """Return each reading on its scale: where bodies mostly are, and as much again beside it."""
    return {
        one.id: desk_charts.scale(
            one.value,
            (one.low, one.high),
            [desk_charts.Zone(low=one.usual[0], high=one.usual[1], kind="good")],
            unit="°",
            room=0.5,
        )
        for one in check.readings
    }


@router.get("/check")
def check(request: Request, app: TheApp) -> Response:
    """Show the page that measures before the camera, or from photos."""
    if people.profile_of(app) is None:
        return see("/welcome")
    shots = desk_words.shots_json(use_case.problem_said)
    return page(
        request,
        "desk/posture_check.html",
        shots=shots,
        plan=desk_words.SHOT_PLAN,
        bones=CONNECTIONS,
    )


@router.get("/figure")
def standing(app: TheApp) -> Response:
    """Answer with the landmarks of somebody who stands, for the outline to stand in."""
    points = pose(body_of(figure(app)), "standing", {}).landmarks_m
    millimetres = [int(value) for value in np.rint(points * 1000).ravel()]
    told = {"shares": [0, 1], "points_mm": [millimetres, millimetres], "yaw_deg": 0}
    return JSONResponse(told, headers=KEPT_HEADERS)


@router.post("/result")
def result(request: Request, app: TheApp, body: PostureIn) -> Response:
    """Answer with the result of a check as a part of the page; nothing is kept."""
    view = _checked(app, body)
    return page(request, "desk/_posture_result.html", check=view, scales=scales(view))


def _checked(app: App, body: PostureIn) -> PostureView:
    return use_case.check_frames(app, body.frames(), by=body.by, c7=body.mark())


@router.post("/keep")
def keep(app: TheApp, check: Annotated[str, Form(max_length=CHECK_LIMIT)]) -> Response:
    """Keep a check that was shown."""
    try:
        body = PostureIn.model_validate_json(check)
    except ValidationError as error:
        raise BadFrames([str(one["msg"]) for one in error.errors()]) from error
    change = use_case.keep_check(app, _checked(app, body))
    return see(f"{PAGE}#latest", said="Kept.", undo=undo_address(change, back=PAGE))


@router.post("/{check_id}/delete")
def delete(app: TheApp, check_id: UUID) -> Response:
    """Take a check out."""
    change = use_case.delete_check(app, check_id)
    return see(PAGE, said="Taken out.", undo=undo_address(change, back=PAGE))
