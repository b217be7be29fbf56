"""Steps, days away and the board in a real browser: open to everybody, with and without script."""

from __future__ import annotations

import io
import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from looking import open_to_everybody
from PIL import Image
from test_rooms import small_targets

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def here_today() -> date:
    return datetime.now().astimezone().date()


def ask(method: str, address: str, body: object = None) -> Any:
    """Send JSON to the API and return what it answers."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"content-type": "application/json"}, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@contextmanager
def days_away(url: str, first: date, last: date | None, why: str = "holiday") -> Iterator[str]:
    """Tell days away, and take them out in the end."""
    address = f"{url}/api/v1/away/{uuid4()}"
    body = {"first_on": str(first), "last_on": None if last is None else str(last), "why": why}
    ask("PUT", address, body)
    try:
        yield address.rpartition("/")[2]
    finally:
        ask("DELETE", address)


def a_picture() -> dict[str, Any]:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), (90, 130, 150)).save(out, "JPEG")
    return {"name": "lake.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def card_with(page: Page, words: str) -> Any:
    return page.get_by_role("list", name="Cards").get_by_role("listitem").filter(has_text=words)


def test_the_path_of_thirty(page, demo, axe):
    page.goto(f"{demo}/progress/steps")
    page.get_by_role("heading", name="Thirty steps to a strong back").wait_for()
    assert page.locator(".step-path > li").count() == 30
    assert page.locator(".step-path svg.step-badge").count() == 30
    page.get_by_role("list", name=re.compile(r"The last \d+ weeks")).get_by_text(", kept.").first.wait_for(
        state="attached"
    )
    open_to_everybody(page, axe)
    assert small_targets(page) == []


def test_today_leads_to_the_path(page, demo):
    page.goto(demo)
    page.locator("a.step-glance").click()
    page.get_by_role("heading", name="Thirty steps to a strong back").wait_for()


def test_days_away_without_script(open_page, demo):
    page = open_page(script=False)
    first = here_today() + timedelta(days=200)  # far from what other tests look at
    page.goto(f"{demo}/progress/away")
    page.get_by_role("radio", name="Holiday").check()
    page.get_by_label("First day").fill(str(first))
    page.get_by_label("Last day").fill(str(first - timedelta(days=1)))
    page.get_by_label("Note").fill("By the sea, without script")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("alert").get_by_text("The last day is before the first.").wait_for()
    page.get_by_label("Last day").fill(str(first + timedelta(days=6)))
    page.get_by_role("button", name="Keep").click()
    mine = page.get_by_role("listitem").filter(has_text="By the sea, without script")
    mine.wait_for()
    mine.get_by_role("button", name=re.compile("^Take out")).click()
    mine.wait_for(state="detached")
    page.get_by_role("button", name="Undo").click()
    mine.wait_for()
    mine.get_by_role("link", name=re.compile("^Change")).click()
    page.get_by_role("radio", name="Ill").check()
    page.get_by_role("button", name="Keep").click()
    mine.get_by_text("Ill", exact=True).wait_for()
    mine.get_by_role("button", name=re.compile("^Take out")).click()
    mine.wait_for(state="detached")


def test_the_pages_know_that_somebody_is_away(page, demo, axe):
    today = here_today()
    with days_away(demo, today, today + timedelta(days=3), "illness"):
        page.goto(f"{demo}/progress/away")
        page.get_by_role("heading", name=re.compile("^Ill from")).wait_for()
        open_to_everybody(page, axe)
        assert small_targets(page) == []
        page.goto(f"{demo}/train")
        page.get_by_text("Sessions on these days are not missed.").wait_for()
        axe(page)
        page.goto(demo)
        page.get_by_role("button", name="I am back").wait_for()
        axe(page)
        page.get_by_role("button", name="I am back").click()
        page.get_by_text("Good to have you back.").wait_for()
        page.get_by_role("button", name="I am back").wait_for(state="detached")


def test_the_board_by_keyboard(page, demo, axe):
    page.goto(f"{demo}/progress/board")
    page.get_by_label("Words").focus()
    page.keyboard.type("A mountain, by keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    mine = card_with(page, "A mountain, by keyboard")
    mine.wait_for()
    mine.get_by_role("button", name=re.compile("^Earlier")).press("Enter")
    page.get_by_text("Moved one place earlier.").wait_for()
    mine.get_by_role("link", name=re.compile("^Change")).press("Enter")
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Words").fill("A hill, by keyboard")
    sheet.get_by_role("button", name="Keep").press("Enter")
    mine = card_with(page, "A hill, by keyboard")
    mine.wait_for()
    open_to_everybody(page, axe)
    assert small_targets(page) == []
    mine.get_by_role("button", name=re.compile("^Take out")).press("Enter")
    mine.wait_for(state="detached")
    page.get_by_role("button", name="Undo").press("Enter")
    mine.wait_for()
    mine.get_by_role("button", name=re.compile("^Take out")).click()
    mine.wait_for(state="detached")


def test_a_picture_on_the_board(page, demo):
    page.goto(f"{demo}/progress/board")
    page.get_by_label("Words").fill("The lake in a browser")
    page.get_by_label("Picture").set_input_files(a_picture())
    page.get_by_role("button", name="Put it on the board").click()
    mine = card_with(page, "The lake in a browser")
    picture = mine.locator("img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("(one) => one.naturalWidth === 400", arg=picture.element_handle())
    mine.get_by_role("button", name=re.compile("^Take out")).click()
    mine.wait_for(state="detached")


def test_before_the_questions_the_pages_say_what_will_be_there(page, untouched, axe):
    for path in ("steps", "away", "board"):
        page.goto(f"{untouched}/progress/{path}")
        page.get_by_role("heading", level=1).wait_for()
        axe(page)
