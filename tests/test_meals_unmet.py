"""What a week misses, from its sums alone: unknown is neither missing nor met."""

from __future__ import annotations

import pytest

from meal_book import ask_for, small_book, target, targets
from openback.model.nutrients import Known
from openback.nutrition.meals.unmet import richest, unknown, unmet

PILLS = "a supplement of vitamin D, above all in winter."
SALMON = f"4 portions of salmon, farmed a week more would reach it, or {PILLS}"


def missed(nutrient: str, mean: float, coverage: float, *, low=None, high=None, **more):
    """Return what is said of a week with this daily mean of one nutrient."""
    ask = ask_for(targets=targets(2000, targets={nutrient: target(nutrient, low, high)}), **more)
    return [one.text for one in unmet(ask, (), {nutrient: Known(amount=7 * mean, coverage=coverage)})]


@pytest.mark.parametrize(
    ("mean", "coverage", "said"),
    [
        pytest.param(0.0, 0.0, [], id="nothing known is not missing"),
        pytest.param(15.0, 1.0, [], id="met"),
        pytest.param(9.0, 0.6, [], id="as much as the known part asks for"),
        pytest.param(
            6.0, 1.0,
            [f"Vitamin D: 6 of 15 micrograms a day; {SALMON}"],
            id="missed",
        ),
        pytest.param(
            4.8, 0.8,
            [f"Vitamin D: 4.8 of 15 micrograms a day, as far as the tables say (for 80% of the energy); {SALMON}"],
            id="missed, in part unknown",
        ),
        pytest.param(
            14.8, 1.0, ["Vitamin D: just below 15 micrograms a day; foods of one name differ by more than that."], id="near"
        ),
    ],
)  # fmt: skip
def test_a_lower_target(mean, coverage, said):
    assert missed("vitamin_d", mean, coverage, low=15) == said


def test_a_fix_is_something_that_may_be_eaten():
    said = missed("vitamin_d", 6.0, 1.0, low=15, allergies=frozenset({"fish"}))
    assert said == [f"Vitamin D: 6 of 15 micrograms a day; {PILLS}"]
    ask = ask_for(dislikes=("legume",), diet="vegan")
    foods = [food for food, _ in richest(ask, "iron", 2.0)]
    assert foods
    assert all("vegan" in (food.tags or ()) and food.group != "legume" for food in foods)
    assert len({food.group for food in foods}) == len(foods)


def test_portions_close_the_gap():
    for food, times in richest(ask_for(), "calcium", 150.0):
        a_week = food.per_100g["calcium"] * food.portions[0].mass_g / 100 * times
        assert a_week >= 7 * 150.0 > a_week * (times - 1) / times


@pytest.mark.parametrize(
    ("mean", "coverage", "said"),
    [
        pytest.param(2300.0, 1.0, [], id="at the limit"),
        pytest.param(2200.0, 0.0, [], id="nothing known"),
        pytest.param(2600.0, 1.0, ["Sodium: 2,600 mg a day, a little more than 2,300."], id="above"),
    ],
)
def test_an_upper_limit(mean, coverage, said):
    assert missed("sodium", mean, coverage, high=2300) == said


def test_nutrients_that_the_tables_do_not_know():
    ask = ask_for(small_book("orange"), targets=targets(2000, target("iodine", 150), target("choline", 425)))
    week = {"iodine": Known(amount=0.0, coverage=0.0), "choline": Known(amount=900.0, coverage=0.8)}
    said = [text for text in unknown(ask, week) if text.startswith(("Iodine", "Choline"))]
    assert said == [
        "Iodine: the food tables do not say how much is in these meals; iodised salt, sea fish and milk bring it."
    ]
