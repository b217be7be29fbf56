"""The file of a body's skin: the left half of it, in whole numbers; the right half is its mirror image.

"OBF1", the length of a JSON header (4 bytes, little-endian), the header, then these tables, each beginning
at a multiple of 4 bytes: points (n, 3) uint16 between `low_m` and `high_m`; normals (n, 3) int8; bones (n, 4)
uint8; weights (n, 4) uint8 that sum to 255; region and strength (n, 2) uint8; shade (n,) uint8; triangles
(m, 3) uint16.
The first `middle` vertices are their own mirror images.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from openback.motion.figure import mesh
from openback.motion.figure.regions import NAMES
from openback.motion.figure.skin import SKIN_BONES, Floats, Ints
from openback.motion.skeleton.kinematics import Sex

MAGIC: Final = b"OBF1"
_TABLES: Final = (
    ("points", "<u2", 3),
    ("normals", "<i1", 3),
    ("bones", "<u1", 4),
    ("weights", "<u1", 4),
    ("region", "<u1", 2),
    ("strength", "<u1", 2),
    ("shade", "<u1", 1),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Half:
    """The left half of a skin; vertices on the middle come first. See `Skin` for the tables."""

    sex: Sex
    points: Floats
    normals: Floats
    weights: Floats
    bones: Ints
    region: Ints
    strength: Floats
    shade: Floats
    triangles: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Skin:
    """A whole skin in its bind pose, metres in the room's axes.

    `points` and `normals` (N, 3), `weights` and `bones` (N, 4) by `SKIN_BONES`, `triangles` (M, 3).
    `region` (N, 2) are numbers of `regions.NAMES`, `strength` (N, 2) how much the vertex belongs to each,
    `shade` (N,) how open it is to the light; `image` (N,) its mirror image.
    """

    sex: Sex
    points: Floats
    normals: Floats
    weights: Floats
    bones: Ints
    region: Ints
    strength: Floats
    shade: Floats
    triangles: Ints
    image: Ints


def packed(half: Half) -> bytes:
    """Return the file of a body."""
    low, high = half.points.min(0).round(6), half.points.max(0).round(6)
    low[0] = 0.0
    header = {
        "sex": half.sex,
        "vertices": len(half.points),
        "middle": int((half.points[:, 0] == 0).sum()),
        "triangles": len(half.triangles),
        "low_m": low.tolist(),
        "high_m": high.tolist(),
        "bones": list(SKIN_BONES),
        "mirror": [SKIN_BONES.index(_other(bone)) for bone in SKIN_BONES],
        "regions": list(NAMES),
    }
    told = json.dumps(header, separators=(",", ":")).encode()
    told += b" " * (-len(told) % 4)
    tables = {
        "points": np.rint((half.points - low) / (high - low) * 65535),
        "normals": np.rint(half.normals * 127),
        "bones": half.bones,
        "weights": np.rint(half.weights * 255),
        "region": half.region,
        "strength": np.rint(half.strength * 255),
        "shade": np.rint(half.shade * 255),
    }
    parts = [MAGIC, struct.pack("<I", len(told)), told]
    for name, kind, _ in _TABLES:
        parts.append(_even(np.clip(tables[name], *_range(kind)).astype(kind).tobytes()))
    parts.append(_even(half.triangles.astype("<u2").tobytes()))
    return b"".join(parts)


def _range(kind: str) -> tuple[int, int]:
    about = np.iinfo(np.dtype(kind))
    return int(about.min), int(about.max)


def _even(content: bytes) -> bytes:
    return content + b"\0" * (-len(content) % 4)


def _other(bone: str) -> str:
    if bone.startswith("left_"):
        return "right_" + bone.removeprefix("left_")
    return bone.replace("right_", "left_", 1)


def read(content: bytes) -> Skin:
    """Return the skin of a body's file.

    Raises ValueError for a file that an older or newer version of this has written.
    """
    (length,) = struct.unpack_from("<I", content, 4)
    header = json.loads(content[8 : 8 + length])
    if content[:4] != MAGIC or header["bones"] != list(SKIN_BONES) or header["regions"] != list(NAMES):
        raise ValueError("the body's file is of another version")
    count, at = header["vertices"], 8 + length
    half: dict[str, Any] = {}
    for name, kind, width in (*_TABLES, ("triangles", "<u2", 3)):
        rows = header["triangles"] if name == "triangles" else count
        table = np.frombuffer(content, kind, rows * width, at)
        half[name] = table.reshape(rows, width) if width > 1 else table
        at += table.nbytes + -table.nbytes % 4
    low, high = np.array(header["low_m"]), np.array(header["high_m"])
    points = low + half["points"] / 65535 * (high - low)
    points[: header["middle"], 0] = 0.0
    return _whole(header, half, points)


def _whole(header: dict[str, Any], half: dict[str, Any], points: Floats) -> Skin:
    whole, triangles, image = mesh.mirrored(points, half["triangles"].astype(np.int64))
    off = np.arange(header["middle"], len(points))
    normals = half["normals"].astype(float)
    normals /= np.maximum(np.linalg.norm(normals, axis=1), 1e-9)[:, None]
    mirror = np.array(header["mirror"])

    def both(name: str) -> Any:
        return np.concatenate([half[name], half[name][off]])

    return Skin(
        sex=header["sex"],
        points=whole,
        normals=np.concatenate([normals, normals[off] * (-1, 1, 1)]),
        weights=both("weights") / 255,
        bones=np.concatenate([half["bones"], mirror[half["bones"][off]]]).astype(np.int64),
        region=both("region").astype(np.int64),
        strength=both("strength") / 255,
        shade=both("shade") / 255,
        triangles=triangles,
        image=image,
    )
