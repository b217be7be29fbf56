"""Sizes over time: what a tape can tell and what it cannot."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.model.eating import BodyMeasures
from openback.progress.sizes import size_change
from openback.services.body_sizes import size_views

DAY = date(2026, 9, 1)


def sizes(*cms: float):
    return [(DAY + timedelta(days=30 * n), cm) for n, cm in enumerate(cms)]


@pytest.mark.parametrize(
    ("cms", "change", "by_cm"),
    [
        ((80.0,), "first", None),
        ((80.0, 79.0), "none", -1.0),
        ((80.0, 70.0, 80.5), "none", 0.5),
        ((80.0, 77.5), "less", -2.5),
        ((80.0, 82.0), "more", 2.0),
    ],
)
def test_change(cms, change, by_cm):
    found = size_change(sizes(*cms), 2.0)
    assert (found.change, found.by_cm, found.since) == (change, by_cm, DAY)


@given(st.lists(st.floats(50, 120), min_size=2, max_size=6))
def test_there_and_back_is_no_change(cms):
    assert size_change(sizes(*cms, cms[0]), 2.0).change == "none"


def test_only_what_was_measured_has_a_line():
    assert size_views(()) == ()
    later = BodyMeasures(on=DAY + timedelta(days=30), waist_cm=78)
    first = BodyMeasures(on=DAY, waist_cm=80, neck_cm=33)
    views = {view.field: view for view in size_views((later, first))}
    assert set(views) == {"waist_cm", "neck_cm"}
    assert [cm for _, cm in views["waist_cm"].points] == [80, 78]
    assert views["waist_cm"].change.change == "less"
