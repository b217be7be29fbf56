"""Errors about the machine that Openback runs on."""

from __future__ import annotations

from openback.errors.base import BadInput, CouldNot


class PortInUse(CouldNot):
    """Another program listens there, or the address is not ours."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Openback could not listen on {host} port {port}: it is taken or not allowed. "
            "Perhaps it is running already; `openback --port 0` takes a free port."
        )


class BadHostName(BadInput):
    """A name that cannot stand in an address."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} is no name of a machine. Give it alone, as in `--name openback.example.net`, "
            "without https:// and without a port."
        )


class UnreadableFile(BadInput):
    """A file that is not there or may not be read."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path} could not be read: {why}.")
