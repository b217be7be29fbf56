"""Clips in the database: kept, read one after another, taken away, and what is learned from them."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest

import filming
from openback.errors import NotFound
from openback.model.motion import MeasureSummary
from openback.storage import open_store
from storing import ME, NOW, PROFILE, SET_REPORT, YOU, a_clip, a_session, a_set, memory_store

STALE = NOW - timedelta(minutes=2)
DONE = a_set(1, session=a_session(1), reps=9, rir=2.0)


@pytest.fixture(params=["memory", pytest.param("server", marks=pytest.mark.postgres)])
def store(request):
    if request.param == "memory":
        with memory_store() as made:
            made.put_profile(ME, PROFILE, at=NOW)
            yield made
    else:
        with open_store(request.getfixturevalue("postgres_url")) as made:
            made.put_profile(ME, PROFILE, at=NOW)
            yield made


def claim(store, now=NOW):
    return store.claim_clip(ME, now=now, stale_before=now - timedelta(minutes=2))


def test_nobody_has_clips_at_first(store):
    assert store.all_clips(ME) == ()
    assert store.filmed_exercises(ME) == frozenset()
    assert store.unread_clips(ME) == 0
    assert claim(store) is None
    assert store.effort_history(ME, "pull_up") == ()


def test_a_clip_comes_back_as_it_was_kept(store):
    report = filming.a_report(filming.DANGER, filming.a_fault())
    kept = a_clip(DONE, name="set.mov", size_bytes=3 * 1024**3, state="done", report=report)
    store.put_clip(ME, kept)
    found = store.find_clip(ME, kept.id)
    mean = found.report.measures["elbow_flexion_deg"].mean
    assert math.isnan(mean)  # unknown stays unknown
    known = {"elbow_flexion_deg": MeasureSummary(min=20, max=115, mean=0, unit="deg")}
    assert replace(found, report=replace(found.report, measures=known)) == replace(
        kept, report=replace(report, measures=known)
    )


def test_a_clip_is_seen_by_its_own_person_only(store):
    store.put_profile(YOU, PROFILE, at=NOW)
    kept = a_clip(DONE)
    store.put_clip(ME, kept)
    assert store.find_clip(YOU, kept.id) is None
    assert store.all_clips(YOU) == ()
    assert store.claim_clip(YOU, now=NOW, stale_before=STALE) is None


def test_nobody_without_a_profile_has_clips(store):
    with pytest.raises(NotFound):
        store.put_clip(YOU, a_clip(DONE))


def test_clips_are_found_by_session_and_by_exercise(store):
    other = a_set(2, session=a_session(2), exercise="face_pull")
    first, second = a_clip(DONE, 1), a_clip(other, 2)
    for clip in (first, second):
        store.put_clip(ME, clip)
    assert store.clips_of_session(ME, DONE.session_id) == (first,)
    assert store.clips_of(ME, "face_pull", [DONE.session_id, other.session_id]) == (second,)
    assert store.clips_of(ME, "face_pull", []) == ()
    assert store.filmed_exercises(ME) == {"pull_up", "face_pull"}


# --- One after another ---------------------------------------------------------------------------------


def test_clips_are_read_in_the_order_they_came(store):
    for number in (1, 2):
        store.put_clip(ME, a_clip(DONE, number))
    first, second = claim(store), claim(store)
    assert [first.id, second.id] == [a_clip(DONE, 1).id, a_clip(DONE, 2).id]
    assert (first.state, first.tries, first.touched_at) == ("working", 1, NOW)
    assert claim(store) is None
    assert store.unread_clips(ME) == 2


def test_a_reading_that_was_cut_short_is_taken_up_again(store):
    store.put_clip(ME, a_clip(DONE))
    claim(store)
    assert claim(store, NOW + timedelta(minutes=1)) is None
    again = claim(store, NOW + timedelta(minutes=3))
    assert again.tries == 2


def test_a_reading_that_goes_on_is_left_alone(store):
    clip = a_clip(DONE)
    store.put_clip(ME, clip)
    claim(store)
    later = NOW + timedelta(minutes=3)
    assert store.note_reading(ME, clip.id, 40, 120, now=later)
    assert claim(store, later + timedelta(minutes=1)) is None
    found = store.find_clip(ME, clip.id)
    assert (found.done, found.total) == (40, 120)


def test_what_a_reading_comes_to_is_kept(store):
    clip = a_clip(DONE)
    store.put_clip(ME, clip)
    claim(store)
    assert store.end_reading(ME, clip.id, report=SET_REPORT)
    found = store.find_clip(ME, clip.id)
    assert (found.state, found.report, found.speed_loss) == ("done", SET_REPORT, 0.2)
    assert store.unread_clips(ME) == 0


def test_why_a_reading_failed_is_kept(store):
    clip = a_clip(DONE)
    store.put_clip(ME, clip)
    store.end_reading(ME, clip.id, report=None, problem="It is damaged.")
    found = store.find_clip(ME, clip.id)
    assert (found.state, found.report, found.problem) == ("failed", None, "It is damaged.")


def test_a_reading_that_was_stopped_waits_again_and_does_not_count(store):
    clip = a_clip(DONE)
    store.put_clip(ME, clip)
    claim(store)
    store.release_clip(ME, clip.id)
    found = store.find_clip(ME, clip.id)
    assert (found.state, found.tries) == ("waiting", 0)


def test_a_clip_that_was_taken_away_is_not_read_on(store):
    clip = a_clip(DONE)
    store.put_clip(ME, clip)
    claim(store)
    store.put_clip(ME, replace(clip, gone="all", gone_at=NOW))
    assert not store.note_reading(ME, clip.id, 40, 120, now=NOW)
    assert claim(store, NOW + timedelta(hours=1)) is None
    assert store.all_clips(ME) == ()
    assert store.find_clip(ME, clip.id) is None
    assert store.find_clip(ME, clip.id, gone=True) is not None
    assert [one.id for one in store.gone_clips(ME)] == [clip.id]


def test_a_clip_without_its_video_is_not_read(store):
    store.put_clip(ME, a_clip(DONE, video=False))
    assert claim(store) is None


def test_a_clip_is_forgotten_once(store):
    clip = a_clip(DONE)
    store.put_clip(ME, clip)
    assert store.forget_clip(ME, clip.id)
    assert not store.forget_clip(ME, clip.id)


def test_clips_outlive_a_session_that_may_come_back(store):
    store.put_set(ME, DONE)
    store.put_clip(ME, a_clip(DONE))
    token = store.delete_session(ME, DONE.session_id).token
    assert len(store.all_clips(ME)) == 1
    store.undo(ME, token)
    assert store.clips_of_session(ME, DONE.session_id) == (a_clip(DONE),)


def test_clips_go_with_their_person(store):
    store.put_clip(ME, a_clip(DONE))
    store.delete_person(ME)
    assert store.all_clips(ME) == ()


# --- What is learned ------------------------------------------------------------------------------------


EFFORT = [
    pytest.param({}, {}, [(0.2, 9, 2.0)], id="filmed, and told"),
    pytest.param({"rir": None}, {}, [], id="not told"),
    pytest.param({}, {"speed_loss": None}, [], id="speed not seen"),
    pytest.param({"kind": "warm_up"}, {}, [], id="a warm-up tells nothing"),
    pytest.param({"reps": None}, {}, [], id="no reps"),
    pytest.param({}, {"gone": "all", "gone_at": NOW}, [], id="taken away"),
    pytest.param({}, {"gone": "video", "gone_at": NOW}, [(0.2, 9, 2.0)], id="only the video taken away"),
    pytest.param(
        {"exercise": "face_pull"}, {"exercise": "pull_up"}, [], id="the set became another exercise"
    ),
]


@pytest.mark.parametrize(("of_set", "of_clip", "expected"), EFFORT)
def test_what_a_filmed_set_teaches(store, of_set, of_clip, expected):
    one_set = replace(DONE, **of_set)
    store.put_set(ME, one_set)
    store.put_clip(ME, a_clip(one_set, **{"state": "done", "speed_loss": 0.2, **of_clip}))
    assert list(store.effort_history(ME, "pull_up")) == expected


def test_a_clip_may_show_another_set(store):
    other = a_set(2, session=a_session(1), reps=7, rir=1.0)
    for one_set in (DONE, other):
        store.put_set(ME, one_set)
    clip = a_clip(DONE, state="done", speed_loss=0.2)
    store.put_clip(ME, clip)
    store.seat_clip(ME, clip.id, other.id)
    assert store.effort_history(ME, "pull_up") == ((0.2, 7, 1.0),)
