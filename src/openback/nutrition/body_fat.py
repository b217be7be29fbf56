"""Body fat by several estimates side by side, each with the error it is known for. Evidence 7.3.

Lengths are in cm, skinfolds in mm, mass in kg; body fat is in per cent of body mass. An estimate whose measures are
missing, or lie where its formula makes no sense, is not there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from statistics import mean, median
from typing import Final

from openback.datafile import Table, read_table
from openback.model.eating import BodyMeasures
from openback.model.person import Person
from openback.nutrition.energy import Body
from openback.nutrition.energy_data import BodySex

_SANE_PERCENT: Final = (2.0, 70.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFat:
    """One estimate: `error` is the standard error of one person's estimate, in the same per cent."""

    name: str
    percent: float
    error: float
    note: str
    source: str


# --- Formulas ---------------------------------------------------------------------------------------


def navy_percent(sex: BodySex, *, height_cm: float, waist_cm: float, neck_cm: float, hip_cm: float) -> float:
    """Return body fat by the tape of the US Navy; `hip_cm` counts for women only. Hodgdon and Beckett 1984."""
    if sex == "female":
        around, tall = math.log10(waist_cm + hip_cm - neck_cm), math.log10(height_cm)
        return siri_percent(1.29579 - 0.35004 * around + 0.22100 * tall)
    return siri_percent(1.0324 - 0.19077 * math.log10(waist_cm - neck_cm) + 0.15456 * math.log10(height_cm))


def navy_inch_percent(
    sex: BodySex, *, height_in: float, waist_in: float, neck_in: float, hip_in: float
) -> float:
    """Return the same by the form in inches, which differs by 0.1 to 0.3 points."""
    tall = math.log10(height_in)
    if sex == "female":
        return 163.205 * math.log10(waist_in + hip_in - neck_in) - 97.684 * tall - 78.387
    return 86.010 * math.log10(waist_in - neck_in) - 70.041 * tall + 36.76


def skinfold_density(sex: BodySex, *, sum_mm: float, age_years: float) -> float:
    """Return body density from three skinfolds, g for each mL. Jackson and Pollock 1978 and 1980."""
    if sex == "female":
        return 1.0994921 - 0.0009929 * sum_mm + 0.0000023 * sum_mm**2 - 0.0001392 * age_years
    return 1.10938 - 0.0008267 * sum_mm + 0.0000016 * sum_mm**2 - 0.0002574 * age_years


def siri_percent(density: float) -> float:
    """Return body fat of a body density by Siri."""
    return 495 / density - 450


def brozek_percent(density: float) -> float:
    """Return body fat of a body density by Brozek."""
    return 457 / density - 414.2


def rfm_percent(sex: BodySex, *, height_cm: float, waist_cm: float) -> float:
    """Return the relative fat mass: 76 (women) or 64 (men) - 20 * height / waist. Woolcott 2018."""
    return (76 if sex == "female" else 64) - 20 * height_cm / waist_cm


def deurenberg_percent(sex: BodySex, *, bmi: float, age_years: float) -> float:
    """Return body fat from the body mass index and age. Deurenberg 1991."""
    return 1.20 * bmi + 0.23 * age_years - 10.8 * (sex == "male") - 5.4


def gallagher_percent(sex: BodySex, *, bmi: float, age_years: float) -> float:
    """Return body fat from the body mass index and age, for people not of Asian descent. Gallagher 2000."""
    male = sex == "male"
    base = 64.5 - 848 / bmi + 0.079 * age_years
    return base + male * (-16.4 + 0.05 * age_years + 39.0 / bmi)


def cun_bae_percent(sex: BodySex, *, bmi: float, age_years: float) -> float:
    """Return body fat from the body mass index and age. Gomez-Ambrosi 2012."""
    female = sex == "female"
    return (
        -44.988
        + 0.503 * age_years
        + 10.689 * female
        + 3.172 * bmi
        - 0.026 * bmi**2
        + 0.181 * bmi * female
        - 0.02 * bmi * age_years
        - 0.005 * bmi**2 * female
        + 0.00021 * bmi**2 * age_years
    )


