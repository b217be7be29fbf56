"""Reports: months as pages and files, and the programme on paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, cast

from fastapi import APIRouter, Request
from starlette.responses import Response

from openback.model.exercise import Exercise
from openback.services import block as blocks
from openback.services import people
from openback.services.app import App
from openback.services.month_report import month_named, month_pdf, month_report, months
from openback.services.programme_sheets import Draw, programme_pdf
from openback.services.who import known_person
from openback.web.body_map import figure_of
from openback.web.figures import Figures
from openback.web.month_page import month_html, styles, words_for
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/progress/reports")
train_router = APIRouter(prefix="/train")

PDF: Final = "application/pdf"


@router.get("")
def reports(request: Request, app: TheApp) -> Response:
    """List every month, the present one first, and what there is for paper."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return page(
        request,
        "reports.html",
        months=months(app),
        nothing=app.store.first_session(app.person_id) is None,
        has_programme=blocks.block_now(app) is not None,
    )


@router.get("/report.css")
def style() -> Response:
    """Send the style of the reports, which stands in their files as well."""
    return Response(styles(), media_type="text/css; charset=utf-8")


@router.get("/{month}.pdf")
def as_pdf(app: TheApp, month: str) -> Response:
    """Send a month as PDF."""
    return _file(month_pdf(app, month_named(app, month)), PDF, f"openback-{month}.pdf")


@router.get("/{month}.html")
def as_html(app: TheApp, month: str) -> Response:
    """Send a month as one HTML file."""
    content = month_html(month_report(app, month_named(app, month))).encode()
    return _file(content, "text/html; charset=utf-8", f"openback-{month}.html")


@router.get("/{month}")
def report(request: Request, app: TheApp, month: str) -> Response:
    """Show a month."""
    if people.profile_of(app) is None:
        return see("/welcome")
    first, known = month_named(app, month), months(app)
    after = (first + timedelta(days=31)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return page(
        request,
        "month_report.html",
        month=month,
        earlier=_or_none(before, known),
        later=_or_none(after, known),
        **words_for(month_report(app, first)),
    )


def _or_none(first: date, known: tuple[date, ...]) -> date | None:
    return first if first in known else None


@train_router.get("/programme.pdf")
def programme(request: Request, app: TheApp) -> Response:
    """Send the programme as PDF, one page a week."""
    return _file(programme_pdf(app, drawn_by(request, app)), PDF, "openback-programme.pdf")


def drawn_by(request: Request, app: App) -> Draw:
    """Return what draws the figure of an exercise, in the person's shape."""
    figures, sex = cast("Figures", request.app.state.figures), figure_of(known_person(app).sex)

    def draw(exercise: Exercise) -> bytes | None:
        return figures.picture(exercise, sex, "peak", "light", "small")

    return draw


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
