"""The API of desk tests, pain diary and findings, and the pages that answer to a red flag."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

import desk_takes
from living import Clock, living
from openback.services.frames_json import frame_json
from web_app import TestClient, client_of

API = "/api/v1/desk"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(tmp_path, clock) -> Iterator[TestClient]:
    with living(tmp_path, clock) as app, client_of(app) as client:
        yield client


def frames(test, *pose, **filmed):
    return [frame_json(one) for one in desk_takes.take(test, *pose, **filmed)]


def test_every_test_with_its_norm(client):
    answer = client.get(f"{API}/tests").json()
    assert [one["rule"]["id"] for one in answer] == [
        "straight_leg_raise",
        "finger_to_floor",
        "shoulder_reach",
        "wall_angel",
    ]
    assert [zone["verdict"] for zone in answer[0]["zones"]] == ["limited", "usual", "good"]
    assert client.get(f"{API}/tests/wall_angel").json()["rule"]["name"] == "Wall angel range"


def test_a_take_judged_kept_and_taken_back(client):
    body = {"side": "left", "frames": frames("straight_leg_raise", 50.0)}
    judged = client.post(f"{API}/tests/straight_leg_raise", json=body).json()
    assert judged["result"]["verdict"] == "limited"
    assert judged["undo"] is None
    kept = client.post(f"{API}/tests/straight_leg_raise", json={**body, "keep": True}).json()
    assert kept["what_to_do"][0]["exercise"]["id"] == "supine_hamstring_stretch"
    assert kept["norm"].startswith("The usual range is for women")
    assert kept["sources"][0]["id"] == "youdas_2005"
    assert [one["id"] for one in client.get(f"{API}/findings").json()] == ["straight_leg_raise"]
    assert client.post(f"/api/v1/undo/{kept['undo']}").status_code < 300
    assert client.get(f"{API}/findings").json() == []


def test_a_take_of_no_use_keeps_nothing_and_says_why(client):
    body = {"side": "both", "frames": frames("wall_angel", 120.0, yaw_deg=90.0), "keep": True}
    answer = client.post(f"{API}/tests/wall_angel", json=body).json()
    assert answer["result"] is None
    assert answer["problems"] == [
        {"problem": "wrong_view", "said": "The phone has to see you from the front: turn to face it."}
    ]
    assert answer["undo"] is None


def test_a_number_by_hand_kept_and_deleted(client):
    body = {"side": "both", "by": "hand", "value": 4, "unit": "in", "keep": True}
    kept = client.post(f"{API}/tests/finger_to_floor", json=body).json()["result"]
    assert kept["said"] == "10 cm above the floor."
    undo = client.delete(f"{API}/tests/results/{kept['result']['id']}").json()["undo"]
    assert undo
    assert client.delete(f"{API}/tests/results/{kept['result']['id']}").json() == {"undo": None}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("tests/handstand", {"side": "both", "by": "hand", "value": 1, "unit": "cm"}, 404),
        ("tests/wall_angel", {"side": "left", "by": "hand", "value": 100, "unit": "deg"}, 422),
        ("tests/wall_angel", {"side": "both", "by": "hand", "unit": "deg"}, 422),
        ("tests/wall_angel", {"side": "both"}, 422),
        ("tests/wall_angel", {"side": "both", "frames": [{"t_s": 0}]}, 422),
        ("tests/wall_angel", {"side": "both", "picture": "no pictures here"}, 422),
    ],
)
def test_what_cannot_be_used(client, path, body, status):
    answer = client.post(f"{API}/{path}", json=body)
    assert answer.status_code == status
    assert client.get(f"{API}/tests/wall_angel").json()["sides"][0]["results"] == []


def test_a_note_sent_twice_is_one_note(client):
    address = f"{API}/pain/notes/{uuid4()}"
    body = {"place": "lower_back", "level": 4, "signs": ["spreads", "spreads"]}
    first = client.put(address, json=body).json()
    assert [one["see"] for one in first["advice"]] == [
        "See your doctor within days; do nothing that makes it spread further."
    ]
    client.put(address, json=body)
    diary = client.get(f"{API}/pain").json()
    assert [(one["place"], one["level"], one["signs"]) for one in diary["notes"]] == [
        ("lower_back", 4, ["spreads"])
    ]
    assert client.delete(address).json()["undo"]
    assert client.get(f"{API}/pain").json()["notes"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"place": "tail", "level": 4},
        {"place": "neck", "level": 11},
        {"place": "neck"},
        {"place": "neck", "level": 2, "at": "2030-01-01T00:00:00Z"},
    ],
)
def test_a_note_that_cannot_be(client, body):
    assert client.put(f"{API}/pain/notes/{uuid4()}", json=body).status_code == 422


def test_a_red_flag_stops_today_and_leads_to_the_diary(client, clock):
    assert "Please see somebody first" not in client.get("/").text
    client.put(f"{API}/pain/notes/{uuid4()}", json={"place": "lower_back", "level": 4, "signs": ["numb"]})
    page = client.get("/").text
    assert "Please see somebody first" in page
    assert "See your doctor within days." in page
    assert 'href="/desk/pain"' in page
    clock.on(hours=2)
    client.put(f"{API}/pain/notes/{uuid4()}", json={"place": "lower_back", "level": 1, "signs": ["seen"]})
    assert "Please see somebody first" not in client.get("/").text


def test_train_shows_a_finding_and_puts_it_into_the_plan(client):
    body = {"side": "left", "by": "hand", "value": 50, "unit": "deg", "keep": True}
    assert "What your desk asks for" not in client.get("/train").text
    client.post(f"{API}/tests/straight_leg_raise", json=body)
    page = client.get("/train").text
    assert "Straight-leg raise: 50 degrees on the left on 23 November, less than usual." in page
    assert "Put it into the plan" in page
    assert client.post("/train/findings").status_code in {200, 303}
    page = client.get("/train").text
    assert "Put it into the plan" not in page
    assert "The plan gives the backs of your thighs at least" in page
