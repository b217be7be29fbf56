"""The pain diary: noting, reading, and what to do about it."""

from __future__ import annotations

from typing import Final

from openback.errors import BadPainNote
from openback.model.journal import PainNote
from openback.services.app import App
from openback.services.desk_views import PainDay, PainView, PlaceView
from openback.services.findings import diary_now
from openback.services.who import known_person, profile_now
from openback.storage import Change
from openback.training.pain_book import HIGHEST_LEVEL, Place, Sign, load_pain
from openback.training.pain_diary import Diary, advice, trend_words

LONGEST_NOTE: Final = 1000


def places() -> tuple[Place, ...]:
    """Return the places of the body that a note can be about."""
    return tuple(load_pain().places.values())


def signs() -> tuple[Sign, ...]:
    """Return the signs that can go with pain, the most urgent first."""
    return tuple(sorted(load_pain().signs.values(), key=lambda one: one.rank))


def pain(app: App) -> PainView:
    """Return the diary with what to do about it."""
    profile = profile_now(app)
    diary = diary_now(app, profile.person if profile is not None else None)
    return PainView(
        places=tuple(_place(diary, one) for one in places()),
        signs=signs(),
        notes=tuple(note for _, note in reversed(diary.notes)),
        days=_days(diary),
        trend=trend_words(diary),
        advice=advice(diary),
        always=load_pain().always,
    )


def note_pain(app: App, note: PainNote) -> Change | None:
    """Keep a note, over the one with its id, and return what takes it back; None when nothing changed.

    Raises BadPainNote with every problem, and NoProfileYet before the questions were answered.
    """
    known_person(app)
    problems = _problems(app, note)
    if problems:
        raise BadPainNote(problems)
    return app.store.put_entry(app.person_id, note)


def delete_note(app: App, note_id: object) -> Change | None:
    """Take a note away; None when there was none."""
    return app.store.delete_entry(app.person_id, PainNote, note_id)


def _place(diary: Diary, place: Place) -> PlaceView:
    notes = diary.at(place.id)
    recent = {on for on, note in diary.at(place.id, diary.book.rules.within_days) if note.level > 0}
    return PlaceView(place=place, last=notes[-1][1] if notes else None, days_28=len(recent))


def _days(diary: Diary) -> tuple[PainDay, ...]:
    levels: dict[object, dict[str, int]] = {}
    for on, note in diary.notes:
        of_day = levels.setdefault(on, {})
        of_day[note.place] = max(note.level, of_day.get(note.place, 0))
    days = sorted({on for on, _ in diary.notes})
    return tuple(PainDay(on=on, level=max(levels[on].values()), by_place=levels[on]) for on in days)


def _problems(app: App, note: PainNote) -> list[str]:
    book, problems = load_pain(), []
    if note.place not in book.places:
        problems.append(f"no place is called {note.place!r}")
    if not 0 <= note.level <= HIGHEST_LEVEL:
        problems.append(f"the level is {note.level}, it must be 0 to {HIGHEST_LEVEL}")
    problems += [f"no sign is called {one!r}" for one in note.signs if one not in book.signs]
    if len(note.note) > LONGEST_NOTE:
        problems.append(f"the words are longer than {LONGEST_NOTE:,} characters")
    if note.at.tzinfo is None:
        problems.append("the time needs its time zone")
    elif note.at > app.now():
        problems.append("the time is in the days to come")
    return problems
