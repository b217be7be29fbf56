"""The coach's socket: what it answers, whom it refuses, and that nobody feels what another does."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from motion_set import exercise, made
from openback.catalogue import load_catalogue
from openback.motion.engine import Known, SetWatcher, watch
from openback.motion.synthesis import SetPlan
from openback.services.app import App
from openback.services.clip_json import report_json
from openback.services.clips import gradable
from openback.services.coach.answers import event_json
from openback.services.coach.frames import as_sent, encoded
from openback.services.coach.limits import Limits
from openback.services.coach.sessions import Coaching
from openback.web.coach_socket import BAD, FLOOD, IDLE, NO_HELLO, NONSENSE, REFUSED, SILENCE, TAKEN_OVER
from storing import memory_store
from web_app import TestClient, client_of

URL = "ws://127.0.0.1:8765/ws/coach"
PULL = "wide_grip_lat_pulldown"
PLAN = SetPlan(reps=2, yaw_deg=60, fps=15, around=False)
EASY = Limits(frames_at_once=10_000, messages_at_once=1000)


@pytest.fixture
def app(tmp_path) -> Iterator[App]:
    with memory_store() as store:
        yield App(store=store, catalogue=load_catalogue(), data_dir=tmp_path)


@pytest.fixture
def client(app) -> Iterator[TestClient]:
    with client_of(app) as client:
        limits(client, EASY)
        yield client


def limits(client, wanted):
    client.app.state.coaching = Coaching(client.app.state.openback, limits=wanted)


def hello(**changes):
    return json.dumps(
        {"type": "hello", "version": 1, "exercise": PULL, "side": None, "coach": None} | changes
    )


@contextmanager
def coached(client, **changes):
    with client.websocket_connect(URL) as socket:
        socket.send_text(hello(**changes))
        ready = socket.receive_json()
        assert ready["type"] == "ready", ready
        yield socket, ready


def ping(socket, at):
    socket.send_text(json.dumps({"type": "ping", "at": at}))


def answers(socket, last):
    """Return every message up to one of a type."""
    found = []
    while not found or found[-1]["type"] != last:
        found.append(socket.receive_json())
    return found


def one_by_one(socket, frames, first=0):
    """Send each frame when the one before has been worked on, and return the events of all."""
    events = []
    for seq, frame in enumerate(frames, first):
        socket.send_bytes(encoded(seq, frame))
        while True:
            answer = socket.receive_json()
            assert answer["type"] == "events"
            events += answer["events"]
            if answer["seq"] == seq:
                break
    return events


def test_ready_says_what_the_page_needs(client):
    with coached(client) as (_, ready):
        assert {"measure", "start", "peak", "unit"} == set(ready["rep"])
        assert (ready["version"], ready["resumed"], ready["reps"], ready["kind"]) == (1, False, 0, "reps")
        assert set(ready["tempo"]) == {"lift_s", "hold_s", "lower_s", "pause_s"}
        assert ready["place"] == exercise(PULL).camera.place
        assert ready["problems"]["nobody"]["remedy"].endswith(".")
        assert len(ready["coach"]) >= 22


def test_a_set_by_the_socket_is_the_set_by_the_engine(client):
    limits(client, replace(EASY, states_per_s=1e6))
    frames, moves = made(PULL, PLAN).frames, exercise(PULL)
    with coached(client) as (socket, _):
        told = one_by_one(socket, frames)
        socket.send_text('{"type": "stop"}')
        *last, done = answers(socket, "report")
        told += [event for answer in last for event in answer["events"]]
    known = Known(others=gradable(client.app.state.openback.catalogue))
    watcher = SetWatcher(moves, known=known)
    expected = [event for frame in frames for event in watcher.push(as_sent(frame))] + [*watcher.finish()]
    assert told == json.loads(json.dumps([event_json(event, "deg") for event in expected]))
    report = watch(moves, map(as_sent, frames), known=known)
    assert done["report"] == json.loads(json.dumps(report_json(report, moves)))
    assert done["fill"]["reps"] == 2


def test_states_come_at_most_fifteen_times_a_second(client):
    frames = [replace(made(PULL, PLAN).frames[0], t_s=n / 100) for n in range(60)]
    with coached(client) as (socket, _):
        began_s = time.monotonic()
        for seq, frame in enumerate(frames):
            socket.send_bytes(encoded(seq, frame))
            time.sleep(0.01)
        took_s = time.monotonic() - began_s
        socket.send_text('{"type": "stop"}')
        found = [answer for answer in answers(socket, "report")[:-1] if not answer["events"]]
        assert 3 <= len(found) <= 15 * took_s + 3
        assert [answer["seq"] for answer in found] == sorted(answer["seq"] for answer in found)


def test_the_last_frame_is_answered_without_another(client):
    frames = made(PULL, PLAN).frames[:4]
    with coached(client) as (socket, _):
        for seq, frame in enumerate(frames):
            socket.send_bytes(encoded(seq, frame))
        while socket.receive_json()["seq"] != 3:
            pass


def test_ping_is_answered(client):
    with coached(client) as (socket, _):
        ping(socket, 12.5)
        assert answers(socket, "pong")[-1] == {"type": "pong", "at": 12.5}


def test_start_counts_from_now(client):
    limits(client, replace(EASY, states_per_s=1e6))
    frames = made(PULL, PLAN).frames
    again = [replace(frame, t_s=frame.t_s + 50) for frame in frames]
    with coached(client) as (socket, _):
        one_by_one(socket, frames)
        socket.send_text('{"type": "start"}')
        one_by_one(socket, again, len(frames))
        socket.send_text('{"type": "stop"}')
        assert answers(socket, "report")[-1]["report"]["frames"] == len(frames)


def test_a_lost_set_goes_on_counting(client):
    limits(client, replace(EASY, states_per_s=1e6))
    frames = made(PULL, PLAN).frames
    half = len(frames) * 3 // 5
    with coached(client) as (socket, ready):
        told = one_by_one(socket, frames[:half])
    with coached(client, coach=ready["coach"]) as (socket, again):
        assert again["resumed"]
        assert again["coach"] == ready["coach"]
        assert again["reps"] == sum(event["kind"] == "rep" for event in told) == 1
        one_by_one(socket, frames[half:], half)
        socket.send_text('{"type": "stop"}')
        assert answers(socket, "report")[-1]["fill"]["reps"] == 2
    with coached(client, coach=ready["coach"]) as (socket, _):  # the report was lost on the way: once more
        socket.send_text('{"type": "stop"}')
        assert answers(socket, "report")[-1]["fill"]["reps"] == 2


def test_who_brings_the_token_takes_the_set_over(client):
    with coached(client) as (former, ready), coached(client, coach=ready["coach"]) as (_, again):
        assert again["resumed"]
        assert refused(former)[0] == TAKEN_OVER


def refused(socket):
    """Return the code with which the server hangs up, and its sentence; both ways of saying it are the same."""
    why = answers(socket, "refused")[-1]["why"]
    closed = socket.receive()
    assert closed["type"] == "websocket.close"
    assert why.startswith(closed["reason"])
    assert len(closed["reason"].encode()) <= 123
    assert why.endswith(".")
    return closed["code"], why


@pytest.mark.parametrize(
    ("first", "code", "starts"),
    [
        pytest.param("", BAD, "The coach cannot read this message", id="nothing"),
        pytest.param("{", BAD, "The coach cannot read this message", id="no JSON"),
        pytest.param('{"type": "ping", "at": 1}', BAD, NO_HELLO, id="no hello"),
        pytest.param(hello(version=2), BAD, "The coach cannot read this message", id="another version"),
        pytest.param(hello(side="up"), BAD, "The coach cannot read this message", id="no such side"),
        pytest.param(hello(more=1), BAD, "The coach cannot read this message", id="a key too many"),
        pytest.param(hello(exercise="x" * 101), BAD, "The coach cannot read this message", id="too long"),
        pytest.param(hello(exercise="handstand"), REFUSED, "No exercise is called 'handstand'", id="unknown"),
        pytest.param(
            hello(coach="A" * 22), REFUSED, "This set is not watched any more", id="a stranger's token"
        ),
    ],
)
def test_bad_beginnings_are_refused(client, first, code, starts):
    with client.websocket_connect(URL) as socket:
        socket.send_text(first)
        got, why = refused(socket)
        assert (got, why[: len(starts)]) == (code, starts)


def test_a_frame_is_no_hello(client):
    with client.websocket_connect(URL) as socket:
        socket.send_bytes(bytes(20))
        assert refused(socket)[0] == BAD


def test_a_second_hello_is_refused(client):
    with coached(client) as (socket, _):
        socket.send_text(hello())
        assert refused(socket)[0] == BAD


def test_no_hello_in_time(client):
    limits(client, Limits(hello_s=0.05))
    with client.websocket_connect(URL) as socket:
        assert refused(socket) == (IDLE, NO_HELLO)


def test_silence_ends_a_connection_but_not_the_set(client):
    limits(client, Limits(idle_s=0.1, answer_s=0.02))
    with coached(client) as (socket, ready):
        assert refused(socket) == (IDLE, SILENCE)
    limits_kept = client.app.state.coaching
    assert limits_kept.resumed(ready["coach"], PULL)


@pytest.mark.parametrize("size", [0, 1, 19, 21, 943, 945, 4000])
def test_frames_of_wrong_sizes_are_refused_and_counted(client, size):
    frames = made(PULL, PLAN).frames
    with coached(client) as (socket, _):
        for _ in range(10):
            socket.send_bytes(bytes(size))
        socket.send_bytes(encoded(0, frames[0]))
        answer = answers(socket, "events")[-1]
        assert (answer["refused"], answer["dropped"]) == (10, 0)


def test_nothing_but_nonsense_is_closed(client):
    with coached(client) as (socket, _):
        for _ in range(50):
            socket.send_bytes(b"nonsense")
        assert refused(socket) == (BAD, NONSENSE)


@pytest.mark.parametrize("kind", ["frames", "messages"])
def test_floods_are_closed(client, kind):
    limits(client, Limits(bad_frames=10**6))
    with coached(client) as (socket, _):
        for seq in range(400):
            if kind == "frames":
                socket.send_bytes(bytes(20))
            else:
                ping(socket, seq)
        assert refused(socket) == (BAD, FLOOD)


def test_a_storm_beside_changes_nothing_for_others(client):
    limits(client, replace(Limits(), states_per_s=1e6, frames_at_once=10_000))
    frames = made(PULL, PLAN).frames
    with coached(client) as (alone, _):
        told = one_by_one(alone, frames)
    with coached(client) as (calm, _):
        events = []
        for seq, frame in enumerate(frames):
            if seq % 40 == 0:
                with coached(client) as (wild, _):
                    for _ in range(60):
                        wild.send_bytes(b"\xff" * 944)
                    assert refused(wild)[0] == BAD
            events += one_by_one(calm, [frame], seq)
    assert events == told


def test_frames_replace_each_other_while_an_answer_waits(client, monkeypatch):
    """A slow client: what comes while one answer is on its way is dropped but for the last, never queued."""
    import asyncio

    from openback.web import coach_socket

    sends = coach_socket._Connection._send

    async def slowly(self, document):
        if document["type"] == "events":
            await asyncio.sleep(0.3)
        await sends(self, document)

    monkeypatch.setattr(coach_socket._Connection, "_send", slowly)
    frames = made(PULL, PLAN).frames[:20]
    with coached(client) as (socket, _):
        socket.send_bytes(encoded(0, frames[0]))
        time.sleep(0.1)
        for seq, frame in enumerate(frames[1:], 1):
            socket.send_bytes(encoded(seq, frame))
        first = socket.receive_json()
        second = socket.receive_json()
        assert (first["seq"], second["seq"], second["dropped"]) == (0, 19, 18)
        socket.send_text('{"type": "stop"}')
        assert answers(socket, "report")[-1]["report"]["frames"] == 2


def test_too_many_sets_are_refused_with_a_sentence(client):
    limits(client, Limits(sets=1))
    with coached(client), client.websocket_connect(URL) as socket:
        socket.send_text(hello())
        code, why = refused(socket)
        assert code == REFUSED
        assert why.startswith("The coach watches 1 sets already")


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"host": "evil.example"}, id="another name"),
        pytest.param({"origin": "https://evil.example"}, id="another origin"),
        pytest.param({"sec-fetch-site": "cross-site"}, id="another site"),
    ],
)
def test_other_sites_get_no_socket(client, headers):
    from starlette.websockets import WebSocketDisconnect

    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(URL, headers=headers),
    ):
        pass


def test_what_is_learned_from_former_sets_is_asked_for(client, app, monkeypatch):
    asked = []
    monkeypatch.setattr(type(app.store), "effort_history", lambda _self, *who: asked.append(who) or ())
    with coached(client):
        pass
    assert asked == [("me", PULL)]


def test_a_real_server_takes_small_messages_only_and_minds_nobody_who_leaves(live_server):
    """What TestClient has no part in: sizes, compression, and connections that end in the middle."""
    from websockets.exceptions import ConnectionClosed
    from websockets.sync.client import connect

    address = live_server.url.replace("http://", "ws://") + "/ws/coach"
    frames = made(PULL, PLAN).frames
    for _ in range(5):
        with connect(address, proxy=None) as socket:
            socket.send(hello())
            assert json.loads(socket.recv())["type"] == "ready"
            assert "permessage-deflate" not in socket.response.headers.get("sec-websocket-extensions", "")
            for seq, frame in enumerate(frames[:20]):
                socket.send(encoded(seq, frame))
            socket.socket.close()  # no goodbye
    with connect(address, proxy=None) as socket:
        socket.send(hello())
        socket.recv()
        socket.send(bytes(5000))
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv()
        assert closed.value.rcvd.code == 1009
    with connect(address, proxy=None) as socket:
        socket.send(hello())
        assert json.loads(socket.recv())["type"] == "ready"
    assert "Traceback" not in (live_server.data_dir / "server.log").read_text()
