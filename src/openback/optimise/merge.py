"""A small relaxed model of many alike parts: the days of a week, say, taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from math import inf

from openback.optimise.highs import Model
from openback.optimise.pieces import Column, Key, Row

AsOne = Callable[[Key], Key]


def merged(model: Model, *, as_one: AsOne) -> Model:
    """Return a relaxed model in which columns and rows that are one under `as_one` are summed.

    Whatever the model can reach, this one can: rows are sums of its rows, and where the columns that become one
    differ in a row or in worth, the most generous of them counts. So its optimum is a bound for the model. For parts
    that are all alike nothing is lost against the relaxed model, which might as well treat them alike.
    Columns must not be negative.
    """
    members: defaultdict[Key, list[Column]] = defaultdict(list)
    for column in model.columns:
        members[as_one(column.key)].append(column)
    columns = tuple(
        Column(
            key,
            upper=sum(c.upper for c in alike),
            lower=sum(c.lower for c in alike),
        )
        for key, alike in members.items()
    )
    gains = {key: max(model.gains[c.key] for c in alike) for key, alike in members.items()}
    sizes = {key: len(alike) for key, alike in members.items()}
    return Model(columns=columns, rows=tuple(_rows(model, as_one, sizes)), gains=gains)


def _rows(model: Model, as_one: AsOne, sizes: dict[Key, int]) -> Iterable[Row]:
    """Yield the summed rows; one group may have several rows, which go by their place in it."""
    places: defaultdict[Key, int] = defaultdict(int)
    alike: defaultdict[tuple[Key, int], list[Row]] = defaultdict(list)
    for row in model.rows:
        alike[as_one(row.group), places[row.group]].append(row)
        places[row.group] += 1
    for (group, _), rows in alike.items():
        sums: defaultdict[Key, float] = defaultdict(float)
        for row in rows:
            for key, part in row.parts.items():
                sums[key] += part
        at_least, at_most = sum(row.at_least for row in rows), sum(row.at_most for row in rows)
        low, high = _spans(sums, as_one, sizes)
        if low == high:
            yield Row(group, low, at_least=at_least, at_most=at_most)
        else:
            if at_most < inf:
                yield Row(group, low, at_most=at_most)
            if at_least > -inf:
                yield Row(group, high, at_least=at_least)


def _spans(
    sums: dict[Key, float], as_one: AsOne, sizes: dict[Key, int]
) -> tuple[dict[Key, float], dict[Key, float]]:
    """Return the smallest and the largest part that any member of each merged column has; 0 for one that has none."""
    found: defaultdict[Key, list[float]] = defaultdict(list)
    for key, part in sums.items():
        found[as_one(key)].append(part)
    low: dict[Key, float] = {}
    high: dict[Key, float] = {}
    for key, parts in found.items():
        some = [*parts, 0.0] if len(parts) < sizes[key] else parts
        low[key], high[key] = min(some), max(some)
        if high[key] - low[key] < 1e-12:  # sums in another order
            low[key] = high[key]
    return low, high
