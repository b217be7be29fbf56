"""The journal: entries of every kind kept, read and taken back, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from noting import AT, CYCLE, ENTRIES, PAIN, REMINDERS
from openback.errors import CannotUndo, NotFound
from openback.model.journal import KIND_OF, KINDS, CycleNote, PainNote, Reminders
from storing import ME, YOU


def later(days, number):
    return replace(PAIN, id=UUID(int=number), at=AT + timedelta(days=days))


def test_there_is_an_entry_of_every_kind_to_try():
    assert sorted(KIND_OF[type(one)] for one in ENTRIES) == sorted(KINDS)


def test_nothing_is_noted_at_first(store):
    assert store.journal(ME) == ()
    assert store.entries(ME, PainNote) == ()
    assert store.find_entry(ME, Reminders, "reminders") is None
    assert store.delete_entry(ME, PainNote, PAIN.id) is None


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: KIND_OF[type(one)])
def test_what_was_kept_comes_back_as_it_was(store, entry):
    kind = KINDS[KIND_OF[type(entry)]]
    assert store.put_entry(ME, entry) is not None
    assert store.put_entry(ME, entry) is None
    assert store.entries(ME, type(entry)) == (entry,)
    assert store.find_entry(ME, type(entry), kind.key(entry)) == entry
    assert store.journal_values(ME) == (entry,)


def test_an_entry_with_the_same_key_takes_the_place_of_the_other(store):
    store.put_entry(ME, CYCLE)
    store.put_entry(ME, replace(CYCLE, bleeding=3))
    assert [one.bleeding for one in store.entries(ME, CycleNote)] == [3]


def test_entries_come_oldest_first_and_from_a_span(store):
    for days, number in ((3, 1), (0, 2), (1, 3)):
        store.put_entry(ME, later(days, number))
    days = [one.at - AT for one in store.entries(ME, PainNote)]
    assert days == [timedelta(0), timedelta(1), timedelta(3)]
    span = store.entries(ME, PainNote, start=AT + timedelta(1), end=AT + timedelta(3))
    assert [one.id.int for one in span] == [3]


def test_everybody_has_a_journal_of_their_own(store):
    store.put_entry(ME, PAIN)
    assert store.entries(YOU, PainNote) == ()
    assert store.delete_entry(YOU, PainNote, PAIN.id) is None
    assert store.entries(ME, PainNote) == (PAIN,)


def test_nobody_has_none(store):
    with pytest.raises(NotFound):
        store.put_entry("nobody", PAIN)


def test_each_step_can_be_taken_back_and_done_again(store):
    new = store.put_entry(ME, PAIN)
    changed = store.put_entry(ME, replace(PAIN, level=7))
    gone = store.delete_entry(ME, PainNote, PAIN.id)
    assert store.entries(ME, PainNote) == ()
    again = store.undo(ME, gone.token)
    assert store.find_entry(ME, PainNote, PAIN.id).level == 7
    redone = store.undo(ME, again.token)
    assert store.entries(ME, PainNote) == ()
    store.undo(ME, redone.token)
    store.undo(ME, changed.token)
    assert store.entries(ME, PainNote) == (PAIN,)
    store.undo(ME, new.token)
    assert store.entries(ME, PainNote) == ()


def test_a_step_that_others_build_on_stays(store):
    new = store.put_entry(ME, PAIN)
    store.put_entry(ME, replace(PAIN, level=7))
    with pytest.raises(CannotUndo, match="note"):
        store.undo(ME, new.token)


def test_adding_a_journal_twice_adds_it_once_and_changes_nothing(store):
    store.put_entry(ME, replace(REMINDERS, every_minutes=30))
    assert store.add_journal(ME, ENTRIES) == len(ENTRIES) - 1
    assert store.add_journal(ME, ENTRIES) == 0
    assert store.find_entry(ME, Reminders, "reminders").every_minutes == 30


def test_a_person_who_goes_takes_the_journal_along(store):
    store.add_journal(ME, ENTRIES)
    store.delete_all_rows()
    assert store.journal(ME) == ()
