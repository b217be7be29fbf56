"""The numbers of `data/diet.toml` and the reference intakes of `data/dri.csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from openback.datafile import Table, read_table
from openback.errors import BadDataFile
from openback.model.nutrients import NUTRIENT
from openback.nutrition.energy_data import BodySex

Kind = Literal["RDA", "AI"]
# What the upper limit is a limit of: everything eaten, supplements and fortified food only, retinol (a part of
# vitamin A), or the intake above which the risk of disease falls when it is lowered.
MostCounts = Literal["food", "supplements", "retinol", "disease"]
_AGES: Final = (19, 31, 51, 71)  # a band holds from this age on
_MOTHER_AGES: Final = (19, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The reference intake of one nutrient a day, in its unit, and its upper limit where there is one."""

    nutrient: str
    kind: Kind
    by_age: Mapping[BodySex, Mapping[int, float]]
    pregnant: Mapping[int, float]
    lactating: Mapping[int, float]
    most_by_age: Mapping[int, float]  # empty: no upper limit is set
    most_pregnant: float | None
    most_counts: MostCounts | None
    source: str


def references_from(text: str | None = None) -> Mapping[str, Reference]:
    """Return nutrient -> reference of `text` (of `data/dri.csv` when None); BadDataFile with every problem."""
    if text is None:
        text = files("openback").joinpath("data", "dri.csv").read_text(encoding="utf-8")
    problems: list[str] = []
    found: dict[str, Reference] = {}
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        try:
            found[row["nutrient"]] = _reference(row)
        except (KeyError, TypeError, ValueError) as error:
            problems.append(f"line {number} cannot be read: {error}")
            continue
        problems += [f"line {number} {problem}" for problem in _problems(row)]
    if problems or not found:
        raise BadDataFile("dri.csv", problems or ["there is no row"])
    return found


def _reference(row: Mapping[str, str]) -> Reference:
    columns: tuple[tuple[BodySex, str], ...] = (("female", "f"), ("male", "m"))
    most = {age: row[f"most_{age}"] for age in (19, 51, 71)}
    counts: dict[str, MostCounts] = {
        "food": "food",
        "supplements": "supplements",
        "retinol": "retinol",
        "disease": "disease",
    }
    kinds: dict[str, Kind] = {"RDA": "RDA", "AI": "AI"}
    return Reference(
        nutrient=row["nutrient"],
        kind=kinds[row["kind"]],
        by_age={sex: {age: float(row[f"{letter}_{age}"]) for age in _AGES} for sex, letter in columns},
        pregnant={age: float(row[f"pregnant_{age}"]) for age in _MOTHER_AGES},
        lactating={age: float(row[f"lactating_{age}"]) for age in _MOTHER_AGES},
        most_by_age={age: float(value) for age, value in most.items() if value},
        most_pregnant=float(row["most_pregnant"]) if row["most_pregnant"] else None,
        most_counts=counts[row["most_counts"]] if row["most_counts"] else None,
        source=row["source"],
    )


def _problems(row: Mapping[str, str]) -> Iterator[str]:
    known = NUTRIENT.get(row["nutrient"])
    if known is None:
        yield f"names {row['nutrient']}, which is no nutrient that Openback knows"
    elif known.unit != row["unit"]:
        yield f"gives {row['nutrient']} in {row['unit']}, it must be in {known.unit}"


@cache
def references() -> Mapping[str, Reference]:
    """Return `data/dri.csv`; raise BadDataFile with every problem of it."""
    return references_from()


@cache
def diet() -> Table:
    """Return `data/diet.toml`, whose numbers `diet_number` and `diet_span` read."""
    return read_table("diet.toml")


@cache
def diet_number(table: str, key: str) -> float:
    """Return one number of `data/diet.toml`; raise BadDataFile when it is not there."""
    value = diet().table(table).number(key)
    diet().settle()
    return value


@cache
def diet_span(table: str, key: str) -> tuple[float, float]:
    """Return a lower and an upper number of `data/diet.toml`; raise BadDataFile when they are not there."""
    value = diet().table(table).span(key)
    diet().settle()
    return value
