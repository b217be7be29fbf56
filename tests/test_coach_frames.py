"""The frame on the wire: exact there and back, and nothing else gets through."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from openback.errors import BadCoachFrame
from openback.model.motion import LandmarkFrame, nobody
from openback.services.coach.frames import FULL_BYTES, HEAD_BYTES, as_sent, decoded, encoded
from openback.services.coach.limits import Allowance

START = "This is no frame of the coach: "


def somebody(t_s=1.0, **changes):
    table = np.linspace(0, 1, 33 * 7).reshape(33, 7)
    values = {
        "image_px": 640 * table[:, :2],
        "depth_px": table[:, 2],
        "world_m": table[:, 3:6],
        "visibility": table[:, 6],
    }
    return LandmarkFrame(t_s=t_s, width_px=640, height_px=480, **(values | changes))


def head(version=1, found=0, width=640, height=480, nothing=0, seq=7, t_s=1.0):
    return struct.pack("<BBHHHId", version, found, width, height, nothing, seq, t_s)


def with_value(place, value):
    data = bytearray(encoded(7, somebody()))
    struct.pack_into("<f", data, HEAD_BYTES + 4 * place, value)
    return bytes(data)


def test_sizes_are_those_of_the_protocol():
    assert (HEAD_BYTES, FULL_BYTES) == (20, 944)


def test_nobody_takes_twenty_bytes():
    data = encoded(3, nobody(2.5, 640, 480))
    assert len(data) == 20
    got = decoded(data)
    assert (got.seq, got.frame.t_s, got.frame.width_px, got.frame.height_px) == (3, 2.5, 640, 480)
    assert not got.frame.found


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(b"", "it has 0 bytes, where a frame has 20, or 944 with a body.", id="empty"),
        pytest.param(
            bytes(21), "it has 21 bytes, where a frame has 20, or 944 with a body.", id="a byte more"
        ),
        pytest.param(
            bytes(943), "it has 943 bytes, where a frame has 20, or 944 with a body.", id="a byte less"
        ),
        pytest.param(head(version=2), "it is of version 2, where this server reads version 1.", id="version"),
        pytest.param(head(found=1), "its head does not fit its length.", id="a body that is not there"),
        pytest.param(head() + bytes(924), "its head does not fit its length.", id="a body that is not said"),
        pytest.param(head(found=2), "its head does not fit its length.", id="found twice"),
        pytest.param(head(nothing=1), "its head does not fit its length.", id="something for later"),
        pytest.param(head(width=0), "a picture of 0 by 480 pixels cannot be.", id="no width"),
        pytest.param(head(height=65535), "a picture of 640 by 65535 pixels cannot be.", id="too high"),
        pytest.param(head(t_s=float("nan")), "its time is not a number of seconds.", id="no time"),
        pytest.param(head(t_s=float("inf")), "its time is not a number of seconds.", id="endless time"),
        pytest.param(head(t_s=-1.0), "its time is not a number of seconds.", id="time before time"),
        pytest.param(
            with_value(0, float("nan")),
            "a landmark in it is no number, or lies nowhere near the picture.",
            id="NaN",
        ),
        pytest.param(
            with_value(6, 1.5),
            "a landmark in it is no number, or lies nowhere near the picture.",
            id="seen too well",
        ),
        pytest.param(
            with_value(3, 1e9),
            "a landmark in it is no number, or lies nowhere near the picture.",
            id="on the moon",
        ),
    ],
)
def test_what_is_no_frame_is_refused_with_a_sentence(data, what):
    with pytest.raises(BadCoachFrame) as refused:
        decoded(data)
    assert str(refused.value) == START + what


@pytest.mark.parametrize(
    ("after_s", "taken"), [(float("nan"), True), (0.5, True), (1.0, False), (2.0, False)]
)
def test_time_only_goes_on(after_s, taken):
    data = encoded(0, somebody(t_s=1.0))
    if taken:
        assert decoded(data, after_s=after_s).frame.t_s == 1.0
        return
    with pytest.raises(BadCoachFrame, match="not after that of the frame before"):
        decoded(data, after_s=after_s)


def floats(shape, most, least=None):
    low = -most if least is None else least
    return arrays(np.float32, shape, elements=st.floats(low, most, width=32)).map(lambda a: a.astype(float))


@given(
    st.integers(0, 2**32 - 1),
    st.floats(0, 1e9),
    st.integers(1, 16384),
    st.integers(1, 16384),
    floats((33, 2), 65536.0),
    floats((33, 3), 32.0),
    floats((33,), 1.0, 0.0),
)
def test_a_frame_comes_out_as_it_went_in(seq, t_s, width, height, image, world, visibility):
    frame = LandmarkFrame(
        t_s=t_s, image_px=image, depth_px=image[:, 0], world_m=world, visibility=visibility,
        width_px=width, height_px=height,
    )  # fmt: skip
    got = decoded(encoded(seq, frame))
    assert (got.seq, got.frame.t_s, got.frame.width_px, got.frame.height_px) == (seq, t_s, width, height)
    np.testing.assert_array_equal(got.frame.image_px, image)
    np.testing.assert_array_equal(got.frame.depth_px, image[:, 0])
    np.testing.assert_array_equal(got.frame.world_m, world)
    np.testing.assert_array_equal(got.frame.visibility, visibility)


@given(
    st.one_of(
        st.binary(max_size=1000), st.binary(min_size=944, max_size=944), st.binary(min_size=20, max_size=20)
    )
)
def test_any_bytes_are_a_frame_or_refused(data):
    try:
        got = decoded(data)
    except BadCoachFrame:
        return
    assert np.isfinite(got.frame.image_px).all() == got.frame.found


@given(st.data())
def test_a_frame_with_one_byte_changed_is_a_frame_or_refused(data):
    whole = bytearray(encoded(1, somebody()))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        frame = decoded(bytes(whole)).frame
    except BadCoachFrame:
        return
    assert np.isfinite(frame.world_m).all()
    assert np.isfinite(frame.t_s)


def test_as_sent_rounds_to_four_bytes():
    third = np.full((33, 2), 1 / 3)
    assert as_sent(somebody(image_px=third)).image_px[0, 0] == np.float32(1 / 3)


@pytest.mark.parametrize(
    ("times_s", "allowed"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([0, 0, 0], [True, True, False], id="at once"),
        pytest.param([0, 0, 0, 0.5], [True, True, False, True], id="again after a while"),
        pytest.param([0, 0.5, 1.0, 1.5], [True] * 4, id="an even pace"),
        pytest.param(
            [0, 100, 100, 100], [True, True, True, False], id="a pause saves up no more than the most"
        ),
    ],
)
def test_allowance_of_two_a_second_and_two_at_once(times_s, allowed):
    bucket = Allowance(2, 2)
    assert [bucket.taken(at) for at in times_s] == allowed
