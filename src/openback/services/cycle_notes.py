"""Notes of the cycle and of pregnancy: off until asked for, shown beside the data, and without a say in loads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from openback.errors import BadCycleNote
from openback.model.exercise import Source
from openback.model.journal import CycleNote
from openback.model.person import Person
from openback.progress.cycle import (
    HEAVY,
    CycleSign,
    Finding,
    bleeding_days,
    cycle_day,
    cycle_rules,
    spans_of,
    starts_of,
    worth_a_word,
)
from openback.services.app import App
from openback.services.away import aways
from openback.services.eat.wishes import keep_cycle_start, wishes_now
from openback.services.people import preference, set_preference
from openback.services.screened import screened_now
from openback.services.who import known_person, known_profile
from openback.storage import Change
from openback.training.screening import load_questions

PREFERENCE: Final = "cycle_notes"
LONGEST_NOTE: Final = 400
WARNING: Final = "pregnancy_warning"  # the question of the screening that stops the plan

SpanKind = Literal["period", "pregnancy", "away"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeSpan:
    """Days that are shown beside the data, and why."""

    kind: SpanKind
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDay:
    """One day of the calendar: what was noted, and whether a period began on it."""

    on: date
    note: CycleNote | None
    begins: bool
    to_come: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesView:
    """A month of notes. `urgent` needs a look at once and `care` a word with a doctor; `changes` is what the screening
    changed, the only thing that changes loads. `findings` are sentences with their sources.
    """

    turned_on: bool
    pregnancy_week: int | None
    month: date  # its first day
    weeks: tuple[tuple[NoteDay | None, ...], ...]  # Monday to Sunday; None outside of the month
    signs: tuple[CycleSign, ...]
    cycle_day: int | None
    urgent: str
    care: tuple[str, ...]
    changes: tuple[str, ...]
    findings: tuple[tuple[Finding, Source | None], ...]
    notes: tuple[CycleNote, ...]  # of the month, latest first


def may_note(person: Person) -> bool:
    """Return whether these notes are offered to a person."""
    return person.sex != "male"


def turned_on(app: App) -> bool:
    """Return whether somebody asked for these notes."""
    return preference(app, PREFERENCE, "off") == "on"


def turn(app: App, *, on: bool) -> None:
    """Turn the notes on or off; what was noted stays."""
    known_person(app)
    set_preference(app, PREFERENCE, "on" if on else "off")


def notes(app: App) -> tuple[CycleNote, ...]:
    """Return every note, oldest first."""
    return app.store.entries(app.person_id, CycleNote)


def find_note(app: App, on: date) -> CycleNote | None:
    """Return the note of a day, None when there is none."""
    return app.store.find_entry(app.person_id, CycleNote, on.isoformat())


def notes_view(app: App, month: date | None = None) -> NotesView:
    """Return a month of notes, the present one by default. Raises NoProfileYet."""
    profile = known_profile(app)
    person, rules = profile.person, cycle_rules()
    told = notes(app)
    first = min(month or app.today, app.today).replace(day=1)
    expecting = person.pregnancy_week is not None
    starts = all_starts(app, told)
    about = "pregnancy" if expecting else "cycle"
    return NotesView(
        turned_on=turned_on(app),
        pregnancy_week=person.pregnancy_week,
        month=first,
        weeks=_weeks(first, told, starts, app.today),
        signs=rules.pregnancy_signs if expecting else rules.signs,
        cycle_day=None if expecting else cycle_day(starts, app.today),
        urgent=_urgent(told, app.today) if expecting else "",
        care=() if expecting else tuple(worth_a_word(told, starts, app.today)),
        changes=screened_now(app, profile).notes,
        findings=tuple((f, app.catalogue.sources.get(f.source)) for f in rules.evidence if f.about == about),
        notes=tuple(
            note for note in reversed(told) if (note.on.year, note.on.month) == (first.year, first.month)
        ),
    )


def all_starts(app: App, told: tuple[CycleNote, ...]) -> tuple[date, ...]:
    """Return the first days of periods, noted here or beside the weight."""
    return tuple(sorted({*starts_of(told), *wishes_now(app).cycle_starts}))


def _weeks(
    first: date, told: tuple[CycleNote, ...], starts: tuple[date, ...], today: date
) -> tuple[tuple[NoteDay | None, ...], ...]:
    by_day = {note.on: note for note in told}
    monday = first - timedelta(days=first.weekday())
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    days = [monday + timedelta(days=n) for n in range((last - monday).days // 7 * 7 + 7)]
    cells = [
        NoteDay(on=day, note=by_day.get(day), begins=day in starts, to_come=day > today)
        if day.month == first.month
        else None
        for day in days
    ]
    return tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7))


def _urgent(told: tuple[CycleNote, ...], today: date) -> str:
    """Return the screening's own words when a warning sign was noted today or yesterday, else nothing."""
    urgent = {sign.id for sign in cycle_rules().pregnancy_signs if sign.urgent}
    recent = [note for note in told if 0 <= (today - note.on).days <= 1]
    if not any(note.bleeding or urgent.intersection(note.signs) for note in recent):
        return ""
    question = next(one for one in load_questions().items if one.id == WARNING)
    return f"{question.reason} {question.see}"


