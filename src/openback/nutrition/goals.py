"""Whether a wish for the weight can be planned safely, and by when at the soonest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from openback.errors import BadWeight, ImpossibleGoal
from openback.model.eating import Expenditure, FoodWishes
from openback.model.person import Person
from openback.nutrition.energy import estimated_kcal
from openback.nutrition.energy_plan import density_of, least_of, most
from openback.nutrition.safety import SafetyCase, findings, healthy_mass_kg, safety_case
from openback.nutrition.safety_data import food_safety

_MOST_WEEKS: Final = 520


def check_mass(mass_kg: float, *, last_kg: float | None = None, days_since: float | None = None) -> None:
    """Raise BadWeight for a weight that nobody has, or that lies too far from the last one of the last two weeks."""
    numbers = food_safety().numbers
    low, high = numbers.mass_kg
    if not low <= mass_kg <= high:  # a NaN is in no range
        raise BadWeight(
            f"{mass_kg:g} kg is not between {low:g} and {high:g} kg, so please look at the number and its unit again"
        )
    if last_kg is None or (days_since is not None and days_since > numbers.jump_days):
        return
    if abs(mass_kg - last_kg) > numbers.most_jump_share * last_kg:
        raise BadWeight(
            f"{mass_kg:g} kg is {abs(mass_kg - last_kg):.1f} kg from the {last_kg:g} kg before; "
            "please look at the number again"
        )


def check_goal(
    person: Person,
    wishes: FoodWishes,
    *,
    today: date,
    mass_kg: float | None = None,
    expenditure: Expenditure | None = None,
) -> None:
    """Raise ImpossibleGoal when the weight and the date that were wished cannot be reached safely.

    Nothing is raised where the safety rules plan no deficit anyway: then their sentence is the one to hear.
    """
    target = wishes.target_mass_kg
    if target is None:
        return
    check_mass(target)
    case = safety_case(person, wishes, today=today, mass_kg=mass_kg)
    if wishes.target_on is not None and wishes.target_on <= today:
        raise ImpossibleGoal(
            f"{said_day(wishes.target_on)} is not in the future; choose a later date for {target:g} kg."
        )
    if wishes.goal == "leaner":
        _check_loss(_Wish(case=case, target_kg=target, on=wishes.target_on, expenditure=expenditure))
    elif wishes.goal == "more_muscle":
        _check_gain(_Wish(case=case, target_kg=target, on=wishes.target_on, expenditure=expenditure))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    case: SafetyCase
    target_kg: float
    on: date | None
    expenditure: Expenditure | None

    @property
    def weeks(self) -> float | None:
        return None if self.on is None else (self.on - self.case.today).days / 7


def _check_loss(wish: _Wish) -> None:
    case, target = wish.case, wish.target_kg
    least = healthy_mass_kg(case.body)
    if target < least:
        raise ImpossibleGoal(
            f"{target:g} kg is under a healthy weight for your height, which begins at {least:.1f} kg; "
            "please choose a weight above that, and talk with a doctor if a lower one is on your mind."
        )
    if any(one.effect in {"no_deficit", "stop"} for one in findings(case)):
        return
    pace = food_safety().numbers.most_share_per_week
    lost = case.body.mass_kg - target
    if wish.weeks is None or lost <= pace * case.body.mass_kg * wish.weeks:
        return
    nearest = nearest_date(case, target, wish.expenditure)
    asked = f"{lost:.3g} kg less by {said_day(wish.on)} is faster than a body takes well"
    if nearest is None:
        raise ImpossibleGoal(
            f"{asked}, and with what you need each day there is no room to plan it safely; training and enough "
            "protein will change your shape at the weight you have."
        )
    raise ImpossibleGoal(
        f"{asked}; at a pace that keeps your muscles and your health, {target:g} kg is there by {said_day(nearest)} at the "
        "soonest, so choose that date or a later one.",
        nearest=nearest,
    )


def _check_gain(wish: _Wish) -> None:
    case, target = wish.case, wish.target_kg
    if target < case.body.mass_kg:
        raise ImpossibleGoal(
            f"{target:g} kg is less than your {case.body.mass_kg:g} kg, and the goal is more muscle; "
            "choose a higher weight, or the goal of being leaner."
        )
    per_week = food_safety().numbers.most_gain_share_per_week * case.body.mass_kg
    gained = target - case.body.mass_kg
    if wish.weeks is None or gained <= per_week * wish.weeks:
        return
    nearest = case.today + timedelta(days=int(7 * gained / per_week) + 1)
    raise ImpossibleGoal(
        f"{gained:.3g} kg more by {said_day(wish.on)} is faster than muscle grows; {target:g} kg is there by "
        f"{said_day(nearest)} at the soonest, so choose that date or a later one.",
        nearest=nearest,
    )


def nearest_date(case: SafetyCase, target_kg: float, expenditure: Expenditure | None = None) -> date | None:
    """Return the first day on which the target can be reached with every rule kept; None when there is no room.

    Week by week: the body gets lighter, and so do its expenditure, its floors and its fastest pace.
    """
    mass = case.body.mass_kg
    offset = 0.0
    if expenditure is not None:
        offset = expenditure.expenditure_kcal[1] - estimated_kcal(case.person, case.wishes, case.body)[1]
    for week in range(_MOST_WEEKS):
        lighter = _at_mass(case, mass)
        pace = _fastest_kg_per_week(lighter, offset)
        if pace <= 0:
            return None
        if mass - pace <= target_kg:
            days = 7 * (week + (mass - target_kg) / pace)
            return case.today + timedelta(days=int(days) + 1)
        mass -= pace
    return None


def _at_mass(case: SafetyCase, mass_kg: float) -> SafetyCase:
    whole = safety_case(
        case.person,
        replace(case.wishes, target_mass_kg=None),
        today=case.today,
        mass_kg=mass_kg,
        training_kcal_per_day=case.training_kcal,
    )
    return replace(whole, lean_kg=min(whole.lean_kg, case.lean_kg))


def _fastest_kg_per_week(case: SafetyCase, offset_kcal: float) -> float:
    """Return the fastest pace that every rule allows; 0 when a deficit would be too small to plan."""
    found = findings(case)
    best = estimated_kcal(case.person, case.wishes, case.body)[1] + offset_kcal
    room = best - most(found, "least_kcal").amount
    kcal = min(room, least_of(found, "most_deficit_kcal").amount)
    if kcal < food_safety().numbers.least_deficit_kcal:
        return 0.0
    fastest = least_of(found, "most_loss_share").amount * case.body.mass_kg
    return min(7 * kcal / density_of(case), fastest)


def said_day(on: date | None) -> str:
    """Return a day in words, 9 April 2027; empty for none."""
    return "" if on is None else f"{on.day} {on:%B} {on.year}"
