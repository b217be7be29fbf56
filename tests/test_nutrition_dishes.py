"""What foods and dishes hold: the unknown first, then sums, then properties."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.model.food import Food, Ingredient, Recipe
from openback.model.nutrients import NUTRIENT, Known
from openback.nutrition.dishes import dish_of, kinds_of, scaled, sum_totals, totals_of, totals_of_plate
from openback.nutrition.foods import load_foods

FOODS = load_foods()
KEYS = ("energy", "protein", "vitamin_c", "iodine")


def food(name: str = "a", **per_100g: float) -> Food:
    return Food(id=name, name=name, group="other", per_100g=per_100g, origin="own", source="test")


def recipe(*ingredients: tuple[str, float], serves: int = 1) -> Recipe:
    return Recipe(
        id="r",
        name="R",
        slots=("lunch",),
        serves=serves,
        hands_on_minutes=1,
        total_minutes=1,
        ingredients=tuple(Ingredient(food=name, mass_g=mass) for name, mass in ingredients),
        method=("Eat.",),
    )


def summed(*parts: tuple[Food, float]):
    return sum_totals((totals_of(one, mass), 1.0) for one, mass in parts)


# --- Unknown is not zero --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "amount", "coverage"),
    [
        pytest.param([], 0, 0, id="nothing eaten is nothing known"),
        pytest.param([(food(energy=100), 100)], 0, 0, id="not reported"),
        pytest.param([(food(energy=100, iron=0), 100)], 0, 1, id="reported as zero"),
        pytest.param([(food(energy=100, iron=2), 150), (food(energy=100), 50)], 3, 0.75, id="three quarters of the energy"),
        pytest.param([(food(energy=100, iron=2), 100), (food(energy=0), 500)], 2, 1, id="water weighs nothing"),
        pytest.param([(food(energy=0, iron=2), 100), (food(energy=0), 50)], 2, 0, id="no energy at all: the lowest"),
        pytest.param([(food(energy=150, iron=2), 100), (food(), 100)], 2, 0.5, id="no energy told: weighs like a mixed diet"),
    ],
)  # fmt: skip
def test_iron_and_how_much_of_it_is_known(parts, amount, coverage):
    iron = summed(*parts)["iron"]
    assert iron.amount == pytest.approx(amount)
    assert iron.coverage == pytest.approx(coverage)


def test_a_food_without_energy_lowers_what_is_known_of_the_energy_even_in_a_sum_of_sums():
    meal = summed((food(energy=150), 200))
    snack = totals_of(food(), 100)
    assert snack["energy"].coverage == 0
    day = sum_totals([(meal, 1), (snack, 1)])
    assert day["energy"].amount == pytest.approx(300)
    assert day["energy"].coverage == pytest.approx(2 / 3)


def test_two_servings_weigh_twice():
    known, silent = totals_of(food(energy=100, iron=1), 100), totals_of(food(energy=100), 100)
    day = sum_totals([(known, 2), (silent, 1)])
    assert day["iron"].amount == pytest.approx(2)
    assert day["iron"].coverage == pytest.approx(2 / 3)
    assert sum_totals([(known, 0), (silent, 1)])["iron"].coverage == 0


def test_totals_that_were_stored_without_what_they_are_of_still_add_up():
    bare = {
        key: Known(amount=known.amount, coverage=known.coverage)
        for key, known in totals_of(FOODS["banana"], 100).items()
    }
    day = sum_totals([(bare, 1), (totals_of(FOODS["tofu"], 100), 1)])
    whole = summed((FOODS["banana"], 100), (FOODS["tofu"], 100))
    assert day["sugars"].coverage == pytest.approx(whole["sugars"].coverage)
    assert 0 < day["sugars"].coverage < 1


def test_a_nutrient_that_is_missing_from_a_part_is_unknown_there():
    day = sum_totals([({"energy": Known(amount=100, coverage=1)}, 1), (totals_of(FOODS["banana"], 100), 1)])
    assert day["potassium"].amount == pytest.approx(358)
    assert day["potassium"].coverage == pytest.approx(89 / 189)


def test_every_nutrient_is_answered_for():
    assert set(totals_of(FOODS["banana"], 118)) == set(summed()) == set(NUTRIENT)


# --- A dish -----------------------------------------------------------------------------------------------


def test_a_serving_of_porridge():
    dish = dish_of(recipe(("rolled_oats", 100), ("milk", 500), ("banana", 240), serves=2), FOODS)
    assert dish.mass_g == pytest.approx(420)
    assert dish.totals["energy"].amount == pytest.approx(379 * 0.5 + 50 * 2.5 + 89 * 1.2)
    assert dish.totals["protein"].amount == pytest.approx(13.15 * 0.5 + 3.3 * 2.5 + 1.09 * 1.2)
    assert dish.totals["iodine"] == Known(amount=0, coverage=0, of_kcal=dish.totals["energy"].amount)
    assert dish.groups_g == {"whole_grain": 50, "dairy": 250, "fruit": 120}
    assert dish.kinds == ("banana",)
    assert dish.price == "low"
    assert {"vegetarian", "contains_gluten", "contains_milk", "contains_lactose"} <= dish.tags
    assert "vegan" not in dish.tags
    assert dish.months == frozenset()
    assert dish.cautions == ()


def test_what_may_be_left_out_still_counts_for_allergies():
    made = recipe(("apple", 100), ("walnuts", 10))
    made = replace(made, ingredients=(made.ingredients[0], replace(made.ingredients[1], optional=True)))
    assert "contains_nuts" in dish_of(made, FOODS).tags


def test_an_untagged_food_allows_no_diet():
    foods = {**FOODS, "own:1": replace(FOODS["apple"], id="own:1", tags=None)}
    dish = dish_of(recipe(("own:1", 100), ("apple", 100)), foods)
    assert dish.tags == frozenset()


@pytest.mark.parametrize(
    ("ingredients", "months"),
    [
        pytest.param([("rolled_oats", 50)], set(), id="all year"),
        pytest.param([("strawberries", 50), ("rolled_oats", 50)], {5, 6, 7, 8}, id="one season"),
        pytest.param([("strawberries", 50), ("asparagus", 50)], {5, 6}, id="what both share"),
        pytest.param(
            [("strawberries", 50), ("chestnuts", 50)], {5, 6, 7, 8, 10, 11, 12}, id="no month in common"
        ),
    ],
)
def test_season_of_a_dish(ingredients, months):
    assert dish_of(recipe(*ingredients), FOODS).months == months


@pytest.mark.parametrize(
    ("ingredients", "price"),
    [
        pytest.param([("lentils_cooked", 200), ("carrot", 100)], "low", id="low"),
        pytest.param([("lentils_cooked", 200), ("saffron", 0)], "low", id="a pinch does not count"),
        pytest.param([("salmon", 120), ("potato_boiled", 200)], "high", id="high"),
        pytest.param([("raspberries", 100), ("oatmeal_cooked", 150)], "high", id="by mass"),
    ],
)
def test_price_of_a_dish(ingredients, price):
    assert dish_of(recipe(*(pair for pair in ingredients if pair[1])), FOODS).price == price


def test_cautions_are_told_once():
    dish = dish_of(recipe(("tuna_canned", 100), ("brie", 20), ("camembert", 20)), FOODS)
    assert dish.cautions == (FOODS["tuna_canned"].caution, FOODS["brie"].caution)


@pytest.mark.parametrize(
    ("portions", "kinds"),
    [
        pytest.param([], (), id="nothing"),
        pytest.param([("parsley", 60), ("potato_boiled", 200), ("orange_juice", 200)], (), id="herbs, roots and juice do not"),
        pytest.param([("carrot", 39)], (), id="too little"),
        pytest.param([("carrot", 40), ("apple", 120)], ("apple", "carrot"), id="most first"),
        pytest.param([("tomato", 25), ("tomatoes_canned", 25)], ("tomato",), id="two states are one kind"),
    ],
)  # fmt: skip
def test_kinds_of_fruit_and_vegetables(portions, kinds):
    assert kinds_of((FOODS[name], mass) for name, mass in portions) == kinds


# --- Properties -------------------------------------------------------------------------------------------

masses = st.floats(0.5, 2000)
amounts = st.dictionaries(st.sampled_from(KEYS), st.floats(0, 900), max_size=len(KEYS))
foods = st.builds(lambda per: food("x", **per), amounts)
plates = st.lists(st.tuples(foods, masses), max_size=6)
times = st.floats(0.25, 8)


def same(left, right):
    for key in KEYS:
        assert left[key].amount == pytest.approx(right[key].amount, rel=1e-9, abs=1e-9)
        assert left[key].coverage == pytest.approx(right[key].coverage, abs=1e-9)


@given(foods, masses, masses)
def test_totals_of_a_food_grow_with_its_mass(one, first_g, second_g):
    same(summed((one, first_g), (one, second_g)), totals_of(one, first_g + second_g))


@given(plates)
def test_a_plate_is_the_sum_of_its_foods(plate):
    same(totals_of_plate(plate), summed(*plate))


@given(plates, plates)
def test_a_sum_of_sums_is_the_sum(left, right):
    kcal = sum(known["energy"].of_kcal or 0 for known in (summed(*left), summed(*right)))
    parts = [(summed(*left), 1.0)] * bool(left) + [(summed(*right), 1.0)] * bool(right)
    if kcal > 0 or len(parts) < 2:
        same(sum_totals(parts), summed(*left, *right))


@given(plates, times)
def test_amounts_are_linear_and_shares_stay(plate, many):
    once, often = summed(*plate), scaled(summed(*plate), many)
    for key in KEYS:
        assert often[key].amount == pytest.approx(once[key].amount * many, rel=1e-9, abs=1e-9)
        assert often[key].coverage == pytest.approx(once[key].coverage, abs=1e-9)


@given(plates, foods, masses, st.sampled_from(KEYS))
def test_what_is_known_never_rises_by_a_food_that_does_not_report_it(plate, one, mass_g, key):
    silent = replace(one, per_100g={name: amount for name, amount in one.per_100g.items() if name != key})
    before, after = summed(*plate)[key], summed(*plate, (silent, mass_g))[key]
    assert after.coverage <= before.coverage + 1e-9
    assert after.amount == pytest.approx(before.amount)


@given(plates)
def test_shares_are_shares(plate):
    for known in summed(*plate).values():
        assert 0 <= known.coverage <= 1


@given(st.lists(st.tuples(st.sampled_from(sorted(FOODS)), st.floats(1, 500)), min_size=1, max_size=8, unique_by=lambda pair: pair[0]), st.integers(1, 12))  # fmt: skip
def test_a_serving_is_its_share_of_the_pot(ingredients, serves):
    pot = summed(*((FOODS[name], mass) for name, mass in ingredients))
    serving = dish_of(recipe(*ingredients, serves=serves), FOODS)
    for key in KEYS:
        assert serving.totals[key].amount * serves == pytest.approx(pot[key].amount, rel=1e-9, abs=1e-9)
        assert serving.totals[key].coverage == pytest.approx(pot[key].coverage, abs=1e-9)
    assert sum(serving.groups_g.values()) == pytest.approx(serving.mass_g)
