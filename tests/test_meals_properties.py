"""Properties of weeks of meals: every hard rule holds, fewer rules are never worse, greedy is never better."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from meal_book import ask_for, broken, small_book, target, targets
from openback.model.eating import FoodWishes
from openback.nutrition.diets import ALLERGY_TAGS
from openback.nutrition.meals import RULES, MealAsk, plan_week
from openback.nutrition.meals.greedy import greedy_choices
from openback.nutrition.meals.problem import pose, without_days
from openback.nutrition.meals.solver import model_of, points_of, solve
from openback.optimise import GAP, Search, as_highs, merged, run

HARD = [rule.name for rule in RULES if rule.hard]
MEALS = [
    ("breakfast", "lunch", "dinner", "snack"),
    ("breakfast", "lunch", "dinner"),
    ("lunch", "dinner"),
    ("dinner",),
]
few = settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # a smaller example would take minutes to find
    suppress_health_check=[HealthCheck.too_slow],
)

wishes = st.builds(
    FoodWishes,
    diet=st.sampled_from(["omnivore", "pescatarian", "vegetarian", "vegan"]),
    allergies=st.frozensets(st.sampled_from(sorted(ALLERGY_TAGS)), max_size=2),
    likes=st.lists(st.sampled_from(["salmon", "banana", "legume", "bean_chilli"]), max_size=2).map(tuple),
    dislikes=st.lists(st.sampled_from(["broccoli", "fruit", "tofu_quinoa"]), max_size=2).map(tuple),
    cooking_minutes=st.dictionaries(st.integers(0, 6), st.sampled_from([0, 15, 30, 60])),
    meals=st.sampled_from(MEALS),
    price=st.sampled_from(["low", "mid", "high"]),
    pantry_g=st.dictionaries(st.sampled_from(["apple", "lentils_cooked"]), st.floats(0, 900)),
)


def asked(said: FoodWishes, kcal: float = 2000) -> MealAsk:
    limits = [target("selenium", 55, 400, hard=True)]
    share = sum({"breakfast": 0.25, "lunch": 0.3, "dinner": 0.33, "snack": 0.12}[s] for s in said.meals)
    found = replace(targets(kcal * share, *limits), energy_floor_kcal=0.65 * kcal * share)
    return replace(ask_for(targets=found, time_limit_s=2.0), wishes=said)


@pytest.mark.slow
@few
@given(wishes, st.sampled_from([1500, 2000, 2800]))
def test_every_hard_rule_holds(said, kcal):
    ask = asked(said, kcal)
    week = plan_week(ask)
    if week.status == "planned":
        assert broken(ask, week) == []
        assert week.solver is not None
        assert week.solver.gap >= 0
    else:
        assert week.status == "impossible"
        assert week.reasons


@pytest.mark.slow
@few
@given(st.sampled_from(HARD[2:]), st.sampled_from(MEALS[1:]), st.sampled_from([10, 25]))
def test_dropping_a_rule_never_makes_the_week_worse(name, meals, minutes):
    said = FoodWishes(meals=meals, cooking_minutes=dict.fromkeys(range(7), minutes))
    problem = pose(asked(said))
    whole = solve(problem, RULES, time_limit_s=2)
    fewer = solve(problem, [rule for rule in RULES if rule.name != name], time_limit_s=2)
    if whole.meals is not None:
        assert fewer.meals is not None
        assert fewer.points >= whole.points * (1 - fewer.gap) - 1e-6
        assert fewer.points * (1 + fewer.gap) >= whole.points - 1e-6


@pytest.mark.slow
@few
@given(wishes)
def test_never_worse_than_the_greedy_week(said):
    problem = pose(asked(said))
    choices = greedy_choices(problem) if all(problem.choices.values()) else ()
    if choices:
        points = points_of(problem, RULES, choices)
        if points is not None:
            assert solve(problem, RULES, time_limit_s=2).points >= points - 1e-6


@pytest.mark.slow
@pytest.mark.parametrize("meals", [("dinner",), ("lunch",)])
def test_within_one_per_cent_of_the_optimum(meals):
    book = small_book("lentil_stew", "chickpea_box", "salmon_dinner", "chicken_rice", "tofu_quinoa")
    problem = pose(replace(asked(FoodWishes(meals=meals)), dishes=book))
    quick = solve(problem, RULES, time_limit_s=60)
    lp = as_highs(model_of(problem, RULES))
    best = run(lp, Search(gap=1e-4, most_nodes=2000, time_limit_s=60))
    assert best.points * (1 - GAP) - 1e-6 <= quick.points <= best.points * (1 + 1e-4) + 1e-6


def test_the_days_taken_together_are_a_bound():
    problem = pose(asked(FoodWishes(meals=("breakfast", "lunch"))))
    model = model_of(problem, RULES)
    whole = run(as_highs(model), Search(), relaxed=True)
    together = run(as_highs(merged(model, as_one=without_days)), Search(), relaxed=True)
    assert whole.points - 1e-6 <= together.points <= 1.02 * whole.points
