"""What a person notes down beside their training, and what was measured of their body: one value each.

All of them are kept alike: under their kind and key, at an instant (`KINDS`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MeasuredBy = Literal["camera", "photo", "hand"]
TestSide = Literal["left", "right", "both"]
PhotoPose = Literal["front", "back", "left", "right"]
AwayWhy = Literal["illness", "period", "holiday", "pause"]


# --- Measured ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureReading:
    """One posture measure: the average over `frames` frames with its 80 % band, in degrees, and each shot's own."""

    value: float
    low: float
    high: float
    frames: int
    by_shot: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureCheck:
    """One posture check. `readings` by the name of the measure; what could not be told is missing, and
    `untold` says why. `c7_angle_deg` and its band only where the person marked the C7 point. `cautions` are
    sentences on what may have moved a reading.
    """

    id: UUID
    at: datetime
    by: MeasuredBy
    readings: Mapping[str, PostureReading]
    untold: Mapping[str, str] = field(default_factory=dict)
    c7_angle_deg: float | None = None
    note: str = ""
    c7_low_deg: float | None = None
    c7_high_deg: float | None = None
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTest:
    """One result of a desk test, a side at a time; `unit` is "deg" or "cm". The band is None when told by hand."""

    id: UUID
    at: datetime
    test: str
    side: TestSide
    value: float
    unit: str
    by: MeasuredBy
    low: float | None = None
    high: float | None = None
    note: str = ""


# --- Noted ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PainNote:
    """How much one place of the body hurts, 0 to 10, and the signs that go with it (ids of `data/pain.toml`)."""

    id: UUID
    at: datetime
    place: str
    level: int
    signs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowDone:
    """A flow (desk break, stretch, yoga) that was done: how long, and the seconds held in each exercise."""

    id: UUID
    at: datetime  # when it ended
    flow: str
    planned_s: float
    done_s: float
    held_s: Mapping[str, float] = field(default_factory=dict)
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Days on which nobody should expect training: from the first to the last, both included.

    `last_on` is None while it goes on.
    """

    id: UUID
    first_on: date
    why: AwayWhy
    last_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleNote:
    """What somebody noted of their cycle on a day: bleeding (0 none to 3 heavy), and how they felt."""

    on: date
    bleeding: int | None = None
    signs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCard:
    """One card of the inspiration board: words, a picture of their own (its id among the photos), or both."""

    id: UUID
    at: datetime
    words: str = ""
    picture: UUID | None = None
    place: int = 0  # from the first card on


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A progress photo. The picture and its landmarks lie encrypted in a file named after the id.

    `board` marks a picture of the inspiration board.
    """

    id: UUID
    at: datetime
    pose: PhotoPose
    width_px: int
    height_px: int
    blurred: bool = True
    board: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReached:
    """One of the thirty steps, and the day it was reached; what was reached stays reached."""

    step: str
    on: date
    shown: bool = False  # it was celebrated on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachedSet:
    """What the live coach told of one logged set, under the set's own id: the set itself keeps no faults.

    `faults` are those that were seen, `untold` those that could not be told from where the camera stood.
    """

    id: UUID
    at: datetime
    exercise: str
    faults: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """When to remind of breaks and of sessions. Minutes count from midnight, local time."""

    break_days: tuple[int, ...] = (0, 1, 2, 3, 4)  # Monday is 0
    from_minute: int = 9 * 60
    to_minute: int = 17 * 60
    every_minutes: int = 60
    breaks: bool = False  # in the calendar
    notify: bool = False  # in the browser, while a page of ours is open
    session_minute: int = 18 * 60  # when a session starts in the calendar
    alarm: bool = True  # the calendar rings before a session
    alarm_minutes: int = 30  # ahead of it
    feed_token: str = ""  # the secret part of the calendar's address, empty before there is one


# --- How each is kept -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKind:
    """How values of one type are kept: the name of the kind, the key of a value, its instant."""

    value: type[DataclassInstance]
    called: str  # to a person, as in "this note cannot be taken back"
    key: Callable[[Any], str]
    at: Callable[[Any], datetime]


def _by_id(value: type[DataclassInstance], called: str) -> EntryKind:
    return EntryKind(value=value, called=called, key=lambda one: str(one.id), at=lambda one: one.at)


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=UTC)


_START: Final = datetime(2000, 1, 1, tzinfo=UTC)

KINDS: Final[Mapping[str, EntryKind]] = {
    "posture_check": _by_id(PostureCheck, "posture check"),
    "desk_test": _by_id(DeskTest, "test"),
    "pain_note": _by_id(PainNote, "note"),
    "flow_done": _by_id(FlowDone, "flow"),
    "away": EntryKind(
        value=Away, called="pause", key=lambda one: str(one.id), at=lambda one: _noon(one.first_on)
    ),
    "cycle_note": EntryKind(
        value=CycleNote, called="note", key=lambda one: one.on.isoformat(), at=lambda one: _noon(one.on)
    ),
    "board_card": _by_id(BoardCard, "card"),
    "photo": _by_id(Photo, "photo"),
    "step_reached": EntryKind(
        value=StepReached, called="step", key=lambda one: one.step, at=lambda one: _noon(one.on)
    ),
    "coached_set": _by_id(CoachedSet, "coached set"),
    "reminders": EntryKind(
        value=Reminders, called="reminder", key=lambda _: "reminders", at=lambda _: _START
    ),
}
KIND_OF: Final[Mapping[type, str]] = {kind.value: name for name, kind in KINDS.items()}
