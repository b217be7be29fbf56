"""What may stand in for a planned meal: what is known of a dish is compared, what is not known is not made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from openback.model.eating import FoodWishes, Meal, MealWeek
from openback.model.nutrients import Known
from openback.nutrition.dishes import dish_of
from openback.nutrition.foods import load_foods
from openback.nutrition.meals import MealAsk
from openback.nutrition.recipes import load_recipes
from openback.nutrition.targets import food_targets
from openback.services.eat.swaps import choices_for
from web_sample import PROFILE

MONDAY = date(2026, 11, 23)
PLANNED, ALIKE, STRANGE = "red_lentil_dal", "red_lentil_alike", "red_lentil_unknown"


@pytest.fixture(scope="module")
def dinner():
    """A dinner of the book whose figures are known."""
    foods = load_foods()
    recipes = load_recipes(foods)
    return dish_of(next(one for one in recipes.values() if one.slots == ("dinner",)), foods)


def named(dish, name, **totals):
    return replace(dish, recipe=replace(dish.recipe, id=name, name=name), totals={**dish.totals, **totals})


def asked(*dishes):
    return MealAsk(
        dishes={dish.recipe.id: dish for dish in dishes},
        foods=load_foods(),
        targets=food_targets(PROFILE.person, FoodWishes(), today=MONDAY),
        wishes=FoodWishes(cooking_minutes=dict.fromkeys(range(7), 90)),
        starts_on=MONDAY,
    )


def choices(*dishes):
    meal = Meal(on=MONDAY, slot="dinner", recipe=PLANNED, servings=1.0, cooked_on=MONDAY)
    week = MealWeek(
        status="planned", starts_on=MONDAY, meals=(meal,), daily={}, unmet=(), shopping=(), reasons=()
    )
    return choices_for(asked(*dishes), week, meal)


def test_nothing_else_is_nothing_to_choose(dinner):
    assert choices(named(dinner, PLANNED)) == ()


def test_what_is_not_known_is_neither_less_nor_the_best_fit(dinner):
    unknown = Known(amount=0.0, coverage=0.0)
    strange = named(dinner, STRANGE, energy=unknown, protein=unknown)
    found = choices(named(dinner, PLANNED), strange, named(dinner, ALIKE))
    assert [one.recipe for one in found] == [ALIKE, STRANGE]
    assert (found[1].energy_kcal, found[1].protein_g) == (None, None)
    assert found[1].why == "Not all it holds is known"


def test_what_is_known_is_said(dinner):
    protein = dinner.totals["protein"]
    leaner = named(dinner, ALIKE, protein=replace(protein, amount=protein.amount - 10))
    assert [one.why for one in choices(named(dinner, PLANNED), leaner)] == ["10 g less protein"]
