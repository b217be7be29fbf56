"""Clips of sets: the way in, the row that is filled, the page, and the way out."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import uuid_utils.compat as uuid

import filming
from clip_app import ROW, begin, clip_client, files, film, log, read, said_by, send
from filming import BYTES, PULL
from openback.services import clip_reading, set_clips
from openback.services.clip_store import landmarks_file, media_of, taken_bytes, video_file
from openback.web import security
from openback.web.clip_strips import strip_of
from test_web_pages import check_outline
from web_app import NOW


@pytest.fixture
def client(tmp_path):
    with clip_client(tmp_path) as client:
        yield client


@pytest.fixture
def app(client):
    return client.app.state.openback


@pytest.fixture
def analyser(client):
    return client.app.state.reader.analyser


@pytest.fixture
def session_id(client) -> str:
    return begin(client)


# --- The way in ---------------------------------------------------------------------------------------


def test_a_session_offers_to_add_a_clip(client, session_id):
    html = client.get(f"/session/{session_id}").text
    assert f'href="/session/{session_id}/clip?exercise={PULL}"' in html


def test_the_page_asks_for_a_file_or_for_the_camera(client, session_id):
    html = client.get(f"/session/{session_id}/clip?exercise={PULL}").text
    check_outline(html)
    assert 'type="file" accept="video/*">' in html
    assert 'type="file" accept="video/*" capture="environment">' in html
    assert 'enctype="multipart/form-data"' in html


def test_the_likely_set_is_chosen(client, session_id):
    def chosen(query=""):
        html = client.get(f"/session/{session_id}/clip?exercise={PULL}{query}").text
        return [
            part.split('"')[0]
            for part in html.split('name="place" value="')[1:]
            if "checked" in part.split(">")[0]
        ]

    assert chosen() == ["work-1"]  # nothing done: the next one
    log(client, session_id)
    assert chosen() == ["work-1"]  # the last one done
    film(client, session_id, place="work-1")
    assert chosen() == ["work-2"]  # it has a clip
    assert chosen("&place=work-1") == ["work-1"]
    assert chosen("&place=nonsense") == ["work-2"]


def test_the_page_is_of_an_exercise_of_the_session(client, session_id):
    assert client.get(f"/session/{session_id}/clip?exercise={ROW}").status_code == 404
    assert client.get(f"/session/{uuid.uuid7()}/clip?exercise={PULL}").status_code == 404


def test_a_clip_lies_under_a_name_of_ours_and_is_private(client, session_id, app):
    clip = film(client, session_id, name="../../evil\x00name.html")
    assert files(app) == sorted([f"{clip.id}.video", f"{clip.id}.landmarks"])
    assert video_file(app, clip.id).read_bytes() == BYTES
    assert video_file(app, clip.id).stat().st_mode & 0o777 == 0o600
    assert (app.data_dir / "clips").stat().st_mode & 0o777 == 0o700
    assert "/" not in clip.name
    assert clip.size_bytes == len(BYTES)


def test_a_clip_is_not_taken_for_what_its_sender_says(client, session_id):
    assert film(client, session_id, name="notes.txt").media == "video/mp4"


REFUSED = [
    pytest.param({"content": b"", "name": "a.mp4"}, 422, "Choose a clip first.", id="empty"),
    pytest.param({"name": ""}, 422, "Choose a clip first.", id="no file chosen"),
    pytest.param(
        {"content": b"<script>alert(1)</script>" * 9}, 422, "is not a video that can be read", id="html"
    ),
    pytest.param(
        {"content": b"\xff\xd8\xff\xe0" + bytes(99)}, 422, "is not a video that can be read", id="a photo"
    ),
    pytest.param({"content": b"GIF8"}, 422, "is not a video that can be read", id="shorter than a head"),
    pytest.param({"place": "nowhere"}, 422, "Say which set the clip shows.", id="no set"),
    pytest.param({"place": "work-9999"}, 422, "Say which set the clip shows.", id="a set far away"),
    pytest.param({"exercise": ROW}, 404, "There is no exercise in this session", id="not in the session"),
    pytest.param({"exercise": "nonsense"}, 404, "No exercise is called", id="no exercise"),
]


@pytest.mark.parametrize(("how", "status", "sentence"), REFUSED)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    client, session_id, app, accept, how, status, sentence
):
    answer = send(client, session_id, accept=accept, **how)
    assert answer.status_code == status
    said = json.loads(answer.text)["message"] if accept == "application/json" else answer.text
    assert sentence in said
    assert files(app) == []
    assert app.store.all_clips(app.person_id) == ()


def test_a_form_that_is_cut_off_is_refused(client, session_id, app):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="clip"; filename="a.mp4"\r\n\r\n'
        + BYTES
        + b"\r\n--wrong"
    )
    answer = client.post(
        f"/session/{session_id}/clips",
        content=body,
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 422
    assert files(app) == []


def test_a_clip_has_a_session(client, app):
    assert send(client, str(uuid.uuid7())).status_code == 404
    assert files(app) == []


def test_a_clip_may_not_come_from_another_site(client, session_id, app):
    answer = client.post(
        f"/session/{session_id}/clips",
        data={"exercise": PULL, "place": "work-1"},
        files={"clip": ("a.mp4", BYTES)},
        headers={"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    )
    assert answer.status_code == 403
    assert files(app) == []


def test_a_clip_that_is_too_large_is_refused_with_its_limit(client, session_id, app, monkeypatch):
    monkeypatch.setattr(security, "CLIP_LIMIT", 5000)
    sentence = "A clip may have 0 MB, and this one has more. Nothing was kept; cut it to the one set, or film in 1080p."
    assert sentence in send(client, session_id).text

    def body():
        yield b'--x\r\nContent-Disposition: form-data; name="clip"; filename="a.mp4"\r\n\r\n' + BYTES[:4000]
        yield BYTES[4000:]

    kind = {"content-type": "multipart/form-data; boundary=x", "accept": "text/html"}
    answer = client.post(f"/session/{session_id}/clips", content=body(), headers=kind)  # of unknown length
    assert answer.status_code == 413
    assert sentence in answer.text
    assert files(app) == []


def test_a_clip_for_which_there_is_no_room_is_refused_before_it_comes(client, session_id, app, monkeypatch):
    monkeypatch.setattr("openback.services.clip_store.free_bytes", lambda _app: 150 * 1024**2)
    answer = send(client, session_id, accept="application/json")
    assert answer.status_code == 507
    assert answer.json()["message"] == (
        "The clip has 0 MB and the disk has 0 MB left. Nothing was kept; "
        "free some space, or delete old clips in Settings."
    )
    assert files(app) == []


def test_a_script_is_told_where_the_clip_stands(client, session_id):
    told = send(client, session_id, accept="application/json").json()
    assert (told["exercise"], told["kind"], told["number"]) == (PULL, "work", 1)
    assert client.get(told["strip"]).status_code == 200


@pytest.mark.parametrize(
    ("head", "media"),
    [
        pytest.param(b"", None, id="nothing"),
        pytest.param(b"\x00\x00\x00\x18ftypqt  ", "video/mp4", id="mov"),
        pytest.param(b"\x1a\x45\xdf\xa3\x01\x00\x00\x00", "video/webm", id="webm and mkv"),
        pytest.param(b"RIFF\x00\x00\x00\x00AVI LIST", "video/x-msvideo", id="avi"),
        pytest.param(b"RIFF\x00\x00\x00\x00WAVEfmt ", None, id="sound"),
        pytest.param((b"G@\x00\x10" + bytes(184)) * 2, "video/mp2t", id="transport stream"),
        pytest.param(b"GIF89a", None, id="gif"),
        pytest.param(b"PK\x03\x04" + bytes(12), None, id="zip"),
    ],
)
def test_a_video_is_told_by_its_first_bytes(head, media):
    assert media_of(head) == media


# --- In the row --------------------------------------------------------------------------------------


def test_a_row_still_to_be_done_takes_over_what_was_counted(client, session_id, analyser):
    analyser.report = filming.a_report(reps=9)
    clip = film(client, session_id)
    html = client.get(f"/session/{session_id}").text
    check_outline(html)
    assert "9 reps, counted from the clip." in html
    assert f'data-id="{clip.set_id}"' in html
    assert f'id="reps-{clip.set_id}" name="reps" inputmode="numeric" autocomplete="off" value="9"' in html
    assert "0.7 s pull, 0.3 s held, 0.9 s return." in html


def test_a_set_ticked_from_that_row_has_its_clip(client, session_id, app, analyser):
    clip = film(client, session_id)
    log(client, session_id, set_id=str(clip.set_id), reps="3")
    html = client.get(f"/session/{session_id}").text
    assert "3 reps, as the clip counted." in html
    assert app.store.find_set(app.person_id, clip.set_id).reps == 3


def test_what_was_logged_stays_and_the_clip_says_that_it_counted_another(client, session_id, app):
    set_id = log(client, session_id, reps="10")
    clip = film(client, session_id)
    assert clip.set_id == UUID(set_id)
    html = client.get(f"/session/{session_id}").text
    assert "The clip counted 3 reps; you logged 10 reps." in html
    assert app.store.find_set(app.person_id, UUID(set_id)).reps == 10

    answer = client.post(f"/clips/{clip.id}/use")
    assert app.store.find_set(app.person_id, UUID(set_id)).reps == 3
    undo = said_by(answer)["undo"]
    assert client.post(undo).status_code == 303
    assert app.store.find_set(app.person_id, UUID(set_id)).reps == 10


def test_a_clip_follows_its_set_that_was_logged_under_another_id(client, session_id, app, analyser):
    analyser.hold = threading.Event()
    send(client, session_id)
    set_id = log(client, session_id, reps="3", rir="2")  # a phone that had the page open before
    analyser.hold.set()
    read(client)
    client.app.state.reader.stop()
    (clip,) = app.store.clips_of_session(app.person_id, UUID(session_id))
    assert clip.set_id == UUID(set_id)
    assert app.store.effort_history(app.person_id, PULL) == ((0.22, 3, 2.0),)


def test_a_clip_whose_set_was_taken_out_waits_in_the_next_open_row(client, session_id):
    set_id = log(client, session_id)
    film(client, session_id)
    client.post(f"/session/{session_id}/sets/{set_id}/delete")
    html = client.get(f"/session/{session_id}").text
    assert "3 reps, counted from the clip." in html


def test_a_new_clip_takes_the_place_of_the_former_one(client, session_id, app):
    first, second = film(client, session_id), film(client, session_id)
    assert second.set_id == first.set_id
    assert app.store.clips_of_session(app.person_id, UUID(session_id)) == (second,)
    assert app.store.find_clip(app.person_id, first.id, gone=True).gone == "all"


def test_progress_is_shown_while_a_clip_is_read(client, session_id, app, analyser, monkeypatch):
    monkeypatch.setattr(clip_reading, "SAID_EVERY_S", 0.0)
    analyser.hold = threading.Event()
    send(client, session_id)
    until_s = time.monotonic() + 5
    while "Reading the clip: 50 %" not in client.get(f"/session/{session_id}").text:
        assert time.monotonic() < until_s
        time.sleep(0.01)
    (clip,) = app.store.all_clips(app.person_id)
    html = client.get(f"/clips/{clip.id}").text
    check_outline(html)
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in html
    assert "data-clip-open" in client.get(f"/clips/{clip.id}/strip").text
    analyser.hold.set()
    read(client)


def test_another_exercise_is_said_and_nothing_is_filled(client, session_id, analyser):
    analyser.report = filming.a_report(another=ROW)
    film(client, session_id)
    html = client.get(f"/session/{session_id}").text
    assert "one-arm dumbbell row, not a wide-grip lat pull-down; nothing was graded." in html
    assert "counted from the clip" not in html


def test_reps_in_reserve_are_an_estimate_until_they_are_told(client, session_id):
    clip = film(client, session_id)
    words = "By its speed: about 2 reps left in reserve, 1 to 4 in 4 of 5 sets like it."
    assert words in client.get(f"/session/{session_id}").text
    log(client, session_id, set_id=str(clip.set_id), reps="3", rir="1")
    assert words not in client.get(f"/session/{session_id}").text


def test_a_strip_of_an_exercise_that_is_gone_still_says_something(app, client, session_id):
    clip = replace(film(client, session_id), exercise="gone")
    assert strip_of(app.catalogue, clip, None).words == "This clip was not read."


# --- The page ----------------------------------------------------------------------------------------


def test_the_page_shows_what_was_seen_and_where(client, session_id, analyser):
    analyser.report = filming.a_report(
        filming.DANGER, filming.a_fault(rep=2), filming.a_fault(rep=3, at_s=5.2)
    )
    clip = film(client, session_id)
    html = client.get(f"/clips/{clip.id}").text
    check_outline(html)
    assert html.index("Keep the bar in front of your face.") < html.index("All the way up between reps.")
    assert f'href="/clips/{clip.id}?t=2.50" data-jump="2.50" data-fault-at="3.10"' in html
    assert "Put the phone at your right side." in html
    assert f'src="/clips/{clip.id}/video" controls' in html
    assert f'src="/clips/{clip.id}/video#t=2.50" controls' in client.get(f"/clips/{clip.id}?t=2.5").text


def test_the_page_of_a_hold_lists_its_times(client, analyser):
    session_id = begin(client, "cobra_pose")
    analyser.report = filming.a_hold_report(27.6)
    clip = film(client, session_id, exercise="cobra_pose")
    html = client.get(f"/clips/{clip.id}").text
    check_outline(html)
    assert "Hold 1" in html
    assert "27.6 s" in html


def test_a_moment_is_a_number_of_seconds(client, session_id):
    clip = film(client, session_id)
    assert client.get(f"/clips/{clip.id}?t=-1").status_code == 422
    assert client.get(f"/clips/{clip.id}?t=inf").status_code == 422


def test_a_clip_of_nobody_is_not_there(client):
    for address in ("", "/strip", "/video", "/landmarks"):
        assert client.get(f"/clips/{uuid.uuid7()}{address}").status_code == 404
    for address in ("/use", "/again", "/back"):
        assert client.post(f"/clips/{uuid.uuid7()}{address}").status_code == 404


def test_a_clip_of_somebody_else_is_not_there(client, session_id, app):
    clip = film(client, session_id)
    client.app.state.openback = replace(app, person_id="you")
    assert client.get(f"/clips/{clip.id}/video").status_code == 404
    assert client.get(f"/clips/{clip.id}/landmarks").status_code == 404
    assert client.post(f"/clips/{clip.id}/delete", data={"what": "all"}).status_code == 404


RANGES = [
    pytest.param(None, 200, BYTES, id="whole"),
    pytest.param("bytes=0-9", 206, BYTES[:10], id="the beginning"),
    pytest.param("bytes=100-", 206, BYTES[100:], id="from there on"),
    pytest.param("bytes=-5", 206, BYTES[-5:], id="the end"),
    pytest.param(f"bytes={len(BYTES)}-", 416, None, id="beyond the end"),
]


@pytest.mark.parametrize(("asked", "status", "expected"), RANGES)
def test_the_video_comes_in_the_parts_that_are_asked_for(client, session_id, asked, status, expected):
    clip = film(client, session_id)
    answer = client.get(f"/clips/{clip.id}/video", headers={"range": asked} if asked else {})
    assert answer.status_code == status
    if expected is not None:
        assert answer.content == expected
        assert answer.headers["content-type"] == "video/mp4"
        assert answer.headers["accept-ranges"] == "bytes"
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["content-disposition"] == "inline"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "media-src 'self'" in answer.headers["content-security-policy"]


def test_the_head_of_a_video_is_sent_alone(client, session_id):
    clip = film(client, session_id)
    answer = client.head(f"/clips/{clip.id}/video")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(BYTES))


def test_landmarks_are_sent_as_they_are_packed(client, session_id, app):
    clip = film(client, session_id)
    answer = client.get(f"/clips/{clip.id}/landmarks")
    assert answer.content == landmarks_file(app, clip.id).read_bytes()
    assert answer.headers["cache-control"] == "private, no-store"
    landmarks_file(app, clip.id).unlink()
    assert client.get(f"/clips/{clip.id}/landmarks").status_code == 404
    assert "data-landmarks" not in client.get(f"/clips/{clip.id}").text


# --- The way out -------------------------------------------------------------------------------------


def later(app, **by):
    return replace(app, now=lambda: NOW + timedelta(**by))


def test_the_video_goes_and_what_it_showed_stays(client, session_id, app):
    clip = film(client, session_id)
    answer = client.post(f"/clips/{clip.id}/delete", data={"what": "video"})
    assert answer.headers["location"] == f"/clips/{clip.id}"
    said = said_by(answer)
    assert said["text"] == (
        "The video is taken out; what it counted stays. It is erased from the disk in a quarter of an hour."
    )
    assert client.get(f"/clips/{clip.id}/video").status_code == 404
    html = client.get(f"/clips/{clip.id}").text
    assert "3 full reps." in html
    assert "The video was taken out" in html or "The video is not on this machine" in html
    set_clips.sweep(later(app, minutes=16))
    assert files(app) == []
    assert "The video was taken out; what was seen in it is kept." in client.get(f"/clips/{clip.id}").text
    assert client.post(f"/clips/{clip.id}/back").status_code == 409


def test_a_clip_goes_with_what_it_showed(client, session_id, app):
    clip = film(client, session_id)
    answer = client.post(f"/clips/{clip.id}/delete", data={"what": "all"})
    assert answer.headers["location"] == f"/session/{session_id}"
    assert client.get(f"/clips/{clip.id}").status_code == 404
    assert f'data-clip="{clip.id}"' not in client.get(f"/session/{session_id}").text
    set_clips.sweep(later(app, minutes=14))
    assert len(files(app)) == 2
    set_clips.sweep(later(app, minutes=16))
    assert files(app) == []
    assert app.store.find_clip(app.person_id, clip.id, gone=True) is None


@pytest.mark.parametrize("what", ["video", "all"])
def test_what_was_taken_away_comes_back(client, session_id, app, what):
    clip = film(client, session_id)
    undo = said_by(client.post(f"/clips/{clip.id}/delete", data={"what": what}))["undo"]
    assert client.post(undo).headers["location"] == f"/clips/{clip.id}"
    assert app.store.find_clip(app.person_id, clip.id) == app.store.find_clip(
        app.person_id, clip.id, gone=True
    )
    assert client.get(f"/clips/{clip.id}/video").content == BYTES
    set_clips.sweep(later(app, hours=1))
    assert len(files(app)) == 2


def test_a_clip_that_is_being_read_can_be_taken_away_and_brought_back(
    client, session_id, app, analyser, monkeypatch
):
    monkeypatch.setattr(clip_reading, "SAID_EVERY_S", 0.0)
    analyser.hold = threading.Event()
    send(client, session_id)
    (clip,) = app.store.all_clips(app.person_id)
    client.post(f"/clips/{clip.id}/delete", data={"what": "all"})
    client.post(f"/clips/{clip.id}/back")
    analyser.hold.set()
    read(client)
    assert app.store.find_clip(app.person_id, clip.id).state == "done"


def test_a_clip_is_taken_away_in_a_known_way_only(client, session_id, app):
    clip = film(client, session_id)
    assert client.post(f"/clips/{clip.id}/delete", data={"what": "everything"}).status_code == 422
    assert app.store.find_clip(app.person_id, clip.id) is not None


def test_settings_say_how_much_room_clips_take(client, session_id, app):
    assert "Clips of your sets" not in client.get("/settings").text
    empty = client.get("/settings/clips").text
    check_outline(empty)
    clip = film(client, session_id)
    assert taken_bytes(app) > len(BYTES)
    assert f"1 video, {-(-taken_bytes(app) // 1024)} kB, only here" in client.get("/settings").text
    html = client.get("/settings/clips").text
    check_outline(html)
    assert f'href="/clips/{clip.id}"' in html
    assert str(app.data_dir / "clips") in html


def test_files_that_belong_to_no_clip_are_said_and_can_be_erased(client, session_id, app):
    clip = film(client, session_id)
    assert "belong to no clip here" not in client.get("/settings/clips").text
    app.store.forget_clip(app.person_id, clip.id)  # as a back-up from before it would
    (app.data_dir / "clips" / "notes.txt").write_text("not ours")
    assert "Clips of your sets" in client.get("/settings").text
    html = client.get("/settings/clips").text
    check_outline(html)
    assert "more lie there and belong to no clip here" in html
    other = film(client, session_id)
    client.post("/settings/clips/strays")
    assert files(app) == sorted([f"{other.id}.landmarks", f"{other.id}.video", "notes.txt"])


def test_a_session_that_was_taken_out_leaves_its_clips_in_settings(client, session_id, app):
    clip = film(client, session_id)
    client.post(f"/session/{session_id}/discard")
    assert f'href="/clips/{clip.id}"' in client.get("/settings/clips").text
    html = client.get(f"/clips/{clip.id}").text
    assert f'href="/session/{session_id}' not in html
    assert (
        client.post(f"/clips/{clip.id}/delete", data={"what": "all"}).headers["location"] == "/settings/clips"
    )


def test_clips_are_in_no_export(client, session_id):
    film(client, session_id, name="kitchen.mov")
    for kind in ("json", "csv"):
        exported = client.get(f"/settings/export/{kind}").text
        assert "kitchen.mov" not in exported
        assert "oblique" not in exported


def test_deleting_everything_deletes_the_clips(client, session_id, app):
    film(client, session_id)
    client.post("/settings/delete", data={"word": "delete"})
    assert not (app.data_dir / "clips").exists()


def test_what_never_arrived_whole_is_swept_up(client, session_id, app):
    folder = app.data_dir / "clips"
    folder.mkdir(exist_ok=True)
    old: Path = folder / "0.incoming"
    old.write_bytes(b"half")
    import os

    day_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (day_ago, day_ago))
    film(client, session_id)
    assert not old.exists()
