"""Progress: the first day, half a year, and the arithmetic of a curve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

import showing
from openback.services import people, progress
from openback.services.views import StrengthCurve, StrengthPoint
from openback.units import lb_from_kg
from openback.web.curve_chart import BOTTOM, HEIGHT, TOP, WIDTH, curve_chart, scale_steps
from test_web_pages import check_outline
from web_app import TestClient, web_client


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[TestClient]:
    with web_client(tmp_path_factory.mktemp("progress")) as client:
        yield client


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def test_the_first_day_says_what_will_be_here(client):
    html = client.get("/progress").text
    check_outline(html)
    assert "Your strength will stand here" in html
    assert "chart.js" not in html


def test_half_a_year(client, monkeypatch):
    monkeypatch.setattr(progress, "progress", lambda _app: showing.a_progress())
    html = client.get("/progress").text
    check_outline(html)
    said = words(html)
    assert "56 sessions" in said
    assert "803 sets" in said
    assert "Up 24 % in 19 weeks (17 to 31 %)." in said
    assert "No clear change in 6 weeks (-5 to +11 %)." in said
    assert "Too early to say; three days of training tell." in said
    assert "Lats 10.5 of 8–14 sets" in said
    assert "Back of the shoulders 11 of 4–10 sets, more than planned" in said
    assert 'data-muscle="posterior_deltoid" data-level="4" data-over' in html


def test_every_chart_has_its_table(client, monkeypatch):
    view = showing.a_progress()
    monkeypatch.setattr(progress, "progress", lambda _app: view)
    html = client.get("/progress").text
    charts = html.count('data-island="chart"')
    assert charts == len(view.curves)
    assert html.count("Estimate (kg)") == charts
    weeks = re.findall(r'<tr><th scope="row" class="nowrap">(\d+ \w+)</th><td class="num">(\d+)</td>', html)
    assert len(weeks) == len(view.sessions_by_week)
    assert weeks[0] == ("16 Nov", str(view.sessions_by_week[-1][1]))


def test_sets_without_a_curve_or_a_best(client, monkeypatch):
    bare = replace(showing.a_progress(), curves=(), records=(), weekly_band={}, weekly_sets={})
    monkeypatch.setattr(progress, "progress", lambda _app: bare)
    html = client.get("/progress").text
    check_outline(html)
    assert "After three days with a lift, its curve stands here." in html
    assert "Bests" not in html


def test_pounds_for_those_who_read_pounds(client, monkeypatch):
    monkeypatch.setattr(people, "units_of", lambda _app: "imperial")
    monkeypatch.setattr(progress, "progress", lambda _app: showing.a_progress())
    said = words(client.get("/progress").text)
    assert "77.2 lb" in said  # the best of 35 kg
    assert "Estimate (lb)" in said


# --- Curves ------------------------------------------------------------------------------------------------


def a_curve(*points: tuple[date, float, float, float]) -> StrengthCurve:
    return StrengthCurve(
        exercise=showing.exercise("face_pull"),
        points=tuple(StrengthPoint(on=on, one_rm_kg=m, low_kg=lo, high_kg=hi) for on, m, lo, hi in points),
        change_text="",
    )


def test_one_day_stands_in_the_middle():
    chart = curve_chart(a_curve((date(2026, 1, 1), 20, 18, 22)), "metric")
    assert 250 < chart.last[0] < 350
    assert [tick.text for tick in chart.x_ticks] == ["1 Jan"]


def test_a_day_that_is_sure_of_itself_has_no_band_and_still_draws():
    chart = curve_chart(a_curve((date(2026, 1, 1), 20, 20, 20), (date(2026, 1, 8), 20, 20, 20)), "metric")
    assert TOP <= chart.last[1] <= HEIGHT - BOTTOM


def test_pounds_are_only_another_scale():
    curve = showing.a_curve("face_pull", 20, 9, 0.2, "")
    metric, imperial = curve_chart(curve, "metric"), curve_chart(curve, "imperial")
    assert imperial.unit == "lb"
    assert imperial.middle == pytest.approx([lb_from_kg(kg) for kg in metric.middle], abs=0.02)


DAYS = st.lists(st.integers(0, 400), min_size=1, max_size=30, unique=True)


@given(DAYS, st.lists(st.tuples(st.floats(1, 300), st.floats(0, 0.5)), min_size=30, max_size=30))
def test_a_curve_stays_inside_its_picture(days, values):
    start = date(2026, 1, 1).toordinal()
    points = [
        (date.fromordinal(start + day), kg, kg * (1 - spread), kg * (1 + spread))
        for day, (kg, spread) in zip(sorted(days), values, strict=False)
    ]
    chart = curve_chart(a_curve(*points), "metric")
    for path in (chart.line, chart.band):
        numbers = [float(text) for text in re.findall(r"-?[\d.]+", path)]
        assert all(0 <= x <= WIDTH for x in numbers[::2])
        assert all(TOP - 0.1 <= y <= HEIGHT - BOTTOM + 0.1 for y in numbers[1::2])
    assert len(chart.rows) == len(points)
    assert chart.rows[0][0] == points[-1][0]


@given(st.floats(0.5, 500), st.floats(0, 300))
def test_a_scale_holds_the_range_with_few_round_numbers(low, width):
    steps = scale_steps(low, low + width)
    assert steps[0] <= low + 1e-6
    assert steps[-1] >= low + width - 1e-6
    assert 2 <= len(steps) <= 8
