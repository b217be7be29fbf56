"""Whether a set can have happened, before it is kept."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from openback.errors import BadSet
from openback.model.log import SetLog

# Project defaults, all well beyond what anyone has done, so that only slips of the finger are refused.
MOST_LOAD_KG: Final = 1000
MOST_REPS: Final = 1000
MOST_HOLD_S: Final = 7200
MOST_RIR: Final = 10
MOST_PAIN: Final = 10
LONGEST_NOTE: Final = 2000
LONGEST_NAME: Final = 200
FIRST_YEAR: Final = 1900
CLOCK_MAY_RUN_AHEAD: Final = timedelta(days=1)  # two time zones and a wrong clock

_NOT_TEXT: Final = re.compile("[\0\ud800-\udfff]")  # a zero byte, and halves of characters


def check_set(one_set: SetLog, *, now: datetime | None = None) -> None:
    """Raise BadSet, with every reason, when a set cannot have happened; `now` is the present instant."""
    moment = datetime.now(UTC) if now is None else now
    problems = [problem for check in CHECKS if (problem := check(one_set, moment))]
    if problems:
        raise BadSet("; ".join(problems))


def load_problem(one_set: SetLog, now: datetime) -> str:
    """Return what is wrong with the load, empty when nothing is."""
    del now
    load_kg = one_set.load_kg
    if load_kg is None or 0 <= load_kg <= MOST_LOAD_KG:
        return ""
    if not math.isfinite(load_kg):
        return "the load is not a number; leave it empty when it is not known"
    if load_kg < 0:
        return f"{load_kg:.10g} kg is less than nothing; loads start at 0 kg"
    return f"{load_kg:.10g} kg is more than anyone has lifted; loads go up to {MOST_LOAD_KG} kg"


def reps_problem(one_set: SetLog, now: datetime) -> str:
    """Return what is wrong with the reps."""
    del now
    reps = one_set.reps
    if reps is None or 0 <= reps <= MOST_REPS:
        return ""
    return f"{reps} is not a number of reps; they go from 0 to {MOST_REPS}"


def hold_problem(one_set: SetLog, now: datetime) -> str:
    """Return what is wrong with the seconds held."""
    del now
    hold_s = one_set.hold_s
    if hold_s is None or 0 <= hold_s <= MOST_HOLD_S:
        return ""
    return f"{hold_s:.10g} s is not a time to hold; it goes from 0 to {MOST_HOLD_S} s"


def measure_problem(one_set: SetLog, now: datetime) -> str:
    """Return what is wrong when neither reps nor seconds are there, or both."""
    del now
    if one_set.reps is None and one_set.hold_s is None:
        return "it has neither reps nor seconds held; give one of them"
    if one_set.reps is not None and one_set.hold_s is not None:
        return "it has both reps and seconds held; give one of them"
    return ""


def rir_problem(one_set: SetLog, now: datetime) -> str:
    """Return what is wrong with the reps in reserve."""
    del now
    rir = one_set.rir
    if rir is None or 0 <= rir <= MOST_RIR:
        return ""
    return f"{rir:.10g} is not a number of reps in reserve; they go from 0 to {MOST_RIR}"


def pain_problem(one_set: SetLog, now: datetime) -> str:
    """Return what is wrong with the pain."""
    del now
    pain = one_set.pain
    if pain is None or 0 <= pain <= MOST_PAIN:
        return ""
    return f"{pain} is not a pain score; it goes from 0 (none) to {MOST_PAIN}"


def words_problem(one_set: SetLog, now: datetime) -> str:
    """Return what is wrong with the exercise's name, the band or the note."""
    del now
    if not one_set.exercise.strip():
        return "it names no exercise"
    if max(len(one_set.exercise), len(one_set.band or "")) > LONGEST_NAME:
        return f"a name is longer than {LONGEST_NAME} characters; shorten it"
    if len(one_set.note) > LONGEST_NOTE:
        return f"the note has {len(one_set.note)} characters; notes have room for {LONGEST_NOTE}"
    if _NOT_TEXT.search(f"{one_set.exercise}{one_set.band}{one_set.note}"):
        return "its text holds a character that is not text; type it again"
    return ""


def clock_problem(one_set: SetLog, now: datetime) -> str:
    """Return what is wrong with the instant."""
    at = one_set.at
    if at.tzinfo is None:
        return f"its time {at.isoformat()} names no time zone; add one, such as +00:00"
    if at.year < FIRST_YEAR:
        return f"{at.date().isoformat()} is before {FIRST_YEAR}; check the clock of the device"
    if at - now > CLOCK_MAY_RUN_AHEAD:
        return f"{at.date().isoformat()} is more than a day from now; check the clock of the device"
    return ""


CHECKS: Final[tuple[Callable[[SetLog, datetime], str], ...]] = (
    load_problem,
    reps_problem,
    hold_problem,
    measure_problem,
    rir_problem,
    pain_problem,
    words_problem,
    clock_problem,
)
