"""Today: the next session, what changed since last time, and the week so far."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from openback.services import block as blocks
from openback.services.app import App
from openback.services.away import is_away
from openback.services.counting import monday_of, week_span
from openback.services.eat.meals import meals_on
from openback.services.screened import stops_now
from openback.services.sessions import running_session
from openback.services.views import Change, PlannedSessionView, TodayView
from openback.services.who import known_profile

LONG_GAP_D: Final = 10
NEWS: Final = frozenset(
    {"more_load", "more_reps", "more_sets", "slower", "less", "re_entry", "deload", "swap"}
)


def today(app: App) -> TodayView:
    """Return what today's page shows. Raises NoProfileYet before the welcome questions."""
    profile = known_profile(app)
    stops = stops_now(app, profile)
    block = None if stops else blocks.block_now(app)
    session = blocks.session_for_today(app, block) if block else None
    running = running_session(app)
    last = app.store.last_session(app.person_id, before=running.started_at if running else None)
    last_done = last.started_at.astimezone().date() if last else None
    done, planned = _this_week(app, block)
    return TodayView(
        name=profile.person.name,
        on=app.today,
        session=session,
        running=running.id if running else None,
        changes=_changes(session) if session else (),
        done_this_week=done,
        planned_this_week=planned,
        stopped=tuple(f"{stop.text} {stop.see}" for stop in stops),
        welcome_back=_welcome_back(app, last.started_at if last else None),
        last_done=last_done,
        block_over=block is not None and session is None and running is None,
        meals=meals_on(app, app.today),
        away=is_away(app, app.today),
    )


def _changes(session: PlannedSessionView) -> tuple[Change, ...]:
    """Return what is different from last time: only exercises that were done before have news."""
    return tuple(
        Change(exercise=step.exercise, text=step.next_set.why)
        for step in session.items
        if step.last_sets and step.next_set.move in NEWS
    )


def _welcome_back(app: App, last: datetime | None) -> str:
    if last is None:
        return ""
    days = (app.now() - last).days
    if days < LONG_GAP_D:
        return ""
    return f"Good to see you. It has been {_time_text(days)}, so today starts a little easier."


def _time_text(days: int) -> str:
    """Return a length of time as one says it: `12 days`, `7 weeks`, `5 months`, `2 years`."""
    for unit, length_d in (("year", 365), ("month", 30), ("week", 7)):
        if days >= 2 * length_d:
            return f"{days // length_d} {unit}s"
    return f"{days} days"


def _this_week(app: App, block: blocks.Block | None) -> tuple[int, int]:
    """Return the sessions done this week and those planned in all, done ones included."""
    monday = monday_of(app.today)
    sessions = app.store.sessions_between(app.person_id, *week_span(monday))
    done = sum(session.ended_at is not None and not session.is_flow for session in sessions)
    if block is None:
        return done, done
    open_ones = sum(
        monday_of(dated.on) == monday and dated.status in {"today", "next", "upcoming"}
        for dated in block.dated
    )
    return done, done + open_ones
