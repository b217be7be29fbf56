"""`openback eat`: the contract of its JSON, what a person reads, and what cannot be planned."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from dining import quick_week
from living import PROFILE
from openback.cli import run
from openback.model.food import SLOTS
from openback.model.nutrients import NUTRIENT
from openback.services.eat import plan_json
from openback.services.profile_json import profile_json

BASE = profile_json(PROFILE) | {"screening": {}}
EVERY_ALLERGY = [
    "gluten", "lactose", "milk", "egg", "nuts", "peanut", "sesame", "soy", "fish", "shellfish", "mustard", "celery",
]  # fmt: skip
LESS_IN_A_MONTH = (date.today() + timedelta(days=30)).isoformat()  # noqa: DTZ011 - as the command does


@pytest.fixture
def eat(tmp_path, monkeypatch, capfd):
    """A function that runs the command on a profile with this food, planned without a search."""
    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(plan_json, "plan_week", quick_week)

    def said(food, *options, **about):
        path = tmp_path / "profile.json"
        path.write_text(json.dumps(BASE | about | ({} if food is None else {"food": food})))
        capfd.readouterr()
        status = run(["eat", str(path), *options])
        out, err = capfd.readouterr()
        return status, out, err

    return said


def data_of(answer):
    status, out, err = answer
    assert (status, err) == (0, "")
    return json.loads(out)


def hold_the_contract(data):
    assert data["status"] == "planned"
    assert {"targets", "days", "shopping", "unmet", "solver", "notes", "reasons", "expenditure"} <= set(data)
    for name, target in data["targets"].items():
        assert {"low", "high", "unit", "why"} <= set(target)
        assert target["unit"] == NUTRIENT[name].unit
        assert target["why"].endswith(".")
    days = [date.fromisoformat(day["date"]) for day in data["days"]]
    assert [(day - days[0]).days for day in days] == list(range(7))
    for day in data["days"]:
        assert {meal["slot"] for meal in day["meals"]} == set(SLOTS)
        assert all({"slot", "recipe", "servings"} <= set(meal) for meal in day["meals"])
        for name, found in day["nutrients"].items():
            assert set(found) == {"amount", "unit", "coverage"}
            assert 0 <= found["coverage"] <= 1
            assert (found["amount"] is None) == (found["coverage"] == 0), name
    assert all({"food", "name", "aisle", "buy_g", "said"} <= set(item) for item in data["shopping"])
    assert all({"nutrient", "amount", "wanted", "unit", "text"} <= set(one) for one in data["unmet"])
    assert {"build_s", "solve_s", "gap"} <= set(data["solver"])


def test_the_json_of_a_week(eat):
    data = data_of(eat(None, "--json", "--starts-on", "2026-11-30"))
    hold_the_contract(data)
    assert data["days"][0]["date"] == "2026-11-30"


@pytest.mark.slow
def test_the_narrowest_diet_by_the_whole_planner(eat, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv("COLUMNS", "120")
    food = {
        "goal": "More muscle",
        "diet": "vegan",
        "allergies": EVERY_ALLERGY,
        "cooking_minutes": {"weekday": 60},
    }
    data = data_of(eat(food, "--json"))
    hold_the_contract(data)
    assert data["goal"] == "more_muscle"
    assert data["solver"]["solve_s"] > 0


def test_what_a_person_reads(eat):
    status, out, err = eat({"likes": ["banana", "flurbl"]}, "--starts-on", "2026-11-30")
    assert (status, err) == (0, "")
    assert "Nothing here is called 'flurbl', so it was left out of your likes." in out
    assert "Monday 30 November" in out
    assert "Sunday 6 December" in out
    assert out.index("A day on average") < out.index("Shopping")
    assert "kcal a day; your weight stays about where it is" in out


@pytest.mark.parametrize(
    ("food", "about", "word"),
    [
        ({"goal": "leaner", "warnings": {"eating_disorder": True}}, {}, "eating disorder"),
        ({"goal": "leaner", "warnings": {"periods_missing": True}}, {}, "periods"),
    ],
)
def test_a_kind_stop(eat, food, about, word):
    data = data_of(eat(food, "--json", **about))
    assert (data["status"], data["days"], data["shopping"]) == ("stopped", [], [])
    assert any(word in reason for reason in data["reasons"])
    low = data["targets"]["energy"]["low"]
    assert low > 0.9 * data["expenditure"]["best"]
    assert data["goal"] == "same"
    assert data["solver"] == {"build_s": None, "solve_s": None, "gap": None}
    status, out, _ = eat(food, **about)
    assert status == 0
    assert word in out
    assert "Shopping" not in out


@pytest.mark.parametrize(
    ("about", "word"),
    [({"pregnancy_week": 20}, "week 20 of pregnancy"), ({"mass_kg": 50}, "a healthy weight begins at")],
)
def test_no_deficit_where_none_is_safe_but_a_week_all_the_same(eat, about, word):
    data = data_of(eat({"goal": "leaner"}, "--json", **about))
    assert data["status"] == "planned"
    assert any(word in note for note in data["notes"])
    assert data["goal"] == "same"
    assert data["rate_kg_per_week"] == 0


def test_when_everything_is_excluded_the_rules_are_named(eat, monkeypatch):
    monkeypatch.undo()
    data = data_of(eat({"diet": "vegan", "allergies": EVERY_ALLERGY, "kit": []}, "--json"))
    assert (data["status"], data["days"], data["shopping"]) == ("impossible", [], [])
    assert data["reasons"][0].startswith("Nothing is left for lunch after your kitchen")


@pytest.mark.parametrize(
    ("food", "about", "sentence"),
    [
        ({}, {"mass_kg": -66}, "This profile cannot be used: mass_kg is -66, it must be 25 to 350."),
        ({}, {"mass_kg": 6600}, "This profile cannot be used: mass_kg is 6600, it must be 25 to 350."),
        (
            {"diet": ["vegan", "vegetarian"]},
            {},
            "This profile cannot be used: food.diet names vegan and vegetarian, of which only one can hold; choose one.",
        ),
        (
            {"allergies": ["peanutt"]},
            {},
            "This profile cannot be used: food.allergies has 'peanutt', which is not known; did you mean peanut?",
        ),
        (
            {"goal": "leaner", "target_mass_kg": 70},
            {},
            (
                "This profile cannot be used: food.goal is leaner and target_mass_kg is 70, "
                "which is more than now; choose one."
            ),
        ),
    ],
)
def test_one_sentence_about_what_cannot_be(eat, food, about, sentence):
    assert eat(food, "--json", **about) == (2, "", sentence + "\n")


@pytest.mark.parametrize(
    "food",
    [
        {"goal": "10 kg in a month"},
        {"goal": "leaner", "target_mass_kg": 56, "target_on": LESS_IN_A_MONTH},
        {"goal": "leaner", "target_mass_kg": 45},
    ],
)
def test_an_impossible_goal_is_told_kindly(eat, food):
    status, out, err = eat(food, "--json")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "healthy weight" in err or "choose that date or a later one" in err or "no room" in err


def test_a_day_that_is_none(eat):
    status, out, err = eat({}, "--starts-on", "next week")
    assert (status, out) == (2, "")
    assert "--starts-on is 'next week', it must be a date such as 2026-11-30" in err


def test_planning_training_passes_food_by(tmp_path, capfd):
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(BASE | {"food": {"goal": "leaner"}, "days_per_week": 9}))
    assert run(["plan", str(path)]) == 2
    assert capfd.readouterr().err == "This profile cannot be used: days_per_week is 9, it must be 1 to 6.\n"
