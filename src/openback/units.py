"""Units of mass and length as people use them; inside Openback all is metric."""

from __future__ import annotations

from typing import Final, Literal

Units = Literal["metric", "imperial"]

KG_PER_LB: Final = 0.45359237  # exact, international avoirdupois pound (1959)
CM_PER_IN: Final = 2.54  # exact, international inch (1959)


def kg_from_lb(mass_lb: float) -> float:
    """Return kilograms."""
    return mass_lb * KG_PER_LB


def lb_from_kg(mass_kg: float) -> float:
    """Return pounds."""
    return mass_kg / KG_PER_LB


def cm_from_in(length_in: float) -> float:
    """Return centimetres."""
    return length_in * CM_PER_IN


def in_from_cm(length_cm: float) -> float:
    """Return inches."""
    return length_cm / CM_PER_IN


def shown_mass(mass_kg: float | None, units: Units) -> str:
    """Return a mass as a person reads it, such as `22.5 kg` or `49.6 lb`; an en dash when unknown."""
    if mass_kg is None:
        return "–"
    if units == "metric":
        return f"{mass_kg:.2f}".rstrip("0").rstrip(".") + " kg"
    return f"{lb_from_kg(mass_kg):.1f}".removesuffix(".0") + " lb"


def shown_height(height_cm: float, units: Units) -> str:
    """Return a height as a person reads it, such as `168 cm` or `5 ft 6 in`."""
    if units == "metric":
        return f"{height_cm:.0f} cm"
    feet, inches = divmod(round(in_from_cm(height_cm)), 12)
    return f"{feet} ft {inches} in"
