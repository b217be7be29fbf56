"""The live coach with many athletes: one server process on one core, the athletes on another where there is one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from benchmarks import Figure
from benchmarks.athletes import LATE_MS, RATE_HZ, Ramp, Stage
from openback.catalogue import load_catalogue
from openback.motion.engine import Known, SetWatcher
from openback.motion.synthesis import SetPlan, made_set
from openback.services.clips import gradable

WANTED: Final = 100
_STEP, _MOST = 20, 240
_STAGE_S, _WITHIN_S = 2.0, 42.0
_ENGINE_EXERCISES: Final = ("wide_grip_lat_pulldown", "one_arm_dumbbell_row", "dumbbell_shrug")


def run() -> Sequence[Figure]:
    """Return how many athletes one process takes, how long they wait, and what a frame costs."""
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as (pid, port):
        _pinned(pid, 0)
        stages = _stages(pid, port)
    return [*_of_stages(stages), _engine()]


def _of_stages(stages: Sequence[Stage]) -> list[Figure]:
    held = [one for one in stages if one.p95_ms <= LATE_MS]
    most = max((one.athletes for one in held), default=0)
    at = [one for one in stages if one.athletes == WANTED]
    best = min(at, key=lambda one: one.p95_ms, default=None)
    calm = max(
        (one for one in stages if one.dropped_share < 0.01), key=lambda one: one.athletes, default=None
    )
    load = f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if _HAS_LOAD else ""
    return [
        Figure(
            name=f"athletes at {RATE_HZ} frames a second, 95 % of answers within {LATE_MS} ms",
            value=most,
            unit="",
            note=f"{WANTED} asked for; {load}; steps of {_STEP}, {_MOST} at most",
        ),
        Figure(
            name=f"95th percentile of an answer, {WANTED} athletes",
            value=best.p95_ms if best else float("inf"),
            unit="ms",
            at_most=LATE_MS,
            note=f"median {best.p50_ms:.1f} ms, {best.dropped_share:.2%} of frames dropped" if best else load,
        ),
        Figure(
            name="athletes of whom fewer than 1 % of frames are dropped",
            value=calm.athletes if calm else 0,
            unit="",
            note="above it a frame that waits gives way to the next, so that answers stay quick",
        ),
        Figure(
            name="server, one frame",
            value=calm.server_us if calm else float("nan"),
            unit="us",
            at_most=1e6 / RATE_HZ / WANTED,
            note=f"processor time of socket, engine and answer before frames are dropped; the limit is what {WANTED} athletes leave on one core",
        ),
    ]


def _engine() -> Figure:
    """Return what the engine takes for a frame, in processor time, with nothing around it."""
    catalogue = load_catalogue()
    known = Known(others=gradable(catalogue))
    best_s = [float("inf")] * len(_ENGINE_EXERCISES)
    for number, name in enumerate(_ENGINE_EXERCISES):
        exercise = catalogue.exercises[name]
        frames = tuple(made_set(exercise, SetPlan(reps=4, yaw_deg=60, fps=RATE_HZ), 1).frames)
        for _ in range(3):
            watcher, began_s = SetWatcher(exercise, known=known), time.process_time()
            for frame in frames:
                watcher.push(frame)
            best_s[number] = min(best_s[number], (time.process_time() - began_s) / len(frames))
    return Figure(
        name="engine, one frame",
        value=1e6 * sum(best_s) / len(best_s),
        unit="us",
        at_most=200,
        note="processor time, mean of three exercises, best of three runs each",
    )


def _stages(pid: int, port: int) -> list[Stage]:
    how = Ramp(port=port, pid=pid, step=_STEP, least=WANTED, most=_MOST, stage_s=_STAGE_S, within_s=_WITHIN_S)
    command = [sys.executable, "-m", "benchmarks.athletes", json.dumps(asdict(how))]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as athletes:
        _pinned(athletes.pid, 1)
        said, _ = athletes.communicate(timeout=_WITHIN_S + 60)
    return [Stage(**one) for one in json.loads(said)]


@contextmanager
def _server(folder: Path) -> Iterator[tuple[int, int]]:
    """Yield the process and the port of a real server on an empty data folder."""
    environment = {key: value for key, value in os.environ.items() if key != "OPENBACK_DATABASE"}
    command = [sys.executable, "-m", "openback", "--no-browser", "--port", "0", "--json"]
    with subprocess.Popen(
        command, env={**environment, "OPENBACK_DATA_DIR": str(folder)}, stdout=subprocess.PIPE
    ) as server:
        try:
            assert server.stdout is not None  # noqa: S101 - asked for above
            said = b""
            while b"}" not in said:
                said += server.stdout.readline()
            yield server.pid, urlsplit(json.loads(said)["address"]).port or 0
        finally:
            server.terminate()


_HAS_LOAD: Final = hasattr(os, "getloadavg")


def _pinned(pid: int, core: int) -> None:
    """Keep a process to one core, where the system allows it and there are two."""
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
    if len(cores) > 1:
        os.sched_setaffinity(pid, {cores[core]})
