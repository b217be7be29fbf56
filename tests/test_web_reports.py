"""Reports as pages and files: every month opens, nothing in them asks anybody for anything."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pypdf import PdfReader

from living import Clock, living
from openback.errors import PaperTypeMissing
from openback.model.log import SessionLog, SetLog
from openback.printing.type import faces_here
from openback.services import people
from openback.services.month_report import month_report
from openback.web.figures import Figures
from openback.web.month_page import month_html
from web_app import Outline, client_of, web_client

NAME = "Anna <b>& Co</b>"


@pytest.fixture(scope="module")
def built():
    try:
        faces_here()
    except PaperTypeMissing:
        pytest.skip("the type for paper is not built here: `make assets`")


@pytest.fixture
def anna(tmp_path):
    with living(tmp_path, Clock()) as app:
        for n in range(10):
            on = datetime(2026, 9, 8, 12, tzinfo=UTC) + timedelta(days=7 * n)
            session = SessionLog(
                id=UUID(int=n + 1), started_at=on, ended_at=on + timedelta(minutes=40), title="Row"
            )
            app.store.put_session(app.person_id, session)
            app.store.put_set(
                app.person_id,
                SetLog(
                    id=UUID(int=n + 100), session_id=session.id, at=on, exercise="one_arm_dumbbell_row", kind="work", reps=10, load_kg=20 + n, rir=2,
                ),
            )  # fmt: skip
        yield app


@pytest.fixture
def client(anna):
    with client_of(anna) as made:
        yield made


@pytest.mark.parametrize("path", ["/progress/reports", "/progress/reports/2026-11"])
def test_before_the_questions_there_is_no_report(tmp_path, path):
    with web_client(tmp_path, None) as nobody:
        assert nobody.get(path).headers["location"] == "/welcome"


def test_without_a_session_the_page_says_what_will_be_there(tmp_path):
    with web_client(tmp_path) as new:
        said = new.get("/progress/reports").text
    assert "With your first session the first report begins" in said
    assert "/train/programme.pdf" not in said


def test_every_month_since_the_first_session_is_listed(client):
    outline = Outline(client.get("/progress/reports").text)
    months = [link for link in outline.links if re.fullmatch(r"/progress/reports/\d{4}-\d\d", link)]
    assert months == [f"/progress/reports/2026-{month}" for month in ("11", "10", "09")]
    assert "/train/programme.pdf" in outline.links
    for path in months:
        assert client.get(path).status_code == 200


def test_a_month_as_a_page(client):
    said = client.get("/progress/reports/2026-10").text
    outline = Outline(said)
    assert not outline.forbidden
    assert len(outline.ids) == len(set(outline.ids))
    assert "October 2026" in said
    assert '<svg class="drawn"' in said
    assert "/progress/reports/2026-09" in outline.links
    assert "/progress/reports/2026-11" in outline.links
    assert client.get("/progress/reports/report.css").headers["content-type"] == "text/css; charset=utf-8"


def test_behind_each_chart_is_a_table_with_its_numbers(client, anna):
    said = client.get("/progress/reports/2026-10").text
    assert said.count('<table class="mr-table">') == said.count('<svg class="drawn"')
    shown = month_report(anna, datetime(2026, 10, 1).date())
    line = next(block for section in shown.sections for block in section.blocks if hasattr(block, "points"))
    assert f"<td>{line.points[0].value:.1f}</td>" in said


@pytest.mark.parametrize("month", ["2026-12", "2026-13", "soon", "2026-1"])
@pytest.mark.parametrize("kind", ["", ".pdf", ".html"])
def test_a_month_that_is_none_is_not_there(client, month, kind):
    answer = client.get(f"/progress/reports/{month}{kind}")
    assert answer.status_code == 404
    assert "is no month with a report. Say it as in 2026-11, up to the present month." in answer.text


def test_a_month_as_a_file_asks_nobody_for_anything(client):
    answer = client.get("/progress/reports/2026-10.html")
    assert answer.headers["content-disposition"] == 'attachment; filename="openback-2026-10.html"'
    assert not re.findall(r'(?:src|href)="(?!#)', answer.text)
    assert not re.findall(r"url\((?!data:)", answer.text)
    assert "<script" not in answer.text
    assert "Content-Security-Policy" in answer.text


def test_names_are_words_and_never_markup(anna):
    person = people.profile_of(anna).person

    anna.store.put_person(anna.person_id, replace(person, name=NAME))
    said = month_html(month_report(anna, anna.today.replace(day=1)))
    assert NAME not in said
    assert "Anna &lt;b&gt;&amp; Co&lt;/b&gt;" in said


def test_a_month_as_pdf(built, client):
    answer = client.get("/progress/reports/2026-10.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="openback-2026-10.pdf"'
    assert "October 2026" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert client.get("/progress/reports/2026-10.pdf").content == answer.content


def test_the_programme_as_pdf(built, client, monkeypatch):
    monkeypatch.setattr(Figures, "picture", lambda *_: None)  # the next test draws them
    answer = client.get("/train/programme.pdf")
    assert answer.headers["content-disposition"] == 'attachment; filename="openback-programme.pdf"'
    pages = PdfReader(io.BytesIO(answer.content)).pages
    for n, page in enumerate(pages, 1):
        assert page.extract_text().startswith(f"Week {n} of {len(pages)}")


@pytest.mark.slow
def test_the_programme_has_figures(built, client):
    if client.app.state.figures.skin("female") is None:
        pytest.skip("the figure is not built here: `make assets`")
    page = PdfReader(io.BytesIO(client.get("/train/programme.pdf").content)).pages[0]
    assert len(page.images) >= 4


def test_without_built_assets_one_sentence_says_so(client, monkeypatch):
    def missing(*_):
        raise PaperTypeMissing

    monkeypatch.setattr("openback.printing.paper.faces_here", missing)
    for path in ("/train/programme.pdf", "/progress/reports/2026-10.pdf"):
        monkeypatch.setattr(Figures, "picture", lambda *_: None)
        answer = client.get(path)
        assert answer.status_code == 503
        assert "run `make assets` in its folder, or install the wheel." in answer.text
    assert client.get("/progress/reports/2026-10.html").status_code == 200
