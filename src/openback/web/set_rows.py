"""The sets of a running session as rows to tick, and a row that was sent back as a set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Final, Literal
from uuid import UUID

import uuid_utils.compat as uuid
from pydantic import BaseModel, BeforeValidator

from openback.model.clip import Clip
from openback.model.exercise import Exercise, LoadKind
from openback.model.log import SetKind, SetLog, Side
from openback.model.programme import Item
from openback.model.strength import NextSet
from openback.services.set_clips import counted, places_of, seated
from openback.services.views import PlannedSet, SessionView, StepView
from openback.units import Units, kg_from_lb, shown_mass
from openback.web.words import dose

# Loads that are typed, by what they are called in front of the field.
LOAD_NAMES: Final[dict[LoadKind, str]] = {
    "stack": "Load",
    "assist": "Help from the machine",
    "dumbbell_each": "Load in each hand",
    "barbell": "Bar and plates",
    "body": "Added weight",
}
KIND_WORDS: Final[dict[SetKind, str]] = {"warm_up": "Warm-up", "work": "Set", "drop": "Drop set"}
SNAP_KG: Final = 0.06  # a load typed in pounds, rounded to a tenth, is the load of the ladder it came from


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One set on the page: planned, or done when `done`. `number` counts within its kind from 1."""

    id: UUID
    number: int
    kind: SetKind
    done: bool
    load_kg: float | None
    band: str | None
    reps: int | None
    hold_s: float | None
    side: Side = "both"
    rir: float | None = None
    pain: int | None = None
    note: str = ""
    plates: str = ""
    at: datetime | None = None
    clip: Clip | None = None
    filled: bool = False  # reps or seconds are what the clip counted

    @property
    def name(self) -> str:
        """What the row is called: `Set 2`, `Warm-up 1`."""
        return f"{KIND_WORDS[self.kind]} {self.number}"


def rows_of(step: StepView) -> tuple[Row, ...]:
    """Return the planned sets, done or not, then the sets beyond them, numbered by kind."""
    bare = [_planned_row(one, step.exercise) for one in step.sets] + [_done_row(one) for one in step.extra]
    rows = list(_numbered(bare))
    for at, clip in seated(places_of(step), step.clips).items():
        rows[at] = _filmed(rows[at], clip, step.exercise)
    return tuple(rows)


def _filmed(row: Row, clip: Clip, exercise: Exercise) -> Row:
    """Return a row with its clip: a set still to be logged takes over what was counted, and the id it will have."""
    if row.done:
        return replace(row, clip=clip)
    found = counted(clip.report, exercise)
    waiting = replace(row, clip=clip, id=clip.set_id)
    if found is None:
        return waiting
    return replace(waiting, reps=found.reps, hold_s=found.hold_s, side=found.side, filled=True)


def _numbered(rows: Sequence[Row]) -> Iterator[Row]:
    counts: dict[SetKind, int] = {}
    for row in rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
        yield replace(row, number=counts[row.kind])


def _planned_row(planned: PlannedSet, exercise: Exercise) -> Row:
    if planned.done is not None:
        return replace(_done_row(planned.done), plates=planned.plates)
    return Row(
        id=uuid.uuid7(),
        number=0,
        kind=planned.kind,
        done=False,
        load_kg=planned.load_kg if exercise.load in LOAD_NAMES else None,
        band=planned.band,
        reps=planned.reps,
        hold_s=planned.hold_s,
        plates=planned.plates,
    )


def _done_row(log: SetLog) -> Row:
    return Row(
        id=log.id,
        number=0,
        kind=log.kind,
        done=True,
        load_kg=log.load_kg,
        band=log.band,
        reps=log.reps,
        hold_s=log.hold_s,
        side=log.side,
        rir=log.rir,
        pain=log.pain,
        note=log.note,
        at=log.at,
    )


