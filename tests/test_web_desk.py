"""The pages of the Desk: empty and full, what their forms take, and taking it back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from desk_camera import Scene, stood
from living import Clock, living
from openback.model.posture import SeenFrame
from openback.services import desk_tests, pain, posture
from openback.services.app import App
from openback.services.frames_json import frame_json
from openback.web.desk_words import shots_json, sides_json
from test_web_pages import check_outline
from web_app import TestClient, client_of

PAGES = ("/desk", "/desk/posture", "/desk/posture/check", "/desk/tests", "/desk/pain")
FOUR = {"front": 0, "right": -90, "back": 180, "left": 90}
ARMS_UP = {"shoulder_elevation_deg": 150.0, "shoulder_plane_deg": 0.0, "elbow_flexion_deg": 20.0}


@pytest.fixture
def anna(tmp_path) -> Iterator[App]:
    with living(tmp_path, Clock()) as app:
        yield app


@pytest.fixture
def client(anna) -> Iterator[TestClient]:
    with client_of(anna) as client:
        yield client


@pytest.fixture
def newcomer(tmp_path) -> Iterator[TestClient]:
    with living(tmp_path, Clock(), planned=False) as app, client_of(app) as client:
        yield client


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def frames(scene: Scene, every_s: float = 0.15) -> list[Any]:
    """The frames of a scene as a page sends them."""
    told = [frame_json(SeenFrame(frame=one)) for one in scene.frames]
    return [{**one, "t_s": round(n * every_s, 3)} for n, one in enumerate(told)]


def a_check(**angles: Any) -> dict[str, Any]:
    return {
        "by": "camera",
        "shots": {shot: frames(stood(yaw, **angles)) for shot, yaw in FOUR.items()},
        "c7": None,
        "keep": False,
    }


def done(client: TestClient, address: str, **sent: str) -> Any:
    """Send a form, and return the page that comes of it."""
    answer = client.post(address, data=sent, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer


def undo(client: TestClient, page: str) -> str:
    """Take back what was just done, by the button of the page; return the page that comes."""
    address = re.search(r'<form method="post" action="(/desk/undo/[^"]+)"', page)
    assert address is not None
    return done(client, unescape(address[1])).text


# --- Looking -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*PAGES, "/desk/tests/straight_leg_raise", "/desk/tests/wall_angel/camera"])
def test_somebody_with_nothing_measured_sees_the_first_step(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    check_outline(answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_somebody_new_is_asked_first(newcomer, path):
    answer = newcomer.get(path, follow_redirects=False)
    if answer.status_code == 303:
        assert answer.headers["location"] == "/welcome"
    else:
        assert answer.status_code == 200


def test_a_test_that_nobody_knows_is_not_there(client):
    assert client.get("/desk/tests/handstand").status_code == 404


@pytest.mark.parametrize("test_id", ["straight_leg_raise", "finger_to_floor", "shoulder_reach", "wall_angel"])
def test_each_test_has_its_figure_where_figures_are_built(client, test_id):
    answer = client.get(f"/desk/tests/{test_id}/figure.png?size=small")
    assert answer.status_code in {200, 404}
    if answer.status_code == 200:
        assert answer.content.startswith(b"\x89PNG")


def test_the_outline_to_stand_in_is_a_whole_body(client):
    told = client.get("/desk/posture/figure").json()
    assert len(told["points_mm"]) == len(told["shares"]) == 2
    assert len(told["points_mm"][0]) == 99


def test_the_cameras_say_each_flaw_of_each_side():
    flaws = {"nobody", "two_people", "too_dark", "half_body", "too_far", "too_near", "wrong_view"}
    for shot in shots_json(posture.problem_said):
        assert set(shot["words"]) == flaws
        assert all(shot["words"].values())
    for rule in (
        desk_tests.known_rule(one) for one in ("straight_leg_raise", "finger_to_floor", "wall_angel")
    ):
        for side in sides_json(rule):
            assert set(side["words"]) == flaws
            assert side["say"] == rule.says[side["id"]]
            assert side["any"]


# --- Posture ---------------------------------------------------------------------------------------------


def test_a_check_is_shown_then_kept_then_taken_back(client, anna):
    check = a_check(head_forward_deg=18.0)
    shown = client.post("/desk/posture/result", json=check)
    assert shown.status_code == 200
    assert "data-found" in shown.text
    assert not posture.posture_trend(anna).checks
    page = done(client, "/desk/posture/keep", check=json.dumps(check)).text
    assert "Kept." in page
    (kept,) = posture.posture_trend(anna).checks
    assert kept.headline in words(page)
    assert "Taken back." in undo(client, page)
    assert not posture.posture_trend(anna).checks


def test_a_check_is_taken_out_and_comes_back(client, anna):
    done(client, "/desk/posture/keep", check=json.dumps(a_check()))
    (kept,) = posture.posture_trend(anna).checks
    page = done(client, f"/desk/posture/{kept.id}/delete").text
    assert "Taken out." in page
    assert not posture.posture_trend(anna).checks
    undo(client, page)
    assert posture.posture_trend(anna).checks[0].id == kept.id


@pytest.mark.parametrize("sent", ["", "{}", '{"by": "camera", "shots": {"top": []}}', "no JSON"])
def test_what_is_no_check_is_refused_in_a_sentence(client, anna, sent):
    answer = client.post("/desk/posture/keep", data={"check": sent})
    assert answer.status_code == 422
    assert not posture.posture_trend(anna).checks


# --- Tests -------------------------------------------------------------------------------------------------


def test_a_take_is_shown_then_kept_then_taken_back(client, anna):
    takes = {"takes": {"both": frames(stood(0, **ARMS_UP)) * 2}}
    for n, one in enumerate(takes["takes"]["both"]):
        takes["takes"]["both"][n] = {**one, "t_s": n * 0.15}
    shown = client.post("/desk/tests/wall_angel/result", json=takes)
    assert "150 degrees" in words(shown.text)
    assert desk_tests.test(anna, "wall_angel").last_at is None
    page = done(client, "/desk/tests/wall_angel/keep", takes=json.dumps(takes)).text
    assert "Kept." in page
    assert desk_tests.test(anna, "wall_angel").last_at is not None
    undo(client, page)
    assert desk_tests.test(anna, "wall_angel").last_at is None


def test_a_take_from_the_wrong_side_says_what_to_change_and_offers_nothing_to_keep(client):
    takes = {"takes": {"both": frames(stood(180, **ARMS_UP))}}
    shown = client.post("/desk/tests/wall_angel/result", json=takes).text
    assert "data-found" not in shown
    assert "turn to face it" in words(shown)


def test_both_sides_are_taken_back_at_once(client, anna):
    up = {"shoulder_plane_deg": 90.0, "elbow_flexion_deg": 3.0}
    takes = {
        "left": frames(stood(90, shoulder_elevation_deg=(165.0, 10.0), **up)),
        "right": frames(stood(-90, shoulder_elevation_deg=(10.0, 165.0), **up)),
    }
    sent = json.dumps({"takes": takes})
    page = done(client, "/desk/tests/shoulder_reach/keep", takes=sent).text
    view = desk_tests.test(anna, "shoulder_reach")
    assert [side.last is not None for side in view.sides] == [True, True]
    undo(client, page)
    assert desk_tests.test(anna, "shoulder_reach").last_at is None


def test_a_number_by_hand_is_kept_deleted_and_brought_back(client, anna):
    page = done(client, "/desk/tests/straight_leg_raise/hand", side="right", value="62,5").text
    view = desk_tests.test(anna, "straight_leg_raise")
    (left, right) = view.sides
    assert left.last is None
    assert right.last is not None
    assert right.last.result.value == 62.5
    assert right.last.against in words(page)
    page = done(client, f"/desk/tests/straight_leg_raise/{right.last.result.id}/delete").text
    assert desk_tests.test(anna, "straight_leg_raise").last_at is None
    undo(client, page)
    assert desk_tests.test(anna, "straight_leg_raise").last_at is not None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param("", "The number is missing.", id="nothing"),
        pytest.param("far", "The number is a number; “far” is not one.", id="a word"),
        pytest.param("400", "400 is outside.", id="beyond a body"),
    ],
)
def test_a_number_that_cannot_be_is_asked_again(client, value, said):
    answer = client.post("/desk/tests/straight_leg_raise/hand", data={"side": "left", "value": value})
    assert answer.status_code == 422
    assert said in words(answer.text)


# --- Pain --------------------------------------------------------------------------------------------------


def test_a_note_is_kept_shown_and_taken_back(client, anna):
    page = done(client, "/desk/pain", place="neck", level="6", note="Since <Monday>").text
    (note,) = pain.pain(anna).notes
    assert (note.place, note.level, note.note) == ("neck", 6, "Since <Monday>")
    assert "Since &lt;Monday&gt;" in page
    assert "Taken back." in undo(client, page)
    assert not pain.pain(anna).notes


def test_a_sign_that_stops_is_said_first_and_kindly(client, anna):
    stopping = next(one for one in pain.signs() if one.effect == "urgent")
    page = done(client, "/desk/pain", place="lower_back", level="5", sign=stopping.id).text
    assert words(stopping.text).strip() in words(page)
    assert "notice--danger" in page
    assert words(stopping.text).strip() in words(client.get("/desk").text)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        pytest.param({}, "The level is missing.", id="nothing"),
        pytest.param(
            {"level": "3"}, "Say where it hurts: tap the body, or choose from the list.", id="no place"
        ),
        pytest.param(
            {"place": "neck", "level": "11"}, "The level is between 0 and 10; 11 is outside.", id="beyond"
        ),
    ],
)
def test_a_note_without_what_it_needs_is_asked_again(client, anna, sent, said):
    answer = client.post("/desk/pain", data=sent)
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert not pain.pain(anna).notes


def test_a_place_that_nobody_knows_is_refused(client, anna):
    answer = client.post("/desk/pain", data={"place": "tail", "level": "3"})
    assert answer.status_code == 422
    assert not pain.pain(anna).notes


def test_undoing_leads_nowhere_else(client):
    page = done(client, "/desk/pain", place="neck", level="2").text
    address = re.search(r'action="(/desk/undo/[0-9a-f-]+)', page)
    assert address is not None
    answer = client.post(f"{address[1]}?back=//elsewhere.example/desk", follow_redirects=False)
    assert answer.headers["location"] == "/desk"
