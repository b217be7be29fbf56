"""What data/foods/import.toml says: which figure is which nutrient, what cannot be, which group a food is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, cast, get_args

from openback.datafile import Table, read_table
from openback.model.food import FoodGroup
from openback.model.nutrients import NUTRIENT
from openback.model.words import words_of

FILE: Final = "foods/import.toml"
GROUPS: Final[frozenset[str]] = frozenset(get_args(FoodGroup))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Columns of Open Food Facts that have a nutrient, the first filled one counts, and the factor to our unit."""

    names: tuple[str, ...]
    times: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Nutrient ids of FoodData Central: the first of each group that is there; the groups are added."""

    groups: tuple[tuple[int, ...], ...]
    times: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """When figures do not fit each other."""

    most_macros_g: float
    whole_spare_g: float
    energy_from_kcal: float
    energy_ratio: tuple[float, float]
    kilojoule_ratio: tuple[float, float]
    kilocalorie_ratio: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRule:
    """A group, and what the category and the name of its foods have in them; empty fits all."""

    group: FoodGroup
    category: tuple[str, ...]
    name: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """The whole file."""

    usda: Mapping[str, Figure]
    usda_kj: tuple[int, ...]
    usda_categories: Mapping[str, str]
    off: Mapping[str, Column]
    most: Mapping[str, float]
    fit: Fit
    rules: tuple[GroupRule, ...]


@cache
def mapping() -> Mapped:
    """Return what the file says. Raises BadDataFile with every problem at once."""
    return mapping_of(read_table(FILE))


def mapping_of(root: Table) -> Mapped:
    """Return what a table of that form says. Raises BadDataFile."""
    usda, off, most = root.table("usda"), root.table("off"), root.numbers("most")
    categories, fit = root.table("usda_categories"), root.table("fit")
    for table in (usda, off):
        for key in table.keys():  # noqa: SIM118 - not a mapping
            if key not in NUTRIENT:
                table.note(key, "is no nutrient")
    found = Mapped(
        usda={key: _figure(usda.table(key)) for key in usda.keys()},  # noqa: SIM118
        usda_kj=root.table("usda_kj").whole_numbers("ids"),
        usda_categories={key: categories.text(key) for key in categories.keys()},  # noqa: SIM118
        off={key: _column(off.table(key)) for key in off.keys()},  # noqa: SIM118
        most={key: most.get(key, 100.0) for key in NUTRIENT},
        fit=Fit(
            most_macros_g=fit.number("most_macros_g"),
            whole_spare_g=fit.number("whole_spare_g"),
            energy_from_kcal=fit.number("energy_from_kcal"),
            energy_ratio=fit.span("energy_ratio"),
            kilojoule_ratio=fit.span("kilojoule_ratio"),
            kilocalorie_ratio=fit.span("kilocalorie_ratio"),
        ),
        rules=tuple(_rule(one) for one in root.tables("group")),
    )
    root.settle()
    return found


def _figure(table: Table) -> Figure:
    groups = (table.whole_numbers("ids"), table.whole_numbers("and_ids"))
    return Figure(groups=tuple(group for group in groups if group), times=_times(table))


def _column(table: Table) -> Column:
    return Column(names=table.words("columns"), times=_times(table))


def _times(table: Table) -> float:
    return table.number("times") if "times" in table.keys() else 1.0  # noqa: SIM118


def _rule(table: Table) -> GroupRule:
    group = table.text("is")
    if group not in GROUPS:
        table.note("is", "is no group of foods")
    return GroupRule(group=cast(FoodGroup, group), category=table.words("category"), name=table.words("name"))


@lru_cache(maxsize=4096)
def _rules_of(category: str) -> tuple[GroupRule, ...]:
    lowered = category.lower()
    return tuple(one for one in mapping().rules if any(_says(lowered, word) for word in one.category))


def _says(category: str, word: str) -> bool:
    return category == word[1:] if word.startswith("=") else word in category


def group_of(category: str, name: str) -> FoodGroup:
    """Return the group of a food by what its table says of it: `other` when that says nothing."""
    rules = _rules_of(category)
    words = words_of(name) if any(one.name for one in rules) else ()
    for rule in rules:
        if not rule.name or any(word.startswith(rule.name) for word in words):
            return rule.group
    return "other"
