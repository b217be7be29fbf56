"""Importing foods: nothing lost however it stops, the same file again goes on, the report says what became of rows."""

from __future__ import annotations

import errno
import gzip
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from itertools import count

import pytest

from food_tables import off_file, off_line, usda_zip
from openback.catalogue import load_catalogue
from openback.cli import run
from openback.errors import BadFoodFile, DiskFull
from openback.interop.foods import off
from openback.services import food_imports, foods
from openback.services.app import App
from openback.storage import open_store
from storing import NOW, memory_store


@pytest.fixture
def app(tmp_path):
    clock = (NOW + timedelta(seconds=second) for second in count())
    with memory_store() as store:
        yield App(store=store, catalogue=load_catalogue(), data_dir=tmp_path, now=lambda: next(clock))


def soups(path, count, name="Quixo soup"):
    lines = (
        off_line(code=f"{n:08d}", product_name=f"{name} {n}", energy_kcal_100g=n % 90)
        for n in range(1, count + 1)
    )
    return off_file(path, *lines)


def test_a_file_is_kept_and_found(app, tmp_path):
    report = foods.import_foods(app, usda_zip(tmp_path / "usda.zip"))
    assert (report.name, report.origin, report.read, report.kept, report.added) == (
        "usda.zip",
        "usda",
        10,
        3,
        3,
    )
    assert report.read == report.kept + sum(report.left_out.values())
    assert report.whole
    assert report.sentences == (
        "USDA FoodData Central: 10 rows read, 3 foods kept (3 of them new), 7 rows left out.",
        "Left out, because a newer entry of the same food is there: 2.",
        "Left out, because it is a sample or a purchase behind another food: 2.",
        "Left out, because it has no name: 1.",
        "Left out, because it tells nothing of what is in it: 1.",
        "Left out, because its number cannot be read: 1.",
        "Counts as unknown, because it is less than nothing: 1.",
        "Counts as unknown, because it is not a number: 1.",
    )
    assert foods.search(app, "oatsy")[0].id == "usda:14"
    assert foods.by_barcode(app, "012345678905").id == "usda:14"
    (done,) = foods.imports(app)
    assert (done.name, done.ended_at) == ("usda.zip", NOW + timedelta(seconds=1))


def test_the_same_file_twice_changes_nothing(app, tmp_path):
    path = usda_zip(tmp_path / "usda.zip")
    first = foods.import_foods(app, path)
    again = foods.import_foods(app, path)
    assert (again.read, again.kept, again.added) == (first.read, first.kept, first.added)
    assert again.notes == (
        f"This file was read on {NOW.astimezone():%Y-%m-%d} already; nothing has changed.",
    )


def test_a_newer_file_replaces_what_it_has_and_keeps_the_rest(app, tmp_path):
    foods.import_foods(app, soups(tmp_path / "old.tsv", 3))
    report = foods.import_foods(app, soups(tmp_path / "new.tsv", 2, "Xylo soup"))
    assert (report.kept, report.added) == (2, 0)
    assert sorted(
        hit.name for hit in foods.search(app, "soup", limit=100) if hit.origin == "open_food_facts"
    ) == [
        "Quixo soup 3",
        "Xylo soup 1",
        "Xylo soup 2",
    ]
    back = foods.import_foods(app, tmp_path / "old.tsv")  # an older file again is not what was read last
    assert back.notes == ()
    assert foods.search(app, "xylo") == ()


class Killed(BaseException):
    """As sudden as a power cut, as far as Python is concerned."""


@pytest.mark.parametrize("pieces", [0, 1, 2])
def test_what_was_stopped_goes_on_where_it_stopped(app, tmp_path, monkeypatch, pieces):
    monkeypatch.setattr(off, "PIECE_ROWS", 4)
    path = soups(tmp_path / "off.tsv", 10)
    whole = foods.import_foods(app, path)
    app.store.forget_foods("open_food_facts")
    keep, kept = app.store.keep_foods, []

    def kill(made, reading):
        if len(kept) == pieces:
            raise Killed
        kept.append(made)
        return keep(made, reading)

    monkeypatch.setattr(app.store, "keep_foods", kill)
    with pytest.raises(Killed):
        foods.import_foods(app, path)
    assert sum(app.store.count_foods().values()) == 4 * pieces
    monkeypatch.setattr(app.store, "keep_foods", keep)
    report = foods.import_foods(app, path)
    assert (report.read, report.kept, report.added) == (whole.read, whole.kept, whole.added) == (10, 10, 10)
    assert report.notes == ((food_imports.GOES_ON,) if pieces else ())
    assert app.store.count_foods() == {"open_food_facts": 10}


def test_a_packed_file_that_ends_early_keeps_what_it_has_and_says_so(app, tmp_path):
    text = soups(tmp_path / "off.tsv", 4000).read_bytes()
    path = tmp_path / "off.tsv.gz"
    path.write_bytes(gzip.compress(text)[:-500])
    report = foods.import_foods(app, path)
    assert not report.whole
    assert 0 < report.kept < 4000
    (note,) = report.notes
    assert note == (
        "off.tsv.gz is damaged or ends early: the download stopped. "
        "What was read is kept; download it again and import it."
    )
    assert sum(app.store.count_foods().values()) == report.kept


