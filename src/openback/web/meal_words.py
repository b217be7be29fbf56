"""Meals and recipes as a person reads them: grams, energy, servings, bounds. Templates use them as filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from openback.model.food import Price, Slot
from openback.units import Units
from openback.web.food_words import number_words, unit_words
from openback.web.words import WEEKDAYS

UNKNOWN: Final = "–"
G_PER_OZ: Final = 28.349523125  # exact: a pound is 453.59237 g, an ounce a sixteenth of it
OZ_PER_LB: Final = 16
HALVES: Final[Mapping[float, str]] = {0.0: "", 0.5: "½"}
PRICES: Final[Mapping[Price, str]] = {"low": "Low cost", "mid": "Usual cost", "high": "Higher cost"}
SLOT_NAMES: Final[Mapping[Slot, str]] = {
    "breakfast": "Breakfast",
    "lunch": "Lunch",
    "dinner": "Dinner",
    "snack": "Snack",
}


class Bounded(Protocol):
    """What has a lower and an upper bound, either of which may be missing: targets and rows."""

    @property
    def low(self) -> float | None:
        """The least that is asked."""

    @property
    def high(self) -> float | None:
        """The most that is asked."""


def grams(mass_g: float | None, units: Units) -> str:
    """Return a mass of food: `180 g`, `1.2 kg`, `6.3 oz`, `1 lb 3 oz`; an en dash when unknown."""
    if mass_g is None:
        return UNKNOWN
    if units == "imperial":
        return _ounces(mass_g)
    if round(mass_g) >= 1000:
        return f"{mass_g / 1000:.2f}".rstrip("0").rstrip(".") + " kg"
    return f"{mass_g:.0f} g" if mass_g >= 10 else f"{mass_g:.1f}".removesuffix(".0") + " g"


def _ounces(mass_g: float) -> str:
    """Return ounces to a tenth; from a pound on, pounds and whole ounces."""
    ounces = mass_g / G_PER_OZ
    if round(ounces) < OZ_PER_LB:
        return f"{ounces:.1f}".removesuffix(".0") + " oz"
    pounds, rest = divmod(round(ounces), OZ_PER_LB)
    return f"{pounds} lb {rest} oz" if rest else f"{pounds} lb"


def kcal(energy: float | None) -> str:
    """Return energy to the nearest ten, as sure as it is: `1,850 kcal`; an en dash when unknown."""
    return UNKNOWN if energy is None else f"{round(energy, -1):,.0f} kcal"


def whole(value: float | None) -> str:
    """Return a number without decimals: `1,850`; an en dash when unknown."""
    return UNKNOWN if value is None else f"{value:,.0f}"


def amount(value: float | None) -> str:
    """Return a number with as many digits as it is worth; an en dash when unknown."""
    return UNKNOWN if value is None else number_words(value)


def bounds(asked: Bounded) -> str:
    """Return what a target asks: `1,780–1,920`, `at least 25`, `at most 2,300`; empty where there is no bound."""
    low, high = asked.low, asked.high
    if low is not None and high is not None:
        ends = number_words(low), number_words(high)
        return ends[0] if ends[0] == ends[1] else "–".join(ends)
    if low is not None:
        return f"at least {number_words(low)}"
    return "" if high is None else f"at most {number_words(high)}"


def servings(number: float) -> str:
    """Return a number of servings: `½ serving`, `1 serving`, `1½ servings`."""
    return f"{halves(number)} {'serving' if number <= 1 else 'servings'}"


def halves(number: float) -> str:
    """Return a number in halves where it is one: `½`, `1`, `1½`, `1.3`."""
    whole_part, rest = divmod(number, 1)
    if rest not in HALVES:
        return f"{number:g}"
    return f"{whole_part:.0f}{HALVES[rest]}" if whole_part else HALVES[rest] or "0"


def coverage(share: float) -> str:
    """Return a coverage in whole per cent, rounded down, so that 100 % means all of it: `87 %`."""
    return f"{int(share * 100 + 1e-9)} %"


def sentence(text: str) -> str:
    """Return a clause as a line of its own, with a capital letter."""
    return text[:1].upper() + text[1:]


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "kcal": kcal,
    "whole": whole,
    "amount": amount,
    "unit_name": unit_words,
    "bounds": bounds,
    "servings": servings,
    "halves": halves,
    "coverage": coverage,
    "sentence": sentence,
    "slot_name": lambda slot: SLOT_NAMES[slot],
    "price_words": lambda price: PRICES[price],
    "weekday": lambda on: WEEKDAYS[on.weekday()],
}
