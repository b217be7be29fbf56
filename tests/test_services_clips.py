"""From frames to what is told: the way of a clip through the engine, without a pose model."""

from __future__ import annotations

import functools
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clip_sample import BEHIND, LEAN, analysis, frames, pulldown, seen, set_report, standing
from openback import vision
from openback.catalogue import load_catalogue
from openback.errors import (
    BadPhotos,
    ClipNotReadable,
    NoCameraRules,
    NoClips,
    UnknownExercise,
    UnreadableFile,
)
from openback.interop.opensim import read_mot, read_trc
from openback.model.motion import INDEX, Guess
from openback.motion.synthesis import SetPlan, made_set
from openback.services import clip_pictures, clips
from openback.services.clip_files import write_files
from openback.services.clip_pictures import drawn, worst_moments
from openback.services.clip_sources import sources
from openback.services.clip_words import story

PULLDOWN = "wide_grip_lat_pulldown"
CLIP = Path("set.mp4")


@functools.cache
def shipped():
    return load_catalogue(None)


@functools.cache
def made_frames(reps=2):
    """A pull-down as the camera would tell it from behind, at an angle."""
    return made_set(shipped().exercises[PULLDOWN], SetPlan(reps=reps, yaw_deg=150, fps=15), seed=3).frames


def reading(all_frames):
    return lambda _path, _step: iter(all_frames)


def analysed(all_frames, exercise=PULLDOWN, **more):
    return clips.analyse(shipped(), CLIP, exercise, read_frames=reading(all_frames), **more)


# --- A clip ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("all_frames", "found"),
    [pytest.param([], 0.0, id="no frame"), pytest.param(frames(1.0, empty=True), 0.0, id="nobody")],
)
def test_a_clip_of_nobody_has_no_rep_and_is_no_error(all_frames, found):
    with analysed(all_frames) as told:
        assert told.report.pose_found == found
        assert told.report.reps == ()
        assert story(shipped(), told.report).headline.startswith("Nobody could be seen.")


def test_a_set_is_counted_and_its_curves_and_landmarks_are_there():
    with analysed(made_frames()) as told:
        assert len(told.report.reps) == 2
        assert told.exercise.id == told.report.exercise == PULLDOWN
        assert (told.asked, told.photos, told.name) == (True, False, "set.mp4")
        assert told.recording.frames == len(made_frames()) == len(told.landmarks.t_s)
        arm = next(curve for curve in told.curves if curve.measure == "arm_elevation_deg")
        assert arm.unit == "deg"
        assert np.nanmin(arm.value) < 60
        assert np.nanmax(arm.value) > 130
        for rep in told.report.reps:  # the curve turns where the rep peaks
            near = np.abs(arm.t_s - rep.peak_s) < 0.3
            assert np.nanmin(arm.value[near]) < 60


def test_the_same_frames_give_the_same_report():
    with analysed(made_frames()) as first, analysed(made_frames()) as second:
        assert first.report == second.report


def test_a_clip_that_breaks_off_leaves_nothing_open(monkeypatch):
    closed = []

    class Watched(clips.Recording):
        def close(self):
            closed.append(self.frames)
            super().close()

    monkeypatch.setattr(clips, "Recording", Watched)

    def broken(_path, _step):
        yield from frames(0.5)
        raise ClipNotReadable("set.mp4")

    with pytest.raises(ClipNotReadable):
        clips.analyse(shipped(), CLIP, PULLDOWN, read_frames=broken)
    assert closed == [15]


@pytest.mark.parametrize(
    ("exercise", "error", "sentence"),
    [
        ("pul_up", UnknownExercise, "No exercise is called 'pul_up'. Did you mean pull_up?"),
        (
            "no_rules",
            NoCameraRules,
            "The camera has no rules for Nobody's row yet, so it cannot be counted or graded. `openback exercises` lists the others.",
        ),
    ],
)
def test_an_exercise_that_cannot_be_graded_is_said_before_anything_is_read(exercise, error, sentence):
    bare = replace(pulldown(), id="no_rules", name="Nobody's row", rep=None, faults=())
    catalogue = replace(shipped(), exercises={**shipped().exercises, bare.id: bare})
    with pytest.raises(error) as said:
        clips.analyse(catalogue, CLIP, exercise, read_frames=lambda *_: pytest.fail("it was read"))
    assert str(said.value) == sentence


