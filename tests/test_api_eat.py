"""The API about eating: the same use cases as the pages, idempotent by client-made ids, each step undone."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from dining import plan_quickly
from web_app import TestClient, web_client

API = "/api/v1"
EAT = f"{API}/eat"
TODAY = "2026-11-25"  # a Wednesday
MONDAY = "2026-11-23"


@pytest.fixture
def client(tmp_path, monkeypatch) -> Iterator[TestClient]:
    plan_quickly(monkeypatch)
    with web_client(tmp_path) as client:
        yield client


def undo(client, answer):
    token = answer.json()["undo"]
    assert token is not None
    assert client.post(f"{API}/undo/{token}").status_code == 200


def error_of(answer):
    return answer.status_code, answer.json()["error"]["kind"]


def test_wishes_are_said_in_words_and_come_back(client):
    assert client.get(f"{EAT}/wishes").json()["goal"] == "same"
    said = client.put(f"{EAT}/wishes", json={"diet": "Veggie", "likes": ["Bananas", "flurbl"]})
    assert said.json()["notes"] == ["Nothing here is called 'flurbl', so it was left out of your likes."]
    kept = client.get(f"{EAT}/wishes").json()
    assert (kept["diet"], kept["likes"]) == ("vegetarian", ["banana"])
    assert client.get(f"{API}/profile").json()["food"] == kept
    assert client.put(f"{EAT}/wishes", json=kept).json()["undo"] is None
    undo(client, said)
    assert client.get(f"{EAT}/wishes").json()["diet"] == "omnivore"


def test_wishes_that_cannot_be(client):
    answer = client.put(f"{EAT}/wishes", json={"goal": "thin", "eaters": 0})
    assert answer.status_code == 422
    assert answer.json()["error"]["problems"] == [
        "food.goal has 'thin', which is not known; it must be one of leaner, same, more_muscle",
        "food.eaters is 0, it must be 1 to 12",
    ]
    asked = {"goal": "leaner", "target_mass_kg": 50, "target_on": "2026-12-25"}
    assert error_of(client.put(f"{EAT}/wishes", json=asked)) == (422, "impossible_goal")
    assert client.get(f"{EAT}/wishes").json()["goal"] == "same"


def test_targets_and_questions(client):
    rows = client.get(f"{EAT}/targets").json()["rows"]
    assert rows[0]["target"]["nutrient"] == "energy"
    assert all(row["target"]["why"] for row in rows)
    assert "fainting" in {question["id"] for question in client.get(f"{EAT}/questions").json()}


def test_a_week_from_plan_to_plate(client):
    assert client.get(f"{EAT}/week").json()["status"] is None
    view = client.post(f"{EAT}/week", json={}).json()
    assert (view["status"], view["monday"]) == ("planned", MONDAY)
    meal = next(m for m in view["days"][2]["meals"] if m["slot"] == "dinner")
    place = {"on": meal["on"], "slot": "dinner", "recipe": meal["recipe"]}
    choices = client.get(f"{EAT}/meals/choices", params=place).json()
    swapped = client.post(f"{EAT}/meals/swap", json=place | {"to": choices[0]["recipe"]})
    place["recipe"] = choices[0]["recipe"]
    assert client.post(f"{EAT}/meals/pin", json=place | {"pinned": False}).status_code == 200
    more = client.post(f"{EAT}/meals/servings", json=place | {"servings": 2})
    entry = uuid4()
    eaten = client.put(f"{EAT}/meals/eaten/{entry}", json=place)
    assert client.put(f"{EAT}/meals/eaten/{entry}", json=place).json() == {"undo": None}
    assert client.get(f"{API}/eat/log/{TODAY}").json()["slots"][2]["entries"][0]["entry"]["id"] == str(entry)
    undo(client, eaten)
    undo(client, more)
    assert swapped.json()["undo"] is not None
    assert error_of(client.post(f"{EAT}/meals/pin", json=place | {"recipe": "soupp"})) == (
        404,
        "no_such_meal",
    )
    assert error_of(client.get(f"{EAT}/shopping/2027-01-04")) == (404, "no_meal_week")


def test_a_shopping_list_is_ticked_off_however_often_it_is_sent(client):
    client.post(f"{EAT}/week", json={})
    view = client.get(f"{EAT}/shopping/{MONDAY}").json()
    food = view["aisles"][0]["lines"][0]["item"]["food"]
    address = f"{EAT}/shopping/{MONDAY}/{food}"
    ticked = client.put(address, json={"done": True})
    assert client.put(address, json={"done": True}).json() == {"undo": None}
    assert client.get(f"{EAT}/shopping/{MONDAY}").json()["done"] == 1
    undo(client, ticked)
    assert client.put(address, json={"done": False}).json() == {"undo": None}
    written = client.get(f"{EAT}/shopping/{MONDAY}/csv")
    assert written.headers["content-type"].startswith("text/csv")
    assert len(written.text.splitlines()) == view["total"] + 1


def test_an_entry_is_kept_once_changed_and_taken_away(client):
    address = f"{EAT}/log/entries/{uuid4()}"
    body = {"on": TODAY, "slot": "snack", "food": "banana", "mass_g": 118, "portion": "1 medium"}
    kept = client.put(address, json=body)
    assert client.put(address, json=body).json() == {"undo": None}
    changed = client.patch(address, json={"mass_g": 59})
    view = client.get(f"{EAT}/log/{TODAY}").json()
    assert view["fruit_vegetable_g"] == 59
    undo(client, changed)
    undo(client, kept)
    assert client.delete(address).json() == {"undo": None}
    recipe = {"on": TODAY, "slot": "lunch", "recipe": "boiled_eggs_tomatoes", "servings": 1}
    assert client.put(address, json=recipe).status_code == 200
    assert client.get(f"{EAT}/log/{TODAY}/nutrients").json()["days_logged"] == 1
    copied = client.post(f"{EAT}/log/2026-11-24/copy", json={"from": TODAY})
    undo(client, copied)
    assert client.put(f"{EAT}/log/{TODAY}/complete", json={"complete": True}).status_code == 200
    assert client.get(f"{EAT}/log/{TODAY}").json()["complete"] is True


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"food": "banana"}, (422, "bad_food_entry")),
        ({"food": "banana", "mass_g": -1}, (422, "bad_food_entry")),
        ({"food": "banana", "recipe": "soup", "mass_g": 1}, (422, "bad_food_entry")),
        ({"food": "moon_dust", "mass_g": 5}, (404, "unknown_food")),
        ({"recipe": "soupp", "servings": 1}, (404, "unknown_recipe")),
        ({"recipe": "boiled_eggs_tomatoes", "servings": 99}, (422, "bad_food_entry")),
    ],
)
def test_entries_that_cannot_be(client, body, error):
    answer = client.put(f"{EAT}/log/entries/{uuid4()}", json={"on": TODAY, "slot": "snack"} | body)
    assert error_of(answer) == error


def test_favourites(client):
    starred = client.put(f"{EAT}/favourites/banana", json={"starred": True})
    assert [one["food"] for one in client.get(f"{EAT}/favourites").json()] == ["banana"]
    undo(client, starred)
    assert client.get(f"{EAT}/favourites").json() == []


def test_recipes(client):
    found = client.get(f"{EAT}/recipes", params={"text": "lentil", "slot": "dinner"}).json()["found"]
    id_ = found[0]["recipe"]["id"]
    assert client.get(f"{EAT}/recipes/{id_}", params={"servings": 3}).json()["servings"] == 3
    undo(client, client.put(f"{EAT}/recipes/{id_}/liking", json={"liking": "like"}))
    assert error_of(client.get(f"{EAT}/recipes/soupp")) == (404, "unknown_recipe")


def test_weight_and_measures(client):
    at = "2026-11-25T08:00:00Z"
    kept = client.post(f"{EAT}/weight", json={"mass_kg": 66.2, "at": at})
    assert kept.status_code == 201
    assert client.get(f"{EAT}/weight").json()["latest_kg"] == 66.2
    undo(client, client.delete(f"{EAT}/weight/{at}"))
    assert error_of(client.post(f"{EAT}/weight", json={"mass_kg": -5})) == (422, "bad_weight")
    measured = client.put(f"{EAT}/measures/{TODAY}", json={"waist_cm": 74})
    assert client.get(f"{EAT}/weight").json()["measures"][0]["waist_cm"] == 74
    undo(client, measured)
    assert client.delete(f"{EAT}/measures/{TODAY}").json() == {"undo": None}
    assert error_of(client.put(f"{EAT}/measures/{TODAY}", json={"waist_cm": -4})) == (422, "bad_measure")


def test_a_profile_with_food_keeps_both(client):
    profile = client.get(f"{API}/profile").json()
    assert "food" not in profile
    assert client.put(f"{API}/profile", json=profile | {"food": {"diet": "vegan"}}).status_code == 200
    assert client.get(f"{EAT}/wishes").json()["diet"] == "vegan"
    client.put(f"{API}/profile", json=profile)
    assert client.get(f"{EAT}/wishes").json()["diet"] == "vegan"
    refused = client.put(f"{API}/profile", json=profile | {"food": {"diet": "green"}})
    assert refused.status_code == 422
