"""Month names in any language: CLDR by way of Babel, and the short forms that apps make of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from babel import Locale, localedata

Names = Mapping[str, int]  # folded month name -> 1 to 12
Disorder = Callable[[Names], int]  # how often the dates of the file change direction, read with these names

# Languages that training apps are sold in; they go before the other 240 when a word fits both.
COMMON: Final = frozenset(
    ("en", "es", "pt", "fr", "de", "it", "nl", "sv", "da", "no", "fi", "is", "pl", "cs", "sk", "hu", "ro", "bg",
     "hr", "bs", "sr", "sl", "mk", "uk", "ru", "tr", "el", "he", "ar", "fa", "hi", "bn", "th", "vi", "id", "ms",
     "ja", "ko", "zh", "ca", "gl", "eu", "et", "lv", "lt", "fil", "ka", "az", "kk")
)  # fmt: skip
_ENGLISH: Final[Names] = {
    "jan": 1, "january": 1, "feb": 2, "february": 2, "mar": 3, "march": 3, "apr": 4, "april": 4, "may": 5,
    "jun": 6, "june": 6, "jul": 7, "july": 7, "aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9,
    "oct": 10, "october": 10, "nov": 11, "november": 11, "dec": 12, "december": 12,
}  # fmt: skip
_SHORTEST_PREFIX: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """What the month words of one file mean.

    `known` maps a folded word to 1 to 12; `unclear` maps a folded word to why it has no meaning.
    `languages` are the CLDR codes of the languages that were taken, best first.
    """

    known: Names
    unclear: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()


def folded(word: str) -> str:
    """Return a month word without case, accents, dots, apostrophes and marks of direction."""
    spread = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(c for c in spread if not "\u0300" <= c <= "\u036f" and c not in ".'’׳`\u200e\u200f\u00b7")
    return " ".join(unicodedata.normalize("NFC", kept).split())


@dataclass(frozen=True, slots=True)
class Language:
    """The month names of a language, folded: `written` in full or short, or the `start` of one."""

    written: Names
    start: Names

    def reads(self, words: Collection[str]) -> dict[str, int]:
        """Return the words it knows, with their months."""
        names = {word: self.start[word] for word in words if word in self.start}
        return names | {word: self.written[word] for word in words if word in self.written}


@cache
def languages(*, common: bool) -> Mapping[str, Language]:
    """Return the common languages, or all the others of CLDR (kept apart: they take 150 MB to read).

    Regional forms (Jänner, févr, ene) count for their language.
    """
    forms: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for identifier in localedata.locale_identifiers():
        code = identifier.split("_")[0]
        if (code in COMMON) == common:
            for month, name in _names_of(identifier):
                forms[code][folded(name)].add(month)
                if not name[-1].isdigit():
                    forms[code][folded(name.split()[-1])].add(month)  # "gener" of "de gener"
                if code == "he":
                    forms[code][folded("ב" + name)].add(month)  # dates write the month with "in" before it
    return {
        code: Language(_unique(names), _unique(_beginnings(names))) for code, names in sorted(forms.items())
    }


def _unique(names: Mapping[str, set[int]]) -> dict[str, int]:
    return {name: next(iter(months)) for name, months in names.items() if len(months) == 1}


def _names_of(identifier: str) -> Iterator[tuple[int, str]]:
    """Yield (month, name) that this locale itself writes; what it inherits comes with its parent."""
    contexts = localedata.load(identifier, merge_inherited=False).get("months", {})
    for widths in contexts.values():
        if not isinstance(widths, Mapping):
            continue  # an alias to another context
        for width, names in widths.items():
            if width != "narrow" and isinstance(names, Mapping):
                yield from (
                    (int(month), name) for month, name in names.items() if isinstance(name, str) and name
                )


def _beginnings(forms: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """Return the beginnings of names, three letters and more, and the months they can mean."""
    reach: dict[str, set[int]] = defaultdict(set)
    for form, months in forms.items():
        for end in range(_SHORTEST_PREFIX, len(form)):
            if not form[end - 1].isdigit():  # "thg 1" does not begin "thg 12"
                reach[form[:end]] |= months
    return reach


def months_of(words: Collection[str], *, disorder: Disorder = lambda _: 0) -> Months:
    """Return what the month words of a file mean, taken together.

    A language that knows every word is preferred, then the fewest languages that do. Where languages
    disagree, common ones go first, then those that write the word so, then the reading with less
    `disorder`. A word that still has two meanings, or none, is in `unclear`.
    """
    wanted = {folded(word) for word in words}
    if wanted <= _ENGLISH.keys():
        return Months(known={word: _ENGLISH[word] for word in wanted}, languages=("en",) if wanted else ())
    known, cover = _cover(wanted, disorder)
    unclear = {word: f"the month {word!r} is not known in any language" for word in wanted - known.keys()}
    if len(cover) == 1:
        unclear |= _contradictions(known, cover[0], disorder)
    return Months(
        known={w: m for w, m in known.items() if w not in unclear}, unclear=unclear, languages=cover
    )


def _cover(wanted: Collection[str], disorder: Disorder) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the months of as many words as can be known, and the few languages it takes, best first."""
    left, known, cover = set(wanted), dict[str, int](), list[str]()
    for common in (True, False):
        while left:
            reads = {code: language.reads(left) for code, language in languages(common=common).items()}
            best = min(
                reads,
                key=lambda code: (*_rank(code, reads[code], common=common), disorder(reads[code]), code),
            )
            if not reads[best]:
                break
            cover.append(best)
            known |= reads[best]
            left -= known.keys()
    return known, tuple(cover)


def _rank(code: str, read: Names, *, common: bool) -> tuple[int, int]:
    """Return how well a language reads, less is better: more words, and more of them as it writes them."""
    written = languages(common=common)[code].written
    return -len(read), -sum(word in written for word in read)


def _contradictions(known: Names, best: str, disorder: Disorder) -> dict[str, str]:
    """Return the words that an equally good language reads as another month, with both readings."""
    common = best in COMMON
    found: dict[str, str] = {}
    for code, language in languages(common=common).items():
        other = language.reads(known)
        if _rank(code, other, common=common) != _rank(best, known, common=common) or disorder(
            other
        ) > disorder(known):
            continue
        for word in known:
            if other[word] != known[word]:
                found[word] = (
                    f"the month {word!r} is {_english(known[word])} in {_spoken(best)} "
                    f"and {_english(other[word])} in {_spoken(code)}"
                )
    return found


def _english(month: int) -> str:
    return str(Locale("en").months["format"]["wide"][month])


def _spoken(code: str) -> str:
    return str(Locale("en").languages.get(code, code))
