"""Opening: where, in which mode, and every way in which it says no, with nothing touched."""

from __future__ import annotations

import os
import socket
import sqlite3
import stat
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from openback.errors import (
    CannotOpenDatabase,
    DamagedDatabase,
    DatabaseBusy,
    DatabaseUnreachable,
    DiskFull,
    MissingDriver,
    NewerDatabase,
    NotADatabase,
    OpenbackError,
    ReadOnlyDatabase,
)
from openback.storage import connection, open_store
from openback.storage.migrations import HEAD
from storing import ME, PERSON, a_set, everything, fill, filled_file


@pytest.fixture
def file(tmp_path):
    """A database with somebody in it, closed."""
    return filled_file(tmp_path / "openback.db")


def sql(path, statement):
    with closing(sqlite3.connect(path)) as bare, bare:
        return bare.execute(statement).fetchall()


def snapshot(folder: Path):
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


# --- Where and how -----------------------------------------------------------------------------------


def test_a_new_file_and_its_folder_are_private(tmp_path):
    path = tmp_path / "new" / "folder" / "openback.db"
    with open_store(path) as store:
        assert store.file == path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(lambda p: p, id="a path"),
        pytest.param(str, id="a path in words"),
        pytest.param(lambda p: f"sqlite:///{p}", id="a URL"),
    ],
)
def test_an_address_may_be_a_path_or_a_url(file, address):
    with open_store(address(file)) as store:
        assert store.person(ME) == PERSON
        assert store.file == file


def test_a_commit_is_on_the_disk_and_readers_do_not_wait(file):
    with open_store(file) as store, store.engine.connect() as opened:
        for setting, value in [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]:
            assert opened.exec_driver_sql(f"PRAGMA {setting}").scalar_one() == value


def test_an_empty_file_becomes_a_database(tmp_path):
    path = tmp_path / "openback.db"
    path.touch()
    with open_store(path) as store:
        assert store.people() == {}


def test_a_folder_with_strange_characters(tmp_path):
    path = tmp_path / "50 % off? #1 Zoë" / "my data.db"
    with open_store(path) as store:
        fill(store)
        before = everything(store)
    with open_store(path) as store:
        assert everything(store) == before


def test_opening_again_changes_nothing(file):
    before = sql(file, "SELECT * FROM sqlite_master"), sql(file, "SELECT * FROM set_log")
    with open_store(file):
        pass
    assert (sql(file, "SELECT * FROM sqlite_master"), sql(file, "SELECT * FROM set_log")) == before


def test_opened_by_many_at_once_it_is_made_once(tmp_path):
    problems = []

    def opening():
        try:
            open_store(tmp_path / "openback.db").close()
        except OpenbackError as error:
            problems.append(error)

    threads = [threading.Thread(target=opening) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert sql(tmp_path / "openback.db", "SELECT version_num FROM openback_revision") == [(HEAD,)]


# --- Saying no ------------------------------------------------------------------------------------------


def test_a_newer_database_is_left_as_it_is(file):
    sql(file, "UPDATE openback_revision SET version_num = '9999'")
    before = snapshot(file.parent)
    with pytest.raises(NewerDatabase) as refused:
        open_store(file)
    assert str(refused.value) == (
        f"The database {file} was written by a newer Openback (revision 9999; this one knows revisions up "
        f"to {HEAD}). It was left as it is. Update Openback and start it again."
    )
    assert snapshot(file.parent) == before


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda p: p.write_text("Dear diary, " * 500), id="a text file"),
        pytest.param(lambda p: p.write_bytes(b"\x89PNG" + bytes(range(256)) * 20), id="a picture"),
        pytest.param(lambda p: p.write_bytes(b"x"), id="one byte"),
        pytest.param(lambda p: sql(p, "CREATE TABLE books (title TEXT)"), id="another program's database"),
    ],
)
def test_a_file_that_is_something_else_is_left_as_it_is(tmp_path, make):
    path = tmp_path / "openback.db"
    make(path)
    before = snapshot(tmp_path)
    with pytest.raises(NotADatabase) as refused:
        open_store(path)
    assert str(refused.value) == (
        f"{path} is not an Openback database. It was left as it is; give the path of an Openback "
        "database, or of a file that does not exist yet."
    )
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("address", ["mysql://somewhere/openback", "postgresql+asyncpg://h/d", "://"])
def test_another_kind_of_address(address):
    with pytest.raises(NotADatabase):
        open_store(address)


def test_a_folder_where_a_file_should_be(tmp_path):
    with pytest.raises(CannotOpenDatabase) as refused:
        open_store(tmp_path)
    assert str(refused.value) == (
        f"The database {tmp_path} cannot be opened or made. Check that its folder exists and that you may "
        "write there, or set OPENBACK_DATA_DIR to another folder."
    )


