"""Finds exercises by what a person types, and by kit, muscle and pattern."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from openback.catalogue.kit import owned
from openback.catalogue.rules import plain_name
from openback.model.exercise import Catalogue, Exercise, Pattern

LEAST_SCORE: Final = 62.0  # below this the hits of a typing error and of chance look alike
MAX_TEXT: Final = 200
PIECE: Final = 0.85  # a piece of a name counts less than the whole
SAME_WORD: Final = 75.0  # two words are one word mistyped from here on
# Words that many exercises share tell little: "squat (barbell)" is no barbell row.
COMMON_WORDS: Final = frozenset(
    [
        "barbell",
        "dumbbell",
        "dumbbells",
        "db",
        "cable",
        "machine",
        "smith",
        "band",
        "weighted",
        "bodyweight",
        "assisted",
        "seated",
        "standing",
        "grip",
        "one",
        "single",
        "arm",
        "each",
        "side",
        "plate",
        "loaded",
    ]
)
COMMON_WEIGHT: Final = 0.3
SHORTEST_PIECE: Final = 4  # letters; shorter ones are found in the middle of any name
LEAST_SHARE: Final = 0.5  # a muscle is worked, not only helped, from half a set on


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A found exercise: the name that matched, how well (0 to 100), and whether it is that very name."""

    exercise: Exercise
    name: str
    score: float
    exact: bool


def find_exercises(catalogue: Catalogue, text: str, limit: int = 10) -> tuple[Match, ...]:
    """Return up to `limit` exercises whose name or alias is like `text`, the best first.

    An exact name comes before all others; case, accents, spaces, hyphens and the order of words do
    not matter, and typing errors are forgiven. Empty text finds nothing.
    """
    typed = _words(text[:MAX_TEXT])
    if not typed or limit < 1:
        return ()
    plain = _plain(text[:MAX_TEXT])
    matches = (_best(exercise, typed, plain) for exercise in catalogue.exercises.values())
    found = [match for match in matches if match.score >= LEAST_SCORE]
    found.sort(key=lambda match: (not match.exact, -match.score, len(match.exercise.name), match.exercise.id))
    return tuple(found[:limit])


def exercise_named(catalogue: Catalogue, name: str) -> Exercise | None:
    """Return the exercise with exactly this id, name or alias, or None.

    Case, accents, spaces and punctuation do not matter.
    """
    if name in catalogue.exercises:
        return catalogue.exercises[name]
    plain = _plain(name)
    for exercise in catalogue.exercises.values():
        if plain and plain in (_plain(known) for known in _names(exercise)):
            return exercise
    return None


def filtered(
    catalogue: Catalogue,
    *,
    kit: Collection[str] | None = None,
    muscle: str | None = None,
    pattern: Pattern | None = None,
) -> tuple[Exercise, ...]:
    """Return the exercises that `kit` is enough for, that work `muscle` and that have `pattern`.

    None leaves that question open. A muscle counts from half a set on, the most worked first.
    """
    have = None if kit is None else owned(catalogue, kit)
    found = [
        exercise
        for exercise in catalogue.exercises.values()
        if (have is None or have.issuperset(exercise.kit))
        and (muscle is None or exercise.muscles.get(muscle, 0.0) >= LEAST_SHARE)
        and (pattern is None or exercise.pattern == pattern)
    ]
    if muscle is not None:
        found.sort(key=lambda exercise: -exercise.muscles[muscle])
    return tuple(found)


def _best(exercise: Exercise, typed: str, plain: str) -> Match:
    scored = [(_likeness(typed, plain, name), name) for name in _names(exercise)]
    score, name = max(scored, key=lambda pair: pair[0])
    exact = plain in (_plain(known) for known in (exercise.id, *_names(exercise)))
    return Match(exercise=exercise, name=name, score=100.0 if exact else min(score, 99.0), exact=exact)


def _likeness(typed: str, plain: str, name: str) -> float:
    words, squeezed = _words(name), _plain(name)
    piece = fuzz.partial_ratio(plain, squeezed) if len(plain) <= len(squeezed) else 0.0
    like = max(fuzz.token_sort_ratio(typed, words), fuzz.ratio(plain, squeezed), PIECE * piece)
    # The share of words found can only lower it: most names need no second look.
    return like if like < LEAST_SCORE else like * (1 + _found_share(typed, words, squeezed)) / 2


def _found_share(typed: str, words: str, squeezed: str) -> float:
    """Return the share of the typed words that the name has, 0 to 1; common words count less."""
    total = found = 0.0
    for word in typed.split():
        weight = COMMON_WEIGHT if word in COMMON_WORDS else 1.0
        alike = max(fuzz.ratio(word, other) for other in words.split())
        if len(word) >= SHORTEST_PIECE:
            alike = max(alike, fuzz.partial_ratio(word, squeezed))
        total += weight
        found += weight * alike / 100 if alike >= SAME_WORD else 0.0
    return found / total


def _names(exercise: Exercise) -> tuple[str, ...]:
    return (exercise.name, *exercise.aliases)


_plain = lru_cache(maxsize=8192)(plain_name)


@lru_cache(maxsize=8192)
def _words(text: str) -> str:
    """Return small letters and digits in words, without accents."""
    letters = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text.casefold()))
    return " ".join(re.findall(r"[^\W_]+", letters))
