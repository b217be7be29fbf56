"""The loads that exist: ladders of a place, steps up and down, plates for a bar, the pin of a stack."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openback.model.exercise import LoadKind
from openback.model.person import Bar, Loads, Stack

Ladder = tuple[float, ...]

# What is assumed where a place does not say (`model.person.Loads`): project defaults.
USUAL_DUMBBELLS_KG: Final[Ladder] = (*map(float, range(1, 11)), *map(float, range(12, 51, 2)))
USUAL_STACK: Final = Stack(start_kg=5, step_kg=5, top_kg=100)
USUAL_BAR: Final = Bar(bar_kg=20, plates_kg=(1.25, 2.5, 5, 10, 10, 20, 20, 20))
# Extra mass for an exercise with the body's own weight: what hangs on a belt or lies in a rucksack.
USUAL_ADDED_KG: Final[Ladder] = tuple(step * 1.25 for step in range(25))

_MOST_STEPS: Final = (
    2000  # a stack of 0.1 kg steps up to 200 kg, or a rack of odd plates; more is a slip of the keyboard
)
_SAME_KG: Final = 1e-6


def ladder_kg(loads: Loads, load_kind: LoadKind) -> Ladder:
    """Return the loads that exist, lightest first; empty for bands and for exercises without a load.

    Per hand for dumbbells, bar included for a barbell, the help for an assisted exercise, mass added for `body`.
    """
    if load_kind == "dumbbell_each":
        return _sorted(loads.dumbbell_kg or USUAL_DUMBBELLS_KG)
    if load_kind in {"stack", "assist"}:
        return stack_ladder_kg(loads.stack or USUAL_STACK)
    if load_kind == "barbell":
        bar = loads.barbell or USUAL_BAR
        return _sorted(bar.bar_kg + 2 * side for side in _plate_sets(bar))
    return USUAL_ADDED_KG if load_kind == "body" else ()


def stack_ladder_kg(stack: Stack) -> Ladder:
    """Return every load of a stack, with and without its add-on plates."""
    pins = _pins_kg(stack)
    extras = _sums(stack.add_on_kg)
    return _sorted(pin + extra for pin in pins for extra in extras)


def _pins_kg(stack: Stack) -> Ladder:
    if stack.step_kg <= 0:
        return (stack.start_kg,)
    count = int((stack.top_kg - stack.start_kg) / stack.step_kg + _SAME_KG) + 1
    return tuple(stack.start_kg + n * stack.step_kg for n in range(max(1, min(count, _MOST_STEPS))))


def _sums(parts: Iterable[float]) -> Mapping[float, tuple[float, ...]]:
    """Return every sum that can be made of the parts, each used once, with the fewest parts that make it."""
    made: dict[float, tuple[float, ...]] = {0.0: ()}
    for part in sorted(parts, reverse=True):
        if len(made) > _MOST_STEPS:
            break
        for total, used in list(made.items()):
            more, with_it = round(total + part, 6), (*used, part)
            if more not in made or len(with_it) < len(made[more]):
                made[more] = with_it
    return made


def _plate_sets(bar: Bar) -> Mapping[float, tuple[float, ...]]:
    return _sums(bar.plates_kg)


def _sorted(loads: Iterable[float]) -> Ladder:
    return tuple(sorted({round(load, 6) for load in loads}))


# --- Steps ---------------------------------------------------------------------------------------


def nearest_kg(ladder: Sequence[float], load_kg: float) -> float:
    """Return the load of a ladder that is nearest; the lighter one of two."""
    return min(ladder, key=lambda one: (abs(one - load_kg), one))


def at_most_kg(ladder: Sequence[float], load_kg: float) -> float:
    """Return the heaviest load that is not above `load_kg`; the lightest there is when all are."""
    return ladder[max(0, bisect_right(ladder, load_kg + _SAME_KG) - 1)]


def step_up_kg(ladder: Sequence[float], load_kg: float) -> float | None:
    """Return the next load above; None at the top."""
    place = bisect_right(ladder, load_kg + _SAME_KG)
    return ladder[place] if place < len(ladder) else None


def step_down_kg(ladder: Sequence[float], load_kg: float) -> float | None:
    """Return the next load below; None at the bottom."""
    place = bisect_left(ladder, load_kg - _SAME_KG)
    return ladder[place - 1] if place else None


# --- What to put on ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Plates:
    """Plates for each side of a bar, heaviest first; `total_kg` with the bar, `exact` when it is what was asked."""

    per_side_kg: tuple[float, ...]
    total_kg: float
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Where the pin of a stack goes, and the small plates on top."""

    pin_kg: float
    add_on_kg: tuple[float, ...]
    total_kg: float
    exact: bool


def plate_maths(bar: Bar, target_kg: float) -> Plates:
    """Return what to put on each side; the nearest possible when the target cannot be made, the lighter of two."""
    sides = _plate_sets(bar)
    totals = {round(bar.bar_kg + 2 * side, 6): plates for side, plates in sides.items()}
    total = nearest_kg(tuple(totals), target_kg)
    return Plates(per_side_kg=totals[total], total_kg=total, exact=abs(total - target_kg) < _SAME_KG)


def stack_pin(stack: Stack, target_kg: float) -> Pin:
    """Return pin and add-on plates; the nearest possible when the target cannot be made, fewest add-ons first."""
    ways = [
        (round(pin + extra, 6), used, pin)
        for pin in _pins_kg(stack)
        for extra, used in _sums(stack.add_on_kg).items()
    ]
    total, used, pin = min(ways, key=lambda way: (abs(way[0] - target_kg), len(way[1]), way[0]))
    return Pin(pin_kg=pin, add_on_kg=used, total_kg=total, exact=abs(total - target_kg) < _SAME_KG)
