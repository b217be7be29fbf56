"""The cycle from day notes: where periods begin, which day it is, and when a word with a doctor is worth it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final, Literal

from openback.datafile import Table, read_table
from openback.model.journal import CycleNote

About = Literal["cycle", "pregnancy"]
BLEEDING: Final = ("None", "Light", "Medium", "Heavy")
HEAVY: Final = 3
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleSign:
    """Something that can be ticked for a day; an `urgent` one needs a look at once."""

    id: str
    label: str
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is known, in a sentence, with its source key."""

    about: str
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRules:
    """What `data/cycle.toml` holds."""

    signs: tuple[CycleSign, ...]
    pregnancy_signs: tuple[CycleSign, ...]
    new_period_after_d: int
    long_bleeding_d: int
    missed_period_d: int
    shown_cycle_d: int
    evidence: tuple[Finding, ...]


@cache
def cycle_rules() -> CycleRules:
    """Return the rules; raises BadDataFile when the file does not have them all."""
    table = read_table("cycle.toml")
    numbers = table.table("rules")
    rules = CycleRules(
        signs=tuple(_sign(one) for one in table.tables("sign")),
        pregnancy_signs=tuple(_sign(one) for one in table.tables("pregnancy_sign")),
        new_period_after_d=numbers.whole("new_period_after_d"),
        long_bleeding_d=numbers.whole("long_bleeding_d"),
        missed_period_d=numbers.whole("missed_period_d"),
        shown_cycle_d=numbers.whole("shown_cycle_d"),
        evidence=tuple(
            Finding(about=one.text("about"), text=one.text("text"), source=one.text("source"))
            for one in table.tables("evidence")
        ),
    )
    table.settle()
    return rules


def _sign(table: Table) -> CycleSign:
    return CycleSign(id=table.text("id"), label=table.text("label"), urgent=table.flag("urgent"))


def bleeding_days(notes: Iterable[CycleNote]) -> tuple[date, ...]:
    """Return the days on which bleeding was noted, oldest first; a note without a word on it is no day of none."""
    return tuple(sorted({note.on for note in notes if note.bleeding}))


def starts_of(notes: Iterable[CycleNote]) -> tuple[date, ...]:
    """Return the first days of periods: bleeding after so many days without."""
    apart = timedelta(days=cycle_rules().new_period_after_d)
    days = bleeding_days(notes)
    return tuple(day for n, day in enumerate(days) if n == 0 or day - days[n - 1] > apart)


def spans_of(days: Sequence[date]) -> tuple[tuple[date, date], ...]:
    """Return runs of days as (first, last); one day left out in between does not end a run."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] <= 2 * DAY:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return tuple(runs)


def cycle_day(starts: Sequence[date], today: date) -> int | None:
    """Return the day of the cycle, 1 on the first day of a period; None when the last start is too long ago."""
    past = [day for day in starts if day <= today]
    days = (today - max(past)).days + 1 if past else 0
    return days if 1 <= days <= cycle_rules().shown_cycle_d else None


def worth_a_word(notes: Sequence[CycleNote], starts: Sequence[date], today: date) -> Iterator[str]:
    """Yield what is worth a word with a doctor, for somebody who is not pregnant."""
    rules = cycle_rules()
    runs = spans_of(bleeding_days(notes))
    if (
        runs
        and (runs[-1][1] - runs[-1][0]).days + 1 >= rules.long_bleeding_d
        and today - runs[-1][1] <= 14 * DAY
    ):
        yield (
            "Bleeding for more than a week is worth a word with a doctor, and so is your iron: tiredness in training "
            "often comes from there."
        )
    if starts and (today - max(starts)).days >= rules.missed_period_d:
        yield (
            "No period was noted for three months. If that is not a pregnancy, the pill or the change of life, see a doctor: "
            "too little food for what you do can be the reason, and more of it the answer."
        )
