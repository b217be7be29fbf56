"""A week of meals for a profile in a file, without any database, and as `openback eat --json` prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from openback.model.eating import FoodTargets, MealWeek
from openback.model.exercise import Catalogue
from openback.model.nutrients import NUTRIENT
from openback.nutrition.goals import check_goal
from openback.nutrition.meals import MealAsk, plan_week
from openback.nutrition.targets import food_targets
from openback.services.eat.amounts import nutrients_json
from openback.services.eat.kitchen import Kitchen
from openback.services.eat.wishes_json import profile_and_wishes
from openback.services.plain import plain

SOLVER_KEYS: Final = ("build_s", "solve_s", "gap")
WEEK_D: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeals:
    """What came of a profile: targets, week, and notes on what was understood and what safety changed."""

    targets: FoodTargets
    week: MealWeek
    notes: tuple[str, ...]


def plan_meals(
    data: object, catalogue: Catalogue, kitchen: Kitchen, *, today: date, starts_on: date | None = None
) -> PlannedMeals:
    """Return the week of meals for the profile that JSON data describes, from today by default.

    Raises BadProfile with every problem, or ImpossibleGoal. A goal that safety stops, and wishes that no week keeps,
    come back as such, with the reasons.
    """
    profile, read = profile_and_wishes(data, catalogue, kitchen, today)
    check_goal(profile.person, read.wishes, today=today)
    targets = food_targets(profile.person, read.wishes, today=today)
    week = plan_week(
        MealAsk(
            dishes=kitchen.dishes,
            foods=kitchen.foods,
            targets=targets,
            wishes=read.wishes,
            starts_on=starts_on or today,
            pregnant=profile.person.pregnancy_week is not None,
        )
    )
    return PlannedMeals(targets=targets, week=week, notes=(*read.notes, *targets.notes))


def planned_json(planned: PlannedMeals, kitchen: Kitchen) -> dict[str, Any]:
    """Return what `openback eat --json` prints."""
    week, targets = planned.week, planned.targets
    low, best, high = targets.expenditure_kcal
    return {
        "status": week.status,
        "reasons": list(week.reasons),
        "notes": list(planned.notes),
        "targets": targets_json(targets),
        "expenditure": {"low": round(low), "best": round(best), "high": round(high), "unit": "kcal"},
        "goal": targets.goal,
        "rate_kg_per_week": round(targets.rate_kg_per_week, 3),
        "days": [] if week.status != "planned" else [
            _day_json(week, week.starts_on + timedelta(days=n), kitchen) for n in range(WEEK_D)
        ],
        "shopping": [plain(item) for item in week.shopping],
        "unmet": [plain(one) for one in week.unmet],
        "solver": plain(week.solver) if week.solver else dict.fromkeys(SOLVER_KEYS),
    }  # fmt: skip


def targets_json(targets: FoodTargets) -> dict[str, Any]:
    """Return targets by nutrient, each with its unit, why, and the key of its source."""
    return {
        name: {
            "low": target.low,
            "high": target.high,
            "unit": NUTRIENT[name].unit,
            "why": target.why,
            "source": target.source,
        }
        for name, target in targets.targets.items()
    }


def _day_json(week: MealWeek, on: date, kitchen: Kitchen) -> dict[str, Any]:
    return {
        "date": on.isoformat(),
        "meals": [
            {
                "slot": meal.slot,
                "recipe": meal.recipe,
                "name": kitchen.name(meal.recipe),
                "servings": meal.servings,
                "cooked_on": meal.cooked_on.isoformat(),
            }
            for meal in week.meals
            if meal.on == on
        ],
        "nutrients": nutrients_json(week.daily.get(on, {})),
    }
