"""Safety of food: each rule speaks when it should, none can be switched off, and no random person gets past them."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eaters import SOURCES, TODAY, people, person, wishes_of_all_kinds
from openback.errors import BadDataFile, BadWeight, ImpossibleGoal
from openback.model.eating import DayIntake, Expenditure, FoodWishes
from openback.nutrition.body_fat import METHODS
from openback.nutrition.energy import most_resting_kcal
from openback.nutrition.goals import check_goal, check_mass, nearest_date
from openback.nutrition.safety import (
    RULES,
    asked_questions,
    findings,
    food_stops,
    healthy_mass_kg,
    safety_case,
)
from openback.nutrition.safety_data import food_safety, safety_from
from openback.nutrition.targets import food_targets

LEANER = FoodWishes(goal="leaner")


def found_of(who, wishes, **known):
    return findings(safety_case(who, wishes, today=TODAY, **known))


def weights(*week_means, logged_kcal=None):
    """Return days that end yesterday: for each week three weights about its mean, and every day's log."""
    begins = TODAY - timedelta(days=7 * len(week_means))
    return [
        DayIntake(
            on=begins + timedelta(days=7 * week + day),
            energy_kcal=logged_kcal,
            mass_kg=mean_kg + (day - 3) * 0.1 if day in {1, 3, 5} else None,
        )
        for week, mean_kg in enumerate(week_means)
        for day in range(7)
    ]


# --- Each rule ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sex", "kcal"), [("female", 1200), ("male", 1500), ("unspecified", 1500)])
def test_the_least_energy_goes_by_sex(sex, kcal):
    (floor,) = [one for one in found_of(person(sex=sex), LEANER) if one.rule == "minimum_energy"]
    assert (floor.amount, floor.effect) == (kcal, "least_kcal")
    assert (
        floor.text
        == f"Days stay at {kcal:,} kcal or more: below that, food hardly brings all that a body needs."
    )


def test_energy_availability_asks_for_what_training_takes_too():
    known = {"training_kcal_per_day": 250.0}
    (floor,) = [
        one
        for one in found_of(person(), replace(LEANER, body_fat_share=0.28), **known)
        if one.rule == "energy_availability"
    ]
    assert floor.amount == pytest.approx(30 * 46.8 + 250)


@pytest.mark.parametrize(
    ("who", "wishes", "rule", "says"),
    [
        pytest.param(
            person(pregnancy_week=12),
            LEANER,
            "pregnancy",
            "You are in week 12 of pregnancy, so no deficit is planned: this is a time to be well fed.",
            id="pregnant",
        ),
        pytest.param(
            person(),
            replace(LEANER, lactating=True),
            "breastfeeding",
            "You are breastfeeding, so no deficit is planned: milk takes energy, and it comes from your plate.",
            id="breastfeeding",
        ),
        pytest.param(
            person(mass_kg=50),
            LEANER,
            "healthy_weight",
            "For your height a healthy weight begins at 50.4 kg, so no deficit is planned; a doctor can say what is "
            "right for you.",
            id="light",
        ),
        pytest.param(
            person(),
            replace(LEANER, target_mass_kg=65.0),
            "target_reached",
            "You are at the weight that you wished for, 65 kg, so the plan keeps you there.",
            id="there already",
        ),
    ],
)
def test_no_deficit_and_why(who, wishes, rule, says):
    held = [one for one in found_of(who, wishes) if one.effect == "no_deficit"]
    assert [(one.rule, one.text) for one in held] == [(rule, says)]
    targets = food_targets(who, wishes, today=TODAY)
    assert (targets.goal, targets.stops, targets.rate_kg_per_week) == ("same", (), 0)
    assert says in targets.notes
    assert targets.targets["energy"].high >= targets.expenditure_kcal[1]


