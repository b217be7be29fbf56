"""Visits to the peak and back: which are reps, and their tempo."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_set import course, set_of
from openback.errors import BadDataFile
from openback.model.exercise import RepRule
from openback.motion.counting import Counted, Counter
from openback.motion.levels import Levels
from openback.motion.reps import Visit, Visits, is_partial, is_whole, own_range
from openback.motion.tuning import engine_rules, engine_rules_of

RULES = engine_rules().reps


def visits(stops, rate_hz=30.0, change=lambda t, way: way):
    track, found = Visits(RULES), []
    for t_s, way in course(stops, rate_hz):
        visit = track.push(t_s, change(t_s, way))
        if visit is not None:
            found.append(visit)
    last = track.finish()
    return found if last is None else [*found, last]


def counted(found):
    size = own_range([visit.way for visit in found], RULES)
    return sum(is_whole(visit, size, RULES) for visit in found)


def a_visit(**changes):
    base = Visit(
        low=0.0, peak=1.0, back=0.0, start_s=0.0, peak_s=1.0, end_s=2.0,
        lift_s=1.0, hold_s=0.0, lower_s=1.0, speed_per_s=1.9,
    )  # fmt: skip
    return replace(base, **changes)


@pytest.mark.parametrize(
    ("stops", "expected"),
    [
        pytest.param([(0, nan), (1, nan)], 0, id="nothing seen"),
        pytest.param([(0, 0.0), (20, 0.0)], 0, id="nothing moves"),
        pytest.param(set_of([1, 1, 1]), 3, id="three reps"),
        pytest.param(set_of([1, 1, 0.4, 1]), 3, id="a partial among them"),
        pytest.param(set_of([0.55] * 4), 4, id="a camera that sees half of the way"),
        pytest.param(set_of([1.2, 1, 0.9, 1], low=0.25), 4, id="a bias of a quarter"),
        pytest.param(set_of([0.3] * 5), 0, id="fidgeting all along"),
        pytest.param([(0, 1.0), (1, 1.0), (2, 0.0), (3, 0.0)], 1, id="begins at the peak"),
        pytest.param([(0, 0.5), (1, 1.0), (2, 0.0), (3, 0.0)], 1, id="begins half-way up"),
        pytest.param([(0, 0.5), (1, 0.0), (3, 0.0)], 0, id="begins half-way down"),
        pytest.param([*set_of([1]), (6, 1.0)], 1, id="ends contracted: not back, no rep"),
        pytest.param([*set_of([1]), (6, 1.0), (7, 0.3)], 2, id="ends almost back"),
        pytest.param([*set_of([1, 1]), (8, 0.0), (9, 1.2), (30, 1.2)], 2, id="goes off with arms down"),
        pytest.param(
            [(0, 0), (1, 1), (1.6, 0.6), (2.2, 1), (3.2, 0), (4, 0)], 1, id="a pump at the peak is no rep"
        ),
    ],
)
def test_only_full_visits_to_the_peak_and_back_count(stops, expected):
    assert counted(visits(stops)) == expected


@given(
    reps=st.integers(1, 6),
    way=st.floats(0.5, 1.2),
    low=st.floats(-0.2, 0.3),
    lift_s=st.floats(0.5, 3.0),
    hold_s=st.floats(0.0, 1.5),
)
def test_half_the_frame_rate_counts_the_same(reps, way, low, lift_s, hold_s):
    stops = set_of([min(1.25, low + way)] * reps, low=low, lift_s=lift_s, hold_s=hold_s)
    whole, half = visits(stops, 30.0), visits(stops, 15.0)
    assert counted(whole) == counted(half) == reps
    for one, other in zip(whole, half, strict=True):
        assert one.peak_s == pytest.approx(other.peak_s, abs=0.1)
        assert one.lift_s == pytest.approx(other.lift_s, abs=0.2)


@given(scale=st.floats(0.5, 4.0))
def test_slow_sets_count_like_quick_ones(scale):
    stops = [(t_s * scale, way) for t_s, way in set_of([1, 0.9, 1.1, 1])]
    assert counted(visits(stops)) == 4


@given(drift=st.floats(-0.02, 0.02))
def test_a_slow_drift_of_the_readings_changes_no_count(drift):
    found = visits(set_of([0.9] * 5, low=0.1), change=lambda t, way: way + drift * t)
    assert counted(found) == 5


def test_frames_that_are_missing_are_passed_over():
    stops = set_of([1, 1, 1])
    found = visits(stops, change=lambda t, way: nan if int(t * 30) % 5 == 0 else way)
    assert counted(found) == 3


@pytest.mark.parametrize("hold_s", [0.0, 0.5, 1.5])
@pytest.mark.parametrize(("lift_s", "lower_s"), [(1.0, 1.0), (2.0, 3.0), (0.6, 2.0)])
def test_tempo_is_what_was_done(lift_s, lower_s, hold_s):
    stops = [(0, 0), (1, 0)]
    stops += [(1 + lift_s, 1), (1 + lift_s + hold_s, 1), (1 + lift_s + hold_s + lower_s, 0), (9, 0)]
    (visit,) = visits(stops)
    assert visit.lift_s == pytest.approx(lift_s, rel=0.15, abs=0.05)
    assert visit.lower_s == pytest.approx(lower_s, rel=0.15, abs=0.05)
    assert visit.hold_s == pytest.approx(hold_s, abs=0.25 + 0.1 * (lift_s + lower_s) / 2)
    assert visit.peak_s == pytest.approx(1 + lift_s + 0.6 * hold_s, abs=0.3)
    # Minimum jerk is 1.875 ways a lift at its fastest; over its fastest half it is a little less.
    assert visit.speed_per_s == pytest.approx(1.78 / lift_s, rel=0.1)


def test_a_pause_at_the_start_is_no_part_of_the_lift():
    (visit,) = visits([(0, 0), (6, 0), (7, 1), (8, 0), (9, 0)])
    assert visit.start_s == pytest.approx(6.0, abs=0.15)
    assert visit.end_s == pytest.approx(8.0, abs=0.15)


@pytest.mark.parametrize(
    ("ways", "known", "expected"),
    [
        pytest.param([], None, RULES.usual, id="nothing known"),
        pytest.param([], 0.7, 0.7, id="known from other sets"),
        pytest.param([1.0], None, (1.0 + RULES.usual) / 2, id="one rep"),
        pytest.param([0.6] * 8, None, 0.6, id="all alike"),
        pytest.param([1.3, 0.6, 0.6, 0.6, 0.6], None, 0.6, id="one that went further makes no range"),
        pytest.param([0.4, 0.4, 1, 1, 1, 1], None, 1.0, id="short ones first"),
    ],
)
def test_the_range_is_learned_from_the_person(ways, known, expected):
    assert own_range(ways, RULES, known) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("visit", "whole", "partial"),
    [
        pytest.param(a_visit(peak=0.0), False, False, id="no way"),
        pytest.param(a_visit(), True, True, id="all the way"),
        pytest.param(a_visit(peak=0.5), False, True, id="half of the own range"),
        pytest.param(a_visit(peak=0.2), False, False, id="fidgeting"),
        pytest.param(a_visit(low=0.6, edge=True), True, False, id="at the clip's edge the way back counts"),
        pytest.param(a_visit(low=0.6, back=0.7, edge=True), False, False, id="at the edge, and not back"),
    ],
)
def test_whole_partial_or_neither(visit, whole, partial):
    assert is_whole(visit, 1.0, RULES) is whole
    assert is_partial(visit, 1.0, RULES) is partial


def test_levels_tell_when_they_were_passed():
    levels = Levels(-0.3, 1.3)
    moments = list(course([(0, 0), (2, 1), (4, 0)], 50))
    for before, now in pairwise(moments):
        levels.moved(before, now, under_way=True)
    assert levels.at_s(levels.first_up, 0.5) == pytest.approx(1.0, abs=0.03)
    assert levels.at_s(levels.last_down, 0.5) == pytest.approx(3.0, abs=0.03)
    assert levels.at_s(levels.first_up, 1.2) != levels.at_s(levels.first_up, 1.2)  # never passed: NaN
    assert levels.speed_per_s(1.1, 1.2, 0.5) != levels.speed_per_s(1.1, 1.2, 0.5)


def test_memory_does_not_grow_with_time():
    track = Visits(RULES)
    sizes = set()
    for n in range(3000):
        track.push(n / 30, 0.05 * (n % 3))
        sizes.add(
            sum(
                len(getattr(track._levels, name))
                for name in ("first_up", "last_up", "first_down", "last_down")
            )
        )
    assert len(sizes) == 1


def test_a_data_file_with_problems_lists_them_all():
    with pytest.raises(BadDataFile) as caught:
        engine_rules_of("[gate]\nlimit = true\n")
    assert str(caught.value).startswith("motion.toml has ")
    assert "- gate.limit must be a number" in str(caught.value).splitlines()
    assert "- reps.opens must be a number" in str(caught.value).splitlines()


def test_a_data_file_that_is_no_toml_says_so():
    with pytest.raises(BadDataFile, match=r"^motion\.toml has 1 problem:\n- it is not TOML: "):
        engine_rules_of("reps = ")


def test_rules_are_in_order():
    assert RULES.partial < RULES.edge_full <= RULES.full < 1 < inf
    assert RULES.opens < RULES.least < RULES.usual


@pytest.mark.parametrize(("noise", "expected"), [(0.0, 2), (0.1, 2), (0.3, 1)])
def test_a_dip_at_the_peak_is_no_way_back_where_the_measure_trembles(noise, expected):
    track, found = Visits(RULES), []
    for t_s, way in course([(0, 0.0), (1, 1.0), (2, 0.42), (3, 1.0), (4, 0.0), (5, 0.0)], 30.0):
        found.append(track.push(t_s, way, noise))
    assert sum(visit is not None for visit in found) == expected


def a_counted(**changes):
    entry = {"far": 0.05, "size": 1.0, "whole": True}
    visit = {name: changes.pop(name) for name in ("peak", "edge") if name in changes}
    return Counted(visit=a_visit(**visit), side="both", view="side", **{**entry, **changes})


@pytest.mark.parametrize(
    ("place", "changes", "outside"),
    [
        pytest.param(-1, {"far": 0.6, "peak": 0.7}, True, id="getting up"),
        pytest.param(-1, {"far": 0.6}, False, id="a whole last rep, sat a little differently"),
        pytest.param(-1, {"far": 0.2, "peak": 0.7}, False, id="a short last rep in the same posture"),
        pytest.param(1, {"far": 0.6, "peak": 0.7}, False, id="in the middle of the set"),
        pytest.param(0, {"far": 0.7, "edge": True}, True, id="arms at ease where the clip begins"),
        pytest.param(0, {"far": 0.4, "edge": True}, False, id="a clip that begins in a rep"),
        pytest.param(0, {"far": 0.7}, False, id="a first rep that was seen whole"),
    ],
)
def test_what_a_set_begins_and_ends_with_is_held_against_the_others(place, changes, outside):
    rules = engine_rules()
    counter = Counter(
        RepRule(measure="elbow_flexion_deg", start=0.0, peak=100.0, min_s=0.5), rules.reps, rules.gate
    )
    counter.counted = [a_counted() for _ in range(5)]
    counter.counted[place] = a_counted(**changes)
    counter.judge()
    assert counter.counted[place].outside is outside
