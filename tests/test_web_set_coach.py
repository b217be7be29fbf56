"""The page of the coach: which set it watches, what it tells its script, and what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
import uuid_utils.compat as uuid

from openback.catalogue import load_catalogue
from openback.model.exercise import CameraAdvice, Figure
from openback.web.coaching import SHARES, best_yaw_deg, can_coach, figure_json
from test_web_pages import check_outline
from web_app import TestClient, web_client

PULL, ROW = "wide_grip_lat_pulldown", "one_arm_dumbbell_row"


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[TestClient]:
    """One person for all tests here; each begins a session of its own."""
    with web_client(tmp_path_factory.mktemp("coach")) as client:
        yield client


def begin(client: TestClient, *exercises: str) -> str:
    begun = client.post("/session/free").headers["location"].split("/")[2]
    for exercise in exercises:
        client.post(f"/session/{begun}/add", data={"exercise": exercise})
    return begun


def coach(client: TestClient, session: str, exercise: str = PULL, place: str = "work-1"):
    return client.get("/coach", params={"session": session, "exercise": exercise, "set": place})


def plan_of(html: str) -> dict:
    found = re.search(r'data-plan="([^"]*)"', html)
    assert found is not None
    return json.loads(unescape(found[1]))


def log(client: TestClient, session: str) -> None:
    body = {"id": str(uuid.uuid7()), "exercise": PULL, "kind": "work", "load": "30", "reps": "10"}
    assert client.post(f"/session/{session}/sets", data=body).status_code == 303


def without_rules() -> str:
    """Return an exercise that the camera has no rules for, if there is one."""
    found = [one.id for one in load_catalogue().exercises.values() if not can_coach(one)]
    return next(iter(found), "")


# --- The page --------------------------------------------------------------------------------------------


def test_the_page_keeps_its_promises(client):
    html = coach(client, begin(client, PULL)).text
    check_outline(html)
    assert "No camera" not in html
    assert html.count("<h1>") == 1


def test_the_script_is_told_the_set_and_those_after_it(client):
    plan = plan_of(coach(client, begin(client, PULL, ROW), place="work-2").text)
    assert plan["exercise"] == PULL
    assert plan["kind"] == "reps"
    assert plan["next"] == "One-arm dumbbell row"
    places = [row["place"] for row in plan["rows"]]
    assert places[0] == "work-1"
    assert places[plan["at"]] == "work-2"


@pytest.mark.parametrize("place", ["", "work-99", "nonsense", "warm_up-7"])
def test_a_set_that_is_not_there_gives_way_to_the_next_open_one(client, place):
    plan = plan_of(coach(client, begin(client, PULL), place=place).text)
    assert plan["rows"][plan["at"]]["place"] == "work-1"


def test_a_set_that_is_done_gives_way_to_the_next_one(client):
    session = begin(client, PULL)
    log(client, session)
    plan = plan_of(coach(client, session).text)
    assert plan["rows"][plan["at"]]["place"] == "work-2"


def test_when_all_sets_are_done_one_more_is_watched(client):
    session = begin(client, PULL)
    for _ in range(6):
        log(client, session)
    plan = plan_of(coach(client, session).text)
    assert plan["rows"][plan["at"]]["place"] == "work-7"


def test_without_script_the_page_offers_a_clip(client):
    session = begin(client, PULL)
    html = coach(client, session).text
    plain = html[html.index('data-part="plain"') : html.index('data-part="ready"')]
    assert f"/session/{session}/clip?exercise={PULL}&amp;place=work-1" in plain
    assert "Log it by hand" in plain


def test_what_is_not_in_the_session_is_not_found(client):
    assert coach(client, str(uuid.uuid7())).status_code == 404
    assert coach(client, begin(client, ROW), PULL).status_code == 404
    assert coach(client, begin(client, ROW), "no_such_exercise").status_code == 404


def test_an_exercise_without_rules_says_so_and_its_row_has_no_way_to_the_coach(client):
    known = without_rules()
    if not known:
        pytest.skip("the camera has rules for every exercise")
    session = begin(client, known)
    answer = coach(client, session, known)
    assert answer.status_code >= 400
    assert "camera" in answer.text
    assert "data-coach" not in client.get(f"/session/{session}").text


def test_each_open_work_set_of_a_session_leads_to_the_coach(client):
    session = begin(client, PULL)
    log(client, session)
    html = client.get(f"/session/{session}").text
    ways = re.findall(r'data-coach href="([^"]*)"', html)
    assert ways
    assert unescape(ways[0]) == f"/coach?session={session}&exercise={PULL}&set=work-2"


def test_only_the_coach_may_ask_for_the_microphone(client):
    session = begin(client, PULL)
    assert "microphone=(self)" in coach(client, session).headers["permissions-policy"]
    assert "microphone=()" in client.get(f"/session/{session}").headers["permissions-policy"]


# --- The figure ------------------------------------------------------------------------------------------


def test_the_figure_goes_from_start_to_peak_in_millimetres(client):
    answer = client.get(f"/coach/figure/{PULL}")
    told = answer.json()
    assert told["shares"][0] == 0
    assert told["shares"][-1] == 1
    assert [len(points) for points in told["points_mm"]] == [99] * SHARES
    left_wrist = [points[3 * 15 + 1] for points in told["points_mm"]]
    assert left_wrist[0] - left_wrist[-1] > 300  # the hands come down
    assert client.get("/coach/figure/no_such_exercise").status_code == 404


def test_an_exercise_without_a_figure_has_none_here():
    bare = replace(load_catalogue().exercises[PULL], figure=None)
    with pytest.raises(ValueError, match="has no figure"):
        figure_json(bare, "female")


@pytest.mark.parametrize(
    ("best_view", "place", "drawn_deg", "yaw_deg"),
    [
        (None, "", 40.0, 40.0),
        ("front", "Phone in front of you.", 35.0, 0.0),
        ("side_or_oblique", "Phone to your right.", 35.0, -90.0),
        ("side_or_oblique", "Phone to your left.", -35.0, 90.0),
        ("oblique", "Phone to one side.", -35.0, -45.0),
        ("back", "Phone behind you.", 10.0, 180.0),
    ],
)
def test_the_outline_is_seen_from_where_the_phone_stands(best_view, place, drawn_deg, yaw_deg):
    camera = None if best_view is None else CameraAdvice(best_view=best_view, place=place)
    figure = Figure(posture="standing", props=(), camera_yaw_deg=drawn_deg, camera_pitch_deg=0.0, keys=())
    one = replace(load_catalogue().exercises[PULL], camera=camera, figure=figure)
    assert best_yaw_deg(one) == yaw_deg