@pytest.mark.slow
def test_memory_stays_flat_in_the_length_of_the_clip():
    import tracemalloc

    alone = replace(shipped(), exercises={PULLDOWN: shipped().exercises[PULLDOWN]})

    def peak_bytes(times):
        def long(_path, _step):
            for lap in range(times):
                for frame in made_frames():
                    yield replace(frame, t_s=frame.t_s + lap * 20)

        tracemalloc.start()
        with clips.analyse(alone, CLIP, PULLDOWN, read_frames=long) as told:
            assert told.recording.frames == times * len(made_frames())
            bounded = max(len(curve.t_s) for curve in told.curves) <= 2048
            peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert bounded
        return peak

    peak_bytes(1)  # what is read once for all
    short, long = peak_bytes(2), peak_bytes(6)
    assert long < 1.6 * short + 2e6


# --- Which exercise --------------------------------------------------------------------------------------------------


def test_without_an_exercise_it_is_recognised_and_graded(monkeypatch):
    came = []

    def recognised(all_frames, exercises):
        came.append(sum(1 for _ in all_frames))
        assert PULLDOWN in exercises
        return (Guess(exercise=PULLDOWN, confidence=0.8), Guess(exercise=None, confidence=0.2))

    monkeypatch.setattr(clips, "recognise", recognised)
    with analysed(made_frames(), None) as told:
        assert came == [len(made_frames())]
        assert (told.exercise.id, told.asked) == (PULLDOWN, False)
        assert len(told.report.reps) == 2
        assert told.report.recognised[0].confidence == 0.8
        assert story(shipped(), told.report, asked=False).headline == (
            "Recognised as a wide-grip lat pull-down (80 % sure). 2 full reps."
        )


@pytest.mark.parametrize("guesses", [(), (Guess(exercise=None, confidence=0.9),)])
def test_what_is_none_of_ours_is_not_graded(monkeypatch, guesses):
    monkeypatch.setattr(clips, "recognise", lambda _frames, _exercises: guesses)
    with analysed(made_frames(), None) as told:
        assert told.exercise is told.report.exercise is None
        assert told.report.reps == told.curves == ()
        assert told.report.pose_found > 0.9


# --- Photos ----------------------------------------------------------------------------------------------------------


def test_two_photos_tell_measures_and_no_rep():
    ends = [made_frames()[0], made_frames()[len(made_frames()) // 4]]
    photos = {Path("start.jpg"): ends[0], Path("peak.jpg"): ends[1]}
    told = clips.analyse_photos(shipped(), *photos, PULLDOWN, read_photo=photos.get)
    with told:
        assert told.photos
        assert told.report.reps == ()
        assert told.report.frames == told.recording.frames == 2
        assert "arm_elevation_deg" in told.report.measures


def test_photos_alone_are_not_recognised():
    with pytest.raises(BadPhotos) as said:
        clips.analyse_photos(shipped(), Path("a.jpg"), Path("b.jpg"), None)
    assert str(said.value) == (
        "From two photos alone the exercise cannot be recognised. Give two photos, the start and the peak of one "
        "rep, and name the exercise: openback analyze START.jpg PEAK.jpg --exercise ID."
    )


# --- What was given --------------------------------------------------------------------------------------------------


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("b.MP4", "a.mov", "deep/c.webm", "notes.pdf", "start.jpg", "peak.JPG"):
        (tmp_path / name).touch()
    (tmp_path / "list.txt").write_text("# mine\na.mov\n\ndeep/c.webm\na.mov\ngone.mp4\n")
    (tmp_path / "empty.txt").write_text("\n")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00\x01")
    return tmp_path


@pytest.mark.parametrize(
    ("given", "kind", "files"),
    [
        pytest.param(["a.mov"], "clip", ["a.mov"], id="one clip"),
        pytest.param(["notes.pdf"], "clip", ["notes.pdf"], id="one file, whatever it is"),
        pytest.param(["start.jpg", "peak.JPG"], "photos", ["start.jpg", "peak.JPG"], id="two photos"),
        pytest.param(["."], "many", ["a.mov", "b.MP4", "deep/c.webm"], id="a folder"),
        pytest.param(["list.txt"], "many", ["a.mov", "deep/c.webm", "gone.mp4"], id="a list, each once"),
        pytest.param(["b.MP4", "a.mov"], "many", ["b.MP4", "a.mov"], id="two clips, in their order"),
        pytest.param(["deep", "a.mov"], "many", ["deep/c.webm", "a.mov"], id="a folder and a clip"),
    ],
)
def test_what_was_given(tree, given, kind, files):
    found = sources([tree / name for name in given])
    assert found.kind == kind
    assert [path.relative_to(tree).as_posix() for path in found.files] == files


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        (["empty.txt"], NoClips, "There is no clip in"),
        (["binary.txt"], UnreadableFile, "it is not text in UTF-8."),
        (["none.txt"], UnreadableFile, "no such file or directory."),
        (["start.jpg", "a.mov"], BadPhotos, "Photos and clips cannot be analysed in one go."),
        (["start.jpg", "peak.JPG", "start.jpg"], BadPhotos, "3 photos are more than one rep has."),
    ],
)
def test_what_cannot_be_used_is_said(tree, given, error, says):
    with pytest.raises(error) as said:
        sources([tree / name for name in given])
    assert says in str(said.value)


