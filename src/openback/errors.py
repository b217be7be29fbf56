"""Every deliberate error of Openback.

OpenbackError
├── BadInput                what was given cannot be used (exit status 2, HTTP 422 unless listed)
│   ├── BadCatalogue        data files, all problems at once
│   ├── BadProfile          a person, place or screening that cannot be
│   ├── BadSet              a set that cannot have happened
│   ├── UnknownExercise     an id the catalogue does not have (HTTP 404)
│   ├── NotFound            a row that is not in the database (HTTP 404)
│   └── UnreadableFile      a file that is not there or may not be read
└── CouldNot                what was asked is fine, the machine or the data will not (exit status 1)
    └── PortInUse           another program listens there

The class makes the sentence; the sentence says what is wrong, where, and what to do.
HTTP statuses are in `openback.web.errors`, and only there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches


class OpenbackError(Exception):
    """Anything that Openback itself says no to."""


class BadInput(OpenbackError):
    """What was given cannot be used."""


class CouldNot(OpenbackError):
    """What was asked is fine, but the machine or the data will not."""


# --- Catalogue -----------------------------------------------------------------------------------


class BadCatalogue(BadInput):
    """Data files with problems, every one of them listed with its file and key."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'' if len(self.problems) == 1 else 's'}"
        super().__init__(f"The exercise files have {count}:\n" + "\n".join(f"- {p}" for p in self.problems))


class UnknownExercise(BadInput):
    """An exercise id that the catalogue does not have."""

    def __init__(self, exercise_id: str, known: Collection[str]) -> None:
        self.exercise_id = exercise_id
        near = get_close_matches(exercise_id, known, n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else "`openback exercises` lists them."
        super().__init__(f"No exercise is called {exercise_id!r}. {hint}")


# --- Person, places, sets ------------------------------------------------------------------------


class BadProfile(BadInput):
    """A person, place or screening that cannot be, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("This profile cannot be used: " + "; ".join(self.problems) + ".")


class BadSet(BadInput):
    """A set that cannot have happened."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"This set cannot be kept: {problem}.")


# --- Storage -------------------------------------------------------------------------------------


class NotFound(BadInput):
    """A row that is not in the database."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"There is no {what} {key!r} here. It may have been deleted.")


# --- Programme -----------------------------------------------------------------------------------

# --- Bringing history ----------------------------------------------------------------------------

# --- The machine ---------------------------------------------------------------------------------


class PortInUse(CouldNot):
    """Another program listens there, or the address is not ours."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Openback could not listen on {host} port {port}: it is taken or not allowed. "
            "Perhaps it is running already; `openback --port 0` takes a free port."
        )


class UnreadableFile(BadInput):
    """A file that is not there or may not be read."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path} could not be read: {why}.")
