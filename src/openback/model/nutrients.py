"""What food is made of: the nutrients that Openback knows, each with its unit.

Amounts are mappings from a nutrient's id to a number in that nutrient's unit. A nutrient that is not in the
mapping is **unknown**, never zero; a zero is there as a zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

NutrientUnit = Literal["kcal", "g", "mg", "ug", "L"]
NutrientKind = Literal["energy", "macro", "fat", "mineral", "vitamin", "other"]
Amounts = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nutrient:
    """One nutrient; `id` is the word that targets, files and JSON use."""

    id: str
    name: str
    unit: NutrientUnit
    kind: NutrientKind


def _nutrient(id_: str, name: str, unit: NutrientUnit, kind: NutrientKind) -> Nutrient:
    return Nutrient(id=id_, name=name, unit=unit, kind=kind)


# In the order in which pages show them. `omega3_long` is EPA and DHA together.
NUTRIENTS: Final[tuple[Nutrient, ...]] = (
    _nutrient("energy", "Energy", "kcal", "energy"),
    _nutrient("protein", "Protein", "g", "macro"),
    _nutrient("carbohydrate", "Carbohydrate", "g", "macro"),
    _nutrient("fibre", "Fibre", "g", "macro"),
    _nutrient("sugars", "Sugars", "g", "macro"),
    _nutrient("added_sugars", "Added sugars", "g", "macro"),
    _nutrient("fat", "Fat", "g", "fat"),
    _nutrient("saturated_fat", "Saturated fat", "g", "fat"),
    _nutrient("monounsaturated_fat", "Monounsaturated fat", "g", "fat"),
    _nutrient("polyunsaturated_fat", "Polyunsaturated fat", "g", "fat"),
    _nutrient("trans_fat", "Trans fat", "g", "fat"),
    _nutrient("linoleic_acid", "Omega-6 (linoleic acid)", "g", "fat"),
    _nutrient("alpha_linolenic_acid", "Omega-3 from plants (ALA)", "g", "fat"),
    _nutrient("omega3_long", "Omega-3 from the sea (EPA and DHA)", "g", "fat"),
    _nutrient("cholesterol", "Cholesterol", "mg", "fat"),
    _nutrient("calcium", "Calcium", "mg", "mineral"),
    _nutrient("iron", "Iron", "mg", "mineral"),
    _nutrient("magnesium", "Magnesium", "mg", "mineral"),
    _nutrient("phosphorus", "Phosphorus", "mg", "mineral"),
    _nutrient("potassium", "Potassium", "mg", "mineral"),
    _nutrient("sodium", "Sodium", "mg", "mineral"),
    _nutrient("zinc", "Zinc", "mg", "mineral"),
    _nutrient("copper", "Copper", "ug", "mineral"),
    _nutrient("manganese", "Manganese", "mg", "mineral"),
    _nutrient("selenium", "Selenium", "ug", "mineral"),
    _nutrient("iodine", "Iodine", "ug", "mineral"),
    _nutrient("vitamin_a_rae", "Vitamin A", "ug", "vitamin"),
    _nutrient("vitamin_c", "Vitamin C", "mg", "vitamin"),
    _nutrient("vitamin_d", "Vitamin D", "ug", "vitamin"),
    _nutrient("vitamin_e", "Vitamin E", "mg", "vitamin"),
    _nutrient("vitamin_k", "Vitamin K", "ug", "vitamin"),
    _nutrient("thiamin_b1", "Thiamin (B1)", "mg", "vitamin"),
    _nutrient("riboflavin_b2", "Riboflavin (B2)", "mg", "vitamin"),
    _nutrient("niacin_b3", "Niacin (B3)", "mg", "vitamin"),
    _nutrient("pantothenic_b5", "Pantothenic acid (B5)", "mg", "vitamin"),
    _nutrient("vitamin_b6", "Vitamin B6", "mg", "vitamin"),
    _nutrient("folate_dfe", "Folate", "ug", "vitamin"),
    _nutrient("vitamin_b12", "Vitamin B12", "ug", "vitamin"),
    _nutrient("choline", "Choline", "mg", "vitamin"),
    _nutrient("water_total", "Water, from food and drink", "L", "other"),
    _nutrient("leucine", "Leucine", "g", "other"),
    _nutrient("alcohol", "Alcohol", "g", "other"),
    _nutrient("caffeine", "Caffeine", "mg", "other"),
)
NUTRIENT: Final[Mapping[str, Nutrient]] = {one.id: one for one in NUTRIENTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A sum over foods: `amount` of what was reported, in the nutrient's unit.

    `coverage`, 0 to 1, is the share of the energy (of the mass, for what has no energy) that came from foods
    that report the nutrient. At 0 the amount says nothing. `of_kcal` is the energy that the share is of, so that
    sums of sums stay right; None where it was not kept.
    """

    amount: float
    coverage: float
    of_kcal: float | None = None


Totals = Mapping[str, Known]
