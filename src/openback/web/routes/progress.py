"""Progress: strength with its band, sets per muscle, records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from openback.model.exercise import Muscle
from openback.services import people
from openback.services import progress as use_case
from openback.services.app import App
from openback.services.counting import monday_of
from openback.services.cycle_notes import life_spans, may_note
from openback.services.norms import norm_views
from openback.services.records import record_text, value_text
from openback.services.views import ProgressView, Record
from openback.units import Units
from openback.web import body_map
from openback.web.curve_chart import Span, curve_chart
from openback.web.rendering import page
from openback.web.routes.deps import TheApp
from openback.web.routes.library import figure

router = APIRouter(prefix="/progress")

RECENT_WEEKS = 13
RECORD_WORDS = {"load": "Heaviest", "reps": "Most reps", "one_rm": "Estimated best", "hold": "Longest hold"}


@router.get("")
def progress(request: Request, app: TheApp, week: date | None = None) -> Response:
    """Show how training goes; `week` is the Monday that the muscle map shows."""
    view = use_case.progress(app)
    units = people.units_of(app)
    muscles = app.catalogue.muscles
    spans = [Span(kind=one.kind, first_on=one.first_on, last_on=one.last_on) for one in life_spans(app)]
    shown = next((n for n, (monday, _) in enumerate(view.history) if monday == week), len(view.history) - 1)
    maps = [muscle_map(app, view, sets) for _, sets in view.history]
    return page(
        request,
        "progress.html",
        view=view,
        muscles=muscles,
        map=maps[shown] if maps else muscle_map(app, view, view.weekly_sets),
        shown=shown,
        map_weeks=[week_values(on, one, app.today) for (on, _), one in zip(view.history, maps, strict=True)],
        charts=[(curve, curve_chart(curve, units, spans)) for curve in view.curves if curve.points],
        norms=norm_views(app, view.curves),
        recent=view.sessions_by_week[-RECENT_WEEKS:],
        most_sessions=max((count for _, count in view.sessions_by_week[-RECENT_WEEKS:]), default=0),
        weeks=weeks_of(view, muscles),
        may_note=may_note_here(app),
        record_words=RECORD_WORDS,
        record_value=lambda record: record_text(record, units),
        record_before=lambda record: record_before(record, units),
    )


def may_note_here(app: App) -> bool:
    """Return whether the notes of cycle and pregnancy are offered here."""
    person = app.store.person(app.person_id)
    return person is not None and may_note(person)


def muscle_map(app: App, view: ProgressView, sets: Mapping[str, float]) -> body_map.BodyMap:
    """Return the map of one week."""
    return body_map.by_week(app.catalogue.muscles, sets=sets, bands=view.weekly_band, figure=figure(app))


def week_values(monday: date, shown: body_map.BodyMap, today: date) -> dict[str, object]:
    """Return one week of the map as the script shows it: its name, and level, over and words of each muscle."""
    return {
        "week": monday.isoformat(),
        "name": week_name(monday, today),
        "muscles": {one.muscle.id: [one.level, one.over, one.muscle.name, one.said] for one in shown.shades},
    }


def week_name(monday: date, today: date) -> str:
    """Return a week as one says it: `This week`, `Week from 16 November`."""
    if monday == monday_of(today):
        return "This week"
    year = "" if monday.year == today.year else f" {monday.year}"
    return f"Week from {monday.day} {monday:%B}{year}"


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
