"""Every revision is walked with data, on both databases; the tables end as the code has them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Date, DateTime, Double, Float, Integer, MetaData, Numeric, Uuid, inspect

from openback.model.nutrients import Known
from openback.model.person import Loads, Place
from openback.storage import migrate, open_store
from openback.storage.connection import engine_for, url_of
from openback.storage.migrate import migrate as migrated
from openback.storage.migrations import HEAD, REVISIONS, VERSION_TABLE
from openback.storage.tables import metadata
from storing import ME, PERSON, a_set, everything, fill

SAID = {  # columns that hold more than any word
    "goals": '["tone"]',
    "complaints": "[]",
    "liked": "[]",
    "disliked": "[]",
    "kit": '["mat"]',
    "loads": "{}",
    "answers": '{"dizzy":true}',
    "programme": '{"status":"ok","reasons":[],"weeks":4}',
    "wishes": "{}",
    "swaps": '{"pull_up":"chin_up"}',
    "before": None,
    "after": None,
    "side": "both",
    "kind": "work",
    "status": "current",
    "about": "set",
    "report": None,
    "state": "waiting",
    "gone": "",
    "media": "video/mp4",
    "meal_week.week": '{"status":"planned","starts_on":"2026-01-01","meals":[],"daily":{},"unmet":[],"shopping":[],"reasons":[]}',
    "amounts": '{"energy":{"amount":2.5,"coverage":1.0}}',
    "kinds": "[]",
    "food.seq": 3,
    "per_100g": '{"energy":2.5}',
    "portions": "[]",
    "counts": "{}",
    "own_food.food": '{"id":"own:1","name":"word","group":"other","per_100g":{},"origin":"own","source":"word"}',
}
# The search index of foods is made and filled by itself: no table of ours.
INDEX = ("food_find", "food_spell")


def is_ours(name, *_):
    return not (name or "").startswith(INDEX)


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.postgres)])
def engine(request, tmp_path):
    on_server = request.param == "server"
    address = request.getfixturevalue("postgres_url") if on_server else tmp_path / "openback.db"
    made = engine_for(url_of(address))
    yield made
    made.dispose()


def a_row(table):
    """Return a row that a table takes, whatever its columns are at that revision."""
    return {
        column.name: SAID.get(f"{table.name}.{column.name}") or a_value(column)
        for column in table.columns
        if column.name != "seq" or f"{table.name}.seq" in SAID
    }


def a_value(column):
    if column.name in SAID:
        return SAID[column.name]
    if column.name.endswith("_at") or column.name == "at":
        at = datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC)
        return at if isinstance(column.type, DateTime) else at.isoformat(timespec="microseconds")
    for kind, value in [
        (Boolean, True),
        (Date, date(2026, 1, 1)),
        (Uuid, UUID(int=1)),
        (Integer, 3),
        ((Numeric, Double, Float), 2.5),
    ]:
        if isinstance(column.type, kind):
            return value
    uuid_in_words = column.type.__class__.__name__ == "CHAR"
    return UUID(int=1).hex if uuid_in_words else "word"


def rows_of(engine):
    """Return every row of every table, by table, as the database has them."""
    reflected = MetaData()
    reflected.reflect(engine, only=is_ours)
    with engine.connect() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(table.select())]
            for table in reflected.sorted_tables
            if table.name != VERSION_TABLE
        }


def fill_new_tables(engine):
    """Put a row into every table that has none."""
    reflected = MetaData()
    reflected.reflect(engine, only=is_ours)
    filled = rows_of(engine)
    with engine.begin() as connection:
        for table in reflected.sorted_tables:
            if table.name != VERSION_TABLE and not filled[table.name]:
                connection.execute(table.insert().values(a_row(table)))


def test_the_list_of_revisions_is_the_files():
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == REVISIONS
    assert scripts.get_heads() == [HEAD]


@pytest.mark.slow
def test_every_revision_is_walked_with_data(engine):
    for revision in REVISIONS:
        before = rows_of(engine) if revision != REVISIONS[0] else {}
        migrated(engine, to=revision)
        after = rows_of(engine)
        for table, rows in before.items():
            kept = [
                {name: row.get(name) for name in old} for old, row in zip(rows, after[table], strict=True)
            ]
            assert kept == rows, f"{table} at {revision}"
        fill_new_tables(engine)
    with open_store(engine.url) as store:
        assert store.profile("word").places == (Place(name="word", kit=frozenset({"mat"}), loads=Loads()),)
        assert store.latest_programme("word").programme.weeks == 4
        (whole,) = store.whole_sessions_between("word")
        assert whole.sets[0].reps == 3
        assert whole.session.swaps == {}
        assert store.masses("word")[0].mass_kg == 2.5
        assert store.eating_history("word").weeks[0].week.status == "planned"
        assert store.food_entries("word")[0].amounts == {"energy": Known(amount=2.5, coverage=1.0)}
        assert [(one.exercise, one.report) for one in store.all_clips("word")] == [("word", None)]


def test_the_tables_are_as_the_code_has_them(engine):
    migrated(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "include_name": is_ours}
        )
        assert compare_metadata(context, metadata) == []
        # What the comparison does not look at: constraints of SQLite, and rules of deletion.
        for table in metadata.sorted_tables:
            found = inspect(connection).get_foreign_keys(table.name)
            assert {one["options"].get("ondelete") for one in found} <= {"CASCADE"}
            assert len(found) == len(table.foreign_key_constraints)


# --- Around a migration ----------------------------------------------------------------------------------

REMAKE = '''
"""Remake the table at the root, as SQLite must to change a column, and add to another."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "0099", "{before}"
def upgrade():
    with op.batch_alter_table("person") as batch:
        batch.alter_column("name", existing_type=sa.Text(), nullable=True)
    op.add_column("set_log", sa.Column("tempo", sa.Text()))
