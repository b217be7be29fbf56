"""The packages of the extra `openback[video]`: whether they are here and start, and keeping them quiet."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Final

from openback.errors import CannotReadClips, VideoNotInstalled, VideoPartsBroken
from openback.vision.models import model_path

# MediaPipe and OpenCV are linked against these, which a bare Debian has not.
DEBIAN_LIBRARIES: Final = ("libgl1", "libegl1", "libgles2")
_LIBRARY: Final = re.compile(r"\blib[\w+.-]+\.so[\w.]*")


# MediaPipe's library posts usage counts to play.googleapis.com and has no switch for that. It does so
# through libcurl, which takes its proxy from here: one that nothing can listen at. Openback itself
# asks no other host for anything, so nothing else is missed.
NOWHERE: Final = "http://127.0.0.1:0"
_PROXIES: Final = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
_EXCEPTIONS: Final = ("no_proxy", "NO_PROXY")


def need_installed() -> None:
    """Raise VideoNotInstalled when a package of the extra is missing; imports nothing."""
    if any(find_spec(name) is None for name in ("cv2", "mediapipe")):
        raise VideoNotInstalled


def mediapipe() -> ModuleType:
    """Return MediaPipe; raises VideoNotInstalled or VideoPartsBroken."""
    need_installed()
    stay_home()
    try:
        with quiet():
            import_module("mediapipe.tasks.python.vision")
            return import_module("mediapipe")
    except (ImportError, OSError) as error:
        raise broken(str(error)) from error


def stay_home() -> None:
    """Let what this process sends by libcurl go nowhere, for as long as it runs."""
    os.environ.update(dict.fromkeys(_PROXIES, NOWHERE))
    for name in _EXCEPTIONS:
        os.environ.pop(name, None)


def broken(said: str) -> VideoPartsBroken:
    """Return the error for what an import said, with the command that mends it."""
    return VideoPartsBroken(_said(said), _command())


def trouble() -> CannotReadClips | None:
    """Return what keeps clips from being read here, None when nothing does."""
    try:
        mediapipe()
        import_module("cv2")
        model_path("full")
    except CannotReadClips as error:
        return error
    except (ImportError, OSError) as error:
        return broken(str(error))
    return None


def _said(words: str) -> str:
    library = _LIBRARY.search(words)
    return (
        f"{library[0]} is missing" if library else (words.splitlines() or ["no reason given"])[0].rstrip(".")
    )


def _command() -> str:
    debian = sys.platform == "linux" and Path("/etc/debian_version").is_file()
    return f"sudo apt-get install {' '.join(DEBIAN_LIBRARIES)}" if debian else ""


class _Hush:
    """Counts who wants quiet, so that the last one to leave brings the sound back."""

    lock = threading.Lock()
    inside = 0
    kept = -1


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what C code writes to standard error away: MediaPipe's loggers have no switch.

    It is for short stretches, since it is the whole process's standard error that is gone.
    """
    with _Hush.lock:
        _Hush.inside += 1
        if _Hush.inside == 1:
            _Hush.kept = os.dup(2)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)
    try:
        yield
    finally:
        with _Hush.lock:
            _Hush.inside -= 1
            if _Hush.inside == 0:
                os.dup2(_Hush.kept, 2)
                os.close(_Hush.kept)
