"""Which exercise it is, from the figures of the files alone."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from motion_set import exercise, made, mirrored
from openback.catalogue import load_catalogue
from openback.model.motion import nobody
from openback.motion.observe import Observer
from openback.motion.recognise import Recogniser, recognise
from openback.motion.synthesis.made_set import SetPlan
from openback.motion.template import SIZE, WEIGHT, look, template_of

SOME = (
    "wide_grip_lat_pulldown",
    "pull_up",
    "seated_cable_row",
    "one_arm_dumbbell_row",
    "dumbbell_shrug",
    "face_pull",
    "reverse_fly",
    "cobra_pose",
    "childs_pose",
)


@cache
def known():
    return {name: exercise(name) for name in SOME}


def plan(**changes):
    return SetPlan(reps=2, fps=8, yaw_deg=60, **changes)


def watched(frames, exercises):
    observer, recogniser = Observer(()), Recogniser(exercises)
    for frame in frames:
        seen = observer.observe(frame)
        if seen.body is not None and recogniser.due(seen.t_s):
            recogniser.seen(seen.t_s, *look(seen.body, frame, seen.view.name))
    return recogniser


def test_nothing_seen_is_none_of_them():
    guesses = recognise([nobody(t / 8, 720, 1280) for t in range(20)], known())
    assert guesses[0].exercise is None


def test_without_exercises_it_is_none_of_them():
    assert [(each.exercise, each.confidence) for each in recognise([], {})] == [(None, 1.0)]


@pytest.mark.parametrize("name", SOME)
def test_a_made_set_is_recognised(name):
    guesses = recognise(made(name, plan()).frames, known())
    assert guesses[0].exercise == name
    assert len(guesses) in {3, 4}
    assert None in [each.exercise for each in guesses]
    assert sum(each.confidence for each in guesses) <= 1 + 1e-9
    assert all(0 <= each.confidence <= 1 for each in guesses)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one_arm_dumbbell_row", "seated_cable_row"])
def test_a_mirror_changes_nothing(name):
    frames = [mirrored(frame) for frame in made(name, plan()).frames]
    assert recognise(frames, known())[0].exercise == name


def test_half_the_frames_say_the_same():
    frames = made("seated_cable_row", plan()).frames
    whole, half = recognise(frames, known()), recognise(frames[::2], known())
    assert whole[0].exercise == half[0].exercise
    assert whole[0].confidence == pytest.approx(half[0].confidence, abs=0.15)


def test_walking_up_and_off_does_not_hide_it():
    frames = made("wide_grip_lat_pulldown", plan(around=True)).frames
    assert recognise(frames, known())[0].exercise == "wide_grip_lat_pulldown"


def test_who_stands_still_shrugs_nothing():
    frame = made("dumbbell_shrug", plan()).frames[0]
    frames = [replace(frame, t_s=n / 8) for n in range(60)]
    guesses = {each.exercise: each.confidence for each in recognise(frames, known())}
    assert guesses[None] > guesses.get("dumbbell_shrug", 0.0) * 0.5
    assert guesses.get("dumbbell_shrug", 0.0) < 0.6


@pytest.mark.parametrize(
    ("asked", "done", "expected"),
    [
        ("wide_grip_lat_pulldown", "wide_grip_lat_pulldown", None),
        ("wide_grip_lat_pulldown", "dumbbell_shrug", "dumbbell_shrug"),
        ("dumbbell_shrug", "wide_grip_lat_pulldown", "wide_grip_lat_pulldown"),
        ("one_arm_dumbbell_row", "seated_cable_row", "seated_cable_row"),
        ("wide_grip_lat_pulldown", "seated_cable_row", "seated_cable_row"),
        ("cobra_pose", "childs_pose", "childs_pose"),
    ],
)
def test_another_exercise_than_asked_for_is_said_so(asked, done, expected):
    assert watched(made(done, plan()).frames, known()).another(exercise(asked)) == expected


@pytest.mark.slow
def test_variants_are_not_another():
    """A close grip is no other exercise than a wide one."""
    grips = ("wide_grip_lat_pulldown", "close_grip_lat_pulldown", "neutral_grip_lat_pulldown")
    exercises = {name: exercise(name) for name in grips}
    for done in grips:
        recogniser = watched(made(done, plan()).frames, exercises)
        assert [recogniser.another(exercise(asked)) for asked in grips] == [None] * 3


@pytest.mark.slow
def test_every_figure_is_nearest_to_its_own_template():
    """No two files look alike at every moment, and a body is at no distance from its own figure."""
    exercises = load_catalogue().exercises
    for name, one in exercises.items():
        template = template_of(one)
        if template is None:
            continue
        for variant in template.moments:
            for moment in variant:
                assert template.distances(np.nan_to_num(moment), WEIGHT).min() < 0.05, name
        assert template.moments.shape[2] == SIZE


def test_an_exercise_without_a_figure_is_left_out():
    plain = replace(exercise("pull_up"), figure=None)
    assert template_of(plain) is None
    assert recognise(made("pull_up", plan()).frames, {"pull_up": plain})[0].exercise is None
