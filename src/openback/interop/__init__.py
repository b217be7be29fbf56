"""Data in and out: the histories of other apps, and Openback's own archive."""

from openback.interop.archive import Beside, write_archive_csv, write_archive_json
from openback.interop.names import match_names, with_exercises
from openback.interop.read import read_history
from openback.interop.report import report_json, report_sentences

__all__ = [
    "Beside",
    "match_names",
    "read_history",
    "report_json",
    "report_sentences",
    "with_exercises",
    "write_archive_csv",
    "write_archive_json",
]
