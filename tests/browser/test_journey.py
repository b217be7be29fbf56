"""A first session and what follows from it, without script and with it, on a phone-sized screen.

`test_whole_path` walks with the one big button; here every set is a form of its own, as on a browser
that runs no script, and the change with its reason is looked for in each room that shows it.
"""

from __future__ import annotations

import json
import re
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from walking import answer_the_questions

from running import openback_server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MORE_REPS = 5


def ask(address: str) -> Any:
    """Return what the API answers."""
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is prescribed for an exercise."""

    name: str
    load_kg: float | None
    reps: tuple[int, int] | None
    sets: int
    why: str

    @property
    def target(self) -> tuple[object, ...]:
        return self.load_kg, self.reps, self.sets


def told_of(session: Any) -> dict[str, Told]:
    """Return what a session prescribes, by exercise."""
    return {
        item["exercise"]["id"]: Told(
            name=item["exercise"]["name"],
            load_kg=item["next_set"]["load_kg"],
            reps=tuple(item["next_set"]["reps"]) if item["next_set"]["reps"] else None,
            sets=item["next_set"]["sets"],
            why=item["next_set"]["why"],
        )
        for item in session["items"]
    }


def slot_of(session: Any) -> tuple[int, int]:
    """Return the place of a session in the programme."""
    return session["week"], session["day"]


def ahead(url: str) -> list[Any]:
    """Return the sessions that are still to be done, in their order."""
    weeks = ask(f"{url}/api/v1/programme")["weeks"]
    every = [day["session"] for week in weeks for day in week if day["session"]]
    return [one for one in every if one["status"] in {"today", "next", "upcoming"}]


def look_around_first(page: Page) -> None:
    """From the programme go to Today, see that it is ready to begin, and come back."""
    assert page.get_by_role("heading", level=1).inner_text() == "Here is your programme"
    programme = page.url
    page.get_by_role("link", name="Look around first").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Hello Bo"
    assert page.get_by_role("button", name="Start").is_visible()
    page.goto(programme)


def do_every_set(page: Page) -> None:
    """Do each set with more reps than asked, one form after another, and end the session."""
    while True:
        while page.locator(".screen:visible .sets > .set:not(.set--done) .tick:visible").count():
            row = page.locator("ol.sets[data-sets]:visible > .set:not(.set--done)").first
            if row.count() == 0:
                break
            row.locator("summary").click()
            reps = row.locator("[name=reps]")
            if reps.count() and "set--warm_up" not in (row.get_attribute("class") or ""):
                reps.fill(str(int(reps.input_value()) + MORE_REPS))
            with page.expect_navigation():  # what is counted next must be the page that answers
                row.locator(".tick").click()
        ahead_link = page.locator("[data-dock-plain] a")
        with page.expect_navigation():
            (ahead_link if ahead_link.count() else page.locator("[data-dock-plain] button")).click()
        if page.locator("[data-dock-plain]").count() == 0:
            return


def test_a_journey_without_script(tmp_path, open_page):
    with openback_server(tmp_path) as server:
        page = open_page(script=False)
        answer_the_questions(page, server.url)
        look_around_first(page)
        before = {slot_of(session): told_of(session) for session in ahead(server.url)}
        page.get_by_role("button", name="Start the first session").click()
        do_every_set(page)

        assert page.get_by_role("heading", level=1).inner_text() == "Done"
        seen_in_every_room(page, server.url, before)


def seen_in_every_room(
    page: Page, url: str, before: dict[tuple[int, int], dict[str, Told]]
) -> dict[str, Told]:
    """Find what the next session changed on Today and Train, with its reason, and return it."""
    coming = ahead(url)
    told, planned = told_of(coming[0]), before[slot_of(coming[0])]
    changes = {key: one for key, one in told.items() if one.target != planned[key].target}
    assert changes, "nothing changed after a session with five reps more in every set"
    for one in changes.values():
        assert re.search(r"\d", one.why), one

    page.goto(f"{url}/")
    news = ask(f"{url}/api/v1/today")["changes"]
    shown = page.locator(".changes li").all_inner_texts()
    assert len(shown) == len(news)
    for change, text in zip(news, shown, strict=True):
        assert change["exercise"]["name"] in text
        assert change["text"] in " ".join(text.split())

    first = coming[0]
    weeks = ask(f"{url}/api/v1/programme")["weeks"]
    its_week = next(n for n, week in enumerate(weeks) if any(day["on"] == first["on"] for day in week))
    page.goto(f"{url}/train?week={its_week}")
    text = " ".join(page.locator("main").inner_text().split())
    for one in told_of(first).values():
        assert one.name in text
        assert one.load_kg is None or f"{one.load_kg:g} kg" in text
    return changes


def test_a_journey_with_script(tmp_path, open_page):
    """The next session begins with the changed load filled in, and says why."""
    with openback_server(tmp_path) as server:
        page = open_page()
        answer_the_questions(page, server.url)
        look_around_first(page)
        before = {slot_of(session): told_of(session) for session in ahead(server.url)}
        page.get_by_role("button", name="Start the first session").click()
        page.locator("[data-main]").wait_for()
        session_id = page.url.split("/session/")[1].split("?")[0]
        do_more_through_the_api(server.url, session_id)
        page.goto(f"{server.url}/session/{session_id}/summary")
        changed = seen_in_every_room(page, server.url, before)
        coming = ahead(server.url)[0]
        begun = send(f"{server.url}/api/v1/sessions", {"week": coming["week"], "day": coming["day"]})["id"]
        page.goto(f"{server.url}/session/{begun}")
        for number, step in enumerate(ask(f"{server.url}/api/v1/sessions/{begun}")["steps"]):
            told = changed.get(step["exercise"]["id"])
            if told is None:
                continue
            page.goto(f"{server.url}/session/{begun}?step={number}")
            screen = page.locator(f"[data-screen='{number}']")
            assert told.why in " ".join(screen.locator(".why").first.inner_text().split())
            if told.load_kg is not None:
                assert f"{told.load_kg:g}" in screen.locator(".set--work").first.inner_text()


def do_more_through_the_api(url: str, session_id: str) -> None:
    """Log every planned set with more reps than asked, and end the session."""
    for step in ask(f"{url}/api/v1/sessions/{session_id}")["steps"]:
        for planned in step["sets"]:
            one_set = {
                "session_id": session_id,
                "exercise": step["exercise"]["id"],
                **{key: planned[key] for key in ("kind", "load_kg", "band", "hold_s", "rir")},
                "reps": None if planned["reps"] is None else planned["reps"] + MORE_REPS,
            }
            send(f"{url}/api/v1/sets/{uuid4()}", one_set, "PUT")
    send(f"{url}/api/v1/sessions/{session_id}/finish", {})


def send(address: str, body: object, method: str = "POST") -> Any:
    """Send JSON to the API and return what it answers."""
    request = urllib.request.Request(
        address, json.dumps(body).encode(), {"content-type": "application/json"}, method=method
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)
