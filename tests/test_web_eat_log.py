"""The food log, own foods, nutrients and weight: pages, forms, what they keep, and every way to take it back."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

import eat_showing
from openback.model.food import Food, Portion
from openback.model.nutrients import NUTRIENT, Known
from openback.services import foods, people
from openback.services.eat import log, weight
from openback.services.eat.amounts import row_of
from openback.services.eat.views import NutrientRow, WeightPoint
from openback.web.food_words import coverage_words, number_words, part_words, range_bar, target_words
from openback.web.forms.amount import Amount, food_amount
from openback.web.forms.body import mass_kg, measures, sizes
from openback.web.forms.fields import Fields
from openback.web.forms.own_food import own_food
from openback.web.routes.eat_log import start_of
from openback.web.weight_chart import HEIGHT, WIDTH, weight_chart
from test_web_pages import check_outline
from web_app import TestClient, web_client

TODAY = eat_showing.TODAY
EAN = "4006381333931"


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[TestClient]:
    with web_client(tmp_path_factory.mktemp("eat")) as client:
        yield client


@pytest.fixture
def shown(client, monkeypatch) -> TestClient:
    """A client whose log, nutrients and weight are made by hand."""
    monkeypatch.setattr(log, "log_day", lambda _app, on: eat_showing.a_log_day(on))
    monkeypatch.setattr(log, "nutrients", lambda _app, on: eat_showing.nutrients(on))
    monkeypatch.setattr(weight, "weight", lambda _app: eat_showing.a_weight())
    return client


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def undo_on(page: str) -> str:
    """Return the address that takes back what was just done."""
    return unescape(re.search(r'<form method="post" action="(/eat/undo/[^"]+)"', page)[1])


def fields(**values: str) -> Fields:
    return Fields(FormData(values))


# --- A day --------------------------------------------------------------------------------------------------


def test_nothing_before_the_questions_are_answered(tmp_path):
    with web_client(tmp_path, None) as nobody:
        for path in ("/eat/log", "/eat/nutrients", "/eat/weight", "/eat/foods/import"):
            assert nobody.get(path).headers["location"] == "/welcome"


def test_a_day_without_entries_says_nothing_of_them(client, monkeypatch):
    monkeypatch.setattr(log, "log_day", lambda _app, on: eat_showing.an_empty_day(on))
    html = client.get("/eat/log").text
    check_outline(html)
    said = words(html)
    assert "0 of at least 400 g" in said
    assert "Kinds 0 of at least 5" in said
    assert "Energy – of 1,930–2,120 kcal" in said
    assert "Copy yesterday" in said
    assert "not known" not in said
    assert "That is all of it" not in said


def test_fruit_and_vegetables_stand_in_front(shown):
    html = shown.get("/eat/log").text
    check_outline(html)
    said = words(html)
    assert "378 of at least 400 g" in said
    assert "Kinds 4 of at least 5" in said
    assert said.index("Fruit and vegetables") < said.index("Energy") < said.index("Breakfast")
    assert "Energy 722 of 1,930–2,120 kcal" in said
    assert "Planned · 560 kcal" in said
    assert 'aria-label="Dinner eaten as planned: Salmon with potatoes and broccoli"' in html


def test_days_lead_to_each_other_and_never_to_tomorrow(shown):
    html = shown.get("/eat/log").text
    assert f"/eat/log?on={TODAY - timedelta(days=1)}" in html
    assert "The day after" not in html
    assert f"/eat/log?on={TODAY}" in shown.get(f"/eat/log?on={TODAY - timedelta(days=1)}").text
    assert words(shown.get(f"/eat/log?on={TODAY + timedelta(days=9)}").text).count("Today") >= 1


def test_what_is_eaten_is_logged_once_changed_and_taken_back(client):
    on = TODAY - timedelta(days=30)
    entry = str(uuid4())
    form = {"on": str(on), "slot": "snack", "id": entry, "amount": "1,5", "unit": "0"}
    for _ in range(2):  # a double tap
        answer = client.post("/eat/log/food/banana", data=form)
        assert answer.headers["location"] == f"/eat/log?on={on}"
    said = words(client.get(f"/eat/log?on={on}").text)
    assert said.count("Banana 1.5 × ") == 1
    sheet = client.get(f"/eat/log/entry/{entry}?on={on}").text
    check_outline(sheet)
    assert 'value="1.5"' in sheet
    client.post(f"/eat/log/entry/{entry}", data={"on": str(on), "slot": "lunch", "amount": "80", "unit": "g"})
    assert "80 g" in words(client.get(f"/eat/log?on={on}").text)
    client.post(f"/eat/log/entry/{entry}/delete", data={"on": str(on)})
    page = client.get(f"/eat/log?on={on}").text
    assert "80 g" not in words(page)
    undo = undo_on(page)
    assert client.post(undo).headers["location"] == f"/eat/log?on={on}"
    assert "80 g" in words(client.get(f"/eat/log?on={on}").text)


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        pytest.param("", "g", "The amount is missing.", id="nothing"),
        pytest.param("lots", "g", "The amount is a number; “lots” is not one.", id="words"),
        pytest.param(
            "-5", "g", "The amount is between 0.1 and 5000 g; -5 is outside.", id="less than nothing"
        ),
        pytest.param("9999", "g", "The amount is between 0.1 and 5000 g; 9999 is outside.", id="a truck"),
        pytest.param(
            "1", "77", "This portion is not one of this food; choose another, or grams.", id="no portion"
        ),
    ],
)
def test_an_amount_that_cannot_be_is_said(client, amount, unit, said):
    answer = client.post(
        "/eat/log/food/banana", data={"on": str(TODAY), "slot": "snack", "amount": amount, "unit": unit}
    )
    assert answer.status_code == 422
    assert said in words(answer.text)


def test_search_finds_foods_and_recipes_and_says_when_it_does_not(client):
    assert "/eat/log/food/banana?" in client.get("/eat/log/add?text=banana").text
    assert "/eat/log/recipe/" in client.get("/eat/log/add?text=lentil").text
    nothing = client.get("/eat/log/add?text=qqqxxzz&slot=lunch").text
    check_outline(nothing)
    assert "Nothing here sounds like “qqqxxzz”." in words(nothing)
    assert "name=qqqxxzz" in nothing


def test_a_recipe_is_logged_by_servings(client):
    hit = next(one for one in foods.search(client.app.state.openback, "lentil") if one.recipe)
    page = client.get(f"/eat/log/recipe/{hit.recipe}?slot=lunch").text
    check_outline(page)
    on = TODAY - timedelta(days=31)
    form = {"on": str(on), "slot": "lunch", "amount": "0.5"}
    client.post(f"/eat/log/recipe/{hit.recipe}", data=form)
    assert f"{hit.name} 0.5 servings" in words(client.get(f"/eat/log?on={on}").text)
    again = client.post("/eat/log/again", data={"on": str(on), "slot": "dinner", "key": hit.recipe})
    assert again.status_code == 303
    assert words(client.get(f"/eat/log?on={on}").text).count("0.5 servings") == 2
    copied = TODAY - timedelta(days=33)
    client.post("/eat/log/copy", data={"from": str(on), "to": str(copied)})
    assert words(client.get(f"/eat/log?on={copied}").text).count("0.5 servings") == 2


def test_stars_and_whole_days(client):
    on = TODAY - timedelta(days=40)
    client.post("/eat/log/food/almonds", data={"on": str(on), "slot": "snack", "amount": "30", "unit": "g"})
    client.post("/eat/log/star", data={"on": str(on), "key": "almonds", "starred": "true"})
    assert "Log Almonds, 30 g, for snacks" in client.get(f"/eat/log?on={on}").text
    client.post("/eat/log/complete", data={"on": str(on), "whole": "true"})
    assert "This day is whole." in words(client.get(f"/eat/log?on={on}").text)
    client.post("/eat/log/complete", data={"on": str(on), "whole": "false"})
    assert "This day is left out when your energy is worked out." in words(
        client.get(f"/eat/log?on={on}").text
    )


def test_what_is_not_there_is_a_404(client):
    assert client.get(f"/eat/log/entry/{uuid4()}?on={TODAY}").status_code == 404
    assert client.get("/eat/log/food/nothing_like_it").status_code in {404, 422}
    assert client.post("/eat/log/again", data={"key": "nothing", "on": str(TODAY)}).status_code == 404


@pytest.mark.parametrize(
    ("mass_g", "portion", "expected"),
    [
        pytest.param(86.7318, "", ("86.7", "g"), id="grams"),
        pytest.param(45.0, "1.5 × 1 slice", ("1.5", "0"), id="portions"),
        pytest.param(50.0, "1.5 × 1 slice", ("50", "g"), id="a portion that has another weight by now"),
    ],
)
def test_an_entry_opens_as_it_was_said(mass_g, portion, expected):
    view = eat_showing.an_entry("snack", "banana", 100)
    bread = (Portion(name="1 slice", mass_g=30),)
    entry = replace(view.entry, mass_g=mass_g, portion=portion)
    assert start_of(replace(view, entry=entry, portions=bread)) == expected


@given(st.floats(0.05, 50), st.floats(0.5, 200))
def test_portions_are_so_many_times_their_weight(count, mass_g):
    got = food_amount(fields(amount=repr(count), unit="0"), (Portion(name="1 bowl", mass_g=mass_g),))
    assert got is not None
    assert got.mass_g == pytest.approx(count * mass_g, abs=0.006)
    assert food_amount(fields(amount="80"), ()) == Amount(mass_g=80, portion="")


# --- Barcodes and own foods ---------------------------------------------------------------------------------


def test_a_number_that_is_no_barcode_is_asked_for_again(client):
    answer = client.get("/eat/log/barcode?code=12345")
    assert answer.status_code == 422
    check_outline(answer.text)
    assert "'12345' is not a whole barcode" in words(answer.text)


def test_an_unknown_barcode_leads_to_the_label_and_a_known_one_to_the_amount(client):
    to = client.get(f"/eat/log/barcode?code={EAN}&on={TODAY}&slot=lunch").headers["location"]
    assert to == f"/eat/foods/new?on={TODAY}&slot=lunch&barcode={EAN}"
    page = client.get(to).text
    check_outline(page)
    assert f'value="{EAN}"' in page
    assert f"No food here has the barcode {EAN} yet." in words(page)
    form = {"name": "Rye crispbread", "barcode": EAN, "group": "whole_grain", "basis": "100g", "energy": "340",
            "protein": "9", "portion": "1 slice", "portion_g": "10", "slot": "lunch", "on": str(TODAY)}  # fmt: skip
    kept = client.post("/eat/foods/new", data=form).headers["location"]
    assert kept.startswith("/eat/log/food/own:")
    amount = words(client.get(kept).text)
    assert "1 slice 10 g" in amount
    assert re.search(r"Not reported: .*Fibre", amount)
    again = client.get(f"/eat/log/barcode?code=4-006381-333931&on={TODAY}&slot=lunch").headers["location"]
    assert again == kept


def test_an_own_food_is_changed_and_taken_away(client):
    form = {"name": "Plum jam", "energy": "240", "salt": "0.1", "portion": "1 spoon", "portion_g": "20"}
    food = urlsplit(client.post("/eat/foods/new", data=form).headers["location"]).path.removeprefix(
        "/eat/log/food/"
    )
    page = client.get(f"/eat/foods/{food}/change").text
    check_outline(page)
    for value in ("Plum jam", "240", "0.1", "1 spoon", "20", food.removeprefix("own:")):
        assert f'value="{value}"' in page
    again = client.post("/eat/foods/new", data={**form, "id": food.removeprefix("own:"), "energy": "250"})
    assert urlsplit(again.headers["location"]).path == f"/eat/log/food/{food}"
    assert "Energy 250 kcal" in words(client.get(f"/eat/log/food/{food}").text)
    client.post(f"/eat/foods/{food}/delete")
    undo = undo_on(client.get("/eat/log").text)
    assert client.get(f"/eat/log/food/{food}").status_code == 404
    client.post(undo)
    assert client.get(f"/eat/log/food/{food}").status_code == 200
    assert client.get("/eat/foods/banana/change").status_code == 404


def test_a_label_that_cannot_be_comes_back_with_what_was_typed(client):
    answer = client.post(
        "/eat/foods/new", data={"name": "Oil", "energy": "3700", "energy_unit": "kcal", "fat": "100"}
    )
    assert answer.status_code == 422
    assert "3700 kcal in 100 g is more than pure fat has; is it per portion, or kJ instead of kcal?" in words(
        answer.text
    )
    assert 'value="3700"' in answer.text


LABELS: tuple[tuple[str, Mapping[str, str], tuple[str, ...]], ...] = (
    ("nothing", {}, ("The name is missing.",)),
    (
        "a portion without its weight",
        {"name": "Bar", "basis": "portion", "energy": "200"},
        ("Values per portion need the weight of a portion.",),
    ),
    ("a word", {"name": "Bar", "fat": "some"}, ("Fat is a number; “some” is not one.",)),
    (
        "more than it weighs",
        {"name": "Bar", "fat": "60", "carbohydrate": "60"},
        ("Fat, carbohydrate, fibre, protein and salt add up to 120 g in 100 g; is one of them per portion?",),
    ),
    (
        "a part beyond the whole",
        {"name": "Bar", "carbohydrate": "10", "sugars": "20"},
        ("Sugars cannot be more than carbohydrate, of which it is a part.",),
    ),
)


@pytest.mark.parametrize(("form", "said"), [pytest.param(f, s, id=i) for i, f, s in LABELS])
def test_a_label_says_every_problem(form, said):
    read = fields(**form)
    assert own_food(read, "label") is None
    assert tuple(read.problems) == said


def test_what_a_label_does_not_say_is_not_known():
    food = own_food(fields(name="Water biscuit", fat="0"), "label")
    assert food is not None
    assert dict(food.per_100g) == {"fat": 0.0}


def test_a_label_per_portion_in_kilojoules_with_salt():
    form = {
        "name": "Soup",
        "basis": "portion",
        "portion_g": "250",
        "energy": "1046",
        "energy_unit": "kJ",
        "salt": "2",
    }
    food = own_food(fields(**form), "label")
    assert isinstance(food, Food)
    assert food.per_100g["energy"] == pytest.approx(100, abs=0.01)
    assert food.per_100g["sodium"] == pytest.approx(320)
    assert "salt" not in food.per_100g
    assert food.portions == (Portion(name="1 portion", mass_g=250),)


# --- Lists of foods -----------------------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_said(client):
    check_outline(client.get("/eat/foods/import").text)
    assert "Write where the file is." in words(client.post("/eat/foods/import/path", data={"path": " "}).text)
    to = client.post("/eat/foods/import/path", data={"path": "/no/such/foods.csv"}).headers["location"]
    page = client.get(to).text
    check_outline(page)
    assert "There is no file or folder" in words(page)
    assert client.get(f"/eat/foods/import/{uuid4()}").headers["location"] == "/eat/foods/import"


def test_nobody_else_asks_what_lies_on_the_disk(client, monkeypatch):
    monkeypatch.setattr("openback.web.routes.eat_foods.LOCAL_HOSTS", frozenset())
    assert "Where the file is" not in client.get("/eat/foods/import").text
    answer = client.post("/eat/foods/import/path", data={"path": "/etc/passwd"})
    assert answer.status_code == 403
    assert "only on the machine that runs Openback itself" in words(answer.text)


def test_what_came_of_a_file(client, monkeypatch):
    report = foods.FoodImportReport(
        name="foods.csv", origin="open_food_facts", read=1000, kept=900, added=700,
        left_out={"no name": 60, "no figures": 40}, unknown={"more than 100 g in 100 g": 3}, notes=("A note.",),
    )  # fmt: skip
    monkeypatch.setattr(foods, "import_foods", lambda *_args, **_kwargs: report)
    to = client.post("/eat/foods/import", files={"file": ("foods.csv", b"x")}).headers["location"]
    page = client.get(to).text
    check_outline(page)
    said = words(page)
    for part in ("700 New foods", "200 Known before", "1,000 Rows read", "100 Rows left out", "A note."):
        assert part in said
    assert "Row: no name 60" in said


# --- Nutrients ----------------------------------------------------------------------------------------------


def test_every_nutrient_says_what_is_known_of_it(shown):
    html = shown.get("/eat/nutrients").text
    check_outline(html)
    said = words(html)
    assert "Iron 11 of 18 mg" in said
    assert "Iodine not known (150 µg) No food here reports it" in said
    assert "Trans fat 0.17 or more of at most" in said
    assert html.count('class="nutrient nutrient--') >= 27
    assert "Seven days to today" in words(shown.get("/eat/nutrients?over=week").text)


def test_a_week_without_a_log_offers_the_first_step(client, monkeypatch):
    monkeypatch.setattr(log, "nutrients", lambda _app, on: eat_showing.no_nutrients(on))
    for over in ("day", "week"):
        html = client.get(f"/eat/nutrients?over={over}").text
        check_outline(html)
        assert "Nothing logged" in html


def a_row(amount: float | None, low: float | None, high: float | None, coverage: float = 1.0) -> NutrientRow:
    target = replace(eat_showing.targets().targets["fibre"], low=low, high=high)
    known = Known(amount=amount or 0.0, coverage=0.0 if amount is None else coverage)
    return row_of(NUTRIENT["fibre"], known, target, {})


def test_a_bar_without_a_target_or_an_amount_is_none():
    assert range_bar(a_row(None, 25, None)) is None
    assert range_bar(a_row(12, None, None)) is None


def test_words_of_targets_and_coverage():
    assert target_words(a_row(12, 25, None)) == "of 25 g"
    assert target_words(a_row(12, None, 30)) == "of at most 30 g"
    assert target_words(a_row(12, 20, 30)) == "of 20–30 g"
    assert target_words(a_row(12, 10, 300)) == "of 10 g"
    assert target_words(a_row(12, None, None)) == ""
    assert coverage_words(a_row(None, 25, None)) == "No food here reports it"
    assert part_words(a_row(None, 25, None)) == ""
    assert coverage_words(a_row(12, 25, None, 0.3)) == "Known for 30 % of the food"
    assert part_words(a_row(12, 25, None, 0.3)) == ""
    assert coverage_words(a_row(12, 25, None, 0.92)) == ""
    assert part_words(a_row(12, 25, None, 0.92)) == "92 % known"
    assert part_words(a_row(12, 25, None)) == ""
    assert [number_words(value) for value in (0, 0.0, 1420.4, 86.2, 7.44, 7.0, 0.351)] == [
        "0", "0", "1,420", "86", "7.4", "7", "0.35"
    ]  # fmt: skip


@given(st.floats(0, 1e4), st.none() | st.floats(0.01, 1e4), st.none() | st.floats(0, 1e4))
def test_a_bar_stays_on_its_scale(amount, low, more):
    bar = range_bar(a_row(amount, low, None if more is None else (low or 0) + more))
    if bar is not None:
        assert 0 <= bar.done <= 100
        assert 0 <= bar.low <= 100
        assert bar.low - 0.1 <= bar.high <= 100


# --- Weight -------------------------------------------------------------------------------------------------


def test_before_the_first_weight(client, monkeypatch):
    monkeypatch.setattr(weight, "weight", lambda _app: eat_showing.no_weight())
    html = client.get("/eat/weight").text
    check_outline(html)
    assert "After the first weight its trend stands here." in words(html)
    assert "From an equation, until your log and weight say more." in words(html)
    assert '<svg class="curve-svg"' not in html


def test_months_of_weights_have_a_chart_with_its_table(shown):
    html = shown.get("/eat/weight").text
    check_outline(html)
    said = words(html)
    assert "65.0 kg, between 64.6 and 65.4; about 0.1 kg a week less." in said
    assert "2,140 kcal, between 1,990 and 2,260" in said
    assert html.count('class="weight-dot"') == sum(
        point.weighed_kg is not None for point in eat_showing.a_weight().points[-93:]
    )
    assert "Wednesday 25 November" in said
    assert "± 4 %" in said
    assert "Healthy at your age: 23 to 34 % body fat (Gallagher and others, 2000)." in said
    assert "The plan aims at about 0.14 kg a week less, inside the pace that keeps muscle and health." in said
    assert "Friday 13 November" in said
    assert "A period began on" in said


def test_pounds_and_inches_for_those_who_read_them(shown, monkeypatch):
    monkeypatch.setattr(people, "units_of", lambda _app: "imperial")
    html = shown.get("/eat/weight").text
    said = words(html)
    assert "Weight (lb)" in said
    assert "Waist (in)" in said
    assert "waist 29.5 in" in said
    assert 'value="143.2"' in html


def test_a_weight_is_kept_and_taken_back(client):
    answer = client.post("/eat/weight", data={"mass": "64,8"})
    assert answer.headers["location"] == "/eat/weight"
    page = client.get("/eat/weight").text
    assert "64.8 kg" in words(page)
    undo = undo_on(page)
    assert client.post(undo).headers["location"] == "/eat/weight"
    assert "64.8 kg" not in words(client.get("/eat/weight").text)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        pytest.param({"mass": ""}, "Weight is missing.", id="nothing"),
        pytest.param(
            {"mass": "-60"}, "Weight is between 25 and 350 kg; -60 is outside.", id="less than nothing"
        ),
        pytest.param({"mass": "900"}, "Weight is between 25 and 350 kg; 900 is outside.", id="a cow"),
        pytest.param({"mass": "65", "on": "2031-01-01"}, "This day is still to come.", id="the future"),
        pytest.param(
            {"mass": "65", "on": "yesterday"}, "The day is not a date in the calendar.", id="no date"
        ),
    ],
)
def test_a_weight_that_cannot_be_is_said(client, form, said):
    answer = client.post("/eat/weight", data=form)
    assert answer.status_code == 422
    assert said in words(answer.text)


def test_sizes_are_kept_and_taken_out(client):
    nothing = client.post("/eat/weight/measures", data={"on": str(TODAY)})
    assert "Write at least one size." in words(nothing.text)
    client.post(
        "/eat/weight/measures", data={"waist_cm": "75", "hip_cm": "99,5", "neck_cm": "32", "body_fat": "28"}
    )
    assert "waist 75 cm, hips 99.5 cm, neck 32 cm, body fat 28 %" in words(client.get("/eat/weight").text)
    client.post("/eat/weight/measures/delete", data={"on": str(TODAY)})
    assert "waist 75 cm" not in words(client.get("/eat/weight").text)


def test_numbers_in_pounds_and_inches_are_the_same_body():
    assert mass_kg(fields(mass="143.3"), "imperial") == pytest.approx(65.0, abs=0.01)
    kept = measures(fields(waist_cm="29.5"), "imperial", "female", TODAY)
    assert kept is not None
    assert kept.waist_cm == pytest.approx(74.93)
    assert kept.hip_cm is None
    assert "navel" in sizes("male")[0].hint


def test_nothing_weighed_is_no_chart():
    assert weight_chart((), (), "metric") is None
    bare = WeightPoint(on=TODAY, weighed_kg=None, trend_kg=None, expenditure_kcal=None, eaten_kcal=1900.0)
    assert weight_chart((bare,), (), "metric") is None


def test_one_weight_is_a_dot():
    only = WeightPoint(on=TODAY, weighed_kg=65.0, trend_kg=None, expenditure_kcal=None, eaten_kcal=None)
    chart = weight_chart((only,), (), "metric")
    assert chart is not None
    assert len(chart.dots) == 1
    assert chart.line == chart.band == chart.fan == ""


POINTS = st.lists(
    st.tuples(st.integers(0, 400), st.floats(40, 150), st.floats(0, 3), st.booleans()),
    min_size=1,
    max_size=30,
    unique_by=lambda one: one[0],
)


@given(POINTS, st.sampled_from(["metric", "imperial"]))
def test_a_weight_chart_stays_inside_its_picture(points, units):
    start = date(2026, 1, 1)
    made = tuple(
        WeightPoint(
            on=start + timedelta(days=day),
            weighed_kg=kg if weighed else None,
            trend_kg=(kg - half, kg, kg + half),
            expenditure_kcal=None,
            eaten_kcal=None,
        )
        for day, kg, half, weighed in sorted(points)
    )
    chart = weight_chart(made, (), units)
    assert chart is not None
    for path in (chart.line, chart.band):
        numbers = [float(text) for text in re.findall(r"-?[\d.]+", path)]
        assert all(0 <= x <= WIDTH for x in numbers[::2])
        assert all(0 <= y <= HEIGHT for y in numbers[1::2])
    assert len(chart.rows) == len(made)
    assert all(math.isfinite(tick.at) for tick in chart.y_ticks)
    assert len(chart.y_ticks) >= 2


def test_no_page_praises_or_scolds(shown):
    for path in ("/eat/log", "/eat/nutrients", "/eat/weight"):
        said = words(shown.get(path).text).lower()
        for word in ("great", "well done", "failed", "bad ", "too much", "!"):
            assert word not in said, (path, word)
