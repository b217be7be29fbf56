"""What a worker does with one of many clips, and the report of one: where services and the report's page meet."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from openback.model.exercise import Catalogue
from openback.services import clip_batch, clip_words, clips
from openback.services.clip_analysis import ClipAnalysis
from openback.services.clip_files import write_files
from openback.services.clip_json import analysis_json
from openback.services.clip_pictures import worst_moments
from openback.services.clip_results import Job, Result
from openback.services.start import catalogue_here


def work(job: Job) -> Result:
    """Return what came of one clip. It runs in another process, perhaps on another machine."""
    return clip_batch.outcome_of(job, functools.partial(_report, job))


def _report(job: Job) -> dict[str, Any]:
    catalogue = _catalogue()
    with clips.analyse(catalogue, Path(job.path), job.exercise, progress=clip_batch.go_on) as analysis:
        if job.report_dir is not None:
            write_report(catalogue, analysis, Path(job.report_dir))
        return analysis_json(analysis)


@functools.cache
def _catalogue() -> Catalogue:
    """Return the exercises, read once for each process."""
    return catalogue_here()


def write_report(catalogue: Catalogue, analysis: ClipAnalysis, folder: Path) -> tuple[Path, ...]:
    """Write the report of one clip into a folder; return the paths."""
    from openback.web.clip_report import report_html  # noqa: PLC0415 - only who wants a report waits for it

    told = clip_words.story(catalogue, analysis.report, photos=analysis.photos, asked=analysis.asked)
    html = report_html(catalogue, analysis, worst_moments(analysis, told.faults))
    return write_files(analysis, folder, html)
