"""Posture checks: what they say, keeping and taking back, weeks of them, photos, the API and the command."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from living import ANNA, Clock, living
from openback import vision
from openback.errors import BadFrames, BadPosturePhotos, NoPostureTold, NoProfileYet, NotFound
from openback.model.journal import PostureCheck, PostureReading
from openback.model.motion import nobody
from openback.model.posture import PROBLEMS, SHOTS, C7Mark, SeenFrame
from openback.motion.posture import posture_rules
from openback.services.frames_json import MOST_FRAMES, frame_json, frames_from_json
from openback.services.posture import (
    answer_frames,
    check_frames,
    check_photos,
    delete_check,
    keep_check,
    kept_check,
    posture_findings,
    posture_trend,
    problem_said,
)
from openback.services.posture_words import ABOUT, headline, reading_said, signed, trends_said
from standing import all_shots, seen, shot_frames
from test_cli import openback  # noqa: F401 - the fixture
from web_app import web_client

HEAD = "head_forward_deg"
EMPTY = SeenFrame(frame=nobody(0.0, 1280, 720), people=0, brightness=0.5)
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def app(tmp_path):
    with living(tmp_path, Clock(), planned=False) as made:
        made.store.put_person(made.person_id, ANNA)
        yield made


# --- Frames as JSON -------------------------------------------------------------------------------------------


def test_frames_come_back_as_they_were_sent():
    sent = shot_frames("left")
    got = frames_from_json(json.loads(json.dumps([frame_json(one) for one in reversed(sent)])))
    assert [one.frame.t_s for one in got] == [one.frame.t_s for one in sent]
    for one, other in zip(got, sent, strict=True):
        assert (one.people, one.brightness) == (1, 0.5)
        assert one.frame.image_px == pytest.approx(other.frame.image_px)
        assert one.frame.world_m == pytest.approx(other.frame.world_m)
    assert frames_from_json([]) == ()


def test_a_frame_with_nobody_in_it():
    (got,) = frames_from_json([{"t_s": 0, "width": 640, "height": 480, "image": [], "people": 1}])
    assert not got.frame.found
    assert got.people == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"width": 0}, "frame 1 (width): Input should be greater than or equal to 1", id="no width"),
        pytest.param({"world": None}, "frame 1: image, world and visibility have 33 points each, or are left out together", id="a part missing"),
        pytest.param({"visibility": [1.0] * 32}, "frame 1: image, world and visibility have 33 points each, or are left out together", id="a point missing"),
        pytest.param({"brightness": 3}, "frame 1 (brightness): Input should be less than or equal to 1", id="brighter than white"),
        pytest.param({"t_s": float("nan")}, "frame 1 (t_s): Input should be a finite number", id="no time"),
        pytest.param({"name": "Anna"}, "frame 1 (name): Extra inputs are not permitted", id="something else"),
    ],
)  # fmt: skip
def test_frames_that_cannot_be(change, sentence):
    with pytest.raises(BadFrames) as told:
        frames_from_json([{**frame_json(seen("front")), **change}])
    assert str(told.value) == f"These frames cannot be used: {sentence}."


def test_more_problems_and_more_frames_than_can_be_said():
    with pytest.raises(BadFrames) as told:
        frames_from_json([{"t_s": 0, "width": 0, "height": 5}] * 5)
    assert str(told.value).endswith("and 2 more.")
    with pytest.raises(
        BadFrames, match=r"^These frames cannot be used: there are 2,001 of them, and 2,000 are the"
    ):
        frames_from_json([{}] * (MOST_FRAMES + 1))


# --- Words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "value", "low", "high", "said"),
    [
        (HEAD, 2, -3, 7, "Your ears are over your shoulders, as near as this can tell."),
        (HEAD, 12, 7, 17, "Your ears are 12° ahead of your shoulders."),
        (HEAD, 26, 21, 31, "Your ears are 26° ahead of your shoulders. That is more than we take for usual."),
        (HEAD, -9, -14, -6, "Your ears are 9° behind your shoulders. That is more than we take for usual."),
        ("shoulders_forward_deg", 4, 2, 6, "Your shoulders are 4° ahead of the line from hips to ears."),
        ("trunk_lean_forward_deg", -5, -8, -2, "Your trunk leans 5° back."),
        ("shoulder_level_deg", 3, 1, 5, "Your left shoulder is higher, by 3°."),
        ("shoulder_level_deg", 0, -2, 2, "Your shoulders are level, as near as this can tell."),
        ("head_level_deg", 4, 1, 7, "Your head is tilted 4° to the right."),
        ("trunk_lean_left_deg", -4, -6, -2, "Your trunk leans 4° to the right."),
    ],
)
def test_a_reading_in_words(measure, value, low, high, said):
    assert reading_said(posture_rules().measures[measure], value, low, high) == said


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("shot", [None, *SHOTS])
def test_each_problem_is_one_sentence_on_what_to_change(problem, shot):
    said = problem_said(problem, shot)
    assert said.count(".") == 1
    assert said.endswith(".")
    what, _, change = said.partition(": ")
    assert what
    assert change


@pytest.mark.parametrize(("value", "text"), [(0.0, "0.0"), (-0.04, "0.0"), (-2.26, "−2.3"), (3.0, "+3.0")])
def test_a_sign_and_a_true_minus(value, text):
    assert signed(value) == text


def test_what_it_is_not_is_said():
    assert "none of them is a craniovertebral angle" in ABOUT
    assert "neither the C7 bone nor the tragus" in ABOUT
    measures = posture_rules().measures.values()
    assert not any("craniovertebral" in (one.name + one.what).lower() for one in measures)


@pytest.mark.parametrize(
    ("changed", "checks", "told", "said"),
    [
        ([], 0, False, "No posture check yet. The first one is where the line begins."),
        ([], 1, False, "One check so far. Another in two weeks or so begins the line."),
        ([], 2, False, "Too early to tell: the checks lie less than two weeks apart."),
        ([], 4, True, "No real change yet. Posture moves slowly, if it does; the checks go on telling."),
        (["Head forward", "Trunk lean"], 4, True, "A change worth believing: Head forward and trunk lean."),
    ],
)
def test_a_trend_in_words(changed, checks, told, said):
    assert trends_said(changed, checks=checks, told=told) == said


# --- Checking and keeping ---------------------------------------------------------------------------------------


@pytest.mark.app
def test_an_upright_body(app):
    view = check_frames(app, all_shots())
    assert view.headline == "Nothing is beyond the usual."
    assert [one.id for one in view.readings] == list(posture_rules().measures)
    assert (view.id, view.untold, view.problems, view.c7, view.cautions) == (None, (), (), None, ())
    assert not any(one.marked for one in view.readings)
    assert posture_trend(app).checks == ()


@pytest.mark.app
def test_bad_pictures_say_what_to_change_and_are_not_kept(app):
    answer = answer_frames(app, {"front": [EMPTY] * 6, "right": shot_frames("right")[:3]}, keep=True)
    assert not answer.kept
    assert answer.undo is None
    assert answer.check.headline == "Nothing could be told from these pictures."
    assert [(one.shot, one.problem, one.said) for one in answer.check.problems] == [
        ("front", "nobody", problem_said("nobody", "front")),
        ("right", "too_few", problem_said("too_few", "right")),
    ]
    assert {one.why for one in answer.check.untold} == {
        "It takes a picture from your right or from your left that can be measured.",
        "It takes a picture from the front or from behind that can be measured.",
    }
    with pytest.raises(NoPostureTold) as told:
        keep_check(app, answer.check)
    assert told.value.problems == tuple(one.said for one in answer.check.problems)


@pytest.mark.app
def test_keeping_deleting_and_taking_back(app):
    answer = answer_frames(app, all_shots("front", "right"), c7=C7Mark(shot="front", x=0.1, y=0.1), keep=True)
    assert answer.kept
    assert answer.trend.checks == (answer.check,)
    assert kept_check(app, answer.check.id) == answer.check
    assert [(one.id, one.why) for one in answer.check.untold] == [
        ("c7_deg", "The mark has to be on a picture from your right or from your left that can be measured.")
    ]
    app.store.undo(app.person_id, answer.undo)
    assert posture_trend(app).checks == ()
    with pytest.raises(NotFound):
        delete_check(app, answer.check.id)
    again = answer_frames(app, all_shots("front"), keep=True)
    change = delete_check(app, again.check.id)
    with pytest.raises(NotFound):
        kept_check(app, again.check.id)
    app.store.undo(app.person_id, change.token)
    assert kept_check(app, again.check.id) == again.check


@pytest.mark.app
def test_nothing_is_kept_before_the_questions(tmp_path):
    with living(tmp_path, Clock(), planned=False) as nobody_yet, pytest.raises(NoProfileYet):
        answer_frames(nobody_yet, all_shots("front"), keep=True)


# --- Over weeks ------------------------------------------------------------------------------------------------


def kept(app, days_ago, c7_deg=None, **values):
    readings = {
        name: PostureReading(value=value, low=value - 5, high=value + 5, frames=24)
        for name, value in values.items()
    }
    check = PostureCheck(
        id=UUID(int=1000 - days_ago),
        at=app.now() - timedelta(days=days_ago),
        by="camera",
        readings=readings,
        c7_angle_deg=c7_deg,
    )
    app.store.put_entry(app.person_id, check)


def line(app, name):
    return next(one for one in posture_trend(app).lines if one.id == name)


@pytest.mark.app
def test_weeks_of_checks(app):
    assert posture_trend(app).said == trends_said([], checks=0, told=False)
    assert {one.said for one in posture_trend(app).lines} == {"Not measured yet."}
    kept(app, 40, **{HEAD: 24.0})
    assert line(app, HEAD).said == "A change can be told once checks lie 14 days or more apart."
    kept(app, 20, **{HEAD: 22.0, "a_measure_of_a_later_version_deg": 3.0})
    assert line(app, HEAD).said == "No real change yet: 2.0° so far, and less than 7.0° may be chance."
    assert posture_trend(app).said == trends_said([], checks=2, told=True)
    kept(app, 2, **{HEAD: 16.0})
    assert (
        line(app, HEAD).said
        == "−8.0° since your first checks, further back: more than the 7.0° that chance can make."
    )
    assert line(app, HEAD).changed
    assert [point.value for point in line(app, HEAD).points] == [24.0, 22.0, 16.0]
    assert posture_trend(app).said == "A change worth believing: Head forward."
    assert [one.at for one in posture_trend(app).checks] == sorted(
        (one.at for one in posture_trend(app).checks), reverse=True
    )


@pytest.mark.app
def test_the_marked_angle_has_a_line_once_it_was_marked(app):
    kept(app, 40, **{HEAD: 24.0})
    assert "c7_deg" not in {one.id for one in posture_trend(app).lines}
    kept(app, 30, c7_deg=44.0, **{HEAD: 24.0})
    kept(app, 3, c7_deg=51.0, **{HEAD: 23.0})
    assert (
        line(app, "c7_deg").said
        == "+7.0° since your first checks, further back: more than the 6.0° that chance can make."
    )
    assert (
        posture_trend(app)
        .checks[0]
        .c7.said.startswith("The line from your C7 mark to your ear stands 51° above the level.")
    )


@pytest.mark.app
@pytest.mark.parametrize(
    ("checks", "found"),
    [
        pytest.param([], set(), id="no check"),
        pytest.param([(3, {HEAD: 30})], set(), id="one check finds nothing"),
        pytest.param([(20, {HEAD: 30}), (3, {HEAD: 28})], {"head_forward"}, id="two agree"),
        pytest.param([(20, {HEAD: 30}), (3, {HEAD: 22})], set(), id="the last is not sure"),
        pytest.param([(80, {HEAD: 30}), (3, {HEAD: 30})], set(), id="too long ago"),
        pytest.param([(20, {HEAD: -30}), (3, {HEAD: -30})], set(), id="a head held back"),
        pytest.param([(20, {"shoulder_level_deg": -9}), (3, {"shoulder_level_deg": -9})], {"shoulder_level"}, id="either side of level"),
        pytest.param([(20, {"shoulder_level_deg": -9}), (3, {"shoulder_level_deg": 9})], set(), id="two that disagree"),
    ],
)  # fmt: skip
def test_what_checks_agree_on(app, checks, found):
    for days_ago, values in checks:
        kept(app, days_ago, **values)
    assert posture_findings(app) == found


# --- Photos ----------------------------------------------------------------------------------------------------


@pytest.fixture
def photos(monkeypatch):
    """Stands in for the pose model: a photo shows the shot that its name begins with."""

    def looks(path):
        shot = path.stem.split("_")[0]
        if shot not in SHOTS:
            return (EMPTY,) if shot == "empty" else (replace(EMPTY, brightness=0.02),)
        given = tuple(replace(one, frame=replace(one.frame, t_s=0.0)) for one in shot_frames(shot))
        if "turned" in path.stem:
            given = (seen(shot, yaw_deg=42),) * 6
        return tuple(replace(one, people=2) for one in given) if "crowd" in path.stem else given

    monkeypatch.setattr(vision, "photo_looks", looks)


def paths(tmp_path, *stems):
    return [tmp_path / f"{stem}.jpg" for stem in stems]


def test_photos_in_any_order(photos, tmp_path):
    found = check_photos(paths(tmp_path, "left", "front", "empty", "front_2"), at=AT, c7_xy=(0.52, 0.36))
    assert [(one.name, one.shot, one.used) for one in found.photos] == [
        ("left.jpg", "left", True),
        ("front.jpg", "front", True),
        ("empty.jpg", None, False),
        ("front_2.jpg", "front", True),
    ]
    assert [(one.photo, one.said) for one in found.check.problems] == [("empty.jpg", problem_said("nobody"))]
    frames = {one.id: one.frames for one in found.check.readings}
    assert (frames[HEAD], frames["shoulder_level_deg"]) == (6, 12)


def test_a_mark_in_pixels_and_in_shares_is_the_same_mark(photos, tmp_path):
    frame = seen("right").frame
    x, y = ((frame.image_px[7] + frame.image_px[8]) / 2 + (-20, 25)).tolist()
    shares, pixels = (
        check_photos(paths(tmp_path, "right"), at=AT, c7_xy=xy).check.c7
        for xy in ((x / frame.width_px, y / frame.height_px), (x, y))
    )
    assert shares.value == pytest.approx(51.34, abs=0.01)
    assert pixels.value == pytest.approx(shares.value)
    assert not shares.marked


@pytest.mark.parametrize(
    ("stems", "c7_xy", "sentence"),
    [
        pytest.param((), None, "There is no photo. Give one photo each from the front, the back and both sides, or some of them: openback posture FRONT.jpg RIGHT.jpg BACK.jpg LEFT.jpg.", id="none"),
        pytest.param(("front",), (0.5, 0.5), "The C7 point has to be marked on a photo from the side, and there is none. Give one photo each from the front, the back and both sides, or some of them: openback posture FRONT.jpg RIGHT.jpg BACK.jpg LEFT.jpg.", id="no side"),
        pytest.param(("right",), (9000, 5), "The C7 point lies outside the photo. Give one photo each from the front, the back and both sides, or some of them: openback posture FRONT.jpg RIGHT.jpg BACK.jpg LEFT.jpg.", id="outside"),
    ],
)  # fmt: skip
def test_photos_that_do_not_go_together(photos, tmp_path, stems, c7_xy, sentence):
    with pytest.raises(BadPosturePhotos) as told:
        check_photos(paths(tmp_path, *stems), at=AT, c7_xy=c7_xy)
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("empty", "empty.jpg: nobody is to be seen in this picture: stand before the camera, with head, shoulders and hips in view."),
        ("night", "night.jpg: this picture is too dark: turn on more light, and have no window behind you."),
        ("front_crowd", "front_crowd.jpg: more than one person is in this picture: let nobody else stand in view."),
        ("front_turned", "front_turned.jpg: you are turned away in the picture from the front: turn until the camera looks straight at your chest."),
    ],
)  # fmt: skip
def test_a_photo_of_no_use(photos, tmp_path, openback, stem, said):  # noqa: F811
    (path,) = paths(tmp_path, stem)
    with pytest.raises(NoPostureTold) as told:
        check_photos([path], at=AT)
    assert str(told.value) == f"No posture can be told from this. {said}"
    answer = openback("posture", path)
    assert (answer.status, answer.out, answer.err.strip()) == (2, "", str(told.value))


def test_the_command(photos, tmp_path, openback):  # noqa: F811
    given = paths(tmp_path, "right", "back")
    said = openback("posture", *given)
    assert said.status == 0
    assert "Your ears are over your shoulders, as near as this can tell." in said.out
    told = json.loads(openback("posture", *given, "--json").out)
    assert [one["id"] for one in told["check"]["readings"]] == list(posture_rules().measures)
    assert [one["shot"] for one in told["photos"]] == ["right", "back"]
    wrong = openback("posture", given[0], "--c7", "here")
    assert (wrong.status, wrong.out) == (2, "")
    assert "--c7 is 'here', it must be two numbers such as 0.41,0.33" in wrong.err


# --- The API ---------------------------------------------------------------------------------------------------


@pytest.mark.app
def test_the_api(tmp_path):
    place = "/api/v1/desk/posture"
    with web_client(tmp_path) as client:
        assert client.get(place).json()["said"] == trends_said([], checks=0, told=False)
        body = {
            "by": "camera",
            "shots": {
                shot: [frame_json(one) for one in frames]
                for shot, frames in all_shots("right", "back").items()
            },
        }
        looked = client.post(place, json=body).json()
        assert (looked["kept"], looked["undo"], looked["check"]["id"]) == (False, None, None)
        kept_one = client.post(place, json={**body, "keep": True}).json()
        check_id = kept_one["check"]["id"]
        assert client.get(f"{place}/{check_id}").json() == kept_one["check"]
        assert client.post(f"/api/v1/undo/{kept_one['undo']}").status_code == 200
        assert client.get(f"{place}/{check_id}").status_code == 404
        bad = client.post(place, json={"shots": {"above": []}})
        assert bad.status_code == 422
        empty = client.post(place, json={"shots": {"front": []}, "keep": True}).json()
        assert [one["problem"] for one in empty["check"]["problems"]] == ["too_few"]
        again = client.post(place, json={**body, "keep": True}).json()
        deleted = client.delete(f"{place}/{again['check']['id']}").json()
        assert client.post(f"/api/v1/undo/{deleted['undo']}").status_code == 200
        assert [one["id"] for one in client.get(place).json()["checks"]] == [again["check"]["id"]]


@pytest.mark.parametrize(
    ("marked", "told", "sentence"),
    [
        ((), 0, "Nothing could be told from these pictures."),
        ((), 4, "Nothing is beyond the usual."),
        (("Head forward",), 4, "Beyond the usual: head forward."),
        (("Head forward", "Shoulder level"), 4, "Beyond the usual: head forward and shoulder level."),
    ],
)
def test_the_headline(marked, told, sentence):
    assert headline(marked, told) == sentence
