"""The report of a clip in a real browser: it asks nobody for anything, fits a phone, and is for everyone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from clip_sample import analysis, catalogue, pulldown, set_report, standing
from openback.model.motion import HoldReport
from openback.services.clip_pictures import drawn
from openback.web.clip_report import report_html


def picture():

    return drawn(Image.new("RGB", (720, 1280), "#556677"), standing(0.0), frozenset())


def a_pose():
    return next(one for one in catalogue().exercises.values() if one.kind == "hold" and one.rep is not None)


def report_of(report=None, pictures=None, **changed):
    with analysis(report, **changed) as made:
        return report_html(catalogue(), made, pictures or {})


NO_REPS = {"reps": (), "partials": (), "faults": ()}
CASES = {
    "a set with faults": lambda: report_of(pictures={"behind_head": picture()}),
    "a clean set": lambda: report_of(set_report(faults=(), cannot_tell=())),
    "another exercise": lambda: report_of(set_report(another="dumbbell_shrug")),
    "nobody": lambda: report_of(set_report(pose_found=0.0, **NO_REPS), curves=()),
    "a pose": lambda: report_of(
        set_report(exercise=a_pose().id, holds=(HoldReport(start_s=2.0, end_s=11.5),), **NO_REPS),
        exercise=a_pose(),
    ),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("case", CASES)
def test_the_report_is_for_everyone_and_asks_nobody(open_page, axe, tmp_path, case, scheme):
    path = tmp_path / "report.html"
    path.write_text(CASES[case](), encoding="utf-8")
    page = open_page(width=390, height=844, scheme=scheme)
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    axe(page)


def test_the_report_says_what_the_charts_show_also_in_words(open_page, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(CASES["a set with faults"](), encoding="utf-8")
    page = open_page(width=1280, height=800)
    page.goto(path.as_uri())
    assert page.get_by_role("heading", level=1).inner_text() == pulldown().name
    assert page.get_by_role(
        "img", name="Time line of 12 seconds: 3 reps, 1 partial, 3 faults seen."
    ).is_visible()
    charts = page.locator("figure.chart:has(details)")
    assert charts.count() == page.locator("figure.chart:has(table)").count() >= 3
    first = charts.filter(has_text="Hands ahead of the ears")
    first.get_by_text("As a table").click()
    assert first.get_by_role("row").count() == 5  # a heading, three reps, one partial
    assert page.get_by_role("img", name="The worst moment of “Behind head”").is_visible()


def test_a_name_of_a_file_is_text_and_nothing_else(open_page, tmp_path):
    html = report_of(files=(Path("<img src=x onerror=document.title='bad'>.mp4"),))
    path = tmp_path / "report.html"
    path.write_text(html, encoding="utf-8")
    page = open_page()
    page.goto(path.as_uri())
    assert page.title().startswith("Wide-grip lat pull-down: <img")
    assert page.locator("img").count() == 0
