"""Coach sessions: what they count, what they keep, for whom, and how much of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_set import exercise, made
from openback.catalogue import load_catalogue
from openback.errors import CoachIsFull, CoachIsOver, NoCameraRules, UnknownExercise
from openback.model.motion import View, nobody
from openback.motion.body import Body
from openback.motion.engine import Known, Moment, SetWatcher, watch
from openback.motion.framing import Framing
from openback.motion.observe import Observation
from openback.motion.skeleton.figure_motion import figure_at
from openback.motion.synthesis import SetPlan
from openback.services.app import App
from openback.services.clip_json import report_json
from openback.services.coach.frames import FULL_BYTES, HEAD, as_sent, decoded, encoded
from openback.services.coach.framing import LASTS_S, FramingWatch, crooked
from openback.services.coach.framing_words import IDS, words_for
from openback.services.coach.limits import Limits
from openback.services.coach.sessions import Coaching, CoachSession
from storing import memory_store

ROW = "one_arm_dumbbell_row"
PULL = "wide_grip_lat_pulldown"
PLAN = SetPlan(reps=2, yaw_deg=60, fps=15, around=False)


@pytest.fixture
def coaching():
    with memory_store() as store:
        app = App(store=store, catalogue=load_catalogue(), data_dir=Path())
        yield Coaching(app, limits=Limits(sets=2), clock=lambda: 0.0)


def later(coaching, now_s):
    coaching.clock = lambda: now_s


def new(coaching, exercise_id=PULL):
    session = coaching.made(exercise_id)
    coaching.admit(session)
    return session


def fed(session, frames, first=0):
    events = []
    for seq, frame in enumerate(frames, first):
        got = session.arrived(encoded(seq, frame))
        assert got is not None
        events += session.push(got.frame)
    return events


# --- One session ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [PULL, "cobra_pose"])
def test_session_says_what_the_engine_says(name):
    frames = made(name, PLAN).frames
    session = CoachSession(exercise(name), Known())
    told = fed(session, frames)
    watcher = SetWatcher(exercise(name))
    same = [event for frame in frames for event in watcher.push(as_sent(frame))]
    assert repr(told) == repr(same)
    _, done = session.stop()
    expected = report_json(watch(exercise(name), map(as_sent, frames)), exercise(name))
    assert json.dumps(done["report"]) == json.dumps(expected)


def test_a_set_fills_its_row():
    session = CoachSession(exercise(PULL), Known())
    fed(session, made(PULL, PLAN).frames)
    _, done = session.stop()
    fill = done["fill"]
    assert fill["reps"] == 2
    assert fill["hold_s"] is None
    assert fill["tempo"]["lift_s"] > 0
    assert set(fill) == {
        "reps", "hold_s", "side", "rir", "rir_low", "rir_high", "tempo", "faults", "another",
    }  # fmt: skip


def test_nothing_seen_fills_nothing_and_says_so():
    session = CoachSession(exercise(PULL), Known())
    _, done = session.stop()
    assert done["fill"]["reps"] == 0
    assert done["fill"]["rir"] is None
    assert done["report"]["frames"] == 0
    assert session.state()["view"] == {"name": "unknown", "yaw_deg": None}


def test_hold_fills_seconds_and_no_reps():
    session = CoachSession(exercise("cobra_pose"), Known())
    frames = made("cobra_pose", PLAN).frames
    held_s = []
    for seq, frame in enumerate(frames):
        session.push(session.arrived(encoded(seq, frame)).frame)
        held_s.append(session.state()["held_s"])
    _, done = session.stop()
    assert done["fill"]["reps"] is None
    assert done["fill"]["hold_s"] >= 1
    assert max(held_s) == pytest.approx(done["fill"]["hold_s"], abs=1)


def test_state_follows_the_rep():
    session = CoachSession(exercise(PULL), Known())
    states = []
    for seq, frame in enumerate(made(PULL, PLAN).frames):
        session.push(session.arrived(encoded(seq, frame)).frame)
        states.append(session.state())
    shares = [state["share"] for state in states if state["share"] is not None]
    assert min(shares) < 0.2
    assert max(shares) > 0.9
    assert all(0 <= share <= 1 for share in shares)
    assert {"start", "lift", "peak", "lower"} <= {state["phase"] for state in states}
    assert states[-1]["reps"] == 2
    json.dumps(states, allow_nan=False)


def test_start_forgets_what_was_before_and_begins_again_after_a_stop():
    frames = made(PULL, PLAN).frames
    session = CoachSession(exercise(PULL), Known())
    fed(session, frames)
    session.start()
    assert (session.reps, session.begun) == (0, False)
    again = [replace(frame, t_s=frame.t_s + 100) for frame in frames]
    fed(session, again)
    assert session.stop()[1]["fill"]["reps"] == 2
    assert session.push(again[-1]) == ()  # the set is over
    assert session.stop()[1]["fill"]["reps"] == 2  # said again when asked again


def test_bad_frames_change_nothing_but_the_count_of_them():
    frames = made(PULL, PLAN).frames
    clean, pelted = CoachSession(exercise(PULL), Known()), CoachSession(exercise(PULL), Known())
    told = fed(clean, frames)
    got = []
    for seq, frame in enumerate(frames):
        assert pelted.arrived(b"x" * (seq % 30)) is None
        assert pelted.arrived(encoded(seq, replace(frame, t_s=max(0.0, frame.t_s - 1)))) is None or seq == 0
        pelted_frame = pelted.arrived(encoded(seq, replace(frame, t_s=frame.t_s + 1e-9)))
        got += pelted.push(pelted_frame.frame)
    assert [type(event) for event in got] == [type(event) for event in told]
    assert pelted.refused >= 2 * len(frames) - 1
    assert not pelted.hopeless


def test_fifty_bad_frames_in_a_row_are_hopeless():
    session = CoachSession(exercise(PULL), Known())
    for _ in range(49):
        session.arrived(b"")
    assert not session.hopeless
    session.arrived(b"")
    assert session.hopeless
    session.arrived(encoded(0, nobody(1.0, 640, 480)))
    assert not session.hopeless


def test_a_set_without_end_is_no_longer_watched():
    session = CoachSession(exercise(PULL), Known(), Limits(frames=10))
    fed(session, made(PULL, PLAN).frames[:30])
    assert session.stop()[1]["report"]["frames"] == 10


numbers = st.lists(st.floats(-1e4, 1e4, width=32), min_size=231, max_size=231)


@pytest.mark.slow
@given(st.lists(st.tuples(st.floats(0.001, 3.0), numbers), min_size=1, max_size=4))
def test_whatever_body_comes_the_engine_goes_on(moments):
    session, t_s = CoachSession(exercise(ROW), Known()), 0.0
    for passed_s, values in moments:
        t_s += passed_s
        table = np.clip(
            np.array(values).reshape(33, 7), [-1e4] * 3 + [-50] * 3 + [0], [1e4] * 3 + [50] * 3 + [1]
        )
        data = HEAD.pack(1, 1, 640, 480, 0, 0, t_s) + table.astype("<f4").tobytes()
        assert len(data) == FULL_BYTES
        session.plain_events(session.push(decoded(data).frame))
        json.dumps(session.state(), allow_nan=False)
    json.dumps(session.stop()[1], allow_nan=False)


@pytest.mark.parametrize("value", [0.0, 1.0, -50.0, 50.0])
def test_a_body_that_is_one_point_is_no_trouble(value):
    session = CoachSession(exercise(PULL), Known())
    table = np.full((33, 7), value)
    table[:, 6] = 1.0
    for n in range(5):
        data = HEAD.pack(1, 1, 640, 480, 0, n, n / 30) + table.astype("<f4").tobytes()
        session.push(session.arrived(data).frame)
    json.dumps(session.stop()[1], allow_nan=False)


# --- All sessions ---------------------------------------------------------------------------------------


def test_unknown_exercises_are_refused(coaching):
    with pytest.raises(UnknownExercise):
        coaching.made("handstand")


def test_exercises_without_camera_rules_are_refused(coaching):
    bare = next((one.id for one in coaching.app.catalogue.exercises.values() if one.rep is None), None)
    if bare is None:
        pytest.skip("every exercise has rules for the camera")
    with pytest.raises(NoCameraRules):
        coaching.made(bare)


def test_tokens_are_long_and_each_its_own(coaching):
    tokens = {coaching.made(PULL).token for _ in range(5)}
    assert len(tokens) == 5
    assert all(len(token) >= 22 for token in tokens)  # 128 bits in base 64


def test_lost_set_is_kept_for_a_minute_and_goes_on(coaching):
    session = new(coaching)
    fed(session, made(PULL, PLAN).frames[:30])
    coaching.lost(session, session.generation)
    later(coaching, 59.9)
    assert coaching.resumed(session.token, PULL) is session
    coaching.lost(session, session.generation)
    later(coaching, 120.1)
    with pytest.raises(CoachIsOver) as over:
        coaching.resumed(session.token, PULL)
    assert str(over.value) == (
        "This set is not watched any more: after a lost connection it is kept for 60 seconds. Start the set again."
    )


@pytest.mark.parametrize("token", ["", "x", "A" * 22, "é" * 22, "A" * 100])
def test_strangers_tokens_are_refused(coaching, token):
    session = new(coaching)
    with pytest.raises(CoachIsOver):
        coaching.resumed(token, PULL)
    assert session.generation == 0


def test_a_token_is_good_for_its_own_exercise_only(coaching):
    session = new(coaching)
    with pytest.raises(CoachIsOver):
        coaching.resumed(session.token, ROW)
    assert session.generation == 0


def test_the_former_connection_cannot_lose_what_another_took_over(coaching):
    session = new(coaching)
    former = session.generation
    coaching.resumed(session.token, PULL)
    coaching.lost(session, former)
    later(coaching, 1000.0)
    assert coaching.resumed(session.token, PULL) is session


def test_there_are_never_too_many(coaching):
    first, _ = new(coaching), new(coaching)
    with pytest.raises(CoachIsFull) as full:
        new(coaching)
    assert str(full.value) == (
        "The coach watches 2 sets already, which is all it takes on. "
        "Close the coach elsewhere, or log this set by hand."
    )
    coaching.lost(first, first.generation)  # it had seen nothing yet, so it makes room
    new(coaching)
    assert len(coaching) == 2


def test_a_lost_set_with_reps_in_it_is_not_pushed_out(coaching):
    first, _ = new(coaching), new(coaching)
    fed(first, made(PULL, PLAN).frames[:3])
    coaching.lost(first, first.generation)
    with pytest.raises(CoachIsFull):
        new(coaching)
    later(coaching, 61.0)
    new(coaching)


# --- Framing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [PULL, ROW, "cobra_pose"])
def test_every_problem_has_words_of_whole_sentences(name):
    words = words_for(exercise(name))
    assert tuple(words) == IDS
    for one in words.values():
        for sentence in (one.problem, one.remedy):
            assert sentence[0].isupper()
            assert sentence.endswith(".")
            assert "  " not in sentence


def test_the_remedy_of_a_wrong_view_is_the_place_of_the_exercise():
    assert words_for(exercise(PULL))["wrong_view"].remedy == exercise(PULL).camera.place


def body(tilt_deg=0.0):
    points = figure_at(exercise("dumbbell_shrug"), np.array([0.0])).landmarks_m[0] * (-1, -1, -1)
    c, s = np.cos(np.radians(tilt_deg)), np.sin(np.radians(tilt_deg))
    return Body((points @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])).tolist())


WELL: Final = Framing()


def moment(t_s=0.0, *, view="oblique", framing=WELL, phase="start", tilt_deg=0.0, found=True, same=True):
    seen = Observation(
        t_s=t_s, found=found, same_person=same, view=View(name=view, yaw_deg=40.0), framing=framing,
        body=body(tilt_deg) if found else None,
    )  # fmt: skip
    return Moment(phase=phase, seen=seen)


@pytest.mark.parametrize(
    ("name", "seen", "problems"),
    [
        pytest.param(PULL, {"found": False}, ["nobody"], id="nobody"),
        pytest.param(PULL, {}, [], id="all is well"),
        pytest.param(PULL, {"same": False}, ["another_person"], id="a bystander"),
        pytest.param(PULL, {"framing": Framing(small=True)}, ["too_far"], id="far away"),
        pytest.param(PULL, {"framing": Framing(outside=frozenset({15}))}, ["hands_outside"], id="a hand"),
        pytest.param(PULL, {"framing": Framing(hidden=frozenset({15}))}, [], id="one hand hidden"),
        pytest.param(
            PULL, {"framing": Framing(hidden=frozenset({15, 16}))}, ["hands_hidden"], id="both hidden"
        ),
        pytest.param(
            PULL,
            {"framing": Framing(outside=frozenset({11, 15}))},
            ["too_near", "hands_outside", "trunk_outside"],
            id="too near",
        ),
        pytest.param(PULL, {"view": "back"}, ["wrong_view"], id="from behind"),
        pytest.param(PULL, {"view": "unknown"}, [], id="a view that is not known yet"),
        pytest.param("dumbbell_shrug", {"tilt_deg": 12, "view": "front"}, ["tilted"], id="crooked"),
        pytest.param("dumbbell_shrug", {"tilt_deg": 12, "view": "front", "phase": "lift"}, [], id="moving"),
        pytest.param(ROW, {"tilt_deg": 12, "view": "side"}, [], id="one side works"),
    ],
)
def test_problems_are_said_when_they_last(name, seen, problems):
    watch_it = FramingWatch(exercise(name))
    assert watch_it.problems(moment(0.0, **seen)) == []
    assert watch_it.problems(moment(LASTS_S / 2, **seen)) == []
    assert watch_it.problems(moment(LASTS_S, **seen)) == problems
    assert watch_it.problems(moment(LASTS_S + 0.1)) == []


def test_before_the_first_frame_there_is_no_problem():
    assert FramingWatch(exercise(PULL)).problems(Moment()) == []


@pytest.mark.parametrize(("rate_hz", "slow"), [(30, False), (15, False), (8, True)])
def test_slow_pictures_are_said(rate_hz, slow):
    watch_it = FramingWatch(exercise(PULL))
    for n in range(60):
        watch_it.passed(n / rate_hz)
        found = watch_it.problems(moment(n / rate_hz))
    assert found == (["slow"] if slow else [])


@pytest.mark.parametrize(("tilt_deg", "is_crooked"), [(0, False), (4, False), (12, True), (-12, True)])
def test_crooked(tilt_deg, is_crooked):
    assert crooked(body(tilt_deg)) == is_crooked
