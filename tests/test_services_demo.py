"""The sample person: always the same half year, made by the same code as anybody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from living import MONDAY, Clock, catalogue
from openback.model.journal import DeskTest, FlowDone, PainNote, PostureCheck
from openback.services import demo, planning, progress
from openback.services.app import App
from openback.services.eat import log, shopping, targets, week, weight
from openback.services.today import today
from openback.storage import open_store

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def maya(tmp_path_factory):
    with open_store(":memory:") as store:
        app = App(
            store=store,
            catalogue=catalogue(),
            data_dir=tmp_path_factory.mktemp("demo"),
            now=Clock(),
            demo=True,
        )
        demo.live(app)
        yield app


def test_half_a_year_up_to_yesterday(maya):
    logged = [one for one in maya.store.sessions_between(maya.person_id) if not one.is_flow]
    assert all(log.ended_at is not None and log.ended_at > log.started_at for log in logged)
    assert logged[0].started_at < MONDAY - timedelta(weeks=demo.HISTORY_WEEKS - 1)
    assert MONDAY - timedelta(days=8) < logged[-1].started_at < MONDAY
    assert 50 < len(logged) < 80


def test_she_grew_stronger_and_has_a_session_to_do(maya):
    view = progress.progress(maya)
    assert len(view.curves) >= 5
    assert sum(curve.change_text.startswith("Up") for curve in view.curves) >= 2
    assert view.records
    assert today(maya).session is not None
    assert len(planning.train(maya).weeks) >= 4


def test_the_same_day_gives_the_same_person(maya, tmp_path):
    with open_store(":memory:") as store:
        again = replace(maya, store=store)
        demo.live(again)
        assert shape(again) == shape(maya)


def test_she_eats_weighs_and_has_a_planned_week(maya):
    view = week.week(maya)
    assert view.status == "planned"
    assert all(day.meals for day in view.days)
    assert all(day.energy_kcal > 1500 for day in view.days)
    assert len(today(maya).meals) >= 4
    listed = shopping.shopping(maya)
    assert listed.total > 20
    assert listed.done > 0
    assert log.log_day(maya, maya.today).copy_from is not None
    assert targets.targets(maya).learned
    known = weight.weight(maya)
    assert len(known.measures) == 2
    assert known.expenditure_kcal[0] < 2100 < known.expenditure_kcal[2]


def test_she_measures_and_notes(maya):
    checks = maya.store.entries(maya.person_id, PostureCheck)
    assert len(checks) >= 6
    assert all(one.low < one.value < one.high for check in checks for one in check.readings.values())
    assert maya.store.entries(maya.person_id, DeskTest)
    assert all(1 <= one.level <= 10 for one in maya.store.entries(maya.person_id, PainNote))
    assert all(one.at < maya.now() for one in maya.store.entries(maya.person_id, FlowDone))


def shape(app):
    """Return all that was done, without the ids, which are made from the time."""
    assert app.store.food_entries(app.person_id)
    return [
        (s.at, s.exercise, s.kind, s.load_kg, s.band, s.reps, s.hold_s, s.rir)
        for s in app.store.sets_between(app.person_id)
    ]
