"""Which sessions are the sets of a flow."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from openback.model.journal import FlowDone
from openback.services.app import App


def flows_done(app: App, start: datetime | None = None, end: datetime | None = None) -> tuple[FlowDone, ...]:
    """Return the flows that ended then, oldest first."""
    return app.store.entries(app.person_id, FlowDone, start=start, end=end)


def flow_sessions(app: App) -> frozenset[UUID]:
    """Return the ids of the sessions that hold the sets of flows: a flow and its session share their id."""
    return frozenset(one.id for one in flows_done(app))
