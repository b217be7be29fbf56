"""What is measured, in order: each entry is a function that returns its figures.

A benchmark lives in its own module here and is added to `BENCHMARKS` in `benchmarks/__main__.py`.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured number: `name` says of what, `unit` in what, `at_most` what we ask of ourselves."""

    name: str
    value: float
    unit: str
    at_most: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the figure is within its limit; None where there is no limit."""
        return None if self.at_most is None else self.value <= self.at_most


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A named piece of measuring; `run` returns its figures."""

    name: str
    run: Callable[[], Sequence[Figure]]


def median_s(work: Callable[[], object], *, times: int = 5) -> float:
    """Return the median wall time of `work` in seconds, after one call that is not counted."""
    work()
    taken_s = []
    for _ in range(times):
        start_s = time.perf_counter()
        work()
        taken_s.append(time.perf_counter() - start_s)
    return statistics.median(taken_s)
