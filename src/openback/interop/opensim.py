"""OpenSim's text files: landmarks as markers (`.trc`) and joint angles (`.mot`), written and read back.

The forms are those of OpenSim's documentation ("Marker (.trc) Files", "Motion (.mot) Files") and of its
`TRCFileAdapter` and `STOFileAdapter`: tabs between cells, one row a frame. What was not seen is `NaN`, which
OpenSim reads as a marker that is missing; an empty cell would shift the row in its older versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

import numpy as np

from openback.errors import BadOpenSimFile
from openback.model.motion import LANDMARKS, Floats, LandmarkFrame

_TRC_KEYS: Final = (
    "DataRate",
    "CameraRate",
    "NumFrames",
    "NumMarkers",
    "Units",
    "OrigDataRate",
    "OrigDataStartFrame",
    "OrigNumFrames",
)
_METRES: Final = {"m": 1.0, "mm": 0.001, "cm": 0.01}
# OpenSim's ground has Y up and is right-handed: the camera's axes (x right, y down, z away) turned half round x.
TO_Y_UP: Final = np.array([1.0, -1.0, -1.0])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Markers:
    """Markers over time. `t_s` (n,); `position_m` (n, m, 3), Y up, NaN where a marker was not seen."""

    names: tuple[str, ...]
    rate_hz: float
    t_s: Floats
    position_m: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coordinates:
    """Joint angles over time. `t_s` (n,); `value_deg` (n, m), NaN where an angle could not be told."""

    names: tuple[str, ...]
    t_s: Floats
    value_deg: Floats


def write_trc(
    stream: TextIO, frames: Iterable[LandmarkFrame], *, name: str, count: int, rate_hz: float
) -> None:
    """Write landmarks as markers in metres, Y up, from the middle of the hips; `count` is how many frames come.

    Open the stream with `newline=""`. `name` is the file's own name, which the first line repeats.
    """
    markers = len(LANDMARKS)
    rate = f"{rate_hz:.2f}"
    stream.write(f"PathFileType\t4\t(X/Y/Z)\t{name}\n")
    stream.write("\t".join(_TRC_KEYS) + "\n")
    stream.write("\t".join((rate, rate, str(count), str(markers), "m", rate, "1", str(count))) + "\n")
    stream.write("Frame#\tTime\t" + "\t\t\t".join(LANDMARKS) + "\n")
    stream.write("\t\t" + "\t".join(f"{axis}{n}" for n in range(1, markers + 1) for axis in "XYZ") + "\n\n")
    for number, frame in enumerate(frames, 1):
        cells = (frame.world_m * TO_Y_UP).ravel().tolist()
        stream.write(f"{number}\t{frame.t_s:.6f}\t" + "\t".join(map(_cell, cells)) + "\n")


def write_mot(
    stream: TextIO, names: Sequence[str], rows: Iterable[Sequence[float]], *, name: str, count: int
) -> None:
    """Write joint angles in degrees; a row is the time in seconds, then one angle for each of `names`."""
    stream.write(f"{name}\nversion=1\nnRows={count}\nnColumns={len(names) + 1}\ninDegrees=yes\n\n")
    stream.write("Units are S.I. units (second, meters, Newtons, ...)\nAngles are in degrees.\n\nendheader\n")
    stream.write("\t".join(("time", *names)) + "\n")
    stream.writelines(f"{t_s:.6f}\t" + "\t".join(map(_cell, values)) + "\n" for t_s, *values in rows)


def _cell(value: float) -> str:
    return "NaN" if value != value else f"{value:.6f}"  # noqa: PLR0124 - NaN alone differs from itself


def read_trc(stream: TextIO, name: str = "the file") -> Markers:
    """Return the markers of a `.trc` file in metres. Raises BadOpenSimFile."""
    lines = stream.read().splitlines()
    if len(lines) < 5 or not lines[0].startswith("PathFileType") or tuple(lines[1].split()) != _TRC_KEYS:
        raise BadOpenSimFile(name, "it does not begin as a .trc file does")
    about = dict(zip(_TRC_KEYS, lines[2].split(), strict=False))
    names = tuple(cell for cell in lines[3].split("\t")[2:] if cell.strip())
    unit = about.get("Units", "").lower()
    if unit not in _METRES:
        raise BadOpenSimFile(name, f"its unit {unit!r} is none of {', '.join(_METRES)}")
    table = _numbers(lines[5:], 2 + 3 * len(names), name)
    _expect(name, "frames", about.get("NumFrames"), len(table))
    _expect(name, "markers", about.get("NumMarkers"), len(names))
    return Markers(
        names=names,
        rate_hz=float(about["DataRate"]),
        t_s=table[:, 1],
        position_m=table[:, 2:].reshape(len(table), len(names), 3) * _METRES[unit],
    )


def read_mot(stream: TextIO, name: str = "the file") -> Coordinates:
    """Return the joint angles of a `.mot` file. Raises BadOpenSimFile."""
    lines = stream.read().splitlines()
    if "endheader" not in lines[:-1]:
        raise BadOpenSimFile(name, "its header has no end")
    end = lines.index("endheader")
    about = dict(line.split("=", 1) for line in lines[:end] if "=" in line)
    if about.get("inDegrees") != "yes":
        raise BadOpenSimFile(name, "its angles are not in degrees")
    first, *names = lines[end + 1].split("\t")
    if first != "time":
        raise BadOpenSimFile(name, "its first column is not the time")
    table = _numbers(lines[end + 2 :], 1 + len(names), name)
    _expect(name, "rows", about.get("nRows"), len(table))
    _expect(name, "columns", about.get("nColumns"), 1 + len(names))
    return Coordinates(names=tuple(names), t_s=table[:, 0], value_deg=table[:, 1:])


def _expect(name: str, what: str, said: str | None, found: int) -> None:
    if said != str(found):
        raise BadOpenSimFile(name, f"its header says {said} {what}, it has {found}")


def _numbers(lines: Sequence[str], columns: int, name: str) -> Floats:
    """Return the rows as numbers, shape (n, columns); an empty cell is NaN, a blank line is none."""
    rows: list[list[float]] = []
    for line in lines:
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != columns:
            raise BadOpenSimFile(name, f"row {len(rows) + 1} has {len(cells)} cells, not {columns}")
        try:
            rows.append([float(cell or "nan") for cell in cells])
        except ValueError:
            raise BadOpenSimFile(name, f"row {len(rows) + 1} holds something that is no number") from None
    return np.array(rows, dtype=float).reshape(len(rows), columns)
