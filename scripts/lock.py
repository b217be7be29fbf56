"""Write requirements/*.txt: every package, its version and its hashes, and nobody's address.

The locks hold for Linux, macOS and Windows and for every Python we support, so one file of a kind
is enough. The tool that resolves them has an environment of its own in `.make/lock`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

from scripts.system import ROOT

UV: Final = "uv>=0.9,<1"
TOOLS: Final = ROOT / ".make" / "lock-tools"
LOCKS: Final[dict[str, tuple[str, ...]]] = {
    "app": ("--extra", "video", "--group", "build"),
    "dev": ("--extra", "video", "--extra", "postgresql", "--extra", "cluster", "--group", "dev"),
}


def main(*, upgrade: bool) -> None:
    """Resolve every lock; versions stay as they are unless `upgrade`."""
    uv = TOOLS / ("Scripts" if os.name == "nt" else "bin") / "uv"
    if not uv.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(TOOLS)], check=True)
        subprocess.run([str(uv.with_name("python")), "-m", "pip", "install", "-q", UV], check=True)
    for name, wanted in LOCKS.items():
        # Both locks agree on versions: the second is resolved with the first as its constraint.
        agree = ("--constraints", "requirements/app.txt") if name != "app" else ()
        subprocess.run(
            [
                str(uv),
                *("pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11"),
                *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate"),
                *("--custom-compile-command", "make lock"),
                *(("--upgrade",) if upgrade else ()),
                *wanted,
                *agree,
                *("--output-file", f"requirements/{name}.txt"),
            ],
            cwd=ROOT,
            check=True,
        )


if __name__ == "__main__":
    main(upgrade="--upgrade" in sys.argv)
