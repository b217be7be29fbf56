"""Clips in a real browser: sent from a session, filled into the row, played with the skeleton over them."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from looking import open_to_everybody
from test_training_rooms import ask, ready, settled, until

import filming
from running import openback_server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

SERVER = Path(filming.__file__).with_name("filming_server.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filmed:
    """A session with a clip that was read."""

    url: str
    session: str
    clip: str


# The sample person's weight may ask for warm-up sets before it.
WORK_ROW = "[data-row][data-kind=work]"


@pytest.fixture(scope="module")
def video(tmp_path_factory) -> Path:
    """A small video that every browser plays."""
    pytest.importorskip("cv2", reason="the video parts are not installed")
    return filming.write_video(tmp_path_factory.mktemp("film") / "Set one.webm")


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[str]:
    """The address of the sample person's app, whose clips a stand-in reads."""
    folder = tmp_path_factory.mktemp("demo")
    with openback_server(folder, "demo", command=(sys.executable, str(SERVER))) as server:
        yield server.url


@pytest.fixture
def session(demo) -> str:
    """The address of a session with a pull-down."""
    begun = ask("POST", f"{demo}/api/v1/sessions", {})["id"]
    ask("POST", f"{demo}/api/v1/sessions/{begun}/exercises", {"exercise": filming.PULL})
    return f"{demo}/session/{begun}"


def add_clip(page: Page, session: str, video: Path) -> None:
    """Add a clip of the first set by the sheet."""
    ready(page, session)
    page.locator(".screen:not([hidden]) .screen-actions [data-film]").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_text("Set 1", exact=True).click()
    sheet.get_by_label("From this device").set_input_files(video)
    page.locator("[data-clip]").wait_for()


def when_read(page: Page) -> None:
    """Wait until the clip is read and its row says so."""
    page.locator("[data-clip]:not([data-clip-open])").wait_for(timeout=30_000)


def clip_page(page: Page) -> None:
    """Open the clip of the first row, and wait for its skeleton and its video."""
    page.locator("[data-clip] .clip-go").first.click()
    page.locator("[data-skeleton=there]").wait_for()
    until(page, "document.querySelector('video').readyState >= 2")


def at_s(page: Page) -> float:
    return float(page.evaluate("document.querySelector('video').currentTime"))


def drawn(page: Page) -> int:
    """How many points of the picture the skeleton covers."""
    return int(
        page.evaluate(
            """() => {
              const over = document.querySelector("[data-over]");
              const { data } = over.getContext("2d").getImageData(0, 0, over.width, over.height);
              return data.filter((value, at) => at % 4 === 3 && value > 0).length;
            }"""
        )
    )


@pytest.fixture(scope="module")
def filmed(demo, video, chromium) -> Filmed:
    """A session whose first set has a clip, for tests that only look."""
    begun = ask("POST", f"{demo}/api/v1/sessions", {})["id"]
    ask("POST", f"{demo}/api/v1/sessions/{begun}/exercises", {"exercise": filming.PULL})
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    add_clip(page, f"{demo}/session/{begun}", video)
    when_read(page)
    clip = page.locator("[data-clip]").first.get_attribute("data-clip")
    context.close()
    return Filmed(url=demo, session=f"{demo}/session/{begun}", clip=f"{demo}/clips/{clip}")


# --- Open to everybody -------------------------------------------------------------------------------


def test_clips_are_open_to_everybody(filmed, page, axe):
    for address in (
        filmed.clip,
        filmed.session,
        f"{filmed.session}/clip?exercise={filming.PULL}",
        f"{filmed.url}/settings/clips",
        f"{filmed.url}/library/{filming.PULL}",
    ):
        page.goto(address)
        open_to_everybody(page, axe)


# --- The way in --------------------------------------------------------------------------------------


def test_a_clip_fills_its_row_and_that_can_be_undone(session, video, page):
    add_clip(page, session, video)
    row = page.locator(WORK_ROW).first
    planned = row.locator("[data-shown=amount]").inner_text()
    assert planned != "3"
    when_read(page)
    page.locator(".toast").get_by_text("Set 1: 3 reps from the clip.").wait_for()
    danger = page.locator(".screen:not([hidden]) [data-danger]")
    danger.get_by_text("Keep the bar in front of your face.").wait_for()
    assert "In the clip of set 1, in rep 1." in danger.inner_text()
    assert str(danger.get_by_role("link").get_attribute("href")).endswith("?t=0.40")
    assert row.locator(".set-value b").last.inner_text() == "3"
    page.locator(".toast").get_by_role("button", name="Undo").click()
    assert row.locator(".set-value b").last.inner_text() == planned


def test_what_was_typed_stays_until_it_is_changed_by_hand(session, video, page):
    add_clip(page, session, video)
    row = page.locator(WORK_ROW).first
    row.locator("summary").click()
    row.get_by_label("Reps", exact=True).fill("11")
    row.get_by_label("Reps", exact=True).blur()
    when_read(page)
    row.get_by_text("The clip counted 3 reps; what you typed stays.").wait_for()
    assert row.get_by_label("Reps", exact=True).input_value() == "11"
    row.get_by_role("button", name="Use 3 reps").click()
    assert row.get_by_label("Reps", exact=True).input_value() == "3"


