"""The pages about eating: what they show, empty and full, and what their forms ask of the use cases."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from html import unescape
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData
from starlette.requests import Request

import eat_sample as sample
import web_sample
from openback.food_errors import BadFoodWishes, ImpossibleGoal, NoMealsFit, NoMealWeek
from openback.model.eating import FoodWishes, SolverReport, Unmet
from openback.model.food import FoodGroup
from openback.services.eat import log, recipes, shopping, targets, week, wishes
from openback.web import meal_words
from openback.web.forms import food_steps as steps
from openback.web.forms.fields import Fields
from openback.web.forms.food_steps import FoodAsking
from openback.web.plates import PARTS, plate_of
from openback.web.rendering import read_said
from openback.web.routes import eat
from openback.web.routes.eat_recipes import DIETS, fit_words, keeps_to
from openback.web.routes.eat_shopping import bought
from openback.web.routes.eat_targets import rate_words
from openback.web.routes.eat_undo import undo_address
from test_web_pages import check_outline
from web_app import TestClient, web_client

TODAY = web_sample.TODAY
TOKEN = UUID("01935d3c-0000-7000-8000-00000000000a")


@dataclass(slots=True)
class Asked:
    """What the use cases were asked, and what they answer."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)
    week: Any = None
    refuses: Exception | None = None
    kept: FoodWishes | None = None

    def takes(self, name: str) -> Any:
        def take(_app: Any, *args: Any, **named: Any) -> UUID:
            self.calls.append((name, *args, *named.values()))
            if self.refuses is not None:
                raise self.refuses
            return TOKEN

        return take


def answer_by_hand(patch: pytest.MonkeyPatch) -> Asked:
    """Let the use cases about food answer from `eat_sample`."""
    asked = Asked()

    def plan(_app: Any, monday: date, *, progress: Any) -> Any:
        progress(1, 100)
        asked.calls.append(("plan_week", monday))
        if asked.refuses is not None:
            raise asked.refuses
        return replace(asked.week or sample.week_view(TODAY), undo=TOKEN)

    def keep(_app: Any, one: FoodWishes) -> UUID:
        if asked.refuses is not None:
            raise asked.refuses
        asked.kept = one
        return TOKEN

    patch.setattr(week, "week", lambda _app, _monday=None: asked.week or sample.week_view(TODAY))
    patch.setattr(week, "plan_week", plan)
    patch.setattr(week, "swap_choices", lambda *_, **__: sample.choices())
    for name in ("swap_meal", "replan_meal", "pin_meal", "tick_meal"):
        patch.setattr(week, name, asked.takes(name))
    patch.setattr(
        recipes, "recipes", lambda _app, text, slot, minutes: sample.recipes_view(text, slot, minutes)
    )
    patch.setattr(recipes, "recipe", lambda _app, key, servings=None: sample.recipe_view(key, servings))
    patch.setattr(recipes, "like", asked.takes("like"))
    patch.setattr(log, "log_recipe", asked.takes("log_recipe"))
    patch.setattr(shopping, "shopping", lambda _app, monday=None: sample.shopping_view(monday))
    patch.setattr(shopping, "tick_item", asked.takes("tick_item"))
    patch.setattr(targets, "targets", lambda _app: sample.targets_view())
    patch.setattr(wishes, "keep_food_wishes", keep)
    patch.setattr(wishes, "wishes_now", lambda _app: asked.kept or FoodWishes())
    return asked


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Iterator[tuple[TestClient, Asked]]:
    with pytest.MonkeyPatch.context() as patch:
        asked = answer_by_hand(patch)
        with web_client(tmp_path_factory.mktemp("eat")) as client:
            yield client, asked


@pytest.fixture
def asked(shared) -> Asked:
    """A fresh record of what was asked."""
    _, record = shared
    record.calls, record.week, record.refuses, record.kept = [], None, None, None
    return record


@pytest.fixture
def client(shared, asked) -> TestClient:
    shared[0].cookies.clear()
    return shared[0]


