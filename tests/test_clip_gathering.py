"""What of a clip is kept: bounded curves and tracks that lose no peak, and every frame on disk."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clip_sample import frames, standing
from openback.model.motion import nobody
from openback.services.recording import Recording
from openback.services.thinning import CurveGatherer, TrackGatherer

values = st.lists(st.floats(-1e3, 1e3) | st.just(math.nan), max_size=300)


def gathered(points, most):
    gatherer = CurveGatherer(most)
    for number, value in enumerate(points):
        gatherer.add(number / 30, value)
    return gatherer.points()


# --- Curves ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([math.nan], [math.nan], id="not told"),
        pytest.param([1.0, math.nan, 2.0], [1.0, math.nan, 2.0], id="a gap"),
        pytest.param([3.0, 1.0, 2.0, 2.0], [3.0, 1.0, 2.0, 2.0], id="short enough to keep whole"),
    ],
)
def test_a_short_curve_is_kept_whole(points, expected):
    t_s, value = gathered(points, 8)
    np.testing.assert_array_equal(value, expected)
    np.testing.assert_allclose(t_s, np.arange(len(points)) / 30)


@given(values, st.sampled_from([2, 4, 16]))
def test_a_curve_of_any_length_is_bounded_and_keeps_its_ends(points, most):
    t_s, value = gathered(points, most)
    assert len(value) <= 2 * most
    assert (np.diff(t_s) > 0).all()
    known = [one for one in points if not math.isnan(one)]
    if known:
        assert np.nanmin(value) == min(known)
        assert np.nanmax(value) == max(known)
    at = np.round(t_s * 30).astype(int)
    np.testing.assert_array_equal(value, np.array(points, dtype=float)[at])  # each point is one that came


def test_a_long_gap_stays_a_gap():
    points = [1.0] * 400 + [math.nan] * 400 + [1.0] * 400
    _, value = gathered(points, 32)
    assert np.isnan(value).sum() > 3


# --- Tracks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "kept"),
    [
        pytest.param(0, [], id="no frame"),
        pytest.param(8, [0, 1, 2, 3, 4, 5, 6, 7], id="as many as fit"),
        pytest.param(9, [0, 2, 4, 6, 8], id="one more: every second"),
        pytest.param(30, [0, 4, 8, 12, 16, 20, 24, 28], id="many: every fourth"),
    ],
)
def test_a_track_keeps_evenly_spaced_frames(count, kept):
    gatherer = TrackGatherer(most=8)
    for number in range(count):
        gatherer.add(standing(float(number)))
    track = gatherer.track()
    assert track.t_s.tolist() == kept
    assert track.image_px.shape == (len(kept), 33, 2)
    assert track.visibility.shape == (len(kept), 33)


def test_nobody_stays_nobody_in_a_track():
    gatherer = TrackGatherer()
    gatherer.add(nobody(0.0, 720, 1280))
    track = gatherer.track()
    assert np.isnan(track.image_px).all()
    assert (track.width_px, track.height_px) == (720, 1280)


# --- Recordings ------------------------------------------------------------------------------------------------------


@pytest.fixture
def recording():
    made = Recording()
    yield made
    made.close()


def test_an_empty_recording_has_no_frame(recording):
    assert list(recording) == []
    assert recording.at(1.0) is None


def test_frames_come_back_as_they_were(recording):
    came = [*frames(1.0), nobody(1.0, 640, 480)]
    for frame in came:
        recording.append(frame)
    back = list(recording)
    assert len(back) == recording.frames == 31
    for before, after in zip(came, back, strict=True):
        assert after.t_s == before.t_s
        assert (after.width_px, after.height_px) == (before.width_px, before.height_px)
        np.testing.assert_allclose(after.world_m, before.world_m, atol=1e-6)
        np.testing.assert_allclose(after.image_px, before.image_px, rtol=1e-6)
    assert not back[-1].found


@pytest.mark.parametrize(
    ("t_s", "number"),
    [(-1.0, 0), (0.0, 0), (0.051, 2), (0.049, 1), (0.5, 15), (9.0, 29)],
)
def test_the_frame_nearest_to_a_moment(recording, t_s, number):
    for frame in frames(1.0):
        recording.append(frame)
    recording.append(standing(1.0))
    found = recording.at(t_s)
    assert found.t_s == pytest.approx(1.0 if t_s == 9 else number / 30)


def test_frames_may_be_read_while_more_come(recording):
    first, second, third = frames(0.1)
    recording.append(first)
    recording.append(second)
    assert recording.at(0.0).t_s == first.t_s
    recording.append(third)
    assert [frame.t_s for frame in recording] == [first.t_s, second.t_s, third.t_s]
