"""`openback analyze` of many clips: progress, a stop that loses nothing, tables at the end."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import typer
from rich.markup import escape

from openback.cli.clip_work import work
from openback.cli.output import aside, out, print_json, progress_bar, table
from openback.errors import VideoNotInstalled
from openback.model.exercise import Catalogue, Exercise
from openback.services import clip_batch
from openback.services.clip_batch import MakeExecutor, Tally
from openback.services.clip_results import Job, Result, Results, job_of, rules_digest, write_tables
from openback.services.clip_words import a, percent, plural
from openback.services.clips import gradable

MOST_SHOWN: Final = 40  # clips in the terminal; the tables have all


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Many clips and how they are to be read. `processes` 0 is one for each processor."""

    files: tuple[Path, ...]
    exercise: str | None
    processes: int
    address: str | None
    reports: bool


def analyze_many(catalogue: Catalogue, batch: Batch, out_dir: Path | None, *, as_json: bool) -> None:
    """Analyse every clip, say what became of each, and leave with status 1 when all of them failed."""
    _check_parts(batch)
    if batch.reports and out_dir is None:
        message = "Say with --out where the reports shall go."
        raise typer.BadParameter(message)
    with _folder(out_dir) as folder:
        jobs = _jobs(catalogue, batch, folder)
        results = Results(folder)
        tally = _run(batch, jobs, results, kept=out_dir is not None, as_json=as_json)
        tables = write_tables(lambda: results.of(jobs), folder) if out_dir else ()
        if as_json:
            print_json(_as_json(tally, results, jobs, tables))
        else:
            _show(catalogue, tally, results, jobs, tables)
    if not tally.told:
        raise typer.Exit(1)


def _check_parts(batch: Batch) -> None:
    """Say at once what would otherwise be said of every clip. On a cluster the workers have the parts."""
    parts = () if batch.address else ("cv2", "mediapipe")
    if any(importlib.util.find_spec(part) is None for part in (*parts, "pyarrow")):
        raise VideoNotInstalled


def _jobs(catalogue: Catalogue, batch: Batch, folder: Path) -> list[Job]:
    graded = gradable(catalogue)
    rules = rules_digest(graded.values() if batch.exercise is None else [graded[batch.exercise]])
    reports = folder / "reports" if batch.reports else None
    return [job_of(path, batch.exercise, rules=rules, reports=reports) for path in batch.files]


@contextmanager
def _folder(out_dir: Path | None) -> Iterator[Path]:
    """Yield where results are kept; without a folder of the person's own, nothing stays."""
    if out_dir is not None:
        yield out_dir.absolute()  # workers may stand in another folder
        return
    with tempfile.TemporaryDirectory(prefix="openback-") as folder:
        yield Path(folder)


def _run(batch: Batch, jobs: Sequence[Job], results: Results, *, kept: bool, as_json: bool) -> Tally:
    try:
        with (
            _executors(batch, len(jobs)) as (make, at_once),
            progress_bar("Clips", shown=not as_json) as step,
        ):
            return clip_batch.run(jobs, results, work, make, at_once=at_once, progress=step)
    except KeyboardInterrupt:
        if kept:
            done = sum(1 for _ in results.of(jobs))
            write_tables(lambda: results.of(jobs), results.folder)
            aside.print(
                f"{done} of {len(jobs)} clips are kept in {results.folder}. "
                "The same command goes on from there.",
                soft_wrap=True,
                markup=False,
            )
        raise


@contextmanager
def _executors(batch: Batch, clips: int) -> Iterator[tuple[MakeExecutor, int]]:
    if batch.address is not None:
        with clip_batch.cluster(batch.address) as (make, at_once):
            yield make, at_once
        return
    processes = min(batch.processes or clip_batch.usable_cpus(), clips)
    with clip_batch.process_pool(processes) as make:
        yield make, processes


def _as_json(
    tally: Tally, results: Results, jobs: Sequence[Job], tables: Sequence[Path]
) -> dict[str, object]:
    clips = [
        {"path": one.path, "outcome": one.outcome, "error": one.error, **(one.report or {})}
        for one in results.of(jobs)
    ]
    return {
        "clips": clips,
        "told": tally.told,
        "failed": tally.failed,
        "known_before": tally.before,
        "tables": [str(path) for path in tables],
    }


def _show(
    catalogue: Catalogue, tally: Tally, results: Results, jobs: Sequence[Job], tables: Sequence[Path]
) -> None:
    shown = jobs[:MOST_SHOWN]
    rows = [_row(catalogue, result) for result in results.of(shown)]
    columns = ["Clip", "Exercise", "Reps.", "Seen.", "What was seen"]
    if all(job.exercise is not None for job in shown):  # it is the same for all, and was said by the person
        rows, columns = [[row[0], *row[2:]] for row in rows], [columns[0], *columns[2:]]
    out.print(table("Clips", columns, rows))
    if len(jobs) > MOST_SHOWN:
        out.print(f"… and {len(jobs) - MOST_SHOWN} more.")
    before = f" ({tally.before} of them known from before)" if tally.before else ""
    failed = f"; {tally.failed} could not be analysed" if tally.failed else ""
    out.print(f"\n{plural(tally.clips, 'clip')}{before}: {tally.told} analysed{failed}.")
    if tables:
        names = ", ".join(path.name for path in tables)
        out.print(f"Written to {tables[0].parent}: {names}", soft_wrap=True, markup=False)


def _row(catalogue: Catalogue, result: Result) -> list[str]:
    name = escape(Path(result.path).name)  # a name in brackets is no mark-up
    told = result.report
    if told is None:
        return [name, "–", "–", "–", escape(result.error or "")]
    exercise = catalogue.exercises.get(told["exercise"] or "")
    count = f"{len(told['holds'])} ×" if told["holds"] else str(len(told["reps"]))
    seen = _seen(catalogue, exercise, told)
    return [name, exercise.name if exercise else "–", count, percent(told["pose_found"] or 0), seen]


def _seen(catalogue: Catalogue, exercise: Exercise | None, told: Mapping[str, Any]) -> str:
    """Return what was seen in a clip, in a few words."""
    if told["another"]:
        other = catalogue.exercises.get(told["another"])
        return f"looks like {a(other.name) if other else 'another exercise'}: not graded"
    if not told["pose_found"]:
        return "nobody"
    if exercise is None:
        return "no exercise of ours: not graded"
    faults = dict.fromkeys(fault["id"].replace("_", " ") for fault in told["faults"])
    return ", ".join(faults) or ("no fault" if told["reps"] or told["holds"] else "no full rep")
