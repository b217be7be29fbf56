"""Welcome, Today, Train and Settings in a real browser: seen by axe, with and without script."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from looking import PHONE, open_to_everybody

import web_sample
from openback.services.profile_json import profile_json
from running import openback_server

pytestmark = pytest.mark.browser

QUESTIONS = (
    "you", "body", "experience", "goals", "time", "place", "kit", "loads", "sore", "pregnancy", "signs", "health",
)  # fmt: skip
ROOMS = (
    "/", "/train", "/train?week=1", "/train/1/1/change", "/settings", "/settings/import", "/settings/restore",
    "/settings/delete", "/welcome/programme", "/api", "/nothing-here",
    "/settings/profile/kit", "/settings/profile/loads",  # the other questions are those of Welcome
)  # fmt: skip


def send(method: str, address: str, body: object) -> Any:
    """Send JSON to the API and return what it answers."""
    request = urllib.request.Request(
        address, json.dumps(body, default=list).encode(), {"content-type": "application/json"}, method=method
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def known(tmp_path_factory) -> Iterator[str]:
    """The address of an app whose person has answered the questions."""
    with openback_server(tmp_path_factory.mktemp("known")) as server:
        profile = {**profile_json(web_sample.PROFILE), "birth_date": "1986-03-01"}
        assert send("PUT", f"{server.url}/api/v1/profile", profile)["status"] == "ok"
        yield server.url


def test_rooms_are_open_to_everybody(known, page, axe):
    for path in ROOMS:
        page.goto(known + path)
        open_to_everybody(page, axe)


def test_questions_are_open_to_everybody(untouched, page, axe):
    for path in ("/welcome", *(f"/welcome/{step}" for step in QUESTIONS)):
        page.goto(untouched + path)
        open_to_everybody(page, axe, PHONE)


def small_targets(page) -> list[str]:
    """Return the things to press that are smaller than 44 by 44 px, links inside a sentence left out."""
    return page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
            .map((one) => one.closest("label") ?? one)
            .filter((one) => one.checkVisibility() && !one.closest("p, li.changes, .skip") && !one.matches(".plain-link"))
            .map((one) => [one, one.getBoundingClientRect()])
            .filter(([, box]) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
            .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)"""
    )


def test_things_to_press_are_large_enough(known, page):
    questions = (f"/settings/profile/{step}" for step in QUESTIONS)
    for path in ("/", "/train", "/train/1/1/change", "/settings", *questions):
        page.goto(known + path)
        assert small_targets(page) == [], path


def test_the_main_action_is_in_reach_of_a_thumb(known, page):
    page.goto(known)
    box = page.get_by_role("button", name="Start").bounding_box()
    assert box is not None
    assert 844 / 2 < box["y"] < 844 - 64 - box["height"]


def test_the_button_says_none_until_something_is_ticked(known, page):
    page.goto(f"{known}/settings/profile/signs")
    button = page.locator(".thumb button")
    assert button.inner_text() == "None of these, continue"
    page.locator(".choice--sign").first.click()
    assert button.inner_text() == "Save"


def test_a_sheet_opens_over_its_page_and_closes_by_key(known, page, axe):
    page.goto(f"{known}/train")
    link = page.get_by_role("link", name="Change this session").first
    link.click()
    sheet = page.get_by_role("dialog")
    assert sheet.get_by_role("heading", level=1).inner_text().startswith("Change session")
    axe(page)
    page.keyboard.press("Escape")
    sheet.wait_for(state="detached")
    assert page.url == f"{known}/train"
    assert page.evaluate("document.activeElement.textContent").strip() == "Change this session"


def test_without_script_a_sheet_is_a_page(known, open_page):
    page = open_page(script=False)
    page.goto(f"{known}/train")
    page.get_by_role("link", name="Change this session").first.click()
    assert page.url.endswith("/change")
    assert page.get_by_role("button", name="Skip this session").is_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_change_of_the_plan_can_be_taken_back(known, open_page, script):
    page = open_page(script=script)
    page.goto(f"{known}/train/1/2/change")
    page.get_by_role("button", name="Skip this session").click()
    assert page.get_by_role("status").inner_text().startswith("Session 2 is skipped.")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    assert page.get_by_role("status").inner_text().startswith("The last change is taken back.")


GROUND = "body => getComputedStyle(body).backgroundColor"


def test_the_theme_is_kept_and_shown_at_once(known, open_page):
    page = open_page(scheme="light")
    page.goto(f"{known}/settings")
    page.get_by_role("button", name="Dark").click()
    assert page.locator("body").evaluate(GROUND) == "rgb(20, 23, 31)"
    page.goto(f"{known}/train")
    assert page.locator("body").evaluate(GROUND) == "rgb(20, 23, 31)"
    page.goto(f"{known}/settings")
    page.get_by_role("button", name="Automatic").click()
    assert page.locator("body").evaluate(GROUND) == "rgb(250, 247, 242)"


LOG = "Date,Exercise,Category,Weight (kgs),Reps\n2026-01-05,Lat Pulldown,Back,40,10\n2026-01-05,Wobble Lift,Back,5,8\n"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_history_is_looked_at_and_brought(known, open_page, axe, script):
    page = open_page(script=script)
    page.goto(f"{known}/settings/import")
    page.get_by_label("Exported file").set_input_files(
        {"name": "log.csv", "mimeType": "text/csv", "buffer": LOG.encode()}
    )
    page.get_by_role("button", name="Look into it").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Nothing is kept yet"
    if script:
        axe(page)
    page.get_by_role("button", name="Bring in 2 sets").click()
    page.get_by_role("heading", name=re.compile("Your history is here|All of it was here already")).wait_for()


def test_everything_is_reached_by_keyboard(known, page):
    page.goto(f"{known}/settings")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).transform") is not None
