"""A month on paper, and its charts: every value inside the chart, gaps left open, nothing made up."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from openback.errors import PaperTypeMissing
from openback.model.paper import (
    Bar,
    Bars,
    Day,
    Fact,
    Facts,
    Line,
    Listed,
    Month,
    MonthReport,
    Point,
    Section,
    Words,
)
from openback.printing import line_chart, month_pdf, svg
from openback.printing.drawing import GAP_D, Area, Dot, Label, Stroke, steps_of
from openback.printing.type import faces_here
from sheets import WRITTEN

FIRST, LAST, MARKED = date(2026, 9, 1), date(2026, 11, 30), date(2026, 11, 1)
WIDTH, HEIGHT = 80.0, 36.0


@pytest.fixture(scope="module")
def built():
    try:
        faces_here()
    except PaperTypeMissing:
        pytest.skip("the type for paper is not built here: `make assets`")


def line(*points: Point, **more) -> Line:
    given_ = {
        "name": "Row",
        "unit": "kg",
        "first": FIRST,
        "last": LAST,
        "marked_from": MARKED,
        "says": "Up 4 %.",
    }
    return Line(points=points, **{**given_, **more})


def at(days: int, value: float, half: float | None = 1.0) -> Point:
    low, high = (None, None) if half is None else (value - half, value + half)
    return Point(on=FIRST + timedelta(days=days), value=value, low=low, high=high)


def ends_of(shape) -> list[tuple[float, float]]:
    return list(shape.points) if isinstance(shape, Stroke | Area) else [shape.at]


# --- The scale ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "steps"),
    [
        pytest.param((20,), (19.0, 19.5, 20.0, 20.5, 21.0), id="one value"),
        pytest.param((20, 30), (15.0, 20.0, 25.0, 30.0, 35.0), id="with the band around them"),
        pytest.param((-2, 2), (-4.0, -2.0, 0.0, 2.0, 4.0), id="around zero"),
    ],
)
def test_the_scale_has_round_numbers(values, steps):
    assert steps_of(line(*(at(n, value) for n, value in enumerate(values)))) == steps


def test_a_scale_with_a_top_begins_at_zero():
    assert steps_of(line(at(0, 3, None), top=10.0)) == (0.0, 5.0, 10.0)


finite = st.floats(-500, 500, allow_nan=False, width=32)
points = st.lists(st.tuples(st.integers(0, 90), finite, st.floats(0, 50, width=32)), min_size=1, max_size=40)


@given(points)
def test_every_value_is_inside_the_chart(given_points):
    by_day = {day: at(day, value, half) for day, value, half in given_points}
    drawn = line(*(by_day[day] for day in sorted(by_day)))
    steps = steps_of(drawn)
    values = [end for point in drawn.points for end in (point.low, point.high)]
    assert steps[0] <= min(values) + 1e-6
    assert max(values) <= steps[-1] + 1e-6
    assert 2 <= len(steps) <= 7
    for shape in line_chart(drawn, WIDTH, HEIGHT):
        for x, y in ends_of(shape):
            assert math.isfinite(x + y)
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


@given(points)
def test_later_is_further_right_and_more_is_higher_up(given_points):
    by_day = {day: at(day, value, None) for day, value, _ in given_points}
    drawn = line(*(by_day[day] for day in sorted(by_day)))
    dots = [shape for shape in line_chart(drawn, WIDTH, HEIGHT) if isinstance(shape, Dot)]
    if not dots:
        return  # too many to show one by one
    for (one, dot), (two, after) in zip(
        zip(drawn.points, dots, strict=True), list(zip(drawn.points, dots, strict=True))[1:], strict=False
    ):
        assert dot.at[0] <= after.at[0]
        assert (two.value - one.value) * (dot.at[1] - after.at[1]) >= 0


# --- What is drawn --------------------------------------------------------------------------------------------


def test_a_single_value_is_a_dot_with_its_band():
    shapes = line_chart(line(at(30, 20)), WIDTH, HEIGHT)
    assert [shape.radius for shape in shapes if isinstance(shape, Dot)] == [0.7]
    (band,) = [shape for shape in shapes if isinstance(shape, Stroke) and shape.ink == "soft"]
    assert band.points[0][0] == band.points[1][0]
    assert not [shape for shape in shapes if isinstance(shape, Stroke) and shape.ink == "accent"]


def test_a_long_time_without_a_value_is_no_line():
    def lines(gap: int) -> int:
        shapes = line_chart(line(at(0, 20), at(5, 21), at(5 + gap, 22), at(10 + gap, 23)), WIDTH, HEIGHT)
        return sum(isinstance(shape, Stroke) and shape.ink == "accent" for shape in shapes)

    assert lines(GAP_D) == 1
    assert lines(GAP_D + 1) == 2


def test_the_month_itself_stands_on_ground_of_its_own():
    ground = line_chart(line(at(0, 20)), WIDTH, HEIGHT)[0]
    assert ground.ink == "wash"
    left, right = ground.points[0][0], ground.points[1][0]
    assert (left - 1) / (right - 1) == pytest.approx(61 / 90, abs=0.01)


def test_months_have_their_names():
    labels = [one.text for one in line_chart(line(at(0, 20)), WIDTH, HEIGHT) if isinstance(one, Label)]
    assert labels[-3:] == ["Sep", "Oct", "Nov"]


def test_the_svg_is_sound_whatever_it_is_called():
    drawn = svg(
        line_chart(line(at(0, -2), at(9, 2)), WIDTH, HEIGHT), WIDTH, HEIGHT, says='Row "A" <b> & more'
    )
    root = ET.fromstring(drawn)
    assert root.get("aria-label") == 'Row "A" <b> & more'
    assert root.get("viewBox") == "0 0 80 36"
    texts = [element.text for element in root if element.tag == "text"]
    assert "−4" in texts  # a true minus
    assert {element.tag for element in root} == {"polyline", "polygon", "circle", "text"}


# --- The report -----------------------------------------------------------------------------------------------

DAYS = tuple(Day(on=MARKED + timedelta(days=n), kind="done" if n % 3 == 0 else "none") for n in range(30))
LONG = "An exercise whose name goes on and on and on, until nobody can remember how it began at all"


def report(*sections: Section, size="A4") -> MonthReport:
    return MonthReport(title="November 2026", about="Anna", sections=sections, size=size, written_at=WRITTEN)


def whole(size="A4", *, times: int = 1) -> MonthReport:
    facts = Facts(facts=tuple(Fact(name=f"Number {n}", value=f"{n}", more="more") for n in range(5)))
    course = line(*(at(5 * n, 20 + n) for n in range(15)), name=LONG)
    bars = Bars(unit="sets", bars=tuple(Bar(name=f"Muscle {n}", value=n, low=8, high=12) for n in range(12)))
    blocks = (facts, Month(days=DAYS), Words(sentences=("Said plainly.",)), course, course, course, bars)
    listed = Listed(items=tuple((LONG, f"{n} kg on 3 November") for n in range(8)))
    one = Section(
        title="All of it", blocks=(*blocks, listed, Words(sentences=(f"{LONG}. " * 6,), quiet=True))
    )
    return report(*(one,) * times, size=size)


def pages_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def test_a_report_without_sections_is_a_page_with_its_name(built):
    (page,) = pages_of(month_pdf(report()))
    assert page == "November 2026 Anna Openback, November 2026 1"


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_everything_is_on_the_pages_and_nothing_beyond_their_foot(built, size):
    content = month_pdf(whole(size, times=2))
    pages = pages_of(content)
    text = " ".join(pages)
    for words, times in (("Said plainly.", 2), ("Number 4", 2), ("8 kg on", 0), ("7 kg on 3 November", 2), ("Up 4 %.", 6), ("11.0 of 8–12", 2)):  # fmt: skip
        assert text.count(words) == times
    assert all(page.endswith(f"Openback, November 2026 {n}") for n, page in enumerate(pages, 1))
    for page in PdfReader(io.BytesIO(content)).pages:
        assert lowest_pt(page) >= 12 * 72 / 25.4 - 1


def lowest_pt(page) -> float:
    found: list[float] = []

    def seen(text, transform, matrix, *_):
        if text.strip():
            found.append(matrix[5] * transform[3] + transform[5])

    page.extract_text(visitor_text=seen)
    return min(found)


def test_a_heading_does_not_stand_alone_at_the_foot_of_a_page(built):
    filler = Section(title="Before", blocks=(Words(sentences=("A line.",) * 36),))
    course = Section(title="After", blocks=(Words(sentences=("Said first.",)), line(at(0, 20), at(9, 21))))
    first, second = pages_of(month_pdf(report(filler, course)))
    assert "After" not in first
    assert "After Said first. Row" in second


def test_a_long_name_makes_way_for_the_title(built):
    content = month_pdf(replace(report(), about=LONG * 2))
    xs: dict[str, float] = {}

    def seen(text, transform, matrix, *_):
        if text.strip():
            xs[text.strip()] = matrix[4] * transform[0] + transform[4]

    PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=seen)
    said = next(text for text in xs if text.startswith("An exercise"))
    assert said.endswith("…")
    assert xs[said] > xs["November 2026"] + 60 * 72 / 25.4


def test_the_same_month_gives_the_same_bytes(built):
    assert month_pdf(whole()) == month_pdf(whole())
    assert PdfReader(io.BytesIO(month_pdf(whole()))).metadata.title == "Openback, November 2026"
