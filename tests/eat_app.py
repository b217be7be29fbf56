"""The web app with use cases about food that answer from `eat_sample`, and note what they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest
from starlette.requests import Request

import eat_sample as sample
import web_sample
from openback.model.eating import FoodWishes
from openback.services.eat import log, recipes, shopping, targets, week, wishes
from openback.web.rendering import read_said
from web_app import TestClient, web_client

TODAY = web_sample.TODAY
TOKEN = UUID("01935d3c-0000-7000-8000-00000000000a")


@dataclass(slots=True)
class Asked:
    """What the use cases were asked, and what they answer."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)
    week: Any = None
    refuses: Exception | None = None
    kept: FoodWishes | None = None

    def takes(self, name: str) -> Any:
        def take(_app: Any, *args: Any, **named: Any) -> UUID:
            self.calls.append((name, *args, *named.values()))
            if self.refuses is not None:
                raise self.refuses
            return TOKEN

        return take


def answer_by_hand(patch: pytest.MonkeyPatch) -> Asked:
    """Let the use cases about food answer from `eat_sample`."""
    asked = Asked()

    def plan(_app: Any, monday: date, *, progress: Any) -> Any:
        progress(1, 100)
        asked.calls.append(("plan_week", monday))
        if asked.refuses is not None:
            raise asked.refuses
        return replace(asked.week or sample.week_view(TODAY), undo=TOKEN)

    def keep(_app: Any, one: FoodWishes) -> UUID:
        if asked.refuses is not None:
            raise asked.refuses
        asked.kept = one
        return TOKEN

    patch.setattr(week, "week", lambda _app, _monday=None: asked.week or sample.week_view(TODAY))
    patch.setattr(week, "plan_week", plan)
    patch.setattr(week, "swap_choices", lambda *_, **__: sample.choices())
    for name in ("swap_meal", "replan_meal", "pin_meal", "tick_meal"):
        patch.setattr(week, name, asked.takes(name))
    patch.setattr(
        recipes, "recipes", lambda _app, text, slot, minutes: sample.recipes_view(text, slot, minutes)
    )
    patch.setattr(recipes, "recipe", lambda _app, key, servings=None: sample.recipe_view(key, servings))
    patch.setattr(recipes, "like", asked.takes("like"))
    patch.setattr(log, "log_recipe", asked.takes("log_recipe"))
    patch.setattr(shopping, "shopping", lambda _app, monday=None: sample.shopping_view(monday))
    patch.setattr(shopping, "tick_item", asked.takes("tick_item"))
    patch.setattr(targets, "targets", lambda _app: sample.targets_view())
    patch.setattr(wishes, "keep_food_wishes", keep)
    patch.setattr(wishes, "wishes_now", lambda _app: asked.kept or FoodWishes())
    return asked


@contextmanager
def eat_client(folder: Path) -> Iterator[tuple[TestClient, Asked]]:
    """Yield a client of an app whose use cases about food answer by hand, with the record of what they are asked."""
    with pytest.MonkeyPatch.context() as patch:
        asked = answer_by_hand(patch)
        with web_client(folder) as client:
            yield client, asked


def fresh(shared: tuple[TestClient, Asked]) -> Asked:
    """Return the record of a shared client as if nothing had been asked, and forget its cookies."""
    client, asked = shared
    client.cookies.clear()
    asked.calls, asked.week, asked.refuses, asked.kept = [], None, None, None
    return asked


def said(answer: Any) -> str:
    """What a redirect says once, with the address that undoes it."""
    cookies = {name: value.strip('"') for name, value in answer.cookies.items()}
    found = read_said(cast("Request", SimpleNamespace(cookies=cookies)))
    return "" if found is None else f"{found.text} [{found.undo}]"
