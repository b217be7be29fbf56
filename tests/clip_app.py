"""An app whose clips are read at once by a stand-in, and what a person does with them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote
from uuid import UUID

import uuid_utils.compat as uuid

from filming import BYTES, PULL, FakeAnalyser
from openback.services.clip_reading import Reader
from web_app import TestClient, web_client

ROW = "one_arm_dumbbell_row"


@contextmanager
def clip_client(tmp_path: Path) -> Iterator[TestClient]:
    """Yield a client whose clips a `FakeAnalyser` reads."""
    with web_client(tmp_path) as client:
        client.app.state.reader.stop()
        client.app.state.reader = Reader(client.app.state.openback, FakeAnalyser(), lambda: "")
        yield client


def begin(client, exercise=PULL) -> str:
    begun = client.post("/session/free").headers["location"].split("/")[2]
    client.post(f"/session/{begun}/add", data={"exercise": exercise})
    return begun


def send(
    client, session_id, *, place="work-1", content=BYTES, name="IMG_1.MOV", exercise=PULL, accept="text/html"
):
    return client.post(
        f"/session/{session_id}/clips",
        data={"exercise": exercise, "place": place},
        files={"clip": (name, content, "video/quicktime")},
        headers={"accept": accept},
    )


def read(client) -> None:
    """Wait until nothing waits to be read."""
    app, until_s = client.app.state.openback, time.monotonic() + 10
    while app.store.unread_clips(app.person_id):
        assert time.monotonic() < until_s, "a clip was not read"
        time.sleep(0.005)


def film(client, session_id, **how):
    """Send a clip, wait until it is read, and return it."""
    answer = send(client, session_id, **how)
    assert answer.status_code == 303, answer.text
    read(client)
    app = client.app.state.openback
    return app.store.clips_of_session(app.person_id, UUID(session_id))[-1]


def log(client, session_id, *, reps="10", set_id=None, exercise=PULL, **more) -> str:
    set_id = set_id or str(uuid.uuid7())
    form = {
        "id": set_id,
        "exercise": exercise,
        "kind": "work",
        "load": "30",
        "reps": reps,
        "step": "0",
        **more,
    }
    assert client.post(f"/session/{session_id}/sets", data=form).status_code == 303
    return set_id


def files(app) -> list[str]:
    folder = app.data_dir / "clips"
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


def said_by(answer):
    """Return what an answer says once, and the address that undoes it."""
    return json.loads(unquote(answer.cookies["openback_said"].strip('"')))
