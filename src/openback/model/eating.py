"""What somebody wants to eat and why: wishes, targets, a week of meals, and the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from openback.model.food import Price, Slot
from openback.model.nutrients import Totals

FoodGoal = Literal["leaner", "same", "more_muscle"]
Diet = Literal["omnivore", "pescatarian", "vegetarian", "vegan", "halal", "kosher"]
Allergy = Literal[
    "gluten",
    "lactose",
    "milk",
    "egg",
    "nuts",
    "peanut",
    "sesame",
    "soy",
    "fish",
    "shellfish",
    "mustard",
    "celery",
]
Activity = Literal["inactive", "low_active", "active", "very_active"]
PlanStatus = Literal["planned", "stopped", "impossible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodWishes:
    """What somebody said about eating.

    `cooking_minutes` are hands-on minutes by weekday, 0 Monday to 6 Sunday; a missing day has the usual 30.
    `likes` and `dislikes` are ids of foods, recipes, or groups. `target_mass_kg` with `target_on` is where they want
    to be and when; the safe rate holds whatever they say. `warnings` answers the questions of data/food_safety.toml,
    yes or no. `pantry_g` is what is at home, by food id.
    """

    goal: FoodGoal = "same"
    diet: Diet = "omnivore"
    also_diets: frozenset[Diet] = frozenset()  # rules of faith that hold beside the diet
    allergies: frozenset[Allergy] = frozenset()
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    cooking_minutes: Mapping[int, int] = field(default_factory=dict)
    price: Price = "mid"
    kit: frozenset[str] | None = None  # None: a usual kitchen
    activity: Activity | None = None  # None: worked out from the desk job and the training days
    meals: tuple[Slot, ...] = ("breakfast", "lunch", "dinner", "snack")
    eaters: int = 1  # for how many the shopping list is
    target_mass_kg: float | None = None
    target_on: date | None = None
    lactating: bool = False
    smoker: bool = False
    tracks_cycle: bool = False
    cycle_starts: tuple[date, ...] = ()
    body_fat_share: float | None = None  # 0 to 1, when it was measured
    warnings: Mapping[str, bool] = field(default_factory=dict)
    pantry_g: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How much of a nutrient a day: between `low` and `high`, either None where there is no such bound.

    `why` says in a sentence where it comes from, for this person; `source` is a key of data/sources.toml.
    `hard` says that `high` is an upper limit for safety, which no plan goes beyond; every other bound is reached as
    far as food allows.
    """

    nutrient: str
    low: float | None
    high: float | None
    why: str
    source: str
    hard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodTargets:
    """All of a day's targets. `stops` is not empty when no plan for a deficit (or at all) is made: kind sentences.

    `expenditure_kcal` is what a day takes, with its band; `goal` is the goal that holds after the safety rules, which
    may be another than the one asked for; `notes` say what the rules changed and why.
    `rate_kg_per_week` is the planned change of weight, negative when leaner.
    """

    targets: Mapping[str, Target]
    expenditure_kcal: tuple[float, float, float]  # low, best, high of the 80 % band
    goal: FoodGoal
    rate_kg_per_week: float
    protein_per_meal_g: float
    energy_floor_kcal: float = 0.0
    stops: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meal:
    """A dish in a slot: `servings` may be a half. `cooked_on` is an earlier day when it is a leftover.

    `pinned` meals stay when the week is planned anew.
    """

    on: date
    slot: Slot
    recipe: str
    servings: float
    cooked_on: date
    pinned: bool = False

    @property
    def leftover(self) -> bool:
        """Whether it was cooked on a day before."""
        return self.cooked_on < self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A target that the week does not reach, with the nearest fix in words."""

    nutrient: str
    amount: float
    wanted: float
    unit: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoppingItem:
    """One line of the shopping list: `need_g` is eaten, `buy_g` is bought, `said` is how a shop sells it."""

    food: str
    name: str
    aisle: str
    need_g: float
    buy_g: float
    said: str
    have_g: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SolverReport:
    """How the plan was found; `gap` is the proven relative distance to the best."""

    build_s: float
    solve_s: float
    gap: float
    best: bool  # within one per cent of the optimum


@dataclass(frozen=True, slots=True, kw_only=True)
class MealWeek:
    """Seven days of meals. `daily` are totals by day; `reasons` explain the week in a few sentences."""

    status: PlanStatus
    starts_on: date
    meals: tuple[Meal, ...]
    daily: Mapping[date, Totals]
    unmet: tuple[Unmet, ...]
    shopping: tuple[ShoppingItem, ...]
    reasons: tuple[str, ...]
    solver: SolverReport | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodLog:
    """Something eaten: `mass_g` of a food, or `servings` of a recipe; the other is None.

    `amounts` are what it held when it was logged, so that a later change of the food does not rewrite the past;
    a nutrient that is missing is unknown. `planned` when it was a meal of the week that was ticked.
    """

    id: UUID
    at: datetime
    on: date  # the day it counts for
    slot: Slot
    name: str
    food: str | None
    recipe: str | None
    mass_g: float | None
    servings: float | None
    portion: str
    amounts: Totals
    fruit_vegetable_g: float | None
    kinds: tuple[str, ...] = ()
    planned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyMeasures:
    """Sizes that body-fat estimates are made from, in cm, skinfolds in mm, of one day; None: not measured.

    `waist_cm` is the narrowest place for women, the height of the navel for men; `neck_cm` is below the larynx.
    `body_fat_share`, 0 to 1, when something measured it.
    """

    on: date
    neck_cm: float | None = None
    waist_cm: float | None = None
    hip_cm: float | None = None
    triceps_mm: float | None = None
    suprailiac_mm: float | None = None
    thigh_mm: float | None = None
    chest_mm: float | None = None
    abdomen_mm: float | None = None
    body_fat_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayIntake:
    """What one day's log says for learning: `energy_kcal` None when it was not logged (or only in part)."""

    on: date
    energy_kcal: float | None
    mass_kg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expenditure:
    """What was learned of a person's weight and expenditure on one day, with 80 % bands (low, best, high)."""

    on: date
    mass_kg: tuple[float, float, float]
    expenditure_kcal: tuple[float, float, float]
