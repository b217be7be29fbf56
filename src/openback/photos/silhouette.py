"""A person as a soft mask drawn from landmarks: where the pose model gave no mask of its own, and for outlines."""

from __future__ import annotations

import io
from typing import Final

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from openback.model.motion import INDEX, Floats

# Thick strokes along the limbs, in lengths of the trunk; project defaults, rather too wide than too narrow.
_LIMBS: Final = tuple(
    (INDEX[f"{side}_{a}"], INDEX[f"{side}_{b}"], wide)
    for side in ("left", "right")
    for a, b, wide in (
        ("shoulder", "elbow", 0.26),
        ("elbow", "wrist", 0.2),
        ("wrist", "index", 0.2),
        ("hip", "knee", 0.4),
        ("knee", "ankle", 0.26),
        ("ankle", "foot_index", 0.18),
        ("ankle", "heel", 0.18),
    )
)
_TRUNK: Final = tuple(INDEX[name] for name in ("left_shoulder", "right_shoulder", "right_hip", "left_hip"))
_TRUNK_WIDE: Final = 0.3
_HEAD: Final = tuple(range(11))
_NECK_WIDE: Final = 0.24
# A head is as high as 0.46 of a trunk from shoulder to hip; half of it, and hair.
HEAD_RADIUS: Final = 0.28
_DRAWN_PX: Final = 480
_FAINT: Final = 0.1  # points that the model all but made up


def trunk_px(landmarks: Floats) -> float:
    """Return the length from the middle of the shoulders to that of the hips, in pixels; NaN when it is not known."""
    left, right, low_right, low_left = landmarks[_TRUNK, :2]
    return float(np.hypot(*((left + right) / 2 - (low_left + low_right) / 2)))


def head_circle(landmarks: Floats) -> tuple[float, float, float] | None:
    """Return the middle and the radius in pixels of a circle that covers head and hair; None without a head.

    As wide as the points of the face ask for, and never narrower than a head is beside its trunk.
    """
    points = landmarks[_HEAD, :2]
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return None
    centre = (points.min(axis=0) + points.max(axis=0)) / 2
    reach = float(np.hypot(*(points - centre).T).max())
    trunk = trunk_px(landmarks)
    radius = max(1.7 * reach, HEAD_RADIUS * trunk if np.isfinite(trunk) else 0.0, 2.0)
    # The points end at the eyes; the forehead and the hair are above them.
    up = _up(landmarks)
    x, y = centre + 0.12 * radius * up
    return float(x), float(y), radius


def _up(landmarks: Floats) -> Floats:
    left, right, low_right, low_left = landmarks[_TRUNK, :2]
    way = (left + right) / 2 - (low_left + low_right) / 2
    length = float(np.hypot(*way))
    return way / length if np.isfinite(length) and length > 0 else np.array([0.0, -1.0])


def silhouette(landmarks: Floats, size: tuple[int, int]) -> Floats:
    """Return a mask (height, width) of a person, 1 inside, 0 outside, soft between; all 0 when nobody is there.

    `landmarks` (33, 3) are x, y in pixels of a picture of `size` (width, height) and visibility.
    """
    scale = min(1.0, _DRAWN_PX / max(size))
    small = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    sheet = Image.new("L", small, 0)
    trunk = trunk_px(landmarks) * scale
    if np.isfinite(trunk):
        _draw(ImageDraw.Draw(sheet), landmarks, scale, max(trunk, 2.0))
        sheet = sheet.filter(ImageFilter.GaussianBlur(max(1.0, 0.03 * trunk)))
    return np.asarray(sheet.resize(size, Image.Resampling.BILINEAR), dtype=np.float64) / 255


def _draw(pen: ImageDraw.ImageDraw, landmarks: Floats, scale: float, trunk: float) -> None:
    points = landmarks[:, :2] * scale
    known = np.isfinite(points).all(axis=1) & (landmarks[:, 2] >= _FAINT)
    for a, b, wide in _LIMBS:
        if known[a] and known[b]:
            _stroke(pen, points[a], points[b], wide * trunk)
    corners = [tuple(float(value) for value in points[n]) for n in _TRUNK]
    pen.polygon(corners, fill=255)
    for n in range(4):
        _stroke(pen, points[_TRUNK[n]], points[_TRUNK[n - 1]], _TRUNK_WIDE * trunk)
    head = head_circle(landmarks)
    if head is not None:
        x, y, radius = (scale * value for value in head)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
        neck = (points[_TRUNK[0]] + points[_TRUNK[1]]) / 2
        _stroke(pen, neck, np.array([x, y]), _NECK_WIDE * trunk)


def _stroke(pen: ImageDraw.ImageDraw, a: Floats, b: Floats, wide: float) -> None:
    pen.line((float(a[0]), float(a[1]), float(b[0]), float(b[1])), fill=255, width=max(1, round(wide)))
    half = wide / 2
    for x, y in (a, b):
        pen.ellipse((x - half, y - half, x + half, y + half), fill=255)


def outline_png(mask: Floats, size: tuple[int, int]) -> bytes:
    """Return a see-through PNG of `size` with the outline of a mask in white on a dark rim."""
    sheet = Image.fromarray(np.where(mask >= 0.5, 255, 0).astype(np.uint8)).resize(
        size, Image.Resampling.BILINEAR
    )
    sheet = sheet.filter(ImageFilter.GaussianBlur(max(size) / 200)).point(_sharp)
    thin, wide = _odd(max(size) / 260), _odd(max(size) / 130)
    line = _rim(sheet, thin)
    shade = _rim(sheet, wide).filter(ImageFilter.GaussianBlur(max(size) / 400))
    white = Image.merge("RGBA", (*([Image.new("L", size, 255)] * 3), line))
    dark = Image.merge("RGBA", (*([Image.new("L", size, 0)] * 3), shade.point(_fainter)))
    out = io.BytesIO()
    Image.alpha_composite(dark, white).save(out, "PNG", optimize=True)
    return out.getvalue()


def _rim(sheet: Image.Image, wide: int) -> Image.Image:
    return ImageChops.subtract(
        sheet.filter(ImageFilter.MaxFilter(wide)), sheet.filter(ImageFilter.MinFilter(wide))
    )


def _odd(wide: float) -> int:
    return 2 * max(1, round(wide / 2)) + 1


def _sharp(value: int) -> int:
    return 255 if value >= 128 else 0


def _fainter(value: int) -> int:
    return value * 3 // 5
