"""A day's targets for one person: energy, what it is made of, and every nutrient, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from openback.model.eating import DayIntake, Expenditure, FoodTargets, FoodWishes, Target
from openback.model.nutrients import NUTRIENTS
from openback.model.person import Person
from openback.nutrition.energy_plan import EnergyPlan, energy_plan
from openback.nutrition.goals import nearest_date, said_day
from openback.nutrition.safety import SafetyCase, findings, safety_case
from openback.nutrition.targets_macros import MACROS, TargetCase, protein_per_meal_g
from openback.nutrition.targets_micros import diet_notes, reference_targets


def food_targets(  # noqa: PLR0913 - what is known of a person, most of it optional
    person: Person,
    wishes: FoodWishes,
    *,
    today: date,
    mass_kg: float | None = None,
    expenditure: Expenditure | None = None,
    training_kcal_per_day: float | None = None,
    history: Sequence[DayIntake] = (),
) -> FoodTargets:
    """Return the targets of a day, after every safety rule has spoken.

    `mass_kg` is today's weight (the profile's when None), `expenditure` what was learned (the equation's when None),
    `training_kcal_per_day` what training takes beyond rest (that of the plan when None), `history` the days that
    rules about the last weeks look at. Never raises on a goal: what cannot be planned safely is planned without a
    deficit, and `stops` or `notes` say why. `check_goal` is the one that refuses.
    """
    case = safety_case(
        person,
        wishes,
        today=today,
        mass_kg=mass_kg,
        training_kcal_per_day=training_kcal_per_day,
        history=history,
    )
    found = findings(case)
    plan = energy_plan(case, found, expenditure)
    whose = _whose(case, plan)
    targets = {"energy": _energy(plan)}
    targets |= {target.nutrient: target for rule in MACROS for target in rule(whose)}
    targets |= {target.nutrient: target for target in reference_targets(whose)}
    told = [one.text for one in found if one.effect == "note"]
    return FoodTargets(
        targets={one.id: targets[one.id] for one in NUTRIENTS if one.id in targets},
        expenditure_kcal=plan.expenditure_kcal,
        goal=plan.goal,
        rate_kg_per_week=plan.rate_kg_per_week,
        protein_per_meal_g=protein_per_meal_g(whose),
        energy_floor_kcal=plan.floor_kcal,
        stops=tuple(one.text for one in found if one.effect == "stop"),
        notes=(*plan.notes, *_later(case, plan, expenditure), *told, *diet_notes(whose)),
    )


def _later(case: SafetyCase, plan: EnergyPlan, learned: Expenditure | None) -> Iterator[str]:
    """Yield when the weight that was wished will be there, where that is later than the day that was wished."""
    target_kg, on = case.wishes.target_mass_kg, case.wishes.target_on
    if plan.goal != "leaner" or target_kg is None or on is None:
        return
    nearest = nearest_date(case, target_kg, learned)
    if nearest is not None and nearest > on:
        yield (
            f"At a pace that keeps your muscles and your health, {target_kg:g} kg is there about {said_day(nearest)}, "
            "later than the day that you chose."
        )


def _whose(case: SafetyCase, plan: EnergyPlan) -> TargetCase:
    return TargetCase(
        person=case.person,
        wishes=case.wishes,
        body=case.body,
        lean_kg=case.lean_kg,
        goal=plan.goal,
        low_kcal=plan.low_kcal,
        planned_kcal=plan.planned_kcal,
    )


def _energy(plan: EnergyPlan) -> Target:
    return Target(nutrient="energy", low=plan.low_kcal, high=plan.high_kcal, why=plan.why, source=plan.source)
