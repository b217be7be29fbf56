"""Loads the flows: every file checked against the exercises, every problem of a file told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, cast, get_args

from openback.catalogue.load import load_catalogue
from openback.datafile import Table, read_table
from openback.model.exercise import Catalogue, Exercise
from openback.model.flow import Breath, Flow, FlowKind, FlowPart, FlowStep
from openback.model.log import Side

FOLDER: Final = "flows"
# Kinds in the order in which pages show them: the shortest first.
KINDS: Final[tuple[FlowKind, ...]] = get_args(FlowKind)
PARTS: Final[tuple[FlowPart, ...]] = get_args(FlowPart)
PLACES: Final = ("desk", "mat")


@cache
def load_flows() -> Mapping[str, Flow]:
    """Return the flows by id, breaks first, short before long. Raises BadDataFile with every problem of a file."""
    catalogue = load_catalogue()
    names = sorted(one.name for one in files("openback").joinpath("data", FOLDER).iterdir())
    found = [flow_from(f"{FOLDER}/{name}", catalogue) for name in names if name.endswith(".toml")]
    found.sort(key=lambda flow: (KINDS.index(flow.kind), flow.minutes, flow.id))
    return MappingProxyType({flow.id: flow for flow in found})


def flow_from(name: str, catalogue: Catalogue, text: str | None = None) -> Flow:
    """Return the flow of `data/<name>`, or of `text` in its place. Raises BadDataFile."""
    table = read_table(name, text)
    breath = table.table("breath")
    pace = Breath(in_s=breath.number("in_s"), out_s=breath.number("out_s"))
    steps = tuple(step for one in table.tables("step") for step in _steps(one, pace, catalogue))
    flow = Flow(
        id=table.text("id"),
        name=table.text("name"),
        kind=cast(FlowKind, _one_of(table, "kind", KINDS)),
        minutes=table.whole("minutes"),
        place="desk" if _one_of(table, "place", PLACES) == "desk" else "mat",
        summary=table.text("summary"),
        evidence=table.text("evidence"),
        sources=table.words("sources"),
        breath=pace,
        steps=steps,
    )
    _check(flow, table, name, catalogue)
    table.settle()
    return flow


def _one_of(table: Table, key: str, allowed: tuple[str, ...]) -> str:
    said = table.text(key)
    if said not in allowed:
        table.note(key, f"is {said!r}, it must be one of {', '.join(allowed)}")
    return said


# --- One step ------------------------------------------------------------------------------------------


def _steps(table: Table, pace: Breath, catalogue: Catalogue) -> Iterator[FlowStep]:
    """Yield one step, or the left and the right one of an exercise that is done a side at a time."""
    keys = table.keys()
    exercise_id = table.text("exercise", "")
    exercise = catalogue.exercises.get(exercise_id)
    if exercise_id and exercise is None:
        table.note("exercise", f"no exercise is called {exercise_id!r}")
    breaths = table.whole("breaths") if "breaths" in keys else None
    reps = table.whole("reps") if "reps" in keys else None
    sides = table.flag("each_side")
    if exercise is not None:
        _fits(table, exercise, sides=sides, held_s=(breaths or 0) * pace.whole_s, reps=reps)
    elif not exercise_id and not breaths:
        table.note("breaths", "a rest needs some")
    ready_s = table.number("ready_s") if "ready_s" in keys else 0.0
    change_s = table.number("change_s") if sides else 0.0
    instead = table.words("instead")
    for other in instead:
        if other not in catalogue.exercises:
            table.note("instead", f"no exercise is called {other!r}")
    rep_s = exercise.dose.tempo.rep_s if exercise else 0.0
    part, says = cast(FlowPart, _one_of(table, "part", PARTS)), table.text("says")
    ways: tuple[tuple[Side, float], ...] = (
        (("left", ready_s), ("right", change_s)) if sides else (("both", ready_s),)
    )
    for side, way_s in ways:
        yield FlowStep(
            exercise=exercise_id,
            part=part,
            side=side,
            ready_s=way_s,
            seconds=(reps or 0) * rep_s if breaths is None else breaths * pace.whole_s,
            breaths=breaths,
            reps=reps,
            says=says if side != "right" else "And the other side.",
            instead=instead,
        )


def _fits(table: Table, exercise: Exercise, *, sides: bool, held_s: float, reps: int | None) -> None:
    """Note where a step asks of an exercise what the exercise is not."""
    if exercise.one_side_at_a_time != sides:
        way = "is done a side at a time" if exercise.one_side_at_a_time else "works both sides at once"
        table.note("each_side", f"{exercise.id} {way}")
    dose = exercise.dose
    if dose.hold_s is not None:
        shortest, longest = dose.hold_s
        if reps is not None:
            table.note("reps", f"{exercise.id} is held; give breaths")
        elif not shortest <= held_s <= longest:
            table.note(
                "breaths", f"come to {held_s:g} s; {exercise.id} is held for {shortest} to {longest} s"
            )
    elif not reps:
        table.note("reps", f"{exercise.id} moves; give the number of its reps")
    elif dose.reps is not None and reps > dose.reps[1]:
        table.note("reps", f"{exercise.id} has at most {dose.reps[1]} in a set")


# --- The whole -----------------------------------------------------------------------------------------


def _check(flow: Flow, table: Table, name: str, catalogue: Catalogue) -> None:
    """Note what is wrong with a flow as a whole: one rule a line of `RULES`, in this order."""
    if name != f"{FOLDER}/{flow.id}.toml":
        table.note("id", f"is {flow.id!r}; the file is called {name}")
    for source in flow.sources:
        if source not in catalogue.sources:
            table.note("sources", f"no source is called {source!r}")
    for key, rule in RULES:
        if problem := rule(flow):
            table.note(key, problem)


def _adds_up(flow: Flow) -> str:
    minutes_s = 60 * flow.minutes
    return "" if flow.whole_s == minutes_s else f"its steps take {flow.whole_s:g} s, not {minutes_s} s"


def _breathes(flow: Flow) -> str:
    return "" if flow.breath.in_s > 0 and flow.breath.out_s > 0 else "breathing in and out takes time"


def _in_order(flow: Flow) -> str:
    """Yoga stretches first, then tones; what settles comes last."""
    places = [PARTS.index(step.part) for step in flow.steps if step.part in PARTS]
    if flow.kind != "yoga" or places == sorted(places):
        return ""
    return "yoga arrives, stretches, tones and settles, in this order"


def _does_something(flow: Flow) -> str:
    return "" if any(step.exercise for step in flow.steps) else "it has no exercise"


RULES: Final[tuple[tuple[str, Callable[[Flow], str]], ...]] = (
    ("minutes", _adds_up),
    ("breath", _breathes),
    ("step", _in_order),
    ("step", _does_something),
)
