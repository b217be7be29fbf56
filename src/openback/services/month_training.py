"""What a month's report says of training: strength with its bands, records, and sets per muscle."""

from __future__ import annotations

from datetime import date
from typing import Final

from openback.model.exercise import Exercise
from openback.model.paper import Bar, Bars, Line, Listed, Point, Section, Words
from openback.services.app import App
from openback.services.counting import counts, muscle_sets
from openback.services.curves import strength_path_of
from openback.services.month_span import Span
from openback.services.records import record_text, records_of_span
from openback.training.strength.change import log_change
from openback.units import Units, lb_from_kg

MOST_LINES: Final = 6
MOST_RECORDS: Final = 12
FEWEST_DAYS: Final = 3  # a line through two days says nothing


def strength_section(app: App, span: Span, units: Units) -> Section | None:
    """Return the strength in the exercises done most, None where no set tells strength."""
    often: dict[str, int] = {}
    for one in span.sets(app):
        if counts(one) and one.exercise in app.catalogue.exercises:
            often[one.exercise] = often.get(one.exercise, 0) + 1
    by_sets = sorted(often, key=lambda key: -often[key])
    lines = (_strength(app, app.catalogue.exercises[key], span, units) for key in by_sets)
    shown = [line for line in lines if line is not None][:MOST_LINES]
    if not shown:
        return None
    note = (
        "Each line is the estimated one-rep maximum; in the band around it the true one lies four times in five. "
        "The month itself is on the shaded ground."
    )
    return Section(title="Strength", blocks=(*shown, Words(sentences=(note,), quiet=True)))


def _strength(app: App, exercise: Exercise, span: Span, units: Units) -> Line | None:
    path = strength_path_of(app, exercise, until=span.last)
    days = [one for one in path if one.day >= span.chart_first.toordinal()]
    if len(days) < FEWEST_DAYS:
        return None
    per = 1.0 if units == "metric" else lb_from_kg(1.0)
    low, middle, high = log_change(days).percent
    clear = low > 0 or high < 0
    weeks = max(1, round((days[-1].day - days[0].day) / 7))
    over = f"in {weeks} week{'' if weeks == 1 else 's'}"
    said = (
        f"{'Up' if middle > 0 else 'Down'} {abs(middle):.0f} % {over}" if clear else f"No clear change {over}"
    )
    return Line(
        name=exercise.name,
        unit="kg" if units == "metric" else "lb",
        points=tuple(
            Point(
                on=date.fromordinal(one.day),
                value=one.one_rm_kg * per,
                low=one.low_kg * per,
                high=one.high_kg * per,
            )
            for one in days
        ),
        first=span.chart_first,
        last=span.last,
        marked_from=span.first,
        says=f"{said} (likely {_signed(low)} to {_signed(high)} %).",
    )


def _signed(percent: float) -> str:
    whole = round(percent)
    return f"{whole:+d}".replace("-", "−") if whole else "0"


def record_section(app: App, span: Span, units: Units) -> Section | None:
    """Return the bests that were set in the month, None without any."""
    found = records_of_span(app, span.sets(app), *span.instants)
    items = tuple(
        (one.exercise.name, f"{record_text(one, units)} on {_day(one.at.astimezone().date())}")
        for one in found
    )
    return Section(title="Records", blocks=(Listed(items=items[:MOST_RECORDS]),)) if items else None


def _day(on: date) -> str:
    return f"{on.day} {on:%B}"


def muscle_section(app: App, span: Span) -> Section | None:
    """Return sets a week of each muscle against its band, None without a set or a programme."""
    kept = app.store.latest_programme(app.person_id)
    done = muscle_sets(app.catalogue, span.sets(app))
    if kept is None or not done:
        return None
    bars = tuple(
        Bar(name=muscle.name, value=done.get(key, 0.0) / span.weeks, low=band[0], high=band[1])
        for key, muscle in app.catalogue.muscles.items()
        if (band := kept.programme.weekly_band.get(key)) is not None
    )
    note = (
        "Sets a week, on average over the month. A set counts for a muscle by the share that it does; "
        "the lighter ground is what the programme aims at."
    )
    return Section(
        title="Muscles", blocks=(Bars(unit="sets a week", bars=bars), Words(sentences=(note,), quiet=True))
    )
