"""Wishes about eating in a profile: read leniently in words, strictly in numbers, every problem at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dining import WISHES
from living import ANNA, PROFILE, catalogue
from openback.errors import BadFoodWishes, BadProfile
from openback.model.eating import FoodWishes
from openback.services.eat.food_words import foods_meant, meant, weekdays_of
from openback.services.eat.kitchen import kitchen_here
from openback.services.eat.wish_rules import check_wishes
from openback.services.eat.wishes_json import has_food, profile_and_wishes, wishes_from_json, wishes_json
from openback.services.profile_json import profile_json

TODAY = date(2026, 11, 27)
DAY = "it must be one of leaner, same, more_muscle"
ALLERGIES = "gluten, lactose, milk, egg, nuts, peanut, sesame, soy, fish, shellfish, mustard, celery"


@pytest.fixture(scope="module")
def kitchen():
    return kitchen_here(None)


def read(kitchen, food):
    return wishes_from_json(food, kitchen, ANNA, TODAY)


def problems_of(kitchen, food):
    with pytest.raises(BadProfile) as refused:
        read(kitchen, food)
    return list(refused.value.problems)


@pytest.mark.parametrize("food", [None, {}, {"goal": None, "likes": None}])
def test_nothing_said_is_what_is_usual(kitchen, food):
    assert read(kitchen, food).wishes == FoodWishes()
    assert read(kitchen, food).notes == ()


@pytest.mark.parametrize(
    ("food", "wishes"),
    [
        ({"goal": "More muscle"}, FoodWishes(goal="more_muscle")),
        ({"goal": "Lose weight"}, FoodWishes(goal="leaner")),
        ({"diet": "Plant-based"}, FoodWishes(diet="vegan")),
        ({"diet": ["none"]}, FoodWishes()),
        (
            {"allergies": ["Tree nuts", "peanuts", "peanut", "Dairy"]},
            FoodWishes(allergies=frozenset({"nuts", "peanut", "milk"})),
        ),
        (
            {"cooking_minutes": {"sun": 60, "weekday": 20, "2": 5}},
            FoodWishes(cooking_minutes={0: 20, 1: 20, 2: 5, 3: 20, 4: 20, 6: 60}),
        ),
        ({"cooking_minutes": 15}, FoodWishes(cooking_minutes=dict.fromkeys(range(7), 15))),
        ({"diet": ["halal", "vegan"]}, FoodWishes(diet="vegan", also_diets=frozenset({"halal"}))),
        ({"diet": ["kosher", "omnivore"]}, FoodWishes(diet="kosher")),
        ({"price": "cheap", "activity": "Sedentary"}, FoodWishes(price="low", activity="inactive")),
        ({"meals": ["Lunch", "supper"]}, FoodWishes(meals=("lunch", "dinner"))),
        (
            {"likes": ["Bananas", "rolled_oats", "oily fish"]},
            FoodWishes(likes=("banana", "rolled_oats", "oily_fish")),
        ),
        ({"pantry": {"Banana": 300}}, FoodWishes(pantry_g={"banana": 300})),
        (
            {"goal": "10 kg in a month"},
            FoodWishes(goal="leaner", target_mass_kg=56.0, target_on=date(2026, 12, 27)),
        ),
        (
            {"goal": "gain 4.4 lb in 10 weeks"},
            FoodWishes(goal="more_muscle", target_mass_kg=68.0, target_on=date(2027, 2, 5)),
        ),
    ],
)
def test_words_are_read_as_they_are_meant(kitchen, food, wishes):
    assert read(kitchen, food).wishes == wishes


@pytest.mark.parametrize(
    ("food", "problems"),
    [
        ("vegan", ["food must be a JSON object with goal, diet, allergies and so on"]),
        ({"goal": "thin"}, [f"food.goal has 'thin', which is not known; {DAY}"]),
        ({"goal": ""}, [f"food.goal has '', which is not known; {DAY}"]),
        (
            {"diet": ["vegan", "halal", "pescatarian"]},
            ["food.diet names vegan and pescatarian, of which only one can hold; choose one"],
        ),
        (
            {"allergies": ["Shelfish"]},
            ["food.allergies has 'Shelfish', which is not known; did you mean shellfish?"],
        ),
        (
            {"allergies": ["xyz"]},
            [f"food.allergies has 'xyz', which is not known; it must be one of {ALLERGIES}"],
        ),
        ({"cooking_minutes": {"moonday": 5}}, ["food.cooking_minutes has 'moonday', which is not known; did you mean monday?"]),
        ({"cooking_minutes": {"mon": -5}}, ["food.cooking_minutes of day 0 is -5, it must be 0 to 240"]),
        ({"eaters": 0}, ["food.eaters is 0, it must be 1 to 12"]),
        ({"target_mass_kg": -5}, ["food.target_mass_kg is -5, it must be 25 to 350"]),
        (
            {"goal": "leaner", "target_mass_kg": 80},
            ["food.goal is leaner and target_mass_kg is 80, which is more than now; choose one"],
        ),
        (
            {"goal": "more muscle", "target_mass_kg": 60},
            ["food.goal is more_muscle and target_mass_kg is 60, which is less than now; choose one"],
        ),
        ({"target_on": "2026-11-27"}, ["food.target_on is 2026-11-27, it must be a day to come"]),
        ({"target_on": "2042-01-01"}, ["food.target_on is 2042-01-01, it must be within five years"]),
        ({"likes": ["banana"], "dislikes": ["Bananas"]}, ["food.banana is both liked and disliked; choose one"]),
        ({"meals": []}, ["food.meals is empty, it must name at least one of breakfast, lunch, dinner, snack"]),
        ({"kit": ["ovn"]}, ["food.kit has 'ovn', which is not known; did you mean oven?"]),
        ({"warnings": {"faintin": True}}, ["food.warnings has 'faintin', which is not known; did you mean fainting?"]),
        ({"body_fat_share": 25}, ["food.body_fat_share is 25, it must be 0.02 to 0.7"]),
        ({"cycle_starts": ["2026-12-24"]}, ["food.cycle_starts names a day that is still to come"]),
        ({"price": 3}, ["food.price is 3, it must be a valid string"]),
        ({"colour": "green"}, ["food.colour is not a key of a profile"]),
        (
            {"eaters": 99, "price": "steep"},
            ["food.price has 'steep', which is not known; it must be one of low, mid, high", "food.eaters is 99, it must be 1 to 12"],
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(kitchen, food, problems):
    assert problems_of(kitchen, food) == problems


def test_a_man_does_not_breastfeed(kitchen):
    with pytest.raises(BadProfile) as refused:
        wishes_from_json({"lactating": True}, kitchen, replace(ANNA, sex="male"), TODAY)
    assert refused.value.problems == ("food.lactating and tracks_cycle do not go with sex male",)


@pytest.mark.parametrize(
    ("food", "notes"),
    [
        ({"likes": ["flurbl"]}, ("Nothing here is called 'flurbl', so it was left out of your likes.",)),
        (
            {"pantry": {"flurbl": 10}},
            ("Nothing here is called 'flurbl', so it was left out of your pantry.",),
        ),
        (
            {"diet": "vegan", "likes": ["beef", "banana"]},
            ("You like beef, but it is not vegan, so it is not planned.",),
        ),
        (
            {"diet": "halal", "likes": ["pork"]},
            ("You like pork, but it is not halal, so it is not planned.",),
        ),
        (
            {"allergies": ["fish"], "likes": ["salmon"]},
            ("You like salmon, but it contains fish, so it is not planned.",),
        ),
    ],
)
def test_what_is_understood_otherwise_is_told(kitchen, food, notes):
    assert read(kitchen, food).notes == notes


def test_problems_of_profile_and_food_come_together(kitchen):
    data = profile_json(PROFILE) | {"mass_kg": -66, "food": {"goal": "thin"}}
    with pytest.raises(BadProfile) as refused:
        profile_and_wishes(data, catalogue(), kitchen, TODAY)
    assert str(refused.value) == (
        "This profile cannot be used: mass_kg is -66, it must be 25 to 350; "
        f"food.goal has 'thin', which is not known; {DAY}."
    )


def test_a_profile_without_food_and_one_from_an_export(kitchen):
    data = profile_json(PROFILE)
    assert profile_and_wishes(data, catalogue(), kitchen, TODAY)[1].wishes == FoodWishes()
    export = {"openback_log": 1, "profile": data | {"food": {"diet": "vegan"}}}
    assert profile_and_wishes(export, catalogue(), kitchen, TODAY)[1].wishes.diet == "vegan"
    assert (has_food(data), has_food(export), has_food([])) == (False, True, False)


def test_wishes_come_back_from_json_as_they_were(kitchen):
    wishes = replace(WISHES, dislikes=())
    assert read(kitchen, wishes_json(wishes)).wishes == wishes
    assert read(kitchen, wishes_json(FoodWishes())).wishes == FoodWishes()


@given(st.text(max_size=30))
def test_no_word_breaks_the_reading(text):
    kitchen = kitchen_here(None)
    assert all(
        id_ in kitchen.foods or id_ in kitchen.recipes or meant("group", id_)
        for id_ in foods_meant(text, kitchen)
    )
    assert set(weekdays_of(text) or ()) <= set(range(7))


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("", ()),
        ("banana", ("banana",)),
        ("BANANAS", ("banana",)),
        ("bannana", ("banana",)),
        ("nuts", ("nuts_seeds",)),
    ],
)
def test_foods_that_a_word_names(kitchen, word, found):
    assert foods_meant(word, kitchen) == found


def test_berries_are_all_of_them_and_apples_are_no_pineapples(kitchen):
    assert {"blueberries", "strawberries"} <= set(foods_meant("berries", kitchen))
    assert "pineapple" not in foods_meant("apples", kitchen)


def test_beef_is_every_food_of_it(kitchen):
    found = foods_meant("beef", kitchen)
    assert len(found) > 3
    assert all("beef" in id_ for id_ in found)


def test_wishes_from_a_page_are_checked_alike():
    with pytest.raises(BadFoodWishes) as refused:
        check_wishes(replace(FoodWishes(), eaters=0, meals=("lunch", "lunch")), ANNA, TODAY)
    assert str(refused.value) == (
        "These food wishes cannot be used: eaters is 0, it must be 1 to 12; meals names one twice."
    )
