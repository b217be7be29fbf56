"""What was done: sessions and sets, as they are logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

Side = Literal["left", "right", "both"]
SetKind = Literal["warm_up", "work", "drop"]

FLOW_SOURCE: Final = "flow"  # of a session that is the sets of a flow: a desk break, yoga


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLog:
    """One set. `id` is made by the client (UUIDv7), so that sending it twice changes nothing.

    `load_kg` per hand for dumbbells, total for a bar, the stack's number for a machine, the help for
    an assisted pull-up, added mass for body-weight exercises; None when unknown.
    Either `reps` or `hold_s` is set. `rir` is reps in reserve, None when not told. `pain` is 0 to 10.
    `at` is aware, in UTC.
    """

    id: UUID
    session_id: UUID
    exercise: str
    at: datetime
    side: Side = "both"
    kind: SetKind = "work"
    load_kg: float | None = None
    band: str | None = None
    reps: int | None = None
    hold_s: float | None = None
    rir: float | None = None
    pain: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLog:
    """One session as it was done. `ended_at` is None while it goes on.

    `week` and `day` point into the programme, None for a free or imported session.
    `source` names the app it came from, empty for Openback itself, FLOW_SOURCE for the sets of a flow.
    `swaps` maps a planned exercise to the one done instead ("" leaves it out); `added` are exercises
    beyond the plan, in their order.
    """

    id: UUID
    started_at: datetime
    ended_at: datetime | None = None
    title: str = ""
    place: str = ""
    note: str = ""
    week: int | None = None
    day: int | None = None
    source: str = ""
    swaps: Mapping[str, str] = field(default_factory=dict)
    added: tuple[str, ...] = ()

    @property
    def is_flow(self) -> bool:
        """Whether it only holds the sets of a flow: they count for the muscles, and it is no session of training."""
        return self.source == FLOW_SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class MassLog:
    """Body mass on a day."""

    at: datetime
    mass_kg: float
