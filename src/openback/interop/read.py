"""Reading a training history: one function for every format."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from openback.errors import HistoryUnknownFormat
from openback.interop.archive import is_archive_csv, is_archive_json, read_archive_csv, read_archive_json
from openback.interop.locate import located
from openback.interop.options import Options
from openback.interop.sniff import TextFile, sniffed
from openback.interop.tables import heading_lines, read_table
from openback.interop.wger import is_wger, read_wger
from openback.model.history import History, Unit


def read_history(
    path: Path,
    *,
    own_unit: Unit,
    unit: Unit | None = None,
    zone: tzinfo | None = None,
    now: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> History:
    """Return the training history in a file of Strong, Hevy, FitNotes, wger or Openback.

    Format, encoding, delimiter, unit and language are found out. `own_unit` is the person's; it is
    taken, and said so, when the file does not tell and `unit` is None. Times without a zone are in
    `zone`, the machine's own when None. `progress` is called with bytes done and in all. Rows that
    cannot be kept are listed with their line; a file that cannot be read raises a BadHistory.
    """
    options = Options(
        own_unit=own_unit,
        unit=unit,
        zone=zone,
        now=now or datetime.now(UTC),
        progress=progress or (lambda _done, _total: None),
    )
    file = sniffed(path)
    if file.is_json:
        return _read_json(file, options)
    first = heading_lines(file)
    if first and is_archive_csv(first[0][1]):
        return read_archive_csv(file, options)
    return read_table(file, options)


def _read_json(file: TextFile, options: Options) -> History:
    data = located(file)
    options.progress(file.size_bytes, file.size_bytes)
    if is_archive_json(data):
        return read_archive_json(data, file.path.name)
    if is_wger(data):
        return read_wger(data, file.path.name, options)
    with file.open() as stream:
        raise HistoryUnknownFormat(file.path.name, " ".join(stream.read(200).split())[:60])
