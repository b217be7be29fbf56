"""Clips of sets: attaching one, what it counted, taking it away and bringing it back."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import uuid_utils.compat as uuid

from openback.errors import CannotUndo, NotFound
from openback.model.clip import Clip, Gone
from openback.model.exercise import Exercise
from openback.model.log import SetKind, SetLog, Side
from openback.model.motion import RepReport, SetReport
from openback.services import sessions
from openback.services.app import App
from openback.services.clip_store import erase, strays, taken_bytes, video_file
from openback.services.clip_words import middle
from openback.services.library import known_exercise
from openback.services.views import StepView

UNDO_FOR: Final = timedelta(minutes=15)  # project default: so long can a clip be brought back


# --- Which set a clip shows --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row of an exercise: the number of a set within its kind, and the set when it is logged."""

    kind: SetKind
    number: int
    logged: SetLog | None


def places_of(step: StepView) -> tuple[Place, ...]:
    """Return the rows of an exercise in the order of its screen."""
    planned = [(one.done.kind if one.done else one.kind, one.done) for one in step.sets]
    rows: list[tuple[SetKind, SetLog | None]] = [*planned, *((one.kind, one) for one in step.extra)]
    counts: Counter[SetKind] = Counter()
    places = []
    for kind, logged in rows:
        counts[kind] += 1
        places.append(Place(kind=kind, number=counts[kind], logged=logged))
    return tuple(places)


def seated(places: Sequence[Place], clips: Sequence[Clip]) -> dict[int, Clip]:
    """Return which clip belongs to which row.

    A clip goes to the set it names; one whose set was never logged to the row of its kind and number, else to
    the next row of its kind that is still open. The latest clip of a row counts.
    """
    by_id = {place.logged.id: n for n, place in enumerate(places) if place.logged is not None}
    found = {by_id[clip.set_id]: clip for clip in clips if clip.set_id in by_id}
    for clip in clips:
        if clip.set_id in by_id:
            continue
        free = [n for n, place in enumerate(places) if place.kind == clip.kind and n not in found]
        same = [n for n in free if places[n].number == clip.number]
        still_open = [n for n in free if places[n].logged is None]
        at = next(iter([*same, *still_open]), None)
        if at is not None:
            found[at] = clip
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where a clip is to go. `former` is the clip that is there already."""

    session_id: UUID
    exercise: Exercise
    step: int
    kind: SetKind
    number: int
    set_id: UUID
    logged: SetLog | None
    former: Clip | None

    @property
    def name(self) -> str:
        """What the row is called."""
        return set_name(self.kind, self.number)


def set_name(kind: SetKind, number: int) -> str:
    """Return what a row is called: `Set 2`."""
    return f"{ {'warm_up': 'Warm-up', 'work': 'Set', 'drop': 'Drop set'}[kind] } {number}"


def slot(app: App, session_id: UUID, exercise_id: str, kind: SetKind, number: int) -> Slot:
    """Return where a clip of this set goes. Raises NotFound when the session has no such exercise."""
    exercise = known_exercise(app, exercise_id)
    steps = sessions.session(app, session_id).steps
    step = next((one for one in steps if one.exercise.id == exercise_id), None)
    if step is None:
        raise NotFound("exercise in this session", exercise_id)
    places = places_of(step)
    at = next((n for n, one in enumerate(places) if (one.kind, one.number) == (kind, number)), None)
    former = seated(places, step.clips).get(at) if at is not None else None
    logged = places[at].logged if at is not None else None
    fresh = former.set_id if former is not None else uuid.uuid7()
    return Slot(
        session_id=session_id,
        exercise=exercise,
        step=step.index,
        kind=kind,
        number=number,
        set_id=logged.id if logged is not None else fresh,
        logged=logged,
        former=former,
    )


# --- Attaching ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A file that arrived: where it lies now, what it was called, and what its first bytes say it is."""

    file: Path
    name: str
    media: str


def attach(app: App, to: Slot, arrived: Arrived) -> Clip:
    """Keep a file as the clip of a set; one that was there before can be brought back for a while."""
    clip = Clip(
        id=uuid.uuid7(),
        session_id=to.session_id,
        set_id=to.set_id,
        exercise=to.exercise.id,
        at=app.now(),
        kind=to.kind,
        number=to.number,
        name=arrived.name,
        media=arrived.media,
        size_bytes=arrived.file.stat().st_size,
    )
    target = video_file(app, clip.id)
    arrived.file.replace(target)
    try:
        with app.store.transaction():
            if to.former is not None:
                take_away(app, to.former.id, "all")
            app.store.put_clip(app.person_id, clip)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return clip


def known_clip(app: App, clip_id: UUID) -> Clip:
    """Return a clip of this person. Raises NotFound."""
    found = app.store.find_clip(app.person_id, clip_id)
    if found is None:
        raise NotFound("clip", str(clip_id))
    return found


def video_of(app: App, clip_id: UUID) -> Path:
    """Return the file of a clip's video. Raises NotFound, also when it was taken away or lies elsewhere."""
    clip, path = known_clip(app, clip_id), video_file(app, clip_id)
    if clip.gone or not clip.video or not path.is_file():
        raise NotFound("video", str(clip_id))
    return path


def settle(app: App, session_id: UUID) -> None:
    """Let each clip of a session name the set it shows, where that set was logged under another id."""
    clips = app.store.clips_of_session(app.person_id, session_id)
    if not clips:
        return
    for step in sessions.session(app, session_id).steps:
        places = places_of(step)
        for at, clip in seated(places, step.clips).items():
            logged = places[at].logged
            if logged is not None and logged.id != clip.set_id:
                app.store.seat_clip(app.person_id, clip.id, logged.id)


