"""What a scale and a tape said, in the person's units, as values in kilograms, centimetres and millimetres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from openback.model.eating import BodyMeasures
from openback.units import Units, cm_from_in, in_from_cm, kg_from_lb, lb_from_kg
from openback.web.forms.fields import Fields

LEAST_KG: Final = 25.0  # project default: outside of these a scale or a finger slipped
MOST_KG: Final = 350.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One size: its field, its words, how to take it, and its limits in the unit it is kept in."""

    field: str
    name: str
    hint: str
    low: float
    high: float
    fold: bool = False  # a skinfold, always in mm


def sizes(sex: str) -> tuple[Size, ...]:
    """Return the sizes that the estimates of body fat are made from."""
    at = "the height of the navel" if sex == "male" else "the narrowest place"
    return (
        Size(field="waist_cm", name="Waist", hint=f"At {at}, breathing out", low=40, high=200),
        Size(field="hip_cm", name="Hips", hint="At the widest place", low=50, high=220),
        Size(field="neck_cm", name="Neck", hint="Below the larynx, level all round", low=20, high=70),
    )


def folds(sex: str) -> tuple[Size, ...]:
    """Return the three skinfolds that the estimates know for a sex."""
    names = (
        (("chest_mm", "Chest"), ("abdomen_mm", "Abdomen"), ("thigh_mm", "Thigh"))
        if sex == "male"
        else (
            ("triceps_mm", "Back of the arm"),
            ("suprailiac_mm", "Above the hip bone"),
            ("thigh_mm", "Thigh"),
        )
    )
    return tuple(Size(field=field, name=name, hint="", low=2, high=90, fold=True) for field, name in names)


def mass_kg(fields: Fields, units: Units) -> float | None:
    """Return a weight in kilograms; None and a problem when it cannot be."""
    if units == "metric":
        return fields.number("mass", "Weight", LEAST_KG, MOST_KG, "kg")
    value = fields.number("mass", "Weight", round(lb_from_kg(LEAST_KG)), round(lb_from_kg(MOST_KG)), "lb")
    return None if value is None else kg_from_lb(value)


def day_of(fields: Fields, today: date) -> date | None:
    """Return the day of a form, today when it says none; None and a problem when it is not one."""
    raw = fields.text("on")
    if not raw:
        return today
    try:
        on = date.fromisoformat(raw)
    except ValueError:
        fields.problems.append("The day is not a date in the calendar.")
        return None
    if on > today:
        fields.problems.append("This day is still to come.")
        return None
    return on


def measures(fields: Fields, units: Units, sex: str, on: date) -> BodyMeasures | None:
    """Return what was measured; None when nothing was, or when something cannot be."""
    read: dict[str, float] = {}
    for size in (*sizes(sex), *folds(sex)):
        value = _size(fields, size, units)
        if value is not None:
            read[size.field] = value
    percent = fields.number_or_none("body_fat", "Body fat", 3, 70, unit="%")
    if fields.problems:
        return None
    if not read and percent is None:
        fields.problems.append("Write at least one size.")
        return None
    return BodyMeasures(on=on, body_fat_share=None if percent is None else percent / 100, **read)


def _size(fields: Fields, size: Size, units: Units) -> float | None:
    if size.fold or units == "metric":
        unit = "mm" if size.fold else "cm"
        return fields.number_or_none(size.field, size.name, size.low, size.high, unit=unit)
    low, high = round(in_from_cm(size.low)), round(in_from_cm(size.high))
    value = fields.number_or_none(size.field, size.name, low, high, unit="in")
    return None if value is None else cm_from_in(value)


def shown_measures(kept: BodyMeasures, units: Units) -> Mapping[str, str]:
    """Return the sizes of a day as the person reads them, by name."""
    names = {
        "waist_cm": "waist",
        "hip_cm": "hips",
        "neck_cm": "neck",
        "chest_mm": "chest fold",
        "abdomen_mm": "abdomen fold",
        "thigh_mm": "thigh fold",
        "triceps_mm": "arm fold",
        "suprailiac_mm": "hip fold",
    }
    said: dict[str, str] = {}
    for field, name in names.items():
        value: float | None = getattr(kept, field)
        if value is None:
            continue
        if field.endswith("_mm"):
            said[name] = f"{value:g} mm"
        else:
            said[name] = f"{value:g} cm" if units == "metric" else f"{in_from_cm(value):.1f} in"
    if kept.body_fat_share is not None:
        said["body fat"] = f"{100 * kept.body_fat_share:g} %"
    return said
