"""The desk tests: how each is done, where a result lies for this person, and what it speaks for.

All words and numbers stand in `data/desk_tests.toml` with their sources; `motion.desk_tests` reads the camera.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from math import ceil, inf, sqrt
from typing import Final, Literal, cast, get_args

from openback.datafile import Table, read_table
from openback.model.exercise import Region
from openback.model.journal import TestSide
from openback.model.person import Person, Sex
from openback.units import in_from_cm

Verdict = Literal["limited", "usual", "good"]
Unit = Literal["deg", "cm", "in"]  # inches only where a person reads them
Better = Literal["higher", "lower"]

VERDICT_WORDS: Final[Mapping[Verdict, str]] = {
    "limited": "Less than usual",
    "usual": "Usual",
    "good": "Freely movable",
}
UNIT_WORDS: Final[Mapping[Unit, str]] = {"deg": "degrees", "cm": "cm", "in": "inches"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """For a sex from an age on: where "limited" and "good" begin; what lies between is usual."""

    sex: Sex | Literal["any"]
    from_years: int
    limited: float
    good: float
    before_years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """An exercise that helps, and why."""

    exercise: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a finding gives more of in the programme; `finding` names it inside a sentence."""

    finding: str
    regions: tuple[Region, ...] = ()
    muscles: Mapping[str, float] = field(default_factory=dict)
    favours: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRule:
    """One test as `data/desk_tests.toml` says it; the head of that file explains each part."""

    __test__ = False  # not a test of ours

    id: str
    name: str
    summary: str
    camera: Literal["side", "front"]
    body: Literal["lying", "standing"]
    sides: tuple[TestSide, ...]
    side_names: Mapping[TestSide, str]
    says: Mapping[TestSide, str]
    set_up: tuple[str, ...]
    hand: str
    unit: Unit
    take_s: int
    better: Better
    span: tuple[float, float]
    sd: float
    for_whom: str
    norms: tuple[Norm, ...]
    helps: tuple[Help, ...]
    feeds: Feed
    sources: tuple[str, ...]
    leave_out_with: tuple[str, ...]
    smallest_change: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TestBook:
    """All of `data/desk_tests.toml`."""

    __test__ = False

    tests: Mapping[str, TestRule]
    posture: Mapping[str, Feed]
    steady_s: float
    steady: float
    fewest_frames: int
    counts_for_days: int
    band_z: float
    region_price: float
    about_s: int
    least_days: int
    more_pulling_sets: float


# --- Reading the file -------------------------------------------------------------------------------


def book_from(text: str | None = None) -> TestBook:
    """Return the tests written in `text` (in `data/desk_tests.toml` when None).

    Raises BadDataFile with every problem of it.
    """
    root = read_table("desk_tests.toml", text)
    rules, planning = root.table("rules"), root.table("planning")
    band_z = rules.number("band_z")
    tests = {one.id: _with_change(one, band_z) for one in map(_test, root.tables("test"))}
    found = TestBook(
        tests=tests,
        posture={table.text("id"): _feed(table) for table in root.tables("posture")},
        steady_s=rules.number("steady_s"),
        steady=rules.number("steady"),
        fewest_frames=rules.whole("fewest_frames"),
        counts_for_days=rules.whole("counts_for_days"),
        band_z=band_z,
        region_price=planning.number("region_price"),
        about_s=planning.whole("about_s"),
        least_days=planning.whole("least_days"),
        more_pulling_sets=planning.number("more_pulling_sets"),
    )
    root.settle()
    return found


@cache
def load_book() -> TestBook:
    """Return `data/desk_tests.toml` as values; raise BadDataFile with every problem of it."""
    return book_from()


def _with_change(rule: TestRule, band_z: float) -> TestRule:
    """Return the rule with the smallest change from one result to another that is no chance four times in five."""
    return replace(rule, smallest_change=float(ceil(band_z * sqrt(2) * rule.sd)))


def _one_of(table: Table, key: str, allowed: Sequence[str]) -> str:
    value = table.text(key)
    if value not in allowed:
        table.note(key, f"is {value!r}, it must be one of {', '.join(allowed)}")
    return value


