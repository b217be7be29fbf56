"""Progress in a real browser: the weeks of the muscle map, the fan, notes of a day, and the pages as everybody sees them."""

from __future__ import annotations

import re

import pytest
from looking import open_to_everybody

pytestmark = pytest.mark.browser

PAGES = ("/progress", "/progress/body", "/progress/review", "/progress/notes")


@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_use_it(demo, open_page, axe, path):
    page = open_page()
    page.goto(f"{demo}{path}")
    page.get_by_role("heading", level=1).wait_for()
    open_to_everybody(page, axe)


def test_the_first_day_everybody_can_use_it(untouched, open_page, axe):
    page = open_page()
    page.goto(f"{untouched}/progress")
    page.get_by_text("Your strength will stand here").wait_for()
    axe(page)


def test_the_weeks_of_the_map_follow_the_slider(demo, open_page):
    page = open_page(width=1280, height=800)
    page.goto(f"{demo}/progress")
    card = page.locator("#map")
    slider = card.get_by_role("slider", name="Week")
    slider.wait_for()
    assert not card.get_by_role("link", name="Week before").is_visible()
    lats = card.locator('[data-row="latissimus_dorsi"] .row-sub')
    now, name = lats.inner_text(), card.locator("[data-week-name]")
    assert name.inner_text() == "This week"
    slider.press("Home")
    assert re.match(r"Week from \d+ \w+", name.inner_text())
    assert slider.get_attribute("aria-valuetext") == name.inner_text()
    shown = [
        shape.get_attribute("data-level") for shape in card.locator('[data-muscle="latissimus_dorsi"]').all()
    ]
    swatch = card.locator('[data-row="latissimus_dorsi"] .bm-muscle').get_attribute("data-level")
    assert set(shown) == {swatch}
    slider.press("End")
    assert (name.inner_text(), lats.inner_text()) == ("This week", now)


def test_the_weeks_play_to_the_last_one(demo, open_page):
    page = open_page()
    page.clock.install()
    page.goto(f"{demo}/progress")
    play = page.get_by_role("button", name="Play the weeks")
    play.click()
    stop = page.get_by_role("button", name="Stop")
    assert stop.get_attribute("aria-pressed") == "true"
    name = page.locator("[data-week-name]")
    assert name.inner_text() != "This week"
    page.clock.run_for(60_000)
    assert name.inner_text() == "This week"
    assert play.get_attribute("aria-pressed") == "false"


def test_without_script_the_weeks_are_links(demo, open_page):
    page = open_page(script=False)
    page.goto(f"{demo}/progress")
    page.get_by_role("link", name="Week before").click()
    page.wait_for_url("**/progress?week=*")
    assert page.locator("[data-week-name]").inner_text() != "This week"
    page.get_by_role("link", name="Week after").wait_for()
    assert page.locator(".curve-fan").first.is_visible()


def test_a_curve_answers_a_finger_also_in_its_fan(demo, open_page):
    page = open_page(width=1280, height=800)
    page.goto(f"{demo}/progress")
    plot = page.locator(".curve-more[open] .u-over")
    plot.wait_for()
    box = plot.bounding_box()
    caption = page.locator(".curve-more[open] figcaption")
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + 60)
    page.wait_for_function("e => e.textContent.endsWith(', ahead')", arg=caption.element_handle())
    assert re.fullmatch(r"\d+ \w+: [\d.]+ kg \([\d.]+ to [\d.]+\), ahead", caption.inner_text())
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.wait_for_function("e => !e.textContent.endsWith(', ahead')", arg=caption.element_handle())


def test_a_day_is_noted_and_taken_back(demo, open_page):
    page = open_page()
    page.goto(f"{demo}/progress/notes")
    turn = page.get_by_role("button", name="Turn the notes on")
    if turn.is_visible():
        turn.click()
    page.goto(f"{demo}/progress/notes?month=2026-01-01&on=2026-01-14")
    page.get_by_role("heading", name="Wednesday 14 January").wait_for()
    page.get_by_text("Light", exact=True).click()
    page.get_by_label("Note (if you like)").fill("A note of a test")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Wednesday 14 January, bleeding: light, a period began, noted").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.").wait_for()
    assert "A note of a test" not in page.content()
