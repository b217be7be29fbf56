"""Every deliberate error of Openback.

OpenbackError
├── BadInput                what was given cannot be used (exit status 2, HTTP 422 unless listed)
│   ├── BadCatalogue        data files, all problems at once
│   ├── BadRecipes          recipe files, all problems at once
│   ├── BadProfile          a person, place or screening that cannot be
│   ├── BadDataFile         a data file of Openback itself, all problems at once
│   ├── BadWishes           wishes for a programme that make no sense
│   ├── BadPlanChange       a change of the programme that cannot be made (HTTP 409)
│   ├── NoSuchSession       a session that the programme does not have
│   ├── BadSet              a set that cannot have happened
│   ├── BadWeight           a weight that nobody has (this one and the next are in food_errors)
│   ├── ImpossibleGoal      a weight by a day that cannot be reached safely
│   ├── BadHistory          a file that no training history can be read from: HistoryNotThere,
│   │                       -NotAFile, -NotReadable, -Empty, -TooBig, -NotText, -UnknownFormat,
│   │                       -TooWide, -TooLong, -NoRows, -BrokenJson, -NewerArchive
│   ├── BadRow              a row of such a file, which is listed and left out
│   ├── UnknownFood         an id that no food has (HTTP 404; this one and the next three are in food_errors)
│   ├── BadOwnFood          a food of one's own that cannot be, all problems at once
│   ├── BadBarcode          digits that are no barcode
│   ├── BadFoodFile         a file that no foods can be read from: FoodFileNotThere, -NotReadable, -Empty,
│   │                       -LongLine, -NotText, FoodZipCutOff, -Damaged, -Locked, -Method, -Bomb, NoFoodFile
│   ├── BadFoodWishes       wishes about eating that make no sense (this one and the next three are in food_errors)
│   ├── BadFoodEntry        something eaten that cannot have been
│   ├── BadMeasure          a size that no body has
│   ├── MealDoesNotFit      a dish that may not stand in a place of the week
│   ├── NoClips             nothing to analyse in a folder or a list
│   ├── BadPhotos           photos that do not make a start and a peak
│   ├── NoCameraRules       an exercise that the camera has no rules for
│   ├── NotAVideo           a file that was attached to a set and is no video
│   ├── ClipTooBig          a clip that is larger than may be (HTTP 413)
│   ├── BadCoachFrame       bytes from a camera page that are no frame
│   ├── BadCoachMessage     a message from a camera page that cannot be read
│   ├── CoachRefused        a coach session that cannot be had: CoachIsFull, CoachIsOver
│   ├── BadOpenSimFile      a .trc or .mot file that breaks its own rules
│   ├── UnknownExercise     an id the catalogue does not have (HTTP 404)
│   ├── NotADatabase        a file that is something else
│   ├── CannotUndo          a change that later changes build on
│   ├── FileExists          a file that would be written over
│   ├── NotFound            a row that is not in the database (HTTP 404): NoProfileYet before the
│   │                       questions, NoProgrammeNow while the screening says stop; NoMealWeek,
│   │                       NoSuchMeal and UnknownRecipe of food_errors
│   ├── BadClip             a clip or photo that nothing can be read from: ClipNotThere, -NotAFile,
│   │                       -NotOpened, -Empty, -IsSomethingElse, -NotReadable, -TooFine, -TooLong,
│   │                       -TooSlow, -TooMuch, -Stuck, PhotoIsSomethingElse, PhotoNotReadable
│   └── UnreadableFile      a file that is not there or may not be read
└── CouldNot                what was asked is fine, the machine or the data will not (exit status 1)
    ├── NewerDatabase       a database written by a newer Openback
    ├── DamagedDatabase     pages that do not fit together any more
    ├── DiskFull            no room to write
    ├── ReadOnlyDatabase    it may be read, not written
    ├── CannotOpenDatabase  no such folder, or no right to it
    ├── DatabaseBusy        another program holds it
    ├── DatabaseUnreachable a server that does not answer
    ├── DatabaseTrouble     anything else the database says no to
    ├── MissingDriver       a server without the package that talks to it
    ├── NotOneFile          a back-up to one file, asked of a server
    ├── UnwritableFile      a file that may not be written there
    ├── NoProgramme         no programme keeps all the rules
    ├── NoMealsFit          no week of meals, or no other dish, keeps them (in food_errors)
    ├── NoCluster           a cluster that does not answer, or no package to talk to it
    ├── CannotReadClips     VideoNotInstalled, VideoPartsBroken, PoseModelMissing
    ├── PlannerGaveUp       a search that ended with nothing found
    ├── NoRoomForClip       a clip for which the disk has no room (HTTP 507)
    └── PortInUse           another program listens there

The class makes the sentence; the sentence says what is wrong, where, and what to do.
HTTP statuses are in `openback.web.errors`, and only there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches


class OpenbackError(Exception):
    """Anything that Openback itself says no to."""


class BadInput(OpenbackError):
    """What was given cannot be used."""


class CouldNot(OpenbackError):
    """What was asked is fine, but the machine or the data will not."""


# --- Catalogue -----------------------------------------------------------------------------------


class BadCatalogue(BadInput):
    """Data files with problems, every one of them listed with its file and key."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'' if len(self.problems) == 1 else 's'}"
        super().__init__(f"The exercise files have {count}:\n" + "\n".join(f"- {p}" for p in self.problems))


