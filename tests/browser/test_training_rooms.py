"""Session, summary, library, exercise and progress in a real browser, on the sample person's half year."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from looking import PHONE, looks, open_to_everybody

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PULL, ROW, FACE = "wide_grip_lat_pulldown", "one_arm_dumbbell_row", "face_pull"
EXERCISES = (PULL, ROW, "band_pull_apart", "cobra_pose")


def ask(method: str, address: str, body: object = None) -> Any:
    """Send JSON to the API and return what it answers."""
    request = urllib.request.Request(
        address,
        None if body is None else json.dumps(body).encode(),
        {"content-type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
    return json.loads(text) if text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """A session that was begun for one test."""

    url: str
    id: str

    @property
    def page(self) -> str:
        return f"{self.url}/session/{self.id}"

    def logged(self) -> list[dict[str, Any]]:
        """The sets that the server has, by their time."""
        view = ask("GET", f"{self.url}/api/v1/sessions/{self.id}")
        sets = [one["done"] for step in view["steps"] for one in step["sets"] if one["done"]]
        return sorted(
            [*sets, *(one for step in view["steps"] for one in step["extra"])], key=lambda s: s["at"]
        )


@pytest.fixture
def doing(demo) -> Doing:
    """A session with four kinds of exercise."""
    begun = ask("POST", f"{demo}/api/v1/sessions", {})["id"]
    for key in EXERCISES:
        ask("POST", f"{demo}/api/v1/sessions/{begun}/exercises", {"exercise": key})
    return Doing(url=demo, id=begun)


def until(page: Page, expression: str, within_s: float = 15) -> None:
    """Wait until an expression is true; the page's policy forbids Playwright's own way of asking again."""
    end_s = time.monotonic() + within_s
    while not page.evaluate(expression):
        assert time.monotonic() < end_s, f"never true: {expression}"
        time.sleep(0.05)


def settled(page: Page) -> None:
    """Wait until nothing waits to be sent."""
    until(page, "JSON.parse(localStorage.getItem('openback.queue') ?? '[]').length === 0")


def ready(page: Page, address: str) -> None:
    """Open a session and wait until it is alive."""
    page.goto(address)
    page.locator("[data-main]").wait_for()


def next_tap(page: Page) -> str:
    """Press the one big button, and return what it said."""
    said = page.locator("[data-main-word]").inner_text()
    page.locator("[data-main]").click()
    return said


# --- Open to everybody ---------------------------------------------------------------------------------


def test_rooms_are_open_to_everybody(demo, doing, page, axe):
    own = f"/session/{doing.id}"
    paths = (
        "/library", "/library?muscle=biceps&kit=dumbbells", "/library?text=qqqq", f"/library/{PULL}", "/library/cobra_pose",
        "/progress", "/offline", f"{own}/add", f"{own}/swap/{PULL}", f"{own}/guide/{PULL}",
        *(f"{own}?step={n}" for n in range(len(EXERCISES))), f"{own}/summary",
    )  # fmt: skip
    for path in paths:
        page.goto(demo + path)
        open_to_everybody(page, axe)


def test_a_session_in_the_middle_is_open_to_everybody(doing, page, axe):
    ready(page, doing.page)
    for _ in range(3):
        next_tap(page)
    page.locator(".set summary:visible").last.click()
    for _ in looks(page, PHONE):
        axe(page)
    page.get_by_role("link", name=re.compile("Swap")).first.click()
    page.get_by_role("dialog").wait_for()
    for _ in looks(page, PHONE):
        axe(page)


def small_targets(page: Page) -> list[str]:
    """The things to press that are smaller than 44 px; the list beside the body map stands for its muscles."""
    return page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
            .map((one) => one.closest("label") ?? one)
            .filter((one) => one.checkVisibility() && !one.closest("p, .skip, .body-map, .body-map-rows, .search") && !one.matches(".plain-link"))
            .map((one) => [one, one.getBoundingClientRect()])
            .filter(([, box]) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
            .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`)"""
    )


