"""What tests and posture checks change in the programme: nothing without them, minutes and sets with them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plans
from openback.catalogue import load_catalogue
from openback.model.programme import Wishes
from openback.training.desk_tests import load_book
from openback.training.dose import load_doses, most_weekly_sets, weekly_bands
from openback.training.findings import NONE, Finding, Findings, region_value, with_findings
from openback.training.programme import make_programme, replan

BOOK = load_book()
CATALOGUE = load_catalogue()
FEEDS = {**{key: rule.feeds for key, rule in BOOK.tests.items()}, **BOOK.posture}
ROWS = frozenset({"horizontal_pull", "rear_delt"})


def found(*ids):
    return Findings(
        items=tuple(
            Finding(id=one, kind="test", text=f"Here is {FEEDS[one].finding}.", feed=FEEDS[one])
            for one in ids
        )
    )


def ask(*ids, **changes):
    return replace(
        plans.ask_for(catalogue=CATALOGUE, **{"goals": ("tone",), **changes}), findings=found(*ids)
    )


def minutes(programme, region):
    """Return how long a region is stretched in the last week by day; written without the planner's own code."""
    by_day = defaultdict(float)
    for session in plans.week_of(programme, programme.weeks).values():
        for item in session.items:
            exercise = CATALOGUE.exercises[item.exercise]
            if item.mobility and region in exercise.stretches:
                tempo = exercise.dose.tempo
                rep_s = tempo.lift_s + tempo.hold_s + tempo.lower_s + tempo.pause_s
                each_s = item.hold_s[0] if item.hold_s else item.reps[0] * rep_s
                by_day[session.day] += item.sets * each_s * (2 if exercise.one_side_at_a_time else 1) / 60
    return dict(by_day)


def rows(programme):
    week = plans.sets_of(programme, programme.weeks).values()
    return sum(n for sets in week for e, n in sets.items() if CATALOGUE.exercises[e].pattern in ROWS)


@pytest.fixture(scope="module")
def plain():
    return make_programme(ask())


# --- Nothing without findings ----------------------------------------------------------------------------


def test_without_findings_nothing_changes(plain):
    without = make_programme(plans.ask_for(catalogue=CATALOGUE, goals=("tone",)))
    assert replace(plain, solver=None) == replace(without, solver=None)


def test_without_findings_bands_are_the_same():
    one = ask()
    bands = weekly_bands(one.person, CATALOGUE, load_doses(), one.screened)
    assert with_findings(bands, NONE, most=20) == bands


@given(st.sampled_from(["chest", "hamstrings", "neck"]), st.integers(0, 9))
def test_without_findings_a_region_counts_less_each_time(region, times):
    assert region_value(NONE, region, times) == 1 / (1 + times)


# --- Tight hamstrings --------------------------------------------------------------------------------------


def test_tight_hamstrings_get_their_minutes(plain):
    programme = make_programme(ask("straight_leg_raise"))
    before, after = minutes(plain, "hamstrings"), minutes(programme, "hamstrings")
    assert len(after) >= 2
    assert sum(after.values()) >= sum(before.values()) + 2
    assert (
        "Here is tight hamstrings. The plan gives the backs of your thighs at least "
        f"{round(sum(after.values()))} minutes of stretching a week, on {len(after)} days."
    ) in programme.reasons
    assert plans.sets_of(programme, 6) == plans.sets_of(plain, 6), "the sets stay as they were"


def test_the_stretch_says_why_it_is_there():
    programme = make_programme(ask("straight_leg_raise"))
    why = {
        item.why
        for session in plans.week_of(programme, 6).values()
        for item in session.items
        if item.mobility and "hamstrings" in CATALOGUE.exercises[item.exercise].stretches
    }
    assert why == {
        "Here is tight hamstrings. It works on that: it eases the backs of the thighs that sitting shortens."
    }


@pytest.mark.slow
def test_short_sessions_reach_them_on_two_days():
    programme = make_programme(ask("straight_leg_raise", minutes_per_session=20))
    assert len(minutes(programme, "hamstrings")) >= 2


