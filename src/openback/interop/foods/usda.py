"""USDA FoodData Central: tables in a zip or a folder, joined by the food's number in bounded memory.

What belongs to a food stands in other tables, in any order, up to gigabytes of it. So food.csv is read twice: first
only for the numbers of the foods that people eat, then, when the other tables were put on shelves by those numbers, to
hand the foods on one after another.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from openback.errors import FoodZipDamaged
from openback.interop.foods.archive import Tables
from openback.interop.foods.cells import clean, first_brand, length_class, serving, spoken
from openback.interop.foods.checks import KCAL_PER_KJ, Checks
from openback.interop.foods.heap import Heap
from openback.interop.foods.mapping import group_of, mapping
from openback.model.barcode import barcode_of
from openback.model.food import Food, Portion
from openback.model.food_import import Piece, PublicTable, RankedFood, Step
from openback.model.words import words_of

Ids = npt.NDArray[np.int64]

PIECE: Final = 5_000
_BLOCK: Final = 50_000  # rows of a table that are looked at together
# The kinds of food that people eat, with the rank of plain ones. All else in food.csv are samples and purchases.
KINDS: Final[Mapping[str, int]] = {
    "foundation_food": 0,
    "sr_legacy_food": 4,
    "survey_fndds_food": 8,
    "branded_food": 32,
}
_CALLED: Final[Mapping[str, str]] = {
    "foundation_food": "Foundation",
    "sr_legacy_food": "SR Legacy",
    "survey_fndds_food": "FNDDS",
    "branded_food": "Branded",
}
_MOST_PORTIONS: Final = 8
_BETWEEN: Final = "\x1f"  # a letter that no name has
_AMOUNT: Final = struct.Struct("<id")  # a nutrient, how much of it
_ROLL: Final = ("fdc_id", "data_type", "description", "publication_date")
_FOOD: Final = ("fdc_id", "data_type", "description", "food_category_id", "publication_date")
_PRODUCT: Final = (
    "fdc_id",
    "brand_owner",
    "brand_name",
    "gtin_upc",
    "serving_size",
    "serving_size_unit",
    "household_serving_fulltext",
    "branded_food_category",
)
_PRODUCT_KEYS: Final = ("owner", "brand", "barcode", "serving", "unit", "household", "category")
_PORTION: Final = ("fdc_id", "gram_weight", "amount", "measure_unit_id", "portion_description", "modifier")
_SERVED_IN: Final = frozenset({"g", "grm", "gm", "ml", "mlt"})
# The tables that are read, food.csv twice; all others are left alone.
READ: Final = (
    "food.csv",
    "branded_food.csv",
    "measure_unit.csv",
    "food_portion.csv",
    "food_nutrient.csv",
    "food_category.csv",
    "wweia_food_category.csv",
    "food.csv",
)

SAMPLE: Final = "it is a sample or a purchase behind another food"
SUPERSEDED: Final = "a newer entry of the same food is there"
NO_NAME: Final = "it has no name"
NO_FIGURES: Final = "it tells nothing of what is in it"
DAMAGED_ROW: Final = "its number cannot be read"
OUT: Final = "out:"


class UsdaReader:
    """Tables of FoodData Central. `folder` is where what is put aside goes while they are read."""

    origin: PublicTable = "usda"

    def __init__(self, tables: Tables, *, file: str, folder: Path) -> None:
        self.name, self.file, self.cut_off = tables.name, file, ""
        self._tables, self._folder = tables, folder

    def pieces(self, position: int, progress: Step) -> Iterator[Piece]:
        """Yield what follows a position: rows of food.csv."""
        with self._tables as tables, ExitStack() as stack:
            tables.tell(progress, READ)
            try:
                roll = _Roll(tables)
                heaps = [stack.enter_context(Heap(len(roll.ids), self._folder)) for _ in range(3)]
                shelves = _Shelves(tables, roll, (heaps[0], heaps[1], heaps[2]))
                shelves.fill()
                yield from _Foods(tables, roll, shelves).pieces(position)
            except (BadZipFile, zlib.error, EOFError) as error:
                raise FoodZipDamaged(self.name, tables.at) from error


class _Roll:
    """The numbers of the foods to keep, each with its place, in the order of food.csv.

    `keys` tell the same food from others, 0 when nothing does: by what it is, a product by its barcode.
    """

    def __init__(self, tables: Tables) -> None:
        ids, keys, dates = array("q"), array("q"), array("q")
        for fdc_id, kind, description, day in tables.rows("food.csv", _ROLL):
            if kind in KINDS and fdc_id.isdigit():
                ids.append(int(fdc_id))
                keys.append(0 if kind == "branded_food" else -1 - abs(hash((kind, description.lower())) >> 1))
                dates.append(int(digits) if (digits := day.replace("-", "")).isdigit() else 0)
        self.ids, self.keys, self.dates = (np.asarray(told, dtype=np.int64) for told in (ids, keys, dates))
        self._order = np.argsort(self.ids, kind="stable")
        self._sorted = self.ids[self._order]

    def places(self, ids: Sequence[str]) -> Ids:
        """Return the place of each number, -1 of those that are not on the roll."""
        asked = np.array([int(one) if one.isdigit() else -1 for one in ids], dtype=np.int64)
        if not len(self.ids):
            return np.full(len(asked), -1, dtype=np.int64)
        found = np.searchsorted(self._sorted, asked)
        found[found == len(self.ids)] = 0
        return np.where(self._sorted[found] == asked, self._order[found], -1)

    def newest(self) -> npt.NDArray[np.bool_]:
        """Return which foods no newer entry of the same food replaces."""
        order = np.lexsort((self.ids, self.dates, self.keys))
        keys = self.keys[order]
        last = np.append(keys[1:] != keys[:-1], True) if len(keys) else np.zeros(0, dtype=np.bool_)
        found = np.empty(len(keys), dtype=np.bool_)
        found[order] = last | (keys == 0)
        return found


class _Shelves:
    """What the other tables tell of each food on the roll."""

    def __init__(self, tables: Tables, roll: _Roll, heaps: tuple[Heap, Heap, Heap]) -> None:
        self.amounts, self.portions, self.products = heaps
        self._tables, self._roll = tables, roll

    def fill(self) -> None:
        """Read every table once, in any order of its rows."""
        self._fill_products()
        self._fill_portions()
        self._fill_amounts()

    def _blocks(self, table: str, columns: Sequence[str]) -> Iterator[tuple[list[tuple[str, ...]], Ids]]:
        """Yield the rows of a table, many together, with the place of the food of each."""
        rows = self._tables.rows(table, columns)
        while block := list(islice(rows, _BLOCK)):
            yield block, self._roll.places([row[0] for row in block])

    def _fill_products(self) -> None:
        for block, places in self._blocks("branded_food.csv", _PRODUCT):
            for row, place in zip(block, places.tolist(), strict=True):
                if place >= 0:
                    self.products.put(place, _BETWEEN.join(row[1:]).encode())
                    self._roll.keys[place] = int(barcode_of(row[3]) or 0)

    def _fill_portions(self) -> None:
        units = self._tables.names("measure_unit.csv", "id", "name")
        for block, places in self._blocks("food_portion.csv", _PORTION):
            for row, place in zip(block, places.tolist(), strict=True):
                if place >= 0:
                    name = _portion_name(row, units)
                    self.portions.put(place, f"{name}{_BETWEEN}{row[1]}".encode())

    def _fill_amounts(self) -> None:
        for block, places in self._blocks("food_nutrient.csv", ("fdc_id", "nutrient_id", "amount")):
            ours = np.flatnonzero(places >= 0)
            ours = ours[np.argsort(places[ours], kind="stable")]
            theirs = places[ours]
            starts = np.flatnonzero(np.append(True, theirs[1:] != theirs[:-1])) if len(ours) else ours
            for first, after in zip(starts.tolist(), [*starts[1:].tolist(), len(ours)], strict=False):
                rows = (block[nth] for nth in ours[first:after].tolist())
                told = b"".join(_AMOUNT.pack(*one) for row in rows if (one := _amount(row)) is not None)
                self.amounts.put(int(theirs[first]), told)


def _amount(row: Sequence[str]) -> tuple[int, float] | None:
    """Return a nutrient and its amount; NaN when that is no number, None when it is blank or not ours."""
    nutrient = int(row[1]) if row[1].isdigit() else 0
    if nutrient not in _known_ids() or not row[2]:
        return None
    try:
        return nutrient, float(row[2])
    except ValueError:
        return nutrient, float("nan")


@cache
def _known_ids() -> frozenset[int]:
    mapped = mapping()
    groups = [group for figure in mapped.usda.values() for group in figure.groups]
    return frozenset(one for group in (*groups, mapped.usda_kj) for one in group)


def _portion_name(row: Sequence[str], units: Mapping[str, str]) -> str:
    """Return `2 tablespoon`, `1 cup, chopped`, or the words that the table has for it."""
    _, _, amount, unit, description, modifier = row
    if description and "not specified" not in description:
        return description
    called = units.get(unit, "")
    words = [amount.removesuffix(".0"), "" if called == "undetermined" else called, modifier]
    return " ".join(word for word in words if word)


class _Foods:
    """Makes foods of food.csv and of what is on the shelves, and pieces of foods."""

    def __init__(self, tables: Tables, roll: _Roll, shelves: _Shelves) -> None:
        self._tables, self._roll, self._shelves = tables, roll, shelves
        self._mapped = mapping()
        self._checks = Checks(self._mapped)
        self._newest = roll.newest()
        self._categories = dict(self._mapped.usda_categories)
        self._categories |= tables.names("food_category.csv", "id", "description")
        self._categories |= tables.names(
            "wweia_food_category.csv", "wweia_food_category", "wweia_food_category_description"
        )

    def pieces(self, position: int) -> Iterator[Piece]:
        """Yield the foods of the rows that follow a position."""
        foods: list[RankedFood] = []
        counts: Counter[str] = Counter()
        place, number = -1, 0
        for number, row in enumerate(self._tables.rows("food.csv", _FOOD), 1):
            on_roll = row[1] in KINDS and row[0].isdigit()
            place += on_roll
            if number <= position:
                continue
            made = self._food(row, place) if on_roll else DAMAGED_ROW if row[1] in KINDS else SAMPLE
            if isinstance(made, str):
                counts[OUT + made] += 1
            else:
                foods.append(made)
            if number % PIECE == 0 or len(foods) >= PIECE:
                yield self._piece(foods, counts, number - position, number)
                foods, counts, position = [], Counter(), number
        yield self._piece(foods, counts, max(0, number - position), max(number, position))

    def _piece(self, foods: list[RankedFood], counts: Counter[str], read: int, position: int) -> Piece:
        told = {**counts, **self._checks.counts, "read": read, "kept": len(foods)}
        self._checks.counts.clear()
        return Piece(foods=tuple(foods), position=position, counts=told)

    def _food(self, row: Sequence[str], place: int) -> RankedFood | str:
        """Return the food of a row, or why there is none."""
        fdc_id, kind, description, category, _ = row
        if not self._newest[place]:
            return SUPERSEDED
        name = spoken(clean(description))
        if not words_of(name):
            return NO_NAME
        amounts = self._per_100g(place)
        if not amounts:
            return NO_FIGURES
        product = self._product(place)
        category = product["category"] or self._categories.get(category, category)
        food = Food(
            id=f"usda:{fdc_id}",
            name=name,
            group=group_of(category, name),
            per_100g=amounts,
            origin="usda",
            source=f"USDA FoodData Central {fdc_id} ({_CALLED[kind]})",
            portions=(*self._portions(place), *product_portions(product)),
            brand=first_brand(product["brand"] or product["owner"]),
            barcode=barcode_of(product["barcode"]) or "",
        )
        return RankedFood(food=food, rank=KINDS[kind] + length_class(name))

    def _product(self, place: int) -> Mapping[str, str]:
        told = self._shelves.products.get(place)
        cells = told[-1].decode().split(_BETWEEN) if told else [""] * len(_PRODUCT_KEYS)
        return dict(zip(_PRODUCT_KEYS, cells, strict=True))

    def _portions(self, place: int) -> tuple[Portion, ...]:
        pairs = (told.decode().split(_BETWEEN) for told in self._shelves.portions.get(place))
        found = [portion for name, mass in pairs for portion in serving(name, mass)]
        return tuple(found[:_MOST_PORTIONS])

    def _per_100g(self, place: int) -> Mapping[str, float]:
        told = {
            nutrient: amount
            for record in self._shelves.amounts.get(place)
            for nutrient, amount in _AMOUNT.iter_unpack(record)
        }
        amounts: dict[str, float] = {}
        for nutrient, figure in self._mapped.usda.items():
            parts = [next((told[one] for one in group if one in told), None) for group in figure.groups]
            value = self._sum(nutrient, parts, figure.times)
            if value is not None:
                amounts[nutrient] = value
        if "energy" not in amounts:
            kj = [next((told[one] for one in self._mapped.usda_kj if one in told), None)]
            if (energy := self._sum("energy", kj, KCAL_PER_KJ)) is not None:
                amounts["energy"] = round(energy, 1)
        return self._checks.fitting(amounts)

    def _sum(self, nutrient: str, parts: Sequence[float | None], times: float) -> float | None:
        """Return the sum of figures in our unit; None when one is not there or cannot be."""
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        value = self._checks.number(f"{sum(known):.10g}", times)
        return value if value is not None and self._checks.possible(nutrient, value) else None


def product_portions(product: Mapping[str, str]) -> tuple[Portion, ...]:
    """Return the serving of a product's label, in g or ml."""
    if product["unit"].lower() not in _SERVED_IN:
        return ()
    return serving(product["household"], product["serving"])