class UnknownExercise(BadInput):
    """An exercise id that the catalogue does not have."""

    def __init__(self, exercise_id: str, known: Collection[str]) -> None:
        self.exercise_id = exercise_id
        near = get_close_matches(exercise_id, known, n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else "`openback exercises` lists them."
        super().__init__(f"No exercise is called {exercise_id!r}. {hint}")


# --- Person, places, sets ------------------------------------------------------------------------


class BadProfile(BadInput):
    """A person, place or screening that cannot be, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        text = "; ".join(self.problems)
        super().__init__(f"This profile cannot be used: {text}{'' if text.endswith('?') else '.'}")


class BadSet(BadInput):
    """A set that cannot have happened."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"This set cannot be kept: {problem}.")


# --- Storage -------------------------------------------------------------------------------------


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


# --- Programme -----------------------------------------------------------------------------------


class BadDataFile(BadInput):
    """A data file of Openback with problems, every one of them listed."""

    def __init__(self, name: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'' if len(self.problems) == 1 else 's'}"
        super().__init__(f"{name} has {count}:\n" + "\n".join(f"- {p}" for p in self.problems))


class BadWishes(BadInput):
    """Wishes for a programme that make no sense, every problem listed."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("These wishes cannot be used: " + "; ".join(self.problems) + ".")


class NoProgramme(CouldNot):
    """No programme keeps all the rules: `rules` are those in conflict, `changes` what would help."""

    def __init__(self, conflict: str, *, rules: Sequence[str], changes: Sequence[str]) -> None:
        self.rules = tuple(rules)
        self.changes = tuple(changes)
        help_text = f" What would help: {', or '.join(self.changes)}." if self.changes else ""
        super().__init__(f"No programme fits: {conflict}.{help_text}")


class BadPlanChange(BadInput):
    """A change of the programme that cannot be made."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"The programme cannot be changed like that: {problem}.")


class PlannerGaveUp(CouldNot):
    """A search that ended before it found any programme or proved that there is none."""

    def __init__(self) -> None:
        super().__init__(
            "The planner found no programme in the time it has. Try fewer days or fewer pinned exercises."
        )


class NoSuchSession(BadInput):
    """A session or an exercise of it that the programme does not have."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The programme has no {what}. It may have been planned anew; load it again.")


# --- Bringing history ----------------------------------------------------------------------------


class BadHistory(BadInput):
    """A file that no training history can be read from."""


class HistoryNotThere(BadHistory):
    """A path without a file."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no file {name}. Check the name and the folder.")


class HistoryNotAFile(BadHistory):
    """A folder, a pipe or a device where a file was meant."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not a file. Give the path of the exported file itself.")


class HistoryNotReadable(BadHistory):
    """A file that the system will not open."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} could not be opened: {why}. Check who may read it.")


class HistoryEmpty(BadHistory):
    """A file with nothing in it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is empty. Export it again from the other app.")


class HistoryTooBig(BadHistory):
    """A file that is larger than a training history can be."""

    def __init__(self, name: str, size_bytes: int, limit_bytes: int) -> None:
        size, limit = (f"{n / 1024**2:,.0f} MB" for n in (size_bytes, limit_bytes))
        super().__init__(f"{name} is {size}; the limit is {limit}. Export a shorter time, or split the file.")


class HistoryNotText(BadHistory):
    """A spreadsheet, picture, archive or other binary file under a text file's name."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name} is {what}, not text. Export the history as CSV or JSON.")


