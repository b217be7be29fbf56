"""The kit of a kitchen, the aisles of a shop and the names of the food groups, as the data files have them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from openback.datafile import read_table
from openback.model.food import FoodGroup, KitchenItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """How foods are counted: the numbers of data/foods/counting.toml.

    `same_kind` maps a food to the one whose kind it is: tinned tomatoes are tomatoes.
    """

    kind_from_g: float
    unknown_kcal_per_g: float
    dear_share: float
    same_kind: Mapping[str, str]


@cache
def load_counting() -> Counting:
    """Return how foods are counted."""
    table = read_table("foods/counting.toml")
    count, same = table.table("count"), table.table("same_kind")
    counting = Counting(
        kind_from_g=count.number("kind_from_g"),
        unknown_kcal_per_g=count.number("unknown_kcal_per_g"),
        dear_share=count.number("dear_share"),
        same_kind=MappingProxyType({key: same.text(key) for key in same.keys()}),  # noqa: SIM118 - not a mapping
    )
    table.settle()
    return counting


@cache
def load_kitchen() -> Mapping[str, KitchenItem]:
    """Return the pieces of kit by id, in the order in which they are asked for."""
    table = read_table("foods/kitchen.toml")
    items = {}
    for key in table.keys():  # noqa: SIM118 - not a mapping
        entry = table.table(key)
        items[key] = KitchenItem(
            id=key,
            name=entry.text("name"),
            hint=entry.text("hint"),
            usual=entry.flag("usual"),
            implies=entry.words("implies"),
        )
    table.settle()
    return MappingProxyType(items)


def kit_of(kit: Collection[str] | None) -> frozenset[str]:
    """Return `kit` with all that comes with it; None stands for a usual kitchen."""
    kitchen = load_kitchen()
    waiting = [item.id for item in kitchen.values() if item.usual] if kit is None else list(kit)
    found: set[str] = set()
    while waiting:
        item_id = waiting.pop()
        if item_id not in found:
            found.add(item_id)
            waiting += kitchen[item_id].implies if item_id in kitchen else ()
    return frozenset(found)


@cache
def load_aisles() -> tuple[str, ...]:
    """Return the aisles of a shop in the order in which one walks through them."""
    table = read_table("foods/aisles.toml")
    aisles = table.words("aisles")
    table.settle()
    return aisles


@cache
def load_groups() -> Mapping[FoodGroup, str]:
    """Return what each food group is called."""
    table = read_table("foods/groups.toml")
    names = {cast(FoodGroup, key): table.text(key) for key in table.keys()}  # noqa: SIM118 - not a mapping
    table.settle()
    return MappingProxyType(names)
