"""Openback as `python -m openback`, but with clips read by a stand-in: the browser tests need no pose model."""

from __future__ import annotations

import functools
import time
from typing import Any

import filming
from openback.cli import main
from openback.services.clip_reading import ReadClip, Reader
from openback.web import factory

STEPS = 12


def read_slowly(*args: Any, progress: Any, **more: Any) -> ReadClip:
    """Return a report with a danger and two form faults, after a while in which progress can be seen."""
    for step in range(STEPS):
        progress(step * 10, STEPS * 10)
        time.sleep(0.15)
    report = filming.a_report(filming.DANGER, filming.a_fault(rep=2), filming.a_fault(rep=3, at_s=5.2))
    return filming.FakeAnalyser(report=report)(*args, progress=progress, **more)


if __name__ == "__main__":
    factory.Reader = functools.partial(Reader, analyser=read_slowly, missing=lambda: "")  # type: ignore[misc,assignment]
    main()
