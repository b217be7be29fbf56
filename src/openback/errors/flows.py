"""Errors about flows: breaks, stretches, yoga."""

from __future__ import annotations

from collections.abc import Collection

from openback.errors.base import BadInput
from openback.errors.storage import NotFound


class UnknownFlow(NotFound):
    """A flow id that no file has."""

    def __init__(self, flow_id: str, known: Collection[str]) -> None:
        BadInput.__init__(self, f"No flow is called {flow_id!r}. There are {', '.join(known)}.")
