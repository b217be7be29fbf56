"""The programme as a calendar, and what the person changes about it: the rest is planned anew around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final, Literal

from openback.errors import BadPlanChange, NotFound
from openback.model.exercise import Exercise
from openback.model.programme import Programme, Wishes
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
from openback.training.programme import Ask
from openback.training.programme.replan import deload_week, replan, swap_wishes

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
PLAN_CHANGES: Final = ("programme", "override")


def train(app: App) -> TrainView:
    """Return the block as a calendar with this week's dose. Raises NotFound where there is no programme."""
    block = blocks.known_block(app)
    by_day = {view.on: view for view in blocks.session_views(app, block)}
    weeks = weeks_of(block.dated, block.kept.starts_on, app.today)
    days = tuple(
        tuple(
            CalendarDay(
                on=day,
                status=by_day[day].status if day in by_day else "rest",
                session=by_day.get(day),
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
        can_undo=app.store.last_change(app.person_id, about=PLAN_CHANGES) is not None,
    )


# --- Changes to one session ------------------------------------------------------------------------


def skip(app: App, week: int, day: int) -> None:
    """Leave one session out; the rest of its week is planned anew around the gap."""
    with app.store.transaction():
        _override(app, week, day, lambda now: replace(now, skipped=True, moved_to=None))
        _plan_anew(app, week, this_week_only=True)


def move(app: App, week: int, day: int, to: date) -> None:
    """Do one session on another day. Raises BadPlanChange for a day that is past or taken."""
    block = _open_block(app, week, day)
    if to < app.today:
        raise BadPlanChange(f"{to.isoformat()} has passed; choose today or a later day")
    if any(dated.on == to and dated.slot != (week, day) for dated in block.dated):
        raise BadPlanChange(f"{to.isoformat()} has a session already; move that one first")
    _override(app, week, day, lambda now: replace(now, moved_to=to, skipped=False))


def minutes_today(app: App, week: int, day: int, minutes: int) -> None:
    """Give one session another length; the rest of its week is planned anew around it."""
    _once(
        app, week, day, lambda wishes: replace(wishes, minutes_of_day={**wishes.minutes_of_day, day: minutes})
    )


def place_of(app: App, week: int, day: int, place: str) -> None:
    """Do one session in another place; the rest of its week is planned anew around it."""
    if place not in {known.name for known in app.store.places(app.person_id)}:
        what = "place"
        raise NotFound(what, place)
    _once(app, week, day, lambda wishes: replace(wishes, place_of_day={**wishes.place_of_day, day: place}))


def style_of(app: App, week: int, day: int, style: Style) -> None:
    """Make one session a yoga or a strength session; the rest of its week is planned anew around it."""
    _once(app, week, day, lambda wishes: replace(wishes, style_of_day={**wishes.style_of_day, day: style}))


# --- Changes that stay -------------------------------------------------------------------------------


def swap_choices(app: App, week: int, day: int, exercise_id: str) -> tuple[tuple[Exercise, str], ...]:
    """Return what can stand in for an exercise, the most alike first, each with its reason."""
    dated = blocks.known_block(app).at(week, day)
    return blocks.choices_for(app, dated.session, exercise_id)


def swap(app: App, week: int, day: int, old: str, new: str) -> None:
    """Change one exercise for another on this day of every week from now on."""
    known_exercise(app, new)
    _for_good(app, week, day, lambda wishes: swap_wishes(wishes, day=day, exercise=old, to=new))


def pin(app: App, week: int, day: int, exercise_id: str) -> None:
    """Keep an exercise on this day of every week."""
    known_exercise(app, exercise_id)
    _for_good(app, week, day, lambda wishes: replace(wishes, pinned=wishes.pinned | {(exercise_id, day)}))


def ban(app: App, exercise_id: str) -> None:
    """Never plan an exercise again."""
    known_exercise(app, exercise_id)
    block = blocks.known_block(app)
    wishes = block.kept.wishes
    pinned = frozenset(pin for pin in wishes.pinned if pin[0] != exercise_id)
    _keep_anew(
        app, block, replace(wishes, banned=wishes.banned | {exercise_id}, pinned=pinned), _week_now(block)
    )


def deload(app: App) -> None:
    """Make the running week an easy one: half the sets, more reps in reserve, the same exercises."""
    block = blocks.known_block(app)
    week = _week_now(block)
    easy = deload_week(_ask(app, block), block.kept.programme, week=week, done=_days(block, week, {"done"}))
    app.store.change_programme(app.person_id, replace(block.kept, programme=easy))


def undo_plan(app: App) -> None:
    """Take back the last change of the programme. Raises BadPlanChange when there is none."""
    last = app.store.last_change(app.person_id, about=PLAN_CHANGES)
    if last is None:
        raise BadPlanChange("nothing was changed yet")
    app.store.undo(app.person_id, last.token)


# --- Planning anew ------------------------------------------------------------------------------------


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


def _once(app: App, week: int, day: int, change: Callable[[Wishes], Wishes]) -> None:
    """Plan one week anew with wishes that hold for that week only."""
    block = _open_block(app, week, day)
    _plan_anew(app, week, wishes=change(block.kept.wishes), this_week_only=True)


def _for_good(app: App, week: int, day: int, change: Callable[[Wishes], Wishes]) -> None:
    block = _open_block(app, week, day)
    _keep_anew(app, block, change(block.kept.wishes), week)


def _keep_anew(app: App, block: Block, wishes: Wishes, week: int) -> None:
    programme = _anew(app, block, wishes, week)
    app.store.change_programme(app.person_id, replace(block.kept, programme=programme, wishes=wishes))


def _plan_anew(app: App, week: int, *, wishes: Wishes | None = None, this_week_only: bool) -> None:
    block = blocks.known_block(app)
    programme = _anew(app, block, wishes or block.kept.wishes, week, this_week_only=this_week_only)
    app.store.change_programme(app.person_id, replace(block.kept, programme=programme))


def _anew(app: App, block: Block, wishes: Wishes, week: int, *, this_week_only: bool = False) -> Programme:
    return replan(
        _ask(app, block, wishes),
        block.kept.programme,
        week=week,
        done=_days(block, week, {"done", "missed"}),
        skipped=_days(block, week, {"skipped"}),
        this_week_only=this_week_only,
    )


def _ask(app: App, block: Block, wishes: Wishes | None = None) -> Ask:
    return blocks.ask_now(app, wishes or block.kept.wishes)


def _days(block: Block, week: int, statuses: set[str]) -> frozenset[int]:
    """Return the days of a week whose sessions stand so; they are not planned again."""
    return frozenset(d.session.day for d in block.dated if d.session.week == week and d.status in statuses)


def _week_now(block: Block) -> int:
    """Return the week of the block that the next session belongs to, its last week when all are done."""
    open_ones = [d.session.week for d in block.dated if d.status in {"today", "next", "upcoming"}]
    return min(open_ones, default=block.kept.programme.weeks)
