"""What the API about eating takes: checked for shape here, for sense by the use cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from openback.model.eating import BodyMeasures
from openback.model.food import Slot

Key = Annotated[str, Field(max_length=100)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class WeekIn(_In):
    """The week to plan: any day of it, this week without."""

    monday: date | None = None


class MealIn(_In):
    """A planned meal: its day and slot; its recipe where a snack has two dishes."""

    on: date
    slot: Slot
    recipe: Key | None = None


class SwapMealIn(MealIn):
    """A planned meal, and the recipe to eat instead."""

    to: Key


class ServingsIn(MealIn):
    """A planned meal, and how many servings of it."""

    servings: float


class PinIn(MealIn):
    """A planned meal, and whether it stays when the week is planned anew."""

    pinned: bool = True


class TickMealIn(MealIn):
    """A planned meal, and whether it was eaten."""

    eaten: bool = True


class TickIn(_In):
    """Whether a line of the shopping list is in the basket."""

    done: bool


class EntryIn(_In):
    """Something eaten: so many grams of a food, or servings of a recipe."""

    on: date
    slot: Slot
    food: Annotated[str, Field(max_length=100)] | None = None
    recipe: Key | None = None
    mass_g: float | None = None
    servings: float | None = None
    portion: Annotated[str, Field(max_length=80)] = ""


class EntryChangeIn(_In):
    """What is different about an entry."""

    slot: Slot | None = None
    mass_g: float | None = None
    servings: float | None = None
    portion: Annotated[str, Field(max_length=80)] | None = None


class CopyIn(_In):
    """The day to copy from."""

    from_: date = Field(alias="from")


class CompleteIn(_In):
    """Whether all of a day was logged; null when that is not said."""

    complete: bool | None


class StarIn(_In):
    """Whether a food or recipe is a favourite."""

    starred: bool


class LikingIn(_In):
    """Whether a recipe is liked."""

    liking: Literal["like", "dislike", "neither"]


class MassIn(_In):
    """A body mass; `at` is aware, now without."""

    mass_kg: float
    at: datetime | None = None


class MeasuresIn(_In):
    """Sizes of a body, null what was not measured: lengths in cm, skinfolds in mm, body fat as a share of 1."""

    neck_cm: float | None = None
    waist_cm: float | None = None
    hip_cm: float | None = None
    triceps_mm: float | None = None
    suprailiac_mm: float | None = None
    thigh_mm: float | None = None
    chest_mm: float | None = None
    abdomen_mm: float | None = None
    body_fat_share: float | None = None

    def value(self, on: date) -> BodyMeasures:
        """Return the frozen value."""
        return BodyMeasures(on=on, **self.model_dump())
