"""`openback serve --https` as a process of its own, asked over real TLS; and what it says no to."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from openback.cli import run
from openback.cli.phone import NO_NETWORK
from openback.cli.serve import Listening, _names, _reach
from openback.services.phone.addresses import own_addresses
from openback.services.phone.certificate import Certificate
from running import openback_server

HELLO = {"type": "hello", "version": 1, "exercise": "pull_up", "side": None, "coach": None}
CERTIFICATE = Certificate(path=Path("certificate.pem"), fingerprint="AA:BB")


# Where clips were read in this process, its proxy leads nowhere, so that the pose model stays at home.
NO_PROXY = urllib.request.ProxyHandler({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A running app; `link` is what the terminal says for the phone, `trust` knows its certificate alone."""

    url: str
    said: str
    link: str
    trust: ssl.SSLContext

    def get(self, url: str, **headers: str) -> tuple[int, str]:
        """Return status and text of an address, without following where it leads."""
        request = urllib.request.Request(url, headers=headers)
        opener = urllib.request.build_opener(
            NO_PROXY, urllib.request.HTTPSHandler(context=self.trust), _Stay()
        )
        try:
            with opener.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


def greeted(address: str, origin: str, trust: ssl.SSLContext, **headers: str) -> dict[str, Any]:
    """Return what the coach says to a hello. In one thread: reading and writing TLS in two may wait for each other."""

    async def said() -> dict[str, Any]:
        reached = connect(address, ssl=trust, origin=origin, additional_headers=headers, proxy=None)
        async with asyncio.timeout(40), reached as coach:
            await coach.send(json.dumps(HELLO))
            return json.loads(await coach.recv())

    return asyncio.run(said())


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("home")
    with openback_server(folder, "serve", "--https") as server:
        trust = ssl.create_default_context(cafile=folder / "phone" / "certificate.pem")
        while "Stop it" not in (said := (folder / "server.log").read_text()):
            time.sleep(0.05)
        link = re.search(r"On your phone: (\S+)", said)
        yield Home(url=server.url, said=said, link=link[1] if link else "", trust=trust)


# --- Over TLS ----------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_browser_that_trusts_the_certificate_gets_the_pages(home):
    assert home.url.startswith("https://")
    assert home.get(f"{home.url}/welcome")[0] == 200
    assert home.get(f"{home.url.replace('127.0.0.1', 'localhost')}/welcome")[0] == 200


@pytest.mark.slow
def test_nobody_else_has_to_trust_it(home):
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.build_opener(NO_PROXY).open(f"{home.url}/welcome", timeout=20)


@pytest.mark.slow
def test_it_answers_to_its_own_names_only(home):
    assert home.get(f"{home.url}/welcome", Host="evil.example")[0] == 421


@pytest.mark.slow
def test_the_terminal_says_the_fingerprint_of_what_is_served(home):
    import hashlib

    host, port = home.url.removeprefix("https://").split(":")
    with (
        socket.create_connection((host, int(port)), timeout=20) as plain,
        home.trust.wrap_socket(plain, server_hostname=host) as wrapped,
    ):
        served = hashlib.sha256(wrapped.getpeercert(binary_form=True)).digest().hex(":").upper()
        assert wrapped.version() in {"TLSv1.2", "TLSv1.3"}
    assert f"SHA-256 fingerprint: {served}\n" in home.said
    assert "The phone's browser warns once, because this machine made the certificate itself" in home.said


@pytest.mark.slow
def test_the_coach_is_ready_over_tls(home):
    address = f"wss{home.url.removeprefix('https')}/ws/coach"
    assert greeted(address, home.url, home.trust)["type"] == "ready"


@pytest.mark.slow
def test_another_device_is_let_in_by_the_link_only(home):
    if not own_addresses():
        pytest.skip("this machine is in no network")
    at = home.link.partition("/pair")[0]
    coach = f"wss{at.removeprefix('https')}/ws/coach"
    assert home.get(f"{at}/welcome")[0] == 403
    assert home.get(f"{at}/api/v1/exercises")[0] == 401
    with pytest.raises(InvalidStatus, match="403"):
        greeted(coach, at, home.trust)
    assert home.get(home.link)[0] == 303
    cookie = {"Cookie": f"openback_paired={home.link.partition('code=')[2]}"}
    assert home.get(f"{at}/welcome", **cookie)[0] == 200
    assert greeted(coach, at, home.trust, **cookie)["type"] == "ready"


# --- Names and addresses -----------------------------------------------------------------------------------


