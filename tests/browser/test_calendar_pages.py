"""Reminders, the calendar and the reports in a real browser."""

from __future__ import annotations

import re
import urllib.request

import pytest
from icalendar import Calendar
from looking import PHONE, looks, open_to_everybody
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGE = "/settings/reminders"


def test_reminders_are_open_to_everybody_and_kept(demo, page, axe):
    page.goto(demo + PAGE)
    page.get_by_label("A session starts at").fill("07:15")
    page.get_by_label("The calendar rings").select_option(label="1 hour before")
    page.get_by_label("Work ends").fill("16:45")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Kept.")
    expect(page.get_by_label("A session starts at")).to_have_value("07:15")
    expect(page.get_by_label("Work ends")).to_have_value("16:45")
    open_to_everybody(page, axe)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Taken back.")
    expect(page.get_by_label("Work ends")).not_to_have_value("16:45")


def test_the_address_is_made_copied_and_read_by_a_calendar_program(demo, open_page, axe):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(demo + PAGE)
    page.get_by_role("button", name=re.compile("^Make an? (new )?address$")).click()
    field = page.get_by_label("Address")
    expect(field).to_have_value(re.compile(r"/calendar/[\w-]{32}\.ics$"))
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    address = field.input_value()
    assert page.evaluate("navigator.clipboard.readText()") == address
    with urllib.request.urlopen(address) as answer:  # a program without cookies
        events = Calendar.from_ical(answer.read()).walk("VEVENT")
    assert any(str(event["summary"]).startswith("Train: week") for event in events)
    open_to_everybody(page, axe, PHONE)


def test_without_script_the_form_posts(demo, open_page):
    page = open_page(script=False)
    page.goto(demo + PAGE)
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
    page.get_by_label("How often").select_option("90")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("How often")).to_have_value("90")


def test_a_month_is_open_to_everybody_with_tables_behind_its_charts(demo, page, axe):
    page.goto(f"{demo}/progress/reports")
    open_to_everybody(page, axe)
    page.get_by_role("listitem").nth(1).scroll_into_view_if_needed()
    second = page.locator(".reports-name").nth(1)
    name = second.locator(".row-name").inner_text()
    second.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    table = page.get_by_text("As a table").first
    table.click()
    expect(page.locator(".mr-table").first).to_be_visible()
    open_to_everybody(page, axe)


def test_a_month_as_a_file_looks_the_same_from_disk(demo, page, axe, tmp_path):
    page.goto(f"{demo}/progress/reports")
    address = page.locator(".reports-name").nth(1).get_attribute("href")
    with urllib.request.urlopen(f"{demo}{address}.html") as answer:
        path = tmp_path / "month.html"
        path.write_bytes(answer.read())
    page.goto(path.as_uri())
    for look in looks(page):
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, look
    assert page.evaluate("getComputedStyle(document.querySelector('.mr-facts div')).borderRadius") == "12px"


def test_the_programme_comes_as_pdf(demo, page):
    page.goto(f"{demo}/train")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Print it, with figures").click()
    assert waiting.value.suggested_filename == "openback-programme.pdf"
    with waiting.value.path().open("rb") as file:
        assert file.read(4) == b"%PDF"
