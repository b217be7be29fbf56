"""What a dish is made of as a plate: shares of its parts by weight, and where each begins on the rim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from openback.model.food import FoodGroup

# What a plate is made of, in the order in which it is drawn; groups that are in none are seasoning.
PARTS: Final[tuple[tuple[str, str, frozenset[FoodGroup]], ...]] = (
    ("plants", "Fruit and vegetables", frozenset({"fruit", "vegetable"})),
    (
        "protein",
        "Beans, fish, eggs and meat",
        frozenset(
            {"legume", "soy", "lean_protein", "red_meat", "processed_meat", "fish", "oily_fish", "egg"}
        ),
    ),
    ("grain", "Grains and potatoes", frozenset({"starchy_vegetable", "whole_grain", "refined_grain"})),
    ("dairy", "Dairy and plant drinks", frozenset({"dairy", "plant_drink"})),
    ("nuts", "Nuts, seeds and oils", frozenset({"nuts_seeds", "oil", "spread"})),
)
SMALLEST: Final = 0.01  # of the plate: a smaller part is not drawn
GAP: Final = 1.5  # per cent of the rim between two parts
LEAST_DRAWN: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a plate: from `start` on, `percent` of the rim."""

    id: str
    name: str
    start: float
    percent: float

    @property
    def drawn(self) -> float:
        """How much of the rim its line takes: a hair less, so that parts stand apart; a whole plate is closed."""
        return self.percent if self.percent > 100 - GAP else max(self.percent - GAP, LEAST_DRAWN)


def plate_of(groups_g: Mapping[FoodGroup, float]) -> tuple[Part, ...]:
    """Return the parts of a plate by the weight of its food groups; none where nothing of them is in it."""
    masses = [
        (id_, name, sum(groups_g.get(group, 0.0) for group in sorted(groups))) for id_, name, groups in PARTS
    ]
    total = sum(mass for _, _, mass in masses)
    parts: list[Part] = []
    at = 0.0
    for id_, name, mass in masses:
        if total <= 0 or mass / total < SMALLEST:
            continue
        percent = 100 * mass / total
        parts.append(Part(id=id_, name=name, start=round(at, 2), percent=round(percent, 2)))
        at += percent
    return tuple(parts)
