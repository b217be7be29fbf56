"""`openback import`, `export`, `backup` and `restore`: data in and out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from openback.cli import foods
from openback.cli.output import AsJson, out, print_json, print_path, progress_bar, table
from openback.services import foods as foods_service
from openback.services import history, people, photo_export, photo_vault
from openback.services.app import App
from openback.services.history import ImportReport
from openback.services.start import open_app

Unit = Literal["kg", "lb"]
File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="An export of Strong, Hevy, FitNotes, wger or ours; or a table of foods."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be kept.")]
UnitOption = Annotated[Unit | None, typer.Option("--unit", help="Unit of loads that carry none.")]
Out = Annotated[Path | None, typer.Option("--out", help="Where to write it.")]
WithPhotos = Annotated[
    Path | None,
    typer.Option(
        "--with-photos",
        metavar="DIR",
        help="Write the photos, too, into this new folder. They are not encrypted there.",
    ),
]
SHOWN_SKIPS = 12


def bring(file: File, *, dry_run: DryRun = False, unit: UnitOption = None, as_json: AsJson = False) -> None:
    """Bring a training history from another app, or a public table of foods."""
    if foods_service.holds_foods(file):
        if dry_run or unit is not None:
            raise typer.BadParameter(
                "--dry-run and --unit are for training histories, and this is a table of foods"
            )
        foods.bring(file, as_json=as_json)
        return
    with open_app() as app:
        report = history.preview(app, file, unit)
        if report.unit_is_guess and unit is None and _may_ask(as_json=as_json):
            unit = _asked_unit(report)
            report = history.preview(app, file, unit)
        if not dry_run:
            with progress_bar("Importing", shown=not as_json) as step:
                report = history.bring(app, file, unit, progress=step)
            answered = people.profile_of(app) is not None
    if as_json:
        print_json(history.report_json(report))
    else:
        _show(report, dry_run=dry_run)
        if not dry_run and not answered:
            out.print("The questions are still to be answered: start `openback`, and your programme follows.")


def _may_ask(*, as_json: bool) -> bool:
    return not as_json and sys.stdin.isatty()


def _asked_unit(report: ImportReport) -> Unit:
    answer = typer.prompt("The file does not say its unit. Kilograms or pounds? [kg/lb]", default=report.unit)
    return "lb" if str(answer).strip().lower().startswith(("lb", "p")) else "kg"


def _show(report: ImportReport, *, dry_run: bool) -> None:
    would = "would be kept" if dry_run else "kept"
    out.print(f"{report.format}, loads in {report.unit}: {report.read} rows read, {report.kept} {would}.")
    for note in report.notes:
        out.print(f"• {note}", markup=False)
    if report.added is not None:
        out.print(f"{report.added} sets are new; {report.kept - report.added} were here already.")
    for skipped in report.skipped[:SHOWN_SKIPS]:
        out.print(f"Line {skipped.line}: {skipped.why}", markup=False)
    if len(report.skipped) > SHOWN_SKIPS:
        out.print(f"… and {len(report.skipped) - SHOWN_SKIPS} more; `--json` lists all.")
    rows = [[match.from_, match.to or "kept under its own name", match.how] for match in report.names]
    out.print(table("Exercises", ["In the file", "Here", "How"], rows))


def export(
    *,
    kind: Annotated[Literal["json", "csv"], typer.Option(help="JSON for everything, CSV for sets.")] = "json",
    to: Out = None,
    with_photos: WithPhotos = None,
    as_json: AsJson = False,
) -> None:
    """Write all of your data to a file that Openback can read back; photos only when you ask for them."""
    with open_app() as app:
        if with_photos is None:
            print_path(history.export(app, kind, to), as_json=as_json)
            return
        photo_export.check_folder(with_photos)
        _unlock(app)
        written = photo_export.write_photos(app, with_photos)
        path = history.export(app, kind, to)
    if as_json:
        print_json({"path": str(path), "photos": [str(one) for one in written]})
        return
    print_path(path, as_json=False)
    photos = "1 photo" if len(written) == 1 else f"{len(written)} photos"
    out.print(f"{photos}, not encrypted any more, in {with_photos}", soft_wrap=True, markup=False)


def _unlock(app: App) -> None:
    """Ask for the passphrase of the photos where they have one and somebody is there to answer."""
    if photo_vault.vault(app).state == "locked" and sys.stdin.isatty():
        photo_vault.unlock(app, typer.prompt("Passphrase of the photos", hide_input=True))


def backup(*, to: Out = None, as_json: AsJson = False) -> None:
    """Copy the database, safely while it is in use."""
    with open_app() as app:
        path = history.backup(app, to)
    print_path(path, as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A back-up of Openback.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Put a back-up in place; the present database is kept beside it."""
    kept = history.restore_here(file)
    if as_json:
        print_json({"restored": str(file), "before": None if kept is None else str(kept)})
        return
    out.print("The back-up is in place.")
    before = f"What was here before is in {kept}" if kept else "There was no database here before."
    out.print(before, soft_wrap=True, markup=False)
