"""Errors about the programme and its data files."""

from __future__ import annotations

from collections.abc import Sequence

from openback.errors.base import BadInput, CouldNot


class BadDataFile(BadInput):
    """A data file of Openback with problems, every one of them listed."""

    def __init__(self, name: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'' if len(self.problems) == 1 else 's'}"
        super().__init__(f"{name} has {count}:\n" + "\n".join(f"- {p}" for p in self.problems))


class BadWishes(BadInput):
    """Wishes for a programme that make no sense, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("These wishes cannot be used: " + "; ".join(self.problems) + ".")


class NoProgramme(CouldNot):
    """No programme keeps all the rules: `rules` are those in conflict, `changes` what would help."""

    def __init__(self, conflict: str, *, rules: Sequence[str], changes: Sequence[str]) -> None:
        self.rules = tuple(rules)
        self.changes = tuple(changes)
        help_text = f" What would help: {', or '.join(self.changes)}." if self.changes else ""
        super().__init__(f"No programme fits: {conflict}.{help_text}")


class BadPlanChange(BadInput):
    """A change of the programme that cannot be made."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"The programme cannot be changed like that: {problem}.")


class PlannerGaveUp(CouldNot):
    """A search that ended before it found any programme or proved that there is none."""

    def __init__(self) -> None:
        super().__init__(
            "The planner found no programme in the time it has. Try fewer days or fewer pinned exercises."
        )


class NoSuchSession(BadInput):
    """A session or an exercise of it that the programme does not have."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The programme has no {what}. It may have been planned anew; load it again.")
