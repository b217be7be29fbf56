"""Who trains here: a profile that is kept, the screening, and the weeks that go on by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from living import ANNA, HOME, PROFILE, RED_FLAG, Clock, living
from openback.errors import BadProfile, NoProfileYet, NoProgramme, NoProgrammeNow
from openback.services import library, people, planning, sessions, today
from openback.services.today import today as today_of
from openback.services.who import known_profile

NOT_YET = (
    "The questions have not been answered yet. Start `openback` and answer them, "
    "or keep a profile from a file: `openback profile PROFILE.json`."
)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def nobody(tmp_path, clock):
    with living(tmp_path, clock, planned=False) as app:
        yield app


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield app


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(today_of, id="today"),
        pytest.param(planning.train, id="train"),
        pytest.param(sessions.begin_free, id="free session"),
        pytest.param(lambda app: sessions.begin(app, 1, 1), id="session"),
        pytest.param(planning.new_block, id="new block"),
        pytest.param(lambda app: planning.ban(app, "pull_up"), id="ban"),
        pytest.param(lambda app: people.set_units(app, "imperial"), id="units"),
        pytest.param(lambda app: library.like(app, "pull_up", "like"), id="like"),
    ],
)
@pytest.mark.parametrize("expected", [False, True], ids=["fresh", "after an import"])
def test_before_the_questions(nobody, ask, expected):
    if expected:
        nobody.store.expect_person(nobody.person_id)
    with pytest.raises(NoProfileYet) as refused:
        ask(nobody)
    assert str(refused.value) == NOT_YET
    assert people.profile_of(nobody) is None
    assert people.units_of(nobody) == "metric"


def test_a_profile_is_kept_with_its_programme(anna):
    assert people.profile_of(anna) == PROFILE
    kept = anna.store.latest_programme(anna.person_id)
    assert kept.programme.status == "ok"
    assert kept.starts_on == anna.today
    assert [mass.mass_kg for mass in anna.store.masses(anna.person_id)] == [66]


@pytest.mark.slow
def test_the_same_profile_again_is_no_second_mass(anna, clock):
    clock.on(days=3)
    people.keep_profile(anna, PROFILE)
    assert len(anna.store.masses(anna.person_id)) == 1
    people.keep_profile(anna, replace(PROFILE, person=replace(ANNA, mass_kg=65)))
    assert [mass.mass_kg for mass in anna.store.masses(anna.person_id)] == [66, 65]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"height_cm": 16.8}, "height_cm is 16.8, it must be 100 to 250"),
        ({"mass_kg": float("nan")}, "mass_kg is nan, it must be 25 to 350"),
        ({"days_per_week": 8}, "days_per_week is 8, it must be 1 to 6"),
        ({"name": "A\0b"}, "name holds a character that is not text; type it again"),
        ({"goals": ()}, None),
    ],
    ids=["height", "nan", "days", "zero byte", "no goals"],
)
def test_an_impossible_profile_changes_nothing(anna, changed, problem):
    before = (people.profile_of(anna), anna.store.latest_programme(anna.person_id))
    with pytest.raises(BadProfile) as refused:
        people.keep_profile(anna, replace(PROFILE, person=replace(ANNA, **changed)))
    if problem is not None:
        assert str(refused.value) == f"This profile cannot be used: {problem}."
    assert (people.profile_of(anna), anna.store.latest_programme(anna.person_id)) == before


def test_a_profile_without_a_programme_changes_nothing(anna, monkeypatch):
    def none(_ask):
        raise NoProgramme("the sessions are too short", rules=("minutes",), changes=("45 minutes",))

    monkeypatch.setattr("openback.services.block.make_programme", none)
    before = (people.profile_of(anna), anna.store.latest_programme(anna.person_id))
    with pytest.raises(NoProgramme):
        people.keep_profile(anna, replace(PROFILE, person=replace(ANNA, minutes_per_session=10)))
    assert (people.profile_of(anna), anna.store.latest_programme(anna.person_id)) == before


def test_a_warning_sign_stops_and_its_answer_lets_go_on(anna):
    stopped = people.keep_profile(anna, RED_FLAG)
    assert stopped.status == "stopped"
    view = today_of(anna)
    assert view.session is None
    assert len(view.stopped) == 1
    with pytest.raises(NoProgrammeNow) as refused:
        planning.train(anna)
    assert str(refused.value) == (
        "No programme is followed now, because your answers say to see somebody first. "
        "Today says whom, and where to change an answer."
    )
    assert people.keep_profile(anna, PROFILE).status == "ok"
    assert today_of(anna).session is not None


@pytest.mark.slow
def test_a_profile_changed_in_a_block_begins_a_new_one(anna, clock):
    planning.ban(anna, "face_pull")
    planning.place_of(anna, 1, 2, "Home")
    clock.on(days=9)
    people.keep_profile(anna, replace(PROFILE, places=(HOME,), person=replace(ANNA, days_per_week=2)))
    block = planning.train(anna)
    planned = [day.session for week in block.weeks for day in week if day.session]
    assert {session.place for session in planned} == {"Home"}
    assert max(session.day for session in planned) == 2
    assert min(session.on for session in planned) == anna.today
    assert "face_pull" not in {item.exercise.id for session in planned for item in session.items}


def test_units_and_likes_are_kept_and_nothing_else(anna):
    people.set_units(anna, "imperial")
    library.like(anna, "pull_up", "like")
    library.like(anna, "face_pull", "dislike")
    library.like(anna, "pull_up", "dislike")
    library.like(anna, "face_pull", "neither")
    assert people.profile_of(anna).person == replace(ANNA, units="imperial", disliked=("pull_up",))


def test_preferences(anna):
    assert people.preference(anna, "theme", "auto") == "auto"
    people.set_preference(anna, "theme", "dark")
    assert people.preference(anna, "theme", "auto") == "dark"


# --- Weeks that go on ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "passed", "now"),
    [
        ({"pregnancy_week": 12}, timedelta(days=6), {"pregnancy_week": 12}),
        ({"pregnancy_week": 12}, timedelta(weeks=10), {"pregnancy_week": 22}),
        ({"pregnancy_week": 40}, timedelta(weeks=10), {"pregnancy_week": 42}),
        ({"weeks_since_birth": 3}, timedelta(weeks=5), {"weeks_since_birth": 8}),
        ({"weeks_since_birth": 100}, timedelta(weeks=50), {"weeks_since_birth": 104}),
        ({"pregnancy_week": 12}, timedelta(days=-400), {"pregnancy_week": 12}),
    ],
    ids=["same week", "ten weeks", "to the end", "since birth", "two years", "clock put back"],
)
def test_weeks_go_on_after_they_were_told(nobody, clock, told, passed, now):
    nobody.store.put_profile(
        nobody.person_id, replace(PROFILE, person=replace(ANNA, **told)), at=nobody.now()
    )
    people.note_weeks_told(nobody, replace(ANNA, **told))
    clock.on(days=passed.days)
    assert known_profile(nobody).person == replace(ANNA, **now)


def test_weeks_of_a_database_that_never_noted_the_day_stay(nobody, clock):
    nobody.store.put_profile(
        nobody.person_id, replace(PROFILE, person=replace(ANNA, pregnancy_week=20)), at=nobody.now()
    )
    clock.on(days=70)
    assert known_profile(nobody).person.pregnancy_week == 20


@pytest.mark.parametrize(
    ("days", "said"),
    [(9, ""), (10, "10 days"), (20, "2 weeks"), (75, "2 months"), (400, "13 months"), (1795, "4 years")],
)
def test_welcome_back(anna, clock, days, said):
    sessions.begin_free(anna)
    clock.on(days=days)
    expected = f"Good to see you. It has been {said}, so today starts a little easier." if said else ""
    assert today.today(anna).welcome_back == expected
