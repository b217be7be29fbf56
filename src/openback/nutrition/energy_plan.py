"""How much energy a day is planned with: expenditure, goal, and the safety rules between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openback.model.eating import Expenditure, FoodGoal, FoodWishes
from openback.nutrition.diet_data import diet_number
from openback.nutrition.energy import estimated_kcal
from openback.nutrition.hall import kcal_per_kg
from openback.nutrition.safety import Finding, SafetyCase, SafetyEffect
from openback.nutrition.safety_data import food_safety


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyPlan:
    """A day's energy in kcal. `why` is a sentence or two, `notes` say what the safety rules changed.

    `goal` is the one that holds; `rate_kg_per_week` is negative when leaner.
    """

    expenditure_kcal: tuple[float, float, float]
    low_kcal: float
    planned_kcal: float
    high_kcal: float
    floor_kcal: float
    goal: FoodGoal
    rate_kg_per_week: float
    why: str
    source: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aim:
    """A change of energy from the expenditure, and what is told of it."""

    change_kcal: float
    goal: FoodGoal
    notes: tuple[str, ...] = ()


def energy_plan(case: SafetyCase, found: Sequence[Finding], learned: Expenditure | None) -> EnergyPlan:
    """Return the energy of a day: what it takes, and the deficit or surplus that goal and safety allow.

    `found` are the findings of the safety rules. What was learned in pregnancy is not used: then weight gained is
    not energy that was too much.
    """
    use_learned = learned is not None and case.person.pregnancy_week is None
    known = (
        learned.expenditure_kcal
        if learned is not None and use_learned
        else estimated_kcal(case.person, case.wishes, case.body)
    )
    best, floor = known[1], most(found, "least_kcal")
    aim = _aim(case, found, best, floor.amount)
    planned = max(best + aim.change_kcal, floor.amount)
    around = diet_number("goal", "around_share") * planned
    least = max(floor.amount, planned - around, best - least_of(found, "most_deficit_kcal").amount)
    low = math.ceil(round(least / 10, 6)) * 10.0
    notes = aim.notes
    if best < floor.amount:
        notes = (*notes, floor.text)
    return EnergyPlan(
        expenditure_kcal=known,
        low_kcal=low,
        planned_kcal=max(planned, low),
        high_kcal=max(math.floor((planned + around) / 10) * 10.0, low),
        floor_kcal=floor.amount,
        goal=aim.goal,
        rate_kg_per_week=7 * aim.change_kcal / density_of(case),
        why=_why(best, aim, learned=use_learned),
        source="hall_2011" if use_learned else "nasem_2023",
        notes=notes,
    )


def most(found: Sequence[Finding], effect: SafetyEffect) -> Finding:
    """Return the finding of this effect that asks for the most."""
    return max((one for one in found if one.effect == effect), key=lambda one: one.amount)


def least_of(found: Sequence[Finding], effect: SafetyEffect) -> Finding:
    """Return the finding of this effect that allows the least."""
    return min((one for one in found if one.effect == effect), key=lambda one: one.amount)


def density_of(case: SafetyCase) -> float:
    """Return the energy of a kilogram of body mass that this person would lose or gain, in kcal."""
    return kcal_per_kg(case.body.mass_kg - case.lean_kg)


def _aim(case: SafetyCase, found: Sequence[Finding], best_kcal: float, floor_kcal: float) -> _Aim:
    held = [one.text for one in found if one.effect in {"no_deficit", "stop"}]
    if case.wishes.goal == "leaner":
        stopped = tuple(one.text for one in found if one.effect == "no_deficit")
        return (
            _Aim(change_kcal=0.0, goal="same", notes=stopped)
            if held
            else _deficit(case, found, best_kcal, floor_kcal)
        )
    feeding = case.person.pregnancy_week is not None or case.wishes.lactating
    if case.wishes.goal == "more_muscle" and not feeding:
        surplus = min(diet_number("goal", "surplus_kcal"), least_of(found, "most_surplus_kcal").amount)
        fastest = food_safety().numbers.most_gain_share_per_week * case.body.mass_kg * density_of(case) / 7
        return _Aim(change_kcal=min(surplus, fastest), goal="more_muscle")
    if case.wishes.goal == "more_muscle":
        text = "No surplus for muscle is added while you eat for two: the day's energy already holds what you both need."
        return _Aim(change_kcal=0.0, goal="same", notes=(text,))
    return _Aim(change_kcal=0.0, goal="same")


def _deficit(case: SafetyCase, found: Sequence[Finding], best_kcal: float, floor_kcal: float) -> _Aim:
    """Return the deficit that the wish asks for, cut to what every rule allows."""
    limit = least_of(found, "most_deficit_kcal")
    pace = least_of(found, "most_loss_share")
    share = min(wished_share_per_week(case.wishes, case.body.mass_kg, case.today), pace.amount)
    wished = share * case.body.mass_kg * density_of(case) / 7
    room = best_kcal - floor_kcal
    kcal = min(wished, limit.amount, room)
    if kcal < food_safety().numbers.least_deficit_kcal and kcal < wished:
        floor = most(found, "least_kcal")
        text = f"{floor.text} That leaves no room for a deficit, so the plan keeps you where you are."
        return _Aim(change_kcal=0.0, goal="same", notes=(text,))
    notes: tuple[str, ...] = ()
    if kcal < wished:
        notes = ((most(found, "least_kcal") if room < limit.amount else limit).text,)
    return _Aim(change_kcal=-kcal, goal="leaner", notes=notes)


def wished_share_per_week(wishes: FoodWishes, mass_kg: float, today: date) -> float:
    """Return how much of the body mass a week the wish comes to; the usual pace where no date is given."""
    usual = diet_number("goal", "leaner_rate_share_per_week")
    if wishes.target_mass_kg is None or wishes.target_on is None or wishes.target_on <= today:
        return usual
    weeks = (wishes.target_on - today).days / 7
    return max((mass_kg - wishes.target_mass_kg) / weeks / mass_kg, 0.0)


def _why(best_kcal: float, aim: _Aim, *, learned: bool) -> str:
    known = (
        "from your weights and your log"
        if learned
        else "by an equation for your age, height, weight and activity"
    )
    takes = f"A day of yours takes about {best_kcal:,.0f} kcal, {known}."
    if aim.change_kcal < 0:
        return f"{takes} The plan is about {-aim.change_kcal:,.0f} kcal less."
    if aim.change_kcal > 0:
        return f"{takes} The plan is about {aim.change_kcal:,.0f} kcal more, for muscle to be built from."
    return f"{takes} The plan matches it."
