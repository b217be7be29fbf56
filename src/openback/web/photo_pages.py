"""What the pages of the photos are made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final
from uuid import UUID

import numpy as np

from openback.model.journal import Photo, PhotoPose
from openback.model.motion import INDEX
from openback.services import photo_vault, photos
from openback.services.app import App

POSES: Final[dict[PhotoPose, str]] = {
    "front": "Front",
    "back": "Back",
    "left": "Left side",
    "right": "Right side",
}
# What the page with the camera knows of the last photo: enough to say where to stand.
_TOLD: Final = ("nose", "left_shoulder", "right_shoulder", "left_hip", "right_hip")


def pose_of(text: str) -> PhotoPose | None:
    """Return the pose of a name, None for another word."""
    return text if text in POSES else None


def list_page(app: App, pose: PhotoPose | None) -> dict[str, Any]:
    """Return what the page with all photos shows."""
    kept = photos.photos(app)
    shown = [one for one in kept if pose in {None, one.pose}]
    days = [(day, list(ones)) for day, ones in groupby(shown, lambda one: one.at.astimezone().date())]
    counts = {one: sum(photo.pose == one for photo in kept) for one in POSES}
    return {
        "vault": photo_vault.vault(app),
        "kept": kept,
        "days": days,
        "poses": POSES,
        "counts": counts,
        "pose": pose,
        "pair": _pair(shown),
        "lying": photos.room(app),
    }


def _pair(shown: Sequence[Photo]) -> tuple[Photo, Photo] | None:
    """Return the first and the latest photo of the pose that was taken longest; None when no pose has two."""
    pairs = [(ones[-1], ones[0]) for pose in POSES if len(ones := [p for p in shown if p.pose == pose]) > 1]
    return max(pairs, key=lambda pair: pair[1].at - pair[0].at, default=None)


def add_page(app: App, pose: PhotoPose | None, problems: list[str]) -> dict[str, Any]:
    """Return what the page with the camera shows; `pose` is the one to begin with."""
    latest = {one: next(iter(photos.photos(app, one)), None) for one in POSES}
    return {
        "pose": pose or _next_pose(latest),
        "poses": POSES,
        "latest": latest,
        "bodies": json.dumps({one: _body(app, photo) for one, photo in latest.items() if photo is not None}),
        "vault": photo_vault.vault(app),
        "problems": problems,
    }


def _next_pose(latest: dict[PhotoPose, Photo | None]) -> PhotoPose:
    """Return the pose that was not taken for longest; the order of `POSES` where that is the same."""
    return min(latest, key=lambda one: photo.at.timestamp() if (photo := latest[one]) else 0.0)


def _body(app: App, photo: Photo) -> dict[str, Any]:
    """Return where the body was in a photo, as shares of its width and height; no points where nobody was found."""
    landmarks = photos.opened_file(app, photo.id).landmarks
    points: list[list[float]] = []
    if landmarks is not None:
        rows = landmarks[[INDEX[name] for name in _TOLD], :2] / (photo.width_px, photo.height_px)
        points = [[round(float(x), 4), round(float(y), 4)] for x, y in np.nan_to_num(rows, nan=-1.0)]
    outline = f"/progress/photos/{photo.id}/outline" if points else ""
    return {"points": points, "outline": outline, "width": photo.width_px, "height": photo.height_px}


def compare_page(app: App, before: UUID | None, after: UUID | None) -> dict[str, Any]:
    """Return what the page with two photos shows: those asked for, else the first and the latest of a pose."""
    kept = photos.photos(app)
    by_id = {one.id: one for one in kept}
    usual = _pair(kept)
    a = by_id.get(before) if before else usual[0] if usual else None
    b = by_id.get(after) if after else usual[1] if usual else None
    if a is None or b is None:
        return {"a": None, "b": None, "kept": kept, "poses": POSES, "laid": None, "apart_days": 0}
    if b.at < a.at:
        a, b = b, a
    return {
        "a": a,
        "b": b,
        "kept": kept,
        "poses": POSES,
        "laid": photos.laid_onto(app, b.id, a.id),
        "apart_days": (b.at.astimezone().date() - a.at.astimezone().date()).days,
    }
