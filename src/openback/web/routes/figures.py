"""The moving figure of an exercise: its motion as JSON, and still pictures of it."""

from __future__ import annotations

from typing import Annotated, Final, cast

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from openback.motion.figure.picture import Theme
from openback.motion.figure.playing import played, told
from openback.services import library as use_case
from openback.web.body_map import Figure
from openback.web.figures import Figures, Moment, Size
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/library")

# The address changes with the figure (`v`), so what came once may be kept for ever.
KEPT_HEADERS: Final = {"cache-control": "private, max-age=31536000, immutable"}
NO_FIGURE: Final = "This exercise has no figure here."


def figures_of(request: Request) -> Figures:
    """Return the figures of this app."""
    return cast("Figures", request.app.state.figures)


class Asked(BaseModel):
    """Which picture: `v` only makes the address another one when the figure changed."""

    sex: Figure = "female"
    at: Moment = "peak"
    theme: Theme = "light"
    size: Size = "large"
    v: str = Field(default="", max_length=40)


@router.get("/{exercise_id}/figure.json")
def motion(request: Request, app: TheApp, exercise_id: str, asked: Annotated[Asked, Query()]) -> Response:
    """Answer with the motion of the figure along one rep."""
    exercise = use_case.known_exercise(app, exercise_id)
    if exercise.figure is None or figures_of(request).skin(asked.sex) is None:
        raise HTTPException(404, NO_FIGURE)
    return JSONResponse(told(played(exercise, asked.sex)), headers=KEPT_HEADERS)


@router.get("/{exercise_id}/figure.png")
def picture(request: Request, app: TheApp, exercise_id: str, asked: Annotated[Asked, Query()]) -> Response:
    """Answer with a still picture of the figure."""
    exercise = use_case.known_exercise(app, exercise_id)
    drawn = figures_of(request).picture(exercise, asked.sex, asked.at, asked.theme, asked.size)
    if drawn is None:
        raise HTTPException(404, NO_FIGURE)
    return Response(drawn, media_type="image/png", headers=KEPT_HEADERS)