def test_a_set_logged_meanwhile_keeps_its_clip_and_its_reps(session, video, page):
    add_clip(page, session, video)
    row = page.locator(WORK_ROW).first
    row.locator(".tick").click()
    settled(page)
    when_read(page)
    page.reload()
    page.locator("[data-main]").wait_for()
    row = page.locator(WORK_ROW).first
    assert "set--done" in str(row.get_attribute("class"))
    row.get_by_text(re.compile(r"The clip counted 3 reps; you logged \d+ reps\.")).wait_for()
    row.get_by_role("button", name="Use 3 reps").click()
    page.locator(".toast").get_by_text("The set has what the clip counted.").wait_for()
    assert page.locator(WORK_ROW).first.locator("[data-shown=amount]").inner_text() == "3"
    page.locator(".toast").get_by_role("button", name="Undo").click()
    assert page.locator(WORK_ROW).first.locator("[data-shown=amount]").inner_text() != "3"


def test_a_file_that_is_no_video_is_said_in_the_sheet(session, tmp_path, page):
    text = tmp_path / "notes.mp4"
    text.write_text("Bring a towel.\n" * 20)
    ready(page, session)
    page.locator(".screen:not([hidden]) .screen-actions [data-film]").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("From this device").set_input_files(text)
    sheet.get_by_role("alert").get_by_text("notes.mp4 is not a video that can be read.").wait_for()


def test_a_clip_can_be_added_and_looked_at_without_script(session, video, open_page):
    page = open_page(script=False)
    page.goto(session)
    page.locator("main").get_by_role("link", name="Add a clip").last.click()
    page.get_by_label("From this device").set_input_files(video)
    page.get_by_role("button", name="Add the clip").click()
    page.get_by_text("The clip is kept. Its reading goes on by itself.").wait_for()
    end_s = time.monotonic() + 30
    while page.get_by_text("counted from the clip.").count() == 0:
        assert time.monotonic() < end_s
        time.sleep(0.3)
        page.reload()
    page.get_by_role("link", name="Look at the clip of this set").click()
    page.get_by_text("Rep 2 · 0:03.1").click()
    assert page.url.endswith("?t=2.50")
    assert str(page.locator("video").get_attribute("src")).endswith("/video#t=2.50")
    assert page.locator("video").get_attribute("controls") is not None


def test_the_page_of_a_clip_shows_more_once_it_is_read(session, video, page):
    add_clip(page, session, video)
    page.locator("[data-clip] .clip-go").first.click()
    page.locator("#progress progress").wait_for()
    page.locator("#faults").wait_for(timeout=30_000)
    page.locator("[data-skeleton=there]").wait_for()


# --- The player --------------------------------------------------------------------------------------


def test_the_skeleton_is_drawn_over_the_video_by_its_own_time(filmed, page):
    page.goto(filmed.session)
    clip_page(page)
    assert drawn(page) > 500
    page.evaluate("document.querySelector('video').currentTime = 5.8")  # nobody is found there
    until(page, "document.querySelector('[data-over]').dataset.moment === '116'")
    assert drawn(page) == 0


def test_a_fault_leads_to_its_moment_and_stops_there(filmed, page):
    page.goto(filmed.clip)
    page.locator("[data-skeleton=there]").wait_for()
    page.get_by_role("link", name="Rep 2, at 0:03.1: short range").click()
    until(page, "document.querySelector('video').currentTime >= 2.5")
    until(page, "document.querySelector('video').paused && document.querySelector('video').currentTime > 3")
    assert 3.0 <= at_s(page) <= 3.4
    page.locator("[data-flag]").get_by_text("All the way up between reps.").wait_for()
    assert page.locator("tr[data-here]").inner_text().startswith("Rep 2")


def test_keys_and_buttons_go_by_reps_and_pictures(filmed, page):
    page.goto(filmed.clip)
    page.locator("[data-skeleton=there]").wait_for()
    until(page, "document.querySelector('video').readyState >= 2")
    page.keyboard.press("]")
    until(page, "Math.abs(document.querySelector('video').currentTime - 2) < 0.05")
    page.get_by_role("button", name="The next rep").click()
    until(page, "Math.abs(document.querySelector('video').currentTime - 4) < 0.05")
    page.keyboard.press("[")
    until(page, "Math.abs(document.querySelector('video').currentTime - 2) < 0.05")
    page.keyboard.press(".")
    until(page, "Math.abs(document.querySelector('video').currentTime - 2.075) < 0.03")
    page.locator("label", has_text="¼×").click()
    assert page.evaluate("document.querySelector('video').playbackRate") == 0.25
    page.keyboard.press("s")
    assert page.locator("[data-over]").is_hidden()
    assert page.get_by_role("button", name="Skeleton").get_attribute("aria-pressed") == "false"


def test_a_moment_in_the_address_is_where_it_begins(filmed, page):
    page.goto(f"{filmed.clip}?t=4.60")
    until(page, "Math.abs(document.querySelector('video').currentTime - 4.6) < 0.1")


def test_a_clip_is_taken_out_and_brought_back(session, video, page):
    add_clip(page, session, video)
    when_read(page)
    clip_page(page)
    page.get_by_role("button", name="Delete the clip and what it showed").click()
    page.locator(".toast").get_by_text("The clip is taken out, with what it counted.").wait_for()
    assert page.locator("[data-clip]").count() == 0
    page.locator(".toast").get_by_role("button", name="Undo").click()
    page.locator("[data-skeleton=there]").wait_for()
    assert page.locator("video").count() == 1