'''
BREAK = REMAKE + "    raise RuntimeError('half-way')\n"


@pytest.fixture
def next_revision(tmp_path, monkeypatch):
    """A function that makes a revision after the last one, of the given text."""

    def made(text):
        folder = tmp_path / "scripts"
        versions = folder / "versions"
        versions.mkdir(parents=True, exist_ok=True)
        for name in ("env.py", "script.py.mako"):
            (folder / name).write_text((migrate.FOLDER / name).read_text())
        for script in (migrate.FOLDER / "versions").glob("0*.py"):
            (versions / script.name).write_text(script.read_text())
        (versions / "0099_next.py").write_text(text.format(before=HEAD))
        monkeypatch.setattr(migrate, "FOLDER", folder)
        monkeypatch.setattr(migrate, "REVISIONS", (*REVISIONS, "0099"))

    return made


def test_rows_survive_a_table_made_anew(engine, next_revision):
    with open_store(engine.url) as store:
        fill(store)
        before = everything(store)
        next_revision(REMAKE)
        migrated(store.engine, to="0099")
        assert everything(store) == before
        store.put_set(ME, a_set(100))
        store.delete_person(ME)  # the tables still hang together
        assert all(rows == [] for rows in rows_of(engine).values())


def test_a_copy_is_kept_before_a_migration(tmp_path, next_revision):
    with open_store(tmp_path / "openback.db") as store:
        fill(store)
        before = everything(store)
        next_revision(REMAKE)
        migrated(store.engine, to="0099")
        store.delete_person(ME)
    copy = tmp_path / "openback-before-0099.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as bare:
        assert bare.execute("SELECT version_num FROM openback_revision").fetchall() == [(HEAD,)]
    with open_store(copy) as kept:
        assert everything(kept) == before


def test_a_new_database_needs_no_copy(tmp_path):
    open_store(tmp_path / "openback.db").close()
    assert [one.name for one in tmp_path.iterdir()] == ["openback.db"]


def test_a_migration_that_breaks_half_way_leaves_everything(engine, next_revision):
    with open_store(engine.url) as store:
        fill(store)
        before, tables = everything(store), rows_of(engine)
        next_revision(BREAK)
        with pytest.raises(RuntimeError, match="half-way"):
            migrated(store.engine, to="0099")
        assert everything(store) == before
        assert rows_of(engine) == tables
    with open_store(engine.url) as store:
        assert store.person(ME) == PERSON
