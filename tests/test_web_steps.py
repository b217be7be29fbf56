"""The pages of steps, days away and the board; and the same through the API."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from uuid import UUID, uuid4

import pytest
from PIL import Image

from living import Clock, a_set, living
from openback.model.journal import Away, BoardCard, StepReached
from openback.services import away, board, finishing, sessions
from openback.services.app import App
from openback.services.photo_vault import VaultView
from openback.services.steps import steps
from openback.web.routes import board as routes
from test_web_pages import check_outline
from web_app import TestClient, client_of

API = "/api/v1"


@pytest.fixture
def anna(tmp_path) -> Iterator[App]:
    with living(tmp_path, Clock()) as app:
        yield replace(app, demo=True)


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


def did_a_session(app: App) -> UUID:
    session_id = sessions.begin_free(app)
    sessions.put_set(app, a_set(session_id, "one_arm_dumbbell_row", app.now()))
    finishing.finish(app, session_id)
    return session_id


def undo_of(answer) -> str:
    """Return the address of Undo that an answer offers."""
    cookie = unescape(answer.cookies.get("openback_said", ""))
    return re.search(r"%22undo%22%3A%20%22([^;]*?)%22", cookie)[1].replace("%3F", "?").replace("%3D", "=")


# --- Steps -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/progress/steps", "/progress/away", "/progress/board"])
def test_pages_stand_before_anything_is_told(newcomer, client, path):
    for someone in (newcomer, client):
        answer = someone.get(path)
        assert answer.status_code == 200
        check_outline(answer.text)


def test_the_path_before_the_first_session(client):
    html = client.get("/progress/steps").text
    said = words(html)
    assert "Next step The first session Do one session." in said
    assert said.count("Do ten sessions in all.") == 1
    assert html.count('<li class="step step--open') == 30
    assert "A new step" not in said


def test_a_new_step_is_celebrated_once(client, anna):
    session_id = did_a_session(anna)
    assert "New step: The first session" in words(client.get(f"/session/{session_id}/summary").text)
    assert "New step: The first session" in words(client.get("/").text)
    first = words(client.get("/progress/steps").text)
    assert (
        "A new step The first session The first session is the hardest one to start, and it is done." in first
    )
    again = client.get("/progress/steps").text
    assert "A new step" not in words(again)
    assert again.count('<li class="step step--reached') == 1
    assert "Next step: " in words(client.get("/").text)


def test_weeks_are_told_in_words_and_not_by_colour_alone(client, anna):
    for _ in range(2):
        did_a_session(anna)
        anna.now.on(days=1)
    said = words(client.get("/progress/steps").text)
    assert "Week of 23 November: 2 of 3 sessions, kept." in said
    assert "One week in a row" in words(client.get("/").text)


# --- Away ------------------------------------------------------------------------------------------


def form(**more: str) -> dict[str, str]:
    return {"why": "holiday", "first": "2026-11-23", "last": "2026-11-29", "note": ""} | more


def test_telling_days_away_and_taking_it_back(client, anna):
    answer = client.post("/progress/away", data=form())
    assert (answer.status_code, answer.headers["location"]) == (303, "/progress/away")
    assert away.aways(anna)[0].why == "holiday"
    said = words(client.get("/progress/away").text)
    assert "On holiday from 23 to 29 November. Nothing is missed meanwhile" in said
    assert "Sessions on these days are not missed." in words(client.get("/train").text)
    client.post(undo_of(answer))
    assert away.aways(anna) == ()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        pytest.param(form(why=""), "Say why: ill, period, holiday or a pause.", id="no reason"),
        pytest.param(
            form(first=""), "The first day is not a date; choose it from the calendar.", id="no day"
        ),
        pytest.param(
            form(last="soon"), "The last day is not a date; choose it from the calendar.", id="no date"
        ),
        pytest.param(
            form(last="2026-11-20"), "The last day is before the first.", id="ends before it begins"
        ),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(client, anna, sent, sentence):
    answer = client.post("/progress/away", data=sent | {"note": "by the sea"})
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert 'value="by the sea"' in answer.text
    check_outline(answer.text)
    assert away.aways(anna) == ()


def test_changing_days_away(client, anna):
    client.post("/progress/away", data=form())
    (told,) = away.aways(anna)
    html = client.get(f"/progress/away/{told.id}").text
    check_outline(html)
    assert f'name="id" value="{told.id}"' in html
    client.post("/progress/away", data=form(id=str(told.id), why="illness", last=""))
    assert away.aways(anna) == (replace(told, why="illness", last_on=None),)
    assert client.get(f"/progress/away/{uuid4()}").status_code == 404


def test_today_knows_that_somebody_is_away_and_lets_them_come_back(client, anna):
    client.post("/progress/away", data=form(why="illness", last=""))
    (told,) = away.aways(anna)
    html = client.get("/").text
    check_outline(html)
    assert "Ill since 23 November. Nothing is missed meanwhile." in words(html)
    assert "When you are back" in words(html)
    assert "see a clinician" in words(client.get("/progress/away").text)
    anna.now.on(days=2)
    answer = client.post(f"/progress/away/{told.id}/back", data={"back": "/"})
    assert answer.headers["location"] == "/"
    assert away.is_away(anna, anna.today) is None


def test_taking_days_away_out(client, anna):
    client.post("/progress/away", data=form())
    (told,) = away.aways(anna)
    answer = client.post(f"/progress/away/{told.id}/delete")
    assert away.aways(anna) == ()
    client.post(undo_of(answer))
    assert away.aways(anna) == (told,)


def test_undo_leads_to_no_other_room(client, anna):
    client.post("/progress/away", data=form())
    change = away.delete_away(anna, away.aways(anna)[0].id)
    answer = client.post(f"/progress/undo/{change.token}?back=//elsewhere.example")
    assert answer.headers["location"] == "/progress"


# --- Board -----------------------------------------------------------------------------------------


def a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 90, 40)).save(out, "PNG")
    return out.getvalue()


def put(client, text="", picture=None):
    file = ("picture", ("" if picture is None else "lake.png", picture or b"", "application/octet-stream"))
    return client.post("/progress/board", files=[("words", (None, text)), file])


def test_words_and_a_picture_on_the_board(client, anna):
    assert put(client, "The green dress").status_code == 303
    assert put(client, "The lake", a_picture()).status_code == 303
    first, second = board.cards(anna)
    assert (first.words, first.picture, second.words) == ("The green dress", None, "The lake")
    html = client.get("/progress/board").text
    check_outline(html)
    assert f'src="/progress/board/picture/{second.picture}"' in html
    shown = client.get(f"/progress/board/picture/{second.picture}")
    assert (shown.headers["content-type"], shown.headers["cache-control"]) == ("image/jpeg", "no-store")
    assert Image.open(io.BytesIO(shown.content)).size == (60, 40)


@pytest.mark.parametrize(
    ("text", "picture", "sentence"),
    [
        pytest.param("", None, "A card needs words or a picture.", id="empty"),
        pytest.param("x" * 300, None, "A card holds up to 280 characters; this has 300.", id="too long"),
        pytest.param("The lake", b"no picture", "This is not a picture that can be read.", id="no picture"),
    ],
)
def test_a_card_that_cannot_be_keeps_what_was_typed(client, anna, text, picture, sentence):
    answer = put(client, text, picture)
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert f">{text}</textarea>" in answer.text
    assert board.cards(anna) == ()


def test_words_of_somebody_are_never_markup(client):
    put(client, "<script>alert(1)</script>")
    assert "<script>alert" not in client.get("/progress/board").text


def test_changing_moving_and_taking_out(client, anna):
    for text in "ab":
        put(client, text)
    first, second = board.cards(anna)
    check_outline(client.get(f"/progress/board/{first.id}").text)
    client.post(f"/progress/board/{first.id}", data={"words": "c"})
    client.post(f"/progress/board/{first.id}/move", data={"way": "later"})
    assert [one.words for one in board.cards(anna)] == ["b", "c"]
    answer = client.post(f"/progress/board/{second.id}/delete")
    assert [one.words for one in board.cards(anna)] == ["c"]
    client.post(undo_of(answer))
    assert [one.words for one in board.cards(anna)] == ["b", "c"]
    refused = client.post(f"/progress/board/{first.id}", data={"words": " "})
    assert (refused.status_code, "A card needs words or a picture." in refused.text) == (422, True)


# --- API -------------------------------------------------------------------------------------------


def test_the_api_tells_the_steps_and_celebrates_none(client, anna):
    did_a_session(anna)
    told = client.get(f"{API}/steps").json()
    assert len(told["steps"]) == 30
    assert told["steps"][0] == {
        "id": "first_session",
        "number": 1,
        "name": "The first session",
        "kind": "consistency",
        "says": "Do one session.",
        "done": "The first session is the hardest one to start, and it is done.",
        "share": 1.0,
        "so_far": "",
        "reached_on": "2026-11-23",
        "fresh": True,
    }
    assert told["weeks"] == [{"monday": "2026-11-23", "planned": 3, "done": 1, "state": "open"}]
    assert told["next_step"]["id"] in {one["id"] for one in told["steps"]}
    assert [one.id for one in steps(anna).fresh] == ["first_session"]


def test_days_away_through_the_api(client, anna):
    address = f"{API}/away/{uuid4()}"
    body = {"first_on": "2026-11-23", "why": "pause"}
    assert client.put(address, json=body).json()["undo"]
    assert client.put(address, json=body).json() == {"undo": None}
    (told,) = client.get(f"{API}/away").json()
    assert (told["why"], told["last_on"]) == ("pause", None)
    refused = client.put(address, json=body | {"last_on": "2026-11-01"})
    assert (refused.status_code, refused.json()["error"]["kind"]) == (422, "bad_away")
    assert refused.json()["error"]["message"] == "The last day is before the first."
    anna.now.on(days=1)
    undo = client.post(f"{address}/back").json()["undo"]
    assert client.get(f"{API}/away").json()[0]["last_on"] == "2026-11-23"
    client.post(f"{API}/undo/{undo}")
    assert client.delete(address).json()["undo"]
    assert client.delete(address).json() == {"undo": None}
    assert anna.store.entries(anna.person_id, Away) == ()


def test_the_board_through_the_api(client, anna):
    ids = [client.post(f"{API}/board", json={"words": text}).json()["id"] for text in "abc"]
    assert client.put(f"{API}/board/order", json={"order": ids[::-1]}).json()["undo"]
    assert client.put(f"{API}/board/{ids[0]}", json={"words": "z"}).json()["undo"]
    assert [one["words"] for one in client.get(f"{API}/board").json()] == ["c", "b", "z"]
    assert client.delete(f"{API}/board/{ids[1]}").json()["undo"]
    assert len(anna.store.entries(anna.person_id, BoardCard)) == 2
    assert client.put(f"{API}/board/{ids[1]}", json={"words": "z"}).status_code == 404
    refused = client.post(f"{API}/board", json={"words": ""})
    assert refused.json()["error"]["message"] == "A card needs words or a picture."


def test_a_coached_set_through_the_api_brings_a_step(client, anna):
    session_id = sessions.begin_free(anna)
    body = {"session_id": str(session_id), "exercise": "wide_grip_lat_pulldown", "reps": 10}
    body["at"] = anna.now().isoformat()
    answer = client.put(f"{API}/sets/{uuid4()}", json=body | {"seen": {"faults": [], "untold": []}})
    assert answer.status_code == 200
    assert "seen" not in answer.json()
    finishing.finish(anna, session_id)
    assert {"first_clean", "clean_pulldown"} <= {one.id for one in steps(anna).reached}


# --- Rare states -----------------------------------------------------------------------------------


def test_when_all_thirty_are_reached(client, anna):
    for one in steps(anna).steps:
        anna.store.put_entry(anna.person_id, StepReached(step=one.id, on=anna.today))
    said = words(client.get("/progress/steps").text)
    assert "30 new steps The first session" in said
    assert "All thirty Every step is behind you." in said
    assert "All thirty steps are behind you" in words(client.get("/").text)


@pytest.mark.parametrize(
    ("state", "store", "said", "link"),
    [
        pytest.param(
            "new", "", "choose a passphrase first", "/progress/photos/key", id="no key yet, no store"
        ),
        pytest.param("locked", "", "Hidden while the photos are locked", "/progress/photos", id="locked"),
    ],
)
def test_pictures_wait_for_their_key_and_words_do_not(client, anna, monkeypatch, state, store, said, link):
    put(client, "The lake", a_picture())
    locked = VaultView(state=state, way=None, store=store, said="")
    monkeypatch.setattr(routes, "vault", lambda _app: locked)
    html = client.get("/progress/board").text
    check_outline(html)
    assert said in words(html)
    assert f'href="{link}' in html
    assert "The lake" in words(html)
    assert "<img" not in html
    assert 'type="file"' not in html
