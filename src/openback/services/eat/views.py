"""What the pages about eating, the API and the command line show: frozen values, made by the use cases.

All masses are kilograms or grams as their names say; the pages turn them into the person's units.
An amount of None was not reported by any food, and is never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from openback.model.eating import (
    BodyMeasures,
    FoodGoal,
    FoodLog,
    FoodWishes,
    PlanStatus,
    ShoppingItem,
    SolverReport,
    Target,
    Unmet,
)
from openback.model.exercise import Source
from openback.model.food import Dish, Food, FoodGroup, Portion, Price, Recipe, Slot
from openback.model.nutrients import NutrientKind, NutrientUnit

# How an amount stands to its target. "unknown": too little of what was eaten reports it to say.
Standing = Literal["under", "met", "over", "unknown", "no_target"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NutrientRow:
    """One nutrient of a day, a week (a day of it, on average), a recipe or a food against the day's target.

    `share` is amount / low (amount / high where only a limit is), None where that says nothing.
    `says` is the row in words: "18 of 25 g", "at most 2300 mg", "known for 62 % of the food".
    """

    nutrient: str
    name: str
    kind: NutrientKind
    amount: float | None
    unit: NutrientUnit
    coverage: float  # 0 to 1
    low: float | None
    high: float | None
    share: float | None
    standing: Standing
    says: str
    why: str = ""  # of the target
    source: Source | None = None  # of the target


@dataclass(frozen=True, slots=True, kw_only=True)
class MealView:
    """One meal of the week.

    `minutes` are hands-on minutes on that day: a leftover takes none of cooking. `log_id` when it was eaten.
    """

    on: date
    slot: Slot
    recipe: str
    name: str
    servings: float
    cooked_on: date
    leftover: bool
    cook_again_on: tuple[date, ...]  # later days that eat from this pot
    pinned: bool
    minutes: int
    total_minutes: int
    price: Price
    energy_kcal: float | None
    protein_g: float | None
    fruit_vegetable_g: float | None
    groups_g: Mapping[FoodGroup, float]  # of the servings
    cautions: tuple[str, ...]  # diet or allergies that changed since, and what pregnancy asks care for
    eaten: bool
    log_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """One day of the week of meals, with its sums: `rows` of all nutrients, energy first."""

    on: date
    is_today: bool
    meals: tuple[MealView, ...]  # in the order of the day
    minutes: int  # of hands-on cooking
    minutes_wished: int
    energy_kcal: float | None
    protein_g: float | None
    fruit_vegetable_g: float | None
    kinds: tuple[str, ...]  # names of the fruit and vegetables
    rows: tuple[NutrientRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """A week of meals. `days` is empty when none is planned (yet); then `stops` or `status` says why."""

    monday: date
    status: PlanStatus | None  # None: not planned yet
    days: tuple[DayView, ...]
    rows: tuple[NutrientRow, ...]  # a day of it, on average
    reasons: tuple[str, ...]
    notes: tuple[str, ...]  # what the safety rules changed, and why
    stops: tuple[str, ...]  # kind sentences: no deficit is planned
    unmet: tuple[Unmet, ...]
    solver: SolverReport | None
    earlier: date | None  # Monday of the planned week before, if there is one
    later: date | None  # Monday of the next planned week, if there is one
    questions_open: bool  # True before the questions about food were answered (usual answers hold till then)
    undo: UUID | None  # takes back the last change of this week


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapChoice:
    """A recipe that could stand in for a planned meal, the best fit first."""

    recipe: str
    name: str
    why: str  # "as much protein, 10 minutes less"
    minutes: int
    price: Price
    energy_kcal: float | None
    protein_g: float | None
    fruit_vegetable_g: float | None
    groups_g: Mapping[FoodGroup, float]  # of one serving


@dataclass(frozen=True, slots=True, kw_only=True)
class IngredientView:
    """One ingredient for the servings that are shown."""

    food: Food
    mass_g: float
    said: str  # as a cook says it, for the recipe as written; "" when other servings are shown
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeView:
    """One recipe with all that its page shows; `rows` are of one serving against a day's targets."""

    recipe: Recipe
    dish: Dish
    servings: float
    ingredients: tuple[IngredientView, ...]
    rows: tuple[NutrientRow, ...]
    energy_kcal: float | None
    protein_g: float | None
    fruit_vegetable_g: float | None
    kit: tuple[str, ...]  # names
    not_for_you: str  # the diet's or allergy's sentence, else empty
    liked: bool
    disliked: bool
    planned: tuple[tuple[date, Slot], ...]  # in this week and later


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeCard:
    """A recipe in a list."""

    recipe: Recipe
    dish: Dish
    price: Price
    energy_kcal: float | None
    protein_g: float | None
    fruit_vegetable_g: float | None
    not_for_you: str
    liked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipesView:
    """Recipes that fit the words and filters."""

    text: str
    slot: Slot | None
    minutes: int | None  # at most so many hands-on minutes
    found: tuple[RecipeCard, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    """One target of a day with where it is from."""

    name: str
    kind: NutrientKind
    unit: NutrientUnit
    target: Target
    source: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetsView:
    """A day's targets and how they came about. `goal` holds; `asked` is what was wished."""

    rows: tuple[TargetRow, ...]
    wishes: FoodWishes
    asked: FoodGoal
    goal: FoodGoal
    expenditure_kcal: tuple[float, float, float]  # low, best, high of the 80 % band
    learned: bool  # from the log and the weights, not from the equation alone
    expenditure_why: str
    training_kcal_per_day: float | None  # None: too little was logged to say
    rate_kg_per_week: float
    protein_per_meal_g: float
    stops: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoppingLine:
    """One line of the list and whether it is in the basket."""

    item: ShoppingItem
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AisleView:
    """The lines of one aisle."""

    aisle: str
    lines: tuple[ShoppingLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoppingView:
    """The shopping list of a week by aisle, in the order of a walk through the shop."""

    monday: date
    aisles: tuple[AisleView, ...]
    at_home: tuple[ShoppingItem, ...]  # nothing to buy: the pantry has it
    total: int
    done: int
    eaters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Favourite:
    """A food or recipe to log with one tap, as it was logged last."""

    food: str | None
    recipe: str | None
    name: str
    slot: Slot
    mass_g: float | None
    servings: float | None
    portion: str
    energy_kcal: float | None
    starred: bool
    uses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntryView:
    """One entry of the food log; `says` is how much: "1 bowl, 45 g" or "1.5 servings"."""

    entry: FoodLog
    says: str
    energy_kcal: float | None
    protein_g: float | None
    portions: tuple[Portion, ...]  # to change it to; empty for a recipe
    starred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSlotView:
    """What was eaten in one slot of a day; `planned` are meals of the week that are still to be ticked."""

    slot: Slot
    entries: tuple[LogEntryView, ...]
    planned: tuple[MealView, ...]
    energy_kcal: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogDayView:
    """A day of the food log: fruit and vegetables first, then the rest, then the entries by slot.

    `complete` is the person's word that everything was logged; None when they did not say, and then learning
    takes days that look whole.
    """

    on: date
    is_today: bool
    fruit_vegetable_g: float
    fruit_vegetable_target_g: float
    kinds: tuple[str, ...]  # names of the fruit and vegetables
    kinds_target: int
    headline: tuple[NutrientRow, ...]  # energy, protein, fibre
    rows: tuple[NutrientRow, ...]  # all, energy first
    slots: tuple[LogSlotView, ...]  # every slot in the order of the day, maybe empty
    favourites: tuple[Favourite, ...]
    copy_from: date | None  # the last earlier day with entries
    complete: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NutrientsView:
    """A day and the seven days up to it against the targets. Week rows are a day's average of logged days."""

    on: date
    day: tuple[NutrientRow, ...]
    week: tuple[NutrientRow, ...]
    days_logged: int
    fruit_vegetable_g: tuple[tuple[date, float | None], ...]  # of the seven days; None: nothing logged
    fruit_vegetable_target_g: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightPoint:
    """One day: what the scale said, and what was learned. Bands are the 80 % band, None before there is one."""

    on: date
    weighed_kg: float | None
    trend_kg: tuple[float, float, float] | None  # low, best, high
    expenditure_kcal: tuple[float, float, float] | None
    eaten_kcal: float | None  # None: not logged, or only in part


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastPoint:
    """Where the weight goes if eating stays at the target."""

    on: date
    low_kg: float
    best_kg: float
    high_kg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFatView:
    """One estimate of body fat with the error it is known for, both in per cent of body mass."""

    name: str
    percent: float
    error: float
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightView:
    """Weight with trend and band, the expenditure learned, forecast, body fat side by side, measures."""

    points: tuple[WeightPoint, ...]  # oldest first, one a day
    latest_kg: float | None
    trend_text: str  # "71.2 kg, between 70.8 and 71.6; about 0.3 kg a week less", empty: nothing yet
    expenditure_kcal: tuple[float, float, float]
    learned: bool
    expenditure_text: str
    forecast: tuple[ForecastPoint, ...]
    forecast_text: str
    rate_kg_per_week: float
    target_mass_kg: float | None
    body_fat: tuple[BodyFatView, ...]
    healthy_text: str  # "Healthy at your age: 23 to 34 % body fat (Gallagher and others, 2000)."
    measures: tuple[BodyMeasures, ...]  # latest first
    tracks_cycle: bool
    cycle_starts: tuple[date, ...]
    stops: tuple[str, ...]
