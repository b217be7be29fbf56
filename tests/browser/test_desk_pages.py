"""The Desk in a real browser: posture before the camera and from photos, tests, the pain diary, and the overview."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from looking import open_to_everybody

import desk_camera
from desk_camera import NOBODY, Scene, lit, order, stood

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

# Cameras around the body: 90 degrees sees its left side.
FOUR = {"front": stood(0), "right": stood(-90), "back": stood(180), "left": stood(90)}
ORDERS = {
    "front": "Face the camera",
    "right": "Turn a quarter to your left",
    "back": "Turn your back to the camera",
    "left": "Turn your left side to the camera",
}


def before_the_camera(page: Page, address: str, scenes: Mapping[str, Scene], first: str) -> None:
    """Open a page whose camera sees these scenes, and start the camera."""
    desk_camera.feed(page, scenes, first)
    page.goto(address)
    page.locator("[data-part=ready] [data-do=begin]").click()
    page.locator("[data-part=live]").wait_for()


def told(page: Page, part: str, words: str) -> None:
    """Wait until a part of the page says this."""
    page.locator(part, has_text=re.compile(re.escape(words))).first.wait_for()


def test_posture_is_taken_from_four_sides_without_hands(page, demo, axe):
    lit(page)
    before_the_camera(page, f"{demo}/desk/posture/check", FOUR, "front")
    for shot, words in ORDERS.items():
        told(page, "[data-order]", words)
        order(page, shot)
        page.locator(f"[data-shot-item={shot}][data-is=done]").wait_for(state="attached")
        if shot == "front":
            axe(page)
    page.locator("[data-part=after] .reading").first.wait_for()
    assert page.locator("[data-result] .reading").count() >= 5
    open_to_everybody(page, axe)
    page.locator("[data-keep] button").click()
    page.wait_for_url(re.compile(r"/desk/posture(#|$)"))
    told(page, ".toast", "Kept.")
    told(page, "#latest .eyebrow", "Today, by camera")
    page.locator(".toast button").click()
    told(page, ".toast", "Taken back.")
