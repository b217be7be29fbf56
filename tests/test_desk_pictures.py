"""Posture, tests and pain as pictures: a number on its scale, numbers over weeks, and places on the body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.services import pain
from openback.web import desk_charts
from openback.web.desk_charts import Point, Zone, nearby, scale, trend
from openback.web.pain_map import level_step, pain_map, spot_of

DAY = date(2026, 11, 23)
ZONES = [
    Zone(low=0, high=65, kind="limited"),
    Zone(low=65, high=80, kind="usual"),
    Zone(low=80, high=140, kind="good"),
]
numbers = st.floats(-200, 200)


# --- One number on its scale -------------------------------------------------------------------------


def test_a_number_by_hand_has_no_band():
    drawn = scale(70, None, ZONES, unit="°")
    assert drawn.band is None
    assert drawn.at == 50.0
    assert [zone.kind for zone in drawn.zones] == ["limited", "usual", "good"]
    assert drawn.ends == ("0°", "140°")


def test_a_scale_grows_to_hold_what_lies_outside_of_its_zones():
    drawn = scale(-12.4, (-20, -5), [Zone(low=-5, high=20, kind="good")], unit="°")
    assert drawn.ends == ("\N{MINUS SIGN}20°", "20°")
    assert drawn.band is not None
    assert drawn.band.at == 0.0


@given(numbers, st.floats(0, 50), st.floats(0, 2))
def test_everything_lies_on_the_scale_and_the_number_in_its_band(value, half, room):
    drawn = scale(value, (value - half, value + half), ZONES, unit="°", room=room)
    for span in (*drawn.zones, drawn.band):
        assert span is not None
        assert -0.01 <= span.at <= span.at + span.wide <= 100.02
    assert drawn.band is not None
    assert drawn.band.at - 0.01 <= drawn.at <= drawn.band.at + drawn.band.wide + 0.01


def test_the_outer_zones_are_cut_and_the_middle_stays_whole():
    cut = nearby(ZONES)
    assert [(zone.low, zone.high) for zone in cut] == [(30, 65), (65, 80), (80, 115)]
    assert nearby(ZONES[:1]) == ZONES[:1]


# --- Numbers over weeks --------------------------------------------------------------------------------


def test_without_points_there_is_no_picture():
    assert trend([]) is None


def test_one_point_stands_in_the_middle_with_its_zone():
    drawn = trend([Point(on=DAY, value=20, low=17, high=23)], unit="°", smallest_change=5)
    assert drawn is not None
    assert len(drawn.marks) == len(drawn.x_ticks) == 1
    assert drawn.calm is not None
    top, high = drawn.calm
    assert top < drawn.marks[0].top < drawn.marks[0].y < drawn.marks[0].bottom < top + high


def test_levels_of_pain_stand_between_nothing_and_the_worst():
    drawn = trend([Point(on=DAY + timedelta(days=n), value=n) for n in range(11)], ends=(0, 10))
    assert drawn is not None
    assert [tick.text for tick in drawn.y_ticks] == ["0", "5", "10"]
    assert (drawn.marks[0].y, drawn.marks[-1].y) == (drawn.y_ticks[0].at, drawn.y_ticks[-1].at)


@given(st.lists(st.tuples(st.integers(0, 400), numbers, st.floats(0, 20)), min_size=1, max_size=30))
def test_every_point_lies_in_the_picture_and_days_go_to_the_right(told):
    points = [
        Point(on=DAY + timedelta(days=days), value=value, low=value - half, high=value + half)
        for days, value, half in sorted(told)
    ]
    drawn = trend(points, smallest_change=3)
    assert drawn is not None
    for mark in drawn.marks:
        assert 0 <= mark.x <= desk_charts.WIDTH
        assert 0 <= mark.top <= mark.y <= mark.bottom <= desk_charts.HEIGHT
    assert [mark.x for mark in drawn.marks] == sorted(mark.x for mark in drawn.marks)


# --- Places on the body -----------------------------------------------------------------------------------


def test_every_place_of_the_diary_lies_where_it_says_and_in_the_drawing():
    for place in pain.places():
        for side in ("front", "back"):
            spot = spot_of(place.id, side)
            assert (spot is not None) == (side in place.views), place.id
            if spot is not None:
                x, y, wide, high = spot
                assert 30 < x < 210
                assert 4 < y < 294
                assert wide > 12
                assert high > 12


@pytest.mark.parametrize("place", ["shoulder", "elbow", "hip", "wrist"])
def test_left_is_on_the_right_from_the_front_and_on_the_left_from_the_back(place):
    for side, way in (("front", 1), ("back", -1)):
        left, right = spot_of(f"{place}_left", side), spot_of(f"{place}_right", side)
        assert left is not None
        assert right is not None
        assert (left[0] - 120) * way > 0
        assert left[0] - 120 == 120 - right[0]


def test_a_place_that_nobody_knows_is_nowhere():
    assert spot_of("tail", "back") is None


@pytest.mark.parametrize(
    ("level", "step"),
    [
        pytest.param(None, 0, id="not noted"),
        pytest.param(0, 0, id="none"),
        pytest.param(1, 1, id="hardly there"),
        pytest.param(4, 2, id="mild"),
        pytest.param(6, 3, id="noticed"),
        pytest.param(10, 4, id="the worst"),
    ],
)
def test_levels_are_drawn_in_four_steps(level, step):
    assert level_step(level) == step


@dataclass(frozen=True, slots=True)
class Named:
    id: str
    name: str


def test_the_body_names_its_places_and_lets_nothing_through():
    drawn = pain_map(
        [Named("neck", "Neck"), Named("chest", 'Chest <"&')],
        {"neck": 7},
        chosen="neck",
        address=lambda place: f"/desk/pain?place={place}&x=1",
        figure="female",
    )
    assert "<title>Neck, last 7 of 10</title>" in drawn.back
    assert 'data-place="neck" data-chosen' in drawn.back
    assert 'data-level="4"' in drawn.back
    assert "Chest" not in drawn.back
    assert "<title>Chest &lt;&#34;&amp;</title>" in drawn.front
    assert 'href="/desk/pain?place=neck&amp;x=1"' in drawn.front
    assert len(re.findall('clipPath id="pain-cut-front"', drawn.front)) == 1
