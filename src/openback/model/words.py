"""Names as search compares them: small letters and digits in words, without accents."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

MOST_WORDS: Final = 24  # project default: no name of a food that people type has more
MOST_LETTERS: Final = 40  # of one word; longer ones are slips of data
_WORD: Final = re.compile(r"[^\W_]+")
_ACCENTS: Final = re.compile(r"[\u0300-\u036f]")
# Letters that have no accent to take off, as people type them on a keyboard without.
_PLAIN: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


@lru_cache(maxsize=1 << 12)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in their order, each once; none when there is no letter or digit."""
    plain = text.casefold().translate(_PLAIN)
    if not plain.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain)).casefold()
    found = dict.fromkeys(word[:MOST_LETTERS] for word in _WORD.findall(plain))
    return tuple(found)[:MOST_WORDS]


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """Return a word without the ending of an English plural: a stem to look for, not always a word."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3]
    if len(word) > 4 and word.endswith(("oes", "ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")):
        return word[:-1]
    return word
