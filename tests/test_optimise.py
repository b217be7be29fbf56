"""The shared machinery of planners: bounds from alike parts, gaps, conflicts."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openback.optimise import (
    Column,
    Gain,
    Model,
    Row,
    Run,
    Search,
    as_highs,
    closer,
    feasible,
    gather,
    irreducible,
    merged,
    run,
    within,
)

PARTS = 3


def without_numbers(key):
    return tuple(part for part in key if isinstance(part, str))


def best(model: Model, *, relaxed: bool = False) -> Run:
    return run(as_highs(model), Search(gap=0.0), relaxed=relaxed)


def test_nothing_at_all():
    assert gather([]) == Model(columns=(), rows=(), gains={})
    assert merged(gather([]), as_one=without_numbers) == gather([])


def test_gains_of_one_column_add_up():
    model = gather(
        [Column(("x",), upper=2, gain=1.0), Gain(("x",), 0.5), Row(("r",), {("x",): 1.0}, at_most=1)]
    )
    assert best(model).points == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("said", "bound", "gap"),
    [
        pytest.param(inf, 110.0, 0.1, id="no bound of its own"),
        pytest.param(0.02, 110.0, 0.02, id="its own is closer"),
        pytest.param(0.2, 100.0, 0.0, id="the bound is reached"),
        pytest.param(0.2, 90.0, 0.0, id="never below nothing"),
    ],
)
def test_the_closer_gap(said, bound, gap):
    found = Run(values=(1.0,), points=100.0, gap=said)
    assert closer(bound, found).gap == pytest.approx(gap)
    assert within(bound, found).gap == pytest.approx(max(0.0, bound / 100 - 1))


def test_a_search_without_time_has_no_gap_to_show():
    keys = [("x", n) for n in range(40)]
    model = gather(
        [
            *(Column(key, upper=1, gain=1.0 + n % 7, whole=True) for n, key in enumerate(keys)),
            *(
                Row(("r", m), {key: float(2 + (n * m) % 11) for n, key in enumerate(keys)}, at_most=31)
                for m in range(9)
            ),
        ]
    )
    found = run(as_highs(model), Search(time_limit_s=0.0), start=[0.0] * len(keys))
    assert found.values
    assert found.gap > 0.01


# --- Alike parts -------------------------------------------------------------------------------------------------------

numbers = st.integers(-3, 5)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Draw models of a few columns and rows in several parts, with rows over all parts too."""
    names = ("a", "b", "c")
    pieces = [
        Column((name, part), upper=draw(st.integers(1, 3)), gain=draw(numbers), whole=True)
        for name in names
        for part in range(PARTS)
    ]
    for row in range(draw(st.integers(1, 3))):
        for part in range(PARTS):
            parts = {(name, part): float(draw(numbers)) for name in names}
            pieces.append(Row(("row", str(row), part), parts, at_most=draw(st.integers(0, 8))))
    over_all = {(name, part): float(draw(numbers)) for name in names for part in range(PARTS)}
    pieces.append(
        Row(("all",), over_all, at_least=draw(st.integers(-9, 0)), at_most=draw(st.integers(0, 20)))
    )
    return gather(pieces)


@given(models())
def test_parts_taken_together_are_a_bound(model):
    found = best(model)
    together = best(merged(model, as_one=without_numbers), relaxed=True)
    assert together.points >= found.points - 1e-6  # nothing at all keeps every row, so something is found


@given(st.lists(st.tuples(numbers, numbers, st.integers(0, 8)), min_size=1, max_size=4))
def test_parts_that_are_alike_lose_nothing(rows):
    pieces = [Column((name, part), upper=2, gain=1.0) for name in ("a", "b") for part in range(PARTS)]
    for n, (a, b, most) in enumerate(rows):
        for part in range(PARTS):
            parts = {("a", part): float(a), ("b", part): float(b)}
            pieces.append(Row(("row", str(n), part), parts, at_most=most))
    model = gather(pieces)
    small = merged(model, as_one=without_numbers)
    assert len(small.columns) == 2
    assert best(small, relaxed=True).points == pytest.approx(best(model, relaxed=True).points, abs=1e-6)


# --- Conflicts ---------------------------------------------------------------------------------------------------------


def test_the_rows_in_conflict():
    x = ("x",)
    model = gather(
        [
            Column(x, upper=9),
            Row(("meaning",), {x: 1.0}, at_least=0),
            Row(("low", "a"), {x: 1.0}, at_least=5),
            Row(("low", "b"), {x: 1.0}, at_least=2),
            Row(("high",), {x: 1.0}, at_most=4),
        ]
    )
    assert not feasible(model)
    assert irreducible(model, always={"meaning"}) == (("low", "a"), ("high",))
