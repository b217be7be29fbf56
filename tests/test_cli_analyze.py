"""`openback analyze`: a report a lifter understands, one JSON document, files, or one sentence and a status."""

from __future__ import annotations

import json
from contextlib import contextmanager
from types import SimpleNamespace

import numpy as np
import pytest

from openback import vision
from openback.cli import analyze_many, clip_work
from openback.errors import ClipNotReadable
from openback.services import clip_batch
from openback.vision import ClipInfo
from test_cli import openback  # noqa: F401 - the fixture
from test_services_clips import PULLDOWN, made_frames, shipped

INFO = ClipInfo(width_px=720, height_px=1280, fps=15.0, frames=200, duration_s=13.3, rotation=0, sar=1.0)


@pytest.fixture
def camera(monkeypatch):
    """Stands in for the pose model: every clip shows two pull-downs, but for those named `bad`."""

    @contextmanager
    def open_clip(path, *, progress=None, **_):
        if "bad" in path.name:
            raise ClipNotReadable(str(path))
        yield SimpleNamespace(info=INFO, frames=iter(made_frames()))

    monkeypatch.setattr(vision, "open_clip", open_clip)
    monkeypatch.setattr(
        vision,
        "pictures_at",
        lambda _path, times_s: tuple(np.zeros((1280, 720, 3), np.uint8) for _ in times_s),
    )
    monkeypatch.setattr(vision, "photo_frame", lambda path: made_frames()[0 if "start" in path.name else 60])
    monkeypatch.setattr(vision, "photo_picture", lambda _path: np.zeros((1280, 720, 3), np.uint8))


@pytest.fixture
def here(monkeypatch):
    """Many clips are read in this process, so that the stand-in camera serves them too."""
    from concurrent.futures import ThreadPoolExecutor

    @contextmanager
    def pool(jobs):
        yield lambda: ThreadPoolExecutor(jobs)

    monkeypatch.setattr(clip_batch, "process_pool", pool)
    monkeypatch.setattr(analyze_many, "_check_parts", lambda _batch: None)
    monkeypatch.setattr(clip_work, "_catalogue", shipped)


# --- One clip --------------------------------------------------------------------------------------------------------


def test_the_json_is_one_document_with_what_others_rely_on(openback, camera, tmp_path):  # noqa: F811
    data = openback("analyze", tmp_path / "set.mp4", "--exercise", PULLDOWN, "--json").json
    assert set(data) >= {
        "exercise", "frames", "fps", "pose_found", "view", "reps", "faults", "cannot_tell", "measures",
    }  # fmt: skip
    assert data["exercise"] == PULLDOWN
    assert [rep["n"] for rep in data["reps"]] == [1, 2]
    assert data["frames"] == len(made_frames())


def test_the_terminal_says_what_a_lifter_wants_to_know(openback, camera, tmp_path):  # noqa: F811
    said = openback("analyze", tmp_path / "set.mp4", "--exercise", PULLDOWN)
    assert (said.status, said.err) == (0, "")
    lines = [line.rstrip() for line in said.out.splitlines()]
    assert lines[0] == "Wide-grip lat pull-down  set.mp4"
    assert lines[1] == "2 full reps."
    assert any(line.startswith("Seen from an angle") for line in lines)
    assert any(line.split()[:4] == ["Rep", "Peak", "at", "Range"] for line in lines)
    assert any(line.startswith("✓ Clean") or line == "What to change" for line in lines)


def test_out_writes_the_report_and_says_where(openback, camera, tmp_path):  # noqa: F811
    out = tmp_path / "report"
    said = openback("analyze", tmp_path / "set.mp4", "--exercise", PULLDOWN, "--out", out)
    assert (
        f"Written to {out}: report.html, report.json, reps.csv, faults.csv, curves.csv, markers.trc, angles.mot"
        in (said.out)
    )
    html = (out / "report.html").read_text()
    assert html.startswith("<!doctype html>")
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert "https://" not in html
    assert "<script" not in html
    assert json.loads((out / "report.json").read_text())["exercise"] == PULLDOWN
    again = openback("analyze", tmp_path / "set.mp4", "--exercise", PULLDOWN, "--out", out, "--json").json
    assert again == json.loads((out / "report.json").read_text())


def test_two_photos_give_what_stands_still(openback, camera, tmp_path):  # noqa: F811
    files = (tmp_path / "start.jpg", tmp_path / "peak.jpg")
    data = openback("analyze", *files, "--exercise", PULLDOWN, "--json", "--out", tmp_path / "out").json
    assert data["reps"] == []
    assert data["measures"]["arm_elevation_deg"]["unit"] == "deg"
    assert (tmp_path / "out" / "report.html").is_file()
    assert "Two photos of a wide-grip lat pull-down" in openback("analyze", *files, "-e", PULLDOWN).out


