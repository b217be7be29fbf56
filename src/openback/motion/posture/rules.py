"""The numbers of the posture check, as `data/posture.toml` gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Final, cast

from openback.datafile import Table, read_table
from openback.model.posture import SHOTS, Shot

NAME: Final = "posture.toml"
# 19 differences of two checks in 20 are smaller by chance alone (1.96 standard deviations of a difference).
_BELIEVED: Final = 1.96 * sqrt(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureMeasure:
    """One measure: its words, from which shots it is told, and how far off it may be. Angles in degrees.

    `smallest_change_deg` is worth believing between two single checks; `usual_deg` is where bodies mostly are.
    `source` is a key of `sources.toml`, or empty for a project default.
    """

    id: str
    name: str
    what: str
    shots: tuple[Shot, ...]
    sd_deg: float
    smallest_change_deg: float
    usual_deg: tuple[float, float]
    less: str
    more: str
    source: str

    @property
    def repeat_sd_deg(self) -> float:
        """How far one check scatters about where a person mostly is, as a standard deviation."""
        return self.smallest_change_deg / _BELIEVED


@dataclass(frozen=True, slots=True, kw_only=True)
class C7Rules:
    """The line from a marked C7 point to the ears, and the means of people with and without neck pain."""

    name: str
    what: str
    sd_deg: float
    smallest_change_deg: float
    source: str
    without_neck_pain_deg: float
    with_neck_pain_deg: float
    norm_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureRules:
    """What `posture.toml` says; the file tells what each number is for."""

    least_frames: int
    look_s: float
    turned_sd_deg: float
    crooked_sd_deg: float
    crooked_from_deg: float
    arm_from_side_deg: float
    bent_from_deg: float
    brightness: float
    turned_deg: float
    trunk_px: float
    trunk_share: float
    window_days: int
    finding_checks: int
    finding_days: int
    measures: Mapping[str, PostureMeasure]
    c7: C7Rules


@cache
def posture_rules(text: str | None = None) -> PostureRules:
    """Return the rules of the project's file, or of `text`; raises BadDataFile with every problem."""
    table = read_table(NAME, text)
    check, picture, measures, c7 = (table.table(key) for key in ("check", "picture", "measure", "c7"))
    trend, finding = table.table("trend"), table.table("finding")
    rules = PostureRules(
        least_frames=check.whole("least_frames"),
        look_s=check.number("look_s"),
        turned_sd_deg=check.number("turned_sd_deg"),
        crooked_sd_deg=check.number("crooked_sd_deg"),
        crooked_from_deg=check.number("crooked_from_deg"),
        arm_from_side_deg=check.number("arm_from_side_deg"),
        bent_from_deg=check.number("bent_from_deg"),
        brightness=picture.number("brightness"),
        turned_deg=picture.number("turned_deg"),
        trunk_px=picture.number("trunk_px"),
        trunk_share=picture.number("trunk_share"),
        window_days=trend.whole("window_days"),
        finding_checks=finding.whole("checks"),
        finding_days=finding.whole("within_days"),
        measures={key: _measure(key, measures.table(key)) for key in measures.keys()},  # noqa: SIM118 - not a mapping
        c7=C7Rules(
            name=c7.text("name"),
            what=c7.text("what"),
            sd_deg=c7.number("sd_deg"),
            smallest_change_deg=c7.number("smallest_change_deg"),
            source=_source(c7),
            without_neck_pain_deg=c7.number("without_neck_pain_deg"),
            with_neck_pain_deg=c7.number("with_neck_pain_deg"),
            norm_source=c7.text("norm_source"),
        ),
    )
    table.settle()
    return rules


def _measure(key: str, given: Table) -> PostureMeasure:
    shots, usual_deg = given.words("shots"), given.row("usual_deg")
    if not shots or not set(shots) <= set(SHOTS):
        given.note("shots", "must be among front, right, back and left")
    if len(usual_deg) != 2 or usual_deg[0] > usual_deg[1]:
        given.note("usual_deg", "must be two numbers, the lower one first")
        usual_deg = (0.0, 0.0)
    return PostureMeasure(
        id=key,
        name=given.text("name"),
        what=given.text("what"),
        shots=cast("tuple[Shot, ...]", shots),
        sd_deg=given.number("sd_deg"),
        smallest_change_deg=given.number("smallest_change_deg"),
        usual_deg=(usual_deg[0], usual_deg[1]),
        less=given.text("less"),
        more=given.text("more"),
        source=_source(given),
    )


def _source(given: Table) -> str:
    """Return the source of a table's numbers, empty for a project default."""
    source = given.text("source", "")
    if not source and given.text("basis", "") != "project default":
        given.note("source", 'must be a source, or basis "project default"')
    return source
