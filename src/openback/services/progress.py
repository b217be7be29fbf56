"""Progress: strength with its band, sets per muscle, records."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from openback.services.app import App
from openback.services.counting import by_week, midnight, monday_of, muscle_sets
from openback.services.curves import strength_curve
from openback.services.flow_log import flow_sessions
from openback.services.records import records_now
from openback.services.views import ProgressView, StrengthCurve

WEEKS_SHOWN: Final = 26
MOST_CURVES: Final = 12


def progress(app: App) -> ProgressView:
    """Return strength curves, this week's sets per muscle, weekly history and records."""
    this_monday = monday_of(app.today)
    first = this_monday - timedelta(weeks=WEEKS_SHOWN - 1)
    weeks = by_week(app.store.sets_between(app.person_id, midnight(first)))
    shown = [first + timedelta(weeks=n) for n in range(WEEKS_SHOWN)]
    totals = app.store.totals(app.person_id)
    earlier = totals.sets > sum(map(len, weeks.values()))
    begun = first if earlier else min(weeks, default=this_monday)
    shown = [monday for monday in shown if monday >= begun]
    kept = app.store.latest_programme(app.person_id)
    flows = flow_sessions(app)  # their holds count for the muscles; they are no sessions of training
    sessions = {m: len({one.session_id for one in sets} - flows) for m, sets in weeks.items()}
    return ProgressView(
        curves=_curves(app),
        weekly_sets=muscle_sets(app.catalogue, weeks.get(this_monday, ())),
        weekly_band=kept.programme.weekly_band if kept else {},
        history=tuple((monday, muscle_sets(app.catalogue, weeks.get(monday, ()))) for monday in shown),
        records=records_now(app),
        sessions_by_week=tuple((monday, sessions.get(monday, 0)) for monday in shown),
        total_sessions=totals.sessions,
        total_sets=totals.sets,
    )


def _curves(app: App) -> tuple[StrengthCurve, ...]:
    """Return the curves of the exercises done most, most first."""
    done = app.store.exercises_done(app.person_id).values()
    often = sorted((one for one in done if one.exercise in app.catalogue.exercises), key=lambda d: -d.sets)
    curves = (strength_curve(app, app.catalogue.exercises[one.exercise]) for one in often[: 2 * MOST_CURVES])
    return tuple(curve for curve in curves if curve is not None)[:MOST_CURVES]