def _test(table: Table) -> TestRule:
    sides = cast("tuple[TestSide, ...]", table.words("sides"))
    says, names = table.table("says"), table.table("side_names")
    span = table.row("span")
    if len(span) != 2 or span[0] >= span[1]:
        table.note("span", "must be two numbers, the lower one first")
        span = (0.0, 0.0)
    return TestRule(
        id=table.text("id"),
        name=table.text("name"),
        summary=table.text("summary"),
        camera=cast("Literal['side', 'front']", _one_of(table, "camera", ("side", "front"))),
        body=cast("Literal['lying', 'standing']", _one_of(table, "body", ("lying", "standing"))),
        sides=sides,
        side_names={side: names.text(side) for side in sides},
        says={side: says.text(side) for side in sides},
        set_up=table.words("set_up"),
        hand=table.text("hand"),
        unit=cast("Unit", _one_of(table, "unit", ("deg", "cm"))),
        take_s=table.whole("take_s"),
        better=cast("Better", _one_of(table, "better", get_args(Better))),
        span=(span[0], span[1]),
        sd=table.number("sd"),
        for_whom=table.text("for_whom"),
        norms=_norms(table),
        helps=tuple(
            Help(exercise=one.text("exercise"), why=one.text("why")) for one in table.tables("helps")
        ),
        feeds=_feed(table.table("feeds")),
        sources=table.words("sources"),
        leave_out_with=table.words("leave_out_with"),
    )


def _norms(table: Table) -> tuple[Norm, ...]:
    rows = [
        Norm(
            sex=cast("Sex", _one_of(row, "sex", ("any", *get_args(Sex)))),
            from_years=row.whole("from_years"),
            limited=row.number("limited"),
            good=row.number("good"),
        )
        for row in table.tables("norm")
    ]
    later = sorted({row.from_years for row in rows})
    return tuple(
        replace(row, before_years=next((years for years in later if years > row.from_years), None))
        for row in rows
    )


def _feed(table: Table) -> Feed:
    return Feed(
        finding=table.text("finding"),
        regions=cast("tuple[Region, ...]", table.words("regions")),
        muscles=table.numbers("muscles"),
        favours=table.words("favours"),
        sources=table.words("sources"),
    )


# --- Judging ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One zone of the scale of a test, in its unit."""

    verdict: Verdict
    low: float
    high: float


def norm_for(rule: TestRule, person: Person, today: date) -> Norm:
    """Return the norm that holds for a person.

    Who did not say a sex gets the wider usual range: the rows of both sexes together.
    """
    age = person.age_years(today)
    of_age = [row for row in rule.norms if row.from_years <= age] or list(rule.norms[:1])
    latest = max(row.from_years for row in of_age)
    rows = [row for row in of_age if row.from_years == latest]
    own = [row for row in rows if row.sex == person.sex] or [row for row in rows if row.sex == "any"]
    if own:
        return own[-1]
    pick: Mapping[Better, tuple[float, float]] = {
        "higher": (min(row.limited for row in rows), max(row.good for row in rows)),
        "lower": (max(row.limited for row in rows), min(row.good for row in rows)),
    }
    limited, good = pick[rule.better]
    return replace(rows[0], sex="any", limited=limited, good=good)


def verdict_of(rule: TestRule, norm: Norm, value: float) -> Verdict:
    """Return the zone of a value. The edge of "good" belongs to good, that of "limited" to usual."""
    sign = 1 if rule.better == "higher" else -1
    if sign * value >= sign * norm.good:
        return "good"
    return "limited" if sign * value < sign * norm.limited else "usual"


def zones(rule: TestRule, norm: Norm) -> tuple[Zone, ...]:
    """Return the zones along the scale, from its low end to its high end, without a gap."""
    low, high = rule.span
    first, second = sorted((norm.limited, norm.good))
    names: tuple[Verdict, ...] = ("limited", "usual", "good")
    if rule.better == "lower":
        names = ("good", "usual", "limited")
    return tuple(
        Zone(verdict=name, low=a, high=b)
        for name, a, b in zip(names, (low, first, second), (first, second, high), strict=True)
    )


def number_words(rule: TestRule, value: float) -> str:
    """Return a value as it is read, such as `62 degrees` or `4 cm above the floor`."""
    whole = round(value)
    if rule.unit == "deg":
        return f"{whole} degree{'' if whole == 1 else 's'}"
    if whole == 0:
        return "on the floor"
    return f"{abs(whole)} {rule.unit} {'above' if whole > 0 else 'below'} the floor"


