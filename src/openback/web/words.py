"""Values as a person reads them: masses, doses, days. Used by templates as filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from openback.model.programme import Item
from openback.model.strength import NextSet
from openback.progress import review
from openback.services.views import CalendarDay
from openback.units import Units, shown_mass

FINE_BELOW: Final = 20  # of a light load a decimal matters
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(on: date, today: date) -> str:
    """Return a day as somebody says it today: `today`, `tomorrow`, `Friday` (within six days either
    way), `Friday 14 November`.
    """
    away = (on - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if away in near:
        return near[away]
    return WEEKDAYS[on.weekday()] if abs(away) < 7 else long_day(on, today)


def long_day(on: date, today: date) -> str:
    """Return `Friday 14 November`, with the year when it is not this one."""
    year = "" if on.year == today.year else f" {on.year}"
    return f"{WEEKDAYS[on.weekday()]} {on.day} {on:%B}{year}"


def short_day(on: date) -> str:
    """Return `14 November`."""
    return f"{on.day} {on:%B}"


def month(week: Sequence[CalendarDay]) -> str:
    """Return the month that a week ends in, as a calendar has it at its edge: `Nov`."""
    return f"{week[-1].on:%b}"


def clock(at: datetime) -> str:
    """Return the local time of day, such as `18:05`."""
    return f"{at.astimezone():%H:%M}"


def spread(low_high: tuple[float, float] | tuple[int, int]) -> str:
    """Return `8–12`, or `10` when both ends are the same."""
    low, high = (f"{end:g}" for end in low_high)
    return low if low == high else f"{low}–{high}"


def dose(item: Item | NextSet) -> str:
    """Return sets and reps of an item: `3 × 8–12 reps`, `2 × 20–30 s`."""
    if item.hold_s is not None:
        return f"{item.sets} × {spread(item.hold_s)} s"
    if item.reps is not None:
        return f"{item.sets} × {spread(item.reps)} reps"
    return f"{item.sets} {'set' if item.sets == 1 else 'sets'}"


def load(item: Item | NextSet, units: Units) -> str:
    """Return the load of an item, `22.5 kg` or `green band`; empty where there is none."""
    if item.load_kg is not None:
        return shown_mass(item.load_kg, units)
    return f"{item.band} band" if item.band else ""


def sets_number(sets: float) -> str:
    """Return a number of fractional sets, with one decimal where it has one."""
    return f"{sets:.1f}".removesuffix(".0")


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: `a, b and c`."""
    *first, last = names or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def fine(value: float) -> str:
    """Return a load or its estimate: whole kilograms or pounds, below 20 with one decimal."""
    return f"{value:.1f}" if value < FINE_BELOW else f"{value:.0f}"


def signed(number: float) -> str:
    """Return a whole number with its sign, a true minus, and 0 without one."""
    return review.signed(number)


def room(size_bytes: int) -> str:
    """Return how much room something takes: `35 kB`, `12.3 MB`, `1.4 GB`."""
    for unit, of in (("GB", 1024**3), ("MB", 1024**2)):
        if size_bytes >= of:
            return f"{size_bytes / of:.1f} {unit}"
    return f"{-(-size_bytes // 1024)} kB"


def view_words(best_view: str) -> str:
    """Return from where a camera sees best: `oblique_or_side` is `at an angle or from the side`."""
    said = {
        "front": "from the front",
        "back": "from behind",
        "side": "from the side",
        "oblique": "at an angle",
    }
    return " or ".join(said.get(one, one) for one in best_view.split("_or_"))


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 set`, `3 sets`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
