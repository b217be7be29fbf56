"""Errors about training history that is brought along."""

from __future__ import annotations

from openback.errors.base import BadInput


class BadHistory(BadInput):
    """A file that no training history can be read from."""


class HistoryNotThere(BadHistory):
    """A path without a file."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no file {name}. Check the name and the folder.")


class HistoryNotAFile(BadHistory):
    """A folder, a pipe or a device where a file was meant."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not a file. Give the path of the exported file itself.")


class HistoryNotReadable(BadHistory):
    """A file that the system will not open."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} could not be opened: {why}. Check who may read it.")


class HistoryEmpty(BadHistory):
    """A file with nothing in it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is empty. Export it again from the other app.")


class HistoryTooBig(BadHistory):
    """A file that is larger than a training history can be."""

    def __init__(self, name: str, size_bytes: int, limit_bytes: int) -> None:
        size, limit = (f"{n / 1024**2:,.0f} MB" for n in (size_bytes, limit_bytes))
        super().__init__(f"{name} is {size}; the limit is {limit}. Export a shorter time, or split the file.")


class HistoryNotText(BadHistory):
    """A spreadsheet, picture, archive or other binary file under a text file's name."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name} is {what}, not text. Export the history as CSV or JSON.")


class HistoryUnknownFormat(BadHistory):
    """Text that is not an export Openback knows."""

    def __init__(self, name: str, begins: str) -> None:
        super().__init__(
            f"{name} is not an export from Strong, Hevy, FitNotes, wger or Openback: it begins with "
            f"{begins!r}. Export it again, with the other app's language set to English if it is a CSV."
        )


class HistoryTooWide(BadHistory):
    """A file with more columns, or a longer first line, than any export has."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            f"{name} has more than {limit} columns in its first line, so it is no training history."
        )


class HistoryTooLong(BadHistory):
    """A file with more rows than a life of training."""

    def __init__(self, name: str, limit_rows: int) -> None:
        super().__init__(f"{name} has more than {limit_rows:,} rows. Split the file and import the parts.")


class HistoryNoRows(BadHistory):
    """An export with a heading and nothing under it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has a heading but no sets. Export it again from the other app.")


class HistoryBrokenJson(BadHistory):
    """A JSON file that ends early or has a slip in it."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} is not whole JSON: {problem}. Export it again.")


class HistoryNewerArchive(BadHistory):
    """An archive written by an Openback that came after this one."""

    def __init__(self, name: str, version: int, newest_known: int) -> None:
        super().__init__(
            f"{name} was written by a newer Openback (archive version {version}; this one reads up to "
            f"{newest_known}). Update Openback and import it again."
        )


class BadRow(BadInput):
    """One row of a history that cannot be kept; the reader lists it with its line and goes on."""
