"""The page of one clip: what was seen, rep by rep, and where to look."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from openback.errors import NotFound
from openback.model.clip import Clip
from openback.model.exercise import Exercise
from openback.model.log import SetLog
from openback.model.motion import CONNECTIONS, FaultSeen, RepReport
from openback.services import people, sessions, set_clips
from openback.services.app import App
from openback.services.clip_store import landmarks_file, video_file
from openback.services.clip_words import FaultStory, Story, amount, moment, reserve_text, story
from openback.web.clip_strips import Strip, strip_of
from openback.web.set_rows import set_words

EARLIER_S: Final = 0.6  # a moment before the fault, so that it is seen coming; project default


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment to look at: what it is called, when to begin to look, and when it is."""

    name: str
    from_s: float
    at_s: float
    clock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultCard:
    """A fault of the clip with the moments to look at."""

    story: FaultStory
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepLine:
    """A rep, a part of one, or a hold, as its row in the list shows it."""

    name: str
    counts: bool
    side: str
    range: str
    lift: str
    hold: str
    lower: str
    from_s: float
    peak_s: float
    to_s: float
    clock: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipPage:
    """Everything that the page of a clip shows."""

    clip: Clip
    exercise: Exercise | None
    set_name: str
    set_text: str  # what was logged, empty while nothing is
    strip: Strip
    story: Story | None
    faults: tuple[FaultCard, ...]
    reps: tuple[RepLine, ...]
    reserve: str
    has_video: bool
    has_landmarks: bool
    session_there: bool
    step: int
    missing: str

    @property
    def duration_s(self) -> float:
        """How long the clip is; 0 while nobody knows."""
        return self.clip.report.duration_s if self.clip.report else 0.0

    @property
    def bones(self) -> list[list[int]]:
        """Pairs of landmarks that the page joins by a line."""
        return [list(pair) for pair in CONNECTIONS]


def clip_page(app: App, clip: Clip, *, missing: str) -> ClipPage:
    """Return what the page of a clip shows."""
    exercise = app.catalogue.exercises.get(clip.exercise)
    logged = app.store.find_set(app.person_id, clip.set_id)
    report = clip.report
    told = story(app.catalogue, report) if report is not None else None
    return ClipPage(
        clip=clip,
        exercise=exercise,
        set_name=set_clips.set_name(clip.kind, clip.number),
        set_text=_set_text(app, exercise, logged),
        strip=strip_of(app.catalogue, clip, logged, missing=missing),
        story=told,
        faults=tuple(_card(one, clip) for one in told.faults) if told else (),
        reps=_lines(clip, told) if told and told.graded else (),
        reserve=reserve_text(report.reserve, report.speed_loss) if report and told and told.graded else "",
        has_video=clip.video and not clip.gone and video_file(app, clip.id).is_file(),
        has_landmarks=landmarks_file(app, clip.id).is_file(),
        session_there=app.store.find_session(app.person_id, clip.session_id) is not None,
        step=_step_of(app, clip),
        missing=missing,
    )


def _set_text(app: App, exercise: Exercise | None, logged: SetLog | None) -> str:
    return set_words(exercise, logged, people.units_of(app)) if exercise and logged else ""


def _step_of(app: App, clip: Clip) -> int:
    """Return the number of the exercise's screen in its session."""
    try:
        steps = sessions.session(app, clip.session_id).steps
    except NotFound:
        return 0
    return next((one.index for one in steps if one.exercise.id == clip.exercise), 0)


def _card(told: FaultStory, clip: Clip) -> FaultCard:
    by_rep: dict[int | None, FaultSeen] = {}
    for one in told.seen:
        worst = by_rep.get(one.rep)
        if worst is None or abs(one.value - one.limit) > abs(worst.value - worst.limit):
            by_rep[one.rep] = one
    return FaultCard(story=told, moments=tuple(_moment(one, clip) for one in by_rep.values()))


def _moment(seen: FaultSeen, clip: Clip) -> Moment:
    rep = set_clips.rep_at(clip.report, seen.rep) if clip.report else None
    from_s = max(0.0, seen.at_s - EARLIER_S)
    if rep is not None:
        from_s = max(from_s, rep.start_s)
    name = f"Rep {seen.rep}" if seen.rep is not None else "There"
    return Moment(name=name, from_s=round(from_s, 2), at_s=round(seen.at_s, 2), clock=moment(seen.at_s))


def _lines(clip: Clip, told: Story) -> tuple[RepLine, ...]:
    """Return reps and partials in the order of the clip, or the holds of a pose."""
    report = clip.report
    if report is None:
        return ()
    titles = {one.id: one.title for one in told.faults}
    reps = sorted([*report.reps, *report.partials], key=lambda one: one.start_s)
    if reps:
        return tuple(_rep_line(one, titles) for one in reps)
    return tuple(
        RepLine(
            name=f"Hold {number}",
            counts=True,
            side=one.side if one.side in {"left", "right"} else "",
            range="",
            lift="",
            hold=amount(one.held_s, "s"),
            lower="",
            from_s=one.start_s,
            peak_s=one.start_s,
            to_s=one.end_s,
            clock=moment(one.start_s),
            faults=tuple(titles.get(key, key) for key in one.faults),
        )
        for number, one in enumerate(report.holds, start=1)
    )


def _rep_line(rep: RepReport, titles: dict[str, str]) -> RepLine:
    return RepLine(
        name=f"Rep {rep.n}" if rep.n is not None else "Part of a rep",
        counts=rep.n is not None,
        side=rep.side if rep.side in {"left", "right"} else "",
        range=f"{100 * rep.range_share:.0f} %" if math.isfinite(rep.range_share) else "–",
        lift=amount(rep.lift_s, "s"),
        hold=amount(rep.hold_s, "s"),
        lower=amount(rep.lower_s, "s"),
        from_s=rep.start_s,
        peak_s=rep.peak_s,
        to_s=rep.end_s,
        clock=moment(rep.start_s),
        faults=tuple(titles.get(key, key) for key in rep.faults),
    )
