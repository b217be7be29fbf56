"""A clip's report as the plain data of `openback analyze --json`; other programs rely on its keys."""

from __future__ import annotations

import math

from openback.model.motion import FaultSeen, HoldReport, RepReport, Reserve
from openback.services.clip_analysis import ClipAnalysis
from openback.services.clip_words import unit_of
from openback.services.plain import Plain, plain


def analysis_json(analysis: ClipAnalysis) -> dict[str, Plain]:
    """Return the report as JSON holds it: seconds, degrees, shares 0 to 1; null for what is not known.

    `range_deg` is null where the rep's measure is no angle; `range` and `range_unit` always say it.
    """
    report, info = analysis.report, analysis.info
    unit = unit_of(analysis.exercise) if analysis.exercise else ""
    return {
        "file": analysis.name,
        "exercise": report.exercise,
        "exercise_asked": analysis.asked,
        "another": report.another,
        "recognised": [
            {"exercise": guess.exercise, "confidence": _number(guess.confidence)}
            for guess in report.recognised
        ],
        "frames": report.frames,
        "duration_s": _number(report.duration_s),
        "fps": _number(report.fps),
        "width_px": info.width_px if info else None,
        "height_px": info.height_px if info else None,
        "pose_found": _number(report.pose_found),
        "view": {"name": report.view.name, "yaw_deg": _number(report.view.yaw_deg)},
        "reps": [_rep(rep, unit) for rep in report.reps],
        "partials": [_rep(rep, unit) for rep in report.partials],
        "holds": [_hold(hold) for hold in report.holds],
        "faults": [*fault_rows(analysis)],
        "cannot_tell": [plain(one) for one in report.cannot_tell],
        "measures": {
            name: {
                "min": _number(one.min),
                "max": _number(one.max),
                "mean": _number(one.mean),
                "unit": one.unit,
            }
            for name, one in report.measures.items()
        },
        "speed_loss": _number(report.speed_loss),
        "reserve": _reserve(report.reserve),
    }


def rep_rows(analysis: ClipAnalysis) -> list[dict[str, Plain]]:
    """Return reps and partials in the order of the clip; `n` is null for a partial."""
    report, unit = analysis.report, unit_of(analysis.exercise) if analysis.exercise else ""
    return [_rep(rep, unit) for rep in sorted((*report.reps, *report.partials), key=lambda rep: rep.start_s)]


def fault_rows(analysis: ClipAnalysis) -> list[dict[str, Plain]]:
    """Return the faults that were seen."""
    return [_fault(fault) for fault in analysis.report.faults]


def _rep(rep: RepReport, unit: str) -> dict[str, Plain]:
    return {
        "n": rep.n,
        "start_s": _number(rep.start_s),
        "peak_s": _number(rep.peak_s),
        "end_s": _number(rep.end_s),
        "range_deg": _number(rep.range) if unit == "deg" else None,
        "range": _number(rep.range),
        "range_unit": unit,
        "range_share": _number(rep.range_share),
        "lift_s": _number(rep.lift_s),
        "hold_s": _number(rep.hold_s),
        "lower_s": _number(rep.lower_s),
        "peak_speed_per_s": _number(rep.peak_speed_per_s),
        "side": rep.side,
        "faults": list(rep.faults),
    }


def _hold(hold: HoldReport) -> dict[str, Plain]:
    return {
        "start_s": _number(hold.start_s),
        "end_s": _number(hold.end_s),
        "held_s": _number(hold.held_s),
        "side": hold.side,
        "faults": list(hold.faults),
    }


def _fault(fault: FaultSeen) -> dict[str, Plain]:
    return {
        "id": fault.id,
        "severity": fault.severity,
        "rep": fault.rep,
        "at_s": _number(fault.at_s),
        "value": _number(fault.value),
        "limit": _number(fault.limit),
        "unit": fault.unit,
        "side": fault.side,
        "cue": fault.cue,
    }


def _reserve(reserve: Reserve | None) -> dict[str, Plain] | None:
    if reserve is None:
        return None
    return {"reps": _number(reserve.reps), "low": _number(reserve.low), "high": _number(reserve.high)}


def _number(value: float | None) -> float | None:
    """Return a number to four decimals; null for one that is not known."""
    return None if value is None or not math.isfinite(value) else round(float(value), 4)
