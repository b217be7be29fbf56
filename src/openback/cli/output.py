"""How the command line prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Protocol

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

out = Console(highlight=False)
aside = Console(stderr=True, highlight=False)  # progress and notes: never on standard output

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


class Step(Protocol):
    """What a long job calls with (done, total); the total is 0 while it is not known."""

    def __call__(self, done: int, total: int) -> None:
        """Move the bar."""


def day_of(text: str, option: str) -> date:
    """Return the day that an option names."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{option} is {text!r}, it must be a date such as 2026-11-30"
        raise typer.BadParameter(message) from error


def print_json(value: object) -> None:
    """Print one JSON document on standard output, in letters that it has."""
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(value, ensure_ascii=not unicode, indent=2, allow_nan=False)
    sys.stdout.write(text + "\n")


def print_path(path: Path, *, as_json: bool) -> None:
    """Say where something was written."""
    if as_json:
        print_json({"path": str(path)})
    else:
        out.print(f"Written to {path}", soft_wrap=True, markup=False)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Return a table of text; columns whose name ends in a full stop are numbers, set to the right."""
    made = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        made.add_column(column.rstrip("."), justify="right" if column.endswith(".") else "left")
    for row in rows:
        made.add_row(*row)
    return made


@contextmanager
def progress_bar(what: str, *, shown: bool = True) -> Iterator[Step]:
    """Yield a function that moves a progress bar on standard error; silent unless that is a terminal."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=aside, transient=True, disable=not (shown and aside.is_terminal)) as bar:
        task = bar.add_task(what, total=None)

        def step(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total or None)

        yield step
