"""The guard: who is answered, from where, how much, and with which headers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.datastructures import Headers

from openback.web.security import HEADERS, MIB, from_elsewhere, host_name, size_limit
from web_app import TestClient, plan_by_hand, web_client


@pytest.fixture
def client(tmp_path, monkeypatch) -> Iterator[TestClient]:
    plan_by_hand(monkeypatch)
    with web_client(tmp_path) as client:
        yield client


@pytest.mark.parametrize(
    ("host", "name"),
    [
        pytest.param("", "", id="no host"),
        pytest.param("127.0.0.1", "127.0.0.1", id="no port"),
        pytest.param("127.0.0.1:8765", "127.0.0.1", id="port"),
        pytest.param("LocalHost:1", "localhost", id="capitals"),
        pytest.param("[::1]", "[::1]", id="IPv6 without port"),
        pytest.param("[::1]:8765", "[::1]", id="IPv6 with port"),
        pytest.param("evil.example:80:127.0.0.1:80", "evil.example:80:127.0.0.1:80", id="two ports"),
        pytest.param("127.0.0.1:", "127.0.0.1:", id="a colon and no port"),
    ],
)
def test_name_in_a_host_header(host, name):
    assert host_name(host) == name


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "localhost:99", "[::1]:8765"])
def test_own_names_are_answered(client, host):
    assert client.get("/train", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8765", "0.0.0.0:8765", ""]
)
@pytest.mark.parametrize("path", ["/", "/api/v1/profile", "/static/icon.svg"])
def test_foreign_names_are_not_answered(client, host, path):
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == 421
    assert "Anna" not in answer.text


def test_foreign_name_is_told_what_to_do(client):
    answer = client.get("/api/v1/profile", headers={"host": "evil.example"})
    assert answer.json() == {
        "error": {
            "kind": "foreign_host",
            "message": "Openback does not answer to the name 'evil.example'. Open http://127.0.0.1 with its port, "
            "or start it with `openback serve --name` and that name.",
            "problems": [],
        }
    }


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        pytest.param({}, False, id="a program, not a page"),
        pytest.param({"sec-fetch-site": "same-origin"}, False, id="own page"),
        pytest.param({"sec-fetch-site": "none"}, False, id="typed by a person"),
        pytest.param({"sec-fetch-site": "cross-site"}, True, id="another site"),
        pytest.param({"sec-fetch-site": "same-site"}, True, id="another port of this machine"),
        pytest.param({"origin": "http://127.0.0.1:8765"}, False, id="own origin"),
        pytest.param({"origin": "http://127.0.0.1:3000"}, True, id="origin with another port"),
        pytest.param({"origin": "https://evil.example"}, True, id="foreign origin"),
        pytest.param({"origin": "null"}, True, id="hidden origin"),
        pytest.param(
            {"origin": "null", "sec-fetch-site": "same-origin"}, False, id="hidden, but vouched for"
        ),
        pytest.param(
            {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
            True,
            id="origin speaks against it",
        ),
    ],
)
def test_where_a_request_comes_from(client, headers, foreign):
    assert from_elsewhere(Headers({"host": "127.0.0.1:8765", **headers})) is foreign
    answer = client.post("/train/undo", headers=headers)
    assert answer.status_code == (403 if foreign else 303)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_every_changing_method_is_guarded(client, method):
    answer = client.request(method, "/api/v1/sets/x", headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert answer.json()["error"]["kind"] == "foreign_origin"


def test_reading_is_not_asked_for_its_origin(client):
    assert client.get("/train", headers={"sec-fetch-site": "cross-site"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/train", "/nothing", "/api/v1/profile", "/api/v1/nothing", "/static/icon.svg"]
)
def test_every_answer_carries_the_headers(client, path):
    answer = client.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_policy_allows_only_what_is_ours():
    policy = dict(part.split(" ", 1) for part in HEADERS["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in HEADERS["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "may"),
    [
        pytest.param("/train", False, id="a page"),
        pytest.param("/static/icon.svg", False, id="a picture"),
        pytest.param("/static/dist/none.js", True, id="a script, which a worker may be started from"),
        pytest.param("/static/dist/vendor/none.mjs", True, id="a module"),
    ],
)
def test_only_workers_may_run_web_assembly(client, path, may):
    policy = client.get(path).headers["content-security-policy"]
    assert ("'wasm-unsafe-eval'" in policy) is may
    assert "'unsafe-eval'" not in policy
    assert policy.replace(" 'wasm-unsafe-eval'", "") == HEADERS["content-security-policy"]


def test_errors_of_ours_carry_the_headers_too(client, monkeypatch):
    from openback.services import planning

    def broken(_app):
        raise RuntimeError

    monkeypatch.setattr(planning, "train", broken)
    with pytest.raises(RuntimeError):
        client.get("/train")
    client.app.debug = False
    quiet = TestClient(client.app, base_url=str(client.base_url), raise_server_exceptions=False)
    answer = quiet.get("/train")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/api/v1/profile", MIB),
        ("/welcome/you", MIB),
        ("/settings/import", 200 * MIB),
        ("/api/v1/import", 200 * MIB),
        ("/settings/restore", 200 * MIB),
        ("/settings/import/x", MIB),
    ],
)
def test_size_that_a_path_takes(path, limit):
    assert size_limit(path) == limit


def test_large_body_is_refused_by_its_length(client):
    answer = client.put("/api/v1/profile", content=b"{" + b" " * (2 * MIB))
    assert answer.status_code == 413
    assert answer.json()["error"]["message"] == (
        "That is more than the 1 MB that Openback takes at once. Nothing was kept; send a smaller file."
    )


def test_large_body_of_unknown_length_is_stopped(client):
    answer = client.put("/api/v1/profile", content=(b" " * MIB for _ in range(3)))
    assert answer.status_code == 413
    assert answer.json()["error"]["kind"] == "too_large"


def test_large_form_is_refused_with_a_page(client):
    answer = client.post("/welcome/you", data={"name": "x" * (2 * MIB)})
    assert answer.status_code == 413
    assert "Too large" in answer.text


def test_built_files_are_kept_for_ever_and_pages_are_not(client):
    assert client.get("/train").headers["cache-control"] == "no-cache, private"


def test_the_only_cookie_is_closed_to_scripts_and_other_sites(client):
    cookie = client.post("/train/undo").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