def test_things_to_press_in_a_session_are_large_enough(doing, page):
    for path in ("", "?step=1", "?step=2", "?step=3", "/add", f"/swap/{PULL}"):
        page.goto(doing.page + path)
        for summary in page.locator(".set summary:visible").all()[:1]:
            summary.click()
        assert small_targets(page) == [], path


def test_things_to_press_in_a_room_are_large_enough(demo, page):
    for path in ("/library", f"/library/{PULL}", "/progress"):
        page.goto(demo + path)
        assert small_targets(page) == [], path


# --- Sets ------------------------------------------------------------------------------------------------


def test_one_tap_a_set_to_the_end(doing, page):
    ready(page, f"{doing.page}?step=1")
    said = [next_tap(page) for _ in range(2)]
    assert all(re.match(r"Set \d done: ", one) for one in said)
    settled(page)
    assert [one["exercise"] for one in doing.logged()] == [ROW, ROW]
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/summary")
    assert page.get_by_role("heading", level=1).inner_text() == "Done"


def test_a_load_walks_through_those_that_exist_and_the_next_sets_follow(doing, page):
    ready(page, f"{doing.page}?step=0")
    rows = page.locator("[data-screen='0'] [data-sets] .set:not(.set--warm_up)")
    before = rows.nth(0).locator("[name=load]").input_value()
    rows.nth(0).locator("summary").click()
    rows.nth(0).locator("[data-step=load] [data-way='1']").click()
    after = rows.nth(0).locator("[name=load]").input_value()
    ladder = [
        text for _, text in json.loads(page.locator("[data-screen='0']").get_attribute("data-loads") or "[]")
    ]
    assert ladder.index(after) == ladder.index(before) + 1
    assert rows.nth(1).locator("[name=load]").input_value() == after
    rows.nth(0).locator(".tick").click()
    settled(page)
    assert doing.logged()[0]["load_kg"] == float(after)


def test_reps_in_reserve_are_asked_once_and_kept(doing, page):
    ready(page, f"{doing.page}?step=1")
    next_tap(page)
    page.locator(".set-ask label", has_text=re.compile("^2$")).click()
    assert page.locator(".set-ask").count() == 0
    settled(page)
    assert [one["rir"] for one in doing.logged()] == [2]


def test_a_set_that_is_changed_is_changed_on_the_server(doing, page):
    ready(page, f"{doing.page}?step=1")
    next_tap(page)
    row = page.locator("[data-screen='1'] .set--done")
    row.locator("summary").click()
    row.locator("[name=reps]").fill("7")
    row.locator("[name=reps]").press("Tab")
    row.get_by_text("Left", exact=True).click()
    settled(page)
    [one] = doing.logged()
    assert (one["reps"], one["side"]) == (7, "left")


def test_pain_above_the_limit_is_answered_at_once(doing, page, axe):
    ready(page, f"{doing.page}?step=1")
    advice = page.locator("[data-screen='1'] [data-pain]")
    row = page.locator("[data-screen='1'] [data-sets] .set").first
    row.locator("summary").click()
    row.locator("[name=pain]").select_option("5")
    assert advice.is_hidden()  # nothing is logged yet
    row.locator("[data-log]").click()
    assert advice.is_visible()
    assert advice.inner_text().startswith("Pain of 5 of 10: leave this exercise for today")
    assert page.locator("[data-main-word]").inner_text().startswith("Next: ")
    axe(page)
    settled(page)
    page.reload()
    assert advice.is_visible()
    row.locator("summary").click()
    row.locator("[name=pain]").select_option("3")
    assert advice.is_hidden()
    assert page.locator("[data-main-word]").inner_text().startswith("Set 2 done")
    settled(page)
    assert [one["pain"] for one in doing.logged()] == [3]


