"""An app that keeps photos: with a key store in memory or none, and a pose model that sees what it is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

import numpy as np
import pytest

from bodies import noise, sent, standing
from openback.model.motion import Floats, LandmarkFrame
from openback.photos import vault
from openback.photos.keys import MemoryStore
from openback.photos.sealed import Cost
from openback.photos.silhouette import silhouette
from openback.services import photo_vault
from openback.vision import Seen

WORDS: Final = "hearts of palm trees"
PICTURE: Final = sent(noise(), quality=95)


@dataclass
class Eyes:
    """Stands in for the pose model: where it sees somebody, as shares of the picture; None for nobody."""

    body: Floats | None = field(default_factory=lambda: standing((1, 1)))
    problem: Exception | None = None

    def __call__(self, picture: np.ndarray, **_: Any) -> Seen | None:
        if self.problem is not None:
            raise self.problem
        if self.body is None:
            return None
        height, width = picture.shape[:2]
        points = self.body * (width, height, 1)
        frame = LandmarkFrame(
            t_s=0.0, image_px=points[:, :2], depth_px=np.zeros(33), world_m=np.zeros((33, 3)),
            visibility=points[:, 2], width_px=width, height_px=height,
        )  # fmt: skip
        return Seen(frame=frame, mask=silhouette(points, (width, height)), people=1)


def watched(monkeypatch: pytest.MonkeyPatch) -> Eyes:
    """Let the app see with eyes of ours, and guess passphrases for nothing."""
    eyes = Eyes()
    monkeypatch.setattr("openback.services.photos.vision.seen_in", eyes)
    monkeypatch.setattr(vault, "USUAL_COST", Cost(n=2, r=1, p=1))
    return eyes


def with_key_store(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    """Give the machine a key store, in memory."""
    store = MemoryStore()
    monkeypatch.setattr(photo_vault, "system_store", lambda: store)
    return store


def later(app: Any, minutes: float) -> Any:
    """Return the app so many minutes later."""
    now = app.now() + timedelta(minutes=minutes)
    return replace(app, now=lambda: now)
