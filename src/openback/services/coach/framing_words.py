"""What stands in the way of watching somebody, in words to show and to speak.

The page is given all of them at the start of a set, so that it can show and say them when their ids come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from openback.model.exercise import Exercise


@dataclass(frozen=True, slots=True)
class Words:
    """A problem to show, and the remedy to show and to speak: one whole sentence each."""

    problem: str
    remedy: str


# The parts of the body, from head to foot, with their landmarks.
PARTS: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
    {
        "head": (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        "hands": (15, 16, 17, 18, 19, 20, 21, 22),
        "elbows": (13, 14),
        "trunk": (11, 12, 23, 24),
        "knees": (25, 26),
        "feet": (27, 28, 29, 30, 31, 32),
    }
)
_SINGLE: Final = frozenset({"head", "trunk"})
_PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {"front": "in front of you", "oblique": "to the front and a little to your side", "side": "at your side",
     "back": "behind you"}
)  # fmt: skip
_SEEN: Final[Mapping[str, str]] = MappingProxyType(
    {"front": "your front", "oblique": "you at an angle", "side": "your side", "back": "your back"}
)
_STEP_BACK: Final = "Step back, or put the phone further away, until your whole body is in the picture."


def _outside(part: str) -> Words:
    are = "is" if part in _SINGLE else "are"
    return Words(
        f"Your {part} {are} outside the picture.",
        f"Move the phone back, or turn it, until your {part} {'stays' if are == 'is' else 'stay'} in the picture.",
    )


def _hidden(part: str) -> Words:
    are = "is" if part in _SINGLE else "are"
    return Words(
        f"Your {part} {are} hidden.",
        f"Turn a little, or clear what stands between the phone and your {part}.",
    )


# In the order of what to mend first; the page speaks the first one only. Without a place in the words, it is for
# the page's own eyes: `dark` is seen in the picture, which never comes here.
GENERAL: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "dark": Words("The picture is dark.", "Turn on more light, and have no window behind you."),
        "slow": Words(
            "The pictures come too slowly to time a rep well.",
            "Close other apps and pages, and let the device cool down.",
        ),
        "nobody": Words(
            "Nobody is in the picture.", "Step before the camera, with your whole body in the picture."
        ),
        "another_person": Words(
            "Somebody else came before the camera.", "Put the phone where nobody walks between you and it."
        ),
        "too_near": Words("You are too near.", _STEP_BACK),
        "too_far": Words("You are too far away.", "Come closer, or put the phone nearer."),
        "tilted": Words(
            "The phone stands crooked.",
            "Set the phone upright, so that the floor is level in the picture.",
        ),
        **{f"{part}_outside": _outside(part) for part in PARTS},
        **{f"{part}_hidden": _hidden(part) for part in PARTS},
    }
)
VIEW: Final = "wrong_view"
IDS: Final = (*GENERAL, VIEW)


def best_views(exercise: Exercise) -> tuple[str, ...]:
    """Return the views from which an exercise is told best, the best first; empty when any will do."""
    return tuple(exercise.camera.best_view.split("_or_")) if exercise.camera else ()


def words_for(exercise: Exercise) -> dict[str, Words]:
    """Return the words of every problem, for this exercise."""
    views = [view for view in best_views(exercise) if view in _PLACES]
    seen = " or ".join(_SEEN[view] for view in views)
    place = exercise.camera.place if exercise.camera else ""
    return {
        **GENERAL,
        VIEW: Words(
            f"The camera should see {seen or 'you from elsewhere'} for this exercise.",
            place or f"Put the phone {' or '.join(_PLACES[view] for view in views) or 'at your side'}.",
        ),
    }