def said(rule: TestRule, value: float, low: float | None, high: float | None) -> str:
    """Return a result in words with its band."""
    words = number_words(rule, value)
    if low is None or high is None:
        return words[:1].upper() + words[1:]
    unit = UNIT_WORDS[rule.unit]
    return f"{words[:1].upper()}{words[1:]}, four times in five between {round(low)} and {round(high)} {unit}"


def against(rule: TestRule, norm: Norm, value: float) -> str:
    """Return where a value lies, in one sentence."""
    verdict = verdict_of(rule, norm, value)
    edge = norm.good if verdict == "good" else norm.limited
    unit = UNIT_WORDS[rule.unit]
    if rule.better == "lower":
        return {
            "good": "That is as free as this test can tell.",
            "usual": f"That is usual: free is {number_words(rule, norm.good)}, limited more than {edge:.0f} {unit} above it.",
            "limited": f"That is less than usual: most come to {edge:.0f} {unit} or nearer.",
        }[verdict]
    return {
        "good": f"That is freely movable: {edge:.0f} {unit} or more.",
        "usual": f"That is usual: between {edge:.0f} and {norm.good:.0f} {unit}.",
        "limited": f"That is less than usual, which begins at {edge:.0f} {unit}.",
    }[verdict]


def doubt(rule: TestRule, norm: Norm, value: float, low: float | None, high: float | None) -> str:
    """Return a sentence when the band reaches into another zone, empty when it does not or there is none."""
    if low is None or high is None:
        return ""
    mine = verdict_of(rule, norm, value)
    others = {verdict_of(rule, norm, end) for end in (low, high)} - {mine}
    if not others:
        return ""
    names = " and ".join(f'"{VERDICT_WORDS[other].lower()}"' for other in sorted(others))
    return f"The camera may be off by so much that {names} could be true too; a second take on another day tells more."


def norm_words(rule: TestRule, norm: Norm) -> str:
    """Return for whom the zones hold, in one sentence."""
    who = {"female": "women", "male": "men"}.get(norm.sex, "women and men together")
    ages = f"{norm.from_years} and over"
    if norm.before_years is not None:
        ages = (
            f"under {norm.before_years}"
            if not norm.from_years
            else f"{norm.from_years} to {norm.before_years - 1}"
        )
    return rule.for_whom.format(who=who, ages=ages if norm.from_years or norm.before_years else "any age")


def in_inches(rule: TestRule) -> TestRule:
    """Return a test of centimetres as somebody reads it who thinks in inches; others as they are."""
    if rule.unit != "cm":
        return rule
    return replace(
        rule,
        unit="in",
        span=(in_from_cm(rule.span[0]), in_from_cm(rule.span[1])),
        sd=in_from_cm(rule.sd),
        smallest_change=in_from_cm(rule.smallest_change),
        norms=tuple(
            replace(norm, limited=in_from_cm(norm.limited), good=in_from_cm(norm.good)) for norm in rule.norms
        ),
    )


# --- Change -------------------------------------------------------------------------------------------


def change_words(rule: TestRule, values: Sequence[float]) -> tuple[str, bool]:
    """Return how results went, oldest first, in one sentence, and whether the change is one to believe.

    The first and the last are compared; empty before there are two.
    """
    if len(values) < 2:
        return "", False
    change = values[-1] - values[0]
    if abs(change) < rule.smallest_change:
        unit = UNIT_WORDS[rule.unit]
        return f"No real change yet: less than {rule.smallest_change:.0f} {unit} can be chance.", False
    freer = (change > 0) == (rule.better == "higher")
    size = round(abs(change))
    unit = {"deg": "degree" if size == 1 else "degrees", "in": "inch" if size == 1 else "inches"}.get(
        rule.unit, rule.unit
    )
    return f"{size} {unit} {'freer' if freer else 'less free'} than at first.", True


def band(
    value: float, sd: float, *, z: float, span: tuple[float, float] = (-inf, inf)
) -> tuple[float, float]:
    """Return the band of a value, inside what can be."""
    low, high = span
    return max(low, value - z * sd), min(high, value + z * sd)
