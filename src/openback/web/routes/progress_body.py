"""The body in numbers: sizes, weight, and estimates of body fat side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from openback.services import people
from openback.services.body_sizes import SizeView, size_views
from openback.services.cycle_notes import may_note
from openback.services.eat import weight as weight_case
from openback.services.who import known_person
from openback.units import Units, in_from_cm
from openback.web import words
from openback.web.forms import body
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp
from openback.web.routes.eat_body import ahead_of
from openback.web.weight_chart import HEIGHT, weight_chart

router = APIRouter(prefix="/progress")

SHOWN_D = 183
LINE_WIDTH, LINE_HEIGHT, EDGE = 160, 40, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """One size as the page shows it: `dots` lie in a box of LINE_WIDTH by LINE_HEIGHT."""

    name: str
    latest: str
    said: str
    dots: tuple[tuple[float, float], ...]
    rows: tuple[tuple[date, str], ...]  # latest first


@router.get("/body")
def body_page(request: Request, app: TheApp) -> Response:
    """Show sizes, weight and the estimates of body fat."""
    if people.profile_of(app) is None:
        return see("/welcome")
    person, units = known_person(app), people.units_of(app)
    view = weight_case.weight(app)
    since = app.today - timedelta(days=SHOWN_D)
    points = [point for point in view.points if point.on >= since] or view.points
    sizes = body.sizes(person.sex)
    names = {one.field: one.name for one in sizes}
    return page(
        request,
        "progress/body.html",
        view=view,
        chart=weight_chart(points, ahead_of(view, points), units, target_kg=view.target_mass_kg),
        chart_height=HEIGHT,
        rows=[size_row(one, names[one.field], units, app.today) for one in size_views(view.measures)],
        box=(LINE_WIDTH, LINE_HEIGHT),
        sizes=sizes,
        folds=body.folds(person.sex),
        length_unit="cm" if units == "metric" else "in",
        may_note=may_note(person),
    )


def size_row(view: SizeView, name: str, units: Units, today: date) -> SizeRow:
    """Return one size in the person's units."""
    return SizeRow(
        name=name,
        latest=length(view.points[-1][1], units),
        said=change_words(view, units, today),
        dots=_dots(view.points, 3 * view.smallest_cm),
        rows=tuple((on, length(cm, units)) for on, cm in reversed(view.points)),
    )


def change_words(view: SizeView, units: Units, today: date) -> str:
    """Return how a size changed, in a sentence."""
    change, since = view.change, words.long_day(view.change.since, today)
    if change.by_cm is None:
        return f"Since {since}; the next one shows a change."
    if change.change == "none":
        return f"No real change since {since}: a tape is off by up to {length(view.smallest_cm, units)}."
    return f"{length(abs(change.by_cm), units)} {change.change} than on {since}."


def length(cm: float, units: Units) -> str:
    """Return a length as the person reads it."""
    return f"{round(cm, 1):g} cm" if units == "metric" else f"{in_from_cm(cm):.1f} in"


def _dots(points: Sequence[tuple[date, float]], least_cm: float) -> tuple[tuple[float, float], ...]:
    """Return where the values stand in a box at least `least_cm` high, so that a slip of the tape is no slope."""
    days = [(on - points[0][0]).days for on, _ in points]
    values = [cm for _, cm in points]
    middle, span = (min(values) + max(values)) / 2, max(max(values) - min(values), least_cm)
    return tuple(
        (
            round(EDGE + (day / days[-1] if days[-1] else 0.5) * (LINE_WIDTH - 2 * EDGE), 1),
            round(LINE_HEIGHT / 2 - (cm - middle) / span * (LINE_HEIGHT - 2 * EDGE), 1),
        )
        for day, cm in zip(days, values, strict=True)
    )
