"""Puts the report's page together: words, charts and pictures into one file that asks nobody for anything."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from markupsafe import Markup

from openback import __version__
from openback.model.exercise import Catalogue, Exercise
from openback.model.measures import MEASURE_UNITS
from openback.model.motion import RepReport, SetReport
from openback.services import clip_words
from openback.services.clip_analysis import ClipAnalysis
from openback.services.clip_words import amount, moment
from openback.web.assets import DIST
from openback.web.clip_report.charts import PLOT_PX, UNITS, charts_of
from openback.web.clip_report.timeline import time_line, times_of
from openback.web.rendering import make_environment

# What sets the type: the files of the build, when there was one; without them the reader's own system type.
_TYPE: Final = (
    ("Figtree Variable", "figtree-latin-wght-normal-*.woff2"),
    ("Archivo Variable", "archivo-latin-wght-normal-*.woff2"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A number worth seeing at once."""

    name: str
    value: str
    more: str = ""


def report_html(catalogue: Catalogue, analysis: ClipAnalysis, pictures: Mapping[str, bytes]) -> str:
    """Return the report as one HTML page. `pictures` are JPEGs of the worst moments, by fault."""
    report, exercise = analysis.report, analysis.exercise
    told = clip_words.story(catalogue, report, photos=analysis.photos, asked=analysis.asked)
    times = times_of(report, analysis.curves)
    graded = exercise if told.graded else None
    return (
        make_environment()
        .get_template("clip_report.html")
        .render(
            title=f"{told.title}: {analysis.name}",
            story=told,
            file=analysis.name,
            about=_about(analysis),
            tiles=() if analysis.photos else _tiles(graded, report),
            pictures={key: _data_url("image/jpeg", jpeg) for key, jpeg in pictures.items()},
            timeline=time_line(report, times) if graded and _moved(report) else None,
            reps=_rep_rows(graded, report),
            verb=clip_words.verb(graded) if graded else "",
            range_unit=clip_words.unit_of(graded).replace("deg", "") if graded else "",
            charts=charts_of(graded, report, analysis.curves) if graded else (),
            measures=_measures(report) if graded else (),
            severity=clip_words.SEVERITY_WORDS,
            type_faces=type_faces(),
            plot_px=PLOT_PX,
            units=UNITS,
            version=__version__,
        )
    )


def _moved(report: SetReport) -> bool:
    return bool(report.reps or report.partials or report.holds)


def _about(analysis: ClipAnalysis) -> str:
    """Return what the clip is: `1280 × 720, 30 frames a second, 12 s`."""
    report, info = analysis.report, analysis.info
    if analysis.photos:
        return "Two photos"
    size = f"{info.width_px} × {info.height_px}, " if info else ""
    rate = f"{report.fps:.0f} frames a second, " if math.isfinite(report.fps) else ""
    return f"{size}{rate}{report.duration_s:.0f} s"


def _tiles(exercise: Exercise | None, report: SetReport) -> tuple[Tile, ...]:
    if exercise is None:
        return ()
    tiles: list[Tile] = []
    if exercise.kind == "hold":
        longest_s = max((hold.held_s for hold in report.holds), default=math.nan)
        tiles.append(Tile(name="Longest hold", value=amount(longest_s, "s")))
    elif _moved(report):
        partial = clip_words.plural(len(report.partials), "partial") if report.partials else ""
        tiles.append(Tile(name="Full reps", value=str(len(report.reps)), more=partial))
        tiles += _rep_tiles(exercise, report)
    if report.reserve is not None:
        spread = f"{round(report.reserve.low)} to {round(report.reserve.high)}"
        tiles.append(Tile(name="In reserve", value=f"≈ {round(report.reserve.reps)}", more=spread))
    tiles.append(Tile(name="Seen", value=f"{report.pose_found:.0%}".replace("%", " %"), more="of the frames"))
    return tuple(tiles)


def _rep_tiles(exercise: Exercise, report: SetReport) -> list[Tile]:
    if not report.reps or exercise.rep is None:
        return []
    unit = MEASURE_UNITS[exercise.rep.measure]
    middle = clip_words.middle([rep.range for rep in report.reps])
    tempo = [clip_words.middle([getattr(r, p) for r in report.reps]) for p in ("lift_s", "hold_s", "lower_s")]
    return [
        Tile(name="Range", value=amount(middle, unit).split()[0], more="" if unit == "deg" else unit),
        Tile(
            name="Tempo",
            value=" · ".join(f"{part:.1f}" if math.isfinite(part) else "–" for part in tempo),
            more=f"s {clip_words.verb(exercise).lower()}, hold, return",
        ),
    ]


def _rep_rows(exercise: Exercise | None, report: SetReport) -> tuple[tuple[str, ...], ...]:
    if exercise is None or exercise.rep is None or exercise.kind == "hold":
        return ()
    unit = MEASURE_UNITS[exercise.rep.measure]
    reps = sorted((*report.reps, *report.partials), key=lambda rep: rep.start_s)
    return tuple(_rep_row(rep, unit) for rep in reps)


def _rep_row(rep: RepReport, unit: str) -> tuple[str, ...]:
    return (
        str(rep.n) if rep.n is not None else "partial",
        moment(rep.peak_s),
        amount(rep.range, unit).split()[0],
        amount(rep.range_share, "share"),
        *(amount(part, "s").removesuffix(" s") for part in (rep.lift_s, rep.hold_s, rep.lower_s)),
        ", ".join(clip_words.title(fault) for fault in rep.faults) or "none",
    )


def _measures(report: SetReport) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (clip_words.measure_name(name), *(amount(v, one.unit) for v in (one.min, one.mean, one.max)))
        for name, one in report.measures.items()
        if math.isfinite(one.mean)
    )


def _data_url(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


@cache
def type_faces() -> Markup:
    """Return the style rules that carry the project's type inside the page; empty when nothing was built."""
    rules = []
    for family, pattern in _TYPE:
        for path in sorted(DIST.glob(pattern))[:1]:
            url = _data_url("font/woff2", path.read_bytes())
            rules.append(
                f'@font-face{{font-family:"{family}";font-weight:100 900;font-display:swap;'
                f"src:url({url}) format('woff2')}}"
            )
    return Markup("".join(rules))  # noqa: S704 - made of our own build
