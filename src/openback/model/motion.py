"""Body landmarks and what is told from them: the values between camera, motion engine and pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from openback.model.exercise import Severity

Floats = npt.NDArray[np.float64]
BodySide = Literal["left", "right", "both", "difference"]
Phase = Literal["away", "rest", "start", "lift", "peak", "lower"]
ViewName = Literal["front", "back", "side", "oblique", "unknown"]

# The 33 points of the pose model, in its order; left and right are the person's own.
LANDMARKS: Final = (
    "nose",
    *("left_eye_inner", "left_eye", "left_eye_outer"),
    *("right_eye_inner", "right_eye", "right_eye_outer"),
    *("left_ear", "right_ear", "mouth_left", "mouth_right"),
    *("left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist"),
    *("left_pinky", "right_pinky", "left_index", "right_index", "left_thumb", "right_thumb"),
    *("left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle"),
    *("left_heel", "right_heel", "left_foot_index", "right_foot_index"),
)  # fmt: skip
INDEX: Final[Mapping[str, int]] = {name: number for number, name in enumerate(LANDMARKS)}
_LEFT_SHOULDER: Final = INDEX["left_shoulder"]
# Bones that a page draws between landmarks.
CONNECTIONS: Final = tuple(
    (INDEX[a], INDEX[b])
    for a, b in (
        ("left_shoulder", "right_shoulder"),
        ("left_hip", "right_hip"),
        *(
            (f"{side}_{a}", f"{side}_{b}")
            for side in ("left", "right")
            for a, b in (
                ("ear", "shoulder"),
                ("shoulder", "elbow"),
                ("elbow", "wrist"),
                ("wrist", "index"),
                ("shoulder", "hip"),
                ("hip", "knee"),
                ("knee", "ankle"),
                ("ankle", "foot_index"),
            )
        ),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LandmarkFrame:
    """One moment of one person, as a pose model tells it. All NaN when nobody was found.

    `image_px` (33, 2): x to the right, y down, in square pixels of a picture of `width_px` by `height_px`.
    `depth_px` (33,): away from the camera relative to the hips, about in pixels.
    `world_m` (33, 3): metres from the middle of the hips along the camera's axes: x right, y down, z away.
    `visibility` (33,): 0 to 1. `t_s` is the frame's own time stamp, rising.
    """

    t_s: float
    image_px: Floats
    depth_px: Floats
    world_m: Floats
    visibility: Floats
    width_px: int
    height_px: int

    @property
    def found(self) -> bool:
        """Whether somebody was found."""
        return isfinite(self.image_px.item(_LEFT_SHOULDER, 0))


def nobody(t_s: float, width_px: int, height_px: int) -> LandmarkFrame:
    """Return a frame in which nobody was found."""
    return LandmarkFrame(
        t_s=t_s,
        image_px=np.full((33, 2), np.nan),
        depth_px=np.full(33, np.nan),
        world_m=np.full((33, 3), np.nan),
        visibility=np.full(33, np.nan),
        width_px=width_px,
        height_px=height_px,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """From where the camera sees the body. `yaw_deg` is where the camera stands around the body:
    0 before it, 90 at its left, -90 at its right, 180 behind; NaN when it cannot be told.
    """

    name: ViewName
    yaw_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultSeen:
    """A fault in one rep, beyond its limit. `rep` is None for one of the whole set."""

    id: str
    severity: Severity
    rep: int | None
    at_s: float
    value: float
    limit: float
    unit: str
    cue: str
    side: BodySide = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotTell:
    """A fault that cannot be told from here: why, and what would help."""

    id: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepReport:
    """One rep. `range` is in the unit of the exercise's rep measure, `range_share` over the person's full range.

    A partial came part of the way; it has `n` None and is not counted. Times are of the clip, in seconds.
    `peak_speed_per_s` is in full ranges a second; `side` is the working side of a one-sided exercise.
    """

    n: int | None
    start_s: float
    peak_s: float
    end_s: float
    range: float
    range_share: float
    lift_s: float
    hold_s: float
    lower_s: float
    peak_speed_per_s: float
    side: BodySide = "both"
    faults: tuple[str, ...] = ()

    @property
    def partial(self) -> bool:
        """Whether the movement went only part of the way."""
        return self.n is None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldReport:
    """One time in a pose, from reaching it to leaving it."""

    start_s: float
    end_s: float
    side: BodySide = "both"
    faults: tuple[str, ...] = ()

    @property
    def held_s(self) -> float:
        """How long it was held, in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Reps in reserve at the end of a set, with the band that holds four times in five."""

    reps: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What exercise it may be; `exercise` is None for none of those we know. `confidence` is 0 to 1."""

    exercise: str | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSummary:
    """What a measure did over the moving part of a set; NaN when it could not be told."""

    min: float
    max: float
    mean: float
    unit: str


# --- Events: what the engine says, frame by frame --------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBegan:
    """A phase began."""

    t_s: float
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class RepDone:
    """A rep or a partial ended."""

    t_s: float
    rep: RepReport


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldDone:
    """A pose was left."""

    t_s: float
    hold: HoldReport


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultTold:
    """A fault was seen, not yet spoken."""

    t_s: float
    fault: FaultSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Something to say now: one at a time, danger at once, or praise when a fault went away."""

    t_s: float
    text: str
    kind: Literal["danger", "form", "praise"]
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewChanged:
    """The camera's view, or what cannot be told from it, changed."""

    t_s: float
    view: View
    cannot_tell: tuple[CannotTell, ...]


Event = PhaseBegan | RepDone | HoldDone | FaultTold | Cue | ViewChanged


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReport:
    """What the engine made of one set.

    `pose_found` is the share of frames with somebody in them, 0 to 1. `recognised` has the likeliest first.
    `another` is the exercise it rather was, when it was another than asked for; then nothing is graded.
    """

    exercise: str | None
    frames: int
    duration_s: float
    fps: float
    pose_found: float
    view: View
    reps: tuple[RepReport, ...] = ()
    partials: tuple[RepReport, ...] = ()
    holds: tuple[HoldReport, ...] = ()
    faults: tuple[FaultSeen, ...] = ()
    cannot_tell: tuple[CannotTell, ...] = ()
    measures: Mapping[str, MeasureSummary] = field(default_factory=dict)
    reserve: Reserve | None = None
    speed_loss: float | None = None
    recognised: tuple[Guess, ...] = ()
    another: str | None = None
