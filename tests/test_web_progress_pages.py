"""The pages beside strength: review, body and notes; who has answered nothing, who has, and who reads pounds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest

import showing
from living import ANNA, Clock, a_set, living, train_on
from openback.model.eating import BodyMeasures
from openback.model.journal import CycleNote
from openback.model.log import SessionLog
from openback.progress.sizes import SizeChange
from openback.services import cycle_notes, progress
from openback.services.app import App
from openback.services.body_sizes import SizeView
from openback.services.views import StrengthCurve, StrengthPoint
from openback.web.curve_chart import HEIGHT, WIDTH, Span, curve_chart
from openback.web.routes.progress_body import change_words, length, size_row
from test_web_pages import check_outline
from web_app import TestClient, client_of

PAGES = ("/progress", "/progress/review", "/progress/body", "/progress/notes")
TODAY = date(2026, 11, 23)


@pytest.fixture
def app(tmp_path) -> Iterator[App]:
    with living(tmp_path, Clock()) as app:
        yield app


@pytest.fixture
def client(app) -> Iterator[TestClient]:
    with client_of(app) as client:
        yield client


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_before_the_questions(tmp_path):
    with living(tmp_path, Clock(), planned=False) as app, client_of(app) as client:
        for page in PAGES[1:]:
            answer = client.get(page)
            assert (answer.status_code, answer.headers["location"]) == (303, "/welcome")


@pytest.mark.parametrize("page", PAGES)
def test_the_first_day(client, page):
    answer = client.get(page)
    assert answer.status_code == 200
    outline = check_outline(answer.text)
    assert {"/progress", "/progress/body", "/progress/review"} <= set(outline.links)


# --- Strength --------------------------------------------------------------------------------------


def test_the_map_of_a_week_that_is_asked_for(client, monkeypatch):
    view = showing.a_progress()
    monkeypatch.setattr(progress, "progress", lambda _app: view)
    (_, first), (second, _) = view.history[0], view.history[1]
    html = client.get(f"/progress?week={view.history[0][0]}").text
    check_outline(html)
    weeks = json.loads(unescape(re.search(r'data-weeks="([^"]*)"', html)[1]))
    assert len(weeks) == len(view.history)
    assert 'data-at="0"' in html
    assert weeks[0]["name"] == f"Week from {view.history[0][0].day} {view.history[0][0]:%B}"
    assert f"/progress?week={second}#map" in html
    lats = weeks[0]["muscles"]["latissimus_dorsi"]
    assert lats[2] == "Lats"
    assert lats[3].startswith(f"{first.get('latissimus_dorsi', 0):.1f}".removesuffix(".0"))


def test_a_week_that_is_not_there_is_the_last_one(client, monkeypatch):
    view = showing.a_progress()
    monkeypatch.setattr(progress, "progress", lambda _app: view)
    assert f'data-at="{len(view.history) - 1}"' in client.get("/progress?week=1999-01-04").text
    assert client.get("/progress?week=soon").status_code == 422


def a_fan_curve() -> StrengthCurve:
    on = TODAY - timedelta(days=70)
    points = tuple(
        StrengthPoint(on=on + timedelta(days=7 * n), one_rm_kg=30 + n, low_kg=28 + n, high_kg=33 + n)
        for n in range(11)
    )
    last = points[-1]
    fan = tuple(
        StrengthPoint(
            on=last.on + timedelta(days=7 * n),
            one_rm_kg=last.one_rm_kg + n / 2,
            low_kg=last.low_kg - n,
            high_kg=last.high_kg + n,
        )
        for n in range(13)
    )
    return StrengthCurve(
        exercise=showing.exercise("face_pull"),
        points=points,
        change_text="Up.",
        fan=fan,
        forecast_text="Then.",
    )


def test_a_fan_is_drawn_inside_the_picture_and_stands_in_the_table(client, monkeypatch):
    chart = curve_chart(a_fan_curve(), "metric")
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", chart.fan + chart.fan_line)]
    assert all(0 <= x <= WIDTH for x in numbers[::2])
    assert all(0 <= y <= HEIGHT for y in numbers[1::2])
    assert [on for on, *_ in chart.ahead_rows] == [point.on for point in reversed(a_fan_curve().fan[1:])]
    assert chart.ahead[0][1] == chart.middle[-1]
    monkeypatch.setattr(progress, "progress", lambda _app: showing.a_progress(curves=(a_fan_curve(),)))
    html = client.get("/progress").text
    check_outline(html)
    assert html.count("ahead</span>") == 12
    assert "Then." in words(html)


@pytest.mark.parametrize(
    ("first", "last", "drawn"),
    [
        pytest.param(-100, -80, False, id="before the curve"),
        pytest.param(1, 20, False, id="after it"),
        pytest.param(-100, 20, True, id="all of it"),
        pytest.param(-30, -30, True, id="a day"),
    ],
)
def test_spans_are_cut_to_the_curve(first, last, drawn):
    span = Span(kind="away", first_on=TODAY + timedelta(days=first), last_on=TODAY + timedelta(days=last))
    chart = curve_chart(a_fan_curve(), "metric", [span])
    assert bool(chart.spans) is drawn
    for kind, x, width in chart.spans:
        assert kind == "away"
        assert width >= 2
        assert 0 <= x <= x + width <= WIDTH


def test_strength_beside_other_people(app, client):
    sets, logs = [], []
    for n in range(16):
        at = app.now() - timedelta(days=3.5 * (16 - n))
        logs.append(SessionLog(id=uuid4(), started_at=at, ended_at=at + timedelta(hours=1)))
        sets.append(a_set(logs[-1].id, "wide_grip_lat_pulldown", at, load_kg=25 + n // 2, rir=1))
    app.store.add_history(app.person_id, sessions=logs, sets=sets)
    said = words(client.get("/progress").text)
    assert "× body mass" in said
    assert "of the women tested pulled less" in said
    assert "A place on a map and no goal" in said
    assert "Johnson and others, 2009" in said
    assert "If you go on as you do, about" in said


# --- Review ----------------------------------------------------------------------------------------


def test_review_of_a_week(app, client):
    train_on(app, 1, 1)
    app.now.on(days=7)
    html = client.get("/progress/review?week=2026-11-24").text
    check_outline(html)
    said = words(html)
    assert "23 to 29 November" in said
    assert "You trained once; three sessions were planned." in said
    assert "nothing needs catching up" in said
    assert 'href="/progress/review?week=2026-11-30"' in html
    assert "This week" in words(client.get("/progress/review").text)


def test_review_through_the_api(app, client):
    train_on(app, 1, 1)
    answer = client.get("/api/v1/review").json()
    assert answer["sentences"][0] == "You trained once so far; two more are planned."
    assert answer["monday"] == "2026-11-23"
    assert answer["facts"]["sessions_done"] == 1
    assert client.get("/api/v1/review?week=soon").status_code == 422


# --- Body ------------------------------------------------------------------------------------------


def test_a_size_is_written_down_and_taken_back(app, client):
    html = client.get("/progress/body").text
    assert "A tape once a month" in html
    answer = client.post(
        "/eat/weight/measures",
        data={"waist_cm": "80", "hip_cm": "100", "neck_cm": "33", "back": "/progress/body"},
    )
    assert answer.headers["location"] == "/progress/body"
    said = words(client.get("/progress/body").text)
    assert "Waist Since Monday 23 November; the next one shows a change." in said
    assert "US Navy tape" in said
    undo = re.search(r"/progress/undo/[^\"]+", unescape(answer.headers["set-cookie"]).replace("%2F", "/"))
    assert undo
    address = undo[0].split("%22")[0].replace("%3F", "?").replace("%3D", "=")
    assert client.post(address).headers["location"] == "/progress/body"
    assert app.store.measures(app.person_id) == ()


def test_other_places_to_go_back_to_are_not_believed(client):
    answer = client.post("/eat/weight/measures", data={"waist_cm": "80", "back": "//evil.example"})
    assert answer.headers["location"] == "/eat/weight#measures"


def a_size(
    *cms: float, smallest_cm: float = 2.0, change: str = "none", by_cm: float | None = 0.5
) -> SizeView:
    points = tuple((TODAY - timedelta(days=30 * (len(cms) - n)), cm) for n, cm in enumerate(cms))
    return SizeView(
        field="waist_cm",
        points=points,
        change=SizeChange(change=change, since=points[0][0], by_cm=by_cm),
        smallest_cm=smallest_cm,
    )


@pytest.mark.parametrize(
    ("view", "units", "expected"),
    [
        (a_size(80, by_cm=None), "metric", "Since Saturday 24 October; the next one shows a change."),
        (
            a_size(80, 80.5),
            "metric",
            "No real change since Thursday 24 September: a tape is off by up to 2 cm.",
        ),
        (a_size(80, 77, change="less", by_cm=-3.0), "metric", "3 cm less than on Thursday 24 September."),
        (a_size(80, 85, change="more", by_cm=5.08), "imperial", "2.0 in more than on Thursday 24 September."),
    ],
)
def test_change_words(view, units, expected):
    assert change_words(view, units, TODAY) == expected


def test_lines_of_sizes_stay_in_their_box_and_a_slip_is_no_slope():
    assert length(80.04, "metric") == "80 cm"
    dots = size_row(a_size(80, 79, 90), "Waist", "metric", TODAY).dots
    assert all(0 <= x <= 160 and 0 <= y <= 40 for x, y in dots)
    assert dots[-1][1] < dots[0][1]  # more is higher up
    flat = size_row(a_size(80, 80.5), "Waist", "metric", TODAY).dots
    assert abs(flat[0][1] - flat[1][1]) < 5
    assert size_row(a_size(80), "Waist", "metric", TODAY).dots == ((80.0, 20.0),)


def test_pounds_and_inches(app, client):
    app.store.put_person(app.person_id, replace(ANNA, units="imperial"))
    app.store.put_measures(app.person_id, BodyMeasures(on=TODAY, waist_cm=76.2))
    assert "30.0 in" in words(client.get("/progress/body").text)


# --- Notes -----------------------------------------------------------------------------------------


def test_notes_from_off_to_on_to_a_day_and_back(app, client):
    html = client.get("/progress/notes").text
    assert "Off until you ask for them" in html
    assert "McNulty and others, 2020" in html
    client.post("/progress/notes/turn", data={"on": "true"})
    form = {"on": "2026-11-22", "bleeding": "2", "signs": ["cramps", "tired"], "note": "Slow  day"}
    answer = client.post("/progress/notes", data=form)
    assert answer.headers["location"] == "/progress/notes?on=2026-11-22"
    assert cycle_notes.notes(app) == (
        CycleNote(on=date(2026, 11, 22), bleeding=2, signs=("cramps", "tired"), note="Slow day"),
    )
    html = client.get("/progress/notes").text
    check_outline(html)
    assert "Bleeding: medium. Cramps. Tired. Slow day" in words(html)
    assert 'aria-label="Sunday 22 November, bleeding: medium, a period began, noted"' in html
    client.post("/progress/notes/delete", data={"on": "2026-11-22"})
    assert cycle_notes.notes(app) == ()


def test_a_note_that_cannot_be(client):
    client.post("/progress/notes/turn", data={"on": "true"})
    answer = client.post("/progress/notes", data={"on": "2027-01-01", "bleeding": "1"})
    assert answer.status_code == 422
    assert "This day is still to come." in answer.text
    answer = client.post("/progress/notes", data={"on": "2026-11-01", "signs": "joy"})
    assert answer.status_code == 422
    assert "no sign is called" in answer.text


def test_a_warning_sign_in_pregnancy(app, client):
    app.store.put_person(app.person_id, replace(ANNA, pregnancy_week=20))
    client.post("/progress/notes/turn", data={"on": "true"})
    client.post("/progress/notes", data={"on": "2026-11-23", "signs": "contractions"})
    html = client.get("/progress/notes").text
    check_outline(html)
    said = words(html)
    assert "Call your maternity unit or emergency services now." in said
    assert "Week 20 of pregnancy, as you told it." in said
    assert 'href="/settings/profile/pregnancy_health"' in html
    assert client.get("/settings/profile/pregnancy_health").status_code == 200


def test_notes_are_not_offered_to_men(app, client):
    app.store.put_person(app.person_id, replace(ANNA, sex="male"))
    assert "/progress/notes" not in client.get("/progress/body").text
    assert "people with a cycle" in words(client.get("/progress/notes").text)
