"""The motion engine's time for a frame, against the full pose model's time for the same frame, in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks import Figure
from openback.catalogue import load_catalogue
from openback.model.exercise import Exercise
from openback.model.motion import LandmarkFrame
from openback.motion.engine import Known, SetWatcher
from openback.motion.synthesis.made_set import SetPlan, made_set
from openback.vision import clip_frames
from openback.vision.models import model_path
from openback.vision.parts import mediapipe, quiet

CLIPS: Final = Path(__file__).resolve().parents[2] / "shared" / "real" / "video"
# Clips with their exercises: the one that is asked for, and how many faults its file has, cost differently.
SETS: Final = (
    ("sebitzu_lat_pulldown.mp4", "wide_grip_lat_pulldown"),
    ("sebitzu_cable_row.mp4", "seated_cable_row"),
)
_FRAMES: Final = 90
_ROUNDS: Final = 3


def run() -> Sequence[Figure]:
    """Return the engine's time for a frame of a made set, and its ratios to the pose model on real clips."""
    found = [(CLIPS / clip, name) for clip, name in SETS if (CLIPS / clip).is_file()]
    return [_alone(), *(_against_the_model(path, name) for path, name in found)]


def _alone() -> Figure:
    exercise = load_catalogue().exercises["wide_grip_lat_pulldown"]
    frames = made_set(exercise, SetPlan(reps=6, fps=30, yaw_deg=60), 1).frames
    taken_s = statistics.median(_engine_s(exercise, frames) for _ in range(_ROUNDS))
    return Figure(name="engine, a frame", value=taken_s * 1e6, unit="µs", note="from landmarks to events")


def _against_the_model(path: Path, name: str) -> Figure:
    exercise = load_catalogue().exercises[name]
    frames = list(clip_frames(path))[:_FRAMES]
    ratios = [_model_s(path) / _engine_s(exercise, frames) for _ in range(_ROUNDS)]
    return Figure(
        name=f"engine to pose model, {name}",
        value=1 / statistics.median(ratios),
        unit="x",
        at_most=1 / 50,
        note="the full model is 1, frame for frame",
    )


def _engine_s(exercise: Exercise, frames: Sequence[LandmarkFrame]) -> float:
    """Return the mean time of a frame, the slowest twentieth left out; all exercises are recognised beside."""
    watcher = SetWatcher(exercise, known=Known(others=load_catalogue().exercises))
    taken_s = []
    for frame in _twice(frames):
        start_s = time.perf_counter()
        watcher.push(frame)
        taken_s.append(time.perf_counter() - start_s)
    return statistics.mean(sorted(taken_s)[: -len(taken_s) // 20])


def _twice(frames: Sequence[LandmarkFrame]) -> Iterator[LandmarkFrame]:
    yield from frames
    later_s = frames[-1].t_s + 0.05 - frames[0].t_s
    yield from (replace(frame, t_s=frame.t_s + later_s) for frame in frames)


def _model_s(path: Path) -> float:
    """Return the mean time of `detect_for_video` for a frame of a clip, the slowest twentieth left out."""
    import cv2  # noqa: PLC0415 - the extra

    package = mediapipe()
    tasks = package.tasks
    options = tasks.vision.PoseLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(model_path("full"))),
        running_mode=tasks.vision.RunningMode.VIDEO,
    )
    capture, taken_s = cv2.VideoCapture(str(path)), []
    with quiet(), tasks.vision.PoseLandmarker.create_from_options(options) as landmarker:
        for number in range(_FRAMES):
            picture = capture.read()[1]
            image = package.Image(package.ImageFormat.SRGB, cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
            start_s = time.perf_counter()
            landmarker.detect_for_video(image, number * 33)
            taken_s.append(time.perf_counter() - start_s)
    return statistics.mean(sorted(taken_s)[: -_FRAMES // 20])
