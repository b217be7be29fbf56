"""A week of meals: what is asked, what comes, what is said when nothing can."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from meal_book import DAYS, MONDAY, ask_for, broken, may_be_eaten, small_book, target, targets
from openback.model.eating import Meal
from openback.nutrition.dishes import sum_totals
from openback.nutrition.foods import load_foods
from openback.nutrition.meals import plan_week, replan_meal, week_of
from openback.nutrition.meals.greedy import greedy_meals
from openback.nutrition.meals.problem import pose
from openback.nutrition.meals.words import lowered, plain_name


def meal(day: int, slot: str, recipe: str, servings: float = 1.0, *, cooked: int | None = None) -> Meal:
    on = MONDAY + timedelta(days=day)
    cooked_on = on if cooked is None else MONDAY + timedelta(days=cooked)
    return Meal(on=on, slot=slot, recipe=recipe, servings=servings, cooked_on=cooked_on, pinned=True)


# --- Nothing there ----------------------------------------------------------------------------------------------------


def test_no_dishes_at_all():
    week = plan_week(ask_for({}))
    assert week.status == "impossible"
    assert week.meals == week.shopping == ()
    assert week.reasons == tuple(
        f"Nothing is left for {slot} after the recipes there are."
        for slot in ("breakfast", "lunch", "dinner", "snack")
    )


def test_the_targets_say_stop():
    week = plan_week(ask_for(targets=targets(stops=("Please see a doctor first.",))))
    assert (week.status, week.reasons, week.meals) == ("stopped", ("Please see a doctor first.",), ())


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        pytest.param(
            {"diet": "vegan", "allergies": frozenset({"soy", "gluten"})},
            "Nothing is left for breakfast after your diet and allergies; recipes of your own without soy would help.",
            id="diet and allergies",
        ),
        pytest.param(
            {"kit": frozenset({"toaster"})},
            "Nothing is left for dinner after your kitchen; more kit in the kitchen would help.",
            id="kitchen",
        ),
    ],
)
def test_nothing_left_for_a_meal(wishes, reason):
    week = plan_week(ask_for(**wishes))
    assert week.status == "impossible"
    assert reason in week.reasons


def test_rules_in_conflict_are_named():
    week = plan_week(ask_for(targets=targets(2000, floor=9000)))
    assert week.status == "impossible"
    assert week.reasons == ("At least 9,000 kcal a day cannot all hold with the dishes there are.",)


# --- A week ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain():
    ask = ask_for()
    return ask, plan_week(ask)


def test_a_plain_week_keeps_every_rule(plain):
    ask, week = plain
    assert week.status == "planned"
    assert broken(ask, week) == []
    assert week.solver is not None
    assert week.solver.best
    assert 0 <= week.solver.gap <= 0.01


@pytest.mark.slow
def test_the_same_ask_gives_the_same_week(plain):
    ask, week = plain
    again = plan_week(ask)
    assert replace(again, solver=None) == replace(week, solver=None)


def test_days_are_the_sums_of_their_meals(plain):
    ask, week = plain
    assert tuple(week.daily) == DAYS
    for on in DAYS:
        parts = [(ask.dishes[m.recipe].totals, m.servings) for m in week.meals if m.on == on]
        assert week.daily[on] == sum_totals(parts)
        assert 1900 - 1 <= week.daily[on]["energy"].amount <= 2100 + 1


def test_leftovers_save_work(plain):
    _, week = plain
    left = [m for m in week.meals if m.leftover]
    assert left
    assert any(text.endswith("minutes of work saved.") for text in week.reasons)


@pytest.mark.slow
def test_pregnancy_leaves_out_what_asks_for_care():
    book = small_book()
    risky = replace(book["salmon_dinner"], cautions=("Mind the mercury.",))
    ask = ask_for(book | {"salmon_dinner": risky}, likes=("salmon",), pregnant=True)
    assert "salmon_dinner" not in {m.recipe for m in plan_week(ask).meals}


@pytest.mark.slow
def test_likes_come_and_dislikes_do_not():
    liked = plan_week(ask_for(likes=("salmon",)))
    assert f"With what you like: {lowered(plain_name(load_foods()['salmon']))}." in liked.reasons
    assert "salmon_dinner" in {m.recipe for m in liked.meals}
    without = plan_week(ask_for(dislikes=("salmon", "banana")))
    assert not {"salmon_dinner", "porridge"} & {m.recipe for m in without.meals}


@pytest.mark.slow
def test_the_pantry_is_eaten_first():
    week = plan_week(ask_for(pantry_g={"chickpeas_cooked": 400.0}))
    item = next(i for i in week.shopping if i.food == "chickpeas_cooked")
    assert item.have_g == pytest.approx(400.0)
    assert any(text.startswith("From your pantry: chickpeas") for text in week.reasons)


# --- Kept meals -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_kept_meals_stay():
    kept = (
        meal(0, "dinner", "bean_chilli", 1.5),
        meal(2, "snack", "orange"),
        meal(3, "dinner", "bean_chilli", cooked=0),
    )
    ask = ask_for(kept=kept)
    week = plan_week(ask)
    assert broken(ask, week) == []
    assert set(kept) <= set(week.meals)


@pytest.mark.slow
def test_a_kept_leftover_of_the_week_before():
    kept = (meal(0, "lunch", "lentil_stew", cooked=-1),)
    week = plan_week(ask_for(kept=kept))
    assert kept[0] in week.meals


@pytest.mark.slow
def test_a_kept_meal_that_an_allergy_forbids_does_not_stay():
    kept = (meal(1, "dinner", "salmon_dinner"), meal(2, "dinner", "gone"))
    ask = ask_for(kept=kept, allergies=frozenset({"fish"}))
    week = plan_week(ask)
    assert all(may_be_eaten(ask, ask.dishes[m.recipe]) for m in week.meals)
    assert week.reasons[:2] == (
        "Salmon dinner could not stay on Tuesday: your diet, your allergies or the recipes have changed.",
        "gone could not stay on Wednesday: your diet, your allergies or the recipes have changed.",
    )


# --- One meal anew ----------------------------------------------------------------------------------------------------


def test_one_meal_anew_keeps_the_rest(plain):
    ask, week = plain
    on = DAYS[3]
    before = next(m for m in week.meals if m.on == on and m.slot == "breakfast")
    after = replan_meal(ask, week, on, "breakfast")
    assert after.status == "planned"
    new = next(m for m in after.meals if m.on == on and m.slot == "breakfast")
    assert new.recipe != before.recipe
    assert set(week.meals) - {before} == set(after.meals) - {new}


@pytest.mark.slow
def test_leftovers_go_with_their_dish(plain):
    ask, week = plain
    left = next(m for m in week.meals if m.leftover)
    source = next(m for m in week.meals if m.recipe == left.recipe and m.on == left.cooked_on)
    after = replan_meal(ask, week, source.on, source.slot)
    changed = {(m.on, m.slot) for m in set(week.meals) - set(after.meals)}
    assert (source.on, source.slot) in changed
    assert (
        broken(replace(ask, kept=()), replace(after, reasons=(*after.reasons, "Few dishes are left"))) == []
    )


@pytest.mark.slow
def test_a_meal_for_which_nothing_else_is_left():
    ask = ask_for(
        small_book("porridge", "lentil_stew", "bean_chilli", "chicken_rice", "tofu_quinoa", "orange")
    )
    week = plan_week(ask)
    after = replan_meal(ask, week, MONDAY, "breakfast")
    assert after.status == "impossible"
    assert after.reasons == ("Nothing is left for breakfast on Monday but what you turned down.",)


# --- What it misses ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_is_missed_is_said_with_the_nearest_fix():
    week = plan_week(ask_for(dislikes=("salmon",)))
    texts = {one.nutrient: one for one in week.unmet}
    said = texts["vitamin_d"]
    assert said.wanted == 15
    assert said.unit == "ug"
    assert said.text.startswith("Vitamin D: ")
    assert " of 15 micrograms a day" in said.text
    assert said.text.endswith("; a supplement of vitamin D, above all in winter.")
    assert "salmon" not in said.text


@pytest.mark.slow
def test_what_the_tables_do_not_say_is_not_called_missing():
    week = plan_week(ask_for(targets=targets(2000, target("iodine", 150, 1100))))
    assert "iodine" not in {one.nutrient for one in week.unmet}
    iodine = "Iodine: the food tables do not say how much is in these meals"
    assert f"{iodine}; iodised salt, sea fish and milk bring it." in week.reasons


# --- The greedy week ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [30, 24, 0])
def test_the_greedy_week_fills_every_meal(minutes):
    ask = ask_for(cooking_minutes=dict.fromkeys(range(7), minutes), targets=targets(floor=None))
    problem = pose(ask)
    week = week_of(problem, greedy_meals(problem), None)
    assert len(week.meals) == 28
    assert [text for text in broken(ask, week) if not text.startswith("too much")] == []


def test_the_greedy_week_of_no_dishes_is_empty():
    problem = pose(ask_for({}))
    assert greedy_meals(problem) == ()
    assert week_of(problem, (), None).reasons == ()
