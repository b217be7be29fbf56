"""Energy at rest, in a day and in training: the worked examples, people at the edges, and how it moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eaters import person
from openback.errors import BadDataFile
from openback.model.eating import FoodWishes
from openback.nutrition.energy import (
    Body,
    bmi_class,
    estimated_kcal,
    lactation_kcal,
    most_resting_kcal,
    old_requirement_kcal,
    pregnancy_kcal,
    requirement_kcal,
    resting_from_lean_kcal,
    resting_kcal,
    training_by_oxygen_kcal,
    training_kcal,
    usual_activity,
    usual_training_kcal,
)
from openback.nutrition.energy_data import ACTIVITIES, energy_data, energy_from
from openback.nutrition.hall import kcal_per_kg
from openback.nutrition.safety import available_kcal_per_kg

KCAL = 0.005  # the worked examples are given to a hundredth
WOMAN = Body(sex="female", age_years=40, height_cm=165, mass_kg=65)
MAN = Body(sex="male", age_years=40, height_cm=180, mass_kg=80)
YOUNG = Body(sex="female", age_years=30, height_cm=165, mass_kg=50.4)


@pytest.mark.parametrize(
    ("got_kcal", "expected_kcal"),
    [
        pytest.param(resting_kcal(WOMAN), 1320.25, id="Mifflin, woman"),
        pytest.param(resting_kcal(MAN), 1730.0, id="Mifflin, man"),
        pytest.param(resting_kcal(WOMAN, "harris_benedict_revised"), 1386.618, id="Harris-Benedict 1984, woman"),
        pytest.param(resting_kcal(MAN, "harris_benedict_revised"), 1796.862, id="Harris-Benedict 1984, man"),
        pytest.param(resting_kcal(WOMAN, "harris_benedict_1919"), 1394.8765, id="Harris-Benedict 1919, woman"),
        pytest.param(resting_kcal(MAN, "harris_benedict_1919"), 1796.995, id="Harris-Benedict 1919, man"),
        pytest.param(resting_from_lean_kcal(46.8), 1380.88, id="Katch-McArdle"),
        pytest.param(resting_from_lean_kcal(46.8, "cunningham_1980"), 1529.6, id="Cunningham 1980"),
        pytest.param(requirement_kcal(WOMAN, "inactive"), 2009.45, id="2023, woman, inactive"),
        pytest.param(requirement_kcal(WOMAN, "low_active"), 2173.47, id="2023, woman, low active"),
        pytest.param(requirement_kcal(MAN, "inactive"), 2617.87, id="2023, man, inactive"),
        pytest.param(old_requirement_kcal(WOMAN, "low_active"), 2100.656, id="2005, woman, low active"),
        pytest.param(training_by_oxygen_kcal(65, minutes=30, met=3.5), 119.4375, id="training by oxygen"),
        pytest.param(training_kcal(65, minutes=30, met=3.5, net=False), 113.75, id="training with rest"),
        pytest.param(training_kcal(65, minutes=30, met=3.5), 81.25, id="training beyond rest"),
        pytest.param(
            available_kcal_per_kg(1900, training_kcal=250, lean_kg=46.8), 35.256, id="energy availability"
        ),
        pytest.param(kcal_per_kg(27), 7320.6, id="Forbes density at 27 kg of fat"),
    ],
)  # fmt: skip
def test_the_worked_examples(got_kcal, expected_kcal):
    assert got_kcal == pytest.approx(expected_kcal, abs=0.05 if expected_kcal == 7320.6 else KCAL)


@pytest.mark.parametrize(("activity", "table_kcal"), [("inactive", 1816), ("low_active", 2016)])
def test_the_published_table_of_2005(activity, table_kcal):
    assert old_requirement_kcal(YOUNG, activity) == pytest.approx(table_kcal, abs=1)


def test_sex_that_was_not_said_is_the_mean_and_a_floor_takes_the_larger():
    body = Body(sex="unspecified", age_years=40, height_cm=165, mass_kg=65)
    man = Body(sex="male", age_years=40, height_cm=165, mass_kg=65)
    assert resting_kcal(body) == pytest.approx((resting_kcal(WOMAN) + resting_kcal(man)) / 2)
    assert requirement_kcal(body, "active") == pytest.approx(
        (requirement_kcal(WOMAN, "active") + requirement_kcal(man, "active")) / 2
    )
    assert most_resting_kcal(body) == resting_kcal(man)


def test_pregnancy_by_trimester():
    assert pregnancy_kcal(WOMAN, "inactive", week=10) == requirement_kcal(WOMAN, "inactive")
    second = 1131.20 - 2.04 * 40 + 0.34 * 165 + 12.15 * 65 + 9.16 * 20 + 200
    assert pregnancy_kcal(WOMAN, "inactive", week=20) == pytest.approx(second, abs=KCAL)
    per_week = pregnancy_kcal(WOMAN, "active", week=31) - pregnancy_kcal(WOMAN, "active", week=30)
    assert per_week == pytest.approx(9.16)


@pytest.mark.parametrize(
    ("mass_kg", "laid_down_kcal"),
    [pytest.param(48, 300, id="light"), (65, 200), (75, 150), pytest.param(90, -50, id="heavy")],
)
def test_what_is_laid_down_in_pregnancy_goes_by_size(mass_kg, laid_down_kcal):
    body = Body(sex="female", age_years=30, height_cm=165, mass_kg=mass_kg)
    line = 693.35 - 2.04 * 30 + 5.73 * 165 + 10.20 * mass_kg + 9.16 * 25
    assert pregnancy_kcal(body, "low_active", week=25) - line == pytest.approx(laid_down_kcal)


@pytest.mark.parametrize(("weeks", "more_kcal"), [(None, 400), (0, 400), (25, 400), (26, 380), (60, 380)])
def test_milk_takes_energy(weeks, more_kcal):
    more = lactation_kcal(WOMAN, "inactive", weeks_since_birth=weeks) - requirement_kcal(WOMAN, "inactive")
    assert more == pytest.approx(more_kcal)


@pytest.mark.parametrize(
    ("bmi", "name"),
    [(18.49, "underweight"), (18.5, "normal"), (25, "overweight"), (30, "obese"), (60, "obese")],
)
def test_classes_of_the_body_mass_index(bmi, name):
    assert bmi_class(bmi) == name


@pytest.mark.parametrize(
    ("desk_job", "days", "chosen", "expected"),
    [
        (True, 3, None, "inactive"),
        (True, 4, None, "low_active"),
        (False, 3, None, "low_active"),
        (False, 6, None, "active"),
        (True, 1, "very_active", "very_active"),
    ],
)
def test_activity_is_what_was_said_else_job_and_training(desk_job, days, chosen, expected):
    who = person(desk_job=desk_job, days_per_week=days)
    assert usual_activity(who, FoodWishes(activity=chosen)) == expected


def test_training_of_the_plan_is_spread_over_the_week():
    assert usual_training_kcal(person(), 65) == pytest.approx(2.5 * 65 * 1.5 / 7)


def test_the_band_of_the_equation():
    low, best, high = estimated_kcal(person(), FoodWishes(), WOMAN)
    assert best == pytest.approx(2009.45)
    assert (high - best) == pytest.approx(best - low) == pytest.approx(1.2816 * 0.11 * best)


def test_each_activity_says_where_it_begins():
    pal = energy_data().pal
    assert [pal[activity][0] for activity in ACTIVITIES] == [1.0, 1.53, 1.68, 1.85]
    assert len(energy_data().mets) == 24
    assert energy_data().mets["stretch"].met == 2.3


def test_a_broken_file_is_told_whole():
    with pytest.raises(BadDataFile) as error:
        energy_from("[prior]\nsd_share = 'much'\n")
    assert "- prior.sd_share must be a number of 0 or more" in str(error.value)
    assert "- requirement.female.inactive.mass must be a number" in str(error.value)


bodies = st.builds(
    Body,
    sex=st.sampled_from(["female", "male", "unspecified"]),
    age_years=st.integers(19, 90),
    height_cm=st.floats(145, 205),
    mass_kg=st.floats(40, 180),
)


@given(bodies, st.floats(0.5, 20))
def test_a_heavier_body_takes_more(body, more_kg):
    heavier = Body(
        sex=body.sex, age_years=body.age_years, height_cm=body.height_cm, mass_kg=body.mass_kg + more_kg
    )
    assert resting_kcal(heavier) > resting_kcal(body)
    for activity in ACTIVITIES:
        assert requirement_kcal(heavier, activity) > requirement_kcal(body, activity)


@given(bodies)
def test_the_more_active_take_more_and_the_older_less(body):
    of = [requirement_kcal(body, activity) for activity in ACTIVITIES]
    older = Body(sex=body.sex, age_years=body.age_years + 5, height_cm=body.height_cm, mass_kg=body.mass_kg)
    assert of[0] < of[1] < of[2]
    assert all(requirement_kcal(older, a) < kcal for a, kcal in zip(ACTIVITIES, of, strict=True))
    low, best, high = estimated_kcal(person(), FoodWishes(), body)
    assert low < best < high
    assert best >= most_resting_kcal(body)
