"""Time away in words."""

from __future__ import annotations

from datetime import date
from typing import Final

from openback.model.journal import Away, AwayWhy
from openback.services.away import WHY_WORDS
from openback.web.words import short_day

# What one may be away for, in the order in which it is offered, as a heading says it.
WHY_NAMES: Final[dict[AwayWhy, str]] = {
    "illness": "Ill",
    "period": "Period",
    "holiday": "Holiday",
    "pause": "Pause",
}
WHY_ICONS: Final[dict[AwayWhy, str]] = {
    "illness": "bed",
    "period": "heart",
    "holiday": "sun",
    "pause": "pause",
}


def away_words(away: Away, today: date) -> str:
    """Return why and when as a sentence: `On holiday from 2 to 9 December.` or `Ill since 23 November.`."""
    return f"{WHY_WORDS[away.why].capitalize()} {days_words(away, today)}."


def days_words(away: Away, today: date) -> str:
    """Return the days of a time away: `on 4 December`, `from 28 November to 3 December`, `since 23 November`."""
    first, last = away.first_on, away.last_on
    if last is None:
        return (
            f"{'since' if first <= today else 'from'} {_day(first, today)}{'' if first <= today else ' on'}"
        )
    if first == last:
        return f"on {_day(first, today)}"
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"from {first.day if same_month else _day(first, today)} to {_day(last, today)}"


def _day(on: date, today: date) -> str:
    """Return `14 November`, with the year when it is not this one."""
    return short_day(on) if on.year == today.year else f"{short_day(on)} {on.year}"
