"""What all tests share: which groups run, real material, a running app, a browser, PostgreSQL.

`pytest` alone runs the unit tests: quick, and nothing but Python. `--app`, `--slow`, `--browser`,
`--postgres` and `--wheel` add a group each, `--all` adds all; `--but` and `--only` take some of them. A test belongs to a group by its mark,
because it asks for a fixture that does, or by the name of its file.
"""

from __future__ import annotations

import functools
import os
import sqlite3
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import keyring
import pytest
from hypothesis import settings
from keyring.backends import null

from openback.storage import Store, migrate, open_store
from openback.storage.connection import engine_for, url_of
from openback.storage.migrations import HEAD
from running import Server, openback_server
from scripts.system import ROOT, browser_flags, find_chromium, find_postgres, is_root
from storing import ME, PERSON, YOU

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from sqlalchemy import Engine

GROUPS = {
    "app": "tests of pages, API, commands and use cases, on a whole app in memory",
    "slow": "tests that take more than a second",
    "browser": "tests in a real browser",
    "postgres": "storage tests on PostgreSQL",
    "wheel": "the wheel in a fresh environment",
}
BY_FILE = {f"test_{name}": "app" for name in ("web", "api", "cli", "bad_input", "services")}
BY_FIXTURE = {"live_server": "slow", "chromium": "browser", "postgres_server": "postgres"}

# Plain `pytest` looks at fewer examples, so that it stays quick; the whole suite takes its time.
settings.register_profile("quick", deadline=None, max_examples=15)
settings.register_profile("whole", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)


# --- Which tests run ---------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    for group, what in GROUPS.items():
        parser.addoption(f"--{group}", action="store_true", help=f"run also {what}")
    parser.addoption("--all", action="store_true", help="run every test there is")
    parser.addoption("--but", choices=GROUPS, help="leave one group out")
    parser.addoption("--only", choices=GROUPS, help="run nothing but one group")