def said(answer: Any) -> str:
    """What a redirect says once, with the address that undoes it."""
    cookies = {name: value.strip('"') for name, value in answer.cookies.items()}
    found = read_said(cast("Request", SimpleNamespace(cookies=cookies)))
    return "" if found is None else f"{found.text} [{found.undo}]"


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


# --- The questions --------------------------------------------------------------------------------------

ASKING = FoodAsking(
    today=TODAY, units="metric", mass_kg=65, safety=("fainting",), kitchen=("hob", "oven"), usual=frozenset({"hob"}),
    match=lambda word: {"mango": ("mango",), "beans": ("black_beans", "kidney_beans")}.get(word.lower(), ()),
)  # fmt: skip


def read(
    step_id: str, *pairs: tuple[str, str], before: FoodWishes | None = None
) -> tuple[FoodWishes, list[str]]:
    """Return what a question makes of a form, and its problems."""
    step, fields = steps.food_step(step_id), Fields(FormData(list(pairs)))
    assert step is not None
    return step.read(fields, before or FoodWishes(), ASKING), fields.problems


def test_a_goal_with_a_weight_and_a_day():
    kept, problems = read("goal", ("goal", "leaner"), ("target_mass", "62,5"), ("target_on", "2027-06-01"))
    assert not problems
    assert (kept.goal, kept.target_mass_kg, kept.target_on) == ("leaner", 62.5, date(2027, 6, 1))


@pytest.mark.parametrize(
    ("pairs", "problem"),
    [
        ([], "Choose one of the three."),
        ([("goal", "thin")], "Choose one of the three."),
        ([("goal", "leaner"), ("target_mass", "70")], "To get leaner, the weight in mind has to be less than yours now."),
        ([("goal", "more_muscle"), ("target_mass", "60")], "To build muscle, the weight in mind has to be more than yours now."),
        ([("goal", "same"), ("target_mass", "-3")], "The weight in mind is between 30 and 250 kg; -3 is outside."),
        ([("goal", "same"), ("target_on", "soon")], "The day in mind is not a date in the calendar; leave it empty or choose one."),
        ([("goal", "same"), ("target_on", "2026-11-25")], "The day in mind has to be one to come."),
    ],
)  # fmt: skip
def test_a_goal_that_cannot_be(pairs, problem):
    assert read("goal", *pairs)[1] == [problem]


def test_a_weight_in_pounds_stays_what_it_was():
    kept = FoodWishes(goal="same", target_mass_kg=62.5)
    fields = Fields(FormData([("goal", "same"), ("target_mass", steps.target_mass(kept, "imperial"))]))
    assert steps.STEPS[0].read(fields, kept, replace(ASKING, units="imperial")).target_mass_kg == 62.5


def test_health_keeps_yes_and_no():
    assert read("health", ("yes", "fainting"), ("yes", "other"))[0].warnings == {"fainting": True}
    assert read("health", ("smoker", "yes"))[0] == FoodWishes(warnings={"fainting": False}, smoker=True)


def test_diet_and_allergies():
    kept, problems = read("diet", ("diet", "vegan"), ("allergy", "nuts"), ("allergy", "rocks"))
    assert (kept.diet, kept.allergies, problems) == ("vegan", frozenset({"nuts"}), [])
    assert read("diet", ("diet", "air"))[1] == ["Choose one of these."]


def test_likes_are_ticked_and_written():
    kept, problems = read("likes", ("like", "legume"), ("likes_more", "Mango, beans"), ("dislike", "egg"))
    assert not problems
    assert kept.likes == ("legume", "mango", "black_beans", "kidney_beans")
    assert kept.dislikes == ("egg",)
    assert steps.written(kept.likes) == "mango, black beans, kidney beans"


@pytest.mark.parametrize(
    ("pairs", "problem"),
    [
        ([("likes_more", "mud")], "No food here is called “mud”; try another word, or leave it out."),
        (
            [("like", "egg"), ("dislike", "egg"), ("like", "soy"), ("dislike", "soy")],
            "Eggs and Tofu and soy cannot be both liked and left out; choose one of the two.",
        ),
    ],
)
def test_likes_that_cannot_be(pairs, problem):
    assert read("likes", *pairs)[1] == [problem]


