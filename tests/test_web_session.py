"""Session: rows to tick as plain forms, what is refused, swaps, the end."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from uuid import UUID

import pytest
import uuid_utils.compat as uuid

import showing
from openback.errors import NotFound
from openback.services import finishing, sessions
from openback.units import lb_from_kg
from test_web_pages import check_outline
from web_app import NOW, TestClient, web_client

PULL = "wide_grip_lat_pulldown"


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[TestClient]:
    """One person for all tests here; each begins a session of its own."""
    with web_client(tmp_path_factory.mktemp("session")) as client:
        yield client


@pytest.fixture
def app(client):
    return client.app.state.openback


@pytest.fixture
def session_id(client) -> str:
    """A free session with one exercise."""
    address = client.post("/session/free").headers["location"]
    begun = address.split("/")[2]
    client.post(f"/session/{begun}/add", data={"exercise": PULL})
    return begun


SET_ID = str(uuid.uuid7())


@pytest.fixture(autouse=True)
def _a_new_set_each_time(monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "SET_ID", str(uuid.uuid7()))


def a_form(**changed: str) -> dict[str, str]:
    return {
        "id": SET_ID,
        "exercise": PULL,
        "kind": "work",
        "load": "30",
        "reps": "10",
        "step": "0",
        **changed,
    }


def logged(app, session_id: str):
    return app.store.sets_of_session(app.person_id, UUID(session_id))


# --- The page ----------------------------------------------------------------------------------------


def test_a_session_with_nothing_in_it_offers_the_first_exercise(client):
    session = client.post("/session/free").headers["location"].removesuffix("/add")
    html = client.get(session).text
    check_outline(html)
    assert "Nothing chosen yet" in html
    assert f'href="{session}/add"' in html


@pytest.mark.parametrize("done", [0, 1, 5])
def test_every_exercise_is_on_the_page_and_one_is_shown(client, monkeypatch, done):
    monkeypatch.setattr(sessions, "session", lambda _app, _id: showing.a_session(done))
    html = client.get(f"/session/{showing.SESSION_ID}?step=2").text
    outline = check_outline(html)
    shown = re.findall(r'<section class="screen" data-screen="(\d)"(?:(?!>).)*?(hidden)?>', html)
    assert [number for number, hidden in shown if not hidden] == ["2"]
    assert [number for number, _ in shown] == list("012345")
    assert ("post", f"/session/{showing.SESSION_ID}/finish") in outline.actions
    assert html.count('aria-pressed="true" formaction') == done


def test_what_is_to_be_done_is_said_with_its_reason(client, monkeypatch):
    monkeypatch.setattr(sessions, "session", lambda _app, _id: showing.a_session())
    text = unescape(re.sub(r"<[^>]+>", " ", client.get(f"/session/{showing.SESSION_ID}").text))
    words = re.sub(r"\s+", " ", text)
    assert "3 × 8–12 reps, leave 2 in reserve" in words
    assert "All three sets reached 12 at 30 kg, so the stack goes up one step to 35 kg." in words
    assert "Last time: 12, 12 and 12 at 30 kg on 19 November" in words
    assert "rest 2 min" in words
    assert "Pin at 15 kg" in words
    assert "In turn with Reverse fly : one set of each, then rest." in words


def test_the_island_is_given_the_loads_that_exist(client, monkeypatch):
    monkeypatch.setattr(sessions, "session", lambda _app, _id: showing.a_session())
    html = client.get(f"/session/{showing.SESSION_ID}").text
    loads = json.loads(unescape(re.findall(r'data-loads="([^"]*)"', html)[0]))
    assert loads == [[kg, f"{kg:g}"] for kg in showing.STACK_KG]


def test_a_finished_session_can_still_be_put_right(client, monkeypatch):
    monkeypatch.setattr(sessions, "session", lambda _app, _id: showing.a_session(5, ended_at=showing.NOW))
    html = client.get(f"/session/{showing.SESSION_ID}").text
    check_outline(html)
    assert "This session is finished. You can still put right what you logged." in html
    assert "data-ended" in html
    assert '/finish" data-finish' not in html


def test_a_session_that_is_not_there(client):
    answer = client.get("/session/01932f00-0000-7000-8000-00000000dead")
    assert answer.status_code == 404
    assert "There is no session" in answer.text


# --- Sets --------------------------------------------------------------------------------------------


def test_a_tick_keeps_the_set_and_shows_it_done(client, app, session_id):
    answer = client.post(f"/session/{session_id}/sets", data=a_form(rir="2", pain="0", note=" steady "))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/session/{session_id}?step=0"
    [one] = logged(app, session_id)
    assert (one.exercise, one.load_kg, one.reps, one.rir, one.pain, one.note) == (
        PULL,
        30,
        10,
        2,
        0,
        "steady",
    )
    assert one.at == NOW
    assert "30 kg" in client.get(f"/session/{session_id}").text


@pytest.mark.parametrize(
    ("pain", "said"), [("", ""), ("3", ""), ("6", "Pain of 6 of 10: leave this exercise")]
)
def test_pain_above_the_limit_is_answered_without_script(client, session_id, pain, said):
    answer = client.post(f"/session/{session_id}/sets", data=a_form(pain=pain))
    html = client.get(answer.headers["location"]).text
    check_outline(html)
    [(hidden, words)] = re.findall(r"data-pain( hidden)?>.*?<p data-pain-said>(.*?)</p>", html)
    assert (hidden == "", words.startswith(said)) == (said != "", True)
    assert 'data-pain-limit="3" data-pain-text="Pain of {pain} of 10: ' in html


def test_the_same_row_sent_twice_is_one_set(client, app, session_id):
    for _ in range(2):
        client.post(f"/session/{session_id}/sets", data=a_form())
    assert len(logged(app, session_id)) == 1


def test_a_changed_row_changes_its_set(client, app, session_id):
    client.post(f"/session/{session_id}/sets", data=a_form())
    at = logged(app, session_id)[0].at.isoformat()
    client.post(f"/session/{session_id}/sets", data=a_form(reps="8", at=at))
    assert [one.reps for one in logged(app, session_id)] == [8]


REFUSED = [
    pytest.param(
        {"load": "10000"},
        "This set cannot be kept: 10000 kg is more than anyone has lifted; loads go up to 1000 kg.",
        id="too heavy",
    ),
    pytest.param(
        {"reps": "-3"},
        "This set cannot be kept: -3 is not a number of reps; they go from 0 to 1000.",
        id="fewer than none",
    ),
    pytest.param(
        {"reps": ""},
        "This set cannot be kept: it has neither reps nor seconds held; give one of them.",
        id="nothing done",
    ),
    pytest.param(
        {"reps": "ten"}, "This set cannot be kept: the reps are not a whole number.", id="words for reps"
    ),
    pytest.param(
        {"load": "x", "pain": "much"},
        "This set cannot be kept: the load is not a number; the pain is not a whole number from 0 to 10.",
        id="two at once",
    ),
    pytest.param({"id": "7"}, "This set cannot be kept: its id is not right.", id="an id that is none"),
]


@pytest.mark.parametrize(("changed", "sentence"), REFUSED)
def test_a_set_that_cannot_be_is_shown_again_with_its_sentence(client, app, session_id, changed, sentence):
    answer = client.post(f"/session/{session_id}/sets", data=a_form(**changed))
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    check_outline(answer.text)
    assert logged(app, session_id) == ()


def test_a_refused_row_shows_what_was_typed(client, session_id):
    html = client.post(f"/session/{session_id}/sets", data=a_form(reps="-3", load="32.5")).text
    refused = html[html.index("set--refused") :]
    assert 'value="-3"' in refused
    assert 'value="32.5"' in refused


def test_a_set_of_an_exercise_nobody_knows(client, app, session_id):
    answer = client.post(f"/session/{session_id}/sets", data=a_form(exercise="flying"))
    assert answer.status_code == 404
    assert logged(app, session_id) == ()


def test_a_set_taken_out_comes_back(client, app, session_id):
    client.post(f"/session/{session_id}/sets", data=a_form())
    answer = client.post(f"/session/{session_id}/sets/{SET_ID}/delete", data={"step": "0"})
    assert logged(app, session_id) == ()
    page = client.get(answer.headers["location"])
    assert "Set taken out." in page.text
    undo = re.search(r'action="(/session/[^"]+/undo/[^"]+)"', page.text)
    assert undo is not None
    assert client.post(undo[1]).status_code == 303
    assert len(logged(app, session_id)) == 1


def test_taking_out_what_is_gone_offers_no_undo(client, session_id):
    answer = client.post(f"/session/{session_id}/sets/{SET_ID}/delete")
    assert answer.status_code == 303
    assert "/undo/" not in client.get(answer.headers["location"]).text


def test_pounds_typed_are_the_load_that_exists(client, app, session_id, monkeypatch):
    monkeypatch.setattr("openback.services.people.units_of", lambda _app: "imperial")
    client.post(f"/session/{session_id}/sets", data=a_form(load=f"{lb_from_kg(27.5):.1f}"))
    assert logged(app, session_id)[0].load_kg == 27.5


# --- The session ---------------------------------------------------------------------------------------


def test_swap_shows_what_can_be_done_instead_and_does_it(client, session_id):
    page = client.get(f"/session/{session_id}/swap/{PULL}")
    check_outline(page.text)
    choices = re.findall(r'name="new" value="(\w+)"', page.text)
    assert choices
    answer = client.post(f"/session/{session_id}/swap", data={"old": PULL, "new": choices[0]})
    assert answer.headers["location"] == f"/session/{session_id}?step=0"
    html = client.get(answer.headers["location"]).text
    assert f'data-exercise="{choices[0]}"' in html
    assert f'data-exercise="{PULL}"' not in html


def test_swap_without_a_choice_says_so(client, session_id, monkeypatch):
    monkeypatch.setattr(sessions, "swap_choices", lambda *_: ())
    html = client.get(f"/session/{session_id}/swap/{PULL}").text
    assert "Nothing else here trains the same muscles with this kit." in html


def test_an_exercise_is_found_and_added_once(client, session_id):
    html = client.get(f"/session/{session_id}/add?text=face+pull").text
    check_outline(html)
    assert 'value="face_pull"' in html
    answer = client.post(f"/session/{session_id}/add", data={"exercise": "face_pull"})
    assert answer.headers["location"] == f"/session/{session_id}?step=1"
    assert 'value="face_pull" aria-label' not in client.get(f"/session/{session_id}/add?text=face+pull").text


def test_nothing_found_to_add_says_what_to_try(client, session_id):
    html = unescape(client.get(f"/session/{session_id}/add?text=qqqqzz").text)
    assert "No exercise sounds like “qqqqzz”. Try another word, such as row or pull." in html


def test_the_guide_says_danger_first(client, session_id):
    html = client.get(f"/session/{session_id}/guide/{PULL}").text
    check_outline(html)
    assert html.index("Keep the bar in front of your face") < html.index("Set-up")
    assert 'data-muscle="latissimus_dorsi" data-level="4"' in html


def test_a_note_is_kept(client, app, session_id):
    client.post(f"/session/{session_id}/note", data={"note": "Slept badly"})
    assert sessions.known_session(app, UUID(session_id)).note == "Slept badly"


def test_a_whole_session_taken_out_comes_back(client, app, session_id):
    client.post(f"/session/{session_id}/sets", data=a_form())
    answer = client.post(f"/session/{session_id}/discard")
    with pytest.raises(NotFound):
        sessions.known_session(app, UUID(session_id))
    assert answer.headers["location"] == "/"
    assert f"/session/{session_id}/undo/" in answer.headers["set-cookie"].replace("%2F", "/")


def test_the_end_is_a_summary(client, app, session_id):
    client.post(f"/session/{session_id}/sets", data=a_form())
    answer = client.post(f"/session/{session_id}/finish")
    assert answer.headers["location"] == f"/session/{session_id}/summary"
    html = client.get(answer.headers["location"]).text
    check_outline(html)
    assert sessions.known_session(app, UUID(session_id)).ended_at is not None
    assert client.post(f"/session/{session_id}/finish").status_code == 303


def test_summary_says_numbers_bests_and_next_time(client, monkeypatch):
    monkeypatch.setattr(finishing, "summary", lambda _app, _id: showing.a_summary())
    html = client.get(f"/session/{showing.SESSION_ID}/summary").text
    check_outline(html)
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))
    assert "3,240 kg" in words
    assert "2 new bests" in words
    assert "Heaviest, before it 30 kg" in words
    assert "40 kg · 3 × 8–12 reps" in words
    assert "so the stack goes up to 40 kg." in words
    assert "6 sets" in words


def test_summary_of_nothing_is_kind(client, monkeypatch):
    nothing = showing.a_summary(
        sets=0, reps=0, volume_kg=None, minutes=None, muscles=(), records=(), next_steps=(), next_session=None
    )
    monkeypatch.setattr(finishing, "summary", lambda _app, _id: nothing)
    html = client.get(f"/session/{showing.SESSION_ID}/summary").text
    check_outline(html)
    assert "No work sets were logged." in html
    assert "new best" not in html


def test_start_goes_to_the_session_that_began(client, monkeypatch):
    monkeypatch.setattr(sessions, "begin", lambda _app, week, day: UUID(int=week * 10 + day))
    answer = client.post("/session/start", data={"week": "2", "day": "1"})
    assert answer.headers["location"] == f"/session/{UUID(int=21)}"


def test_the_worker_serves_the_whole_site_and_is_asked_for_each_time(client):
    answer = client.get("/sw.js")
    if answer.status_code == 404:
        pytest.skip("the assets are not built")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"


def test_the_page_without_network(client):
    check_outline(client.get("/offline").text)
