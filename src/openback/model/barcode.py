"""Barcodes of food: EAN-13, EAN-8, UPC-A, UPC-E and GTIN-14, brought to one form.

All of them are one number (GTIN) with zeros before it, but for UPC-E, which leaves zeros out inside. The one form is
that number with its 8 digits (EAN-8, whose numbers no other form has), else with 13, or all 14.
"""

from __future__ import annotations

import re
from typing import Final

_BETWEEN: Final = re.compile(r"[\s\-.]+")
_LONGEST: Final = 14
_UPC_E: Final = 8  # digits, with its number system and its last one


def barcode_of(number: str) -> str | None:
    """Return a barcode that has its last digit in its one form, None when it is none: letters, a wrong length, or a
    last digit that does not fit. Spaces, hyphens and zeros before the number do not matter.
    """
    digits = _digits(number)
    if digits is None:
        return None
    written_out = _written_out(digits) if len(digits) == _UPC_E else ()
    return next((one for digits in (digits, *written_out) if (one := _normal(digits))), None)


def barcodes_of(code: str) -> tuple[str, ...]:
    """Return all that a typed or scanned code may stand for, the likest first; a UPC-E is written out.

    Eight digits can be an EAN-8 and a UPC-E too.
    """
    digits = _digits(code)
    if digits is None:
        return ()
    found = [_normal(digits), *(_normal(one) for one in _written_out(digits))]
    return tuple(dict.fromkeys(one for one in found if one is not None))


def check_digit(digits: str) -> int:
    """Return the digit that follows these in a GTIN of any length: weights 3 and 1 from the right, to the next ten."""
    total = 3 * sum(map(int, digits[::-2])) + sum(map(int, digits[-2::-2]))
    return -total % 10


def _digits(code: str) -> str | None:
    digits = _BETWEEN.sub("", code)
    return digits if digits.isascii() and digits.isdigit() else None


def _normal(digits: str) -> str | None:
    number = digits.lstrip("0")
    if not number or len(number) > _LONGEST or check_digit(number[:-1]) != int(number[-1]):
        return None
    if len(number) < 7:  # no company has so short a number: codes that a shop or an app made up
        return None
    return number.zfill(8 if len(number) <= 8 else 13)


def _written_out(digits: str) -> tuple[str, ...]:
    """Return the UPC-A of a UPC-E: eight digits, seven without the check digit, or the six that are printed big."""
    if len(digits) == _UPC_E and digits[0] in "01":
        whole = upc_a_of(digits[0], digits[1:7])
        return (whole,) if whole[-1] == digits[7] else ()
    if len(digits) == 7 and digits[0] in "01":
        return (upc_a_of(digits[0], digits[1:]),)
    return (upc_a_of("0", digits),) if len(digits) == 6 else ()


def upc_a_of(system: str, six: str) -> str:
    """Return the twelve digits that a UPC-E stands for, given its number system and its six digits."""
    last = six[5]
    if last in "012":
        body = f"{six[:2]}{last}0000{six[2:5]}"
    elif last == "3":
        body = f"{six[:3]}00000{six[3:5]}"
    elif last == "4":
        body = f"{six[:4]}00000{six[4]}"
    else:
        body = f"{six[:5]}0000{last}"
    eleven = system + body
    return f"{eleven}{check_digit(eleven)}"