def test_a_set_taken_out_comes_back(doing, page):
    ready(page, f"{doing.page}?step=1")
    next_tap(page)
    settled(page)
    page.locator("[data-screen='1'] .set--done .tick").click()
    settled(page)
    assert doing.logged() == []
    page.get_by_role("button", name="Undo").click()
    settled(page)
    assert len(doing.logged()) == 1
    assert page.locator("[data-screen='1'] .set--done").count() == 1


def test_a_set_more_can_be_of_another_kind(doing, page):
    ready(page, f"{doing.page}?step=1")
    page.get_by_role("button", name="Add a set").locator("visible=true").click()
    row = page.locator("[data-screen='1'] [data-sets] .set").last
    row.locator("summary").click()
    row.get_by_text("Drop set").click()
    row.locator("[name=reps]").fill("15")
    row.locator(".tick").click()
    settled(page)
    assert [(one["kind"], one["reps"]) for one in doing.logged()] == [("drop", 15)]


def test_a_hold_is_counted_down_and_kept(doing, page):
    page.clock.install()
    ready(page, f"{doing.page}?step=3")
    words = next_tap(page)
    hold_s = int(re.findall(r"\d+", words)[0])
    page.clock.run_for(4_000)
    assert page.locator("[data-hold-time]").inner_text() in {str(hold_s), str(hold_s - 1)}
    page.clock.run_for(hold_s * 1000)
    until(page, "document.querySelectorAll('.set--done').length === 1")
    settled(page)
    assert [one["hold_s"] for one in doing.logged()] == [hold_s]


def test_keys_lead_to_the_next_exercise_and_back(doing, page):
    ready(page, doing.page)
    page.keyboard.press("n")
    assert page.url.endswith("?step=1")
    page.keyboard.press("p")
    page.go_back()
    assert page.locator("[data-screen='1']").is_visible()


# --- Without the network -----------------------------------------------------------------------------------


def test_sets_ticked_without_network_arrive_once_each_and_in_order(doing, page):
    ready(page, f"{doing.page}?step=1")
    next_tap(page)
    settled(page)
    page.context.set_offline(True)
    rows = page.locator("[data-screen='1'] [data-sets] .set")
    rows.nth(1).locator("summary").click()
    rows.nth(1).locator("[name=reps]").fill("9")
    rows.nth(1).locator("[data-log]").click()
    page.get_by_role("button", name="Add a set").locator("visible=true").click()
    rows.last.locator(".tick").click()
    line = page.locator("[data-sync]")
    line.wait_for()
    assert line.inner_text().startswith("2 sets waiting to sync; kept on this device.")
    assert page.locator(".set-wait").count() == 2
    assert len(doing.logged()) == 1
    page.context.set_offline(False)
    settled(page)
    line.wait_for(state="detached")
    logged = doing.logged()
    assert len({one["id"] for one in logged}) == len(logged) == 3
    assert [one["reps"] for one in logged][1:] == [9, 9]


def test_a_lost_answer_logs_nothing_twice(doing, open_page):
    page = open_page(service_workers="block")
    lost = []

    def lose(route) -> None:
        answer = route.fetch()
        if len(lost) < 2:
            lost.append(answer.status)
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/api/v1/sets/*", lose)
    ready(page, f"{doing.page}?step=1")
    next_tap(page)
    settled(page)
    assert lost == [200, 200]
    assert len(doing.logged()) == 1


def test_what_is_taken_out_without_network_is_gone_when_it_is_back(doing, page):
    ready(page, f"{doing.page}?step=1")
    next_tap(page)
    settled(page)
    page.context.set_offline(True)
    page.locator("[data-screen='1'] .set--done .tick").click()
    page.context.set_offline(False)
    settled(page)
    assert doing.logged() == []


def test_the_page_opens_again_without_network_with_everything_ticked(doing, page):
    ready(page, f"{doing.page}?step=1")
    next_tap(page)
    settled(page)
    until(page, "(localStorage.getItem('openback.sent') ?? '[]') === '[]'")  # kept by the worker
    page.context.set_offline(True)
    next_tap(page)
    page.reload()
    page.locator("[data-main]").wait_for()
    assert page.locator("[data-screen='1'] .set--done").count() == 2
    assert page.locator(".set-wait").count() == 1
    page.goto(f"{doing.url}/progress")
    assert page.get_by_role("heading", level=1).inner_text() == "Openback does not answer"
    page.get_by_role("link", name="Back to the session").click()
    page.locator("[data-main]").wait_for()
    page.context.set_offline(False)
    settled(page)
    assert len(doing.logged()) == 2


def test_the_end_without_network_waits_like_a_set(doing, page):
    ready(page, f"{doing.page}?step=1")
    page.context.set_offline(True)
    next_tap(page)
    page.get_by_role("button", name="Finish").click()
    page.get_by_text("Everything is kept on this device.").wait_for()
    assert not page.locator("[data-dock]").is_visible()
    page.context.set_offline(False)
    page.wait_for_url("**/summary")
    assert len(doing.logged()) == 1
    assert ask("GET", f"{doing.url}/api/v1/sessions/{doing.id}")["ended_at"] is not None


