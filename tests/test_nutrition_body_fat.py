"""Body fat: the worked examples, estimates side by side, and the ranges."""

from dataclasses import replace
from datetime import date
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eaters import TODAY, person
from openback.model.eating import BodyMeasures
from openback.nutrition.body_fat import (
    body_fat_estimates,
    body_of,
    brozek_percent,
    cun_bae_percent,
    deurenberg_percent,
    gallagher_percent,
    hall_percent,
    healthy_ranges,
    lean_kg,
    navy_inch_percent,
    navy_percent,
    rfm_percent,
    siri_percent,
    skinfold_density,
)
from openback.nutrition.energy import Body

POINT = 0.0006  # the worked examples are given to a thousandth of a per cent
BMI = 65 / 1.65**2
INCH = 2.54


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        pytest.param(
            navy_percent("female", height_cm=165, waist_cm=75, hip_cm=100, neck_cm=33), 29.434, id="Navy, woman"
        ),
        pytest.param(
            navy_inch_percent(
                "female", height_in=165 / INCH, waist_in=75 / INCH, hip_in=100 / INCH, neck_in=33 / INCH
            ),
            29.739,
            id="Navy, woman, inches",
        ),
        pytest.param(navy_percent("male", height_cm=178, waist_cm=85, hip_cm=0, neck_cm=38), 16.436, id="Navy, man"),
        pytest.param(
            navy_inch_percent("male", height_in=178 / INCH, waist_in=85 / INCH, hip_in=0, neck_in=38 / INCH),
            16.491,
            id="Navy, man, inches",
        ),
        pytest.param(siri_percent(skinfold_density("female", sum_mm=60, age_years=40)), 24.761, id="folds, woman"),
        pytest.param(siri_percent(skinfold_density("male", sum_mm=60, age_years=40)), 19.087, id="folds, man"),
        pytest.param(rfm_percent("female", height_cm=165, waist_cm=75), 32.0, id="relative fat mass, woman"),
        pytest.param(rfm_percent("male", height_cm=178, waist_cm=85), 22.118, id="relative fat mass, man"),
        pytest.param(deurenberg_percent("female", bmi=BMI, age_years=40), 32.450, id="Deurenberg"),
        pytest.param(gallagher_percent("female", bmi=BMI, age_years=40), 32.142, id="Gallagher"),
        pytest.param(hall_percent("female", bmi=75 / 1.65**2, age_years=40) * 0.75, 27.071, id="Jackson, kg"),
        pytest.param(hall_percent("male", bmi=100 / 1.8**2, age_years=40), 29.618, id="Jackson, man, kg"),
    ],
)  # fmt: skip
def test_the_worked_examples(got, expected):
    assert got == pytest.approx(expected, abs=POINT)


def test_densities():
    assert skinfold_density("female", sum_mm=60, age_years=40) == pytest.approx(1.0426301, abs=1e-7)
    assert skinfold_density("male", sum_mm=60, age_years=40) == pytest.approx(1.055242, abs=1e-6)
    assert brozek_percent(1.0426301) == pytest.approx(24.12, abs=0.01)


BY_SIZE = ["Deurenberg", "Gallagher", "CUN-BAE", "Jackson"]


@pytest.mark.parametrize(
    ("measures", "names"),
    [
        pytest.param(None, BY_SIZE, id="nothing measured"),
        pytest.param(BodyMeasures(on=TODAY), BY_SIZE, id="an empty row"),
        pytest.param(
            BodyMeasures(on=TODAY, neck_cm=33, waist_cm=75), ["Relative fat mass", *BY_SIZE], id="no hip"
        ),
        pytest.param(
            BodyMeasures(on=TODAY, neck_cm=33, waist_cm=75, hip_cm=100),
            ["US Navy tape", "Relative fat mass", *BY_SIZE],
            id="tape",
        ),
        pytest.param(
            BodyMeasures(on=TODAY, triceps_mm=20, suprailiac_mm=18, thigh_mm=22, body_fat_share=0.27),
            ["As you measured it", "Three skinfolds", *BY_SIZE],
            id="folds and a scan",
        ),
        pytest.param(BodyMeasures(on=TODAY, triceps_mm=20, thigh_mm=22), BY_SIZE, id="a fold is missing"),
        pytest.param(
            BodyMeasures(on=TODAY, neck_cm=300, waist_cm=75, hip_cm=100),
            ["Relative fat mass", *BY_SIZE],
            id="a neck that no formula takes",
        ),
    ],
)
def test_what_was_measured_stands_side_by_side(measures, names):
    found = body_fat_estimates(person(), measures, today=TODAY)
    assert [one.name for one in found] == names
    assert all(3 <= one.error <= 5 and one.note for one in found)


def test_a_mans_tape_needs_no_hip():
    measures = BodyMeasures(on=TODAY, neck_cm=38, waist_cm=85)
    found = body_fat_estimates(person(sex="male", height_cm=178, mass_kg=80), measures, today=TODAY)
    assert found[0].percent == pytest.approx(16.436, abs=POINT)


def test_sex_that_was_not_said_widens_the_error():
    measures = BodyMeasures(on=TODAY, neck_cm=35, waist_cm=80, hip_cm=100)
    of = {
        sex: body_fat_estimates(person(sex=sex), measures, today=TODAY)[1]
        for sex in ("female", "male", "unspecified")
    }
    assert of["unspecified"].percent == pytest.approx(mean([of["female"].percent, of["male"].percent]))
    assert of["unspecified"].error > of["female"].error == 4.0


@pytest.mark.parametrize(
    ("sex", "age", "fat", "waist"),
    [
        ("female", 25, (21, 33), (80, 88)),
        ("female", 59, (23, 34), (80, 88)),
        ("male", 60, (13, 25), (94, 102)),
        pytest.param("male", 15, (8, 20), (94, 102), id="young"),
        pytest.param("unspecified", 45, (11, 34), (80, 88), id="sex not said"),
    ],
)
def test_healthy_ranges(sex, age, fat, waist):
    ranges = healthy_ranges(Body(sex=sex, age_years=age, height_cm=170, mass_kg=70))
    assert (ranges.body_fat_percent, ranges.waist_cm, ranges.waist_to_height_cm) == (fat, waist, 85)


def test_lean_mass_is_what_was_measured_else_the_middle_of_the_estimates():
    body = body_of(person(), today=TODAY)
    assert lean_kg(body, 0.28) == pytest.approx(46.8)
    assert 42 < lean_kg(body) < 47
    assert lean_kg(replace(body, sex="unspecified")) == lean_kg(replace(body, sex="male"))


@given(
    st.sampled_from(["female", "male"]),
    st.floats(17, 45),
    st.floats(0.1, 3),
    st.integers(18, 79),
)
def test_more_mass_of_one_height_means_more_fat(sex, bmi, more, age):
    for formula in (deurenberg_percent, gallagher_percent, hall_percent):
        assert formula(sex, bmi=bmi + more, age_years=age) > formula(sex, bmi=bmi, age_years=age)
    assert cun_bae_percent("female", bmi=bmi, age_years=age) > cun_bae_percent("male", bmi=bmi, age_years=age)


def test_age_counts_from_the_birthday():
    assert body_of(person(birth_date=date(1986, 11, 28)), today=TODAY).age_years == 39
