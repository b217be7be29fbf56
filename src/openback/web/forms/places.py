"""Places: quick starts, and the loads that are offered to tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openback.units import Units, kg_from_lb, lb_from_kg
from openback.web.forms.draft import STACK_KIT, BarDraft, PlaceDraft, StackDraft
from openback.web.forms.fields import Fields, numbers_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A quick start for a place: its kit is ticked already on the next page."""

    id: str
    name: str
    hint: str
    picture: str  # of templates/_kit.html
    place: str
    kit: frozenset[str]


_FLOOR: Final = frozenset({"mat", "wall"})

PRESETS: Final = (
    Preset(
        id="gym",
        name="A gym",
        hint="Machines, cables, bars and dumbbells",
        picture="lat_pulldown_machine",
        place="Gym",
        kit=_FLOOR
        | STACK_KIT
        | {
            "bench",
            "dumbbells",
            "barbell",
            "low_bar",
            "pull_up_bar",
            "rope",
            "wide_bar",
            "close_bar",
            "foam_roller",
        },
    ),
    Preset(
        id="dumbbells",
        name="Home, with dumbbells",
        hint="A pair or more, a chair, some floor",
        picture="dumbbells",
        place="Home",
        kit=_FLOOR | {"chair", "dumbbells"},
    ),
    Preset(
        id="bands",
        name="Home, with bands",
        hint="Elastic bands and a door to fix them to",
        picture="band",
        place="Home",
        kit=_FLOOR | {"chair", "band"},
    ),
    Preset(
        id="mat",
        name="A mat, nothing else",
        hint="Floor, a wall, your own weight",
        picture="mat",
        place="Home",
        kit=_FLOOR,
    ),
    Preset(
        id="own",
        name="Something else",
        hint="Pick what there is, piece by piece",
        picture="own",
        place="",
        kit=_FLOOR,
    ),
)

# Pairs that are commonly sold, as ticks to choose from; others can be typed.
DUMBBELLS: Final[dict[Units, tuple[float, ...]]] = {
    "metric": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 12.5, 14, 15, 16, 17.5, 18, 20, 22.5, 24, 25, 27.5, 30),
    "imperial": (2, 3, 5, 8, 10, 12, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70),
}
PLATES: Final[dict[Units, tuple[float, ...]]] = {
    "metric": (0.5, 1, 1.25, 2, 2.5, 5, 10, 15, 20, 25),
    "imperial": (1, 2.5, 5, 10, 25, 35, 45),
}
ADD_ONS: Final[dict[Units, tuple[float, ...]]] = {"metric": (1.25, 2, 2.5, 3.75), "imperial": (2.5, 5, 7.5)}
BARS: Final[dict[Units, float]] = {"metric": 20, "imperial": 45}
STACKS: Final[dict[Units, tuple[float, float, float]]] = {"metric": (5, 5, 100), "imperial": (10, 10, 200)}
MOST: Final[dict[Units, float]] = {"metric": 500, "imperial": 1100}


def in_units(mass_kg: float, units: Units) -> float:
    """Return a mass in the person's unit, rounded to what a label on iron says."""
    return round(mass_kg if units == "metric" else lb_from_kg(mass_kg), 2 if units == "metric" else 1)


def in_kg(mass: float, units: Units) -> float:
    """Return kilograms; pounds keep four decimals so that they come back as they were typed."""
    return mass if units == "metric" else round(kg_from_lb(mass), 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A load that can be ticked, in the person's unit."""

    value: float
    ticked: bool


def ticks(offered: Sequence[float], owned_kg: Sequence[float], units: Units) -> tuple[tuple[Tick, ...], str]:
    """Return the loads to tick, and the owned ones that are not among them as text for the field beside."""
    owned = {in_units(mass_kg, units) for mass_kg in owned_kg}
    boxes = tuple(Tick(value=value, ticked=value in owned) for value in offered)
    return boxes, ", ".join(f"{value:g}" for value in sorted(owned - set(offered)))


def needs_loads(kit: Sequence[str]) -> bool:
    """Return whether a place has anything whose loads we ask for."""
    return bool({"dumbbells", "barbell", "band", *STACK_KIT} & set(kit))


def read_loads(fields: Fields, place: PlaceDraft, units: Units) -> PlaceDraft:
    """Return the place with the loads of the form; what was left empty is not known."""
    bands = tuple(fields.many("band"))
    return place.model_copy(
        update={
            "dumbbell_kg": _read_masses(fields, "dumbbell", "Dumbbells", units),
            "stack": _read_stack(fields, units),
            "bar": _read_bar(fields, units),
            "bands": bands,
        }
    )


def _read_masses(fields: Fields, name: str, label: str, units: Units) -> tuple[float, ...]:
    """Return kilograms, lightest first, from the ticks `name` and the text `<name>_more`."""
    typed, strange = numbers_in(fields.text(f"{name}_more", longest=400))
    ticked, odd = numbers_in(" ".join(fields.many(name)))
    if strange or odd:
        fields.problems.append(f"{label}: “{(strange + odd)[0]}” is not a number.")
    outside = [value for value in typed + ticked if not 0 < value <= MOST[units]]
    if outside:
        fields.problems.append(
            f"{label} weigh more than 0 and at most {MOST[units]:g}; {outside[0]:g} is outside."
        )
    return tuple(sorted({in_kg(value, units) for value in typed + ticked}))


def _read_stack(fields: Fields, units: Units) -> StackDraft | None:
    most = MOST[units]
    start = fields.number_or_none("stack_start", "The lightest plate of the stack", 0, most)
    step = fields.number_or_none("stack_step", "The step of the stack", 0.1, 100)
    top = fields.number_or_none("stack_top", "The whole stack", 0, most)
    if start is None or step is None or top is None:
        if any(value is not None for value in (start, step, top)):
            fields.problems.append(
                "A weight stack needs its lightest plate, its step and its top; or leave all three empty."
            )
        return None
    if top < start:
        fields.problems.append(f"The stack ends at {top:g}, below its lightest plate of {start:g}.")
        return None
    add_ons = _read_masses(fields, "add_on", "Add-on plates", units)
    start_kg, step_kg, top_kg = (in_kg(value, units) for value in (start, step, top))
    return StackDraft(start_kg=start_kg, step_kg=step_kg, top_kg=top_kg, add_on_kg=add_ons)


def _read_bar(fields: Fields, units: Units) -> BarDraft | None:
    bar = fields.number_or_none("bar", "The bar", 0, 50 if units == "metric" else 110)
    plates = _read_masses(fields, "plate", "Plates", units)
    if bar is None:
        if plates:
            fields.problems.append("Plates are only of use with a bar: say what the bar weighs.")
        return None
    return BarDraft(bar_kg=in_kg(bar, units), plates_kg=plates)
