"""What is counted for the thirty steps, from the log, the clips, the coach and the journal."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from openback.model.clip import Clip
from openback.model.exercise import Catalogue, Exercise
from openback.model.journal import CoachedSet, FlowDone
from openback.model.log import MassLog, SessionLog, SetLog
from openback.progress.steps import Facts, Measure, Rise, StepData, counted, highest, step_data
from openback.progress.streaks import Week, streak
from openback.services.app import App
from openback.services.counting import local_day
from openback.services.curves import strength_curve
from openback.services.streak_weeks import Followed, followed, weeks_of, whole_weeks
from openback.services.views import StrengthCurve

GRAVE: Final = frozenset({"danger", "form"})
_PATTERNS: Final[Mapping[Measure, str]] = {
    "clean_rows": "horizontal_pull",
    "clean_pulls": "vertical_pull",
    "clean_shrugs": "shrug",
    "clean_holds": "hold",
}


@dataclass(frozen=True, kw_only=True)  # no slots: what was worked out once is kept beside the fields
class Counting:
    """One person's history, read once, and everything that is counted in it."""

    app: App
    data: StepData
    sessions: tuple[SessionLog, ...]  # finished ones with a work set, flows left out, oldest first
    sets: tuple[SetLog, ...]  # work sets of these and of flows, oldest first
    programmes: tuple[Followed, ...]

    @classmethod
    def of(cls, app: App) -> Counting:
        """Return what the person of the app did so far."""
        sessions: list[SessionLog] = []
        sets: list[SetLog] = []
        for whole in app.store.whole_sessions_between(app.person_id):
            work = [one for one in whole.sets if one.kind != "warm_up" and (one.reps or one.hold_s)]
            if not work or not _finished(app, whole.session):
                continue
            sets.extend(work)
            if not whole.session.is_flow:  # a break is a step of its own, and no session
                sessions.append(whole.session)
        return cls(
            app=app,
            data=step_data(),
            sessions=tuple(sessions),
            sets=tuple(sets),
            programmes=followed(app),
        )

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The day of each finished session, oldest first."""
        return tuple(_day(one.started_at) for one in self.sessions)

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """The weeks from the first session to now."""
        return weeks_of(self.app, self.days, self.programmes)

    def facts(self) -> Facts:
        """Return how each measure rose."""
        row = streak(self.weeks, self.data.week_share)
        rises: dict[Measure, Sequence[Rise]] = {
            "sessions": counted(self.days),
            "whole_weeks": counted(whole_weeks(self.weeks, self.programmes)),
            "streak_weeks": highest((on, float(length)) for on, length in row.grew),
            "easy_weeks": counted(self._easy_days()),
            "blocks": counted(self._blocks()),
            "comebacks": counted(self._comebacks()),
            "flows": counted(_day(one.at) for one in self._flows()),
            **self._skill(),
            **self._strength(),
        }
        return Facts(rises=rises, now={"streak_weeks": float(row.weeks)})

    # --- Consistency ---

    def _flows(self) -> Iterator[FlowDone]:
        return (one for one in self.app.store.entries(self.app.person_id, FlowDone) if one.finished)

    def _planned_by(self, log: SessionLog) -> Followed | None:
        """Return the programme that a session was a part of."""
        on = _day(log.started_at)
        fits = (one for one in reversed(self.programmes) if one.kept.starts_on <= on)
        return None if log.week is None or log.day is None else next(fits, None)

    def _easy_days(self) -> Iterator[date]:
        for log, on in zip(self.sessions, self.days, strict=True):
            plan = self._planned_by(log)
            planned = plan.kept.programme.sessions if plan is not None else ()
            if any(one.deload and (one.week, one.day) == (log.week, log.day) for one in planned):
                yield on

    def _blocks(self) -> Iterator[date]:
        """Yield the day on which a block had half of its sessions done, one of its last week among them."""
        done: dict[int, set[tuple[int | None, int | None]]] = defaultdict(set)
        told: set[int] = set()
        for log, on in zip(self.sessions, self.days, strict=True):
            plan = self._planned_by(log)
            if plan is None or id(plan) in told:
                continue
            done[id(plan)].add((log.week, log.day))
            programme = plan.kept.programme
            slots = done[id(plan)] & {(one.week, one.day) for one in programme.sessions}
            last = any(week == programme.weeks for week, _ in slots)
            if last and 2 * len(slots) >= len(programme.sessions):
                told.add(id(plan))
                yield on

    def _comebacks(self) -> Iterator[date]:
        for before, on in zip(self.days, self.days[1:], strict=False):
            if (on - before).days >= self.data.comeback_days:
                yield on

    # --- Skill ---

    def _skill(self) -> Mapping[Measure, Sequence[Rise]]:
        watched = self._watched()
        clean = [one for one, is_clean in watched if is_clean]
        exercises = self.app.catalogue.exercises
        by_session: dict[object, list[SetLog]] = defaultdict(list)
        for one in clean:
            by_session[one.session_id].append(one)
        enough = self.data.session_sets
        whole = (sets[enough - 1] for sets in by_session.values() if len(sets) >= enough)
        return {
            "watched_sets": counted(local_day(one) for one, _ in watched),
            "clean_sets": counted(map(local_day, clean)),
            "clean_sessions": counted(map(local_day, whole)),
            **{
                measure: counted(
                    local_day(one) for one in clean if exercises[one.exercise].pattern == pattern
                )
                for measure, pattern in _PATTERNS.items()
            },
        }

    def _watched(self) -> list[tuple[SetLog, bool]]:
        """Return the sets that were watched, by a clip or by the coach, each with whether it was clean."""
        known = self.app.catalogue.exercises
        me = self.app.person_id
        clips = {one.set_id: one for one in self.app.store.all_clips(me) if one.report is not None}
        coached = {one.id: one for one in self.app.store.entries(me, CoachedSet)}
        found = []
        for one in self.sets:
            exercise = known.get(one.exercise)
            clip, live = clips.get(one.id), coached.get(one.id)
            if exercise is None or (clip is None and live is None):
                continue
            told = _told_by_clip(clip, exercise) if clip is not None else None
            if told is None and live is not None and live.exercise == exercise.id:
                told = (live.faults, live.untold)
            if told is not None:
                found.append((one, self._clean(one, exercise, *told)))
        return found

    def _clean(self, one: SetLog, exercise: Exercise, faults: Iterable[str], untold: Iterable[str]) -> bool:
        """Return whether enough was done, enough could be told, every danger among it, and none was seen."""
        grave = {rule.id: rule.severity for rule in exercise.faults if rule.severity in GRAVE}
        hidden = grave.keys() & set(untold)
        enough = (one.reps or 0) >= self.data.least_reps or (one.hold_s or 0) >= self.data.least_hold_s
        told = len(grave) - len(hidden) >= self.data.least_told * len(grave)
        dangers_told = all(grave[name] != "danger" for name in hidden)
        return bool(grave) and enough and told and dangers_told and grave.keys().isdisjoint(faults)

    # --- Strength ---

    def _strength(self) -> Mapping[Measure, Sequence[Rise]]:
        known = self.app.catalogue.exercises
        gains = [_gains(curve, self.data.least_days) for curve in self._curves()]
        lifts = [[on for on, percent in one if percent >= self.data.lift_percent] for one in gains]
        own = [(one, known[one.exercise]) for one in self.sets if _is_own_weight(known.get(one.exercise))]
        pulls = [one for one, exercise in own if exercise.pattern == "vertical_pull" and one.reps]
        draws = [one for one, _ in own if (one.reps or 0) >= self.data.pull_reps]
        return {
            "bests": counted(best_days(self.sets, self.app.catalogue)),
            "gain_percent": highest(point for one in gains for point in one),
            "lifts_up": counted(days[0] for days in lifts if days),
            "pull_percent": highest(self._pulls()),
            "hangs": counted(map(local_day, [*draws, *(one for one in pulls if one not in draws)])),
            "pull_ups": counted(map(local_day, pulls)),
        }

    def _curves(self) -> Iterator[StrengthCurve]:
        days: dict[str, set[date]] = defaultdict(set)
        for one in self.sets:
            if one.load_kg is not None:
                days[one.exercise].add(local_day(one))
        for exercise_id, trained in days.items():
            exercise = self.app.catalogue.exercises.get(exercise_id)
            if exercise is not None and len(trained) >= self.data.least_days:
                curve = strength_curve(self.app, exercise)
                if curve is not None:
                    yield curve

    def _pulls(self) -> Iterator[tuple[date, float]]:
        """Yield the share of their own weight, in per cent, that somebody pulled down or pulled up to."""
        mass_on = self._mass_on()
        for one in self.sets:
            exercise = self.app.catalogue.exercises.get(one.exercise)
            if exercise is None or exercise.pattern != "vertical_pull":
                continue
            mass_kg = mass_on(one.at)
            if (one.reps or 0) < self.data.pull_reps or mass_kg is None:
                continue
            pulled_kg = _pulled_kg(exercise, one.load_kg, mass_kg)
            if pulled_kg is not None:
                yield local_day(one), 100 * pulled_kg / mass_kg

    def _mass_on(self) -> Callable[[datetime], float | None]:
        """Return what tells the body mass at an instant: the last one weighed before it, else the person's own."""
        weighed: Sequence[MassLog] = self.app.store.masses(self.app.person_id)
        instants = [one.at for one in weighed]
        person = self.app.store.person(self.app.person_id)

        def mass_on(at: datetime) -> float | None:
            n = bisect_right(instants, at)
            if n:
                return weighed[n - 1].mass_kg
            return person.mass_kg if person is not None else None

        return mass_on


