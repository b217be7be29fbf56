"""The live coach before a camera: it counts what a clip of the same frames gives, nothing else leaves, and it comes back."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

import pytest
from coaching import (
    FAKE,
    GRANTED,
    Traffic,
    Wire,
    begin,
    coach_page,
    counting,
    end,
    launched,
    numbers,
    wait,
)

import coach_camera
import coach_film
from motion_set import exercise, made
from openback.catalogue import load_catalogue
from openback.motion.engine import Known, SetWatcher
from openback.motion.synthesis.made_set import SetPlan
from openback.services.clip_words import unit_of
from openback.services.clips import gradable
from openback.services.coach.answers import event_json, set_json
from openback.services.coach.frames import decoded

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

    from openback.model.motion import LandmarkFrame

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

LATEST_MS = 40.0
BACK_WITHIN_S = 2.0
# Beyond this no other work on the machine explains it: something waits that should not.
NEVER_MS = 5 * LATEST_MS
TRIES = 3
ANSWERS = 60
MADE = "lateral_raise"
FILMS = {"figure": MADE, "clip": "wide_grip_lat_pulldown"}
CLIP = "sebitzu_lat_pulldown.mp4"

# A browser without a screen has nothing to hide behind, and no screen to keep on.
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => (hidden ? "hidden" : "visible") });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
WAKE = """
globalThis.wakes = [];
globalThis.lock = { released: false, release: async () => void wakes.push("let go") };
const request = async () => (wakes.push("asked"), (lock.released = false), lock);
Object.defineProperty(Navigator.prototype, "wakeLock", { get: () => ({ request }) });
"""
TURNING = """
const canvas = document.createElement("canvas");
[canvas.width, canvas.height] = [320, 240];
const pen = canvas.getContext("2d");
setInterval(() => { pen.fillStyle = `hsl(${Date.now() % 360} 50% 50%)`; pen.fillRect(0, 0, 400, 400); }, 60);
globalThis.turn = () => ([canvas.width, canvas.height] = [240, 320]);
MediaDevices.prototype.getUserMedia = async () => canvas.captureStream(15);
"""


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What starts browsers, each with a camera of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as one:
        yield one


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """A set that was lifted before the camera: what went over the wire, and the numbers of the debug overlay."""

    exercise: str
    traffic: Traffic
    report: dict[str, Any]
    numbers: dict[str, float]


def lifted(playwright: Playwright, url: str, film: str, name: str) -> Lifted:
    """Lift before a camera that shows this film until three reps are counted, in a browser of its own."""
    with launched(playwright, FAKE, GRANTED, f"--use-file-for-fake-video-capture={film}") as browser:
        page, traffic = coach_page(browser, url, name)
        begin(page)
        counting(page, traffic)
        wait(page, lambda: reps(traffic) >= 3, "three reps were never counted", within_s=60)
        seen = numbers(page)
        report = end(page, traffic)
        return Lifted(exercise=name, traffic=traffic, report=report, numbers=seen)


def reps(traffic: Traffic) -> int:
    return sum(one["kind"] == "rep" and one["rep"]["n"] is not None for one in traffic.events)


@pytest.fixture(scope="module", params=FILMS)
def a_set(request, playwright, demo, tmp_path_factory) -> Lifted:
    """A set of the rendered figure, and one of a real clip; again when a busy machine lost a frame of it."""
    pytest.importorskip("cv2", reason="the video parts are not installed")
    film = tmp_path_factory.mktemp("film") / f"{request.param}.y4m"
    if request.param == "figure":
        coach_film.figure_film(film, FILMS["figure"])
    else:
        coach_film.clip_film(film, request.getfixturevalue("real_dir") / "video" / CLIP)
    for _ in range(TRIES):
        one = lifted(playwright, demo, str(film), FILMS[request.param])
        if one.numbers["server_dropped"] == one.traffic.since_start[0]["dropped"]:
            break
    return one


def test_a_set_before_the_camera_is_what_a_clip_of_its_frames_gives(a_set):
    traffic, rule = a_set.traffic, exercise(a_set.exercise)
    frames = traffic.frames()
    watcher = SetWatcher(rule, known=Known(others=gradable(load_catalogue())))
    events = [event for frame in frames for event in watcher.push(frame)]
    events += watcher.finish()
    told = [event_json(event, unit_of(rule)) for event in events]
    assert traffic.events == json.loads(json.dumps(told))
    expected = json.loads(json.dumps(set_json(watcher.report(), rule)))
    assert unreserved(a_set.report["report"]) == unreserved(expected["report"])
    assert a_set.report["fill"]["reps"] == expected["fill"]["reps"] >= 2
    assert a_set.report["fill"]["faults"] == expected["fill"]["faults"]
    if a_set.exercise == MADE:  # every other rep of the film is let down in a hurry
        assert "dropped" in {one["id"] for one in a_set.report["fill"]["faults"]}


def unreserved(report: dict[str, Any]) -> dict[str, Any]:
    """A report without reps in reserve: those are told from earlier sets, too."""
    return {key: value for key, value in report.items() if key != "reserve"}


def test_the_picture_never_leaves_the_device(a_set):
    traffic = a_set.traffic
    assert traffic.hosts() == {"127.0.0.1"}
    assert max(len(one) for one in traffic.sent) <= 944
    assert sum(isinstance(one, bytes) for one in traffic.sent) > 20
    assert [(url, size) for url, size in traffic.requests if size > 0] == []
    assert all(not url.startswith("blob:") for url, _ in traffic.requests)


# --- With a stand-in for the pose model ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser(playwright) -> Iterator[Browser]:
    """A browser whose camera shows a test picture; a stand-in finds the person in it."""
    with launched(playwright, FAKE, GRANTED) as one:
        yield one


@pytest.fixture
def frames() -> Sequence[LandmarkFrame]:
    """A made set that takes the picture of a calm camera."""
    return tuple(made(MADE, SetPlan(reps=3, fps=30, drop_outs=False)).frames)


@pytest.fixture
def watched(browser, demo, frames) -> Iterator[tuple[Page, Traffic]]:
    """A page that looks, before the count."""
    page, traffic = coach_page(browser, demo, MADE, frames=frames, script=WAKE)
    begin(page)
    wait(page, lambda: bool(traffic.of("events")), "nothing was answered")
    yield page, traffic
    page.context.close()


def test_our_part_of_the_latency_is_small(watched, record_property):
    """From landmarks to their answer on the screen. Other work on this machine counts as ours, so there are some tries."""
    page, _ = watched
    best = inf
    for _ in range(TRIES):
        goal = numbers(page).get("measured", 0) + ANSWERS
        wait(page, lambda goal=goal: numbers(page)["measured"] >= goal, "too few answers")
        best = min(best, numbers(page)["p95_ours_ms"])
        if best <= LATEST_MS:
            break
    record_property("ours_p95_ms", best)
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    if LATEST_MS < best <= NEVER_MS:
        pytest.skip(f"{best:.0f} ms, not {LATEST_MS:.0f}, with {load:.1f} programs a core: no quiet machine")
    assert best <= LATEST_MS, numbers(page)


def test_a_cut_connection_is_back_within_two_seconds_and_the_count_goes_on(browser, demo, frames):
    wire = Wire(demo)
    page, traffic = coach_page(browser, wire.url, MADE, frames=frames)
    begin(page)
    counting(page, traffic)
    coach_camera.order(page, "begin")
    wait(page, lambda: reps(traffic) == 1, "no rep was counted")
    cut_s = time.monotonic()
    wire.cut()
    wait(page, lambda: len(traffic.of("ready")) > 1, "the connection did not come back")
    back_s = traffic.got_at_s[traffic.got.index(traffic.of("ready")[1])]
    assert traffic.of("ready")[1]["resumed"]
    assert traffic.of("ready")[1]["reps"] == 1
    assert back_s - cut_s < BACK_WITHIN_S
    wait(page, lambda: reps(traffic) >= 2, "the count did not go on")
    assert [one["rep"]["n"] for one in traffic.events if one["kind"] == "rep"] == [1, 2]
    assert end(page, traffic)["fill"]["reps"] == 2
    page.context.close()
    wire.close()


def test_a_lost_connection_is_shown(browser, demo, frames):
    wire = Wire(demo)
    page, traffic = coach_page(browser, wire.url, MADE, frames=frames)
    begin(page)
    wait(page, lambda: bool(traffic.of("events")), "nothing was answered")
    wire.close()
    page.get_by_text("The connection is lost").wait_for()
    page.context.close()


def test_a_hidden_page_rests_and_says_so(watched):
    page, traffic = watched
    page.evaluate(HIDE, True)
    page.wait_for_timeout(300)
    before = len(traffic.sent)
    page.wait_for_timeout(700)
    assert all(isinstance(one, str) for one in traffic.sent[before:])
    page.evaluate(HIDE, False)
    counted = len(traffic.of("events"))
    wait(page, lambda: len(traffic.of("events")) > counted, "it did not go on")


def test_the_screen_stays_on_while_somebody_is_watched(watched):
    page, _ = watched
    assert page.evaluate("wakes") == ["asked"]
    page.evaluate("lock.released = true")
    page.evaluate(HIDE, True)
    page.evaluate(HIDE, False)
    page.wait_for_timeout(50)
    assert page.evaluate("wakes") == ["asked", "asked"]
    page.locator("[data-do=leave]").click()
    assert page.evaluate("wakes") == ["asked", "asked", "let go"]


def test_a_camera_that_is_unplugged_is_missed(watched):
    page, traffic = watched
    page.evaluate(
        "document.querySelector('video').srcObject.getVideoTracks()[0].dispatchEvent(new Event('ended'))"
    )
    page.get_by_role("heading", name="The camera went away").wait_for()
    wait(page, lambda: len(traffic.closed_at_s) == 1, "the connection stayed")


# --- Without a camera, and with one that turns ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "title"),
    [
        ((FAKE,), "The camera is not allowed"),
        ((f"{FAKE}=device-count=0", GRANTED), "There is no camera"),
    ],
    ids=["refused", "none"],
)
def test_without_a_camera_the_page_says_what_to_do(playwright, demo, flags, title):
    with launched(playwright, *flags) as browser:
        page, traffic = coach_page(browser, demo, MADE)
        begin(page)
        page.get_by_role("heading", name=title).wait_for()
        assert traffic.sockets == []


def test_a_phone_that_is_turned_goes_on_with_the_turned_picture(browser, demo):
    page, traffic = coach_page(browser, demo, MADE, script=TURNING)
    begin(page)
    wait(
        page,
        lambda: sizes(traffic)[-1:] == [(320, 240)],
        "the upright picture was not looked at",
        within_s=40,
    )
    page.evaluate("turn()")
    wait(page, lambda: sizes(traffic)[-1:] == [(240, 320)], "the turned picture was not looked at")
    assert numbers(page)["server_refused"] == 0
    page.context.close()


def sizes(traffic: Traffic) -> list[tuple[int, int]]:
    found = [decoded(one).frame for one in traffic.sent if isinstance(one, bytes)]
    return [(frame.width_px, frame.height_px) for frame in found]
