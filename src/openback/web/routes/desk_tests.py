"""Desk tests: what each is, taking one before the camera, a number by hand, and the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException, Query, Request
from pydantic import ValidationError
from starlette.responses import Response

from openback.errors import BadFrames, OpenbackError
from openback.model.motion import CONNECTIONS
from openback.services import desk_tests as use_case
from openback.services import people
from openback.services.app import App
from openback.services.desk_views import DeskTestView, SideView, TakeView, TestResultView
from openback.services.frames_json import frames_from_json
from openback.web import desk_charts, desk_words
from openback.web.desk_figures import posed
from openback.web.desk_schemas import TakesIn
from openback.web.figures import FigureView
from openback.web.forms.fields import Fields
from openback.web.rendering import page, see
from openback.web.routes.deps import Posted, TheApp
from openback.web.routes.desk_undo import undo_address
from openback.web.routes.figures import KEPT_HEADERS, NO_FIGURE, Asked, figures_of
from openback.web.routes.library import figure

router = APIRouter(prefix="/desk/tests")

TAKES_LIMIT: Final = 900_000
UNIT_SIGNS: Final = {"deg": "°", "cm": " cm", "in": " in"}


@router.get("")
def tests(request: Request, app: TheApp) -> Response:
    """Show every test with its last results."""
    if people.profile_of(app) is None:
        return see("/welcome")
    views = use_case.tests(app)
    return page(
        request,
        "desk/tests.html",
        tests=views,
        pictures={view.id: _picture(request, app, view.id) for view in views},
        scales={view.id: side_scales(view) for view in views},
    )


def _picture(request: Request, app: App, test_id: str) -> FigureView | None:
    """Return the figure in the pose of a test; None without one."""
    shown = posed(app.catalogue, test_id)
    view = None if shown is None else figures_of(request).view(shown, figure(app))
    if view is None:
        return None
    base = f"/desk/tests/{test_id}/figure.png"
    return replace(
        view, stills={at: f"{base}?{still.partition('?')[2]}" for at, still in view.stills.items()}
    )


@router.get("/{test_id}/figure.png")
def picture(request: Request, app: TheApp, test_id: str, asked: Annotated[Asked, Query()]) -> Response:
    """Answer with a still picture of the figure in the pose of a test."""
    shown = posed(app.catalogue, test_id)
    drawn = shown and figures_of(request).picture(shown, asked.sex, asked.at, asked.theme, asked.size)
    if not drawn:
        raise HTTPException(404, NO_FIGURE)
    return Response(drawn, media_type="image/png", headers=KEPT_HEADERS)


def side_scales(view: DeskTestView) -> dict[str, desk_charts.Scale]:
    """Return the last result of each side on the scale of the test."""
    return {side.side: result_scale(view, side.last) for side in view.sides if side.last is not None}


def result_scale(view: DeskTestView, one: TestResultView) -> desk_charts.Scale:
    """Return one result among the zones of its test."""
    low, high = one.result.low, one.result.high
    return desk_charts.scale(
        one.result.value,
        None if low is None or high is None else (low, high),
        desk_charts.nearby(
            [desk_charts.Zone(low=z.low, high=z.high, kind=z.verdict, name=z.name) for z in view.zones]
        ),
        unit=UNIT_SIGNS[view.rule.unit],
    )


@router.get("/{test_id}")
def one_test(request: Request, app: TheApp, test_id: str) -> Response:
    """Show a test: how it is done, the results against the norm, and what to do about them."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return _shown(request, app, test_id)


def _shown(
    request: Request,
    app: App,
    test_id: str,
    *,
    problems: Sequence[str] = (),
    typed: Mapping[str, str] | None = None,
) -> Response:
    view = use_case.test(app, test_id)
    return page(
        request,
        "desk/test.html",
        status=422 if problems else 200,
        view=view,
        picture=_picture(request, app, test_id),
        scales=side_scales(view),
        charts={side.side: chart_of(view, side) for side in view.sides},
        sign=UNIT_SIGNS[view.rule.unit],
        problems=problems,
        typed=typed or {},
    )


def chart_of(view: DeskTestView, side: SideView) -> desk_charts.Trend | None:
    """Return one side over weeks as a picture."""
    points = [
        desk_charts.Point(
            on=one.result.at.date(), value=one.result.value, low=one.result.low, high=one.result.high
        )
        for one in reversed(side.results)
    ]
    unit = UNIT_SIGNS[view.rule.unit]
    return desk_charts.trend(points, unit=unit, smallest_change=view.rule.smallest_change)


@router.get("/{test_id}/camera")
def camera(request: Request, app: TheApp, test_id: str) -> Response:
    """Show the page that takes a test before the camera."""
    if people.profile_of(app) is None:
        return see("/welcome")
    view = use_case.test(app, test_id)
    return page(
        request,
        "desk/test_camera.html",
        view=view,
        picture=_picture(request, app, test_id),
        sides=desk_words.sides_json(view.rule),
        bones=CONNECTIONS,
    )


@router.post("/{test_id}/result")
def result(request: Request, app: TheApp, test_id: str, body: TakesIn) -> Response:
    """Answer with what a take gives as a part of the page; nothing is kept."""
    view = use_case.test(app, test_id)
    takes = [
        (view.rule.side_names[side], use_case.judge_take(app, test_id, side, frames_from_json(frames)))
        for side, frames in body.takes.items()
    ]
    scales = {name: result_scale(view, take.result) for name, take in takes if take.result is not None}
    return page(request, "desk/_test_result.html", view=view, takes=takes, scales=scales)


@router.post("/{test_id}/keep")
def keep(app: TheApp, test_id: str, takes: Annotated[str, Form(max_length=TAKES_LIMIT)]) -> Response:
    """Keep the takes that were shown."""
    try:
        body = TakesIn.model_validate_json(takes)
    except ValidationError as error:
        raise BadFrames([str(one["msg"]) for one in error.errors()]) from error
    kept = [
        use_case.keep_take(app, test_id, side, frames_from_json(frames))
        for side, frames in body.takes.items()
    ]
    return see(f"/desk/tests/{test_id}#results", said="Kept.", undo=_undo(kept, test_id))


def _undo(kept: list[TakeView], test_id: str) -> str:
    """Return the address that takes all of some results back."""
    tokens = [one.undo for one in kept if one.undo is not None]
    return undo_address(*tokens, back=f"/desk/tests/{test_id}")


@router.post("/{test_id}/hand")
def by_hand(request: Request, app: TheApp, test_id: str, form: Posted) -> Response:
    """Keep a number that was measured by hand."""
    fields = Fields(form)
    view = use_case.test(app, test_id)
    side = next((one for one in view.rule.sides if one == fields.text("side")), view.rule.sides[0])
    low, high = view.rule.span
    value = fields.number("value", "The number", low, high, UNIT_SIGNS[view.rule.unit].strip())
    typed = {"value": fields.text("value"), "side": side}
    if value is None:
        return _shown(request, app, test_id, problems=fields.problems, typed=typed)
    try:
        kept = use_case.keep_hand(app, test_id, side, value, view.rule.unit)
    except OpenbackError as error:
        return _shown(request, app, test_id, problems=[str(error)], typed=typed)
    return see(f"/desk/tests/{test_id}#results", said="Kept.", undo=_undo([kept], test_id))


@router.post("/{test_id}/{result_id}/delete")
def delete(app: TheApp, test_id: str, result_id: UUID) -> Response:
    """Take a result out."""
    change = use_case.delete_result(app, result_id)
    page_of = f"/desk/tests/{test_id}"
    return see(page_of, said="Taken out.", undo=undo_address(change, back=page_of))
