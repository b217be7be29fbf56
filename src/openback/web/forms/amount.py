"""How much of a food somebody ate, as the form of an amount says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from openback.model.food import Portion
from openback.web.forms.fields import Fields

MOST_G: Final = 5000.0  # project default: more of one food at once is a slip of the finger
MOST_PORTIONS: Final = 50.0
LEAST: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """So many grams, and how they were said: `1.5 × 1 slice` or nothing for grams alone."""

    mass_g: float
    portion: str


def food_amount(fields: Fields, portions: Sequence[Portion]) -> Amount | None:
    """Return the amount of a food; None when it cannot be read, and `fields` has the reason."""
    unit = fields.text("unit") or "g"
    if unit == "g":
        mass_g = fields.number("amount", "The amount", 0.1, MOST_G, "g")
        return None if mass_g is None else Amount(mass_g=mass_g, portion="")
    portion = portions[int(unit)] if unit.isdecimal() and int(unit) < len(portions) else None
    if portion is None:
        fields.problems.append("This portion is not one of this food; choose another, or grams.")
        return None
    count = fields.number("amount", "The amount", LEAST, MOST_PORTIONS, "portions")
    if count is None:
        return None
    said = portion.name if count == 1 else f"{count:g} × {portion.name}"
    return Amount(mass_g=round(count * portion.mass_g, 2), portion=said)


def servings(fields: Fields) -> float | None:
    """Return servings of a recipe, or None with a problem."""
    return fields.number("amount", "The servings", LEAST, MOST_PORTIONS)


def entry_id(fields: Fields) -> UUID:
    """Return the id that the page made for a new entry, so that sending twice logs once; a new one without."""
    try:
        return UUID(fields.text("id"))
    except ValueError:
        return uuid4()
