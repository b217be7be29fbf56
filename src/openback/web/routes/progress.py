"""Progress: strength with its band, sets per muscle, records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from openback.model.exercise import Muscle
from openback.services import people
from openback.services import progress as use_case
from openback.services.records import record_text, value_text
from openback.services.views import ProgressView, Record
from openback.units import Units
from openback.web import body_map
from openback.web.curve_chart import curve_chart
from openback.web.rendering import page
from openback.web.routes.deps import TheApp
from openback.web.routes.library import figure

router = APIRouter(prefix="/progress")

RECENT_WEEKS = 13
RECORD_WORDS = {"load": "Heaviest", "reps": "Most reps", "one_rm": "Estimated best", "hold": "Longest hold"}


@router.get("")
def progress(request: Request, app: TheApp) -> Response:
    """Show how training goes."""
    view = use_case.progress(app)
    units = people.units_of(app)
    muscles = app.catalogue.muscles
    return page(
        request,
        "progress.html",
        view=view,
        muscles=muscles,
        map=body_map.by_week(muscles, sets=view.weekly_sets, bands=view.weekly_band, figure=figure(app)),
        charts=[(curve, curve_chart(curve, units)) for curve in view.curves if curve.points],
        recent=view.sessions_by_week[-RECENT_WEEKS:],
        most_sessions=max((count for _, count in view.sessions_by_week[-RECENT_WEEKS:]), default=0),
        weeks=weeks_of(view, muscles),
        record_words=RECORD_WORDS,
        record_value=lambda record: record_text(record, units),
        record_before=lambda record: record_before(record, units),
    )


def weeks_of(view: ProgressView, muscles: Mapping[str, Muscle]) -> list[tuple[date, list[tuple[float, int]]]]:
    """Return for each week, latest first, the sets of every muscle with their level on the map."""
    return [
        (
            monday,
            [(sets.get(key, 0.0), _level(sets.get(key, 0.0), view.weekly_band.get(key))) for key in muscles],
        )
        for monday, sets in reversed(view.history)
    ]


def _level(sets: float, band: tuple[float, float] | None) -> int:
    if sets <= 0 or band is None:
        return 0
    return body_map.level_of(sets / band[0] if band[0] > 0 else sets, body_map.WEEK_STEPS)


def record_before(record: Record, units: Units) -> str:
    """Return the best before it; empty when there was none."""
    return "" if record.before is None else value_text(record.before, record.unit, units)
