"""The part of the store about programmes and what was changed about their sessions."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select

from openback.errors import NotFound
from openback.storage.base import Base
from openback.storage.changes import Step, note
from openback.storage.records import Change, KeptProgramme, PlanOverride
from openback.storage.rows import columns_of, one, value_of, whose
from openback.storage.states import (
    override_key,
    read_current,
    read_override,
    read_programme,
    write_current,
    write_override,
    write_programme,
)
from openback.storage.tables import plan_override, programme


class Planning(Base):
    """Programmes, current and former, and their overrides."""

    def latest_programme(self, person_id: str) -> KeptProgramme | None:
        """Return the programme that is followed now, None when there is none."""
        with self._reading() as connection:
            return one(connection, programme, KeptProgramme, whose(programme, person_id, status="current"))

    def find_programme(self, person_id: str, programme_id: UUID) -> KeptProgramme | None:
        """Return one programme, current or former."""
        with self._reading() as connection:
            return read_programme(connection, person_id, str(programme_id))

    def programmes(self, person_id: str) -> tuple[KeptProgramme, ...]:
        """Return all programmes, latest first."""
        query = (
            select(*columns_of(programme, KeptProgramme))
            .where(programme.c.person_id == person_id)
            .order_by(programme.c.seq.desc())
        )
        with self._reading() as connection:
            return tuple(value_of(KeptProgramme, row) for row in connection.execute(query))

    def begin_programme(self, person_id: str, new: KeptProgramme) -> Change | None:
        """Keep a new programme and follow it; the one before becomes a former one.

        Return the step that can be taken back. A programme that is here already is followed again;
        None when it is followed as it is.
        """
        with self._writing_for(person_id) as connection:
            before = read_current(connection, person_id)
            known = read_programme(connection, person_id, str(new.id))
            if known is None:
                write_programme(connection, person_id, str(new.id), replace(new, status="former"))
            if before == new.id:
                return None
            write_current(connection, person_id, "", new.id)
            return note(
                connection, person_id, Step(about="current_programme", key="", before=before, after=new.id)
            )

    def change_programme(self, person_id: str, changed: KeptProgramme) -> Change | None:
        """Write a programme over the one with its id, as when the rest is planned anew.

        Return the step that can be taken back, None when nothing is different. Its overrides stay.
        NotFound when there is no such programme. Whether it is followed does not change.
        """
        with self._writing_for(person_id) as connection:
            before = read_programme(connection, person_id, str(changed.id))
            if before is None:
                raise NotFound("programme", str(changed.id))
            after = replace(changed, status=before.status)
            if after == before:
                return None
            write_programme(connection, person_id, str(changed.id), after)
            key = str(changed.id)
            return note(connection, person_id, Step(about="programme", key=key, before=before, after=after))

    def end_programme(self, person_id: str) -> Change | None:
        """Follow no programme; the current one becomes a former one. None when there was none."""
        with self._writing_for(person_id) as connection:
            before = read_current(connection, person_id)
            if before is None:
                return None
            write_current(connection, person_id, "", None)
            return note(
                connection, person_id, Step(about="current_programme", key="", before=before, after=None)
            )

    def overrides(self, person_id: str, programme_id: UUID) -> tuple[PlanOverride, ...]:
        """Return what was changed about the sessions of a programme, by week and day."""
        table = plan_override
        query = (
            select(*columns_of(table, PlanOverride))
            .where(table.c.person_id == person_id, table.c.programme_id == programme_id)
            .order_by(table.c.week, table.c.day)
        )
        with self._reading() as connection:
            return tuple(value_of(PlanOverride, row) for row in connection.execute(query))

    def put_override(self, person_id: str, override: PlanOverride) -> Change | None:
        """Keep what was changed about one session; an override that changes nothing goes away.

        Return the step that can be taken back, None when nothing is different.
        NotFound when there is no such programme.
        """
        key = override_key(override)
        as_planned = PlanOverride(programme_id=override.programme_id, week=override.week, day=override.day)
        with self._writing_for(person_id) as connection:
            if read_programme(connection, person_id, str(override.programme_id)) is None:
                raise NotFound("programme", str(override.programme_id))
            before = read_override(connection, person_id, key)
            after = None if override == as_planned else override
            if before == after:
                return None
            write_override(connection, person_id, key, after)
            return note(connection, person_id, Step(about="override", key=key, before=before, after=after))