@pytest.mark.parametrize("question", [one.id for one in food_safety().questions])
def test_a_warning_sign_stops_a_deficit_kindly_and_is_told_otherwise(question):
    asked = next(one for one in asked_questions(person()) if one.id == question)
    wishes = replace(LEANER, warnings={question: True})
    stopped = food_targets(person(), wishes, today=TODAY)
    assert stopped.stops == (f"{asked.reason} {asked.see}",)
    assert stopped.goal == "same"
    assert stopped.targets["energy"].low >= 0.94 * stopped.expenditure_kcal[1]
    kept = food_targets(person(), replace(wishes, goal="same"), today=TODAY)
    assert kept.stops == ()
    assert asked.note in kept.notes
    assert food_stops(person(), replace(LEANER, warnings={question: False}), today=TODAY) == ()


def test_men_are_not_asked_about_periods():
    ids = [one.id for one in asked_questions(person(sex="male"))]
    assert "periods_missing" not in ids
    assert len(ids) == len(asked_questions(person(sex="unspecified"))) - 1


def test_an_answer_to_an_unknown_question_changes_nothing():
    assert food_stops(person(), replace(LEANER, warnings={"no_such": True}), today=TODAY) == ()


def test_nobody_under_18_is_put_in_a_deficit():
    young = person(birth_date=date(2010, 1, 1))
    (stop,) = food_stops(young, LEANER, today=TODAY)
    assert stop == (
        "You are still growing, so Openback plans no deficit before 18. Choose “stay as I am” and the week is planned "
        "with all you need; if weight worries you, a doctor is the one to ask."
    )
    assert food_stops(young, FoodWishes(), today=TODAY) == ()
    assert food_targets(young, LEANER, today=TODAY).goal == "same"


@pytest.mark.parametrize(
    ("history", "stopped"),
    [
        pytest.param([], False, id="no weights"),
        pytest.param(weights(66, 65.6, 65.2, 64.8), False, id="half a kilogram a week"),
        pytest.param(weights(68, 66.9, 65.8, 64.7), True, id="more than a kilogram a week"),
        pytest.param(weights(68, 66.9, 66.5, 65.4), False, id="a slower week between"),
        pytest.param(weights(66.9, 65.8, 64.7), False, id="two weeks only"),
        pytest.param(weights(68, 66.9, 65.8, 64.7)[-9:], False, id="too few weights"),
    ],
)
def test_who_loses_too_fast_eats_no_less(history, stopped):
    stops = food_stops(person(), LEANER, history, today=TODAY)
    says = (
        "You have lost more than 1 % of your weight in each of the last 3 weeks. That is faster than muscles like, so "
        "the plan pauses the deficit until your weight is steadier."
    )
    assert stops == ((says,) if stopped else ())


@pytest.mark.parametrize(
    ("kcal", "stopped"), [pytest.param(1200.0, True, id="little"), pytest.param(1700.0, False, id="enough")]
)
def test_two_weeks_of_too_little_energy_pause_a_deficit(kcal, stopped):
    history = weights(65, 65, logged_kcal=kcal)
    targets = food_targets(person(), LEANER, today=TODAY, history=history)
    assert bool(targets.stops) is stopped
    assert targets.goal == ("same" if stopped else "leaner")
    kept = food_targets(person(), FoodWishes(), today=TODAY, history=history)
    assert kept.stops == ()
    assert any("over the last two weeks" in note.lower() for note in kept.notes) is stopped


def test_every_finding_has_a_name_a_sentence_and_a_source():
    everything = person(pregnancy_week=20, mass_kg=48, birth_date=date(2010, 1, 1))
    wishes = replace(
        LEANER,
        lactating=True,
        target_mass_kg=60.0,
        warnings={one.id: True for one in food_safety().questions},
    )
    history = weights(68, 66.9, 65.8, 64.7, logged_kcal=900.0)
    found = found_of(everything, wishes, history=history)
    assert len(RULES) == 14
    assert len({one.rule for one in found}) >= len(RULES)
    for one in found:
        assert one.text.endswith(".")
        assert one.source in {*SOURCES, "project default"}
        assert "!" not in one.text


def test_the_page_names_every_rule_and_every_estimate():
    page = (Path(__file__).parents[1] / "docs" / "energy.md").read_text(encoding="utf-8")
    assert [rule.__name__ for rule in RULES if f"`{rule.__name__}`" not in page] == []
    assert [one.name for one in METHODS if one.name.partition(" (")[0] not in page] == []


