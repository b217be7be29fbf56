"""What is no table of foods, or not all of it: one sentence each, and nothing lost."""

from __future__ import annotations

import random
import zipfile

import pytest

import food_tables
from food_tables import TABLES, an_off_line, off_file, off_line, packed, read, usda_folder, usda_zip
from openback.errors import BadFoodFile
from openback.interop.foods import archive, holds_foods, lines, open_foods


def a_zip(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


GIVE = (
    "Give a CSV zip of USDA FoodData Central, the folder it was unpacked to, or the CSV export of Open Food Facts, "
    "packed as .gz or not."
)


def make_wrong_zip(path):
    return a_zip(path / "wrong.zip", **{"a.json": "{}", "b.json": "{}", "c.txt": ""})


def make_cut_zip(path):
    whole = usda_zip(path / "whole.zip").read_bytes()
    target = path / "cut.zip"
    target.write_bytes(whole[: len(whole) // 2])
    return target


def make_bomb(path):
    return a_zip(path / "bomb.zip", **{"food.csv": "0" * 30_000_000, "food_nutrient.csv": ""})


def make_locked(path):
    target = usda_zip(path / "locked.zip")
    content = bytearray(target.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 1)
    target.write_bytes(content)
    return target


def make_deflate64(path):
    target = usda_zip(path / "windows.zip")
    content = bytearray(target.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] = 9
            place = content.find(mark, place + 1)
    target.write_bytes(content)
    return target


def make_spoilt(path):
    target = path / "spoilt.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, rows in TABLES.items():
            archive.writestr(name, food_tables.written(rows))
    content = target.read_bytes()
    target.write_bytes(content.replace(b"89.2", b"98.2", 1))
    return target


def make_other_columns(path):
    tables = TABLES | {"food_nutrient.csv": [["food", "amount"], ["11", "2"]]}
    return usda_folder(path / "odd", tables)


def make(name, content):
    def made(path):
        target = path / name
        target.write_bytes(content)
        return target

    return made


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda path: path / "none.csv", "There is no file or folder {path}/none.csv. Check the name and the folder."),
        (make("empty.tsv", b""), "empty.tsv is empty. Download it again."),
        (make_wrong_zip, f"wrong.zip holds no foods that Openback can read: there is no food.csv in it, but 2 .json, 1 .txt. {GIVE}"),
        (make_cut_zip, "cut.zip is a zip whose end is missing: the download stopped early. Nothing was kept; download it again."),
        (make_bomb, "bomb.zip was not unpacked: food.csv would become 1,028 times as large, which no table of foods does."),
        (make_locked, "locked.zip is locked with a password. Unpack it, and import the folder."),
        (make_deflate64, "windows.zip is packed in a way that cannot be read here. Unpack it, and import the folder."),
        (make_spoilt, "spoilt.zip is damaged at food_nutrient.csv. Nothing was kept; download it again."),
        (make_other_columns, f"odd holds no foods that Openback can read: food_nutrient.csv has no column 'fdc_id'. {GIVE}"),
        (lambda path: path, f"{{path.name}} holds no foods that Openback can read: there is no food.csv in it. {GIVE}"),
        (make("x.csv", b"a,b\n1,2\n"), f"x.csv holds no foods that Openback can read: it begins with 'a,b'. {GIVE}"),
        (make("x.json", b'{"a": 1}'), f"x.json holds no foods that Openback can read: it is JSON. {GIVE}"),
        (make("x.bin", b"\x00\x01\x02" * 9), f"x.bin holds no foods that Openback can read: it is no text. {GIVE}"),
        (make("x.gz", b"\x1f\x8b\x08\x00broken"), f"x.gz holds no foods that Openback can read: it is packed, and its beginning is damaged. {GIVE}"),
        (make("wide.tsv", "code\tproduct_name\tenergy_100g\n".encode("utf-16")), "wide.tsv is not text in UTF-8. Download the CSV export again and give it as it came."),
        (make("line.tsv", b"a" * 1_100_000), "line.tsv has a line of more than 1,000,000 letters (line 1), so it is no table of foods, or a quotation mark is missing there."),
    ],
    ids=["not there", "empty", "wrong zip", "cut zip", "bomb", "locked", "packed by windows", "spoilt", "other columns", "other folder", "other csv", "json", "binary", "broken gz", "utf-16", "endless line"],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(tmp_path, made, sentence):
    path = made(tmp_path)
    with pytest.raises(BadFoodFile) as raised:
        read(path)
    assert str(raised.value) == sentence.format(path=tmp_path)


def test_an_endless_line_further_down_stops_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_LINE", 2_000)
    path = off_file(tmp_path / "off.tsv", an_off_line(1), "x" * 3_000)
    with pytest.raises(BadFoodFile, match=r"\(line 2\)|\(line 3\)"):
        read(path)


def test_a_quotation_mark_without_its_pair_is_told(tmp_path):
    folder = usda_folder(tmp_path / "usda")
    table = folder / "food.csv"
    table.write_text(table.read_text().replace('"Broccoli', '"Broc"" coli', 1) + '"19,' + "long,\n" * 40_000)
    with pytest.raises(BadFoodFile, match="a quotation mark is missing there"):
        read(folder)


def test_a_packed_export_that_ends_early_gives_what_it_has(tmp_path):
    noise = random.Random(1)
    made = (off_line(code=f"{n:08d}", product_name=f"Soup {noise.random()}", fat_100g=1) for n in range(3000))
    path = packed(off_file(tmp_path / "off.tsv", *made))
    path.write_bytes(path.read_bytes()[:-3000])
    reader = open_foods(path, tmp_path)
    pieces = list(reader.pieces(0, lambda done, total: None))
    assert 2000 < sum(len(piece.foods) for piece in pieces) < 3000
    assert reader.cut_off == "off.tsv.gz is damaged or ends early: the download stopped."


def test_progress_goes_up_to_all_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_TELL", 2)
    for path in (usda_zip(tmp_path / "usda.zip"), off_file(tmp_path / "off.tsv", an_off_line(1))):
        steps = []
        read(path, progress=lambda *step, steps=steps: steps.append(step))
        done = [one for one, _ in steps]
        assert done == sorted(done)
        assert steps[-1][0] == steps[-1][1] > 0


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (usda_zip, True),
        (usda_folder, True),
        (lambda path: off_file(path, an_off_line(1)), True),
        (lambda path: make_cut_zip(path.parent), True),
        (lambda path: make_wrong_zip(path.parent), False),
        (lambda path: make("hevy.csv", b"title,start_time\n")(path.parent), False),
        (lambda path: make("x", b"")(path.parent), False),
        (lambda path: path, False),
    ],
    ids=["zip", "folder", "off", "cut zip", "other zip", "history", "empty", "not there"],
)
def test_foods_are_told_from_histories(tmp_path, made, expected):
    assert holds_foods(made(tmp_path / "file")) is expected
