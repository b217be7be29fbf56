"""The tables about eating. What was eaten keeps its own figures: a food that changes later rewrites no past."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Date, Double, Index, String, Table, Text, Uuid

from openback.model.eating import FoodWishes, MealWeek
from openback.model.nutrients import Known
from openback.storage.tables import metadata, whose_column, words_column
from openback.storage.types import Document, Instant

food_wishes: Final = Table(
    "food_wishes",
    metadata,
    whose_column(key=True),
    Column("wishes", Document(FoodWishes), nullable=False),
)

meal_week: Final = Table(
    "meal_week",
    metadata,
    whose_column(key=True),
    Column("starts_on", Date, primary_key=True),
    Column("planned_at", Instant, nullable=False),
    Column("week", Document(MealWeek), nullable=False),
)

shopping_tick: Final = Table(
    "shopping_tick",
    metadata,
    whose_column(key=True),
    Column("starts_on", Date, primary_key=True),
    Column("food", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
)

food_log: Final = Table(
    "food_log",
    metadata,
    whose_column(key=True),
    Column("id", Uuid, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("on", Date, nullable=False),
    Column("slot", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("food", Text),
    Column("recipe", Text),
    Column("mass_g", Double),
    Column("servings", Double),
    Column("portion", Text, nullable=False),
    Column("amounts", Document(dict[str, Known]), nullable=False),
    Column("fruit_vegetable_g", Double),
    words_column("kinds"),
    Column("planned", Boolean, nullable=False),
    Index(None, "person_id", "on"),
)

# The person's word that all of a day was logged, or that it was not.
food_day: Final = Table(
    "food_day",
    metadata,
    whose_column(key=True),
    Column("on", Date, primary_key=True),
    Column("complete", Boolean, nullable=False),
)

favourite_food: Final = Table(
    "favourite_food",
    metadata,
    whose_column(key=True),
    Column("key", Text, primary_key=True),  # the id of a food or of a recipe
)

body_measure: Final = Table(
    "body_measure",
    metadata,
    whose_column(key=True),
    Column("on", Date, primary_key=True),
    Column("neck_cm", Double),
    Column("waist_cm", Double),
    Column("hip_cm", Double),
    Column("triceps_mm", Double),
    Column("suprailiac_mm", Double),
    Column("thigh_mm", Double),
    Column("chest_mm", Double),
    Column("abdomen_mm", Double),
    Column("body_fat_share", Double),
)
