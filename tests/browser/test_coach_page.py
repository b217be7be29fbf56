"""The coach page in a real browser: made frames through the real socket and engine, to the set that is kept."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from looking import looks, open_to_everybody
from test_training_rooms import ask, settled, until

from coach_camera import CAMERA_FLAGS, feed, order
from openback.catalogue import load_catalogue
from openback.motion.synthesis.made_set import MadeSet, SetPlan, made_set
from openback.motion.synthesis.set_motion import Shown
from scripts.system import browser_flags, find_chromium, is_root

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocketRoute

pytestmark = pytest.mark.browser

SIZES = {"phone": (390, 844), "on its side": (844, 390), "laptop": (1280, 800)}
# Reps of two and a half seconds instead of five: quick, and what is counted is the same.
QUICK = 2.0
PULL, ROW, COBRA, FACE = "wide_grip_lat_pulldown", "one_arm_dumbbell_row", "cobra_pose", "face_pull"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser with a camera that shows a test picture and is always allowed."""
    from playwright.sync_api import sync_playwright

    path = find_chromium()
    assert path is not None, "there is no Chromium here that starts"
    with sync_playwright() as playwright:
        flags = [*browser_flags(), *CAMERA_FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=not is_root(), args=flags)
        yield browser
        browser.close()


