"""The shopping list of a week: by aisle, ticked off, as text and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from uuid import UUID

from openback.errors import NotFound
from openback.model.eating_history import ShoppingTick
from openback.services.app import App
from openback.services.counting import monday_of
from openback.services.eat.log import token_of
from openback.services.eat.meals import known_week
from openback.services.eat.views import AisleView, ShoppingLine, ShoppingView
from openback.services.eat.wishes import wishes_now

ELSEWHERE = "other"
HEADING = ("aisle", "food", "buy", "buy_g", "need_g", "have_g", "done")


def shopping(app: App, monday: date | None = None) -> ShoppingView:
    """Return the list of the week of a day, this one by default. Raises NoMealWeek."""
    monday = monday_of(monday or app.today)
    week = known_week(app, monday).week
    ticked = app.store.shopping_ticks(app.person_id, monday)
    lines = [ShoppingLine(item=item, done=item.food in ticked) for item in week.shopping if item.buy_g > 0]
    aisles = tuple(
        AisleView(aisle=aisle, lines=tuple(found))
        for aisle, found in groupby(lines, key=lambda line: line.item.aisle or ELSEWHERE)
    )
    return ShoppingView(
        monday=monday,
        aisles=aisles,
        at_home=tuple(item for item in week.shopping if item.buy_g <= 0),
        total=len(lines),
        done=sum(line.done for line in lines),
        eaters=wishes_now(app).eaters,
    )


def tick_item(app: App, monday: date, food: str, done: bool) -> UUID | None:  # noqa: FBT001 - what is kept
    """Tick a line off, or take the tick away; return the token that takes it back.

    Raises NoMealWeek, or NotFound for a food that is not on the list.
    """
    monday = monday_of(monday)
    if food not in {item.food for item in known_week(app, monday).week.shopping}:
        what = "line of the shopping list"
        raise NotFound(what, food)
    tick = ShoppingTick(starts_on=monday, food=food, at=app.now())
    return token_of(app.store.put_shopping_tick(app.person_id, tick, done=done))


def shopping_text(view: ShoppingView) -> str:
    """Return the list as text for a message or a printer."""
    return "\n".join(_text(view)) + "\n"


def _text(view: ShoppingView) -> Iterator[str]:
    yield f"Shopping for the week from {view.monday:%A} {view.monday.day} {view.monday:%B %Y}"
    for aisle in view.aisles:
        yield ""
        yield aisle.aisle[:1].upper() + aisle.aisle[1:]
        for line in aisle.lines:
            yield f"[{'x' if line.done else ' '}] {line.item.name}: {line.item.said}"
    if view.at_home:
        yield ""
        yield "At home"
        yield from (f"    {item.name}" for item in view.at_home)


def shopping_csv(view: ShoppingView) -> str:
    """Return the list as CSV, grams with their unit in the heading."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(HEADING)
    for aisle in view.aisles:
        for line in aisle.lines:
            item = line.item
            row = (
                aisle.aisle,
                item.name,
                item.said,
                f"{item.buy_g:.0f}",
                f"{item.need_g:.0f}",
                f"{item.have_g:.0f}",
            )
            writer.writerow((*row, "yes" if line.done else "no"))
    return stream.getvalue()
