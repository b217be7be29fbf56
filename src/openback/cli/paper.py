"""`openback report` and `openback calendar`: a month on paper, and the sessions in a calendar."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from openback.cli.output import AsJson, out, print_json, print_path
from openback.model.exercise import Exercise
from openback.model.person import Sex
from openback.services import agenda
from openback.services.month_report import month_named, month_pdf, month_report, write_file
from openback.services.programme_sheets import Draw
from openback.services.start import open_app

Month = Annotated[
    str | None, typer.Option("--month", metavar="YYYY-MM", help="Which month; this one by default.")
]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write it as one HTML page.")]
Pdf = Annotated[Path | None, typer.Option("--pdf", metavar="FILE", help="Write it as PDF.")]
Calendar = Annotated[Path | None, typer.Argument(metavar="FILE", help="Where to write it.")]


def report(*, month: Month = None, html: Html = None, pdf: Pdf = None, as_json: AsJson = False) -> None:
    """Write the report of a month; without a file as PDF into the data folder."""
    with open_app() as app:
        first = app.today.replace(day=1) if month is None else month_named(app, month)
        if html is None and pdf is None:
            pdf = app.data_dir / "exports" / f"openback-{first:%Y-%m}.pdf"
        written = {}
        if html is not None:
            from openback.web.month_page import month_html  # noqa: PLC0415 - only who wants a page waits for it

            written["html"] = write_file(month_html(month_report(app, first)).encode(), html)
        if pdf is not None:
            written["pdf"] = write_file(month_pdf(app, first), pdf)
    if as_json:
        print_json({"month": f"{first:%Y-%m}"} | {kind: str(path) for kind, path in written.items()})
        return
    for path in written.values():
        out.print(f"Written to {path}", soft_wrap=True, markup=False)


def calendar(file: Calendar = None, *, as_json: AsJson = False) -> None:
    """Write the sessions of the programme, and breaks if you asked for them, as a calendar file."""
    with open_app() as app:
        path = agenda.write_calendar_file(app, file)
    print_path(path, as_json=as_json)


def drawing_of(sex: Sex | None) -> Draw:
    """Return what draws the figure of an exercise in a person's shape."""
    from openback.web.body_map import figure_of  # noqa: PLC0415 - only who prints figures waits for them
    from openback.web.figures import Figures  # noqa: PLC0415

    figures, shape = Figures(), figure_of(sex)

    def draw(exercise: Exercise) -> bytes | None:
        return figures.picture(exercise, shape, "peak", "light", "small")

    return draw
