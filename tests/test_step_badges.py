"""The badges of the thirty steps."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from openback.progress.steps import step_data
from openback.web.step_badges import badge, drawing
from scripts.draw_steps import BADGES, FOLDER
from scripts.draw_steps import badge as drawn

STEPS = step_data().steps


def test_every_step_has_a_badge_and_there_are_no_others():
    assert list(BADGES) == [step.id for step in STEPS]
    assert sorted(path.stem for path in FOLDER.glob("*.svg")) == sorted(BADGES)


@pytest.mark.parametrize("step", STEPS, ids=[step.id for step in STEPS])
def test_the_drawing_is_what_the_script_draws(step):
    assert drawing(step.id) == drawn(step.id), "run: python -m scripts.draw_steps"


def test_no_two_badges_are_alike():
    assert len({drawing(step.id) for step in STEPS}) == len(STEPS)


def test_the_frame_says_the_kind():
    for step in STEPS:
        assert BADGES[step.id][0] == step.kind


@pytest.mark.parametrize("step", STEPS, ids=[step.id for step in STEPS])
def test_a_badge_is_plain_and_stays_inside_its_frame(step):
    root = ET.fromstring(drawing(step.id))
    for part in root:
        tag = part.tag.rpartition("}")[2]
        assert tag in {"path", "circle", "rect"}
        assert part.get("class") in {"sb-ground", "sb-line", "sb-won-line", "sb-ink", "sb-won"}
        if part.get("transform") is None and tag == "path":
            numbers = [float(one) for one in re.findall(r"-?\d+\.?\d*", part.get("d", ""))]
            assert all(0 <= number <= 96 for number in numbers)


def test_in_a_page_it_is_for_the_eyes_only_and_an_unknown_step_shows_nothing():
    assert 'aria-hidden="true"' in badge("first_session")
    assert drawing("tomorrow") == ""
    assert "<path" not in badge("tomorrow")
