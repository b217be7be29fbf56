"""What the coach answers, as plain data: `docs/coach.md` has every key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from openback.model.exercise import Exercise
from openback.model.measures import MEASURE_UNITS
from openback.model.motion import (
    Cue,
    Event,
    FaultTold,
    HoldDone,
    PhaseBegan,
    RepDone,
    SetReport,
    ViewChanged,
)
from openback.services.clip_json import fault_json, hold_json, number, rep_json, report_json, view_json
from openback.services.clip_words import SEVERITIES, title
from openback.services.coach.framing_words import words_for
from openback.services.plain import Plain, plain
from openback.services.set_clips import counted

Doc = dict[str, Plain]


def exercise_json(exercise: Exercise) -> Doc:
    """Return what a page needs to know of an exercise before its set: `ready` without the session."""
    rule, tempo, camera = exercise.rep, exercise.dose.tempo, exercise.camera
    return {
        "kind": exercise.kind,
        "rep": None
        if rule is None
        else {
            "measure": rule.measure,
            "start": rule.start,
            "peak": rule.peak,
            "unit": MEASURE_UNITS[rule.measure],
        },
        "tempo": {
            "lift_s": tempo.lift_s,
            "hold_s": tempo.hold_s,
            "lower_s": tempo.lower_s,
            "pause_s": tempo.pause_s,
        },
        "best_view": camera.best_view if camera else None,
        "place": camera.place if camera else None,
        "problems": plain(words_for(exercise)),
    }


def event_json(event: Event, unit: str) -> Doc:
    """Return an event; `kind` says which. `unit` is that of the exercise's rep measure."""
    return _EVENTS[type(event)](event, unit)


def _phase(event: PhaseBegan, _unit: str) -> Doc:
    return {"kind": "phase", "t_s": event.t_s, "phase": event.phase}


def _rep(event: RepDone, unit: str) -> Doc:
    return {"kind": "rep", "t_s": event.t_s, "rep": rep_json(event.rep, unit)}


def _hold(event: HoldDone, _unit: str) -> Doc:
    return {"kind": "hold", "t_s": event.t_s, "hold": hold_json(event.hold)}


def _fault(event: FaultTold, _unit: str) -> Doc:
    return {"kind": "fault", "t_s": event.t_s, "fault": fault_json(event.fault)}


def _cue(event: Cue, _unit: str) -> Doc:
    # The event's own `kind` is how it is to sound.
    return {
        "kind": "cue",
        "t_s": event.t_s,
        "text": event.text,
        "tone": event.kind,
        "fault": event.fault,
    }


def _view(event: ViewChanged, _unit: str) -> Doc:
    return {
        "kind": "view",
        "t_s": event.t_s,
        "view": view_json(event.view),
        "cannot_tell": plain(event.cannot_tell),
    }


_EVENTS: Final[Mapping[type, Callable[[Any, str], Doc]]] = MappingProxyType(
    {
        PhaseBegan: _phase,
        RepDone: _rep,
        HoldDone: _hold,
        FaultTold: _fault,
        Cue: _cue,
        ViewChanged: _view,
    }
)


def set_json(report: SetReport, exercise: Exercise) -> Doc:
    """Return what a set was: the report as `openback analyze --json` gives it, and what it fills in."""
    return {"report": report_json(report, exercise), "fill": fill_json(report, exercise)}


def fill_json(report: SetReport, exercise: Exercise) -> Doc:
    """Return what a set's row takes over; null for what could not be told. `tempo` is of the middle rep."""
    found, reserve = counted(report, exercise), report.reserve
    reps = found.reps if found else None
    return {
        "reps": reps if reps is not None or exercise.kind == "hold" else 0,
        "hold_s": found.hold_s if found else None,
        "side": found.side if found else None,
        "rir": None if reserve is None else round(reserve.reps),
        "rir_low": number(reserve.low) if reserve else None,
        "rir_high": number(reserve.high) if reserve else None,
        "tempo": {
            "lift_s": number(found.lift_s),
            "hold_s": number(found.rep_hold_s),
            "lower_s": number(found.lower_s),
        }
        if found and found.reps is not None
        else None,
        "faults": _faults(report, exercise),
        "another": report.another,
    }


def _faults(report: SetReport, exercise: Exercise) -> list[Plain]:
    """Return each fault of the set once, the worst kind first, with the reps it was in."""
    reps: dict[str, set[int]] = {}
    for fault in report.faults:
        reps.setdefault(fault.id, set()).update([] if fault.rep is None else [fault.rep])
    rules = {fault.id: fault for fault in exercise.faults}
    found = sorted(
        (rules[name] for name in reps if name in rules),
        key=lambda rule: (SEVERITIES.index(rule.severity), -len(reps[rule.id])),
    )
    return [
        {
            "id": rule.id,
            "title": title(rule.id),
            "severity": rule.severity,
            "cue": rule.cue,
            "why": rule.why,
            "reps": list[Plain](sorted(reps[rule.id])),
        }
        for rule in found
    ]
