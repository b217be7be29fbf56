"""Meals, recipes and the shopping list: what their forms ask of the use cases, and what can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import eat_sample as sample
import web_sample
from eat_app import TODAY, TOKEN, Asked, eat_client, fresh, said
from openback.errors import NoMealsFit, NoMealWeek
from openback.services.eat import shopping, week
from openback.web.routes import eat
from openback.web.routes.eat_recipes import DIETS, fit_words, keeps_to
from openback.web.routes.eat_shopping import bought
from openback.web.routes.eat_undo import undo_address
from test_web_pages import check_outline
from web_app import TestClient


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


# --- One meal -----------------------------------------------------------------------------------------

BASE = "/eat/meals/2026-11-25/dinner"
DAY = "/eat?day=2026-11-25"
UNDO = f"/eat/undo/{TOKEN}?back=/eat%3Fday%3D2026-11-25"
FORMS = [
    ("pin", {"of": "lentil_dal", "pinned": "yes"}, ("pin_meal", True, "lentil_dal"), "This meal stays, whatever is planned anew."),
    ("pin", {"of": "lentil_dal", "pinned": "no"}, ("pin_meal", False, "lentil_dal"), "This meal may be planned anew."),
    ("eaten", {"of": "lentil_dal", "eaten": "yes"}, ("tick_meal", True, "lentil_dal"), "Dinner is logged."),
    ("eaten", {"of": "lentil_dal", "eaten": "no"}, ("tick_meal", False, "lentil_dal"), "Dinner is not logged any more."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "form", "call", "words"), FORMS)
def test_a_meal_is_changed_and_can_be_taken_back(client, asked, path, form, call, words):
    answer = client.post(f"{BASE}/{path}", data=form)
    assert answer.headers["location"] == f"{DAY}#meal-dinner-lentil_dal"
    assert said(answer) == f"{words} [{UNDO}]"
    assert asked.calls == [(call[0], date(2026, 11, 25), "dinner", *call[1:])]


@pytest.mark.parametrize(
    ("path", "form", "call"),
    [
        ("swap", {"of": "lentil_dal", "to": "chicken_farro"}, ("swap_meal", "chicken_farro", "lentil_dal")),
        ("replan", {"of": "lentil_dal"}, ("replan_meal", "lentil_dal")),
    ],
)
def test_a_meal_that_is_another_now_is_named(client, asked, monkeypatch, path, form, call):
    before, swapped = sample.week_view(TODAY), sample.week_view(TODAY)
    meals = tuple(
        sample.meal(TODAY, "dinner", "chicken_farro") if one.slot == "dinner" else one
        for one in swapped.days[2].meals
    )
    after = replace(
        swapped, days=(*swapped.days[:2], replace(swapped.days[2], meals=meals), *swapped.days[3:])
    )
    weeks = iter((before, after))
    monkeypatch.setattr(week, "week", lambda *_: next(weeks))
    answer = client.post(f"{BASE}/{path}", data=form)
    assert answer.headers["location"] == f"{DAY}#meal-dinner-chicken_farro"
    assert said(answer) == f"Dinner is now Chicken, farro and kale bowl. [{UNDO}]"
    assert asked.calls == [(call[0], date(2026, 11, 25), "dinner", *call[1:])]


def test_a_meal_that_nothing_can_replace_stays(client, asked):
    asked.refuses = NoMealsFit(["Nothing."])
    answer = client.post(f"{BASE}/replan", data={"of": "lentil_dal"})
    assert said(answer) == f"{eat.NOTHING_ELSE} []"


@pytest.mark.parametrize(
    ("meals", "words"),
    [
        ((), "Plan this week’s meals"),
        ((sample.meal(TODAY, "dinner", "lentil_dal"),), "Red lentil dal with spinach"),
    ],
)
def test_today_shows_its_meals_or_offers_to_plan_them(client, monkeypatch, meals, words):
    view = replace(web_sample.today_view(web_sample.catalogue()), meals=meals)
    monkeypatch.setattr("openback.services.today.today", lambda _app: view)
    html = client.get("/").text
    check_outline(html)
    assert words in html
    assert ("0 of 1" in html) == bool(meals)


def test_a_tick_on_today_comes_back_to_today(client):
    answer = client.post(f"{BASE}/eaten", data={"of": "lentil_dal", "eaten": "yes", "back": "today"})
    assert answer.headers["location"] == "/#meal-dinner-lentil_dal"


def test_the_sheet_shows_what_fits_best_first(client):
    html = client.get(f"{BASE}/swap").text
    assert re.findall(r'name="to" value="(\w+)"', html) == ["chicken_farro", "lentil_dal"]
    assert "As much protein, 8 minutes more." in html


@pytest.mark.parametrize(
    "path",
    [
        "/eat/meals/2026-11-25/supper/swap", "/eat/meals/soon/dinner/swap", "/eat?day=9999-12-31", "/eat?week=0001-01-01",
        "/eat/meals/9999-12-31/dinner/swap", "/eat/shopping?week=9999-12-31", "/eat/planning/9999-12-31",
    ],
)  # fmt: skip
def test_an_address_that_names_no_day_or_meal(client, path):
    assert client.get(path).status_code == 422


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-07"])
def test_only_this_week_and_the_next_are_planned(client, asked, day):
    answer = client.post("/eat/plan", data={"week": day})
    assert (answer.headers["location"], said(answer)) == ("/eat", f"{eat.OTHER_WEEK} []")
    assert asked.calls == []


def test_a_meal_that_is_not_planned_is_404(client, asked):
    asked.week = sample.empty_week(TODAY)
    assert client.get(f"{BASE}/swap").status_code == 404


@pytest.mark.parametrize(
    ("back", "shown"),
    [
        ("/eat?day=2026-11-25", "/eat?day=2026-11-25"),
        ("/", "/"),
        ("//elsewhere.example", "/eat"),
        ("https://a.example", "/eat"),
    ],
)
def test_undo_goes_back_only_to_our_own_pages(client, monkeypatch, back, shown):
    monkeypatch.setattr("openback.services.sessions.undo", lambda _app, token: token)
    answer = client.post(undo_address(TOKEN, back))
    assert answer.headers["location"] == shown
    assert said(answer) == "Taken back. []"


def test_no_token_no_undo():
    assert undo_address(None, "/eat") == ""


# --- Recipes ------------------------------------------------------------------------------------------


def found(html: str) -> list[str]:
    return re.findall(r'recipe-card" href="/eat/recipes/(\w+)"', html)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({}, [key for key in sample.MADE if key != "salmon_traybake"]),
        ({"all": "yes"}, list(sample.MADE)),
        ({"text": "dal"}, ["lentil_dal"]),
        ({"slot": "snack"}, ["apple_nuts", "cottage_pear"]),
        ({"minutes": "10", "slot": "breakfast"}, ["oats_berries", "eggs_rye"]),
        ({"diet": "vegan"}, ["lentil_dal", "apple_nuts"]),
        ({"diet": "nut_free", "slot": "snack"}, ["cottage_pear"]),
        (
            {"slot": "supper", "minutes": "x", "diet": "keto"},
            [key for key in sample.MADE if key != "salmon_traybake"],
        ),
        ({"text": "zzz"}, []),
    ],
)
def test_filters_show_what_fits_and_nothing_else(client, query, keys):
    html = client.get("/eat/recipes", params=query).text
    check_outline(html)
    assert found(html) == keys


def test_diets_leave_out_what_they_must():
    assert {key for key in DIETS if keeps_to(sample.dish_of("lentil_dal"), key)} == set(DIETS)
    assert {key for key in DIETS if keeps_to(sample.dish_of("salmon_traybake"), key)} == {
        "gluten_free", "lactose_free", "nut_free",
    }  # fmt: skip


def test_a_recipe_scales_its_ingredients(client):
    two, three = (client.get(f"/eat/recipes/lentil_dal?servings={n}").text for n in (2, 3))
    assert re.findall(r'row-value">([\d., kg]+)<', two) == ["300 g", "200 g"]
    assert re.findall(r'row-value">([\d., kg]+)<', three) == ["450 g", "300 g"]
    assert "1 tin, drained" in two
    assert "1 tin, drained" not in three


def test_a_recipe_says_where_its_figures_are_from(client):
    html = client.get("/eat/recipes/lentil_dal").text
    assert "Lentils, cooked: USDA SR 16070" in html


def test_a_recipe_says_what_it_is_good_for():
    assert fit_words(sample.recipe_view("lentil_dal")) == (
        "One serving brings 100 % of the protein, 100 % of the fibre and 96 % of the iron that a day asks for."
    )
    assert fit_words(sample.recipe_view("lentil_dal", rows=())) == ""


@pytest.mark.parametrize("servings", ["0", "-1", "13", "nan", "two"])
def test_servings_that_nobody_cooks(client, servings):
    assert client.get(f"/eat/recipes/lentil_dal?servings={servings}").status_code == 422


def test_a_recipe_is_logged_once_under_the_id_of_its_form(client, asked):
    form = {"id": str(TOKEN), "slot": "dinner", "servings": "1.5"}
    answer = client.post("/eat/recipes/lentil_dal/log", data=form)
    assert asked.calls == [("log_recipe", TOKEN, TODAY, "dinner", "lentil_dal", 1.5)]
    assert said(answer).startswith("1½ servings logged for dinner. [/eat/undo/")


def test_a_liked_recipe(client, asked):
    answer = client.post("/eat/recipes/lentil_dal/like", data={"liking": "like"})
    assert asked.calls == [("like", "lentil_dal", "like")]
    assert said(answer) == "Noted: it will come more often. []"


# --- The shopping list --------------------------------------------------------------------------------


def test_the_list_stands_by_aisle_with_its_ticks(client):
    html = client.get("/eat/shopping").text
    assert re.findall(r'<h2 id="aisle-\d+">(.*?)</h2>', html) == [
        "Fruit and vegetables", "Dairy and eggs", "Tins and dry goods",
    ]  # fmt: skip
    assert html.count('aria-pressed="true"') == 1
    assert re.search(r"data-shopping-done>1</span>.*?data-shopping-total>5<", html)


def test_an_empty_list_leads_to_the_week(client, monkeypatch):
    def missing(_app: Any, monday: date) -> Any:
        raise NoMealWeek(monday)

    monkeypatch.setattr(shopping, "shopping", missing)
    html = client.get("/eat/shopping?week=2026-12-02").text
    check_outline(html)
    assert 'href="/eat?week=2026-11-30"' in html


def test_a_list_without_lines_is_empty(client, monkeypatch):
    monkeypatch.setattr(shopping, "shopping", lambda _app, monday: sample.nothing_to_buy(monday))
    assert "Nothing to buy yet" in client.get("/eat/shopping").text


@pytest.mark.parametrize(("done", "words"), [("yes", "In the basket."), ("no", "Back on the list.")])
def test_a_line_is_ticked_without_script(client, asked, done, words):
    answer = client.post("/eat/shopping/2026-11-23/spinach", data={"done": done})
    assert asked.calls == [("tick_item", date(2026, 11, 23), "spinach", done == "yes")]
    assert said(answer).startswith(f"{words} [/eat/undo/{TOKEN}")


@pytest.mark.parametrize(
    ("kind", "start"), [("txt", "Shopping for the week from Monday 23"), ("csv", "aisle,food")]
)
def test_the_list_is_taken_along(client, kind, start):
    answer = client.get(f"/eat/shopping/2026-11-23/list.{kind}")
    assert answer.text.startswith(start)
    assert answer.headers["content-disposition"] == f'attachment; filename="shopping-2026-11-23.{kind}"'


@pytest.mark.parametrize(
    ("words", "units", "shown"),
    [
        ("2 bags of 250 g", "metric", ("2 bags of 250 g", "")),
        ("4 pieces, about 600 g", "metric", ("4 pieces", "about 600 g")),
        ("4 pieces, about 600 g", "imperial", ("4 pieces", "about 1 lb 5 oz")),
        ("2 bags of 250 g", "imperial", ("2 bags", "1 lb 5 oz")),
        ("", "metric", ("600 g", "")),
    ],
)
def test_what_to_buy_in_words(words, units, shown):
    item = sample.shopping_view().aisles[0].lines[1].item
    assert bought(replace(item, said=words), units) == shown
