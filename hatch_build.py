"""Build the browser's files before the sdist and the wheel, so that whoever installs needs no Node.

Run by hand (`python hatch_build.py`, which `make assets` does) it does the same.
Whether a build is still good is told by content and never by time stamps: every file of an sdist
carries the same one.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
DIST = Path("src/openback/web/static/dist")
OLDEST_NODE = 20

# Everything that the build reads, below frontend/. The tests are not part of it.
READ = (
    ".npmrc",
    "icons.json",
    "licences",
    "package-lock.json",
    "package.json",
    "scripts",
    "src",
    "tsconfig.json",
    "vendor.json",
)
# Everything that the skin of the moving figure is made from, below src/openback/.
BODY = DIST / "body"
BODY_READ = (
    "data/body.toml",
    "model/figure.py",
    *(
        f"motion/figure/{n}.py"
        for n in ("body_build", "body_ends", "body_file", "body_shape", "mesh", "modeller")
    ),
    *(f"motion/figure/{n}.py" for n in ("regions", "skin", "surface", "weights")),
    *(f"motion/skeleton/{n}.py" for n in ("kinematics", "rotations")),
)


class AssetsNotBuilt(Exception):
    """The browser's files cannot be built here; the sentence says what to do."""


class AssetsHook(BuildHookInterface[Any]):
    """Puts fresh assets into what is being built; an editable install is left alone."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the assets, unless this is an editable install, whose person may have no Node."""
        if version != "editable":
            build_assets(Path(self.root))


def sources_sha256(root: Path) -> str:
    """Return the SHA-256 of names and contents of everything that the build reads, as hex."""
    digest = hashlib.sha256()
    frontend = root / "frontend"
    for path in sorted(_files(frontend), key=lambda p: p.relative_to(frontend).as_posix()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(frontend).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(frontend: Path) -> Iterator[Path]:
    for name in READ:
        path = frontend / name
        found = path.rglob("*") if path.is_dir() else (path,)
        # Hidden files in folders are leftovers of editors and file managers.
        yield from (f for f in found if f.is_file() and (f.parent == frontend or not f.name.startswith(".")))


def body_sha256(root: Path) -> str:
    """Return the SHA-256 of everything that the figure's skin is made from, as hex."""
    digest = hashlib.sha256()
    for name in BODY_READ:
        digest.update(f"{name}\0".encode())
        digest.update((root / "src" / "openback" / name).read_bytes())
    return digest.hexdigest()


def is_fresh(root: Path) -> bool:
    """Return whether the built assets belong to the sources as they are now."""
    stamp = root / DIST / ".sources.sha256"
    return stamp.is_file() and stamp.read_text().strip() == sources_sha256(root) and body_is_fresh(root)


def body_is_fresh(root: Path) -> bool:
    """Return whether the figure's skin belongs to its sources; there is none where there are no sources."""
    if not (root / "src" / "openback" / BODY_READ[0]).is_file():
        return True
    stamp = root / BODY / ".sources.sha256"
    return stamp.is_file() and stamp.read_text().strip() == body_sha256(root)


def build_assets(root: Path) -> bool:
    """Build the assets if they are missing or out of date, and return whether that was needed.

    Raises AssetsNotBuilt without npm or with an old Node, and when a step does not succeed.
    """
    if is_fresh(root):
        return False
    stamp = root / DIST / ".sources.sha256"
    wanted = sources_sha256(root)
    if not stamp.is_file() or stamp.read_text().strip() != wanted:
        _build_scripts(root)
        stamp.write_text(wanted + "\n")
    if not body_is_fresh(root):
        _build_body(root)
    return True


def _build_scripts(root: Path) -> None:
    npm = install_packages(root)
    for step in ("check", "build"):
        _npm(npm, root, "run", "--silent", step)


def _build_body(root: Path) -> None:
    """Make the figure's skin: half a minute of NumPy, in a process that sees only the sources."""
    wanted = body_sha256(root)
    command = [sys.executable, "-m", "openback.motion.figure.body_build", str(root / BODY)]
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(command, cwd=root, env=environment, stdout=sys.stderr, check=False)
    if done.returncode != 0:
        message = (
            f"The figure's skin could not be made: status {done.returncode}; what went wrong stands above."
        )
        raise AssetsNotBuilt(message)
    (root / BODY / ".sources.sha256").write_text(wanted + "\n")


def install_packages(root: Path) -> str:
    """Bring frontend/node_modules to what the lock file says, and return where npm is."""
    npm = _find_npm()
    lock = root / "frontend" / "package-lock.json"
    stamp = root / "frontend" / "node_modules" / ".openback.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text().strip() != wanted:
        _npm(npm, root, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        stamp.write_text(wanted + "\n")
    return npm


def _find_npm() -> str:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        message = (
            "The browser's files are missing or out of date, and Node is not on PATH: "
            f"install Node {OLDEST_NODE} or newer with npm, then run this again."
        )
        raise AssetsNotBuilt(message)
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.match(r"v(\d+)\.", said)
    if number is None or int(number[1]) < OLDEST_NODE:
        message = f"Node says it is {said.strip() or 'unknown'}; Openback builds with {OLDEST_NODE} or newer."
        raise AssetsNotBuilt(message)
    return npm


def _npm(npm: str, root: Path, *arguments: str) -> None:
    # Everything that npm says goes to standard error: standard output belongs to the build's front end.
    done = subprocess.run([npm, *arguments], cwd=root / "frontend", stdout=sys.stderr, check=False)
    if done.returncode != 0:
        message = f"`npm {' '.join(arguments)}` in frontend/ ended with status {done.returncode}; its words are above."
        raise AssetsNotBuilt(message)


def main() -> None:
    """Build the assets; with --packages only bring node_modules up to date, for the checks."""
    if "--packages" in sys.argv:
        install_packages(ROOT)
    elif build_assets(ROOT):
        print(f"Built the browser's files into {DIST.as_posix()}.")


if __name__ == "__main__":
    try:
        main()
    except AssetsNotBuilt as problem:
        sys.exit(str(problem))