def test_without_a_desk_a_finding_alone_brings_stretches():
    nothing = make_programme(ask(desk_job=False))
    assert minutes(nothing, "hamstrings") == {}
    assert minutes(make_programme(ask("straight_leg_raise", desk_job=False)), "hamstrings")


def test_what_cannot_come_is_said():
    stretches = frozenset(e.id for e in CATALOGUE.exercises.values() if "hamstrings" in e.stretches)
    one = replace(ask("straight_leg_raise"), wishes=Wishes(banned=stretches))
    assert (
        "Here is tight hamstrings. No stretch for the backs of your thighs fits your places, your minutes and what "
        "has to be left out just now."
    ) in make_programme(one).reasons


# --- Hunched shoulders ---------------------------------------------------------------------------------------


def test_hunched_shoulders_get_more_pulling_and_chest_stretch(plain):
    programme = make_programme(ask("shoulders_forward"))
    pulling = ("rhomboids", "trapezius_middle", "posterior_deltoid")
    assert all(programme.weekly_sets[m] > plain.weekly_sets[m] for m in pulling)
    assert rows(programme) >= rows(plain)
    assert sum(minutes(programme, "chest").values()) > sum(minutes(plain, "chest").values())
    reason = next(one for one in programme.reasons if one.startswith("Here is shoulders that sit forward."))
    assert "The plan gives your chest at least" in reason
    assert "Pulling counts for more: your middle trapezius 12" in reason


@pytest.mark.parametrize("experience", ["new", "some", "trained"])
@pytest.mark.parametrize("days", [1, 4])
def test_more_pulling_stays_below_every_cap(experience, days):
    one = ask("shoulders_forward", experience=experience, days_per_week=days)
    most = most_weekly_sets(one.person, load_doses(), one.screened)
    before = weekly_bands(one.person, CATALOGUE, load_doses(), one.screened)
    for muscle, band in with_findings(before, one.findings, most=most).items():
        assert band.low <= band.high <= max(most, before[muscle].high)
        assert band.low >= before[muscle].low


def test_gentle_weeks_after_birth_stay_gentle():
    one = ask("shoulders_forward", weeks_since_birth=3)
    programme = make_programme(one)
    cap = one.screened.set_cap_per_week
    assert cap is not None
    assert all(sets <= cap for sets in programme.weekly_sets.values())


# --- All of them -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", FEEDS)
def test_every_finding_changes_the_plan_and_says_so(plain, key):
    programme = make_programme(ask(key))
    assert replace(programme, solver=None, reasons=()) != replace(plain, solver=None, reasons=())
    assert any(reason.startswith(f"Here is {FEEDS[key].finding}. ") for reason in programme.reasons)
    for region in FEEDS[key].regions:
        assert sum(minutes(programme, region).values()) >= sum(minutes(plain, region).values())


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(
    ids=st.lists(st.sampled_from(sorted(FEEDS)), max_size=4, unique=True),
    length=st.sampled_from([15, 30, 60]),
    days=st.integers(1, 3),
)
def test_sessions_keep_their_minutes(ids, length, days):
    programme = make_programme(ask(*ids, minutes_per_session=length, days_per_week=days))
    assert all(session.minutes <= length for session in programme.sessions)
    assert all(len(session.items) <= load_doses().most_exercises for session in programme.sessions)


@pytest.mark.slow
def test_planning_anew_takes_findings_up(plain):
    programme = replan(ask("straight_leg_raise"), plain, week=3)
    assert len(minutes(programme, "hamstrings")) >= 2
    assert sum(minutes(programme, "hamstrings").values()) > sum(minutes(plain, "hamstrings").values())
    assert plans.week_of(programme, 2) == plans.week_of(plain, 2)
    # Taken up once, they are no reason to move the stretches again.
    again = replan(ask("straight_leg_raise"), programme, week=4)
    assert minutes(again, "hamstrings") == minutes(programme, "hamstrings")


def test_of_two_findings_the_larger_factor_counts():
    both = found("shoulders_forward", "head_forward")
    assert both.muscles["rhomboids"] == BOOK.posture["shoulders_forward"].muscles["rhomboids"]
    assert set(both.regions) == {"chest", "neck", "thoracic_spine"}
