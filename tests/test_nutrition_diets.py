"""Who may eat what: each diet and each allergy, the unsaid first."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from openback.model.eating import Allergy, Diet, FoodWishes
from openback.nutrition.diets import ALLERGY_TAGS, DIETS, allowed
from openback.nutrition.dishes import tags_of
from openback.nutrition.foods import TAGS, load_foods

FOODS = load_foods()


def test_every_diet_and_allergy_has_its_rule():
    assert set(DIETS) == set(get_args(Diet))
    assert set(ALLERGY_TAGS) == set(get_args(Allergy))
    assert set(ALLERGY_TAGS.values()) <= TAGS


@pytest.mark.parametrize(
    ("tags", "wishes", "reason"),
    [
        pytest.param(None, {}, None, id="nothing said, nothing asked"),
        pytest.param(None, {"allergies": {"milk"}}, "nobody said what is in it", id="nothing said, an allergy"),
        pytest.param(None, {"diet": "vegan"}, "nobody said what is in it", id="nothing said, a diet"),
        pytest.param((), {"diet": "vegan"}, "is not vegan", id="allows no diet"),
        pytest.param((), {}, None, id="everybody else"),
        pytest.param(("vegan", "contains_soy"), {"diet": "vegan"}, None, id="vegan"),
        pytest.param(("vegan", "contains_soy"), {"diet": "vegan", "allergies": {"soy"}}, "contains soy", id="vegan, soy"),
        pytest.param(("vegan", "halal"), {"diet": "vegan", "also_diets": {"halal"}}, None, id="vegan and halal"),
        pytest.param(("vegan",), {"diet": "vegan", "also_diets": {"halal"}}, "is not halal", id="vegan, with wine in it"),
        pytest.param(("halal",), {"diet": "vegan", "also_diets": {"halal"}}, "is not vegan", id="halal, with meat in it"),
        pytest.param(("halal",), {"also_diets": {"kosher", "halal"}}, "is not kosher", id="both faiths"),
        pytest.param(None, {"also_diets": {"halal"}}, "nobody said what is in it", id="nothing said, a faith"),
        pytest.param(("vegetarian",), {"diet": "pescatarian"}, None, id="vegetarian for a pescatarian"),
        pytest.param(("pescatarian", "contains_fish"), {"diet": "pescatarian"}, None, id="fish for a pescatarian"),
        pytest.param(("pescatarian", "contains_fish"), {"diet": "vegetarian"}, "is not vegetarian", id="fish"),
        pytest.param(("halal",), {"diet": "pescatarian"}, "contains meat", id="meat for a pescatarian"),
        pytest.param(("vegetarian", "contains_milk"), {"allergies": {"lactose"}}, None, id="ripe cheese without lactose"),
        pytest.param(("vegetarian", "contains_milk"), {"allergies": {"milk"}}, "contains milk", id="but with milk"),
        pytest.param(("contains_nuts", "contains_egg"), {"allergies": {"nuts", "egg"}}, "contains egg", id="the first of two"),
        pytest.param(("contains_fish",), {"diet": "kosher", "allergies": {"fish"}}, "contains fish", id="allergy before diet"),
    ],
)  # fmt: skip
def test_allowed(tags, wishes, reason):
    said = None if tags is None else frozenset(tags)
    asked = {
        key: frozenset(value) if key in {"allergies", "also_diets"} else value
        for key, value in wishes.items()
    }
    assert allowed(said, FoodWishes(**asked)) == reason


@pytest.mark.parametrize("allergy", get_args(Allergy))
def test_an_allergy_is_kept_from_every_dish_with_one_gram_of_it(allergy):
    wishes = FoodWishes(allergies=frozenset({allergy}))
    holding = [food for food in FOODS.values() if ALLERGY_TAGS[allergy] in (food.tags or ())]
    assert holding
    for food in holding:
        assert allowed(tags_of([FOODS["apple"], food]), wishes) == f"contains {allergy}"


@pytest.mark.parametrize(
    ("foods", "kosher"),
    [
        pytest.param(("chicken_breast_roasted", "white_rice_cooked"), True, id="meat alone"),
        pytest.param(("greek_yogurt", "salmon"), True, id="milk with fish"),
        pytest.param(("chicken_breast_roasted", "greek_yogurt"), False, id="meat with milk"),
        pytest.param(("beef_mince", "anchovies"), False, id="meat with fish"),
        pytest.param(("tofu", "greek_yogurt"), True, id="tofu is no meat"),
        pytest.param(("wheat_gluten", "cheddar"), True, id="nor is seitan"),
        pytest.param(("shrimp",), False, id="shellfish"),
    ],
)
def test_kosher_is_more_than_its_parts(foods, kosher):
    tags = tags_of([FOODS[food] for food in foods])
    assert ("kosher" in tags) is kosher


def test_a_dish_allows_a_diet_only_when_all_of_it_does():
    assert "vegan" in tags_of([FOODS["rolled_oats"], FOODS["soy_milk"]])
    assert "vegan" not in tags_of([FOODS["rolled_oats"], FOODS["soy_milk"], FOODS["honey"]])
    assert tags_of([]) == frozenset()


def test_the_page_about_foods_names_every_diet_and_content():
    page = (Path(__file__).parents[1] / "docs" / "foods.md").read_text("utf-8")
    assert all(f"| `{diet}` |" in page for diet in get_args(Diet) if diet != "omnivore")
    assert all(allergy in page.lower() for allergy in get_args(Allergy))
