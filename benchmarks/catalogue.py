"""How long the exercise files take to read and check: every start of the app and of a command pays it."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks import Figure, median_s
from openback.catalogue import load_catalogue


def run() -> Sequence[Figure]:
    """Return the time to load the whole catalogue, in milliseconds."""
    count = len(load_catalogue().exercises)
    took_ms = median_s(load_catalogue) * 1000
    return [
        Figure(name="load the catalogue", value=took_ms, unit="ms", at_most=1000, note=f"{count} exercises")
    ]
