"""The Desk in a real browser: posture before the camera and from photos, tests, the pain diary, and the overview."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from looking import PHONE, open_to_everybody
from PIL import Image

import desk_camera
from desk_camera import NOBODY, Scene, light, lit, order, stood

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

# Cameras around the body: 90 degrees sees its left side.
FOUR = {"front": stood(0), "right": stood(-90), "back": stood(180), "left": stood(90)}
ORDERS = {
    "front": "Face the camera",
    "right": "Turn a quarter to your left",
    "back": "Turn your back to the camera",
    "left": "Turn your left side to the camera",
}


def before_the_camera(page: Page, address: str, scenes: Mapping[str, Scene], first: str) -> None:
    """Open a page whose camera sees these scenes, and start the camera."""
    desk_camera.feed(page, scenes, first)
    page.goto(address)
    page.locator("[data-part=ready] [data-do=begin]").click()
    page.locator("[data-part=live]").wait_for()


def hurried(page: Page, path: str, changes: Mapping[str, str]) -> None:
    """Let a page take less time than a person needs: the numbers that its template wrote are changed on the way."""

    def answer(route: Route) -> None:
        given = route.fetch()
        html = given.text()
        for before, after in changes.items():
            html, found = re.subn(before, after, html)
            assert found, f"the template does not write {before}"
        route.fulfill(response=given, body=html)

    page.route(f"**{path}", answer)


def told(page: Page, part: str, words: str) -> None:
    """Wait until a part of the page says this."""
    page.locator(part, has_text=re.compile(re.escape(words))).first.wait_for()


def test_posture_is_taken_from_four_sides_without_hands(page, demo, axe):
    lit(page)
    hurried(
        page,
        "/desk/posture/check",
        {
            r"steady_ms(&#34;: )\d+": r"steady_ms\g<1>400",
            r"count_ms(&#34;: )\d+": r"count_ms\g<1>900",
            r"take_ms(&#34;: )\d+": r"take_ms\g<1>500",
        },
    )
    before_the_camera(page, f"{demo}/desk/posture/check", FOUR, "front")
    for shot, words in ORDERS.items():
        told(page, "[data-order]", words)
        order(page, shot)
        page.locator(f"[data-shot-item={shot}][data-is=done]").wait_for(state="attached")
        if shot == "front":
            axe(page)
    page.locator("[data-part=after] .reading").first.wait_for()
    assert page.locator("[data-result] .reading").count() >= 5
    open_to_everybody(page, axe, PHONE)
    page.locator("[data-keep] button").click()
    page.wait_for_url(re.compile(r"/desk/posture(#|$)"))
    told(page, ".toast", "Kept.")
    told(page, "#latest .eyebrow", "Today, by camera")
    page.locator(".toast button").click()
    told(page, ".toast", "Taken back.")


BAD = {
    "nobody": (NOBODY, "Nobody"),
    "two": (Scene(frames=stood(0).frames, people=2), "More than one person"),
    "half": (stood(0, hips_px=(640.0, 760.0)), "A part of the body"),
    "far": (stood(0, far_m=14.0), "too small"),
    "turned": (stood(90), "turned away"),
}


def test_a_picture_of_no_use_says_what_to_change_until_it_is_good(page, demo):
    lit(page)
    scenes = {name: scene for name, (scene, _) in BAD.items()} | {"good": stood(0)}
    before_the_camera(page, f"{demo}/desk/posture/check", scenes, "nobody")
    said = {}
    for name, (_, words) in BAD.items():
        order(page, name)
        told(page, "[data-flaw]", words)
        said[name] = page.locator("[data-flaw]").inner_text()
        assert page.locator("[data-go]").is_hidden()
    order(page, "good")
    light(page, "#060606")
    told(page, "[data-flaw]", "dark")
    said["dark"] = page.locator("[data-flaw]").inner_text()
    assert len(set(said.values())) == 6, said
    light(page, "#909090")
    page.locator("[data-go]:visible").wait_for()
    order(page, "nobody")
    told(page, "[data-flaw]", BAD["nobody"][1])
    page.locator("[data-do=leave]").click()
    page.locator("[data-part=ready]").wait_for()


def a_photo(tmp_path: Path, name: str) -> Path:
    path = tmp_path / f"{name}.png"
    Image.new("RGB", (640, 360), (150, 150, 150)).save(path)
    return path


def choose(page: Page, shot: str, photo: Path) -> str:
    """Choose a photo for a side, and return what the page says of it."""
    card = page.locator(f"[data-photo={shot}]")
    page.locator(f"input[data-shot={shot}]").set_input_files(photo)
    page.locator(f"[data-photo={shot}][data-is=yes], [data-photo={shot}][data-is=no]").wait_for()
    return card.locator("[data-photo-said]").inner_text()


def test_photos_are_looked_at_here_and_c7_gives_its_own_angle(page, demo, axe, tmp_path):
    sent = []
    page.on("request", lambda one: sent.append((one.method, len(one.post_data_buffer or b""), one.url)))
    desk_camera.feed(page, {**FOUR, "nobody": NOBODY}, "right")
    page.goto(f"{demo}/desk/posture/check#photos")
    assert page.locator("[data-do=result]").is_disabled()
    notes = tmp_path / "notes.txt"
    notes.write_text("no picture")
    assert "JPEG or PNG" in choose(page, "front", notes)
    assert choose(page, "right", a_photo(tmp_path, "side")) == "Good"
    order(page, "nobody")
    assert "Nobody" in choose(page, "left", a_photo(tmp_path, "empty"))
    open_to_everybody(page, axe)
    page.locator("[data-do=result]").click()
    page.locator("[data-part=after] .reading").first.wait_for()
    assert page.locator(".reading--c7").count() == 0
    pad = page.locator("[data-c7-pad]")
    pad.focus()
    pad.press("ArrowUp")
    told(page, "[data-c7-said]", "% from the top")
    pad.press("Enter")
    page.locator(".reading--c7").wait_for()
    page.locator("[data-mark=drop]").click()
    page.locator(".reading--c7").wait_for(state="detached")
    axe(page)
    # Landmarks and nothing else: a photo of this size would be larger than all of it.
    assert {method for method, size, _ in sent if size} == {"POST"}
    assert all(
        url.endswith(("/api/v1/desk/posture", "/desk/posture/result")) for _, size, url in sent if size
    )


def test_a_test_is_taken_without_hands_and_kept(page, demo, axe):
    lit(page)
    hurried(page, "/desk/tests/wall_angel/camera", {r'data-take-s="\d+"': 'data-take-s="2"'})
    arms = {"shoulder_elevation_deg": 150.0, "shoulder_plane_deg": 0.0, "elbow_flexion_deg": 20.0}
    scenes = {"behind": stood(180, **arms), "front": stood(0, **arms)}
    before_the_camera(page, f"{demo}/desk/tests/wall_angel/camera", scenes, "behind")
    told(page, "[data-flaw]", "front")
    order(page, "front")
    page.locator("[data-part=after] [data-found]").wait_for()
    told(page, "[data-result]", "150 degrees")
    axe(page)
    page.locator("[data-keep] button").click()
    page.wait_for_url("**/desk/tests/wall_angel#results")
    told(page, ".toast", "Kept.")
    told(page, "#results", "150 degrees")
    page.locator(".toast button").click()
    told(page, ".toast", "Taken back.")


def test_pain_is_noted_by_tapping_the_body_and_taken_back(page, demo, axe):
    page.goto(f"{demo}/desk/pain")
    page.locator("[data-side=back] [data-place=mid_back] ellipse").click()
    assert page.locator("select[name=place]").input_value() == "mid_back"
    page.get_by_text("Front", exact=True).first.click()
    page.locator("[data-side=front] [data-place=elbow_left] ellipse").click()
    assert page.locator("select[name=place]").input_value() == "elbow_left"
    page.locator("input[name=level]").fill("4")
    assert page.locator("[data-level-said]").inner_text() == "4"
    page.locator("textarea").fill("After the long meeting")
    page.get_by_role("button", name="Note it").click()
    told(page, ".toast", "Noted.")
    told(page, "#notes", "After the long meeting")
    open_to_everybody(page, axe)
    page.locator(".toast button").click()
    told(page, ".toast", "Taken back.")
    assert page.locator("#notes", has_text="After the long meeting").count() == 0


@pytest.mark.parametrize("path", ["/desk", "/desk/posture", "/desk/tests", "/desk/tests/finger_to_floor"])
def test_the_pages_of_the_desk_are_open_to_everybody(page, demo, axe, path):
    page.goto(f"{demo}{path}")
    open_to_everybody(page, axe)


def test_without_script_the_diary_and_the_tests_still_take_what_is_written(open_page, demo):
    page = open_page(script=False)
    page.goto(f"{demo}/desk/pain")
    page.locator("[data-side=back] [data-place=neck] ellipse").click()
    page.wait_for_url("**/desk/pain?place=neck#note")
    page.get_by_role("button", name="Note it").click()
    told(page, ".toast", "Noted.")
    page.locator(".toast button").click()
    page.goto(f"{demo}/desk/tests/finger_to_floor")
    page.locator("summary", has_text="By hand").click()
    page.locator("input[name=value]").fill("7,5")
    page.get_by_role("button", name="Keep it").click()
    told(page, ".toast", "Kept.")
    page.locator(".toast button").click()
    told(page, ".toast", "Taken back.")
    page.goto(f"{demo}/desk/posture/check")
    told(page, "[data-part=plain]", "openback posture")
