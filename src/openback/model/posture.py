"""A posture check before it is kept: pictures from four sides, what was told from them and what stood in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from openback.model.motion import LandmarkFrame

# From where the camera sees the body; "left" and "right" are the person's own: their left or right side is seen.
Shot = Literal["front", "right", "back", "left"]
SHOTS: Final[tuple[Shot, ...]] = get_args(Shot)
# What makes a picture useless, in the order in which it is told.
Problem = Literal["nobody", "two_people", "too_dark", "half_body", "too_far", "wrong_view", "too_few"]
PROBLEMS: Final[tuple[Problem, ...]] = get_args(Problem)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SeenFrame:
    """A frame, and what only the picture itself tells.

    `people` is how many were found in it; `brightness` its mean, 0 black to 1 white, None when not known.
    """

    frame: LandmarkFrame
    people: int = 1
    brightness: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class C7Mark:
    """Where somebody marked the seventh neck bone on a picture from the side: shares of its width and height."""

    shot: Shot
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotProblem:
    """Why the pictures of one shot were of no use."""

    shot: Shot
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureTold:
    """One measure in degrees, with its 80 % band, the number of frames, and its value from each shot alone."""

    value: float
    low: float
    high: float
    frames: int
    by_shot: Mapping[Shot, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureFound:
    """What the pictures told. What could not be told is missing in `readings`, and `untold` says why.

    `c7` is the angle between the level and the line from the marked C7 to the ears. `roll_deg` is by how much the
    camera stood crooked, clockwise positive, None unless a pair of opposite shots tells it. `cautions` are ids.
    """

    readings: Mapping[str, PostureTold]
    untold: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[ShotProblem, ...] = ()
    c7: PostureTold | None = None
    roll_deg: float | None = None
    cautions: tuple[str, ...] = ()
