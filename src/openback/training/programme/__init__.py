"""The programme: which exercises on which day, with how many sets, and why."""

from openback.training.programme.ask import FILTERS, Ask
from openback.training.programme.make import make_programme
from openback.training.programme.replan import (
    SwapChoice,
    deload_week,
    move_session,
    replan,
    swap_choices,
    swap_wishes,
)
from openback.training.programme.rules import RULES

__all__ = [
    "FILTERS",
    "RULES",
    "Ask",
    "SwapChoice",
    "deload_week",
    "make_programme",
    "move_session",
    "replan",
    "swap_choices",
    "swap_wishes",
]