@cache
def made(exercise: str, fault: str = "", reps: int = 3) -> MadeSet:
    """Return a made set, with a fault when one is named."""
    known = load_catalogue().exercises[exercise]
    rule = next((one for one in known.faults if one.id == fault), None)
    shown = None if rule is None else Shown(fault=rule, strength=1.5)
    return made_set(known, SetPlan(reps=reps, yaw_deg=45.0, shown=shown, drop_outs=False), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coached:
    """A session in which a set is coached."""

    url: str
    id: str
    exercise: str

    @property
    def page(self) -> str:
        return f"{self.url}/coach?session={self.id}&exercise={self.exercise}&set=work-1"

    def sets(self) -> list[dict[str, Any]]:
        """The sets of the exercise that the server has."""
        view = ask("GET", f"{self.url}/api/v1/sessions/{self.id}")
        step = next(one for one in view["steps"] if one["exercise"]["id"] == self.exercise)
        return [one["done"] for one in step["sets"] if one["done"]] + step["extra"]


@pytest.fixture
def coached(demo) -> Callable[..., Coached]:
    """A function that begins a session with an exercise, and perhaps another after it."""

    def begun(exercise: str = PULL, *more: str) -> Coached:
        session = ask("POST", f"{demo}/api/v1/sessions", {})["id"]
        for one in (exercise, *more):
            ask("POST", f"{demo}/api/v1/sessions/{session}/exercises", {"exercise": one})
        return Coached(url=demo, id=session, exercise=exercise)

    return begun


def state(page: Page) -> str:
    return str(page.locator(".coach").get_attribute("data-state"))


def came(page: Page, *wanted: str, within_s: float = 30) -> str:
    """Wait until the page is in one of these states."""
    end_s = time.monotonic() + within_s
    while (now := state(page)) not in wanted:
        assert time.monotonic() < end_s, f"{now} instead of {wanted}"
        time.sleep(0.05)
    return now


def counting(page: Page, where: Coached) -> None:
    """Open the page, start the camera, and wait until the set may begin."""
    page.goto(where.page)
    page.get_by_role("button", name="Start the camera").click()
    came(page, "setup", "countdown")
    # On a busy machine the countdown may have begun by itself.
    page.evaluate("document.querySelector('[data-do=go]:not([hidden])')?.click()")
    came(page, "waiting", "lifting")


def counted(page: Page, n: int, within_s: float = 30) -> None:
    until(page, f"Number(document.querySelector('[data-n]').textContent) >= {n}", within_s)


# --- A set -------------------------------------------------------------------------------------------------


def test_a_set_counts_ends_and_keeps_itself_by_hand(coached, page):
    where = coached(PULL)
    feed(page, made(PULL).frames, QUICK)
    page.goto(f"{where.url}/session/{where.id}")
    page.locator("[data-main]").wait_for()
    page.get_by_role("link", name="Coach Set 1 with the camera").click()
    page.get_by_role("button", name="Start the camera").click()
    came(page, "countdown")  # no hands
    came(page, "waiting")
    order(page, "begin")
    counted(page, 3)
    came(page, "after", within_s=15)  # the person left
    assert page.locator("[data-after-title]").inner_text() == "Set 1: 3 reps"
    page.get_by_label("Reps", exact=True).fill("4")
    with page.expect_request("**/api/v1/sets/*") as sent:
        page.get_by_role("button", name="Keep this set").click()
    seen = sent.value.post_data_json["seen"]  # what the coach saw goes along
    assert {*seen["faults"], *seen["untold"]} <= {rule.id for rule in load_catalogue().exercises[PULL].faults}
    settled(page)
    (kept,) = where.sets()
    assert (kept["reps"], kept["kind"], kept["exercise"]) == (4, "work", PULL)
    page.locator("[data-rest-time]").wait_for()
    # How many sets are planned depends on what was done before, other tests included.
    page.get_by_role("button", name=re.compile("^(Again: Set 2|One set more)$")).click()
    came(page, "setup", "countdown")
    page.get_by_role("button", name="Stop without counting").click()
    page.locator("header").get_by_role("link", name="Back to the session").click()
    assert page.locator(".set--done").count() == 1


def test_a_kept_set_waits_for_the_network_like_any_other(coached, page):
    where = coached(PULL)
    feed(page, made(PULL).frames, QUICK)
    counting(page, where)
    order(page, "begin")
    counted(page, 1)
    page.route("**/api/v1/sets/*", lambda route: route.abort())
    page.get_by_role("button", name="End the set").click()
    came(page, "after")
    page.get_by_role("button", name="Keep this set").click()
    page.get_by_text("1 set waiting to sync; kept on this device.").wait_for()
    assert where.sets() == []
    page.unroute("**/api/v1/sets/*")
    page.goto(f"{where.url}/session/{where.id}")
    settled(page)
    assert [one["reps"] for one in where.sets()] == [1]


def test_a_fault_is_listed_and_leads_to_its_moment(coached, page):
    where = coached(PULL)
    feed(page, made(PULL, "over_lean", 4).frames, QUICK)
    counting(page, where)
    order(page, "begin")
    counted(page, 3, within_s=45)
    page.locator("[data-caption][data-kind=cue]").wait_for()
    cue = page.locator("[data-caption]").inner_text()
    page.keyboard.press("Space")
    came(page, "after")
    fault = page.locator(".coach-fault", has_text=cue)
    fault.get_by_role("button").click()
    until(page, "Number(document.querySelector('[data-replay-picture]').dataset.moment) > 20")


def test_a_hold_shows_its_seconds_and_what_comes_next(coached, page):
    where = coached(COBRA, FACE)
    feed(page, made(COBRA).frames)
    counting(page, where)
    order(page, "begin")
    counted(page, 4)
    page.get_by_text("Next: Face pull").first.wait_for()
    page.get_by_role("button", name="End the set").click()
    came(page, "after")
    assert float(page.get_by_label("Held (seconds)").input_value()) >= 4


# --- What goes wrong -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "title"),
    [
        ("NotAllowedError", "The camera is not allowed"),
        ("NotFoundError", "There is no camera"),
        ("NotReadableError", "The camera is in use"),
    ],
)
def test_a_camera_that_does_not_open_is_said_with_a_way_on(coached, page, axe, error, title):
    refusal = (
        f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('no', '{error}'); }};"
    )
    page.add_init_script(refusal)
    page.goto(coached(PULL).page)
    page.get_by_role("button", name="Start the camera").click()
    page.get_by_role("heading", name=title).wait_for()
    assert page.get_by_role("button", name="Try again").is_visible()
    axe(page)
    page.get_by_role("link", name="Attach a clip instead").click()
    page.get_by_role("heading", name="Add a clip").wait_for()


def test_a_camera_that_goes_away_in_the_set_leaves_what_was_counted(coached, page):
    feed(page, made(PULL).frames, QUICK)
    counting(page, coached(PULL))
    order(page, "begin")
    counted(page, 1)
    page.evaluate(
        "document.querySelector('video').srcObject.getVideoTracks()[0].dispatchEvent(new Event('ended'))"
    )
    came(page, "after")
    page.get_by_text("The camera went away, so this is what was counted until then.").wait_for()
    assert page.get_by_label("Reps", exact=True).input_value() == "1"


