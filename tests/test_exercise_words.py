"""Every exercise speaks with one voice, and its swaps lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import TopologicalSorter

import pytest

from openback.catalogue import load_catalogue
from openback.model.exercise import Exercise

EXERCISES = load_catalogue().exercises
EACH = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=list(EXERCISES))

NEVER_SAID = ("bad", "fat", "failed", "failure", "lazy", "cheat", "cheating")
# One word for one thing: the word on the left is never used, the one on the right is.
OTHER_WORDS = {
    "torso": "trunk",
    "scapula": "shoulder blade",
    "scapulae": "shoulder blades",
    "lumbar": "lower back",
    "repetition": "rep",
    "repetitions": "reps",
    "workout": "session",
    "abs": "belly",
    "stomach": "belly",
    "glutes": "seat",
    "inhale": "breathe in",
    "exhale": "breathe out",
    "traps": "trapezius",
}


@EACH
def test_it_is_complete(exercise: Exercise) -> None:
    guide = exercise.guide
    assert exercise.sources
    assert len(guide.setup) >= 2
    assert len(guide.steps) >= 4
    assert len(guide.cues) >= 2
    assert len(guide.mistakes) >= 2
    assert len(guide.tips) >= 1


@EACH
def test_every_line_is_a_sentence(exercise: Exercise) -> None:
    odd = [line for line in lines(exercise) if not re.fullmatch(r"[A-Z0-9].*[.?]", line) or "!" in line]
    assert odd == []


@EACH
def test_it_uses_our_words(exercise: Exercise) -> None:
    banned = rf"\b({'|'.join([*NEVER_SAID, *OTHER_WORDS])})\b"
    assert [line for line in lines(exercise) if re.search(banned, line, re.IGNORECASE)] == []


@EACH
def test_what_trains_no_muscle_of_the_map_says_what_it_loosens(exercise: Exercise) -> None:
    assert exercise.counts_sets or exercise.stretches


@EACH
def test_a_held_stretch_is_not_for_very_bendy_joints(exercise: Exercise) -> None:
    held = exercise.pattern == "stretch" and exercise.kind == "hold"
    assert not held or "hypermobility" in exercise.safety.avoid_with


def test_easier_and_harder_never_lead_in_a_circle() -> None:
    easier = {one.id: set(one.swap.easier) for one in EXERCISES.values()}
    for one in EXERCISES.values():
        for harder in one.swap.harder:
            easier.setdefault(harder, set()).add(one.id)
    assert set(TopologicalSorter(easier).static_order()) >= set(EXERCISES)


def lines(exercise: Exercise) -> Iterator[str]:
    guide = exercise.guide
    yield guide.summary
    yield exercise.muscles_note
    for group in (guide.setup, guide.steps, guide.cues, guide.mistakes):
        yield from group
    for tip in guide.tips:
        yield from (tip.text, tip.why)
    if exercise.camera is not None:
        yield exercise.camera.place
    for fault in exercise.faults:
        yield from (fault.cue, fault.why)
