"""One person through a whole clip."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from openback.vision.landmarker import Landmarker, Pose
from openback.vision.memory import Picture
from openback.vision.models import Model


class Follower:
    """Finds one person in each picture."""

    def __init__(self, landmarker: Landmarker, model: Model) -> None:
        self._landmarker = landmarker
        self._model: Model = model

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def look(self, t_s: float, picture: Picture) -> Pose | None:
        found = self._landmarker.people(picture, t_s)
        return found[0] if found else None
