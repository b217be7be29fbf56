"""Posture over weeks: the trend of each measure, and what several checks agree on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from openback.model.journal import PostureCheck
from openback.motion.posture import PostureMeasure, posture_rules, trend_of
from openback.services.app import App
from openback.services.counting import midnight
from openback.services.posture_showing import c7_measure, reading_of, view_of
from openback.services.posture_views import PosturePoint, PostureTrendLine, PostureTrendView
from openback.services.posture_words import trend_said, trends_said


def posture_trend(app: App, *, until: date | None = None) -> PostureTrendView:
    """Return every measure over all kept checks up to a day, and the checks, latest first."""
    end = None if until is None else midnight(until + timedelta(days=1))
    checks = app.store.entries(app.person_id, PostureCheck, end=end)
    measures = posture_rules().measures.values()
    lines = [_line(measure, checks) for measure in measures]
    c7 = _line(c7_measure(), checks)
    shown = (*lines, *((c7,) if c7.points else ()))
    changed = [line.name for line in shown if line.changed]
    told = any(line.change is not None for line in shown)
    return PostureTrendView(
        said=trends_said(changed, checks=len(checks), told=told),
        lines=shown,
        checks=tuple(view_of(one) for one in reversed(checks)),
    )


def posture_findings(app: App) -> frozenset[str]:
    """Return what the last checks agree on that is beyond what is usual: names of measures without their unit.

    Ahead counts for head, shoulders and trunk, either way for what should be level. One check alone finds nothing.
    """
    rules = posture_rules()
    since = app.now() - timedelta(days=rules.finding_days)
    checks = app.store.entries(app.person_id, PostureCheck, start=since)
    found = set()
    for measure in rules.measures.values():
        readings = [one.readings[measure.id] for one in checks if measure.id in one.readings]
        last = readings[-rules.finding_checks :]
        least, most = measure.usual_deg
        above = len(last) == rules.finding_checks and all(one.low > most for one in last)
        below = len(last) == rules.finding_checks and all(one.high < least for one in last)
        if above or (below and "forward" not in measure.id):
            found.add(measure.id.removesuffix("_deg"))
    return frozenset(found)


def _line(measure: PostureMeasure, checks: Sequence[PostureCheck]) -> PostureTrendLine:
    points = tuple(
        PosturePoint(id=one.id, at=one.at, value=reading.value, low=reading.low, high=reading.high)
        for one in checks
        if (reading := reading_of(one, measure.id)) is not None
    )
    trend = trend_of(
        [(point.at, point.value) for point in points],
        repeat_sd=measure.repeat_sd_deg,
        window_days=posture_rules().window_days,
    )
    return PostureTrendLine(
        id=measure.id,
        name=measure.name,
        points=points,
        verdict="too_early" if not trend.told else "changed" if trend.changed else "no_change",
        said=trend_said(measure, trend, len(points)),
        smallest_change=trend.smallest_change,
        change=trend.change if trend.told else None,
        low=trend.low if trend.told else None,
        high=trend.high if trend.told else None,
    )
