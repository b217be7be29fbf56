"""A set along the time of its clip: in per cent of the width and pixels of the height, so that type keeps its size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from openback.model.exercise import Severity
from openback.model.motion import FaultSeen, RepReport, SetReport
from openback.services.clip_words import amount, moment, plural, title
from openback.services.thinning import Curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rep, partial or hold on the time line; `left`, `wide` and `peak` in per cent."""

    left: float
    wide: float
    peak: float | None
    label: str
    says: str
    partial: bool
    faulty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A moment of a fault; `at` in per cent, `y` in pixels."""

    at: float
    y: float
    severity: Severity
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of a scale: `at` in per cent (time) or pixels (value)."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """The whole clip from left to right."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Times:
    """The time of a clip as the width of a page."""

    first_s: float
    last_s: float

    def at(self, t_s: float) -> float:
        """Return a moment in per cent of the width."""
        span = max(self.last_s - self.first_s, 1e-9)
        return round(min(max((t_s - self.first_s) / span, 0), 1) * 100, 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Return about five round moments."""
        span = max(self.last_s - self.first_s, 0.1)
        step = next((s for s in (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600) if span / s <= 6), 1200)
        count = int(self.last_s // step)
        at = (n * step for n in range(math.ceil(self.first_s / step), count + 1))
        return tuple(Tick(at=self.at(t), text=_clock(t, step)) for t in at)


def _clock(t_s: float, step: float) -> str:
    return moment(t_s) if step < 1 else moment(t_s)[:-2]


def times_of(report: SetReport, curves: Sequence[Curve]) -> Times:
    """Return the time from the first frame to the last."""
    ends = [float(curve.t_s[-1]) for curve in curves if curve.t_s.size]
    ends += [rep.end_s for rep in (*report.reps, *report.partials)] + [hold.end_s for hold in report.holds]
    starts = [float(curve.t_s[0]) for curve in curves if curve.t_s.size]
    return Times(min([0.0, *starts]), max([report.duration_s, *ends, 0.1]))


def time_line(report: SetReport, times: Times) -> TimeLine:
    """Return reps, partials, holds and faults along the clip."""
    marks = tuple(mark(fault, times, 0) for fault in report.faults if math.isfinite(fault.at_s))
    counted = [plural(len(report.reps), "rep")] if report.reps or not report.holds else []
    counted += [plural(len(report.partials), "partial")] if report.partials else []
    counted += [plural(len(report.holds), "hold")] if report.holds else []
    seen = f"{plural(len(report.faults), 'fault')} seen" if report.faults else "no fault seen"
    return TimeLine(
        bars=bars(report, times),
        marks=marks,
        ticks=times.ticks(),
        says=f"Time line of {times.last_s:.0f} seconds: {', '.join(counted)}, {seen}.",
    )


def bars(report: SetReport, times: Times) -> tuple[Bar, ...]:
    """Return reps and partials in the order of the clip, then holds."""
    reps = [_rep_bar(rep, times) for rep in sorted((*report.reps, *report.partials), key=lambda r: r.start_s)]
    holds = [
        _bar(
            times,
            (hold.start_s, hold.end_s),
            label=f"{hold.held_s:.0f} s",
            says=f"Held {hold.held_s:.1f} s from {moment(hold.start_s)}",
            faulty=bool(hold.faults),
        )
        for hold in report.holds
    ]
    return (*reps, *holds)


def _rep_bar(rep: RepReport, times: Times) -> Bar:
    name = "Partial" if rep.partial else f"Rep {rep.n}"
    return _bar(
        times,
        (rep.start_s, rep.end_s),
        label="" if rep.partial else str(rep.n),
        says=f"{name}: {moment(rep.start_s)} to {moment(rep.end_s)}, peak at {moment(rep.peak_s)}",
        faulty=bool(rep.faults),
        partial=rep.partial,
        peak_s=rep.peak_s,
    )


def _bar(  # noqa: PLR0913 - what a bar is made of
    times: Times,
    span_s: tuple[float, float],
    *,
    label: str,
    says: str,
    faulty: bool,
    partial: bool = False,
    peak_s: float | None = None,
) -> Bar:
    left, right = times.at(span_s[0]), times.at(span_s[1])
    return Bar(
        left=left,
        wide=round(max(right - left, 0.4), 2),
        peak=times.at(peak_s) if peak_s is not None else None,
        label=label,
        says=says,
        partial=partial,
        faulty=faulty,
    )


def mark(fault: FaultSeen, times: Times, y: float) -> Mark:
    """Return the moment of a fault at a height of `y` pixels."""
    where = f"rep {fault.rep}, " if fault.rep is not None else ""
    says = f"{title(fault.id)}: {where}{moment(fault.at_s)}, {amount(fault.value, fault.unit)}"
    return Mark(at=times.at(fault.at_s), y=y, severity=fault.severity, says=says)
