"""Turns checked parts into the frozen values of `openback.model.exercise`, and back into plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from openback.catalogue import schema
from openback.model.exercise import (
    Band,
    CameraAdvice,
    Complaint,
    Dose,
    Exercise,
    Fault,
    Figure,
    FigureKey,
    Guide,
    KitItem,
    Muscle,
    RepRule,
    Safety,
    Source,
    StartLoad,
    Swaps,
    Tempo,
    Tip,
)

K = TypeVar("K")
V = TypeVar("V")


def exercise(part: schema.ExercisePart) -> Exercise:
    """Return the exercise that a checked file describes."""
    return Exercise(
        id=part.id,
        name=part.name,
        aliases=tuple(part.aliases),
        pattern=part.pattern,
        kind=part.kind,
        level=part.level,
        kit=tuple(part.kit),
        load=part.load,
        body_mass_share=part.body_mass_share,
        one_side_at_a_time=part.one_side_at_a_time,
        setup_s=part.setup_s,
        sources=tuple(part.sources),
        muscles=frozen(part.muscles),
        muscles_confidence=part.evidence.confidence,
        muscles_note=part.evidence.note,
        stretches=tuple(part.stretches),
        dose=_dose(part.dose),
        start_load=StartLoad(
            share=by_word(part.start_load.share.items()), band=by_word(part.start_load.band.items())
        ),
        guide=_guide(part.guide),
        swap=Swaps(
            easier=tuple(part.swap.easier),
            harder=tuple(part.swap.harder),
            twins=by_word(part.swap.twins.items()),
        ),
        safety=_safety(part.safety),
        figure=None if part.figure is None else _figure(part.figure),
        camera=None if part.camera is None else CameraAdvice(**part.camera.model_dump()),
        rep=None if part.rep is None else RepRule(**part.rep.model_dump()),
        faults=tuple(_fault(fault) for fault in part.fault),
    )


def muscle(muscle_id: str, part: schema.MusclePart) -> Muscle:
    """Return one muscle region."""
    return Muscle(id=muscle_id, name=part.name, does=part.does, primary=part.primary)


def kit_item(kit_id: str, part: schema.KitPart) -> KitItem:
    """Return one piece of kit."""
    return KitItem(
        id=kit_id, name=part.name, hint=part.hint, where=tuple(part.where), implies=tuple(part.implies)
    )


def complaint(complaint_id: str, part: schema.ComplaintPart) -> Complaint:
    """Return one complaint."""
    return Complaint(
        id=complaint_id, name=part.name, asks=part.asks, rule=part.rule, sources=tuple(part.sources)
    )


def source(source_id: str, part: schema.SourcePart) -> Source:
    """Return one source."""
    return Source(
        id=source_id, cite=part.cite, doi=part.doi, url=part.url, confidence=part.confidence, says=part.says
    )


def band(band_id: str, part: schema.BandPart) -> Band:
    """Return one band."""
    return Band(
        id=band_id,
        name=part.name,
        order=part.order,
        force_100_n=part.force_100_n,
        force_200_n=part.force_200_n,
        sources=tuple(part.sources),
    )


def frozen(mapping: Mapping[K, V]) -> Mapping[K, V]:
    """Return `mapping` as one that nobody can change."""
    return MappingProxyType(dict(mapping))


def by_word(items: Iterable[tuple[str, V]]) -> Mapping[str, V]:
    """Return pairs as a mapping that nobody can change, its keys plain words."""
    return MappingProxyType(dict(items))


def _dose(part: schema.DosePart) -> Dose:
    return Dose(
        reps=None if part.reps is None else _pair(part.reps),
        hold_s=None if part.hold_s is None else _pair(part.hold_s),
        rest_s=part.rest_s,
        sets=_pair(part.sets),
        tempo=Tempo(**part.tempo.model_dump()),
    )


def _pair(numbers: list[int]) -> tuple[int, int]:
    low, high = numbers
    return low, high


def _guide(part: schema.GuidePart) -> Guide:
    return Guide(
        summary=part.summary,
        setup=tuple(part.setup),
        steps=tuple(part.steps),
        cues=tuple(part.cues),
        mistakes=tuple(part.mistakes),
        tips=tuple(
            Tip(severity=tip.severity, text=tip.text, why=tip.why, sources=tuple(tip.sources))
            for tip in part.tip
        ),
    )


def _safety(part: schema.SafetyPart) -> Safety:
    return Safety(
        position=part.position,
        avoid_with=tuple(part.avoid_with),
        prefer_with=tuple(part.prefer_with),
        inverted=part.inverted,
        overhead=part.overhead,
        heavy=part.heavy,
    )


def _figure(part: schema.FigurePart) -> Figure:
    return Figure(
        posture=part.posture,
        props=tuple(part.props),
        camera_yaw_deg=part.camera.yaw_deg,
        camera_pitch_deg=part.camera.pitch_deg,
        keys=tuple(_figure_key(key) for key in part.key),
    )


def _figure_key(part: schema.FigureKeyPart) -> FigureKey:
    return FigureKey(at=part.at, angles_deg=_angles(part.__pydantic_extra__ or {}))


def _fault(part: schema.FaultPart) -> Fault:
    return Fault(**part.model_dump(exclude={"show"}), show=_angles(part.show))


def _angles(angles: Mapping[str, float | schema.SidesPart]) -> Mapping[str, float | tuple[float, float]]:
    return frozen(
        {
            name: (angle.left, angle.right) if isinstance(angle, schema.SidesPart) else angle
            for name, angle in angles.items()
        }
    )
