"""One exercise, as `data/exercises/<id>.toml` describes it, and the tables around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Pattern = Literal[
    "vertical_pull", "horizontal_pull", "shrug", "scapular", "rear_delt", "hinge", "stretch", "hold"
]
Kind = Literal["reps", "hold", "flow"]
Level = Literal["beginner", "intermediate", "advanced"]
LoadKind = Literal["stack", "assist", "dumbbell_each", "barbell", "band", "body", "none"]
Severity = Literal["danger", "form", "polish"]
MeasuredSide = Literal["both", "either", "working", "left", "right", "difference"]
Position = Literal[
    "standing",
    "seated",
    "kneeling",
    "all_fours",
    "hinged",
    "prone",
    "supine",
    "side_lying",
    "hanging",
    "plank",
]
Region = Literal["chest", "thoracic_spine", "hamstrings", "neck", "lats", "shoulders", "lower_back"]
# How the muscle shares are known (evidence 1.2): EMG of this exercise, EMG of a close variant, anatomy only.
Confidence = Literal["measured", "close_variant", "anatomy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """A trainer's tip; `severity` says how loud it is."""

    severity: Severity
    text: str
    why: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The words of an exercise."""

    summary: str
    setup: tuple[str, ...]
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    mistakes: tuple[str, ...]
    tips: tuple[Tip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """Seconds of each part of a rep."""

    lift_s: float
    hold_s: float
    lower_s: float
    pause_s: float

    @property
    def rep_s(self) -> float:
        """Seconds of one whole rep."""
        return self.lift_s + self.hold_s + self.lower_s + self.pause_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What a work set of this exercise looks like.

    `reps` is (lowest, highest) for `kind = "reps"` and `"flow"`, else None;
    `hold_s` is (shortest, longest) for `kind = "hold"`, else None.
    `sets` is the smallest and largest number of sets in one session.
    """

    reps: tuple[int, int] | None
    hold_s: tuple[int, int] | None
    rest_s: int
    sets: tuple[int, int]
    tempo: Tempo


@dataclass(frozen=True, slots=True, kw_only=True)
class StartLoad:
    """A first load for somebody new, as a share of body mass (evidence 4.2, a project default).

    `share` maps a sex to a share; for `dumbbell_each` it is per hand; for `assist` it is the help.
    `band` maps a sex to a band colour.
    """

    share: Mapping[str, float] = field(default_factory=dict)
    band: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swaps:
    """Other exercises that stand in for this one; ids."""

    easier: tuple[str, ...] = ()
    harder: tuple[str, ...] = ()
    twins: Mapping[str, str] = field(default_factory=dict)  # gym, dumbbell, band, body, yoga -> id


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """What screening needs to know (evidence 5.3 to 5.5)."""

    position: Position
    avoid_with: tuple[str, ...] = ()  # complaints
    prefer_with: tuple[str, ...] = ()
    inverted: bool = False  # head below the heart
    overhead: bool = False  # hands go above the head under load
    heavy: bool = False  # invites maximal loads or breath-holding


@dataclass(frozen=True, slots=True, kw_only=True)
class RepRule:
    """What counts as a rep for the camera: `measure` goes from `start` to `peak` and back.

    `side` says which side is read; `working` is the one that moves. For a hold, `peak` is in the pose.
    """

    measure: str
    start: float
    peak: float
    min_s: float
    side: MeasuredSide = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A named fault the camera can tell.

    `stat` is taken over the readings of the phase `during`; `change` is from the rep's start. `side` says
    which side is read: the mean of both, the worse one, the one that works, or how far they differ.
    `show` is what the figure does to make the fault: joint angles added to its own, `at` a moment (0 start,
    1 peak; the whole rep without), seconds of the tempo, or `range_share`. `until` ends the sentence "Same weight
    until ...": `the bar stays in front`; empty leaves it to the cue.
    """

    id: str
    measure: str
    during: Literal["start", "lift", "peak", "lower", "rep", "set"]
    stat: Literal["min", "max", "mean", "range", "change"]
    below: float | None
    above: float | None
    held_s: float
    severity: Severity
    cue: str
    why: str
    basis: str
    side: MeasuredSide = "both"
    show: Mapping[str, float | tuple[float, float]] = field(default_factory=dict)
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraAdvice:
    """Where the phone stands."""

    best_view: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureKey:
    """Joint angles of the moving figure at one moment, 0 (start) to 1 (peak).

    An angle is one number, or (left, right).
    """

    at: float
    angles_deg: Mapping[str, float | tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What the moving figure does."""

    posture: str
    props: tuple[str, ...]
    camera_yaw_deg: float
    camera_pitch_deg: float
    keys: tuple[FigureKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise. `muscles` maps a muscle to the share of a set that counts for it, 0 to 1."""

    id: str
    name: str
    aliases: tuple[str, ...]
    pattern: Pattern
    kind: Kind
    level: Level
    kit: tuple[str, ...]
    load: LoadKind
    body_mass_share: float  # share of body mass moved besides the load, 0 to 1
    one_side_at_a_time: bool
    setup_s: int
    sources: tuple[str, ...]
    muscles: Mapping[str, float]
    muscles_confidence: Confidence
    muscles_note: str  # how the shares are known, in a sentence
    stretches: tuple[Region, ...]
    dose: Dose
    start_load: StartLoad
    guide: Guide
    swap: Swaps
    safety: Safety
    figure: Figure | None = None
    camera: CameraAdvice | None = None
    rep: RepRule | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def counts_sets(self) -> bool:
        """Whether its sets count for a muscle; a stretch counts minutes instead."""
        return any(share > 0 for share in self.muscles.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Muscle:
    """A muscle region of the body map."""

    id: str
    name: str
    does: str  # what it does, in plain words
    primary: bool  # one of the upper-back regions that the programme must dose


@dataclass(frozen=True, slots=True, kw_only=True)
class KitItem:
    """A piece of kit."""

    id: str
    name: str
    hint: str
    where: tuple[str, ...]  # gym, home
    implies: tuple[str, ...] = ()  # kit that comes with it: a pull-down machine has its bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A sore spot or condition that changes the choice of exercises (evidence 5.5)."""

    id: str
    name: str
    asks: str  # the question put to the person
    rule: str  # what the programme does about it
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from. `says` is what it found, in our own words."""

    id: str
    cite: str
    doi: str | None
    url: str | None
    confidence: Literal["high", "medium", "low"]
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """An elastic band. Force at twice (100 % stretch) and three times its resting length, as the maker says;
    `order` 1 is the lightest.
    """

    id: str
    name: str
    order: int
    force_100_n: float
    force_200_n: float
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything the data files say, checked as a whole. Keys are ids, in a stable order."""

    exercises: Mapping[str, Exercise]
    muscles: Mapping[str, Muscle]
    kit: Mapping[str, KitItem]
    complaints: Mapping[str, Complaint]
    sources: Mapping[str, Source]
    bands: Mapping[str, Band] = field(default_factory=dict)  # lightest first
