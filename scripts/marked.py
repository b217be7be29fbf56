"""Pages that a command writes a part of, between two marks, and leaves the rest alone."""

from __future__ import annotations


def with_part(page: str, part: str, *, begins: str, ends: str) -> str:
    """Return the page with what stands between the marks replaced, or put at its end."""
    block = f"{begins}\n{part}{ends}"
    if begins in page and ends in page:
        before, _, rest = page.partition(begins)
        return before + block + rest.partition(ends)[2]
    return f"{page.rstrip()}\n\n{block}\n"
