"""Reading clips: against a bare loop over the same frames, two processes against one, memory and length."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks import Figure
from openback.catalogue import load_catalogue
from openback.services.clips import analyse
from openback.vision import clip_frames
from openback.vision.models import model_path
from openback.vision.parts import mediapipe, quiet

CLIPS: Final = Path(__file__).resolve().parents[2] / "shared" / "real" / "video"
CLIP: Final = "sebitzu_lat_pulldown.mp4"
EXERCISE: Final = "wide_grip_lat_pulldown"
_PAIRS: Final = 3
_SHORT, _LONG = 300, 3000


def run() -> Sequence[Figure]:
    """Return the ratios; those of real clips only where these are."""
    return [*(_of_a_real_clip(CLIPS / CLIP) if (CLIPS / CLIP).is_file() else []), _memory()]


def _of_a_real_clip(path: Path) -> list[Figure]:
    bare, catalogue = partial(_bare_loop, path), load_catalogue()

    def whole() -> None:
        analyse(catalogue, path, EXERCISE).close()

    return [
        Figure(
            name="landmarks of a clip",
            value=_ratio(partial(_read, path), bare),
            unit="x",
            at_most=1.10,
            note="a bare loop of decoding and detect_for_video is 1",
        ),
        Figure(
            name="analysis of a clip",
            value=_ratio(whole, bare),
            unit="x",
            at_most=1.10,
            note="the same, with reps, faults and curves",
        ),
        Figure(
            name="two clips in two processes",
            value=_two_to_one(path),
            unit="x",
            at_most=1 / 1.6,
            note="two clips in one process are 1; needs two idle cores",
        ),
    ]


def _ratio(work: Callable[[], object], bare: Callable[[], object]) -> float:
    """Return the median time of `work` over that of `bare`, taken in turns."""
    work()
    return statistics.median(_timed(work) / _timed(bare) for _ in range(_PAIRS))


def _timed(work: Callable[[], object]) -> float:
    start_s = time.perf_counter()
    work()
    return time.perf_counter() - start_s


def _read(path: Path) -> int:
    return sum(frame.found for frame in clip_frames(path))


def _bare_loop(path: Path) -> int:
    """Decode and look, as in MediaPipe's own examples; returns the number of frames."""
    import cv2  # noqa: PLC0415 - the extra

    package = mediapipe()
    tasks, kind = package.tasks, package.ImageFormat.SRGB
    options = tasks.vision.PoseLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(model_path("full"))),
        running_mode=tasks.vision.RunningMode.VIDEO,
    )
    capture, count = cv2.VideoCapture(str(path)), 0
    with quiet(), tasks.vision.PoseLandmarker.create_from_options(options) as landmarker:
        while True:
            whole, picture = capture.read()
            if not whole:
                return count
            image = package.Image(kind, cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
            landmarker.detect_for_video(image, int(capture.get(cv2.CAP_PROP_POS_MSEC)))
            count += 1


def _two_to_one(path: Path) -> float:
    """Return the time of two clips in two processes over their time in one, both warm."""

    def timed(workers: int) -> float:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            list(pool.map(_read, [path] * workers))
            return _timed(lambda: list(pool.map(_read, [path] * 2)))

    return statistics.median(timed(2) / timed(1) for _ in range(_PAIRS))


def _memory() -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        short, long = (_peak_mb(_clip(Path(folder), count)) for count in (_SHORT, _LONG))
    return Figure(
        name="memory for ten times the length",
        value=long / short,
        unit="x",
        at_most=1.1,
        note=f"{_SHORT} frames take {short:.0f} MB at most, both processes together",
    )


def _clip(folder: Path, count: int) -> Path:
    """Write a clip of moving noise with nobody in it."""
    import cv2  # noqa: PLC0415 - the extra

    path, random = folder / f"{count}.mp4", np.random.default_rng(1)
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"mp4v"), 30, (640, 360))
    for _ in range(count):
        writer.write(np.kron(random.integers(0, 256, (9, 16, 3), np.uint8), np.ones((40, 40, 1), np.uint8)))
    writer.release()
    return path


def _peak_mb(path: Path) -> float:
    """Return the most memory that reading a clip took, its decoding process included, in MB."""
    code = (
        "import sys, resource\nfrom pathlib import Path\nfrom openback.vision import clip_frames\n"
        "for _ in clip_frames(Path(sys.argv[1])): pass\n"
        "print(sum(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024
