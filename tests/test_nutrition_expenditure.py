"""The learned expenditure: what it does with much, little and wrong data, and that its algebra is right."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eaters import TODAY, person
from openback.model.eating import DayIntake, FoodWishes
from openback.nutrition.energy import Body
from openback.nutrition.expenditure import Prior, latest_expenditure, learn_expenditure, prior_of
from openback.nutrition.expenditure_filter import (
    ENERGY,
    STATES,
    TISSUE,
    Day,
    Known,
    filter_numbers,
    learn,
    row_of,
    step_to_next,
)
from openback.nutrition.forecast import forecast_mass
from openback.nutrition.hall import path_of, start_of

BEGAN = date(2026, 3, 2)
PRIOR = Prior(expenditure_kcal=2200, expenditure_sd_kcal=240, mass_kg=70, density_kcal_per_kg=7000)
BODY = Body(sex="female", age_years=40, height_cm=168, mass_kg=70)


def days_of(masses, intakes):
    return [
        DayIntake(on=BEGAN + timedelta(days=number), energy_kcal=kcal, mass_kg=mass)
        for number, (mass, kcal) in enumerate(zip(masses, intakes, strict=True))
    ]


def lived(spent_kcal, eaten):
    """Return the mornings of somebody in balance at `spent_kcal` who then eats `eaten`."""
    start = start_of(BODY, activity_level=spent_kcal / 1400)
    start = start_of(BODY, activity_level=spent_kcal / start.intake_kcal * spent_kcal / 1400)
    return path_of(start, eaten)


@pytest.mark.parametrize(
    "days",
    [
        pytest.param([], id="nothing"),
        pytest.param(days_of([None, None], [2000.0, None]), id="no weight yet"),
    ],
)
def test_before_the_first_weight_nothing_is_learned(days):
    assert learn_expenditure(days, PRIOR) == ()


def test_one_weight_leaves_the_prior_as_it_was():
    (only,) = learn_expenditure(days_of([70.4], [None]), PRIOR)
    low, best, high = only.expenditure_kcal
    assert best == pytest.approx(2200)
    assert (high - best) == pytest.approx(1.2816 * 240, rel=0.01)
    assert only.mass_kg[1] == pytest.approx(70.4)
    assert low < best < high


def test_weights_without_a_log_teach_nothing_about_expenditure():
    days = days_of(np.linspace(70, 68, 40), [None] * 40)
    low, best, high = learn_expenditure(days, PRIOR)[-1].expenditure_kcal
    assert best == pytest.approx(2200, abs=100)  # a lighter body takes a little less
    assert high - low > 0.85 * 2 * 1.2816 * 240


@pytest.mark.parametrize("change_kcal", [-450, 0, 250])
@pytest.mark.parametrize("spent_kcal", [1900.0, 2500.0])
def test_a_quiet_scale_finds_the_truth_in_eight_weeks(spent_kcal, change_kcal):
    eaten = np.full(56, spent_kcal + change_kcal)
    path = lived(spent_kcal, eaten)
    learned = learn_expenditure(days_of(path.mass_kg, [*eaten, None]), PRIOR)
    truth = path.expenditure_kcal[-1]
    assert learned[-1].expenditure_kcal[1] == pytest.approx(truth, rel=0.03)
    assert learned[-1].mass_kg[1] == pytest.approx(path.mass_kg[-1], abs=0.3)


def test_every_day_between_first_and_last_has_an_answer():
    days = days_of([70.0, None, 70.2], [2100.0, None, 2300.0])
    later = replace(days[0], on=BEGAN + timedelta(days=30), mass_kg=69.5)
    learned = learn_expenditure([later, *reversed(days)], PRIOR)
    assert [one.on for one in learned] == [BEGAN + timedelta(days=number) for number in range(31)]
    assert all(one.mass_kg[0] < one.mass_kg[1] < one.mass_kg[2] for one in learned)


def test_the_latest_alone_is_the_same_as_the_last_of_all():
    _, masses, eaten = noisy(30)
    days = days_of(masses, eaten)
    latest, last = latest_expenditure(days, PRIOR), learn_expenditure(days, PRIOR)[-1]
    assert latest == last
    assert latest_expenditure(days_of([None], [2000.0]), PRIOR) is None


def noisy(days=56, seed=4):
    rng = np.random.default_rng(seed)
    eaten = rng.normal(1800, 250, days)
    path = lived(2200.0, eaten)
    return path, path.mass_kg[:-1] + rng.normal(0, 0.5, days), eaten


def test_a_weight_with_boots_on_changes_little():
    _, masses, eaten = noisy()
    usual = learn_expenditure(days_of(masses, eaten), PRIOR)[-1]
    masses[50] += 9.0
    booted = learn_expenditure(days_of(masses, eaten), PRIOR)[-1]
    assert booted.expenditure_kcal[1] == pytest.approx(usual.expenditure_kcal[1], abs=60)
    assert booted.mass_kg[1] == pytest.approx(usual.mass_kg[1], abs=0.3)


def test_a_day_that_was_logged_in_part_counts_as_not_logged():
    _, masses, eaten = noisy()
    partly, unlogged = [*eaten], [*eaten]
    for at in (10, 20, 30):
        partly[at], unlogged[at] = 350.0, None
    learned = [
        learn_expenditure(days_of(masses, log), PRIOR)[-1].expenditure_kcal for log in (partly, unlogged)
    ]
    assert learned[0] == pytest.approx(learned[1])


def test_fewer_days_mean_a_wider_band():
    _, masses, eaten = noisy()
    some = [mass if number % 3 == 0 else None for number, mass in enumerate(masses)]
    bands = [
        high - low
        for low, _, high in (
            learn_expenditure(days_of(given, eaten), PRIOR)[-1].expenditure_kcal for given in (masses, some)
        )
    ]
    assert bands[0] < bands[1] < 2 * 1.2816 * 240


def test_who_leaves_a_tenth_out_of_the_log_gets_what_fits_the_log():
    _, masses, eaten = noisy(84)
    honest, short = (
        learn_expenditure(days_of(masses, share * eaten), PRIOR)[-1].expenditure_kcal[1]
        for share in (1.0, 0.9)
    )
    assert honest - short == pytest.approx(0.1 * eaten.mean(), rel=0.35)


def test_a_cycle_that_is_written_down_does_not_look_like_a_trend():
    days = 24
    at = np.arange(days)
    water = 0.9 * np.exp(-0.5 * ((at - 22) / 3) ** 2)  # the days before the next period
    eaten = np.full(days, 2200.0)
    masses = lived(2200.0, eaten).mass_kg[:-1] + water
    starts = (BEGAN - timedelta(days=6), BEGAN + timedelta(days=22))
    known, unknown = (
        learn_expenditure(days_of(masses, eaten), replace(PRIOR, cycle_starts=given))[-1]
        for given in (starts, ())
    )
    assert abs(known.expenditure_kcal[1] - 2200) < abs(unknown.expenditure_kcal[1] - 2200)
    assert known.mass_kg[1] < masses[-1] - 0.3


def test_the_prior_of_a_person():
    starts = (date(2026, 3, 1), date(2026, 2, 1))
    prior = prior_of(person(), FoodWishes(tracks_cycle=True, cycle_starts=starts), today=TODAY)
    assert prior.expenditure_kcal == pytest.approx(2009.45)
    assert prior.expenditure_sd_kcal == pytest.approx(0.11 * 2009.45)
    assert 6500 < prior.density_kcal_per_kg < 7300
    assert prior.cycle_starts == (date(2026, 2, 1), date(2026, 3, 1))
    assert prior_of(person(), FoodWishes(cycle_starts=starts), today=TODAY).cycle_starts == ()


# --- The algebra --------------------------------------------------------------------------------------


def batch(days, known, scatter):
    """The same model written as one big normal distribution over all mornings: an independent way to the answer."""
    n = filter_numbers()
    count = len(days)
    sds = np.array([n.mass_sd_kg, known.expenditure_sd_kcal, n.adapt_sd_kcal, n.water_sd_kg, 0, 0, 0])
    mean = np.zeros((count, STATES))
    cov = np.zeros((count, STATES, count, STATES))
    mean[0, TISSUE], mean[0, ENERGY] = known.mass_kg, known.expenditure_kcal
    cov[0, :, 0, :] = np.diag(sds**2)
    for at in range(count - 1):
        step = step_to_next(days[at], known, at)
        mean[at + 1] = step.matrix @ mean[at] + step.drive
        for past in range(at + 1):
            cov[at + 1, :, past, :] = step.matrix @ cov[at, :, past, :]
            cov[past, :, at + 1, :] = cov[at + 1, :, past, :].T
        cov[at + 1, :, at + 1, :] = step.matrix @ cov[at, :, at, :] @ step.matrix.T + step.noise
    seen = [at for at, day in enumerate(days) if day.mass_kg is not None]
    rows = np.zeros((len(seen), count, STATES))
    for number, at in enumerate(seen):
        rows[number, at] = row_of(days[at].phase)
    flat = rows.reshape(len(seen), -1)
    whole = cov.reshape(count * STATES, -1)
    across = whole @ flat.T
    total = flat @ across + scatter**2 * np.eye(len(seen))
    weights = np.array([days[at].mass_kg for at in seen])
    gain = np.linalg.solve(total, across.T).T
    after = mean.ravel() + gain @ (weights - flat @ mean.ravel())
    left = whole - gain @ across.T
    return after.reshape(count, STATES), left.reshape(count, STATES, count, STATES)


def test_filter_and_smoother_agree_with_one_big_normal_distribution():
    rng = np.random.default_rng(7)
    days = [
        Day(
            mass_kg=None if number in {3, 4, 9} else float(70 - 0.05 * number + rng.normal(0, 0.5)),
            intake_kcal=None if number == 6 else float(rng.normal(1900, 200)),
            intake_sd_kcal=170.0,
            phase=None,
        )
        for number in range(14)
    ]
    known = Known(
        mass_kg=70, expenditure_kcal=2200, expenditure_sd_kcal=240, density=7000, tracks_cycle=False
    )
    learned = learn(days, known)
    scatters = filter_numbers().scale_sd_kg
    mean, cov = batch(days, known, scatters[2])
    np.testing.assert_allclose(learned.mean[:, 2], mean, atol=1e-3)
    for at in range(len(days)):
        np.testing.assert_allclose(
            np.diagonal(learned.cov[at, 2]), np.diagonal(cov[at, :, at, :]), rtol=1e-3, atol=1e-3
        )
    assert learned.weight.sum() == pytest.approx(1)


def test_the_scatter_of_the_scale_is_learned():
    rng = np.random.default_rng(2)
    eaten = np.full(84, 2200.0)
    scatters = np.array(filter_numbers().scale_sd_kg)
    found = []
    for sd_kg in (0.3, 1.1):
        masses = lived(2200.0, eaten).mass_kg[:-1] + rng.normal(0, sd_kg, 84)
        days = [Day(mass_kg=kg, intake_kcal=2200.0, intake_sd_kcal=170.0, phase=None) for kg in masses]
        known = Known(
            mass_kg=70, expenditure_kcal=2200, expenditure_sd_kcal=240, density=7000, tracks_cycle=False
        )
        found.append(float(learn(days, known).weight @ scatters))
    assert found[0] < 0.5
    assert found[1] > 0.85


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.floats(40, 150)),
            st.one_of(st.none(), st.floats(0, 9000)),
        ),
        max_size=40,
    )
)
def test_whatever_is_logged_the_bands_are_in_order_and_finite(rows):
    learned = learn_expenditure(days_of([mass for mass, _ in rows], [kcal for _, kcal in rows]), PRIOR)
    for one in learned:
        for low, best, high in (one.mass_kg, one.expenditure_kcal):
            assert np.isfinite([low, best, high]).all()
            assert low <= best <= high


# --- Forecast -----------------------------------------------------------------------------------------


def test_a_forecast_starts_at_todays_weight_and_its_band_widens():
    found = forecast_mass(person(), FoodWishes(), today=TODAY, intake_kcal=1600)
    widths = [one.high_kg - one.low_kg for one in found]
    assert len(found) == 27
    assert found[0].on == TODAY
    assert found[0].best_kg == 65
    assert widths == sorted(widths)
    assert found[-1].best_kg < 61


def test_a_forecast_takes_what_was_learned():
    learned = learn_expenditure(days_of([66.0] * 30, [2300.0] * 30), PRIOR)[-1]
    found = forecast_mass(
        person(),
        FoodWishes(),
        today=TODAY,
        intake_kcal=learned.expenditure_kcal[1],
        expenditure=learned,
        days=28,
    )
    assert [one.best_kg for one in found] == pytest.approx([learned.mass_kg[1]] * 5)
    assert found[0].low_kg == pytest.approx(learned.mass_kg[0])


def test_there_is_no_forecast_in_pregnancy():
    assert forecast_mass(person(pregnancy_week=20), FoodWishes(), today=TODAY, intake_kcal=2300) == ()
