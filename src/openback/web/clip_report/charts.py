"""What was measured over a set as charts, with the limits of faults drawn in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from openback.model.exercise import Exercise, Fault, Severity
from openback.model.motion import Floats, RepReport, SetReport
from openback.services.clip_words import amount, measure_name, plural, title
from openback.services.thinning import Curve
from openback.web.clip_report.timeline import Bar, Mark, Tick, Times, bars, mark, times_of
from openback.web.curve_chart import scale_steps

PLOT_PX: Final = 190
TOP_PX: Final = 14
WHILE_S: Final = 0.15  # a moment, drawn to be seen
LABEL_PX: Final = 14  # a line of small type
UNITS: Final = 1000  # width of the box that a line is drawn in; it is stretched to the page
ROOM: Final = 0.08  # of the range, above and below a curve
_PAIR: Final = ("left", "right")
_LEVELS: Final = frozenset(
    {"min", "max", "mean"}
)  # stats whose limit is a height in the chart of the measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit drawn into a chart: its line, and the ground beyond it that is out of bounds.

    `spans` are the parts of the clip in which the limit holds, as (left, width) in per cent.
    """

    y: float
    top: float
    height: float
    spans: tuple[tuple[float, float], ...]
    text: str
    label_y: float
    severity: Severity | None  # None for where a rep starts and peaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A measure over time. `paths` are SVG paths in a box of UNITS by PLOT_PX, one for each side.

    `first` for the rep's measure and for measures of faults that were seen.
    """

    name: str
    paths: tuple[tuple[str, str], ...]  # side, path
    bars: tuple[Bar, ...]
    limits: tuple[Limit, ...]
    marks: tuple[Mark, ...]
    y_ticks: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    says: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: bool


def charts_of(exercise: Exercise, report: SetReport, curves: Sequence[Curve]) -> tuple[Chart, ...]:
    """Return a chart for the rep's measure and one for each measure that faults are told by, limits drawn in."""
    times = times_of(report, curves)
    of_rep = [(exercise.rep.measure, False)] if exercise.rep else []
    made = (
        _chart(_Topic.of(key, exercise, curves), report, times)
        for key in dict.fromkeys((*of_rep, *_by_faults_seen(exercise, report)))
    )
    return tuple(chart for chart in made if chart is not None)


def _by_faults_seen(exercise: Exercise, report: SetReport) -> Iterable[tuple[str, bool]]:
    """Yield the measures of faults, those of faults that were seen first."""
    seen = {fault.id for fault in report.faults}
    return (_key(fault) for fault in sorted(exercise.faults, key=lambda fault: fault.id not in seen))


def _key(fault: Fault) -> tuple[str, bool]:
    """Return what a fault's chart shows: the measure, and whether as the difference of left and right."""
    return fault.measure, fault.side == "difference"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Topic:
    """What one chart is about."""

    name: str
    unit: str
    curves: tuple[Curve, ...]
    rules: tuple[Fault, ...]
    ends: tuple[float, ...]  # where a rep starts and peaks

    @classmethod
    def of(cls, key: tuple[str, bool], exercise: Exercise, curves: Sequence[Curve]) -> _Topic:
        measure, difference = key
        of_measure = [curve for curve in curves if curve.measure == measure]
        rep = exercise.rep
        is_rep = rep is not None and rep.measure == measure and not difference
        return cls(
            name=measure_name(measure) + (", left against right" if difference else ""),
            unit=of_measure[0].unit if of_measure else "",
            curves=tuple(_sides(of_measure, difference=difference)),
            rules=tuple(rule for rule in exercise.faults if _key(rule) == key),
            ends=(rep.start, rep.peak) if is_rep and rep is not None else (),
        )


def _is_level(rule: Fault) -> bool:
    """Whether a fault's limit is a height in the chart; the swing is how far the curve goes, whatever its stat."""
    return rule.stat in _LEVELS and rule.measure != "trunk_swing_deg"