# --- What it counted ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a clip fills into its set: reps or seconds held, the side, and seconds of the parts of a rep.

    A tempo part is None where it could not be told.
    """

    reps: int | None = None
    hold_s: float | None = None
    side: Side = "both"
    lift_s: float | None = None
    rep_hold_s: float | None = None
    lower_s: float | None = None


def counted(report: SetReport | None, exercise: Exercise) -> Counted | None:
    """Return what a report fills in; None without one, for another exercise, and when nothing was counted.

    A one-sided exercise whose clip shows both sides counts the smaller side: a set is so many each side.
    """
    if report is None or report.another is not None:
        return None
    if exercise.kind == "hold":
        longest = max((one.held_s for one in report.holds), default=0.0)
        return Counted(hold_s=float(round(longest))) if longest >= 1 else None
    if not report.reps:
        return None
    sides = Counter(one.side for one in report.reps if one.side in {"left", "right"})
    if exercise.one_side_at_a_time and len(sides) == 2:
        reps, side = min(sides.values()), "both"
    else:
        reps = len(report.reps)
        side = next(iter(sides)) if exercise.one_side_at_a_time and len(sides) == 1 else "both"
    return Counted(
        reps=reps,
        side="left" if side == "left" else "right" if side == "right" else "both",
        lift_s=_middle([one.lift_s for one in report.reps]),
        rep_hold_s=_middle([one.hold_s for one in report.reps]),
        lower_s=_middle([one.lower_s for one in report.reps]),
    )


def _middle(values: Sequence[float]) -> float | None:
    found = middle(values)
    return None if math.isnan(found) else found


def rep_at(report: SetReport, n: int | None) -> RepReport | None:
    """Return a rep by its number."""
    return next((one for one in report.reps if one.n == n), None) if n is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A set that took over what its clip counted, and the token that takes it back."""

    one_set: SetLog
    undo: UUID | None


def use_count(app: App, clip_id: UUID) -> Used:
    """Let the logged set of a clip take over what was counted. Raises NotFound when there is nothing to take."""
    clip = known_clip(app, clip_id)
    settle(app, clip.session_id)
    clip = known_clip(app, clip_id)
    one_set = app.store.find_set(app.person_id, clip.set_id)
    found = counted(clip.report, known_exercise(app, clip.exercise))
    if one_set is None or found is None:
        raise NotFound("count for the set of this clip", str(clip_id))
    changed = replace(one_set, reps=found.reps, hold_s=found.hold_s, side=found.side)
    kept = app.store.put_set(app.person_id, changed)
    return Used(one_set=kept.value, undo=kept.undo)


# --- Taking away ------------------------------------------------------------------------------------


def take_away(app: App, clip_id: UUID, what: Gone) -> Clip:
    """Take away the video of a clip, or all of it; for a while it can be brought back. Raises NotFound."""
    clip = replace(known_clip(app, clip_id), gone=what, gone_at=app.now())
    if clip.open:
        clip = replace(clip, state="failed", problem="The video was taken away before it was read.")
    app.store.put_clip(app.person_id, clip)
    return clip


def bring_back(app: App, clip_id: UUID) -> Clip:
    """Bring back what was taken away of a clip. Raises NotFound, and CannotUndo once it is erased."""
    found = app.store.find_clip(app.person_id, clip_id, gone=True)
    if found is None:
        raise NotFound("clip", str(clip_id))
    if not found.gone and not found.video:
        raise CannotUndo("clip")
    unread = found.report is None and found.gone != ""
    state = "waiting" if unread else found.state
    back = replace(found, gone="", gone_at=None, state=state, problem="" if unread else found.problem)
    app.store.put_clip(app.person_id, back)
    return back


def read_again(app: App, clip_id: UUID) -> Clip:
    """Have a clip read once more. Raises NotFound when its video is gone."""
    video_of(app, clip_id)
    fresh = replace(known_clip(app, clip_id), state="waiting", problem="", done=0, total=0, tries=0)
    app.store.put_clip(app.person_id, fresh)
    return fresh


def sweep(app: App) -> bool:
    """Erase what was taken away long enough ago; return whether something still waits to be erased."""
    waits = False
    for clip in app.store.gone_clips(app.person_id):
        if clip.gone_at is not None and app.now() - clip.gone_at < UNDO_FOR:
            waits = True
            continue
        erase(app, clip.id)
        if clip.gone == "all":
            app.store.forget_clip(app.person_id, clip.id)
        else:
            app.store.put_clip(app.person_id, replace(clip, video=False, gone="", gone_at=None))
    return waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All clips that are kept, latest first, and the room they take.

    `stray_bytes` is how many bytes of it belong to no clip here, as after an older back-up was brought back.
    """

    clips: tuple[Clip, ...]
    taken_bytes: int
    stray_bytes: int

    @property
    def videos(self) -> int:
        """How many videos there are."""
        return sum(one.video and not one.gone for one in self.clips)


def kept(app: App) -> Kept:
    """Return the clips of this person and the room that clips take on the disk."""
    lost = strays(app, app.store.clip_ids())
    return Kept(
        clips=tuple(reversed(app.store.all_clips(app.person_id))),
        taken_bytes=taken_bytes(app),
        stray_bytes=sum(one.stat().st_size for one in lost),
    )


def erase_strays(app: App) -> None:
    """Erase what lies among the clips and belongs to none."""
    for one in strays(app, app.store.clip_ids()):
        one.unlink(missing_ok=True)
