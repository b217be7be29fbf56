"""The pages of the photos without script: keep, look, compare, lock, change the key, delete, take out."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from bodies import noise, seen, sent, standing
from openback.cli import history as commands
from openback.cli import run
from openback.errors import VideoNotInstalled
from openback.services import photo_vault, photos
from openback.web.routes.photos import landmarks_in
from photo_app import PICTURE, WORDS, later, watched, with_key_store
from web_app import Outline, web_client

HOME = "/progress/photos"


@pytest.fixture
def eyes(monkeypatch):
    return watched(monkeypatch)


@pytest.fixture
def store(monkeypatch, eyes):
    return with_key_store(monkeypatch)


@pytest.fixture
def client(tmp_path, eyes):
    with web_client(tmp_path) as client:
        yield client


def app_of(client):
    return client.app.state.openback


def send(client, data: bytes = PICTURE, *, json: bool = False, **fields: str):
    form = {"pose": "front", "blur": "1"} | fields
    headers = {"accept": "application/json"} if json else {}
    return client.post(HOME, data=form, files={"photo": ("me.jpg", data, "image/jpeg")}, headers=headers)


def keep(client, **fields: str) -> UUID:
    answer = send(client, **fields)
    assert answer.status_code == 303, answer.text
    return UUID(answer.headers["location"].rpartition("/")[2])


@contextmanager
def at_another_time(client, minutes: float):
    web = client.app
    now = web.state.openback
    web.state.openback = later(now, minutes)
    try:
        yield
    finally:
        web.state.openback = now


# --- Nothing yet ---------------------------------------------------------------------------------------


def test_before_the_questions_there_are_no_photos(tmp_path, eyes):
    with web_client(tmp_path, profile=None) as client:
        for path in (HOME, f"{HOME}/add", f"{HOME}/key"):
            assert client.get(path).headers["location"] == "/welcome"


def test_an_empty_page_says_what_will_be_there(client, store):
    html = client.get(HOME).text
    assert "See what the scale does not show" in html
    assert f'href="{HOME}/add"' in html
    assert not Outline(html).forbidden
    assert "Two photos of one pose" in client.get(f"{HOME}/compare").text


def test_without_a_key_store_the_first_thing_is_a_passphrase(client):
    assert "Under a passphrase that you choose before the first one" in client.get(HOME).text
    assert client.get(f"{HOME}/add").headers["location"] == f"{HOME}/key?back={HOME}/add"
    html = client.get(f"{HOME}/key?back={HOME}/add").text
    assert "This machine has no key store" in html
    answer = client.post(
        f"{HOME}/key?back={HOME}/add", data={"way": "passphrase", "passphrase": WORDS, "again": WORDS}
    )
    assert answer.headers["location"] == f"{HOME}/add"
    assert send(client).status_code == 303


# --- Keeping -------------------------------------------------------------------------------------------


def test_a_photo_is_kept_shown_and_offered_to_be_taken_back(client, store):
    photo_id = keep(client, note="after rest", on="2026-11-01")
    html = client.get(f"{HOME}/{photo_id}").text
    assert "after rest" in html
    assert "The photo is kept." in html
    assert f'action="{HOME}/{photo_id}/delete"' in html
    picture = client.get(f"{HOME}/{photo_id}/picture")
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.headers["cache-control"] == "no-store"
    assert seen(picture.content).shape == (320, 240, 3)
    assert "1 November" in client.get(HOME).text


def test_every_address_of_a_picture_is_kept_by_nobody_on_the_way(client, store):
    one = keep(client)
    for path in ("picture", "picture?small=1", f"picture?onto={one}", "picture?save=1", "outline"):
        answer = client.get(f"{HOME}/{one}/{path}")
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store"), path
    assert (
        'filename="2026-11-25-front.jpg"'
        in client.get(f"{HOME}/{one}/picture?save=1").headers["content-disposition"]
    )


def test_the_page_of_the_camera_gets_its_answer_as_json(client, store):
    answer = send(client, json=True)
    assert re.fullmatch(rf"{HOME}/[0-9a-f-]{{36}}", answer.json()["page"])
    assert "The photo is kept." in client.get(answer.json()["page"]).text


@pytest.mark.parametrize(
    ("data", "fields", "status", "said"),
    [
        (b"", {}, 422, "Choose a picture first."),
        (b"hello", {}, 422, "This is not a picture that can be read."),
        (PICTURE, {"pose": "above"}, 422, "Say from which side the photo is taken."),
    ],
    ids=["none", "text", "another side"],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_on_the_page_and_to_the_camera(client, store, data, fields, status, said):
    answer = send(client, data, **fields)
    assert (answer.status_code, said in answer.text) == (status, True)
    answer = send(client, data, json=True, **fields)
    assert answer.status_code == status
    assert answer.json()["message"].startswith(said)
    assert photos.room(app_of(client)).bytes == 0


def test_nobody_in_the_picture_says_what_to_change(client, store, eyes):
    eyes.body = None
    assert "Stand so that head and hips are in the picture" in send(client).text


def test_a_picture_without_a_form_and_half_a_form_are_said(client, store):
    assert client.post(HOME, content=b"x").status_code == 422
    half = b'--X\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\nabc'
    answer = client.post(
        HOME, content=half + b"\r\n--Y broken", headers={"content-type": "multipart/form-data; boundary=X"}
    )
    assert answer.status_code == 422


def test_a_picture_larger_than_may_be_is_refused(client, store):
    answer = client.post(HOME, content=b"x", headers={"content-length": str(40 * 2**20)})
    assert answer.status_code == 413


def test_a_large_picture_makes_no_temporary_file(client, store, monkeypatch):
    def none(*_, **__):
        raise AssertionError("a temporary file was made")

    for name in ("SpooledTemporaryFile", "TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, none)
    data = sent(noise(size=(1500, 1400)), quality=97)
    assert len(data) > 2**21  # Starlette's own forms go to the disk from half of this
    assert send(client, data).status_code == 303


def test_landmarks_of_the_page_stand_in_where_the_model_is_missing(client, store, eyes):
    eyes.problem = VideoNotInstalled()
    points = ";".join(",".join(str(round(10_000 * v)) for v in row) for row in standing((1, 1)))
    assert send(client).status_code == 503
    assert send(client, landmarks=points).status_code == 303


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c" + ";1,2,3" * 32, "nan,1,1" + ";1,2,3" * 32, "1,2" + ";1,2" * 32]
)
def test_what_is_no_landmarks_is_none(text):
    assert landmarks_in(text) is None


# --- Looking --------------------------------------------------------------------------------------------


def test_pages_have_no_dead_links_and_nothing_that_the_policy_forbids(client, store):
    a, b = keep(client, on="2026-09-01"), keep(client)
    keep(client, pose="left")
    for path in ("", "?pose=left", f"/{b}", "/add?pose=left", f"/compare?before={a}&after={b}", "/key"):
        html = client.get(HOME + path).text
        outline = Outline(html)
        assert not outline.forbidden, path
        assert len(set(outline.ids)) == len(outline.ids), path


def test_two_photos_stand_beside_each_other_the_earlier_one_first(client, store):
    a, b = keep(client, on="2026-09-01"), keep(client)
    for address in (f"{HOME}/compare", f"{HOME}/compare?before={b}&after={a}"):
        html = client.get(address).text
        assert html.index(f"/{a}/picture?onto={a}") < html.index(f"/{b}/picture?onto={a}")
        assert "85 days apart" in html
    assert f"{HOME}/compare?before={a}&amp;after={b}" in client.get(HOME).text


def test_the_camera_page_knows_where_the_last_one_stood_and_begins_with_the_oldest_pose(client, store):
    one = keep(client)
    html = client.get(f"{HOME}/add").text
    assert f"{HOME}/{one}/outline" in html
    assert re.search(r'value="back"\s+checked', html)


@pytest.mark.parametrize("path", ["", "/picture", "/outline", "/picture?small=1"])
def test_a_photo_that_is_not_there_is_not_found(client, store, path):
    assert client.get(f"{HOME}/{uuid4()}{path}").status_code == 404


def test_a_picture_of_the_board_has_no_page_of_its_own(client, store):
    picture = photos.keep_picture(app_of(client), PICTURE)
    assert client.get(f"{HOME}/{picture}").status_code == 404
    assert client.get(f"{HOME}/{picture}/picture").status_code == 200


# --- Locked ----------------------------------------------------------------------------------------------


@pytest.fixture
def locked(client):
    photo_vault.choose_passphrase(app_of(client), WORDS, WORDS)
    photo_id = keep(client)
    assert client.post(f"{HOME}/lock").headers["location"] == HOME
    return photo_id


def test_locked_photos_show_nothing_but_the_lock(client, locked):
    for path in (HOME, f"{HOME}/{locked}", f"{HOME}/add", f"{HOME}/compare", f"{HOME}/key"):
        html = client.get(path).text
        assert "Your photos are locked" in html, path
        assert "<img" not in html, path
    for path in ("picture", "outline", "picture?small=1"):
        assert client.get(f"{HOME}/{locked}/{path}").status_code == 423
    assert send(client).status_code == 423
    assert send(client, json=True).json()["message"].startswith("The photos are locked.")


def test_the_passphrase_opens_them_and_time_locks_them(client, locked):
    answer = client.post(f"{HOME}/unlock", data={"passphrase": "something else"})
    assert answer.status_code == 422
    assert "This passphrase does not open the photos." in answer.text
    answer = client.post(f"{HOME}/unlock?back={HOME}/{locked}", data={"passphrase": WORDS})
    assert answer.headers["location"] == f"{HOME}/{locked}"
    assert client.get(f"{HOME}/{locked}/picture").status_code == 200
    with at_another_time(client, 20):
        assert client.get(f"{HOME}/{locked}/picture").status_code == 423


def test_unlocking_leads_nowhere_else(client, locked):
    answer = client.post(f"{HOME}/unlock?back=//elsewhere.example", data={"passphrase": WORDS})
    assert answer.headers["location"] == HOME


def test_a_passphrase_is_changed_with_the_present_one(client, locked):
    client.post(f"{HOME}/unlock", data={"passphrase": WORDS})
    fresh = {"way": "passphrase", "passphrase": "quiet green river", "again": "quiet green river"}
    answer = client.post(f"{HOME}/key", data=fresh | {"before": "guess"})
    assert (answer.status_code, "does not open the photos" in answer.text) == (422, True)
    assert "quiet green" not in answer.text
    assert client.post(f"{HOME}/key", data=fresh | {"before": WORDS}).status_code == 303
    client.post(f"{HOME}/lock")
    assert client.post(f"{HOME}/unlock", data={"passphrase": "quiet green river"}).status_code == 303


def test_with_a_key_store_a_passphrase_is_a_choice(client, store):
    photo_id = keep(client)
    assert "The key is in the memory of this sample" in client.get(HOME).text
    client.post(f"{HOME}/key", data={"way": "passphrase", "passphrase": WORDS, "again": WORDS})
    assert store.kept == {}
    assert "Use the key store" in client.get(f"{HOME}/key").text
    client.post(f"{HOME}/key", data={"way": "key_store", "before": WORDS})
    assert len(store.kept) == 1
    assert client.get(f"{HOME}/{photo_id}/picture").status_code == 200


def test_a_lost_key_is_said_and_photos_can_begin_anew(client, store):
    keep(client)
    client.post(f"{HOME}/erase")
    assert photos.photos(app_of(client)), "they can be opened, so nothing was erased"
    store.kept.clear()
    photo_vault.lock_up(app_of(client))
    html = client.get(HOME).text
    assert "nobody can open them without it, Openback included" in html.replace("\n", " ")
    assert "1 photo lies here that nobody can open" in html
    assert client.post(f"{HOME}/erase").headers["location"] == HOME
    assert "See what the scale does not show" in client.get(HOME).text
    assert send(client).status_code == 303


# --- Changing, deleting, taking out ----------------------------------------------------------------------


def test_day_pose_and_note_can_be_changed_and_taken_back(client, store):
    one = keep(client)
    client.post(f"{HOME}/{one}/change", data={"on": "2026-10-01", "pose": "back", "note": "mine"})
    photo = photos.known_photo(app_of(client), one)
    assert (photo.pose, photo.note, photo.at.astimezone().date().isoformat()) == (
        "back",
        "mine",
        "2026-10-01",
    )
    html = client.get(f"{HOME}/{one}").text
    undo = re.search(rf'action="({HOME}/undo/[^"]+)"', html)[1].replace("&amp;", "&")
    assert client.post(undo).headers["location"] == f"{HOME}/{one}"
    assert photos.known_photo(app_of(client), one).pose == "front"


def test_deleting_says_that_it_can_be_undone_and_for_how_long(client, store):
    one = keep(client)
    assert client.post(f"{HOME}/{one}/delete").headers["location"] == HOME
    html = client.get(HOME).text
    assert "In a quarter of an hour it is erased for good." in html
    assert "1 photo deleted a moment ago" in html
    undo = re.search(rf'action="({HOME}/{one}/back/[^"]+)"', html)[1]
    assert client.post(undo).headers["location"] == f"{HOME}/{one}"
    client.post(f"{HOME}/{one}/delete")
    undo = re.search(rf'action="({HOME}/{one}/back/[^"]+)"', client.get(HOME).text)[1]
    client.post(f"{HOME}/deleted")
    answer = client.post(undo)
    assert (answer.status_code, "erased for good and cannot be brought back" in answer.text) == (404, True)


def test_strays_are_taken_back_in_or_erased(client, store):
    one = keep(client)
    app = app_of(client)
    app.store.delete_entry(app.person_id, type(photos.known_photo(app, one)), one)
    assert "1 photo in the folder belongs to nothing that is noted here" in client.get(HOME).text
    client.post(f"{HOME}/strays", data={"what": "adopt"})
    assert client.get(f"{HOME}/{one}").status_code == 200
    app.store.delete_entry(app.person_id, type(photos.known_photo(app, one)), one)
    client.post(f"{HOME}/strays", data={"what": "erase"})
    assert photos.room(app).bytes == 0


def test_settings_take_photos_out_only_with_the_tick(client, store):
    keep(client)
    plain = client.get("/settings/export/json")
    assert (plain.headers["content-type"], b"\xff\xd8\xff" in plain.content) == ("application/json", False)
    whole = client.get("/settings/export/json?photos=1")
    assert whole.headers["content-type"] == "application/zip"
    assert whole.headers["content-disposition"] == 'attachment; filename="openback-2026-11-25.zip"'
    assert b"\xff\xd8\xff" in whole.content
    html = client.get("/settings").text
    assert 'name="photos"' in html


def test_deleting_everything_takes_the_photos_along(client, store, tmp_path):
    keep(client)
    client.post("/settings/delete", data={"word": "delete"})
    assert store.kept == {}
    assert not list(tmp_path.rglob("*.photo"))


def test_a_command_writes_photos_only_when_asked(client, store, tmp_path, monkeypatch, capsys):
    keep(client)

    @contextmanager
    def same():
        yield replace(app_of(client))

    monkeypatch.setattr(commands, "open_app", same)
    assert run(["export", "--out", str(tmp_path / "a.json")]) == 0
    assert not list(tmp_path.rglob("*.jpg"))
    assert run(["export", "--out", str(tmp_path / "b.json"), "--with-photos", str(tmp_path / "out")]) == 0
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["2026-11-25-front.jpg"]
    assert "1 photo, not encrypted any more, in" in capsys.readouterr().out
    assert run(["export", "--with-photos", str(tmp_path / "out")]) == 2
