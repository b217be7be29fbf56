"""Foods by the hundred thousand: how fast they are read, in how much memory, and how fast one is found among them.

Two made-up tables are imported by processes of their own, so that their memory is theirs alone: half a million
products in the form of Open Food Facts, and a smaller one in the form of USDA's Branded foods. Then people type.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks import Figure
from openback.catalogue import load_catalogue
from openback.model.barcode import check_digit
from openback.model.words import words_of
from openback.nutrition.foods import load_foods
from openback.services.app import App
from openback.services.foods import by_barcode, import_foods, search
from openback.storage import open_store

FOODS: Final = 500_000
BRANDED: Final = 60_000
_NUTRIENTS: Final = (1008, 1003, 1004, 1005, 1079, 2000, 1093, 1087, 1089, 1092, 1253, 1258, 1257, 1162)
_SEARCHES: Final = 400
_SYLLABLES: Final = ("ba", "co", "di", "fa", "lo", "mi", "no", "pe", "ra", "so", "ta", "vi", "zu", "er", "in")
_COLUMNS: Final = (
    "code\tproduct_name\tbrands\tserving_size\tserving_quantity\tpnns_groups_2\tunique_scans_n\tenergy-kcal_100g\t"
    "proteins_100g\tcarbohydrates_100g\tfat_100g\tsugars_100g\tsaturated-fat_100g\tfiber_100g\tsalt_100g\t"
    "calcium_100g\tiron_100g\tingredients_text"
)


def run() -> Sequence[Figure]:
    """Return how fast foods are read and found, and the memory that takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        products = _products(folder)
        branded = _branded(folder)
        figures = [
            *_imported(products, folder, "Open Food Facts", FOODS),
            *_imported(branded, folder, "USDA Branded", BRANDED * len(_NUTRIENTS)),
        ]
        return [*figures, *_found(folder)]


# --- Making tables --------------------------------------------------------------------------------


class _Shop:
    """Names as shops have them: common words often, brands by the thousand, and a tail of words seen once."""

    def __init__(self) -> None:
        self.pick = random.Random(5)
        common = {word for food in load_foods().values() for word in words_of(food.name) if len(word) > 2}
        self.words = sorted(common)
        self.pick.shuffle(self.words)
        self.brands = ["".join(self.pick.choices(_SYLLABLES, k=3)).title() for _ in range(4_000)]
        rare = ["".join(self.pick.choices(_SYLLABLES, k=4)) for _ in range(60_000)]
        self.words += rare
        share = 1 / np.arange(10, len(self.words) + 10) ** 0.9  # the commonest word is in 3 of 100 names
        self._drawn = np.random.default_rng(5).choice(len(self.words), size=3 * FOODS, p=share / share.sum())
        self._next = 0

    def name(self) -> str:
        """Return the name of a product: two to five words."""
        count = self.pick.randint(2, 5)
        picked = self._drawn[self._next : self._next + count]
        self._next = (self._next + count) % (len(self._drawn) - 5)
        return " ".join(self.words[nth] for nth in picked).capitalize()

    def brand(self) -> str:
        """Return a brand."""
        return self.pick.choice(self.brands)


def _barcode(number: int) -> str:
    digits = f"40{number:010d}"
    return f"{digits}{check_digit(digits)}"


def _products(folder: Path) -> Path:
    path, shop = folder / "products.tsv", _Shop()
    ingredients = "water, sugar, flour, salt and other things that a label lists at length " * 8
    with path.open("w", encoding="utf-8") as file:
        file.write(_COLUMNS + "\n")
        for number in range(FOODS):
            fat, protein, carbohydrate = number % 30, number % 13, number % 50
            kcal = 9 * fat + 4 * protein + 4 * carbohydrate
            file.write(
                f"{_barcode(number)}\t{shop.name()}\t{shop.brand()}\t30 g\t30\tunknown\t{number % 7}\t{kcal}\t{protein}\t"
                f"{carbohydrate}\t{fat}\t{carbohydrate / 3:.1f}\t{fat / 4:.1f}\t{number % 9}\t0.{number % 10}\t"
                f"0.0{number % 10}\t0.000{number % 10}\t{ingredients}\n"
            )
    return path


