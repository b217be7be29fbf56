"""When there is no programme: which rules are in conflict, and what would help."""

from __future__ import annotations

from dataclasses import replace

import pytest

import gym
import plans
from openback.errors import BadWishes, NoProgramme
from openback.model.person import Place
from openback.model.programme import Wishes
from openback.training.programme import make_programme
from openback.training.programme.conflict import works


def refusal(profile=None, **wishes) -> NoProgramme:
    with pytest.raises(NoProgramme) as found:
        make_programme(plans.ask_for(profile, wishes=Wishes(**wishes)))
    return found.value


def pins(day: int, *ids: str) -> frozenset[tuple[str, int]]:
    return frozenset((one, day) for one in ids)


NOWHERE = Place(name="Nowhere", kit=frozenset())


@pytest.mark.parametrize(
    ("profile", "wishes", "rules", "sentence"),
    [
        pytest.param(
            gym.profile(minutes_per_session=20),
            {"pinned": pins(1, "pull_up", "wide_grip_lat_pulldown", "seated_cable_row")},
            ("minutes", "pinned"),
            "No programme fits: the 20 minutes of day 1 and pull up, seated cable row and wide grip lat pulldown "
            "pinned to day 1 cannot all hold. What would help: 25 minutes instead of 20, "
            "or pull up without its pin to day 1.",
            id="pins and minutes",
        ),
        pytest.param(
            gym.profile(minutes_per_session=60),
            {
                "pinned": pins(
                    1,
                    "wide_grip_lat_pulldown",
                    "close_grip_lat_pulldown",
                    "one_arm_dumbbell_row",
                    "seated_cable_row",
                    "chest_supported_dumbbell_row",
                )
            },
            ("session_ceiling", "pinned"),
            "No programme fits: at most 8 sets for the lats on day 1 and chest supported dumbbell row, "
            "close grip lat pulldown, one arm dumbbell row, seated cable row and wide grip lat pulldown pinned to "
            "day 1 cannot all hold. What would help: chest supported dumbbell row without its pin to day 1.",
            id="pins and the ceiling of a session",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            gym.profile(),
            {"minutes_of_day": {2: 10}, "pinned": pins(2, "one_arm_dumbbell_row")},
            ("minutes", "pinned"),
            "No programme fits: the 10 minutes of day 2 and one arm dumbbell row pinned to day 2 cannot all hold. "
            "What would help: 15 minutes instead of 10 on day 2, or one arm dumbbell row without its pin to day 2.",
            id="minutes of today",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            gym.profile(gym.FLOOR),
            {"pinned": pins(1, "pull_up")},
            ("pinned", "kit"),
            "No programme fits: pull up is pinned to day 1, but Floor has no pull up bar. "
            "What would help: another place on day 1.",
            id="a pin without its kit",
        ),
        pytest.param(
            gym.profile(complaints=("low_back_pain",)),
            {"pinned": pins(2, "superman")},
            ("pinned", "screening"),
            "No programme fits: superman is pinned to day 2, but it is left out because of this: sore lower back. "
            "What would help: leaving the pin out.",
            id="a pin against a complaint",
        ),
        pytest.param(
            gym.profile(),
            {"style_of_day": {2: "yoga"}, "pinned": pins(2, "wide_grip_lat_pulldown")},
            ("pinned", "style"),
            "No programme fits: wide grip lat pulldown is pinned to day 2, but that is a yoga day. "
            "What would help: a strength session on day 2.",
            id="a lift pinned to a yoga day",
        ),
        pytest.param(
            gym.profile(),
            {"banned": frozenset({"superman"}), "pinned": pins(2, "superman")},
            ("pinned", "banned"),
            "No programme fits: superman is pinned to day 2, but you do not want it there. "
            "What would help: taking one of the two wishes back.",
            id="pinned and banned",
        ),
        pytest.param(
            gym.profile(),
            {"pinned": pins(1, "childs_pose")},
            ("pinned",),
            "No programme fits: childs pose is pinned to day 1, but it is a stretch, and stretches are chosen after "
            "the sets. What would help: leaving the pin out.",
            id="a pinned stretch",
        ),
        pytest.param(
            gym.profile(NOWHERE),
            {},
            ("kit",),
            "No programme fits: on day 1 at Nowhere nothing is left after the kit of the place. "
            "What would help: mat at Nowhere.",
            id="no kit at all",
        ),
        pytest.param(
            gym.profile(NOWHERE, gym.HOME),
            {},
            ("kit",),
            "No programme fits: on day 1 at Nowhere nothing is left after the kit of the place. "
            "What would help: mat at Nowhere, or day 1 at Home.",
            id="one place without kit",
        ),
        pytest.param(
            gym.profile(replace(gym.FLOOR, kit=frozenset({"pull_up_bar"})), pregnancy_week=20),
            {},
            ("kit", "screening"),
            "No programme fits: on day 1 at Floor nothing is left after the kit of the place and what the screening "
            "left out. What would help: mat at Floor.",
            id="kit and pregnancy together",
        ),
    ],
)
def test_a_conflict_names_its_rules_and_what_would_help(profile, wishes, rules, sentence):
    found = refusal(profile, **wishes)
    assert str(found) == sentence
    assert found.rules == rules


def test_everything_banned():
    found = refusal(gym.profile(gym.HOME), banned=frozenset(gym.all_exercises()))
    assert found.rules == ("banned",)
    assert str(found) == (
        "No programme fits: on day 1 at Home nothing is left after the exercises you do not want. "
        "What would help: taking back one exercise you do not want."
    )


@pytest.mark.slow
def test_what_would_help_does_help():
    ask = plans.ask_for(
        gym.profile(minutes_per_session=25),
        wishes=Wishes(pinned=pins(1, "pull_up", "wide_grip_lat_pulldown", "seated_cable_row")),
    )
    assert make_programme(ask).status == "ok"
    shorter = replace(ask, person=replace(ask.person, minutes_per_session=20))
    with pytest.raises(NoProgramme):
        make_programme(shorter)


@pytest.mark.slow
def test_each_rule_in_conflict_is_needed_for_it():
    """Leaving any one pin out makes a programme possible: the set that is named is irreducible."""
    names = ("pull_up", "wide_grip_lat_pulldown", "seated_cable_row")
    for one in names:
        fewer = pins(1, *(name for name in names if name != one))
        ask = plans.ask_for(gym.profile(minutes_per_session=20), wishes=Wishes(pinned=fewer))
        assert works(ask)
    assert not works(
        plans.ask_for(gym.profile(minutes_per_session=20), wishes=Wishes(pinned=pins(1, *names)))
    )


def test_wishes_that_make_no_sense_are_told_at_once():
    wishes = Wishes(
        pinned=frozenset({("pull_up", 5), ("nope", 1)}), place_of_day={1: "Moon"}, minutes_of_day={2: 5}
    )
    with pytest.raises(BadWishes) as found:
        make_programme(plans.ask_for(wishes=wishes))
    assert str(found.value) == (
        "These wishes cannot be used: pinned names day 5, the week has days 1 to 3; "
        "minutes_of_day is 5 on day 2, it must be 10 to 90; "
        "place_of_day names 'Moon' for day 1, the places are Gym; no exercise is called 'nope'."
    )
