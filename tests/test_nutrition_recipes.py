"""Recipe files: every problem told at once in whole sentences, own files beside ours, breakfasts and snacks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openback.errors import BadRecipes
from openback.nutrition.dishes import dish_of
from openback.nutrition.foods import load_foods
from openback.nutrition.kitchen import kit_of
from openback.nutrition.recipe_schema import RECIPE_KEYS
from openback.nutrition.recipes import load_recipes

FOODS = load_foods()
RECIPES = load_recipes(FOODS)
DISHES = {recipe.id: dish_of(recipe, FOODS) for recipe in RECIPES.values()}
GOOD = """\
id = "my_porridge"
name = "My porridge"
slots = ["breakfast"]
serves = 1
hands_on_minutes = 5
total_minutes = 10
kit = ["hob", "pot"]
method = ["Simmer the oats in the milk.", "Eat."]

[[ingredients]]
food = "rolled_oats"
g = 50
said = "5 tablespoons"

[[ingredients]]
food = "milk"
g = 250
optional = true
"""


def own(folder: Path, text: str | bytes, name: str = "my_porridge.toml") -> Path:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def problems(folder: Path) -> list[str]:
    with pytest.raises(BadRecipes) as told:
        load_recipes(FOODS, folder)
    assert str(told.value).splitlines()[1:] == [f"- {problem}" for problem in told.value.problems]
    return [problem.replace(f"{folder}/", "") for problem in told.value.problems]


# --- Own files ----------------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there_counts_as_empty(tmp_path):
    assert load_recipes(FOODS, tmp_path / "nowhere") == RECIPES
    assert load_recipes(FOODS, tmp_path) == RECIPES


def test_a_recipe_of_ones_own(tmp_path):
    recipe = load_recipes(FOODS, own(tmp_path, GOOD))["my_porridge"]
    assert recipe.slots == ("breakfast",)
    assert recipe.kit == {"hob", "pot"}
    assert (recipe.keeps_days, recipe.portable, recipe.cuisine, recipe.note) == (0, False, "", "")
    assert [(one.food, one.mass_g, one.said, one.optional) for one in recipe.ingredients] == [
        ("rolled_oats", 50, "5 tablespoons", False),
        ("milk", 250, "", True),
    ]


def test_ones_own_stands_in_for_ours(tmp_path):
    text = GOOD.replace("my_porridge", "overnight_oats_berries")
    recipes = load_recipes(FOODS, own(tmp_path, text, "overnight_oats_berries.toml"))
    assert recipes["overnight_oats_berries"].name == "My porridge"
    assert len(recipes) == len(RECIPES)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        pytest.param("", None, "is not TOML: ", id="not TOML"),
        pytest.param('id = "my_porridge"', 'id = "porridge"', 'id "porridge" is not the file\'s name; write id = "my_porridge" or rename the file to porridge.toml', id="another id"),
        pytest.param('id = "my_porridge"', 'id = "My Porridge"', 'id "My Porridge" is not an id; use small letters, digits and underscores, beginning with a letter', id="no id"),
        pytest.param('name = "My porridge"', 'name = ""', "name must be a text", id="no name"),
        pytest.param('["breakfast"]', "[]", "slots is empty; name at least one of: breakfast, lunch, dinner, snack", id="no meal"),
        pytest.param('["breakfast"]', '["brunch"]', 'slots[1] names no meal: "brunch"; there are: breakfast, lunch, dinner, snack', id="unknown meal"),
        pytest.param("serves = 1", "serves = 0", "serves must be 1 to 12", id="for nobody"),
        pytest.param("serves = 1", "serves = 1.5", "serves must be a whole number", id="for one and a half"),
        pytest.param("hands_on_minutes = 5", "hands_on_minutes = 15", "hands_on_minutes is 15, more than total_minutes (10)", id="more work than time"),
        pytest.param("hands_on_minutes = 5", "hands_on_minutes = -5", "hands_on_minutes must be a number of 0 or more", id="time that runs back"),
        pytest.param('"pot"]', '"wok"]', 'kit[2] names no kit: "wok"; there are: hob, pot, pan, oven, baking_tray, baking_dish, kettle, toaster, microwave, blender, box', id="unknown kit"),
        pytest.param("kit =", "keeps_days = 9\nkit =", "keeps_days must be 0 to 5", id="kept too long"),
        pytest.param("kit =", "tastes = 9\nkit =", "tastes is not a known key", id="unknown key"),
        pytest.param("kit =", "keep_days = 2\nkit =", "keep_days is not a known key; did you mean keeps_days?", id="a slip in a key"),
        pytest.param('"Eat."', '" "', "method must be a list of steps, each in words", id="an empty step"),
        pytest.param('food = "milk"', 'food = "milck"', 'ingredients[2].food names no food: "milck"; did you mean milk?', id="a slip in a food"),
        pytest.param('food = "milk"', 'food = "lentils"', 'ingredients[2].food names no food: "lentils"; did you mean lentils_cooked?', id="a food in no state"),
        pytest.param('food = "milk"', 'food = "zzzz"', 'ingredients[2].food names no food: "zzzz"', id="a food like none"),
        pytest.param('food = "milk"', 'food = "rolled_oats"', 'ingredients name "rolled_oats" 2 times; add them up', id="a food twice"),
        pytest.param("g = 250", "g = 0", "ingredients[2].g must be more than 0 and at most 10000 grams", id="no grams"),
        pytest.param("g = 250", "g = nan", "ingredients[2].g must be a number of 0 or more", id="no number"),
        pytest.param("g = 250", "g = inf", "ingredients[2].g must be a number of 0 or more", id="no end of it"),
        pytest.param("serves = 1", "serves = inf", "serves must be a number of 0 or more", id="for everybody"),
        pytest.param("g = 250", "gramms = 250", "ingredients[2].gramms is not a known key", id="grams misspelt"),
    ],
)  # fmt: skip
def test_a_problem_is_told_in_one_sentence(tmp_path, old, new, problem):
    text = "id = = 1" if new is None else GOOD.replace(old, new)
    found = problems(own(tmp_path, text))
    if new is None:  # the rest is the parser's own
        assert found[0].startswith(f"my_porridge.toml: {problem}")
    else:
        assert f"my_porridge.toml: {problem}" in found


def test_every_problem_of_every_file_is_told_at_once(tmp_path):
    own(tmp_path, GOOD.replace("serves = 1", "serves = 99").replace('"milk"', '"melk"'))
    own(tmp_path, "name = 'x'", "another.toml")
    found = problems(tmp_path)
    assert "another.toml: id must be a text" in found
    assert "another.toml: ingredients must be a list of tables" in found
    assert "my_porridge.toml: serves must be 1 to 12" in found
    assert any(
        line.startswith('my_porridge.toml: ingredients[2].food names no food: "melk"') for line in found
    )


def test_the_whole_sentence(tmp_path):
    with pytest.raises(BadRecipes) as told:
        load_recipes(FOODS, own(tmp_path, GOOD.replace("serves = 1", "serves = 99")))
    assert str(told.value) == (
        f"The recipe files have 1 problem:\n- {tmp_path / 'my_porridge.toml'}: serves must be 1 to 12"
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"id = '\xff'", "is not UTF-8 text (line 1); save it as UTF-8", id="another encoding"),
        pytest.param(
            b"#" * 70_000, "is larger than 64 kB, the most that a recipe file may be", id="too large"
        ),
        pytest.param(
            b"a = " + b"[" * 5000, "is not TOML: tables or lists are nested too deeply", id="nested"
        ),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path, content, problem):
    assert problems(own(tmp_path, content)) == [f"my_porridge.toml: {problem}"]


def test_a_folder_in_the_place_of_a_file_and_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "soup.toml").mkdir()
    assert problems(tmp_path) == ["soup.toml: is not a file; move it away"]
    file = tmp_path / "soup.txt"
    file.write_text("")
    assert problems(file) == [f"{file}: is a file; give the folder that holds the recipe files"]


def test_two_recipes_of_one_name_cannot_be_told_apart(tmp_path):
    own(tmp_path, GOOD)
    own(tmp_path, GOOD.replace("my_porridge", "their_porridge").replace("My", "my"), "their_porridge.toml")
    assert problems(tmp_path) == [
        '"my porridge" is the name of both my_porridge and their_porridge; rename one of them'
    ]


# --- Our breakfasts and snacks --------------------------------------------------------------------------------

BREAKFASTS = [dish for dish in DISHES.values() if "breakfast" in dish.recipe.slots]
SNACKS = [dish for dish in DISHES.values() if "snack" in dish.recipe.slots]


def amount(dish, nutrient: str) -> float:
    known = dish.totals[nutrient]
    assert known.coverage == 1, dish.recipe.id
    return known.amount


def test_there_are_enough_and_most_are_quick():
    both = [*BREAKFASTS, *SNACKS]
    assert len(both) >= 45
    quick = [dish for dish in both if dish.recipe.total_minutes <= 25]
    assert len(quick) >= 0.85 * len(both)
    assert all(dish.recipe.hands_on_minutes <= 15 for dish in both)


@pytest.mark.parametrize("dish", BREAKFASTS, ids=lambda dish: dish.recipe.id)
def test_a_breakfast_fills_and_has_protein_and_fruit_or_vegetables(dish):
    assert 300 <= amount(dish, "energy") <= 550
    assert amount(dish, "protein") >= 18
    assert dish.groups_g.get("fruit", 0) + dish.groups_g.get("vegetable", 0) >= 60


@pytest.mark.parametrize("dish", SNACKS, ids=lambda dish: dish.recipe.id)
def test_a_snack_is_small(dish):
    assert 120 <= amount(dish, "energy") <= 300


def test_most_breakfasts_hold_twenty_grams_of_protein():
    assert sum(amount(dish, "protein") >= 20 for dish in BREAKFASTS) >= 0.85 * len(BREAKFASTS)


@pytest.mark.parametrize(
    ("tag", "wanted", "breakfasts", "snacks"),
    [
        ("vegan", True, 12, 14),
        ("vegetarian", True, 25, 20),
        ("halal", True, 30, 25),
        ("kosher", True, 30, 25),
        ("contains_gluten", False, 12, 18),
        ("contains_milk", False, 15, 14),
        ("contains_lactose", False, 15, 14),
        ("contains_egg", False, 20, 25),
        ("contains_nuts", False, 25, 20),
        ("contains_peanut", False, 30, 25),
        ("contains_soy", False, 20, 25),
        ("contains_fish", False, 30, 25),
        ("pregnancy_caution", False, 35, 28),
    ],
)
def test_there_is_a_varied_week_for_each(tag, wanted, breakfasts, snacks):
    assert sum((tag in dish.tags) is wanted for dish in BREAKFASTS) >= breakfasts
    assert sum((tag in dish.tags) is wanted for dish in SNACKS) >= snacks


@pytest.mark.parametrize("content", ["gluten", "nuts", "soy", "peanut", "sesame"])
def test_a_vegan_with_an_allergy_has_breakfast_too(content):
    vegan = [dish for dish in BREAKFASTS if "vegan" in dish.tags and f"contains_{content}" not in dish.tags]
    assert len(vegan) >= 4


def test_a_usual_kitchen_is_enough_for_most():
    usual = kit_of(None)
    assert sum(dish.recipe.kit <= usual for dish in BREAKFASTS) >= 30


def test_every_recipe_says_how_a_cook_measures():
    for recipe in RECIPES.values():
        assert all(one.said for one in recipe.ingredients), recipe.id
        assert all(step.endswith(".") for step in recipe.method), recipe.id


# --- The page about recipes -----------------------------------------------------------------------------------


def test_the_example_of_the_page_loads(tmp_path):
    page = (Path(__file__).parents[1] / "docs" / "adding-a-recipe.md").read_text("utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example
    recipe = load_recipes(FOODS, own(tmp_path, example[1], "red_lentil_dal.toml"))["red_lentil_dal"]
    assert recipe.serves == 2
    assert set(RECIPE_KEYS) <= set(re.findall(r"[a-z_]+", example[1]))
    wrong = (
        example[1]
        .replace('food = "lentils_cooked"', 'food = "lentils"')
        .replace("hands_on_minutes = 10", "hands_on_minutes = 30")
    )
    for problem in problems(own(tmp_path, wrong, "red_lentil_dal.toml")):
        assert f"- recipes/{problem}" in page