# --- Files -----------------------------------------------------------------------------------------------------------


def test_the_files_of_a_report(tmp_path):
    with analysed(made_frames()) as told:
        written = write_files(told, tmp_path / "out", "<!doctype html>")
        count = told.recording.frames
    assert [path.name for path in written] == [
        "report.html", "report.json", "reps.csv", "faults.csv", "curves.csv", "markers.trc", "angles.mot",
    ]  # fmt: skip
    assert all(path.is_file() for path in written)
    reps = (tmp_path / "out" / "reps.csv").read_text().splitlines()
    assert reps[0].startswith("n,start_s,peak_s,end_s,range,range_unit")
    assert [row.split(",")[0] for row in reps[1:]] == ["1", "2"]
    with (tmp_path / "out" / "markers.trc").open() as stream:
        markers = read_trc(stream)
    assert markers.position_m.shape == (count, 33, 3)
    assert markers.rate_hz == pytest.approx(15, abs=0.1)
    with (tmp_path / "out" / "angles.mot").open() as stream:
        angles = read_mot(stream)
    bend = angles.value_deg[:, angles.names.index("elbow_flexion_r")]
    assert np.nanmax(bend) > 90
    assert np.nanmin(bend) < 40
    assert {"trunk_lean", "hip_flexion_l", "knee_flexion_r", "shoulder_rotation_l"} <= set(angles.names)


def test_a_report_without_reps_has_its_tables_all_the_same(tmp_path):
    with analysed(frames(1.0, empty=True)) as told:
        write_files(told, tmp_path, "")
    assert (tmp_path / "faults.csv").read_text() == "id,severity,rep,at_s,value,limit,unit,side,cue\n"


# --- Pictures --------------------------------------------------------------------------------------------------------


def opened(jpeg):
    return Image.open(io.BytesIO(jpeg))


def test_the_picture_is_cut_to_the_person_and_has_the_skeleton_on_it():
    frame = standing(0.0, 0.5)
    made = opened(drawn(Image.new("RGB", (720, 1280), "#446688"), frame, frozenset({INDEX["left_wrist"]})))
    assert made.width < 720
    assert max(made.size) <= clip_pictures.LONGEST_PX
    colours = np.asarray(made).reshape(-1, 3).astype(int)
    assert (np.abs(colours - (250, 247, 242)).sum(axis=1) < 40).any()  # bones
    assert (np.abs(colours - (232, 130, 95)).sum(axis=1) < 60).any()  # the joints that the fault is told by


def test_hidden_points_are_not_drawn():
    bare = replace(standing(0.0), visibility=np.zeros(33))
    made = np.asarray(opened(drawn(Image.new("RGB", (720, 1280), "#446688"), bare, frozenset()))).astype(int)
    assert (np.abs(made - (0x44, 0x66, 0x88)).sum(axis=2) < 12).all()


def test_a_small_preview_of_the_frame_is_drawn_at_its_own_scale():
    half = opened(drawn(Image.new("RGB", (360, 640)), standing(0.0), frozenset()))
    whole = opened(drawn(Image.new("RGB", (720, 1280)), standing(0.0), frozenset()))
    assert half.width / half.height == pytest.approx(whole.width / whole.height, abs=0.02)
    assert max(half.size) <= 640  # nothing is made larger than it was


def test_each_fault_gets_the_picture_of_its_worst_moment(monkeypatch):
    asked = []

    def pictures(path, times_s):
        asked.append((path, tuple(times_s)))
        return tuple(np.zeros((1280, 720, 3), np.uint8) for _ in times_s)

    monkeypatch.setattr(vision, "pictures_at", pictures)
    report = set_report(
        faults=(
            seen(BEHIND, 1, 0.3, 0.02, "trunk lengths"),
            seen(BEHIND, 2, 0.6, -0.1, "trunk lengths"),
            seen(LEAN, 2, 0.5, 41.0, "deg"),
        )
    )
    with analysis(report) as told:
        made = worst_moments(told, story(shipped(), report).faults)
    assert asked == [(CLIP, (0.6, 0.5))]
    assert set(made) == {"behind_head", "leaning_back"}


def test_a_clip_that_went_away_leaves_a_report_without_pictures(monkeypatch):
    def gone(_path, _times_s):
        raise ClipNotReadable("set.mp4")

    monkeypatch.setattr(vision, "pictures_at", gone)
    with analysis() as told:
        assert worst_moments(told, story(shipped(), told.report).faults) == {}


def test_a_clean_set_asks_for_no_picture():
    with analysis(set_report(faults=())) as told:
        assert worst_moments(told, ()) == {}
