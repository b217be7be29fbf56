"""Amounts against targets, as rows that pages show and as words that people read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from openback.model.eating import FoodTargets, Target
from openback.model.exercise import Source
from openback.model.nutrients import NUTRIENT, NUTRIENTS, Known, Nutrient, NutrientUnit, Totals
from openback.services.eat.views import NutrientRow, Standing

KNOWN_ENOUGH: Final = 0.7  # project default: below, what is missing may be what was not reported
UNITS: Final[Mapping[NutrientUnit, str]] = {"kcal": "kcal", "g": "g", "mg": "mg", "ug": "µg", "L": "L"}
REACHED: Final = 0.995  # of a target: the rest is rounding, "15 of 15 mg" is met
NOTHING: Final = Known(amount=0.0, coverage=0.0)


def known(totals: Totals, nutrient: str) -> float | None:
    """Return how much there is of a nutrient, None when no food reports it."""
    found = totals.get(nutrient, NOTHING)
    return found.amount if found.coverage > 0 else None


def rows_of(
    totals: Totals, targets: FoodTargets | None, sources: Mapping[str, Source] | None = None
) -> tuple[NutrientRow, ...]:
    """Return a row for each nutrient that was reported or has a target, in the order of pages."""
    wanted: Mapping[str, Target] = {} if targets is None else targets.targets
    return tuple(
        row_of(nutrient, totals.get(nutrient.id, NOTHING), wanted.get(nutrient.id), sources or {})
        for nutrient in NUTRIENTS
        if nutrient.id in wanted or totals.get(nutrient.id, NOTHING).coverage > 0
    )


def row_of(
    nutrient: Nutrient, found: Known, target: Target | None, sources: Mapping[str, Source]
) -> NutrientRow:
    """Return one nutrient against its target."""
    low, high = (None, None) if target is None else (target.low, target.high)
    standing = _standing(found, low, high)
    return NutrientRow(
        nutrient=nutrient.id,
        name=nutrient.name,
        kind=nutrient.kind,
        amount=found.amount if found.coverage > 0 else None,
        unit=nutrient.unit,
        coverage=found.coverage,
        low=low,
        high=high,
        share=_share(found, low, high),
        standing=standing,
        says=_says(nutrient.unit, found, low, high, standing),
        why="" if target is None else target.why,
        source=None if target is None else sources.get(target.source),
    )


def _standing(found: Known, low: float | None, high: float | None) -> Standing:
    """Return how an amount stands. What is reported is a least: it may reach a target, but not rule one out."""
    if low is None and high is None:
        return "no_target"
    if high is not None and found.amount > high:
        return "over"
    if low is not None and found.amount >= REACHED * low and found.coverage > 0:
        return "met"
    if found.coverage < KNOWN_ENOUGH:
        return "unknown"
    return "met" if low is None else "under"


def _share(found: Known, low: float | None, high: float | None) -> float | None:
    bound = low or high
    return found.amount / bound if bound and found.coverage > 0 else None


def _says(unit: NutrientUnit, found: Known, low: float | None, high: float | None, standing: Standing) -> str:
    if found.coverage <= 0:
        return (
            f"not known; the target is {target_text(low, high, unit)}"
            if standing == "unknown"
            else "not known"
        )
    amount = amount_text(found.amount, unit)
    if standing == "no_target":
        text = amount
    elif low is None:
        text = f"{amount}, at most {amount_text(high or 0.0, unit)}"
    elif high is not None and standing == "over":
        text = f"{amount}, more than {amount_text(high, unit)}"
    else:
        text = f"{number_text(found.amount)} of {amount_text(low, unit)}"
    if found.coverage < KNOWN_ENOUGH:
        return f"{text}, known for {found.coverage:.0%} of the food"
    return text


def target_text(low: float | None, high: float | None, unit: NutrientUnit) -> str:
    """Return a target in words: "1,900 to 2,100 kcal", "at least 25 g", "at most 2.3 g"."""
    if low is not None and high is not None:
        return f"{number_text(low)} to {amount_text(high, unit)}"
    if low is not None:
        return f"at least {amount_text(low, unit)}"
    return "" if high is None else f"at most {amount_text(high, unit)}"


def amount_text(amount: float, unit: NutrientUnit) -> str:
    """Return an amount with its unit, in as many digits as a person reads."""
    return f"{number_text(amount)} {UNITS[unit]}"


def number_text(amount: float) -> str:
    """Return a number in two to four digits: 2,013, 413, 41, 4.1, 0.41."""
    size = abs(amount)
    if size >= 10 or size == round(size):
        return f"{amount:,.0f}"
    return f"{amount:.1f}" if size >= 1 else f"{amount:.2g}"


def nutrients_json(totals: Totals) -> dict[str, dict[str, float | str | None]]:
    """Return totals as JSON: amount (null when no food reports it), unit, coverage."""
    return {
        key: {
            "amount": round(found.amount, 4) if found.coverage > 0 else None,
            "unit": NUTRIENT[key].unit,
            "coverage": round(found.coverage, 4),
        }
        for key, found in totals.items()
        if key in NUTRIENT
    }
