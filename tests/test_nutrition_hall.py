"""The dynamic model of body weight: reference values, and what must hold whatever is eaten."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.nutrition.energy import Body
from openback.nutrition.hall import hall_constants, kcal_per_kg, path_of, start_of

KG = 0.05  # how far the reference values may be missed
WOMAN = Body(sex="female", age_years=40, height_cm=165, mass_kg=75)
MAN = Body(sex="male", age_years=40, height_cm=180, mass_kg=100)
DAYS = [1, 7, 28, 90, 365, 730]


def eating(body, change_kcal, days):
    start = start_of(body, activity_level=1.5)
    return start, path_of(start, np.full(days, start.intake_kcal + change_kcal))


def test_the_start_of_the_woman():
    start = start_of(WOMAN, activity_level=1.5)
    assert start.intake_kcal == pytest.approx(2134.1, abs=0.1)
    assert start.fat_kg == pytest.approx(27.071, abs=0.001)
    assert start.lean_kg == pytest.approx(27.687, abs=0.001)
    assert start.water_kg == pytest.approx(18.392, abs=0.001)


@pytest.mark.parametrize(
    ("part", "expected", "within"),
    [
        ("mass_kg", [74.637, 74.095, 73.014, 70.207, 61.164, 55.197], KG),
        ("fat_kg", [27.045, 26.810, 26.035, 24.052, 18.014, 14.386], KG),
        ("lean_kg", [27.677, 27.586, 27.281, 26.457, 23.451, 21.112], KG),
        ("water_kg", [18.204, 18.080, 18.080, 18.080, 18.080, 18.080], 0.001),
        ("glycogen_kg", [0.463, 0.438, 0.438, 0.438, 0.438, 0.438], 0.001),
        ("adapt_kcal", [-4.826, -27.543, -60.527, -69.887, -70.0, -70.0], 0.001),
    ],
)
def test_the_reference_values_of_the_woman(part, expected, within):
    _, path = eating(WOMAN, -500, 730)
    np.testing.assert_allclose(getattr(path, part)[DAYS], expected, atol=within)


def test_the_reference_values_of_the_man():
    start, path = eating(MAN, -240, 3650)
    assert start.intake_kcal == pytest.approx(2898.3, abs=0.1)
    assert start.fat_kg == pytest.approx(29.618, abs=0.001)
    np.testing.assert_allclose(path.mass_kg[[365, 3 * 365, 3650]], [93.54, 89.15, 88.04], atol=KG)


def test_half_of_the_change_is_there_in_about_a_year():
    _, path = eating(MAN, -240, 3650)
    lost = path.mass_kg[0] - path.mass_kg
    assert 0.4 < lost[365] / lost[-1] < 0.65
    assert 20 < 240 / lost[-1] < 28  # about 24 kcal a day for each kilogram


bodies = st.builds(
    Body,
    sex=st.sampled_from(["female", "male", "unspecified"]),
    age_years=st.integers(20, 75),
    height_cm=st.floats(150, 195),
    mass_kg=st.floats(55, 130),
)
levels = st.floats(1.3, 2.2)


@given(bodies, levels)
def test_who_eats_what_they_take_stays(body, level):
    start = start_of(body, activity_level=level)
    path = path_of(start, np.full(60, start.intake_kcal))
    np.testing.assert_allclose(path.mass_kg, body.mass_kg, atol=1e-9)
    np.testing.assert_allclose(path.expenditure_kcal, start.intake_kcal, atol=1e-6)


@given(bodies, levels, st.floats(-400, 400))
def test_adaptation_and_water_settle_where_they_should(body, level, change):
    start = start_of(body, activity_level=level)
    path = path_of(start, np.full(200, start.intake_kcal + change))
    c = hall_constants()
    share = (start.intake_kcal + change) / start.intake_kcal
    water = start.water_kg - c.carbohydrate_mg_per_day / c.sodium_mg_per_l_day * (1 - share)
    assert path.adapt_kcal[-1] == pytest.approx(0.14 * change, abs=0.001)
    assert path.water_kg[-1] == pytest.approx(water, abs=1e-6)


@given(bodies, levels, st.floats(50, 400))
def test_more_food_means_more_weight_every_day(body, level, more):
    start = start_of(body, activity_level=level)
    less, same = (path_of(start, np.full(90, start.intake_kcal - kcal)).mass_kg for kcal in (more, 0.0))
    assert (less[1:] < same[1:]).all()
    assert (np.diff(less[10:]) < 0).all()


@given(bodies, levels, st.lists(st.floats(1200, 3500), min_size=20, max_size=40))
def test_energy_is_kept(body, level, eaten):
    """What is eaten is spent or stored: in fat, lean tissue and glycogen, and in what building them takes."""
    start, c = start_of(body, activity_level=level), hall_constants()
    path = path_of(start, eaten)
    stored = (
        (c.fat_kcal_per_kg + c.fat_build_kcal_per_kg) * np.diff(path.fat_kg)
        + (c.lean_kcal_per_kg + c.lean_build_kcal_per_kg) * np.diff(path.lean_kg)
        + c.glycogen_kcal_per_kg * np.diff(path.glycogen_kg)
    )
    more = np.array(eaten) - start.intake_kcal
    tissue = c.lean_burn_kcal_per_kg * path.lean_kg + c.fat_burn_kcal_per_kg * path.fat_kg
    within = start.base_kcal + start.move_kcal_per_kg * path.mass_kg + tissue + path.adapt_kcal
    spent = (within[:-1] + within[1:]) / 2 + c.meal_share * more
    assert sum(eaten) == pytest.approx(float((spent + stored).sum()), rel=2e-3)


def test_salt_holds_water_and_moving_more_makes_lighter():
    start = start_of(WOMAN, activity_level=1.5)
    same = np.full(30, start.intake_kcal)
    salty = path_of(start, same, sodium_more_mg=np.full(30, 1500.0))
    moving = path_of(start, same, move_share=1.3)
    dry = path_of(start, same, carbohydrate_share=0.3)
    assert salty.water_kg[-1] - start.water_kg == pytest.approx(0.5, abs=1e-6)
    assert moving.mass_kg[-1] < WOMAN.mass_kg - 0.3
    assert dry.mass_kg[5] < WOMAN.mass_kg - 0.7


def test_the_energy_of_a_kilogram_grows_with_fat():
    kcal = [kcal_per_kg(fat_kg) for fat_kg in (0, 10, 27, 60, 1000)]
    assert kcal == sorted(kcal)
    assert kcal[0] == pytest.approx(1816.444)
    assert kcal[-1] < 9440.727
