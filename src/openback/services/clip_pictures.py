"""The worst moment of each fault as a picture, with the skeleton drawn on it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from openback import vision
from openback.errors import OpenbackError
from openback.model.motion import CONNECTIONS, Floats, LandmarkFrame
from openback.motion.measures import MEASURES
from openback.services.clip_analysis import ClipAnalysis
from openback.services.clip_words import FaultStory

LONGEST_PX: Final = 900  # of the picture as it stands in a report
MARGIN: Final = 0.22  # around the person, of the person's own size
LEAST_VISIBLE: Final = 0.3  # what is hidden more than this is not drawn
MOST_PICTURES: Final = 12
_SMOOTH: Final = 2  # drawn larger and scaled down, so that slanting lines are smooth
_CASING: Final = (29, 36, 51)
_BONE: Final = (250, 247, 242)
_JOINT: Final = (232, 130, 95)


def worst_moments(analysis: ClipAnalysis, faults: Sequence[FaultStory]) -> Mapping[str, bytes]:
    """Return a JPEG for each fault, by its id; without those whose picture cannot be read again."""
    wanted = [fault for fault in faults if analysis.recording.at(fault.worst.at_s) is not None][
        :MOST_PICTURES
    ]
    if not wanted:
        return {}
    try:
        pictures = _pictures(analysis, [fault.worst.at_s for fault in wanted])
    except (
        OpenbackError
    ):  # the clip went away since, or its end cannot be read twice: the report stands without
        return {}
    measures = {rule.id: rule.measure for rule in analysis.exercise.faults} if analysis.exercise else {}
    made = {}
    for fault, picture in zip(wanted, pictures, strict=True):
        frame = analysis.recording.at(fault.worst.at_s)
        if frame is not None and frame.found:
            made[fault.id] = drawn(picture, frame, _joints(measures.get(fault.id, "")))
    return made


def _pictures(analysis: ClipAnalysis, times_s: Sequence[float]) -> list[Image.Image]:
    """Return the pictures of these moments; of photos, 0 is the first and 1 the second."""
    if analysis.photos:
        read = [vision.photo_picture(analysis.files[round(t_s)]) for t_s in times_s]
    else:
        read = list(vision.pictures_at(analysis.files[0], times_s))
    return [Image.fromarray(rgb) for rgb in read]


def _joints(measure: str) -> frozenset[int]:
    """Return the landmarks that a measure is told by, both sides."""
    if measure not in MEASURES:
        return frozenset()
    return frozenset(point for side in (0, 1) for group in MEASURES[measure].groups(side) for point in group)


def drawn(picture: Image.Image, frame: LandmarkFrame, joints: frozenset[int]) -> bytes:
    """Return a picture as JPEG, cut to the person, with the skeleton on it; `joints` are drawn larger."""
    scale = picture.width / frame.width_px
    points = frame.image_px * scale
    box = _box(points, picture.size)
    small = picture.crop(box)
    zoom = min(1.0, LONGEST_PX / max(small.size))
    size = (max(1, round(small.width * zoom)), max(1, round(small.height * zoom)))
    large = small.resize((size[0] * _SMOOTH, size[1] * _SMOOTH), Image.Resampling.LANCZOS)
    _draw(large, (points - np.array(box[:2])) * zoom * _SMOOTH, frame.visibility, joints)
    content = io.BytesIO()
    large.resize(size, Image.Resampling.LANCZOS).save(content, "JPEG", quality=82, optimize=True)
    return content.getvalue()


def _box(points: Floats, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the part of the picture with the person in it and some room around."""
    low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
    room = MARGIN * float((high - low).max())
    left, top = (int(max(0, low[axis] - room)) for axis in (0, 1))
    right, bottom = (int(min(size[axis], high[axis] + room)) for axis in (0, 1))
    whole = (0, 0, *size)
    return (left, top, right, bottom) if right - left > 8 and bottom - top > 8 else whole


def _draw(picture: Image.Image, points: Floats, visibility: Floats, joints: frozenset[int]) -> None:
    pen = ImageDraw.Draw(picture)
    thin = max(3, round(max(picture.size) / 190))
    seen = np.isfinite(points).all(axis=1) & (visibility >= LEAST_VISIBLE)
    bones = [(tuple(points[a]), tuple(points[b])) for a, b in CONNECTIONS if seen[a] and seen[b]]
    for width, colour in ((thin * 2 + 2, _CASING), (thin, _BONE)):
        for bone in bones:
            pen.line([*bone[0], *bone[1]], fill=colour, width=width)
    for number in sorted({end for pair in CONNECTIONS for end in pair} | joints):
        if seen[number]:
            radius = thin * (2.4 if number in joints else 1.3)
            _dot(pen, points[number], radius + thin / 2, _CASING)
            _dot(pen, points[number], radius, _JOINT if number in joints else _BONE)


def _dot(pen: ImageDraw.ImageDraw, at: Floats, radius: float, colour: tuple[int, int, int]) -> None:
    x, y = float(at[0]), float(at[1])
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
