"""A PostgreSQL server for the length of a test run: its own folder, its own port, 127.0.0.1 only."""

from __future__ import annotations

import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.system import is_root

# Nothing here outlives the run, so nothing has to reach the disk.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")


@contextmanager
def postgres_cluster(programs: Path) -> Iterator[str]:
    """Yield the address of a fresh server, as `postgresql+psycopg://…/postgres`, and stop it afterwards."""
    home = Path(tempfile.mkdtemp(prefix="openback-pg-"))
    user = _other_user()
    if user is not None:
        shutil.chown(home, user)
    port = _free_port()
    data = home / "data"

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / program), *arguments],
            cwd=home,
            user=user,
            extra_groups=None if user is None else [],
            check=True,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )

    try:
        run(
            "initdb",
            "-D",
            str(data),
            "-U",
            "openback",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "-N",
        )
        options = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={home}", *SETTINGS]
        log = ("-l", str(home / "log"), "-t", "60")
        run("pg_ctl", "-D", str(data), *log, "-w", "-o", " ".join(f"-c {o}" for o in options), "start")
        try:
            yield f"postgresql+psycopg://openback@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _other_user() -> str | None:
    # PostgreSQL will not run as root.
    if not is_root():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
