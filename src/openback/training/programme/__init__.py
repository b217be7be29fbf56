"""The programme: which exercises on which day, with how many sets, and why."""

from openback.training.programme.ask import Ask
from openback.training.programme.make import make_programme

__all__ = ["Ask", "make_programme"]
