"""The one store: everything Openback remembers, by what it is asked for."""

from __future__ import annotations

from typing import Self

from openback.storage.changes import Changes
from openback.storage.clips import Clips
from openback.storage.eating import Eating
from openback.storage.foods import Foods
from openback.storage.history import History
from openback.storage.journal import Journal
from openback.storage.log import Log
from openback.storage.names import Names
from openback.storage.people import People
from openback.storage.planning import Planning


class Store(People, Planning, Log, History, Names, Clips, Foods, Eating, Journal, Changes):
    """A database, on SQLite or PostgreSQL. Made by `open_store`.

    Values in, values out; instants are aware UTC. It may be used from several threads.
    What a method returned from writing is on the disk. Every method may raise the errors of
    `openback.errors`, section "Storage".
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
