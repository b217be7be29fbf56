"""Clips of sets: how they are read, what they fill in, and what follows for the next load."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import uuid_utils.compat as uuid

import filming
from clip_app import ROW, begin, clip_client, film, log, read, send
from filming import PULL, FakeAnalyser
from openback.errors import NotAVideo
from openback.model.log import SessionLog, SetLog
from openback.services import set_clips
from openback.services.clip_reading import CUT_SHORT, NO_VIDEO, NOT_INSTALLED, OUR_FAULT, Reader
from openback.services.clip_store import video_file
from openback.services.prescribing import Prescriber, bare_item
from web_app import NOW


@pytest.fixture
def client(tmp_path):
    with clip_client(tmp_path) as client:
        yield client


@pytest.fixture
def app(client):
    return client.app.state.openback


@pytest.fixture
def analyser(client):
    return client.app.state.reader.analyser


@pytest.fixture
def session_id(client) -> str:
    return begin(client)


# --- Reading -----------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_says_why_and_can_be_tried_again(client, session_id, analyser):
    analyser.problem = NotAVideo("a.mov")
    clip = film(client, session_id)
    html = client.get(f"/clips/{clip.id}").text
    assert "a.mov is not a video that can be read." in html
    analyser.problem = None
    client.post(f"/clips/{clip.id}/again")
    read(client)
    assert "3 full reps." in client.get(f"/clips/{clip.id}").text


def test_a_mistake_of_ours_is_said_and_stops_nothing_else(client, session_id, analyser, app):
    analyser.problem = RuntimeError("surprise")
    film(client, session_id, place="work-1")
    analyser.problem = None
    film(client, session_id, place="work-2")
    first, second = app.store.clips_of_session(app.person_id, UUID(session_id))
    assert (first.problem, second.state) == (OUR_FAULT, "done")


def test_the_readings_learn_from_what_was_told_before(client, session_id, analyser):
    clip = film(client, session_id)
    log(client, session_id, set_id=str(clip.set_id), reps="3", rir="1")
    film(client, session_id, place="work-2")
    assert [history for _, _, history in analyser.asked] == [(), ((0.22, 3, 1.0),)]


def test_what_was_not_read_is_read_after_a_restart(client, session_id, app, analyser):
    analyser.hold = threading.Event()
    send(client, session_id)
    client.app.state.reader.stop()
    (clip,) = app.store.all_clips(app.person_id)
    assert (clip.state, clip.tries) == ("waiting", 0)
    analyser.hold = None
    client.app.state.reader = Reader(app, analyser, lambda: "")
    client.app.state.reader.wake()
    read(client)


@pytest.mark.parametrize(
    ("tries", "there", "problem"),
    [
        pytest.param(3, True, CUT_SHORT, id="cut short again and again"),
        pytest.param(0, False, NO_VIDEO, id="its video lies elsewhere"),
    ],
)
def test_what_cannot_be_taken_up_is_said(client, session_id, app, tries, there, problem):
    clip = film(client, session_id)
    app.store.put_clip(
        app.person_id, replace(clip, state="working", tries=tries, touched_at=NOW - timedelta(hours=1))
    )
    if not there:
        video_file(app, clip.id).unlink()
    client.app.state.reader.wake()
    read(client)
    assert app.store.find_clip(app.person_id, clip.id).problem == problem


def test_without_the_video_parts_a_clip_waits_and_the_pages_say_what_to_install(client, session_id, app):
    client.app.state.reader.stop()
    client.app.state.reader = Reader(app, FakeAnalyser(), lambda: NOT_INSTALLED)
    assert (
        "pip install &#39;openback[video]&#39;"
        in client.get(f"/session/{session_id}/clip?exercise={PULL}").text
    )
    send(client, session_id)
    (clip,) = app.store.all_clips(app.person_id)
    assert clip.state == "waiting"
    for address in (f"/session/{session_id}", f"/clips/{clip.id}"):
        assert "pip install &#39;openback[video]&#39;" in client.get(address).text


def test_a_session_with_nothing_but_a_clip_is_kept_when_the_next_one_begins(client, session_id, app):
    film(client, session_id)
    begin(client)
    assert app.store.find_session(app.person_id, UUID(session_id)).ended_at is not None


# --- What follows for the next load -------------------------------------------------------------------


def prescribed(app, *, days=2):
    """What the pull-down is so many days later."""
    prescriber = Prescriber.of(app, place="Gym", before=app.now() + timedelta(days=days))
    return prescriber.next_set(bare_item(app.catalogue.exercises[PULL], why=""))


def trained(client, analyser, report, *, reps="12") -> str:
    """Begin a session, do two sets of which the second is filmed, end it, and return its id."""
    session_id = begin(client)
    log(client, session_id, reps=reps)
    log(client, session_id, reps=reps)
    analyser.report = report
    film(client, session_id, place="work-2")
    client.post(f"/session/{session_id}/finish")
    return session_id


def test_a_clean_clip_lets_the_load_grow(client, app, analyser):
    trained(client, analyser, filming.a_report())
    assert prescribed(app).move == "more_load"


def test_a_form_fault_in_two_reps_holds_the_load(client, app, analyser):
    trained(client, analyser, filming.a_report(filming.a_fault(rep=2), filming.a_fault(rep=3, at_s=5.2)))
    told = prescribed(app)
    assert (told.move, told.load_kg) == ("same", 30)
    assert told.why.startswith("You did 12 and 12 at 30 kg; same weight until ")


def test_a_form_fault_in_one_rep_does_not(client, app, analyser):
    trained(client, analyser, filming.a_report(filming.a_fault(rep=2)))
    assert prescribed(app).move == "more_load"


def test_a_clip_that_is_taken_out_holds_nothing(client, app, analyser):
    trained(client, analyser, filming.a_report(filming.DANGER))
    assert prescribed(app).move == "same"
    (clip,) = app.store.all_clips(app.person_id)
    client.post(f"/clips/{clip.id}/delete", data={"what": "all"})
    assert prescribed(app).move == "more_load"


def test_a_clip_of_another_exercise_holds_nothing(client, app, analyser):
    trained(client, analyser, filming.a_report(filming.DANGER, another=ROW))
    assert prescribed(app).move == "more_load"


def test_a_danger_is_said_at_the_top_today_and_next_time(client, app, analyser):
    today = begin(client)
    analyser.report = filming.a_report(filming.DANGER)
    log(client, today)
    clip = film(client, today)
    html = client.get(f"/session/{today}").text
    assert "In the clip of set 1, in rep 1." in html
    assert f'href="/clips/{clip.id}?t=0.40"' in html
    client.post(f"/session/{today}/finish")

    later = replace(app, now=lambda: NOW + timedelta(days=3))
    client.app.state.openback = client.app.state.reader.app = later
    again = begin(client)
    html = client.get(f"/session/{again}").text
    assert "In a clip of your last session, in rep 1." in html
    assert html.index("In a clip of your last session") < html.index('class="sets"')
    analyser.report = filming.a_report()
    film(client, again)
    assert "In a clip of your last session" not in client.get(f"/session/{again}").text


# --- What is filled in -------------------------------------------------------------------------------


COUNTED = [
    pytest.param(None, PULL, None, id="not read"),
    pytest.param(filming.a_report(reps=0), PULL, None, id="nothing counted"),
    pytest.param(filming.a_report(another=ROW), PULL, None, id="another exercise"),
    pytest.param(filming.a_report(reps=9), PULL, (9, None, "both"), id="reps"),
    pytest.param(filming.a_hold_report(27.6), "cobra_pose", (None, 28.0, "both"), id="the longest hold"),
    pytest.param(filming.a_hold_report(0.4), "cobra_pose", None, id="a moment is no hold"),
]


def of_sides(*sides):
    reps = tuple(filming.a_rep(n, 2.0 * n, side=side) for n, side in enumerate(sides, start=1))
    return filming.a_report(reps=0, exercise=ROW) if not reps else replace(filming.a_report(), reps=reps)


COUNTED += [
    pytest.param(of_sides("left", "left", "left"), ROW, (3, None, "left"), id="one side alone"),
    pytest.param(
        of_sides("left", "left", "right", "left", "right"), ROW, (2, None, "both"), id="so many each side"
    ),
    pytest.param(of_sides("both", "both"), ROW, (2, None, "both"), id="sides not told"),
]


@pytest.mark.parametrize(("report", "exercise", "expected"), COUNTED)
def test_what_a_report_fills_in(app, report, exercise, expected):
    found = set_clips.counted(report, app.catalogue.exercises[exercise])
    assert (found and (found.reps, found.hold_s, found.side)) == expected


def test_unknown_tempo_stays_unknown(app):
    bare = tuple(replace(rep, lift_s=float("nan"), hold_s=float("nan")) for rep in filming.a_report().reps)
    found = set_clips.counted(replace(filming.a_report(), reps=bare), app.catalogue.exercises[PULL])
    assert (found.lift_s, found.rep_hold_s) == (None, None)
    assert found.lower_s == pytest.approx(0.9)


# --- A clip and its row -------------------------------------------------------------------------------


def place(kind, number, logged=None):
    return set_clips.Place(kind=kind, number=number, logged=logged)


def a_set(number):
    begun = SessionLog(id=UUID(int=1), started_at=NOW)
    return SetLog(id=UUID(int=number), session_id=begun.id, exercise=PULL, at=NOW, reps=8)


def a_clip(set_number, kind="work", number=1):
    from openback.model.clip import Clip

    return Clip(
        id=uuid.uuid7(),
        session_id=UUID(int=1),
        set_id=UUID(int=set_number),
        exercise=PULL,
        at=NOW,
        kind=kind,
        number=number,
    )


SEATS = [
    pytest.param([], [a_clip(1)], {}, id="no rows"),
    pytest.param([place("work", 1)], [], {}, id="no clips"),
    pytest.param([place("work", 1, a_set(1))], [a_clip(1)], {0: 0}, id="the set it names"),
    pytest.param(
        [place("work", 1), place("work", 2)], [a_clip(9, number=2)], {1: 0}, id="the row of its number"
    ),
    pytest.param([place("work", 1, a_set(1))], [a_clip(9)], {0: 0}, id="that was logged under another id"),
    pytest.param(
        [place("work", 1, a_set(1)), place("work", 2)],
        [a_clip(1), a_clip(9)],
        {0: 0, 1: 1},
        id="else the next open row",
    ),
    pytest.param([place("warm_up", 1)], [a_clip(9)], {}, id="never one of another kind"),
    pytest.param([place("work", 1, a_set(1))], [a_clip(1), a_clip(1)], {0: 1}, id="the latest counts"),
]


@pytest.mark.parametrize(("places", "clips", "expected"), SEATS)
def test_which_row_a_clip_belongs_to(places, clips, expected):
    assert set_clips.seated(places, clips) == {row: clips[number] for row, number in expected.items()}
