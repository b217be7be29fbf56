"""A flow for its page: the steps in words, and the plan that the player is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openback.model.exercise import Exercise
from openback.model.flow import FlowStep
from openback.services.flows import FlowView
from openback.services.plain import Plain
from openback.web.body_map import Figure
from openback.web.figures import Figures, FigureView

PART_WORDS: Final = {"arrive": "Arrive", "stretch": "Stretch", "tone": "Tone", "settle": "Settle"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step of a flow as the page lists it: both sides of an exercise in one line."""

    step: FlowStep
    exercise: Exercise | None
    amount: str
    seconds: float
    begins_part: str  # the part's name where it begins, else empty


def step_lines(view: FlowView) -> tuple[StepLine, ...]:
    """Return the steps of a flow in words, left and right of one exercise in one line."""
    lines: list[StepLine] = []
    before = ""
    for n, step in enumerate(view.steps):
        if step.side == "right" and n and view.steps[n - 1].exercise == step.exercise:
            continue
        follows = view.steps[n + 1] if n + 1 < len(view.steps) else None
        sided = follows is not None and step.side == "left" and follows.side == "right"
        lines.append(
            StepLine(
                step=step,
                exercise=view.exercises.get(step.exercise),
                amount=amount_words(step, each_side=sided),
                seconds=step.whole_s + (follows.whole_s if sided and follows else 0.0),
                begins_part=PART_WORDS[step.part] if step.part != before else "",
            )
        )
        before = step.part
    return tuple(lines)


def amount_words(step: FlowStep, *, each_side: bool) -> str:
    """Return how much of a step, as one says it: `3 breaths, 30 s, each side`."""
    if step.reps is not None:
        amount = f"{step.reps} rep{'' if step.reps == 1 else 's'}"
    else:
        amount = f"{step.breaths} breath{'' if step.breaths == 1 else 's'}, {step.seconds:.0f} s"
    return f"{amount}, each side" if each_side else amount


def plan_json(view: FlowView, figures: Figures, sex: Figure) -> dict[str, Plain]:
    """Return what the player needs: the steps with their figures, and the breath."""
    shown = {key: figures.view(exercise, sex) for key, exercise in view.exercises.items()}
    breath = view.flow.breath
    return {
        "flow": view.flow.id,
        "name": view.flow.name,
        "breath": {"in_s": breath.in_s, "out_s": breath.out_s},
        "body_url": next((one.body_url for one in shown.values() if one is not None), ""),
        "steps": [
            _step_json(step, view.exercises.get(step.exercise), shown.get(step.exercise))
            for step in view.steps
        ],
    }


def _step_json(step: FlowStep, exercise: Exercise | None, figure: FigureView | None) -> dict[str, Plain]:
    tempo = exercise.dose.tempo if exercise is not None else None
    return {
        "exercise": step.exercise,
        "name": exercise.name if exercise is not None else "Rest",
        "side": step.side,
        "part": PART_WORDS[step.part],
        "ready_s": step.ready_s,
        "seconds": step.seconds,
        "breaths": step.breaths,
        "reps": step.reps,
        "says": step.says,
        "tempo": None
        if tempo is None
        else {
            "lift_s": tempo.lift_s,
            "hold_s": tempo.hold_s,
            "lower_s": tempo.lower_s,
            "pause_s": tempo.pause_s,
        },
        "mirrored": is_mirrored(step),
        "motion_url": figure.motion_url if figure else "",
        "light_url": figure.stills["peak", "light"] if figure else "",
        "dark_url": figure.stills["peak", "dark"] if figure else "",
    }


def is_mirrored(step: FlowStep) -> bool:
    """Return whether a step shows the mirror image of its exercise's figure: every figure works with its right side."""
    return step.side == "left"
