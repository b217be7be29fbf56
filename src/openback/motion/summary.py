"""What is left of a set when it is over: measures in numbers, and what could not be told in plain words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import inf, isfinite, nan
from typing import Final

from openback.model.exercise import Exercise, Fault
from openback.model.measures import MEASURE_UNITS
from openback.model.motion import CannotTell, MeasureSummary, ViewName
from openback.motion.measures import MEASURES


@dataclass(slots=True)
class Running:
    """Lowest, highest and mean of what was read, without keeping it."""

    low: float = inf
    high: float = -inf
    total: float = 0.0
    count: int = 0

    def add(self, value: float) -> None:
        """Take in one number that is known."""
        self.low = min(self.low, value)
        self.high = max(self.high, value)
        self.total += value
        self.count += 1

    def summary(self, unit: str) -> MeasureSummary:
        """Return the numbers; NaN when nothing was read."""
        if not self.count:
            return MeasureSummary(min=nan, max=nan, mean=nan, unit=unit)
        return MeasureSummary(min=self.low, max=self.high, mean=self.total / self.count, unit=unit)


def summary_of(measure: str, values: Collection[float]) -> MeasureSummary:
    """Return the numbers of a measure that each rep has one of."""
    running = Running()
    for value in values:
        if isfinite(value):
            running.add(value)
    return running.summary(MEASURE_UNITS[measure])


# --- What cannot be told, in words -----------------------------------------------------------------------

_FROM: Final[Mapping[ViewName, str]] = {
    "front": "From the front",
    "back": "From behind",
    "side": "From the side",
    "oblique": "From this angle",
    "unknown": "From here",
}
_PLACES: Final[Mapping[ViewName, str]] = {
    "side": "at your side",
    "oblique": "to the front and a little to your side",
    "front": "in front of you",
    "back": "behind you",
}
# Which part of the body a measure is about, for people.
_PARTS: Final[Mapping[str, str]] = {
    "wrist_ahead_of_ear_trunks": "the bar and the head lie behind each other",
    "head_forward_deg": "the head's way forward does not show",
    "neck_line_deg": "the line of neck and back does not show",
    "head_pitch_deg": "the face does not show",
    "shoulder_forward_trunks": "rounded shoulders do not show",
    "trunk_lean_deg": "the trunk's lean does not show",
    "trunk_swing_deg": "the trunk's swing does not show",
    "grip_width_shoulders": "the hands lie behind each other",
    "shoulder_tilt_deg": "the shoulders lie behind each other",
    "hip_tilt_deg": "the hips lie behind each other",
    "head_tilt_deg": "the ears lie behind each other",
    "elbow_from_side_deg": "the elbow's way out to the side does not show",
}


def cannot_tell(exercise: Exercise, fault: Fault, why: str, view: ViewName) -> CannotTell:
    """Return why a fault could not be told and what would help, each as a sentence."""
    reason, remedy = _WORDS.get(why, _of_nothing)(exercise, fault, view)
    return CannotTell(id=fault.id, why=reason, remedy=remedy)


def _of_view(exercise: Exercise, fault: Fault, view: ViewName) -> tuple[str, str]:
    reason = f"{_FROM[view]} {_PARTS.get(fault.measure, 'it does not show well enough')}."
    errors = MEASURES[fault.measure].error
    best = min(errors, key=lambda name: errors[name], default=None)
    return reason, f"Put the phone {_PLACES[best]}." if best else _place(exercise)


def _of_hidden(exercise: Exercise, fault: Fault, view: ViewName) -> tuple[str, str]:
    part = _joints(fault.measure)
    return f"{_FROM[view]} your {part} {_are(part)} hidden.", _place(exercise)


def _of_frame(_exercise: Exercise, fault: Fault, _view: ViewName) -> tuple[str, str]:
    part = _joints(fault.measure)
    return (
        f"Your {part} {_are(part)} outside the picture.",
        f"Move the phone back or turn it until your {part} {_are(part)} in the picture all the time.",
    )


def _of_nobody(_exercise: Exercise, _fault: Fault, _view: ViewName) -> tuple[str, str]:
    return "Nobody was found in the picture.", "Turn on more light and have the whole body in the picture."


def _of_another(_exercise: Exercise, _fault: Fault, _view: ViewName) -> tuple[str, str]:
    return "Somebody else came before the camera.", "Put the phone where nobody walks between you and it."


def _of_start(_exercise: Exercise, _fault: Fault, _view: ViewName) -> tuple[str, str]:
    return "The start of the rep is not in the clip.", "Begin filming before the first rep."


def _of_tempo(_exercise: Exercise, _fault: Fault, _view: ViewName) -> tuple[str, str]:
    return "There is no whole rep to take the time of.", "Film at least two whole reps."


def _of_trembling(_exercise: Exercise, _fault: Fault, _view: ViewName) -> tuple[str, str]:
    return (
        "The movement is so small that it cannot be timed from here.",
        "Put the phone nearer, so that you fill the picture.",
    )


def _of_photo(_exercise: Exercise, _fault: Fault, _view: ViewName) -> tuple[str, str]:
    return "A photo shows no movement.", "Film the set instead."


def _of_nothing(_exercise: Exercise, _fault: Fault, _view: ViewName) -> tuple[str, str]:
    return "There was no rep to judge it by.", "Film at least two whole reps."


def _of_meaning(exercise: Exercise, _fault: Fault, _view: ViewName) -> tuple[str, str]:
    return "The pose did not let it be measured.", _place(exercise)


_WORDS: Final = {
    "view": _of_view,
    "not visible": _of_hidden,
    "not in frame": _of_frame,
    "nobody": _of_nobody,
    "another person": _of_another,
    "start not seen": _of_start,
    "no tempo": _of_tempo,
    "photo": _of_photo,
    "trembles": _of_trembling,
    "no meaning here": _of_meaning,
}


def _place(exercise: Exercise) -> str:
    if exercise.camera is None:
        return "Put the phone a few steps away, with the whole body in the picture."
    return exercise.camera.place


def _joints(measure: str) -> str:
    """Return the outermost part of the body that a measure needs."""
    for word, part in (
        ("wrist", "hands"),
        ("grip", "hands"),
        ("forearm", "hands"),
        ("elbow_flexion", "hands"),
        ("rotation", "hands"),
        ("elbow", "elbows"),
        ("arm", "elbows"),
        ("knee", "feet"),
        ("hip_flexion", "knees"),
        ("head", "head"),
        ("neck", "head"),
        ("rise", "head"),
    ):
        if word in measure:
            return part
    return "trunk"


def _are(part: str) -> str:
    return "is" if part in {"head", "trunk"} else "are"
