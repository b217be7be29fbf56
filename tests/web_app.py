"""The web app on a database in memory, with the planner's answers made by hand, and a client for it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

import web_sample
from openback.model.person import Profile
from openback.model.programme import Programme
from openback.services import people, planning
from openback.services import today as today_case
from openback.services.app import App
from openback.services.profile_rules import check_profile
from openback.services.views import TodayView, TrainView
from openback.storage import open_store
from openback.web import create_app
from openback.web.jobs import Jobs
from storing import memory_store

with warnings.catch_warnings():
    # Starlette asks for a newer HTTP client than the one that the other tools pin.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

BASE = "http://127.0.0.1:8765"
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


MADE = Programme(status="ok", reasons=(), weeks=5)


@dataclass(slots=True)
class Planner:
    """Stands in for the planner: what it was asked, and what it answers."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)
    today: TodayView | None = None
    train: TrainView | None = None
    programme: Programme = MADE
    refuses: Exception | None = None

    def takes(self, name: str) -> Any:
        """Return a function that notes its arguments under a name."""

        def take(_app: App, *args: Any) -> None:
            self.asked.append((name, *args))
            if self.refuses is not None:
                raise self.refuses

        return take


CHANGES = (
    "swap",
    "pin",
    "ban",
    "skip",
    "move",
    "minutes_today",
    "place_of",
    "style_of",
    "undo_plan",
    "deload",
)


def plan_by_hand(monkeypatch: pytest.MonkeyPatch) -> Planner:
    """Let the use cases of planning answer from `web_sample`, and return what they were asked."""
    known, planner = web_sample.catalogue(), Planner()

    def keep(app: App, profile: Profile) -> Programme:
        if planner.refuses is not None:
            raise planner.refuses
        check_profile(profile, app.catalogue, app.today)
        app.store.put_profile(app.person_id, profile, at=app.now())
        planner.asked.append(("keep_profile", profile))
        return planner.programme

    def new_block(_app: App) -> Programme:
        planner.asked.append(("new_block",))
        return planner.programme

    monkeypatch.setattr(people, "keep_profile", keep)
    monkeypatch.setattr(planning, "train", lambda app: planner.train or web_sample.train_view(known))
    monkeypatch.setattr(today_case, "today", lambda app: planner.today or web_sample.today_view(known))
    monkeypatch.setattr(planning, "new_block", new_block, raising=False)
    choices = tuple((known.exercises[key], "Same muscles.") for key in ("close_grip_lat_pulldown", "pull_up"))
    monkeypatch.setattr(planning, "swap_choices", lambda *_: choices, raising=False)
    for name in CHANGES:
        monkeypatch.setattr(planning, name, planner.takes(name), raising=False)
    return planner


_FREE: list[FastAPI] = []  # web apps that no test uses now: the first request to a new one is slow


@contextmanager
def client_of(app: App) -> Iterator[TestClient]:
    """Yield a client of an Openback."""
    web = _FREE.pop() if _FREE else create_app(app)
    web.state.openback, web.state.imports, web.state.meal_plans = app, Jobs(), Jobs()
    try:
        with TestClient(web, base_url=BASE, follow_redirects=False) as client:
            yield client
    finally:
        _FREE.append(web)


@contextmanager
def web_client(
    tmp_path: Path, profile: Profile | None = web_sample.PROFILE, *, database: str | Path = ":memory:"
) -> Iterator[TestClient]:
    """Yield a client of an app whose person has this profile, or none."""
    with memory_store() if database == ":memory:" else open_store(database) as store:
        app = App(store=store, catalogue=web_sample.catalogue(), data_dir=tmp_path, now=lambda: NOW)
        if profile is not None:
            store.put_profile(app.person_id, profile, at=NOW)
        with client_of(app) as client:
            yield client


def stopped(*signs: str) -> Profile:
    """Return the sample profile with warning signs ticked."""
    return replace(web_sample.PROFILE, screening=dict.fromkeys(signs, True))


class Outline(HTMLParser):
    """What a page promises: ids, labels, links, forms, and attributes that the policy forbids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.actions: list[tuple[str, str]] = []
        self.forbidden: list[str] = []
        self.headings: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        if tag == "form":
            self.actions.append((given.get("method") or "get", given.get("action") or ""))
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(tag)
        self.forbidden += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.forbidden.append(f"inline {tag}")
