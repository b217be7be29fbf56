"""The shopping list of a week: by aisle, ticked off, taken along as text or CSV."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from openback.errors import NoMealWeek
from openback.model.eating import ShoppingItem
from openback.services import people
from openback.services.counting import monday_of
from openback.services.eat import shopping as use_case
from openback.units import Units
from openback.web import meal_words
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp
from openback.web.routes.eat import PathDay, QueryDay
from openback.web.routes.eat_undo import undo_address

router = APIRouter(prefix="/eat/shopping")


@router.get("")
def shopping(request: Request, app: TheApp, week: QueryDay = None) -> Response:
    """Show the list of a week, this one's unless another is named."""
    if people.profile_of(app) is None:
        return see("/welcome")
    monday = monday_of(week or app.today)
    try:
        view = use_case.shopping(app, monday)
    except NoMealWeek:
        view = None
    if view is None or not view.total + len(view.at_home):
        return page(request, "eat/shopping_empty.html", monday=monday)
    return page(request, "eat/shopping.html", view=view, bought=partial(bought, units=people.units_of(app)))


def bought(item: ShoppingItem, units: Units) -> tuple[str, str]:
    """Return what to buy as a shop sells it, and what that weighs where the words do not say it in these units."""
    weight = meal_words.grams(item.buy_g, units)
    words, about, _ = item.said.partition(", about ")
    if about:
        return words, f"about {weight}"
    if units == "metric" or not item.said:
        return item.said or weight, ""
    return item.said.partition(" of ")[0], weight


@router.post("/{monday}/{food}")
def tick(
    app: TheApp, monday: PathDay, food: str, done: Annotated[Literal["yes", "no"], Form()] = "yes"
) -> Response:
    """Tick a line off, or take the tick away."""
    token = use_case.tick_item(app, monday, food, done == "yes")
    back = f"/eat/shopping?week={monday}"
    said = "In the basket." if done == "yes" else "Back on the list."
    return see(back, said=said, undo=undo_address(token, back))


@router.get("/{monday}/list.{kind}")
def take_along(app: TheApp, monday: PathDay, kind: Literal["txt", "csv"]) -> Response:
    """Send the list as text to read, or as CSV for a spreadsheet."""
    view = use_case.shopping(app, monday)
    text = use_case.shopping_text(view) if kind == "txt" else use_case.shopping_csv(view)
    name = f"shopping-{monday}.{kind}"
    return Response(
        text,
        media_type=f"text/{'plain' if kind == 'txt' else 'csv'}; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )
