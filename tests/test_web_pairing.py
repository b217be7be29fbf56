"""Other devices: who is let in, what the others see, and the page with the QR code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.websockets import WebSocketDisconnect

import web_sample
from openback.services.app import App
from openback.services.phone.pairing import Pairing
from openback.services.phone.qr import qr_svg
from openback.services.phone.reach import Reach
from openback.web import create_app
from openback.web.pairing import COOKIE, NOT_PAIRED
from storing import memory_store
from web_app import NOW, Outline, TestClient, plan_by_hand, web_client

HOME = "https://192.168.1.20:8765"
NAMES = ("192.168.1.20", "anna-laptop.local")
HERE = ("127.0.0.1", 50_000)
PHONE = ("192.168.1.44", 50_000)


@contextmanager
def served(tmp_path, *, pairing: bool = True, fingerprint: str = "AA:BB") -> Iterator[tuple[object, Reach]]:
    """Yield a web app that others can reach, and how."""
    reach = Reach(
        addresses=(f"{HOME}/", "https://anna-laptop.local:8765/"),
        names=NAMES,
        fingerprint=fingerprint,
        pairing=Pairing(tmp_path / "phone") if pairing else None,
    )
    with memory_store() as store:
        app = App(store=store, catalogue=web_sample.catalogue(), data_dir=tmp_path, now=lambda: NOW)
        store.put_profile(app.person_id, web_sample.PROFILE, at=NOW)
        yield create_app(app, reach=reach), reach


def device(web, client=PHONE, base_url=HOME) -> TestClient:
    return TestClient(web, base_url=base_url, client=client, follow_redirects=False)


@pytest.fixture
def home(tmp_path, monkeypatch):
    plan_by_hand(monkeypatch)
    with served(tmp_path) as (web, reach):
        yield web, reach


# --- Who is let in -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/train", "/settings", "/settings/phone", "/nothing", "/api/v1/openapi.json"]
)
def test_a_stranger_sees_one_sentence_and_nothing_of_the_person(home, path):
    answer = device(home[0]).get(path)
    assert answer.status_code == (401 if path.startswith("/api/") else 403)
    assert NOT_PAIRED in answer.text
    assert "Anna" not in answer.text
    assert home[1].pairing.code not in answer.text


def test_a_stranger_changes_nothing(home):
    assert device(home[0]).post("/settings/theme", data={"theme": "dark"}).status_code == 403
    assert 'data-theme="system"' in device(home[0], HERE, "http://127.0.0.1:8765").get("/train").text


def test_programs_are_told_so_that_a_queue_waits(home):
    answer = device(home[0]).put("/api/v1/sets/x", json={})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json() == {"error": {"kind": "not_paired", "message": NOT_PAIRED, "problems": []}}


def test_styles_and_the_manifest_need_no_code(home):
    assert device(home[0]).get("/static/openback.webmanifest").status_code == 200
    assert device(home[0]).get("/static/../api/v1/profile").status_code == 401


def test_the_qr_code_lets_a_device_in_for_good(home):
    web, reach = home
    phone = device(web)
    answer = phone.get(reach.link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "Secure", "Path=/", "Max-Age=34560000", "SameSite=lax"} <= set(cookie.split("; "))
    assert phone.get("/train").status_code == 200
    assert phone.post("/settings/theme", data={"theme": "dark"}).status_code == 303


def test_over_plain_http_the_cookie_still_works(home):
    phone = device(home[0], base_url="http://192.168.1.20:8765")
    assert "Secure" not in phone.get("/pair", params={"code": home[1].pairing.code}).headers["set-cookie"]
    assert phone.get("/train").status_code == 200


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA-AAAA", "ä", "x" * 100])
def test_a_wrong_code_lets_nobody_in(home, code):
    phone = device(home[0])
    answer = phone.get("/pair", params={"code": code})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
    assert phone.get("/train", headers={"cookie": f"{COOKIE}={code}".encode()}).status_code == 403


def test_a_code_can_be_typed_where_it_is_asked_for(home):
    page = device(home[0]).get("/train").text
    assert Outline(page).actions == [("get", "/pair")]
    assert Outline(page).forbidden == []
    assert device(home[0]).get("/pair", params={"code": home[1].pairing.code.lower()}).status_code == 303


def test_a_program_brings_the_code_in_a_header(home):
    web, reach = home
    asked = device(web).get("/api/v1/profile", headers={"authorization": f"Bearer {reach.pairing.code}"})
    assert asked.status_code == 200
    asked = device(web).get("/api/v1/profile", headers={"authorization": f"Basic {reach.pairing.code}"})
    assert asked.status_code == 401


@pytest.mark.parametrize(
    ("client", "base_url", "status"),
    [
        pytest.param(HERE, "https://127.0.0.1:8765", 200, id="this machine"),
        pytest.param(HERE, "https://localhost:8765", 200, id="this machine, by name"),
        pytest.param(HERE, "https://anna-laptop.local", 403, id="through a proxy on this machine"),
        pytest.param(PHONE, "https://127.0.0.1:8765", 403, id="another that says it is this machine"),
        pytest.param(None, "https://127.0.0.1:8765", 403, id="nobody knows from where"),
    ],
)
def test_this_machine_needs_no_code(home, client, base_url, status):
    assert device(home[0], client, base_url).get("/train").status_code == status


@pytest.mark.parametrize(
    "host", ["evil.example", "0.0.0.0:8765", "anna-laptop.local.evil.example", "192.168.1.21"]
)
def test_other_names_are_not_answered_with_the_code_either(home, host):
    phone = device(home[0])
    phone.get(home[1].link)
    assert phone.get("/train", headers={"host": host}).status_code == 421


def test_the_coach_does_not_open_for_a_stranger(home):
    with device(home[0]) as phone:
        with pytest.raises(WebSocketDisconnect) as refused, phone.websocket_connect("/ws/coach") as socket:
            socket.receive_json()
        assert refused.value.code == 1008


def test_a_new_code_shuts_the_others_out(home):
    web, reach = home
    phone, tablet = device(web), device(web)
    for one in (phone, tablet):
        one.get(reach.link)
    assert phone.post("/settings/phone/renew").headers["location"] == "/settings/phone"
    assert (phone.get("/train").status_code, tablet.get("/train").status_code) == (200, 403)


# --- The page ------------------------------------------------------------------------------------------------


def test_the_page_shows_the_code_as_a_picture_and_the_fingerprint(home):
    web, reach = home
    page = device(web, HERE, "https://127.0.0.1:8765").get("/settings/phone").text
    outline = Outline(page)
    assert outline.forbidden == []
    assert re.search(r'<svg viewBox="0 0 \d+ \d+" class="qr"><title>QR code</title>', page)
    assert reach.link in outline.links
    assert "AA:BB" in page
    assert "The browser warns once" in page
    assert ("post", "/settings/phone/renew") in outline.actions


def test_the_picture_holds_the_address(home):
    drawn = qr_svg(home[1].link)
    assert drawn in device(home[0], HERE, "https://127.0.0.1:8765").get("/settings/phone").text


def test_without_a_code_the_page_says_that_everybody_is_let_in(tmp_path, monkeypatch):
    plan_by_hand(monkeypatch)
    with served(tmp_path, pairing=False, fingerprint="") as (web, _):
        page = device(web).get("/settings/phone").text
        assert device(web).post("/settings/phone/renew").status_code == 303
        assert device(web).get("/pair").headers["location"] == "/"
    assert "Everybody who reaches the address sees and changes everything" in page
    assert "The browser warns once" not in page


def test_on_this_machine_only_the_page_says_what_to_start(tmp_path, monkeypatch):
    plan_by_hand(monkeypatch)
    with web_client(tmp_path) as client:
        page = client.get("/settings/phone").text
        assert "/settings/phone" in Outline(client.get("/settings").text).links
    assert "<code>openback serve --https</code>" in page
    assert 'class="qr"' not in page


@pytest.mark.parametrize(
    ("base_url", "told"),
    [
        ("http://192.168.1.20:8765", True),
        ("https://192.168.1.20:8765", False),
        ("http://127.0.0.1:8765", False),
        ("http://localhost:8765", False),
    ],
)
def test_plain_http_is_told_that_it_gets_no_camera(home, base_url, told):
    phone = device(home[0], base_url=base_url)
    phone.cookies.set(COOKIE, home[1].pairing.code)
    assert ("The camera needs https here." in phone.get("/settings/phone").text) is told
