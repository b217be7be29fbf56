"""The shopping list: nothing bought twice, nothing short, in what a shop sells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meal_book import DAYS, dish, food, recipe, small_book
from openback.model.eating import Meal
from openback.nutrition.dishes import dish_of
from openback.nutrition.foods import load_foods
from openback.nutrition.kitchen import load_aisles
from openback.nutrition.meals import shopping_list
from openback.nutrition.meals.shopping import needs_g
from openback.nutrition.meals.words import listed, number, plural


def meal(recipe: str, servings: float = 1.0, day: int = 0) -> Meal:
    return Meal(on=DAYS[day], slot="dinner", recipe=recipe, servings=servings, cooked_on=DAYS[day])


def test_nothing_to_eat_is_nothing_to_buy():
    assert shopping_list([], {}, {}) == ()


@pytest.mark.parametrize(
    ("one", "eaten_g", "bought_g", "said"),
    [
        pytest.param({}, 123, 130, "130 g", id="by weight"),
        pytest.param({}, 1404, 1410, "1.41 kg", id="by weight, a lot"),
        pytest.param({"shop_unit_g": 400.0, "shop_unit": "tin"}, 400, 400, "1 tin of 400 g", id="just a tin"),
        pytest.param({"shop_unit_g": 400.0, "shop_unit": "tin"}, 401, 800, "2 tins of 400 g", id="just more"),
        pytest.param(
            {"shop_unit_g": 240.0, "shop_unit": "tin (240 g drained)"}, 300, 480, "2 tins (240 g drained)", id="drained"
        ),
        pytest.param(
            {"shop_unit_g": 150.0, "shop_unit": "piece", "refuse_share": 0.5}, 160, 450, "3 pieces, about 450 g", id="peel"
        ),
        pytest.param({"shop_unit_g": 500.0, "shop_unit": "loaf"}, 900, 1000, "2 loaves of 500 g", id="loaves"),
        pytest.param({"shop_unit_g": 360.0, "shop_unit": "box of 6"}, 361, 720, "2 boxes of 6", id="boxes"),
        pytest.param(
            {"shop_unit_g": 500.0, "shop_unit": "bag", "shop_g_per_g": 0.4}, 1000, 500, "1 bag of 500 g", id="dry"
        ),
    ],
)  # fmt: skip
def test_what_a_shop_sells(one, eaten_g, bought_g, said):
    foods = {"thing": food("thing", **one)}
    book = {"bowl": _made_of(foods, {"thing": eaten_g})}
    (item,) = shopping_list([meal("bowl")], book, foods)
    assert (item.need_g, item.buy_g, item.said) == (eaten_g, bought_g, said)


def _made_of(foods, grams):
    return dish_of(recipe("bowl", grams), foods)


def test_the_pantry_comes_off_first():
    foods = load_foods()
    book = {"bowl": dish("bowl", {"apple": 200, "banana": 100})}
    items = {
        item.food: item
        for item in shopping_list(
            [meal("bowl")], book, foods, pantry_g={"apple": 900, "banana": 40}, eaters=2
        )
    }
    assert (items["apple"].have_g, items["apple"].buy_g, items["apple"].said) == (400, 0, "at home")
    assert items["banana"].have_g == 40
    assert items["banana"].buy_g >= (200 - 40) * foods["banana"].bought_g_per_g


def test_what_a_shop_sells_under_one_name_is_one_line():
    foods = {
        "raw": food("raw", name="Leek, raw", shop_unit_g=200.0, shop_unit="piece"),
        "cooked": food("cooked", name="Leek, cooked", shop_unit_g=200.0, shop_unit="piece"),
    }
    book = {"bowl": _made_of(foods, {"raw": 90, "cooked": 100})}
    (item,) = shopping_list([meal("bowl")], book, foods)
    assert (item.food, item.name, item.need_g, item.said) == ("cooked", "Leek", 190, "1 piece, about 200 g")


def test_lines_stand_in_the_order_of_the_aisles():
    book = small_book()
    items = shopping_list([meal(id_) for id_ in book], book, load_foods())
    places = [load_aisles().index(item.aisle) for item in items]
    assert places == sorted(places)
    assert len({(item.name, item.aisle) for item in items}) == len(items)


servings = st.lists(
    st.tuples(st.sampled_from(sorted(small_book())), st.sampled_from([0.5, 1.0, 1.5, 2.0])), max_size=8
)


@given(
    servings,
    st.integers(1, 4),
    st.dictionaries(st.sampled_from(["apple", "tofu", "salmon"]), st.floats(0, 2000)),
)
def test_never_short_and_never_a_whole_unit_too_much(chosen, eaters, pantry):
    book, foods = small_book(), load_foods()
    meals = [meal(id_, number_of) for id_, number_of in chosen]
    needs = needs_g(meals, book, eaters=eaters)
    items = shopping_list(meals, book, foods, pantry_g=pantry, eaters=eaters)
    assert sum(item.need_g for item in items) == pytest.approx(sum(needs.values()))
    for item in items:
        one = foods[item.food]
        lacking_g = (item.need_g - item.have_g) * one.bought_g_per_g
        assert 0 <= item.have_g <= item.need_g + 1e-9
        assert item.buy_g >= lacking_g - 0.1
        assert item.buy_g < lacking_g + (one.shop_unit_g or 10) + 0.1


@pytest.mark.parametrize(
    ("words", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_in_words(words, said):
    assert listed(words) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0, "0"), (0.254, "0.25"), (1.36, "1.4"), (6.0, "6"), (12.6, "13"), (2150.4, "2,150")],
)
def test_numbers_in_words(value, said):
    assert number(value) == said


@pytest.mark.parametrize(
    ("count", "name", "said"),
    [
        (1, "tin", "1 tin"),
        (0, "portion", "0 portions"),
        (3, "bunch", "3 bunches"),
        (2, "pack of 6", "2 packs of 6"),
    ],
)
def test_plurals(count, name, said):
    assert plural(count, name) == said
