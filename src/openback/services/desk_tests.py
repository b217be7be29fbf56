"""Desk tests: what there is, a take or a number by hand judged and kept, and how the results went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from math import isfinite

import uuid_utils.compat as uuid

from openback.errors import BadTestResult, NoTestTold, NotFound
from openback.model.exercise import Source
from openback.model.journal import DeskTest, TestSide
from openback.model.person import Person, Profile
from openback.model.posture import SeenFrame
from openback.motion.desk_tests import TakeFound, TakeRules, measure_take
from openback.services.app import App
from openback.services.desk_views import (
    DeskTestView,
    SideView,
    TakeProblem,
    TakeView,
    TestResultView,
    WhatToDo,
    ZoneView,
)
from openback.services.desk_words import trouble_said
from openback.services.screened import screened_now
from openback.services.who import known_profile
from openback.storage import Change
from openback.training.desk_tests import (
    VERDICT_WORDS,
    Norm,
    TestRule,
    against,
    change_words,
    doubt,
    in_inches,
    load_book,
    norm_for,
    norm_words,
    said,
    verdict_of,
    zones,
)
from openback.training.screening import load_questions
from openback.units import cm_from_in, in_from_cm


def tests(app: App) -> tuple[DeskTestView, ...]:
    """Return every test with its results, the order as in the data. Raises NoProfileYet."""
    profile, kept = known_profile(app), _kept(app)
    return tuple(_view(app, profile, rule, kept) for rule in load_book().tests.values())


def test(app: App, test_id: str) -> DeskTestView:
    """Return one test with its results. Raises NotFound and NoProfileYet."""
    return _view(app, known_profile(app), known_rule(test_id), _kept(app))


def known_rule(test_id: str) -> TestRule:
    """Return a test by its id. Raises NotFound."""
    rule = load_book().tests.get(test_id)
    if rule is None:
        what = "test"
        raise NotFound(what, test_id)
    return rule


def _kept(app: App) -> tuple[DeskTest, ...]:
    return app.store.entries(app.person_id, DeskTest)


def _as_read(rule: TestRule, person: Person) -> TestRule:
    """Return a test in the person's units."""
    return in_inches(rule) if person.units == "imperial" else rule


def _result_in(one: DeskTest, unit: str) -> DeskTest:
    """Return a result in inches where those are read; what is kept stays metric."""
    if unit != "in" or one.unit != "cm":
        return one
    low, high = (None if edge is None else in_from_cm(edge) for edge in (one.low, one.high))
    return replace(one, unit="in", value=in_from_cm(one.value), low=low, high=high)


def _view(app: App, profile: Profile, rule: TestRule, kept: Sequence[DeskTest]) -> DeskTestView:
    rule = _as_read(rule, profile.person)
    norm = norm_for(rule, profile.person, app.today)
    sides = tuple(
        _side(rule, norm, side, [one for one in kept if one.test == rule.id]) for side in rule.sides
    )
    last = [side.last.verdict for side in sides if side.last is not None]
    helps = _what_to_do(app, profile, rule) if any(verdict != "good" for verdict in last) else ()
    return DeskTestView(
        rule=rule,
        sides=sides,
        zones=tuple(
            ZoneView(verdict=zone.verdict, name=VERDICT_WORDS[zone.verdict], low=zone.low, high=zone.high)
            for zone in zones(rule, norm)
        ),
        norm=norm_words(rule, norm),
        sources=_sources(app, rule),
        what_to_do=helps,
        better=rule.better,
        not_for_you=_not_for(app, profile.person, rule),
    )


def _side(rule: TestRule, norm: Norm, side: TestSide, kept: Sequence[DeskTest]) -> SideView:
    of_side = [_result_in(one, rule.unit) for one in kept if one.side == side]
    trend, changed = change_words(rule, [one.value for one in of_side])
    return SideView(
        side=side,
        name=rule.side_names[side],
        results=tuple(_judged(rule, norm, one) for one in reversed(of_side)),
        trend=trend,
        changed=changed,
    )


def _judged(rule: TestRule, norm: Norm, one: DeskTest) -> TestResultView:
    return TestResultView(
        result=one,
        verdict=verdict_of(rule, norm, one.value),
        said=f"{said(rule, one.value, one.low, one.high)}.",
        against=against(rule, norm, one.value),
        doubt=doubt(rule, norm, one.value, one.low, one.high),
    )


def _what_to_do(app: App, profile: Profile, rule: TestRule) -> tuple[WhatToDo, ...]:
    banned = screened_now(app, profile).banned
    known = app.catalogue.exercises
    return tuple(
        WhatToDo(exercise=known[one.exercise], why=one.why, fits=banned.get(one.exercise, ""))
        for one in rule.helps
        if one.exercise in known
    )


def _sources(app: App, rule: TestRule) -> tuple[Source, ...]:
    return tuple(app.catalogue.sources[key] for key in rule.sources if key in app.catalogue.sources)


def _not_for(app: App, person: Person, rule: TestRule) -> str:
    week = person.pregnancy_week
    if week is not None and rule.body == "lying" and week >= load_questions().rules.supine_from_week:
        return f"Leave this one out for now: it is done lying on the back, and you are in week {week} of pregnancy."
    for complaint in rule.leave_out_with:
        if complaint in person.complaints:
            name = app.catalogue.complaints[complaint].name
            return f"Leave this one out because of this: {name[:1].lower()}{name[1:]}."
    return ""