class HistoryUnknownFormat(BadHistory):
    """Text that is not an export Openback knows."""

    def __init__(self, name: str, begins: str) -> None:
        super().__init__(
            f"{name} is not an export from Strong, Hevy, FitNotes, wger or Openback: it begins with "
            f"{begins!r}. Export it again, with the other app's language set to English if it is a CSV."
        )


class HistoryTooWide(BadHistory):
    """A file with more columns, or a longer first line, than any export has."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(
            f"{name} has more than {limit} columns in its first line, so it is no training history."
        )


class HistoryTooLong(BadHistory):
    """A file with more rows than a life of training."""

    def __init__(self, name: str, limit_rows: int) -> None:
        super().__init__(f"{name} has more than {limit_rows:,} rows. Split the file and import the parts.")


class HistoryNoRows(BadHistory):
    """An export with a heading and nothing under it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has a heading but no sets. Export it again from the other app.")


class HistoryBrokenJson(BadHistory):
    """A JSON file that ends early or has a slip in it."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} is not whole JSON: {problem}. Export it again.")


class HistoryNewerArchive(BadHistory):
    """An archive written by an Openback that came after this one."""

    def __init__(self, name: str, version: int, newest_known: int) -> None:
        super().__init__(
            f"{name} was written by a newer Openback (archive version {version}; this one reads up to "
            f"{newest_known}). Update Openback and import it again."
        )


class BadRow(BadInput):
    """One row of a history that cannot be kept; the reader lists it with its line and goes on."""


# --- Many clips, and what is made of one ---------------------------------------------------------


class NoClips(BadInput):
    """A folder or a list that names nothing to analyse."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"There is no clip in {where}. Give video files, a folder that has some, "
            "or a text file with one path a line."
        )


class BadPhotos(BadInput):
    """Photos that do not make a start and a peak."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"{problem}. Give two photos, the start and the peak of one rep, and name the exercise: "
            "openback analyze START.jpg PEAK.jpg --exercise ID."
        )


class NoCameraRules(BadInput):
    """An exercise that the camera has no rules for."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The camera has no rules for {name} yet, so it cannot be counted or graded. "
            "`openback exercises` lists the others."
        )


class BadOpenSimFile(BadInput):
    """A .trc or .mot file that breaks its own rules."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} is not a file of OpenSim that can be read: {problem}.")


class BadCoachFrame(BadInput):
    """Bytes from a camera page that are no frame."""

    def __init__(self, what: str) -> None:
        super().__init__(f"This is no frame of the coach: {what}.")


class BadCoachMessage(BadInput):
    """A message from a camera page that cannot be read."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The coach cannot read this message: {what}. Load the page again.")


class CoachRefused(BadInput):
    """A coach session that cannot be had."""


class CoachIsFull(CoachRefused):
    """As many sets are watched at once as this server takes on."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"The coach watches {most} sets already, which is all it takes on. "
            "Close the coach elsewhere, or log this set by hand."
        )


class CoachIsOver(CoachRefused):
    """A token of a coach session that is not there, or that is of another exercise."""

    def __init__(self, kept_s: float) -> None:
        super().__init__(
            f"This set is not watched any more: after a lost connection it is kept for {kept_s:.0f} seconds. "
            "Start the set again."
        )


class NoCluster(CouldNot):
    """A cluster that does not answer, or no package to talk to it."""

    def __init__(self, address: str, *, missing: bool = False) -> None:
        super().__init__(
            "A cluster needs one more package. Install it: pip install 'openback[cluster]'."
            if missing
            else f"No cluster answers at {address}. Check that `dask scheduler` runs there and that this "
            "machine may reach it; leave --cluster out to work here."
        )


class NotAVideo(BadInput):
    """A file that was attached to a set and is no video."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is not a video that can be read. Nothing was kept; send an MP4, MOV, WebM, MKV or AVI file."
        )


class ClipTooBig(BadInput):
    """A clip that is larger than a set's clip may be."""

    def __init__(self, limit_mb: int) -> None:
        super().__init__(
            f"A clip may have {limit_mb} MB, and this one has more. Nothing was kept; "
            "cut it to the one set, or film in 1080p."
        )


class NoRoomForClip(CouldNot):
    """A clip for which the disk has no room."""

    def __init__(self, size_mb: int, free_mb: int) -> None:
        super().__init__(
            f"The clip has {size_mb} MB and the disk has {free_mb} MB left. Nothing was kept; "
            "free some space, or delete old clips in Settings."
        )


# --- Clips and photos ----------------------------------------------------------------------------


