"""Eat in a real browser: seen by axe, with and without script, and the shopping list without a network."""

from __future__ import annotations

import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from test_rooms import small_targets

import web_sample
from openback.services.profile_json import profile_json
from running import openback_server

pytestmark = pytest.mark.browser

RECIPE = "/eat/recipes/spinach_lentil_dal?servings=3"
PAGES = ("/eat", RECIPE, "/eat/recipes?text=lentil", "/eat/shopping", "/eat/targets", "/eat/wishes", "/")
QUESTIONS = tuple(
    f"/eat/wishes/{step}?first=1" for step in ("goal", "health", "diet", "likes", "time", "kitchen")
)


def send(method: str, address: str, body: object) -> Any:
    """Send JSON to the API and return what it answers."""
    request = urllib.request.Request(
        address, json.dumps(body, default=list).encode(), {"content-type": "application/json"}, method=method
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def get(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()


def plan(url: str, monday: date) -> None:
    """Plan a week as its form does, and wait until it is there."""
    form = urllib.parse.urlencode({"week": monday}).encode()
    urllib.request.urlopen(urllib.request.Request(f"{url}/eat/plan", form, {"origin": url})).close()
    until = time.monotonic() + 60
    while "eat-meal" not in get(f"{url}/eat?week={monday}"):
        assert time.monotonic() < until, "The week was not planned in a minute."
        time.sleep(0.3)


@contextmanager
def not_asked(folder: Path) -> Iterator[str]:
    """Yield the address of an app whose person was not asked about food."""
    with openback_server(folder) as server:
        profile = {**profile_json(web_sample.PROFILE), "birth_date": "1986-03-01"}
        send("PUT", f"{server.url}/api/v1/profile", profile)
        yield server.url


@pytest.fixture
def fresh(tmp_path) -> Iterator[str]:
    """The address of an app of one's own whose person was not asked about food."""
    with not_asked(tmp_path) as url:
        yield url


@pytest.fixture(scope="module")
def planned(tmp_path_factory) -> Iterator[str]:
    """The address of an app with a week of meals."""
    with not_asked(tmp_path_factory.mktemp("eat")) as url:
        today = date.today()  # noqa: DTZ011 - the person's local day, as the app has it
        plan(url, today - timedelta(days=today.weekday()))
        yield url


def test_the_first_visit_is_open_to_everybody(fresh, open_page, axe):
    page = open_page()
    for path in ("/eat", "/eat/shopping", *QUESTIONS):
        page.goto(fresh + path)
        axe(page)
        assert small_targets(page) == [], path
    page.goto(f"{fresh}/eat")
    assert page.get_by_role("link", name="Six short questions").bounding_box()["y"] < 844 - 64


def test_from_the_questions_to_a_week_without_script(fresh, open_page):
    page = open_page(script=False)
    page.goto(f"{fresh}/eat")
    page.get_by_role("link", name="Six short questions").click()
    for number in range(6):
        assert page.locator(".way span").inner_text() == f"{number + 1} of 6"
        page.locator(".thumb button").first.click()
    page.get_by_role("heading", name=re.compile("Planning your week|^Eat$")).wait_for()
    page.locator(".eat-meal").first.wait_for(timeout=60_000)
    assert page.get_by_role("status").filter(has_text="Your week is planned.").is_visible()


@pytest.mark.parametrize(("width", "height", "scheme"), [(390, 844, "light"), (1280, 800, "dark")])
def test_pages_are_open_to_everybody(planned, open_page, axe, width, height, scheme):
    page = open_page(width=width, height=height, scheme=scheme)
    for path in PAGES:
        page.goto(planned + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (
            f"{path} is wider than the screen"
        )
        if width < 640:  # with a mouse, the brand may be a thin line
            assert small_targets(page) == [], path


def test_a_laptop_shows_the_week_as_a_grid_and_a_phone_one_day(planned, open_page):
    laptop, phone = open_page(width=1280, height=800), open_page()
    for page in (laptop, phone):
        page.goto(f"{planned}/eat")
    assert laptop.locator(".eat-grid").is_visible()
    assert not laptop.locator(".eat-strip").is_visible()
    assert phone.locator(".eat-strip").is_visible()
    assert not phone.locator(".eat-grid").is_visible()
    cell = laptop.locator(".eat-cell").last
    cell.scroll_into_view_if_needed()
    before = laptop.evaluate("scrollY")
    name = cell.locator("span").inner_text()
    cell.click()
    laptop.locator(".eat-meal").filter(has_text=name).wait_for()
    assert laptop.locator("tr.eat-grid-shown").last.locator("td").last.inner_text().startswith(name)
    assert laptop.evaluate("[scrollY, location.hash]") == [before, ""]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_meal_is_swapped_and_taken_back(planned, open_page, axe, script):
    page = open_page(script=script)
    page.goto(f"{planned}/eat")
    meal = page.locator(".eat-meal").nth(2)
    before = meal.locator(".row-name").inner_text()
    meal.locator("summary").click()
    meal.get_by_role("link", name="Swap").click()
    sheet = page.get_by_role("dialog") if script else page.get_by_role("main")
    sheet.get_by_role("heading", name=before).wait_for()
    if script:
        axe(page)
    sheet.get_by_role("button", name=re.compile("^Take")).first.click()
    toast = page.get_by_role("status").filter(has_text="is now")
    toast.wait_for()
    assert page.locator(".eat-meal").nth(2).locator(".row-name").inner_text() != before
    toast.get_by_role("button", name="Undo").click()
    page.get_by_role("status").filter(has_text="Taken back.").wait_for()
    assert page.locator(".eat-meal").nth(2).locator(".row-name").inner_text() == before


def test_a_meal_is_planned_anew_and_pinned(planned, page):
    page.goto(f"{planned}/eat")
    meal = page.locator(".eat-meal").nth(1)
    before = meal.locator(".row-name").inner_text()
    meal.locator("summary").click()
    meal.get_by_role("button", name="Plan another").click()
    page.get_by_role("status").filter(has_text=re.compile("is now|stays as it is")).wait_for()
    meal = page.locator(".eat-meal").nth(1)
    assert meal.locator(".row-name").inner_text() != before
    meal.locator("summary").click()
    meal.get_by_role("button", name="Keep it").click()
    page.get_by_role("status").filter(has_text="This meal stays").wait_for()
    assert page.locator(".eat-meal").nth(1).get_by_text("Pinned").is_visible()


def test_a_meal_is_ticked_on_today_by_keyboard(planned, page):
    page.goto(planned)
    ticks = page.locator(".today-meals .eat-tick")
    assert ticks.first.get_attribute("aria-pressed") == "false"
    ticks.first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Breakfast is logged.").wait_for()
    assert page.locator(".today-meals .eat-tick").first.get_attribute("aria-pressed") == "true"
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    page.get_by_role("status").filter(has_text="Taken back.").wait_for()
    assert page.locator(".today-meals .eat-tick").first.get_attribute("aria-pressed") == "false"


def test_the_page_stays_where_it_was_when_a_meal_is_ticked(planned, page):
    page.goto(f"{planned}/eat")
    tick = page.locator(".eat-meal .eat-tick").nth(2)
    tick.scroll_into_view_if_needed()
    page.evaluate("window.scrollBy(0, 60)")
    before = page.evaluate("scrollY")
    assert before > 0
    tick.click()
    page.get_by_role("status").filter(has_text="Dinner is logged.").wait_for()
    assert page.evaluate("[Math.round(scrollY), location.hash]") == [round(before), ""]
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    page.get_by_role("status").filter(has_text="Taken back.").wait_for()


def test_recipes_are_found_while_one_types_and_the_address_follows(planned, page):
    page.goto(f"{planned}/eat/recipes")
    page.get_by_label("Find a recipe").press_sequentially("salmon")
    page.get_by_text(re.compile("recipes? found")).wait_for()
    assert page.locator(".recipe-card").count() >= 1
    page.wait_for_function("location.href.endsWith('/eat/recipes?text=salmon')")


def test_a_recipe_is_scaled_and_logged(planned, page):
    page.goto(f"{planned}/eat/recipes/spinach_lentil_dal")
    first = page.locator(".ingredients .row-value").first
    before = first.inner_text()
    page.get_by_role("button", name="More servings").click()
    page.wait_for_url(re.compile("servings=3"))
    assert first.inner_text() != before
    page.get_by_role("button", name="Log", exact=True).click()
    assert page.get_by_role("status").filter(has_text="1 serving logged").is_visible()


def test_the_shopping_list_works_without_a_network(planned, page, axe):
    page.goto(f"{planned}/eat/shopping")
    page.locator(".shopping[data-kept]").wait_for()
    page.context.set_offline(True)
    line = page.locator(".shopping-line").nth(2)
    line.click()
    assert line.get_attribute("aria-pressed") == "true"
    page.get_by_text("1 change waiting to sync; kept on this device.").wait_for()
    axe(page)
    page.reload()
    line = page.locator(".shopping-line").nth(2)
    assert line.get_attribute("aria-pressed") == "true"
    assert page.locator("[data-shopping-done]").inner_text() == "1"
    page.context.set_offline(False)
    page.locator("[data-sync]").wait_for(state="detached")
    assert get(f"{planned}/eat/shopping").count('aria-pressed="true"') == 1


def test_the_shopping_list_is_printed_without_what_one_presses(planned, page):
    page.goto(f"{planned}/eat/shopping")
    assert page.get_by_role("button", name="Print").is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Print").is_visible()
    assert not page.locator(".room-tabs").is_visible()
    assert page.locator(".shopping-line").first.is_visible()
