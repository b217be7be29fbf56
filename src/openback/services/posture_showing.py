"""Posture checks as pages show them: readings with their words, from what was found or what was kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from openback.model.journal import MeasuredBy, PostureCheck, PostureReading
from openback.model.posture import SHOTS, PostureFound, PostureTold, Shot
from openback.motion.posture import PostureMeasure, posture_rules
from openback.services.posture_views import (
    PostureProblemView,
    PostureReadingView,
    PostureUntoldView,
    PostureView,
)
from openback.services.posture_words import (
    c7_said,
    caution_said,
    headline,
    is_marked,
    reading_said,
    untold_said,
)

C7_ID: Final = "c7_deg"


def c7_measure() -> PostureMeasure:
    """Return the angle at a marked C7 as one of the measures; the larger, the further back the head."""
    c7 = posture_rules().c7
    return PostureMeasure(
        id=C7_ID,
        name=c7.name,
        what=c7.what,
        shots=("right", "left"),
        sd_deg=c7.sd_deg,
        smallest_change_deg=c7.smallest_change_deg,
        usual_deg=(c7.with_neck_pain_deg, 90.0),
        less="further forward",
        more="further back",
        source=c7.source,
    )


def reading_of(kept: PostureCheck, measure_id: str) -> PostureReading | None:
    """Return what a kept check says of a measure, or of the angle at C7; None when it was not told."""
    if measure_id != C7_ID:
        return kept.readings.get(measure_id)
    angle = kept.c7_angle_deg
    if angle is None:
        return None
    low, high = kept.c7_low_deg, kept.c7_high_deg
    return PostureReading(
        value=angle, low=angle if low is None else low, high=angle if high is None else high, frames=0
    )


def view_of(kept: PostureCheck) -> PostureView:
    """Return a kept check as pages show it; a measure that this version does not know is left out."""
    told = {
        name: PostureTold(
            value=one.value, low=one.low, high=one.high, frames=one.frames, by_shot=_shots(one.by_shot)
        )
        for name, one in kept.readings.items()
    }
    c7 = reading_of(kept, C7_ID)
    seen = PostureFound(
        readings=told,
        c7=None if c7 is None else PostureTold(value=c7.value, low=c7.low, high=c7.high, frames=c7.frames),
    )
    names = {one.id: one.name for one in (*posture_rules().measures.values(), c7_measure())}
    untold = tuple(
        PostureUntoldView(id=name, name=names.get(name, name), why=why) for name, why in kept.untold.items()
    )
    shown = posture_view(seen, kept.at, kept.by)
    return replace(shown, id=kept.id, untold=untold, cautions=kept.cautions, note=kept.note)


def _shots(by_shot: Mapping[str, float]) -> Mapping[Shot, float]:
    return {shot: by_shot[shot] for shot in SHOTS if shot in by_shot}


def posture_view(
    found: PostureFound, at: datetime, by: MeasuredBy, problems: tuple[PostureProblemView, ...] = ()
) -> PostureView:
    """Return what was found as pages show it, without an id: it is not kept."""
    rules = posture_rules()
    readings = tuple(
        _reading_view(measure, told, reading_said(measure, told.value, told.low, told.high))
        for name, measure in rules.measures.items()
        if (told := found.readings.get(name)) is not None
    )
    untold = tuple(
        PostureUntoldView(id=one.id, name=one.name, why=untold_said(measure, found.untold[one.id]))
        for one, measure in (*((one, one) for one in rules.measures.values()), (c7_measure(), None))
        if one.id in found.untold
    )
    return PostureView(
        id=None,
        at=at,
        by=by,
        headline=headline([one.name for one in readings if one.marked], len(readings)),
        readings=readings,
        untold=untold,
        problems=problems,
        c7=_c7_view(found.c7) if found.c7 else None,
        cautions=tuple(caution_said(one) for one in found.cautions),
    )


def _reading_view(measure: PostureMeasure, told: PostureTold, said: str) -> PostureReadingView:
    return PostureReadingView(
        id=measure.id,
        name=measure.name,
        what=measure.what,
        value=told.value,
        low=told.low,
        high=told.high,
        frames=told.frames,
        said=said,
        smallest_change=measure.smallest_change_deg,
        usual=measure.usual_deg,
        marked=is_marked(measure, told.low, told.high),
        by_shot=told.by_shot,
    )


def _c7_view(told: PostureTold) -> PostureReadingView:
    """Return the angle at a marked C7; no cut-off for it is proven, so it is never marked."""
    seen = _reading_view(c7_measure(), told, c7_said(told.value))
    return replace(seen, marked=False)
