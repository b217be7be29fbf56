"""The coach: the camera watches one set, counts it, and fills it in."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from openback.errors import NoCameraRules, NotFound
from openback.model.motion import CONNECTIONS
from openback.services import library, people, sessions
from openback.web.coaching import (
    Watched,
    best_yaw_deg,
    can_coach,
    figure_json,
    place_of,
    plan_json,
    target_of,
    watched,
)
from openback.web.rendering import page
from openback.web.routes.deps import TheApp
from openback.web.routes.library import figure
from openback.web.set_rows import LOAD_NAMES, in_field, ladder, screens_of, set_words, unit_of

router = APIRouter(prefix="/coach")

KEPT_HEADERS: Final = {"cache-control": "private, max-age=3600"}


@router.get("")
def coach(
    request: Request,
    app: TheApp,
    session: UUID,
    exercise: Annotated[str, Query(max_length=100)],
    place: Annotated[str, Query(alias="set", max_length=20)] = "",
) -> Response:
    """Show the page that watches a set. Without script or camera it offers to attach a clip instead."""
    view = sessions.session(app, session)
    one = watched(screens_of(view), exercise, place)
    if one is None:
        what = "exercise in this session"
        raise NotFound(what, exercise)
    if not can_coach(one.exercise):
        raise NoCameraRules(one.exercise.name)
    units = people.units_of(app)
    return page(
        request,
        "coach.html",
        view=view,
        one=one,
        exercise=one.exercise,
        screen=one.screen,
        row=one.row,
        place=place_of(one.row),
        plan=plan_json(one, view, units),
        target=target_of(one),
        yaw_deg=best_yaw_deg(one.exercise),
        bones=CONNECTIONS,
        figure_url=_figure_url(one, figure(app)),
        set_text=lambda known, row: set_words(known, row, units),
        unit=unit_of(units),
        load_names=LOAD_NAMES,
        band_names={key: band.name for key, band in app.catalogue.bands.items()},
        in_field=lambda load_kg: in_field(load_kg, units),
        ladder=lambda loads_kg: ladder(loads_kg, units),
    )


def _figure_url(one: Watched, sex: str) -> str:
    return "" if one.exercise.figure is None else f"/coach/figure/{one.exercise.id}?sex={sex}"


@router.get("/figure/{exercise_id}")
def coach_figure(app: TheApp, exercise_id: str) -> Response:
    """Answer with the figure's landmarks from start to peak, for the outline and the ghost."""
    exercise = library.known_exercise(app, exercise_id)
    if exercise.figure is None:
        raise HTTPException(404, "This exercise has no figure here.")
    return JSONResponse(figure_json(exercise, figure(app)), headers=KEPT_HEADERS)
