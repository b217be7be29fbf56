"""What every deliberate error of Openback descends from."""

from __future__ import annotations


class OpenbackError(Exception):
    """Anything that Openback itself says no to."""


class BadInput(OpenbackError):
    """What was given cannot be used."""


class CouldNot(OpenbackError):
    """What was asked is fine, but the machine or the data will not."""
