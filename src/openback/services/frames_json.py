"""Frames of landmarks as JSON: what pages and programs send of pictures that they looked at themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Final, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from openback.errors import BadFrames
from openback.model.motion import LandmarkFrame, nobody
from openback.model.posture import SeenFrame

POINTS: Final = 33
# More than a take of a minute has; a body of the API's size limit holds a few hundred.
MOST_FRAMES: Final = 2_000
_LARGEST_PX: Final = 16_384  # more than any camera has
_FAR_PX: Final = 1e5  # a joint may lie outside the picture, but never so far
_FAR_M: Final = 50.0

Place = Annotated[float, Field(ge=-_FAR_PX, le=_FAR_PX)]
Metres = Annotated[float, Field(ge=-_FAR_M, le=_FAR_M)]
Pixels = Annotated[int, Field(ge=1, le=_LARGEST_PX)]


class FrameJson(BaseModel):
    """One moment of one person: 33 points in the picture and in metres, as the pose model gives them.

    Leave out `image`, `world` and `visibility` when nobody was found.
    """

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    t_s: Annotated[float, Field(ge=0, le=1e9)]
    width: Pixels
    height: Pixels
    image: Annotated[list[tuple[Place, Place, Place]], Field(max_length=POINTS)] | None = None
    world: Annotated[list[tuple[Metres, Metres, Metres]], Field(max_length=POINTS)] | None = None
    visibility: Annotated[list[Annotated[float, Field(ge=0, le=1.001)]], Field(max_length=POINTS)] | None = (
        None
    )
    people: Annotated[int, Field(ge=0, le=100)] = 1
    brightness: Annotated[float, Field(ge=0, le=1)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        parts = [self.image, self.world, self.visibility]
        if any(part not in (None, []) for part in parts) and any(
            part is None or len(part) != POINTS for part in parts
        ):
            message = f"image, world and visibility have {POINTS} points each, or are left out together"
            raise ValueError(message)
        return self

    def value(self) -> SeenFrame:
        """Return the frozen value."""
        frame = self._frame()
        return SeenFrame(frame=frame, people=self.people if frame.found else 0, brightness=self.brightness)

    def _frame(self) -> LandmarkFrame:
        if not (self.image and self.world and self.visibility) or self.people == 0:
            return nobody(self.t_s, self.width, self.height)
        image = np.array(self.image, dtype=np.float64)
        return LandmarkFrame(
            t_s=self.t_s,
            image_px=image[:, :2],
            depth_px=image[:, 2],
            world_m=np.array(self.world, dtype=np.float64),
            visibility=np.minimum(np.array(self.visibility, dtype=np.float64), 1.0),
            width_px=self.width,
            height_px=self.height,
        )


def frames_from_json(given: Sequence[FrameJson | Mapping[str, object]]) -> tuple[SeenFrame, ...]:
    """Return frames as the app knows them, in the order of their times; `one.frame` is the LandmarkFrame.

    Raises BadFrames with every problem at once.
    """
    if len(given) > MOST_FRAMES:
        raise BadFrames([f"there are {len(given):,} of them, and {MOST_FRAMES:,} are the most at once"])
    seen: list[SeenFrame] = []
    problems: list[str] = []
    for number, one in enumerate(given, 1):
        try:
            seen.append((one if isinstance(one, FrameJson) else FrameJson.model_validate(one)).value())
        except ValidationError as error:
            problems += [
                _said(number, problem["loc"], problem["msg"].removeprefix("Value error, "))
                for problem in error.errors()
            ]
    if problems:
        raise BadFrames(problems)
    return tuple(sorted(seen, key=lambda one: one.frame.t_s))


def frame_json(seen: SeenFrame) -> dict[str, object]:
    """Return a frame as it is sent; for tests and other programs."""
    frame = seen.frame
    head: dict[str, object] = {
        "t_s": frame.t_s,
        "width": frame.width_px,
        "height": frame.height_px,
        "people": seen.people,
        "brightness": seen.brightness,
    }
    if not frame.found:
        return {**head, "people": 0}
    return {
        **head,
        "image": np.column_stack([frame.image_px, frame.depth_px]).tolist(),
        "world": frame.world_m.tolist(),
        "visibility": frame.visibility.tolist(),
    }


def _said(number: int, where: tuple[int | str, ...], message: str) -> str:
    path = ".".join(map(str, where))
    return f"frame {number}{f' ({path})' if path else ''}: {message}"
