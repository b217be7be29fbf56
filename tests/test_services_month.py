"""The report of a month: which months there are, what is in it, and that nothing is made up where nothing was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from living import ANNA, MONDAY, RED_FLAG, Clock, living
from openback.errors import BadMonth, NoProfileYet, NoProgrammeNow
from openback.model.journal import Away, FlowDone, PainNote, PostureCheck, PostureReading
from openback.model.log import MassLog, SessionLog, SetLog
from openback.model.paper import Bars, Facts, Line, Month, Words
from openback.services import people, planning
from openback.services.agenda import write_calendar_file
from openback.services.block import known_block
from openback.services.month_report import month_named, month_report, months
from openback.services.month_span import Span
from openback.services.programme_sheets import plan_sheets, programme_pdf, programme_sheets, span_text

NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)
QUIET = "Nothing was logged in this month. Rest is part of the plan, and every month is a new one."


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def anna(tmp_path, clock):
    with living(tmp_path, clock) as app:
        yield app


def trained(app, n: int, on: datetime, *, load_kg=20.0, reps=10):
    """Log a session of 40 minutes with three sets of rows."""
    session = SessionLog(
        id=UUID(int=1000 + n), started_at=on, ended_at=on + timedelta(minutes=40), title="Row", place="Gym"
    )
    app.store.put_session(app.person_id, session)
    for k in range(3):
        app.store.put_set(
            app.person_id,
            SetLog(
                id=UUID(int=10_000 + 10 * n + k),
                session_id=session.id,
                at=on + timedelta(minutes=3 * k),
                exercise="one_arm_dumbbell_row",
                kind="work",
                reps=reps,
                load_kg=load_kg,
                rir=2,
            ),
        )


def section(report, title):
    return next((one for one in report.sections if one.title.startswith(title)), None)


def block(report, title, kind):
    return next(one for one in section(report, title).blocks if isinstance(one, kind))


def facts_of(report):
    return {fact.name: fact.value for fact in block(report, "The month", Facts).facts}


def test_before_the_questions_there_is_none(tmp_path, clock):
    with living(tmp_path, clock, planned=False) as nobody:
        for ask in (months, lambda app: month_report(app, NOVEMBER), programme_sheets, write_calendar_file):
            with pytest.raises(NoProfileYet):
                ask(nobody)


def test_months_begin_with_the_first_session(anna):
    assert months(anna) == (NOVEMBER,)
    trained(anna, 1, datetime(2026, 9, 30, 12, tzinfo=UTC))
    assert months(anna) == (NOVEMBER, OCTOBER, date(2026, 9, 1))


@pytest.mark.parametrize(
    "said", ["", "2026", "2026-13", "2026-00", "2026-12", "november", "0000-01", "2026-1", "12026-01"]
)
def test_what_is_no_month(anna, said):
    with pytest.raises(BadMonth) as refused:
        month_named(anna, said)
    assert str(refused.value) == (
        f"{said!r} is no month with a report. Say it as in 2026-11, up to the present month."
    )
    assert month_named(anna, "2026-11") == NOVEMBER


def test_an_empty_month_says_one_kind_sentence(anna):
    report = month_report(anna, OCTOBER)
    assert report.title == "October 2026"
    (only,) = report.sections
    assert only.blocks == (Words(sentences=(QUIET,)),)


def test_the_month_in_numbers(anna):
    for n, day in enumerate((2, 4, 9)):
        trained(anna, n, datetime(2026, 11, day, 12, tzinfo=UTC))
    trained(anna, 9, datetime(2026, 10, 30, 12, tzinfo=UTC))
    flow = FlowDone(
        id=UUID(int=1), at=datetime(2026, 11, 5, 10, tzinfo=UTC), flow="band_break", planned_s=120, done_s=120
    )
    anna.store.put_entry(anna.person_id, flow)
    away = Away(id=UUID(int=2), first_on=date(2026, 11, 12), last_on=date(2026, 11, 13), why="illness")
    anna.store.put_entry(anna.person_id, away)
    report = month_report(anna, NOVEMBER)
    assert facts_of(report) == {
        "Sessions": "3", "Sets": "9", "Time training": "2 h 00", "Lifted": "1.8 t", "Breaks and yoga": "2 min"
    }  # fmt: skip
    (sessions, *_) = block(report, "The month", Facts).facts
    assert sessions.more == "1 in October"
    kinds = {day.on.day: day.kind for day in block(report, "The month", Month).days}
    assert len(kinds) == 30
    assert [day for day, kind in kinds.items() if kind == "done"] == [2, 4, 9]
    assert [day for day, kind in kinds.items() if kind == "moved"] == [5]
    assert [day for day, kind in kinds.items() if kind == "away"] == [12, 13]
    assert [day for day, kind in kinds.items() if kind == "ahead"] == list(range(24, 31))


def test_the_sets_of_a_flow_count_for_muscles_and_are_no_session(anna):
    on = datetime(2026, 11, 5, 10, tzinfo=UTC)
    session = SessionLog(id=UUID(int=3), started_at=on, ended_at=on, title="Break", source="flow")
    anna.store.put_session(anna.person_id, session)
    done = SetLog(
        id=UUID(int=4),
        session_id=session.id,
        at=on,
        exercise="band_lateral_raise",
        kind="work",
        reps=15,
        band="red",
    )
    anna.store.put_set(anna.person_id, done)
    report = month_report(anna, NOVEMBER)
    assert facts_of(report)["Sessions"] == "0"
    assert facts_of(report)["Lifted"] == "–"
    assert any(bar.value > 0 for bar in block(report, "Muscles", Bars).bars)


def test_muscles_are_told_a_week(anna):
    for n, day in enumerate((2, 4, 9, 11)):
        trained(anna, n, datetime(2026, 11, day, 12, tzinfo=UTC))
    bars = {bar.name: bar for bar in block(month_report(anna, NOVEMBER), "Muscles", Bars).bars}
    share = anna.catalogue.exercises["one_arm_dumbbell_row"].muscles["rhomboids"]
    assert bars["Rhomboids"].value == pytest.approx(12 * share / (23 / 7))  # 12 sets in 23 days
    band = known_block(anna).kept.programme.weekly_band["rhomboids"]
    assert (bars["Rhomboids"].low, bars["Rhomboids"].high) == band


def test_strength_is_drawn_with_its_band_and_only_up_to_the_month(anna):
    for n in range(12):
        trained(anna, n, datetime(2026, 9, 1, 12, tzinfo=UTC) + timedelta(days=7 * n), load_kg=20 + n // 2)
    (line,) = [
        one for one in section(month_report(anna, OCTOBER), "Strength").blocks if isinstance(one, Line)
    ]
    assert line.name == anna.catalogue.exercises["one_arm_dumbbell_row"].name
    assert (line.unit, line.last, line.marked_from) == ("kg", date(2026, 10, 31), OCTOBER)
    assert all(point.low < point.value < point.high for point in line.points)
    assert max(point.on for point in line.points) <= date(2026, 10, 31)
    assert line.says.startswith(("Up ", "No clear change "))
    people.set_units(anna, "imperial")
    (pounds,) = [
        one for one in section(month_report(anna, OCTOBER), "Strength").blocks if isinstance(one, Line)
    ]
    assert pounds.unit == "lb"
    assert pounds.points[0].value == pytest.approx(line.points[0].value / 0.45359237)
    assert pounds.says == line.says
    assert month_report(anna, OCTOBER).size == "Letter"


def test_two_days_are_no_course(anna):
    trained(anna, 1, datetime(2026, 11, 2, 12, tzinfo=UTC))
    trained(anna, 2, datetime(2026, 11, 4, 12, tzinfo=UTC))
    assert section(month_report(anna, NOVEMBER), "Strength") is None


def test_pain_is_shown_as_it_was_noted(anna):
    noted = (("neck", 2, 4), ("neck", 2, 6), ("neck", 9, 2), ("chest", 9, 1))
    for n, (place, day, level) in enumerate(noted):
        at = datetime(2026, 11, day, 8 + n, tzinfo=UTC)
        anna.store.put_entry(anna.person_id, PainNote(id=UUID(int=20 + n), at=at, place=place, level=level))
    old = PainNote(id=UUID(int=30), at=datetime(2026, 10, 9, tzinfo=UTC), place="upper_back", level=8)
    anna.store.put_entry(anna.person_id, old)
    lines = [one for one in section(month_report(anna, NOVEMBER), "Pain").blocks if isinstance(one, Line)]
    assert [line.name for line in lines] == ["Neck", "Chest"]
    assert [(point.on.day, point.value) for point in lines[0].points] == [(2, 6.0), (9, 2.0)]
    assert lines[0].says == "4.0 of 10 on average, noted on 2 days."
    assert lines[1].says == "1.0 of 10 on average, noted on one day."
    assert lines[0].top == 10
    assert section(month_report(anna, date(2026, 9, 1)), "Pain") is None


def test_posture_is_shown_as_it_was_known_then(anna):
    for n, (month, value) in enumerate(((9, 30.0), (10, 28.0), (11, 15.0))):
        reading = PostureReading(value=value, low=value - 3, high=value + 3, frames=8)
        check = PostureCheck(
            id=UUID(int=40 + n),
            at=datetime(2026, month, 5, tzinfo=UTC),
            by="camera",
            readings={"head_forward_deg": reading},
        )
        anna.store.put_entry(anna.person_id, check)
    (line,) = [one for one in section(month_report(anna, OCTOBER), "Posture").blocks if isinstance(one, Line)]
    assert [(point.value, point.low, point.high) for point in line.points] == [(30, 27, 33), (28, 25, 31)]
    assert section(month_report(anna, date(2026, 5, 1)), "Posture") is None


def test_weight_is_shown_with_its_band_when_somebody_stood_on_scales(anna):
    assert section(month_report(anna, OCTOBER), "Weight") is None
    for day in range(1, 20):
        anna.store.put_mass(anna.person_id, MassLog(at=datetime(2026, 10, day, 7, tzinfo=UTC), mass_kg=66.0))
    (line,) = section(month_report(anna, OCTOBER), "Weight").blocks
    assert all(point.low <= point.value <= point.high for point in line.points)
    assert line.says.startswith("66 kg at the end, between ")


def test_the_report_of_a_month_that_is_over_stays_as_it_is(anna, clock):
    for n in range(8):
        trained(anna, n, datetime(2026, 10, 2, 12, tzinfo=UTC) + timedelta(days=3 * n))
    before = month_report(anna, OCTOBER)
    clock.now = MONDAY + timedelta(days=1)
    trained(anna, 20, clock.now)
    after = month_report(anna, OCTOBER)
    steady = [one for one in before.sections if one.title != "Muscles"]
    assert [one for one in after.sections if one.title != "Muscles"] == steady
    assert after.written_at == before.written_at


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), "23 to 29 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 November to 6 December 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 to 3 January 2027"),
    ],
)
def test_spans_of_days(first, last, said):
    assert span_text(first, last) == said


def test_a_span_ends_today_and_knows_the_month_before(anna):
    span = Span.of(anna, NOVEMBER)
    assert (span.first, span.last) == (NOVEMBER, date(2026, 11, 23))
    assert span.running(anna.today)
    assert span.before() == Span(first=OCTOBER, last=date(2026, 10, 31))
    assert not span.before().running(anna.today)
    assert len(list(span.whole_month())) == 30


# --- The programme on paper -----------------------------------------------------------------------------------


def test_every_week_of_the_programme_has_its_sheet(anna):
    sheets, block_ = programme_sheets(anna), known_block(anna)
    assert sheets.title == "Anna’s programme"
    assert sheets.size == "A4"
    assert len(sheets.weeks) == block_.kept.programme.weeks
    assert sheets.weeks[0].about == "23 to 29 November 2026"
    shown = [session for week in sheets.weeks for session in week.sessions]
    assert len(shown) == len(block_.dated)
    for session, dated in zip(sheets.weeks[0].sessions, block_.dated, strict=False):
        assert session.title == f"{dated.on:%A} {dated.on.day} {dated.on:%B}"
        assert [row.picture for row in session.rows] == [item.exercise for item in dated.session.items]
    assert any(week.mark == "Easy week" for week in sheets.weeks) == any(
        d.session.deload for d in block_.dated
    )


def test_a_session_that_is_left_out_is_not_printed(anna):
    planning.skip(anna, 1, 1)
    assert len(programme_sheets(anna).weeks[0].sessions) == len(programme_sheets(anna).weeks[1].sessions) - 1


def test_loads_are_in_the_units_of_the_person(anna):
    assert " kg" in repr(programme_sheets(anna))
    people.set_units(anna, "imperial")
    pounds = programme_sheets(anna)
    assert " kg" not in repr(pounds)
    assert " lb" in repr(pounds)
    assert pounds.size == "Letter"


def test_each_figure_is_drawn_once(anna):
    asked = []
    programme_pdf(anna, lambda exercise: asked.append(exercise.id))
    rows = (row for week in programme_sheets(anna).weeks for session in week.sessions for row in session.rows)
    assert asked == sorted({row.picture for row in rows})


def test_a_stopped_programme_is_not_printed(anna):
    people.keep_profile(anna, RED_FLAG)
    with pytest.raises(NoProgrammeNow):
        programme_sheets(anna)


def test_a_programme_from_a_file_has_no_dates(anna):
    programme = known_block(anna).kept.programme
    sheets = plan_sheets(anna.catalogue, programme, units="metric", now=MONDAY)
    assert sheets.weeks[0].sessions[0].title == "Session 1"
    assert len(sheets.weeks) == programme.weeks
    assert {week.about for week in sheets.weeks} == {""}


def test_who_gave_no_name(anna):
    people.keep_profile(anna, replace(people.profile_of(anna), person=replace(ANNA, name="")))
    assert programme_sheets(anna).title == "Your programme"
    assert month_report(anna, NOVEMBER).about == "So far"
