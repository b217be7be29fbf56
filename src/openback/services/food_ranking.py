"""How like the name of a food is to what somebody typed: pure, on words as `model.words` makes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from openback.datafile import read_table
from openback.model.words import singular, words_of

# Project defaults, tuned on the searches of tests/test_food_search.py.
_BEGUN: Final = 0.9  # a word of which the beginning is typed
_SLIP: Final = 0.3  # taken off for each slip
_SHORT_SLIP: Final = 0.5  # the same for words so short that a slip makes another word of them
_BRAND: Final = 0.8  # a word of the brand counts less than one of the name
# Words of a name that make it no other food: a plain one is likelier meant than what is made of it.
_PLAIN: Final = frozenset(
    [
        "a",
        "and",
        "boiled",
        "cooked",
        "dry",
        "fresh",
        "in",
        "of",
        "or",
        "plain",
        "raw",
        "regular",
        "skin",
        "the",
        "whole",
        "with",
        "without",
    ]
)
_LEAST_FOUND: Final = 0.5  # of the typed words, weighed by their letters
_SLIPS_FROM: Final = (3, 8)  # letters from which one slip is forgiven, and two
_SHORT: Final = 6  # letters below which a word is short
_EDIT_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How like a name is: it has all the words, has them with slips only (`slips`), or lacks some (`lacks`, too).

    `score` and `close` are 0 to 1: how like the whole name is, and how well the typed words were found in it.
    """

    slips: bool
    lacks: bool
    score: float
    close: float


@dataclass(slots=True)
class Typed:
    """What was typed, word by word, with the likeness of every word met so far: names share their words."""

    words: tuple[str, ...]
    also: tuple[frozenset[str], ...]  # for each word, others that mean the same
    _met: dict[tuple[int, str], float] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, text: str) -> Typed:
        """Return the words of a text."""
        words = words_of(text)
        return cls(words, meanings(words))

    def likes(self, word: str) -> bool:
        """Return whether a word is like any that was typed."""
        return any(self._like(nth, word) > 0 for nth in range(len(self.words)))

    def likeness(self, name: Sequence[str], brand: Sequence[str] = ()) -> Likeness | None:
        """Return how like a food is, None when it is not."""
        found = [self._best(nth, name, brand) for nth in range(len(self.words))]
        weights = [len(word) for word in self.words]
        share = sum(w for w, (like, _) in zip(weights, found, strict=True) if like > 0) / sum(weights)
        whole, squeezed = "".join(self.words), "".join(name)
        if share < 1 and squeezed.startswith(whole):  # "oatmilk" for "oat milk"
            score = _scored(1.0, len(whole) / len(squeezed), first=True)
            return Likeness(slips=False, lacks=False, close=1.0, score=score)
        if share < _LEAST_FOUND:
            return None
        mean = sum(w * like for w, (like, _) in zip(weights, found, strict=True)) / sum(weights)
        places = {place for _, place in found if place is not None}
        covered = sum(len(name[place]) for place in places)
        left = sum(len(word) for place, word in enumerate(name) if place not in places and word not in _PLAIN)
        slips = share < 1 or any(like < _BRAND * _BEGUN for like, _ in found)
        score = _scored(mean, covered / max(1, covered + left), first=0 in places)
        return Likeness(slips=slips, lacks=share < 1, close=mean, score=score)

    def _best(self, nth: int, name: Sequence[str], brand: Sequence[str]) -> tuple[float, int | None]:
        """Return how well a typed word is found, and where in the name."""
        best, where = 0.0, None
        for place, word in enumerate(name):
            like = self._like(nth, word)
            if like > best:
                best, where = like, place
        for word in brand:
            if _BRAND * self._like(nth, word) > best:
                best, where = _BRAND * self._like(nth, word), None
        return best, where

    def _like(self, nth: int, word: str) -> float:
        key = (nth, word)
        if key not in self._met:
            typed = self.words[nth]
            same = singular(word) in self.also[nth]
            self._met[key] = 1.0 if same else word_likeness(typed, word)
        return self._met[key]


def meanings(words: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Return, for each typed word, other words for the same thing, of one piece: `aubergine` for `eggplants`."""
    same, pairs = _synonyms()
    plain = [singular(word) for word in words]
    found = [same.get(word, frozenset()) for word in plain]
    for word, beside, also in pairs:
        if word in plain and beside & set(plain):
            found[plain.index(word)] |= {also}
    return tuple(found)


@cache
def _synonyms() -> tuple[Mapping[str, frozenset[str]], tuple[tuple[str, frozenset[str], str], ...]]:
    root = read_table("foods/synonyms.toml")
    groups = [frozenset(map(singular, words.split())) for words in root.words("same")]
    pairs = tuple(
        (one.text("word"), frozenset(one.words("beside")), one.text("also")) for one in root.tables("pair")
    )
    root.settle()
    return {word: group - {word} for group in groups for word in group}, pairs


def word_likeness(typed: str, word: str) -> float:
    """Return how like a word is to what was typed of it, 0 to 1: 1 the same, 0 another word."""
    if typed == word or singular(typed) in {word, singular(word)}:
        return 1.0
    if word.startswith((typed, singular(typed))):
        return _BEGUN
    slips = slips_forgiven(typed)
    if not slips or len(word) < len(typed) - slips:
        return 0.0
    begun = word[: len(typed) + 1]
    if OSA.distance(typed, begun, score_cutoff=slips + 1) > slips + 1:
        return 0.0  # as most words are: one letter less or more makes one slip at most
    # Somebody who is still typing has slipped in the beginning only.
    parts = {word, begun, word[: len(typed)], word[: len(typed) - 1]}
    nearest = min(OSA.distance(typed, part, score_cutoff=slips) for part in parts)
    if nearest > slips:
        return 0.0
    best = 1.0 if OSA.distance(typed, word, score_cutoff=slips) == nearest else _BEGUN
    return best - (_SHORT_SLIP if len(typed) < _SHORT else _SLIP) * nearest


@lru_cache(maxsize=1 << 10)
def slips_forgiven(typed: str) -> int:
    """Return how many slips a word of this length may have: a letter too many, too few, wrong, or two swapped."""
    one, two = _SLIPS_FROM
    return 0 if len(typed) < one or typed.isdigit() else 1 if len(typed) < two else 2


def one_slip_away(word: str) -> Iterator[str]:
    """Yield every spelling that is one slip away from a word, some more than once."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _EDIT_LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def _scored(mean: float, covered: float, *, first: bool) -> float:
    return 0.65 * mean + 0.25 * min(1.0, covered) + (0.1 if first else 0.0)
