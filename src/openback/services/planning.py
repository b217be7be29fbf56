"""The programme as a calendar, and what the person changes about it: the rest is planned anew around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, Literal

from openback.errors import BadPlanChange, NotFound
from openback.model.exercise import Exercise
from openback.model.journal import Away
from openback.model.programme import Programme, Wishes
from openback.services import block as blocks
from openback.services.app import App
from openback.services.away import aways
from openback.services.block import Block, new_block
from openback.services.calendar import weeks_of
from openback.services.counting import monday_of
from openback.services.desk_views import FindingView
from openback.services.findings import findings
from openback.services.library import known_exercise
from openback.services.muscle_week import week_dose
from openback.services.screened import screened_now
from openback.services.views import CalendarDay, TrainView
from openback.services.who import known_profile
from openback.storage import Change, PlanOverride
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
    "take_up_findings",
    "train",
    "undo_plan",
]

Style = Literal["strength", "yoga"]
PLAN_CHANGES: Final = ("programme", "override")
LEFT: Final = frozenset({"missed", "skipped", "away"})  # a day with such a session is free
MOVE_BEYOND_D: Final = 7  # days after the block's end that a session may still move to


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
    notes = screened_now(app, known_profile(app)).notes
    found = findings(app)
    return TrainView(
        weeks=days,
        this_week=this_week,
        dose=week_dose(app, block, monday_of(app.today)),
        reasons=_other_reasons(block, notes, found),
        notes=_true_notes(app, notes, found),
        findings=found,
        can_undo=_last_change(app, block) is not None,
        aways=_aways_between(app, weeks[0][0], weeks[-1][-1]),
    )


def _other_reasons(block: Block, notes: tuple[str, ...], found: tuple[FindingView, ...]) -> tuple[str, ...]:
    """Return the reasons that neither a note nor a finding tells already."""
    told = tuple(one.answer for one in found if one.answer)
    reasons = block.kept.programme.reasons
    return tuple(reason for reason in reasons if reason not in notes and not (told and reason.endswith(told)))


def _true_notes(app: App, notes: tuple[str, ...], found: tuple[FindingView, ...]) -> tuple[str, ...]:
    """Return the notes without those on complaints of the pain diary that the plan at hand does not know yet."""
    known = app.catalogue.complaints
    ahead = tuple(f"{known[one.id].name}: " for one in found if one.kind == "pain" and not one.in_plan)
    return tuple(note for note in notes if not (ahead and note.startswith(ahead)))


def _aways_between(app: App, first: date, last: date) -> tuple[Away, ...]:
    told = aways(app)
    return tuple(
        one for one in told if one.first_on <= last and (one.last_on is None or one.last_on >= first)
    )


# --- Changes to one session ------------------------------------------------------------------------


def skip(app: App, week: int, day: int) -> None:
    """Leave one session out; the rest of its week is planned anew around the gap."""
    _once(app, week, day, lambda now: replace(now, skipped=True, moved_to=None))


def move(app: App, week: int, day: int, to: date) -> None:
    """Do one session on another day. Raises BadPlanChange for a day that is past, taken or too far off."""
    block = _open_block(app, week, day)
    if block.at(week, day).on == to:
        return
    if to < app.today:
        raise BadPlanChange(f"{to.isoformat()} has passed; choose today or a later day")
    last = block.kept.starts_on + timedelta(weeks=block.kept.programme.weeks, days=MOVE_BEYOND_D - 1)
    if to > max(last, app.today):
        raise BadPlanChange(
            f"{to.isoformat()} is long after this block; choose a day up to {last.isoformat()}"
        )
    if any(d.on == to and d.slot != (week, day) and d.status not in LEFT for d in block.dated):
        raise BadPlanChange(f"{to.isoformat()} has a session already; move that one first")
    changed = replace(_override_of(block, week, day), moved_to=to, skipped=False)
    app.store.put_override(app.person_id, changed)


def minutes_today(app: App, week: int, day: int, minutes: int) -> None:
    """Give one session another length; the rest of its week is planned anew around it."""
    _once(app, week, day, lambda now: replace(now, minutes=minutes))


def place_of(app: App, week: int, day: int, place: str) -> None:
    """Do one session in another place; the rest of its week is planned anew around it."""
    if place not in {known.name for known in app.store.places(app.person_id)}:
        what = "place"
        raise NotFound(what, place)
    _once(app, week, day, lambda now: replace(now, place=place))


def style_of(app: App, week: int, day: int, style: Style) -> None:
    """Make one session a yoga or a strength session; the rest of its week is planned anew around it."""
    _once(app, week, day, lambda now: replace(now, style=style))


# --- Changes that stay -------------------------------------------------------------------------------


def swap_choices(app: App, week: int, day: int, exercise_id: str) -> tuple[tuple[Exercise, str], ...]:
    """Return what can stand in for an exercise, the most alike first, each with its reason."""
    dated = blocks.known_block(app).at(week, day)
    return blocks.choices_for(app, dated.session, exercise_id)


def swap(app: App, week: int, day: int, old: str, new: str) -> None:
    """Change one exercise for another on this day of every week from now on."""
    known_exercise(app, new)
    block = _open_block(app, week, day)
    _for_good(app, block, week, swap_wishes(block.kept.wishes, day=day, exercise=old, to=new))


def pin(app: App, week: int, day: int, exercise_id: str) -> None:
    """Keep an exercise on this day of every week."""
    known_exercise(app, exercise_id)
    block = _open_block(app, week, day)
    wishes = block.kept.wishes
    _for_good(app, block, week, replace(wishes, pinned=wishes.pinned | {(exercise_id, day)}))


def ban(app: App, exercise_id: str) -> None:
    """Never plan an exercise again."""
    known_exercise(app, exercise_id)
    block = blocks.known_block(app)
    wishes = block.kept.wishes
    pinned = frozenset(pin for pin in wishes.pinned if pin[0] != exercise_id)
    _for_good(
        app, block, _week_now(block), replace(wishes, banned=wishes.banned | {exercise_id}, pinned=pinned)
    )


def take_up_findings(app: App) -> None:
    """Plan the rest of the block anew with what tests, posture checks and the pain diary ask for now."""
    block = blocks.known_block(app)
    _for_good(app, block, _week_now(block), block.kept.wishes)


def deload(app: App) -> None:
    """Make the running week an easy one: half the sets, more reps in reserve, the same exercises."""
    block = blocks.known_block(app)
    week = _week_now(block)
    wishes = _wishes_of(block, week, block.kept.wishes)
    easy = deload_week(_ask(app, wishes), block.kept.programme, week=week, done=_days(block, week, {"done"}))
    app.store.change_programme(app.person_id, replace(block.kept, programme=easy))


def undo_plan(app: App) -> None:
    """Take back the last change of the programme. Raises BadPlanChange when there is none."""
    last = _last_change(app, blocks.known_block(app))
    if last is None:
        raise BadPlanChange("nothing was changed yet")
    app.store.undo(app.person_id, last.token)


def _last_change(app: App, block: Block) -> Change | None:
    """Return the last change of this block that still stands; those of former blocks stay as they are."""
    last = app.store.last_change(app.person_id, about=PLAN_CHANGES)
    return last if last is not None and last.key.startswith(str(block.kept.id)) else None


# --- Planning anew ------------------------------------------------------------------------------------


def _open_block(app: App, week: int, day: int) -> Block:
    """Return the block when this session of it can still be changed."""
    block = blocks.known_block(app)
    if block.at(week, day).status == "done":
        raise BadPlanChange(f"week {week}, day {day} is done; change a session that is still to come")
    return block


def _override_of(block: Block, week: int, day: int) -> PlanOverride:
    return block.overrides.get((week, day)) or PlanOverride(programme_id=block.kept.id, week=week, day=day)


def _once(app: App, week: int, day: int, change: Callable[[PlanOverride], PlanOverride]) -> None:
    """Keep what is changed about one session, with the rest of its week planned anew around it."""
    block = _open_block(app, week, day)
    changed = change(_override_of(block, week, day))
    block = replace(block, overrides={**block.overrides, (week, day): changed})
    programme = _week_anew(app, block, block.kept.programme, week)
    with app.store.transaction():  # taken back together, too
        app.store.put_override(app.person_id, changed)
        app.store.change_programme(app.person_id, replace(block.kept, programme=programme))


def _week_anew(app: App, block: Block, programme: Programme, week: int) -> Programme:
    """Return a programme with one week planned anew, with what was changed about its sessions."""
    return replan(
        _ask(app, _wishes_of(block, week, block.kept.wishes)),
        programme,
        week=week,
        done=_days(block, week, {"done", "missed", "away"}),
        skipped=_skipped(block, week),
        this_week_only=True,
    )


def _for_good(app: App, block: Block, week: int, wishes: Wishes) -> None:
    """Keep wishes and what follows from them for a week and all after it; changed sessions stay changed."""
    programme = replan(
        _ask(app, wishes),
        block.kept.programme,
        week=week,
        done=_days(block, week, {"done", "missed", "away"}),
        skipped=_skipped(block, week),
    )
    block = replace(block, kept=replace(block.kept, wishes=wishes))
    for later in sorted({slot[0] for slot in block.overrides if slot[0] >= week}):
        if _wishes_of(block, later, wishes) != wishes:
            programme = _week_anew(app, block, programme, later)
    app.store.change_programme(app.person_id, replace(block.kept, programme=programme))


def _wishes_of(block: Block, week: int, wishes: Wishes) -> Wishes:
    """Return the wishes with what was changed about the sessions of one week."""
    once = [changed for slot, changed in block.overrides.items() if slot[0] == week]
    minutes = {changed.day: changed.minutes for changed in once if changed.minutes is not None}
    places = {changed.day: changed.place for changed in once if changed.place is not None}
    styles = {changed.day: changed.style for changed in once if changed.style is not None}
    return replace(
        wishes,
        minutes_of_day={**wishes.minutes_of_day, **minutes},
        place_of_day={**wishes.place_of_day, **places},
        style_of_day={**wishes.style_of_day, **styles},
    )


def _ask(app: App, wishes: Wishes) -> Ask:
    profile = known_profile(app)
    return blocks.ask_now(app, blocks.still_possible(app, wishes, profile), profile)


def _skipped(block: Block, week: int) -> frozenset[int]:
    done = _days(block, week, {"done"})
    return frozenset(d for (w, d), changed in block.overrides.items() if w == week and changed.skipped) - done


def _days(block: Block, week: int, statuses: set[str]) -> frozenset[int]:
    """Return the days of a week whose sessions stand so or were begun; they are not planned again."""
    of_week = [dated for dated in block.dated if dated.session.week == week]
    return frozenset(d.session.day for d in of_week if d.status in statuses or d.log_id is not None)


def _week_now(block: Block) -> int:
    """Return the week of the block that the next session belongs to, its last week when all are done."""
    open_ones = [d.session.week for d in block.dated if d.status in {"today", "next", "upcoming"}]
    return min(open_ones, default=block.kept.programme.weeks)
