"""What the person says about a file that is to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from openback.model.history import Unit

Progress = Callable[[int, int], None]  # done and total, in bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the person says about a file. `zone` None is the machine's own."""

    own_unit: Unit
    unit: Unit | None
    zone: tzinfo | None
    now: datetime
    progress: Progress
