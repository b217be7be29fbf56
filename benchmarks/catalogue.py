"""How long a first answer takes from a cold start: reading and checking the exercise files is most of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from benchmarks import Figure, median_s
from openback.catalogue import load_catalogue


def run() -> Sequence[Figure]:
    """Return the wall time of `openback exercises --json` in a process of its own, in seconds."""
    command = [sys.executable, "-m", "openback", "exercises", "--json"]
    took_s = median_s(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
    count = len(load_catalogue().exercises)
    return [
        Figure(name="openback exercises, cold", value=took_s, unit="s", at_most=2, note=f"{count} exercises")
    ]