def spare_row(step: StepView, rows: Sequence[Row]) -> Row:
    """Return one more set to do, filled like the last work set."""
    work = [row for row in rows if row.kind != "warm_up"]
    new = Row(
        id=uuid.uuid7(),
        number=len(work) + 1,
        kind="work",
        done=False,
        load_kg=step.next_set.load_kg if step.exercise.load in LOAD_NAMES else None,
        band=step.next_set.band,
        reps=step.next_set.reps[0] if step.next_set.reps else None,
        hold_s=step.next_set.hold_s[0] if step.next_set.hold_s else None,
    )
    if not work:
        return new
    last = work[-1]
    return replace(
        new, load_kg=last.load_kg, band=last.band, reps=last.reps, hold_s=last.hold_s, side=last.side
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One exercise of the session as its screen shows it."""

    step: StepView
    rows: tuple[Row, ...]
    spare: Row
    partners: tuple[StepView, ...]  # the others of its superset

    @property
    def loose_clips(self) -> tuple[Clip, ...]:
        """Clips of this exercise whose set was taken out."""
        shown = {row.clip.id for row in self.rows if row.clip is not None}
        return tuple(clip for clip in self.step.clips if clip.id not in shown)

    @property
    def likely_place(self) -> str:
        """The set that a new clip is most likely of."""
        work = [row for row in self.rows if row.kind != "warm_up" and row.clip is None]
        row = next(iter([*[one for one in work if one.done][-1:], *work]), None)
        return f"{row.kind}-{row.number}" if row is not None else ""

    @property
    def done(self) -> int:
        """Work sets done."""
        return sum(row.done for row in self.rows if row.kind != "warm_up")

    @property
    def due(self) -> int:
        """Work sets planned, or done when that is more."""
        return sum(row.kind != "warm_up" for row in self.rows)

    @property
    def finished(self) -> bool:
        """Whether every planned work set is done."""
        return self.due > 0 and self.done >= self.due


def screens_of(view: SessionView) -> tuple[Screen, ...]:
    """Return a screen for each exercise of a session."""
    return tuple(_screen(step, view.steps) for step in view.steps)


def _screen(step: StepView, steps: Sequence[StepView]) -> Screen:
    rows = rows_of(step)
    letter = step.item.superset
    partners = tuple(s for s in steps if letter and s.item.superset == letter and s.index != step.index)
    return Screen(step=step, rows=rows, spare=spare_row(step, rows), partners=partners)


def screen_to_show(screens: Sequence[Screen], wanted: int | None) -> int:
    """Return which screen is shown: the wanted one, else the first with something left to do."""
    if wanted is not None and 0 <= wanted < len(screens):
        return wanted
    left = (number for number, screen in enumerate(screens) if not screen.finished)
    return next(left, max(0, len(screens) - 1))


# --- Words ---------------------------------------------------------------------------------------


def load_words(kind: LoadKind, load_kg: float | None, band: str | None, units: Units) -> str:
    """Return a load as the person sees it in the row: `20 kg`, `Green band`, `Body weight`; empty without."""
    if band:
        return f"{band.capitalize()} band"
    if kind == "body":
        return f"Body + {shown_mass(load_kg, units)}" if load_kg else "Body weight"
    if load_kg is None:
        return ""
    shown = shown_mass(load_kg, units)
    return {"assist": f"{shown} help", "dumbbell_each": f"{shown} each"}.get(kind, shown)


def amount_words(reps: int | None, hold_s: float | None) -> str:
    """Return reps or seconds: `12 reps`, `30 s`; an en dash when neither is known."""
    if hold_s is not None:
        return f"{hold_s:g} s"
    if reps is None:
        return "–"
    return f"{reps} {'rep' if reps == 1 else 'reps'}"


def set_words(exercise: Exercise, one: Row | SetLog, units: Units) -> str:
    """Return a whole set in words: `20 kg × 12 reps`, `30 s`, `Green band × 15 reps, left`."""
    load = load_words(exercise.load, one.load_kg, one.band, units)
    amount = amount_words(one.reps, one.hold_s)
    said = f"{load} × {amount}" if load else amount
    return f"{said}, {one.side}" if one.side != "both" else said


def target_words(told: NextSet, item: Item, exercise: Exercise) -> str:
    """Return what is to be done: `3 × 8–12 reps each side, leave 2 in reserve`."""
    sides = " each side" if exercise.one_side_at_a_time else ""
    reserve = "" if item.mobility or told.reps is None else f", leave {told.rir} in reserve"
    return f"{dose(told)}{sides}{reserve}"


def in_field(load_kg: float | None, units: Units) -> str:
    """Return a load as its field holds it, without the unit; empty when unknown."""
    return "" if load_kg is None else shown_mass(load_kg, units).split(" ", maxsplit=1)[0]


# --- A row that was sent back -----------------------------------------------------------------------


def _empty_is_none(value: object) -> object:
    """Return None for a field that was left empty."""
    return None if isinstance(value, str) and not value.strip() else value


def _comma_is_point(value: object) -> object:
    """Return a number as Python reads it: `22,5` is 22.5."""
    return value.replace(",", ".") if isinstance(value, str) else value


Number = Annotated[float | None, BeforeValidator(_empty_is_none), BeforeValidator(_comma_is_point)]
Whole = Annotated[int | None, BeforeValidator(_empty_is_none)]
Name = Annotated[str | None, BeforeValidator(_empty_is_none)]


class SetForm(BaseModel):
    """One row as a form sends it; `load` is in the person's units."""

    id: UUID
    exercise: str
    kind: SetKind = "work"
    side: Side = "both"
    load: Number = None
    band: Name = None
    reps: Whole = None
    hold_s: Number = None
    rir: Number = None
    pain: Whole = None
    note: str = ""
    at: datetime | None = None
    step: int = 0


def set_of(
    form: SetForm, session_id: UUID, *, now: datetime, loads_kg: Sequence[float], units: Units
) -> SetLog:
    """Return the set that a form describes; a load typed in pounds becomes the load that exists."""
    return SetLog(
        id=form.id,
        session_id=session_id,
        exercise=form.exercise,
        at=form.at or now,
        side=form.side,
        kind=form.kind,
        load_kg=None if form.load is None else real_load_kg(form.load, loads_kg, units),
        band=form.band,
        reps=form.reps,
        hold_s=form.hold_s,
        rir=form.rir,
        pain=form.pain,
        note=form.note.strip(),
    )


def real_load_kg(typed: float, loads_kg: Sequence[float], units: Units) -> float:
    """Return a typed load in kg: the one of the ladder that shows the same, else just what was typed."""
    load_kg = typed if units == "metric" else kg_from_lb(typed)
    near = min(loads_kg, key=lambda one: abs(one - load_kg), default=load_kg)
    same = abs(near - load_kg) <= SNAP_KG and units == "imperial"
    return near if same or abs(near - load_kg) < 0.005 else round(load_kg, 3)


def ladder(loads_kg: Sequence[float], units: Units) -> list[tuple[float, str]]:
    """Return the loads that exist as pairs of kg and what the field shows."""
    return [(load_kg, in_field(load_kg, units)) for load_kg in loads_kg]


def unit_of(units: Units) -> Literal["kg", "lb"]:
    """Return the unit of loads."""
    return "kg" if units == "metric" else "lb"
