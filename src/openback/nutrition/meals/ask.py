"""What the planner of meals is asked, and which dishes may come where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from openback.model.eating import FoodTargets, FoodWishes, Meal
from openback.model.food import Dish, Food, Slot
from openback.nutrition.diets import allowed
from openback.nutrition.kitchen import kit_of

DAYS: Final = 7
WEEKEND: Final = (5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class MealAsk:
    """A week of meals to plan: what there is, what the person needs and wishes, and what stays.

    `kept` meals come as they are; `recent` are recipes of the weeks before, which are better left alone for a while.
    `refused` are recipes that do not come in a slot of a day, since others are asked for.
    `pregnant` leaves out what is to be avoided then. `time_limit_s` is a safety net: searches end by branches.
    """

    dishes: Mapping[str, Dish]
    foods: Mapping[str, Food]
    targets: FoodTargets
    wishes: FoodWishes
    starts_on: date
    kept: tuple[Meal, ...] = ()
    recent: tuple[str, ...] = ()
    refused: frozenset[tuple[date, Slot, str]] = frozenset()
    pregnant: bool = False
    time_limit_s: float = 10.0

    def on(self, day: int) -> date:
        """Return the date of a day of the week, 0 to 6."""
        return self.starts_on + timedelta(days=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A reason for which a dish does not come in a slot of a weekday; `title` follows "after"."""

    name: str
    title: str
    says: str
    keeps: Callable[[MealAsk, Dish, Slot, int], bool]


def _slot(_ask: MealAsk, dish: Dish, slot: Slot, _weekday: int) -> bool:
    return slot in dish.recipe.slots


def _diet(ask: MealAsk, dish: Dish, _slot: Slot, _weekday: int) -> bool:
    return allowed(dish.tags, ask.wishes) is None


def _kit(ask: MealAsk, dish: Dish, _slot: Slot, _weekday: int) -> bool:
    return dish.recipe.kit <= kit_of(ask.wishes.kit)


def _pregnancy(ask: MealAsk, dish: Dish, _slot: Slot, _weekday: int) -> bool:
    return not (ask.pregnant and dish.cautions)


def _to_take(_ask: MealAsk, dish: Dish, slot: Slot, weekday: int) -> bool:
    return slot != "lunch" or weekday in WEEKEND or dish.recipe.portable


FILTERS: Final[tuple[Filter, ...]] = (
    Filter(name="slot", title="the recipes there are", says="A recipe comes where it belongs.", keeps=_slot),
    Filter(
        name="diet",
        title="your diet and allergies",
        says="Nothing comes that the diet forbids or an allergy could meet, or of which that is not known.",
        keeps=_diet,
    ),
    Filter(
        name="pregnancy",
        title="what pregnancy leaves out",
        says="In pregnancy no dish comes that asks for care then.",
        keeps=_pregnancy,
    ),
    Filter(
        name="kit", title="your kitchen", says="A recipe comes where the kitchen has its kit.", keeps=_kit
    ),
    Filter(
        name="to_take",
        title="what can be taken to work",
        says="On weekdays lunch is something that travels in a box.",
        keeps=_to_take,
    ),
)


def candidates(ask: MealAsk, slot: Slot, weekday: int, *, without: str = "") -> tuple[str, ...]:
    """Return the dishes that may come, in the order of the book; `without` names a filter that is left out."""
    kept = [f for f in FILTERS if f.name != without]
    return tuple(
        dish_id
        for dish_id, dish in ask.dishes.items()
        if all(f.keeps(ask, dish, slot, weekday) for f in kept)
    )


def guilty(ask: MealAsk, slot: Slot, weekday: int) -> Iterator[Filter]:
    """Yield a smallest set of filters that together leave nothing for a slot, found by leaving one out at a time."""
    left = list(FILTERS)
    for one in FILTERS:
        fewer = [f for f in left if f is not one]
        if not any(all(f.keeps(ask, d, slot, weekday) for f in fewer) for d in ask.dishes.values()):
            left = fewer
    yield from left
