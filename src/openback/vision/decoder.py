"""The process that decodes, apart from the one that people wait for: `python -m openback.vision.decoder`.

A file from anywhere goes through a lot of C code here, so this process is small, limited in memory
and time, and may die without harm. It is told what to do by one JSON argument, puts pictures into
memory shared with its parent, and says one JSON line for each on its standard output. Each byte on
its standard input gives a place in that memory back; its end, which is also that of the parent,
ends this process at once.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import traceback
from contextlib import suppress
from typing import Final

from openback.vision.decode_clip import give_frames, give_info, give_pictures
from openback.vision.decoding import Line, Parent, Refused, Work
from openback.vision.limits import Limits
from openback.vision.memory import Request


def _give_photo(request: Request, parent: Parent) -> None:
    from openback.vision.decode_photo import give_photo  # noqa: PLC0415 - clips need no Pillow

    give_photo(request, parent)


WORK: Final[dict[str, Work]] = {
    "info": give_info,
    "frames": give_frames,
    "pictures": give_pictures,
    "photo": _give_photo,
}
_OPEN_FILES: Final = 64
_CV_NO_MEMORY: Final = -4


def main(argument: str) -> None:
    """Do what the parent asks, and say how it went."""
    line = Line(handle=os.fdopen(os.dup(1), "wb"))
    _hush()
    request = Request.from_json(argument)
    free: queue.SimpleQueue[int] = queue.SimpleQueue()
    for place in range(request.places):
        free.put(place)
    threading.Thread(target=_listen, args=(free,), daemon=True).start()
    confine(request.limits)
    _work(request, Parent(line=line, free=free))
    os._exit(0)  # no library may take its time to tidy up


def _work(request: Request, parent: Parent) -> None:
    try:
        WORK[request.what](request, parent)
    except Refused as refused:
        parent.line.say(**refused.said)
    except MemoryError:
        parent.line.say(problem="memory")
    except ImportError as error:
        parent.line.say(parts=str(error))
    except Exception as error:  # noqa: BLE001 - said by the parent, where a person sees it
        # OpenCV's own errors are about the file; its number -4 is for memory.
        if type(error).__module__ == "cv2":
            parent.line.say(problem="memory" if getattr(error, "code", 0) == _CV_NO_MEMORY else "damaged")
        else:
            parent.line.say(broke=traceback.format_exc())


def _hush() -> None:
    """Send what libraries print nowhere: standard output is the way to the parent."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(nowhere, number)


def _listen(free: queue.SimpleQueue[int]) -> None:
    while given := os.read(0, 64):
        for place in given:
            free.put(place)
    os._exit(0)


def confine(limits: Limits) -> None:
    """Limit memory, processor time and open files, where the system can."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for name, soft, hard in (
        ("RLIMIT_AS", limits.memory_bytes, limits.memory_bytes),
        # The first limit ends it by a signal that tells why, the second by one that cannot be caught.
        ("RLIMIT_CPU", limits.cpu_s, limits.cpu_s + 5),
        ("RLIMIT_NOFILE", _OPEN_FILES, _OPEN_FILES),
        ("RLIMIT_CORE", 0, 0),
    ):
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (soft, hard))


if __name__ == "__main__":
    main(sys.argv[1])
