"""Away: days on which nobody should expect training, told by the person, with why and until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

from openback.errors import BadAway, NotFound
from openback.model.journal import Away, AwayWhy
from openback.services.app import App
from openback.services.who import known_person
from openback.storage import Change

# Project default: what is told reaches no further than a year from now, either way.
FURTHEST_D: Final = 366
LONGEST_NOTE: Final = 200
WHY_WORDS: Final[Mapping[AwayWhy, str]] = MappingProxyType(
    {"illness": "ill", "period": "on your period", "holiday": "on holiday", "pause": "taking a pause"}
)


def aways(app: App) -> tuple[Away, ...]:
    """Return every time away that was told, the latest first."""
    return tuple(reversed(app.store.entries(app.person_id, Away)))


def is_away(app: App, on: date) -> Away | None:
    """Return the time away that a day belongs to, None on a day like any other.

    One that goes on holds every day from its first on, until somebody says that it is over.
    """
    return away_on(aways(app), on)


def away_on(told: Sequence[Away], on: date) -> Away | None:
    """Return the first of these that holds a day, None when none does."""
    return next(
        (one for one in told if one.first_on <= on and (one.last_on is None or on <= one.last_on)), None
    )


def known_away(app: App, away_id: UUID) -> Away:
    """Return a time away, or raise NotFound."""
    found = app.store.find_entry(app.person_id, Away, away_id)
    if found is None:
        what = "time away"
        raise NotFound(what, str(away_id))
    return found


def put_away(app: App, away: Away) -> Change | None:
    """Keep a time away, and return what takes it back; None when nothing changed. Raises BadAway, NoProfileYet."""
    known_person(app)
    problems = _problems(away, app.today)
    if problems:
        raise BadAway(problems)
    return app.store.put_entry(app.person_id, replace(away, note=away.note.strip()))


def come_back(app: App, away_id: UUID) -> Change | None:
    """End a time away with yesterday, and return what takes it back; one that began today goes away whole.

    Raises NotFound.
    """
    away = known_away(app, away_id)
    yesterday = app.today - timedelta(days=1)
    if away.first_on > yesterday:
        return delete_away(app, away_id)
    if away.last_on is not None and away.last_on <= yesterday:
        return None
    return app.store.put_entry(app.person_id, replace(away, last_on=yesterday))


def delete_away(app: App, away_id: UUID) -> Change | None:
    """Take a time away out, and return what brings it back; None when it was not there."""
    return app.store.delete_entry(app.person_id, Away, away_id)


def _problems(away: Away, today: date) -> tuple[str, ...]:
    ends = away.last_on if away.last_on is not None else away.first_on
    furthest = timedelta(days=FURTHEST_D)
    checks = (
        (ends >= away.first_on, "The last day is before the first."),
        (
            today - furthest <= away.first_on <= today + furthest and ends <= today + furthest,
            "Time away can be told from a year back to a year ahead.",
        ),
        (len(away.note.strip()) <= LONGEST_NOTE, f"The note is longer than {LONGEST_NOTE} characters."),
    )
    return tuple(sentence for holds, sentence in checks if not holds)