def test_a_set_that_is_refused_stays_with_its_sentence_until_it_is_right(doing, page):
    ready(page, f"{doing.page}?step=1")
    row = page.locator("[data-screen='1'] [data-sets] .set").first
    row.locator("summary").click()
    row.locator("[name=load]").fill("10000")
    row.locator("[data-log]").click()
    sentence = "This set cannot be kept: 10000 kg is more than anyone has lifted; loads go up to 1000 kg."
    row.get_by_text(sentence).wait_for()
    assert page.locator("[data-sync]").inner_text().startswith("1 set was not taken.")
    assert doing.logged() == []
    page.reload()
    refused = page.locator(".set--refused")
    refused.get_by_text(sentence).wait_for()
    refused.locator("[name=load]").fill("10")
    refused.locator("[name=load]").press("Tab")
    settled(page)
    assert [one["load_kg"] for one in doing.logged()] == [10]
    assert page.locator(".set--refused").count() == 0


# --- Rest ----------------------------------------------------------------------------------------------------


def test_rest_starts_with_a_tick_and_survives_the_page(doing, page):
    page.clock.install()
    ready(page, f"{doing.page}?step=1")
    rest_s = int(page.locator("[data-screen='1']").get_attribute("data-rest-s") or 0)
    next_tap(page)
    clock = page.locator("[data-rest-time]")

    def left_s() -> int:
        minutes, seconds = clock.inner_text().split(":")
        return 60 * int(minutes) + int(seconds)

    assert rest_s - 3 <= left_s() <= rest_s
    before = left_s()
    page.get_by_role("button", name="15 seconds more").click()
    assert before + 12 <= left_s() <= before + 15
    settled(page)
    page.goto(f"{doing.url}/library")
    page.goto(f"{doing.page}?step=1")
    clock.wait_for()
    assert before <= left_s() <= before + 15
    page.clock.run_for(1000 * (left_s() + 1))
    assert clock.inner_text() == "0:00"
    assert page.locator("[data-spoken]").inner_text() == "Rest is over."
    page.get_by_role("button", name="Skip rest").click()
    assert not clock.is_visible()


def test_the_sound_stays_off_once_it_is_off(doing, page):
    ready(page, f"{doing.page}?step=1")
    next_tap(page)
    page.get_by_role("button", name="Sound on").click()
    settled(page)
    page.reload()
    assert page.get_by_role("button", name="Sound off").get_attribute("aria-pressed") == "false"


# --- Swap, add, guide ------------------------------------------------------------------------------------------


def test_a_machine_that_is_taken_is_swapped_in_two_taps(doing, page):
    ready(page, doing.page)
    page.get_by_role("link", name=re.compile("Swap")).locator("visible=true").click()
    sheet = page.get_by_role("dialog")
    name = sheet.locator(".row-name").first.inner_text()
    sheet.get_by_role("button", name=f"Take {name}").click()
    page.get_by_role("heading", name=name).wait_for()


