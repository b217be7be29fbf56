"""The warm-up ramp: a few easy sets on the way to the first heavy work set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from openback.datafile import read_table
from openback.model.exercise import LoadKind
from openback.training.loads import at_most_kg


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUpSet:
    """One warm-up set; `load_kg` as it is logged."""

    load_kg: float
    reps: int
    rest_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUpRules:
    """Shares of the work load with their reps, and the work load from which a ramp is worth its time."""

    steps: tuple[tuple[float, int], ...]
    rest_s: int
    from_kg: dict[str, float]


@cache
def warm_up_rules() -> WarmUpRules:
    """Return the rules of `data/progression.toml`; all are project defaults."""
    table = read_table("progression.toml")
    part = table.table("warm_up")
    rules = WarmUpRules(
        steps=tuple((step.number("share"), step.whole("reps")) for step in part.tables("step")),
        rest_s=part.whole("rest_s"),
        from_kg=part.numbers("from_kg"),
    )
    table.settle()
    return rules


def warm_up_sets(
    load_kind: LoadKind, work_load_kg: float | None, ladder: Sequence[float]
) -> tuple[WarmUpSet, ...]:
    """Return the ramp before the first work set, lightest first; empty for light loads, bands and the body's own weight.

    Loads exist in the ladder, rise, and stay below the work load. For the first exercise of a muscle group only: the
    later ones find it warm.
    """
    rules = warm_up_rules()
    least_kg = rules.from_kg.get(load_kind)
    if work_load_kg is None or least_kg is None or work_load_kg < least_kg or not ladder:
        return ()
    ramp: list[WarmUpSet] = []
    for share, reps in rules.steps:
        load_kg = at_most_kg(ladder, share * work_load_kg)
        above_last = not ramp or load_kg > ramp[-1].load_kg
        if above_last and load_kg < work_load_kg:
            ramp.append(WarmUpSet(load_kg=load_kg, reps=reps, rest_s=rules.rest_s))
    return tuple(ramp)
