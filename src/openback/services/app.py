"""What every use case is given: the store, the catalogue, the clock and whose data it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from openback.model.exercise import Catalogue
from openback.photos.keys import OpenKeys
from openback.storage import Store


def utc_now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """One person's Openback. `now` is the clock; tests pass their own. `keys` are those that are open now."""

    store: Store
    catalogue: Catalogue
    data_dir: Path
    now: Callable[[], datetime] = utc_now
    person_id: str = "me"
    demo: bool = False
    keys: OpenKeys = field(default_factory=OpenKeys, repr=False, compare=False)

    @property
    def today(self) -> date:
        """The person's local calendar day."""
        return self.now().astimezone().date()