def hall_percent(sex: BodySex, *, bmi: float, age_years: float) -> float:
    """Return body fat from the body mass index and age, as the dynamic model starts. Jackson 2002."""
    slope, base = (39.96, -102.01) if sex == "female" else (37.31, -103.94)
    return 0.14 * age_years + slope * math.log(bmi) + base


# --- Side by side -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    body: Body
    measures: BodyMeasures | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Method:
    """`percent` returns None where its measures are missing."""

    name: str
    source: str
    error: float
    note: str
    percent: Callable[[BodySex, _Case], float | None]


def _navy(sex: BodySex, case: _Case) -> float | None:
    tape = case.measures
    if tape is None or tape.waist_cm is None or tape.neck_cm is None or (sex == "female" and not tape.hip_cm):
        return None
    hip_cm = tape.hip_cm or 0.0
    around_cm = tape.waist_cm - tape.neck_cm + (hip_cm if sex == "female" else 0.0)
    if around_cm <= 0:
        return None
    return navy_percent(
        sex,
        height_cm=case.body.height_cm,
        waist_cm=tape.waist_cm,
        neck_cm=tape.neck_cm,
        hip_cm=hip_cm,
    )


def _rfm(sex: BodySex, case: _Case) -> float | None:
    waist_cm = case.measures and case.measures.waist_cm
    return rfm_percent(sex, height_cm=case.body.height_cm, waist_cm=waist_cm) if waist_cm else None


def _skinfold(sex: BodySex, case: _Case) -> float | None:
    folds = _folds_mm(sex, case.measures)
    known = [fold for fold in folds if fold is not None]
    if len(known) < 3:
        return None
    density = skinfold_density(sex, sum_mm=sum(known), age_years=case.body.age_years)
    return siri_percent(density)


def _folds_mm(sex: BodySex, measures: BodyMeasures | None) -> tuple[float | None, ...]:
    if measures is None:
        return ()
    if sex == "female":
        return measures.triceps_mm, measures.suprailiac_mm, measures.thigh_mm
    return measures.chest_mm, measures.abdomen_mm, measures.thigh_mm


def _by_bmi(formula: Callable[..., float]) -> Callable[[BodySex, _Case], float | None]:
    def percent(sex: BodySex, case: _Case) -> float | None:
        return formula(sex, bmi=case.body.bmi, age_years=case.body.age_years)

    return percent


_TAPE = "Tape around neck, waist and, for women, hip."
_BMI = "From height, weight and age alone: muscle counts as fat."
METHODS: Final[tuple[_Method, ...]] = (
    _Method(name="US Navy tape", source="hodgdon_1984", error=3.7, note=_TAPE, percent=_navy),
    _Method(
        name="Relative fat mass",
        source="woolcott_2018",
        error=4.0,
        note="Height and waist only.",
        percent=_rfm,
    ),
    _Method(
        name="Three skinfolds",
        source="jackson_pollock_1980",
        error=3.8,
        note="Depends much on who pinches.",
        percent=_skinfold,
    ),
    _Method(
        name="Deurenberg",
        source="deurenberg_1991",
        error=4.1,
        note=_BMI,
        percent=_by_bmi(deurenberg_percent),
    ),
    _Method(
        name="Gallagher",
        source="gallagher_2000",
        error=4.1,
        note=f"{_BMI} Not fitted on people of Asian descent.",
        percent=_by_bmi(gallagher_percent),
    ),
    _Method(
        name="CUN-BAE",
        source="gomez_ambrosi_2012",
        error=4.7,
        note=_BMI,
        percent=_by_bmi(cun_bae_percent),
    ),
    _Method(
        name="Jackson",
        source="jackson_2002",
        error=4.6,
        note=f"{_BMI} The weight forecast starts from it.",
        percent=_by_bmi(hall_percent),
    ),
)


