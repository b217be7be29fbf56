"""Foods and the recipes that are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from openback.model.nutrients import Amounts, Totals

FoodGroup = Literal[
    "fruit",
    "vegetable",
    "starchy_vegetable",
    "whole_grain",
    "refined_grain",
    "legume",
    "soy",
    "lean_protein",
    "red_meat",
    "processed_meat",
    "fish",
    "oily_fish",
    "egg",
    "dairy",
    "plant_drink",
    "nuts_seeds",
    "oil",
    "spread",
    "herb_spice",
    "sweet",
    "snack",
    "drink",
    "other",
]
# What a food has in it or is allowed for. The first ones are plain truths about it ("vegan" holds or it does not;
# "halal" and "kosher": it may be had so, where it is certified);
# "contains_..." are what allergies and diets look at; "pregnancy_caution" asks for care, with a reason.
FoodTag = Literal[
    "vegan",
    "vegetarian",
    "pescatarian",
    "halal",
    "kosher",
    "contains_gluten",
    "contains_lactose",
    "contains_milk",
    "contains_egg",
    "contains_nuts",
    "contains_peanut",
    "contains_sesame",
    "contains_soy",
    "contains_fish",
    "contains_shellfish",
    "contains_mustard",
    "contains_celery",
    "contains_pork",
    "contains_alcohol",
    "pregnancy_caution",
]
Price = Literal["low", "mid", "high"]
Slot = Literal["breakfast", "lunch", "dinner", "snack"]
SLOTS: Final[tuple[Slot, ...]] = ("breakfast", "lunch", "dinner", "snack")
FoodOrigin = Literal["bundled", "usda", "open_food_facts", "own"]

# Groups whose grams count towards the 400 g of fruit and vegetables a day (potatoes do not: WHO).
FRUIT_AND_VEGETABLES: Final[frozenset[FoodGroup]] = frozenset({"fruit", "vegetable"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """A portion that people use: `1 slice` is 28 g."""

    name: str
    mass_g: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KitchenItem:
    """A piece of kitchen kit; `implies` are ids of what comes with it or what it can stand in for.

    `usual` ones count as there until somebody says otherwise.
    """

    id: str
    name: str
    hint: str
    usual: bool
    implies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Food:
    """Something to eat, with what 100 g of its edible part hold.

    `id` is a snake_case word for bundled foods (`rolled_oats`), else `usda:<fdc_id>`, `off:<barcode>` or
    `own:<uuid>`. `months` (1 to 12, northern half) are its season, empty when it is there all year.
    `portions` come most usual first. `source` names where the figures are from, with its own number.
    `tags` is None where nobody said (imported foods): then nothing may be taken for granted.
    """

    id: str
    name: str
    group: FoodGroup
    per_100g: Amounts
    origin: FoodOrigin
    source: str
    portions: tuple[Portion, ...] = ()
    months: frozenset[int] = frozenset()
    price: Price | None = None
    tags: frozenset[FoodTag] | None = None
    caution: str = ""  # why pregnancy_caution
    brand: str = ""
    barcode: str = ""
    aisle: str = ""  # of the shop: "fruit and vegetables", "dairy and eggs", ...
    shop_unit_g: float | None = None  # what a shop sells at least: a 400 g tin, a 150 g pepper
    shop_unit: str = ""  # what that is called: "tin", "piece", "bag"
    refuse_share: float = 0.0  # 0 to 1 of what is bought and not eaten: peel, stones, bones
    shop_name: str = ""  # what to look for in the shop when that is another state: "red lentils, dry"
    shop_g_per_g: float | None = None  # grams to buy for one gram eaten, refuse and cooking counted

    @property
    def bought_g_per_g(self) -> float:
        """Grams to buy for one gram of this food as it is eaten: dry lentils swell, meat shrinks, peel goes."""
        return self.shop_g_per_g or 1 / (1 - self.refuse_share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """So many grams of the edible part of a food, for the whole recipe; `said` is how a cook says it."""

    food: str
    mass_g: float
    said: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A dish. Quantities are for `serves` servings.

    `hands_on_minutes` is work, `total_minutes` what the clock says. `keeps_days` is for how long a cooked serving may
    be eaten later (0: only fresh); `portable` goes to work in a box. `kit` are ids of
    data/foods/kitchen.toml.
    """

    id: str
    name: str
    slots: tuple[Slot, ...]
    serves: int
    hands_on_minutes: int
    total_minutes: int
    ingredients: tuple[Ingredient, ...]
    method: tuple[str, ...]
    kit: frozenset[str] = frozenset()
    keeps_days: int = 0
    portable: bool = False
    note: str = ""
    cuisine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dish:
    """A recipe with what one serving of it holds, computed from its foods.

    `groups_g` are grams of each food group a serving, `kinds` the foods that count as kinds of fruit or vegetable,
    `months` those in which all its seasonal foods are in season (empty: all year).
    """

    recipe: Recipe
    mass_g: float
    totals: Totals
    tags: frozenset[FoodTag]
    groups_g: Mapping[FoodGroup, float]
    kinds: tuple[str, ...]
    price: Price
    months: frozenset[int]
    cautions: tuple[str, ...] = ()
