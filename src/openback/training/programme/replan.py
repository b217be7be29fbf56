"""Planning anew around what changed: the rest of a block moves as little as it must."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import sqrt

from openback.errors import NoSuchSession
from openback.model.exercise import Exercise
from openback.model.programme import Programme, Session, Wishes
from openback.training.dose import WeekStep, counted_share
from openback.training.programme.ask import Ask, Frame, check_wishes, frame, trains, why_not
from openback.training.programme.expand import deload_step, week_sessions, week_step
from openback.training.programme.make import fill, fresh_reasons, report, totals_of, tuned
from openback.training.programme.mobility import mobility_week
from openback.training.programme.problem import Problem, Week, pose
from openback.training.programme.reasons import listed, muscle_words


def full_week(ask: Ask, programme: Programme) -> Week:
    """Return the sets of a full week of a programme, mobility left out: of its last week that is no deload."""
    weeks = [s.week for s in programme.sessions if not s.deload]
    last = max(weeks, default=0)
    return {s.day: _sets(ask, s) for s in programme.sessions if s.week == last and not s.deload}


def _sets(ask: Ask, session: Session) -> dict[str, int]:
    known = ask.catalogue.exercises
    return {i.exercise: i.sets for i in session.items if not i.mobility and i.exercise in known}


def _stretches(ask: Ask, programme: Programme) -> Week:
    """Return the mobility part of each day, as it was last planned."""
    known = ask.catalogue.exercises
    return {
        s.day: {i.exercise: i.sets for i in s.items if i.mobility and i.exercise in known}
        for s in programme.sessions
    }


def replan(
    ask: Ask,
    former: Programme,
    *,
    week: int,
    done: frozenset[int] = frozenset(),
    skipped: frozenset[int] = frozenset(),
    this_week_only: bool = False,
) -> Programme:
    """Return the programme with `week` and the weeks after it planned anew for the wishes in `ask`.

    `done` and `skipped` are days of `week`: their sessions stay in the list as they were, what was done counts,
    what is skipped does not. Weeks before stay; with `this_week_only` the weeks after it stay too.
    Raises BadWishes, NoProgramme, and NoSuchSession for a week that is not there.
    """
    if week not in {s.week for s in former.sessions}:
        raise NoSuchSession(f"week {week}")
    check_wishes(ask)
    ask = tuned(ask)
    template = full_week(ask, former)
    was_done = {day: template[day] for day in sorted(done) if day in template}
    problem = pose(ask, done=was_done, former=template, skipped=skipped)
    found = fill(ask, problem) if problem.open_frames else None
    kept = {(s.week, s.day): s for s in former.sessions}
    sessions = {slot: s for slot, s in kept.items() if slot[0] < week or this_week_only}
    stretches = _stretches(ask, former)
    this_week = found.week if found is not None and found.week is not None else was_done
    sessions |= _week_anew(
        problem, this_week, week, _step_of(ask, former, week), stretches, deload=_is_deload(former, week)
    )
    sessions |= {slot: s for slot, s in kept.items() if slot[0] == week and slot[1] in done | skipped}
    if this_week_only:
        return replace(former, sessions=_sorted(sessions))
    return _later_weeks(ask, former, template, sessions, week)


def _later_weeks(
    ask: Ask, former: Programme, template: Week, sessions: Mapping[tuple[int, int], Session], week: int
) -> Programme:
    problem = pose(ask, former=template)
    solution = fill(ask, problem)
    full, stretches = solution.week or {}, _stretches(ask, former)
    made = dict(sessions)
    for later in sorted({s.week for s in former.sessions if s.week > week}):
        made |= _week_anew(
            problem, full, later, _step_of(ask, former, later), stretches, deload=_is_deload(former, later)
        )
    found = _sorted(made)
    return replace(
        former,
        reasons=tuple(fresh_reasons(problem, full, found)),
        sessions=found,
        weekly_sets=totals_of(ask, full),
        weekly_band={m: (band.low, band.high) for m, band in problem.bands.items()},
        solver=report(solution),
    )


def _week_anew(
    problem: Problem, full: Week, week: int, step: WeekStep, kept: Week, *, deload: bool
) -> dict[tuple[int, int], Session]:
    mobility = mobility_week(problem, full, kept)
    made = week_sessions(problem, full, mobility, week, step, deload=deload)
    return {(s.week, s.day): s for s in made}


def _step_of(ask: Ask, former: Programme, week: int) -> WeekStep:
    return deload_step(ask) if _is_deload(former, week) else week_step(ask, week)


def _is_deload(programme: Programme, week: int) -> bool:
    return any(s.deload for s in programme.sessions if s.week == week)


def _sorted(sessions: Mapping[tuple[int, int], Session]) -> tuple[Session, ...]:
    return tuple(sessions[slot] for slot in sorted(sessions))


def deload_week(
    ask: Ask, programme: Programme, *, week: int, done: frozenset[int] = frozenset()
) -> Programme:
    """Return the programme with one week made easy: half the sets, more reps in reserve, the same exercises.

    Days in `done` stay as they were. Raises NoSuchSession for a week that is not there.
    """
    if week not in {s.week for s in programme.sessions}:
        raise NoSuchSession(f"week {week}")
    ask = tuned(ask)
    problem = pose(ask, done=full_week(ask, programme))
    full = {f.day: full_week(ask, programme).get(f.day, {}) for f in problem.frames}
    mobility = _stretches(ask, programme)
    easy = {
        (s.week, s.day): s
        for s in week_sessions(problem, full, mobility, week, deload_step(ask), deload=True)
    }
    kept = {(s.week, s.day): s for s in programme.sessions}
    changed = {slot: s for slot, s in easy.items() if slot in kept and slot[1] not in done}
    return replace(programme, sessions=_sorted(kept | changed))


def move_session(programme: Programme, *, week: int, day: int, to_day: int) -> Programme:
    """Return the programme with two days of one week changed over.

    Raises NoSuchSession when the week lacks one of them.
    """
    slots = {(s.week, s.day): s for s in programme.sessions}
    for wanted in (day, to_day):
        if (week, wanted) not in slots:
            raise NoSuchSession(f"day {wanted} in week {week}")
    one, other = slots[week, day], slots[week, to_day]
    slots |= {(week, to_day): replace(one, day=to_day), (week, day): replace(other, day=day)}
    return replace(programme, sessions=_sorted(slots))


# --- Swaps -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapChoice:
    """An exercise that can stand in for another one; `likeness` is 0 to 1, `why` a sentence."""

    exercise: str
    likeness: float
    why: str


def swap_wishes(wishes: Wishes, *, day: int, exercise: str, to: str) -> Wishes:
    """Return the wishes with one exercise changed for another on a day; `replan` then makes it so."""
    return replace(
        wishes,
        pinned=(wishes.pinned - {(exercise, day)}) | {(to, day)},
        banned_on=(wishes.banned_on - {(to, day)}) | {(exercise, day)},
    )


def swap_choices(ask: Ask, session: Session, exercise: str, *, most: int = 6) -> tuple[SwapChoice, ...]:
    """Return what can stand in for an exercise of a session, the most alike first.

    Only what the place of that session, the screening and the wishes allow, and what is not in the session yet.
    Raises NoSuchSession when the session does not have the exercise.
    """
    if exercise not in {item.exercise for item in session.items} or exercise not in ask.catalogue.exercises:
        raise NoSuchSession(f"{exercise!r} on day {session.day} of week {session.week}")
    there = {item.exercise for item in session.items}
    one, where = ask.catalogue.exercises[exercise], _frame_of(ask, session)
    found = [
        SwapChoice(
            exercise=other.id, likeness=round(likeness(ask, one, other), 3), why=_swap_why(ask, one, other)
        )
        for other in ask.catalogue.exercises.values()
        if other.id not in there
        and trains(other, ask.doses) == trains(one, ask.doses)
        and why_not(ask, where, other) is None
    ]
    alike = [choice for choice in found if choice.likeness > 0]
    return tuple(sorted(alike, key=lambda choice: -_rank(ask, one, choice))[:most])


def _frame_of(ask: Ask, session: Session) -> Frame:
    """Return the day's frame in the place where the session is planned."""
    place = next((p for p in ask.places if p.name == session.place), None)
    found = frame(ask, session.day)
    return found if place is None else replace(found, place=place)


