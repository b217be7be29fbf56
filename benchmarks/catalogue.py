"""How long a first answer takes from a cold start: reading and checking the exercise files is most of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from benchmarks import Figure, median_s
from openback.catalogue import load_catalogue
from openback.catalogue.files import read_all
from openback.catalogue.load import catalogue_of


def run() -> Sequence[Figure]:
    """Return the wall time of `openback exercises --json` in a process of its own, and of checking the files, in s."""
    command = [sys.executable, "-m", "openback", "exercises", "--json"]
    took_s = median_s(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
    count = len(load_catalogue().exercises)
    raw = read_all(None)
    checked_s = median_s(lambda: catalogue_of(raw))
    return [
        Figure(name="openback exercises, cold", value=took_s, unit="s", at_most=2, note=f"{count} exercises"),
        Figure(name="all files checked and built", value=checked_s, unit="s", at_most=0.15),
    ]
