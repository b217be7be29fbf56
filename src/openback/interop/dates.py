"""Dates and times as training apps write them, and what they mean over a whole file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from openback.errors import BadRow
from openback.interop.cells import short
from openback.interop.months import Months, Names, folded, months_of
from openback.model.history import Unit

_EARLIEST: Final = date(1970, 1, 1)  # project default: before it, the year is a slip
_MAX_DATE_CHARS = 60
_MAX_DATES_KEPT = 100_000  # enough for a session a day for 270 years
_NOON: Final = time(12)  # a day without a time: noon stays on that day in every zone

_WEEKDAY = re.compile(r"^[^\d\s,]+,\s+(?=\d)")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})(?!\d)\s*[日일.]?")
_NUMERIC = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)")
_DAY_WORD = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|º|ª|\.)?[\s-]+(?:de\s+|d['’])?"
    r"(\d{1,2}[月월]|[^\d\s]\D*?(?:\s\d{1,2})?)[\s,./-]+(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_WORD_DAY = re.compile(r"([^\d\s]\D*?)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_TIME = re.compile(
    r"(?:\D*?[\s,])??(?:(?P<before>上午|下午|午前|午後|오전|오후)\s*)?"
    r"(?P<h>\d{1,2})[:.h時时]\s?(?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<after>[AaPp]\.?\s?[Mm]\.?|[ÖÖ]Ö|[ÖÖ]S)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
_PM = {"下午", "午後", "오후", "ÖS", "PM"}
_AM = {"上午", "午前", "오전", "ÖÖ", "AM"}


@dataclass(frozen=True, slots=True)
class Parts:
    """A date taken apart, its order and month word not yet decided."""

    shape: Literal["ymd", "numeric", "word"]
    numbers: tuple[int, ...]  # ymd: year, month, day; numeric: first, second, year; word: day, year
    word: str = ""
    clock: time | None = None
    zone: timezone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the dates of one file are read: what its month words mean, and whether 3/4 is 3 April."""

    months: Months
    day_first: bool


@dataclass(frozen=True, slots=True)
class When:
    """An instant of the file. `written` is what the file says, without a zone unless it gives one."""

    written: datetime
    day_only: bool = False

    def utc(self, zone: tzinfo | None) -> datetime:
        """Return the instant in UTC; without a zone it is in `zone`, the machine's own when None.

        A time that a clock change left out counts as if the clock had not changed yet, one that came
        twice is the first of the two.
        """
        if self.written.tzinfo is None and zone is not None:
            return self.written.replace(tzinfo=zone).astimezone(UTC)
        return self.written.astimezone(UTC)


def parts_of(text: str) -> Parts | None:
    """Return the parts of a date with or without a time, None when it is none."""
    return _parts_of(text) if len(text := text.strip()) <= _MAX_DATE_CHARS else None


@lru_cache(maxsize=4096)
def _parts_of(text: str) -> Parts | None:
    text = " ".join(text.replace("\u200e", "").replace("\u200f", "").split())
    text = _WEEKDAY.sub("", text)
    for pattern in (_YEAR_FIRST, _NUMERIC, _DAY_WORD, _WORD_DAY):
        if found := pattern.match(text):
            rest = text[found.end() :].lstrip(" ,T-")
            return _with_clock(_shaped(pattern, found), rest)
    return None


def _shaped(pattern: re.Pattern[str], found: re.Match[str]) -> Parts:
    one, two, three = found.groups()
    if pattern is _YEAR_FIRST:
        return Parts("ymd", (int(one), int(two), int(three)))
    if pattern is _NUMERIC:
        year = int(three) + (2000 if len(three) == 2 else 0)
        if "." in found[0]:  # 8.4.2026 is the eighth of April wherever dates have points
            return Parts("ymd", (year, int(two), int(one)))
        return Parts("numeric", (int(one), int(two), year))
    day, word = (one, two) if pattern is _DAY_WORD else (two, one)
    return Parts("word", (int(day), int(three)), folded(word))


