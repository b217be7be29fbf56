"""A food of one's own, as the form of its label says it: what the label does not say stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from openback.errors import BadBarcode
from openback.model.barcode import barcode_of
from openback.model.food import Food, FoodGroup, Portion
from openback.model.nutrients import NUTRIENT
from openback.web.food_words import unit_words
from openback.web.forms.fields import Fields

SODIUM_MG_PER_SALT_G: Final = 400.0  # EU 1169/2011: salt is sodium times 2.5
KCAL_PER_KJ: Final = 1 / 4.184  # exact, thermochemical calorie
MOST_KCAL: Final = 900.0  # in 100 g: pure fat
# Rounding on a label may add up to a little more than the food weighs. Project default.
MOST_SUM_G: Final = 105.0

GROUPS: Final[Mapping[FoodGroup, str]] = {
    "fruit": "Fruit",
    "vegetable": "Vegetables",
    "starchy_vegetable": "Potatoes and the like",
    "whole_grain": "Whole grain",
    "refined_grain": "Bread, pasta, rice (white)",
    "legume": "Beans, lentils, peas",
    "soy": "Tofu and soy",
    "lean_protein": "Chicken, turkey",
    "red_meat": "Meat",
    "processed_meat": "Sausage, ham",
    "fish": "Fish and seafood",
    "oily_fish": "Oily fish",
    "egg": "Eggs",
    "dairy": "Milk, yoghurt, cheese",
    "plant_drink": "Plant drinks",
    "nuts_seeds": "Nuts and seeds",
    "oil": "Oil",
    "spread": "Butter and spreads",
    "herb_spice": "Herbs and spices",
    "sweet": "Sweets and cakes",
    "snack": "Savoury snacks",
    "drink": "Drinks",
    "other": "Something else",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelLine:
    """One line of a label: its field, its words, and its unit as printed."""

    field: str
    name: str
    unit: str
    inset: bool = False  # "of which ..."


# In the order of a European label.
LABEL: Final = (
    LabelLine(field="fat", name="Fat", unit="g"),
    LabelLine(field="saturated_fat", name="of which saturated", unit="g", inset=True),
    LabelLine(field="carbohydrate", name="Carbohydrate", unit="g"),
    LabelLine(field="sugars", name="of which sugars", unit="g", inset=True),
    LabelLine(field="fibre", name="Fibre", unit="g"),
    LabelLine(field="protein", name="Protein", unit="g"),
    LabelLine(field="salt", name="Salt", unit="g"),
)
MORE: Final = tuple(
    LabelLine(field=id_, name=NUTRIENT[id_].name, unit=unit_words(NUTRIENT[id_].unit))
    for id_ in (
        "calcium",
        "iron",
        "magnesium",
        "potassium",
        "zinc",
        "iodine",
        "selenium",
        "vitamin_a_rae",
        "vitamin_c",
        "vitamin_d",
        "vitamin_e",
        "vitamin_b12",
        "folate_dfe",
        "omega3_long",
        "alpha_linolenic_acid",
        "added_sugars",
        "caffeine",
        "alcohol",
    )
)
_MASS_G: Final = ("fat", "carbohydrate", "fibre", "protein", "salt")
_PARTS: Final = (("saturated_fat", "fat"), ("sugars", "carbohydrate"), ("added_sugars", "sugars"))


def own_food(fields: Fields, source: str) -> Food | None:
    """Return the food of a filled-in form; None when it cannot be, and `fields` has every reason."""
    name = fields.text("name")
    if not name:
        fields.problems.append("The name is missing.")
    code = fields.text("barcode", 20)
    if code and barcode_of(code) is None:
        fields.problems.append(str(BadBarcode(code)))
    portion_g = fields.number_or_none("portion_g", "The weight of a portion", 0.5, 2000, unit="g")
    per_portion = fields.text("basis") == "portion"
    if per_portion and portion_g is None:
        fields.problems.append("Values per portion need the weight of a portion.")
    stated = _stated(fields)
    if fields.problems:
        return None
    per_100g = _per_100g(stated, 100 / portion_g if per_portion and portion_g else 1.0)
    fields.problems += _contradictions(per_100g)
    if fields.problems:
        return None
    group = fields.text("group")
    portions = (
        () if portion_g is None else (Portion(name=fields.text("portion") or "1 portion", mass_g=portion_g),)
    )
    return Food(
        id=f"own:{_id(fields)}",
        name=name,
        brand=fields.text("brand"),
        barcode=barcode_of(fields.text("barcode", 20)) or "",
        group=next((one for one in GROUPS if one == group), "other"),
        per_100g={id_: value for id_, value in per_100g.items() if id_ != "salt"},
        origin="own",
        source=source,
        portions=portions,
    )


def as_typed(food: Food) -> dict[str, str]:
    """Return a food of one's own as its form would have been filled in, per 100 g."""
    portion = food.portions[0] if food.portions else None
    stated = {**food.per_100g}
    if "sodium" in stated:
        stated["salt"] = stated.pop("sodium") / SODIUM_MG_PER_SALT_G
    return {
        "id": food.id.removeprefix("own:"),
        "name": food.name,
        "brand": food.brand,
        "barcode": food.barcode,
        "group": food.group,
        "basis": "100g",
        "portion": "" if portion is None else portion.name,
        "portion_g": "" if portion is None else f"{portion.mass_g:g}",
        **{name: f"{value:g}" for name, value in stated.items()},
    }


def _id(fields: Fields) -> UUID:
    try:
        return UUID(fields.text("id"))
    except ValueError:
        return uuid4()


def _stated(fields: Fields) -> dict[str, float]:
    """Return what the label says, in its own units, energy in kcal; blank fields are left out."""
    in_kj = fields.text("energy_unit") == "kJ"
    energy = fields.number_or_none("energy", "Energy", 0, 20_000, unit="kJ" if in_kj else "kcal")
    read = {} if energy is None else {"energy": energy * (KCAL_PER_KJ if in_kj else 1.0)}
    for line in (*LABEL, *MORE):
        most = 2000.0 if line.unit == "g" else 1_000_000.0
        value = fields.number_or_none(line.field, line.name.capitalize(), 0, most, unit=line.unit)
        if value is not None:
            read[line.field] = value
    return read


def _per_100g(stated: Mapping[str, float], share: float) -> dict[str, float]:
    """Return amounts per 100 g, sodium worked out from salt."""
    per_100g = {name: round(value * share, 4) for name, value in stated.items()}
    if "salt" in per_100g:
        per_100g["sodium"] = round(per_100g["salt"] * SODIUM_MG_PER_SALT_G, 2)
    return per_100g


def _contradictions(per_100g: Mapping[str, float]) -> list[str]:
    """Return what cannot be true of 100 g of anything, a sentence each."""
    said: list[str] = []
    energy = per_100g.get("energy", 0.0)
    if energy > MOST_KCAL:
        said.append(
            f"{energy:.0f} kcal in 100 g is more than pure fat has; is it per portion, or kJ instead of kcal?"
        )
    weighed_g = sum(per_100g.get(name, 0.0) for name in _MASS_G)
    if weighed_g > MOST_SUM_G:
        said.append(
            f"Fat, carbohydrate, fibre, protein and salt add up to {weighed_g:.0f} g in 100 g; "
            "is one of them per portion?"
        )
    for part, whole in _PARTS:
        if part in per_100g and whole in per_100g and per_100g[part] > per_100g[whole] + 0.1:
            names = NUTRIENT[part].name, NUTRIENT[whole].name.lower()
            said.append(f"{names[0]} cannot be more than {names[1]}, of which it is a part.")
    return said
