"""MediaPipe's Pose Landmarker, as much of it as is used here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Final, Self

import numpy as np

from openback.model.motion import Floats, LandmarkFrame, nobody
from openback.vision.memory import Picture
from openback.vision.models import Model, model_path
from openback.vision.parts import mediapipe, quiet

POINTS: Final = 33


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pose:
    """One person in a picture: `image` (33, 3) in its pixels, depth as the third; `world_m`, `visibility`.

    `mask` (height, width), 0 to 1, is where the person is; only where masks were asked for.
    """

    image: Floats
    world_m: Floats
    visibility: Floats
    mask: Floats | None = None

    def frame(self, t_s: float, size_px: tuple[int, int], look_px: tuple[int, int]) -> LandmarkFrame:
        """Return the pose as a frame of a picture of `size_px`, found in one of `look_px`."""
        across, down = size_px[0] / look_px[0], size_px[1] / look_px[1]
        return LandmarkFrame(
            t_s=t_s,
            image_px=self.image[:, :2] * (across, down),
            depth_px=self.image[:, 2] * across,
            world_m=self.world_m,
            visibility=self.visibility,
            width_px=size_px[0],
            height_px=size_px[1],
        )


def frame_of(
    pose: Pose | None, t_s: float, size_px: tuple[int, int], look_px: tuple[int, int]
) -> LandmarkFrame:
    """Return the frame of a pose, or one with nobody in it."""
    return nobody(t_s, *size_px) if pose is None else pose.frame(t_s, size_px, look_px)


class Landmarker:
    """The pose model. Without `most` it follows one person from frame to frame; with it, it finds up to so many.

    With `masks` it also says which pixels are whose.
    """

    def __init__(self, model: Model, most: int | None = None, *, masks: bool = False) -> None:
        package = mediapipe()
        tasks = package.tasks
        self._image, self._format = package.Image, package.ImageFormat.SRGB
        self._follows = most is None
        options = tasks.vision.PoseLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_path=str(model_path(model))),
            running_mode=getattr(tasks.vision.RunningMode, "VIDEO" if self._follows else "IMAGE"),
            num_poses=most or 1,
            output_segmentation_masks=masks,
        )
        with quiet():
            self._landmarker = tasks.vision.PoseLandmarker.create_from_options(options)
        self._warm = False
        self._last_ms = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with quiet():
            self._landmarker.close()

    def people(self, picture: Picture, t_s: float = 0.0) -> tuple[Pose, ...]:
        """Return who is in a picture (height, width, 3) in RGB. Times of one that follows must not fall."""
        if self._warm:
            found = self._found(picture, t_s)
        else:
            # The networks speak up when each runs for the first time.
            with quiet():
                found = self._found(picture, t_s)
            self._warm = bool(found.pose_landmarks)
        height, width = picture.shape[:2]
        masks = found.segmentation_masks or [None] * len(found.pose_landmarks)
        return tuple(
            replace(_pose(points, world, width, height), mask=_mask(mask))
            for points, world, mask in zip(
                found.pose_landmarks, found.pose_world_landmarks, masks, strict=True
            )
        )

    def _found(self, picture: Picture, t_s: float) -> Any:
        image = self._image(self._format, picture)
        if not self._follows:
            return self._landmarker.detect(image)
        # MediaPipe counts in whole milliseconds, each later than the one before.
        self._last_ms = max(self._last_ms + 1, round(t_s * 1000))
        return self._landmarker.detect_for_video(image, self._last_ms)


def _pose(points: Sequence[Any], world: Sequence[Any], width: int, height: int) -> Pose:
    told = np.array([(p.x, p.y, p.z, p.visibility) for p in points])
    return Pose(
        image=told[:, :3] * (width, height, width),
        world_m=np.array([(p.x, p.y, p.z) for p in world]),
        visibility=told[:, 3],
    )


def _mask(image: Any) -> Floats | None:
    return (
        None
        if image is None
        else np.array(image.numpy_view(), dtype=np.float64).reshape(image.height, image.width)
    )
