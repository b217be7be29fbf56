"""The words of the reasons: one sentence, with its numbers, in the person's units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openback.training.progression.case import Case, Step, Trained
from openback.units import shown_mass

_FRACTIONS: Final = (
    (0.05, "a twentieth"),
    (0.1, "a tenth"),
    (0.125, "an eighth"),
    (0.167, "a sixth"),
    (0.2, "a fifth"),
    (0.25, "a quarter"),
    (0.333, "a third"),
    (0.4, "two fifths"),
    (0.5, "half"),
    (0.6, "three fifths"),
    (0.667, "two thirds"),
    (0.75, "three quarters"),
    (1.0, "all"),
)
_LEAST_SHARE: Final = 0.04
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five")


def step_text(case: Case, step: Step) -> str:
    """Return a step as it is said: `20 kg`, `30 kg of help`, `the green band`, `your own weight`."""
    if step.band is not None:
        return f"the {step.band} band"
    if step.load_kg is None or (case.exercise.load == "body" and not step.load_kg):
        return "your own weight"
    mass = shown_mass(step.load_kg, case.ask.person.units)
    ends = {"assist": " of help", "dumbbell_each": " in the hand", "body": " added"}
    return mass + ends.get(case.exercise.load, "")


def at_text(case: Case, step: Step) -> str:
    """Return where a set was done: ` at 20 kg`, ` with the green band`; nothing for the body's own weight."""
    if step.band is not None or case.exercise.load in {"assist", "body", "dumbbell_each"}:
        return f" with {step_text(case, step)}"
    return f" at {step_text(case, step)}" if step.load_kg is not None else ""


def done_text(case: Case, session: Trained) -> str:
    """Return what was done: `12, 12 and 11 at 20 kg with 2 in reserve`."""
    unit = " seconds" if case.holds else ""
    reserve = "" if session.rir is None or case.holds else f", {session.rir:g} in reserve"
    where = at_text(case, session.step)
    return f"{listed([f'{one:g}' for one in session.done])}{unit}{where}{reserve}"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: `12, 12 and 11`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def gives_text(case: Case, step: Step) -> str:
    """Return what a step should give: ` should give 9 to 11`."""
    forecast = case.forecast(step)
    if forecast is None:
        return " comes next"
    low, high = max(1, round(forecast.low)), max(1, round(forecast.high))
    return f" should give {low} to {high}" if low < high else f" should give {low}"


def share_text(share: float) -> str:
    """Return how a load compares with body mass: `about a quarter of your body mass`."""
    if share < _LEAST_SHARE:
        return "a light first load"
    _, word = min(_FRACTIONS, key=lambda pair: abs(pair[0] - share) / pair[0])
    return f"about {word} of your body mass"


def break_text(days: int) -> str:
    """Return how long a break was, in days, weeks, months or years."""
    if days < 21:
        return f"{days} days"
    if days < 98:
        return f"{round(days / 7)} weeks"
    return f"{round(days / 30.4)} months" if days < 700 else f"{round(days / 365.25)} years"


def number_text(number: int) -> str:
    """Return a small number as a word."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def sets_text(number: int) -> str:
    """Return a number of sets: `1 set`, `3 sets`."""
    return f"{number} set" if number == 1 else f"{number} sets"


def reserve_text(rir: int) -> str:
    """Return reps in reserve: `three reps in reserve`."""
    return f"{number_text(rir)} rep{'' if rir == 1 else 's'} in reserve"
