"""The bundled foods: their figures against published ones, and what is said of each held together."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import get_args

import pytest

from openback.model.food import FoodGroup
from openback.model.nutrients import NUTRIENT
from openback.nutrition.foods import food_of, load_foods
from openback.nutrition.kitchen import (
    kit_of,
    load_aisles,
    load_counting,
    load_groups,
    load_kitchen,
)

FOODS = load_foods()
MEATS = {"red_meat", "processed_meat"}


def having(tag: str) -> set[str]:
    return {food.id for food in FOODS.values() if food.tags is not None and tag in food.tags}


# --- Figures -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("food", "usda", "figures"),
    [
        pytest.param("banana", "09040", {"energy": 89, "potassium": 358, "vitamin_c": 8.7}, id="banana"),
        pytest.param("chicken_breast_roasted", "05064", {"energy": 165, "protein": 31.02, "leucine": 2.328}, id="chicken"),
        pytest.param("egg", "01123", {"energy": 143, "protein": 12.56, "vitamin_d": 2.0, "choline": 293.8}, id="egg"),
        pytest.param("lentils_cooked", "16070", {"energy": 116, "protein": 9.02, "potassium": 369}, id="lentils"),
        pytest.param("spinach_raw", "11457", {"energy": 23, "vitamin_k": 482.9, "potassium": 558}, id="spinach"),
        pytest.param("salmon", "15237", {"energy": 206, "omega3_long": 0.69 + 1.457, "vitamin_d": 13.1}, id="salmon"),
        pytest.param("walnuts", "12155", {"alpha_linolenic_acid": 9.08}, id="walnuts"),
        pytest.param("greek_yogurt", "01256", {"energy": 59, "protein": 10.19}, id="greek yogurt"),
    ],
)  # fmt: skip
def test_published_figures(food, usda, figures):
    assert FOODS[food].source == f"USDA SR28 {usda}"
    assert {key: FOODS[food].per_100g[key] for key in figures} == pytest.approx(figures, abs=1e-9)


@pytest.mark.parametrize(
    ("food", "nutrient"),
    [
        pytest.param("banana", "iodine", id="a nutrient that the tables do not have"),
        pytest.param("mackerel", "vitamin_d", id="a blank of one food"),
        pytest.param("tofu", "sugars", id="a blank of a plant"),
        pytest.param("kefir", "omega3_long", id="a food younger than the fatty acids"),
        pytest.param("beer", "alcohol", id="what nobody measured"),
        pytest.param("peanut_butter", "added_sugars", id="sugar that may be added"),
    ],
)
def test_a_blank_is_unknown_and_not_zero(food, nutrient):
    assert nutrient in NUTRIENT
    assert nutrient not in FOODS[food].per_100g


def test_a_zero_is_there_as_a_zero():
    assert FOODS["olive_oil"].per_100g["protein"] == 0
    assert FOODS["apple"].per_100g["added_sugars"] == 0
    assert FOODS["sugar"].per_100g["added_sugars"] == FOODS["sugar"].per_100g["sugars"]


def test_copper_is_in_micrograms_and_water_in_litres():
    assert FOODS["beef_liver"].per_100g["copper"] == pytest.approx(14_283, rel=0.02)
    assert FOODS["cucumber"].per_100g["water_total"] == pytest.approx(0.0952, abs=0.001)


# Fibre, alcohol and acids make the usual factors of 4, 9 and 4 miss.
ODD_ENERGY = {"cocoa_powder", "wheat_bran", "cinnamon", "cider_vinegar", "beer", "red_wine", "white_wine", "coffee"}  # fmt: skip


def test_energy_follows_from_protein_fat_and_carbohydrate():
    for food in FOODS.values():
        grams = food.per_100g
        computed = (
            4 * grams["protein"] + 9 * grams["fat"] + 4 * (grams["carbohydrate"] - grams.get("fibre", 0))
        )
        slack = 25 + 0.12 * grams["energy"] + 4 * grams.get("fibre", 0)
        assert food.id in ODD_ENERGY or abs(computed - grams["energy"]) < slack, food.id


ODD_FATS = {"cream_half_and_half", "italian_sausage"}  # the tables took their fats from another sample


def test_parts_are_no_more_than_the_whole():
    for food in FOODS.values():
        grams = food.per_100g
        assert sum(grams[key] for key in ("protein", "fat", "carbohydrate")) <= 101, food.id
        parts = ("saturated_fat", "monounsaturated_fat", "polyunsaturated_fat")
        assert food.id in ODD_FATS or sum(grams.get(key, 0) for key in parts) <= grams["fat"] + 0.5, food.id
        assert grams.get("added_sugars", 0) <= grams.get("sugars", 100), food.id
        assert all(amount >= 0 for amount in grams.values()), food.id


# --- What is said of each -------------------------------------------------------------------------------


def test_there_are_380_foods_each_with_its_own_name_and_number():
    assert len(FOODS) == 380
    assert len({food.name.casefold() for food in FOODS.values()}) == 380
    assert len({food.source for food in FOODS.values()}) == 380
    assert list(FOODS) == sorted(FOODS)


def test_every_food_has_portions_price_aisle_and_what_a_shop_sells():
    for food in FOODS.values():
        assert food.portions, food.id
        assert all(0 < portion.mass_g <= 1500 for portion in food.portions), food.id
        assert len({portion.name for portion in food.portions}) == len(food.portions), food.id
        assert food.price is not None, food.id
        assert food.aisle in load_aisles(), food.id
        assert food.shop_unit, food.id
        assert food.shop_unit_g is not None, food.id
        assert 5 <= food.shop_unit_g <= 3000, food.id
        assert food.months <= frozenset(range(1, 13)), food.id
        assert food.tags is not None, food.id


def test_what_is_bought_is_near_what_is_eaten():
    assert FOODS["apple"].bought_g_per_g == pytest.approx(1 / 0.9)
    assert FOODS["white_rice_cooked"].bought_g_per_g == pytest.approx(0.36, abs=0.02)  # rice triples
    assert FOODS["chicken_breast_roasted"].bought_g_per_g == pytest.approx(1.33)  # meat shrinks
    for food in FOODS.values():
        assert 0.005 <= food.bought_g_per_g <= 8, food.id


def test_every_group_and_aisle_is_in_use_and_named():
    assert {food.group for food in FOODS.values()} == set(get_args(FoodGroup)) == set(load_groups())
    assert {food.aisle for food in FOODS.values()} == set(load_aisles())


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        pytest.param("group", "froot", "banana: group 'froot' is not one of ", id="group"),
        pytest.param("price", "dear", "banana: price 'dear' is not one of high, low, mid", id="price"),
        pytest.param("tags", "vegan contains_milc", "banana: no tag is called 'contains_milc'", id="tag"),
    ],
)
def test_a_word_that_nobody_knows_is_told(column, cell, sentence):
    row = dict.fromkeys(("usda", "portions", "months", "caution", "aisle", "shop_name", "shop_unit", "shop_unit_g",
                         "shop_g_per_g", "refuse_share"), "")  # fmt: skip
    row |= {"id": "banana", "name": "Banana", "group": "fruit", "price": "low", "tags": "vegan"}
    assert food_of(row).tags == {"vegan"}
    with pytest.raises(ValueError, match=f"^{sentence}"):
        food_of(row | {column: cell})


# --- Allergens and diets: somebody relies on them -------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "foods"),
    [
        pytest.param(
            "contains_gluten",
            "rolled_oats oat_bran oatmeal_cooked oat_groats couscous_cooked bulgur_cooked barley_cooked spelt_cooked "
            "kamut_cooked pasta_dry pasta_cooked whole_wheat_pasta_cooked egg_noodles_cooked soba_cooked wheat_flour "
            "whole_wheat_flour wheat_bran wheat_germ wheat_gluten whole_wheat_bread white_bread rye_bread "
            "sourdough_bread multigrain_bread whole_wheat_pita flour_tortilla rye_crispbread muesli granola "
            "bran_flakes corn_flakes shredded_wheat soy_sauce miso veggie_burger surimi pizza beer beef_jerky",
            id="gluten: barley malt in corn flakes, wheat in soy sauce and soba, oats by law",
        ),
        pytest.param(
            "contains_milk",
            "milk butter ghee greek_yogurt parmesan whey_powder ice_cream milk_chocolate dark_chocolate pizza "
            "egg_scrambled egg_fried muesli kefir cottage_cheese",
            id="milk: ghee, whey, dark chocolate, scrambled egg",
        ),
        pytest.param("contains_lactose", "milk yogurt kefir whey_powder cottage_cheese ricotta feta butter", id="lactose"),
        pytest.param("contains_egg", "egg egg_white mayonnaise egg_noodles_cooked ice_cream surimi", id="egg"),
        pytest.param("contains_nuts", "almonds almond_milk walnut_oil pine_nuts chestnuts granola muesli", id="nuts"),
        pytest.param("contains_peanut", "peanuts_raw peanuts_roasted peanut_butter", id="peanut"),
        pytest.param("contains_sesame", "sesame_seeds tahini hummus sesame_oil", id="sesame"),
        pytest.param("contains_soy", "tofu tempeh edamame natto miso soy_sauce soy_milk soybean_oil", id="soy"),
        pytest.param("contains_fish", "salmon anchovies caviar surimi kimchi cod_liver_oil", id="fish"),
        pytest.param("contains_shellfish", "shrimp mussels squid_raw octopus surimi kimchi", id="shellfish"),
        pytest.param("contains_mustard", "mustard mayonnaise mustard_greens", id="mustard"),
        pytest.param("contains_celery", "celery celeriac ketchup", id="celery"),
        pytest.param("contains_pork", "ham bacon pork_chop italian_sausage gelatin", id="pork: gelatine too"),
    ],
)  # fmt: skip
def test_contents_that_must_be_named(tag, foods):
    assert set(foods.split()) - having(tag) == set()


@pytest.mark.parametrize(
    ("tag", "foods"),
    [
        pytest.param("contains_gluten", "quinoa_cooked buckwheat_cooked millet_cooked amaranth_cooked teff_cooked "
                     "cornmeal corn_tortilla rice_cakes white_rice_cooked rice_noodles_cooked potato_boiled", id="gluten"),
        pytest.param("contains_lactose", "parmesan cheddar swiss_cheese ghee", id="lactose: long-ripened cheese"),
        pytest.param("contains_milk", "coconut_milk soy_milk almond_milk peanut_butter cocoa_powder", id="milk in name only"),
        pytest.param("contains_nuts", "peanuts_roasted coconut_fresh coconut_milk water_chestnut butternut_squash", id="nuts"),
        pytest.param("contains_egg", "aubergine pasta_dry", id="egg"),
        pytest.param("contains_fish", "shrimp mussels crab", id="shellfish is not fish"),
    ],
)  # fmt: skip
def test_contents_that_are_not_there(tag, foods):
    assert set(foods.split()) & having(tag) == set()


def test_lactose_comes_with_milk():
    assert having("contains_lactose") < having("contains_milk")


def test_diets_lie_within_each_other():
    assert having("vegan") < having("vegetarian") < having("pescatarian")
    animal = ("milk", "egg", "fish", "shellfish", "pork")
    assert not having("vegan") & set().union(*(having(f"contains_{one}") for one in animal))
    assert not having("vegetarian") & set().union(*(having(f"contains_{one}") for one in animal[2:]))
    meat = {food.id for food in FOODS.values() if food.group in MEATS}
    assert having("pescatarian").isdisjoint(meat | having("contains_pork"))
    for faith in ("halal", "kosher"):
        assert having(faith).isdisjoint(having("contains_pork")), faith
    assert having("halal").isdisjoint(having("contains_alcohol"))
    assert having("kosher").isdisjoint(having("contains_shellfish"))


@pytest.mark.parametrize(
    ("diet", "foods"),
    [
        pytest.param(
            "vegan",
            "honey egg_noodles_cooked mayonnaise dark_chocolate corn_flakes kimchi gelatin",
            id="vegan",
        ),
        pytest.param(
            "vegetarian", "parmesan parmesan_grated gelatin kimchi anchovies chicken_liver", id="vegetarian"
        ),
        pytest.param("pescatarian", "gelatin chicken_breast_roasted rabbit turkey_slices", id="pescatarian"),
        pytest.param("halal", "bacon beer red_wine gelatin italian_sausage", id="halal"),
        pytest.param("kosher", "eel catfish rabbit shrimp caviar beef_sirloin pork_chop surimi", id="kosher"),
    ],
)
def test_what_a_diet_leaves_out(diet, foods):
    assert set(foods.split()) & having(diet) == set()


def test_whole_plants_are_vegan():
    for food in FOODS.values():
        if food.group in {"fruit", "vegetable", "starchy_vegetable", "legume"} and food.id != "kimchi":
            assert "vegan" in (food.tags or ()), food.id


@pytest.mark.parametrize(
    ("food", "word"),
    [
        ("beef_liver", "vitamin A"),
        ("cod_liver_oil", "vitamin A"),
        ("brie", "listeria"),
        ("goat_cheese", "listeria"),
        ("tuna_fresh", "mercury"),
        ("tuna_canned", "mercury"),
        ("coffee", "Caffeine"),
        ("red_wine", "alcohol"),
        ("bean_sprouts", "salmonella"),
        ("venison", "lead"),
    ],
)
def test_pregnancy_cautions_say_why(food, word):
    assert word in FOODS[food].caution


def test_a_caution_and_its_reason_come_together():
    assert having("pregnancy_caution") == {food.id for food in FOODS.values() if food.caution}
    for food in FOODS.values():
        assert not food.caution or food.caution.endswith("."), food.id


# --- Kitchen, aisles, counting ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kit", "there", "missing"),
    [
        pytest.param(None, {"hob", "oven", "kettle", "box"}, {"blender", "microwave"}, id="nobody said"),
        pytest.param((), set(), {"hob", "toaster"}, id="nothing at all"),
        pytest.param(("oven",), {"oven", "toaster"}, {"hob"}, id="an oven toasts"),
        pytest.param(("campfire",), {"campfire"}, {"hob"}, id="something of their own"),
    ],
)
def test_the_kit_of_a_kitchen(kit, there, missing):
    found = kit_of(kit)
    assert there <= found
    assert missing.isdisjoint(found)


def test_every_piece_of_kit_and_every_kind_is_known():
    kitchen = load_kitchen()
    assert all(implied in kitchen for item in kitchen.values() for implied in item.implies)
    same = load_counting().same_kind
    assert set(same) | set(same.values()) <= set(FOODS)
    assert set(same).isdisjoint(same.values())  # one step leads to the kind


def test_the_sources_of_the_figures_are_known():
    data = resources.files("openback") / "data"
    figures = tomllib.loads((data / "foods" / "counting.toml").read_text("utf-8"))["figures"]
    known = tomllib.loads((data / "sources.toml").read_text("utf-8"))
    assert {key for name, key in figures.items() if name != "basis"} <= set(known)
