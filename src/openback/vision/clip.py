"""Clips and photos, frame by frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from openback.errors import ClipNotReadable, ClipNotThere, VideoNotInstalled
from openback.model.motion import LandmarkFrame, nobody
from openback.vision.models import Model, model_path

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipInfo:
    """What a clip says of itself. The size is of a picture as it is shown, in square pixels.

    `frames` and `duration_s` are what its index says, 0 when it says nothing.
    """

    width_px: int
    height_px: int
    fps: float
    frames: int
    duration_s: float
    rotation: int
    sar: float


def _cv2() -> Any:
    try:
        import cv2
        import mediapipe
    except ImportError:
        raise VideoNotInstalled from None
    return cv2


def _open(path: Path) -> tuple[Any, ClipInfo]:
    cv2 = _cv2()
    if not path.is_file():
        raise ClipNotThere(str(path))
    capture = cv2.VideoCapture(str(path.resolve()), cv2.CAP_FFMPEG)
    if not capture.isOpened():
        raise ClipNotReadable(str(path))
    sar = (capture.get(cv2.CAP_PROP_SAR_NUM) or 1) / (capture.get(cv2.CAP_PROP_SAR_DEN) or 1)
    w, h = int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
    rotation = int(capture.get(cv2.CAP_PROP_ORIENTATION_META))
    if rotation % 180:
        sar = 1 / sar
    if sar < 1:
        w = round(w * sar)
    elif sar > 1:
        h = round(h / sar)
    fps = capture.get(cv2.CAP_PROP_FPS) or 30.0
    frames = max(0, int(capture.get(cv2.CAP_PROP_FRAME_COUNT)))
    return capture, ClipInfo(width_px=w, height_px=h, fps=fps, frames=frames, duration_s=frames / fps, rotation=rotation, sar=sar)


def probe(path: Path) -> ClipInfo:
    """Return what a clip says of itself."""
    capture, info = _open(path)
    capture.release()
    return info


def _pictures(path: Path) -> Iterator[tuple[float, Picture]]:
    cv2 = _cv2()
    capture, info = _open(path)
    last = -1.0
    while True:
        ok, bgr = capture.read()
        if not ok:
            return
        t = capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        last = t if t > last else last + 1 / info.fps
        size = (info.width_px, info.height_px)
        if (bgr.shape[1], bgr.shape[0]) != size:
            bgr = cv2.resize(bgr, size)
        yield last, cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


def _landmarker(model: Model, mode: str) -> tuple[Any, Any]:
    _cv2()
    import mediapipe as mp
    from mediapipe.tasks import python as tasks
    from mediapipe.tasks.python import vision

    options = vision.PoseLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(model_path(model))),
        running_mode=getattr(vision.RunningMode, mode),
    )
    return mp, vision.PoseLandmarker.create_from_options(options)


def _frame(t_s: float, found: Any, width: int, height: int) -> LandmarkFrame:
    if not found.pose_landmarks:
        return nobody(t_s, width, height)
    points = np.array([(p.x * width, p.y * height, p.z * width, p.visibility) for p in found.pose_landmarks[0]])
    world = np.array([(p.x, p.y, p.z) for p in found.pose_world_landmarks[0]])
    return LandmarkFrame(
        t_s=t_s,
        image_px=points[:, :2],
        depth_px=points[:, 2],
        world_m=world,
        visibility=points[:, 3],
        width_px=width,
        height_px=height,
    )


def clip_frames(
    path: Path, *, model: Model = "full", progress: Callable[[float], None] | None = None
) -> Iterator[LandmarkFrame]:
    """Yield the landmarks of each frame of a clip; `progress` is told the share that is done, 0 to 1."""
    info = probe(path)
    mp, landmarker = _landmarker(model, "VIDEO")
    last = -1
    with landmarker:
        for number, (t_s, rgb) in enumerate(_pictures(path)):
            last = max(last + 1, round(t_s * 1000))
            found = landmarker.detect_for_video(mp.Image(mp.ImageFormat.SRGB, rgb), last)
            yield _frame(t_s, found, rgb.shape[1], rgb.shape[0])
            if progress is not None and info.frames:
                progress(min(1.0, (number + 1) / info.frames))


def photo_frame(path: Path, *, model: Model = "full") -> LandmarkFrame:
    """Return the landmarks of a photo, at 0 seconds."""
    from PIL import Image, ImageOps

    mp, landmarker = _landmarker(model, "IMAGE")
    with landmarker, Image.open(path) as picture:
        rgb = np.ascontiguousarray(ImageOps.exif_transpose(picture).convert("RGB"))
        return _frame(0.0, landmarker.detect(mp.Image(mp.ImageFormat.SRGB, rgb)), rgb.shape[1], rgb.shape[0])


def pictures_at(path: Path, times_s: Sequence[float]) -> tuple[Picture, ...]:
    """Return the pictures of a clip at these times, in RGB, in their order: each the last that began by then."""
    wanted = sorted(set(times_s))
    found: dict[float, Picture] = {}
    before = None
    for t_s, rgb in _pictures(path):
        while wanted and t_s > wanted[0] + 1e-6:
            found[wanted.pop(0)] = rgb if before is None else before
        if not wanted:
            break
        before = rgb
    for t_s in wanted:
        if before is not None:
            found[t_s] = before
    return tuple(found[t_s] for t_s in times_s)


def picture_at(path: Path, t_s: float) -> Picture:
    """Return the picture of a clip at a time, in RGB (height, width, 3)."""
    return pictures_at(path, (t_s,))[0]
