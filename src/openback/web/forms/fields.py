"""What a form sent, read field by field; every problem is gathered, none is raised."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from starlette.datastructures import FormData


class Fields:
    """The fields of one form. `problems` gathers a sentence for each one that cannot be used."""

    def __init__(self, form: FormData) -> None:
        self._form = form
        self.problems: list[str] = []

    def text(self, name: str, longest: int = 80) -> str:
        """Return a line of text without the space around it, cut at `longest`; empty when not sent."""
        value = self._form.get(name, "")
        return " ".join(value.split())[:longest] if isinstance(value, str) else ""

    def many(self, name: str) -> list[str]:
        """Return every value sent under a name."""
        return [value for value in self._form.getlist(name) if isinstance(value, str)]

    def has(self, name: str) -> bool:
        """Return whether a name was sent."""
        return name in self._form

    def one_of(self, name: str, allowed: Sequence[str], say: str) -> str:
        """Return the value when it is allowed, else an empty text and the problem `say`."""
        value = self.text(name)
        if value in allowed:
            return value
        self.problems.append(say)
        return ""

    def number(self, name: str, label: str, low: float, high: float, unit: str = "") -> float | None:
        """Return a number between `low` and `high`, with comma or point; None and a problem otherwise."""
        value = self.number_or_none(name, label, low, high, unit=unit)
        if value is None and not self.text(name):
            self.problems.append(f"{label} is missing.")
        return value

    def number_or_none(
        self, name: str, label: str, low: float, high: float, *, unit: str = ""
    ) -> float | None:
        """Return a number, None when the field is empty, None and a problem when it cannot be."""
        raw = self.text(name)
        if not raw:
            return None
        value = number_in(raw)
        if value is None:
            self.problems.append(f"{label} is a number; “{raw}” is not one.")
            return None
        if not low <= value <= high:
            of = f" {unit}" if unit else ""
            self.problems.append(f"{label} is between {low:g} and {high:g}{of}; {raw} is outside.")
            return None
        return value

    def day(self, name: str, label: str, first: date, last: date) -> date | None:
        """Return the date in the fields `<name>_day`, `_month`, `_year`; None and a problem otherwise."""
        parts = [number_in(self.text(f"{name}_{part}")) for part in ("year", "month", "day")]
        try:
            year, month, day = (int(part) if part is not None else 0 for part in parts)
            on = date(year, month, day)
        except (ValueError, OverflowError):
            self.problems.append(f"{label} is not a date in the calendar; give day, month and year.")
            return None
        if not first <= on <= last:
            self.problems.append(f"{label} is between {first.year} and {last.year}.")
            return None
        return on


def number_in(raw: str) -> float | None:
    """Return the finite number that a person wrote, `65,5` or `65.5`; None when it is none."""
    try:
        value = float(raw.replace(",", ".").replace("\u2212", "-"))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def numbers_in(raw: str) -> tuple[list[float], list[str]]:
    """Return the numbers in a list such as `2, 4 6.5; 8`, and the words that are none."""
    words = raw.replace(";", " ").replace(", ", " ").split()
    read = [(word, number_in(word.strip(","))) for word in words]
    return [value for _, value in read if value is not None], [word for word, value in read if value is None]
