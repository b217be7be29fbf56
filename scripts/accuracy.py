"""Measure the motion engine on made sets and write the motion part of `docs/accuracy.md`: `make accuracy`.

`python -m scripts.accuracy [EXERCISE...] [--sets 12] [--processes 2] [--dry]` makes sets of every exercise that has a
figure, clean and with each fault at 1.5 times its limit, from four views, and asks the engine about each. Nothing is
random: the same code gives the same table. With `--dry` the table is printed and nothing written.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from openback.model.exercise import Exercise, Fault
from openback.model.motion import ViewName
from scripts.accuracy_trials import (
    ANGLES,
    VIEWS,
    Outcome,
    Trial,
    best_angle_view,
    best_view,
    can_tell,
    run_all,
    scout,
    watched,
)
from scripts.marked import with_part
from scripts.system import ROOT

PAGE: Final = ROOT / "docs" / "accuracy.md"
BEGINS: Final = "<!-- begin: made by `make accuracy` -->"
ENDS: Final = "<!-- end: made by `make accuracy` -->"
# Issue bars, at the best view.
COUNT_BAR: Final = 0.99
DETECTION_BAR: Final = 0.95
FALSE_BAR: Final = 0.02
CANNOT_BAR: Final = 0.95
RMSE_BAR_DEG: Final = 5.0
# For each set with a fault so many clean ones: they judge all faults of an exercise at once.
CLEAN: Final = 2
ELSEWHERE: Final = 6  # a view that is not the best one gets a sixth of the sets ...
LEAST: Final = 3  # ... and so many clean ones
CLEAN_REPS: Final = 5
FAULT_REPS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A fault from one view: shares of sets, or NaN where none were made.

    `left_open` is the share of sets with the fault in which it was said that it cannot be told.
    """

    detected: float
    left_open: float
    false_alarm: float
    cannot_tell: float
    best: bool
    told_from_here: bool

    @property
    def good(self) -> bool:
        """Whether the bars hold here."""
        if not self.told_from_here:
            return self.cannot_tell >= CANNOT_BAR
        return self.detected >= DETECTION_BAR and self.false_alarm <= FALSE_BAR