class CannotReadClips(CouldNot):
    """This machine cannot read clips and photos; `mend` is the command or step that changes that."""

    def __init__(self, sentence: str, mend: str) -> None:
        self.mend = mend
        super().__init__(sentence)


class VideoNotInstalled(CannotReadClips):
    """A clip or photo, without the packages that read it."""

    def __init__(self) -> None:
        mend = "pip install 'openback[video]'"
        super().__init__(
            f"Reading clips needs the video parts: install them with `{mend}` and start Openback again.", mend
        )


class VideoPartsBroken(CannotReadClips):
    """The video packages are there but do not start, mostly for want of a system library."""

    def __init__(self, said: str, command: str) -> None:
        step = f"Run `{command}`" if command else "Install what is missing"
        super().__init__(
            f"The video parts do not start: {said}. {step} and start Openback again.",
            command or "Install what is missing.",
        )


class PoseModelMissing(CannotReadClips):
    """A pose model that was not built, or that this package does not carry."""

    def __init__(self, model: str) -> None:
        super().__init__(
            f"The pose model {model!r} is not here. The installed package carries lite and full; "
            "in a source folder, `make assets` builds all three.",
            "make assets",
        )


class BadClip(BadInput):
    """A clip or photo that nothing can be read from."""


class ClipNotThere(BadClip):
    """A path without a file."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no file {name}. Check the name and the folder.")


class ClipNotAFile(BadClip):
    """A folder, a pipe or a device where a file was meant."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not a file. Give the path of the clip or photo itself.")


class ClipNotOpened(BadClip):
    """A file that the system will not open."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} could not be opened: {why}. Check who may read it.")


class ClipEmpty(BadClip):
    """A file with nothing in it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is empty. Copy it from the camera again.")


class ClipIsSomethingElse(BadClip):
    """A picture, text, archive or other file where a clip was meant."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name} is {what}, not a video. Give a clip such as MP4, MOV, WebM or AVI.")


class ClipNotReadable(BadClip):
    """A file that no pictures can be read from."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No pictures can be read from {name}: it is damaged or not a video. "
            "Play it once to see whether it is whole, or record it again."
        )


class ClipTooFine(BadClip):
    """Pictures larger than any camera makes."""

    def __init__(self, name: str, width_px: int, height_px: int) -> None:
        super().__init__(
            f"{name} has pictures of {width_px:,} by {height_px:,} pixels, more than is read. "
            "Save it smaller; 1080 pixels of height are plenty."
        )


class ClipTooLong(BadClip):
    """A clip that goes on for longer than a training session's part of it could."""

    def __init__(self, name: str, limit_s: float) -> None:
        super().__init__(
            f"{name} is longer than {limit_s // 60:.0f} minutes, the most that is read. Cut out the set."
        )


class ClipTooSlow(BadClip):
    """Too few frames a second to follow a movement."""

    def __init__(self, name: str, fps: float, limit_fps: float) -> None:
        super().__init__(
            f"{name} has {fps:.3g} frames a second; a movement can be followed from {limit_fps:g}. "
            "Record it as a normal video, not as a time-lapse."
        )


class ClipTooMuch(BadClip):
    """A file that would need more memory than it may have."""

    def __init__(self, name: str, limit_bytes: int) -> None:
        super().__init__(
            f"{name} needs more than {limit_bytes / 1024**3:.3g} GB of memory to read. Save it smaller."
        )


class ClipStuck(BadClip):
    """A file that keeps its reader busy without end."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Reading {name} did not come to an end and was stopped. Save it anew with another app."
        )


class PhotoIsSomethingElse(BadClip):
    """A clip, text, archive or other file where a photo was meant."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name} is {what}, not a photo. Give a picture such as JPEG or PNG.")


class PhotoNotReadable(BadClip):
    """A photo that is damaged, or of a kind that is not read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No picture can be read from {name}: it is damaged, or of a kind that is not read here. "
            "Save it as JPEG and give that."
        )


# --- The machine ---------------------------------------------------------------------------------


class PortInUse(CouldNot):
    """Another program listens there, or the address is not ours."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Openback could not listen on {host} port {port}: it is taken or not allowed. "
            "Perhaps it is running already; `openback --port 0` takes a free port."
        )


class BadHostName(BadInput):
    """A name that cannot stand in an address."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} is no name of a machine. Give it alone, as in `--name openback.example.net`, "
            "without https:// and without a port."
        )


class UnreadableFile(BadInput):
    """A file that is not there or may not be read."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path} could not be read: {why}.")
