"""The files that a report leaves in a folder: for reading, for spreadsheets, for OpenSim."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from openback.interop.opensim import write_mot, write_trc
from openback.model.exercise import MeasuredSide
from openback.model.motion import BodySide
from openback.motion.measures import MEASURES
from openback.motion.observe import Observer
from openback.services.clip_analysis import ClipAnalysis
from openback.services.clip_json import analysis_json, fault_rows, rep_rows
from openback.services.clip_results import REPORT
from openback.services.writing import writing

# The joint angles of `angles.mot`, as measures; those with sides are written for left and right.
ANGLES: Final = (
    "trunk_lean_deg",
    "trunk_twist_deg",
    "arm_elevation_deg",
    "arm_plane_deg",
    "shoulder_rotation_deg",
    "elbow_flexion_deg",
    "hip_flexion_deg",
    "knee_flexion_deg",
)
_REP_COLUMNS: Final = (
    *(
        "n",
        "start_s",
        "peak_s",
        "end_s",
        "range",
        "range_unit",
        "range_share",
        "lift_s",
        "hold_s",
        "lower_s",
    ),
    *("peak_speed_per_s", "side", "faults"),
)
_FAULT_COLUMNS: Final = ("id", "severity", "rep", "at_s", "value", "limit", "unit", "side", "cue")


def write_files(analysis: ClipAnalysis, folder: Path, html: str) -> tuple[Path, ...]:
    """Write everything that a report has into a folder, each file whole or not at all; return the paths.

    Raises DiskFull or UnwritableFile.
    """
    data = folder / "report.json"
    with writing(data) as stream:
        json.dump(analysis_json(analysis), stream, ensure_ascii=False, indent=2, allow_nan=False)
        stream.write("\n")
    others = (data, *_tables(analysis, folder), *_opensim(analysis, folder))
    page = folder / REPORT
    with writing(page) as stream:
        stream.write(html)
    return (page, *others)


def _tables(analysis: ClipAnalysis, folder: Path) -> Iterator[Path]:
    for name, columns, rows in (
        ("reps.csv", _REP_COLUMNS, rep_rows(analysis)),
        ("faults.csv", _FAULT_COLUMNS, fault_rows(analysis)),
    ):
        with writing(folder / name) as stream:
            table = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\r\n")
            table.writeheader()
            table.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
        yield folder / name
    if analysis.curves:
        yield _curves(analysis, folder / "curves.csv")


def _cell(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, list) else value


def _curves(analysis: ClipAnalysis, path: Path) -> Path:
    """Write the curves one below the other: each has its own moments, thinned where the clip is long."""
    with writing(path) as stream:
        table = csv.writer(stream, lineterminator="\r\n")
        table.writerow(("measure", "side", "unit", "t_s", "value"))
        for curve in analysis.curves:
            for t_s, value in zip(curve.t_s.tolist(), curve.value.tolist(), strict=True):
                told = round(value, 5) if math.isfinite(value) else ""
                table.writerow((curve.measure, curve.side, curve.unit, round(t_s, 4), told))
    return path


def _opensim(analysis: ClipAnalysis, folder: Path) -> Iterator[Path]:
    recording = analysis.recording
    rate_hz = analysis.report.fps if math.isfinite(analysis.report.fps) else 0.0
    with writing(folder / "markers.trc") as stream:
        write_trc(stream, recording, name="markers.trc", count=recording.frames, rate_hz=rate_hz)
    yield folder / "markers.trc"
    if analysis.photos:
        return  # angles over time need time
    wanted = _wanted()
    names = [_coordinate(measure, side) for measure, side in wanted]
    with writing(folder / "angles.mot") as stream:
        write_mot(stream, names, _angles(analysis, wanted), name="Coordinates", count=recording.frames)
    yield folder / "angles.mot"


def _wanted() -> tuple[tuple[str, BodySide], ...]:
    pairs: list[tuple[str, BodySide]] = []
    for measure in ANGLES:
        pairs += [(measure, "left"), (measure, "right")] if MEASURES[measure].sided else [(measure, "both")]
    return tuple(pairs)


def _coordinate(measure: str, side: BodySide) -> str:
    """Return an angle's name as OpenSim's models spell theirs: `elbow_flexion_r`."""
    plain = measure.removesuffix("_deg")
    return plain if side == "both" else f"{plain}_{side[0]}"


def _angles(analysis: ClipAnalysis, wanted: tuple[tuple[str, BodySide], ...]) -> Iterator[list[float]]:
    asked: tuple[tuple[str, MeasuredSide], ...] = wanted
    observer = Observer(asked)
    for frame in analysis.recording:
        readings = observer.observe(frame).readings
        yield [frame.t_s, *(readings[key].value if key in readings else math.nan for key in wanted)]
