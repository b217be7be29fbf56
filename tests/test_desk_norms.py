"""Desk tests: the data, where a result lies, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gym
from openback.catalogue import load_catalogue
from openback.errors import BadDataFile
from openback.training.desk_tests import (
    against,
    book_from,
    change_words,
    doubt,
    load_book,
    norm_for,
    norm_words,
    number_words,
    said,
    verdict_of,
    zones,
)

BOOK = load_book()
RULES = BOOK.tests
CATALOGUE = load_catalogue()
TODAY = date(2026, 11, 25)
WOMAN = replace(gym.profile().person, sex="female", birth_date=date(1986, 4, 12))
MAN = replace(WOMAN, sex="male")
UNTOLD = replace(WOMAN, sex="unspecified")
OLD = replace(MAN, birth_date=date(1955, 1, 1))
any_test = st.sampled_from(sorted(RULES))
people = st.sampled_from([WOMAN, MAN, UNTOLD, OLD])


def test_an_empty_file_is_told_as_a_whole():
    with pytest.raises(BadDataFile, match=r"desk_tests\.toml"):
        book_from("")


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_the_data_names_only_what_is_there(rule):
    feeds = rule.feeds
    assert {one.exercise for one in rule.helps} | set(feeds.favours) <= set(CATALOGUE.exercises)
    assert set(rule.sources) <= set(CATALOGUE.sources)
    assert set(feeds.muscles) <= set(CATALOGUE.muscles)
    stretched = {region for one in rule.helps for region in CATALOGUE.exercises[one.exercise].stretches}
    assert set(feeds.regions) <= stretched, "what helps reaches every region that the finding feeds"
    assert set(rule.says) == set(rule.sides) == set(rule.side_names)
    assert set(rule.leave_out_with) <= set(CATALOGUE.complaints)
    assert all(
        sentence.endswith(".") for sentence in (*rule.set_up, *rule.says.values(), rule.summary, rule.hand)
    )


@pytest.mark.parametrize("feed", BOOK.posture.values(), ids=list(BOOK.posture))
def test_what_a_posture_check_feeds_is_there(feed):
    assert set(feed.muscles) <= set(CATALOGUE.muscles)
    assert set(feed.favours) <= set(CATALOGUE.exercises)
    assert set(feed.sources) <= set(CATALOGUE.sources)
    assert feed.sources


# --- Norms -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "person", "limited", "good"),
    [
        ("straight_leg_raise", WOMAN, 65, 80),
        ("straight_leg_raise", MAN, 60, 72),
        ("straight_leg_raise", UNTOLD, 60, 80),  # both together
        ("straight_leg_raise", OLD, 60, 72),  # age changes nothing here
        ("finger_to_floor", OLD, 10, 0),
        ("shoulder_reach", WOMAN, 155, 168),
        ("shoulder_reach", UNTOLD, 153, 168),
        ("shoulder_reach", OLD, 130, 150),
        ("wall_angel", OLD, 110, 140),
    ],
)
def test_the_norm_of_a_person(test, person, limited, good):
    norm = norm_for(RULES[test], person, TODAY)
    assert (norm.limited, norm.good) == (limited, good)


@pytest.mark.parametrize(
    ("test", "value", "verdict"),
    [
        ("straight_leg_raise", 0, "limited"),
        ("straight_leg_raise", 64.9, "limited"),
        ("straight_leg_raise", 65, "usual"),
        ("straight_leg_raise", 80, "good"),
        ("finger_to_floor", 30, "limited"),
        ("finger_to_floor", 10, "usual"),
        ("finger_to_floor", 0, "good"),
        ("finger_to_floor", -10, "good"),
    ],
)
def test_where_a_value_lies(test, value, verdict):
    rule = RULES[test]
    assert verdict_of(rule, norm_for(rule, WOMAN, TODAY), value) == verdict


@given(any_test, people, st.floats(0, 1))
def test_the_zone_that_a_value_lies_in_has_its_verdict(test, person, share):
    rule = RULES[test]
    norm = norm_for(rule, person, TODAY)
    low, high = rule.span
    value = low + share * (high - low)
    inside = [zone.verdict for zone in zones(rule, norm) if zone.low <= value <= zone.high]
    assert verdict_of(rule, norm, value) in inside


@given(any_test, people)
def test_zones_run_along_the_scale_without_a_gap(test, person):
    rule = RULES[test]
    found = zones(rule, norm_for(rule, person, TODAY))
    assert (found[0].low, found[-1].high) == rule.span
    assert [zone.high for zone in found[:-1]] == [zone.low for zone in found[1:]]
    assert all(zone.low < zone.high for zone in found)


@given(any_test, people, st.floats(0, 1), st.floats(0, 1))
def test_freer_is_never_judged_worse(test, person, a, b):
    rule = RULES[test]
    norm = norm_for(rule, person, TODAY)
    low, high = rule.span
    worse, better = sorted((low + a * (high - low), low + b * (high - low)), reverse=rule.better == "lower")
    order = ["limited", "usual", "good"]
    assert order.index(verdict_of(rule, norm, better)) >= order.index(verdict_of(rule, norm, worse))


# --- Words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "value", "words"),
    [
        ("straight_leg_raise", 1, "1 degree"),
        ("straight_leg_raise", 62.4, "62 degrees"),
        ("finger_to_floor", 0.3, "on the floor"),
        ("finger_to_floor", 12, "12 cm above the floor"),
        ("finger_to_floor", -4, "4 cm below the floor"),
    ],
)
def test_a_number_in_words(test, value, words):
    assert number_words(RULES[test], value) == words


def test_a_result_in_words():
    rule = RULES["straight_leg_raise"]
    norm = norm_for(rule, WOMAN, TODAY)
    assert said(rule, 58, None, None) == "58 degrees"
    assert said(rule, 58, 51.6, 64.4) == "58 degrees, four times in five between 52 and 64 degrees"
    assert against(rule, norm, 58) == "That is less than usual, which begins at 65 degrees."
    assert against(rule, norm, 70) == "That is usual: between 65 and 80 degrees."
    assert against(rule, norm, 90) == "That is freely movable: 80 degrees or more."


def test_finger_to_floor_in_words():
    rule = RULES["finger_to_floor"]
    norm = norm_for(rule, WOMAN, TODAY)
    assert against(rule, norm, 20) == "That is less than usual: most come to 10 cm or nearer."
    assert against(rule, norm, 5) == "That is usual: free is on the floor, limited more than 10 cm above it."
    assert against(rule, norm, 0) == "That is as free as this test can tell."


def test_a_band_that_reaches_further_is_said():
    rule = RULES["straight_leg_raise"]
    norm = norm_for(rule, WOMAN, TODAY)
    assert doubt(rule, norm, 58, None, None) == ""
    assert doubt(rule, norm, 50, 44, 56) == ""
    assert doubt(rule, norm, 62, 56, 68) == (
        'The camera may be off by so much that "usual" could be true too; a second take on another day tells more.'
    )


def test_for_whom_a_norm_holds():
    legs, reach = RULES["straight_leg_raise"], RULES["shoulder_reach"]
    assert norm_words(legs, norm_for(legs, WOMAN, TODAY)) == (
        "The usual range is for women of any age; age makes little difference here, sex about eight degrees."
    )
    assert "for women aged under 45," in norm_words(reach, norm_for(reach, WOMAN, TODAY))
    assert "for women and men together aged 65 and over," in norm_words(reach, norm_for(reach, OLD, TODAY))


# --- Change --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "values", "words"),
    [
        ("straight_leg_raise", [], ("", False)),
        ("straight_leg_raise", [60], ("", False)),
        ("straight_leg_raise", [60, 66], ("No real change yet: less than 10 degrees can be chance.", False)),
        ("straight_leg_raise", [60, 50, 72], ("12 degrees freer than at first.", True)),
        ("straight_leg_raise", [72, 60], ("12 degrees less free than at first.", True)),
        ("finger_to_floor", [20, 8], ("12 cm freer than at first.", True)),
    ],
)
def test_a_change_in_words(test, values, words):
    assert change_words(RULES[test], values) == words


@given(any_test, st.floats(0, 100), st.floats(-60, 60))
def test_a_change_that_can_be_chance_is_none(test, first, change):
    rule = RULES[test]
    _, believed = change_words(rule, [first, first + change])
    assert believed == (abs((first + change) - first) >= rule.smallest_change)
    # Two results differ by chance by this much one time in five, when only the camera errs.
    assert rule.smallest_change >= BOOK.band_z * 2**0.5 * rule.sd