def test_a_file_that_is_none_leaves_nothing(app, tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n")
    with pytest.raises(BadFoodFile):
        foods.import_foods(app, tmp_path / "x.csv")
    assert foods.imports(app) == ()


@pytest.mark.parametrize(
    ("number", "kind", "sentence"),
    [
        (errno.ENOSPC, DiskFull, None),
        (errno.EIO, BadFoodFile, "usda.zip could not be read: input/output error."),
    ],
)
def test_what_the_system_says_no_to_is_one_sentence(app, tmp_path, monkeypatch, number, kind, sentence):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("openback.interop.foods.heap.tempfile.TemporaryFile", refuse)
    with pytest.raises(kind) as raised:
        foods.import_foods(app, usda_zip(tmp_path / "usda.zip"))
    if sentence:
        assert str(raised.value) == sentence
    assert app.store.count_foods() == {}


def test_a_server_without_pg_trgm_is_said(app, tmp_path, monkeypatch):
    monkeypatch.setattr(app.store, "learn_food_words", lambda: False)
    assert foods.import_foods(app, soups(tmp_path / "off.tsv", 2)).sentences[-1] == (
        "PostgreSQL does not have pg_trgm here, so typing errors are found less well. "
        "An administrator can add it: CREATE EXTENSION pg_trgm."
    )


def test_the_report_is_json(app, tmp_path):
    report = foods.import_foods(app, soups(tmp_path / "off.tsv", 2))
    assert food_imports.report_json(report) == {
        "name": "off.tsv",
        "origin": "open_food_facts",
        "read": 2,
        "kept": 2,
        "added": 2,
        "left_out": {},
        "unknown": {},
        "notes": [],
        "whole": True,
    }


@pytest.mark.slow
def test_a_process_that_is_killed_loses_nothing(tmp_path):
    path = soups(tmp_path / "off.tsv", 20_000)
    data = tmp_path / "data"
    environment = os.environ | {"OPENBACK_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
    environment.pop("OPENBACK_DATABASE", None)
    command = [sys.executable, "-m", "openback", "foods", "import", str(path), "--json"]
    started = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while time.monotonic() < until and started.poll() is None and not kept_in(data):
        time.sleep(0.02)
    started.send_signal(signal.SIGKILL)
    started.communicate()
    before = kept_in(data)
    assert 0 < before < 20_000
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert '"added": 20000' in done.stdout
    assert kept_in(data) == 20_000
    assert [one.name for one in data.iterdir() if "openback.db" not in one.name] == []


def kept_in(data):
    if not (data / "openback.db").exists():
        return 0
    with open_store(data / "openback.db") as store:
        return sum(store.count_foods().values())


# --- On the command line --------------------------------------------------------------------------


@pytest.fixture
def openback(tmp_path, monkeypatch, capfd):
    """A function that runs a command on a data folder of this test's own: status, output, error."""
    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("OPENBACK_DATABASE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def said(*arguments):
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        return status, *capfd.readouterr()

    return said


@pytest.mark.app
def test_foods_are_imported_searched_and_removed(openback, tmp_path):
    path = usda_zip(tmp_path / "usda.zip")
    status, out, err = openback("import", path)
    assert (status, err) == (0, "")
    assert out.startswith(
        "USDA FoodData Central: 10 rows read, 3 foods kept (3 of them new), 7 rows left out.\n"
    )
    assert '"added": 3' in openback("foods", "import", path, "--json")[1]
    status, out, err = openback("foods", "search", "oatsy", "--json")
    assert (status, err) == (0, "")
    assert '"id": "usda:14"' in out
    assert "Oat drink, original" in openback("foods", "search", "oat", "drink", "origina")[1]
    assert openback("foods", "search", "zzzzzzz")[1] == "No food is like 'zzzzzzz'.\n"
    assert openback("foods", "remove", "usda")[1] == "3 foods are gone.\n"
    assert openback("foods", "remove", "usda", "--json")[1] == '{\n  "removed": 0\n}\n'


@pytest.mark.app
def test_a_bad_file_is_one_sentence_and_status_2(openback, tmp_path):
    cut = tmp_path / "cut.zip"
    cut.write_bytes(usda_zip(tmp_path / "usda.zip").read_bytes()[:200])
    sentence = "cut.zip is a zip whose end is missing: the download stopped early. Nothing was kept; download it again.\n"
    for command in (("import",), ("foods", "import")):
        assert openback(*command, cut) == (2, "", sentence)
    assert openback("import", usda_zip(tmp_path / "usda.zip"), "--dry-run")[0] == 2


@pytest.mark.app
def test_ctrl_c_says_that_it_goes_on_later(openback, tmp_path, monkeypatch):
    def interrupt(app, file, step):
        raise KeyboardInterrupt

    monkeypatch.setattr(foods, "import_foods", interrupt)
    status, out, err = openback("foods", "import", usda_zip(tmp_path / "usda.zip"))
    assert (status, out) == (130, "")
    assert err == "Stopped. 0 foods are here; the same command goes on from there.\n"
