"""Foods in the database, on SQLite and PostgreSQL: kept with how far a file is read, and found by their words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openback.errors import DatabaseTrouble
from openback.model.food import Food, Portion
from openback.model.food_import import RankedFood
from openback.storage import FoodImport, backup, delete_everything, food_index, open_store, restore
from storing import ME, NOW, OWN_FOOD, PERSON, YOU, memory_store

READING = FoodImport(file="usda:1", origin="usda", name="usda.zip", started_at=NOW)


def a_food(number, name, **changed):
    values = {
        "id": f"usda:{number}",
        "name": name,
        "group": "other",
        "per_100g": {"energy": 52.5, "fibre": 0.0},
        "origin": "usda",
        "source": f"USDA {number}",
        "portions": (Portion(name="1 cup", mass_g=128.5),),
    }
    return Food(**(values | changed))


def ranked(*foods, rank=4):
    return [RankedFood(food=food, rank=rank) for food in foods]


@pytest.fixture(
    params=[
        "memory",
        pytest.param("file", marks=pytest.mark.slow),
        pytest.param("server", marks=pytest.mark.postgres),
    ]
)
def store(request, tmp_path):
    if request.param == "memory":
        with memory_store() as opened:
            yield opened
        return
    on_server = request.param == "server"
    address = request.getfixturevalue("postgres_url") if on_server else tmp_path / "openback.db"
    with open_store(address) as opened:
        yield opened


@pytest.fixture
def mine(store):
    store.put_person(ME, PERSON)
    store.put_person(YOU, PERSON)
    return store


def names(store, *asked, limit=10):
    return [found.name for found in store.find_foods([(one,) for one in asked], limit=limit)]


# --- Nothing there --------------------------------------------------------------------------------


def test_an_empty_database_answers_every_question(store):
    assert names(store, "oat") == []
    assert store.find_foods([], limit=5) == ()
    assert store.known_food_words(["oat"]) == {}
    assert store.like_food_words("oatmeal") == {}
    assert store.foods(["usda:1"]) == {}
    assert store.foods_with_barcode(["4006381333931"]) == ()
    assert store.count_foods() == {}
    assert store.own_foods(ME) == ()
    assert store.food_imports() == ()
    assert store.food_import_of("usda:1") is None
    assert store.times_eaten(ME) == {}
    assert store.forget_foods("usda") == 0
    assert store.delete_all_rows() is None


# --- Public tables --------------------------------------------------------------------------------


def test_a_food_comes_out_as_it_went_in(store):
    food = a_food(1, "Crème brûlée", brand="Œuf", barcode="4006381333931")
    store.keep_foods(ranked(food), READING)
    assert store.foods(["usda:9", "usda:1"]) == {"usda:1": food}
    assert store.foods_with_barcode(["73513537", "4006381333931"]) == (food,)
    assert store.count_foods() == {"usda": 1}


FOUND = {
    "oa": ["Oat milk", "Oatmeal with milk"],
    "milk": ["Oat milk", "Oatmeal with milk", "Milk chocolate"],
    "milk|oat": ["Oat milk", "Oatmeal with milk"],
    "brulee": ["Crème brûlée"],
    "acme": ["Milk chocolate"],
    "ilk": [],
    "oat ": ["Oat milk"],
    "milk|oat ": ["Oat milk"],
    "milk|brulee": [],
}


def test_foods_are_found_by_the_beginnings_of_words(store):
    likely = ranked(a_food(1, "Oat milk"), a_food(2, "Oatmeal with milk"))
    rest = ranked(a_food(3, "Milk chocolate", brand="Acme"), a_food(4, "Crème brûlée"), rank=40)
    store.keep_foods([*rest, *likely], READING)
    assert {asked: names(store, *asked.split("|")) for asked in FOUND} == FOUND


def test_one_of_several_spellings_is_enough(store):
    store.keep_foods(ranked(a_food(1, "Broccoli"), a_food(2, "Cauliflower"), a_food(3, "Kale")), READING)
    found = store.find_foods([("brocoli", "broccoli", "kale")], limit=5)
    assert [one.name for one in found] == ["Broccoli", "Kale"]


def test_the_likeliest_come_first_and_the_rest_is_not_looked_at(store):
    store.keep_foods(ranked(a_food(1, "Milk of a rare brand"), rank=60), READING)
    store.keep_foods(ranked(a_food(2, "Milk"), rank=0), READING)
    assert names(store, "milk") == ["Milk", "Milk of a rare brand"]
    assert names(store, "milk", limit=1) == ["Milk"]


def test_a_food_that_changed_is_found_by_its_new_words_alone(store):
    store.keep_foods(ranked(a_food(1, "Sprouts"), a_food(2, "Kale")), READING)
    kept = store.keep_foods(ranked(a_food(1, "Brussels"), rank=9), READING)
    assert kept.counts == {"added": 0}
    assert names(store, "sprout") == []
    assert names(store, "brussel") == ["Brussels"]
    assert store.count_foods() == {"usda": 2}


def test_twice_in_one_piece_the_last_one_counts(store):
    kept = store.keep_foods(ranked(a_food(1, "Old"), a_food(1, "New")), READING)
    assert kept.counts == {"added": 1}
    assert names(store, "new") == ["New"]
    assert names(store, "old") == []


def test_a_piece_and_how_far_the_file_is_read_are_kept_together(store, monkeypatch):
    reading = store.keep_foods(ranked(a_food(1, "Kale")), replace(READING, position=10))
    assert store.food_import_of("usda:1") == reading == replace(READING, position=10, counts={"added": 1})
    broken = [RankedFood(food=a_food(2, "Chard"), rank=1), RankedFood(food=a_food(3, None), rank=1)]
    with pytest.raises(DatabaseTrouble):
        store.keep_foods(broken, replace(reading, position=20))
    assert store.food_import_of("usda:1").position == 10
    assert names(store, "chard") == []


def test_words_are_learnt_for_typing_errors(store):
    store.keep_foods(ranked(a_food(1, "Broccoli"), a_food(2, "Broccoli soup"), a_food(3, "Kale")), READING)
    assert store.learn_food_words() in {True, False}
    assert store.known_food_words(["broccoli", "kale", "brocoli"]) == {"broccoli": 2, "kale": 1}
    assert store.like_food_words("brocolli")["broccoli"] == 2
    assert "kale" not in store.like_food_words("brocolli")
    assert store.like_food_words("ka") in ({}, {"kale": 1})


def test_among_many_foods_a_word_of_one_alone_is_not_learnt(store, monkeypatch):
    monkeypatch.setattr(food_index, "MANY", 3)
    store.keep_foods(ranked(a_food(1, "Broccoli"), a_food(2, "Broccoli soup"), a_food(3, "Brocli")), READING)
    store.learn_food_words()
    assert store.known_food_words(["broccoli", "soup", "brocli"]) == {"broccoli": 2}


def test_without_pg_trgm_slips_after_the_first_letter_are_still_found(store, monkeypatch):
    monkeypatch.setattr(food_index, "has_trigrams", lambda connection: False)
    store.keep_foods(ranked(a_food(1, "Broccoli"), a_food(2, "Kale")), READING)
    store.learn_food_words()
    assert store.like_food_words("brocolli") == {"broccoli": 1}


def test_forgetting_a_table_leaves_the_others(store):
    other = a_food(7, "Oat milk", id="off:7", origin="open_food_facts")
    store.keep_foods(ranked(a_food(1, "Oats"), a_food(2, "Kale")), READING)
    store.keep_foods(ranked(other), replace(READING, file="off:1", origin="open_food_facts"))
    store.learn_food_words()
    assert store.forget_foods("usda") == 2
    assert names(store, "oat") == ["Oat milk"]
    assert store.known_food_words(["kale", "milk"]) == {"milk": 1}
    assert [one.file for one in store.food_imports()] == ["off:1"]


# --- Foods of one's own ---------------------------------------------------------------------------


def test_an_own_food_is_kept_changed_and_taken_back(mine):
    new = mine.put_own_food(ME, OWN_FOOD)
    assert (new.was, mine.put_own_food(ME, OWN_FOOD).was) == ("new", "same")
    assert mine.own_foods(ME) == (OWN_FOOD,)
    other = replace(OWN_FOOD, name="Müsli")
    changed = mine.put_own_food(ME, other)
    assert changed.was == "changed"
    mine.undo(ME, changed.undo)
    assert mine.own_food(ME, OWN_FOOD.id) == OWN_FOOD
    gone = mine.delete_own_food(ME, OWN_FOOD.id)
    assert mine.own_foods(ME) == ()
    mine.undo(ME, gone.token)
    assert mine.own_food(ME, OWN_FOOD.id) == OWN_FOOD
    assert mine.delete_own_food(ME, "own:nobody") is None


def test_an_own_food_is_nobody_elses_and_goes_with_its_person(mine):
    mine.put_own_food(ME, OWN_FOOD)
    assert mine.own_foods(YOU) == ()
    assert mine.own_food(YOU, OWN_FOOD.id) is None
    mine.keep_foods(ranked(a_food(1, "Kale")), READING)
    mine.delete_person(ME)
    assert mine.own_foods(ME) == ()
    assert names(mine, "kale") == ["Kale"]  # public facts are nobody's


# --- Back-ups and deletion ------------------------------------------------------------------------


def test_everything_goes_with_all_rows(store):
    store.put_person(ME, PERSON)
    store.put_own_food(ME, OWN_FOOD)
    store.keep_foods(ranked(a_food(1, "Kale")), READING)
    store.learn_food_words()
    store.delete_all_rows()
    assert names(store, "kale") == []
    assert store.known_food_words(["kale"]) == {}
    assert store.count_foods() == {}


@pytest.mark.slow
def test_a_restored_back_up_is_searched_as_before(tmp_path):
    with open_store(tmp_path / "openback.db") as store:
        store.keep_foods(ranked(a_food(1, "Kale"), a_food(2, "Chard")), READING)
        store.learn_food_words()
        backup(store, tmp_path / "copy.db")
        store.forget_foods("usda")
        store.keep_foods(ranked(a_food(3, "Leek")), READING)
        restore(store, tmp_path / "copy.db")
        assert (names(store, "kale"), names(store, "leek")) == (["Kale"], [])
        assert store.like_food_words("charrd") == {"chard": 1}


@pytest.mark.slow
def test_deleting_everything_leaves_no_name_in_the_file(tmp_path):
    with open_store(tmp_path / "openback.db") as store:
        store.put_person(ME, PERSON)
        store.put_own_food(ME, replace(OWN_FOOD, name="Secretsoup"))
        store.keep_foods(ranked(a_food(1, "Publicsoup")), READING)
        store.learn_food_words()
        delete_everything(store)
    content = (tmp_path / "openback.db").read_bytes().lower()
    assert b"secretsoup" not in content
    assert b"publicsoup" not in content
