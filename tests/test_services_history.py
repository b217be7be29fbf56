"""Data in and out through the use cases: nothing guessed in our own archive, nothing twice, nothing lost."""

from __future__ import annotations

import errno
import json
import os
import stat
from uuid import uuid4

import pytest

from living import MONDAY, PROFILE, Clock, a_set, app_on, living, train_on
from openback.errors import BadHistory, DiskFull, UnwritableFile
from openback.model.log import SessionLog
from openback.services import drafts, history, library, people, planning, progress, sessions
from openback.services.profile_json import profile_from_json
from openback.services.today import today
from openback.services.writing import writing
from openback.storage import ForeignExercise, open_store

STRONG = """Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
2026-11-02 18:00:00,"Pull",Lat Pulldown (Cable),1,40,10,0,0,,,
2026-11-02 18:00:00,"Pull",Lat Pulldown (Cable),2,40,9,0,0,,,
2026-11-02 18:00:00,"Pull",Underwater Weaving,1,5,12,0,0,,,
2026-11-02 18:00:00,"Pull",Lat Pulldown (Cable),3,forty,9,0,0,,,
"""


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield app


@pytest.fixture
def nobody(tmp_path, clock):
    with living(tmp_path, clock, planned=False) as app:
        yield app


@pytest.fixture
def strong(tmp_path):
    path = tmp_path / "strong.csv"
    path.write_text(STRONG)
    return path


def test_a_dry_run_keeps_nothing_and_accounts_for_every_row(nobody, strong):
    report = history.preview(nobody, strong)
    assert (report.format, report.unit, report.unit_is_guess, report.added) == ("strong", "kg", True, None)
    assert (report.read, report.kept, len(report.skipped)) == (4, 3, 1)
    assert report.skipped[0].line == 5
    assert nobody.store.totals(nobody.person_id).sets == 0
    assert list(history.report_json(report)) == [
        "format",
        "unit",
        "unit_is_guess",
        "sessions",
        "sets",
        "food_entries",
        "eating_added",
        "noted",
        "noted_added",
        "read",
        "kept",
        "added",
        "skipped",
        "names",
        "notes",
    ]


def test_a_history_before_the_questions_is_where_the_programme_starts(nobody, strong):
    report = history.bring(nobody, strong, "kg")
    assert (report.added, report.unit_is_guess) == (3, False)
    assert people.profile_of(nobody) is None
    assert progress.progress(nobody).total_sets == 3
    assert progress.progress(nobody).curves == ()
    assert library.exercise(nobody, "wide_grip_lat_pulldown").strength is None
    people.keep_profile(nobody, PROFILE)
    assert progress.progress(nobody).curves
    pull = next((i for i in today(nobody).session.items if i.exercise.id == "wide_grip_lat_pulldown"), None)
    assert pull is None or pull.last_sets


def test_the_same_file_twice_adds_nothing(anna, strong):
    assert history.bring(anna, strong).added == 3
    again = history.bring(anna, strong)
    assert (again.added, again.kept) == (0, 3)


def test_a_name_that_was_chosen_is_remembered(anna, strong):
    history.bring(anna, strong, names={"Underwater Weaving": "face_pull"})
    matches = {match.from_: (match.to, match.how) for match in history.preview(anna, strong).names}
    assert matches["Underwater Weaving"] == ("face_pull", "remembered")
    assert anna.store.sets_of(anna.person_id, "face_pull")


def test_pounds_of_an_imperial_person(anna, strong):
    people.set_units(anna, "imperial")
    report = history.bring(anna, strong)
    assert (report.unit, report.unit_is_guess) == ("lb", True)
    loads = {s.load_kg for s in anna.store.sets_between(anna.person_id)}
    assert max(load for load in loads if load) == pytest.approx(40 * 0.45359237, abs=0.01)


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_everything_goes_out_and_comes_back(anna, tmp_path, clock, kind):
    train_on(anna, 1, 1)
    odd = a_set(sessions.begin_free(anna), "Bankdrücken", anna.now(), load_kg=50.25, note="schwer\n, sehr")
    anna.store.keep_foreign_exercises(anna.person_id, [ForeignExercise(id="Bankdrücken", name="Bankdrücken")])
    sessions.put_set(anna, odd)
    # An id that reads like another exercise's name stays what it is.
    anna.store.keep_foreign_exercises(anna.person_id, [ForeignExercise(id="Pull-up", name="Pull-up")])
    sessions.put_set(anna, a_set(odd.session_id, "Pull-up", anna.now()))
    path = history.export(anna, kind, tmp_path / f"all.{kind}")
    with living(tmp_path, clock, planned=False) as elsewhere:
        report = history.bring(elsewhere, path)
        assert not report.skipped
        assert not report.unit_is_guess
        assert {match.how for match in report.names} == {"exact", "kept"}
        me = anna.person_id
        assert elsewhere.store.whole_sessions_between(me) == anna.store.whole_sessions_between(me)
        assert elsewhere.store.masses(me) == anna.store.masses(me)
        assert set(elsewhere.store.foreign_exercises(me)) == {"Bankdrücken", "Pull-up"}
        assert history.bring(elsewhere, path).added == 0