def _with_clock(parts: Parts, rest: str) -> Parts | None:
    """Return the parts with the time of day, None when `rest` is something else than a time."""
    if not rest.strip(" .г日"):
        return parts
    found = _TIME.fullmatch(rest.strip())
    if not found:
        return None
    half = re.sub(r"[.\s]", "", found["before"] or found["after"] or "").upper()
    hour = int(found["h"])
    if half:
        hour = hour % 12 + (12 if half in _PM else 0)
    if hour > 23 or int(found["m"]) > 59 or int(found["s"] or 0) > 59:
        return None
    clock = time(hour, int(found["m"]), int(found["s"] or 0))
    return Parts(parts.shape, parts.numbers, parts.word, clock, _zone(found["zone"]))


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes)) if minutes < 1440 else UTC


def when(text: str, reading: Reading, *, now: datetime) -> When:
    """Return the instant that a cell means. Raises BadRow when it is none, or far from a life's."""
    parts = parts_of(text)
    if parts is None:
        raise BadRow(
            f"the date {short(text)!r} is not one that can be read" if text.strip() else "there is no date"
        )
    if parts.word in reading.months.unclear:
        raise BadRow(reading.months.unclear[parts.word])
    try:
        day = date(*_year_month_day(parts, reading))
    except ValueError:
        raise BadRow(f"the date {short(text)!r} does not exist") from None
    if not _EARLIEST <= day <= now.date() + timedelta(days=2):
        raise BadRow(
            f"the date {day.isoformat()} lies {'in the future' if day > _EARLIEST else 'before 1970'}"
        )
    # Midnight sharp with a zone is how wger writes a day without a time.
    if parts.clock is None or (parts.zone is not None and parts.clock == time(0)):
        return When(datetime.combine(day, _NOON), day_only=True)
    return When(datetime.combine(day, parts.clock, parts.zone))


def _year_month_day(parts: Parts, reading: Reading) -> tuple[int, int, int]:
    if parts.shape == "ymd":
        return parts.numbers[0], parts.numbers[1], parts.numbers[2]
    if parts.shape == "word":
        return parts.numbers[1], reading.months.known.get(parts.word, 0), parts.numbers[0]
    first, second, year = parts.numbers
    return (year, second, first) if reading.day_first else (year, first, second)


@dataclass(slots=True)
class DatesSeen:
    """The dates of a file in the order they come, as far as is needed to tell how to read them."""

    in_order: list[Parts] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    last: str = ""

    def add(self, text: str) -> None:
        """Take note of a date cell."""
        if text == self.last:
            return
        self.last = text
        if (parts := parts_of(text)) is None or len(self.in_order) >= _MAX_DATES_KEPT:
            return
        self.in_order.append(parts)
        if parts.word:
            self.words.add(parts.word)

    def reading(self, own_unit: Unit) -> tuple[Reading, tuple[str, ...]]:
        """Return how to read the dates, and a sentence for each thing that had to be assumed."""
        named = [p for p in self.in_order if p.shape == "word"]
        months = months_of(self.words, disorder=lambda names: _turns([_named_key(p, names) for p in named]))
        day_first, note = self._day_first(own_unit)
        return Reading(months=months, day_first=day_first), ((note,) if note else ())

    def _day_first(self, own_unit: Unit) -> tuple[bool, str]:
        pairs = [p.numbers for p in self.in_order if p.shape == "numeric"]
        if any(first > 12 for first, _, _ in pairs):
            return True, ""
        if any(second > 12 for _, second, _ in pairs) or not pairs:
            return not pairs, ""
        day_first = _turns([(year, second, first) for first, second, year in pairs])
        month_first = _turns([(year, first, second) for first, second, year in pairs])
        if day_first != month_first:
            return day_first < month_first, ""
        guess = own_unit == "kg"
        order = "day before month" if guess else "month before day"
        return (
            guess,
            f"Dates such as {pairs[0][0]}/{pairs[0][1]} can be read two ways; they were read {order}.",
        )


def _named_key(parts: Parts, names: Names) -> tuple[int, ...]:
    day, year = parts.numbers
    return year, names.get(parts.word, 0), day


def _turns(keys: Sequence[tuple[int, ...]]) -> int:
    """Return how often a sequence stops rising or stops falling: exports are in order of time."""
    signs = [a < b for a, b in pairwise(keys) if a != b]
    return sum(a != b for a, b in pairwise(signs))
