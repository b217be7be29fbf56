"""What a row of a session says of its clip: how far it is read, what it counted, what to work on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from openback.model.clip import Clip
from openback.model.exercise import Catalogue, Exercise, Severity
from openback.model.log import SetLog
from openback.services.clip_words import FaultStory, Story, reserve_text, story, verb
from openback.services.set_clips import Counted, counted, set_name
from openback.web.set_rows import Row, amount_words

FAULTS_SHOWN: Final = 2
FAULT_ICONS: Final[dict[Severity, str]] = {
    "danger": "shield-alert",
    "form": "triangle-alert",
    "polish": "sparkles",
}

Fill = Literal["none", "fills", "same", "differs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The clip of one set in few words. `fill` says how what it counted stands to the set.

    `percent` is None while nobody knows how long the reading takes.
    """

    clip: Clip
    words: str
    fill: Fill
    percent: int | None = None
    counted: Counted | None = None
    tempo: str = ""
    reserve: str = ""
    praise: str = ""
    faults: tuple[FaultStory, ...] = ()
    more_faults: int = 0
    untold: int = 0

    @property
    def page(self) -> str:
        """The address of the clip's page."""
        return f"/clips/{self.clip.id}"

    @property
    def danger(self) -> FaultStory | None:
        """The danger that was seen; it comes before all other faults."""
        return next((one for one in self.faults if one.severity == "danger"), None)

    @property
    def danger_said(self) -> str:
        """Where the danger was seen, and why it is one; empty without one."""
        if self.danger is None:
            return ""
        name = set_name(self.clip.kind, self.clip.number).lower()
        return f"In the clip of {name}, {self.danger.where}. {self.danger.why}".rstrip()

    @property
    def amount(self) -> str:
        """What it counted: `9 reps`."""
        return amount_words(self.counted.reps, self.counted.hold_s) if self.counted else ""


def strip_of(catalogue: Catalogue, clip: Clip, logged: SetLog | Row | None, *, missing: str = "") -> Strip:
    """Return what to say of a clip; `logged` is its set, `missing` what must be installed to read it."""
    if clip.open:
        return _being_read(clip, missing)
    exercise = catalogue.exercises.get(clip.exercise)
    if clip.report is None or exercise is None:
        return Strip(clip=clip, words=clip.problem or "This clip was not read.", fill="none")
    told = story(catalogue, clip.report)
    found = counted(clip.report, exercise)
    fill = _fill(found, logged)
    return Strip(
        clip=clip,
        words=_words(told, found, fill, logged),
        fill=fill,
        counted=found,
        tempo=tempo_words(found, exercise),
        reserve=reserve_text(clip.report.reserve, None)
        if found and (logged is None or logged.rir is None)
        else "",
        praise=told.praise,
        faults=told.faults[:FAULTS_SHOWN],
        more_faults=len(told.faults[FAULTS_SHOWN:]),
        untold=sum(len(one.titles) for one in told.untold),
    )


def _being_read(clip: Clip, missing: str) -> Strip:
    if missing:
        return Strip(clip=clip, words=f"The clip is kept. {missing}", fill="none")
    if clip.state == "waiting":
        return Strip(clip=clip, words="The clip waits to be read.", fill="none")
    percent = min(99, 100 * clip.done // clip.total) if clip.total else None
    words = "Reading the clip" if percent is None else f"Reading the clip: {percent} %"
    return Strip(clip=clip, words=words, fill="none", percent=percent)


def _fill(found: Counted | None, logged: SetLog | Row | None) -> Fill:
    if found is None:
        return "none"
    if logged is None:
        return "fills"
    same = (logged.reps, logged.hold_s) == (found.reps, found.hold_s)
    return "same" if same else "differs"


def _words(told: Story, found: Counted | None, fill: Fill, logged: SetLog | Row | None) -> str:
    if found is None or fill == "none":
        return told.headline
    amount = amount_words(found.reps, found.hold_s)
    side = f" on the {found.side}" if found.side != "both" else ""
    if fill == "fills":
        return f"{amount}{side}, counted from the clip."
    if fill == "same":
        return f"{amount}{side}, as the clip counted."
    told_amount = amount_words(logged.reps, logged.hold_s) if logged else ""
    return f"The clip counted {amount}{side}; you logged {told_amount}."


def tempo_words(found: Counted | None, exercise: Exercise) -> str:
    """Return the tempo of the middle rep: `2.1 s pull, 0.9 s held, 1.4 s return`; empty where it could not be told."""
    if found is None or found.lift_s is None or found.lower_s is None:
        return ""
    parts = [f"{found.lift_s:.1f} s {verb(exercise).lower()}"]
    if found.rep_hold_s is not None:
        parts.append(f"{found.rep_hold_s:.1f} s held")
    return ", ".join([*parts, f"{found.lower_s:.1f} s return"])
