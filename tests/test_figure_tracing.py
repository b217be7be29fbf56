"""Pictures into paths, as the body map is drawn."""

from __future__ import annotations

import re

import numpy as np
import pytest

from scripts.tracing import blurred, contours, evened, simplified, smooth


def disc(radius: float, size: int = 60):
    y, x = np.mgrid[:size, :size] + 0.5
    return np.clip(radius - np.hypot(x - size / 2, y - size / 2) + 0.5, 0, 1)


def test_an_empty_picture_has_no_lines():
    assert contours(np.zeros((9, 9)), 0.5) == []


def test_a_disc_has_one_round_line():
    [line] = contours(disc(20), 0.5)
    assert np.allclose(np.hypot(*(line - 30).T), 20, atol=0.2)


def test_a_ring_has_two_lines():
    assert len(contours(disc(24) - disc(12), 0.5)) == 2


def test_what_touches_the_edge_is_closed_there():
    [line] = contours(np.ones((5, 7)), 0.5)
    assert line.min(0) == pytest.approx([0, 0], abs=0.51)


def test_an_evened_disc_stays_a_disc_with_fewer_points():
    [line] = contours(disc(24), 0.5)
    few = evened(line, 9.0)
    assert len(few) < len(line) / 3
    assert np.allclose(np.hypot(*(few - 30).T), 24, atol=0.7)


def test_a_narrow_end_is_not_cut_off():
    line = np.array([[0, 0], [40, 0], [41, 0.5], [40, 1], [0, 1], [-60, 0.6], [-60, 0.4]], float)
    assert simplified(line, 1.5)[:, 0].max() > 38


def test_blurring_keeps_what_is_flat():
    assert np.allclose(blurred(np.full((12, 12), 0.4), 3), 0.4)


def test_a_path_goes_through_its_points_and_closes():
    path = smooth(np.array([[0, 0], [10, 0], [10, 10], [0, 10]], float))
    assert path.startswith("M0.0 0.0C")
    assert path.endswith("Z")
    ends = re.findall(r"(-?[\d.]+) (-?[\d.]+)(?=C|Z)", path)
    assert ("10.0", "10.0") in ends
