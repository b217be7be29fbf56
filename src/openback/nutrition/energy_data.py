"""The equations and constants of `data/energy.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

from openback.datafile import Table, read_table
from openback.model.eating import Activity

BodySex = Literal["female", "male"]
Resting = Literal["mifflin_st_jeor", "mifflin_exact", "harris_benedict_revised", "harris_benedict_1919"]
RestingLean = Literal["katch_mcardle", "cunningham_1980"]
ACTIVITIES: Final[tuple[Activity, ...]] = get_args(Activity)
_SEXES: Final[tuple[BodySex, ...]] = get_args(BodySex)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sum in kcal a day: of kilograms, height, years, and the week of pregnancy."""

    constant: float
    mass: float
    height: float
    age: float
    week: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RestingEquation:
    """An equation of energy at rest, by sex."""

    name: str
    source: str
    lines: Mapping[BodySex, Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeanEquation:
    """An equation of energy at rest from fat-free mass: constant + lean * kg."""

    name: str
    source: str
    constant: float
    lean: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OldRequirement:
    """The equation of 2005: constant + age * years + pa * (mass * kg + height * m)."""

    constant: float
    age: float
    mass: float
    height: float
    pa: Mapping[Activity, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Motherhood:
    """What pregnancy and lactation add."""

    second_trimester_week: int
    laid_down_kcal: Mapping[str, float]
    first_half_year_kcal: float
    later_kcal: float
    first_half_year_weeks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A row of the compendium of physical activities; `use` is our word for it."""

    code: str
    met: float
    activity: str
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorSpread:
    """How far people differ from their equation, as shares of a day's energy."""

    sd_share: float
    sd_share_unspecified: float
    sd_share_young: float
    band_z: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyData:
    """All of `data/energy.toml`."""

    resting: Mapping[Resting, RestingEquation]
    resting_lean: Mapping[RestingLean, LeanEquation]
    requirement: Mapping[BodySex, Mapping[Activity, Line]]
    pregnant: Mapping[Activity, Line]
    old: Mapping[BodySex, OldRequirement]
    motherhood: Motherhood
    pal: Mapping[Activity, tuple[float, float]]
    days_that_lift: int
    mets: Mapping[str, Met]
    prior: PriorSpread


def _line(table: Table) -> Line:
    return Line(
        constant=table.signed("constant"),
        mass=table.signed("mass"),
        height=table.signed("height"),
        age=table.signed("age"),
        week=table.signed("week") if "week" in table.keys() else 0.0,  # noqa: SIM118 - not a mapping
    )


def _lines(table: Table) -> dict[Activity, Line]:
    return {activity: _line(table.table(activity)) for activity in ACTIVITIES}


def _resting(table: Table) -> RestingEquation:
    lines = {sex: _line(table.table(sex)) for sex in _SEXES}
    return RestingEquation(name=table.text("name"), source=table.text("source"), lines=lines)


def _lean(table: Table) -> LeanEquation:
    return LeanEquation(
        name=table.text("name"),
        source=table.text("source"),
        constant=table.number("constant"),
        lean=table.number("lean"),
    )


def _old(root: Table, sex: BodySex) -> OldRequirement:
    table = root.table("iom_2005")
    line, pa = table.table(sex), table.table(f"{sex}_pa")
    return OldRequirement(
        constant=line.signed("constant"),
        age=line.signed("age"),
        mass=line.signed("mass"),
        height=line.signed("height_m"),
        pa={activity: pa.number(activity) for activity in ACTIVITIES},
    )


def _motherhood(root: Table) -> Motherhood:
    pregnancy, lactation = root.table("pregnancy"), root.table("lactation")
    laid_down = pregnancy.table("laid_down")
    return Motherhood(
        second_trimester_week=pregnancy.whole("second_trimester_week"),
        laid_down_kcal={name: laid_down.signed(name) for name in laid_down.keys()},  # noqa: SIM118 - as above
        first_half_year_kcal=lactation.number("first_half_year_kcal"),
        later_kcal=lactation.number("later_kcal"),
        first_half_year_weeks=lactation.whole("first_half_year_weeks"),
    )


def _met(table: Table) -> Met:
    return Met(
        code=table.text("code", ""),
        met=table.number("met"),
        activity=table.text("activity"),
        use=table.text("use"),
    )


def _prior(table: Table) -> PriorSpread:
    return PriorSpread(
        sd_share=table.number("sd_share"),
        sd_share_unspecified=table.number("sd_share_unspecified"),
        sd_share_young=table.number("sd_share_young"),
        band_z=table.number("band_z"),
    )


def energy_from(text: str | None = None) -> EnergyData:
    """Return what is written in `text` (in `data/energy.toml` when None); raise BadDataFile with every problem."""
    root = read_table("energy.toml", text)
    resting, lean, requirement = root.table("resting"), root.table("resting_lean"), root.table("requirement")
    names: tuple[Resting, ...] = get_args(Resting)
    lean_names: tuple[RestingLean, ...] = get_args(RestingLean)
    mets = [_met(table) for table in root.tables("met")]
    pal = root.table("activity")
    data = EnergyData(
        resting={name: _resting(resting.table(name)) for name in names},
        resting_lean={name: _lean(lean.table(name)) for name in lean_names},
        requirement={sex: _lines(requirement.table(sex)) for sex in _SEXES},
        pregnant=_lines(requirement.table("pregnant")),
        old={sex: _old(root, sex) for sex in _SEXES},
        motherhood=_motherhood(root),
        pal={activity: pal.span(activity) for activity in ACTIVITIES},
        days_that_lift=root.table("activity_guess").whole("days_that_lift"),
        mets={met.use: met for met in mets},
        prior=_prior(root.table("prior")),
    )
    root.settle()
    return data


@cache
def energy_data() -> EnergyData:
    """Return `data/energy.toml`; raise BadDataFile with every problem of it."""
    return energy_from()
