"""What is said and when: one cue at a time, danger at once, form after two reps running, praise when it is gone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_set import fault
from openback.motion.cues import Speaker, praise_of
from openback.motion.judge import Verdict
from openback.motion.tuning import engine_rules

RULES = engine_rules()
DANGER = fault(id="behind", severity="danger", cue="Bar in front.", until="the bar stays in front")
FORM = fault(id="short", cue="All the way.", until="every rep goes all the way")
OTHER = fault(id="lean", cue="Sit up.")
POLISH = fault(id="crane", severity="polish", cue="Long neck.")


def speaker(*faults):
    return Speaker({each.id: each for each in faults}, RULES.cues, RULES.faults)


def reps(voice, *seen, every_s=5.0):
    """Return the texts said after reps in which these faults were seen; None stands for one that was not told."""
    said = []
    for n, names in enumerate(seen):
        verdicts = {
            name: Verdict(told=names is not None, seen=bool(names) and name in names)
            for name in voice._faults
        }
        said.append(voice.rep(n * every_s, verdicts))
    return [cue and cue.text for cue in said]


@pytest.mark.parametrize(
    ("faults", "seen", "expected"),
    [
        pytest.param([FORM], [], [], id="no rep"),
        pytest.param([FORM], [(), ()], [None, None], id="nothing seen"),
        pytest.param([FORM], [("short",)], [None], id="once is not enough"),
        pytest.param([FORM], [("short",), (), ("short",)], [None, None, None], id="not running"),
        pytest.param([FORM], [("short",), ("short",)], [None, "All the way."], id="two running"),
        pytest.param([FORM], [("short",), None, ("short",)], [None, None, "All the way."], id="what is not told breaks no run"),
        pytest.param([FORM], [("short",)] * 4, [None, "All the way.", None, "All the way."], id="again when it stays"),
        pytest.param([POLISH], [("crane",)] * 4, [None] * 4, id="polish waits for the summary"),
        pytest.param([FORM], [("short",), ("short",), ()], [None, "All the way.", "Good: every rep goes all the way."], id="praise"),
        pytest.param([FORM], [("short",), ("short",), None], [None, "All the way.", None], id="no praise for what is not told"),
        pytest.param([FORM, OTHER], [("short", "lean")] * 3, [None, "All the way.", None], id="one at a time"),
        pytest.param([FORM, OTHER], [("short", "lean")] * 4, [None, "All the way.", None, "Sit up."], id="the other next"),
    ],
)  # fmt: skip
def test_after_each_rep(faults, seen, expected):
    assert reps(speaker(*faults), *seen) == expected


def test_danger_is_said_at_once():
    cue = speaker(DANGER).danger(1.0, "behind")
    assert cue is not None
    assert (cue.t_s, cue.kind, cue.text, cue.fault) == (1.0, "danger", "Bar in front.", "behind")


def test_danger_waits_while_something_was_just_said_and_goes_first_then():
    voice = speaker(DANGER, FORM)
    assert reps(voice, ("short",), ("short",))[-1] == "All the way."  # at 5 s
    assert voice.danger(7.0, "behind") is None
    assert voice.tick(8.9) is None
    assert voice.tick(9.0).text == "Bar in front."
    assert voice.tick(20.0) is None


def test_at_the_end_of_the_set_what_was_never_said_is_said():
    voice = speaker(FORM)
    reps(voice, ("short",))
    assert voice.finish(9.0, {}).text == "All the way."


def test_at_the_end_of_a_clean_set_nothing_is_said():
    voice = speaker(FORM, POLISH)
    reps(voice, (), ("crane",))
    assert voice.finish(9.0, {}) is None


@given(
    seen=st.lists(st.sets(st.sampled_from(["behind", "short", "lean"])), max_size=30),
    every_s=st.floats(0.5, 6),
    dangers=st.lists(st.floats(0, 60), max_size=10),
)
def test_never_more_than_one_cue_in_four_seconds(seen, every_s, dangers):
    voice = speaker(DANGER, FORM, OTHER)
    moments = [(n * every_s, names) for n, names in enumerate(seen)] + [(t, None) for t in dangers]
    said = []
    for t_s, names in sorted(moments, key=lambda moment: moment[0]):
        if names is None:
            said.append(voice.danger(t_s, "behind"))
        else:
            verdicts = {name: Verdict(told=True, seen=name in names) for name in voice._faults}
            said += [voice.rep(t_s, verdicts), voice.tick(t_s)]
    times = [cue.t_s for cue in said if cue is not None]
    assert all(b - a >= RULES.cues.every_s for a, b in pairwise(times))


def test_praise_has_words_without_a_clause():
    assert praise_of(OTHER) == "Good, that is it."
