"""What was acknowledged is there, whatever happens to the process."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from openback.storage import open_store
from running import openback_server
from storing import ME, NOW, PERSON, PROFILE, a_session, a_set

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
KILLS = 10
FIRST = [10_000 * (1 + nth) for nth in range(KILLS)]  # the numbers that each process begins with


@contextmanager
def writing(address, first):
    """Yield a process that writes, and end it by SIGKILL when it still runs."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "writer.py"), str(address), str(first)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE)},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=30)
        process.stdout.close()


def acknowledged(process, *, at_least):
    """Kill the process after so many sets, at a moment it does not choose, and return what it had told."""
    told = [process.stdout.readline() for _ in range(at_least)]
    time.sleep(0.001 * (at_least % 7))
    process.kill()
    # A line cut off by the kill was not told.
    told += [line for line in process.stdout if line.endswith("\n")]
    return [int(line) for line in told]


def test_sets_survive_kills(tmp_path):
    path = tmp_path / "openback.db"
    with open_store(path) as store:
        store.put_person(ME, PERSON)
    told = []
    for nth, first in enumerate(FIRST):
        with writing(path, first) as process:
            told += acknowledged(process, at_least=5 + 3 * nth)
    with open_store(path) as store:
        kept = {one.id.int: one for one in store.sets_between(ME)}
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    assert len(told) >= sum(5 + 3 * nth for nth in range(KILLS))
    assert [number for number in told if number not in kept] == []
    assert all(kept[number].note == f"set {number}" for number in told)
    # A set may have been kept and not told, one for each kill, and never more.
    assert len(kept) - len(told) <= KILLS


@pytest.mark.parametrize("where", ["file", pytest.param("server", marks=pytest.mark.postgres)])
def test_two_processes_write_and_a_reader_is_not_held_up(where, tmp_path, request):
    on_server = where == "server"
    address = request.getfixturevalue("postgres_url") if on_server else tmp_path / "openback.db"
    with open_store(address) as store:
        store.put_person(ME, PERSON)
        with writing(address, 10_000) as one, writing(address, 20_000) as other:
            firsts = [process.stdout.readline() for process in (one, other)]  # both are under way
            counts, waits_s = [], []
            while len(counts) < 30:
                began_s = time.monotonic()
                counts.append(store.totals(ME).sets)
                waits_s.append(time.monotonic() - began_s)
                time.sleep(0.01)
            told = [acknowledged(process, at_least=30) for process in (one, other)]
        kept = {one_set.id.int for one_set in store.sets_between(ME)}
    assert {int(line) for line in firsts} | {n for numbers in told for n in numbers} <= kept
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]
    assert sorted(waits_s)[len(waits_s) // 2] < 0.5  # a reader that had to queue would wait for every writer


# --- The same through the app ---------------------------------------------------------------------------


def body_of(one_set):
    """Return a set as a client sends it."""
    return {
        "session_id": str(one_set.session_id),
        "exercise": one_set.exercise,
        "at": one_set.at.isoformat(),
        "side": one_set.side,
        "kind": one_set.kind,
        "load_kg": one_set.load_kg,
        "band": one_set.band,
        "reps": one_set.reps,
        "hold_s": one_set.hold_s,
        "rir": one_set.rir,
        "pain": one_set.pain,
        "note": one_set.note,
    }


class Client:
    """Sends one set after another until the server is gone, and remembers what was acknowledged."""

    def __init__(self, url, first):
        self.host, self.url = urlsplit(url).netloc, url
        self.first, self.told, self.refused = first, [], []
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self):
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(self.host, timeout=20)
            try:
                self._connect(connection)
                self._send_all(connection)
            finally:
                connection.close()

    @staticmethod
    def _connect(connection):
        # The app says where it is a moment before it listens there.
        until_s = time.monotonic() + 30
        while time.monotonic() < until_s:
            with suppress(ConnectionRefusedError):
                connection.connect()
                return
            time.sleep(0.02)

    def _send_all(self, connection):
        session = a_session(self.first, started_at=datetime.now(UTC))
        for number in range(self.first, self.first + 10_000):
            one_set = a_set(number, session=session, reps=number % 30, note=f"set {number}")
            headers = {"Content-Type": "application/json", "Origin": self.url}
            connection.request("PUT", f"/api/v1/sets/{one_set.id}", json.dumps(body_of(one_set)), headers)
            answer = connection.getresponse()
            said = answer.read()
            if answer.status not in {200, 201, 204}:
                self.refused.append((answer.status, said))
                return
            self.told.append(number)


@pytest.mark.parametrize("first", [FIRST[:5]], ids=["five kills"])
def test_sets_survive_kills_of_the_app(first, tmp_path):
    path = tmp_path / "openback.db"
    with open_store(path) as store:
        store.put_profile(ME, PROFILE, at=NOW)
    told = []
    for nth, number in enumerate(first):
        with openback_server(tmp_path) as server:
            client = Client(server.url, number)
            until_s = time.monotonic() + 30
            while len(client.told) < 5 + 3 * nth and client.thread.is_alive() and time.monotonic() < until_s:
                time.sleep(0.003)
            server.process.kill()
            server.process.wait(timeout=30)
            client.thread.join()
        assert client.refused == []
        told += client.told
    assert len(told) >= sum(5 + 3 * nth for nth in range(len(first)))
    with open_store(path) as store:
        kept = {one.id: one.note for one in store.sets_between(ME)}
    assert [number for number in told if kept.get(UUID(int=number)) != f"set {number}"] == []
