"""Reading public tables of foods: every row accounted for, units, what cannot be, and what is no table of foods."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import food_tables
from food_tables import (
    TABLES,
    accounted,
    an_off_line,
    off_file,
    off_line,
    off_text,
    packed,
    read,
    usda_folder,
    usda_zip,
)
from openback.datafile import read_table
from openback.errors import BadDataFile
from openback.interop.foods import heap, off, open_foods, usda
from openback.interop.foods.checks import Checks
from openback.interop.foods.mapping import group_of, mapping, mapping_of
from openback.model.food import Portion
from openback.model.nutrients import NUTRIENT


def amounts_of(tmp_path, **cells):
    """Return what 100 g of a product hold, and what became unknown."""
    line = off_line(code="4006381333931", product_name="Porridge", **cells)
    foods, counts = read(off_file(tmp_path / "off.tsv", line))
    unknown = {key.removeprefix("unknown:"): n for key, n in counts.items() if key.startswith("unknown:")}
    (one,) = foods.values()
    return one.food.per_100g, unknown


# --- FoodData Central -----------------------------------------------------------------------------


@pytest.mark.parametrize("made", [usda_zip, usda_folder], ids=["zip", "folder"])
def test_tables_of_usda_are_joined(tmp_path, made):
    foods, counts = read(made(tmp_path / "usda"))
    assert set(foods) == {"usda:12", "usda:14", "usda:18"}
    assert counts == {
        "read": 10,
        "kept": 3,
        "out:it is a sample or a purchase behind another food": 2,
        "out:a newer entry of the same food is there": 2,
        "out:it has no name": 1,
        "out:it tells nothing of what is in it": 1,
        "out:its number cannot be read": 1,
        "unknown:is less than nothing": 1,
        "unknown:is not a number": 1,
    }
    assert accounted(counts)
    hummus, drink, broccoli = (foods[f"usda:{number}"].food for number in (18, 14, 12))
    assert hummus.per_100g == {"energy": 229.0, "protein": 7.35, "copper": 348.0}
    assert hummus.portions == (Portion(name="2 tablespoon", mass_g=33.9),)
    assert (hummus.group, hummus.origin, hummus.tags) == ("legume", "usda", None)
    assert hummus.source == "USDA FoodData Central 18 (Foundation)"
    assert (drink.name, drink.brand, drink.barcode) == ("Oat drink, original", "Oatsy", "0012345678905")
    assert drink.portions == (Portion(name="1 cup", mass_g=240.0),)
    assert broccoli.per_100g == {
        "energy": 34.0,
        "vitamin_c": 89.2,
        "omega3_long": 0.001,
        "water_total": 0.0907,
    }
    assert broccoli.portions == (Portion(name="1 cup chopped", mass_g=91.0),)
    assert foods["usda:18"].rank < foods["usda:12"].rank < foods["usda:14"].rank


@pytest.mark.parametrize("block", [1, 3, 50_000])
def test_the_order_of_rows_does_not_matter(tmp_path, monkeypatch, block):
    monkeypatch.setattr(usda, "_BLOCK", block)
    shuffled = {
        name: [rows[0], *random.Random(3).sample(rows[1:], len(rows) - 1)] for name, rows in TABLES.items()
    }
    foods, _ = read(usda_zip(tmp_path / "shuffled.zip", shuffled))
    expected, _ = read(usda_zip(tmp_path / "usda.zip"))
    assert {key: one.food for key, one in foods.items()} == {key: one.food for key, one in expected.items()}


def test_the_tables_beside_the_two_needed_may_be_missing(tmp_path):
    few = {name: TABLES[name] for name in ("food.csv", "food_nutrient.csv")}
    foods, counts = read(usda_folder(tmp_path / "few", few))
    assert set(foods) == {"usda:12", "usda:13", "usda:14", "usda:18"}
    assert foods["usda:12"].food.group == "vegetable"
    assert foods["usda:14"].food.portions == ()
    assert accounted(counts)


def test_one_table_of_an_unpacked_zip_stands_for_its_folder(tmp_path):
    folder = usda_folder(tmp_path / "usda")
    assert read(folder / "food.csv")[0].keys() == read(folder)[0].keys()


@pytest.mark.parametrize("piece", [1, 2, 3, 100])
@pytest.mark.parametrize("made", ["usda", "off", "off.gz"])
def test_reading_goes_on_where_it_stopped(tmp_path, monkeypatch, made, piece):
    monkeypatch.setattr(usda, "PIECE", piece)
    monkeypatch.setattr(off, "PIECE_ROWS", piece)
    if made == "usda":
        path = usda_zip(tmp_path / "usda.zip")
    else:
        path = off_file(tmp_path / "off.tsv", *(an_off_line(number) for number in range(7)), "broken")
        if made == "off.gz":
            path = packed(path)
    whole, counts = read(path)
    pieces = list(open_foods(path, tmp_path).pieces(0, lambda done, total: None))
    for stop in range(len(pieces)):
        before = [one for made_piece in pieces[: stop + 1] for one in made_piece.foods]
        rest, rest_counts = read(path, pieces[stop].position)
        assert {one.food.id for one in before} | set(rest) == set(whole)
        assert (
            sum(p.counts.get("read", 0) for p in pieces[: stop + 1]) + rest_counts.get("read", 0)
            == counts["read"]
        )


# --- Open Food Facts ------------------------------------------------------------------------------


def test_vitamins_and_minerals_are_in_grams_there(tmp_path):
    amounts, unknown = amounts_of(
        tmp_path, vitamin_c_100g="0.0214", vitamin_b12_100g="0.0000025", salt_100g="1.25", energy_kj_100g="418.4",
        eicosapentaenoic_acid_100g="0.3", docosahexaenoic_acid_100g="0.2", alcohol_100g="5",
    )  # fmt: skip
    assert amounts == {
        "energy": 100.0,
        "vitamin_c": 21.4,
        "vitamin_b12": 2.5,
        "sodium": 500.0,
        "omega3_long": 0.5,
        "alcohol": 3.945,
    }
    assert unknown == {}


@pytest.mark.parametrize(
    ("cells", "expected", "why"),
    [
        pytest.param({"fat_100g": "-1"}, {"fibre": 1.0}, "is less than nothing", id="negative"),
        pytest.param({"fat_100g": "101"}, {"fibre": 1.0}, "is more than 100 g can hold", id="too much"),
        pytest.param({"vitamin_c_100g": "80"}, {"fibre": 1.0}, "is more than 100 g can hold", id="mg as g"),
        pytest.param({"fat_100g": "some"}, {"fibre": 1.0}, "is not a number", id="a word"),
        pytest.param({"fat_100g": "nan"}, {"fibre": 1.0}, "is not a number", id="nan"),
        pytest.param({"fat_100g": "1e400"}, {"fibre": 1.0}, "is not a number", id="infinite"),
        pytest.param(
            {"energy_kcal_100g": "837", "proteins_100g": 10, "carbohydrates_100g": 30, "fat_100g": 4},
            {"protein": 10.0, "carbohydrate": 30.0, "fat": 4.0, "fibre": 1.0},
            "is kilojoules in the place of kilocalories",
            id="kJ as kcal",
        ),
        pytest.param(
            {"energy_kj_100g": "200", "proteins_100g": 10, "carbohydrates_100g": 30, "fat_100g": 4},
            {"protein": 10.0, "carbohydrate": 30.0, "fat": 4.0, "fibre": 1.0},
            "is kilocalories in the place of kilojoules",
            id="kcal as kJ",
        ),
        pytest.param(
            {"energy_kcal_100g": "600", "proteins_100g": 10, "carbohydrates_100g": 30, "fat_100g": 4},
            {"protein": 10.0, "carbohydrate": 30.0, "fat": 4.0, "fibre": 1.0},
            "is energy that protein, carbohydrate and fat do not make",
            id="energy from nowhere",
        ),
        pytest.param(
            {"sugars_100g": "30", "carbohydrates_100g": "20"},
            {"carbohydrate": 20.0, "fibre": 1.0},
            "is a part larger than its whole",
            id="more sugars than carbohydrate",
        ),
    ],
)
def test_what_cannot_be_is_unknown_and_counted(tmp_path, cells, expected, why):
    amounts, unknown = amounts_of(tmp_path, fiber_100g="1", **cells)
    assert amounts == expected
    assert unknown == {why: 1}


def test_more_than_all_of_it_together_is_unknown(tmp_path):
    cells = {"proteins_100g": 40, "carbohydrates_100g": 60, "fat_100g": 20}
    amounts, unknown = amounts_of(tmp_path, fiber_100g="1", **cells)
    assert amounts == {"fibre": 1.0}
    assert unknown == {"is protein, carbohydrate or fat of more than 100 g together": 3}


def test_zero_is_zero_and_blank_is_unknown(tmp_path):
    amounts, unknown = amounts_of(tmp_path, fat_100g="0", sugars_100g="")
    assert amounts == {"fat": 0.0}
    assert unknown == {}


def test_a_sweetener_has_carbohydrate_without_energy(tmp_path):
    cells = {"proteins_100g": 0, "carbohydrates_100g": 99, "fat_100g": 0, "sugars_100g": 0}
    amounts, unknown = amounts_of(tmp_path, energy_kcal_100g="0", **cells)
    assert amounts["energy"] == 0.0
    assert unknown == {}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"product_name": "  SUPER &quot;OAT&quot;\u200b MÜSLI , "}, 'Super "oat" müsli'),
        ({"product_name": "???", "product_name_fr": "Compote"}, "Compote"),
        ({"product_name": "ＦＵＬＬ"}, "Ｆｕｌｌ"),
        ({"product_name": "BIO"}, "BIO"),
        ({"product_name": "豆腐"}, "豆腐"),
        ({"product_name": "long " * 60}, ("long " * 31).strip() + "…"),
    ],
)
def test_names_are_made_readable(tmp_path, cells, expected):
    line = off_line(code="73513537", fat_100g="1", **cells)
    (one,) = read(off_file(tmp_path / "off.tsv", line))[0].values()
    assert one.food.name == expected


def test_every_row_of_an_export_is_accounted_for(tmp_path):
    foods, counts = read(
        off_file(
            tmp_path / "off.tsv",
            an_off_line(1),
            off_line(code="2", product_name="Nothing known"),
            off_line(code="3", energy_kcal_100g=4),
            off_line(code="no number", product_name="Soup", energy_kcal_100g=4),
            "4\tshort",
            an_off_line(5) + "\tlong",
            "",
            an_off_line(1).replace("Soup 1", 'The "1"'),
        )
    )
    assert [one.food.name for one in foods.values()] == ['The "1']
    assert counts == {
        "read": 7,
        "kept": 2,
        "out:it tells nothing of what is in it": 1,
        "out:it has no name": 1,
        "out:it has no number": 1,
        "out:its columns are not those of the heading": 2,
    }
    assert accounted(counts)


def test_portions_and_brands_of_labels(tmp_path):
    line = off_line(
        code="73513537", product_name="Oats", fat_100g=7, serving_size="40 g (0.5 cup)", serving_quantity="40",
        brands="KELLOGG, Other", unique_scans_n="2000", pnns_groups_2="Cereals",
    )  # fmt: skip
    (one,) = read(off_file(tmp_path / "off.tsv", line))[0].values()
    assert one.food.portions == (Portion(name="0.5 cup", mass_g=40.0),)
    assert (one.food.brand, one.food.group, one.rank) == ("Kellogg", "whole_grain", 12)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_an_export_with_another_delimiter_is_read(tmp_path, delimiter):
    path = tmp_path / "off.csv"
    text = off_text(off_line(code="73513537", product_name='"Peas; green, dry"', fat_100g=1))
    path.write_text(text.replace("\t", delimiter), encoding="utf-8")
    (one,) = read(path)[0].values()
    assert one.food.name == "Peas; green, dry"


def test_letters_of_an_older_encoding_are_read(tmp_path):
    path = tmp_path / "off.tsv"
    path.write_bytes(off_text(off_line(code="73513537", product_name="Crème", fat_100g=1)).encode("cp1252"))
    (one,) = read(path)[0].values()
    assert one.food.name == "Crème"


@given(st.text(max_size=300))
def test_no_line_breaks_the_reader(line):
    layout = off.Layout.of("\t".join(food_tables.COLUMNS).encode())
    rows = off._Rows(layout)
    rows.begin(0)
    rows.take(line.encode("utf-8", errors="surrogatepass"))
    assert accounted({"read": 0, **rows.piece().counts})


amount = st.none() | st.floats(0, 100)


@given(
    st.dictionaries(
        st.sampled_from(["energy", "protein", "carbohydrate", "fat", "sugars", "fibre"]), st.floats(0, 900)
    )
)
def test_checks_take_figures_away_and_never_change_one(amounts):
    checks = Checks(mapping())
    kept = checks.fitting(dict(amounts))
    assert kept.items() <= amounts.items()
    assert len(amounts) - len(kept) == sum(checks.counts.values())
    assert sum(kept.get(key, 0.0) for key in ("protein", "carbohydrate", "fat")) <= 105


@given(
    st.lists(st.tuples(st.integers(0, 4), st.binary(max_size=5000)), max_size=30),
    st.sampled_from([1, 100, 1 << 20]),
)
def test_a_heap_gives_back_what_it_was_given(records, at_once):
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(heap, "_AT_ONCE", at_once)
        with heap.Heap(5, Path(folder)) as shelf:
            for place, record in records:
                shelf.put(place, record)
            for place in range(5):
                assert shelf.get(place) == [record for where, record in records if where == place]
            shelf.put(4, b"late")
            assert shelf.get(4)[-1] == b"late"
            assert list(Path(folder).iterdir()) == []


# --- What data/foods/import.toml says -------------------------------------------------------------


def test_every_nutrient_has_a_figure_or_is_known_to_have_none():
    assert set(NUTRIENT) - set(mapping().usda) == set()
    assert set(NUTRIENT) - set(mapping().off) == {"energy", "omega3_long", "water_total", "leucine"}


@pytest.mark.parametrize(
    ("category", "name", "expected"),
    [
        ("", "Anything", "other"),
        ("Dairy and Egg Products", "Milk, whole", "dairy"),
        ("Dairy and Egg Products", "Eggs, Grade A, Large", "egg"),
        ("Finfish and Shellfish Products", "Fish, salmon, Atlantic", "oily_fish"),
        ("Finfish and Shellfish Products", "Fish, cod", "fish"),
        ("Vegetables and Vegetable Products", "Potatoes, russet", "starchy_vegetable"),
        ("Vegetables and Vegetable Products", "Kale, raw", "vegetable"),
        ("Fruits and Fruit Juices", "Orange juice, raw", "drink"),
        ("Fruits and Fruit Juices", "Bananas, raw", "fruit"),
        ("Nut and Seed Products", "Almonds", "nuts_seeds"),
        ("Fats and Oils", "Oil, olive", "oil"),
        ("Legumes and Legume Products", "Tofu, firm", "soy"),
        ("Poultry Products", "Chicken breast", "lean_protein"),
        ("Baked Products", "Bread, whole-wheat", "whole_grain"),
        ("Baked Products", "Bread, white", "refined_grain"),
        ("Breakfast Cereals", "Oats", "whole_grain"),
        ("Beverages", "Water, tap", "drink"),
        ("Spices and Herbs", "Basil, fresh", "herb_spice"),
        ("Fruit juices", "Tropical", "drink"),
        ("Fruit & Vegetable Juice, Nectars & Fruit Drinks", "Tropical", "drink"),
        ("Plant Based Milk", "Coconut", "plant_drink"),
        ("Vegetarian Frozen Meats", "Burger", "other"),
        ("Ice Cream & Frozen Yogurt", "Vanilla", "sweet"),
        ("Fats", "Huile d'olive", "oil"),
        ("Canned Vegetables", "Peas", "vegetable"),
        ("Dried fruits", "Dates", "fruit"),
    ],
)
def test_foods_go_into_groups(category, name, expected):
    assert group_of(category, name) == expected


def test_a_mapping_with_slips_names_them_all():
    text = '[usda.sunshine]\nids = [1]\n[off]\nfat = { columns = [3] }\n[[group]]\nis = "toys"\n'
    with pytest.raises(BadDataFile) as raised:
        mapping_of(read_table("foods/import.toml", text))
    for part in (
        "usda.sunshine is no nutrient",
        "off.fat.columns must be a list of texts",
        "is no group of foods",
    ):
        assert part in str(raised.value)


# --- Real files -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_real_foundation_foods(real_dir):
    foods, counts = read(real_dir / "food" / "usda_foundation_2024-10-31.zip")
    assert accounted(counts)
    assert (counts["read"], counts["kept"]) == (68_875, 320)
    kept = {one.food.name: one.food for one in foods.values()}
    hummus = kept["Hummus, commercial"]
    assert hummus.id == "usda:321358"
    assert hummus.per_100g["energy"] == 229.0
    assert hummus.per_100g["copper"] == 348.0
    assert hummus.portions == (Portion(name="2 tablespoon", mass_g=33.9),)
    groups = {one.food.group for one in foods.values()}
    assert {
        "fruit",
        "vegetable",
        "legume",
        "dairy",
        "egg",
        "nuts_seeds",
        "oil",
        "fish",
        "lean_protein",
    } <= groups
    assert sum(one.food.group == "other" for one in foods.values()) < 20


def test_the_real_sample_of_open_food_facts(real_dir):
    foods, counts = read(real_dir / "food" / "open_food_facts_sample.tsv")
    assert accounted(counts)
    assert (counts["read"], counts["kept"], len(foods)) == (300, 226, 226)
    skyr = foods["off:00000000000026772226"].food
    assert (skyr.name, skyr.brand, skyr.barcode, skyr.group) == ("Skyr", "Danone", "26772226", "dairy")
    assert skyr.per_100g == {
        "energy": 57.0, "protein": 10.0, "carbohydrate": 3.9, "fat": 0.2, "sugars": 3.9, "saturated_fat": 0.1, "sodium": 36.0,
    }  # fmt: skip
