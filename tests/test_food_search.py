"""Searching foods: what is eaten most first, slips forgiven, nothing that is not like it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.catalogue import load_catalogue
from openback.errors import BadBarcode, BadOwnFood, UnknownFood
from openback.model.eating import FoodLog
from openback.model.food import Food, Portion
from openback.model.food_import import RankedFood
from openback.model.words import singular, words_of
from openback.services import foods
from openback.services.app import App
from openback.services.food_ranking import Typed, one_slip_away, word_likeness
from openback.storage import FoodImport
from storing import ME, NOW, OWN_FOOD, PERSON, YOU, memory_store

READING = FoodImport(file="usda:1", origin="usda", name="usda.zip", started_at=NOW)


@pytest.fixture(scope="module")
def store():
    with memory_store() as opened:
        yield opened


@pytest.fixture
def app(store):
    store.delete_all_rows()
    store.put_person(ME, PERSON)
    store.put_person(YOU, PERSON)
    return App(
        store=store, catalogue=load_catalogue(), data_dir=Path("nowhere"), now=lambda: NOW, person_id=ME
    )


def imported(app, *names, rank=30, **changed):
    """Keep foods of a public table, and return their ids."""
    made = [
        Food(
            **{
                "id": f"usda:{nth}",
                "name": name,
                "group": "other",
                "per_100g": {"energy": 50.0},
                "origin": "usda",
                "source": "USDA",
                **changed,
            }
        )
        for nth, name in enumerate(names, len(app.store.foods_with_barcode([""])) + 1)
    ]
    app.store.keep_foods([RankedFood(food=one, rank=rank) for one in made], READING)
    app.store.learn_food_words()
    return [one.id for one in made]


def eaten(app, food=None, recipe=None, times=1):
    for _ in range(times):
        entry = FoodLog(
            id=uuid4(), at=NOW, on=NOW.date(), slot="lunch", name="x", food=food, recipe=recipe, mass_g=100.0,
            servings=None, portion="", amounts={}, fruit_vegetable_g=None,
        )  # fmt: skip
        app.store.put_food_entry(app.person_id, entry)


def names(app, text, limit=20):
    return [hit.name for hit in foods.search(app, text, limit=limit)]


# --- Likeness -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "word", "expected"),
    [
        ("oat", "oat", 1.0),
        ("oats", "oat", 1.0),
        ("tomatoes", "tomato", 1.0),
        ("berries", "berry", 0.9),
        ("cherries", "cherry", 0.9),
        ("oa", "oatmeal", 0.9),
        ("oatmael", "oatmeal", 0.7),
        ("grandma", "granola", 0.0),
        ("brocolli", "broccoli", 0.4),
        ("brocc", "broccoli", 0.9),
        ("borcc", "broccoli", 0.4),
        ("mlik", "milk", 0.5),
        ("oat", "cat", 0.5),
        ("ot", "oat", 0.0),
        ("12", "13", 0.0),
        ("kale", "broccoli", 0.0),
    ],
)
def test_how_like_two_words_are(typed, word, expected):
    assert word_likeness(typed, word) == pytest.approx(expected)


words = st.text("abcdefghij", min_size=1, max_size=12)


@given(words, words)
def test_likeness_is_a_share_and_the_same_word_is_likest(typed, word):
    assert 0.0 <= word_likeness(typed, word) <= 1.0
    assert word_likeness(word, word) == 1.0


@given(st.text("abcdefghij", min_size=6, max_size=12), st.data())
def test_every_single_slip_in_a_long_word_is_forgiven(word, data):
    slipped = data.draw(st.sampled_from(sorted({one for one in one_slip_away(word) if len(one) > 5})))
    assert word_likeness(slipped, word) > 0


@given(st.text(max_size=60))
def test_nothing_that_is_typed_breaks_the_words(text):
    for word in words_of(text):
        assert word
        assert singular(word)
    assert Typed.of(text).words == words_of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("  --, ", ()),
        ("Crème Brûlée", ("creme", "brulee")),
        ("Weißkäse, ŒUF; smørrebrød", ("weisskase", "oeuf", "smorrebrod")),
        ("milk Milk MILK", ("milk",)),
        ("3.5% fat", ("3", "5", "fat")),
        ("豆腐", ("豆腐",)),
    ],
)
def test_words_are_compared_without_case_and_accents(text, expected):
    assert words_of(text) == expected


# --- Searching ------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  ", "!?", "zzzzzz", "\0", "a" * 5000, '"*" OR', "oat' & '", "NEAR("])
def test_what_is_like_nothing_finds_nothing_and_breaks_nothing(app, text):
    assert isinstance(foods.search(app, text), tuple)
    assert foods.search(app, "oat", limit=0) == ()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("banana", "Banana"),
        ("bananas", "Banana"),
        ("bana", "Banana"),
        ("chiken brest", "Chicken breast, raw"),
        ("brocoli", "Broccoli, raw"),
        ("peanutbutter", "Peanut butter, smooth, unsalted"),
        ("creme fraiche", None),
        ("tomatos", "Tomato"),
        ("mlik", "Milk, whole"),
        ("almonds", "Almonds"),
    ],
)
def test_bundled_foods_are_found_with_slips(app, text, first):
    found = names(app, text)
    if first is None:
        assert "Banana" not in found
    else:
        assert first in found[:4]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("eggplants", "Aubergine, boiled"),
        ("zucchini", "Courgette, raw"),
        ("bok choy", "Pak choi, boiled"),
        ("soy milk", "Soy drink, unfortified"),
    ],
)
def test_other_words_for_the_same_thing_find_it(app, text, first):
    imported(app, "Zucchini spirals", "Courgette chips")
    assert first in names(app, text)[:3]
    assert {"Zucchini spirals", "Courgette chips"} <= set(names(app, "zucchini"))


@pytest.mark.parametrize(
    ("text", "first"),
    [("apple", "Apple with skin"), ("egg", "Egg"), ("milk", "Milk, whole"), ("carrots", "Carrot, raw")],
)
def test_the_plain_food_comes_first(app, text, first):
    assert first in names(app, text)[: 1 if text in {"apple", "egg"} else 4]


def test_what_is_only_somewhat_like_it_is_left_out_beside_what_is_meant(app):
    found = names(app, "oat", limit=100)
    assert "Rolled oats, dry" in found
    assert all("oat" in name.lower() for name in found)


def test_recipes_are_found_too(app):
    hits = [hit for hit in foods.search(app, "soup", limit=50) if hit.origin == "recipe"]
    assert hits
    assert all(hit.id == f"recipe:{hit.recipe}" and hit.energy_kcal > 50 for hit in hits)
    assert hits[0].portions[0].name == "1 serving"
    assert foods.search(app, "banana")[0].recipe is None


def test_imported_foods_are_found_by_all_their_words(app):
    imported(app, "Quixo bar with dates", "Quixo drink", "Other bar", brand="Zebrano")
    assert names(app, "quixo") == ["Quixo drink", "Quixo bar with dates"]
    assert names(app, "dates quixo") == ["Quixo bar with dates"]
    assert sorted(names(app, "zebra")) == ["Other bar", "Quixo bar with dates", "Quixo drink"]
    assert names(app, "qiuxo drikn") == ["Quixo drink"]
    assert names(app, "zebrano quxio bar") == ["Quixo bar with dates"]


def test_a_word_too_many_still_finds_the_rest(app):
    imported(app, "Quixo drink", "Xylo drink")
    assert names(app, "quixo drink wunderbar") == ["Quixo drink"]


def test_what_this_person_eats_most_comes_first(app):
    imported(app, "Quixo", "Quixo original", "Quixo dark")
    assert names(app, "quixo")[0] == "Quixo"
    eaten(app, "usda:3", times=2)
    eaten(app, "usda:2")
    assert names(app, "quixo") == ["Quixo dark", "Quixo original", "Quixo"]
    assert [hit.uses for hit in foods.search(app, "quixo")] == [2, 1, 0]
    assert names(replace(app, person_id=YOU), "quixo")[0] == "Quixo"


def test_a_recipe_that_is_eaten_comes_first(app):
    recipe = next(hit.recipe for hit in reversed(foods.search(app, "soup", limit=50)) if hit.recipe)
    eaten(app, recipe=recipe)
    assert foods.search(app, "soup")[0].recipe == recipe


def test_one_product_of_two_tables_is_listed_once(app):
    imported(app, "Quixo drink", barcode="4006381333931")
    same = Food(
        id="off:4006381333931", name="Quixo drink", group="drink", per_100g={"energy": 41.0},
        origin="open_food_facts", source="OFF", barcode="4006381333931",
    )  # fmt: skip
    app.store.keep_foods([RankedFood(food=same, rank=50)], READING)
    assert len(foods.search(app, "quixo")) == 1


def test_what_has_the_same_name_is_listed_once_unless_it_was_eaten(app):
    imported(app, "Quixo drink", "Quixo drink", "Banana")
    assert names(app, "quixo") == ["Quixo drink"]
    assert names(app, "banana").count("Banana") == 1
    eaten(app, "usda:2")
    assert [hit.uses for hit in foods.search(app, "quixo")] == [1]
    eaten(app, "usda:1", times=2)
    assert [hit.uses for hit in foods.search(app, "quixo")] == [2, 1]


def test_own_foods_are_found_by_their_person_only(app):
    foods.keep_own_food(app, OWN_FOOD)
    assert names(app, "muesli grandma") == ["Grandma's müsli"]
    assert foods.search(app, "grandma")[0].origin == "own"
    assert names(replace(app, person_id=YOU), "grandma") == []


@pytest.mark.parametrize("code", ["4006381333931", "04006381333931", "4 006381 333931"])
def test_a_barcode_finds_its_food_ones_own_before_others(app, code):
    assert foods.by_barcode(app, code) is None
    imported(app, "Quixo drink", barcode="4006381333931")
    assert foods.by_barcode(app, code).name == "Quixo drink"
    assert names(app, code) == ["Quixo drink"]
    foods.keep_own_food(app, OWN_FOOD)
    assert foods.by_barcode(app, code).name == OWN_FOOD.name


def test_a_upc_e_finds_the_food_of_its_upc_a(app):
    imported(app, "Quixo drink", barcode="0042100005264")
    assert foods.by_barcode(app, "04252614").name == "Quixo drink"


def test_what_is_no_barcode_is_said(app):
    with pytest.raises(BadBarcode) as raised:
        foods.by_barcode(app, "4006381333932")
    assert str(raised.value) == (
        "'4006381333932' is not a whole barcode: it needs 8, 12 or 13 digits, and the last must fit the others. "
        "Scan it again, or type every digit under the bars."
    )


@pytest.mark.parametrize("text", ["oat", "chikn", "milk", "a", "water"])
def test_the_same_search_gives_the_same_answer_and_no_more_than_asked(app, text):
    assert foods.search(app, text) == foods.search(app, text)
    whole = foods.search(app, text, limit=30)
    assert len(whole) <= 30
    assert len({hit.id for hit in whole}) == len(whole)


# --- One food -------------------------------------------------------------------------------------


def test_a_food_is_had_by_its_id(app):
    (one,) = imported(app, "Quixo drink")
    foods.keep_own_food(app, OWN_FOOD)
    assert foods.food(app, "banana").name == "Banana"
    assert foods.food(app, one).name == "Quixo drink"
    assert foods.food(app, OWN_FOOD.id).name == OWN_FOOD.name
    with pytest.raises(UnknownFood) as raised:
        foods.food(replace(app, person_id=YOU), OWN_FOOD.id)
    assert str(raised.value) == (
        f"No food has the id {OWN_FOOD.id!r}. `openback foods search WORDS` finds foods by name."
    )


# --- Foods of one's own ---------------------------------------------------------------------------


def test_an_own_food_is_kept_tidied_and_taken_back(app):
    kept = foods.keep_own_food(
        app, replace(OWN_FOOD, name="  Grandma's   müsli ", barcode=" 400-6381333931", source="")
    )
    assert kept.value == replace(OWN_FOOD, source="your own figures")
    assert foods.own_foods(app) == (kept.value,)
    assert foods.keep_own_food(app, kept.value).was == "same"
    token = foods.forget_own_food(app, OWN_FOOD.id)
    assert foods.own_foods(app) == ()
    app.store.undo(ME, token)
    app.store.undo(ME, kept.undo)
    assert foods.own_foods(app) == ()


def test_an_own_food_may_come_before_the_questions_are_answered(app):
    nobody = replace(app, person_id="nobody")
    foods.keep_own_food(nobody, OWN_FOOD)
    assert foods.own_foods(nobody) == (replace(OWN_FOOD),)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"id": "banana"}, "The id of a food of your own is `own:` and a UUID."),
        ({"id": "own:banana"}, "The id of a food of your own is `own:` and a UUID."),
        ({"name": "  "}, "Give the food a name of up to 120 letters."),
        ({"name": "x" * 121}, "Give the food a name of up to 120 letters."),
        ({"barcode": "123"}, "The barcode's last digit does not fit."),
        (
            {"portions": (Portion(name="", mass_g=5),)},
            "The portion '' needs a name and a mass of up to 5000 g.",
        ),
        (
            {"portions": (Portion(name="cup", mass_g=0),)},
            "The portion 'cup' needs a name and a mass of up to 5000 g.",
        ),
        ({"portions": (Portion(name="x", mass_g=1),) * 21}, "A food has up to 20 portions."),
        ({"per_100g": {"sunshine": 1.0}}, "No nutrient is called 'sunshine'."),
        ({"per_100g": {"fat": -1.0}}, "Fat cannot be less than nothing."),
        ({"per_100g": {"fat": float("nan")}}, "Fat cannot be less than nothing."),
        ({"per_100g": {"fat": 101.0}}, "100 g cannot have more than 100 g of fat."),
        ({"per_100g": {"energy": 5000.0}}, "100 g cannot have more than 902 kcal of energy."),
        (
            {"per_100g": {"fat": 60.0, "protein": 60.0}},
            "Protein, carbohydrate and fat together are more than 100 g of 100 g.",
        ),
    ],
)
def test_an_own_food_that_cannot_be_is_said(app, changed, problem):
    with pytest.raises(BadOwnFood) as raised:
        foods.keep_own_food(app, replace(OWN_FOOD, **changed))
    assert raised.value.problems == (problem,)
    assert str(raised.value) == problem
    assert foods.own_foods(app) == ()


def test_every_problem_of_an_own_food_is_said_at_once(app):
    spoilt = replace(OWN_FOOD, name="", barcode="1", per_100g={"fat": 500.0})
    with pytest.raises(BadOwnFood) as raised:
        foods.keep_own_food(app, spoilt)
    assert len(raised.value.problems) == 3
    assert UUID(OWN_FOOD.id.removeprefix("own:"))
