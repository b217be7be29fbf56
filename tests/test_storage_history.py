"""Questions about what was done, each held against a plain loop over the same sets."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, timedelta, timezone

import pytest

from openback.storage import Best, Done, WholeSession, open_store
from storing import ME, NOW, PERSON, a_session, a_set


def some_sets():
    sessions = [a_session(n, days_ago=3 * n, ended_at=NOW) for n in range(6)]
    sets = []
    for number in range(60):
        load_kg = None if number % 7 == 0 else float(number * 13 % 5)
        held = number % 11 == 0
        one_set = a_set(
            number,
            session=sessions[number % 6],
            at=sessions[number % 6].started_at + timedelta(minutes=number),
            exercise=("pull_up", "face_pull", "cobra_pose")[number % 3],
            kind=("work", "work", "drop", "warm_up")[number % 4],
            load_kg=load_kg,
            reps=None if held else number * 7 % 12,
            hold_s=float(number) if held else None,
        )
        sets.append(one_set)
    return sessions, sets


@pytest.fixture(params=["memory", pytest.param("server", marks=pytest.mark.postgres)])
def trained(request, memory):
    if request.param == "memory":
        yield memory
        return
    with open_store(request.getfixturevalue("postgres_url")) as store:
        yield with_history(store)


@pytest.fixture(scope="module")
def memory():
    """One store for all questions: none of them changes it."""
    with open_store(":memory:") as store:
        yield with_history(store)


def with_history(store):
    sessions, sets = some_sets()
    store.put_person(ME, PERSON)
    store.add_history(ME, sessions=sessions, sets=sets)
    return store


ORDERED = sorted(some_sets()[1], key=lambda one: one.at)
SPAN = (NOW - timedelta(days=10), NOW - timedelta(days=2))


def within(at, start, end):
    return (start is None or at >= start) and (end is None or at < end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(None, None, id="ever"),
        pytest.param(*SPAN, id="between"),
        pytest.param(ORDERED[5].at, ORDERED[9].at, id="from a set up to a set"),
        pytest.param(SPAN[1], SPAN[0], id="backwards"),
    ],
)
def test_spans(trained, start, end):
    sessions, _ = some_sets()
    expected = tuple(one for one in ORDERED if within(one.at, start, end))
    assert trained.sets_between(ME, start, end) == expected
    pull_ups = tuple(one for one in expected if one.exercise == "pull_up")
    assert trained.sets_of(ME, "pull_up", start=start, end=end) == pull_ups
    begun = [one for one in reversed(sessions) if within(one.started_at, start, end)]
    assert trained.sessions_between(ME, start, end) == tuple(begun)
    assert trained.whole_sessions_between(ME, start, end) == tuple(
        WholeSession(session=one, sets=tuple(s for s in ORDERED if s.session_id == one.id)) for one in begun
    )


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=13))])
def test_sets_per_day(trained, zone):
    expected = {}
    for one in ORDERED:
        if one.kind != "warm_up":
            day = one.at.astimezone(zone).date()
            expected.setdefault(day, Counter())[one.exercise] += 1
    assert trained.sets_per_day(ME, zone=zone) == expected


@pytest.mark.parametrize("before", [None, NOW - timedelta(days=5)])
def test_last_sets(trained, before):
    past = [one for one in ORDERED if within(one.at, None, before)]
    for exercise in {one.exercise for one in past}:
        theirs = [one for one in past if one.exercise == exercise]
        last = tuple(one for one in theirs if one.session_id == theirs[-1].session_id)
        assert trained.last_sets(ME, before=before)[exercise] == last
        assert trained.last_sets(ME, (exercise, "never_done"), before=before) == {exercise: last}
        whole = trained.last_session_of(ME, exercise, before=before)
        assert whole.session.id == last[0].session_id
        assert set(last) <= set(whole.sets)
        others = [one for one in theirs if one.session_id != last[0].session_id]
        without = trained.last_sets(ME, (exercise,), before=before, not_in=last[0].session_id)
        expected = tuple(one for one in others if one.session_id == others[-1].session_id)
        assert without.get(exercise, ()) == expected


def test_latest_sets_come_latest_first(trained):
    pull_ups = [one for one in reversed(ORDERED) if one.exercise == "pull_up"]
    assert trained.latest_sets_of(ME, "pull_up", most=4) == tuple(pull_ups[:4])


def test_exercises_done(trained):
    done = trained.exercises_done(ME)
    for exercise, counted in done.items():
        theirs = [one for one in ORDERED if one.exercise == exercise]
        assert counted == Done(exercise=exercise, sets=len(theirs), last_at=theirs[-1].at)
    assert len(done) == 3
    assert [one.last_at for one in done.values()] == sorted(
        (one.last_at for one in done.values()), reverse=True
    )


@pytest.mark.parametrize("before", [None, NOW - timedelta(days=5)])
def test_records(trained, before):
    past = [one for one in ORDERED if one.kind != "warm_up" and within(one.at, None, before)]

    def first(sets, known, key):
        return min((one for one in sets if known(one) is not None), key=key, default=None)

    def less(value):  # the most first, unknown last
        return float("inf") if value is None else -value

    for exercise in ("pull_up", "face_pull", "cobra_pose"):
        sets = [one for one in past if one.exercise == exercise]
        assert trained.records(ME, before=before)[exercise] == Best(
            exercise=exercise,
            load=first(sets, lambda s: s.load_kg, lambda s: (less(s.load_kg), less(s.reps), s.at)),
            lightest=first(sets, lambda s: s.load_kg, lambda s: (s.load_kg, less(s.reps), s.at)),
            reps=first(sets, lambda s: s.reps, lambda s: (less(s.reps), less(s.load_kg), s.at)),
            hold=first(sets, lambda s: s.hold_s, lambda s: (less(s.hold_s), less(s.load_kg), s.at)),
        )
        by_load = {}
        for one in sorted(sets, key=lambda s: (less(s.reps), s.at)):
            if one.load_kg is not None and one.reps is not None:
                by_load.setdefault(one.load_kg, one)
        assert trained.most_reps_at_load(ME, exercise, before=before) == by_load
