"""The data of the pain diary: places of the body, signs that go with pain, and the numbers of the rules.

All stand in `data/pain.toml`, which explains them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, cast, get_args

from openback.datafile import Table, read_table

Effect = Literal["urgent", "stop", "care", "none", "clears"]
BodyView = Literal["front", "back"]
PlaceSide = Literal["left", "right", ""]

HIGHEST_LEVEL: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the body. `complaint` is what repeated pain there means for the programme, empty for nothing."""

    id: str
    name: str
    views: tuple[BodyView, ...]
    side: PlaceSide
    complaint: str
    spine: bool
    thorax: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A sign that goes with pain; `data/pain.toml` explains the effects. `text` and `see` are what is said of it."""

    id: str
    label: str
    effect: Effect
    rank: int
    text: str = ""
    see: str = ""
    sources: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether a clinician should look before any training on it."""
        return self.effect in {"urgent", "stop"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PainRules:
    """The numbers of `data/pain.toml`."""

    sign_days: int
    severe_level: int
    noted_level: int
    repeat_days: int
    within_days: int
    lasting_days: int
    lasting_notes: int
    thorax_days: int
    thorax_notes: int
    rising_by: int
    first_before_years: int
    first_after_years: int
    strong_level: int
    easing_by: float
    knock_years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PainBook:
    """Places, signs and rules."""

    places: Mapping[str, Place]
    signs: Mapping[str, Sign]
    rules: PainRules
    always: str


# --- Reading the file -------------------------------------------------------------------------------


def book_from(text: str | None = None) -> PainBook:
    """Return what is written in `text` (in `data/pain.toml` when None).

    Raises BadDataFile with every problem of it.
    """
    root = read_table("pain.toml", text)
    rules = root.table("rules")
    whole = {name: rules.whole(name) for name in PainRules.__slots__ if name != "easing_by"}
    found = PainBook(
        places={one.id: one for one in map(_place, root.tables("place"))},
        signs={one.id: one for one in map(_sign, root.tables("sign"))},
        rules=PainRules(**whole, easing_by=rules.number("easing_by")),
        always=rules.text("always"),
    )
    root.settle()
    return found


@cache
def load_pain() -> PainBook:
    """Return `data/pain.toml` as values; raise BadDataFile with every problem of it."""
    return book_from()


def _place(table: Table) -> Place:
    views = table.words("views")
    if not views or not set(views) <= set(get_args(BodyView)):
        table.note("views", "must name front, back or both")
    side = table.text("side", "")
    if side not in get_args(PlaceSide):
        table.note("side", f"is {side!r}, it must be left, right or left out")
    return Place(
        id=table.text("id"),
        name=table.text("name"),
        views=cast("tuple[BodyView, ...]", views),
        side=cast("PlaceSide", side),
        complaint=table.text("complaint", ""),
        spine=table.flag("spine"),
        thorax=table.flag("thorax"),
    )


def _sign(table: Table) -> Sign:
    effect = table.text("effect")
    if effect not in get_args(Effect):
        table.note("effect", f"is {effect!r}, it must be one of {', '.join(get_args(Effect))}")
    speaks = effect in {"urgent", "stop", "care"}
    return Sign(
        id=table.text("id"),
        label=table.text("label"),
        effect=cast("Effect", effect),
        rank=table.whole("rank"),
        text=table.text("text", None if speaks else ""),
        see=table.text("see", None if speaks else ""),
        sources=table.words("sources"),
    )
