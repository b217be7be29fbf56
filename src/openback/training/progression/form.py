"""Form faults that were seen on film: which of them holds the load, and the rule that does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openback.model.exercise import Exercise
from openback.model.motion import FaultSeen
from openback.model.strength import NextSet
from openback.training.progression import words
from openback.training.progression.case import Case
from openback.training.progression.data import ProgressionData, progression_data
from openback.training.progression.growth import missed, wrong_load
from openback.training.progression.made import made


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmedSet:
    """A work set that was filmed: what was seen in it, and in which session, 0 being the last one of the exercise."""

    sessions_ago: int
    faults: tuple[FaultSeen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A fault that holds the load: one of those seen, in how many reps of its set, and how many sessions ago."""

    fault: FaultSeen
    reps: int
    sessions_ago: int


def fault_that_holds(filmed: Sequence[FilmedSet], data: ProgressionData | None = None) -> Holding | None:
    """Return the fault that holds the load, None when nothing does; danger comes first, then what was seen most.

    The last session that was filmed decides. Danger holds as soon as it is seen, form once a set has it in
    several reps, polish never; what lies too many sessions back holds no more.
    """
    data = data or progression_data()
    ago = min((one.sessions_ago for one in filmed), default=0)
    seen = [found for one in filmed if one.sessions_ago == ago for found in _holding(one, data)]
    return min(seen, key=lambda one: (one.fault.severity != "danger", -one.reps), default=None)


def _holding(filmed: FilmedSet, data: ProgressionData) -> list[Holding]:
    """Return the faults of one set that hold the load."""
    reps = Counter(fault_id for fault_id, _rep in {(one.id, one.rep) for one in filmed.faults})
    whole = {one.id for one in filmed.faults if one.rep is None}
    first = {one.id: one for one in reversed(filmed.faults)}
    return [
        Holding(fault=fault, reps=reps[key], sessions_ago=filmed.sessions_ago)
        for key, fault in first.items()
        if _holds(fault, reps[key], data, whole=key in whole, ago=filmed.sessions_ago)
    ]


def _holds(fault: FaultSeen, reps: int, data: ProgressionData, *, whole: bool, ago: int) -> bool:
    if fault.severity == "danger":
        return ago < data.danger_sessions
    return fault.severity == "form" and ago < data.form_sessions and (whole or reps >= data.fault_reps)


def until_text(exercise: Exercise, fault: FaultSeen) -> str:
    """Return the end of "same weight until ...": the words of the exercise file, else made from the cue."""
    said = next((one.until for one in exercise.faults if one.id == fault.id), "")
    if said:
        return said
    cue = fault.cue.strip().rstrip(".!")
    return f"this is steady: {cue[:1].lower()}{cue[1:]}"


_SAME: Final = {
    "stack": "same weight",
    "dumbbell_each": "same weight",
    "barbell": "same weight",
    "band": "same band",
    "assist": "same help",
}


def form_fault(case: Case) -> NextSet | None:
    """A form fault holds the load: nothing grows until it is gone. What has become too much still goes down."""
    if case.ask.held_by_fault is None:
        return None
    lighter = wrong_load(case) or missed(case)
    if lighter is not None and lighter.move in {"less", "swap"}:
        return None
    same = _SAME.get(case.exercise.load, "the same again")
    why = f"You did {words.done_text(case, case.last)}; {same} until {case.ask.held_by_fault}."
    return made(case, "same", why, case.here())