def facts_now(app: App) -> Facts:
    """Return everything that is counted for the steps."""
    return Counting.of(app).facts()


def _finished(app: App, session: SessionLog) -> bool:
    """Return whether a session is over: it was ended, came from elsewhere, or began before today."""
    return session.ended_at is not None or bool(session.source) or _day(session.started_at) < app.today


def _day(at: datetime) -> date:
    return at.astimezone().date()


def _told_by_clip(clip: Clip, exercise: Exercise) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return what a clip says of its set: faults seen, faults that could not be told; None where it tells nothing."""
    report = clip.report
    if report is None or report.another is not None or clip.exercise != exercise.id:
        return None
    if not (report.reps or report.holds):
        return None
    return tuple(one.id for one in report.faults), tuple(one.id for one in report.cannot_tell)


def _is_own_weight(exercise: Exercise | None) -> bool:
    """Return whether all of the body's weight hangs from the hands."""
    return exercise is not None and exercise.load == "body" and exercise.body_mass_share >= 1


def _pulled_kg(exercise: Exercise, load_kg: float | None, mass_kg: float) -> float | None:
    if exercise.load == "body":
        return exercise.body_mass_share * mass_kg + (load_kg or 0.0)
    if load_kg is None:
        return None
    return exercise.body_mass_share * mass_kg - load_kg if exercise.load == "assist" else load_kg


