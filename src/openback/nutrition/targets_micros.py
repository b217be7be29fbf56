"""A day's fibre, minerals and vitamins by sex, age, pregnancy and lactation, with upper limits. Evidence 8.2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from openback.model.eating import Target
from openback.model.nutrients import NUTRIENT
from openback.nutrition.diet_data import Reference, diet_number, diet_span, references
from openback.nutrition.targets_macros import TargetCase, carbohydrate_low_g

_LIMIT_ONLY: Final = frozenset({"sodium"})  # nobody needs help to eat enough salt
_ELSEWHERE: Final = frozenset({"protein"})


def reference_targets(case: TargetCase) -> Iterator[Target]:
    """Yield the target of every nutrient that has a reference intake."""
    for nutrient, reference in references().items():
        if nutrient not in _ELSEWHERE:
            yield _fitted(_target(reference, case), case)


def _target(reference: Reference, case: TargetCase) -> Target:
    counts = reference.most_counts in {"food", "disease"}
    most = _most(reference, case) if counts else None
    low = None if reference.nutrient in _LIMIT_ONLY else reference_amount(reference, case)
    return Target(
        nutrient=reference.nutrient,
        low=low,
        high=most,
        why=_why(reference, case, most),
        source=reference.source,
        hard=reference.most_counts == "food",
    )


def reference_amount(reference: Reference, case: TargetCase) -> float:
    """Return the reference intake; the higher one where sex was not said. Under 19 it is that of 19."""
    age = case.body.age_years
    if case.person.pregnancy_week is not None:
        return _at(reference.pregnant, age)
    if case.wishes.lactating:
        return _at(reference.lactating, age)
    return max(_at(reference.by_age[sex], age) for sex in case.body.sexes)


def _most(reference: Reference, case: TargetCase) -> float | None:
    if case.person.pregnancy_week is not None and reference.most_pregnant is not None:
        return reference.most_pregnant
    return _at(reference.most_by_age, case.body.age_years) if reference.most_by_age else None


def _at(by_age: Mapping[int, float], age_years: float) -> float:
    """Return the value of the band that the age lies in; the first one for the younger."""
    return by_age[max((age for age in by_age if age <= age_years), default=min(by_age))]


# --- Words ------------------------------------------------------------------------------------------


def _why(reference: Reference, case: TargetCase, most: float | None) -> str:
    nutrient = NUTRIENT[reference.nutrient]
    if reference.nutrient in _LIMIT_ONLY:
        return f"At most {most:,.0f} {nutrient.unit}: less salt is easier on blood pressure; 1,500 mg are plenty."
    kind = "The allowance" if reference.kind == "RDA" else "An adequate intake"
    sentences = [f"{kind} for {group_name(case)}."]
    if most is not None:
        sentences.append(f"Never above {most:,g} {_unit(nutrient.unit)} a day, the safe upper limit.")
    elif reference.most_counts == "supplements":
        limit = _most(reference, case)
        sentences.append(
            f"The upper limit of {limit:,g} {_unit(nutrient.unit)} counts supplements, not food."
        )
    elif reference.most_counts == "retinol":
        sentences.append(
            "The upper limit of 3,000 micrograms counts retinol from liver and supplements only."
        )
    return " ".join(sentences)


def _unit(unit: str) -> str:
    return "micrograms" if unit == "ug" else unit


def group_name(case: TargetCase) -> str:
    """Return the group whose figures are taken, in words."""
    if case.person.pregnancy_week is not None:
        return "pregnancy"
    if case.wishes.lactating:
        return "breastfeeding"
    bands = ((19, "19 to 30"), (31, "31 to 50"), (51, "51 to 70"), (71, "71 and more"))
    years = next((words for age, words in reversed(bands) if age <= case.body.age_years), bands[0][1])
    who = {"female": "women", "male": "men", "unspecified": "women and men (the safer of both)"}
    return f"{who[case.body.sex]} of {years}"


# --- What this person's case changes ----------------------------------------------------------------


def _fitted(target: Target, case: TargetCase) -> Target:
    """Return the target as diet, smoking and energy change it."""
    change = _CHANGES.get(target.nutrient)
    return target if change is None else change(target, case)


def _fibre(target: Target, case: TargetCase) -> Target:
    least = max(target.low or 0.0, diet_number("fibre", "least_g"))
    most = max(diet_number("fibre", "most_g_per_1000_kcal") * case.planned_kcal / 1000, 1.2 * least)
    why = f"{target.why} 25 g is what the heart and the gut ask for at least; go up slowly if you eat far less now."
    return replace(target, low=least, high=round(most, 1), why=why)


def _carbohydrate(target: Target, case: TargetCase) -> Target:
    _, high_share = diet_span("carbohydrate", "energy_share")
    low = carbohydrate_low_g(case, target.low or 0.0)
    why = "45 to 65 % of the energy, less where protein needs the room; it fuels training and the brain."
    return replace(target, low=round(low, 1), high=round(high_share * case.planned_kcal / 4, 1), why=why)


def _iron(target: Target, case: TargetCase) -> Target:
    if case.eats_meat or target.low is None:
        return target
    times = diet_number("iron", "vegetarian")
    if case.person.pregnancy_week is not None:
        why = f"{target.why} Without meat it is hard to reach in pregnancy: ask your midwife or doctor about a supplement."
        return replace(target, why=why)
    why = f"{target.why} Times {times:g}: iron from plants is taken up less. Fruit with the meal helps."
    return replace(target, low=round(times * target.low, 1), why=why)


def _plant_omega3(target: Target, case: TargetCase) -> Target:
    if case.eats_fish or target.low is None:
        return target
    why = f"{target.why} Twice that where no fish is eaten: walnuts, flax, chia and rapeseed oil bring it."
    low = round(diet_number("alpha_linolenic_acid", "without_fish") * target.low, 2)
    return replace(target, low=low, why=why, source="saunders_2013")


def _vitamin_c(target: Target, case: TargetCase) -> Target:
    if not case.wishes.smoker or target.low is None:
        return target
    more = diet_number("vitamin_c", "smoker_mg")
    return replace(target, low=target.low + more, why=f"{target.why} {more:.0f} mg more because you smoke.")


_CHANGES: Final = {
    "fibre": _fibre,
    "carbohydrate": _carbohydrate,
    "iron": _iron,
    "alpha_linolenic_acid": _plant_omega3,
    "vitamin_c": _vitamin_c,
}


def diet_notes(case: TargetCase) -> Iterator[str]:
    """Yield what a diet needs beside food, and what food alone seldom brings."""
    if case.wishes.diet == "vegan":
        yield "Vegan food has no vitamin B12 of its own: a supplement is needed, fortified food alone is often too little."
        yield "Calcium comes from fortified plant drinks, tofu set with calcium and greens; look for the word fortified."
    elif case.wishes.diet == "vegetarian":
        yield "Vitamin B12 comes from dairy, eggs and fortified food; if you eat little of them, a supplement is wise."
    if not case.eats_fish:
        yield "Without fish, an oil from algae is the sure way to omega-3 of the long kind (EPA and DHA)."
    yield "Vitamin D comes from sun more than from food: where winter is dark, a supplement of 10 to 15 micrograms is usual."
    yield "Iodine is not in our food figures: iodised salt, dairy and fish bring it, so it is shown as unknown, not as zero."
    if case.person.pregnancy_week is not None:
        yield "In pregnancy, folic acid, iodine and often iron are taken as supplements; ask your midwife or doctor."
    if case.body.sex == "unspecified":
        yield "You did not say your sex, so each target is the safer of both: the higher least and the lower most."
