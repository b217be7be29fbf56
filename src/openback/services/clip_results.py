"""What became of many clips: kept one by one as they finish, gathered into tables of Parquet."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from openback import __version__
from openback.errors import DiskFull, UnwritableFile, VideoNotInstalled
from openback.model.exercise import Exercise
from openback.services.writing import FULL, writing

VERSION: Final = 1  # of what a result holds: a result of another version is made anew
REPORT: Final = "report.html"  # written last of a report's files
Outcome = Literal["told", "bad", "failed"]
_ROWS_AT_ONCE: Final = 2000  # held in memory while a table is written


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One clip to analyse. `key` tells the same file with the same question; `report_dir` wants a report there."""

    key: str
    path: str
    exercise: str | None
    report_dir: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one clip: `told` with its report, or the sentence of why not.

    `bad` is a file that cannot be used and will not be tried again; `failed` is what may work the next time.
    """

    key: str
    path: str
    outcome: Outcome
    error: str | None = None
    report: Mapping[str, Any] | None = None


def job_of(path: Path, exercise: str | None, *, rules: str = "", reports: Path | None = None) -> Job:
    """Return the job of a clip. Its key changes with path, size, time of change, exercise and `rules`."""
    try:
        about = path.stat()
        stamp = [about.st_size, about.st_mtime_ns]
    except (OSError, ValueError):  # not there: whoever reads it says so
        stamp = [-1, -1]
    asked = json.dumps([VERSION, __version__, str(path), *stamp, exercise, rules])
    key = hashlib.sha256(asked.encode()).hexdigest()[:24]
    place = str(reports / f"{path.stem}-{key[:8]}") if reports else None
    return Job(key=key, path=str(path), exercise=exercise, report_dir=place)


def rules_digest(exercises: Iterable[Exercise]) -> str:
    """Return a word that changes when what exercises are graded by does."""
    said = repr([(one.id, one.rep, one.faults, one.figure) for one in exercises])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def is_done(job: Job, result: Result | None) -> bool:
    """Whether a result leaves nothing to do: what failed is tried again, and a report that is wanted is there."""
    if result is None or result.outcome == "failed":
        return False
    wants = job.report_dir is not None and result.outcome == "told"
    return not wants or (Path(str(job.report_dir)) / REPORT).is_file()


class Results:
    """The results of clips in a folder, one file each, so that a stop loses nothing that was finished."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept = folder / "clips"
        try:
            self._kept.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnwritableFile(str(folder), (error.strerror or "the system said no").lower()) from error

    def keep(self, result: Result) -> None:
        """Keep a result, whole or not at all. Raises DiskFull or UnwritableFile."""
        with writing(self._path(result.key)) as stream:
            json.dump(
                {
                    "version": VERSION,
                    "key": result.key,
                    "path": result.path,
                    "outcome": result.outcome,
                    "error": result.error,
                    "report": result.report,
                },
                stream,
                ensure_ascii=False,
                allow_nan=False,
            )

    def get(self, key: str) -> Result | None:
        """Return what was kept; None for nothing, or for what is not whole."""
        try:
            kept = json.loads(self._path(key).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        if not isinstance(kept, dict) or kept.get("version") != VERSION:
            return None
        return Result(
            key=key,
            path=str(kept.get("path")),
            outcome=kept.get("outcome", "failed"),
            error=kept.get("error"),
            report=kept.get("report"),
        )

    def of(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """Yield the results that there are, in the order of the jobs, one at a time."""
        for job in jobs:
            result = self.get(job.key)
            if result is not None:
                yield result

    def _path(self, key: str) -> Path:
        return self._kept / f"{key}.json"


# --- Tables ------------------------------------------------------------------------------------------------

_CLIP: Final = {
    "key": "string", "path": "string", "outcome": "string", "error": "string", "exercise": "string",
    "exercise_asked": "bool", "another": "string", "frames": "int64", "duration_s": "float64", "fps": "float64",
    "width_px": "int64", "height_px": "int64", "pose_found": "float64", "view": "string", "yaw_deg": "float64",
    "reps": "int64", "partials": "int64", "holds": "int64", "held_s": "float64", "faults": "int64",
    "dangers": "int64", "cannot_tell": "int64", "speed_loss": "float64", "reserve_reps": "float64",
    "reserve_low": "float64", "reserve_high": "float64", "likeliest": "string", "confidence": "float64",
}  # fmt: skip
_REP: Final = {
    "key": "string", "path": "string", "exercise": "string", "n": "int64", "start_s": "float64", "peak_s": "float64",
    "end_s": "float64", "range": "float64", "range_unit": "string", "range_share": "float64", "lift_s": "float64",
    "hold_s": "float64", "lower_s": "float64", "peak_speed_per_s": "float64", "side": "string", "faults": "list",
}  # fmt: skip
_FAULT: Final = {
    "key": "string", "path": "string", "exercise": "string", "id": "string", "severity": "string", "rep": "int64",
    "at_s": "float64", "value": "float64", "limit": "float64", "unit": "string", "side": "string",
}  # fmt: skip


def write_tables(results: Callable[[], Iterable[Result]], folder: Path) -> tuple[Path, ...]:
    """Write clips, reps and faults as Parquet, each file whole or not at all; return the paths.

    `results` is called once for each table, so that they need not be held. Raises VideoNotInstalled without
    pyarrow, DiskFull or UnwritableFile.
    """
    return tuple(
        _write_table(folder / name, columns, (row for result in results() for row in rows_of(result)))
        for name, columns, rows_of in (
            ("clips.parquet", _CLIP, _clip_rows),
            ("reps.parquet", _REP, _rep_rows),
            ("faults.parquet", _FAULT, _fault_rows),
        )
    )


def _clip_rows(result: Result) -> Iterator[dict[str, Any]]:
    told = result.report or {}
    reserve, guesses = told.get("reserve") or {}, told.get("recognised") or [{}]
    lists = {name: told.get(name, []) for name in ("reps", "partials", "holds", "faults", "cannot_tell")}
    row = {name: told.get(name) for name in _CLIP} | _about(result)
    if told:
        row |= {name: len(rows) for name, rows in lists.items()}
        row["dangers"] = sum(fault["severity"] == "danger" for fault in lists["faults"])
        row["held_s"] = sum(hold["held_s"] or 0 for hold in lists["holds"])
        row |= {"view": told["view"]["name"], "yaw_deg": told["view"]["yaw_deg"]}
    row |= {f"reserve_{end}": reserve.get(end) for end in ("reps", "low", "high")}
    yield row | {"likeliest": guesses[0].get("exercise"), "confidence": guesses[0].get("confidence")}


def _about(result: Result) -> dict[str, Any]:
    return {"key": result.key, "path": result.path, "outcome": result.outcome, "error": result.error}


def _rep_rows(result: Result) -> Iterator[dict[str, Any]]:
    told = result.report or {}
    reps = sorted([*told.get("reps", ()), *told.get("partials", ())], key=lambda rep: rep["start_s"] or 0)
    for rep in reps:
        yield {**rep, "key": result.key, "path": result.path, "exercise": told.get("exercise")}


def _fault_rows(result: Result) -> Iterator[dict[str, Any]]:
    told = result.report or {}
    for fault in told.get("faults", ()):
        yield {**fault, "key": result.key, "path": result.path, "exercise": told.get("exercise")}


def _write_table(path: Path, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> Path:
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 - part of openback[video]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError:
        raise VideoNotInstalled from None
    types = {
        name: pa.type_for_alias(kind) if kind != "list" else pa.list_(pa.string())
        for name, kind in columns.items()
    }
    schema = pa.schema(list(types.items()))
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with pq.ParquetWriter(part, schema, compression="zstd") as writer:
            for block in _blocks(rows):
                writer.write_table(
                    pa.Table.from_pylist([{n: row.get(n) for n in columns} for row in block], schema=schema)
                )
        part.replace(path)
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(str(path)) from error
        raise UnwritableFile(str(path), (error.strerror or "the system said no").lower()) from error
    finally:
        part.unlink(missing_ok=True)
    return path


def _blocks(rows: Iterable[Mapping[str, Any]]) -> Iterator[Sequence[Mapping[str, Any]]]:
    block: list[Mapping[str, Any]] = []
    for row in rows:
        block.append(row)
        if len(block) == _ROWS_AT_ONCE:
            yield block
            block = []
    yield block
