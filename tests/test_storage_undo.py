"""Taking back and doing again."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from operator import itemgetter
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from openback.errors import CannotUndo, NotFound
from openback.storage import open_store
from openback.storage.changes import KEEP, KEEP_OF
from storing import KEPT, ME, OVERRIDE, PERSON, YOU, a_session, a_set, everything


def prepared(store):
    store.put_set(ME, a_set(1, session=a_session(1)))
    store.put_set(ME, a_set(2, session=a_session(1)))
    store.begin_programme(ME, KEPT)
    store.put_override(ME, replace(OVERRIDE, day=1))


CHANGES = [
    pytest.param(lambda s: s.put_set(ME, a_set(3, session=a_session(1))).undo, id="a new set"),
    pytest.param(lambda s: s.put_set(ME, a_set(1, session=a_session(1), reps=9)).undo, id="an edited set"),
    pytest.param(lambda s: s.delete_set(ME, UUID(int=1)).token, id="a deleted set"),
    pytest.param(lambda s: s.put_session(ME, a_session(5)).undo, id="a new session"),
    pytest.param(lambda s: s.put_session(ME, a_session(1, title="Back")).undo, id="an edited session"),
    pytest.param(lambda s: s.delete_session(ME, a_session(1).id).token, id="a deleted session with its sets"),
    pytest.param(lambda s: s.begin_programme(ME, replace(KEPT, id=UUID(int=9))).token, id="a new programme"),
    pytest.param(
        lambda s: s.change_programme(ME, replace(KEPT, programme=replace(KEPT.programme, weeks=6))).token,
        id="a programme planned anew",
    ),
    pytest.param(lambda s: s.end_programme(ME).token, id="a programme that was ended"),
    pytest.param(lambda s: s.put_override(ME, OVERRIDE).token, id="a skipped session"),
    pytest.param(lambda s: s.put_override(ME, replace(OVERRIDE, day=1, minutes=9)).token, id="fewer minutes"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_undo_and_redo(store, change):
    prepared(store)

    def state():  # a programme that is no longer followed may stay among the former ones
        return everything(store) | {"programmes": store.latest_programme(ME)}

    before = state()
    token = change(store)
    after = state()
    back = store.undo(ME, token)
    assert state() == before
    again = store.undo(ME, back.token)
    assert state() == after
    assert store.undo(ME, again.token).about == back.about


def test_the_same_token_twice_changes_nothing(store):
    token = store.put_set(ME, a_set(1)).undo
    first = store.undo(ME, token)
    assert store.undo(ME, token) == first
    assert store.find_set(ME, UUID(int=1)) is None


def test_a_later_change_stands_in_the_way(store):
    token = store.put_set(ME, a_set(1)).undo
    later = store.put_set(ME, a_set(1, reps=7)).undo
    with pytest.raises(CannotUndo) as refused:
        store.undo(ME, token)
    assert str(refused.value) == "This set was changed again since. Take back the later change first."
    store.undo(ME, later)
    store.undo(ME, token)
    assert store.find_set(ME, UUID(int=1)) is None


def test_a_session_with_sets_is_not_taken_back_from_under_them(store):
    token = store.put_session(ME, a_session(1)).undo
    store.put_set(ME, a_set(1, session=a_session(1)))
    with pytest.raises(CannotUndo) as refused:
        store.undo(ME, token)
    assert str(refused.value) == "This session was changed again since. Take back the later change first."
    assert store.totals(ME).sets == 1


def test_a_deleted_set_comes_back_even_after_its_session_went(store):
    store.put_set(ME, a_set(1, session=a_session(1)))
    step = store.delete_set(ME, UUID(int=1))
    store.delete_session(ME, a_session(1).id)
    store.undo(ME, step.token)
    assert store.find_set(ME, UUID(int=1)) == a_set(1, session=a_session(1))


@pytest.mark.parametrize("person_id", [ME, YOU])
def test_a_token_of_nobody_or_of_somebody_else(store, person_id):
    token = UUID(int=1) if person_id == ME else store.put_set(ME, a_set(1)).undo
    with pytest.raises(NotFound) as refused:
        store.undo(person_id, token)
    assert str(refused.value) == f"There is no change '{token}' here. It may have been deleted."


def test_pressing_undo_again_and_again_walks_back(store):
    for number in range(3):
        store.put_set(ME, a_set(number))
    left = []
    while (step := store.last_change(ME, about=("set",))) is not None:
        redo = store.undo(ME, step.token)
        left.append(store.totals(ME).sets)
    assert left == [2, 1, 0]
    store.undo(ME, redo.token)  # done again, it can be taken back again
    assert store.totals(ME).sets == 1
    assert store.last_change(ME).key == str(UUID(int=0))


def test_last_change_of_a_kind(store):
    prepared(store)
    store.put_set(ME, a_set(3))
    assert store.last_change(ME, about=("override",)).about == "override"
    assert store.last_change(ME, about=("session",)) is None


@pytest.mark.slow
def test_only_so_many_steps_are_kept(store):
    first = store.put_set(ME, a_set(0)).undo
    yours = store.put_set(YOU, a_set(0)).undo
    with store.transaction():
        for number in range(1, KEEP + 1):
            store.put_set(ME, a_set(number))
    with pytest.raises(NotFound):
        store.undo(ME, first)
    store.undo(YOU, yours)


def test_only_so_many_whole_programmes_are_kept(store):
    store.begin_programme(ME, KEPT)
    tokens = [
        store.change_programme(ME, replace(KEPT, programme=replace(KEPT.programme, weeks=weeks))).token
        for weeks in range(100, 101 + KEEP_OF["programme"])
    ]
    with pytest.raises(NotFound):
        store.undo(ME, tokens[0])
    store.undo(ME, tokens[-1])
    assert store.latest_programme(ME).programme.weeks == 99 + KEEP_OF["programme"]


class Logging(RuleBasedStateMachine):
    """Any course of putting, deleting and undoing, held against a plain dictionary."""

    tokens = Bundle("tokens")

    def __init__(self):
        super().__init__()
        self.store = open_store(":memory:")
        self.store.put_person(ME, PERSON)
        self.sets = {}  # id -> (place, set): one that is put again after it was taken away has a new place
        self.undoes = {}  # token -> (id, before, after)
        self.places = count()

    def note(self, token, key, before, after):
        self.undoes[token] = (key, before, after)
        return token

    @rule(target=tokens, number=st.integers(0, 3), reps=st.integers(0, 2))
    def put(self, number, reps):
        one_set = a_set(number, reps=reps)
        before = self.sets.get(one_set.id)
        kept = self.store.put_set(ME, one_set)
        assert kept.was == ("new" if before is None else "same" if before[1] == one_set else "changed")
        after = (next(self.places) if before is None else before[0], one_set)
        self.sets[one_set.id] = after
        return self.note(kept.undo, one_set.id, before, after) if kept.undo else None

    @rule(target=tokens, number=st.integers(0, 3))
    def delete(self, number):
        key = UUID(int=number)
        before = self.sets.pop(key, None)
        step = self.store.delete_set(ME, key)
        assert (step is None) == (before is None)
        return self.note(step.token, key, before, None) if step else None

    @rule(target=tokens, token=tokens)
    def undo(self, token):
        if token is None or token not in self.undoes:
            return None
        key, before, after = self.undoes[token]
        if self.sets.get(key) != after:
            with pytest.raises(CannotUndo):
                self.store.undo(ME, token)
            return None
        del self.undoes[token]  # the second time is another test
        if before is None:
            self.sets.pop(key, None)
        else:
            self.sets[key] = before
        return self.note(self.store.undo(ME, token).token, key, after, before)

    @invariant()
    def the_store_holds_the_same(self):
        assert self.store.sets_between(ME) == tuple(
            one for _, one in sorted(self.sets.values(), key=itemgetter(0))
        )

    def teardown(self):
        self.store.close()


TestLogging = Logging.TestCase
TestLogging.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestLogging.pytestmark = [pytest.mark.slow]
