"""Masses and lengths as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.units import (
    cm_from_in,
    in_from_cm,
    kg_from_lb,
    lb_from_kg,
    shown_height,
    shown_mass,
)


@pytest.mark.parametrize(
    ("mass_kg", "units", "expected"),
    [
        pytest.param(None, "metric", "–", id="unknown"),
        pytest.param(0, "metric", "0 kg", id="nothing"),
        pytest.param(100, "metric", "100 kg", id="whole"),
        pytest.param(22.5, "metric", "22.5 kg", id="half"),
        pytest.param(1.25, "metric", "1.25 kg", id="quarter"),
        pytest.param(None, "imperial", "–", id="unknown pounds"),
        pytest.param(kg_from_lb(45), "imperial", "45 lb", id="a plate"),
        pytest.param(20, "imperial", "44.1 lb", id="a bar in pounds"),
    ],
)
def test_shown_mass(mass_kg, units, expected):
    assert shown_mass(mass_kg, units) == expected


@pytest.mark.parametrize(
    ("height_cm", "units", "expected"),
    [
        pytest.param(168, "metric", "168 cm", id="metric"),
        pytest.param(168, "imperial", "5 ft 6 in", id="imperial"),
        pytest.param(182.5, "imperial", "6 ft 0 in", id="not five foot twelve"),
    ],
)
def test_shown_height(height_cm, units, expected):
    assert shown_height(height_cm, units) == expected


@given(st.floats(0, 1000))
def test_there_and_back(value):
    assert lb_from_kg(kg_from_lb(value)) == pytest.approx(value)
    assert in_from_cm(cm_from_in(value)) == pytest.approx(value)