def trials_of(exercise: Exercise, sets: int) -> list[Trial]:
    """Return the sets to make of one exercise.

    From where a fault cannot be told, clean sets show that nothing is said of it.
    """
    home = {best_view(exercise, fault) for fault in exercise.faults} | {best_view(exercise, None)}
    home |= {best_angle_view(exercise, measure) for measure in ANGLES}
    few = max(1, sets // ELSEWHERE)
    trials = [
        Trial(exercise=exercise.id, view=view, fault=None, number=number, reps=CLEAN_REPS)
        for view in VIEWS
        for number in range(CLEAN * sets if view in home else max(few, LEAST))
    ]
    for fault in exercise.faults:
        for view in filter(partial(can_tell, fault), VIEWS):
            count = sets if view == best_view(exercise, fault) else few
            trials += [
                Trial(exercise=exercise.id, view=view, fault=fault.id, number=number, reps=FAULT_REPS)
                for number in range(count)
            ]
    return trials


# --- What came out -------------------------------------------------------------------------------------


def cell_of(exercise: Exercise, fault: Fault, view: ViewName, outcomes: Iterable[Outcome]) -> Cell:
    """Return what the engine made of a fault from one view."""
    here = [one for one in outcomes if one.trial.view == view]
    clean = [one for one in here if one.trial.fault is None]
    shown = [one for one in here if one.trial.fault == fault.id]
    return Cell(
        detected=_share(shown, lambda one: fault.id in one.told),
        left_open=_share(shown, lambda one: fault.id in one.cannot_tell and fault.id not in one.told),
        false_alarm=_share(clean, lambda one: fault.id in one.told),
        cannot_tell=_share(
            [*clean, *shown], lambda one: fault.id in one.cannot_tell and fault.id not in one.told
        ),
        best=view == best_view(exercise, fault),
        told_from_here=can_tell(fault, view),
    )


def _share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float:
    return sum(map(holds, outcomes)) / len(outcomes) if outcomes else float("nan")


def rmse_deg(outcomes: Iterable[Outcome], measure: str, view: ViewName) -> float:
    """Return the root mean square error of an angle over the clean sets from a view."""
    errors = [
        error
        for one in outcomes
        if one.trial.fault is None and one.trial.view == view
        for error in one.errors_deg.get(measure, ())
    ]
    return float(np.sqrt(np.mean(np.square(errors)))) if errors else float("nan")


def count_share(exercise: Exercise, outcomes: Iterable[Outcome], view: ViewName | None = None) -> float:
    """Return the share of sets with the exact count, clean ones from the best view unless told."""
    where = view or best_view(exercise, None)
    return _share(
        [one for one in outcomes if one.trial.view == where and one.trial.fault is None],
        lambda one: one.exact,
    )


# --- The page ------------------------------------------------------------------------------------------


def page_part(found: Sequence[tuple[Exercise, Sequence[Outcome]]], sets: int) -> str:
    """Return the motion part of the page."""
    lines = [
        _introduction(sets),
        *_summary(found),
    ]
    for exercise, outcomes in found:
        lines += _section(exercise, outcomes)
    return "\n".join(lines) + "\n"


INTRODUCTION: Final = """## Reps, angles and faults

On test motion: sets made from the figures of the exercise files, seen by a made camera, with the errors that the pose model shows on real clips ([test-motion.md](test-motion.md)).
`make accuracy` writes this part again.
Every exercise was made clean ({clean} sets of {clean_reps} reps from each view that it or one of its faults is best seen from, {least} from the others) and with each fault at 1.5 times its limit ({sets} sets of {fault_reps} reps from its best view, {few} from each other one that can tell it).
A third of the sets begin with walking up, have a rest half-way and end with walking off.
People, proportions, tempo, the place of the phone and the errors of the model differ from set to set.

A cell says in how many sets with the fault it was found, and after the stroke in how many clean sets it was told although it was not there.
*cannot tell* says in how many sets it was left open, as it should be from there.
The best view of a fault is in bold.
Best views (for a fault, for counting, for an angle) are found on other made sets than those they are measured on."""


def _introduction(sets: int) -> str:
    few = max(1, sets // ELSEWHERE)
    numbers = {"sets": sets, "clean": CLEAN * sets, "few": few, "least": max(few, LEAST)}
    return INTRODUCTION.format(**numbers, clean_reps=CLEAN_REPS, fault_reps=FAULT_REPS)


def _summary(found: Sequence[tuple[Exercise, Sequence[Outcome]]]) -> list[str]:
    homes = [
        (exercise, one)
        for exercise, outcomes in found
        for one in outcomes
        if one.trial.fault is None and one.trial.view == best_view(exercise, None)
    ]
    cells = [
        (exercise, fault, view, cell_of(exercise, fault, view, outcomes))
        for exercise, outcomes in found
        for fault in exercise.faults
        for view in VIEWS
    ]
    best = [cell for _, _, _, cell in cells if cell.best]
    blind = [cell for _, _, _, cell in cells if not cell.told_from_here]
    clean_told = _share([one for _, one in homes], lambda one: bool(one.told))
    counted = _share([one for _, one in homes], lambda one: one.exact)
    detected, made_up = _average(cell.detected for cell in best), _average(cell.false_alarm for cell in best)
    left_open = _average(cell.cannot_tell for cell in blind)
    rows = [
        ("Rep count exact, share of clean sets", "99 %", _percent(counted), ""),
        ("Fault found at 1.5 times its limit", "95 %", _percent(detected), _met(best, lambda cell: cell.detected >= DETECTION_BAR)),
        ("... not found, but said that it cannot be told", "", _percent(_average(cell.left_open for cell in best)), ""),
        ("Fault told of a clean set", "2 %", _percent(made_up), _met(best, lambda cell: cell.false_alarm <= FALSE_BAR)),
        ("Any fault told of a clean set", "", _percent(clean_told), ""),
        ("*cannot tell* where it cannot be told", "95 %", _percent(left_open), _met(blind, lambda cell: cell.cannot_tell >= CANNOT_BAR)),
    ]  # fmt: skip
    short = [
        *_short("The rep count is exact in", counted, COUNT_BAR),
        *_short("Faults at 1.5 times their limit are found in", detected, DETECTION_BAR),
        *_short("A fault is told of a clean set in", made_up, FALSE_BAR, most=True),
        *_short("*cannot tell* is said in", left_open, CANNOT_BAR),
    ]
    for measure in ANGLES:
        values = [
            rmse_deg(outcomes, measure, best_angle_view(exercise, measure)) for exercise, outcomes in found
        ]
        known = [value for value in values if np.isfinite(value)]
        together = float(np.sqrt(np.mean(np.square(known)))) if known else float("nan")
        within = sum(value <= RMSE_BAR_DEG for value in known)
        name, errs = f"`{measure}`, root mean square error", f"{together:.1f} degrees"
        rows.append((name, "5 degrees", errs, f"{within} of {len(known)} exercises"))
        if together > RMSE_BAR_DEG:
            over = together - RMSE_BAR_DEG
            short.append(f"`{measure}` errs by {errs}, {over:.1f} more than the bar of 5.")
    table = ["", "| At the best view | Bar | Measured | Bar met for |", "|---|---|---|---|"]
    table += [f"| {' | '.join(row)} |" for row in rows]
    plainly = ["**Bars missed as a whole.**", *short] if short else ["As a whole no bar is missed."]
    return [*table, "", *plainly, "", *_misses(cells)]


def _short(what: str, share: float, bar: float, *, most: bool = False) -> list[str]:
    """Return the sentence that says by how much a share misses its bar; none when it does not."""
    if not np.isfinite(share) or (share <= bar if most else share >= bar):
        return []
    by = abs(share - bar) * 100
    return [f"{what} {100 * share:.1f} % of the sets, {by:.1f} points {'over' if most else 'under'} the bar of {100 * bar:.0f} %."]  # fmt: skip


def _misses(cells: Sequence[tuple[Exercise, Fault, ViewName, Cell]]) -> list[str]:
    missed = [
        f"- {exercise.name}, {fault.id.replace('_', ' ')}, {view}: {_cell(cell).replace('**', '')}"
        for exercise, fault, view, cell in cells
        if not cell.good and (cell.best or not cell.told_from_here)
    ]
    return [f"**Missed by single faults** ({len(missed)}):", "", *missed, ""] if missed else ["No fault misses a bar.", ""]  # fmt: skip


def _section(exercise: Exercise, outcomes: Sequence[Outcome]) -> list[str]:
    what = "holds found" if exercise.kind == "hold" else "count exact"
    counts = ", ".join(f"{name} {_percent(count_share(exercise, outcomes, name))}" for name in VIEWS)
    angles = ", ".join(
        f"{name} {value:.1f} from the {view}"
        for name, measure in (("trunk", "trunk_from_floor_deg"), ("arm", "arm_elevation_deg"))
        if np.isfinite(value := rmse_deg(outcomes, measure, view := best_angle_view(exercise, measure)))
    )
    lines = [f"### {exercise.name}", "", f"{what.capitalize()}: {counts}."]
    lines += [f"Angles from their best view, root mean square error in degrees: {angles}."] if angles else []
    lines += ["", f"| Fault | {' | '.join(VIEWS)} | |", f"|---|{'---|' * (len(VIEWS) + 1)}"]
    for fault in exercise.faults:
        cells = [cell_of(exercise, fault, name, outcomes) for name in VIEWS]
        reached = all(one.reached for one in outcomes if one.trial.fault == fault.id)
        weak = "" if reached else "figure cannot show it so strongly"
        lines.append(f"| {fault.id.replace('_', ' ')} | {' | '.join(map(_cell, cells))} | {weak} |")
    return [*lines, ""]


def _cell(cell: Cell) -> str:
    if not cell.told_from_here:
        return f"*cannot tell* {_percent(cell.cannot_tell)}"
    text = f"{_percent(cell.detected)} / {_percent(cell.false_alarm)}"
    return f"**{text}**" if cell.best else text


def _percent(share: float) -> str:
    return "–" if np.isnan(share) else f"{100 * share:.0f} %"


def _average(shares: Iterable[float]) -> float:
    known = [share for share in shares if np.isfinite(share)]
    return float(np.mean(known)) if known else float("nan")


def _met(cells: Sequence[Cell], holds: Callable[[Cell], bool]) -> str:
    return f"{sum(map(holds, cells))} of {len(cells)}"


def written(page: str, part: str) -> str:
    """Return the page with its motion part replaced, or put at its end."""
    return with_part(page, part, begins=BEGINS, ends=ENDS)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exercises", nargs="*")
    parser.add_argument("--sets", type=int, default=12)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--dry", action="store_true")
    given = parser.parse_args()
    chosen = [one for one in watched() if not given.exercises or one.id in given.exercises]
    begins = time.perf_counter()
    scout(chosen, given.processes)
    print(f"best views found in {time.perf_counter() - begins:.0f} s", file=sys.stderr)
    trials = [trial for exercise in chosen for trial in trials_of(exercise, given.sets)]
    outcomes: dict[str, list[Outcome]] = {exercise.id: [] for exercise in chosen}
    for number, outcome in enumerate(run_all(trials, given.processes), 1):
        outcomes[outcome.trial.exercise].append(outcome)
        if number % 100 == 0:
            print(f"\r{number} of {len(trials)} sets", end="", file=sys.stderr)
    print(f"\r{len(trials)} sets in {time.perf_counter() - begins:.0f} s", file=sys.stderr)
    part = page_part([(exercise, outcomes[exercise.id]) for exercise in chosen], given.sets)
    if given.dry or given.exercises:
        print(part)
        return
    page = Path(PAGE)
    page.write_text(written(page.read_text(encoding="utf-8"), part), encoding="utf-8")


if __name__ == "__main__":
    main()
