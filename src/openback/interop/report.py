"""What an import says: one JSON document, and the same in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openback.interop.collect import listed
from openback.model.history import History, NameMatch

_APPS = {"strong": "Strong", "hevy": "Hevy", "fitnotes": "FitNotes", "wger": "wger", "openback": "Openback"}
_HOW = {"fuzzy": "looks like", "remembered": "as you chose before"}


def report_json(history: History, matches: Sequence[NameMatch]) -> dict[str, object]:
    """Return the report as JSON has it: every row is in `kept` or in `skipped`, by its line."""
    return {
        "format": history.format,
        "unit": history.unit,
        "unit_from": history.unit_from,
        "read": history.read,
        "kept": history.kept,
        "skipped": [{"line": row.line, "why": row.why} for row in history.skipped],
        "names": [{"from": match.from_, "to": match.to, "how": match.how} for match in matches],
        "notes": list(history.notes),
    }


def report_sentences(history: History, matches: Sequence[NameMatch]) -> Iterator[str]:
    """Yield the report in sentences: what was read, what was left out and why, and how names were taken."""
    yield (
        f"{_APPS[history.format]}: {history.read:,} rows read, {history.kept:,} kept, {len(history.skipped):,} "
        f"left out; {_counted(len(history.sets), 'set')} in {_counted(len(history.sessions), 'session')}."
    )
    if history.eating.entries:
        entries, weeks = len(history.eating.entries), len(history.eating.weeks)
        yield f"{_counted(entries, 'entry', 'entries')} of the food log and {_counted(weeks, 'week')} of meals."
    if history.journal:
        yield f"{_counted(len(history.journal), 'entry', 'entries')} of what was noted and measured."
    yield from history.notes
    reasons: dict[str, list[int]] = {}
    for row in history.skipped:
        reasons.setdefault(row.why, []).append(row.line)
    for why, lines in sorted(reasons.items(), key=lambda item: -len(item[1])):
        yield f"Left out, because {_as_clause(why)}: {listed(lines)}."
    kept = [match.from_ for match in matches if match.to is None]
    if kept:
        keep = "exercise keeps its" if len(kept) == 1 else "exercises keep their"
        yield f"{len(kept)} {keep} own name, as the library has no such exercise."
    for match in matches:
        if match.how in _HOW and match.to is not None:
            yield f"{match.from_!r} was taken as {match.to} ({_HOW[match.how]})."


def _as_clause(why: str) -> str:
    """Return a reason so that it can follow "because"."""
    if why.startswith(("a ", "is ", "has ", "reps ")):
        return f"the row is {why}" if why.startswith("a ") else f"the row {why}"
    return why


def _counted(count: int, what: str, many: str = "") -> str:
    return f"{count:,} {what if count == 1 else many or what + 's'}"
