"""What is known of a person stays on their machine, for their eyes only."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import stat
import urllib.request
from pathlib import Path

import pytest

from openback.cli import run
from running import openback_server
from scripts.system import ROOT

EXAMPLE = str(ROOT / "docs" / "examples" / "profile.json")
SOURCES = ROOT / "src" / "openback"


@pytest.fixture
def data_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("OPENBACK_DATABASE", raising=False)
    return tmp_path / "data"


@pytest.mark.slow
def test_no_command_calls_anybody(data_dir, monkeypatch, tmp_path, capsys):
    def nobody(self, address):
        raise AssertionError(f"somebody was called: {address}")

    monkeypatch.setattr(socket.socket, "connect", nobody)
    monkeypatch.setattr(socket.socket, "connect_ex", nobody)
    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    for command in (
        ["profile", EXAMPLE],
        ["today"],
        ["log", "pull_up", "--reps", "5"],
        ["train"],
        ["progress"],
        ["exercises", "pull_up"],
        ["export"],
        ["import", "--dry-run", str(tmp_path / "nothing.csv")],
        ["backup"],
        ["doctor"],
    ):
        assert run(command) in {0, 1, 2}
    capsys.readouterr()


def test_every_file_is_for_this_person_only(data_dir, capsys):
    before = os.umask(0o022)
    try:
        for command in (["profile", EXAMPLE], ["log", "pull_up", "--reps", "5"], ["export"], ["backup"]):
            assert run(command) == 0
    finally:
        os.umask(before)
    capsys.readouterr()
    kept = [data_dir, *data_dir.rglob("*")]
    assert len(kept) >= 4
    open_to_others = {
        str(path.relative_to(data_dir)): oct(mode)
        for path in kept
        if (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077
    }
    assert open_to_others == {}


@pytest.mark.slow
def test_the_terminal_says_nothing_of_a_person(tmp_path):
    with openback_server(tmp_path) as server:
        for path in ("/", "/welcome", "/api/v1/profile", "/no/such/page?name=Zoe"):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(server.url + path).read()
        said = (tmp_path / "server.log").read_text()
    assert said.splitlines() == [f"Openback is at {server.url}/", "Stop it with Ctrl+C."]


def files_of(folder: Path, *endings: str):
    return [path for ending in endings for path in sorted(folder.rglob(f"*.{ending}"))]


@pytest.mark.parametrize("path", files_of(SOURCES / "web" / "templates", "html"), ids=lambda path: path.stem)
def test_no_page_names_another_host(path):
    """Links that a person may follow are fine; what a page loads by itself is not."""
    loads = re.findall(
        r"""(?:src|srcset|action|data-[\w-]+)\s*=\s*["']?\s*((?:https?:)?//[^"'\s>]+)""", path.read_text()
    )
    assert loads == []


def test_no_code_knows_how_to_call_out():
    calls = re.compile(
        r"^\s*(?:import|from)\s+(?:requests|httpx|aiohttp|urllib\.request|http\.client|ftplib|smtplib)\b",
        re.MULTILINE,
    )
    assert [str(path) for path in files_of(SOURCES, "py") if calls.search(path.read_text())] == []
