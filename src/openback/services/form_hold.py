"""What was seen on film and what follows from it for the next sets: which fault holds the load, and warnings."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from openback.model.clip import Clip
from openback.model.exercise import Exercise
from openback.model.log import SetLog
from openback.model.motion import FaultSeen
from openback.services.app import App
from openback.services.views import FormWarning
from openback.training.progression import FilmedSet, Holding, fault_that_holds, until_text
from openback.training.progression.data import progression_data


def latest_sessions(sets: Sequence[SetLog]) -> tuple[UUID, ...]:
    """Return the sessions of these sets that may still hold a load, the last one first; sets come oldest first."""
    ids = dict.fromkeys(one.session_id for one in reversed(sets) if one.kind == "work")
    data = progression_data()
    return tuple(ids)[: max(data.form_sessions, data.danger_sessions)]


def held_by(app: App, exercise: Exercise, sets: Sequence[SetLog]) -> str | None:
    """Return until when a fault holds the load after these sets: `the bar stays in front`; None when none does."""
    found = _holding(app.store.clips_of(app.person_id, exercise.id, latest_sessions(sets)), sets)
    return None if found is None else until_text(exercise, found.fault)


def _holding(clips: Sequence[Clip], sets: Sequence[SetLog]) -> Holding | None:
    ago = {session: number for number, session in enumerate(latest_sessions(sets))}
    return fault_that_holds(
        [
            FilmedSet(sessions_ago=ago[one.session_id], faults=one.report.faults)
            for one in clips
            if one.kind == "work" and one.report is not None and one.report.another is None
        ]
    )


def warning(
    app: App, exercise: Exercise, today: Sequence[Clip], before: Sequence[SetLog]
) -> FormWarning | None:
    """Return the danger to warn of at the top of an exercise: seen today, or when it was filmed last.

    A clip of today without it takes the former warning away.
    """
    graded = [one for one in today if one.report is not None and one.report.another is None]
    found = _danger_today(graded) if graded else _danger_before(app, exercise, before)
    if found is None:
        return None
    clip, fault, where = found
    return FormWarning(
        cue=fault.cue,
        seen=where,
        why=next((one.why for one in exercise.faults if one.id == fault.id), ""),
        clip_id=clip.id,
        at_s=fault.at_s,
    )


_Found = tuple[Clip, FaultSeen, str]


def _danger_today(graded: Sequence[Clip]) -> _Found | None:
    for clip in reversed(graded):
        if fault := _danger_in(clip):
            of_set = f"In the clip of set {clip.number}" if clip.kind == "work" else "In a clip of today"
            return clip, fault, of_set + _in_reps(clip, fault)
    return None


def _danger_before(app: App, exercise: Exercise, before: Sequence[SetLog]) -> _Found | None:
    sessions = latest_sessions(before)
    clips = app.store.clips_of(app.person_id, exercise.id, sessions)
    holding = _holding(clips, before)
    if holding is None or holding.fault.severity != "danger":
        return None
    when = "your last session" if holding.sessions_ago == 0 else "an earlier session"
    for clip in reversed([one for one in clips if one.session_id == sessions[holding.sessions_ago]]):
        if fault := _danger_in(clip):
            return clip, fault, f"In a clip of {when}{_in_reps(clip, fault)}"
    return None


def _danger_in(clip: Clip) -> FaultSeen | None:
    faults = () if clip.report is None or clip.report.another is not None else clip.report.faults
    return next((one for one in faults if one.severity == "danger"), None)


def _in_reps(clip: Clip, fault: FaultSeen) -> str:
    """Return in which reps a fault was seen: `, in reps 3, 5 and 6`; empty where it is of the whole set."""
    faults = clip.report.faults if clip.report else ()
    reps = sorted({one.rep for one in faults if one.id == fault.id and one.rep is not None})
    words = [str(one) for one in reps]
    if not words:
        return ""
    if len(words) == 1:
        return f", in rep {words[0]}"
    return f", in reps {', '.join(words[:-1])} and {words[-1]}"
