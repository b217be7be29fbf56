"""The name of the view, calmed over time; what is hidden, cut off or too small."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.motion.framing import CLEAR, framing
from openback.motion.view import UNKNOWN_VIEW, ViewTracker, view_name

NAN = float("nan")


@pytest.mark.parametrize(
    ("yaw_deg", "expected"),
    [
        (NAN, "unknown"),
        (0, "front"),
        (-30, "front"),
        (31, "oblique"),
        (-60, "oblique"),
        (61, "side"),
        (-90, "side"),
        (120, "side"),
        (-121, "oblique"),
        (150, "oblique"),
        (151, "back"),
        (-180, "back"),
        (180, "back"),
    ],
)
def test_view_name(yaw_deg, expected):
    assert view_name(yaw_deg) == expected


def seen(*yaws_deg, fps=30):
    tracker = ViewTracker()
    return [tracker.seen(number / fps, yaw) for number, yaw in enumerate(yaws_deg)]


def test_nothing_seen_is_no_view():
    assert seen(NAN)[0] == UNKNOWN_VIEW
    assert np.isnan(UNKNOWN_VIEW.yaw_deg)


def test_one_yaw_is_a_view_and_what_cannot_be_told_keeps_it():
    views = seen(-90, NAN)
    assert [view.name for view in views] == ["side", "side"]
    assert views[1].yaw_deg == pytest.approx(-90)


@given(st.lists(st.floats(-5, 5), min_size=5, max_size=60))
def test_a_view_at_its_edge_does_not_waver(wobble_deg):
    names = {view.name for view in seen(57, *(60 + wobble for wobble in wobble_deg))}
    assert names == {"oblique"}


def test_a_camera_that_goes_around_passes_through_every_view():
    names = [view.name for view in seen(*np.linspace(0, 180, 300))]
    assert [name for name, _ in groupby(names)] == ["front", "oblique", "side", "oblique", "back"]


def test_the_back_is_one_view_on_both_sides_of_the_seam():
    views = seen(*([178, -178] * 20))
    assert {view.name for view in views} == {"back"}
    assert abs(views[-1].yaw_deg) > 178


def test_a_view_is_the_same_at_half_the_frame_rate():
    yaws_deg = 60 + 20 * np.sin(np.arange(120) / 20)
    whole = [view.yaw_deg for view in seen(*yaws_deg, fps=60)][::2]
    half = [view.yaw_deg for view in seen(*yaws_deg[::2], fps=30)]
    np.testing.assert_allclose(half, whole, atol=1.5)


def test_restarting_forgets_the_view():
    tracker = ViewTracker()
    tracker.seen(0.0, 0.0)
    tracker.restart()
    assert tracker.view == UNKNOWN_VIEW
    assert tracker.seen(0.1, 90.0).yaw_deg == pytest.approx(90)


# --- Framing ---------------------------------------------------------------------------------------------


def framed(wanted=(15,), place=(100.0, 100.0), visibility=1.0, body_px=200.0):
    return framing(wanted, [place] * 33, [visibility] * 33, (640, 480), body_px)


@pytest.mark.parametrize(
    ("given_", "hidden", "outside", "small"),
    [
        pytest.param({"wanted": ()}, set(), set(), False, id="nothing wanted"),
        pytest.param({"place": (NAN, NAN)}, set(), {15}, False, id="not known is not in the picture"),
        pytest.param({"visibility": NAN}, {15}, set(), False, id="visibility not known is hidden"),
        pytest.param({"visibility": 0.49}, {15}, set(), False, id="hidden"),
        pytest.param({"visibility": 0.5}, set(), set(), False, id="just seen"),
        pytest.param({"place": (100.0, -3.0)}, set(), {15}, False, id="above the picture"),
        pytest.param({"place": (640.0, 100.0)}, set(), {15}, False, id="at the very edge"),
        pytest.param({"body_px": 30.0}, set(), set(), True, id="too small"),
    ],
)
def test_framing(given_, hidden, outside, small):
    got = framed(**given_)
    assert (got.hidden, got.outside, got.small) == (hidden, outside, small)


def test_a_clear_picture_has_nothing_in_the_way():
    assert framed() is CLEAR
