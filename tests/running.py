"""Run the app as a person would: a process of its own, a data folder of its own, a free port."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ADDRESS = re.compile(r"Openback is at (https?://127\.0\.0\.1:\d+)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running app: `url` has no slash at its end; `process` is ours to stop."""

    url: str
    data_dir: Path
    process: subprocess.Popen[bytes]


@contextmanager
def openback_server(
    data_dir: Path,
    *arguments: str,
    command: Sequence[str] = (sys.executable, "-m", "openback"),
    environment: Mapping[str, str] | None = None,
    within_s: float = 60,
) -> Iterator[Server]:
    """Yield a running app on `data_dir`, and stop it afterwards, by its own id."""
    own = (
        {k: v for k, v in os.environ.items() if k != "OPENBACK_DATABASE"}
        if environment is None
        else environment
    )
    said = data_dir / "server.log"
    with said.open("wb") as log:
        process = subprocess.Popen(
            [*command, *arguments, "--no-browser", "--port", "0"],
            env={**own, "OPENBACK_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"},
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    try:
        yield Server(url=_address(process, said, within_s), data_dir=data_dir, process=process)
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, and end it when it does not."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=10)


def _address(process: subprocess.Popen[bytes], said: Path, within_s: float) -> str:
    until_s = time.monotonic() + within_s
    while time.monotonic() < until_s:
        found = ADDRESS.search(said.read_text(errors="replace"))
        if found is not None:
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"Openback did not start. It said:\n{said.read_text(errors='replace')}")