def test_a_broken_file_is_told_whole():
    text = "[[question]]\nid = 'x'\neffect = 'shout'\n"
    with pytest.raises(BadDataFile) as error:
        safety_from(text)
    assert "- question[1].effect is 'shout', it must be one of stop, note" in str(error.value)
    assert "- floor.female_kcal must be a number of 0 or more" in str(error.value)


# --- Goals and weights that cannot be -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "target_kg", "on", "says"),
    [
        pytest.param(
            "leaner",
            55.0,
            date(2026, 12, 27),
            "10 kg less by 27 December 2026 is faster than a body takes well; at a pace that keeps your muscles and "
            "your health, 55 kg is there by 9 April 2027 at the soonest, so choose that date or a later one.",
            id="10 kg in a month",
        ),
        pytest.param(
            "leaner",
            45.0,
            None,
            "45 kg is under a healthy weight for your height, which begins at 50.4 kg; please choose a weight above "
            "that, and talk with a doctor if a lower one is on your mind.",
            id="under a healthy weight",
        ),
        pytest.param(
            "more_muscle",
            70.0,
            date(2027, 1, 1),
            "5 kg more by 1 January 2027 is faster than muscle grows; 70 kg is there by 15 March 2027 at the soonest, "
            "so choose that date or a later one.",
            id="muscle overnight",
        ),
        pytest.param(
            "more_muscle",
            60.0,
            None,
            "60 kg is less than your 65 kg, and the goal is more muscle; choose a higher weight, or the goal of being "
            "leaner.",
            id="the other way",
        ),
        pytest.param(
            "leaner",
            60.0,
            TODAY,
            "27 November 2026 is not in the future; choose a later date for 60 kg.",
            id="by today",
        ),
    ],
)
def test_an_impossible_goal_gets_one_kind_sentence(goal, target_kg, on, says):
    with pytest.raises(ImpossibleGoal) as error:
        check_goal(person(), FoodWishes(goal=goal, target_mass_kg=target_kg, target_on=on), today=TODAY)
    assert str(error.value) == says


def test_a_goal_with_no_room_says_so():
    wishes = replace(LEANER, target_mass_kg=63.0, target_on=TODAY + timedelta(days=14))
    tired = Expenditure(on=TODAY, mass_kg=(64, 65, 66), expenditure_kcal=(1300, 1400, 1500))
    with pytest.raises(ImpossibleGoal) as error:
        check_goal(person(), wishes, today=TODAY, expenditure=tired)
    assert str(error.value) == (
        "2 kg less by 11 December 2026 is faster than a body takes well, and with what you need each day there is no "
        "room to plan it safely; training and enough protein will change your shape at the weight you have."
    )
    assert error.value.nearest is None


@pytest.mark.parametrize(
    ("who", "wishes"),
    [
        pytest.param(person(), LEANER, id="no weight wished"),
        pytest.param(person(), replace(LEANER, target_mass_kg=60.0), id="no date"),
        pytest.param(
            person(), replace(LEANER, target_mass_kg=62.0, target_on=date(2027, 3, 1)), id="time enough"
        ),
        pytest.param(person(), FoodWishes(target_mass_kg=80.0), id="goal is to stay"),
        pytest.param(
            person(pregnancy_week=20),
            replace(LEANER, target_mass_kg=55.0, target_on=date(2026, 12, 27)),
            id="pregnancy speaks first",
        ),
    ],
)
def test_goals_that_pass(who, wishes):
    check_goal(who, wishes, today=TODAY)


def test_the_nearest_date_can_be_kept():
    wishes = replace(LEANER, target_mass_kg=55.0, target_on=date(2026, 12, 27))
    with pytest.raises(ImpossibleGoal) as error:
        check_goal(person(), wishes, today=TODAY)
    later = replace(wishes, target_on=error.value.nearest)
    check_goal(person(), later, today=TODAY)
    targets = food_targets(person(), later, today=TODAY)
    assert -0.651 <= targets.rate_kg_per_week < -0.4


