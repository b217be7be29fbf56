"""Exercise names of other apps, matched to exercises of the catalogue: sure matches only."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from openback.model.exercise import Catalogue
from openback.model.history import How, NameMatch
from openback.model.log import SetLog

# Project defaults, tried on the names of 20 lifters: only slips of the pen get through.
_LOOKS_ALIKE: Final = 82.0  # of 100, for a closer look
_SHORTEST_SLIP: Final = 5  # letters; "wide" and "side" are two words
_TWO_SLIPS: Final = 10  # letters; "incline" and "decline" are two words

_COMPOUNDS: Final = re.compile(r"\b(pull|push|chin) (downs?|ups?|aparts?|overs?)\b")
_SPELLINGS: Final[Mapping[str, str]] = {
    "dumbell": "dumbbell", "db": "dumbbell", "bb": "barbell", "flies": "fly", "flye": "fly", "flyes": "fly",
    "kh": "kurzhantel", "lh": "langhantel", "1": "one", "single": "one",
}  # fmt: skip
_NEUTRAL: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "with",
        "on",
        "in",
        "at",
        "and",
        "of",
        "using",
        "exercise",
        "bodyweight",
        "am",
        "an",
        "auf",
        "im",
        "in",
        "mit",
        "der",
        "die",
        "das",
        "den",
        "zum",
        "zur",
        "de",
        "del",
        "la",
        "el",
        "en",
        "con",
        "com",
        "na",
        "no",
        "à",
        "au",
        "aux",
        "avec",
        "al",
        "alla",
        "con",
        "di",
        "w",
        "na",
        "z",
        "ze",
        "в",
        "на",
        "с",
        "со",
    ]
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A name that is known: which exercise, and how it came to be known."""

    id: str
    how: How


@dataclass(frozen=True, slots=True)
class _Index:
    """Every known name as it is compared. `unclear` names stand for two exercises."""

    known: dict[str, _Known] = field(default_factory=dict)
    unclear: set[str] = field(default_factory=set)

    def add(self, name: str, known: _Known) -> None:
        plain = plain_name(name)
        there = self.known.get(plain)
        if there is None:
            self.known[plain] = known
        elif there.id != known.id and there.how == known.how:
            self.unclear.add(plain)


@lru_cache(maxsize=8192)
def plain_name(name: str) -> str:
    """Return a name as names are compared: no case, accents, brackets, hyphens or plurals."""
    spread = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in spread if not "\u0300" <= c <= "\u036f")
    words = re.sub(r"['’]", "", letters)
    words = " ".join(re.sub(r"[\W_]+", " ", words).split())
    joined = _COMPOUNDS.sub(r"\1\2", words)
    return " ".join(_singular(_SPELLINGS.get(word, word)) for word in joined.split())


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def match_names(
    names: Iterable[str], catalogue: Catalogue, remembered: Mapping[str, str | None] | None = None
) -> tuple[NameMatch, ...]:
    """Return what each different name means, in the order they come.

    What the person chose before (`remembered`, a name to an exercise id or None) goes first, then
    names and ids of exercises, then their aliases, then slips of the pen. A name that fits none, or
    two, is kept as it is.
    """
    index = _index(catalogue)
    chosen = dict(remembered or {})
    chosen_plain = {plain_name(name): to for name, to in chosen.items()}
    return tuple(_match(name, index, catalogue, chosen, chosen_plain) for name in dict.fromkeys(names))


def _match(
    name: str,
    index: _Index,
    catalogue: Catalogue,
    chosen: Mapping[str, str | None],
    chosen_plain: Mapping[str, str | None],
) -> NameMatch:
    plain = plain_name(name)
    for choices, key in ((chosen, name), (chosen_plain, plain)):
        if key in choices and (choices[key] is None or choices[key] in catalogue.exercises):
            return NameMatch(from_=name, to=choices[key], how="remembered")
    if name in catalogue.exercises:
        return NameMatch(from_=name, to=name, how="exact")
    if plain in index.unclear:
        return NameMatch(from_=name, to=None, how="kept")
    if known := index.known.get(plain):
        return NameMatch(from_=name, to=known.id, how=known.how)
    to = _slip_of(plain, index)
    return NameMatch(from_=name, to=to, how="fuzzy" if to else "kept")


def _index(catalogue: Catalogue) -> _Index:
    """Return all names: those of the exercises, their aliases, and ours for other languages."""
    index = _Index()
    for exercise in catalogue.exercises.values():
        index.add(exercise.name, _Known(exercise.id, "exact"))
        index.add(exercise.id, _Known(exercise.id, "exact"))
    for exercise in catalogue.exercises.values():
        for alias in exercise.aliases:
            index.add(alias, _Known(exercise.id, "alias"))
    for exercise_id, names in _other_names().items():
        if exercise_id in catalogue.exercises:
            for name in names:
                if plain_name(name) not in index.known:  # the exercise files have the last word
                    index.add(name, _Known(exercise_id, "alias"))
    return index


@cache
def _other_names() -> Mapping[str, Sequence[str]]:
    text = (resources.files("openback") / "data" / "import_names.toml").read_text(encoding="utf-8")
    names: Mapping[str, Sequence[str]] = tomllib.loads(text)["names"]
    return names


def _slip_of(plain: str, index: _Index) -> str | None:
    """Return the one exercise whose name this is but for slips, word order and small words."""
    near = process.extract(
        plain, index.known.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_LOOKS_ALIKE, limit=8
    )
    same = {
        index.known[known].id
        for known, _, _ in near
        if known not in index.unclear and same_words(plain, known)
    }
    return same.pop() if len(same) == 1 else None


@lru_cache(maxsize=4096)
def same_words(one: str, other: str) -> bool:
    """Whether two plain names have the same words, but for order, small words and slips of the pen."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    mine, theirs = ([word for word in name.split() if word not in _NEUTRAL] for name in (one, other))
    for word in list(mine):
        if word in theirs:
            mine.remove(word)
            theirs.remove(word)
    return len(mine) == len(theirs) <= 2 and all(any(_slip(word, their) for their in theirs) for word in mine)


def _slip(one: str, other: str) -> bool:
    """Whether one word is the other with a letter wrong, lost, added or swapped; in a long word, two."""
    shorter = min(len(one), len(other))
    return shorter >= _SHORTEST_SLIP and OSA.distance(one, other) <= (2 if shorter >= _TWO_SLIPS else 1)


def with_exercises(sets: Iterable[SetLog], matches: Iterable[NameMatch]) -> tuple[SetLog, ...]:
    """Return the sets with exercise ids where a name has one; the others keep the name they came with."""
    to = {match.from_: match.to for match in matches}
    return tuple(_renamed(one, to.get(one.exercise)) for one in sets)


def _renamed(one: SetLog, exercise_id: str | None) -> SetLog:
    return replace(one, exercise=exercise_id) if exercise_id and exercise_id != one.exercise else one
