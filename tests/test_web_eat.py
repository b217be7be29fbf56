"""The pages about eating: what they show, empty and full, and how a week is planned."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

import eat_sample as sample
from eat_app import TODAY, TOKEN, Asked, eat_client, fresh, said
from openback.errors import NoMealsFit
from openback.model.eating import FoodWishes, SolverReport, Unmet
from openback.services.eat import week
from openback.web.forms import food_steps as steps
from openback.web.routes import eat
from openback.web.routes.eat_targets import rate_words
from test_web_pages import check_outline
from web_app import TestClient, web_client


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Iterator[tuple[TestClient, Asked]]:
    with eat_client(tmp_path_factory.mktemp("eat")) as pair:
        yield pair


@pytest.fixture
def asked(shared) -> Asked:
    return fresh(shared)


@pytest.fixture
def client(shared, asked) -> TestClient:
    return shared[0]


# --- Pages --------------------------------------------------------------------------------------------

PAGES = (
    "/eat", "/eat?day=2026-11-24", "/eat?week=2026-11-23", "/eat/recipes", "/eat/recipes?text=dal&diet=vegan",
    "/eat/recipes/lentil_dal", "/eat/recipes/lentil_dal?servings=3", "/eat/shopping", "/eat/targets", "/eat/wishes",
    "/eat/meals/2026-11-25/dinner/swap", *(f"/eat/wishes/{step.id}" for step in steps.STEPS),
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    check_outline(answer.text)


@pytest.mark.parametrize(
    "path", ["/eat", "/eat/recipes", "/eat/recipes/x", "/eat/shopping", "/eat/targets", "/eat/wishes"]
)
def test_somebody_new_is_asked_first(tmp_path, path):
    with web_client(tmp_path, profile=None) as newcomer:
        assert newcomer.get(path).headers["location"] == "/welcome"


def test_the_room_is_in_the_bar(client):
    html = client.get("/eat").text
    assert re.search(r'href="/eat" aria-current="page">.*?<span>Eat</span>', html)


def test_first_visit_offers_questions_and_the_usual_answers(client, asked):
    asked.week = sample.empty_week(TODAY, questions_open=True)
    html = client.get("/eat").text
    check_outline(html)
    assert 'href="/eat/wishes/goal?first=1"' in html
    assert "Plan with the usual answers" in html


EMPTY = [
    pytest.param({}, "Nothing planned for this week", id="not planned"),
    pytest.param({"status": "stopped", "stops": ("Rest first.",)}, "Rest first.", id="stopped"),
    pytest.param(
        {"status": "impossible", "reasons": ("No dinner without nuts takes 0 minutes.",)},
        "No dinner without nuts takes 0 minutes.",
        id="impossible",
    ),
]


@pytest.mark.parametrize(("changes", "words"), EMPTY)
def test_a_week_without_meals_says_why(client, asked, changes, words):
    asked.week = sample.empty_week(TODAY, **changes)
    html = client.get("/eat").text
    check_outline(html)
    assert words in html
    assert "notice--danger" not in html


def test_who_was_stopped_is_offered_a_week_that_nourishes(client, asked):
    asked.week = sample.empty_week(TODAY, status="stopped", stops=("Rest first.",))
    asked.kept = FoodWishes(goal="leaner", target_mass_kg=50, diet="vegan")
    assert 'action="/eat/wishes/stay"' in client.get("/eat").text
    client.post("/eat/wishes/stay", data={"week": "2026-11-23"})
    assert asked.kept == FoodWishes(goal="same", diet="vegan")
    assert asked.calls == [("plan_week", date(2026, 11, 23))]


def test_fruit_and_vegetables_stand_in_front(client):
    html = client.get("/eat").text
    sums = re.findall(r"<dt>(.*?)</dt>\s*<dd class=\"num\"><b>(.*?)</b> <span[^>]*>(.*?)</span>", html)
    assert sums == [
        ("Fruit and vegetables", "790 g", "of at least 400 g"),
        ("Protein", "121 g", "of 104–143"),
        ("Energy", "1,850 kcal", "of 1,780–1,920"),
    ]
    assert "6 kinds: apple, blueberries, spinach, tomato, carrot and red pepper" in html


def test_a_day_without_meals_says_so(client, asked):
    whole = sample.week_view(TODAY)
    bare = replace(
        whole.days[0], meals=(), kinds=(), energy_kcal=None, protein_g=None, fruit_vegetable_g=None
    )
    asked.week = replace(whole, days=(bare, *whole.days[1:]))
    html = client.get(f"/eat?day={whole.monday}").text
    assert "Nothing was planned for this day" in html
    assert html.count("Not planned</td>") == 1


def test_days_without_any_meal_are_no_plan(client, asked):
    whole = sample.week_view(TODAY)
    asked.week = replace(whole, days=tuple(replace(one, meals=()) for one in whole.days))
    assert "Nothing planned for this week" in client.get("/eat").text


def test_what_is_unmet_stands_with_its_fix_and_nothing_is_red(client):
    html = client.get("/eat").text
    assert "6 of 15 micrograms; oily fish twice a week, or a supplement." in html
    assert "danger" not in html


def test_an_unknown_amount_is_a_dash_with_its_coverage(client):
    html = unescape(client.get("/eat").text)
    assert re.search(r"Iodine</th><td[^>]*>–</td><td[^>]*>150–1,100</td><td[^>]*>0 %", html)


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (
            SolverReport(build_s=0.4, solve_s=2.9, gap=0.0062, best=True),
            "Found in 3.3 s; no other week of these recipes can be more than 0.6 % better.",
        ),
        (
            SolverReport(build_s=0.5, solve_s=10, gap=0.041, best=False),
            "The best that was found in 10.5 s; the very best week could be up to 4.1 % better.",
        ),
    ],
)
def test_how_a_week_was_found(report, words):
    assert eat.solver_words(report) == words


# --- Planning -----------------------------------------------------------------------------------------


def test_a_planned_week_can_be_taken_back(client, asked):
    answer = client.post("/eat/plan", data={"week": "2026-11-25"})
    assert answer.headers["location"] == "/eat?week=2026-11-23"
    assert said(answer) == f"Your week is planned. [/eat/undo/{TOKEN}?back=/eat%3Fweek%3D2026-11-23]"
    assert asked.calls == [("plan_week", date(2026, 11, 23))]


def test_a_week_that_takes_time_shows_how_far_it_is(client, monkeypatch):
    gate: list[bool] = []

    def slowly(_app: Any, _monday: date, *, progress: Any) -> Any:
        progress(30, 100)
        while not gate:
            time.sleep(0.01)
        return sample.week_view(TODAY)

    monkeypatch.setattr(week, "plan_week", slowly)
    monkeypatch.setattr("openback.web.jobs.QUICK_S", 0.05)
    answer = client.post("/eat/plan", data={"week": "2026-11-30"})
    assert answer.headers["location"] == "/eat/planning/2026-11-30"
    html = client.get(answer.headers["location"]).text
    check_outline(html)
    assert 'value="30" max="100"' in html
    assert '<noscript><meta http-equiv="refresh" content="1"></noscript>' in html
    gate.append(True)
    time.sleep(0.05)
    done = client.get("/eat/planning/2026-11-30", headers={"hx-request": "true"})
    assert (done.status_code, done.headers["hx-redirect"]) == (200, "/eat?week=2026-11-30")
    assert client.get("/eat/planning/2026-11-30").headers["location"] == "/eat?week=2026-11-30"


def test_a_week_that_cannot_be_says_what_to_change(client, asked):
    asked.refuses = NoMealsFit(["No breakfast is vegan and without soy, oats and wheat."])
    answer = client.post("/eat/plan", data={"week": "2026-11-23"})
    html = client.get(answer.headers["location"]).text
    assert "No breakfast is vegan and without soy, oats and wheat." in html
    assert 'href="/eat/wishes"' in html


# --- Targets ------------------------------------------------------------------------------------------


def test_each_target_says_why_and_from_where(client):
    html = client.get("/eat/targets").text
    assert re.findall(r'<h2 id="targets-\d">(.*?)</h2>', html) == [
        "Energy and the three big ones", "Minerals", "Vitamins",
    ]  # fmt: skip
    assert "Iron for a woman of 40." in html
    assert 'href="https://doi.org/10.17226/11537"' in html
    assert "Safety: always holds" in html
    assert "most likely between 1,940 and 2,260 kcal" in html


@pytest.mark.parametrize(
    ("rate", "units", "words"),
    [
        (0.0, "metric", "No change of weight is planned."),
        (-0.25, "metric", "Planned: about 250 g a week less, at a pace that keeps muscle."),
        (0.1, "imperial", "Planned: about 0.2 lb a week more, at a pace that keeps muscle."),
    ],
)
def test_the_pace_in_words(rate, units, words):
    assert rate_words(sample.targets_view(rate_kg_per_week=rate), units) == words


def test_an_unmet_thing_that_is_no_nutrient_has_a_name():
    assert eat.nutrient_name("vitamin_d") == "Vitamin D"
    assert eat.nutrient_name("oily_fish") == "Oily fish"


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        (
            "vitamin_d",
            "vitamin D: 6 of 15 micrograms; oily fish.",
            ("Vitamin D", "6 of 15 micrograms; oily fish."),
        ),
        ("fibre", "Fibre: 66 g a day.", ("Fibre", "66 g a day.")),
        ("fibre", "a little more than 51", ("Fibre", "A little more than 51")),
        ("iron", "Fibre: 66 g a day.", ("Iron", "Fibre: 66 g a day.")),
    ],
)
def test_what_is_unmet_names_itself_once(key, text, words):
    assert eat.unmet_words(Unmet(nutrient=key, amount=1, wanted=2, unit="g", text=text)) == words


def test_later_weeks_reach_to_the_next_one(client, asked):
    asked.week = sample.week_view(TODAY, earlier=sample.MONDAY - timedelta(days=7))
    html = client.get("/eat").text
    assert 'href="/eat?week=2026-11-16"' in html
    assert 'href="/eat?week=2026-11-30"' in html
    asked.week = sample.week_view(TODAY, monday=sample.MONDAY + timedelta(days=7))
    assert 'href="/eat?week=2026-12-07"' not in client.get("/eat?week=2026-11-30").text


def test_unmet_texts_are_shown_as_they_come(client, asked):
    asked.week = sample.week_view(
        TODAY, unmet=(Unmet(nutrient="legumes", amount=1, wanted=3, unit="times", text="1 of 3 <times>."),)
    )
    assert "1 of 3 &lt;times&gt;." in client.get("/eat").text