def likeness(ask: Ask, one: Exercise, other: Exercise) -> float:
    """Return how alike two exercises are for the muscles (or regions, of stretches), 0 to 1."""
    if not trains(one, ask.doses):
        together = set(one.stretches) | set(other.stretches)
        return len(set(one.stretches) & set(other.stretches)) / len(together) if together else 0.0
    muscles = ask.catalogue.muscles
    a, b = ([counted_share(e, m, ask.doses) for m in muscles] for e in (one, other))
    norm = sqrt(sum(x * x for x in a)) * sqrt(sum(x * x for x in b))
    return sum(x * y for x, y in zip(a, b, strict=True)) / norm if norm else 0.0


def _rank(ask: Ask, one: Exercise, choice: SwapChoice) -> float:
    """Return the likeness with what else speaks for a choice; the numbers are a project default."""
    other = ask.catalogue.exercises[choice.exercise]
    named = {*one.swap.easier, *one.swap.harder, *one.swap.twins.values()}
    return (
        choice.likeness
        + 0.2 * (other.pattern == one.pattern)
        + 0.1 * (other.id in named)
        + 0.1 * (other.id in ask.person.liked or other.id in ask.screened.preferred)
        - 0.5 * (other.id in ask.person.disliked)
    )


def _swap_why(ask: Ask, one: Exercise, other: Exercise) -> str:
    if not trains(one, ask.doses):
        places = [r.replace("_", " ") for r in other.stretches if r in one.stretches]
        return f"It reaches the same places: {listed(places)}." if places else "A stretch for another place."
    shared = {
        m: min(counted_share(one, m, ask.doses), counted_share(other, m, ask.doses))
        for m in ask.catalogue.muscles
    }
    both = sorted((m for m, part in shared.items() if part >= 0.5), key=lambda m: -shared[m])
    if not both:
        return "It trains some of the same muscles, each a little."
    start = "The same movement" if one.pattern == other.pattern else "Another movement"
    return f"{start} for your {listed([muscle_words(ask, m) for m in both[:3]])}."
