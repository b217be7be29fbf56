"""The numbers and questions of `data/food_safety.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from openback.datafile import Table, read_table

Effect = Literal["stop", "note"]
AskedIf = Literal["always", "female"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodQuestion:
    """One question about eating safely; `note` is what is told where nobody wants to be leaner."""

    id: str
    text: str
    effect: Effect
    asked_if: AskedIf
    reason: str
    see: str
    note: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNumbers:
    """Floors, rates and what a history must show, as `data/food_safety.toml` explains them."""

    female_kcal: float
    male_kcal: float
    availability_kcal_per_kg: float
    most_share_per_week: float
    most_gain_share_per_week: float
    most_deficit_kcal: float
    least_deficit_kcal: float
    surplus_kcal: tuple[float, float]
    least_bmi: float
    weeks: int
    share_per_week: float
    weights_per_week: int
    availability_days: int
    logged_days: int
    mass_kg: tuple[float, float]
    most_jump_share: float
    jump_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodSafety:
    """All of the file."""

    numbers: SafetyNumbers
    questions: tuple[FoodQuestion, ...]


def _question(table: Table) -> FoodQuestion:
    effect, asked_if = table.text("effect"), table.text("asked_if")
    for key, value, allowed in (
        ("effect", effect, get_args(Effect)),
        ("asked_if", asked_if, get_args(AskedIf)),
    ):
        if value not in allowed:
            table.note(key, f"is {value!r}, it must be one of {', '.join(allowed)}")
    return FoodQuestion(
        id=table.text("id"),
        text=table.text("text"),
        effect=cast(Effect, effect),
        asked_if=cast(AskedIf, asked_if),
        reason=table.text("reason"),
        see=table.text("see"),
        note=table.text("note"),
        source=table.text("source"),
    )


def _numbers(root: Table) -> SafetyNumbers:
    floor, rate = root.table("floor"), root.table("rate")
    history, weight = root.table("history"), root.table("weight")
    return SafetyNumbers(
        female_kcal=floor.number("female_kcal"),
        male_kcal=floor.number("male_kcal"),
        availability_kcal_per_kg=floor.number("availability_kcal_per_kg"),
        most_share_per_week=rate.number("most_share_per_week"),
        most_gain_share_per_week=rate.number("most_gain_share_per_week"),
        most_deficit_kcal=rate.number("most_deficit_kcal"),
        least_deficit_kcal=rate.number("least_deficit_kcal"),
        surplus_kcal=rate.span("surplus_kcal"),
        least_bmi=rate.number("least_bmi"),
        weeks=history.whole("weeks"),
        share_per_week=history.number("share_per_week"),
        weights_per_week=history.whole("weights_per_week"),
        availability_days=history.whole("availability_days"),
        logged_days=history.whole("logged_days"),
        mass_kg=weight.span("kg"),
        most_jump_share=weight.number("most_jump_share"),
        jump_days=weight.whole("jump_days"),
    )


def safety_from(text: str | None = None) -> FoodSafety:
    """Return what is written in `text` (in `data/food_safety.toml` when None); BadDataFile with every problem."""
    root = read_table("food_safety.toml", text)
    safety = FoodSafety(
        numbers=_numbers(root),
        questions=tuple(_question(table) for table in root.tables("question")),
    )
    root.settle()
    return safety


@cache
def food_safety() -> FoodSafety:
    """Return `data/food_safety.toml`; raise BadDataFile with every problem of it."""
    return safety_from()
