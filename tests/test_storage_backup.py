"""One file out, one file in, and everything gone."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

import pytest

from openback.errors import (
    DamagedDatabase,
    FileExists,
    NewerDatabase,
    NotADatabase,
    NotOneFile,
    UnreadableFile,
    UnwritableFile,
)
from openback.storage import backup, delete_everything, open_store, restore, restore_closed
from openback.storage.connection import engine_for, url_of
from openback.storage.migrate import migrate
from openback.storage.migrations import REVISIONS
from storing import ME, PERSON, a_set, everything, fill, filled_file


@pytest.fixture
def store(tmp_path):
    with open_store(filled_file(tmp_path / "data" / "openback.db")) as opened:
        yield opened


def newer(path):
    with closing(sqlite3.connect(path)) as bare, bare:
        bare.execute("UPDATE openback_revision SET version_num = '9999'")


def beside(store):
    return sorted(one.name for one in store.file.parent.iterdir() if not one.name.endswith(("-wal", "-shm")))


def test_a_back_up_is_one_whole_file(store, tmp_path):
    target = backup(store, tmp_path / "copies" / "monday.db")
    with closing(sqlite3.connect(target)) as bare:
        assert bare.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert bare.execute("PRAGMA journal_mode").fetchall() == [("delete",)]
    assert [one.name for one in target.parent.iterdir()] == ["monday.db"]
    assert target.stat().st_mode & 0o777 == 0o600
    with open_store(target) as copy:
        assert everything(copy) == everything(store)


def test_a_back_up_of_a_store_in_use(store, tmp_path):
    done = threading.Event()

    def write():
        for number in range(100, 10_000):
            store.put_set(ME, a_set(number))
            if done.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        target = backup(store, tmp_path / "a.db")
    finally:
        done.set()
        writer.join()
    with open_store(target) as copy:
        numbers = sorted(one.id.int for one in copy.sets_between(ME) if one.id.int >= 100)
        assert numbers == list(range(100, 100 + len(numbers)))  # one moment, nothing left out


def test_a_back_up_does_not_write_over_anything(store, tmp_path):
    target = tmp_path / "a.db"
    target.write_text("precious")
    with pytest.raises(FileExists) as refused:
        backup(store, target)
    assert str(refused.value) == f"{target} exists already and was left as it is. Give another name."
    assert target.read_text() == "precious"
    assert backup(store, target, replace=True) == target
    with pytest.raises(FileExists):
        backup(store, store.file, replace=True)


def test_a_back_up_where_nothing_may_be_written(store, tmp_path):
    (tmp_path / "a file").touch()
    target = tmp_path / "a file" / "a.db"
    with pytest.raises(UnwritableFile) as refused:
        backup(store, target)
    assert (
        str(refused.value)
        == f"{target} could not be written: File exists. Give a folder where you may write."
    )


def test_restore_brings_all_back_and_keeps_what_was_there(store, tmp_path):
    saved = everything(store)
    target = backup(store, tmp_path / "a.db")
    store.delete_set(ME, a_set(1).id)
    store.put_set(ME, a_set(500))
    changed = everything(store)
    with open_store(store.file) as other:
        assert everything(other) == changed
        aside = restore(store, target)
        assert everything(store) == saved
        assert everything(other) == saved
        other.put_set(ME, a_set(600))
    assert store.find_set(ME, a_set(600).id) is not None
    assert beside(store) == [aside.name, "openback.db"]
    with open_store(aside) as kept:
        assert everything(kept) == changed


def test_restoring_an_older_back_up_brings_it_up_to_date(store, tmp_path):
    old = tmp_path / "old.db"
    engine = engine_for(url_of(old))
    migrate(engine, to=REVISIONS[0])
    engine.dispose()
    before = old.read_bytes()
    restore(store, old)
    assert store.people() == {}
    assert old.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("old")] == ["old.db"]


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        pytest.param(lambda p: p.unlink(), UnreadableFile, id="not there"),
        pytest.param(lambda p: p.write_bytes(b""), NotADatabase, id="empty"),
        pytest.param(lambda p: p.write_text("Dear diary"), NotADatabase, id="something else"),
        pytest.param(newer, NewerDatabase, id="newer"),
        pytest.param(lambda p: p.write_bytes(p.read_bytes()[:20_000]), DamagedDatabase, id="cut off"),
    ],
)
@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
def test_restoring_what_cannot_be_restored_touches_nothing(store, tmp_path, spoil, kind, closed):
    source = backup(store, tmp_path / "a.db")
    spoil(source)
    before = everything(store)
    with pytest.raises(kind) as refused:
        restore_closed(store.file, source) if closed else restore(store, source)
    assert str(source) in str(refused.value)
    assert everything(store) == before
    assert beside(store) == ["openback.db"]


def test_restoring_over_a_database_that_cannot_be_opened(store, tmp_path):
    saved, file = everything(store), store.file
    source = backup(store, tmp_path / "a.db")
    store.close()
    file.write_text("broken")
    aside = restore_closed(file, source)
    assert aside.read_text() == "broken"
    with open_store(file) as opened:
        assert everything(opened) == saved


def test_restoring_under_a_running_app(store, tmp_path):
    saved = everything(store)
    source = backup(store, tmp_path / "a.db")
    store.put_set(ME, a_set(500))
    changed = everything(store)
    aside = restore_closed(store.file, source)  # as the command line does, while the app has it open
    assert everything(store) == saved
    store.put_set(ME, a_set(600))
    with open_store(store.file) as other, open_store(aside) as kept:
        assert other.find_set(ME, a_set(600).id) is not None
        assert everything(kept) == changed


def test_restoring_where_nothing_is_yet(store, tmp_path):
    source = backup(store, tmp_path / "a.db")
    new = tmp_path / "new" / "openback.db"
    assert restore_closed(new, source) is None
    with open_store(new) as opened:
        assert everything(opened) == everything(store)


def test_delete_everything_leaves_no_trace(store):
    store.put_set(ME, a_set(100, note="the secret word is rosemary"))
    aside = store.file.with_name("openback-before-0001.db")
    backup(store, aside)
    delete_everything(store)
    assert store.people() == {}
    assert everything(store)["sessions"] == ()
    assert beside(store) == ["openback.db"]
    for file in store.file.parent.iterdir():
        assert b"rosemary" not in file.read_bytes()
    store.put_person(ME, PERSON)  # and it can begin again
    store.put_set(ME, a_set(1))


@pytest.mark.postgres
def test_a_server_is_backed_up_by_its_own_tools(postgres_url, tmp_path):
    with open_store(postgres_url) as store:
        fill(store)
        for asked in (lambda: backup(store, tmp_path / "a.db"), lambda: restore(store, tmp_path / "a.db")):
            with pytest.raises(NotOneFile) as refused:
                asked()
            assert str(refused.value) == (
                "This database is on a server, not in one file. Use the server's own tools, pg_dump and "
                "pg_restore, to back it up and bring it back."
            )
        delete_everything(store)
        assert store.people() == {}


def test_memory_is_not_one_file(tmp_path):
    with open_store(":memory:") as store, pytest.raises(NotOneFile):
        backup(store, tmp_path / "a.db")
