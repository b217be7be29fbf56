"""Mixed-integer models: columns, rows and gains by name, and the solver that takes them."""

from openback.optimise.conflict import irreducible
from openback.optimise.highs import (
    GAP,
    TIME_LIMIT_S,
    Bounds,
    Model,
    Run,
    Search,
    as_highs,
    closer,
    feasible,
    gather,
    quiet_highs,
    run,
    run_on,
    within,
)
from openback.optimise.merge import merged
from openback.optimise.pieces import Column, Gain, Key, Piece, Row, Rule

__all__ = [
    "GAP",
    "TIME_LIMIT_S",
    "Bounds",
    "Column",
    "Gain",
    "Key",
    "Model",
    "Piece",
    "Row",
    "Rule",
    "Run",
    "Search",
    "as_highs",
    "closer",
    "feasible",
    "gather",
    "irreducible",
    "merged",
    "quiet_highs",
    "run",
    "run_on",
    "within",
]
