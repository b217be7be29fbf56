"""An exercise as plain data, for `--json` and the API: the same keys as its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields

from openback.model.exercise import Exercise, Fault, Figure, Guide

Document = dict[str, object]


def exercise_json(exercise: Exercise) -> Document:
    """Return the exercise as texts, numbers, lists and dicts, with the keys of the exercise file.

    Written back as TOML it gives the same exercise: what does not apply is left out, never null.
    """
    document: Document = {
        "id": exercise.id,
        "name": exercise.name,
        "aliases": list(exercise.aliases),
        "pattern": exercise.pattern,
        "kind": exercise.kind,
        "level": exercise.level,
        "kit": list(exercise.kit),
        "load": exercise.load,
        "body_mass_share": exercise.body_mass_share,
        "one_side_at_a_time": exercise.one_side_at_a_time,
        "setup_s": exercise.setup_s,
        "stretches": list(exercise.stretches),
        "sources": list(exercise.sources),
        "muscles": dict(exercise.muscles),
        "evidence": {"confidence": exercise.muscles_confidence, "note": exercise.muscles_note},
        "dose": _dose(exercise),
        "start_load": {"share": dict(exercise.start_load.share), "band": dict(exercise.start_load.band)},
        "guide": _guide(exercise.guide),
        "swap": _swap(exercise),
        "safety": _listed(asdict(exercise.safety)),
    }
    return document | _motion(exercise)


def _dose(exercise: Exercise) -> Document:
    dose = exercise.dose
    document: Document = {"sets": list(dose.sets), "rest_s": dose.rest_s, "tempo": asdict(dose.tempo)}
    if dose.reps is not None:
        document["reps"] = list(dose.reps)
    if dose.hold_s is not None:
        document["hold_s"] = list(dose.hold_s)
    return document


def _guide(guide: Guide) -> Document:
    return {
        "summary": guide.summary,
        "setup": list(guide.setup),
        "steps": list(guide.steps),
        "cues": list(guide.cues),
        "mistakes": list(guide.mistakes),
        "tip": [_listed(asdict(tip)) for tip in guide.tips],
    }


def _swap(exercise: Exercise) -> Document:
    swap = exercise.swap
    return {"easier": list(swap.easier), "harder": list(swap.harder), "twins": dict(swap.twins)}


def _motion(exercise: Exercise) -> Document:
    document: Document = {}
    if exercise.figure is not None:
        document["figure"] = _figure(exercise.figure)
    if exercise.camera is not None:
        document["camera"] = asdict(exercise.camera)
    if exercise.rep is not None:
        document["rep"] = asdict(exercise.rep)
    if exercise.faults:
        document["fault"] = [_fault(fault) for fault in exercise.faults]
    return document


def _figure(figure: Figure) -> Document:
    return {
        "posture": figure.posture,
        "props": list(figure.props),
        "camera": {"yaw_deg": figure.camera_yaw_deg, "pitch_deg": figure.camera_pitch_deg},
        "key": [{"at": key.at, **_angles(key.angles_deg)} for key in figure.keys],
    }


def _angles(angles: Mapping[str, float | tuple[float, float]]) -> Document:
    return {
        name: {"left": angle[0], "right": angle[1]} if isinstance(angle, tuple) else angle
        for name, angle in angles.items()
    }


def _fault(fault: Fault) -> Document:
    document = {field.name: getattr(fault, field.name) for field in fields(fault)}
    return {key: value for key, value in document.items() if value is not None} | {
        "show": _angles(fault.show)
    }


def _listed(values: dict[str, object]) -> Document:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}
