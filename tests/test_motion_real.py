"""The engine on real clips and photos, from the pixels on: counts, peaks, and the bar behind the head.

The material is made by people outside the project and stays outside it; without it, or without the parts that
read video, these tests are skipped and say so.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from motion_set import exercise, mirrored
from openback.catalogue import load_catalogue
from openback.errors import OpenbackError
from openback.motion.engine import Known, watch
from openback.motion.photos import watch_photos

pytestmark = pytest.mark.slow

# What each clip is asked as; the one-arm pull-down has no file of its own.
CLIPS = {
    "sebitzu_pull_ups": "pull_up",
    "sebitzu_lat_pulldown": "wide_grip_lat_pulldown",
    "gymnai_lat_pulldown": "wide_grip_lat_pulldown",
    "sebitzu_half_kneeling_lat_pulldown": "close_grip_lat_pulldown",
    "sebitzu_cable_row": "seated_cable_row",
    "sebitzu_db_rows": "one_arm_dumbbell_row",
    "sebitzu_barbell_shrug_ins": "barbell_shrug",
}
PHOTOS = {
    "Wide-Grip_Lat_Pulldown": "wide_grip_lat_pulldown",
    "Pullups": "pull_up",
    "Seated_Cable_Rows": "seated_cable_row",
    "One-Arm_Dumbbell_Row": "one_arm_dumbbell_row",
    "Dumbbell_Shrug": "dumbbell_shrug",
    "Face_Pull": "face_pull",
    "Reverse_Flyes": "reverse_fly",
    "Superman": "superman",
}
PEAK_S = 0.4


@dataclass(frozen=True)
class Label:
    """What somebody counted by eye."""

    least: int
    most: int
    peaks_s: tuple[float, ...]


@cache
def labels(folder: Path) -> dict[str, Label]:
    with (folder / "labels.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for row in rows:
        numbers = [int(n) for n in re.findall(r"\d+", row["accepted"].split("(")[0])]
        peaks = tuple(float(each) for each in row["peaks_s"].split())
        found[row["clip"].removesuffix(".mp4")] = Label(numbers[0], numbers[-1], peaks)
    return found


@cache
def frames_of(folder: Path, clip: str):
    vision = pytest.importorskip("openback.vision", reason="clips are not read in this version")
    try:
        return tuple(vision.clip_frames(folder / f"{clip}.mp4"))
    except OpenbackError as error:
        pytest.skip(str(error))


@cache
def photo_of(folder: Path, name: str):
    vision = pytest.importorskip("openback.vision", reason="photos are not read in this version")
    try:
        return vision.photo_frame(folder / f"{name}.jpg")
    except OpenbackError as error:
        pytest.skip(str(error))


@pytest.fixture(params=CLIPS)
def clip(request, real_dir):
    folder = real_dir / "video"
    return request.param, frames_of(folder, request.param), labels(folder)[request.param]


def check(report, label):
    assert label.least <= len(report.reps) <= label.most
    for rep in report.reps:
        assert min(abs(rep.peak_s - peak_s) for peak_s in label.peaks_s) <= PEAK_S


def test_reps_are_counted_where_they_are(clip):
    name, frames, label = clip
    check(watch(exercise(CLIPS[name]), frames), label)


def test_half_the_frame_rate_counts_the_same(clip):
    name, frames, label = clip
    check(watch(exercise(CLIPS[name]), frames[::2]), label)


def test_a_mirror_counts_the_same(clip):
    name, frames, label = clip
    check(watch(exercise(CLIPS[name]), [mirrored(frame) for frame in frames]), label)


def test_an_uneven_frame_rate_counts_the_same(clip):
    name, frames, label = clip
    check(watch(exercise(CLIPS[name]), [f for n, f in enumerate(frames) if n % 7 not in {2, 3, 6}]), label)


def test_it_is_not_taken_for_another_exercise(clip):
    name, frames, _ = clip
    others = load_catalogue().exercises
    report = watch(exercise(CLIPS[name]), frames, known=Known(others=others))
    assert report.another is None
    wrong = "dumbbell_shrug" if "pull" in name or "row" in name else "pull_up"
    assert watch(exercise(wrong), frames, known=Known(others=others)).another is not None
    if (
        "cable_row" in name
    ):  # seated, and far from any pull-down although it looks more like one than like a shrug
        asked = exercise("wide_grip_lat_pulldown")
        assert watch(asked, frames, known=Known(others=others)).another == "seated_cable_row"


def test_no_bar_is_seen_behind_the_head_that_is_in_front(clip):
    name, frames, _ = clip
    assert "behind_head" not in {fault.id for fault in watch(exercise(CLIPS[name]), frames).faults}


def test_nothing_is_counted_while_somebody_only_stands_there(clip):
    name, frames, _ = clip
    frozen = [replace(frames[0], t_s=n / 30) for n in range(300)]
    assert watch(exercise(CLIPS[name]), frozen).reps == ()


def pair(real_dir, name):
    return [photo_of(real_dir / "photos", f"{name}_{number}") for number in (0, 1)]


def test_the_bar_behind_the_neck_is_danger(real_dir):
    first, second = pair(real_dir, "Wide-Grip_Pulldown_Behind_The_Neck")
    for photos in ((first, second), (second, first)):
        faults = {
            fault.id: fault for fault in watch_photos(exercise("wide_grip_lat_pulldown"), *photos).faults
        }
        assert faults["behind_head"].severity == "danger"


@pytest.mark.parametrize("name", PHOTOS)
def test_no_other_photo_shows_it(real_dir, name):
    first, second = pair(real_dir, name)
    for photos in ((first, second), (second, first)):
        report = watch_photos(exercise(PHOTOS[name]), *photos)
        assert "behind_head" not in {fault.id for fault in report.faults}
