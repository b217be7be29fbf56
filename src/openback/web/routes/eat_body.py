"""Nutrients of a day and a week against their targets; weight, what was learned from it, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Annotated, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from openback.errors import BadMeasure, BadWeight
from openback.model.nutrients import NutrientKind
from openback.services import people
from openback.services.app import App
from openback.services.eat import log
from openback.services.eat import weight as use_case
from openback.services.eat.views import ForecastPoint, NutrientRow, WeightPoint, WeightView
from openback.units import Units, lb_from_kg
from openback.web import food_words
from openback.web.forms import body
from openback.web.forms.fields import Fields
from openback.web.rendering import page, see
from openback.web.routes.deps import Posted, TheApp
from openback.web.routes.eat_undo import undo_address
from openback.web.weight_chart import HEIGHT, weight_chart

router = APIRouter(prefix="/eat")

SPANS: Final[dict[str, int | None]] = {"month": 31, "quarter": 92, "year": 366, "all": None}
SPAN_NAMES: Final = {"month": "Month", "quarter": "3 months", "year": "Year", "all": "All"}

BODY_PAGE: Final = "/progress/body"  # sizes can be written down there as well
LEAST_AHEAD_D: Final = 28
LEAST_PACE_KG: Final = 0.01

Over = Literal["day", "week"]


@router.get("/nutrients")
def nutrients(request: Request, app: TheApp, on: date | None = None, over: Over = "day") -> Response:
    """Show every nutrient of a day, or of a day of the week up to it on average."""
    if people.profile_of(app) is None:
        return see("/welcome")
    shown = min(on or app.today, app.today)
    view = log.nutrients(app, shown)
    return page(
        request,
        "eat/nutrients.html",
        view=view,
        over=over,
        groups=grouped(view.week if over == "week" else view.day),
        most_g=max([view.fruit_vegetable_target_g, *(g for _, g in view.fruit_vegetable_g if g is not None)]),
        before=shown - timedelta(days=1),
        after=shown + timedelta(days=1) if shown < app.today else None,
        words=food_words,
    )


def grouped(rows: Sequence[NutrientRow]) -> list[tuple[NutrientKind, list[NutrientRow]]]:
    """Return rows by kind, in their order; energy stands with protein, carbohydrate and fibre."""

    def kind(row: NutrientRow) -> NutrientKind:
        return "macro" if row.kind == "energy" else row.kind

    return [(one, list(of)) for one, of in groupby(rows, kind)]


# --- Weight ------------------------------------------------------------------------------------------------


@router.get("/weight")
def weight(request: Request, app: TheApp, span: str = "quarter") -> Response:
    """Show the weight with its trend, and offer to write down today's."""
    if people.profile_of(app) is None:
        return see("/welcome")
    return _weight(request, app, span=span)


def _weight(request: Request, app: App, *, span: str = "quarter", fields: Fields | None = None) -> Response:
    profile = people.profile_of(app)
    sex = "female" if profile is None else profile.person.sex
    units = people.units_of(app)
    view = use_case.weight(app)
    days = SPANS.get(span, SPANS["quarter"])
    since = date.min if days is None else app.today - timedelta(days=days)
    points = [point for point in view.points if point.on >= since] or view.points
    typed = {} if fields is None else {name: fields.text(name) for name in _FIELDS}
    return page(
        request,
        "eat/weight.html",
        status=422 if fields is not None and fields.problems else 200,
        view=view,
        span=span if span in SPANS else "quarter",
        spans=SPAN_NAMES,
        chart=weight_chart(points, ahead_of(view, points), units, target_kg=view.target_mass_kg),
        chart_height=HEIGHT,
        pace=pace_words(view, units),
        start=_start(view.latest_kg, imperial=units == "imperial"),
        spent=[point for point in reversed(points) if point.expenditure_kcal is not None],
        sizes=body.sizes(sex),
        folds=body.folds(sex),
        length_unit="cm" if units == "metric" else "in",
        shown_measures=lambda kept: body.shown_measures(kept, units),
        problems=fields.problems if fields is not None else [],
        typed=typed,
        words=food_words,
    )


_FIELDS: Final = (
    "mass",
    "on",
    "body_fat",
    *(one.field for sex in ("female", "male") for one in (*body.sizes(sex), *body.folds(sex))),
)


