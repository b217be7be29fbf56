"""A month's report as a page: inside the app, and as one file that asks nobody for anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from openback import __version__
from openback.model.paper import Block, Day, Line, Month, MonthReport, Section
from openback.printing import line_chart, svg
from openback.web.clip_report.page import type_faces
from openback.web.rendering import make_environment

CHART_MM: Final = (76.0, 36.0)  # small, so that its letters are not
BARS_TOP: Final = 1.05  # of the largest, so that no bar touches the edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Blocks of one kind that stand side by side; `kind` is the name of their type in small letters."""

    kind: str
    blocks: tuple[Block, ...]


def parts_of(section: Section) -> tuple[Part, ...]:
    """Return the blocks of a section by their kind, charts together."""
    return tuple(_parts(section.blocks))


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    for kind, found in groupby(blocks, key=lambda block: type(block).__name__.lower()):
        same = tuple(found)
        if kind == "line":
            yield Part(kind=kind, blocks=same)
        else:
            yield from (Part(kind=kind, blocks=(one,)) for one in same)


def chart_of(line: Line) -> Markup:
    """Return a course as SVG; the table behind it says the same in numbers."""
    drawn = svg(line_chart(line, *CHART_MM), *CHART_MM, says=f"{line.name}: {line.says or line.unit}")
    return Markup(drawn)  # noqa: S704 - texts are escaped where it is drawn


def weeks_of(month: Month) -> tuple[tuple[Day | None, ...], ...]:
    """Return the weeks of a month, Monday first; None before the first day and after the last."""
    first, last = month.days[0].on, month.days[-1].on
    days = {day.on: day for day in month.days}
    monday = first - timedelta(days=first.weekday())
    count = (last - monday).days // 7 + 1
    return tuple(
        tuple(days.get(monday + timedelta(days=7 * week + day)) for day in range(7)) for week in range(count)
    )


@cache
def styles() -> str:
    """Return the style of a report, the same inside the app and in a file."""
    return (Path(__file__).parent / "templates" / "month_report.css").read_text(encoding="utf-8")


def words_for(report: MonthReport) -> dict[str, Any]:
    """Return what the report's template is filled with."""
    return {
        "report": report,
        "parts_of": parts_of,
        "chart_of": chart_of,
        "weeks_of": weeks_of,
        "bars_top": BARS_TOP,
    }


def month_html(report: MonthReport) -> str:
    """Return the report as one HTML page with everything in it."""
    around = {"type_faces": type_faces(), "styles": Markup(styles()), "version": __version__}  # noqa: S704 - ours
    return make_environment().get_template("month_report_file.html").render(words_for(report) | around)