def test_what_was_learned_moves_the_nearest_date():
    case = safety_case(person(), LEANER, today=TODAY)
    learned = [
        Expenditure(on=TODAY, mass_kg=(64, 65, 66), expenditure_kcal=(kcal - 100, kcal, kcal + 100))
        for kcal in (1800.0, 2400.0)
    ]
    slow, fast = (nearest_date(case, 60.0, one) for one in learned)
    assert fast <= nearest_date(case, 60.0) < slow
    tired = replace(learned[0], expenditure_kcal=(1300, 1400, 1500))
    assert nearest_date(case, 60.0, tired) is None


@pytest.mark.parametrize(
    ("kg", "last", "days", "says"),
    [
        (float("nan"), None, None, "nan kg is not between 25 and 350 kg, so please look at the number and its unit again"),
        (-5.0, None, None, "-5 kg is not between 25 and 350 kg, so please look at the number and its unit again"),
        (700.0, None, None, "700 kg is not between 25 and 350 kg, so please look at the number and its unit again"),
        (143.0, 65.0, 1, "143 kg is 78.0 kg from the 65 kg before; please look at the number again"),
    ],
)  # fmt: skip
def test_an_absurd_weight_is_not_kept(kg, last, days, says):
    with pytest.raises(BadWeight) as error:
        check_mass(kg, last_kg=last, days_since=days)
    assert str(error.value) == f"This weight cannot be kept: {says}."


def test_weights_that_can_be():
    check_mass(65.0)
    check_mass(65.0, last_kg=63.0, days_since=1)
    check_mass(80.0, last_kg=65.0, days_since=200)


# --- Nobody gets past ---------------------------------------------------------------------------------

expenditures = st.one_of(st.none(), st.floats(900, 5000))
trainings = st.one_of(st.none(), st.floats(0, 1500))


@given(people, wishes_of_all_kinds, expenditures, trainings)
def test_no_random_person_gets_past_the_rules(who, wishes, learned_kcal, training_kcal):
    learned = None
    if learned_kcal is not None:
        learned = Expenditure(
            on=TODAY,
            mass_kg=(who.mass_kg - 1, who.mass_kg, who.mass_kg + 1),
            expenditure_kcal=(0.9 * learned_kcal, learned_kcal, 1.1 * learned_kcal),
        )
    targets = food_targets(who, wishes, today=TODAY, expenditure=learned, training_kcal_per_day=training_kcal)
    case = safety_case(who, wishes, today=TODAY, training_kcal_per_day=training_kcal)
    best, energy = targets.expenditure_kcal[1], targets.targets["energy"]
    assert energy.low >= targets.energy_floor_kcal
    assert energy.low >= (1200 if who.sex == "female" else 1500)
    assert energy.low >= most_resting_kcal(case.body)
    assert energy.low >= 30 * case.lean_kg + case.training_kcal - 1e-6
    assert energy.low <= energy.high
    assert best - energy.low <= 500 + 1e-6
    assert targets.rate_kg_per_week >= -0.01 * who.mass_kg
    assert targets.rate_kg_per_week <= 0.005 * who.mass_kg + 1e-9
    held = (
        who.pregnancy_week is not None
        or wishes.lactating
        or case.body.bmi < 18.5
        or who.age_years(TODAY) < 18
        or bool(targets.stops)
    )
    if held:
        assert targets.goal != "leaner"
        assert targets.rate_kg_per_week >= 0
        assert energy.high >= min(best, energy.low)
    if wishes.goal == "leaner" and targets.goal == "same":
        assert targets.stops or targets.notes


@given(people, st.floats(30, 200), st.integers(1, 400))
def test_a_goal_that_passes_is_never_faster_than_one_per_cent_a_week(who, target_kg, days):
    wishes = replace(LEANER, target_mass_kg=target_kg, target_on=TODAY + timedelta(days=days))
    try:
        check_goal(who, wishes, today=TODAY)
    except ImpossibleGoal:
        return
    case = safety_case(who, wishes, today=TODAY)
    planned = not any(one.effect in {"stop", "no_deficit"} for one in findings(case))
    if planned:
        assert who.mass_kg - target_kg <= 0.01 * who.mass_kg * days / 7 + 1e-9
        assert target_kg >= healthy_mass_kg(case.body)
