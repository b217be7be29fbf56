"""Targets: what a day should hold, each with why and from where."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from openback.model.nutrients import NutrientKind
from openback.services import people
from openback.services.eat import targets as use_case
from openback.services.eat.views import TargetRow, TargetsView
from openback.units import Units, lb_from_kg
from openback.web.forms.food_steps import GOALS
from openback.web.rendering import page, see
from openback.web.routes.deps import TheApp

router = APIRouter(prefix="/eat/targets")

GROUPS: Final[tuple[tuple[str, frozenset[NutrientKind]], ...]] = (
    ("Energy and the three big ones", frozenset({"energy", "macro"})),
    ("Fats", frozenset({"fat"})),
    ("Minerals", frozenset({"mineral"})),
    ("Vitamins", frozenset({"vitamin"})),
    ("Others", frozenset({"other"})),
)
STILL_KG: Final = 0.02  # a week: less than this is no change


@router.get("")
def targets(request: Request, app: TheApp) -> Response:
    """Show every target of a day."""
    if people.profile_of(app) is None:
        return see("/welcome")
    view = use_case.targets(app)
    return page(
        request,
        "eat/targets.html",
        view=view,
        groups=grouped(view.rows),
        goals=GOALS,
        rate_words=rate_words(view, people.units_of(app)),
    )


def grouped(rows: tuple[TargetRow, ...]) -> tuple[tuple[str, tuple[TargetRow, ...]], ...]:
    """Return the rows under their headings, those without a row left out."""
    found = ((title, tuple(row for row in rows if row.kind in kinds)) for title, kinds in GROUPS)
    return tuple((title, these) for title, these in found if these)


def rate_words(view: TargetsView, units: Units) -> str:
    """Return the planned pace in a sentence."""
    rate = view.rate_kg_per_week
    if abs(rate) < STILL_KG:
        return "No change of weight is planned."
    size = f"{abs(rate) * 1000:.0f} g" if units == "metric" else f"{lb_from_kg(abs(rate)):.1f} lb"
    return f"Planned: about {size} a week {'less' if rate < 0 else 'more'}, at a pace that keeps muscle."
