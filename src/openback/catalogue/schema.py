"""The shape of the data files, checked by Pydantic at the border and left behind at once.

Only what one value can tell by itself is checked here: type, range, allowed words. What needs two
values or two files is a rule in `openback.catalogue.rules`.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from openback.model.exercise import (
    Confidence,
    Kind,
    Level,
    LoadKind,
    MeasuredSide,
    Pattern,
    Position,
    Region,
    Severity,
)

ID_PATTERN = r"^[a-z][a-z0-9_]{0,63}$"
NOT_EMPTY_PATTERN = r"\S"
VIEW_PATTERN = r"^(front|back|side|oblique|any)(_or_(front|back|side|oblique))*$"

Id = Annotated[str, Field(pattern=ID_PATTERN)]
Text = Annotated[str, Field(pattern=NOT_EMPTY_PATTERN, max_length=600)]
Texts = Annotated[list[Text], Field(min_length=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0, le=60)]
Degrees = float  # how far each joint goes is a rule of `openback.catalogue.rules`
Sex = Literal["female", "male", "unspecified"]
TwinKind = Literal["gym", "dumbbell", "band", "body", "yoga"]


class Part(BaseModel):
    """A table of a data file: no key beyond those named, no value converted in silence."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class TipPart(Part):
    """`[[guide.tip]]`."""

    severity: Severity
    text: Text
    why: Text
    sources: list[str] = []


class GuidePart(Part):
    """`[guide]`."""

    summary: Text
    setup: Texts
    steps: Texts
    cues: Texts
    mistakes: Texts
    tip: list[TipPart] = []


class TempoPart(Part):
    """`tempo` of `[dose]`."""

    lift_s: Seconds
    hold_s: Seconds
    lower_s: Seconds
    pause_s: Seconds


class DosePart(Part):
    """`[dose]`."""

    reps: Annotated[list[Annotated[int, Field(ge=1, le=100)]], Field(min_length=2, max_length=2)] | None = (
        None
    )
    hold_s: Annotated[list[Annotated[int, Field(ge=1, le=600)]], Field(min_length=2, max_length=2)] | None = (
        None
    )
    sets: Annotated[list[Annotated[int, Field(ge=1, le=10)]], Field(min_length=2, max_length=2)]
    rest_s: Annotated[int, Field(ge=0, le=600)]
    tempo: TempoPart = TempoPart(lift_s=0, hold_s=0, lower_s=0, pause_s=0)


class EvidencePart(Part):
    """`[evidence]`."""

    confidence: Confidence
    note: Text


class StartLoadPart(Part):
    """`[start_load]`."""

    share: dict[Sex, Annotated[float, Field(ge=0, le=2)]] = {}
    band: dict[Sex, str] = {}


class SwapPart(Part):
    """`[swap]`."""

    easier: list[str] = []
    harder: list[str] = []
    twins: dict[TwinKind, str] = {}


class SafetyPart(Part):
    """`[safety]`."""

    position: Position
    avoid_with: list[str] = []
    prefer_with: list[str] = []
    inverted: bool = False
    overhead: bool = False
    heavy: bool = False


class ViewPart(Part):
    """`camera` of `[figure]`."""

    yaw_deg: Annotated[float, Field(ge=-180, le=180)]
    pitch_deg: Annotated[float, Field(ge=-90, le=90)]


class SidesPart(Part):
    """An angle that differs between left and right."""

    left: Degrees
    right: Degrees


ANGLE_TAGS: Final = ("<one>", "<two>")  # Pydantic puts them into the place of an error; no key looks so


def _angle_tag(value: object) -> str:
    return ANGLE_TAGS[isinstance(value, dict | SidesPart)]


Angle = Annotated[
    Annotated[Degrees, Tag("<one>")] | Annotated[SidesPart, Tag("<two>")],
    Discriminator(_angle_tag),
]


class FigureKeyPart(Part):
    """`[[figure.key]]`: `at`, and any joint angle by name."""

    model_config = ConfigDict(extra="allow", strict=True, allow_inf_nan=False)
    __pydantic_extra__: dict[str, Angle]

    at: Share


class FigurePart(Part):
    """`[figure]`."""

    posture: Id
    props: list[Id] = []
    camera: ViewPart
    key: Annotated[list[FigureKeyPart], Field(min_length=2)]


class CameraPart(Part):
    """`[camera]`."""

    best_view: Annotated[str, Field(pattern=VIEW_PATTERN)]
    place: Text


class RepPart(Part):
    """`[rep]`."""

    measure: str
    start: float
    peak: float
    min_s: Annotated[float, Field(gt=0, le=60)]
    side: MeasuredSide = "both"


class FaultPart(Part):
    """`[[fault]]`."""

    id: Id
    measure: str
    during: Literal["start", "lift", "peak", "lower", "rep", "set"]
    stat: Literal["min", "max", "mean", "range", "change"]
    below: float | None = None
    above: float | None = None
    held_s: Annotated[float, Field(ge=0, le=60)]
    severity: Severity
    cue: Text
    why: Text
    basis: str
    side: MeasuredSide = "both"
    show: dict[str, Angle] = {}
    until: str = ""


class ExercisePart(Part):
    """A whole exercise file."""

    id: Id
    name: Text
    aliases: list[Text] = []
    pattern: Pattern
    kind: Kind
    level: Level
    kit: list[str]
    load: LoadKind
    body_mass_share: Share = 0.0
    one_side_at_a_time: bool = False
    setup_s: Annotated[int, Field(ge=0, le=600)]
    stretches: list[Region] = []
    sources: list[str]
    muscles: dict[str, Share]
    evidence: EvidencePart
    dose: DosePart
    start_load: StartLoadPart = StartLoadPart()
    guide: GuidePart
    swap: SwapPart = SwapPart()
    safety: SafetyPart
    figure: FigurePart | None = None
    camera: CameraPart | None = None
    rep: RepPart | None = None
    fault: list[FaultPart] = []


class MusclePart(Part):
    """A table of `muscles.toml`."""

    name: Text
    does: Text
    primary: bool


class KitPart(Part):
    """A table of `kit.toml`."""

    name: Text
    hint: Text
    where: Annotated[list[Literal["gym", "home"]], Field(min_length=1)]
    implies: list[str] = []


class ComplaintPart(Part):
    """A table of `complaints.toml`."""

    name: Text
    asks: Text
    rule: Text
    sources: list[str] = []


class SourcePart(Part):
    """A table of `sources.toml`."""

    cite: Text
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    url: Annotated[str, Field(pattern=r"^https://\S+$")] | None = None
    confidence: Literal["high", "medium", "low"]
    says: Text


class BandPart(Part):
    """A table of `bands.toml`."""

    name: Text
    order: Annotated[int, Field(ge=1)]
    force_100_n: Annotated[float, Field(gt=0)]
    force_200_n: Annotated[float, Field(gt=0)]
    sources: list[str] = []
