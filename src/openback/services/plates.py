"""How to load what is there, in words. Pure."""

from __future__ import annotations

from openback.model.exercise import Exercise
from openback.model.person import Bar, Stack
from openback.training.loads import plate_maths, stack_pin
from openback.units import Units, shown_mass


def load_words(exercise: Exercise, load_kg: float | None, *, bar: Bar, stack: Stack, units: Units) -> str:
    """Return how to put a load on: `20 kg bar, 10 kg and 2.5 kg on each side`; empty where it goes without saying."""
    if load_kg is None:
        return ""
    if exercise.load == "barbell":
        return _bar_words(bar, load_kg, units)
    if exercise.load in {"stack", "assist"}:
        return _pin_words(stack, load_kg, units)
    if exercise.load == "dumbbell_each":
        count = "One" if exercise.one_side_at_a_time else "Two"
        return f"{count} of {shown_mass(load_kg, units)}"
    return ""


def _bar_words(bar: Bar, load_kg: float, units: Units) -> str:
    plates = plate_maths(bar, load_kg)
    named = f"{shown_mass(bar.bar_kg, units)} bar"
    if not plates.per_side_kg:
        return f"{named} alone"
    sides = " and ".join(shown_mass(plate, units) for plate in plates.per_side_kg)
    return f"{named}, {sides} on each side"


def _pin_words(stack: Stack, load_kg: float, units: Units) -> str:
    pin = stack_pin(stack, load_kg)
    extras = "".join(f" and the {shown_mass(extra, units)} plate" for extra in pin.add_on_kg)
    return f"Pin at {shown_mass(pin.pin_kg, units)}{extras}"