def test_time_by_span_and_by_day():
    meals = [("meal", "dinner"), ("meal", "lunch")]
    kept, problems = read(
        "time", ("minutes_work", "15"), ("minutes_weekend", "45"), ("minutes_2", "0"), ("eaters", "2"), *meals
    )
    assert not problems
    assert kept.cooking_minutes == {0: 15, 1: 15, 2: 0, 3: 15, 4: 15, 5: 45, 6: 45}
    assert (kept.meals, kept.eaters) == (("lunch", "dinner"), 2)
    assert steps.spans(kept) == (
        ("Monday to Friday", "minutes_work", 15),
        ("The weekend", "minutes_weekend", 45),
    )
    assert [own for _, _, own in steps.own_days(kept)] == [None, None, 0, None, None, None, None]


def test_time_keeps_what_was_not_sent():
    kept, problems = read(
        "time", ("eaters", "1"), ("meal", "snack"), before=FoodWishes(cooking_minutes={3: 5})
    )
    assert not problems
    assert kept.cooking_minutes == {0: 30, 1: 30, 2: 30, 3: 5, 4: 30, 5: 30, 6: 30}


@pytest.mark.parametrize(
    ("pairs", "problem"),
    [
        ([("eaters", "1")], "Choose at least one meal a day."),
        ([("eaters", "0"), ("meal", "lunch")], "The number of people is between 1 and 12; 0 is outside."),
        ([("eaters", "1"), ("meal", "lunch"), ("minutes_4", "900")], "The time on Friday is between 0 and 240 minutes; 900 is outside."),
    ],
)  # fmt: skip
def test_time_that_cannot_be(pairs, problem):
    assert read("time", *pairs)[1] == [problem]


def test_a_usual_kitchen_stays_usual():
    assert read("kitchen", ("price", "low"), ("kit", "hob"))[0] == FoodWishes(price="low", kit=None)
    assert read("kitchen", ("price", "low"), ("kit", "oven"))[0].kit == frozenset({"oven"})
    assert read("kitchen", ("price", "free"))[1] == ["Choose low, usual or higher cost."]


def test_the_answers_in_words():
    wishes = FoodWishes(
        goal="leaner", target_mass_kg=62, allergies=frozenset({"nuts", "egg"}), likes=("legume",), dislikes=("mango",),
        cooking_minutes={0: 0}, eaters=2, smoker=True, kit=frozenset({"hob"}),
    )  # fmt: skip
    assert [words for _, words in steps.answers(wishes, ASKING)] == [
        "A little leaner, 62 kg in mind",
        "1 tick",
        "I eat everything, without egg and nuts",
        "Gladly beans and lentils; rather no mango",
        "0 to 30 minutes a day, 4 meals, for 2",
        "Usual cost, 1 thing to cook with",
    ]
    assert [words for _, words in steps.answers(FoodWishes(), ASKING)] == [
        "Stay as I am",
        "Nothing ticked",
        "I eat everything",
        "Nothing said",
        "30 minutes a day, 4 meals",
        "Usual cost, a usual kitchen",
    ]


def test_the_first_way_through_ends_in_a_planned_week(client, asked):
    where, forms = "goal", {
        "goal": {"goal": "leaner"}, "health": {}, "diet": {"diet": "vegetarian"}, "likes": {},
        "time": {"minutes_work": "20", "minutes_weekend": "45", "meal": ["lunch", "dinner"], "eaters": "1"},
        "kitchen": {"price": "mid", "kit": ["hob", "pot"]},
    }  # fmt: skip
    for number, (step, form) in enumerate(forms.items()):
        assert where == step
        html = client.get(f"/eat/wishes/{step}?first=1").text
        assert f"{number + 1} of 6" in html
        answer = client.post(f"/eat/wishes/{step}?first=1", data=form)
        where = answer.headers["location"].removeprefix("/eat/wishes/").removesuffix("?first=1")
    assert where == "/eat?week=2026-11-23"
    assert (asked.kept.goal, asked.kept.diet, asked.kept.kit) == (
        "leaner",
        "vegetarian",
        frozenset({"hob", "pot"}),
    )


