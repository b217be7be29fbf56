"""Amounts of food as a person reads them, and the bars that stand beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openback.model.food import Slot
from openback.model.nutrients import NutrientKind, NutrientUnit
from openback.services.eat.views import NutrientRow

SLOT_NAMES: Final[dict[Slot, str]] = {
    "breakfast": "Breakfast",
    "lunch": "Lunch",
    "dinner": "Dinner",
    "snack": "Snacks",
}
KIND_NAMES: Final[dict[NutrientKind, str]] = {
    "energy": "Energy",
    "macro": "Protein, carbohydrate, fibre",
    "fat": "Fats",
    "mineral": "Minerals",
    "vitamin": "Vitamins",
    "other": "Also",
}
_UNITS: Final[dict[NutrientUnit, str]] = {"ug": "µg"}
FAR: Final = 1.9  # project default: ranges of energy, protein and fat end below it
WHOLE: Final = 0.995  # what rounds to all of it
_ROOM: Final = 1.25  # what a bar shows beyond the larger of amount and target


def unit_words(unit: NutrientUnit) -> str:
    """Return a unit as labels print it: `µg` for `ug`."""
    return _UNITS.get(unit, unit)


def number_words(amount: float) -> str:
    """Return a number with as many digits as food figures deserve: `1,420`, `86`, `7.4`, `0.35`."""
    size = abs(amount)
    if size >= 10 or size == 0:
        return f"{amount:,.0f}"
    return f"{amount:.1f}".removesuffix(".0") if size >= 1 else f"{amount:.2f}".rstrip("0").rstrip(".")


def amount_words(amount: float | None, unit: NutrientUnit) -> str:
    """Return an amount with its unit, such as `86 g`; `not known` when no food reports it."""
    return "not known" if amount is None else f"{number_words(amount)} {unit_words(unit)}"


def target_words(row: NutrientRow) -> str:
    """Return a target as it is said beside an amount: `of 25 g`, `of 95–130 g`, `of at most 2,300 mg`; or nothing.

    A safety limit far above the target is only said when somebody went beyond it.
    """
    unit = unit_words(row.unit)
    if row.low is not None and (row.high is None or (is_far(row) and row.standing != "over")):
        return f"of {number_words(row.low)} {unit}"
    if row.high is None:
        return ""
    if row.low is None or is_far(row):
        return f"of at most {number_words(row.high)} {unit}"
    return f"of {number_words(row.low)}–{number_words(row.high)} {unit}"


def is_far(row: NutrientRow) -> bool:
    """Return whether the upper bound is a limit far above the target, and no end of a range to stay in."""
    return row.low is not None and row.high is not None and row.high > FAR * row.low


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeBar:
    """A bar from 0 to 100: how far the amount reaches, and the band of the target."""

    done: float
    low: float
    high: float


def range_bar(row: NutrientRow, logged: bool = True) -> RangeBar | None:  # noqa: FBT001, FBT002 - a template calls it
    """Return the bar of a nutrient; None where there is no target, or where nobody knows the amount.

    Where nothing was `logged` yet the bar is there, with nothing on it.

    The scale ends beyond the larger of amount and target, so that more than enough is still on it.
    """
    amount = row.amount if logged else 0.0
    if amount is None or (row.low is None and row.high is None):
        return None
    # A target without an upper bound has its band up to the end of the scale.
    ends = [end for end in (row.low, row.high) if end is not None]
    # An upper limit far above the target would press everything into a corner.
    top = _ROOM * max(amount, row.low or 0 if is_far(row) else max(ends))
    if top <= 0:
        return None
    high = top if row.high is None else min(row.high, top)
    return RangeBar(
        done=round(100 * amount / top, 1),
        low=round(100 * (row.low or 0) / top, 1),
        high=round(100 * high / top, 1),
    )


def part_words(row: NutrientRow) -> str:
    """Return, in two words beside a name, for how much of the food an amount is known; empty when for all or too little.

    Too little to judge by is a sentence of its own: `coverage_words`.
    """
    if row.amount is None or row.standing == "unknown" or row.coverage >= WHOLE:
        return ""
    return f"{100 * row.coverage:.0f} % known"


def coverage_words(row: NutrientRow) -> str:
    """Return what is not known of an amount that cannot be judged, in words; empty when it can."""
    if row.amount is None or row.coverage <= 0:
        return "No food here reports it"
    return f"Known for {100 * row.coverage:.0f} % of the food" if row.standing == "unknown" else ""