def test_an_exercise_is_found_while_one_types(doing, page):
    page.goto(f"{doing.page}/add")
    page.get_by_label("Name of the exercise").press_sequentially("Gesichtszug face pul")
    page.get_by_role("button", name="Add Face pull").click()
    page.get_by_role("heading", name="Face pull").wait_for()


# --- Without script ----------------------------------------------------------------------------------------------


def test_a_whole_session_without_script(doing, open_page):
    page = open_page(script=False)
    page.goto(f"{doing.page}?step=1")
    screen = page.locator("[data-screen='1']")
    screen.locator(".tick").first.click()
    assert screen.locator(".set--done").count() == 1
    row = screen.locator("[data-sets] .set").nth(1)
    row.locator("summary").click()
    row.locator("[name=reps]").fill("-3")
    row.locator("[data-log]").click()
    assert "This set cannot be kept: -3 is not a number of reps" in page.locator(".set--refused").inner_text()
    page.locator(".set--refused [name=reps]").fill("8")
    page.locator(".set--refused [data-log]").click()
    assert [one["reps"] for one in doing.logged()][1:] == [8]
    screen.locator(".set--done .tick").last.click()
    page.get_by_role("button", name="Undo").click()
    assert len(doing.logged()) == 2
    onward, finish = (
        page.locator("[data-dock-plain] a"),
        page.get_by_role("button", name="Finish the session"),
    )
    onward.or_(finish).first.wait_for()
    while not finish.count():
        before = page.url
        onward.click()
        page.wait_for_url(lambda url, before=before: url != before)
        onward.or_(finish).first.wait_for()
    finish.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Done"


# --- Library and progress ------------------------------------------------------------------------------------------


def test_the_library_answers_while_one_types_and_the_address_follows(demo, page):
    page.goto(f"{demo}/library")
    page.get_by_label("Find an exercise").press_sequentially("latzug")
    page.wait_for_url("**/library?text=latzug")
    assert page.locator(".found-card").first.inner_text().startswith("Wide-grip lat pull-down")


def test_a_muscle_of_the_map_chooses(demo, page):
    page.goto(f"{demo}/library")
    page.locator(".filters > summary").click()
    page.locator(".body-map [data-muscle=biceps]").first.dispatch_event("click")
    page.wait_for_url("**/library?muscle=biceps")
    assert page.get_by_role("radio", name="Biceps and elbow benders").is_checked()
    assert page.locator(".body-map [data-muscle=biceps]").first.get_attribute("data-level") == "4"


def test_a_muscle_of_the_map_is_a_link_without_script(demo, open_page):
    page = open_page(script=False)
    page.goto(f"{demo}/library?kit=band")
    page.locator(".body-map a:has([data-muscle=rhomboids])").first.dispatch_event("click")
    page.wait_for_url("**/library?muscle=rhomboids&kit=band")


def test_a_curve_answers_a_finger_and_stays_a_picture_without_script(demo, open_page):
    page = open_page()
    page.goto(f"{demo}/progress")
    chart = page.locator(".curve").first
    chart.locator("canvas").wait_for()
    words = chart.locator("figcaption").inner_text()
    chart.locator(".u-over").hover()
    until(page, f"document.querySelector('.curve figcaption').textContent.trim() !== {json.dumps(words)}")
    assert re.search(r"\d+ \w+: [\d.]+ kg \([\d.]+ to [\d.]+\)", chart.locator("figcaption").inner_text())
    plain = open_page(script=False)
    plain.goto(f"{demo}/progress")
    assert plain.locator(".curve-svg").first.is_visible()


def test_liking_from_the_page(demo, page):
    page.goto(f"{demo}/library/face_pull")
    page.get_by_role("button", name="I like it").click()
    page.get_by_role("button", name="I like it").wait_for()
    assert page.get_by_role("button", name="I like it").get_attribute("aria-pressed") == "true"
