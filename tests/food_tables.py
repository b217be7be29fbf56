"""Small public tables of foods for tests: FoodData Central as a zip or folder, Open Food Facts as lines."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile

from openback.interop.foods import open_foods

TABLES = {
    "food.csv": [
        ["fdc_id", "data_type", "description", "food_category_id", "publication_date"],
        ["1", "sample_food", "HUMMUS, SAMPLE", "16", "2019-04-01"],
        ["11", "foundation_food", "Hummus, commercial", "16", "2019-04-01"],
        ["12", "sr_legacy_food", "Broccoli, raw", "11", "2019-04-01"],
        ["13", "branded_food", "OAT DRINK, ORIGINAL", "", "2021-10-28"],
        ["14", "branded_food", "OAT DRINK, ORIGINAL", "", "2023-10-26"],
        ["15", "market_acquisition", "BROCCOLI", "11", "2019-04-01"],
        ["16", "sr_legacy_food", "", "11", "2019-04-01"],
        ["17", "sr_legacy_food", "Nothing known", "11", "2019-04-01"],
        ["x", "sr_legacy_food", "No number", "11", "2019-04-01"],
        ["18", "foundation_food", "Hummus, commercial", "16", "2024-04-01"],
    ],
    "food_nutrient.csv": [
        ["id", "fdc_id", "nutrient_id", "amount"],
        ["1", "14", "1008", "45"],
        ["2", "11", "1003", "7.35"],
        ["3", "12", "1008", "34"],
        ["4", "12", "1162", "89.2"],
        ["5", "18", "2047", "229"],
        ["6", "18", "1003", "7.35"],
        ["7", "18", "1098", "0.348"],
        ["8", "18", "1278", "0.004"],
        ["9", "12", "1278", "0"],
        ["10", "12", "1272", "0.001"],
        ["11", "12", "1051", "90.7"],
        ["12", "12", "1087", "-3"],
        ["13", "12", "1089", "much"],
        ["14", "13", "1008", "46"],
        ["15", "99", "1008", "46"],
        ["16", "16", "1008", "46"],
        ["17", "12", "1104", "600"],
        ["18", "12", "1090", ""],
    ],
    "food_portion.csv": [
        ["id", "fdc_id", "seq_num", "amount", "measure_unit_id", "portion_description", "modifier", "gram_weight"],
        ["1", "18", "1", "2.0", "1001", "", "", "33.9"],
        ["2", "12", "1", "1.0", "9999", "", "cup chopped", "91"],
        ["3", "12", "2", "1.0", "9999", "Quantity not specified", "", "0"],
    ],
    "measure_unit.csv": [["id", "name"], ["1001", "tablespoon"], ["9999", "undetermined"]],
    "branded_food.csv": [
        ["fdc_id", "brand_owner", "brand_name", "gtin_upc", "serving_size", "serving_size_unit",
         "household_serving_fulltext", "branded_food_category"],
        ["13", "ACME FOODS", "", "012345678905", "240", "ml", "1 cup", "Plant Based Milk"],
        ["14", "ACME FOODS", "OATSY", "00012345678905", "240", "ml", "1 cup", "Plant Based Milk"],
    ],
}  # fmt: skip

COLUMNS = (
    "code", "product_name", "brands", "serving_size", "serving_quantity", "pnns_groups_2", "unique_scans_n",
    "energy-kcal_100g", "energy-kj_100g", "proteins_100g", "carbohydrates_100g", "fat_100g", "sugars_100g",
    "saturated-fat_100g", "fiber_100g", "salt_100g", "sodium_100g", "vitamin-c_100g", "vitamin-b12_100g",
    "eicosapentaenoic-acid_100g", "docosahexaenoic-acid_100g", "alcohol_100g", "product_name_fr",
)  # fmt: skip


def written(rows):
    """Return the rows as USDA writes them: everything in quotation marks."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return text.getvalue()


def usda_folder(path, tables=None):
    """Write tables of FoodData Central to a folder and return it."""
    path.mkdir(parents=True, exist_ok=True)
    for name, rows in (TABLES if tables is None else tables).items():
        (path / name).write_text(written(rows), encoding="utf-8")
    return path


def usda_zip(path, tables=None):
    """Write them to a zip, in a folder inside it as the real ones have it, and return the path."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in (TABLES if tables is None else tables).items():
            archive.writestr(f"FoodData_Central_csv/{name}", written(rows))
    return path


def off_line(**cells):
    """Return a line of Open Food Facts; a column is named with underscores for hyphens where that is needed."""
    known = {name.replace("-", "_"): name for name in COLUMNS}
    named = {known[key]: str(value) for key, value in cells.items()}
    return "\t".join(named.get(name, "") for name in COLUMNS)


def an_off_line(number):
    """Return the line of a product with its number."""
    return off_line(code=f"{number:08d}", product_name=f"Soup {number}", energy_kcal_100g=40 + number)


def packed(path):
    """Pack a file as .gz beside it and return that."""
    target = path.with_name(path.name + ".gz")
    target.write_bytes(gzip.compress(path.read_bytes()))
    return target


def off_text(*lines):
    """Return a whole export of these lines."""
    return "".join(f"{line}\n" for line in ("\t".join(COLUMNS), *lines))


def off_file(path, *lines):
    """Write an export and return its path."""
    path.write_text(off_text(*lines), encoding="utf-8")
    return path


def read(path, position=0, progress=lambda done, total: None):
    """Return the foods of a file by id, and all counts."""
    reader = open_foods(path, path.parent)
    foods, counts = {}, {}
    for piece in reader.pieces(position, progress):
        foods |= {one.food.id: one for one in piece.foods}
        for key, count in piece.counts.items():
            counts[key] = counts.get(key, 0) + count
    return foods, counts


def accounted(counts):
    """Return whether every row is kept or left out."""
    return counts["read"] == counts.get("kept", 0) + sum(
        n for key, n in counts.items() if key.startswith("out:")
    )
