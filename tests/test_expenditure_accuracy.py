"""The learned expenditure on made people: how near it is, how honest its band is, and the page that says so."""

from itertools import pairwise

import numpy as np
import pytest

from openback.nutrition.expenditure import learn_expenditure, prior_of
from scripts.expenditure_accuracy import BEGINS, ENDS, PAGE, Miss, Score, bars, measured, score
from scripts.expenditure_people import BEGAN, Habit, made_people

MISSED = (
    "It is missed by 20.0 points; at best 75.0 % could be near, because a scale that scatters by 0.7 kg leaves the slope "
    "of four weeks unsure by about 120 kcal a day."
)


def made_score(near, covered=0.8):
    return Score(near=near, covered=covered, bias=0.0, equation_near=0.4, best_near=0.75)


@pytest.mark.parametrize(
    ("four", "eight", "says"),
    [
        pytest.param(
            made_score(0.93),
            made_score(0.99),
            [
                "**Bar: near for 90 % after four weeks. Measured: 93.0 %.**",
                "**Bar: 75 to 85 % in the 80 % band. Measured: 80.0 %.** It is met.",
            ],
            id="both met",
        ),
        pytest.param(
            made_score(0.7, covered=0.9),
            made_score(0.92),
            [
                "**Bar: near for 90 % after four weeks. Measured: 70.0 %.**",
                MISSED,
                "It is met after 8 weeks.",
                "**Bar: 75 to 85 % in the 80 % band. Measured: 90.0 %.** It is missed.",
            ],
            id="both missed",
        ),
    ],
)
def test_the_page_says_plainly_whether_the_bars_are_met(four, eight, says):
    assert bars({4: four, 8: eight}) == says


def test_a_score_counts_who_is_near_and_who_is_inside():
    misses = [
        Miss(
            off_share=off,
            inside=inside,
            half_share=0.06,
            equation_off_share=equation,
            eaten_share=eaten,
            slope_sd_share=0.05,
        )
        for off, inside, equation, eaten in (
            (0.0, True, 0.1, 0.8),
            (0.06, True, -0.1, 0.9),
            (-0.05, False, 0.02, 1.1),
            (0.2, False, 0.3, 0.7),
        )
    ]
    found = score(misses)
    assert (found.near, found.covered, found.equation_near) == (0.5, 0.5, 0.25)
    assert found.bias == pytest.approx(0.0525)
    assert 0.5 < found.best_near < 0.9


def test_made_people_are_the_same_each_time_and_differ_from_each_other():
    one, other = (list(made_people(3, days=15, seed=1)) for _ in range(2))
    assert [made.days for made in one] == [made.days for made in other]
    assert len({made.person.mass_kg for made in one}) == 3
    assert all(made.days[0].mass_kg is not None for made in one)
    nothing = next(made_people(1, days=15, seed=1, habit=Habit(missing_share=(0, 0))))
    assert all(day.mass_kg and day.energy_kcal for day in nothing.days)
    assert np.isfinite(nothing.spent_kcal).all()


def test_the_page_holds_the_part():
    page = PAGE.read_text(encoding="utf-8")
    assert page.count(BEGINS) == page.count(ENDS) == 1
    assert page.index(BEGINS) < page.index("## What a day takes") < page.index(ENDS)


@pytest.mark.slow
def test_the_learned_expenditure_of_made_people():
    """The bar of 90 % after four weeks is beyond what such weights hold (the page says by how much); eight reach it."""
    found = measured(240, (4, 8), Habit(), seed=11)
    assert 0.75 <= found[4].covered <= 0.85
    assert 0.75 <= found[8].covered <= 0.85
    assert found[4].near >= 0.62
    assert found[4].near >= found[4].best_near - 0.12
    assert found[8].near >= 0.86
    assert abs(found[4].bias) < 0.012
    assert abs(found[8].bias) < 0.008


@pytest.mark.slow
def test_the_weight_behind_the_scatter_of_made_people():
    """Seen with all days, against the mean weight of the week about each day, without the cycle."""
    inside, off_kg, moves_kg = [], [], []
    for made in made_people(60, days=85, seed=3, habit=Habit(cycle_share=0.0)):
        learned = learn_expenditure(made.days, prior_of(made.person, made.wishes, today=BEGAN))
        weekly = np.convolve(made.mass_kg, np.ones(7) / 7, "valid")  # of the week about day 3, 4, ...
        for at in range(10, 75):
            low, best, high = learned[at].mass_kg
            inside.append(low <= weekly[at - 3] <= high)
            off_kg.append(best - weekly[at - 3])
        moves_kg += [abs(b.mass_kg[1] - a.mass_kg[1]) for a, b in pairwise(learned)]
    assert 0.75 <= np.mean(inside) <= 0.88
    assert abs(np.mean(off_kg)) < 0.03
    assert np.sqrt(np.mean(np.square(off_kg))) < 0.25
    assert np.mean(moves_kg) < 0.12  # a line, not the scale's jumps
