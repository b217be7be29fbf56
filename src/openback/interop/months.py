"""Month names in any language: CLDR by way of Babel, and the short forms that apps make of them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
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
_REACH_ALL: Final = 2


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
def languages(reach: int) -> Mapping[str, Language]:
    """Return languages of CLDR, each with its own month names.

    `reach` 0 are the common ones, 1 the common ones with their regional forms (Jänner, ene), 2 all:
    each step takes longer to read and more memory (50, 80 and 190 MB).
    """
    if reach == _REACH_ALL:
        rest = _languages(
            identifier for identifier in localedata.locale_identifiers() if _code(identifier) not in COMMON
        )
        return {**languages(1), **rest}
    common = (identifier for identifier in localedata.locale_identifiers() if _code(identifier) in COMMON)
    return _languages(identifier for identifier in common if reach or identifier in COMMON)


def _languages(identifiers: Iterable[str]) -> dict[str, Language]:
    forms: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for identifier in sorted(identifiers):
        for month, name in _names_of(identifier):
            forms[_code(identifier)][folded(name)].add(month)
            if not name[-1].isdigit():
                forms[_code(identifier)][folded(name.split()[-1])].add(month)  # "gener" of "de gener"
            if _code(identifier) == "he":
                forms["he"][folded("ב" + name)].add(month)  # dates write the month with "in" before it
    return {code: Language(_unique(names), _unique(_beginnings(names))) for code, names in forms.items()}


def _code(identifier: str) -> str:
    return identifier.split("_", maxsplit=1)[0]


def _unique(names: Mapping[str, set[int]]) -> dict[str, int]:
    return {name: next(iter(months)) for name, months in names.items() if len(months) == 1}


def _names_of(identifier: str) -> Iterator[tuple[int, str]]:
    """Yield (month, name), in full and short, as in a date and alone."""
    for widths in Locale.parse(identifier).months.values():
        for width, names in widths.items():
            if width != "narrow":
                yield from ((int(month), name) for month, name in names.items() if name)


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
    known, cover, reach = _cover(wanted, disorder)
    unclear = {word: f"the month {word!r} is not known in any language" for word in wanted - known.keys()}
    if len(cover) == 1:
        unclear |= _contradictions(known, cover[0], reach, disorder)
    return Months(
        known={w: m for w, m in known.items() if w not in unclear}, unclear=unclear, languages=cover
    )


def _cover(wanted: AbstractSet[str], disorder: Disorder) -> tuple[dict[str, int], tuple[str, ...], int]:
    """Return the months of as many words as can be known, the few languages it takes, and how far it reached."""
    known, cover = dict[str, int](), list[str]()
    for reach in range(_REACH_ALL + 1):
        known, cover = {}, []
        while left := wanted - known.keys():
            reads = {code: language.reads(left) for code, language in languages(reach).items()}
            best = min(
                reads, key=lambda code: (*_rank(code, reads[code], reach), disorder(reads[code]), code)
            )
            if not reads[best]:
                break
            cover.append(best)
            known |= reads[best]
        if not left:
            return known, tuple(cover), reach
    return known, tuple(cover), _REACH_ALL


def _rank(code: str, read: Names, reach: int) -> tuple[int, bool, int]:
    """Return how well a language reads, less is better: more words, a common one, more words as it writes them."""
    written = languages(reach)[code].written
    return -len(read), code not in COMMON, -sum(word in written for word in read)


def _contradictions(known: Names, best: str, reach: int, disorder: Disorder) -> dict[str, str]:
    """Return the words that an equally good language reads as another month, with both readings."""
    found: dict[str, str] = {}
    for code, language in languages(reach).items():
        other = language.reads(known)
        if _rank(code, other, reach) != _rank(best, known, reach) or disorder(other) > disorder(known):
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
