"""`openback analyze`: reps, tempo and named faults from clips and photos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.padding import Padding
from rich.text import Text

from openback.cli.analyze_many import Batch, analyze_many
from openback.cli.clip_work import write_report
from openback.cli.output import AsJson, aside, out, print_json, progress_bar, table
from openback.errors import BadPhotos, UnwritableFile
from openback.model.exercise import Catalogue
from openback.services import clip_words, clips
from openback.services.clip_analysis import ClipAnalysis
from openback.services.clip_json import analysis_json
from openback.services.clip_sources import Sources, sources
from openback.services.clip_words import Story, amount, moment
from openback.services.start import catalogue_here

SIGNS: Final = {"danger": ("▲", "red"), "form": ("●", "yellow"), "polish": ("◆", "blue")}

Clips = Annotated[
    list[Path],
    typer.Argument(
        metavar="CLIP...",
        help="A clip; two photos (start and peak); or many clips, a folder of clips, a .txt list of clips.",
    ),
]
ExerciseId = Annotated[
    str | None,
    typer.Option("--exercise", "-e", help="What was done, as an exercise id; left out, it is recognised."),
]
OutDir = Annotated[
    Path | None,
    typer.Option(
        "--out", "-o", help="Folder for the report (HTML, JSON, CSV, OpenSim), or for tables of many clips."
    ),
]
Processes = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help="Many clips: processes; 0 is one for each processor.")
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster", metavar="ADDRESS", help="Many clips: a dask scheduler, such as tcp://host:8786."
    ),
]
Reports = Annotated[bool, typer.Option("--reports", help="Many clips: also write the report of each.")]


def analyze(  # noqa: PLR0913 - one option for each thing that can be said
    files: Clips,
    *,
    exercise: ExerciseId = None,
    out_dir: OutDir = None,
    jobs: Processes = 0,
    cluster: Cluster = None,
    reports: Reports = False,
    as_json: AsJson = False,
) -> None:
    """Say what a clip shows: reps, tempo, faults with their moment, and what cannot be told."""
    catalogue = catalogue_here()
    if exercise is not None:
        clips.exercise_to_grade(catalogue, exercise)
    given = sources(files)
    if out_dir is not None:
        _make(out_dir)
    if given.kind == "many":
        batch = Batch(files=given.files, exercise=exercise, processes=jobs, address=cluster, reports=reports)
        analyze_many(catalogue, batch, out_dir, as_json=as_json)
        return
    with _analysed(catalogue, given, exercise, as_json=as_json) as analysis:
        written = write_report(catalogue, analysis, out_dir) if out_dir else ()
        if as_json:
            print_json(analysis_json(analysis))
        else:
            _show(catalogue, analysis, written)


def _make(folder: Path) -> None:
    """Make the folder for the results before the work, so that what is wrong with it is said before and not after."""
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise UnwritableFile(str(folder), f"{place} is a file, not a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # pictures of a person: for this user's eyes
    except OSError as error:
        raise UnwritableFile(str(folder), (error.strerror or "the system said no").lower()) from error


@contextmanager
def _analysed(
    catalogue: Catalogue, given: Sources, exercise: str | None, *, as_json: bool
) -> Iterator[ClipAnalysis]:
    if given.kind == "photos":
        start, peak = _two(catalogue, given.files, exercise)
        with aside.status("Looking at the photos…"):
            analysis = clips.analyse_photos(catalogue, start, peak, exercise)
    else:
        with progress_bar("Watching", shown=not as_json) as step:
            analysis = clips.analyse(catalogue, given.files[0], exercise, progress=step)
    with analysis:
        yield analysis


def _two(catalogue: Catalogue, photos: Sequence[Path], exercise: str | None) -> tuple[Path, Path]:
    """Return start and peak; of a pose that is held, one photo is both."""
    if len(photos) == 2:
        return photos[0], photos[1]
    if exercise is not None and catalogue.exercises[exercise].kind == "hold":
        return photos[0], photos[0]
    raise BadPhotos("One photo shows one moment of a rep")


# --- One clip in the terminal ------------------------------------------------------------------------------


def _show(catalogue: Catalogue, analysis: ClipAnalysis, written: Sequence[Path]) -> None:
    told = clip_words.story(catalogue, analysis.report, photos=analysis.photos, asked=analysis.asked)
    out.print(Text.assemble((told.title, "bold"), (f"  {analysis.name}", "dim")))
    out.print(Text(told.headline, style="bold" if told.graded else "bold yellow"))
    for fact in told.facts:
        out.print(Text(fact))
    if told.graded:
        _show_faults(told)
        _show_reps(analysis)
        _show_untold(told)
    if written:
        out.print()
        out.print(
            f"Written to {written[0].parent}: {', '.join(path.name for path in written)}", soft_wrap=True
        )


def _show_faults(told: Story) -> None:
    out.print()
    if not told.faults:
        out.print(Text(f"✓ {told.praise or 'Nothing was seen that goes beyond its limit.'}", style="green"))
        return
    out.print(Text("What to change", style="bold"))
    for fault in told.faults:
        sign, colour = SIGNS[fault.severity]
        name = f"{fault.title} ({clip_words.SEVERITY_WORDS[fault.severity].lower()}), {fault.where}"
        out.print(Text.assemble((f"{sign} ", colour), (name, f"bold {colour}")))
        for text, style in (
            (fault.cue, "bold"),
            (fault.why, ""),
            (f"Look at {fault.when}. {fault.measured}.", "dim"),
        ):
            if text:
                out.print(Padding(Text(text, style=style), (0, 0, 0, 2), expand=False))


def _show_reps(analysis: ClipAnalysis) -> None:
    report, exercise = analysis.report, analysis.exercise
    if exercise is None or exercise.rep is None:
        return
    if report.holds:
        rows = [[moment(h.start_s), f"{h.held_s:.1f} s", _titles(h.faults)] for h in report.holds]
        out.print()
        out.print(table("Holds", ["From", "Held.", "Faults"], rows))
        return
    reps = sorted((*report.reps, *report.partials), key=lambda rep: rep.start_s)
    if not reps:
        return
    unit = clip_words.unit_of(exercise)
    rows = [
        [
            str(rep.n) if rep.n is not None else "part",
            moment(rep.peak_s),
            amount(rep.range, unit).removesuffix(f" {unit}"),
            amount(rep.range_share, "share"),
            *(amount(part, "s") for part in (rep.lift_s, rep.hold_s, rep.lower_s)),
            _titles(rep.faults),
        ]
        for rep in reps
    ]
    verb = clip_words.verb(exercise)
    range_name = "Range." if unit == "deg" else f"Range ({unit.split()[0]}s)."
    columns = ["Rep.", "Peak at.", range_name, "Of full.", f"{verb}.", "Hold.", "Return.", "Faults"]
    out.print()
    out.print(table("Reps", columns, rows))


def _titles(faults: Sequence[str]) -> str:
    return ", ".join(clip_words.title(fault).lower() for fault in faults) or "–"


def _show_untold(told: Story) -> None:
    if not told.untold:
        return
    out.print()
    out.print(Text("What could not be told", style="bold"))
    for one in told.untold:
        out.print(Text.assemble(("? ", "cyan"), ", ".join(one.titles)))
        out.print(Padding(Text(f"{one.why} {one.remedy}".strip(), style="dim"), (0, 0, 0, 2), expand=False))
