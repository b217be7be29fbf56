"""A month in numbers, charts and words, for paper and for a page of its own."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from openback import printing
from openback.errors import BadMonth
from openback.model.log import SessionLog
from openback.model.paper import (
    Day,
    DayKind,
    Fact,
    Facts,
    Listed,
    Month,
    MonthReport,
    Section,
    Words,
)
from openback.services.app import App
from openback.services.away import WHY_WORDS, away_on, aways
from openback.services.counting import midnight, monday_of
from openback.services.month_body import pain_section, posture_section, weight_section
from openback.services.month_span import Span
from openback.services.month_training import muscle_section, record_section, strength_section
from openback.services.programme_sheets import paper_size
from openback.services.review import review
from openback.services.steps import steps
from openback.services.who import known_person
from openback.services.writing import writing
from openback.units import Units, lb_from_kg

_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
ABOUT: Final = (
    "What stands here was measured, logged or noted on your own machine, and nothing of it was sent anywhere."
)


# --- Which months there are --------------------------------------------------------------------------------


def months(app: App) -> tuple[date, ...]:
    """Return the first day of every month from the first session on, the present one first.

    Only the present one before there is a session. Raises NoProfileYet.
    """
    known_person(app)
    this = app.today.replace(day=1)
    first = app.store.first_session(app.person_id)
    begun = this if first is None else first.started_at.astimezone().date().replace(day=1)
    found = [this]
    while found[-1] > begun:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return tuple(found)


def month_named(app: App, said: str) -> date:
    """Return the first day of the month `2026-11`; raises BadMonth when it is none or still to come."""
    match = _MONTH.fullmatch(said)
    try:
        first = date(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        first = None
    if first is None or first > app.today:
        raise BadMonth(said)
    return first


# --- The report -----------------------------------------------------------------------------------------------


def month_report(app: App, first: date) -> MonthReport:
    """Return the report of the month that begins on `first`, up to today. Raises NoProfileYet."""
    person = known_person(app)
    span = Span.of(app, first)
    sections = (
        _overview(app, span, person.units),
        _words(app, span),
        strength_section(app, span, person.units),
        record_section(app, span, person.units),
        muscle_section(app, span),
        posture_section(app, span),
        pain_section(app, span),
        weight_section(app, span, person.units),
        _steps(app, span),
    )
    running = span.running(app.today)
    return MonthReport(
        title=f"{first:%B %Y}",
        about=f"{person.name}, so far"
        if person.name and running
        else person.name or ("So far" if running else ""),
        sections=tuple(section for section in sections if section is not None),
        size=paper_size(person.units),
        written_at=midnight(span.last),
    )


def month_pdf(app: App, first: date) -> bytes:
    """Return the report of a month as PDF. Raises NoProfileYet and PaperTypeMissing."""
    return printing.month_pdf(month_report(app, first))


def write_file(content: bytes, to: Path) -> Path:
    """Write a file whole or not at all, and return its path. Raises DiskFull or UnwritableFile."""
    with writing(to) as stream:
        stream.buffer.write(content)
    return to


def _overview(app: App, span: Span, units: Units) -> Section:
    done = _sessions(app, span)
    earlier = _sessions(app, span.before())
    moved_min = sum(flow.done_s for flow in span.flows(app)) / 60
    sets = [one for one in span.sets(app) if one.kind != "warm_up"]
    lifted = [one.load_kg * one.reps for one in sets if one.load_kg is not None and one.reps is not None]
    minutes = [
        (one.ended_at - one.started_at).total_seconds() / 60 for one in done if one.ended_at is not None
    ]
    facts = [
        Fact(name="Sessions", value=f"{len(done)}", more=f"{len(earlier)} in {span.before().first:%B}"),
        Fact(name="Sets", value=f"{len(sets)}"),
        Fact(name="Time training", value=_time_text(sum(minutes))),
        Fact(name="Lifted", value=_lifted(sum(lifted), units) if lifted else "–"),
        Fact(name="Breaks and yoga", value=_time_text(moved_min)),
    ]
    days = Month(days=tuple(_days(app, span, done)))
    quiet = not (done or sets or moved_min)
    nothing = "Nothing was logged in this month. Rest is part of the plan, and every month is a new one."
    about = Words(sentences=(nothing if quiet else ABOUT,), quiet=not quiet)
    return Section(title="The month", blocks=(about,) if quiet else (Facts(facts=tuple(facts)), days, about))


def _sessions(app: App, span: Span) -> list[SessionLog]:
    logs = app.store.sessions_between(app.person_id, *span.instants)
    return [one for one in logs if one.ended_at is not None and not one.is_flow]


def _time_text(minutes: float) -> str:
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest:02d}" if hours else f"{rest} min"


def _lifted(mass_kg: float, units: Units) -> str:
    """Return what was lifted in all: `12.4 t`, `840 kg`, `27,300 lb`."""
    if units == "imperial":
        return f"{lb_from_kg(mass_kg):,.0f} lb"
    return f"{mass_kg / 1000:.1f} t" if mass_kg >= 1000 else f"{mass_kg:.0f} kg"


def _days(app: App, span: Span, done: list[SessionLog]) -> list[Day]:
    trained = {one.started_at.astimezone().date() for one in done}
    moved = {flow.at.astimezone().date() for flow in span.flows(app)}
    told = aways(app)
    found = []
    for on in span.whole_month():
        away = away_on(told, on)
        kind: DayKind = "none"
        says = ""
        if on > app.today:
            kind = "ahead"
        elif on in trained:
            kind, says = "done", "session"
        elif on in moved:
            kind, says = "moved", "break or yoga"
        elif away is not None:
            kind, says = "away", WHY_WORDS[away.why]
        found.append(Day(on=on, kind=kind, says=says))
    return found


def _words(app: App, span: Span) -> Section | None:
    """Return the review of the last whole week of the month, of the running one when there is no other."""
    last = monday_of(span.last + timedelta(days=1)) - timedelta(days=7)
    monday = last if last >= span.first - timedelta(days=6) else monday_of(span.last)
    if not span.sets(app) and not span.flows(app):
        return None
    seen = review(app, monday)
    return Section(
        title=f"The week of {monday.day} {monday:%B} in words", blocks=(Words(sentences=seen.sentences),)
    )


def _steps(app: App, span: Span) -> Section | None:
    view = steps(app)
    reached = [one for one in view.reached if one.reached_on is not None and span.holds(one.reached_on)]
    if not reached:
        return None
    in_time = sorted(reached, key=lambda one: one.reached_on or span.last)
    listed = tuple((one.name, _day(one.reached_on)) for one in in_time)
    by_then = sum(one.reached_on is not None and one.reached_on <= span.last for one in view.reached)
    said = f"{by_then} of {len(view.steps)} steps to a strong back are reached."
    return Section(title="Steps", blocks=(Listed(items=listed), Words(sentences=(said,), quiet=True)))


def _day(on: date | None) -> str:
    return "" if on is None else f"{on.day} {on:%B}"