def body_fat_estimates(
    person: Person,
    measures: BodyMeasures | None,
    *,
    today: date,
    mass_kg: float | None = None,
) -> tuple[BodyFat, ...]:
    """Return every estimate that can be made, what was measured itself first.

    Where sex was not said, each is the mean of both sexes' formulas, and its error includes what lies between them.
    """
    body = body_of(person, today=today, mass_kg=mass_kg)
    case = _Case(body=body, measures=measures)
    found = [*_measured(measures), *(one for method in METHODS for one in _estimate(method, case))]
    return tuple(one for one in found if _SANE_PERCENT[0] <= one.percent <= _SANE_PERCENT[1])


def _measured(measures: BodyMeasures | None) -> Iterator[BodyFat]:
    if measures is not None and measures.body_fat_share is not None:
        yield BodyFat(
            name="As you measured it",
            percent=100 * measures.body_fat_share,
            error=3.0,
            note="A scan is surer than a scale that sends a current.",
            source="",
        )


def _estimate(method: _Method, case: _Case) -> Iterator[BodyFat]:
    values = [method.percent(sex, case) for sex in case.body.sexes]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return
    apart = (max(known) - min(known)) / 2
    yield BodyFat(
        name=method.name,
        percent=mean(known),
        error=math.hypot(method.error, apart),
        note=method.note,
        source=method.source,
    )


def body_of(person: Person, *, today: date, mass_kg: float | None = None) -> Body:
    """Return what the equations ask for of a person."""
    return Body(
        sex=person.sex,
        age_years=person.age_years(today),
        height_cm=person.height_cm,
        mass_kg=person.mass_kg if mass_kg is None else mass_kg,
    )


def lean_kg(body: Body, body_fat_share: float | None = None) -> float:
    """Return the fat-free mass: from the share that was measured, else the median of the estimates by size.

    Where sex was not said, it is that of a man: more lean mass asks for more energy, which is the safer side.
    """
    if body_fat_share is None:
        formulas = (deurenberg_percent, gallagher_percent, cun_bae_percent, hall_percent)
        by_sex = [
            median(formula(sex, bmi=body.bmi, age_years=body.age_years) for formula in formulas)
            for sex in body.sexes
        ]
        low, high = _SANE_PERCENT
        body_fat_share = min(max(min(by_sex), low), high) / 100
    return body.mass_kg * (1 - body_fat_share)


# --- Ranges -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges:
    """Healthy body fat in per cent (from, below) and the waists in cm above which risk is higher, and high."""

    body_fat_percent: tuple[float, float]
    waist_cm: tuple[float, float]
    waist_to_height_cm: float


def healthy_ranges(body: Body) -> Ranges:
    """Return the ranges for this body; where sex was not said, the span over both."""
    found = [_ranges()[sex] for sex in body.sexes]
    fat = [
        max((row for row in rows if row[0] <= max(body.age_years, 18)), key=lambda row: row[0])[1]
        for rows, _ in found
    ]
    waist = [limits for _, limits in found]
    return Ranges(
        body_fat_percent=(min(low for low, _ in fat), max(high for _, high in fat)),
        waist_cm=(min(low for low, _ in waist), min(high for _, high in waist)),
        waist_to_height_cm=_waist_share() * body.height_cm,
    )


@cache
def _ranges() -> dict[BodySex, tuple[tuple[tuple[float, tuple[float, float]], ...], tuple[float, float]]]:
    root = read_table("body_fat.toml")
    healthy, waist = root.table("healthy"), root.table("waist")
    sexes: tuple[BodySex, ...] = ("female", "male")
    found = {sex: (_rows(healthy, sex), waist.span(sex)) for sex in sexes}
    root.settle()
    return found


def _rows(table: Table, sex: BodySex) -> tuple[tuple[float, tuple[float, float]], ...]:
    return tuple((row.number("from_years"), row.span("healthy")) for row in table.tables(sex))


@cache
def _waist_share() -> float:
    root = read_table("body_fat.toml")
    share = root.table("waist").number("height_share")
    root.settle()
    return share
