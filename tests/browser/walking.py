"""A person going through the questions, as the browser tests play them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

DUMBBELLS_KG = ("2", "4", "6", "8", "9", "10", "12", "14")


def answer_the_questions(page: Page, url: str) -> None:
    """Go from the first page to the programme: a man of 36 with dumbbells at home."""
    page.goto(f"{url}/")
    page.get_by_role("button", name=re.compile("Begin|Go on")).click()
    page.get_by_label("What should we call you?").fill("Bo")
    for part, value in (("Day", "2"), ("Month", "4"), ("Year", "1990")):
        page.get_by_label(part, exact=True).fill(value)
    page.locator(".segments label", has_text=re.compile("^Male$")).click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Height").fill("181")
    page.get_by_label("Weight").fill("82,5")
    for _ in range(4):  # body, experience, goals, time
        page.get_by_role("button", name="Continue").click()
    page.get_by_text("Home, with dumbbells").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()  # kit
    for load in DUMBBELLS_KG:
        page.locator(".chip", has_text=re.compile(f"^{load}$")).first.click()
    while "/welcome/programme" not in page.url:
        page.locator(".thumb button").first.click()