def _branded(folder: Path) -> Path:
    path, shop = folder / "branded.zip", _Shop()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, lines in (
            ("food.csv", _food_lines(shop)),
            ("branded_food.csv", _product_lines(shop)),
            ("food_nutrient.csv", _nutrient_lines()),
        ):
            with archive.open(f"branded/{table}", "w") as file:
                file.writelines(line.encode() + b"\n" for line in lines)
    return path


def _food_lines(shop: _Shop) -> Iterator[str]:
    yield '"fdc_id","data_type","description","food_category_id","publication_date"'
    for number in range(BRANDED):
        yield f'"{1_000_000 + number}","branded_food","{shop.name().upper()}","","2024-04-01"'


def _product_lines(shop: _Shop) -> Iterator[str]:
    yield (
        '"fdc_id","brand_owner","brand_name","gtin_upc","serving_size","serving_size_unit",'
        '"household_serving_fulltext","branded_food_category"'
    )
    for number in range(BRANDED):
        code = _barcode(FOODS + number)
        yield f'"{1_000_000 + number}","{shop.brand()}","","{code}","28.0","g","1 ONZ","Cheese"'


def _nutrient_lines() -> Iterator[str]:
    yield '"id","fdc_id","nutrient_id","amount","data_points","derivation_id"'
    for number in range(BRANDED):
        for nth, nutrient in enumerate(_NUTRIENTS):
            yield f'"{number * 20 + nth}","{1_000_000 + number}","{nutrient}","{(number + nth) % 20}.5","",""'


# --- Measuring ------------------------------------------------------------------------------------


def _imported(path: Path, folder: Path, called: str, rows: int) -> Sequence[Figure]:
    command = [sys.executable, "-m", "benchmarks.foods", str(path), str(folder)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [
        Figure(
            name=f"rows of {called} kept",
            value=rows / told["seconds"],
            unit="rows/s",
            note=f"{rows:,} rows of figures, on the disk and searchable",
        ),
        Figure(
            name=f"memory for {called}",
            value=told["peak_mb"],
            unit="MB",
            at_most=400,
            note="the whole process",
        ),
    ]


def _import_alone(path: Path, folder: Path) -> dict[str, float]:
    with open_store(folder / "openback.db") as store:
        app = App(store=store, catalogue=load_catalogue(), data_dir=folder)
        start = time.perf_counter()
        import_foods(app, path)
        seconds = time.perf_counter() - start
    return {"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _found(folder: Path) -> Sequence[Figure]:
    with open_store(folder / "openback.db") as store:
        app = App(store=store, catalogue=load_catalogue(), data_dir=folder)
        count = sum(store.count_foods().values())
        asked = dict(_typed())
        search(app, "milk")
        figures = []
        for called, texts in asked.items():
            times_ms = sorted(_time_ms(app, text) for text in texts)
            figures.append(
                Figure(
                    name=f"search, {called}",
                    value=times_ms[int(len(times_ms) * 0.95)],
                    unit="ms",
                    at_most=50,
                    note=f"95 of 100 searches of {count:,} foods; half take {times_ms[len(times_ms) // 2]:.1f}",
                )
            )
        start = time.perf_counter()
        for number in range(200):
            by_barcode(app, _barcode(number * 997))
        figures.append(
            Figure(name="barcode", value=(time.perf_counter() - start) / 200 * 1e3, unit="ms", at_most=10)
        )
        return figures


def _time_ms(app: App, text: str) -> float:
    start = time.perf_counter()
    search(app, text)
    return (time.perf_counter() - start) * 1e3


def _typed() -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what people type, by kind."""
    shop, pick = _Shop(), random.Random(6)
    names = [shop.name() for _ in range(_SEARCHES)]
    yield "one word", [name.split()[0] for name in names]
    yield "first letters", [name[: pick.randint(1, 4)] for name in names]
    yield "whole name", names
    yield "with a slip", [_slipped(name, pick) for name in names]


def _slipped(name: str, pick: random.Random) -> str:
    """Return the first two words of a name, one letter of the longest swapped with its neighbour."""
    words = name.split()[:2]
    longest = max(words, key=len)
    place = pick.randrange(len(longest) - 1)
    swapped = longest[:place] + longest[place + 1] + longest[place] + longest[place + 2 :]
    return " ".join(swapped if word == longest else word for word in words)


if __name__ == "__main__":
    print(json.dumps(_import_alone(Path(sys.argv[1]), Path(sys.argv[2]))))
