"""Progress of work that does not say how far it is: the time it took, of the time it may take."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

Progress = Callable[[int, int], None]
EVERY_S: Final = 0.1


@contextmanager
def ticking(progress: Progress | None, limit_s: float) -> Iterator[None]:
    """Call `progress` with tenths of seconds, done and in all, while the block runs; it never says that it is done."""
    if progress is None:
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_tick, args=(progress, limit_s, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _tick(progress: Progress, limit_s: float, over: threading.Event) -> None:
    begun, total = time.monotonic(), round(limit_s / EVERY_S)
    while not over.wait(EVERY_S):
        progress(min(total - 1, round((time.monotonic() - begun) / EVERY_S)), total)
