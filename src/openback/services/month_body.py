"""What a month's report says of the body: posture, pain and weight."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from statistics import fmean
from typing import Final

from openback.model.journal import PainNote
from openback.model.paper import Line, Point, Section, Words
from openback.services.app import App
from openback.services.eat.intake import mass_by_day
from openback.services.eat.targets import known_eater
from openback.services.month_span import Span
from openback.services.posture_trends import posture_trend
from openback.training.pain_book import HIGHEST_LEVEL, load_pain
from openback.units import Units, lb_from_kg, shown_mass

MOST_PLACES: Final = 4
POSTURE_NOTE: Final = (
    "These are Openback’s own measures of how you stood. Posture changes modestly and not for everybody, and it is "
    "not proven that this is what eases pain."
)
PAIN_NOTE: Final = "0 is none, 10 the worst you can think of."


def posture_section(app: App, span: Span) -> Section | None:
    """Return the posture checks up to the month's end, None when none was in what the charts show."""
    view = posture_trend(app, until=span.last)
    lines = []
    for line in view.lines:
        points = tuple(
            Point(on=on, value=point.value, low=point.low, high=point.high)
            for point in line.points
            if span.chart_first <= (on := point.at.astimezone().date()) <= span.last
        )
        if points:
            lines.append(_line(line.name, "°", points, span, says=line.said))
    if not lines:
        return None
    said = Words(sentences=(view.said,)) if view.said else Words(sentences=())
    return Section(title="Posture", blocks=(said, *lines, Words(sentences=(POSTURE_NOTE,), quiet=True)))


def pain_section(app: App, span: Span) -> Section | None:
    """Return the pain diary, place by place, the sorest of the month first; None without a note in the month."""
    start, end = span.chart_instants
    notes = app.store.entries(app.person_id, PainNote, start=start, end=end)
    by_place: dict[str, dict[date, int]] = {}
    for note in notes:
        days = by_place.setdefault(note.place, {})
        on = note.at.astimezone().date()
        days[on] = max(note.level, days.get(on, 0))
    means = {
        place: fmean(levels)
        for place, days in by_place.items()
        if (levels := [level for on, level in days.items() if span.holds(on)])
    }
    sorest = sorted(means, key=lambda place: -means[place])[:MOST_PLACES]
    if not sorest:
        return None
    book = load_pain()
    known = book.places
    names = {place: known[place].name for place in sorest if place in known}
    lines = (_pain(names.get(place, place), by_place[place], means[place], span) for place in sorest)
    return Section(title="Pain diary", blocks=(*lines, Words(sentences=(PAIN_NOTE, book.always), quiet=True)))


def _pain(name: str, days: Mapping[date, int], mean: float, span: Span) -> Line:
    points = tuple(Point(on=on, value=float(level)) for on, level in sorted(days.items()))
    noted = sum(span.holds(on) for on in days)
    on_days = "on one day" if noted == 1 else f"on {noted} days"
    return _line(
        name,
        "of 10",
        points,
        span,
        says=f"{mean:.1f} of 10 on average, noted {on_days}.",
        top=float(HIGHEST_LEVEL),
    )


def weight_section(app: App, span: Span, units: Units) -> Section | None:
    """Return the weight behind the scatter with its band; None when nobody stood on scales in the month.

    Only what was learned up to a day is shown for it, and no word says whether it is good.
    """
    start, end = span.instants
    if not mass_by_day(app.store.masses(app.person_id, start=start, end=end)):
        return None
    per = 1.0 if units == "metric" else lb_from_kg(1.0)
    learned = [
        one for one in known_eater(app, every_day=True).learned if span.chart_first <= one.on <= span.last
    ]
    points = tuple(
        Point(on=one.on, value=one.mass_kg[1] * per, low=one.mass_kg[0] * per, high=one.mass_kg[2] * per)
        for one in learned
    )
    if not points:
        return None
    low, middle, high = (shown_mass(round(kg, 1), units) for kg in learned[-1].mass_kg)
    unit = "kg" if units == "metric" else "lb"
    line = _line("Weight", unit, points, span, says=f"{middle} at the end, between {low} and {high}.")
    return Section(title="Weight", blocks=(line,))


def _line(
    name: str, unit: str, points: tuple[Point, ...], span: Span, *, says: str, top: float | None = None
) -> Line:
    return Line(
        name=name,
        unit=unit,
        points=points,
        first=span.chart_first,
        last=span.last,
        marked_from=span.first,
        says=says,
        top=top,
    )