def test_a_lost_connection_is_shown_and_the_count_goes_on(coached, page):
    sockets: list[tuple[WebSocketRoute, WebSocketRoute]] = []
    closed = False

    def route(socket: WebSocketRoute) -> None:
        if closed:
            socket.close()
        else:
            sockets.append((socket, socket.connect_to_server()))

    page.route_web_socket("**/ws/coach", route)
    # More reps than are waited for: what is lifted without a connection is not counted.
    feed(page, made(PULL, reps=8).frames, QUICK)
    counting(page, coached(PULL))
    order(page, "begin")
    counted(page, 1)
    closed = True
    for ours, theirs in sockets:
        theirs.close()
        ours.close()
    page.get_by_text("The connection is lost. Counting goes on when it is back.").wait_for()
    assert state(page) == "lifting"
    closed = False
    page.locator("[data-link]").wait_for(state="hidden")
    counted(page, 3)


def test_somebody_who_walks_off_is_asked_back_before_the_countdown(coached, page):
    feed(page, made(PULL).frames)
    page.goto(coached(PULL).page)
    page.get_by_role("button", name="Start the camera").click()
    came(page, "countdown")
    order(page, "leave")
    came(page, "setup")
    page.get_by_text("Nobody is in the picture.").wait_for()
    assert page.locator("[data-check=body]").get_attribute("data-is") == "no"
    page.get_by_role("button", name="Start now").click()  # who wants to may
    came(page, "waiting")


# --- For everybody -------------------------------------------------------------------------------------------


def test_the_coach_is_open_to_everybody(coached, page, axe):
    where = coached(PULL)
    feed(page, made(PULL, reps=20).frames)  # the set must go on for as long as it is looked at
    page.goto(where.page)
    page.locator("[data-part=ready]").wait_for()
    open_to_everybody(page, axe, SIZES)
    page.locator("[data-settings] summary").click()
    open_to_everybody(page, axe, SIZES)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Start the camera").click()
    came(page, "setup")
    axe(page)
    came(page, "countdown")
    order(page, "leave")  # nobody there is what the page stays with
    came(page, "setup")
    page.get_by_text("Nobody is in the picture.").wait_for()
    open_to_everybody(page, axe, SIZES)
    order(page, "come")
    came(page, "countdown")
    axe(page)
    came(page, "waiting")
    order(page, "begin")
    counted(page, 1)
    end = page.get_by_role("button", name="End the set")
    for look in looks(page, SIZES):
        axe(page)
        assert state(page) == "lifting", look
        size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('[data-n]')).fontSize)")
        assert size >= 96, look
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look
        box = end.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= page.evaluate("innerHeight"), (
            f"no big button on the screen: {look}"
        )
    end.click()
    came(page, "after")
    axe(page)
    page.locator("[data-after-title]").click()  # who is here is not hurried: it no longer keeps itself
    open_to_everybody(page, axe, SIZES)
    page.get_by_role("button", name="Keep this set").click()
    page.locator("[data-part=kept]").wait_for()
    open_to_everybody(page, axe, SIZES)


def test_without_script_the_page_says_what_it_needs(coached, open_page):
    page = open_page(script=False)
    page.goto(coached(PULL).page)
    page.get_by_text("For that it needs a camera, and a browser that runs scripts").wait_for()
    assert page.get_by_role("button", name="Start the camera").count() == 0
    page.get_by_role("link", name="Attach a clip").first.click()
    page.get_by_role("heading", name="Add a clip").wait_for()


def test_without_webassembly_a_clip_is_offered(coached, page):
    page.add_init_script("delete globalThis.WebAssembly;")
    page.goto(coached(PULL).page)
    page.get_by_role("heading", name="The coach watches this set").wait_for()
    assert page.get_by_role("link", name="Attach a clip").first.is_visible()


def test_choices_are_remembered_on_the_device(coached, page):
    where = coached(PULL)
    page.goto(where.page)
    page.locator("[data-settings] summary").click()
    page.get_by_label("Captions").uncheck()
    page.get_by_label("Ghost").check()
    page.reload()
    page.locator("[data-settings] summary").click()
    assert not page.get_by_label("Captions").is_checked()
    assert page.get_by_label("Ghost").is_checked()


def test_numbers_for_the_curious_come_and_go(coached, page):
    feed(page, made(PULL).frames)
    counting(page, coached(PULL))
    assert page.locator("[data-debug]").is_hidden()
    page.keyboard.press("d")
    page.locator("[data-debug]").get_by_text("draw p95 ms").wait_for()
    page.keyboard.press("d")
    page.locator("[data-debug]").wait_for(state="hidden")
