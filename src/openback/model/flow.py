"""A flow: poses and raises in a row with their breaths, led from the first to the last without hands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from openback.model.log import Side

FlowKind = Literal["break", "stretch", "yoga"]
FlowPart = Literal["arrive", "stretch", "tone", "settle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breath:
    """How long one breath of a flow takes."""

    in_s: float
    out_s: float

    @property
    def whole_s(self) -> float:
        """Seconds of one breath."""
        return self.in_s + self.out_s


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowStep:
    """One side of one exercise, or a rest (`exercise` is empty): `ready_s` to get there, then `seconds` of it.

    `breaths` for what is held, `reps` for what moves; a rest has breaths. `says` is spoken on the way there.
    """

    exercise: str
    part: FlowPart
    side: Side
    ready_s: float
    seconds: float
    breaths: int | None
    reps: int | None
    says: str
    instead: tuple[str, ...] = ()  # exercises that may take its place, the best first

    @property
    def whole_s(self) -> float:
        """Seconds with the way there."""
        return self.ready_s + self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A flow as its file has it. `evidence` says what is known of it, and what is not."""

    id: str
    name: str
    kind: FlowKind
    minutes: int
    place: Literal["desk", "mat"]
    summary: str
    evidence: str
    sources: tuple[str, ...]
    breath: Breath
    steps: tuple[FlowStep, ...]

    @property
    def whole_s(self) -> float:
        """Seconds from beginning to end."""
        return sum(step.whole_s for step in self.steps)
