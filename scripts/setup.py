"""Set up this folder: `python -m scripts.setup app|dev|test`. Called by the Makefile.

Each step remembers, by content, what it was done for, so that doing it again takes no time:
the environment in `.venv/.openback.json`, npm's packages and the browser's files next to themselves.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from scripts.system import (
    ROOT,
    NotHere,
    apt_install,
    need_chromium,
    need_postgres,
    need_video_libraries,
)

VENV: Final = ROOT / ".venv"
STAMP: Final = VENV / ".openback.json"
# Settings that would send packages somewhere else than into our own environment.
ELSEWHERE: Final = (
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
    "PYTHONHOME",
    "PYTHONPATH",
)


def main(goal: str) -> None:
    """Do what `goal` needs: app (run it), dev (work on it), test (everything)."""
    with _alone():
        python = environment("app" if goal == "app" else "dev")
        if goal != "dev":
            need_video_libraries()
            _run([python, "hatch_build.py"])
        if goal == "test":
            print(f"Browser for the tests: {need_chromium(python)}", flush=True)
            need_postgres()


def environment(lock: str) -> str:
    """Return the Python of an environment that holds `requirements/<lock>.txt` and this project."""
    done, wanted = _done(), _wanted(lock)
    python = _python()
    moved = bool(done) and done.get("root") != wanted["root"]
    if moved or not _works(python):
        _make_environment()
        done = {}
    if done.get(lock) != wanted[lock]:
        print(f"Installing what requirements/{lock}.txt locks into .venv …", flush=True)
        _pip("install", "--require-hashes", "-r", f"requirements/{lock}.txt")
    if any(done.get(key) != wanted[key] for key in ("project", "root")):
        # hatchling comes from the lock file: nothing is fetched to build.
        _pip("install", "--no-index", "--no-deps", "--no-build-isolation", "-e", ".")
    STAMP.write_text(json.dumps({**done, **wanted}) + "\n")
    return python


def _wanted(lock: str) -> dict[str, str]:
    names = {"app": ["app"], "dev": ["app", "dev"]}[lock]
    locks = {name: _sha256(ROOT / "requirements" / f"{name}.txt") for name in names}
    return {"root": str(ROOT), "project": _sha256(ROOT / "pyproject.toml"), **locks}


def _done() -> dict[str, str]:
    try:
        read = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in read.items()} if isinstance(read, dict) else {}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _python() -> str:
    return str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def _works(python: str) -> bool:
    check = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _make_environment() -> None:
    print(f"Making .venv with Python {sys.version.split()[0]} …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    make = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(make, capture_output=True, check=False).returncode == 0:
        return
    # Debian ships Python without the part that makes environments.
    apt_install(
        [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"],
        why="Python cannot make environments here.",
    )
    shutil.rmtree(VENV, ignore_errors=True)
    _run(make)


def _pip(*arguments: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ELSEWHERE}
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    _run([_python(), "-m", "pip", *quiet, *arguments], env=environment)


def _run(command: list[str], env: Mapping[str, str] | None = None) -> None:
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode != 0:
        message = f"`{' '.join(command)}` did not work; its words are above."
        raise NotHere(message)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other set-up works in this folder (`make -j`, two terminals)."""
    if os.name == "nt":
        yield
        return
    import fcntl  # noqa: PLC0415 - Windows has none

    (ROOT / ".make").mkdir(exist_ok=True)
    with (ROOT / ".make" / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except NotHere as problem:
        sys.exit(str(problem))