def _sides(curves: Sequence[Curve], *, difference: bool) -> list[Curve]:
    """Return the curves to draw: left and right where both are there, else what there is."""
    by_side = {curve.side: curve for curve in curves if np.isfinite(curve.value).any()}
    if difference:
        apart = by_side.get("difference")
        return [] if apart is None else [replace(apart, value=np.abs(apart.value))]
    pair = [by_side[side] for side in _PAIR if side in by_side]
    return [by_side["both"]] if "both" in by_side and len(pair) < len(_PAIR) else pair


def _chart(topic: _Topic, report: SetReport, times: Times) -> Chart | None:
    if not topic.curves:
        return None
    levels = [rule for rule in topic.rules if _is_level(rule)]
    scale = _Scale.around(
        [
            *(
                float(end)
                for curve in topic.curves
                for end in _extremes(curve.value[np.isfinite(curve.value)])
            ),
            *(level for rule in levels for level in (rule.below, rule.above) if level is not None),
            *topic.ends,
        ]
    )
    at_level = {rule.id: rule in levels for rule in topic.rules}
    seen = [fault for fault in report.faults if fault.id in at_level and math.isfinite(fault.at_s)]
    sides, unit = len(topic.curves), topic.unit
    return Chart(
        name=topic.name,
        paths=tuple((curve.side, _path(curve, times, scale)) for curve in topic.curves),
        bars=bars(report, times),
        limits=_apart(
            [
                *_ends(topic.ends, unit, scale),
                *(_limit(rule, unit, scale, _spans(rule, report, times)) for rule in levels),
            ]
        ),
        marks=tuple(mark(f, times, scale.y(f.value) if at_level[f.id] else TOP_PX) for f in seen),
        y_ticks=tuple(Tick(at=scale.y(v), text=amount(v, unit).split()[0]) for v in scale.steps),
        ticks=times.ticks(),
        says=_says(topic, len(seen)),
        head=(
            "",
            *(f"{_side_name(c.side, sides)}{end}" for c in topic.curves for end in ("lowest", "highest")),
        ),
        rows=tuple(_rows(topic.curves, report, unit)),
        first=bool(topic.ends or seen),
    )


def _side_name(side: str, sides: int) -> str:
    return "" if sides == 1 else f"{side.capitalize()}, "


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    steps: tuple[float, ...]

    @classmethod
    def around(cls, values: Sequence[float]) -> _Scale:
        low, high = min(values), max(values)
        room = max((high - low) * ROOM, 1e-6)
        low, high = low - room, high + room
        return cls(low, high, tuple(v for v in scale_steps(low, high) if low <= v <= high))

    def y(self, value: float) -> float:
        share = min(max((value - self.low) / (self.high - self.low), 0), 1)
        return round(PLOT_PX - share * (PLOT_PX - TOP_PX), 1)


def _path(curve: Curve, times: Times, scale: _Scale) -> str:
    """Return the line as an SVG path, broken where the value is not known."""
    parts: list[str] = []
    pen_down = False
    for t_s, value in zip(curve.t_s.tolist(), curve.value.tolist(), strict=True):
        if math.isfinite(value):
            parts.append(f"{'L' if pen_down else 'M'}{times.at(t_s) * UNITS / 100:.1f} {scale.y(value)}")
        pen_down = math.isfinite(value)
    return "".join(parts)


def _ends(ends: tuple[float, ...], unit: str, scale: _Scale) -> Iterable[Limit]:
    for name, value in zip(("Start", "Peak"), ends, strict=False):
        y = scale.y(value)
        yield Limit(
            y=y,
            top=y,
            height=0,
            spans=(),
            text=f"{name} of a rep: {amount(value, unit)}",
            label_y=y - 4,
            severity=None,
        )


