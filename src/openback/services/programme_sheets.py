"""The programme as it is printed: every week with its sessions, doses and loads in the person's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby

from openback import printing
from openback.errors import NoProgrammeNow
from openback.model.exercise import Catalogue, Exercise
from openback.model.paper import ExerciseRow, PaperSize, ProgrammeSheets, SessionSheet, WeekSheet
from openback.model.programme import Item, Programme, Session
from openback.model.strength import NextSet
from openback.services import block as blocks
from openback.services.app import App
from openback.services.block import Block
from openback.services.views import ItemView, PlannedSessionView
from openback.services.who import known_person
from openback.units import Units, shown_mass

Draw = Callable[[Exercise], bytes | None]
"""What gives the picture of an exercise as PNG, None where it has none."""


def programme_pdf(app: App, draw: Draw) -> bytes:
    """Return the programme that is followed as PDF, one page a week.

    Raises NoProfileYet, NoProgrammeNow and PaperTypeMissing.
    """
    sheets = programme_sheets(app)
    return _printed(app.catalogue, sheets, draw)


def plan_pdf(catalogue: Catalogue, programme: Programme, *, units: Units, draw: Draw, now: datetime) -> bytes:
    """Return a programme that nobody has begun as PDF: its days have numbers and no dates.

    Raises NoProgrammeNow when the screening stopped it, and PaperTypeMissing.
    """
    if programme.status == "stopped":
        raise NoProgrammeNow
    return _printed(catalogue, plan_sheets(catalogue, programme, units=units, now=now), draw)


def _printed(catalogue: Catalogue, sheets: ProgrammeSheets, draw: Draw) -> bytes:
    rows = (row for week in sheets.weeks for session in week.sessions for row in session.rows)
    pictures = {key: draw(catalogue.exercises[key]) for key in sorted({row.picture for row in rows})}
    return printing.programme_pdf(sheets, {key: png for key, png in pictures.items() if png is not None})


def paper_size(units: Units) -> PaperSize:
    """Return the paper that people who read these units have."""
    return "Letter" if units == "imperial" else "A4"


# --- The programme that is followed -----------------------------------------------------------------------


def programme_sheets(app: App) -> ProgrammeSheets:
    """Return the programme that is followed, with dates and the loads of next time."""
    block, person = blocks.known_block(app), known_person(app)
    views = sorted(blocks.session_views(app, block), key=lambda view: (view.week, view.on, view.day))
    weeks = {week: tuple(found) for week, found in groupby(views, key=lambda view: view.week)}
    return ProgrammeSheets(
        title=f"{person.name}’s programme" if person.name else "Your programme",
        weeks=tuple(
            _week(block, week, weeks.get(week, ()), person.units)
            for week in range(1, block.kept.programme.weeks + 1)
        ),
        size=paper_size(person.units),
        written_at=block.kept.created_at,
    )


def _week(block: Block, week: int, views: Iterable[PlannedSessionView], units: Units) -> WeekSheet:
    first = block.kept.starts_on + timedelta(weeks=week - 1)
    shown = [view for view in views if view.status != "skipped"]
    return WeekSheet(
        title=f"Week {week} of {block.kept.programme.weeks}",
        about=span_text(first, first + timedelta(days=6)),
        mark="Easy week" if any(view.deload for view in shown) else "",
        sessions=tuple(
            SessionSheet(
                title=f"{view.on:%A} {view.on.day} {view.on:%B}",
                about=_about(view.place, view.minutes),
                rows=tuple(_rows(view.items, units)),
            )
            for view in shown
        ),
    )


def _rows(items: Iterable[ItemView], units: Units) -> Iterator[ExerciseRow]:
    for view in items:
        yield _row(view.exercise, view.item, view.next_set, units)


def _row(exercise: Exercise, item: Item, dose: Item | NextSet, units: Units) -> ExerciseRow:
    reserve = f"{dose.rir} in reserve" if dose.reps and not item.mobility else ""
    return ExerciseRow(
        picture=exercise.id,
        name=exercise.name,
        dose=_dose(dose),
        load=_load(exercise, dose, units),
        more=", ".join(part for part in (f"rest {item.rest_s} s", reserve) if part),
        sets=dose.sets,
    )


def _dose(dose: Item | NextSet) -> str:
    low, high = dose.reps or dose.hold_s or (0, 0)
    spread = f"{low:g}" if low == high else f"{low:g}–{high:g}"
    unit = "s" if dose.hold_s is not None else "reps"
    return f"{dose.sets} × {spread} {unit}" if high else f"{dose.sets} sets"


def _load(exercise: Exercise, dose: Item | NextSet, units: Units) -> str:
    if dose.band:
        return f"{dose.band} band"
    if dose.load_kg is None or (exercise.load == "body" and dose.load_kg == 0):
        return "body weight" if exercise.load == "body" else ""
    shown = shown_mass(dose.load_kg, units)
    return {"assist": f"{shown} of help", "body": f"{shown} more"}.get(exercise.load, shown)


def _about(place: str, minutes: float) -> str:
    return f"{place}, {minutes:.0f} minutes"


def span_text(first: date, last: date) -> str:
    """Return a span of days: `23 to 29 November 2026`, `30 November to 6 December 2026`."""
    end = f"{last.day} {last:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%B}{year} to {end}"


# --- A programme from a file ---------------------------------------------------------------------------


def plan_sheets(
    catalogue: Catalogue, programme: Programme, *, units: Units, now: datetime
) -> ProgrammeSheets:
    """Return a programme without dates, with the loads that it was planned with."""
    by_week: Mapping[int, list[Session]] = {week: [] for week in range(1, programme.weeks + 1)}
    for session in programme.sessions:
        by_week[session.week].append(session)
    return ProgrammeSheets(
        title="Your programme",
        weeks=tuple(
            WeekSheet(
                title=f"Week {week} of {programme.weeks}",
                about="",
                mark="Easy week" if any(session.deload for session in sessions) else "",
                sessions=tuple(_undated(catalogue, session, units) for session in sessions),
            )
            for week, sessions in by_week.items()
        ),
        size=paper_size(units),
        written_at=now,
    )


def _undated(catalogue: Catalogue, session: Session, units: Units) -> SessionSheet:
    known = [(catalogue.exercises[i.exercise], i) for i in session.items if i.exercise in catalogue.exercises]
    return SessionSheet(
        title=f"Session {session.day}",
        about=_about(session.place, session.minutes),
        rows=tuple(_row(exercise, item, item, units) for exercise, item in known),
    )