def pace_words(view: WeightView, units: Units) -> str:
    """Return the pace that is planned, in a sentence; empty when the weight is to stay and no target was named."""
    pace_kg = view.rate_kg_per_week
    if abs(pace_kg) < LEAST_PACE_KG:
        return "" if view.target_mass_kg is None else "The plan holds your weight where it is."
    way = "less" if pace_kg < 0 else "more"
    said = f"{abs(pace_kg):.2f} kg" if units == "metric" else f"{lb_from_kg(abs(pace_kg)):.1f} lb"
    return f"The plan aims at about {said} a week {way}, inside the pace that keeps muscle and health."


def ahead_of(view: WeightView, points: Sequence[WeightPoint]) -> list[ForecastPoint]:
    """Return the part of the forecast that is drawn: as long as what is seen of the past, so that both are readable."""
    if not points or not view.forecast:
        return []
    days = max(LEAST_AHEAD_D, (points[-1].on - points[0].on).days)
    return [one for one in view.forecast if (one.on - points[-1].on).days <= days]


def _start(latest_kg: float | None, *, imperial: bool) -> str:
    """Return the number that the field for the weight starts with; empty before the first."""
    if latest_kg is None:
        return ""
    return f"{lb_from_kg(latest_kg) if imperial else latest_kg:.1f}"


@router.post("/weight")
def keep_weight(request: Request, app: TheApp, form: Posted) -> Response:
    """Keep what the scale said."""
    fields = Fields(form)
    mass_kg = body.mass_kg(fields, people.units_of(app))
    on = body.day_of(fields, app.today)
    if mass_kg is None or on is None:
        return _weight(request, app, fields=fields)
    try:
        token = use_case.keep_mass(app, mass_kg, at=_at(app, on))
    except BadWeight as error:
        fields.problems.append(str(error))
        return _weight(request, app, fields=fields)
    return see("/eat/weight", said="Kept.", undo=_undo(token))


def _at(app: App, on: date) -> datetime:
    """Return the moment of a weight: now, or the morning of an earlier day."""
    return app.now() if on == app.today else datetime.combine(on, time(7), UTC)


def _undo(token: UUID | None) -> str:
    return undo_address(token, "/eat/weight")


@router.post("/weight/measures")
def keep_measures(request: Request, app: TheApp, form: Posted) -> Response:
    """Keep what the tape said."""
    fields = Fields(form)
    profile = people.profile_of(app)
    on = body.day_of(fields, app.today)
    sex = "female" if profile is None else profile.person.sex
    kept = None if on is None else body.measures(fields, people.units_of(app), sex, on)
    if kept is None:
        return _weight(request, app, fields=fields)
    try:
        token = use_case.keep_measures(app, kept)
    except BadMeasure as error:
        fields.problems.append(str(error))
        return _weight(request, app, fields=fields)
    if fields.text("back") == BODY_PAGE:
        undo = f"/progress/undo/{token}?back={BODY_PAGE}" if token is not None else ""
        return see(BODY_PAGE, said="Kept.", undo=undo)
    return see("/eat/weight#measures", said="Kept.", undo=_undo(token))


@router.post("/weight/measures/delete")
def delete_measures(app: TheApp, on: Annotated[date, Form()]) -> Response:
    """Take the measures of a day out."""
    token = use_case.delete_measures(app, on)
    return see("/eat/weight#measures", said="Taken out.", undo=_undo(token))


@router.post("/weight/delete")
def delete_weight(app: TheApp, on: Annotated[date, Form()]) -> Response:
    """Take what the scale said on a day out."""
    token = use_case.delete_mass_of_day(app, on)
    return see("/eat/weight", said="Taken out.", undo=_undo(token))


@router.post("/weight/cycle")
def cycle(request: Request, app: TheApp, form: Posted) -> Response:
    """Keep the first day of a period, or take it out: water comes and goes with it."""
    fields = Fields(form)
    on = body.day_of(fields, app.today)
    if on is None:
        return _weight(request, app, fields=fields)
    if fields.text("take_out"):
        return see("/eat/weight#cycle", said="Taken out.", undo=_undo(use_case.delete_cycle_start(app, on)))
    return see("/eat/weight#cycle", said="Kept.", undo=_undo(use_case.keep_cycle_start(app, on)))