@pytest.fixture
def laptop(monkeypatch, tmp_path):
    """A machine with one address and one name."""
    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("openback.cli.serve.own_addresses", lambda: ("192.168.1.20",))
    monkeypatch.setattr("openback.cli.serve.own_names", lambda: ("anna-laptop.local", "anna-laptop"))


@pytest.mark.parametrize(
    ("how", "names", "first"),
    [
        pytest.param(Listening(), (), "", id="here only"),
        pytest.param(
            Listening(host="0.0.0.0", https=True),
            ("192.168.1.20", "anna-laptop.local", "anna-laptop"),
            "https://192.168.1.20:9000/",
            id="https",
        ),
        pytest.param(
            Listening(host="192.168.1.20", https=True),
            ("192.168.1.20", "anna-laptop.local", "anna-laptop"),
            "https://192.168.1.20:9000/",
            id="https at one address",
        ),
        pytest.param(
            Listening(host="0.0.0.0"),
            ("192.168.1.20", "anna-laptop.local", "anna-laptop"),
            "http://192.168.1.20:9000/",
            id="plain http",
        ),
        pytest.param(
            Listening(names=("anna.example.net",)),
            ("anna.example.net",),
            "https://anna.example.net/",
            id="a proxy in front",
        ),
        pytest.param(
            Listening(host="fd00::20"),
            ("[fd00::20]", "anna-laptop.local", "anna-laptop"),
            "http://[fd00::20]:9000/",
            id="IPv6",
        ),
    ],
)
def test_how_others_reach_it(laptop, how, names, first):
    reach = _reach(how, _names(how), 9000, CERTIFICATE if how.https else None)
    assert reach.names == names
    assert (reach.addresses[0] if reach.addresses else "") == first
    assert (reach.pairing is not None) is bool(first)
    assert reach.fingerprint == ("AA:BB" if how.https else "")


def test_without_pairing_there_is_no_code(laptop, tmp_path):
    how = Listening(host="0.0.0.0", https=True, paired=False)
    reach = _reach(how, _names(how), 9000, CERTIFICATE)
    assert reach.link == "https://192.168.1.20:9000/"
    assert list(tmp_path.iterdir()) == []


def test_a_machine_without_network_is_told_so(monkeypatch, tmp_path, capsys):
    from openback.cli.phone import say_how_to_open

    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("openback.cli.serve.own_addresses", lambda: ())
    monkeypatch.setattr("openback.cli.serve.own_names", lambda: ())
    how = Listening(host="0.0.0.0", https=True)
    reach = _reach(how, _names(how), 9000, CERTIFICATE)
    say_how_to_open("https://127.0.0.1:9000/", reach, beyond=how.beyond, demo=False)
    assert capsys.readouterr().out.splitlines() == [
        "Openback is at https://127.0.0.1:9000/",
        NO_NETWORK,
        "Stop it with Ctrl+C.",
    ]


# --- What it says no to --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["https://anna.example.net", "anna.example.net:443", "a b", "", "-a", "a" * 300]
)
def test_a_name_that_is_none(tmp_path, monkeypatch, capsys, name):
    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path))
    assert run(["serve", "--name", name, "--no-browser"]) == 2
    assert capsys.readouterr().err == (
        f"{name!r} is no name of a machine. Give it alone, as in `--name openback.example.net`, "
        "without https:// and without a port.\n"
    )


def test_a_port_in_use(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path))
    with socket.create_server(("0.0.0.0", 0)) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--https", "--no-browser", "--port", str(port)]) == 1
    assert capsys.readouterr().err == (
        f"Openback could not listen on 0.0.0.0 port {port}: it is taken or not allowed. "
        "Perhaps it is running already; `openback --port 0` takes a free port.\n"
    )


def test_a_certificate_that_cannot_be_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path))
    (tmp_path / "phone").write_text("a file")
    assert run(["serve", "--https", "--no-browser", "--port", "0"]) == 1
    said = capsys.readouterr().err
    assert str(tmp_path / "phone" / "certificate.pem") in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--port", "0"], "Say --port after the command: openback serve --port"),
        (["--host", "0.0.0.0"], "Say --host after the command: openback serve --host"),
        (["--no-browser"], "Say --no-browser after the command: openback serve --no-browser"),
    ],
)
def test_options_before_the_command_are_not_lost_in_silence(capsys, option, said):
    assert run([*option, "serve"]) == 2
    assert capsys.readouterr().err == f"Invalid value: {said}. `openback --help` lists what can be said.\n"
