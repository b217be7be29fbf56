"""When to remind of breaks and of sessions, and the secret in the address of the calendar."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from typing import Final

from openback.errors import BadReminders
from openback.model.journal import KINDS, Reminders
from openback.services.app import App
from openback.services.who import known_person
from openback.storage import Change

DAY_MINUTES: Final = 24 * 60
# Project default: more often than this is no reminder but a noise; less often is better said to oneself.
EVERY_MINUTES: Final = (20, 240)
MOST_ALARM_MINUTES: Final = DAY_MINUTES
# 192 bits: whoever does not hold the address cannot guess it, however often they ask.
_TOKEN_BYTES: Final = 24


def reminders(app: App) -> Reminders:
    """Return when this person wants to be reminded; nothing is switched on before they said so."""
    key = KINDS["reminders"].key(None)
    return app.store.find_entry(app.person_id, Reminders, key) or Reminders()


def keep_reminders(app: App, wanted: Reminders) -> Change | None:
    """Keep when to remind, and return what takes it back; None when nothing changed.

    Raises BadReminders, and NoProfileYet before the questions were answered. The secret of the calendar's address stays as it is: `new_feed_token` changes it.
    """
    known_person(app)
    problems = _problems(wanted)
    if problems:
        raise BadReminders(problems)
    days = tuple(sorted(set(wanted.break_days)))
    kept = replace(wanted, break_days=days, feed_token=reminders(app).feed_token)
    return app.store.put_entry(app.person_id, kept)


def break_minutes(wanted: Reminders) -> tuple[int, ...]:
    """Return the minutes of a working day at which a break is due, from midnight.

    The first is one interval after work begins, and none is at its end. Whether anything reminds of them
    is said by `breaks` (in the calendar) and `notify` (in the browser).
    """
    return tuple(range(wanted.from_minute + wanted.every_minutes, wanted.to_minute, wanted.every_minutes))


def feed_token(app: App) -> str:
    """Return the secret of the calendar's address; it is made when it is asked for the first time."""
    return reminders(app).feed_token or new_feed_token(app)


def new_feed_token(app: App) -> str:
    """Make another secret, keep it and return it: every calendar that reads the former address is shut out.

    Raises NoProfileYet.
    """
    known_person(app)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    app.store.put_entry(app.person_id, replace(reminders(app), feed_token=token))
    return token


def is_feed_token(app: App, said: str) -> bool:
    """Return whether a text is the secret of the calendar's address; never while there is none."""
    token = reminders(app).feed_token
    # The comparison takes as long for a wrong guess as for a nearly right one.
    return bool(token) and hmac.compare_digest(said.encode(), token.encode())


def _problems(wanted: Reminders) -> tuple[str, ...]:
    least, most = EVERY_MINUTES
    checks = (
        (all(day in range(7) for day in wanted.break_days), "A day of the week is not one of the seven."),
        (
            0 <= wanted.from_minute < wanted.to_minute <= DAY_MINUTES,
            "Work has to end after it begins, on the same day.",
        ),
        (
            least <= wanted.every_minutes <= most,
            f"A break can be every {least} to {most} minutes.",
        ),
        (0 <= wanted.session_minute < DAY_MINUTES, "A session has to start at a time of the day."),
        (
            0 <= wanted.alarm_minutes <= MOST_ALARM_MINUTES,
            "The calendar can remind up to a day ahead of a session.",
        ),
        (
            bool(wanted.break_days) or not (wanted.breaks or wanted.notify),
            "Choose at least one day for the breaks.",
        ),
    )
    return tuple(sentence for holds, sentence in checks if not holds)
