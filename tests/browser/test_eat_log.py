"""The food log on a phone: seen by axe, by thumb and by key; barcodes from a camera; without script and without camera."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from coaching import FAKE, GRANTED, launched

import web_sample
from barcode_film import barcode_film
from openback.services.profile_json import profile_json
from running import openback_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

EAN = "4006381333931"
LOGGED = (
    ("breakfast", "rolled_oats", 60), ("breakfast", "blueberries", 80), ("lunch", "lentils_cooked", 180),
    ("lunch", "tomato", 150), ("snack", "banana", 118), ("dinner", "broccoli", 200),
)  # fmt: skip
PAGES = (
    "/eat/log", "/eat/log/add?slot=lunch", "/eat/log/add?text=oat", "/eat/log/food/banana", "/eat/log/scan",
    "/eat/log/recipe/lentil_shakshuka", "/eat/foods/new", f"/eat/foods/new?barcode={EAN}", "/eat/foods/import",
    "/eat/nutrients", "/eat/nutrients?over=week", "/eat/weight",
)  # fmt: skip
LOOKS = ("/eat/log", f"/eat/foods/new?barcode={EAN}", "/eat/nutrients", "/eat/weight")
SMALL = """() => [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
    .map((one) => one.closest("label") ?? one)
    .filter((one) => one.checkVisibility() && !one.closest("p, .skip"))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
    .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`)"""


def post(address: str, **form: object) -> None:
    """Send a form as a page without script would."""
    body = urllib.parse.urlencode({name: str(value) for name, value in form.items()}).encode()
    with urllib.request.urlopen(address, body) as answer:
        assert answer.status == 200


@pytest.fixture(scope="module")
def eater(tmp_path_factory) -> Iterator[str]:
    """The address of an app whose person has eaten and weighed for two weeks."""
    with openback_server(tmp_path_factory.mktemp("eater")) as server:
        profile = {**profile_json(web_sample.PROFILE), "birth_date": "1986-03-01"}
        request = urllib.request.Request(
            f"{server.url}/api/v1/profile", json.dumps(profile, default=list).encode(),
            {"content-type": "application/json"}, method="PUT",
        )  # fmt: skip
        urllib.request.urlopen(request).close()
        today = date.today()  # noqa: DTZ011 - the day of the machine that the app runs on
        for slot, food, grams in LOGGED:
            post(f"{server.url}/eat/log/food/{food}", on=today, slot=slot, amount=grams, unit="g")
        yesterday = today - timedelta(days=1)
        post(f"{server.url}/eat/log/food/almonds", on=yesterday, slot="snack", amount=30, unit="g")
        post(f"{server.url}/eat/log/star", on=yesterday, key="almonds", starred="true")
        for back in range(0, 14, 2):
            post(f"{server.url}/eat/weight", on=today - timedelta(days=back), mass=65 + back / 50)
        post(f"{server.url}/eat/weight/measures", waist_cm=75, hip_cm=99, neck_cm=32)
        yield server.url


@pytest.fixture(scope="module")
def chromium(tmp_path_factory) -> Iterator[Browser]:
    """A browser before whose camera somebody holds a barcode."""
    from playwright.sync_api import sync_playwright

    film = barcode_film(tmp_path_factory.mktemp("film") / "barcode.y4m", EAN)
    with (
        sync_playwright() as playwright,
        launched(playwright, FAKE, GRANTED, f"--use-file-for-fake-video-capture={film}") as browser,
    ):
        yield browser


@pytest.mark.parametrize(
    ("size", "scheme", "paths"),
    [((390, 844), "light", PAGES), ((1280, 800), "dark", LOOKS)],
    ids=["phone", "laptop"],
)
def test_pages_are_open_to_everybody(eater, open_page, axe, size, scheme, paths):
    page = open_page(width=size[0], height=size[1], scheme=scheme)
    for path in paths:
        answer = page.goto(eater + path)
        assert answer.status == 200, path
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], (
            f"{path} is wider than the screen"
        )
        assert size[0] > 400 or page.evaluate(SMALL) == [], path


def test_logging_takes_a_few_taps_and_can_be_taken_back(eater, page, axe):
    page.goto(f"{eater}/eat/log")
    page.get_by_role("link", name="Add to dinner").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("searchbox").press_sequentially("salmn", delay=20)
    sheet.get_by_role("link", name=re.compile("^Salmon")).first.click()
    amount = page.get_by_role("dialog").last
    amount.get_by_text("grams", exact=True).click()
    amount.get_by_label("How much").fill("150")
    assert amount.locator("[data-holds]").inner_text().startswith("150 g · ")
    axe(page)
    amount.get_by_role("button", name="Log it").click()
    entry = page.get_by_role("link", name=re.compile("^Salmon.*150 g"))
    entry.wait_for()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    entry.wait_for(state="detached")


def test_the_amount_follows_its_unit(eater, page):
    page.goto(f"{eater}/eat/log/food/banana")
    number = page.get_by_label("How much")
    grams = float(page.locator("input[name=unit]").first.get_attribute("data-mass-g") or 0)
    page.get_by_role("button", name="More").click()
    assert number.input_value() == "1.5"
    page.get_by_text("grams", exact=True).click()
    assert float(number.input_value()) == pytest.approx(1.5 * grams, abs=0.6)
    page.get_by_role("button", name="Less").click()
    assert float(number.input_value()) == pytest.approx(1.5 * grams - 10, abs=0.6)


def test_by_key_alone(eater, page):
    page.goto(f"{eater}/eat/log")
    link = page.get_by_role("link", name="Add to lunch")
    link.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("searchbox").focus()
    page.keyboard.type("apple")
    sheet.get_by_role("link", name=re.compile("^Apple")).first.wait_for()
    page.keyboard.press("Escape")  # empties the field
    page.keyboard.press("Escape")
    sheet.wait_for(state="detached")
    assert page.evaluate("document.activeElement.textContent").strip().startswith("Add")


def test_everything_goes_without_script(eater, open_page):
    page = open_page(script=False)
    page.goto(f"{eater}/eat/log")
    page.get_by_role("link", name="Add to breakfast").click()
    page.get_by_role("searchbox").fill("walnut")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=re.compile("^Walnut")).first.click()
    page.locator("label", has_text="grams").click()
    page.get_by_label("How much").fill("25")
    page.get_by_role("button", name="Log it").click()
    page.get_by_role("link", name=re.compile("^Walnut.*25 g")).click()
    page.get_by_role("button", name="Take it out").click()
    assert page.get_by_role("link", name=re.compile("^Walnut.*25 g")).count() == 0
    page.goto(f"{eater}/eat/log/scan")
    assert page.get_by_role("button", name="Start the camera").count() == 0
    page.get_by_label("Number below the bars").fill("4 012345 678901")
    page.get_by_role("button", name="Look it up").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Own food"


def scan(page: Page, eater: str) -> Any:
    """Open the barcode page; its camera part, which reads with our own copy of the reader."""
    page.goto(f"{eater}/eat/log/scan?slot=lunch")
    camera = page.locator("[data-island=scan]")
    camera.evaluate("(one) => { one.dataset.own = ''; }")
    return camera


def test_a_barcode_is_read_by_camera_once_written_down_and_then_known(eater, page, axe):
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    scan(page, eater).get_by_role("button", name="Start the camera").click()
    page.wait_for_url("**/eat/foods/new?**", timeout=30_000)
    assert any(url.endswith("/dist/reader/zxing_reader.wasm") and url.startswith(eater) for url in asked)
    assert page.get_by_label("Barcode").input_value() == EAN
    page.get_by_label("Name").fill("Rye crispbread")
    page.get_by_label("A portion is called").fill("1 slice")
    page.get_by_label("and weighs (g)").fill("10")
    page.get_by_label("Energy", exact=True).fill("340")
    page.get_by_role("button", name="Keep it and go on").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Rye crispbread"
    scan(page, eater).get_by_role("button", name="Start the camera").click()
    page.wait_for_url("**/eat/log/food/own:**", timeout=30_000)
    page.get_by_role("button", name="Log it").click()
    page.get_by_role("link", name=re.compile("Rye crispbread.*10 g")).wait_for()


def test_without_a_camera_the_number_can_be_typed(eater, page, axe):
    page.add_init_script(
        "MediaDevices.prototype.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };"
    )
    camera = scan(page, eater)
    camera.get_by_role("button", name="Start the camera").click()
    camera.get_by_role("button", name="Try the camera again").wait_for()
    assert camera.get_by_role("status").inner_text() == (
        "The camera is not allowed for this page. Allow it in the browser’s address bar or settings and try again, "
        "or type the number below the bars."
    )
    axe(page)
    assert page.get_by_label("Number below the bars").is_enabled()


def test_the_camera_can_be_stopped(eater, page):
    page.add_init_script(
        "globalThis.Worker = class { postMessage() {} addEventListener() {} terminate() {} };"
    )
    camera = scan(page, eater)
    camera.get_by_role("button", name="Start the camera").click()
    camera.locator("video").wait_for()
    camera.get_by_role("button", name="Stop the camera").click()
    assert camera.get_by_role("button", name="Start the camera").is_visible()
    # Also when it was still being opened: nothing looks on.
    camera.locator("video").evaluate(
        "async (one) => { while (one.srcObject !== null) await new Promise((go) => setTimeout(go, 20)); }"
    )


def test_a_weight_is_kept_and_taken_back(eater, page):
    page.goto(f"{eater}/eat/weight")
    before = float(page.get_by_label("Weight (kg)").input_value())
    page.get_by_role("button", name="More").first.click()
    assert float(page.get_by_label("Weight (kg)").input_value()) == pytest.approx(before + 0.1)
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back.").wait_for()
    assert float(page.get_by_label("Weight (kg)").input_value()) == pytest.approx(before)
