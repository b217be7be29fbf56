"""The recipes as a book: enough for everybody, quick, whole, sane, and written so that they can be cooked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

import pytest

from openback.model.eating import Allergy, Diet, FoodWishes
from openback.model.food import FRUIT_AND_VEGETABLES, Dish, Recipe, Slot
from openback.nutrition.diets import ALLERGY_TAGS, DIETS, allowed
from openback.nutrition.dishes import dish_of
from openback.nutrition.foods import load_foods
from openback.nutrition.recipes import load_recipes

FOODS: Final = load_foods()
RECIPES: Final = load_recipes(FOODS)
BOOK: Final = tuple(dish_of(recipe, FOODS) for recipe in RECIPES.values())
MAIN: Final = tuple(dish for dish in BOOK if {"lunch", "dinner"} & set(dish.recipe.slots))
RICE: Final = frozenset({"white_rice_cooked", "brown_rice_cooked", "white_rice_dry", "brown_rice_dry"})
# Known of every food, so of every dish.
ALWAYS_KNOWN: Final = ("energy", "protein", "carbohydrate", "fat", "calcium", "iron", "sodium", "potassium")
# Known of every lunch and dinner; the other nutrients may have gaps, which the pages show.
MAIN_NUTRIENTS: Final = (
    *ALWAYS_KNOWN,
    "magnesium",
    "phosphorus",
    "zinc",
    "thiamin_b1",
    "riboflavin_b2",
    "niacin_b3",
    "vitamin_b6",
    "folate_dfe",
    "vitamin_b12",
)
# Words of a food's name that a cook would not say.
UNSAID: Final = frozenset(
    {"cooked", "canned", "boiled", "roasted", "baked", "whole", "lean", "fresh", "dried"}
)
# What a cook calls a food whose name has no word of it.
CALLED: Final = {
    "cod": "fish",
    "flaxseed": "linseed",
    "flaxseed_oil": "oil",
    "mozzarella_part_skim": "cheese",
    "multigrain_bread": "slices",
    "pollock": "fish",
    "sea_bass": "fish",
    "shrimp": "prawn",
    "soba_cooked": "noodle",
    "tilapia": "fish",
    "wheat_gluten": "gluten",
    "whole_wheat_bread": "toast",
    "whole_wheat_pasta_cooked": "spaghetti",
}


def amount(dish: Dish, nutrient: str) -> float:
    return dish.totals[nutrient].amount


def vegetables_g(dish: Dish) -> float:
    return sum(mass for group, mass in dish.groups_g.items() if group in FRUIT_AND_VEGETABLES)


def per_serving(recipe: Recipe) -> dict[str, float]:
    return {one.food: one.mass_g / recipe.serves for one in recipe.ingredients}


def ids(dishes: list[Dish]) -> list[str]:
    return [dish.recipe.id for dish in dishes]


# --- Enough, for everybody -------------------------------------------------------------------------------


def test_there_are_enough_recipes_for_every_meal():
    slots = Counter(slot for recipe in RECIPES.values() for slot in recipe.slots)
    assert len(RECIPES) >= 120
    assert slots["lunch"] >= 70
    assert slots["dinner"] >= 90


@pytest.mark.parametrize(
    ("least", "holds"),
    [
        pytest.param(40, lambda dish: "vegan" in dish.tags, id="vegan"),
        pytest.param(60, lambda dish: "vegetarian" in dish.tags, id="vegetarian"),
        pytest.param(50, lambda dish: "contains_gluten" not in dish.tags, id="gluten free"),
        pytest.param(80, lambda dish: "contains_lactose" not in dish.tags, id="lactose free"),
        pytest.param(15, lambda dish: dish.groups_g.get("oily_fish", 0) >= 60, id="oily fish"),
        pytest.param(10, lambda dish: dish.groups_g.get("fish", 0) >= 60, id="other fish and seafood"),
        pytest.param(50, lambda dish: dish.groups_g.get("legume", 0) >= 80, id="legumes"),
        pytest.param(35, lambda dish: dish.price == "low", id="low price"),
        pytest.param(15, lambda dish: 350 <= amount(dish, "energy") <= 510, id="light"),
        pytest.param(80, lambda dish: dish.recipe.portable, id="to take to work"),
        pytest.param(40, lambda dish: dish.recipe.keeps_days >= 2, id="cook once, eat twice"),
    ],
)
def test_lunches_and_dinners_of_every_kind(least: int, holds: Callable[[Dish], bool]):
    assert len([dish for dish in MAIN if holds(dish)]) >= least


@pytest.mark.parametrize("allergy", [None, *ALLERGY_TAGS])
@pytest.mark.parametrize("diet", DIETS)
def test_every_diet_with_any_one_allergy_has_a_varied_week(diet: Diet, allergy: Allergy | None):
    wishes = FoodWishes(diet=diet, allergies=frozenset({allergy} if allergy else ()))
    left = [dish for dish in BOOK if allowed(dish.tags, wishes) is None]

    def of(slot: Slot) -> int:
        return sum(slot in dish.recipe.slots for dish in left)

    assert of("lunch") >= 10
    assert of("dinner") >= 10
    assert of("breakfast") >= 5


def test_most_are_quick():
    quick = [dish for dish in BOOK if dish.recipe.total_minutes <= 25]
    assert len(quick) >= 0.75 * len(BOOK)
    assert ids([dish for dish in BOOK if dish.recipe.hands_on_minutes > 30]) == []


def test_many_kitchens_of_the_world():
    kitchens = Counter(dish.recipe.cuisine for dish in MAIN)
    assert len(kitchens) >= 20
    assert max(kitchens.values()) <= 0.2 * len(MAIN)


# --- Whole and sane --------------------------------------------------------------------------------------


@pytest.mark.parametrize("dish", MAIN, ids=ids(list(MAIN)))
def test_a_lunch_or_dinner_is_a_whole_meal(dish: Dish):
    assert 350 <= amount(dish, "energy") <= 750
    assert amount(dish, "protein") >= 20
    assert amount(dish, "fibre") >= 5
    assert amount(dish, "saturated_fat") <= 10
    assert amount(dish, "sodium") <= 900
    assert vegetables_g(dish) >= 100
    assert 300 <= dish.mass_g <= 1100


@pytest.mark.parametrize(
    ("share", "holds"),
    [
        pytest.param(0.9, lambda dish: amount(dish, "protein") >= 25, id="25 g of protein"),
        pytest.param(0.9, lambda dish: vegetables_g(dish) >= 150, id="150 g of vegetables or fruit"),
        pytest.param(0.9, lambda dish: amount(dish, "fibre") >= 8, id="8 g of fibre"),
        pytest.param(0.9, lambda dish: amount(dish, "sodium") <= 750, id="less than 2 g of salt"),
        pytest.param(0.9, lambda dish: amount(dish, "saturated_fat") <= 6, id="6 g of saturated fat"),
        pytest.param(0.9, lambda dish: len(dish.kinds) >= 2, id="two kinds of vegetables or fruit"),
    ],
)
def test_most_lunches_and_dinners_do_more(share: float, holds: Callable[[Dish], bool]):
    assert len([dish for dish in MAIN if holds(dish)]) >= share * len(MAIN)


def test_most_vegan_meals_have_enough_protein():
    vegan = [dish for dish in MAIN if "vegan" in dish.tags]
    assert len([dish for dish in vegan if amount(dish, "protein") >= 22]) >= 0.95 * len(vegan)


@pytest.mark.parametrize("nutrient", ALWAYS_KNOWN)
def test_what_counts_most_is_known_of_every_dish(nutrient: str):
    assert ids([dish for dish in BOOK if dish.totals[nutrient].coverage < 0.9]) == []


@pytest.mark.parametrize("nutrient", MAIN_NUTRIENTS)
def test_the_main_nutrients_of_every_lunch_and_dinner_are_known(nutrient: str):
    assert ids([dish for dish in MAIN if dish.totals[nutrient].coverage < 0.85]) == []


# Grams a serving beyond which nobody would cook it, by group or food.
@pytest.mark.parametrize(
    ("what", "most_g"),
    [
        ("oil", 20),
        ("herb_spice", 60),
        ("nuts_seeds", 60),
        ("sweet", 25),
        ("legume", 320),
        ("soy", 220),
        ("vegetable", 650),
        ("fruit", 400),
        ("salt", 1.5),
        ("soy_sauce", 12),
        ("miso", 15),
        ("garlic", 8),
        ("ginger", 14),
        ("chili_pepper", 12),
        ("lemon", 60),
        ("peanut_butter", 40),
        ("mustard", 15),
    ],
)
def test_no_serving_holds_more_of_something_than_makes_sense(what: str, most_g: float):
    def mass_g(dish: Dish) -> float:
        return per_serving(dish.recipe).get(what, 0) + sum(
            mass for group, mass in dish.groups_g.items() if group == what
        )

    assert {dish.recipe.id: mass_g(dish) for dish in BOOK if mass_g(dish) > most_g} == {}


# --- Safe to keep ----------------------------------------------------------------------------------------


def test_cooked_rice_and_fish_are_eaten_within_two_days():
    def is_short_lived(dish: Dish) -> bool:
        groups = {"fish", "oily_fish"} & dish.groups_g.keys()
        return bool(groups or RICE & per_serving(dish.recipe).keys())

    assert ids([dish for dish in MAIN if is_short_lived(dish) and dish.recipe.keeps_days > 2]) == []


# --- Written to be cooked --------------------------------------------------------------------------------


def test_every_step_is_a_sentence():
    wrong = [
        (recipe.id, step)
        for recipe in RECIPES.values()
        for step in recipe.method
        if not step.endswith(".") or not step[0].isupper() or "!" in step or len(step) > 240
    ]
    assert wrong == []


def test_a_lunch_or_dinner_takes_three_to_seven_steps():
    assert ids([dish for dish in MAIN if not 3 <= len(dish.recipe.method) <= 7]) == []


def test_names_are_short_and_no_two_are_alike():
    names = [recipe.name for recipe in RECIPES.values()]
    assert [name for name in names if len(name) > 56 or name.endswith(".")] == []
    assert len({name.casefold() for name in names}) == len(names)


def test_an_oven_has_a_temperature():
    hot = [recipe for recipe in RECIPES.values() if {"baking_tray", "baking_dish"} & recipe.kit]
    assert hot
    assert [recipe.id for recipe in hot if "°C" not in " ".join(recipe.method)] == []
    assert [recipe.id for recipe in hot if "oven" not in recipe.kit] == []


def test_the_minutes_of_a_step_fit_into_the_whole():
    slow = [
        (recipe.id, int(minutes))
        for recipe in RECIPES.values()
        for step in recipe.method
        for minutes in re.findall(r"(\d+) minutes", step)
        if int(minutes) > recipe.total_minutes
    ]
    assert slow == []


@pytest.mark.parametrize("dish", MAIN, ids=ids(list(MAIN)))
def test_every_ingredient_is_named_in_the_method(dish: Dish):
    text = " ".join(dish.recipe.method).casefold()
    assert [one.food for one in dish.recipe.ingredients if not is_named(one.food, text)] == []


def is_named(food_id: str, text: str) -> bool:
    """Return whether a word of a food's name, or what a cook calls it, is in the text."""
    words = re.findall(r"[a-z]{3,}", f"{FOODS[food_id].name} {food_id.replace('_', ' ')}".casefold())
    said = [word.rstrip("s") for word in words if word not in UNSAID]
    return any(word in text for word in [*said, CALLED.get(food_id, food_id)])


def test_everything_is_said_as_a_cook_would_say_it():
    bare = [
        (dish.recipe.id, one.food) for dish in MAIN for one in dish.recipe.ingredients if not one.said.strip()
    ]
    assert bare == []


def test_what_is_weighed_dry_agrees_with_what_is_eaten_cooked():
    said = [
        (dish.recipe.id, one.food, float(dry[1]), one.mass_g * FOODS[one.food].bought_g_per_g)
        for dish in MAIN
        for one in dish.recipe.ingredients
        if (dry := re.search(r"(\d+) g dry", one.said)) and FOODS[one.food].bought_g_per_g < 0.6
    ]
    assert len(said) > 30
    assert [one for one in said if not 0.85 <= one[2] / one[3] <= 1.15] == []
