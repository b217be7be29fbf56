"""How often the fan of the strength curve held, on logs of people who trained on.

`python -m scripts.forecast_accuracy LOG` forecasts each exercise of each lifter again and again from the past alone, looks
where strength was weeks later, and writes what it found into docs/accuracy.md.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean
from typing import Final
from uuid import UUID

from openback.catalogue import load_catalogue
from openback.model.log import SetLog
from openback.model.strength import Strength
from openback.progress.forecast import forecast_rules, strength_fan
from openback.services.curves import course_of
from openback.services.predicting import read_log
from openback.training.strength.days import History, histories
from openback.training.strength.estimate import strength_path
from scripts.marked import with_part
from scripts.system import ROOT

BEGINS: Final = "<!-- forecast: made by python -m scripts.forecast_accuracy -->"
ENDS: Final = "<!-- forecast: end -->"
AHEAD_WEEKS: Final = (4, 8, 12)
NEAR_D: Final = 5  # strength is looked up so near to the day that was forecast
EVERY_DAYS: Final = 4  # training days between two forecasts
FEWEST_DAYS: Final = 20  # of training in an exercise
ANY_EXERCISE: Final = "seated_cable_row"  # loads of any exercise are read as this one's
START: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One forecast and what came: log errors of the fan's middle and of "it stays as it is", and whether the fan held."""

    weeks: int
    error_log: float
    same_error_log: float
    held: bool


def paths_of(log: Path) -> Iterator[tuple[Strength, ...]]:
    """Yield the strength path of every exercise of every lifter with a long enough history."""
    exercise = load_catalogue(None).exercises[ANY_EXERCISE]
    for exercises in histories(read_log(log)).values():
        for history in exercises.values():
            if len(history) >= FEWEST_DAYS:
                yield strength_path(_sets(history), exercise=exercise, mass_kg=70, prior=None)


def _sets(history: History) -> list[SetLog]:
    return [
        SetLog(
            id=UUID(int=n),
            session_id=UUID(int=n),
            exercise=ANY_EXERCISE,
            at=START + timedelta(days=day.day),
            load_kg=day.load,
            reps=int(day.reps),
        )
        for n, day in enumerate(history)
    ]


def outcomes(path: Sequence[Strength]) -> Iterator[Outcome]:
    """Yield every forecast of a path with what came of it."""
    for end in range(forecast_rules().fewest_days, len(path), EVERY_DAYS):
        course = course_of(path[:end])
        if course is None:
            continue
        last, fan = path[end - 1], strength_fan(course, "some")
        for weeks in AHEAD_WEEKS:
            later = [one for one in path[end:] if abs(one.day - last.day - 7 * weeks) <= NEAR_D]
            if later:
                came, point = later[0].one_rm_kg, fan[weeks]
                yield Outcome(
                    weeks=weeks,
                    error_log=math.log(came / point.best_kg),
                    same_error_log=math.log(came / last.one_rm_kg),
                    held=point.low_kg <= came <= point.high_kg,
                )


def measure(log: Path) -> Mapping[int, tuple[Outcome, ...]]:
    """Return the outcomes by weeks ahead."""
    found = [one for path in paths_of(log) for one in outcomes(path)]
    return {weeks: tuple(one for one in found if one.weeks == weeks) for weeks in AHEAD_WEEKS}


def section(found: Mapping[int, Sequence[Outcome]]) -> str:
    """Return the part of docs/accuracy.md."""
    lines = [
        "## Where strength goes",
        "",
        "The fan of the strength curve, forecast from the past alone and held against the estimate of the same filter weeks later.",
        "The log is the one of the next weight: people who trained on, loads in the unit they logged, all taken as people with some training.",
        "Nothing of the forecast was fitted on it: its numbers come from trials and round defaults (`data/forecast.toml`).",
        "",
        "| Weeks ahead | Forecasts | Inside the 80 % fan | Off by, middle of the fan | Off by, if it stayed as it was |",
        "|---|---|---|---|---|",
    ]
    for weeks, ones in found.items():
        held = 100 * fmean(one.held for one in ones)
        off, same = (
            100 * fmean(abs(value) for value in values)
            for values in ([one.error_log for one in ones], [one.same_error_log for one in ones])
        )
        lines.append(f"| {weeks} | {len(ones):,} | {held:.0f} % | {off:.1f} % | {same:.1f} % |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Measure a log and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("log", type=Path, help="a log with the columns lifter,day,exercise,load,reps")
    page = ROOT / "docs" / "accuracy.md"
    part = section(measure(parser.parse_args().log))
    page.write_text(
        with_part(page.read_text(encoding="utf-8"), part, begins=BEGINS, ends=ENDS), encoding="utf-8"
    )
    print(part)


if __name__ == "__main__":
    main()
