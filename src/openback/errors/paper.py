"""Errors about paper."""

from __future__ import annotations

from openback.errors.base import BadInput, CouldNot


class PaperTypeMissing(CouldNot):
    """The fonts for PDF are not there, because nothing was built."""

    def __init__(self) -> None:
        super().__init__(
            "The type for PDF files is not in this copy of Openback, because its assets were not built: "
            "run `make assets` in its folder, or install the wheel."
        )


class BadMonth(BadInput):
    """A month that is none, or that has no report."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f"{said!r} is no month with a report. Say it as in 2026-11, up to the present month."
        )