def _gains(curve: StrengthCurve, least_days: int) -> list[tuple[date, float]]:
    """Return the gains in per cent since the first day that are beyond their own band, which is told as `curves` does."""
    first = curve.points[0]
    found = []
    for point in curve.points[least_days - 1 :]:
        gain = math.log(point.one_rm_kg / first.one_rm_kg)
        spread = math.hypot(*(math.log(one.high_kg / one.low_kg) / 2 for one in (first, point)))
        if gain > spread:
            found.append((point.on, 100 * math.expm1(gain)))
    return found


def best_days(sets: Iterable[SetLog], catalogue: Catalogue) -> Iterator[date]:
    """Yield the day of each set that beat the best of all earlier sessions; a first time is no best."""
    before: dict[tuple[str, str], float] = {}
    running: dict[tuple[str, str], float] = {}
    session: dict[tuple[str, str], object] = {}
    for one in sets:
        exercise = catalogue.exercises.get(one.exercise)
        for kind, value in _marks(one, exercise) if exercise is not None else ():
            key = (one.exercise, kind)
            if key not in session:
                session[key], running[key] = one.session_id, value
                continue
            if session[key] != one.session_id:
                session[key], before[key] = one.session_id, running[key]
            if key in before and value > running[key]:
                yield local_day(one)
            running[key] = max(running[key], value)


def _marks(one: SetLog, exercise: Exercise) -> Iterator[tuple[str, float]]:
    """Yield what can be a best in a set, more being better; help counts the other way round."""
    if one.load_kg and one.reps:
        yield "load", -one.load_kg if exercise.load == "assist" else one.load_kg
    if one.reps and exercise.load in {"body", "none", "band"}:
        yield "reps", float(one.reps)
    if one.hold_s:
        yield "hold", one.hold_s
