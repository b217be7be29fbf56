"""Reads the clips of sets, one after another, behind the app's back.

What waits is in the database, so a clip that was not read when the app stopped is read when it starts again; one
whose reading was cut short several times is given up with a sentence, so that it never stands in the way of others.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Protocol

from openback.errors import OpenbackError
from openback.model.clip import Clip
from openback.model.exercise import Catalogue
from openback.model.motion import SetReport
from openback.services import photos
from openback.services.app import App
from openback.services.clip_store import landmarks_file, video_file
from openback.services.set_clips import settle, sweep

Step = Callable[[int, int], None]

TRIES: Final = 3  # project default: so often is the reading of one clip begun
SAID_EVERY_S: Final = 1.0  # how often progress is written down
STALE_AFTER: Final = timedelta(minutes=2)  # a reading not heard of for so long was cut short
LOOK_AGAIN_S: Final = 20.0
NOT_INSTALLED: Final = "Reading clips needs the video parts: install them with pip install 'openback[video]' and start Openback again."
CUT_SHORT: Final = (
    "Reading this clip was cut short three times, so it was given up. Send a shorter clip of the one set."
)
NO_VIDEO: Final = "The video of this clip is not on this machine, so it cannot be read."
OUR_FAULT: Final = (
    "Openback ran into a mistake of its own with this clip. The video is kept; "
    "the terminal where it runs shows the details."
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadClip:
    """What became of a clip: the report, and the landmarks as the page reads them."""

    report: SetReport
    landmarks: bytes


class Analyser(Protocol):
    """Reads one clip. `history` are the person's sets: speed loss, reps, reps in reserve they told."""

    def __call__(
        self,
        catalogue: Catalogue,
        path: Path,
        exercise_id: str,
        *,
        progress: Step,
        history: Sequence[tuple[float, int, float]],
    ) -> ReadClip:
        """Return what is told by a clip; raise an OpenbackError when it cannot be read."""


def read_clip(
    catalogue: Catalogue,
    path: Path,
    exercise_id: str,
    *,
    progress: Step,
    history: Sequence[tuple[float, int, float]],
) -> ReadClip:
    """Return what the motion engine tells of a clip."""
    # The engine takes a while to import; an app without clips does without.
    from openback.services.clip_landmarks import packed  # noqa: PLC0415
    from openback.services.clips import analyse  # noqa: PLC0415

    with analyse(catalogue, path, exercise_id, progress=progress, history=history) as found:
        return ReadClip(report=found.report, landmarks=packed(found.landmarks))


def what_is_missing() -> str:
    """Return what must be installed before clips can be read; empty when nothing must."""
    return "" if find_spec("mediapipe") and find_spec("cv2") else NOT_INSTALLED


class _Stopped(Exception):
    """The reading is no longer wanted."""


class Reader:
    """Reads what waits, in a thread of its own that ends when nothing does."""

    def __init__(
        self, app: App, analyser: Analyser = read_clip, missing: Callable[[], str] = what_is_missing
    ) -> None:
        self.app = app
        self.analyser = analyser
        self.missing = missing
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._call = threading.Event()
        self._stopping = threading.Event()

    def wake(self) -> None:
        """Look now whether something waits."""
        with self._lock:
            self._call.set()
            if not self._stopping.is_set() and (self._thread is None or not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._run, name="clips", daemon=True)
                self._thread.start()

    def stop(self, within_s: float = 5.0) -> None:
        """Stop reading; what was begun waits for the next start."""
        self._stopping.set()
        self._call.set()
        thread = self._thread
        if thread is not None:
            thread.join(within_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._call.clear()
            try:
                left = self._one_round()
            except OpenbackError as error:  # the database, for now
                _log.warning("Clips are not read now: %s", error)
                left = True
            except Exception:  # noqa: BLE001 - what waits must not wait for the next start
                _log.exception("Clips are not read now.")
                left = True
            with self._lock:
                if not left and not self._call.is_set():
                    self._thread = None
                    return
            self._call.wait(LOOK_AGAIN_S)

    def _one_round(self) -> bool:
        """Read all that waits; return whether something still does."""
        app = self.app
        if app.store.person(app.person_id) is None:
            return False
        while not self.missing() and not self._stopping.is_set():
            clip = app.store.claim_clip(app.person_id, now=app.now(), stale_before=app.now() - STALE_AFTER)
            if clip is None:
                break
            self._read(clip)
        waits = any([sweep(app), photos.sweep(app)])  # it is also who erases what was deleted
        return waits or (not self.missing() and app.store.unread_clips(app.person_id) > 0)

    def _read(self, clip: Clip) -> None:
        """Read one clip and keep what came of it."""
        app, store = self.app, self.app.store
        path = video_file(app, clip.id)
        if clip.tries > TRIES or not path.is_file():
            problem = CUT_SHORT if path.is_file() else NO_VIDEO
            store.end_reading(app.person_id, clip.id, report=None, problem=problem)
            return
        history = store.effort_history(app.person_id, clip.exercise)
        try:
            found = self.analyser(
                app.catalogue, path, clip.exercise, progress=self._progress(clip), history=history
            )
        except _Stopped:
            store.release_clip(app.person_id, clip.id)
        except OpenbackError as error:
            store.end_reading(app.person_id, clip.id, report=None, problem=str(error))
        except Exception:  # noqa: BLE001 - the outermost loop of this thread
            _log.exception("A clip could not be read.")
            store.end_reading(app.person_id, clip.id, report=None, problem=OUR_FAULT)
        else:
            self._keep(clip, found)

    def _keep(self, clip: Clip, found: ReadClip) -> None:
        landmarks = landmarks_file(self.app, clip.id)
        landmarks.write_bytes(found.landmarks)
        landmarks.chmod(0o600)
        kept = False
        try:
            kept = self.app.store.end_reading(self.app.person_id, clip.id, report=found.report)
        finally:
            if not kept:  # the clip, or the person, was taken away meanwhile
                landmarks.unlink(missing_ok=True)
        settle(self.app, clip.session_id)

    def _progress(self, clip: Clip) -> Step:
        """Return what writes progress down, now and then, and ends a reading that is no longer wanted."""
        said_s = 0.0

        def step(done: int, total: int) -> None:
            nonlocal said_s
            if self._stopping.is_set():
                raise _Stopped
            now_s = time.monotonic()
            if now_s - said_s < SAID_EVERY_S:
                return
            said_s = now_s
            wanted = self.app.store.note_reading(self.app.person_id, clip.id, done, total, now=self.app.now())
            if not wanted:
                raise _Stopped

        return step