def test_one_photo_is_enough_for_a_pose(openback, camera, tmp_path):  # noqa: F811
    pose = next(e.id for e in shipped().exercises.values() if e.kind == "hold" and e.rep is not None)
    assert openback("analyze", tmp_path / "pose.jpg", "-e", pose, "--json").json["exercise"] == pose


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        pytest.param(
            ["gone.mp4", "-e", "pul_up"],
            2,
            "No exercise is called 'pul_up'. Did you mean pull_up?",
            id="no exercise",
        ),
        pytest.param(
            ["bad.mp4", "-e", PULLDOWN],
            2,
            "No pictures can be read from {}/bad.mp4: it is damaged or not a video. Play it once to see whether it is "
            "whole, or record it again.",
            id="damaged",
        ),
        pytest.param(
            ["one.jpg", "-e", PULLDOWN],
            2,
            "One photo shows one moment of a rep. Give two photos, the start and the peak of one rep, and name the "
            "exercise: openback analyze START.jpg PEAK.jpg --exercise ID.",
            id="one photo",
        ),
        pytest.param(
            ["set.mp4", "-e", PULLDOWN, "--out", "file"],
            1,
            "{0}/file could not be written: {0}/file is a file, not a folder. Give a folder where you may write.",
            id="no folder to write to",
        ),
        pytest.param(
            ["set.mp4", "-e", PULLDOWN, "--out", "file/below"],
            1,
            "{0}/file/below could not be written: {0}/file is a file, not a folder. Give a folder where you may write.",
            id="no folder to write below",
        ),
        pytest.param(
            ["folder", "-e", PULLDOWN],
            2,
            "There is no clip in {}/folder. Give video files, a folder that has some, or a text file with one path a "
            "line.",
            id="an empty folder",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(openback, camera, tmp_path, arguments, status, sentence):  # noqa: F811
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    names = {"gone.mp4", "bad.mp4", "one.jpg", "set.mp4", "file", "folder", "file/below"}
    said = openback("analyze", *(tmp_path / one if one in names else one for one in arguments))
    assert (said.status, said.out) == (status, "")
    assert said.err == sentence.format(tmp_path) + "\n"


# --- Many clips ------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "clips"
    made.mkdir()
    for name in ("one.mp4", "two.mp4", "bad.mp4", "[red].mov"):
        (made / name).write_text(name)
    return made


def test_a_folder_gives_a_row_for_each_clip_and_tables(openback, camera, here, folder, tmp_path):  # noqa: F811
    out = tmp_path / "out"
    said = openback("analyze", folder, "--exercise", PULLDOWN, "--out", out, "--jobs", 2)
    assert (said.status, said.err) == (0, "")
    assert "4 clips: 3 analysed; 1 could not be analysed." in said.out
    assert "No pictures can be read from" in said.out
    assert "[red].mov" in said.out
    assert sorted(path.name for path in out.glob("*.parquet")) == [
        "clips.parquet", "faults.parquet", "reps.parquet",
    ]  # fmt: skip
    again = openback("analyze", folder, "--exercise", PULLDOWN, "--out", out)
    assert "4 clips (4 of them known from before): 3 analysed; 1 could not be analysed." in again.out


def test_many_clips_are_one_json_document(openback, camera, here, folder):  # noqa: F811
    data = openback("analyze", folder, "--exercise", PULLDOWN, "--json").json
    assert (data["told"], data["failed"], data["tables"]) == (3, 1, [])
    by_name = {clip["path"].rsplit("/", 1)[1]: clip for clip in data["clips"]}
    assert [rep["n"] for rep in by_name["one.mp4"]["reps"]] == [1, 2]
    assert by_name["bad.mp4"]["error"].startswith("No pictures can be read from")
    assert "reps" not in by_name["bad.mp4"]


def test_each_of_many_may_have_its_report(openback, camera, here, folder, tmp_path):  # noqa: F811
    out = tmp_path / "out"
    openback("analyze", folder, "--exercise", PULLDOWN, "--out", out, "--reports")
    assert sorted(path.parent.name.rsplit("-", 1)[0] for path in out.glob("reports/*/report.html")) == [
        "[red]", "one", "two",
    ]  # fmt: skip


def test_reports_need_a_place(openback, camera, here, folder):  # noqa: F811
    said = openback("analyze", folder, "--exercise", PULLDOWN, "--reports")
    assert said.status == 2
    assert "Say with --out where the reports shall go." in said.err


def test_when_no_clip_could_be_read_the_status_says_so(openback, camera, here, tmp_path):  # noqa: F811
    clips = [tmp_path / "bad1.mp4", tmp_path / "bad2.mp4"]
    said = openback("analyze", *clips, "--exercise", PULLDOWN)
    assert said.status == 1
    assert "2 clips: 0 analysed; 2 could not be analysed." in said.out


def test_a_stop_says_how_to_go_on(openback, camera, here, folder, tmp_path, monkeypatch):  # noqa: F811
    real_run = clip_batch.run

    def stopped(jobs, results, work, make, **more):
        real_run(jobs[:2], results, work, make, **more)
        raise KeyboardInterrupt

    monkeypatch.setattr(clip_batch, "run", stopped)
    out = tmp_path / "out"
    said = openback("analyze", folder, "--exercise", PULLDOWN, "--out", out)
    assert said.status == 130
    assert said.err == f"2 of 4 clips are kept in {out}. The same command goes on from there.\n"
    monkeypatch.setattr(clip_batch, "run", real_run)
    assert (
        "4 clips (2 of them known from before)"
        in openback("analyze", folder, "-e", PULLDOWN, "--out", out).out
    )


# --- The real thing --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_real_pull_down_is_told_as_a_lifter_would(openback, real_dir, tmp_path):  # noqa: F811
    pytest.importorskip("mediapipe")
    clip = real_dir / "video" / "sebitzu_lat_pulldown.mp4"
    out = tmp_path / "out"
    data = openback("analyze", clip, "--exercise", PULLDOWN, "--json", "--out", out).json
    assert len(data["reps"]) == 2
    assert data["view"]["name"] == "front"
    assert "behind_head" not in [fault["id"] for fault in data["faults"]]
    assert (out / "report.html").stat().st_size < 3_000_000