def _limit(rule: Fault, unit: str, scale: _Scale, spans: tuple[tuple[float, float], ...]) -> Limit:
    below = rule.below is not None
    level = rule.below if rule.below is not None else rule.above if rule.above is not None else math.nan
    y = scale.y(level)
    return Limit(
        y=y,
        top=y if below else 0,
        height=round(PLOT_PX - y if below else y, 1),
        spans=spans,
        text=f"{title(rule.id)}: {'at least' if below else 'at most'} {amount(level, unit)}",
        label_y=y + 12 if below else y - 4,  # beyond the line
        severity=rule.severity,
    )


def _spans(rule: Fault, report: SetReport, times: Times) -> tuple[tuple[float, float], ...]:
    """Return when in the clip a rule looks: in its phase of every rep, in every hold, or always."""
    if rule.during == "set":
        return ((0.0, 100.0),)
    spans_s = [_phase(rule, rep) for rep in report.reps] + [
        (hold.start_s, hold.end_s) for hold in report.holds
    ]
    known = [span for span in spans_s if all(map(math.isfinite, span))]
    return tuple((times.at(a), round(times.at(b) - times.at(a), 2)) for a, b in known)


def _phase(rule: Fault, rep: RepReport) -> tuple[float, float]:
    """Return from when to when a phase of a rep lasted, in seconds; a moment is drawn as a short while."""
    top_s = rep.start_s + rep.lift_s
    down_s = rep.end_s - rep.lower_s
    match rule.during:
        case "start":
            return rep.start_s - WHILE_S, rep.start_s + WHILE_S
        case "lift":
            return rep.start_s, top_s
        case "peak":
            return min(top_s, rep.peak_s - WHILE_S), max(down_s, rep.peak_s + WHILE_S)
        case "lower":
            return down_s, rep.end_s
        case _:
            return rep.start_s, rep.end_s


def _apart(limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """Return limits with their names moved apart: those of faults stand at the right, the others at the left."""
    return tuple(
        limit
        for sided in (False, True)
        for limit in _column([x for x in limits if (x.severity is not None) is sided])
    )


def _column(limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """Return limits with their names moved down until no two lie on each other, and up again at the bottom."""
    placed: list[Limit] = []
    for limit in sorted(limits, key=lambda one: one.label_y):
        least = placed[-1].label_y + LABEL_PX if placed else LABEL_PX - 2
        placed.append(replace(limit, label_y=max(limit.label_y, least)))
    most = PLOT_PX - 4.0
    for number in range(len(placed) - 1, -1, -1):
        placed[number] = replace(placed[number], label_y=round(min(placed[number].label_y, most), 1))
        most = placed[number].label_y - LABEL_PX
    return tuple(placed)


def _says(topic: _Topic, seen: int) -> str:
    ends = [_extremes(curve.value[np.isfinite(curve.value)]) for curve in topic.curves]
    low, high = (amount(end, topic.unit) for end in (min(e[0] for e in ends), max(e[1] for e in ends)))
    faults = f" {plural(seen, 'fault')} marked." if seen else ""
    return f"{topic.name} over the set: from {low} to {high}.{faults}"


def _rows(shown: Sequence[Curve], report: SetReport, unit: str) -> Iterable[tuple[str, ...]]:
    """Yield the lowest and highest value in each rep, or in each hold."""
    spans = [(f"Rep {r.n}" if r.n else "Partial", r.start_s, r.end_s) for r in _in_time(report)]
    spans += [(f"Hold {n}", hold.start_s, hold.end_s) for n, hold in enumerate(report.holds, 1)]
    for name, start_s, end_s in spans or [("Whole clip", -math.inf, math.inf)]:
        cells = [name]
        for curve in shown:
            values = curve.value[(curve.t_s >= start_s) & (curve.t_s <= end_s) & np.isfinite(curve.value)]
            cells += [amount(end, unit) for end in _extremes(values)]
        yield tuple(cells)


def _in_time(report: SetReport) -> list[RepReport]:
    return sorted((*report.reps, *report.partials), key=lambda rep: rep.start_s)


def _extremes(values: Floats) -> tuple[float, float]:
    return (float(values.min()), float(values.max())) if values.size else (math.nan, math.nan)