# --- A take -------------------------------------------------------------------------------------------


def judge_take(app: App, test_id: str, side: TestSide, frames: Sequence[SeenFrame]) -> TakeView:
    """Return what a take gives against the norm, or what to change; nothing is kept.

    Raises NotFound, BadTestResult for a side that the test does not have, and NoProfileYet.
    """
    profile, rule = known_profile(app), known_rule(test_id)
    _check_side(rule, side)
    found = _measured(rule, side, frames, profile.person)
    if found.told is None:
        trouble = found.trouble or "too_few"
        return TakeView(
            result=None, problems=(TakeProblem(problem=trouble, said=trouble_said(rule, side, trouble)),)
        )
    told = found.told
    one = DeskTest(
        id=uuid.uuid7(),
        at=app.now(),
        test=rule.id,
        side=side,
        value=round(told.value, 1),
        unit=rule.unit,
        by="camera",
        low=round(told.low, 1),
        high=round(told.high, 1),
    )
    return _answer(app, profile, rule, one)


def keep_take(app: App, test_id: str, side: TestSide, frames: Sequence[SeenFrame]) -> TakeView:
    """Keep what a take gives and return it with what takes it back. Raises NoTestTold when it gives nothing."""
    view = judge_take(app, test_id, side, frames)
    if view.result is None:
        raise NoTestTold(view.problems[0].said)
    return keep_view(app, view)


def _measured(rule: TestRule, side: TestSide, frames: Sequence[SeenFrame], person: Person) -> TakeFound:
    book = load_book()
    rules = TakeRules(
        higher_is_better=rule.better == "higher",
        steady_s=book.steady_s,
        steady=book.steady,
        fewest_frames=book.fewest_frames,
        sd=rule.sd,
        band_z=book.band_z,
        span=rule.span,
    )
    return measure_take(rule.id, side, frames, rules=rules, height_cm=person.height_cm)


def _answer(app: App, profile: Profile, rule: TestRule, one: DeskTest) -> TakeView:
    read = _as_read(rule, profile.person)
    norm = norm_for(read, profile.person, app.today)
    judged = _judged(read, norm, _result_in(one, read.unit))
    return TakeView(
        result=judged,
        measured=one,
        what_to_do=() if judged.verdict == "good" else _what_to_do(app, profile, rule),
        norm=norm_words(rule, norm),
        sources=_sources(app, rule),
    )


def keep_view(app: App, view: TakeView) -> TakeView:
    """Keep the result of a view, and return it with what takes it back; a view without a result stays as it is."""
    if view.measured is None:
        return view
    change = app.store.put_entry(app.person_id, view.measured)
    return replace(view, undo=None if change is None else change.token)


# --- By hand ------------------------------------------------------------------------------------------


def judge_hand(
    app: App,
    test_id: str,
    side: TestSide,
    value: float,
    unit: str,
    *,
    at: datetime | None = None,
) -> TakeView:
    """Return a number that was measured by hand against the norm; nothing is kept.

    Inches are taken for centimetres. Raises NotFound, BadTestResult with every problem, and NoProfileYet.
    """
    profile, rule = known_profile(app), known_rule(test_id)
    if unit == "in" and rule.unit == "cm":
        value, unit = cm_from_in(value), "cm"
    when = at or app.now()
    problems = _hand_problems(app, rule, side, value, unit, when)
    if problems:
        raise BadTestResult(problems)
    one = DeskTest(
        id=uuid.uuid7(),
        at=when,
        test=rule.id,
        side=side,
        value=round(value, 1),
        unit=rule.unit,
        by="hand",
    )
    return _answer(app, profile, rule, one)


def keep_hand(
    app: App,
    test_id: str,
    side: TestSide,
    value: float,
    unit: str,
    *,
    at: datetime | None = None,
) -> TakeView:
    """Keep a number that was measured by hand, and return it with what takes it back; raises as `judge_hand`."""
    return keep_view(app, judge_hand(app, test_id, side, value, unit, at=at))


def delete_result(app: App, result_id: object) -> Change | None:
    """Take a result away; None when there was none."""
    return app.store.delete_entry(app.person_id, DeskTest, result_id)


def _check_side(rule: TestRule, side: str) -> None:
    problems = _side_problems(rule, side)
    if problems:
        raise BadTestResult(problems)


def _side_problems(rule: TestRule, side: str) -> list[str]:
    if side in rule.sides:
        return []
    return [f"the side is {side!r}, this test has {' and '.join(rule.sides)}"]


def _hand_problems(app: App, rule: TestRule, side: str, value: float, unit: str, at: datetime) -> list[str]:
    problems = _side_problems(rule, side)
    low, high = rule.span
    if unit != rule.unit:
        problems.append(f"the unit is {unit!r}, this test is measured in {rule.unit!r}")
    elif not (isfinite(value) and low <= value <= high):
        problems.append(f"{value:g} is not between {low:g} and {high:g} {rule.unit}")
    if at.tzinfo is None:
        problems.append("the time needs its time zone")
    elif at > app.now():
        problems.append("the time is in the days to come")
    return problems
