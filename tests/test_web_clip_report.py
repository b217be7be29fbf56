"""The report's charts: where things stand, what the limits cover, and the table behind each."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clip_sample import BEHIND, LEAN, analysis, catalogue, curves, pulldown, rep, set_report
from openback.model.motion import HoldReport
from openback.services.thinning import Curve
from openback.web.clip_report import report_html
from openback.web.clip_report.charts import LABEL_PX, PLOT_PX, UNITS, charts_of
from openback.web.clip_report.timeline import Times, time_line, times_of

CLEAN = {"faults": (), "reps": (), "partials": (), "cannot_tell": ()}


def curve(measure, value, side="both", unit="deg"):
    return Curve(
        measure=measure,
        side=side,
        unit=unit,
        t_s=np.arange(len(value)) / 10,
        value=np.array(value, dtype=float),
    )


def charts(report=None, these=None, exercise=None):
    return charts_of(exercise or pulldown(), report or set_report(), curves() if these is None else these)


# --- Time ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_s", "texts"),
    [
        (0.1, ("0:00.0",)),
        (2.6, ("0:00.0", "0:00.5", "0:01.0", "0:01.5", "0:02.0", "0:02.5")),
        (12.5, ("0:00", "0:05", "0:10")),
        (95.0, ("0:00", "0:30", "1:00", "1:30")),
        (3600.0, ("0:00", "10:00", "20:00", "30:00", "40:00", "50:00", "60:00")),
    ],
)
def test_the_time_is_named_at_round_moments(last_s, texts):
    ticks = Times(0.0, last_s).ticks()
    assert tuple(tick.text for tick in ticks) == texts
    assert all(0 <= tick.at <= 100 for tick in ticks)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(-10, 200), st.floats(-10, 200))
def test_later_stands_further_right_and_nothing_beyond_the_edge(first_s, long_s, one_s, other_s):
    times = Times(first_s, first_s + long_s)
    left, right = sorted((one_s, other_s))
    assert 0 <= times.at(left) <= times.at(right) <= 100


def test_an_empty_set_has_a_time_line_of_its_clip():
    made = time_line(set_report(**CLEAN), times_of(set_report(**CLEAN), ()))
    assert (made.bars, made.marks) == ((), ())
    assert made.says == "Time line of 12 seconds: 0 reps, no fault seen."


def test_reps_partials_and_faults_stand_where_they_were():
    report = set_report()
    made = time_line(report, Times(0.0, 12.5))
    assert [(bar.label, bar.partial, bar.faulty) for bar in made.bars] == [
        ("1", False, False), ("2", False, True), ("3", False, True), ("", True, False),
    ]  # fmt: skip
    first = made.bars[0]
    assert first.left == pytest.approx(100 * 0.2 / 12.5, abs=0.01)
    assert first.left < first.peak < first.left + first.wide
    assert [mark.severity for mark in made.marks] == ["danger", "form", "danger"]
    assert made.marks[0].says == "Behind head: rep 2, 0:04.4, −0.04 trunk lengths"


def test_a_pose_is_a_bar_with_its_seconds():
    made = time_line(set_report(**CLEAN, holds=(HoldReport(start_s=2.0, end_s=11.5),)), Times(0.0, 12.5))
    assert [(bar.label, bar.peak) for bar in made.bars] == [("10 s", None)]
    assert made.says == "Time line of 12 seconds: 1 hold, no fault seen."


# --- Curves ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "these",
    [
        pytest.param((), id="no curve"),
        pytest.param((curve("arm_elevation_deg", []),), id="no point"),
        pytest.param((curve("arm_elevation_deg", [math.nan] * 9),), id="never told"),
    ],
)
def test_what_was_not_told_has_no_chart(these):
    assert charts(these=these) == ()


def test_the_reps_measure_comes_first_then_what_was_faulty():
    made = charts()
    assert [(chart.name, chart.first) for chart in made] == [
        ("Upper arm, from hanging to overhead", True),
        ("Hands ahead of the ears", True),
        ("Trunk lean", True),
    ]
    assert [chart.first for chart in charts(set_report(faults=()))] == [True, False, False]


def test_a_line_is_broken_where_the_value_is_not_known():
    (made,) = charts(these=(curve("trunk_lean_deg", [10, 12, math.nan, math.nan, 14, 13]),))
    (path,) = (path for _, path in made.paths)
    assert path.count("M") == 2
    assert path.count("L") == 2


def test_left_and_right_are_two_lines_and_both_is_one():
    arm, ahead, _ = charts()
    assert [side for side, _ in arm.paths] == ["left", "right"]
    assert [side for side, _ in ahead.paths] == ["both"]


def test_the_difference_of_sides_is_drawn_without_its_sign():
    made = charts(
        these=(
            curve("elbow_flexion_deg", [-20.0, 5.0, 10.0], "difference"),
            curve("elbow_flexion_deg", [40.0, 50.0, 60.0], "left"),
            curve("elbow_flexion_deg", [60.0, 45.0, 50.0], "right"),
        )
    )
    assert [chart.name for chart in made] == ["Elbow bend, left against right"]
    assert made[0].says == "Elbow bend, left against right over the set: from 5° to 20°."


def test_the_ground_beyond_a_limit_is_on_its_side_and_only_in_its_phase():
    _, ahead, lean = charts()
    (behind,), (leaning,) = (
        [limit for limit in chart.limits if limit.severity is not None] for chart in (ahead, lean)
    )
    assert behind.text == "Behind head: at least 0.10 trunk lengths"
    assert behind.top == behind.y
    assert behind.top + behind.height == pytest.approx(PLOT_PX, abs=0.1)  # below is out of bounds
    assert leaning.text == "Leaning back: at most 30°"
    assert (leaning.top, leaning.height) == (0, leaning.y)  # above is out of bounds
    reps = set_report().reps
    times = times_of(set_report(), curves())
    assert len(behind.spans) == len(leaning.spans) == 3
    for (left, wide), (whole_left, whole_wide), one in zip(behind.spans, leaning.spans, reps, strict=True):
        assert left < times.at(one.peak_s) < left + wide  # the peak
        assert (whole_left, whole_left + whole_wide) == pytest.approx(
            (times.at(one.start_s), times.at(one.end_s))
        )


@pytest.mark.parametrize(
    ("during", "from_s", "to_s"),
    [("start", 0.05, 0.35), ("lift", 0.2, 1.3), ("lower", 1.5, 3.0), ("rep", 0.2, 3.0), ("set", 0.0, 12.5)],
)
def test_each_phase_of_a_rep_is_where_it_was(during, from_s, to_s):
    exercise = replace(pulldown(), faults=(replace(LEAN, during=during),))
    made = charts(set_report(**CLEAN | {"reps": (rep(1, 0.2),)}), exercise=exercise)
    ((left, wide),) = next(chart for chart in made if chart.name == "Trunk lean").limits[0].spans
    assert left == pytest.approx(from_s / 12.5 * 100, abs=0.02)
    assert left + wide == pytest.approx(to_s / 12.5 * 100, abs=0.6)


@pytest.mark.parametrize("changed", [{"stat": "range"}, {"stat": "change"}, {"measure": "trunk_swing_deg"}])
def test_a_limit_of_a_range_or_a_change_is_no_height_in_the_chart(changed):
    exercise = replace(pulldown(), faults=(replace(LEAN, **changed),))
    swing = replace(curves()[2], measure="trunk_swing_deg")
    chart = charts(these=(*curves(), swing), exercise=exercise)[1]
    assert chart.limits == ()
    assert [mark.y for mark in chart.marks] == [14]  # its moment is marked above the curve


@given(st.lists(st.floats(-50, 150), min_size=1, max_size=9))
def test_names_of_limits_never_lie_on_each_other(levels):
    rules = tuple(replace(LEAN, id=f"fault_{n}", above=level) for n, level in enumerate(levels))
    made = charts(these=(curve("trunk_lean_deg", [0, 100]),), exercise=replace(pulldown(), faults=rules))
    heights = sorted(limit.label_y for limit in made[0].limits)
    assert all(b - a >= LABEL_PX - 0.2 for a, b in itertools.pairwise(heights))
    assert heights[-1] <= PLOT_PX


@given(st.lists(st.floats(-1e3, 1e3) | st.just(math.nan), min_size=1, max_size=40))
def test_a_line_never_leaves_its_box(values):
    for chart in charts(these=(curve("trunk_lean_deg", values),)):
        for _, path in chart.paths:
            for point in path.replace("M", "L").split("L")[1:]:
                x, y = map(float, point.split())
                assert 0 <= x <= UNITS
                assert 0 <= y <= PLOT_PX


def test_the_table_has_the_ends_of_each_rep():
    chart = charts()[2]
    assert chart.head == ("", "lowest", "highest")
    assert [row[0] for row in chart.rows] == ["Rep 1", "Rep 2", "Rep 3", "Partial"]
    assert chart.rows[1] == ("Rep 2", "14°", "46°")


# --- The page --------------------------------------------------------------------------------------------------------


def page(report=None, pictures=None, **changed):
    with analysis(report, **changed) as made:
        return report_html(catalogue(), made, pictures or {})


def test_the_page_carries_all_it_needs():
    html = page(pictures={"behind_head": b"\xff\xd8jpeg"})
    assert "data:image/jpeg;base64,/9hqcGVn" in html
    assert "default-src 'none'" in html
    for outside in ("<script", "<link", 'src="http', "url(http", "@import"):
        assert outside not in html
    assert BEHIND.cue in html


def test_what_was_not_graded_shows_one_sentence():
    html = page(set_report(another="dumbbell_shrug"))
    assert "This looks like a dumbbell shrug, not a wide-grip lat pull-down; nothing was graded." in html
    assert '<svg class="plot"' not in html
    assert "What to change" not in html


def test_numbers_that_are_not_known_are_a_dash():
    unknown = dict.fromkeys(("range", "range_share", "lift_s", "hold_s", "lower_s"), math.nan)
    report = set_report(reps=(replace(rep(1, 0.2), **unknown),), fps=math.nan, faults=(), partials=())
    html = page(report, curves=())
    assert not re.search(r"\bnan\b", html.split("</style>")[1], re.IGNORECASE)
    assert "– · – · –" in html
