"""A flow as one person may do it: what is out for them, or needs kit they do not have, is replaced or left out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from openback.model.exercise import Catalogue, Exercise
from openback.model.flow import Flow, FlowStep
from openback.model.log import Side

# What is at hand wherever somebody sits or lies down; the rest has to be told (project default).
EVERYWHERE: Final = frozenset({"mat", "wall", "chair"})
BREATH_S: Final = 10.0  # of a hold that takes the place of something that moves (project default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The steps that remain, and a sentence for each exercise that does not."""

    steps: tuple[FlowStep, ...]
    notes: tuple[str, ...]


def fitted(
    flow: Flow, catalogue: Catalogue, *, banned: Mapping[str, str], kit: frozenset[str] | None
) -> Fitted:
    """Return a flow without what is banned (by id, with the reason) and without what needs other kit.

    `kit` None means that anything may be used. What takes an exercise's place fills its time as far as its own dose
    goes, so a flow may become shorter; it never becomes longer.
    """
    notes: dict[str, str] = {}
    steps: list[FlowStep] = []
    other: Exercise | None = None
    for step in flow.steps:
        exercise = catalogue.exercises.get(step.exercise)
        reason = "" if exercise is None else _why_out(exercise, catalogue, banned, kit)
        if not reason or exercise is None:
            steps.append(step)
            continue
        if step.side != "right":  # the other side does what the first one did
            before = steps[-1].exercise if steps else ""
            other = _instead(step, catalogue, lambda one: not _why_out(one, catalogue, banned, kit), before)
            steps += _in_its_place(step, other, _both_sides_s(flow, step)) if other else ()
        elif other is not None and other.one_side_at_a_time:
            steps.append(_of(step, other, step.seconds, "right"))
        notes.setdefault(exercise.id, f"{reason} {_what_then(other)}")
    return Fitted(steps=tuple(steps), notes=tuple(notes.values()))


def _why_out(
    exercise: Exercise, catalogue: Catalogue, banned: Mapping[str, str], kit: frozenset[str] | None
) -> str:
    """Return in a sentence why somebody does not do an exercise, empty when they do."""
    if exercise.id in banned:
        return banned[exercise.id]
    missing = [] if kit is None else [one for one in exercise.kit if one not in kit | EVERYWHERE]
    if not missing:
        return ""
    known = catalogue.kit.get(missing[0])
    return f"{exercise.name} needs this, which you have not told of: {known.name if known else missing[0]}."


def _what_then(other: Exercise | None) -> str:
    return f"{other.name} takes its place." if other else "It is left out here."


def _instead(
    step: FlowStep, catalogue: Catalogue, may: Callable[[Exercise], bool], before: str
) -> Exercise | None:
    """Return what takes a step's place: the first that may come and was not just done, else the first that may."""
    known: Iterable[Exercise | None] = (catalogue.exercises.get(one) for one in step.instead)
    able = [one for one in known if one is not None and may(one)]
    return next((one for one in able if one.id != before), able[0] if able else None)


def _both_sides_s(flow: Flow, step: FlowStep) -> float:
    """Return the seconds of a step, with those of its other side when it is the first of two."""
    if step.side == "both":
        return step.seconds
    at = flow.steps.index(step)
    other = flow.steps[at + 1] if at + 1 < len(flow.steps) else None
    return step.seconds + (other.whole_s if other is not None and other.side == "right" else 0.0)


def _in_its_place(step: FlowStep, other: Exercise, whole_s: float) -> list[FlowStep]:
    if other.one_side_at_a_time and step.side == "left":
        return [_of(step, other, step.seconds, "left")]
    if other.one_side_at_a_time:
        half = _of(step, other, whole_s / 2, "left")
        return [half, replace(half, side="right", ready_s=5.0, says="And the other side.")]
    return [_of(step, other, whole_s, "both")]


def _of(step: FlowStep, other: Exercise, seconds: float, side: Side) -> FlowStep:
    """Return a step of another exercise that takes no more than these seconds, where its dose allows."""
    breaths, reps, takes_s = _amount(step, other, seconds)
    cue = other.guide.cues[0] if other.guide.cues else ""
    return replace(
        step,
        exercise=other.id,
        side=side,
        says="And the other side." if side == "right" else cue,
        instead=(),
        breaths=breaths,
        reps=reps,
        seconds=takes_s,
    )


def _amount(step: FlowStep, other: Exercise, seconds: float) -> tuple[int | None, int | None, float]:
    """Return breaths or reps of an exercise that fit into some seconds, and how long they take."""
    dose, rep_s = other.dose, other.dose.tempo.rep_s
    if dose.hold_s is not None:
        breath_s = step.seconds / step.breaths if step.breaths else BREATH_S
        breaths = max(1, int(min(seconds, dose.hold_s[1]) // breath_s))
        return breaths, None, breaths * breath_s
    reps = max(1, min(int(seconds // rep_s), dose.reps[1] if dose.reps else 1))
    return None, reps, reps * rep_s


def within(flow: Flow, done_s: float) -> float:
    """Return how long somebody was at a flow, no longer than it takes with some rests in between."""
    return max(0.0, min(done_s, 2 * flow.whole_s))
