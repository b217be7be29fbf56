"""Still pictures of the figure, drawn with a depth buffer in numpy: no browser, no graphics card."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from PIL import Image

from openback.motion.figure import raster, skin
from openback.motion.figure.body_file import Skin
from openback.motion.figure.prop_parts import Part
from openback.motion.figure.regions import CLOTH, HAIR, NAMES
from openback.motion.figure.skin import Transforms
from openback.motion.figure.solids import solid
from openback.motion.skeleton.kinematics import Pose
from openback.motion.skeleton.rotations import Floats

Theme = Literal["light", "dark"]
Ints = raster.Ints
Colour = tuple[float, float, float]

LENS_DEG: Final = 24.0  # narrow, so that near hands do not grow
SAMPLES: Final = 2  # across a pixel, each way


def rgb(code: str) -> Colour:
    """Return a colour like `#c8502f` as three shares of light, 0 to 1."""
    return tuple(int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Colours of a theme; the same stand in `frontend/src/figure/look.ts`."""

    skin: Colour
    hair: Colour
    cloth: Colour
    accent: Colour
    shadow: float  # how dark the floor gets below the figure
    materials: Mapping[str, Colour] = field(default_factory=dict)


LOOKS: Final[Mapping[Theme, Look]] = {
    "light": Look(
        skin=rgb("#efdcc8"),
        hair=rgb("#8f7563"),
        cloth=rgb("#a8a4a5"),
        accent=rgb("#c8502f"),
        shadow=0.20,
        materials={
            "steel": rgb("#b9bcc2"), "pad": rgb("#4a4f5c"), "iron": rgb("#5d626e"), "rubber": rgb("#43464f"),
            "cable": rgb("#5a5e68"), "mat": rgb("#c9d3d1"), "wall": rgb("#fdf8f0"), "wood": rgb("#c6a883"),
        },
    ),
    "dark": Look(
        skin=rgb("#d8c5b1"),
        hair=rgb("#6f5d52"),
        cloth=rgb("#7f838f"),
        accent=rgb("#e8704a"),
        shadow=0.42,
        materials={
            "steel": rgb("#a9adb6"), "pad": rgb("#4b5162"), "iron": rgb("#697080"), "rubber": rgb("#565b69"),
            "cable": rgb("#8b90a0"), "mat": rgb("#3f4a52"), "wall": rgb("#3a4150"), "wood": rgb("#9a8061"),
        },
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Where the camera stands around the figure, and what it looks at: a box (low, high) in the room."""

    yaw_deg: float
    pitch_deg: float
    low_m: tuple[float, float, float]
    high_m: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Scene:
    points: Floats
    normals: Floats
    colours: Floats
    open: Floats  # to the light, 0 to 1
    triangles: Ints


def png(figure: Scene, view: View, theme: Theme, size_px: int) -> bytes:
    """Return a PNG of the figure with a transparent ground, `size_px` square."""
    into = io.BytesIO()
    Image.fromarray(pixels(figure, view, theme, size_px)).save(into, "PNG", compress_level=6)
    return into.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scene:
    """What a picture shows: a skin moved into a pose, shares of muscles 0 to 1, and props at one time."""

    skin: Skin
    moved_by: Transforms
    shares: Mapping[str, float]
    props: Sequence[Part]
    at: int
    floor_m: float


def pixels(
    figure: Scene, view: View, theme: Theme, size_px: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return the picture as (size, size, 4) bytes: red, green, blue, opacity."""
    look = LOOKS[theme]
    scene = _gathered(figure, look)
    wide = size_px * SAMPLES
    eye, axes, scale = _camera(view, wide)
    projected = _projected(scene.points, eye, axes, scale, wide)
    seen = raster.seen(projected, scene.triangles[:, [0, 2, 1]], wide, wide)
    body = np.zeros((wide * wide, 4), np.float32)
    body[seen.sample, :3] = _lit(scene, seen, axes)
    body[seen.sample, 3] = 1.0
    ground = _shadow(figure.floor_m, scene, (eye, axes, scale), look, size_px)
    small = body.reshape(size_px, SAMPLES, size_px, SAMPLES, 4).mean((1, 3))
    cover = small[..., 3:]
    alpha = cover + ground[..., None] * (1 - cover)
    colour = small[..., :3] / np.maximum(alpha, 1e-6)
    whole = np.concatenate([np.clip(colour, 0, 1), alpha], axis=-1)
    return np.asarray(np.rint(whole * 255), np.uint8)


def _gathered(figure: Scene, look: Look) -> _Scene:
    body = figure.skin
    points = skin.moved(body.points, body.bones, body.weights, figure.moved_by)
    normals = skin.turned(body.normals, body.bones, body.weights, figure.moved_by)
    shares = np.array([figure.shares.get(name, 0.0) for name in NAMES])
    share = (shares[body.region] * body.strength).sum(1)
    tint = tinted(share)[:, None]
    colours = np.tile(look.skin, (len(points), 1))
    for name, worn in ((HAIR, look.hair), (CLOTH, look.cloth)):
        # Over a muscle that works, cloth makes way.
        part = ((body.region == NAMES.index(name)) * body.strength).sum(1)[:, None]
        part = part * (1 - np.minimum(1.5 * tint, 1))
        colours = colours * (1 - part) + np.array(worn) * part
    colours = colours * (1 - tint) + np.array(look.accent) * tint
    pieces = [(points, normals, colours, body.shade, body.triangles)]
    for part in figure.props:
        where, facing, triangles = solid(part, figure.at)
        colour = np.tile(look.materials[part.material], (len(where), 1))
        pieces.append((where, facing, colour, np.ones(len(where)), triangles))
    starts = np.cumsum([0, *(len(piece[0]) for piece in pieces[:-1])])
    return _Scene(
        points=np.concatenate([piece[0] for piece in pieces]),
        normals=np.concatenate([piece[1] for piece in pieces]),
        colours=np.concatenate([piece[2] for piece in pieces]),
        open=np.concatenate([piece[3] for piece in pieces]),
        triangles=np.concatenate([p[4] + start for p, start in zip(pieces, starts, strict=True)]),
    )


def tinted(share: Floats) -> Floats:
    """Return how far a share of a set, 0 to 1, takes the skin's colour to the accent."""
    tint: Floats = np.where(share > 0, 0.10 + 0.82 * np.sqrt(np.clip(share, 0, 1)), 0.0) * np.clip(
        share * 8, 0, 1
    )
    return tint


def _camera(view: View, wide: int) -> tuple[Floats, Floats, float]:
    """Return where the eye is, its axes (right, up, backward) as rows, and samples per unit of slope."""
    yaw, pitch = np.radians((view.yaw_deg, view.pitch_deg))
    back = np.array([np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)])
    right = np.array([np.cos(yaw), 0.0, -np.sin(yaw)])
    axes = np.stack([right, np.cross(back, right), back])
    low, high = np.array(view.low_m), np.array(view.high_m)
    middle = (low + high) / 2
    corners = (
        np.array([(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)]) * (high - low) + low - middle
    )
    own = corners @ axes.T
    slope = np.tan(np.radians(LENS_DEG / 2))
    away = max(float((np.abs(own[:, :2]).max(1) / slope + own[:, 2]).max()), 0.5)
    eye: Floats = middle + back * away
    return eye, axes, wide / 2 / slope * 0.97


def _projected(points: Floats, eye: Floats, axes: Floats, scale: float, wide: int) -> raster.Floats:
    own = (points - eye) @ axes.T
    near = 1 / np.maximum(-own[:, 2], 0.05)
    return np.column_stack(
        [wide / 2 + own[:, 0] * near * scale, wide / 2 - own[:, 1] * near * scale, near]
    ).astype(np.float32)


def _lit(scene: _Scene, seen: raster.Seen, axes: Floats) -> Floats:
    """Return the colours (n, 3) of what is seen: a soft key light, a sky, a faint edge, folds darker."""
    corner = scene.triangles[:, [0, 2, 1]][seen.triangle]

    def at(values: Floats) -> Floats:
        found: Floats = np.einsum("nk,nk...->n...", seen.weights, values[corner].astype(np.float32))
        return found

    normal = at(scene.normals)
    normal /= np.maximum(np.linalg.norm(normal, axis=1), 1e-6)[:, None]
    right, up, back = axes
    key = -0.50 * right + 0.62 * np.array([0.0, 1.0, 0.0]) + 0.62 * back
    key /= np.linalg.norm(key)
    fill = 0.75 * right + 0.1 * up + 0.55 * back
    fill /= np.linalg.norm(fill)
    lit = np.clip((normal @ key + 0.18) / 1.18, 0, 1)
    sky = 0.5 + 0.5 * normal[:, 1]
    edge = np.clip(1 - normal @ back, 0, 1) ** 3
    open_ = at(scene.open)
    folds = (0.45 + 0.55 * open_)[:, None]
    light = (
        lit[:, None] * np.array([0.60, 0.575, 0.54])
        + np.clip(normal @ fill, 0, 1)[:, None] * np.array([0.12, 0.125, 0.13])
        + sky[:, None] * np.array([0.27, 0.28, 0.30])
        + np.array([0.20, 0.19, 0.19])
    )
    colours = at(scene.colours)
    # Deep places are warm, as light that passes skin is.
    warm = np.array([1.0, 0.985, 0.965]) ** (3 * (1 - open_))[:, None]
    shown: Floats = colours * light * folds * warm + edge[:, None] * 0.05
    return shown


def _shadow(
    floor_m: float, scene: _Scene, camera: tuple[Floats, Floats, float], look: Look, size_px: int
) -> Floats:
    """Return the floor's darkness (size, size): what stands over it, the softer the higher."""
    eye, axes, scale = camera
    grid = 96
    low, high = scene.points[:, [0, 2]].min(0) - 0.35, scene.points[:, [0, 2]].max(0) + 0.35
    span = float((high - low).max())
    cell = np.clip(((scene.points[:, [0, 2]] - low) / span * grid).astype(np.int64), 0, grid - 1)
    height = np.maximum(scene.points[:, 1] - floor_m, 0)
    dark = np.zeros((grid, grid))
    for below, blur in ((0.12, 2), (0.5, 5), (2.5, 9)):
        held = np.zeros((grid, grid))
        near = height < below
        held[cell[near, 1], cell[near, 0]] = 1.0
        dark = np.maximum(dark, _blurred(held, blur) * (1 - 0.22 * np.log2(1 + below * 4)))
    pixel = np.stack(np.meshgrid(np.arange(size_px), np.arange(size_px)), -1) + 0.5
    slope = np.column_stack(
        [(pixel[..., 0] - size_px / 2).ravel(), (size_px / 2 - pixel[..., 1]).ravel()]
    ) * (SAMPLES / scale)
    ray = slope @ axes[:2] - axes[2]
    down = np.where(ray[:, 1] < -1e-4, (floor_m - eye[1]) / np.minimum(ray[:, 1], -1e-4), 0.0)
    hit = eye[[0, 2]] + ray[:, [0, 2]] * down[:, None]
    at = (hit - low) / span * grid - 0.5
    inside = (down > 0) & (at >= 0).all(1) & (at < grid - 1).all(1)
    shade = np.zeros(len(at))
    shade[inside] = _between(dark, at[inside])
    dark_there: Floats = np.clip(shade * look.shadow * 1.6, 0, 0.6).reshape(size_px, size_px)
    return dark_there


def _between(table: Floats, at: Floats) -> Floats:
    low = at.astype(np.int64)
    x, y = (at - low).T
    i, j = low[:, 1], low[:, 0]
    mixed: Floats = (
        table[i, j] * (1 - x) * (1 - y)
        + table[i, j + 1] * x * (1 - y)
        + table[i + 1, j] * (1 - x) * y
        + table[i + 1, j + 1] * x * y
    )
    return mixed


def _blurred(table: Floats, radius: int) -> Floats:
    """Return a table blurred by three boxes, about a bell curve."""
    for _ in range(3):
        for axis in (0, 1):
            sums = np.cumsum(
                np.pad(table, [(radius + 1, radius) if a == axis else (0, 0) for a in (0, 1)]), axis
            )
            ahead = np.take(sums, range(2 * radius + 1, sums.shape[axis]), axis)
            behind = np.take(sums, range(sums.shape[axis] - 2 * radius - 1), axis)
            table = (ahead - behind) / (2 * radius + 1)
    return table


__all__ = ["LOOKS", "Look", "Pose", "Scene", "View", "pixels", "png", "rgb", "tinted"]
