"""The days of a month that a report is about, and what was logged in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from openback.model.journal import FlowDone
from openback.model.log import SetLog
from openback.services.app import App
from openback.services.counting import midnight

# A chart shows the two months before as well: a course of four weeks says little.
CHART_D: Final = 92


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A month: its first day, and its last one that is not in the time to come."""

    first: date
    last: date

    @classmethod
    def of(cls, app: App, first: date) -> Span:
        """Return the month that begins on a day, up to today."""
        return cls(first=first, last=min(_end(first), app.today))

    def before(self) -> Span:
        """Return the whole month before."""
        last = self.first - timedelta(days=1)
        return Span(first=last.replace(day=1), last=last)

    def running(self, today: date) -> bool:
        """Return whether the month goes on."""
        return _end(self.first) > today

    def holds(self, on: date) -> bool:
        """Return whether a day is one of the month's."""
        return self.first <= on <= self.last

    def whole_month(self) -> Iterator[date]:
        """Yield every day of the month, those to come included."""
        return (self.first + timedelta(days=n) for n in range((_end(self.first) - self.first).days + 1))

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """From when to before when the month is."""
        return midnight(self.first), midnight(self.last + timedelta(days=1))

    @property
    def chart_first(self) -> date:
        """The first day that a chart shows."""
        return self.last - timedelta(days=CHART_D - 1)

    @property
    def chart_instants(self) -> tuple[datetime, datetime]:
        """From when to before when a chart shows."""
        return midnight(self.chart_first), self.instants[1]

    @property
    def weeks(self) -> float:
        """How many weeks have passed of the month."""
        return ((self.last - self.first).days + 1) / 7

    def sets(self, app: App) -> tuple[SetLog, ...]:
        """Return the sets of the month, those of flows included."""
        return app.store.sets_between(app.person_id, *self.instants)

    def flows(self, app: App) -> tuple[FlowDone, ...]:
        """Return the breaks, stretches and yoga of the month."""
        start, end = self.instants
        return app.store.entries(app.person_id, FlowDone, start=start, end=end)


def _end(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
