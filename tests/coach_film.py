"""Films for a browser's fake camera: the figure doing reps, and real clips, as raw video that Chromium plays in a loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motion_set import exercise
from openback.motion.figure.body_file import read
from openback.motion.figure.picture import Scene, View, pixels
from openback.motion.figure.playing import Played, played
from openback.web.assets import DIST

Picture = npt.NDArray[np.uint8]

# Few and small pictures: a rep is seen well enough in them, and a busy machine keeps up.
FIGURE_FPS: Final = 5
CLIP_FPS: Final = 10
_POSES: Final = 20
_SIZE_PX: Final = 240
_WIDE_PX: Final = 640
_AROUND_M: Final = 0.25
_WALL: Final = (225.0, 228.0, 232.0)


def write_y4m(path: Path, pictures: Sequence[Picture], fps: int) -> Path:
    """Write pictures (height, width, 3) in RGB, with even sides."""
    import cv2

    height, width = pictures[0].shape[:2]
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{width} H{height} F{fps}:1 Ip A1:1 C420jpeg\n".encode())
        for picture in pictures:
            file.write(b"FRAME\n")
            file.write(np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420)).tobytes())
    return path


def figure_film(path: Path, name: str) -> Path:
    """Write the figure doing two reps of an exercise, the second let down in a hurry."""
    one = played(exercise(name), "male", _POSES)
    drawn = [_drawn(one, at) for at in range(_POSES)]
    share = one.cycle.share
    hurried = [at for at in range(_POSES) if at <= one.peak or share[at] > 0.9 or share[at] < 0.1]
    return write_y4m(path, [*drawn, *(drawn[at] for at in hurried)], FIGURE_FPS)


def _drawn(one: Played, at: int) -> Picture:
    rotation, shift = one.moved_by
    scene = Scene(
        skin=read((DIST / "body" / "male.bin").read_bytes()),
        moved_by=(rotation[at], shift[at]),
        shares=one.exercise.muscles,
        props=one.parts,
        at=at,
        floor_m=one.floor_m,
    )
    view = View(
        yaw_deg=one.figure.camera_yaw_deg,
        pitch_deg=0.0,
        low_m=_corner(one.low_m - _AROUND_M),
        high_m=_corner(one.high_m + _AROUND_M),
    )
    seen = pixels(scene, view, "light", _SIZE_PX).astype(np.float64)
    cover = seen[..., 3:] / 255
    return np.asarray(np.rint(seen[..., :3] * cover + np.array(_WALL) * (1 - cover)), np.uint8)


def _corner(point: npt.NDArray[np.float64]) -> tuple[float, float, float]:
    x, y, z = point
    return float(x), float(y), float(z)


def clip_film(path: Path, clip: Path) -> Path:
    """Write a clip again, smaller and with fewer pictures."""
    return write_y4m(path, list(_thinned(clip)), CLIP_FPS)


def _thinned(clip: Path) -> Iterator[Picture]:
    import cv2

    video: Any = cv2.VideoCapture(str(clip))
    try:
        step = max(1, round(video.get(cv2.CAP_PROP_FPS) / CLIP_FPS))
        width, height = (video.get(side) for side in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        size = (_WIDE_PX, 2 * round(height / width * _WIDE_PX / 2))
        at = 0
        while video.grab():
            if at % step == 0:
                _, picture = video.retrieve()
                small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
                yield np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB), np.uint8)
            at += 1
    finally:
        video.release()
