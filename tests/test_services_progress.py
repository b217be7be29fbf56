"""Progress as use cases: the review of real weeks, forecasts, norms, and notes that change no load."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from living import ANNA, MONDAY, PROFILE, Clock, a_set, living, train_on
from openback.errors import BadCycleNote
from openback.model.journal import Away, CycleNote, FlowDone, PainNote
from openback.model.log import SessionLog
from openback.services import block as blocks
from openback.services import curves, cycle_notes, planning, review, sessions
from openback.services.app import App
from openback.services.cycle_notes import life_spans, notes_view
from openback.services.eat.wishes import wishes_now
from openback.services.norms import norm_views
from openback.services.records import records_of_span
from openback.services.views import StrengthCurve
from openback.training.screening import load_questions

PULL_DOWN = "wide_grip_lat_pulldown"
TODAY = MONDAY.date()


@pytest.fixture
def app(tmp_path) -> Iterator[App]:
    with living(tmp_path, Clock()) as app:
        yield app


def lifted(app: App, weeks: int, *, exercise: str = PULL_DOWN, gain: float = 0.5, until_d: int = 1) -> None:
    """Log two days a week of an exercise that grows, up to some days ago."""
    sets, logs = [], []
    for n in range(2 * weeks):
        at = app.now() - timedelta(days=until_d + (2 * weeks - 1 - n) * 3.5)
        session = SessionLog(id=uuid4(), started_at=at, ended_at=at + timedelta(hours=1))
        logs.append(session)
        load_kg = round((25 + gain * n) * 2) / 2
        sets += [
            a_set(session.id, exercise, at + timedelta(minutes=m), load_kg=load_kg, rir=1, reps=10)
            for m in (5, 9)
        ]
    app.store.add_history(app.person_id, sessions=logs, sets=sets)


# --- The review ------------------------------------------------------------------------------------


def test_the_first_day(app):
    view = review.review(app)
    assert (view.monday, view.running, view.earlier, view.later) == (TODAY, True, None, None)
    assert view.sentences == (
        "No session yet this week.",
        "Rest is part of the plan: muscles grow between the sessions.",
    )


def test_before_the_questions(tmp_path):
    with living(tmp_path, Clock(), planned=False) as app:
        assert review.review(app).facts.sessions_planned is None


def test_a_week_with_a_session(app):
    train_on(app, 1, 1)
    view = review.review(app)
    assert view.facts.sessions_done == 1
    assert view.facts.sessions_planned == 3
    assert view.sentences[0] == "You trained once so far; two more are planned."
    assert any(muscle.sets > 0 for muscle in view.facts.muscles)


def test_a_day_to_come_has_the_running_week_and_an_old_one_its_own(app):
    train_on(app, 1, 1)
    app.now.on(days=14)
    assert review.review(app, date(2030, 1, 1)).monday == TODAY + timedelta(days=14)
    view = review.review(app, TODAY + timedelta(days=3))
    assert (view.monday, view.running) == (TODAY, False)
    assert (view.earlier, view.later) == (None, TODAY + timedelta(days=7))
    assert view.sentences[0] == "You trained once; three sessions were planned."


def test_a_skipped_session_was_not_planned(app):
    sessions_planned = review.review(app).facts.sessions_planned
    planning.skip(app, 1, 3)
    assert review.review(app).facts.sessions_planned == sessions_planned - 1


def test_strength_of_a_month_is_said_with_its_band(app):
    lifted(app, 8)
    change = next(one for one in review.review(app).facts.lifts if one.exercise == PULL_DOWN)
    assert 21 <= change.days <= 31
    assert change.low < change.percent < change.high
    assert change.percent == pytest.approx(14, abs=5)  # eight steps of half a kilogram on about thirty


def test_a_lift_that_rests_is_not_in_the_news(app):
    lifted(app, 8, until_d=20)
    assert review.review(app).facts.lifts == ()


def test_what_else_a_week_held(app):
    app.store.put_entry(
        app.person_id, FlowDone(id=uuid4(), at=app.now(), flow="x", planned_s=120, done_s=120)
    )
    app.store.put_entry(app.person_id, PainNote(id=uuid4(), at=app.now(), place="neck", level=3))
    app.store.put_entry(app.person_id, PainNote(id=uuid4(), at=app.now(), place="neck", level=4))
    sentences = review.review(app).sentences
    assert "Breaks, stretches and yoga made 2 minutes together." in sentences
    assert "Neck: 3.5 of 10 on average." in sentences


def test_a_week_of_illness(app):
    app.store.put_entry(app.person_id, Away(id=uuid4(), first_on=TODAY, why="illness"))
    assert review.review(app).sentences == (
        "You were ill, so nothing was expected of you.",
        "Rest is the plan until you are well; strength hardly falls in two weeks.",
    )


def test_bests_of_an_old_week_stand_whatever_came_after(app):
    lifted(app, 8)
    day = app.now() - timedelta(days=22)
    span = (day, day + timedelta(days=7))
    sets = app.store.sets_between(app.person_id, *span)
    found = records_of_span(app, sets, *span)
    assert [(one.exercise.id, one.kind) for one in found] == [(PULL_DOWN, "load")]
    assert found[0].value == max(one.load_kg for one in sets)


# --- Where it goes ---------------------------------------------------------------------------------


def curve(app: App, exercise: str = PULL_DOWN) -> StrengthCurve:
    found = curves.strength_curve(app, app.catalogue.exercises[exercise])
    assert found is not None
    return found


def test_a_forecast_needs_some_weeks(app):
    lifted(app, 2)
    assert curve(app).fan == ()
    assert curve(app).forecast_text == ""


def test_a_forecast_goes_on_from_the_last_estimate(app):
    lifted(app, 8)
    found = curve(app)
    assert found.fan[0].one_rm_kg == pytest.approx(found.points[-1].one_rm_kg)
    assert found.fan[0].low_kg == pytest.approx(found.points[-1].low_kg)
    assert (found.fan[-1].on - found.points[-1].on).days == 84
    assert found.fan[-1].one_rm_kg > found.points[-1].one_rm_kg
    assert found.forecast_text.startswith("If you go on as you do, about ")


def test_no_forecast_after_a_break_or_in_pregnancy(app):
    lifted(app, 8, until_d=30)
    assert curve(app).fan == ()
    lifted(app, 8)
    assert curve(app).fan
    app.store.put_person(app.person_id, replace(ANNA, pregnancy_week=12))
    assert curve(app).fan == ()


def test_norms_for_those_who_have_one(app):
    assert norm_views(app, ()) == ()
    lifted(app, 8)
    lifted(app, 8, exercise="face_pull")
    own = [curve(app), curve(app, "face_pull")]
    (view,) = norm_views(app, own)
    assert view.people == "women, students of one college"
    assert view.standing.share[1] == pytest.approx(own[0].points[-1].one_rm_kg / ANNA.mass_kg)
    assert view.source is not None
    app.store.put_person(app.person_id, replace(ANNA, sex="unspecified"))
    assert [one.people.partition(",")[0] for one in norm_views(app, own)] == ["women", "men"]


# --- Notes -----------------------------------------------------------------------------------------


def note(day: int = 0, bleeding: int | None = 2, **more: object) -> CycleNote:
    return CycleNote(on=TODAY - timedelta(days=day), bleeding=bleeding, **more)


def test_notes_are_off_until_asked_for(app):
    assert not notes_view(app).turned_on
    cycle_notes.turn(app, on=True)
    assert notes_view(app).turned_on
    cycle_notes.turn(app, on=False)
    assert not notes_view(app).turned_on


def test_a_period_is_told_to_the_weight_and_one_undo_takes_both_back(app):
    change = cycle_notes.keep_note(app, note())
    assert wishes_now(app).cycle_starts == (TODAY,)
    assert notes_view(app).cycle_day == 1
    sessions.undo(app, change.token)
    assert cycle_notes.notes(app) == ()
    assert wishes_now(app).cycle_starts == ()


def test_a_day_before_moves_the_start(app):
    cycle_notes.keep_note(app, note(0))
    cycle_notes.keep_note(app, note(1))
    assert wishes_now(app).cycle_starts == (TODAY - timedelta(days=1),)
    cycle_notes.delete_note(app, TODAY - timedelta(days=1))
    assert wishes_now(app).cycle_starts == (TODAY,)


def test_an_empty_note_is_none(app):
    cycle_notes.keep_note(app, note(signs=("tired",)))
    cycle_notes.keep_note(app, note(bleeding=None))
    assert cycle_notes.notes(app) == ()


def test_notes_that_cannot_be(app):
    with pytest.raises(BadCycleNote) as refused:
        cycle_notes.keep_note(app, CycleNote(on=TODAY + timedelta(days=1), bleeding=7, signs=("x",)))
    assert str(refused.value) == (
        "This note cannot be kept: 2026-11-24 is still to come; bleeding is 7, it must be 0 to 3; "
        "no sign is called 'x'."
    )
    app.store.put_person(app.person_id, replace(ANNA, sex="male"))
    with pytest.raises(BadCycleNote, match="these notes do not go with sex male"):
        cycle_notes.keep_note(app, note())


def test_notes_change_no_load(app):
    train_on(app, 1, 1)
    before = [item.next_set for item in blocks.planned_session(app, 1, 2).items]
    cycle_notes.turn(app, on=True)
    for day in range(5):
        cycle_notes.keep_note(app, note(day, 3, signs=("cramps", "tired")))
    assert [item.next_set for item in blocks.planned_session(app, 1, 2).items] == before


def test_what_stands_beside_the_curves(app):
    app.store.put_entry(
        app.person_id,
        Away(
            id=uuid4(), first_on=TODAY - timedelta(days=20), last_on=TODAY - timedelta(days=14), why="holiday"
        ),
    )
    cycle_notes.keep_note(app, note(1))
    cycle_notes.keep_note(app, note(2))
    assert [one.kind for one in life_spans(app)] == ["away"]
    cycle_notes.turn(app, on=True)
    assert [
        (one.kind, (TODAY - one.first_on).days, (TODAY - one.last_on).days) for one in life_spans(app)
    ] == [
        ("away", 20, 14),
        ("period", 2, 1),
    ]
    app.store.put_person(app.person_id, replace(ANNA, pregnancy_week=10))
    spans = {one.kind: one for one in life_spans(app)}
    assert (TODAY - spans["pregnancy"].first_on).days == 70


def test_a_warning_sign_in_pregnancy_is_said_in_the_words_of_the_screening(app):
    app.store.put_profile(
        app.person_id,
        replace(PROFILE, person=replace(ANNA, pregnancy_week=20)),
        at=datetime(2026, 11, 23, 8, tzinfo=UTC),
    )
    cycle_notes.keep_note(app, note(0, None, signs=("nausea",)))
    assert notes_view(app).urgent == ""
    question = next(one for one in load_questions().items if one.id == "pregnancy_warning")
    for sign in ("fluid", "calf"):
        cycle_notes.keep_note(app, note(0, None, signs=(sign,)))
        assert notes_view(app).urgent == f"{question.reason} {question.see}"
    cycle_notes.keep_note(app, note(0, 1))
    assert notes_view(app).urgent
    assert wishes_now(app).cycle_starts == ()  # bleeding in pregnancy is no period
    assert any("Week 20 of pregnancy" in one for one in notes_view(app).changes)


@pytest.mark.parametrize(
    ("month", "first", "days"),
    [
        (date(2026, 2, 10), date(2026, 2, 1), 28),
        (None, date(2026, 11, 1), 30),
        (date(2031, 1, 1), date(2026, 11, 1), 30),
    ],
)
def test_a_month_of_days(app, month, first, days):
    view = notes_view(app, month)
    cells = [day for week in view.weeks for day in week]
    assert view.month == first
    assert all(len(week) == 7 for week in view.weeks)
    assert [cell.on for cell in cells if cell] == [first + timedelta(days=n) for n in range(days)]
    assert cells.index(next(cell for cell in cells if cell)) == first.weekday()
