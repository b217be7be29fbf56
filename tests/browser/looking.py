"""A page as everybody sees it: small and large, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE: Final = {"phone": (390, 844)}
PHONE_AND_LAPTOP: Final = {**PHONE, "laptop": (1280, 800)}


def looks(page: Page, sizes: Mapping[str, tuple[int, int]] = PHONE_AND_LAPTOP) -> Iterator[str]:
    """Show the page in each size and scheme, and yield which it is; in the end it is as small as at first."""
    for size, (width, height) in sizes.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # one loaded page costs a quarter of four
            yield f"{size}, {scheme}"
    width, height = next(iter(sizes.values()))
    page.set_viewport_size({"width": width, "height": height})


def open_to_everybody(
    page: Page, axe: Callable[[Page], None], sizes: Mapping[str, tuple[int, int]] = PHONE_AND_LAPTOP
) -> None:
    """Hold the page against WCAG in each size and scheme, and find nothing wider than the screen."""
    for look in looks(page, sizes):
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{page.url} is {wide} px wider than the screen ({look})"
