"""Cells of foreign tables of foods, made readable: names, brands, portions, barcodes."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from openback.model.food import Portion
from openback.model.words import words_of

LONGEST_NAME: Final = 160
LONGEST_PORTION: Final = 60
HEAVIEST_PORTION_G: Final = 3000.0  # project default: above it a serving is a slip
_SPACE: Final = re.compile(r"[\s\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff]+")
_SHOUTED: Final = 4  # letters from which capitals throughout are no abbreviation
_MASS: Final = re.compile(r"\(?\s*([0-9]+(?:[.,][0-9]+)?)\s*(?:g|gr|grams?|ml)\b\.?\s*\)?", re.IGNORECASE)


def clean(text: str, longest: int = LONGEST_NAME) -> str:
    """Return a name on one line, in one form of its letters, without what web pages put into text."""
    plain = html.unescape(text) if "&" in text else text
    plain = _SPACE.sub(" ", unicodedata.normalize("NFC", plain)).strip(" ,;:-_*\"'\ufffd")
    return plain if len(plain) <= longest else plain[: longest - 1].rsplit(" ", 1)[0] + "…"


def spoken(name: str) -> str:
    """Return a name that is all in capitals as one speaks: only the first letter stays large."""
    shouted = name.isupper() and sum(one.isalpha() for one in name) >= _SHOUTED
    return name.capitalize() if shouted else name


def first_brand(text: str) -> str:
    """Return the first of a list of brands."""
    brand = clean(text.split(",", maxsplit=1)[0], 60)
    return brand.title() if len(brand) > _SHOUTED and brand.isupper() else brand


def serving(text: str, mass: str) -> tuple[Portion, ...]:
    """Return the portion of a label, such as `0.25 cup` of `28`; none when its mass is not told.

    The mass is in g, or in ml where the figures are for 100 ml: for what is eaten that comes to the same.
    """
    try:
        mass_g = float(mass)
    except ValueError:
        return ()
    if not 0 < mass_g <= HEAVIEST_PORTION_G:
        return ()
    name = clean(_MASS.sub(" ", text), LONGEST_PORTION).strip(" ()|/")
    return (Portion(name=name if words_of(name) else "1 serving", mass_g=mass_g),)


def length_class(name: str) -> int:
    """Return 0 for the names of plain foods, which are short, to 3 for long ones."""
    words = len(words_of(name))
    return 0 if words <= 2 else 1 if words <= 4 else 2 if words <= 7 else 3