def pytest_configure(config: pytest.Config) -> None:
    # Runs on several cores tell their workers a width, which what prints would keep over a test's own.
    os.environ.pop("COLUMNS", None)
    whole = "ci" if os.environ.get("CI") else "whole"
    settings.load_profile(whole if config.getoption("all") or config.getoption("slow") else "quick")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = {group for group in GROUPS if config.getoption(group) or config.getoption("all")}
    but, only = config.getoption("but"), config.getoption("only")
    kept = [
        item
        for item in items
        if is_wanted(groups := groups_of(item), wanted)
        and but not in groups
        and (only is None or only in groups)
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    for item in kept:
        # A whole browser on a busy machine may miss its moment; what needed a second try is listed as RERUN.
        if "browser" in groups_of(item):
            item.add_marker(pytest.mark.flaky(reruns=1))
    items[:] = kept


def groups_of(item: pytest.Item) -> set[str]:
    """Return the groups that a test belongs to, by mark, fixture or file."""
    by_fixture = {BY_FIXTURE[name] for name in getattr(item, "fixturenames", ()) if name in BY_FIXTURE}
    by_file = {group for start, group in BY_FILE.items() if f"{item.path.stem}_".startswith(f"{start}_")}
    return by_fixture | by_file | {group for group in GROUPS if item.get_closest_marker(group)}


def is_wanted(groups: set[str], wanted: set[str]) -> bool:
    """Return whether a test runs; being slow needs no saying where another group says it."""
    return (groups - {"slow"} or groups) <= wanted


# --- Databases ------------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _fresh_databases_are_copies() -> Iterator[None]:
    """Let every fresh SQLite database begin as a copy of one that was migrated: 2 ms instead of 40."""
    by_migrating = migrate._upgrade
    fresh = sqlite3.connect(":memory:", check_same_thread=False)

    def by_copying(engine: Engine, where: str, to: str) -> None:
        with engine.connect() as connection:
            empty = engine.dialect.name == "sqlite" and migrate.revision_of(connection, where) is None
        if not empty or to != HEAD:
            by_migrating(engine, where, to)
            return
        if not fresh.execute("SELECT 1 FROM sqlite_master").fetchone():
            first = engine_for(url_of(":memory:"))
            by_migrating(first, where, to)
            with first.connect() as connection:
                connection.connection.driver_connection.backup(fresh)
            first.dispose()
        with engine.connect() as connection:
            fresh.backup(connection.connection.driver_connection)

    migrate._upgrade = by_copying
    yield
    migrate._upgrade = by_migrating
    fresh.close()


@pytest.fixture(scope="session", autouse=True)
def _nobodys_key_store() -> None:
    """Let no test touch the key store of whoever runs it, nor any app that a test starts."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    keyring.set_keyring(null.Keyring())


@pytest.fixture(scope="module")
def memory() -> Iterator[Store]:
    """A database in memory, for one file of tests; each empties it first."""
    with open_store(":memory:") as opened:
        yield opened


@pytest.fixture(params=["memory", pytest.param("server", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, memory: Store) -> Iterator[Store]:
    """An empty database with two people in it, on SQLite and on PostgreSQL."""
    if request.param == "memory":
        memory.delete_all_rows()
        yield _two_people(memory)
        return
    with open_store(request.getfixturevalue("postgres_url")) as opened:
        yield _two_people(opened)


def _two_people(store: Store) -> Store:
    store.put_person(ME, PERSON)
    store.put_person(YOU, PERSON)
    return store


# --- Real material and a running app -------------------------------------------------------------------


@pytest.fixture(scope="session")
def real_dir() -> Path:
    """The real material beside the project."""
    folder = ROOT.parent / "shared" / "real"
    if not folder.is_dir():
        pytest.skip("the real material (../shared/real) is not on this machine")
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the sample person's app, for all tests: each begins a session of its own there."""
    with openback_server(tmp_path_factory.mktemp("demo"), "demo") as server:
        yield server.url


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app that nobody has used, for all tests that only look."""
    with openback_server(tmp_path_factory.mktemp("untouched")) as server:
        yield server.url


@pytest.fixture
def live_server(tmp_path: Path) -> Iterator[Server]:
    """An app on an empty data folder of its own."""
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    with openback_server(data_dir) as server:
        yield server


# --- A real browser -------------------------------------------------------------------------------------


@functools.cache
def _chromium_path() -> str:
    found = find_chromium()
    if found is None:
        pytest.fail("There is no Chromium here that starts. `make setup` gets one.", pytrace=False)
    return found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser; per module, because Playwright's event loop must not outlive the tests that use it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_chromium_path(),
            chromium_sandbox=not is_root(),
            args=[*browser_flags(), "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        yield browser
        browser.close()


class Watch:
    """Everything that a browser context asked for or complained of, and should not have."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("console", lambda message: self._read(message.text))
        context.on("page", lambda page: page.on("websocket", lambda socket: self.requests.append(socket.url)))

    def _read(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.complaints.append(text)

    def check(self) -> None:
        """Fail when the page asked another host for anything, or broke on the way."""
        hosts = {urlsplit(url).hostname for url in self.requests} - {None, "127.0.0.1"}
        assert not hosts, (
            f"the page asked other hosts: {[u for u in self.requests if urlsplit(u).hostname in hosts]}"
        )
        assert not self.complaints, f"the page complained: {self.complaints}"


OpenPage = Callable[..., "Page"]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """A function that opens a page of a given size and scheme; afterwards, that it kept to 127.0.0.1."""
    watch, contexts = Watch(), []

    def opened(
        *, width: int = 390, height: int = 844, scheme: str = "light", script: bool = True, **more: Any
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        watch.over(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    watch.check()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page on a phone-sized screen."""
    return open_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """A function that holds the page against WCAG 2.2 AA and lists what it finds."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    script = Axe().axe_script

    def check(page: Page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        found = page.evaluate("(options) => axe.run(options)", options)["violations"]
        lines = [f"{v['id']}: {v['help']} at {[node['target'] for node in v['nodes']][:5]}" for v in found]
        dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        assert not lines, f"{page.url}, {page.viewport_size}, {dark=}\n" + "\n".join(lines)

    return check


# --- PostgreSQL ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a server: OPENBACK_TEST_PG, else one that lives as long as this run."""
    named = os.environ.get("OPENBACK_TEST_PG")
    if named:
        yield named
        return
    programs = find_postgres()
    if programs is None:
        pytest.skip("PostgreSQL is not on this machine; `make setup` says how to get it")
    from cluster import postgres_cluster

    with postgres_cluster(programs) as address:
        yield address


_databases = count(1)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty database of this test's own, for SQLAlchemy with psycopg."""
    import psycopg

    name = f"openback_test_{os.getpid()}_{next(_databases)}"
    server = postgres_server.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield f"{postgres_server.rpartition('/')[0]}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
