"""A day's protein, carbohydrate, fats, sugars and what goes with them. Evidence 8.1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from openback.model.eating import FoodGoal, FoodWishes, Target
from openback.model.person import Person
from openback.nutrition.body_fat import healthy_ranges
from openback.nutrition.diet_data import diet_number, diet_span
from openback.nutrition.energy import Body

KCAL_PER_G: Final = {"protein": 4.0, "carbohydrate": 4.0, "fat": 9.0, "alcohol": 7.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetCase:
    """Whose targets: `goal` is the one that holds after the safety rules, energy is in kcal a day."""

    person: Person
    wishes: FoodWishes
    body: Body
    lean_kg: float
    goal: FoodGoal
    low_kcal: float
    planned_kcal: float

    @property
    def for_two(self) -> bool:
        """Whether another eats along: pregnancy or breastfeeding."""
        return self.person.pregnancy_week is not None or self.wishes.lactating

    @property
    def eats_fish(self) -> bool:
        """Whether fish is on the table."""
        plants = self.wishes.diet in {"vegetarian", "vegan"}
        return not plants and "fish" not in self.wishes.allergies

    @property
    def eats_meat(self) -> bool:
        """Whether meat or fish is on the table, whose iron is taken up well."""
        return self.wishes.diet not in {"vegetarian", "vegan"}


def _grams(case: TargetCase, nutrient: str, share: float) -> float:
    return share * case.planned_kcal / KCAL_PER_G[nutrient]


def _span(low: float | None, high: float | None) -> dict[str, float | None]:
    """Return both bounds to a tenth, the lower one never above the higher one."""
    rounded_low = None if low is None else round(low, 2)
    rounded_high = None if high is None else round(high, 2)
    return {"low": rounded_low, "high": rounded_high}


# --- Protein ----------------------------------------------------------------------------------------


def protein_span_g(case: TargetCase) -> tuple[float, float, str, str]:
    """Return least and most protein of a day, the reason, and the source."""
    kg, lean = case.body.mass_kg, case.lean_kg
    number = partial(diet_number, "protein")
    most = _grams(case, "protein", number("most_energy_share"))
    if case.for_two:
        low, high = max(number("pregnant_g_per_kg") * kg, 71.0), number("pregnant_most_g_per_kg") * kg
        why = "For two: at least 71 g, and 1.2 g for each kilogram of you."
        source = "iom_2005"
    elif case.body.bmi > number("heavy_bmi"):
        low, high = number("heavy_g_per_kg_lean") * lean, number("heavy_most_g_per_kg_lean") * lean
        why = f"2 g for each kilogram of you that is not fat (about {lean:.0f} kg): muscle is what asks for protein."
        source = "morton_2018"
    else:
        low, high = number("g_per_kg") * kg, number("most_g_per_kg") * kg
        why = "1.6 g for each kilogram of you: with training, more than that adds little muscle."
        source = "morton_2018"
        if _lean_and_trained(case) and number("lean_deficit_g_per_kg") * lean > low:
            low = min(number("lean_deficit_g_per_kg") * lean, 0.9 * high)
            why = "2.3 g for each kilogram of you that is not fat: trained people in a deficit keep more muscle so."
            source = "helms_2014_protein"
    high = max(min(high, most), 0.25 * most)
    return min(low, 0.9 * high), high, why, source


def protein_per_meal_g(case: TargetCase) -> float:
    """Return the protein of a meal that builds about as much muscle as one meal can."""
    older = case.body.age_years >= diet_number("protein", "older_years")
    return round(
        case.body.mass_kg * diet_number("protein", "meal_older_g_per_kg" if older else "meal_g_per_kg"), 1
    )


def _lean_and_trained(case: TargetCase) -> bool:
    fat_percent = 100 * (1 - case.lean_kg / case.body.mass_kg)
    lean = fat_percent < healthy_ranges(case.body).body_fat_percent[1]
    return case.goal == "leaner" and case.person.experience == "trained" and lean


def protein(case: TargetCase) -> Iterator[Target]:
    """Protein for training muscles."""
    low, high, why, source = protein_span_g(case)
    yield Target(nutrient="protein", low=round(low, 1), high=round(high, 1), why=why, source=source)


# --- Fats -------------------------------------------------------------------------------------------


def fat(case: TargetCase) -> Iterator[Target]:
    """Between 20 and 35 % of the energy, and enough for each kilogram."""
    low_share, high_share = diet_span("fat", "energy_share")
    by_mass = diet_number("fat", "least_g_per_kg") * case.body.mass_kg
    middle = _grams(case, "fat", 0.25)
    low = max(_grams(case, "fat", low_share), min(by_mass, middle))
    yield Target(
        nutrient="fat",
        low=round(low, 1),
        high=round(_grams(case, "fat", high_share), 1),
        why="20 to 35 % of the energy: enough for hormones and vitamins, with room for everything else.",
        source="iom_2005",
    )


def saturated_fat(case: TargetCase) -> Iterator[Target]:
    """At most a tenth of the energy."""
    share = diet_number("saturated_fat", "most_energy_share")
    yield Target(
        nutrient="saturated_fat",
        low=None,
        high=round(_grams(case, "fat", share), 1),
        why="At most 10 % of the energy: the heart is better off with oils, nuts and fish.",
        source="who_fat_2023",
    )


def trans_fat(case: TargetCase) -> Iterator[Target]:
    """At most a hundredth of the energy."""
    share = diet_number("trans_fat", "most_energy_share")
    yield Target(
        nutrient="trans_fat",
        low=None,
        high=round(_grams(case, "fat", share), 1),
        why="At most 1 % of the energy; the less the better.",
        source="who_fat_2023",
    )


def omega3_long(case: TargetCase) -> Iterator[Target]:
    """EPA and DHA: fish twice a week, or oil from algae."""
    low = diet_number("omega3_long", "least_g")
    why = "A quarter of a gram a day on average: two portions of fish a week bring it."
    if not case.eats_fish:
        why = "A quarter of a gram a day: without fish, an oil from algae brings it."
    if case.for_two:
        low += diet_number("omega3_long", "more_for_two_g")
        why += " 0.2 g more for the child's brain and eyes."
    yield Target(nutrient="omega3_long", low=low, high=None, why=why, source="efsa_omega3_2010")


# --- Carbohydrate -----------------------------------------------------------------------------------


def carbohydrate_low_g(case: TargetCase, reference_g: float) -> float:
    """Return the least carbohydrate: 45 % of the energy, or what protein and fat leave, never under the allowance."""
    low_share, _ = diet_span("carbohydrate", "energy_share")
    taken = 4 * protein_span_g(case)[0] + 9 * next(low for one in fat(case) if (low := one.low) is not None)
    left = 1 - diet_number("carbohydrate", "spare_energy_share") - taken / case.planned_kcal
    return max(reference_g, _grams(case, "carbohydrate", min(low_share, left)))


def added_sugars(case: TargetCase) -> Iterator[Target]:
    """At most a tenth of the energy, and at most six or nine teaspoons."""
    share = diet_number("added_sugars", "most_energy_share")
    most = diet_number("added_sugars", "most_male_g" if case.body.sex == "male" else "most_female_g")
    yield Target(
        nutrient="added_sugars",
        low=None,
        high=round(min(_grams(case, "carbohydrate", share), most), 1),
        why=f"At most 10 % of the energy and {most:.0f} g; under 5 % is better still. Fruit does not count.",
        source="who_sugar_2015",
    )


# --- Drinks -----------------------------------------------------------------------------------------


def caffeine(case: TargetCase) -> Iterator[Target]:
    """At most four cups of coffee a day, two in pregnancy and while breastfeeding."""
    most = diet_number("caffeine", "most_for_two_mg" if case.for_two else "most_mg")
    cups = "two" if case.for_two else "four"
    yield Target(
        nutrient="caffeine",
        low=None,
        high=most,
        why=f"At most {most:.0f} mg, about {cups} cups of coffee.",
        source="efsa_caffeine_2015",
        hard=case.for_two,
    )


def alcohol(case: TargetCase) -> Iterator[Target]:
    """None for two and while young, else at most a drink or two."""
    none = case.for_two or case.body.age_years < 18
    most = diet_number("alcohol", "most_male_g" if case.body.sex == "male" else "most_female_g")
    why = f"At most {most:.0f} g, {'two drinks' if most > 20 else 'one drink'}; less is better."
    yield Target(
        nutrient="alcohol",
        low=None,
        high=0.0 if none else most,
        why="None: it reaches the child." if case.for_two else "None while you grow." if none else why,
        source="dga_2020",
        hard=none,
    )


MACROS: Final[tuple[Callable[[TargetCase], Iterator[Target]], ...]] = (
    protein,
    added_sugars,
    fat,
    saturated_fat,
    trans_fat,
    omega3_long,
    alcohol,
    caffeine,
)
