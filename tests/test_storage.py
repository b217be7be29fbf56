"""What goes into the store comes out: every kind of value, by every question, on both databases."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

import storing
from openback.errors import NotFound
from openback.model.log import MassLog
from openback.storage import (
    Added,
    PlanOverride,
    Screening,
    Store,
    Totals,
    WholeSession,
    open_store,
)
from storing import KEPT, ME, NOW, OVERRIDE, PERSON, PLACES, PROFILE, YOU, a_session, a_set, everything, fill


# Memory is the quick stand-in; the same tests run on a file and on a server when they are asked for.
@pytest.fixture(
    params=[
        "memory",
        pytest.param("file", marks=pytest.mark.slow),
        pytest.param("server", marks=pytest.mark.postgres),
    ]
)
def store(request, tmp_path, memory):
    if request.param == "memory":
        memory.delete_all_rows()
        yield memory
        return
    on_server = request.param == "server"
    address = request.getfixturevalue("postgres_url") if on_server else tmp_path / "openback.db"
    with open_store(address) as opened:
        yield opened


@pytest.fixture(scope="module")
def memory():
    """One database in memory for all tests, emptied before each: making its tables takes longer."""
    with open_store(":memory:") as opened:
        yield opened


@pytest.fixture
def mine(store):
    store.put_person(ME, PERSON)
    return store


# --- Nothing there yet -------------------------------------------------------------------------------


def test_an_empty_database_answers_every_question(store):
    assert store.people() == {}
    assert store.person(ME) is None
    assert store.profile(ME) is None
    assert store.places(ME) == ()
    assert store.screening(ME) is None
    assert store.preferences(ME) == {}
    assert store.latest_programme(ME) is None
    assert store.programmes(ME) == ()
    assert store.overrides(ME, KEPT.id) == ()
    assert store.find_set(ME, UUID(int=1)) is None
    assert store.sets_of(ME, "pull_up") == ()
    assert store.sets_between(ME) == ()
    assert store.last_sets(ME) == {}
    assert store.current_session(ME) is None
    assert store.last_session(ME) is None
    assert store.last_session_of(ME, "pull_up") is None
    assert store.whole_sessions_between(ME) == ()
    assert store.sets_per_day(ME) == {}
    assert store.exercises_done(ME) == {}
    assert store.records(ME) == {}
    assert store.most_reps_at_load(ME, "pull_up") == {}
    assert store.totals(ME) == Totals(sessions=0, sets=0)
    assert store.masses(ME) == ()
    assert store.exercise_names(ME) == {}
    assert store.foreign_exercises(ME) == {}
    assert store.last_change(ME) is None


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda s: s.put_set("nobody", a_set(1)), id="set"),
        pytest.param(lambda s: s.put_session("nobody", a_session(1)), id="session"),
        pytest.param(lambda s: s.put_places("nobody", PLACES), id="places"),
        pytest.param(lambda s: s.begin_programme("nobody", KEPT), id="programme"),
        pytest.param(lambda s: s.add_history("nobody", sessions=[], sets=[]), id="history"),
        pytest.param(lambda s: s.undo("nobody", UUID(int=1)), id="undo"),
    ],
)
def test_writing_for_nobody_is_refused(store, write):
    with pytest.raises(NotFound) as refused:
        write(store)
    assert str(refused.value) == "There is no person 'nobody' here. It may have been deleted."


# --- In and out ------------------------------------------------------------------------------------------


def test_a_profile_comes_out_as_it_went_in(store):
    store.put_profile(ME, PROFILE, at=NOW)
    assert store.profile(ME) == PROFILE
    assert store.people() == {ME: PERSON}
    assert store.screening(ME) == Screening(at=NOW, answers=PROFILE.screening)


def test_a_profile_is_written_over_and_answers_add_up(store):
    store.put_profile(ME, PROFILE, at=NOW)
    later = NOW + timedelta(days=30)
    store.put_profile(ME, PROFILE, at=later)  # the same answers again are no news
    changed = replace(PROFILE, person=replace(PERSON, mass_kg=60), places=PLACES[1:], screening={})
    store.put_profile(ME, changed, at=later)
    assert store.profile(ME) == changed
    assert [one.at for one in store.screenings(ME)] == [later, NOW]


def test_programmes_current_and_former(mine):
    mine.begin_programme(ME, KEPT)
    assert mine.latest_programme(ME) == KEPT
    second = replace(KEPT, id=UUID(int=78), starts_on=KEPT.starts_on + timedelta(weeks=4))
    mine.begin_programme(ME, second)
    assert mine.latest_programme(ME) == second
    assert mine.programmes(ME) == (second, replace(KEPT, status="former"))
    mine.end_programme(ME)
    assert mine.latest_programme(ME) is None
    assert mine.end_programme(ME) is None
    assert mine.find_programme(ME, second.id) == replace(second, status="former")


def test_a_programme_planned_anew_keeps_its_overrides(mine):
    mine.begin_programme(ME, KEPT)
    mine.put_override(ME, OVERRIDE)
    changed = replace(KEPT, programme=replace(KEPT.programme, reasons=("Swapped.",)))
    mine.change_programme(ME, changed)
    assert mine.change_programme(ME, changed) is None
    assert mine.latest_programme(ME) == changed
    assert mine.overrides(ME, KEPT.id) == (OVERRIDE,)


def test_an_override_that_changes_nothing_goes_away(mine):
    mine.begin_programme(ME, KEPT)
    mine.put_override(ME, OVERRIDE)
    assert mine.put_override(ME, OVERRIDE) is None
    mine.put_override(ME, PlanOverride(programme_id=KEPT.id, week=1, day=2))
    assert mine.overrides(ME, KEPT.id) == ()


@pytest.mark.parametrize("write", ["change_programme", "put_override"])
def test_a_programme_that_is_not_there(mine, write):
    with pytest.raises(NotFound) as refused:
        getattr(mine, write)(ME, KEPT if write == "change_programme" else OVERRIDE)
    assert str(refused.value) == f"There is no programme '{KEPT.id}' here. It may have been deleted."


def test_everything_comes_out_of_a_full_store(store):
    sets = fill(store)
    assert store.sets_between(ME) == tuple(sets)
    assert store.preferences(ME) == {"theme": "dark"}
    store.put_preference(ME, "theme", None)
    assert store.preferences(ME) == {}
    assert store.exercise_names(ME) == {"Klimmzug": "pull_up", "Mystery": None}
    store.remember_names(ME, {"Mystery": "chin_up"})
    store.forget_name(ME, "Klimmzug")
    assert store.exercise_names(ME) == {"Mystery": "chin_up"}
    assert store.foreign_exercises(ME)["mystery"].name == "Mystery"
    assert store.masses(ME) == (MassLog(at=NOW, mass_kg=61.2),)
    assert store.delete_mass(ME, NOW)
    assert not store.delete_mass(ME, NOW)


def test_people_do_not_see_each_other(store):
    fill(store, ME)
    fill(store, YOU)  # the same ids: whose they are is part of the key
    before = everything(store, ME)
    store.put_set(YOU, a_set(1, exercise="chin_up"))
    store.delete_session(YOU, a_session(2).id)
    store.delete_person(YOU)
    assert everything(store, ME) == before
    assert store.sets_between(YOU) == ()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one_set=storing.sets)
def test_any_set_comes_out_as_it_went_in(mine, one_set):
    mine.put_set(ME, one_set)
    kept = mine.find_set(ME, one_set.id)
    assert replace(kept, at=NOW) == replace(one_set, at=NOW)
    assert kept.at == one_set.at.astimezone(UTC)
    assert kept.at.tzinfo is UTC
    assert mine.put_set(ME, one_set).was == "same"


def test_an_instant_without_a_zone_is_refused(mine):
    with pytest.raises(ValueError, match=r"^An instant needs a time zone: 2026-03-01T12:00:00\.$"):
        mine.put_set(ME, a_set(1, at=datetime(2026, 3, 1, 12)))


# --- Sets and sessions ---------------------------------------------------------------------------------


def test_a_set_sent_twice_changes_nothing(mine):
    one_set = a_set(1)
    first, second = mine.put_set(ME, one_set), mine.put_set(ME, one_set)
    assert (first.was, second.was, second.undo) == ("new", "same", None)
    assert mine.sets_between(ME) == (one_set,)


def test_a_set_sent_changed_is_an_edit(mine):
    mine.put_set(ME, a_set(1))
    edited = a_set(1, reps=6, load_kg=None, note="really six")
    assert mine.put_set(ME, edited).was == "changed"
    assert mine.sets_between(ME) == (edited,)


def test_a_set_before_its_session_begins_it(mine):
    one_set = a_set(1, session=a_session(1))
    mine.put_set(ME, one_set)
    assert mine.current_session(ME) == a_session(1)
    told_later = a_session(1, title="Back", week=1, day=1)
    assert mine.put_session(ME, told_later).was == "changed"
    assert mine.whole_session(ME, told_later.id) == WholeSession(session=told_later, sets=(one_set,))


def test_a_session_begins_goes_on_and_ends(mine):
    begun = a_session(1)
    assert mine.put_session(ME, begun).was == "new"
    assert mine.put_session(ME, begun).was == "same"
    mine.put_session(ME, a_session(2, days_ago=3, source="hevy"))  # imported without an end
    assert mine.current_session(ME) == begun
    ended = replace(begun, ended_at=NOW + timedelta(hours=1))
    mine.put_session(ME, ended)
    assert mine.current_session(ME) is None
    assert mine.last_session(ME) == ended
    assert mine.find_session(ME, begun.id) == ended


def test_a_session_goes_with_its_sets(mine):
    mine.put_set(ME, a_set(1, session=a_session(1)))
    mine.put_set(ME, a_set(2, session=a_session(2)))
    assert mine.delete_session(ME, a_session(1).id) is not None
    assert mine.delete_session(ME, a_session(1).id) is None
    assert [one.id for one in mine.sets_between(ME)] == [UUID(int=2)]
    assert mine.delete_set(ME, UUID(int=2)) is not None
    assert mine.delete_set(ME, UUID(int=2)) is None
    assert mine.totals(ME) == Totals(sessions=1, sets=0)


def test_sets_of_one_instant_keep_the_order_they_came_in(mine):
    given = [a_set(number) for number in (5, 3, 9, 1)]
    mine.add_history(ME, sessions=[], sets=given)
    mine.put_set(ME, replace(given[0], reps=9))
    assert [one.id.int for one in mine.sets_between(ME)] == [5, 3, 9, 1]


# --- Whole histories -----------------------------------------------------------------------------------


def test_a_history_is_added_once(mine):
    sessions = [a_session(number, days_ago=number) for number in range(3)]
    sets = [a_set(number, session=sessions[number % 3]) for number in range(9)]
    masses = [MassLog(at=NOW, mass_kg=60)]
    first = mine.add_history(ME, sessions=sessions, sets=sets, masses=masses)
    assert first == Added(sessions=3, sets=9, masses=1, sets_known=0)
    mine.put_set(ME, replace(sets[0], note="mine now"))
    again = mine.add_history(ME, sessions=sessions, sets=sets, masses=masses)
    assert again == Added(sessions=0, sets=0, masses=0, sets_known=9)
    assert mine.find_set(ME, sets[0].id).note == "mine now"
    assert mine.totals(ME) == Totals(sessions=3, sets=9)


def test_a_history_without_its_sessions_begins_them(mine):
    sets = [
        a_set(1, session=a_session(1), at=NOW),
        a_set(2, session=a_session(1), at=NOW - timedelta(hours=1)),
    ]
    assert mine.add_history(ME, sessions=[], sets=sets) == Added(sessions=1, sets=2, masses=0, sets_known=0)
    assert mine.find_session(ME, a_session(1).id).started_at == NOW - timedelta(hours=1)


def test_a_history_is_added_whole_or_not_at_all(mine):
    sets = [a_set(1), a_set(2, at=datetime(2026, 1, 1))]
    with pytest.raises(ValueError, match=r"^An instant needs a time zone: 2026-01-01T00:00:00\.$"):
        mine.add_history(ME, sessions=[], sets=sets)
    assert mine.totals(ME) == Totals(sessions=0, sets=0)


@pytest.mark.slow
def test_twenty_thousand_sets_are_added_in_two_seconds(mine):
    sessions = [a_session(number, days_ago=number) for number in range(800)]
    sets = [a_set(n, session=sessions[n // 25], exercise=f"e{n % 30}", load_kg=n % 40) for n in range(20_000)]
    began_s = time.process_time()  # of this process alone: other work on the machine does not count
    mine.add_history(ME, sessions=sessions, sets=sets)
    assert time.process_time() - began_s < 2  # seen: 1.1 s
    assert mine.totals(ME) == Totals(sessions=800, sets=20_000)


# --- Transactions -----------------------------------------------------------------------------------------


def test_a_transaction_is_kept_whole_or_not_at_all(mine):
    with pytest.raises(NotFound), mine.transaction():  # noqa: PT012 - what comes before is the point
        mine.put_set(ME, a_set(1))
        assert mine.totals(ME).sets == 1
        mine.put_set("nobody", a_set(2))
    assert mine.totals(ME) == Totals(sessions=0, sets=0)


def test_an_error_that_is_handled_inside_leaves_the_rest(mine):
    with mine.transaction():
        mine.put_set(ME, a_set(1))
        with pytest.raises(NotFound):
            mine.put_set("nobody", a_set(2))
    assert mine.totals(ME).sets == 1


@pytest.mark.parametrize("where", ["file", pytest.param("server", marks=pytest.mark.postgres)])
def test_one_moment_does_not_see_later_writing(where, tmp_path, request):
    address = tmp_path / "a.db" if where == "file" else request.getfixturevalue("postgres_url")
    with open_store(address) as store, open_store(address) as other:
        store.put_person(ME, PERSON)
        with store.one_moment():
            assert store.totals(ME).sets == 0
            other.put_set(ME, a_set(1))
            assert store.totals(ME).sets == 0
        assert store.totals(ME).sets == 1


def test_many_threads_write_at_once(mine: Store):
    def write(worker):
        for number in range(10):
            mine.put_set(ME, a_set(worker * 100 + number))
            mine.put_set(ME, a_set(999, note=f"{worker} {number}"))  # all fight for this one
            mine.sets_between(ME)

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mine.totals(ME).sets == 41
    assert mine.find_set(ME, UUID(int=999)).note in {f"{worker} 9" for worker in range(4)}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one_set=storing.sets)
def test_a_set_brought_back_is_exact(mine, one_set):
    # It passes through the JSON of the change log.
    kept = mine.put_set(ME, one_set).value
    step = mine.delete_set(ME, kept.id)
    mine.undo(ME, step.token)
    assert mine.find_set(ME, kept.id) == kept
