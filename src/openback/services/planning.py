"""The programme as a calendar, and what the person changes about it: the rest is planned anew around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

from openback.errors import BadPlanChange
from openback.model.exercise import Exercise
from openback.model.programme import Wishes
from openback.services import block as blocks
from openback.services.app import App
from openback.services.block import Block, new_block
from openback.services.calendar import weeks_of
from openback.services.counting import monday_of
from openback.services.library import known_exercise
from openback.services.muscle_week import week_dose
from openback.services.screened import screened_now
from openback.services.views import CalendarDay, TrainView
from openback.storage import PlanOverride
from openback.training.programme import replan, swap_choices as choices_for

__all__ = [
    "ban",
    "deload",
    "minutes_today",
    "move",
    "new_block",
    "pin",
    "place_of",
    "skip",
    "style_of",
    "swap",
    "swap_choices",
    "train",
    "undo_plan",
]

Style = Literal["strength", "yoga"]


def train(app: App) -> TrainView:
    """Return the block as a calendar with this week's dose. Raises NotFound where there is no programme."""
    block = blocks.known_block(app)
    by_day = {dated.on: dated for dated in block.dated}
    weeks = weeks_of(block.dated, block.kept.starts_on, app.today)
    days = tuple(
        tuple(
            CalendarDay(
                on=day,
                status=by_day[day].status if day in by_day else "rest",
                session=blocks.session_view(app, by_day[day]) if day in by_day else None,
            )
            for day in week
        )
        for week in weeks
    )
    this_week = next(n for n, week in enumerate(weeks) if app.today in week)
    notes = screened_now(app, blocks.known_profile(app)).notes
    return TrainView(
        weeks=days,
        this_week=this_week,
        dose=week_dose(app, block, monday_of(app.today)),
        reasons=tuple(reason for reason in block.kept.programme.reasons if reason not in notes),
        notes=notes,
        can_undo=app.store.last_change(app.person_id, about=_PLAN) is not None,
    )


_PLAN = ("programme", "override")


# --- Changes to one session ------------------------------------------------------------------------


def skip(app: App, week: int, day: int) -> None:
    """Leave one session out; the rest of its week is planned anew around the gap."""
    _override(app, week, day, lambda now: replace(now, skipped=True))


def move(app: App, week: int, day: int, to: date) -> None:
    """Do one session on another day. Raises BadPlanChange for a day that is past or taken."""
    block = _open_block(app, week, day)
    if to < app.today:
        raise BadPlanChange(f"{to.isoformat()} has passed; choose today or a later day")
    if any(dated.on == to and dated.slot != (week, day) for dated in block.dated):
        raise BadPlanChange(f"{to.isoformat()} has a session already; move that one first")
    _override(app, week, day, lambda now: replace(now, moved_to=to, skipped=False))


def _override(app: App, week: int, day: int, change: Callable[[PlanOverride], PlanOverride]) -> None:
    block = _open_block(app, week, day)
    fresh = PlanOverride(programme_id=block.kept.id, week=week, day=day)
    app.store.put_override(app.person_id, change(block.overrides.get((week, day), fresh)))


def _open_block(app: App, week: int, day: int) -> Block:
    """Return the block when this session of it can still be changed."""
    block = blocks.known_block(app)
    if block.at(week, day).status == "done":
        raise BadPlanChange(f"week {week}, day {day} is done; change a session that is still to come")
    return block