def test_a_file_where_a_folder_should_be(tmp_path):
    (tmp_path / "data").touch()
    with pytest.raises(CannotOpenDatabase):
        open_store(tmp_path / "data" / "openback.db")


def test_a_damaged_database_is_left_as_it_is(file):
    with file.open("r+b") as raw:  # the first page keeps its head and loses its table of tables
        raw.seek(100)
        raw.write(b"\xff" * 3000)
    before = snapshot(file.parent)
    with pytest.raises(DamagedDatabase) as refused:
        open_store(file)
    assert str(refused.value) == (
        f"The database {file} is damaged and was left as it is. "
        "Bring back the latest back-up: openback restore FILE."
    )
    assert snapshot(file.parent) == before


def test_a_full_disk_loses_nothing(file):
    with open_store(file) as store:
        before = everything(store)
        with store.transaction(), store._writing() as opened:
            pages = opened.exec_driver_sql("PRAGMA page_count").scalar_one()
        store.engine.dispose()
        limit_pages(store.engine, pages)
        with pytest.raises(DiskFull) as refused:
            store.add_history(ME, sessions=[], sets=[a_set(100 + n, note="x" * 2000) for n in range(50)])
        assert str(refused.value) == (
            f"There is no room left on the disk of {file}, so this was not kept. All that was kept before is "
            "still there. Free some space and send it again."
        )
        assert everything(store) == before
        store.engine.dispose()
        limit_pages(store.engine, 1_000_000)  # some space was freed
        store.put_set(ME, a_set(100))


def limit_pages(engine, pages):
    from sqlalchemy import event

    @event.listens_for(engine, "connect")
    def _(dbapi_connection, _entry):
        dbapi_connection.execute(f"PRAGMA max_page_count={pages}").close()


def test_a_read_only_database_can_be_read_and_says_so(file):
    with open_store(f"sqlite:///file:{file}?mode=ro&uri=true") as store:
        assert store.person(ME) == PERSON
        with pytest.raises(ReadOnlyDatabase) as refused:
            store.put_set(ME, a_set(100))
        assert str(refused.value) == (
            f"The database {file} may not be written, so this was not kept. All that was kept before is still "
            "there. Give yourself the right to write to the file and its folder."
        )
        assert store.find_set(ME, a_set(100).id) is None


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_without_the_right_to_write(file):
    file.chmod(0o400)
    with open_store(file) as store, pytest.raises(ReadOnlyDatabase):
        store.put_set(ME, a_set(100))


def test_a_database_that_another_program_holds(file, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_MS", 50)
    with (
        open_store(file) as store,
        closing(sqlite3.connect(file, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        assert store.person(ME) == PERSON  # reading goes on
        with pytest.raises(DatabaseBusy) as refused:
            store.put_set(ME, a_set(100))
        other.execute("ROLLBACK")
        store.put_set(ME, a_set(100))
    assert str(refused.value) == (
        f"Another program has kept the database {file} busy for too long, so this was not kept. "
        "Close the other program and send it again."
    )


def test_anything_else_is_passed_on_in_one_line():
    said = connection.meaning("something\n  odd.", "/here/openback.db")
    assert str(said) == (
        "The database /here/openback.db could not do this, and nothing was changed. It said: something odd."
    )


# --- A server --------------------------------------------------------------------------------------------


def test_a_server_that_does_not_answer_and_no_password_is_shown():
    with socket.socket() as taken:  # bound but not listening: nobody else can come to listen there
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(DatabaseUnreachable) as refused:
            open_store(f"postgresql://me:secret@127.0.0.1:{port}/openback")
    assert str(refused.value) == (
        f"The database server postgresql+psycopg://me:***@127.0.0.1:{port}/openback does not answer. "
        "Check that it runs and that OPENBACK_DATABASE is right."
    )


def test_a_server_without_its_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingDriver) as refused:
        open_store("postgresql+psycopg://me@127.0.0.1:1/openback")
    assert str(refused.value) == (
        "PostgreSQL needs one more package. Install it: pip install 'openback[postgresql]'."
    )


@pytest.mark.postgres
def test_a_newer_database_on_a_server(postgres_url):
    with open_store(postgres_url) as store:
        fill(store)
        with store.engine.begin() as opened:
            opened.exec_driver_sql("UPDATE openback_revision SET version_num = '9999'")
    with pytest.raises(NewerDatabase):
        open_store(postgres_url)


@pytest.mark.postgres
def test_a_server_that_goes_read_only(postgres_url):
    with open_store(postgres_url) as store:
        fill(store)
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as opened:
            name = postgres_url.rpartition("/")[2]
            opened.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        store.engine.dispose()
        with pytest.raises(ReadOnlyDatabase):
            store.put_set(ME, a_set(100))
