"""`openback report`, `openback calendar` and `openback plan --pdf`: files where they were asked for, or one sentence."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from openback.cli import run
from openback.errors import PaperTypeMissing
from openback.printing.type import faces_here
from openback.web.figures import Figures
from scripts.system import ROOT

EXAMPLE = ROOT / "docs" / "examples" / "profile.json"


@pytest.fixture(scope="module", autouse=True)
def _built():
    try:
        faces_here()
    except PaperTypeMissing:
        pytest.skip("the type for paper is not built here: `make assets`")


@pytest.fixture
def openback(tmp_path, monkeypatch, capfd):
    """A function that runs a command on a data folder of this test's own: status, output, errors."""
    monkeypatch.setenv("OPENBACK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("OPENBACK_DATABASE", raising=False)
    monkeypatch.setattr(Figures, "picture", lambda *_: None)

    def said(*arguments):
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        return (status, *capfd.readouterr())

    return said


def test_before_the_questions_one_sentence(openback):
    for command in ("report", "calendar"):
        status, out, err = openback(command)
        assert (status, out) == (2, "")
        assert err.startswith("The questions have not been answered yet.")


@pytest.fixture
def known(openback):
    openback("profile", EXAMPLE)
    return openback


def test_a_report_goes_where_it_is_asked_for(known, tmp_path):
    page, paper = tmp_path / "month.html", tmp_path / "month.pdf"
    status, out, err = known("report", "--html", page, "--pdf", paper, "--json")
    assert (status, err) == (0, "")
    said = json.loads(out)
    assert (said["html"], said["pdf"]) == (str(page), str(paper))
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert len(PdfReader(paper).pages) == 1


def test_without_a_file_it_goes_into_the_data_folder(known, tmp_path):
    status, out, _ = known("report")
    assert status == 0
    path = Path(out.removeprefix("Written to ").strip())
    assert path.parent == tmp_path / "data" / "exports"
    assert path.read_bytes().startswith(b"%PDF")


def test_a_month_that_is_none(known):
    assert known("report", "--month", "2026-13") == (
        2,
        "",
        "'2026-13' is no month with a report. Say it as in 2026-11, up to the present month.\n",
    )


def test_the_calendar(known, tmp_path):
    status, out, _ = known("calendar", tmp_path / "own.ics", "--json")
    assert (status, json.loads(out)) == (0, {"path": str(tmp_path / "own.ics")})
    assert Calendar.from_ical((tmp_path / "own.ics").read_bytes()).walk("VEVENT")
    status, out, _ = known("calendar")
    assert out == f"Written to {tmp_path / 'data' / 'exports' / 'openback.ics'}\n"


def test_a_plan_for_printing(openback, tmp_path):
    paper = tmp_path / "plan.pdf"
    status, out, err = openback("plan", EXAMPLE, "--pdf", paper, "--json")
    assert status == 0
    assert err == f"Written to {paper}\n"
    assert len(PdfReader(io.BytesIO(paper.read_bytes())).pages) == json.loads(out)["weeks"]


def test_a_plan_that_was_stopped_is_not_printed(openback, tmp_path):
    data = json.loads(EXAMPLE.read_text())
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(data | {"screening": {"chest_or_breath": True}}))
    status, out, err = openback("plan", path, "--pdf", tmp_path / "plan.pdf")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert not (tmp_path / "plan.pdf").exists()


def test_a_file_that_cannot_be_written(known, tmp_path):
    (tmp_path / "taken").write_text("")
    status, out, err = known("report", "--pdf", tmp_path / "taken" / "month.pdf")
    assert (status, out) == (1, "")
    assert str(tmp_path / "taken" / "month.pdf") in err
