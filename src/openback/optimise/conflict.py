"""When nothing keeps all the rows: which groups of them are in conflict."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from openback.optimise.highs import Model, feasible
from openback.optimise.pieces import Key


def irreducible(model: Model, *, always: Collection[str]) -> tuple[Key, ...]:
    """Return groups of rows that cannot hold together, none of which can be left out; whole kinds go first.

    Rows of the kinds `always` say what the variables mean; they are never left out and never named.
    """
    groups = list(dict.fromkeys(row.group for row in model.rows if row.group[0] not in always))
    for kind in dict.fromkeys(group[0] for group in groups):
        fewer = [g for g in groups if g[0] != kind]
        if not feasible(_with_groups(model, fewer, always)):
            groups = fewer
    for group in tuple(groups):
        fewer = [g for g in groups if g != group]
        if not feasible(_with_groups(model, fewer, always)):
            groups = fewer
    return tuple(groups)


def _with_groups(model: Model, groups: Sequence[Key], always: Collection[str]) -> Model:
    keep = set(groups)
    rows = tuple(row for row in model.rows if row.group in keep or row.group[0] in always)
    return replace(model, rows=rows)
