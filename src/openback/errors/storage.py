"""Errors about the database and files that are written."""

from __future__ import annotations

from openback.errors.base import BadInput, CouldNot


class NotFound(BadInput):
    """A row that is not in the database."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"There is no {what} {key!r} here. It may have been deleted.")


class NoProfileYet(NotFound):
    """Something asked for a person who has not answered the questions."""

    def __init__(self) -> None:
        BadInput.__init__(
            self,
            "The questions have not been answered yet. Start `openback` and answer them, "
            "or keep a profile from a file: `openback profile PROFILE.json`.",
        )


class NoProgrammeNow(NotFound):
    """A programme asked for while none is followed."""

    def __init__(self) -> None:
        BadInput.__init__(
            self,
            "No programme is followed now, because your answers say to see somebody first. "
            "Today says whom, and where to change an answer.",
        )


class NotADatabase(BadInput):
    """A file that is something else than an Openback database."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} is not an Openback database. It was left as it is; give the path of an Openback "
            "database, or of a file that does not exist yet."
        )


class CannotUndo(BadInput):
    """A change that later changes build on."""

    def __init__(self, about: str) -> None:
        super().__init__(f"This {about} was changed again since. Take back the later change first.")


class FileExists(BadInput):
    """A file that would be written over."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} exists already and was left as it is. Give another name.")


class NewerDatabase(CouldNot):
    """A database written by an Openback that came after this one."""

    def __init__(self, where: str, revision: str, newest_known: str) -> None:
        super().__init__(
            f"The database {where} was written by a newer Openback (revision {revision}; this one knows "
            f"revisions up to {newest_known}). It was left as it is. Update Openback and start it again."
        )


class DamagedDatabase(CouldNot):
    """A database whose pages do not fit together any more."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The database {where} is damaged and was left as it is. "
            "Bring back the latest back-up: openback restore FILE."
        )


class DiskFull(CouldNot):
    """No room to write."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"There is no room left on the disk of {where}, so this was not kept. All that was kept before "
            "is still there. Free some space and send it again."
        )


class ReadOnlyDatabase(CouldNot):
    """A database that may be read but not written."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The database {where} may not be written, so this was not kept. All that was kept before is "
            "still there. Give yourself the right to write to the file and its folder."
        )


class CannotOpenDatabase(CouldNot):
    """A database file or folder that the machine will not open or make."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The database {where} cannot be opened or made. Check that its folder exists and that you "
            "may write there, or set OPENBACK_DATA_DIR to another folder."
        )


class DatabaseBusy(CouldNot):
    """Another program that holds the database for too long."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"Another program has kept the database {where} busy for too long, so this was not kept. "
            "Close the other program and send it again."
        )


class DatabaseUnreachable(CouldNot):
    """A database server that does not answer."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The database server {where} does not answer. "
            "Check that it runs and that OPENBACK_DATABASE is right."
        )


class DatabaseTrouble(CouldNot):
    """Anything else the database says no to."""

    def __init__(self, where: str, said: str) -> None:
        super().__init__(f"The database {where} could not do this, and nothing was changed. It said: {said}.")


class MissingDriver(CouldNot):
    """A database server without the package that talks to it."""

    def __init__(self) -> None:
        super().__init__("PostgreSQL needs one more package. Install it: pip install 'openback[postgresql]'.")


class NotOneFile(CouldNot):
    """A back-up to one file, asked of a database server."""

    def __init__(self) -> None:
        super().__init__(
            "This database is on a server, not in one file. Use the server's own tools, pg_dump and "
            "pg_restore, to back it up and bring it back."
        )


class UnwritableFile(CouldNot):
    """A file that may not be written there."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where} could not be written: {why}. Give a folder where you may write.")
