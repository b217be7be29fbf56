"""Clips in the decoding process: opened, timed, brought upright."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from openback.vision.decoding import Parent, Places, Refused, refuse_size
from openback.vision.limits import Limits
from openback.vision.memory import Picture, Request
from openback.vision.shape import Shape, shape_of
from openback.vision.stamps import Stamps, sane_fps

# One thread decodes HD faster than the pose model looks; larger pictures get two.
_ONE_THREAD_PX: Final = 1920 * 1200
_MOST_FRAMES: Final = 1000 * 24 * 3600
# Looking for a time this far ahead costs more than jumping there.
_FAR_S: Final = 10.0
_BEFORE_S: Final = 3.0
_SAME_S: Final = 0.0005


class Clip:
    """An open clip. `shape` says how its pictures are brought upright; `about` is what it says of itself."""

    def __init__(self, path: str, limits: Limits) -> None:
        import cv2  # noqa: PLC0415 - the extra; and after the limits

        cv2.setNumThreads(1)  # the other cores are for the pose model
        self._path = path
        self.capture = _capture(path, 1)
        stored = (self._number(cv2.CAP_PROP_FRAME_WIDTH), self._number(cv2.CAP_PROP_FRAME_HEIGHT))
        if min(stored) < 1:
            raise Refused("damaged")
        refuse_size(stored, limits.clip_px, limits)
        self._threads = 1 if math.prod(stored) <= _ONE_THREAD_PX else 2
        if self._threads > 1:
            self.reopen()
        sar = self.capture.get(cv2.CAP_PROP_SAR_NUM) / (self.capture.get(cv2.CAP_PROP_SAR_DEN) or math.nan)
        self.shape = shape_of(stored, sar, self.capture.get(cv2.CAP_PROP_ORIENTATION_META))
        self.about = _about(self.capture, self.shape, sar, limits)

    def _number(self, key: int) -> int:
        return int(self.capture.get(key))

    def reopen(self) -> None:
        """Begin anew."""
        self.capture = _capture(self._path, self._threads)


def _capture(path: str, threads: int) -> Any:
    import cv2  # noqa: PLC0415

    capture = cv2.VideoCapture(path, cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, threads])
    if not capture.isOpened():
        raise Refused("damaged")
    # OpenCV would turn the picture but not the shape of its pixels.
    capture.set(cv2.CAP_PROP_ORIENTATION_AUTO, 0)
    return capture


def _about(capture: Any, shape: Shape, sar: float, limits: Limits) -> dict[str, Any]:
    import cv2  # noqa: PLC0415

    told_fps, frames = capture.get(cv2.CAP_PROP_FPS), capture.get(cv2.CAP_PROP_FRAME_COUNT)
    if 0 < told_fps < limits.slowest_fps:
        raise Refused("slow", fps=told_fps)
    fps = sane_fps(told_fps)
    # Without an index OpenCV makes up a number, often below zero.
    frames = int(frames) if 0 < frames <= _MOST_FRAMES else 0
    if frames / fps > limits.long_s:
        raise Refused("long", seconds=frames / fps)
    return {
        "width_px": shape.full_px[0],
        "height_px": shape.full_px[1],
        "fps": fps,
        "frames": frames,
        "duration_s": frames / fps,
        "rotation": shape.turn,
        "sar": sar if math.isfinite(sar) and sar > 0 else 1.0,
    }


class Upright:
    """Brings stored pictures upright, `before_px` large before they are turned; keeps its memory."""

    def __init__(self, shape: Shape, before_px: tuple[int, int]) -> None:
        import cv2  # noqa: PLC0415

        self._cv2 = cv2
        self._before_px = before_px
        turns = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
        self._turn = turns.get(shape.turn)
        width, height = before_px
        self._stored: Picture | None = None
        self._sized = np.empty((height, width, 3), np.uint8)
        self._coloured = np.empty((height, width, 3), np.uint8)

    def paint(self, capture: Any, picture: Picture) -> bool:
        """Fill `picture` with the frame that was grabbed, in RGB; returns whether there was one."""
        whole, self._stored = capture.retrieve(self._stored)
        if not whole or self._stored is None or self._stored.ndim != 3:
            return False
        sized = self._resized(self._stored)
        if self._turn is None:
            self._cv2.cvtColor(sized, self._cv2.COLOR_BGR2RGB, dst=picture)
        else:
            self._cv2.cvtColor(sized, self._cv2.COLOR_BGR2RGB, dst=self._coloured)
            self._cv2.rotate(self._coloured, self._turn, dst=picture)
        return True

    def _resized(self, stored: Picture) -> Picture:
        # A clip may change its size on the way.
        if stored.shape == self._sized.shape:
            return stored
        smaller = stored.shape[0] * stored.shape[1] > self._before_px[0] * self._before_px[1]
        how = self._cv2.INTER_AREA if smaller else self._cv2.INTER_LINEAR
        self._cv2.resize(stored, self._before_px, dst=self._sized, interpolation=how)
        return self._sized


def _times(capture: Any, fps: float, limits: Limits) -> Iterator[float]:
    """Yield the time of each frame that is worth decoding, in seconds; raises Refused after too long."""
    import cv2  # noqa: PLC0415

    stamps = Stamps(fps)
    apart_s, sent_s = 0.9 / limits.fastest_fps, -math.inf
    while capture.grab():
        t_s = stamps.rising(capture.get(cv2.CAP_PROP_POS_MSEC) / 1000)
        if t_s > limits.long_s:
            raise Refused("long", seconds=t_s)
        if t_s - sent_s >= apart_s:
            sent_s = t_s
            yield t_s


def give_frames(request: Request, parent: Parent) -> None:
    """Give every frame of a clip, as the pose model looks at it."""
    clip = Clip(request.path, request.limits)
    places = Places.of(request, parent, clip.shape.look_px)
    parent.line.say(info=clip.about, look=clip.shape.look_px, place_bytes=places.pool.place_bytes)
    upright = Upright(clip.shape, clip.shape.before_px)
    times = _times(clip.capture, clip.about["fps"], request.limits)
    count = sum(places.fill(t_s, lambda picture: upright.paint(clip.capture, picture)) for t_s in times)
    if count == 0:
        raise Refused("damaged")
    parent.line.say(end=count)


def give_info(request: Request, parent: Parent) -> None:
    """Say what a clip says of itself, when there is a first picture."""
    clip = Clip(request.path, request.limits)
    if not clip.capture.grab():
        raise Refused("damaged")
    parent.line.say(info=clip.about, look=clip.shape.look_px, place_bytes=0)
    parent.line.say(end=0)


# --- Single pictures -----------------------------------------------------------------------------------


class Seeker:
    """Goes forward to the frame of a time; jumps where that is far, unless the clip's stamps lie."""

    def __init__(self, clip: Clip) -> None:
        self._clip = clip
        self._jumps = True
        self._restart()

    def _restart(self) -> None:
        self._stamps = Stamps(self._clip.about["fps"])
        self._now_s = -math.inf

    def go(self, t_s: float) -> None:
        """Grab the frame at `t_s`, or the first one after it; stays at the last one when there is none."""
        if self._jumps and t_s - max(0.0, self._now_s) > _FAR_S:
            self._jump(t_s)
        while self._now_s < t_s - _SAME_S:
            last_s = self._now_s
            if not self._grab():
                # Past the end no picture can be had any more, not even the last.
                self._again()
                while self._now_s < last_s - _SAME_S and self._grab():
                    pass
                return

    def _again(self) -> None:
        self._jumps = False
        self._clip.reopen()
        self._restart()

    def _grab(self) -> bool:
        import cv2  # noqa: PLC0415

        if not self._clip.capture.grab():
            return False
        self._now_s = self._stamps.rising(self._clip.capture.get(cv2.CAP_PROP_POS_MSEC) / 1000)
        return True

    def _jump(self, t_s: float) -> None:
        import cv2  # noqa: PLC0415

        self._restart()
        self._clip.capture.set(cv2.CAP_PROP_POS_MSEC, (t_s - _BEFORE_S) * 1000)
        if not self._grab() or not t_s - _FAR_S <= self._now_s <= t_s:
            self._again()


def give_pictures(request: Request, parent: Parent) -> None:
    """Give the picture at each of the times, which rise, in its full size."""
    clip = Clip(request.path, request.limits)
    width, height = clip.shape.full_px
    places = Places.of(request, parent, (width, height))
    parent.line.say(info=clip.about, look=(width, height), place_bytes=places.pool.place_bytes)
    upright = Upright(clip.shape, (width, height) if clip.shape.turn % 180 == 0 else (height, width))
    seeker = Seeker(clip)
    for t_s in request.times_s:
        seeker.go(t_s)
        if not places.fill(t_s, lambda picture: upright.paint(clip.capture, picture)):
            raise Refused("damaged")
    parent.line.say(end=len(request.times_s))
