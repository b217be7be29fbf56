"""The pain diary's rules: what stops, what is watched, what repeats; and that no rule takes a warning away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gym
from openback.catalogue import load_catalogue
from openback.errors import BadDataFile
from openback.model.journal import PainNote
from openback.training.pain_book import book_from, load_pain
from openback.training.pain_diary import RULES, advice, diary_of, repeated, stops, trend_words

BOOK = load_pain()
TODAY = date(2026, 11, 25)
PERSON = replace(gym.profile().person, birth_date=date(1986, 4, 12))
YOUNG = replace(PERSON, birth_date=date(2008, 1, 1))
OLD = replace(PERSON, birth_date=date(1958, 1, 1))
FRAGILE = replace(PERSON, complaints=("osteoporosis",))


def note(days_ago, place="neck", level=3, *signs):
    on = TODAY - timedelta(days=days_ago)
    return on, PainNote(
        id=uuid4(), at=datetime.combine(on, time(12), tzinfo=UTC), place=place, level=level, signs=signs
    )


def diary(*notes, person=PERSON):
    return diary_of(notes, person=person, today=TODAY)


def texts(*notes, person=PERSON, kind="stop"):
    return [one.text for one in advice(diary(*notes, person=person)) if one.kind == kind]


# --- The data ----------------------------------------------------------------------------------------------


def test_an_empty_file_is_told_as_a_whole():
    with pytest.raises(BadDataFile, match=r"pain\.toml"):
        book_from("")


def test_the_data_names_only_what_is_there():
    catalogue = load_catalogue()
    assert {one.complaint for one in BOOK.places.values()} - {""} <= set(catalogue.complaints)
    for sign in BOOK.signs.values():
        assert set(sign.sources) <= set(catalogue.sources)
        if sign.stops:
            assert sign.text.endswith(".")
            assert sign.see.endswith(".")
            assert sign.sources


def test_both_sides_have_the_same_places():
    left = {one.id.removesuffix("_left") for one in BOOK.places.values() if one.side == "left"}
    right = {one.id.removesuffix("_right") for one in BOOK.places.values() if one.side == "right"}
    assert left == right


# --- Stops ---------------------------------------------------------------------------------------------------


def test_an_empty_diary_says_nothing():
    assert advice(diary()) == ()
    assert repeated(diary()) == ()
    assert trend_words(diary()) == ""


def test_a_sore_neck_alone_stops_nothing():
    assert stops(diary(note(0, "neck", 4, "after_desk", "stiff"))) == ()


@pytest.mark.parametrize(
    ("sign", "see"),
    [
        ("bladder", "Call emergency services now."),
        ("both_legs", "Call emergency services now."),
        (
            "chest_pressure",
            "Call emergency services if you have it now; otherwise see a doctor today, before any exercise.",
        ),
        ("head_signs", "Call emergency services now."),
        ("unsteady", "Go to an emergency department today."),
        ("injury", "See a doctor today."),
        ("cannot_raise", "See a doctor today."),
        ("fever", "See a doctor today or tomorrow."),
        ("hot_joint", "See a doctor today or tomorrow."),
        ("weak", "See your doctor within days, today if it grows."),
        ("numb", "See your doctor within days."),
        ("spreads", "See your doctor within days; do nothing that makes it spread further."),
        ("night", "See your doctor within days."),
        ("unwell", "See your doctor within days."),
    ],
)
@pytest.mark.parametrize("place", ["neck", "lower_back", "shoulder_left", "leg_right"])
@pytest.mark.parametrize("level", [0, 1, 6])
def test_every_warning_sign_stops_whatever_the_level_and_the_place(sign, see, place, level):
    found = stops(diary(note(0, place, level, sign)))
    assert [one.see for one in found] == [see]
    assert found[0].place == place
    assert found[0].urgent == (BOOK.signs[sign].effect == "urgent")


def test_no_stopping_sign_of_the_data_is_left_untested():
    told = {
        "bladder",
        "both_legs",
        "chest_pressure",
        "head_signs",
        "unsteady",
        "injury",
        "cannot_raise",
        "fever",
    }
    told |= {"hot_joint", "weak", "numb", "spreads", "night", "unwell"}
    assert told == {one.id for one in BOOK.signs.values() if one.stops}


def test_what_is_urgent_comes_first():
    found = advice(diary(note(1, "neck", 9, "night"), note(0, "lower_back", 2, "bladder", "numb")))
    assert found[0].urgent
    assert found[0].see == "Call emergency services now."
    ranks = [(not one.urgent, one.rank) for one in found if one.kind == "stop"]
    assert ranks == sorted(ranks)


def test_a_sign_stands_for_two_weeks_after_it_was_noted():
    assert stops(diary(note(13, "neck", 3, "numb")))
    assert not stops(diary(note(14, "neck", 3, "numb")))


def test_a_later_note_without_the_sign_takes_nothing_back():
    assert stops(diary(note(3, "neck", 3, "numb"), note(0, "neck", 0)))


def test_a_clinician_who_looked_takes_back_what_was_noted_before():
    assert not stops(diary(note(3, "neck", 3, "numb"), note(0, "neck", 2, "seen")))
    assert not stops(diary(note(0, "neck", 2, "numb", "seen")))
    assert stops(diary(note(3, "neck", 3, "numb"), note(2, "neck", 2, "seen"), note(0, "neck", 2, "numb")))
    assert stops(diary(note(3, "neck", 3, "numb"), note(0, "lower_back", 2, "seen"))), "of another place"


def test_what_is_urgent_is_said_even_beside_a_clinician_who_looked():
    assert stops(diary(note(0, "lower_back", 2, "bladder", "seen")))


def test_pain_in_the_chest_is_never_only_sore():
    found = stops(diary(note(0, "chest", 2)))
    assert found[0].urgent
    assert "call emergency services now" in found[0].see
    assert not stops(diary(note(0, "chest", 0)))
    assert not stops(diary(note(0, "chest", 2, "seen")))


@pytest.mark.parametrize(("level", "stopped"), [(0, False), (7, False), (8, True), (10, True)])
def test_severe_pain(level, stopped):
    assert bool(stops(diary(note(0, "elbow_left", level)))) == stopped


def test_severe_pain_that_eased_stops_no_more():
    assert not stops(diary(note(2, "elbow_left", 9), note(0, "elbow_left", 3)))


@pytest.mark.parametrize(
    ("person", "notes", "stopped"),
    [
        pytest.param(FRAGILE, [note(0, "mid_back", 6)], True, id="fragile and strong"),
        pytest.param(FRAGILE, [note(0, "mid_back", 5)], False, id="fragile and mild"),
        pytest.param(FRAGILE, [note(0, "wrist_left", 6)], False, id="no spine"),
        pytest.param(PERSON, [note(0, "mid_back", 6)], False, id="sound bones"),
        pytest.param(None, [note(0, "mid_back", 6)], False, id="nobody known"),
    ],
)
def test_fragile_bones(person, notes, stopped):
    said = texts(*notes, person=person)
    assert any("fragile bones" in text for text in said) == stopped


def test_a_knock_later_in_life():
    assert any("fragile bones" in text for text in texts(note(0, "lower_back", 2, "injury"), person=OLD))
    assert not any("fragile bones" in text for text in texts(note(0, "lower_back", 2, "injury")))


@pytest.mark.parametrize(
    ("person", "stopped"), [(YOUNG, True), (PERSON, False), (OLD, True)], ids=["18", "40", "68"]
)
def test_the_first_strong_back_pain_of_a_life(person, stopped):
    assert bool(texts(note(0, "lower_back", 7), person=person)) == stopped
    known = [note(100, "lower_back", 7), note(0, "lower_back", 7)]
    assert not texts(*known, person=person)
    assert not texts(note(0, "wrist_left", 7), person=person)


def test_pain_that_lasts_six_weeks():
    lasting = [note(days, "neck", 4) for days in (45, 30, 15, 1)]
    assert texts(*lasting) == ["Your neck has hurt for six weeks and has not eased."]
    assert not texts(*lasting[1:]), "too short"
    assert not texts(*[note(days, "neck", 2) for days in (45, 30, 15, 1)]), "too mild to count"
    easing = [note(45, "neck", 7), note(30, "neck", 6), note(15, "neck", 4), note(1, "neck", 3)]
    assert not texts(*easing), "it eases"
    assert not texts(*lasting, note(0, "neck", 4, "seen")), "somebody looked"
    assert not texts(*[note(days, "neck", 4) for days in (80, 60, 40, 20)]), "it is over"


def test_pain_between_the_shoulder_blades_that_stays():
    notes = [note(days, "upper_back", 3) for days in (24, 20, 16, 12, 6, 1)]
    assert texts(*notes) == [
        "Pain between the shoulder blades that stays for weeks is most often harmless, but a doctor should look once."
    ]
    assert not texts(*notes[1:])
    assert not texts(*[replace_place(one, "wrist_left") for one in notes])


def replace_place(dated, place):
    return dated[0], replace(dated[1], place=place)


def test_rising_pain_is_watched():
    rising = [note(10, "elbow_left", 2), note(5, "elbow_left", 4), note(0, "elbow_left", 5)]
    assert texts(*rising, kind="care") == ["Your left elbow hurts more than two weeks ago: 2, now 5 of 10."]
    assert not texts(*rising[1:], kind="care")


def test_long_stiff_mornings_are_watched():
    assert texts(note(0, "lower_back", 3, "morning"), kind="care")


def test_a_sore_back_in_pregnancy():
    person = replace(PERSON, pregnancy_week=20)
    found = [one for one in advice(diary(note(0, "lower_back", 3), person=person)) if one.kind == "care"]
    assert "call your maternity unit now" in found[0].see
    assert not texts(note(0, "lower_back", 3), kind="care")


# --- What repeats --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notes", "complaints"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([note(0), note(0), note(0)], [], id="thrice on one day"),
        pytest.param([note(2), note(1)], [], id="two days"),
        pytest.param([note(9), note(4), note(1)], ["neck_pain"], id="three days"),
        pytest.param([note(9, level=2), note(4), note(1)], [], id="one too mild"),
        pytest.param([note(40), note(4), note(1)], [], id="one too long ago"),
        pytest.param(
            [note(9, "shoulder_left"), note(4, "shoulder_right"), note(1, "shoulder_left")],
            ["shoulder_impingement"],
            id="both sides together",
        ),
        pytest.param(
            [note(9, "hip_left"), note(4, "hip_left"), note(1, "hip_left")], [], id="no complaint for it"
        ),
    ],
)
def test_repeated_pain_becomes_a_complaint(notes, complaints):
    assert [one.complaint for one in repeated(diary(*notes))] == complaints


def test_repeated_pain_in_words():
    found = repeated(diary(note(9, level=5), note(4), note(1)))
    assert found[0].text == "Your neck hurt on 3 days in 4 weeks, up to 5 of 10."
    both = repeated(diary(note(9, "elbow_left"), note(4, "elbow_right"), note(1, "elbow_left")))
    assert both[0].text == "Your left elbow and right elbow hurt on 3 days in 4 weeks, up to 3 of 10."


# --- Trend -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ([], [4, 4], "Too early to say: notes of two months make a trend."),
        ([4, 4], [4, 4], "About as four weeks ago."),
        ([6, 6], [4, 4], "Less pain than four weeks ago, by 2 of 10 on average."),
        ([3, 3], [6, 6], "More pain than four weeks ago, by 3 of 10 on average."),
    ],
)
def test_a_trend_in_words(before, now, words):
    notes = [note(35 + n, level=level) for n, level in enumerate(before)]
    notes += [note(1 + n, level=level) for n, level in enumerate(now)]
    assert trend_words(diary(*notes)) == words


# --- Properties ------------------------------------------------------------------------------------------------

plain_signs = st.lists(st.sampled_from(sorted(set(BOOK.signs) - {"seen"})), max_size=3, unique=True)
any_note = st.builds(
    lambda days, place, level, signs: note(days, place, level, *signs),
    st.integers(0, 60),
    st.sampled_from(sorted(BOOK.places)),
    st.integers(0, 10),
    plain_signs,
)
notes_lists = st.lists(any_note, max_size=12)


@settings(max_examples=40, deadline=None)
@given(notes_lists, any_note)
def test_another_note_never_takes_a_warning_sign_away(notes, more):
    """Only a clinician who looked does."""

    def standing(given):
        (rule,) = [rule for rule in RULES if rule.__name__ == "warning_signs"]
        return {(one.text, one.place) for one in rule(diary(*given)) if one.kind == "stop"}

    assert standing(notes) <= standing([*notes, more])


@settings(max_examples=40, deadline=None)
@given(notes_lists)
def test_the_order_of_noting_changes_nothing(notes):
    distinct = list({one.at: (on, one) for on, one in notes}.values())
    assert advice(diary(*distinct)) == advice(diary(*reversed(distinct)))


@settings(max_examples=40, deadline=None)
@given(notes_lists, st.sampled_from([None, PERSON, YOUNG, OLD, FRAGILE]))
def test_every_advice_is_whole(notes, person):
    for one in advice(diary(*notes, person=person)):
        assert one.text.endswith(".")
        assert one.see.endswith(".") or (one.kind == "info" and one.see == "")
        assert "!" not in one.text + one.see
        assert one.kind == "stop" or not one.urgent


@settings(max_examples=40, deadline=None)
@given(notes_lists)
def test_notes_of_days_to_come_and_of_unknown_places_say_nothing(notes):
    later = [(TODAY + timedelta(days=3), one) for _, one in notes]
    strange = [(on, replace(one, place="tail")) for on, one in notes]
    assert advice(diary(*later, *strange)) == ()
