"""Unknown is neither zero nor met: what a nutrient is worth to a week by what its foods report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meal_book import ask_for, food, recipe, target, targets
from openback.nutrition.dishes import dish_of
from openback.nutrition.meals import RULES
from openback.nutrition.meals.numbers import load_numbers
from openback.nutrition.meals.problem import pose
from openback.nutrition.meals.solver import points_of

KCAL = 600.0  # of the one dinner of a day
WHOLE = load_numbers().price.nutrient
DEEP = load_numbers().price.nutrient_deep
OVER = load_numbers().price.over


def worth(rule: str, *halves: float | None, low: float | None = None, high: float | None = None) -> float:
    """Return the points of a rule for a week of dinners of foods that bring KCAL together.

    Each number is the vitamin E that one of the foods brings, None where it does not report it.
    """
    share_kcal = KCAL / len(halves)
    foods = {
        f"food_{n}": food(
            f"food_{n}",
            per_100g={"energy": share_kcal} | ({} if amount is None else {"vitamin_e": amount}),
        )
        for n, amount in enumerate(halves)
    }
    one = dish_of(recipe("bowl", dict.fromkeys(foods, 100.0)), foods)
    wanted = {
        "energy": target("energy", KCAL, KCAL),
        "vitamin_e": target("vitamin_e", low, high),
    }
    ask = replace(
        ask_for({"bowl": one}, targets=targets(KCAL, targets=wanted), meals=("dinner",)), foods=foods
    )
    problem = pose(ask)
    rules = [r for r in RULES if r.name in {"meals", "leftovers", rule}]
    week = [c for c in problem.all_choices if c.servings == 1.0]
    points = points_of(problem, rules, week)
    assert points is not None
    return points


@pytest.mark.parametrize(
    ("halves", "points"),
    [
        pytest.param((None,), 0.0, id="unknown is not met"),
        pytest.param((0.0,), 0.0, id="a known nothing"),
        pytest.param((15.0,), WHOLE + DEEP, id="met"),
        pytest.param((99.0,), WHOLE + DEEP, id="more is not better"),
        pytest.param((7.5,), WHOLE / 2 + DEEP, id="half of it"),
        pytest.param((15.0, None), WHOLE / 2 + DEEP, id="met by what is known of half the energy"),
        pytest.param((7.5, None), WHOLE / 2 + DEEP, id="what is known of half the energy brings its half"),
        pytest.param((3.0, None), WHOLE / 5 + DEEP * 0.4, id="what is known brings less than its half"),
        pytest.param((15.0, 0.0), WHOLE + DEEP, id="known throughout"),
    ],
)
def test_a_lower_target(halves, points):
    # Coverages of nothing at all make the rule silent: then it is worth nothing either.
    assert worth("nutrients_low", *halves, low=15.0) == pytest.approx(points, abs=1e-6)


@pytest.mark.parametrize("other", [0.0, 2.0, 15.0])
def test_a_food_that_does_not_say_never_beats_one_that_does(other):
    known, unknown = (worth("nutrients_low", 7.0, amount, low=15.0) for amount in (other, None))
    assert unknown <= known + 1e-9


@pytest.mark.parametrize(
    ("halves", "points"),
    [
        pytest.param((None,), 0.0, id="unknown is not too much"),
        pytest.param((10.0,), 0.0, id="at the limit"),
        pytest.param((12.0,), -0.2 * OVER, id="a fifth above"),
        pytest.param((5.0, None), 0.0, id="the known half keeps its half of the limit"),
        pytest.param((10.0, None), -0.5 * OVER, id="the known half fills the whole limit"),
    ],
)
def test_an_upper_limit(halves, points):
    assert worth("nutrients_high", *halves, high=10.0) == pytest.approx(points, abs=1e-6)
