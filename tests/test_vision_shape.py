"""Pixels become square, pictures upright, and large ones small enough to look at."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.vision.limits import LOOK_PX
from openback.vision.shape import shape_of, squared


@pytest.mark.parametrize(
    ("stored", "sar", "expected"),
    [
        pytest.param((640, 360), math.nan, (640, 360), id="nothing said"),
        pytest.param((640, 360), 0.0, (640, 360), id="zero"),
        pytest.param((640, 360), -1.0, (640, 360), id="below zero"),
        pytest.param((640, 360), 1000.0, (640, 360), id="no camera has that"),
        pytest.param((640, 360), 1.0, (640, 360), id="square"),
        pytest.param((1280, 720), 3 / 8, (480, 720), id="narrow pixels"),
        pytest.param((720, 576), 64 / 45, (720, 405), id="wide pixels of PAL"),
    ],
)
def test_square_pixels(stored, sar, expected):
    assert squared(stored, sar) == expected


@pytest.mark.parametrize(
    ("stored", "sar", "rotation", "full", "look", "turn"),
    [
        pytest.param((640, 360), 1, math.nan, (640, 360), (640, 360), 0, id="rotation not told"),
        pytest.param((640, 360), 1, 90, (360, 640), (360, 640), 90, id="phone held upright"),
        pytest.param((640, 360), 1, -90, (360, 640), (360, 640), 270, id="the other way"),
        pytest.param((640, 360), 1, 181, (640, 360), (640, 360), 180, id="nearly upside down"),
        pytest.param((1280, 720), 3 / 8, 90, (720, 480), (720, 480), 90, id="narrow pixels, then turned"),
        pytest.param((3840, 2160), 1, 0, (3840, 2160), (1920, 1080), 0, id="4K is halved"),
        pytest.param((2160, 3840), 1, 270, (3840, 2160), (1920, 1080), 270, id="4K upright"),
        pytest.param((7680, 4320), 1, 0, (7680, 4320), (1920, 1080), 0, id="8K is quartered"),
    ],
)
def test_shape(stored, sar, rotation, full, look, turn):
    shape = shape_of(stored, sar, rotation)
    assert (shape.full_px, shape.look_px, shape.turn) == (full, look, turn)


@given(st.integers(1, 16_000), st.integers(1, 16_000), st.floats(), st.floats())
def test_any_shape_can_be_looked_at(width, height, sar, rotation):
    shape = shape_of((width, height), sar, rotation)
    assert 1 <= min(shape.look_px) <= max(shape.look_px) <= LOOK_PX
    assert sorted(shape.before_px) == sorted(shape.look_px)
    for full, look in zip(shape.full_px, shape.look_px, strict=True):
        assert look == pytest.approx(full / shape.shrunk, abs=1)
