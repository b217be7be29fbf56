"""Photos in a browser: a passphrase first, the camera hands-free, two compared by slider and keys, locked again."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import httpx
import numpy as np
import pytest
from coaching import FAKE, GRANTED, launched
from looking import open_to_everybody

import web_sample
from bodies import standing
from coach_camera import feed, order
from openback.model.motion import LandmarkFrame
from openback.services.profile_json import profile_json
from photo_app import PICTURE
from running import openback_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HOME: Final = "/progress/photos"
WORDS: Final = "hearts of palm trees"
SIZE: Final = (960, 1280)
SMALL: Final = """() => [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
    .map((one) => one.closest("label") ?? one)
    .filter((one) => one.checkVisibility() && !one.closest("p, .skip, .row-sub"))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
    .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`)"""


def asked(method: str, url: str, **more: Any) -> httpx.Response:
    """Ask the app. Reading pictures in this process may have set a proxy that leads nowhere: it is passed by."""
    with httpx.Client(trust_env=False) as client:
        return client.request(method, url, **more)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser with a camera."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, launched(playwright, FAKE, GRANTED) as browser:
        yield browser


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> Iterator[str]:
    """The address of an app whose person has answered the questions, on a machine without a key store."""
    with openback_server(tmp_path_factory.mktemp("photos")) as server:
        profile = {**profile_json(web_sample.PROFILE), "birth_date": "1986-03-01"}
        request = urllib.request.Request(
            f"{server.url}/api/v1/profile", json.dumps(profile, default=list).encode(),
            {"content-type": "application/json"}, method="PUT",
        )  # fmt: skip
        urllib.request.urlopen(request).close()
        yield server.url


@pytest.fixture(scope="module")
def kept(alone) -> str:
    """The same app, with two photos from the front and one from the back under a passphrase."""
    fresh = {"way": "passphrase", "passphrase": WORDS, "again": WORDS}
    assert asked("POST", f"{alone}{HOME}/key", data=fresh).status_code == 303
    for pose, on in (("front", "2026-03-01"), ("front", "2026-09-01"), ("back", "2026-09-01")):
        answer = asked(
            "POST", f"{alone}{HOME}", data={"pose": pose, "on": on}, files={"photo": ("a.jpg", PICTURE)}
        )
        assert answer.status_code == 303
    return alone


@pytest.fixture
def open_photos(kept) -> str:
    """The same app, unlocked."""
    assert asked("POST", f"{kept}{HOME}/unlock", data={"passphrase": WORDS}).status_code == 303
    return kept


def frames() -> list[LandmarkFrame]:
    """Return somebody who stands still and faces the camera."""
    body = standing(SIZE)
    return [
        LandmarkFrame(
            t_s=n / 30, image_px=body[:, :2], depth_px=np.zeros(33), world_m=np.zeros((33, 3)),
            visibility=body[:, 2], width_px=SIZE[0], height_px=SIZE[1],
        )
        for n in range(14)
    ]  # fmt: skip


def shown(page: Page, selector: str) -> None:
    """Wait until every picture of a kind has come."""
    page.wait_for_function(
        "(what) => [...document.querySelectorAll(what)].length > 0 && "
        "[...document.querySelectorAll(what)].every((one) => one.complete && one.naturalWidth > 0)",
        arg=selector,
    )


def test_a_passphrase_is_changed_where_the_present_one_is_known(open_photos, page, axe):
    page.goto(f"{open_photos}{HOME}")
    page.get_by_role("link", name="Change the passphrase").click()
    fresh = page.get_by_label("New passphrase")
    for words in ("short", WORDS):
        page.get_by_label("Present passphrase").first.fill(WORDS)
        fresh.fill(words)
        page.get_by_label("The same once more").fill(words)
        page.get_by_role("button", name="Change it").click()
        if words == "short":
            assert fresh.evaluate("(one) => !one.validity.valid")
    page.get_by_text("locked in the new way").wait_for()


def test_pages_are_open_to_everybody(open_photos, page, axe):
    one = asked("GET", f"{open_photos}{HOME}").text
    photo = re.search(rf'href="({HOME}/[0-9a-f-]{{36}})"', one)[1]
    for path in (HOME, photo, f"{HOME}/compare", f"{HOME}/add", f"{HOME}/key"):
        answer = page.goto(open_photos + path)
        assert answer.status == 200, path
        open_to_everybody(page, axe)
        assert page.evaluate(SMALL) == [], path


def test_the_slider_moves_by_key_and_by_finger(open_photos, page, axe):
    page.goto(f"{open_photos}{HOME}/compare")
    shown(page, ".photo-pair img")
    page.get_by_role("button", name="Slider").click()
    slider = page.get_by_role("slider", name=re.compile("earlier photo"))
    slider.wait_for()
    assert slider.evaluate("(one) => document.activeElement === one")
    for key, value in (("ArrowRight", "51"), ("Home", "0"), ("End", "100"), ("ArrowLeft", "99")):
        page.keyboard.press(key)
        assert slider.input_value() == value
    covered = "(one) => getComputedStyle(one).clipPath"
    before = page.locator(".photo-before")
    assert before.evaluate(covered).startswith("inset(0px calc(1%") or "1%" in before.evaluate(covered)
    box = slider.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    assert abs(int(slider.input_value()) - 25) <= 2
    axe(page)
    page.get_by_role("button", name="Side by side").click()
    slider.wait_for(state="hidden")


def test_without_script_two_photos_stand_beside_each_other(open_photos, open_page):
    page = open_page(script=False)
    page.goto(f"{open_photos}{HOME}/compare")
    boxes = [page.locator(f".photo-{name} img").bounding_box() for name in ("before", "after")]
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    page.goto(f"{open_photos}{HOME}/add")
    assert page.get_by_role("button", name="Keep it").is_visible()
    assert not page.get_by_role("button", name="Start the camera").is_visible()


def test_the_camera_takes_a_photo_by_itself_when_somebody_stands_still(open_photos, page, axe):
    feed(page, frames())
    page.goto(f"{open_photos}{HOME}/add?pose=front")
    # The picture of a browser's made camera has nobody in it, who could be blurred.
    page.get_by_text("Blur face and background").click()
    page.get_by_role("button", name="Start the camera").click()
    hint = page.locator("[data-hint]")
    hint.wait_for()
    page.locator("[data-count]:visible").wait_for(timeout=20_000)
    assert page.locator("[data-count]").inner_text() in {"3", "2", "1"}
    page.wait_for_url(re.compile(rf"{HOME}/[0-9a-f-]{{36}}$"), timeout=20_000)
    shown(page, ".photo-large")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    page.get_by_text("In a quarter of an hour it is erased for good.").wait_for()


def test_who_leaves_the_picture_is_asked_back_and_not_taken(open_photos, page):
    feed(page, frames())
    page.goto(f"{open_photos}{HOME}/add?pose=front")
    page.get_by_role("button", name="Start the camera").click()
    page.locator("[data-count]:visible").wait_for(timeout=20_000)
    order(page, "leave")
    page.get_by_text("Step into the picture.").first.wait_for()
    page.wait_for_timeout(3_500)
    assert page.url.endswith("/add?pose=front")
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Start the camera").wait_for()


def test_nobody_to_blur_is_said_and_the_page_stays(open_photos, page, axe):
    feed(page, frames())
    page.goto(f"{open_photos}{HOME}/add?pose=front")
    page.get_by_role("button", name="Start the camera").click()
    page.get_by_role("alert").get_by_text("Nobody was found in this picture").wait_for(timeout=30_000)
    axe(page)


def test_the_outline_of_the_last_photo_lies_over_the_camera(open_photos, page, real_dir):
    data = (real_dir / "photos" / "Face_Pull_0.jpg").read_bytes()
    form = {"pose": "left", "blur": "1", "on": "2026-09-01"}
    answer = asked("POST", f"{open_photos}{HOME}", data=form, files={"photo": ("a.jpg", data)}, timeout=60)
    assert answer.status_code == 303
    page.goto(f"{open_photos}{HOME}/add?pose=left")
    outline = page.locator("[data-outline]")
    assert not outline.is_visible()
    page.get_by_role("button", name="Start the camera").click()
    page.get_by_role("button", name="Take it in ten seconds").wait_for()
    shown(page, "[data-outline]")
    assert outline.is_visible()
    assert outline.bounding_box() == page.locator("[data-stage] video").bounding_box()
    page.get_by_text("Back", exact=True).click()  # there is nobody in the last one from the back
    assert not outline.is_visible()
    page.get_by_role("button", name="Stop").click()
    asked("POST", f"{open_photos}{answer.headers['location']}/delete")


def test_locking_hides_every_photo_until_the_passphrase_comes(open_photos, page, axe):
    page.goto(f"{open_photos}{HOME}")
    shown(page, ".photo-tile img")
    source = page.locator(".photo-tile img").first.get_attribute("src")
    page.get_by_role("button", name="Lock", exact=True).click()
    page.get_by_role("heading", name="Your photos are locked").wait_for()
    assert page.locator("img").count() == 0
    assert page.request.get(open_photos + source).status == 423
    open_to_everybody(page, axe)
    page.get_by_label("Passphrase").fill(WORDS)
    page.keyboard.press("Enter")
    shown(page, ".photo-tile img")
