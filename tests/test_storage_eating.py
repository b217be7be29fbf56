"""What is remembered about eating: kept, read, taken back, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from dining import AT, ENTRY, HISTORY, KEPT, MEASURES, MONDAY, WISHES
from openback.errors import CannotUndo, NotFound
from openback.model.eating import FoodWishes
from openback.model.eating_history import EatingHistory, ShoppingTick
from openback.model.log import MassLog
from openback.model.nutrients import Known
from openback.storage.changes import KEEP_OF
from storing import ME, PERSON, YOU

TICK = ShoppingTick(starts_on=MONDAY, food="leek", at=AT)


def test_nobody_said_or_ate_anything_yet(store):
    assert store.food_wishes(ME) is None
    assert store.meal_week(ME, MONDAY) is None
    assert store.last_food_day(ME, before=MONDAY) is None
    assert store.food_uses(ME, most=5) == ()
    assert store.eating_history(ME) == EatingHistory()
    assert store.eating_history(ME).rows == 0


def test_a_whole_history_comes_back_as_it_was_and_twice_adds_nothing(store):
    assert store.add_eating(ME, HISTORY) == HISTORY.rows == 9
    assert store.eating_history(ME) == HISTORY
    assert store.add_eating(ME, HISTORY) == 0
    assert store.eating_history(YOU) == EatingHistory()


def test_what_is_here_stays_when_a_history_comes(store):
    store.put_food_wishes(ME, FoodWishes())
    store.put_food_entry(ME, replace(ENTRY, portion="half"))
    store.add_eating(ME, HISTORY)
    assert store.food_wishes(ME) == FoodWishes()
    assert store.find_food_entry(ME, ENTRY.id).portion == "half"


CHANGES = [
    pytest.param(lambda s: s.put_food_wishes(ME, replace(WISHES, diet="vegan")), id="other wishes"),
    pytest.param(
        lambda s: s.put_meal_week(ME, replace(KEPT, week=replace(KEPT.week, meals=()))), id="week anew"
    ),
    pytest.param(
        lambda s: s.put_meal_week(ME, replace(KEPT, starts_on=MONDAY + timedelta(7))), id="a new week"
    ),
    pytest.param(lambda s: s.put_shopping_tick(ME, replace(TICK, food="own:1/2"), done=True), id="a tick"),
    pytest.param(lambda s: s.put_shopping_tick(ME, TICK, done=False), id="a tick taken away"),
    pytest.param(lambda s: s.put_food_entry(ME, replace(ENTRY, id=UUID(int=9))), id="a new entry"),
    pytest.param(lambda s: s.put_food_entry(ME, replace(ENTRY, mass_g=60.0)), id="an edited entry"),
    pytest.param(lambda s: s.delete_food_entry(ME, ENTRY.id), id="a deleted entry"),
    pytest.param(lambda s: s.put_food_day(ME, MONDAY, complete=True), id="a whole day"),
    pytest.param(lambda s: s.put_food_day(ME, MONDAY, complete=None), id="a day unsaid"),
    pytest.param(lambda s: s.put_favourite(ME, "kale", starred=True), id="a star"),
    pytest.param(lambda s: s.put_favourite(ME, "banana", starred=False), id="a star taken away"),
    pytest.param(lambda s: s.weigh(ME, MassLog(at=AT, mass_kg=61.5)), id="a weight"),
    pytest.param(lambda s: s.put_measures(ME, replace(MEASURES, waist_cm=73.0)), id="other measures"),
    pytest.param(lambda s: s.delete_measures(ME, MONDAY), id="measures taken away"),
]


def seen(store):
    return store.eating_history(ME), store.masses(ME)


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_taken_back_and_done_again(store, change):
    store.add_eating(ME, HISTORY)
    before = seen(store)
    made = change(store)
    after = seen(store)
    assert after != before
    back = store.undo(ME, made.token)
    assert seen(store) == before
    store.undo(ME, back.token)
    assert seen(store) == after


@pytest.mark.parametrize("change", CHANGES)
def test_the_same_change_twice_is_no_change(store, change):
    store.add_eating(ME, HISTORY)
    change(store)
    now = seen(store)
    assert change(store) is None
    assert seen(store) == now


def test_a_step_that_others_build_on_stays(store):
    made = store.put_food_entry(ME, ENTRY)
    store.put_food_entry(ME, replace(ENTRY, mass_g=60.0))
    with pytest.raises(CannotUndo):
        store.undo(ME, made.token)
    with pytest.raises(NotFound):
        store.undo(YOU, made.token)


def test_few_weeks_are_kept_to_be_taken_back(store):
    tokens = [
        store.put_meal_week(ME, replace(KEPT, planned_at=AT + timedelta(minutes=n))).token
        for n in range(KEEP_OF["meal_week"] + 1)
    ]
    with pytest.raises(NotFound):
        store.undo(ME, tokens[0])
    assert store.undo(ME, tokens[-1]).about == "meal_week"


def test_entries_come_in_the_order_of_the_days(store):
    later = replace(ENTRY, id=UUID(int=3), on=MONDAY + timedelta(1))
    store.add_eating(ME, replace(HISTORY, entries=(later, *reversed(HISTORY.entries))))
    assert store.food_entries(ME) == (*HISTORY.entries, later)
    assert store.food_entries(ME, start=MONDAY + timedelta(1)) == (later,)
    assert store.food_entries(ME, end=MONDAY + timedelta(1)) == HISTORY.entries
    assert store.last_food_day(ME, before=later.on) == MONDAY
    assert store.last_food_day(ME, before=MONDAY) is None


def test_energy_of_long_histories(store):
    nothing = replace(ENTRY, id=UUID(int=4), amounts={"protein": Known(amount=1, coverage=1)})
    store.add_eating(ME, EatingHistory(entries=(ENTRY, nothing)))
    found = {one.energy for one in store.food_energy(ME, start=MONDAY)}
    assert found == {Known(amount=105.02, coverage=1.0), None}
    assert store.food_energy(ME, start=MONDAY + timedelta(1)) == ()


def test_uses_count_foods_and_recipes_and_remember_the_last(store):
    recipe = replace(ENTRY, id=UUID(int=5), food=None, recipe="soup", mass_g=None, servings=1.0)
    store.add_eating(ME, replace(HISTORY, entries=(*HISTORY.entries, recipe)))
    first, second = store.food_uses(ME, most=5)
    assert (first.uses, first.last.mass_g) == (2, 59.0)
    assert (second.uses, second.last) == (1, recipe)
    assert store.food_uses(ME, most=1) == (first,)


def test_a_weight_taken_away_comes_back(store):
    store.weigh(ME, MassLog(at=AT, mass_kg=61.5))
    gone = store.take_weight(ME, AT)
    assert store.masses(ME) == ()
    store.undo(ME, gone.token)
    assert store.masses(ME) == (MassLog(at=AT, mass_kg=61.5),)
    assert store.take_weight(ME, AT + timedelta(seconds=1)) is None


def test_weeks_are_found_by_their_start(store):
    store.put_meal_week(ME, replace(KEPT, starts_on=date(2026, 12, 7)))
    store.put_meal_week(ME, KEPT)
    assert store.meal_week_starts(ME) == (MONDAY, date(2026, 12, 7))
    assert [week.starts_on for week in store.meal_weeks(ME)] == [MONDAY, date(2026, 12, 7)]


def test_all_goes_with_the_person(store):
    store.add_eating(ME, HISTORY)
    store.delete_person(ME)
    store.put_person(ME, PERSON)
    assert store.eating_history(ME) == EatingHistory()
