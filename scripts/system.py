"""What this machine has, and how to get what it has not: packages, a browser, PostgreSQL, libraries.

Standard library only. Each `find_…` returns a path or None; `NotHere` is one sentence with the
command that helps.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROMIUMS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


class NotHere(Exception):
    """Something this machine lacks; the sentence names the command that gets it."""


def is_root() -> bool:
    """Return whether this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_apt() -> bool:
    """Return whether this is Debian, Ubuntu or a relative of theirs."""
    return Path("/etc/debian_version").is_file() and shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str], *, why: str) -> None:
    """Install Debian packages when root; otherwise raise NotHere with the one command to type."""
    command = f"apt-get install {' '.join(packages)}"
    if not has_apt():
        message = f"{why} Install {' and '.join(packages)} the way your system does it, then run this again."
        raise NotHere(message)
    if not is_root():
        message = f"{why} Run `sudo {command}`, then this again."
        raise NotHere(message)
    print(f"{why} Installing: {command}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ("-o", "DPkg::Lock::Timeout=300")
    # A list that cannot be refreshed is no reason to stop: the old one may do.
    quietly(["apt-get", *wait, "update"], env=environment)
    said = quietly(["apt-get", *wait, "install", "-y", "--no-install-recommends", *packages], env=environment)
    if said is not None:
        message = f"`{command}` did not work. Its last words:\n{said}"
        raise NotHere(message)


def quietly(
    command: Sequence[str], *, env: Mapping[str, str] | None = None, timeout_s: float | None = None
) -> str | None:
    """Run a command and return None when it worked, else the end of what it said."""
    try:
        done = subprocess.run(
            command, env=env, timeout=timeout_s, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
    except subprocess.TimeoutExpired:
        return f"It took longer than {timeout_s:.0f} seconds."
    except OSError as problem:
        return str(problem)
    if done.returncode == 0:
        return None
    return "\n".join(done.stdout.decode(errors="replace").splitlines()[-15:]) or f"Status {done.returncode}."


# --- The browser -------------------------------------------------------------------------------------


def browser_flags() -> list[str]:
    """Return the switches that keep Chromium quiet and at home; root has no sandbox to use."""
    flags = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return ["--no-sandbox", *flags] if is_root() else flags


def find_chromium(python: str = sys.executable) -> str | None:
    """Return a Chromium that starts: `OPENBACK_CHROMIUM`, the system's, or Playwright's own."""
    return next((path for path in _chromiums(python) if _starts(path)), None)


def _chromiums(python: str) -> Iterator[str]:
    named = os.environ.get("OPENBACK_CHROMIUM")
    if named:
        yield named
    yield from filter(None, map(shutil.which, CHROMIUM_NAMES))
    yield from (path for path in MAC_CHROMIUMS if Path(path).is_file())
    ask = "from playwright.sync_api import sync_playwright as p\nwith p() as w: print(w.chromium.executable_path)"
    done = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)
    if done.returncode == 0 and Path(done.stdout.strip()).is_file():
        yield done.stdout.strip()


def _starts(path: str) -> bool:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        own = ["--headless=new", f"--user-data-dir={profile}", "--dump-dom", "about:blank"]
        return quietly([path, *browser_flags(), *own], timeout_s=60) is None


def need_chromium(python: str) -> str:
    """Return a Chromium that starts, after getting one if there is none."""
    found = find_chromium(python)
    if found is not None:
        return found
    print("No Chromium here that starts. Asking Playwright for one.", flush=True)
    downloaded = quietly([python, "-m", "playwright", "install", "chromium"], timeout_s=600) is None
    if downloaded and find_chromium(python) is None and is_root() and has_apt():
        quietly([python, "-m", "playwright", "install-deps", "chromium"], timeout_s=600)
    found = find_chromium(python) if downloaded else None
    if found is not None:
        return found
    apt_install(["chromium", "fonts-liberation"], why="The browser tests need Chromium.")
    found = find_chromium(python)
    if found is None:
        message = "Chromium is installed but does not start: set OPENBACK_CHROMIUM to one that does."
        raise NotHere(message)
    return found


# --- PostgreSQL --------------------------------------------------------------------------------------


def find_postgres() -> Path | None:
    """Return the folder with `initdb` and `pg_ctl`, the newest where there are several."""
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    folders = [
        f for pattern in POSTGRES_FOLDERS for f in Path("/").glob(pattern[1:]) if (f / "initdb").is_file()
    ]
    return max(folders, key=_version, default=None)


def _version(folder: Path) -> float:
    digits = folder.parent.name.rpartition("@")[2]
    return float(digits) if digits.replace(".", "", 1).isdigit() else 0.0


def need_postgres() -> None:
    """Get PostgreSQL's programs when that is possible; otherwise say what its tests would need."""
    if os.environ.get("OPENBACK_TEST_PG") or find_postgres() is not None:
        return
    try:
        apt_install(["postgresql"], why="The storage tests also run on PostgreSQL.")
    except NotHere as problem:
        # SQLite is what the app uses unless told otherwise, so its tests go on without this one.
        print(problem, flush=True)


# --- What reads clips ----------------------------------------------------------------------------------

# The libraries that MediaPipe and OpenCV are linked against, and the packages that Debian has them in.
VIDEO_LIBRARIES = {"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libGLESv2.so.2": "libgles2"}


def missing_video_libraries() -> list[str]:
    """Return the Debian packages of the libraries that are not here; none where the wheels bring their own."""
    if sys.platform != "linux":
        return []
    return [package for library, package in VIDEO_LIBRARIES.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need_video_libraries() -> None:
    """Get what clips are read with when that is possible; otherwise say so, since all else works without."""
    missing = missing_video_libraries()
    if not missing:
        return
    try:
        apt_install(missing, why="Clips and photos are read with the system's graphics libraries.")
    except NotHere as problem:
        print(problem, flush=True)
