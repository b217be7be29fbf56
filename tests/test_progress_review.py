"""A week in words: the empty week first, then each thing that can have happened, and what is never said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.progress.review import (
    BestOfWeek,
    LiftChange,
    MuscleWeek,
    PainWeek,
    WeekFacts,
    review_of,
    signed,
)

GROW = "Rest is part of the plan: muscles grow between the sessions."


def facts(done: int = 3, planned: int | None = 3, *, running: bool = False, **more: object) -> WeekFacts:
    return WeekFacts(running=running, sessions_done=done, sessions_planned=planned, **more)


def lift(percent: float, low: float, high: float, *, name: str = "One-arm dumbbell row", days: int = 28):
    return LiftChange(exercise="row", name=name, days=days, percent=percent, low=low, high=high)


def muscle(name: str, sets: float, low: float = 8, high: float = 14) -> MuscleWeek:
    return MuscleWeek(muscle=name.lower(), name=name, sets=sets, low=low, high=high)


def said(week: WeekFacts, topic: str) -> list[str]:
    return [line.text for line in review_of(week) if line.topic == topic]


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        pytest.param(facts(0, None), ["No session was logged this week."], id="nothing, no programme"),
        pytest.param(facts(0, 3, running=True), ["No session yet this week."], id="nothing yet"),
        pytest.param(facts(0, 0), [], id="nothing was planned"),
        pytest.param(facts(0, 3, away="illness"), [], id="ill"),
        pytest.param(facts(1, None), ["You trained once."], id="free training"),
        pytest.param(
            facts(2, 3, running=True), ["You trained twice so far; one more is planned."], id="so far"
        ),
        pytest.param(
            facts(1, 4, running=True), ["You trained once so far; three more are planned."], id="early"
        ),
        pytest.param(facts(3, 3), ["You trained three times, as planned."], id="as planned"),
        pytest.param(facts(4, 3), ["You trained four times, one more than planned."], id="more"),
        pytest.param(facts(1, 3), ["You trained once; three sessions were planned."], id="fewer"),
        pytest.param(facts(1, 3, away="holiday"), ["You trained once."], id="on holiday all the same"),
    ],
)
def test_sessions(week, expected):
    assert said(week, "sessions") == expected


@pytest.mark.parametrize(
    ("lifts", "expected"),
    [
        pytest.param((), [], id="none known"),
        pytest.param(
            (lift(4, 1, 7),), ["Your one-arm dumbbell row went up 4 % this month (likely 1 to 7 %)."], id="up"
        ),
        pytest.param(
            (lift(4, -2, 10),),
            [
                "Your one-arm dumbbell row may be up 4 % this month; it is too early to be sure (likely −2 to +10 %)."
            ],
            id="perhaps up",
        ),
        pytest.param(
            (lift(0.3, -4, 5),),
            ["Your one-arm dumbbell row held its strength this month (likely −4 to +5 %)."],
            id="steady",
        ),
        pytest.param(
            (lift(-6, -9, -2, days=21),),
            [
                (
                    "Your one-arm dumbbell row came out 6 % lower in three weeks (likely 2 to 9 %). "
                    "Little sleep, stress or a break do that; the next load takes it into account."
                )
            ],
            id="down",
        ),
        pytest.param(
            (lift(9, -1, 20, name="Pull-up"), lift(4, 2, 6, name="Lateral raise, thumbs up")),
            ["Your lateral raise went up 4 % this month (likely 2 to 6 %)."],
            id="the surest one",
        ),
    ],
)
def test_strength(lifts, expected):
    assert said(facts(lifts=lifts), "strength") == expected


@pytest.mark.parametrize(
    ("muscles", "expected"),
    [
        pytest.param((), [], id="no bands"),
        pytest.param((muscle("Lats", 0),), [], id="no sets at all"),
        pytest.param((muscle("Lats", 9), muscle("Rhomboids", 8)), ["Every muscle had its sets."], id="all"),
        pytest.param(
            (muscle("Lats", 9), muscle("Rhomboids", 6, low=10)),
            ["Lats had all their sets.", "Rhomboids had 6 of 10 sets."],
            id="one short",
        ),
        pytest.param(
            (*tuple(muscle(name, 9) for name in ("A", "B", "C", "D")), muscle("E", 2), muscle("F", 7)),
            ["A, b, c and one more had all their sets.", "E had 2 of 8 sets."],
            id="many, and the furthest from it",
        ),
        pytest.param(
            (muscle("Lats", 20),),
            ["Lats had 20 sets, and 14 are enough: fewer would do as well."],
            id="more than planned",
        ),
    ],
)
def test_muscles(muscles, expected):
    assert said(facts(muscles=muscles), "muscles") == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, []),
        (1, ["A new best: 1 kg in the shrug."]),
        (2, ["New bests: 1 kg in the shrug and 2 kg in the shrug."]),
        (5, ["New bests: 1 kg in the shrug, 2 kg in the shrug, 3 kg in the shrug, and two more."]),
    ],
)
def test_bests(count, expected):
    bests = tuple(BestOfWeek(name="Shrug", said=f"{n} kg") for n in range(1, count + 1))
    assert said(facts(bests=bests), "bests") == expected


def test_what_was_moved_and_what_hurt():
    assert said(facts(moved_min=0.3), "moved") == []
    assert said(facts(moved_min=1.2), "moved") == ["Breaks, stretches and yoga made 1 minute together."]
    pain = (
        PainWeek(name="Neck", level=3, before=5),
        PainWeek(name="Lower back", level=2.5, before=None),
        PainWeek(name="Chest", level=1, before=1),
    )
    assert said(facts(pain=pain), "pain") == [
        "Neck: 3 of 10 on average, 5 the week before.",
        "Lower back: 2.5 of 10 on average.",
        "Chest: 1 of 10 on average, as in the week before.",
    ]


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        pytest.param(facts(0, None), GROW, id="nothing"),
        pytest.param(facts(3, 3), GROW, id="as planned"),
        pytest.param(
            facts(1, 3),
            "Rest is part of the plan, and nothing needs catching up: go on with the next session.",
            id="fewer",
        ),
        pytest.param(
            facts(2, 3, easier=True),
            "It is an easier week on purpose: rest is part of the plan.",
            id="easier",
        ),
        pytest.param(
            facts(0, 3, away="illness"),
            "Rest is the plan until you are well; strength hardly falls in two weeks.",
            id="ill",
        ),
        pytest.param(
            facts(0, 3, away="period"),
            "Rest is part of the plan; strength hardly falls in two weeks.",
            id="away",
        ),
    ],
)
def test_the_last_word_is_on_rest(week, expected):
    last = review_of(week)[-1]
    assert (last.topic, last.text) == ("rest", expected)


weeks = st.builds(
    facts,
    st.integers(0, 12),
    st.none() | st.integers(0, 7),
    running=st.booleans(),
    away=st.sampled_from([None, "illness", "period", "holiday", "pause"]),
    easier=st.booleans(),
    lifts=st.lists(
        st.tuples(st.floats(-30, 30), st.floats(0.1, 20)).map(lambda p: lift(p[0], p[0] - p[1], p[0] + p[1])),
        max_size=4,
    ).map(tuple),
    muscles=st.lists(st.builds(muscle, st.just("Lats"), st.floats(0, 30)), max_size=5).map(tuple),
    moved_min=st.floats(0, 500),
)


@given(weeks)
def test_every_week_is_said_kindly(week):
    lines = review_of(week)
    assert lines[-1].topic == "rest"
    for line in lines:
        assert line.text.endswith(".")
        assert not {"!", "failed", "bad", "missed", "only", "lazy"} & set(
            line.text.lower().replace(".", " ").split()
        )
        assert "!" not in line.text
    assert len(lines) <= 12


@given(st.floats(-200, 200))
def test_signed_numbers_read_back(value):
    assert int(signed(value).replace("−", "-")) == round(value)
