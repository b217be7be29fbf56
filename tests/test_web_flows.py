"""The pages and the API of flows: what they show, take and refuse."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest

from living import RED_FLAG, Clock, living
from openback.model.journal import FlowDone
from openback.services import people
from web_app import BASE, client_of

ORIGIN = {"origin": BASE}


@pytest.fixture
def app(tmp_path):
    with living(tmp_path, Clock()) as made:
        yield made


@pytest.fixture
def client(app):
    with client_of(app) as made:
        yield made


def body(**more):
    return {
        "flow": "yoga_10",
        "at": "2026-11-23T08:59:00Z",
        "done_s": 600,
        "held_s": {"cobra_pose": 30},
    } | more


@pytest.mark.parametrize(
    "path", ["/desk/break", "/desk/stretch", "/desk/yoga", "/desk/slouch", "/desk/flow/yoga_10"]
)
def test_nobody_is_led_to_the_questions(tmp_path, path):
    with living(tmp_path, Clock(), planned=False) as nobody, client_of(nobody) as client:
        answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/welcome")


def test_an_unknown_flow_is_not_found(client):
    assert client.get("/desk/flow/tango").status_code == 404
    answer = client.put(f"/api/v1/desk/flows/done/{uuid4()}", json=body(flow="tango"), headers=ORIGIN)
    assert answer.status_code == 404


def test_the_api_keeps_a_flow_and_takes_it_back(app, client):
    address = f"/api/v1/desk/flows/done/{uuid4()}"
    for _ in range(2):
        answer = client.put(address, json=body(), headers=ORIGIN)
        assert answer.json() == {"kept": True, "done_s": 600, "sets": 1}
    assert len(app.store.entries(app.person_id, FlowDone)) == 1
    assert client.get("/api/v1/desk/flows/week").json()["flow_min"] == 0.5
    assert client.delete(address, headers=ORIGIN).json() == {"was_there": True}
    assert client.delete(address, headers=ORIGIN).json() == {"was_there": False}


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"at": "2026-11-23T08:59:00"}, id="a time without a zone"),
        pytest.param({"done_s": -1}, id="less than no time"),
        pytest.param({"held_s": {"cobra_pose": "long"}}, id="no number"),
        pytest.param({"held_s": {str(n): 1 for n in range(61)}}, id="too many"),
    ],
)
def test_what_makes_no_sense_is_refused(client, more):
    answer = client.put(f"/api/v1/desk/flows/done/{uuid4()}", json=body(**more), headers=ORIGIN)
    assert answer.status_code == 422


def test_a_flow_given_up_at_once_is_told_so(client):
    answer = client.put(f"/api/v1/desk/flows/done/{uuid4()}", json=body(done_s=5), headers=ORIGIN)
    assert answer.json() == {"kept": False, "done_s": 0, "sets": 0}


def test_a_red_flag_shows_whom_to_see_and_no_start(app, client):
    people.keep_profile(app, RED_FLAG)
    for path in ("/desk/break", "/desk/yoga", "/desk/flow/yoga_10"):
        page = unescape(client.get(path).text)
        assert "Until then there is nothing to do here." in page
        assert 'data-do="start"' not in page
        assert "data-plan=" not in page


def test_only_the_player_may_be_given_the_microphone(client):
    assert "microphone=(self)" in client.get("/desk/flow/yoga_10").headers["permissions-policy"]
    assert "microphone=()" in client.get("/desk/slouch").headers["permissions-policy"]


def test_train_shows_mobility(client):
    page = client.get("/train").text
    assert 'id="mobility"' in page
