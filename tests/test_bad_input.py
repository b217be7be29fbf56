"""What people and machines get wrong: one clear sentence on page, API and command line, and nothing lost."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import sqlite3
import subprocess
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from living import Clock, a_set, living
from openback.cli import run
from openback.errors import DiskFull
from openback.services import sessions
from openback.storage import open_store
from scripts.system import ROOT, is_root
from web_app import client_of

EXAMPLE = ROOT / "docs" / "examples" / "profile.json"
PULL = "wide_grip_lat_pulldown"
TOO_HEAVY = "This set cannot be kept: 10000 kg is more than anyone has lifted; loads go up to 1000 kg."
TOO_FEW = "This set cannot be kept: -3 is not a number of reps; they go from 0 to 1000."


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield app


@pytest.fixture
def client(anna):
    with client_of(anna) as client:
        yield client


@pytest.fixture
def openback(tmp_path, monkeypatch, capfd):
    """A function that runs a command on a data folder of its own: status and what was said on standard error."""
    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("OPENBACK_DATABASE", raising=False)

    def said(*arguments):
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        assert captured.out == "" or status == 0 or arguments[0] == "doctor"
        return status, captured.err.removesuffix("\n"), captured.out

    return said


def body_of(one_set, **more):
    return {
        "session_id": str(one_set.session_id),
        "exercise": one_set.exercise,
        "at": one_set.at.isoformat(),
        "reps": one_set.reps,
        "load_kg": one_set.load_kg,
    } | more


def message(answer):
    return answer.json()["error"]["message"]


# --- A broken exercise file ---------------------------------------------------------------------------------------


@pytest.fixture
def broken_file(tmp_path):
    folder = tmp_path / "data" / "exercises"
    folder.mkdir(parents=True)
    path = folder / "my_row.toml"
    shutil.copy(ROOT / "src" / "openback" / "data" / "exercises" / "band_row.toml", path)
    text = path.read_text(encoding="utf-8").replace('id = "band_row"', 'id = "my_row"', 1)
    path.write_text(text.replace("pattern = ", "patern = ", 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "command", [("exercises",), ("today",), ("plan", EXAMPLE, "--json"), ("--no-browser",)]
)
def test_a_broken_exercise_file(openback, broken_file, command):
    status, err, _ = openback(*command)
    assert status == 2
    assert err.startswith("The exercise files have ")
    assert "my_row.toml" in err
    assert "patern" in err
    assert not (broken_file.parent.parent / "openback.db").exists()


def test_doctor_sees_a_broken_exercise_file(openback, broken_file):
    status, err, out = openback("doctor", "--json")
    assert (status, err) == (1, "")
    found = {one["what"]: one for one in json.loads(out)}
    assert not found["Exercises"]["well"]
    assert "my_row.toml" in found["Exercises"]["says"]
    assert found["Exercises"]["mend"] == f"Correct or remove the file in {broken_file.parent}."


@pytest.mark.parametrize(
    "text", ["", "id = ", "\0\0\0", "id = 3\n"], ids=["empty", "no TOML", "binary", "wrong kind"]
)
def test_a_file_that_is_no_exercise_at_all(openback, broken_file, text):
    broken_file.write_text(text)
    status, err, _ = openback("exercises")
    assert status == 2
    assert "my_row.toml" in err


# --- An impossible profile ------------------------------------------------------------------------------------------


IMPOSSIBLE = {"height_cm": 16.8}
HEIGHT = "This profile cannot be used: height_cm is 16.8, it must be 100 to 250."


@pytest.mark.parametrize("command", ["plan", "profile"])
def test_an_impossible_profile_on_the_command_line(openback, tmp_path, command):
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(json.loads(EXAMPLE.read_text()) | IMPOSSIBLE))
    assert openback(command, path, "--json") == (2, HEIGHT, "")
    assert openback("profile")[0] == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is not JSON (Expecting value in line 1, column 1)"),
        (b"{", "it is not JSON (Expecting property name enclosed in double quotes in line 1, column 2)"),
        (b"\xff\xfe\x00", "it is not text in UTF-8"),
        (b"[" * 100_000, "it is not JSON that can be a profile"),
        (b"9" * 5000, "it is not JSON that can be a profile"),
        (None, "no such file or directory"),
    ],
    ids=["empty", "cut off", "binary", "a deep nest", "a long number", "no file"],
)
def test_a_profile_that_is_no_profile(openback, tmp_path, content, why):
    path = tmp_path / "profile.json"
    if content is not None:
        path.write_bytes(content)
    assert openback("plan", path) == (2, f"{path} could not be read: {why}.", "")


def test_a_profile_of_two_gigabytes(openback, tmp_path):
    path = sparse(tmp_path / "profile.json")
    assert openback("plan", path) == (
        2,
        f"{path} could not be read: it has 2,048 MB, a profile has far less.",
        "",
    )


def test_an_impossible_profile_through_the_api(anna, client):
    before = anna.store.profile(anna.person_id)
    body = client.get("/api/v1/profile").json()
    answer = client.put("/api/v1/profile", json=body | IMPOSSIBLE)
    assert answer.status_code == 422
    assert "height_cm" in message(answer)
    answer = client.put("/api/v1/profile", json=body | {"complaints": ["neck"]})
    assert answer.status_code == 422
    assert message(answer) == (
        "This profile cannot be used: complaints has 'neck', which is not known; did you mean neck_pain?"
    )
    assert anna.store.profile(anna.person_id) == before


# --- A history that is none --------------------------------------------------------------------------------------------


def sparse(path):
    """Make a file of two gigabytes that takes no room on the disk."""
    with path.open("wb") as stream:
        stream.truncate(2 * 1024**3)
    return path


BINARY = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
IS_PICTURE = "history.csv is a picture, not text. Export the history as CSV or JSON."


@pytest.mark.parametrize("command", [("import",), ("import", "--dry-run", "--json"), ("predict",)])
def test_a_history_of_two_gigabytes(openback, tmp_path, command):
    path = sparse(tmp_path / "history.csv")
    status, err, _ = openback(command[0], path, *command[1:])
    assert (status, err) == (
        2,
        "history.csv is 2,048 MB; the limit is 512 MB. Export a shorter time, or split the file.",
    )


@pytest.mark.parametrize("command", [("import",), ("import", "--dry-run", "--json"), ("predict",)])
def test_a_picture_for_a_history(openback, tmp_path, command):
    path = tmp_path / "history.csv"
    path.write_bytes(BINARY)
    assert openback(command[0], path, *command[1:])[:2] == (2, IS_PICTURE)


@pytest.mark.parametrize("dry_run", ["true", "false"])
def test_a_picture_through_the_api(anna, client, dry_run):
    answer = client.post("/api/v1/import", files={"file": ("history.csv", BINARY)}, data={"dry_run": dry_run})
    assert (answer.status_code, message(answer)) == (422, IS_PICTURE)
    assert not list((anna.data_dir / "incoming").iterdir())


def test_a_picture_on_the_page(client):
    sent = client.post("/settings/import", files={"file": ("history.csv", BINARY)})
    answer = client.get(sent.headers["location"])
    assert answer.status_code == 422
    assert IS_PICTURE in answer.text


@pytest.mark.parametrize("path", ["/api/v1/import", "/settings/import"])
def test_two_gigabytes_are_turned_away_before_they_are_read(client, path):
    answer = client.post(path, content=b"", headers={"content-length": str(2 * 1024**3)})
    assert answer.status_code == 413
    sentence = (
        "That is more than the 200 MB that Openback takes at once. Nothing was kept; send a smaller file."
    )
    assert sentence in answer.text


# --- A set that cannot be ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("change", "said"), [({"load_kg": 10_000}, TOO_HEAVY), ({"reps": -3}, TOO_FEW)])
def test_a_set_through_the_api(anna, client, change, said):
    session_id = sessions.begin(anna, 1, 1)
    fine = a_set(session_id, PULL, anna.now(), load_kg=20.0)
    assert client.put(f"/api/v1/sets/{fine.id}", json=body_of(fine)).status_code == 200
    answer = client.put(f"/api/v1/sets/{fine.id}", json=body_of(fine, **change))
    assert (answer.status_code, message(answer)) == (422, said)
    assert anna.store.sets_of_session(anna.person_id, session_id) == (fine,)


@pytest.mark.parametrize(
    ("change", "said"), [({"load": "10000"}, TOO_HEAVY), ({"reps": "-3"}, TOO_FEW)], ids=["load", "reps"]
)
def test_a_set_on_the_page(anna, client, change, said):
    session_id = sessions.begin(anna, 1, 1)
    step = sessions.session(anna, session_id).steps[0]
    form = {"id": str(uuid4()), "exercise": step.exercise.id, "load": "20", "reps": "10"} | change
    answer = client.post(f"/session/{session_id}/sets", data=form)
    assert answer.status_code == 422
    assert said in answer.text
    assert next(iter(change.values())) in answer.text  # what was typed stays to be put right
    assert anna.store.totals(anna.person_id).sets == 0


@pytest.mark.parametrize(
    ("change", "said"), [(("--load", "10000", "--reps", "5"), TOO_HEAVY), (("--reps", "-3"), TOO_FEW)]
)
def test_a_set_on_the_command_line(openback, change, said):
    openback("profile", EXAMPLE)
    assert openback("log", "pull_up", *change)[:2] == (2, said)
    assert json.loads(openback("progress", "--json")[2])["total_sessions"] == 0


# --- A clock that jumps --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(hours=20), None),
        (
            timedelta(days=2),
            "This set cannot be kept: 2026-11-25 is more than a day from now; check the clock of the device.",
        ),
        (timedelta(days=-200), None),
        (
            timedelta(days=-60_000),
            "This set cannot be kept: 1862-08-15 is before 1900; check the clock of the device.",
        ),
    ],
    ids=["a time zone", "two days ahead", "half a year ago", "before any device"],
)
def test_the_clock_of_a_phone(anna, client, ahead, said):
    one_set = a_set(sessions.begin(anna, 1, 1), PULL, anna.now() + ahead)
    answer = client.put(f"/api/v1/sets/{one_set.id}", json=body_of(one_set))
    if said is None:
        assert answer.status_code == 200
        assert anna.store.find_set(anna.person_id, one_set.id).at == one_set.at
    else:
        assert (answer.status_code, message(answer)) == (422, said)
    ended = client.post(f"/api/v1/sessions/{one_set.session_id}/finish").json()
    assert ended["minutes"] >= 0
    for page in ("/", "/train", "/progress", f"/session/{one_set.session_id}/summary"):
        assert client.get(page).status_code == 200


def test_a_clock_put_back_between_begin_and_finish(anna, client, clock):
    session_id = client.post("/api/v1/sessions", json={"week": 1, "day": 1}).json()["id"]
    kept = []
    for jump in (timedelta(), timedelta(hours=-2), timedelta(minutes=1)):
        clock.now += jump
        kept.append(a_set(session_id, PULL, anna.now()))
        client.put(f"/api/v1/sets/{kept[-1].id}", json=body_of(kept[-1]))
    assert client.post(f"/api/v1/sessions/{session_id}/finish").json()["minutes"] == 0
    logged = anna.store.sets_of_session(anna.person_id, UUID(session_id))
    assert [one.id for one in logged] == [kept[1].id, kept[2].id, kept[0].id]  # by their own times


# --- A full disk ------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def full_disk(store):
    """Let the database say what SQLite says when there is no room, whenever something is written."""

    def no_room(_connection, _cursor, statement, *_rest):
        if statement.startswith(("INSERT", "UPDATE")):
            message = "database or disk is full"
            raise sqlite3.OperationalError(message)

    event.listen(store.engine, "before_cursor_execute", no_room)
    try:
        yield
    finally:
        event.remove(store.engine, "before_cursor_execute", no_room)


def test_a_full_disk(anna, client):
    session_id = sessions.begin(anna, 1, 1)
    kept, lost = (a_set(session_id, PULL, anna.now(), load_kg=20.0) for _ in range(2))
    assert client.put(f"/api/v1/sets/{kept.id}", json=body_of(kept)).status_code == 200
    said = str(DiskFull(anna.store.where))
    with full_disk(anna.store):
        answer = client.put(f"/api/v1/sets/{lost.id}", json=body_of(lost))
        assert (answer.status_code, message(answer)) == (507, said)
        assert answer.json()["error"]["kind"] == "disk_full"
        form = {"id": str(lost.id), "exercise": PULL, "load": "20", "reps": "10"}
        page = client.post(f"/session/{session_id}/sets", data=form)
        assert page.status_code == 507
        assert said in page.text
        assert client.get("/").status_code == 200  # what is there can be read
    assert anna.store.sets_of_session(anna.person_id, session_id) == (kept,)
    assert client.put(f"/api/v1/sets/{lost.id}", json=body_of(lost)).status_code == 200
    assert anna.store.sets_of_session(anna.person_id, session_id) == (kept, lost)


@pytest.mark.slow
def test_a_disk_that_is_really_full(tmp_path, openback, monkeypatch):
    if not is_root():
        pytest.skip("only root may make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=False)
    if made.returncode:
        pytest.skip("this machine makes no small disks")
    try:
        monkeypatch.setenv("OPENBACK_DATA_DIR", str(disk / "data"))
        assert openback("profile", EXAMPLE, "--json")[0] == 0
        assert openback("log", "pull_up", "--reps", "5")[0] == 0
        with contextlib.suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
            while filler.write(bytes(4096)):
                pass
        status, err, _ = openback("log", "pull_up", "--reps", "6")
        assert (status, err) == (1, str(DiskFull(str(disk / "data" / "openback.db"))))
        status, err, _ = openback("export")
        assert status == 1
        assert err.startswith("There is no room left on the disk of ")
        (disk / "filler").unlink()
        assert openback("log", "pull_up", "--reps", "6")[0] == 0
        assert json.loads(openback("progress", "--json")[2])["total_sets"] == 2
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


# --- A database from a newer version -------------------------------------------------------------------------------------------


def test_a_database_from_a_newer_version(openback, tmp_path):
    openback("profile", EXAMPLE)
    path = tmp_path / "data" / "openback.db"
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE openback_revision SET version_num = '9999'")
    before = path.read_bytes()
    for command in (("today",), ("--no-browser", "--port", "0"), ("export",)):
        status, err, _ = openback(*command)
        assert status == 1
        assert err.startswith(f"The database {path} was written by a newer Openback (revision 9999; this one")
        assert err.endswith("It was left as it is. Update Openback and start it again.")
    status, _, out = openback("doctor", "--json")
    assert status == 1
    assert [one["what"] for one in json.loads(out) if not one["well"]] == ["Database"]
    assert path.read_bytes() == before


# --- A port in use, a folder that cannot be ----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [(), ("demo",)], ids=["app", "demo"])
def test_a_port_in_use(openback, command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert openback(*command, "--no-browser", "--port", port)[:2] == (
            1,
            (
                f"Openback could not listen on 127.0.0.1 port {port}: it is taken or not allowed. "
                "Perhaps it is running already; `openback --port 0` takes a free port."
            ),
        )


def test_a_data_folder_that_is_a_file(openback, tmp_path, monkeypatch):
    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path / "file" / "data"))
    (tmp_path / "file").write_text("something else")
    status, err, _ = openback("today")
    assert (status, err) == (
        1,
        (
            f"The database {tmp_path / 'file' / 'data' / 'openback.db'} cannot be opened or made. Check that its "
            "folder exists and that you may write there, or set OPENBACK_DATA_DIR to another folder."
        ),
    )


def test_a_database_that_is_something_else(openback, tmp_path):
    path = tmp_path / "data" / "openback.db"
    path.parent.mkdir()
    path.write_bytes(BINARY)
    status, err, _ = openback("today")
    assert status == 2
    assert err.startswith(f"{path} is not an Openback database.")
    assert path.read_bytes() == BINARY
    with pytest.raises(Exception, match="is not an Openback database"):
        open_store(path)
