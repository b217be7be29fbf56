"""A clip's report as the plain data of `openback analyze --json`; other programs rely on its keys."""

from __future__ import annotations

import math

from openback.model.exercise import Exercise
from openback.model.motion import FaultSeen, HoldReport, RepReport, Reserve, SetReport, View
from openback.services.clip_analysis import ClipAnalysis
from openback.services.clip_words import unit_of
from openback.services.plain import Plain, plain


def analysis_json(analysis: ClipAnalysis) -> dict[str, Plain]:
    """Return the report as JSON holds it: seconds, degrees, shares 0 to 1; null for what is not known.

    `range_deg` is null where the rep's measure is no angle; `range` and `range_unit` always say it.
    """
    info = analysis.info
    report = report_json(analysis.report, analysis.exercise)
    # The keys stand in the order in which a person reads them.
    return {
        "file": analysis.name,
        "exercise": report.pop("exercise"),
        "exercise_asked": analysis.asked,
        **{name: report.pop(name) for name in ("another", "recognised", "frames", "duration_s", "fps")},
        "width_px": info.width_px if info else None,
        "height_px": info.height_px if info else None,
        **report,
    }


def report_json(report: SetReport, exercise: Exercise | None) -> dict[str, Plain]:
    """Return what the engine made of a set, with the keys of `analysis_json` that are no matter of a file."""
    unit = unit_of(exercise) if exercise else ""
    return {
        "exercise": report.exercise,
        "another": report.another,
        "recognised": [
            {"exercise": guess.exercise, "confidence": number(guess.confidence)}
            for guess in report.recognised
        ],
        "frames": report.frames,
        "duration_s": number(report.duration_s),
        "fps": number(report.fps),
        "pose_found": number(report.pose_found),
        "view": view_json(report.view),
        "reps": [rep_json(rep, unit) for rep in report.reps],
        "partials": [rep_json(rep, unit) for rep in report.partials],
        "holds": [hold_json(hold) for hold in report.holds],
        "faults": [fault_json(fault) for fault in report.faults],
        "cannot_tell": [plain(one) for one in report.cannot_tell],
        "measures": {
            name: {
                "min": number(one.min),
                "max": number(one.max),
                "mean": number(one.mean),
                "unit": one.unit,
            }
            for name, one in report.measures.items()
        },
        "speed_loss": number(report.speed_loss),
        "reserve": _reserve(report.reserve),
    }


def rep_rows(analysis: ClipAnalysis) -> list[dict[str, Plain]]:
    """Return reps and partials in the order of the clip; `n` is null for a partial."""
    report, unit = analysis.report, unit_of(analysis.exercise) if analysis.exercise else ""
    return [
        rep_json(rep, unit) for rep in sorted((*report.reps, *report.partials), key=lambda rep: rep.start_s)
    ]


def fault_rows(analysis: ClipAnalysis) -> list[dict[str, Plain]]:
    """Return the faults that were seen."""
    return [fault_json(fault) for fault in analysis.report.faults]


def view_json(view: View) -> dict[str, Plain]:
    """Return from where the camera looked."""
    return {"name": view.name, "yaw_deg": number(view.yaw_deg)}


def rep_json(rep: RepReport, unit: str) -> dict[str, Plain]:
    """Return a rep whose range is in `unit`."""
    return {
        "n": rep.n,
        "start_s": number(rep.start_s),
        "peak_s": number(rep.peak_s),
        "end_s": number(rep.end_s),
        "range_deg": number(rep.range) if unit == "deg" else None,
        "range": number(rep.range),
        "range_unit": unit,
        "range_share": number(rep.range_share),
        "lift_s": number(rep.lift_s),
        "hold_s": number(rep.hold_s),
        "lower_s": number(rep.lower_s),
        "peak_speed_per_s": number(rep.peak_speed_per_s),
        "side": rep.side,
        "faults": list(rep.faults),
    }


def hold_json(hold: HoldReport) -> dict[str, Plain]:
    """Return one time in a pose."""
    return {
        "start_s": number(hold.start_s),
        "end_s": number(hold.end_s),
        "held_s": number(hold.held_s),
        "side": hold.side,
        "faults": list(hold.faults),
    }


def fault_json(fault: FaultSeen) -> dict[str, Plain]:
    """Return a fault that was seen."""
    return {
        "id": fault.id,
        "severity": fault.severity,
        "rep": fault.rep,
        "at_s": number(fault.at_s),
        "value": number(fault.value),
        "limit": number(fault.limit),
        "unit": fault.unit,
        "side": fault.side,
        "cue": fault.cue,
    }


def _reserve(reserve: Reserve | None) -> dict[str, Plain] | None:
    if reserve is None:
        return None
    return {"reps": number(reserve.reps), "low": number(reserve.low), "high": number(reserve.high)}


def number(value: float | None) -> float | None:
    """Return a number to four decimals; null for one that is not known."""
    return None if value is None or not math.isfinite(value) else round(float(value), 4)
