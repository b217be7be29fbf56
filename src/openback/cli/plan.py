"""`openback plan` and `openback predict`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

import typer
from rich.padding import Padding
from rich.text import Text

from openback.cli.output import AsJson, aside, out, print_json, progress_bar, table
from openback.cli.paper import drawing_of
from openback.errors import UnreadableFile
from openback.model.exercise import Catalogue
from openback.model.person import Profile
from openback.model.programme import Item, Programme
from openback.services.app import utc_now
from openback.services.block import plan_profile
from openback.services.month_report import write_file
from openback.services.predicting import predict_files, report_json
from openback.services.profile_json import profile_from_json, programme_json
from openback.services.programme_sheets import plan_pdf
from openback.services.start import catalogue_here
from openback.units import shown_mass

FIRST_FULL_WEEK: Final = 3  # the first two weeks of a block are easier
MOST_BYTES: Final = 64 * 2**20  # an export of ours with a long log may stand in for a profile

ProfileFile = Annotated[Path, typer.Argument(metavar="PROFILE.json", help="Who trains, where, how often.")]
Logs = Annotated[list[Path], typer.Argument(metavar="LOG...", help="Training logs, of any kind we import.")]
Pdf = Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write it as PDF, one page a week.")]
Unit = Annotated[Literal["kg", "lb"] | None, typer.Option(help="Unit of the loads where the file has none.")]


def plan(profile_file: ProfileFile, *, pdf: Pdf = None, as_json: AsJson = False) -> None:
    """Make a programme for a person who is described in a file, with --pdf also to print."""
    catalogue = catalogue_here()
    today = date.today()  # noqa: DTZ011 - the person's own day
    profile = profile_from_json(read_json(profile_file), catalogue, today)
    with aside.status("Planning…"):
        programme = plan_profile(catalogue, profile, today=today)
        if pdf is not None:
            write_pdf(pdf, catalogue, programme, profile)
    if as_json:
        print_json(programme_json(programme))
    else:
        show_programme(catalogue, programme)


def write_pdf(to: Path, catalogue: Catalogue, programme: Programme, profile: Profile) -> None:
    """Write a programme for printing, one page a week. Raises NoProgrammeNow when the screening stopped it."""
    draw = drawing_of(profile.person.sex)
    content = plan_pdf(catalogue, programme, units=profile.person.units, draw=draw, now=utc_now())
    aside.print(f"Written to {write_file(content, to)}", soft_wrap=True, markup=False)


def read_json(path: Path) -> object:
    """Return what a JSON file holds, or raise UnreadableFile with the reason."""
    try:
        size_bytes = path.stat().st_size
        if size_bytes > MOST_BYTES:
            raise UnreadableFile(str(path), f"it has {size_bytes / 2**20:,.0f} MB, a profile has far less")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise UnreadableFile(str(path), (error.strerror or str(error)).lower()) from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(str(path), "it is not text in UTF-8") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise UnreadableFile(str(path), f"it is not JSON ({error.msg} in {where})") from error
    except (ValueError, RecursionError) as error:  # a number or a nest beyond all measure; a NUL in the path
        raise UnreadableFile(str(path), "it is not JSON that can be a profile") from error


def show_programme(catalogue: Catalogue, programme: Programme) -> None:
    """Print the first full week with the reason of every choice, and the weekly sets."""
    for reason in programme.reasons:
        out.print(f"• {reason}", markup=False)
    if programme.status == "stopped":
        return
    week = min((s.week for s in programme.sessions if not s.deload and s.week >= FIRST_FULL_WEEK), default=1)
    out.print(f"{programme.weeks} weeks; this is week {week}.")
    for session in (s for s in programme.sessions if s.week == week):
        out.print(f"\n[bold]Day {session.day} · {session.place} · {session.minutes:.0f} minutes[/bold]")
        for item in session.items:
            out.print(f"  {_item_text(catalogue, item)}", markup=False)
            out.print(Padding(Text(item.why, style="dim"), (0, 0, 0, 6), expand=False))
    rows = [
        [muscle.name, f"{programme.weekly_sets.get(key, 0):.3g}", _band_text(programme.weekly_band.get(key))]
        for key, muscle in catalogue.muscles.items()
        if key in programme.weekly_band
    ]
    out.print()
    out.print(table("Sets a week", ["Muscle", "Sets.", "Band."], rows))


def _item_text(catalogue: Catalogue, item: Item) -> str:
    """Return an item on one line: `2 × 8–12  Wide-grip lat pull-down, 22.5 kg, 2 in reserve, rest 120 s`."""
    low, high = item.reps or item.hold_s or (0, 0)
    unit = "" if item.reps else " s"
    load = (
        shown_mass(item.load_kg, "metric") if item.load_kg is not None else item.band and f"{item.band} band"
    )
    reserve = f"{item.rir} in reserve" if item.reps and not item.mobility else ""
    parts = [catalogue.exercises[item.exercise].name, load, reserve, f"rest {item.rest_s} s"]
    return f"{item.sets} × {low}–{high}{unit}  " + ", ".join(part for part in parts if part)


def _band_text(band: tuple[float, float] | None) -> str:
    return f"{band[0]:g}–{band[1]:g}" if band else "–"


def predict(logs: Logs, *, unit: Unit = None, as_json: AsJson = False) -> None:
    """Predict the reps of each session from the past alone, and say how far off that was."""
    with progress_bar("Predicting", shown=not as_json) as step:
        report = predict_files(logs, unit=unit, progress=step)
    if as_json:
        print_json(report_json(report))
        return
    numbers = report_json(report)
    rows = [[name.replace("_", " "), "–" if value is None else f"{value}"] for name, value in numbers.items()]
    out.print(table("Reps predicted at the load used", ["", "Value."], rows))
