"""What pages, the API and the command line show of posture checks: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from openback.model.journal import MeasuredBy
from openback.model.posture import Shot

# Before there is enough, no change that could be believed, or one that could.
TrendVerdict = Literal["too_early", "no_change", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureReadingView:
    """One measure of a check: `value` in degrees with the 80 % band, and what it means in words.

    `smallest_change` is the smallest change from one check to the next that is worth believing. `marked` says that
    the whole band lies beyond what a body usually does (`usual`, lower and upper, a project default).
    """

    id: str
    name: str
    what: str  # what is measured, in one sentence
    value: float
    low: float
    high: float
    frames: int
    said: str
    smallest_change: float
    usual: tuple[float, float]
    marked: bool
    unit: str = "deg"
    by_shot: Mapping[Shot, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureUntoldView:
    """A measure that could not be told, and why."""

    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureProblemView:
    """Why the pictures of one shot were of no use; `said` is the one sentence on what to change.

    `shot` is None for a photo that does not show from where it was taken; `photo` is the name of its file.
    """

    shot: Shot | None
    problem: str
    said: str
    photo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PosturePoint:
    """One check in the course of a measure."""

    id: UUID
    at: datetime
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureTrendLine:
    """A measure over weeks, oldest check first.

    `change` is from the first weeks to the last ones with its 80 % band, None while there is nothing to compare;
    `smallest_change` is the smallest one that is worth believing, for as many checks as there are.
    """

    id: str
    name: str
    points: tuple[PosturePoint, ...]
    verdict: TrendVerdict
    said: str
    smallest_change: float
    unit: str = "deg"
    change: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def changed(self) -> bool:
        """Whether there is a change that is worth believing."""
        return self.verdict == "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureView:
    """One posture check. `id` is None when it was not kept; `headline` is one sentence on the whole of it."""

    id: UUID | None
    at: datetime
    by: MeasuredBy
    headline: str
    readings: tuple[PostureReadingView, ...]
    untold: tuple[PostureUntoldView, ...] = ()
    problems: tuple[PostureProblemView, ...] = ()
    c7: PostureReadingView | None = None
    cautions: tuple[str, ...] = ()  # sentences: what may have moved a reading
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureTrendView:
    """Every measure over weeks, and the checks themselves, latest first."""

    said: str
    lines: tuple[PostureTrendLine, ...] = ()
    checks: tuple[PostureView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureAnswer:
    """What comes of a check: the check itself and the trend, with it when it was kept.

    `undo` takes a kept check back; None when nothing was kept.
    """

    check: PostureView
    trend: PostureTrendView
    kept: bool
    undo: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PosturePhoto:
    """One photo of a check, and from where it was taken; None when that cannot be told."""

    name: str
    shot: Shot | None
    used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PosturePhotos:
    """A check of photos, and what each photo was taken for."""

    check: PostureView
    photos: tuple[PosturePhoto, ...]
