"""Breaks, stretches, yoga and the slouch reminder in a real browser."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from looking import PHONE, PHONE_AND_LAPTOP, open_to_everybody

from coach_camera import CAMERA_FLAGS
from scripts.system import browser_flags, find_chromium, is_root

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser


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


def flow_of(url: str, flow: str) -> dict[str, Any]:
    """What the API says of a flow."""
    with urllib.request.urlopen(f"{url}/api/v1/desk/flows") as answer:
        return next(one for one in json.load(answer) if one["flow"]["id"] == flow)


def opened(page: Page, url: str, flow: str) -> None:
    """Open the player on a clock that tests move, with everything it needs loaded."""
    page.clock.install(time="2026-11-23T09:00:00")
    page.goto(f"{url}/desk/flow/{flow}")
    page.locator("[data-island=flow][data-loaded=true]").wait_for()
    page.clock.pause_at("2026-11-23T10:00:00")  # from here on it moves when a test says so


def state(page: Page) -> str:
    return str(page.locator("[data-island=flow]").get_attribute("data-state"))


def text(page: Page, name: str) -> str:
    return page.locator(f"[data-{name}]").inner_text()


def sent(page: Page) -> None:
    """Wait until nothing waits to be sent."""
    end_s = time.monotonic() + 15
    while queue(page):
        assert time.monotonic() < end_s, f"it still waits: {queue(page)}"
        time.sleep(0.05)


def queue(page: Page) -> list[Any]:
    return json.loads(page.evaluate("localStorage.getItem('openback.queue') ?? '[]'"))


# --- The player --------------------------------------------------------------------------------------------


def test_a_break_leads_to_its_end_by_itself_and_can_be_taken_back(demo, page):
    before = flow_of(demo, "band_break")["times_done"]
    opened(page, demo, "band_break")
    page.get_by_role("button", name="Start").click()
    page.clock.run_for(9_000)
    assert text(page, "step-name") == "Band lateral raise"
    assert text(page, "count-word") == "Get there"
    page.clock.run_for(8_000)
    assert text(page, "count-of") == "rep 2 of 10"
    assert text(page, "next") == "Next: Rest"
    page.clock.run_for(104_000)
    assert state(page) == "done"
    assert text(page, "done-said") == "Noted: 2 minutes, 2 minutes of it in the exercises."
    sent(page)
    assert flow_of(demo, "band_break")["times_done"] == before + 1
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Taken back.").wait_for()
    assert flow_of(demo, "band_break")["times_done"] == before


def test_left_and_right_with_breaths(demo, page):
    opened(page, demo, "desk_stretch")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Skip").click()
    assert (text(page, "step-name"), text(page, "step-side")) == ("Eagle arms", "Left side")
    assert page.locator("[data-frame]").get_attribute("class") == "flow-frame flow-mirrored"
    page.clock.run_for(15_500)
    assert (text(page, "count-word"), text(page, "count-of")) == ("Breathe out", "breath 1 of 3")
    page.get_by_role("button", name="Skip").click()
    assert text(page, "step-side") == "Right side"
    assert page.locator("[data-frame]").get_attribute("class") == "flow-frame"


def test_pause_skip_and_back_by_keys(demo, page):
    opened(page, demo, "desk_stretch")
    page.get_by_role("button", name="Start").click()
    page.keyboard.press("Space")
    assert page.get_by_role("button", name="Go on").is_visible()
    left = text(page, "time-left")
    page.clock.run_for(5_000)
    assert text(page, "time-left") == left
    page.keyboard.press("ArrowRight")
    assert text(page, "step-name") == "Eagle arms"
    page.keyboard.press("ArrowLeft")
    assert text(page, "step-name") == "Chin tuck"
    page.keyboard.press("Space")
    page.clock.run_for(3_000)
    assert text(page, "time-left") != left
    page.get_by_role("button", name="End here").click()
    assert state(page) == "done"
    assert text(page, "done-said") == "Nothing is noted. It is here whenever you want it."
    assert not page.get_by_role("button", name="Take it back").is_visible()
    assert queue(page) == []


def test_once_open_it_needs_no_network(demo, page):
    before = flow_of(demo, "desk_stretch")["times_done"]
    opened(page, demo, "desk_stretch")
    page.context.set_offline(True)
    page.get_by_role("button", name="Start").click()
    page.clock.run_for(301_000)
    assert state(page) == "done"
    assert text(page, "done-title") == "Done"
    [waits] = queue(page)
    assert (waits["method"], waits["body"]["flow"], waits["body"]["finished"]) == (
        "PUT",
        "desk_stretch",
        True,
    )
    assert waits["body"]["held_s"]["eagle_arms"] == pytest.approx(60, abs=0.5)
    page.context.set_offline(False)
    page.clock.run_for(70_000)
    sent(page)
    assert flow_of(demo, "desk_stretch")["times_done"] == before + 1


def test_without_script_the_steps_are_there_and_it_can_be_noted(demo, open_page):
    page = open_page(script=False)
    before = flow_of(demo, "yoga_10")["times_done"]
    page.goto(f"{demo}/desk/flow/yoga_10")
    assert page.get_by_role("link", name="Cobra pose").is_visible()
    assert not page.get_by_role("button", name="Start").is_visible()
    page.get_by_role("button", name="I did it without the player").click()
    page.get_by_text("Yoga for the upper back, 10 minutes is noted.").wait_for()
    assert flow_of(demo, "yoga_10")["times_done"] == before + 1
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.").wait_for()
    assert flow_of(demo, "yoga_10")["times_done"] == before


def test_the_pages_are_open_to_everybody(demo, page, axe):
    for path in ("/desk/break", "/desk/yoga", "/desk/stretch", "/desk/slouch", "/desk/flow/yoga_20"):
        page.goto(demo + path)
        open_to_everybody(page, axe, PHONE_AND_LAPTOP if path == "/desk/break" else PHONE)


def test_the_player_is_open_to_everybody(demo, page, axe):
    page.goto(f"{demo}/desk/flow/desk_stretch")
    page.locator("[data-island=flow][data-loaded=true]").wait_for()
    page.get_by_role("button", name="Start").click()
    page.keyboard.press("Space")
    open_to_everybody(page, axe)
    page.set_viewport_size({"width": 844, "height": 390})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="End here").click()
    open_to_everybody(page, axe, PHONE)


def test_today_offers_the_break(demo, page):
    page.goto(demo)
    page.get_by_role("link", name="Take a break").click()
    page.get_by_role("heading", name="Two-minute band break").wait_for()


# --- Reminders ---------------------------------------------------------------------------------------------


def test_a_break_that_is_due_is_told_once(demo, page):
    def wanted(route) -> None:
        answer = route.fetch()
        html = answer.text().replace('data-notify="false"', 'data-notify="true"')
        before, _, after = html.partition('data-minutes="')
        route.fulfill(
            response=answer, body=f'{before}data-minutes="600 660"{after[after.index(chr(34)) + 1 :]}'
        )

    page.route("**/desk/break", wanted)
    page.add_init_script(
        "window.told = []; window.Notification = class extends EventTarget {"
        " static permission = 'granted'; static async requestPermission() { return 'granted'; }"
        " constructor(title, options) { super(); window.told.push([title, options.body]); } }"
    )
    page.clock.install(time="2026-11-23T09:59:30")
    page.goto(f"{demo}/desk/break")
    page.get_by_text("The next one is at 10:00, as long as a page of Openback is open.").wait_for()
    assert page.evaluate("window.told") == []
    page.clock.run_for(120_000)
    assert page.evaluate("window.told") == [
        ["Two minutes for your neck", "Stand up, take your band, ten slow raises."]
    ]
    page.reload()
    page.get_by_text("The next one is at 11:00").wait_for()
    assert page.evaluate("window.told") == []


# --- The slouch reminder -----------------------------------------------------------------------------------

# A stand-in for the pose model: it finds whoever the test says, on a clock that runs six times as fast.
SITTER = """
const orders = new BroadcastChannel("sitter");
let pose = "upright";
orders.onmessage = ({ data }) => { pose = data; };
const POSES = { upright: [0, 130, 100, 12], sunk: [55, 105, 108, 16], down: [0, 112, 100, 52], gone: null };
onmessage = ({ data }) => {
  if (data.type === "load") { postMessage({ type: "ready", model: data.model, delegate: "made" }); return; }
  data.picture.close();
  const image = new Float32Array(99), world = new Float32Array(99), visibility = new Float32Array(33).fill(1);
  const now = POSES[pose];
  if (now !== null) {
    const [down, neck, head, nod] = now, y = 380 + down;
    for (const [point, x, at] of [[11, 440, y], [12, 200, y], [7, 320 + head / 2, y - neck], [8, 320 - head / 2, y - neck], [0, 320, y - neck + nod]])
      image.set([x, at, 0], 3 * point);
  }
  const posed_at = performance.timeOrigin + performance.now();
  postMessage({ type: "found", found: now !== null, people: 1, t_ms: data.t_ms * 6, took_ms: 1, posed_at, image, world, visibility, width: 640, height: 480 });
};
"""
TICKER = "onmessage = () => setInterval(() => postMessage(null), 25);"


def answering(script: str) -> Callable[[Route], None]:
    """Return what answers with a script of ours."""
    headers = {"cross-origin-resource-policy": "same-origin"}
    return lambda route: route.fulfill(body=script, content_type="text/javascript", headers=headers)


def sitting(page: Page, url: str) -> None:
    """Open the slouch reminder before somebody who sits upright, and let it learn that."""
    for name, script in (("coach-worker", SITTER), ("ticker-worker", TICKER)):
        page.context.route(f"**/{name}*.js", answering(script))
    page.goto(f"{url}/desk/slouch")
    page.get_by_label("Speak when I have been down for").select_option("20")
    page.get_by_role("button", name="Start").click()
    page.locator("[data-island=slouch][data-state=watching]").wait_for()


def sits(page: Page, pose: str) -> None:
    page.evaluate("(pose) => new BroadcastChannel('sitter').postMessage(pose)", pose)


def posture(page: Page, wanted: str) -> None:
    page.locator(f"[data-island=slouch][data-posture={wanted}]").wait_for()


def test_it_learns_waits_and_speaks(demo, page):
    sitting(page, demo)
    posture(page, "upright")
    sits(page, "sunk")
    posture(page, "sunk")
    assert page.locator("[data-island=slouch]").get_attribute("data-reminders") is None
    posture(page, "slouched")
    page.locator("[data-island=slouch][data-reminders='1']").wait_for()
    assert text(page, "said") == "Grow tall: head back over the shoulders."
    sits(page, "upright")
    posture(page, "upright")
    assert text(page, "said") == "You sit as you wanted to."


def test_looking_down_leaving_and_snoozing_are_no_slouching(demo, page):
    sitting(page, demo)
    sits(page, "down")
    posture(page, "down")
    assert text(page, "said") == "You look down. That is no slouching."
    sits(page, "gone")
    posture(page, "away")
    page.wait_for_timeout(2_000)  # twelve seconds of an empty chair
    sits(page, "upright")
    posture(page, "upright")
    page.get_by_role("button", name="Quiet for 30 minutes").click()
    assert "Quiet for 30 more minutes." in text(page, "said")
    sits(page, "sunk")
    posture(page, "slouched")
    page.wait_for_timeout(500)
    assert page.locator("[data-island=slouch]").get_attribute("data-reminders") is None
    page.get_by_role("button", name="Stop").click()
    assert page.get_by_role("button", name="Start").is_visible()
    assert page.evaluate("document.querySelector('video').srcObject") is None


def test_nothing_of_it_is_sent(demo, page):
    sitting(page, demo)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    sits(page, "sunk")
    posture(page, "slouched")
    assert asked == []


def test_without_script_it_says_why_not(demo, open_page):
    page = open_page(script=False)
    page.goto(f"{demo}/desk/slouch")
    assert page.get_by_text("for that the page has to run scripts").is_visible()
    assert not page.get_by_role("button", name="Start").is_visible()