# --- Writing ---------------------------------------------------------------------------------------


def keep_note(app: App, note: CycleNote) -> Change | None:
    """Keep the note of a day, over the one that was there; an empty one takes it away.

    The first day of a period also goes to the weight, whose trend takes the water of the cycle out; one undo takes both
    back. Raises NoProfileYet, or BadCycleNote with every problem.
    """
    person = known_person(app)
    problems = tuple(_problems(person, note, app.today))
    if problems:
        raise BadCycleNote(problems)
    with app.store.transaction():
        before = starts_of(notes(app))
        empty = note.bleeding is None and not note.signs and not note.note
        change = (
            app.store.delete_entry(app.person_id, CycleNote, note.on.isoformat())
            if empty
            else app.store.put_entry(app.person_id, note)
        )
        if person.pregnancy_week is None:
            _tell_weight(app, before, starts_of(notes(app)))
    return change


def delete_note(app: App, on: date) -> Change | None:
    """Take the note of a day away; None when there was none."""
    return keep_note(app, CycleNote(on=on))


def _tell_weight(app: App, before: tuple[date, ...], after: tuple[date, ...]) -> None:
    for day in sorted({*before} - {*after}):
        keep_cycle_start(app, day, there=False)
    for day in sorted({*after} - {*before}):
        keep_cycle_start(app, day)


def _problems(person: Person, note: CycleNote, today: date) -> Iterator[str]:
    if not may_note(person):
        yield "these notes do not go with sex male"
    if note.on > today:
        yield f"{note.on.isoformat()} is still to come"
    if note.bleeding is not None and not 0 <= note.bleeding <= HEAVY:
        yield f"bleeding is {note.bleeding}, it must be 0 to {HEAVY}"
    rules = cycle_rules()
    known = {sign.id for sign in (*rules.signs, *rules.pregnancy_signs)}
    for sign in note.signs:
        if sign not in known:
            yield f"no sign is called {sign!r}"
    if len(note.note) > LONGEST_NOTE:
        yield f"the note has {len(note.note)} letters, {LONGEST_NOTE} are the most"


# --- Beside the data -------------------------------------------------------------------------------


def life_spans(app: App) -> tuple[LifeSpan, ...]:
    """Return what is shown beside the curves: bleeding and pregnancy where notes are on, and days away."""
    spans = [
        LifeSpan(kind="away", first_on=one.first_on, last_on=one.last_on or app.today)
        for one in reversed(aways(app))
        if one.first_on <= app.today
    ]
    if not turned_on(app):
        return tuple(spans)
    person = app.store.person(app.person_id)
    if person is not None and person.pregnancy_week is not None:
        begun = app.today - timedelta(weeks=person.pregnancy_week)
        spans.append(LifeSpan(kind="pregnancy", first_on=begun, last_on=app.today))
    bleeding = spans_of(bleeding_days(notes(app)))
    return (*spans, *(LifeSpan(kind="period", first_on=first, last_on=last) for first, last in bleeding))
