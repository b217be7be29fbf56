"""The script that measures how a posture check repeats: what it changes of a photo, and what its page says."""

from __future__ import annotations

import numpy as np
import pytest

from openback.motion.posture import posture_rules
from posing import landmarks_m
from scripts.marked import with_part
from scripts.posture_made import Outcome, trials, truth
from scripts.posture_repeatability import BEGINS, CHANGES, ENDS, KINDS, PAGE, Found, mirrored, page_part, rms

BOX = (25.0, 30.0, 55.0, 80.0)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_a_change_makes_another_picture_with_the_person_in_it(change):
    photo = np.random.default_rng(3).integers(0, 255, (120, 80, 3), dtype=np.uint8)
    made = change.made(photo, BOX)
    assert made.dtype == np.uint8
    assert made.shape != photo.shape or (made != photo).any()
    if change.kind == "Crop":
        assert made.shape[0] >= BOX[3] - BOX[1]
        assert made.shape[1] >= BOX[2] - BOX[0]
    np.testing.assert_array_equal(mirrored(mirrored(photo, BOX), BOX), photo)


def test_nothing_measured_is_no_zero():
    assert np.isnan(rms([]))
    page = page_part(Found(), Outcome())
    assert "| Head forward | 0 | – | – | – | – | – | **–** | – | – | 7 |" in page


def test_a_measure_that_misses_the_bar_is_named():
    found = Found(pictures=1, told=1, photos={"head_level_deg": 1})
    found.eight = {("head_level_deg", "Crop"): [1.0, -12.0], ("head_forward_deg", "Light"): [3.0, 4.0]}
    page = page_part(found, Outcome())
    assert "For head level it is missed." in page
    assert "| Head level | 1 | 8.5 | – |" in page
    assert "| Head forward | 0 | – | – | 3.5 |" in page


def test_the_page_holds_what_the_script_wrote():
    page = PAGE.read_text(encoding="utf-8")
    part = page.partition(BEGINS)[2].partition(ENDS)[0].lstrip("\n")
    assert with_part(page, part, begins=BEGINS, ends=ENDS) == page
    for rule in posture_rules().measures.values():
        real, made = [row for row in part.splitlines() if row.startswith(f"| {rule.name} |")]
        assert real.endswith(f"| {rule.smallest_change_deg:g} |")
        assert made.endswith(f"| {rule.smallest_change_deg:g} |")
        assert real.count("|") == len(KINDS) + 7
    assert part.count("It is met by every measure.") == 2


def test_the_truth_of_a_made_body():
    told = truth(landmarks_m(trunk_lean_deg=-10.0, trunk_roll_deg=0.0, head_tilt_deg=6.0))
    assert set(told) == set(posture_rules().measures)
    assert told["trunk_lean_forward_deg"] == pytest.approx(10, abs=0.1)
    assert told["head_level_deg"] == pytest.approx(6, abs=0.5)
    assert told["shoulder_level_deg"] == pytest.approx(0, abs=1e-9)


@pytest.mark.slow
def test_made_bodies_lie_in_their_bands_and_repeat():
    outcome = trials(40, seed=11)
    assert outcome.told == outcome.asked
    for name, rule in posture_rules().measures.items():
        assert np.mean(outcome.inside[name]) >= 0.75, name
        assert np.mean(np.abs(outcome.apart[name]) < rule.smallest_change_deg) >= 0.85, name
        assert abs(np.mean(outcome.errors[name])) < 1.0, name
