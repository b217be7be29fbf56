"""What is remembered about eating, as it lies in the database and in an archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from openback.model.eating import BodyMeasures, FoodLog, FoodWishes, MealWeek
from openback.model.food import Food


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWeek:
    """A week of meals in the database, by the Monday it starts on."""

    starts_on: date
    planned_at: datetime
    week: MealWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWishes:
    """What somebody said about eating."""

    wishes: FoodWishes


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoppingTick:
    """A line of a week's shopping list that is in the basket."""

    starts_on: date
    food: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodDay:
    """The person's word on whether all of a day was logged."""

    on: date
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FavouriteFood:
    """A food or recipe that was starred; `key` is its id."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EatingHistory:
    """All of it, each part oldest first."""

    wishes: FoodWishes | None = None
    entries: tuple[FoodLog, ...] = ()
    weeks: tuple[KeptWeek, ...] = ()
    days: tuple[FoodDay, ...] = ()
    favourites: tuple[FavouriteFood, ...] = ()
    measures: tuple[BodyMeasures, ...] = ()
    ticks: tuple[ShoppingTick, ...] = ()
    own_foods: tuple[Food, ...] = ()

    @property
    def rows(self) -> int:
        """How many records it holds."""
        lists = (
            self.entries,
            self.weeks,
            self.days,
            self.favourites,
            self.measures,
            self.ticks,
            self.own_foods,
        )
        return sum(map(len, lists)) + (self.wishes is not None)
