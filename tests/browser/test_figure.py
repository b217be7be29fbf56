"""The moving figure in a real browser: it draws, plays, turns, stands still, and asks no other host."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from openback.web.figures import Figures

pytestmark = pytest.mark.browser

PAGE = "/library/wide_grip_lat_pulldown"


@pytest.fixture
def address(untouched) -> str:
    if Figures().skin("female") is None:
        pytest.skip("the browser's files are not built: run `make assets`")
    return untouched


def drawn(page, address):
    page.goto(address + PAGE)
    page.wait_for_selector("[data-island=figure][data-drawn=true]", timeout=30_000)
    return page


def test_the_figure_draws_and_stands_still_with_reduced_motion(address, open_page, axe):
    page = drawn(open_page(), address)
    assert page.get_by_role("button", name="Play").is_visible()
    assert page.locator("[data-island=figure]").get_attribute("data-playing") == "false"
    still = page.locator("[data-turn]").screenshot()
    page.wait_for_timeout(400)
    assert page.locator("[data-turn]").screenshot() == still
    axe(page)


def test_the_canvas_shows_a_body(address, open_page):
    page = drawn(open_page(), address)
    shown = np.asarray(Image.open(io.BytesIO(page.locator("[data-turn]").screenshot())).convert("RGB"), int)
    ground = shown[4, 4]
    assert 0.05 < (np.abs(shown - ground).sum(-1) > 60).mean() < 0.8
    assert (shown[..., 0] - shown[..., 2] > 70).sum() > 100  # muscles at work


def test_play_moves_it_and_pause_stops_it(address, open_page):
    page = drawn(open_page(), address)
    stage = page.locator("[data-turn]")
    before = stage.screenshot()
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(700)
    page.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(200)
    after = stage.screenshot()
    assert after != before
    page.wait_for_timeout(300)
    assert stage.screenshot() == after


def test_keys_and_buttons_turn_it(address, open_page):
    page = drawn(open_page(), address)
    turn = page.get_by_role("slider", name="Where you look from")
    start = int(turn.get_attribute("aria-valuenow"))
    turn.focus()
    page.keyboard.press("ArrowRight")
    assert int(turn.get_attribute("aria-valuenow")) in {start + 15, start + 15 - 360}
    page.get_by_role("button", name="Front", exact=True).click()
    page.wait_for_function(
        "document.querySelector('[data-turn]').getAttribute('aria-valuetext') === 'from the front'"
    )


def test_without_script_there_are_two_pictures(address, open_page):
    page = open_page(script=False)
    page.goto(address + PAGE)
    pictures = page.locator(".figure-stills img")
    assert pictures.count() == 2
    page.wait_for_load_state("load")
    assert [one.bounding_box()["width"] > 100 for one in pictures.all()] == [True, True]
    assert page.locator("[data-turn]").is_hidden()


def test_without_webgl_the_picture_stays(address, open_page):
    page = open_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(address + PAGE)
    page.wait_for_timeout(1500)
    assert page.locator(".figure-stills img").first.is_visible()
    assert page.locator("[data-turn]").is_hidden()
