"""What the cells of an export mean: numbers, durations, units, kinds of set."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from openback.errors import BadRow
from openback.model.history import Unit

RowKind = Literal["warm_up", "work", "drop", "failure", "rest", "note"]

# Limits of what a person can have done; project defaults, wide on purpose.
MAX_LOAD_KG: Final = 1_000.0
MAX_REPS: Final = 1_000
MAX_HOLD_S: Final = 24 * 3600.0

_NUMBER = re.compile(r"([+-]?[\d.,٫'’\u00a0\u202f]+(?:[eE][+-]?\d+)?)\s*([^\W\d]*)\.?")
_GROUPED = re.compile(r"([+-]?\d{1,3})((?:['’\u00a0\u202f]\d{3})+)(?=$|[.,])")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+")
_UNITS: Final[dict[str, Unit]] = {
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms", "кг"), "kg"),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds", "фунт"), "lb"),
}
_KINDS: Final[dict[str, RowKind]] = {
    "": "work",
    **dict.fromkeys(("w", "warmup", "warm-up", "warm up", "warm_up"), "warm_up"),
    **dict.fromkeys(("d", "dropset", "drop-set", "drop set", "drop"), "drop"),
    **dict.fromkeys(("f", "failure"), "failure"),
    **dict.fromkeys(("n", "normal", "work", "working"), "work"),
    **dict.fromkeys(("rest timer", "rest"), "rest"),
    **dict.fromkeys(("note", "notes"), "note"),
}
_REMEMBERED = (
    4_096  # cells repeat: a log has a few hundred different weights; long ones raise, and are not kept
)
_MAX_NUMBER_CHARS = 40  # longer is no number, and would make the patterns slow
_DURATION_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*(\D+)")
# Starts of the words for a length of time, the longer before the shorter: English, German, Turkish, Russian.
_SECONDS_PER: Final[tuple[tuple[str, int], ...]] = (
    ("dk", 60), ("st", 3_600), ("sa", 3_600), ("d", 86_400), ("h", 3_600), ("ч", 3_600),
    ("m", 60), ("м", 60), ("s", 1), ("с", 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit written beside it, if any."""

    value: float
    unit: Unit | None = None


def unit_of(text: str) -> Unit | None:
    """Return the unit that a cell or a column name means, None for anything else."""
    return _UNITS.get(text.strip().strip("().").casefold())


@lru_cache(maxsize=_REMEMBERED)
def amount(text: str, what: str, *, decimal_comma: bool = False) -> Amount | None:
    """Return the number in a cell, None for a blank one. `what` names the cell in the sentence.

    Reads `82.5`, `82,5`, `1.234,5`, `10,000` (ten thousand unless `decimal_comma`) and `60 kg`.
    Raises BadRow for anything else, and for numbers that are not finite.
    """
    if not (text := text.strip()) or text in {"-", "–", "—"}:
        return None
    found = _NUMBER.fullmatch(text) if len(text) <= _MAX_NUMBER_CHARS else None
    unit = unit_of(found[2]) if found and found[2] else None
    if not found or (found[2] and unit is None):
        raise BadRow(f"the {what} {short(text)!r} is not a number")
    try:
        value = float(_plain(found[1], decimal_comma=decimal_comma))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadRow(f"the {what} {short(text)!r} is not a number")
    return Amount(value, unit)


def _plain(digits: str, *, decimal_comma: bool) -> str:
    """Return digits as Python reads them: no thousands marks, a point before the decimals."""
    digits = _GROUPED.sub(lambda m: m[1] + re.sub(r"\D", "", m[2]), digits).replace("٫", ".")
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        thousands, decimals = (",", ".") if point > comma else (".", ",")
        digits = digits.replace(thousands, "").replace(decimals, ".")
    elif comma >= 0 and not decimal_comma and _THOUSANDS.fullmatch(digits):
        digits = digits.replace(",", "")
    else:
        digits = digits.replace(",", ".")
    return digits


def whole(value: float | None, what: str) -> int | None:
    """Return a count, None when unknown. Raises BadRow for 8.5 of them."""
    if value is None:
        return None
    if value != int(value):
        raise BadRow(f"{value:g} {what} is not a whole number")
    return int(value)


@lru_cache(maxsize=_REMEMBERED)
def seconds(text: str, what: str, *, decimal_comma: bool = False) -> float | None:
    """Return the seconds of `1h 42m`, `9m`, `27s`, `264h 1m`, `21min`, `1h 9min`, `0:01:30` or `4543`.

    None for a blank cell; raises BadRow for anything else.
    """
    text = text.strip().casefold()
    if ":" in text:
        return _clock_seconds(text, what)
    if len(text) > _MAX_NUMBER_CHARS or not any(letter.isalpha() for letter in text):
        found = amount(text, what, decimal_comma=decimal_comma)
        return found.value if found else None
    parts = _DURATION_PART.findall(text)
    if not parts or "".join(n + u for n, u in parts).replace(" ", "") != text.replace(" ", ""):
        raise BadRow(f"the {what} {short(text)!r} is not a length of time")
    return sum(float(number.replace(",", ".")) * _unit_seconds(unit, text, what) for number, unit in parts)


def _clock_seconds(text: str, what: str) -> float:
    parts = text.split(":")
    if len(parts) > 3 or not all(re.fullmatch(r"\d{1,6}(\.\d+)?", part) for part in parts):
        raise BadRow(f"the {what} {short(text)!r} is not a length of time")
    total = 0.0
    for part in parts:
        total = total * 60 + float(part)
    return total


def _unit_seconds(unit: str, text: str, what: str) -> int:
    word = unit.strip().rstrip(".")
    for start, length_s in _SECONDS_PER:
        if word.startswith(start) and " " not in word:
            return length_s
    raise BadRow(f"the {what} {short(text)!r} is not a length of time")


def kind_of(text: str) -> RowKind | None:
    """Return what sort of row a set order or set type means; None for a word that is not known."""
    text = text.strip().casefold()
    if text.replace(".", "").isdigit():
        return "work"
    return _KINDS.get(text)


def rir_from_rpe(rpe: float | None) -> float | None:
    """Return reps in reserve, 10 minus the rating; None when there is no rating from 1 to 10."""
    return 10 - rpe if rpe is not None and 1 <= rpe <= 10 else None


def possible(*, load_kg: float | None, reps: int | None, hold_s: float | None) -> None:
    """Raise BadRow for a set that nobody can have done."""
    if load_kg is not None and load_kg < 0:
        raise BadRow(f"the weight {load_kg:g} kg is below zero")
    if load_kg is not None and load_kg > MAX_LOAD_KG:
        raise BadRow(f"a weight of {load_kg:,.10g} kg is more than the {MAX_LOAD_KG:,.0f} kg anyone lifts")
    if reps is not None and not 0 < reps <= MAX_REPS:
        raise BadRow(f"{reps:,} reps is outside 1 to {MAX_REPS:,}")
    if hold_s is not None and not 0 < hold_s <= MAX_HOLD_S:
        raise BadRow(f"a hold of {hold_s:,.0f} s is outside 0 to 24 hours")


def short(text: str) -> str:
    """Return the text, cut to what fits in a sentence."""
    return text if len(text) <= 40 else text[:37] + "..."
