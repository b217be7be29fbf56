"""Thirty steps to a strong back: which are reached, since when, and how far the next one is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from openback.model.journal import StepReached
from openback.progress.steps import (
    Facts,
    Step,
    StepKind,
    next_step,
    reached,
    share,
    step_data,
    value_now,
)
from openback.progress.streaks import Streak, Week, streak
from openback.services.app import App
from openback.services.step_facts import Counting


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneView:
    """One of the thirty steps. `share` is the part of the way, 0 to 1; `so_far` the same in words, empty where
    one is all it takes. `reached_on` is None while it is open; `fresh` until it was celebrated on a page.
    """

    id: str
    number: int  # from 1, along the path
    name: str
    kind: StepKind
    says: str
    done: str
    share: float
    so_far: str
    reached_on: date | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsView:
    """All thirty steps along the path, the open one that is nearest, and the weeks in a row."""

    steps: tuple[MilestoneView, ...]
    next_step: MilestoneView | None
    streak_weeks: int
    best_weeks: int
    streak: Streak
    weeks: tuple[Week, ...]  # that the streak is made of, oldest first

    @property
    def reached(self) -> tuple[MilestoneView, ...]:
        """The steps that are reached, along the path."""
        return tuple(one for one in self.steps if one.reached_on is not None)

    @property
    def near(self) -> tuple[MilestoneView, ...]:
        """The open steps that are begun, the nearest first, without the next one."""
        begun = (one for one in self.steps if one.reached_on is None and one.share > 0)
        rest = [one for one in begun if one != self.next_step]
        return tuple(sorted(rest, key=lambda one: -one.share))

    @property
    def fresh(self) -> tuple[MilestoneView, ...]:
        """The steps that were reached and not celebrated yet."""
        return tuple(one for one in self.steps if one.fresh)


def steps(app: App) -> StepsView:
    """Return the thirty steps. One that is reached is kept, and stays reached whatever becomes of the log."""
    counting = Counting.of(app)
    facts = counting.facts()
    data = step_data()
    kept = _keep(app, reached(data.steps, facts))
    views = {
        one.id: _view(one, number, facts, kept.get(one.id)) for number, one in enumerate(data.steps, start=1)
    }
    row = streak(counting.weeks, data.week_share)
    coming = next_step(data.steps, facts, kept)
    return StepsView(
        steps=tuple(views.values()),
        next_step=views[coming.id] if coming else None,
        streak_weeks=row.weeks,
        best_weeks=row.best,
        streak=row,
        weeks=counting.weeks,
    )


def celebrated(app: App, shown: Iterable[MilestoneView]) -> None:
    """Remember that these steps were celebrated on a page, so that it happens once."""
    fresh = {one.id for one in shown if one.fresh}
    if not fresh:
        return
    with app.store.transaction():
        for one in app.store.entries(app.person_id, StepReached):
            if one.step in fresh and not one.shown:
                app.store.put_entry(app.person_id, replace(one, shown=True))


def _keep(app: App, found: dict[str, date]) -> dict[str, StepReached]:
    """Return every step that was ever reached, by id, with the new ones kept; steps of another version are passed by."""
    kept = {one.step: one for one in app.store.entries(app.person_id, StepReached)}
    new = {step: StepReached(step=step, on=on) for step, on in found.items() if step not in kept}
    if new:
        app.store.expect_person(app.person_id)
        with app.store.transaction():
            for one in new.values():
                app.store.put_entry(app.person_id, one)
    return {**kept, **new}


def _view(step: Step, number: int, facts: Facts, kept: StepReached | None) -> MilestoneView:
    now = min(value_now(step, facts), step.at_least)
    open_still = kept is None
    return MilestoneView(
        id=step.id,
        number=number,
        name=step.name,
        kind=step.kind,
        says=step.says,
        done=step.done,
        share=share(step, facts) if open_still else 1.0,
        so_far=step.so_far.format(now=int(now), goal=f"{step.at_least:g}") if open_still else "",
        reached_on=None if kept is None else kept.on,
        fresh=kept is not None and not kept.shown,
    )
