"""From the first page to a finished session, and the next one's load with its reason, on a phone."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from walking import answer_the_questions

from running import openback_server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MOST_TAPS = 80


def ask(address: str) -> Any:
    """Return what the API answers."""
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


def loads_of(programme: Any, day: int) -> dict[str, float | None]:
    """Return the load of each exercise in the first open session of a day."""
    sessions = [one["session"] for week in programme["weeks"] for one in week if one["session"]]
    ahead = next(
        one for one in sessions if one["day"] == day and one["status"] in {"today", "next", "upcoming"}
    )
    return {one["exercise"]["id"]: one["next_set"]["load_kg"] for one in ahead["items"]}


def do_more_than_asked(page: Page) -> None:
    """In every set of the exercise on the screen do five reps more than planned."""
    for reps in page.locator(".set [name=reps]").all():
        if reps.is_visible():
            reps.fill(str(int(reps.input_value()) + 5))
            reps.press("Tab")


def finish(page: Page) -> None:
    """Tick every set with the one big button, and come to the summary."""
    for _ in range(MOST_TAPS):
        word = page.locator("[data-main-word]").inner_text()
        if word.startswith("Start to hold"):
            # Nobody waits half a minute in a test: a hold can be ticked as done, too.
            page.locator("[data-screen]:visible .set:not(.set--done) .tick").first.click()
        else:
            page.locator("[data-main]").click()
        if word.startswith("Finish"):
            page.wait_for_url("**/summary")
            return
    raise AssertionError(f"not at the end after {MOST_TAPS} taps: {word}")


def test_from_the_first_page_to_the_next_load(tmp_path, open_page):
    with openback_server(tmp_path) as server:
        page = open_page()
        answer_the_questions(page, server.url)
        assert "Here is your programme" in page.get_by_role("heading", level=1).inner_text()
        planned = ask(f"{server.url}/api/v1/programme")
        before = loads_of(planned, day=1)

        page.get_by_role("button", name="Start the first session").click()
        page.locator("[data-main]").wait_for()
        for row in page.locator("[data-screen='0'] [data-sets] .set:not(.set--warm_up)").all():
            row.locator("summary").click()
            do_more_than_asked(page)
        finish(page)

        assert page.get_by_role("heading", level=1).inner_text() == "Done"
        next_time = page.locator(".next-step").first
        assert re.search(r"\d", next_time.locator(".why").inner_text())
        after = loads_of(ask(f"{server.url}/api/v1/programme"), day=1)
        exercise = next(key for key, load in before.items() if load is not None)
        assert after[exercise] is not None
        assert before[exercise] is not None
        assert after[exercise] > before[exercise], (before, after)

        page.get_by_role("link", name="Go to Today").click()
        assert "1 of" in page.get_by_label("This week").inner_text()
