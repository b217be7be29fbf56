"""The cycle from day notes: where periods begin, the day of the cycle, and when a word with a doctor is worth it."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.model.journal import CycleNote
from openback.progress.cycle import (
    bleeding_days,
    cycle_day,
    cycle_rules,
    spans_of,
    starts_of,
    worth_a_word,
)

DAY = date(2026, 11, 1)


def bleeding(*days: int, level: int = 2) -> list[CycleNote]:
    return [CycleNote(on=DAY + timedelta(days=n), bleeding=level) for n in days]


def on(*days: int) -> tuple[date, ...]:
    return tuple(DAY + timedelta(days=n) for n in days)


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        pytest.param([], (), id="nothing"),
        pytest.param([CycleNote(on=DAY, signs=("tired",))], (), id="a note without a word on bleeding"),
        pytest.param(bleeding(0, level=0), (), id="none is none"),
        pytest.param(bleeding(0, 1, 2, 3), (0,), id="one period"),
        pytest.param(bleeding(0, 1, 5), (0,), id="a day between"),
        pytest.param(bleeding(0, 1, 28, 29), (0, 28), id="two"),
        pytest.param(bleeding(3, 0), (0,), id="told out of order"),
    ],
)
def test_starts(notes, expected):
    assert starts_of(notes) == on(*expected)


@given(st.sets(st.integers(0, 200)))
def test_every_start_is_a_day_of_bleeding_and_every_day_has_its_start(days):
    notes = bleeding(*days)
    starts = starts_of(notes)
    assert set(starts) <= set(bleeding_days(notes))
    assert all(any(start <= day for start in starts) for day in bleeding_days(notes))
    assert starts_of(notes + notes) == starts


def test_runs_of_days():
    assert spans_of(()) == ()
    assert spans_of(on(0, 1, 3, 9)) == (on(0, 3), on(9, 9))


@pytest.mark.parametrize(
    ("starts", "today", "expected"),
    [((), 5, None), ((0,), 0, 1), ((0, 28), 30, 3), ((0,), 60, None), ((9,), 5, None)],
)
def test_day_of_the_cycle(starts, today, expected):
    assert cycle_day(on(*starts), DAY + timedelta(days=today)) == expected


def test_what_is_worth_a_word():
    def words(notes: list[CycleNote], today: int) -> list[str]:
        return list(worth_a_word(notes, starts_of(notes), DAY + timedelta(days=today)))

    assert words([], 0) == []
    assert words(bleeding(*range(6)), 6) == []
    assert words(bleeding(*range(9)), 9) == [
        (
            "Bleeding for more than a week is worth a word with a doctor, and so is your iron: tiredness in training "
            "often comes from there."
        )
    ]
    assert words(bleeding(0, 1), 95) == [
        (
            "No period was noted for three months. If that is not a pregnancy, the pill or the change of life, see a "
            "doctor: too little food for what you do can be the reason, and more of it the answer."
        )
    ]


def test_what_is_said_has_a_source():
    sources = tomllib.loads((files("openback") / "data" / "sources.toml").read_text("utf-8"))
    rules = cycle_rules()
    assert {finding.about for finding in rules.evidence} == {"cycle", "pregnancy"}
    assert all(finding.source in sources for finding in rules.evidence)
    assert not any(sign.urgent for sign in rules.signs)