def test_one_answer_is_changed_and_can_be_taken_back(client):
    answer = client.post("/eat/wishes/diet", data={"diet": "vegan"})
    assert answer.headers["location"] == "/eat/wishes"
    assert said(answer) == f"Kept. Plan the week anew to use it. [/eat/undo/{TOKEN}?back=/eat/wishes]"


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (
            ImpossibleGoal("10 kg in a month is more than is safe."),
            "accent",
            "10 kg in a month is more than is safe.",
        ),
        (
            BadFoodWishes(["mango is both liked and disliked; choose one"]),
            "danger",
            "Mango is both liked and disliked; choose one",
        ),
    ],
)
def test_wishes_that_cannot_be_are_asked_again(client, asked, error, kind, words):
    asked.refuses = error
    answer = client.post("/eat/wishes/goal", data={"goal": "leaner", "target_mass": "55"})
    assert answer.status_code == 422
    check_outline(answer.text)
    assert re.search(rf'notice--{kind}" role="alert"[^§]*?{re.escape(words)}', answer.text)
    assert 'value="55"' in answer.text


def test_a_question_that_there_is_not(client):
    assert client.get("/eat/wishes/colour").status_code == 404


# --- Words and plates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mass_g", "units", "words"),
    [
        (None, "metric", "–"), (0, "metric", "0 g"), (2.5, "metric", "2.5 g"), (180, "metric", "180 g"), (999.6, "metric", "1 kg"),
        (1250, "metric", "1.25 kg"), (28.35, "imperial", "1 oz"), (180, "imperial", "6.3 oz"), (453.6, "imperial", "1 lb"),
        (540, "imperial", "1 lb 3 oz"), (None, "imperial", "–"),
    ],
)  # fmt: skip
def test_grams(mass_g, units, words):
    assert meal_words.grams(mass_g, units) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0.5, "½ serving"), (1, "1 serving"), (1.5, "1½ servings"), (2, "2 servings"), (2.25, "2.25 servings")],
)
def test_servings(number, words):
    assert meal_words.servings(number) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, ""),
        (25, None, "at least 25"),
        (None, 2300, "at most 2,300"),
        (1780, 1920, "1,780–1,920"),
        (8, 8, "8"),
    ],
)
def test_bounds(low, high, words):
    assert meal_words.bounds(sample.row("iron", 1, low, high)) == words


@pytest.mark.parametrize(("share", "words"), [(0, "0 %"), (0.999, "99 %"), (1, "100 %"), (0.29, "29 %")])
def test_coverage_is_never_rounded_up(share, words):
    assert meal_words.coverage(share) == words


@pytest.mark.parametrize(("energy", "words"), [(None, "–"), (0, "0 kcal"), (1846.4, "1,850 kcal")])
def test_energy_is_said_as_sure_as_it_is(energy, words):
    assert meal_words.kcal(energy) == words


GROUPS = sorted({group for _, _, groups in PARTS for group in groups} | {"herb_spice", "sweet"})


@given(st.dictionaries(st.sampled_from(GROUPS), st.floats(0, 1000)))
def test_a_plate_is_whole_and_its_parts_follow_each_other(groups_g: dict[FoodGroup, float]):
    parts = plate_of(groups_g)
    assert [part.start for part in parts] == sorted(part.start for part in parts)
    assert all(0 < part.drawn <= part.percent + 1 for part in parts)
    if parts:
        assert 95 <= sum(part.percent for part in parts) <= 100.1


def test_a_plate_of_seasoning_is_empty():
    assert plate_of({}) == ()
    assert plate_of({"herb_spice": 3}) == ()


def test_a_plate_of_one_thing_is_closed():
    (part,) = plate_of({"fruit": 180})
    assert (part.id, part.percent, part.drawn) == ("plants", 100, 100)


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
