"""The next prescription for an exercise: load, reps, sets or tempo, and the reason in one sentence.

Double progression over all sets: reps grow to the top of the range in every set, then the load takes the next step
that exists. When that step is too big, reps grow beyond the range first, then sets, then tempo. Nothing advances on a
missed set. Pain, breaks, a falling estimate and form faults come before all of it, in the order of `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from openback.model.strength import NextSet
from openback.training.progression.case import Ask, Case, Planned, Step
from openback.training.progression.caution import easier_week, first_time, pain, re_entry
from openback.training.progression.form import FilmedSet, Holding, fault_that_holds, form_fault, until_text
from openback.training.progression.growth import (
    beyond_the_range,
    harder_exercise,
    longer,
    missed,
    more_load,
    more_reps,
    steady,
    too_hard,
    wrong_load,
)

__all__ = [
    "RULES",
    "Ask",
    "FilmedSet",
    "Holding",
    "Planned",
    "Step",
    "fault_that_holds",
    "next_set",
    "until_text",
]

Rule = Callable[[Case], NextSet | None]

RULES: Final[tuple[Rule, ...]] = (
    first_time,
    pain,
    re_entry,
    easier_week,
    form_fault,
    steady,
    wrong_load,
    missed,
    too_hard,
    more_load,
    harder_exercise,
    longer,
    beyond_the_range,
)


def next_set(ask: Ask) -> NextSet:
    """Return the next prescription: the answer of the first rule that has one, else a rep more where there is one.

    Its load exists in the place, and its reason is one sentence.
    """
    case = Case(ask)
    for rule in RULES:
        found = rule(case)
        if found is not None:
            return found
    return more_reps(case)