def test_json_holds_everything_about_a_person(anna, tmp_path):
    planning.move(anna, 1, 2, anna.today.replace(day=26))
    people.set_preference(anna, "theme", "dark")
    path = history.export(anna, "json", tmp_path / "all.json")
    whole = json.loads(path.read_text())
    assert profile_from_json(whole, anna.catalogue, anna.today) == PROFILE
    (programme,) = whole["programmes"]
    assert (programme["status"], programme["followed"], programme["starts_on"]) == ("ok", True, "2026-11-23")
    assert programme["changed"][0]["moved_to"] == "2026-11-26"
    assert programme["wishes"]["banned"] == []
    assert whole["preferences"] == {"theme": "dark"}
    assert whole["screenings"][0]["answers"] == dict(PROFILE.screening)


def test_an_export_of_nobody(nobody, tmp_path):
    whole = json.loads(history.export(nobody, "json", tmp_path / "all.json").read_text())
    assert whole["profile"] is None
    assert whole["sets"] == []


def test_what_is_written_is_for_this_person_only(anna, tmp_path):
    drafts.keep_draft(anna, "{}")
    written = [history.export(anna, "csv"), tmp_path / "welcome-me.json"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in written] == [0o600] * 2


def test_two_exports_of_one_day_are_the_latest(anna):
    first = history.export(anna)
    sessions.put_set(anna, a_set(sessions.begin_free(anna), "pull_up", anna.now()))
    second = history.export(anna)
    assert first == second
    assert len(json.loads(second.read_text())["sets"]) == 1


def test_backup_restore_and_delete(tmp_path, clock):

    with open_store(tmp_path / "openback.db") as store:
        app = app_on(store, tmp_path, clock)
        app.store.put_profile(app.person_id, PROFILE, at=app.now())
        kept = a_set(uuid4(), "pull_up", app.now())
        sessions.put_set(app, kept)
        path = history.backup(app)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        sessions.delete_set(app, kept.id)
        before = history.restore(app, path)
        assert before.is_file()
        assert app.store.find_set(app.person_id, kept.id) == kept
        history.delete_everything(app)
        assert people.profile_of(app) is None
        assert app.store.totals(app.person_id).sets == 0


# --- When it cannot be done ---------------------------------------------------------------------------------------


def test_a_history_that_breaks_half_way_keeps_nothing(anna, strong, monkeypatch):
    def full(*_args, **_more):
        raise DiskFull("openback.db")

    monkeypatch.setattr(type(anna.store), "add_history", full)
    with pytest.raises(DiskFull):
        history.bring(anna, strong, names={"Underwater Weaving": "face_pull"})
    assert anna.store.exercise_names(anna.person_id) == {}
    assert anna.store.foreign_exercises(anna.person_id) == {}


def test_a_file_that_is_none(anna, tmp_path):
    with pytest.raises(BadHistory) as refused:
        history.bring(anna, tmp_path / "nothing.csv")
    assert str(refused.value) == "There is no file nothing.csv. Check the name and the folder."


@pytest.mark.parametrize(
    ("number", "kind", "said"),
    [
        (
            errno.ENOSPC,
            DiskFull,
            (
                "There is no room left on the disk of {where}, so this was not kept. All that was kept before "
                "is still there. Free some space and send it again."
            ),
        ),
        (
            errno.EACCES,
            UnwritableFile,
            "{where} could not be written: permission denied. Give a folder where you may write.",
        ),
    ],
    ids=["full", "no right"],
)
def test_a_file_that_cannot_be_written(tmp_path, monkeypatch, number, kind, said):
    where = tmp_path / "export.json"
    where.write_text("before")

    def no(_descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", no)
    with pytest.raises(kind) as refused, writing(where) as stream:
        stream.write("after")
    assert str(refused.value) == said.format(where=where)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_an_imported_session_that_never_ended_does_not_go_on(anna):
    log = SessionLog(id=uuid4(), started_at=MONDAY, source="hevy")
    anna.store.add_history(anna.person_id, sessions=[log], sets=[])
    assert today(anna).running is None


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hevy", "strong_german", "strong_semicolon_quoted", "strong_small"])
def test_a_real_history_is_accounted_for_row_by_row(nobody, real_dir, name):
    path = real_dir / "logs" / f"{name}.csv"
    report = history.bring(nobody, path)
    assert report.read == report.kept + len(report.skipped)
    assert report.added == nobody.store.totals(nobody.person_id).sets
    assert history.bring(nobody, path).added == 0
    people.keep_profile(nobody, PROFILE)
    done = set(nobody.store.exercises_done(nobody.person_id))
    planned = today(nobody).session.items
    assert all(bool(item.last_sets) == (item.exercise.id in done) for item in planned)
