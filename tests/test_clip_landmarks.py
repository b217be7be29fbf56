"""Landmarks as the page reads them: a known layout, few bytes, and nobody stays nobody."""

from __future__ import annotations

import struct
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import filming
from openback.model.motion import INDEX
from openback.services.clip_landmarks import HEAD, MAGIC, NOBODY, VERSION, packed
from openback.services.thinning import Track


def unpacked(data: bytes):
    """Times, shares of the picture and visibilities, read by the layout that the module describes."""
    magic, version, points, moments, _free = HEAD.unpack_from(data)
    assert (magic, version) == (MAGIC, VERSION)
    t_s = np.frombuffer(data, "<f4", moments, HEAD.size)
    at = HEAD.size + 4 * moments
    raw = np.frombuffer(data, "<u2", moments * points * 2, at).reshape(moments, points, 2)
    seen = np.frombuffer(data, "u1", moments * points, at + raw.nbytes).reshape(moments, points)
    assert at + raw.nbytes + seen.nbytes == len(data)
    xy = np.where(raw == NOBODY, np.nan, raw / 65534 * 2 - 0.5)
    return t_s, xy, seen / 255


def test_no_moments_are_a_head_alone():
    nothing = Track(
        t_s=np.zeros(0, np.float32),
        image_px=np.zeros((0, 33, 2), np.float32),
        visibility=np.zeros((0, 33), np.float32),
        width_px=0,
        height_px=0,
    )
    data = packed(nothing)
    assert data == struct.pack("<4sHHII", b"OBLM", 1, 33, 0, 0)


def test_landmarks_come_back_to_a_hair():
    track = filming.a_track()
    t_s, xy, seen = unpacked(packed(track))
    np.testing.assert_array_equal(t_s, track.t_s)
    shares = track.image_px / np.array([filming.WIDTH, filming.HEIGHT], dtype=np.float32)
    np.testing.assert_allclose(xy, shares, atol=2e-5)  # a twentieth of a pixel in 1080p
    np.testing.assert_allclose(seen, track.visibility, atol=1 / 510)


def test_nobody_stays_nobody():
    _, xy, _ = unpacked(packed(filming.a_track()))
    assert np.isnan(xy[-10:]).all()
    assert np.isfinite(xy[:-10]).all()


def test_what_lies_beyond_the_picture_is_kept_as_far_as_it_goes():
    track = filming.a_track()
    track.image_px[0, INDEX["left_wrist"]] = -0.2 * filming.WIDTH, 9 * filming.HEIGHT
    _, xy, _ = unpacked(packed(track))
    np.testing.assert_allclose(xy[0, INDEX["left_wrist"]], [-0.2, 1.5], atol=2e-5)


@pytest.mark.parametrize(
    ("per_s", "kept"),
    [
        pytest.param(8, 8, id="slow films keep all"),
        pytest.param(30, 30, id="and so do common ones"),
        pytest.param(60, 30, id="every second of 60"),
        pytest.param(240, 30, id="every eighth of 240"),
    ],
)
def test_at_most_thirty_moments_a_second_are_sent(per_s, kept):
    t_s, _, _ = unpacked(packed(filming.a_track(seconds=4, per_s=per_s)))
    assert len(t_s) == pytest.approx(4 * kept, abs=1)


@given(st.lists(st.floats(0, 0.25, width=32), min_size=1, max_size=60))
def test_moments_keep_their_order_and_their_distance(gaps):
    t_s = np.cumsum(np.array(gaps, np.float32))
    track = filming.a_track(seconds=len(gaps), per_s=1)
    kept, _, _ = unpacked(packed(replace(track, t_s=t_s)))
    assert kept[0] == t_s[0]
    assert set(kept) <= set(t_s)
    assert np.all(np.diff(kept) >= 0.03)
