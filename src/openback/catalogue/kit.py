"""What a person can train with, given the kit they have."""

from __future__ import annotations

from collections.abc import Collection

from openback.model.exercise import Catalogue, Exercise


def owned(catalogue: Catalogue, kit: Collection[str]) -> frozenset[str]:
    """Return `kit` with all that comes with it: a pull-down machine brings its bars.

    What comes with an implied piece counts too. Ids the catalogue does not have stay as they are.
    """
    found: set[str] = set()
    waiting = list(kit)
    while waiting:
        item = waiting.pop()
        if item not in found:
            found.add(item)
            waiting += catalogue.kit[item].implies if item in catalogue.kit else ()
    return frozenset(found)


def doable(catalogue: Catalogue, exercise: Exercise, kit: Collection[str]) -> bool:
    """Return whether `kit`, with all that comes with it, is enough for `exercise`."""
    return owned(catalogue, kit).issuperset(exercise.kit)
