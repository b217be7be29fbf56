"""How body weight follows from intake: the dynamic model of Hall and others, 2011. Evidence 7.4.

Fat, lean tissue, glycogen and water change together: fat and lean along the Forbes curve, expenditure with both, with
the food that is digested, and with a slow adaptation. Energy is in kcal a day, mass in kg, time in days.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from openback.datafile import Table, read_table
from openback.nutrition.body_fat import hall_percent
from openback.nutrition.energy import Body, resting_kcal
from openback.nutrition.energy_data import BodySex

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class HallConstants:
    """The numbers of `data/hall.toml`, whose comments say what they are."""

    fat_kcal_per_kg: float
    lean_kcal_per_kg: float
    glycogen_kcal_per_kg: float
    fat_burn_kcal_per_kg: float
    lean_burn_kcal_per_kg: float
    fat_build_kcal_per_kg: float
    lean_build_kcal_per_kg: float
    meal_share: float
    adapt_share: float
    adapt_days: float
    forbes_kg: float
    sodium_mg_per_l: float
    sodium_mg_per_l_day: float
    carbohydrate_mg_per_day: float
    glycogen_kg: float
    glycogen_with_water: float
    carbohydrate_share: float

    @property
    def forbes(self) -> float:
        """The constant of the Forbes curve in the model's own units."""
        return self.forbes_kg * self.lean_kcal_per_kg / self.fat_kcal_per_kg


@dataclass(frozen=True, slots=True, kw_only=True)
class HallStart:
    """A body in balance: it eats what it takes, and nothing changes.

    `base_kcal` is the part of its expenditure that neither tissue nor moving explains, `move_kcal_per_kg` what moving
    a kilogram of it takes in a day.
    """

    mass_kg: float
    fat_kg: float
    lean_kg: float
    water_kg: float
    intake_kcal: float
    carbohydrate_kcal: float
    base_kcal: float
    move_kcal_per_kg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HallPath:
    """Each array has one value a day, (n + 1,): the start first, then after each day of eating."""

    mass_kg: Floats
    fat_kg: Floats
    lean_kg: Floats
    water_kg: Floats
    glycogen_kg: Floats
    adapt_kcal: Floats
    expenditure_kcal: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """What is eaten on a day, and how much moving takes."""

    intake_kcal: float
    carbohydrate_kcal: float
    sodium_more_mg: float
    move_kcal_per_kg: float


# State of the model: glycogen, water outside the cells, adaptation, lean tissue.
_State = tuple[float, float, float, float]


@cache
def hall_constants() -> HallConstants:
    """Return the constants of `data/hall.toml`; raise BadDataFile with every problem of it."""
    table = read_table("hall.toml")
    constants = HallConstants(**{field.name: table.number(field.name) for field in fields(HallConstants)})
    table.settle()
    return constants


def kcal_per_kg(fat_kg: float) -> float:
    """Return the energy of a kilogram of slow weight change at this fat mass: fat and lean by the Forbes curve."""
    c = hall_constants()
    return (c.fat_kcal_per_kg * fat_kg + c.lean_kcal_per_kg * c.forbes_kg) / (fat_kg + c.forbes_kg)


def start_of(body: Body, *, activity_level: float, fat_kg: float | None = None) -> HallStart:
    """Return a body in balance at `activity_level` times its energy at rest; the usual fat for its size when None.

    Where sex was not said, fat and water are the means of both sexes'.
    """
    c = hall_constants()
    if fat_kg is None:
        shares = [hall_percent(sex, bmi=body.bmi, age_years=body.age_years) for sex in body.sexes]
        fat_kg = min(max(mean(shares), 3.0), 65.0) / 100 * body.mass_kg
    water = mean(_water_kg(sex, body) for sex in body.sexes)
    lean = body.mass_kg - water - fat_kg - c.glycogen_with_water * c.glycogen_kg
    rest = resting_kcal(body, "mifflin_exact")
    intake = activity_level * rest
    move = ((1 - c.meal_share) * activity_level - 1) * rest / body.mass_kg
    tissue = c.lean_burn_kcal_per_kg * lean + c.fat_burn_kcal_per_kg * fat_kg
    return HallStart(
        mass_kg=body.mass_kg,
        fat_kg=fat_kg,
        lean_kg=lean,
        water_kg=water,
        intake_kcal=intake,
        carbohydrate_kcal=c.carbohydrate_share * intake,
        base_kcal=intake - tissue - move * body.mass_kg,
        move_kcal_per_kg=move,
    )


def _water_kg(sex: BodySex, body: Body) -> float:
    line = _water_line(sex)
    return (
        line["constant"]
        + line["mass"] * body.mass_kg
        + line["height"] * body.height_cm / 100
        + line["age"] * body.age_years
    )


@cache
def _water_line(sex: BodySex) -> dict[str, float]:
    root = read_table("hall.toml")
    table: Table = root.table("water").table(sex)
    line = {key: table.signed(key) for key in ("constant", "mass", "height", "age")}
    root.settle()
    return line


def path_of(
    start: HallStart,
    intake_kcal: Sequence[float] | Floats,
    *,
    carbohydrate_share: float | None = None,
    sodium_more_mg: Sequence[float] | Floats | None = None,
    move_share: float | Sequence[float] | Floats = 1.0,
) -> HallPath:
    """Return what becomes of a body that eats `intake_kcal` (n,) from one day to the next.

    `carbohydrate_share` is that of the energy (unchanged when None), `sodium_more_mg` (n,) what is eaten beyond the
    usual, `move_share` how much of the usual moving is done (one number, or one a day). One step of Runge and Kutta
    a day.
    """
    c = hall_constants()
    share = c.carbohydrate_share if carbohydrate_share is None else carbohydrate_share
    state: _State = (c.glycogen_kg, start.water_kg, 0.0, start.lean_kg)
    rows = [_row(start, state, start.intake_kcal, start.move_kcal_per_kg)]
    moving = np.broadcast_to(np.asarray(move_share, dtype=float), (len(intake_kcal),))
    for number, kcal in enumerate(intake_kcal):
        day = _Day(
            intake_kcal=float(kcal),
            carbohydrate_kcal=share * float(kcal),
            sodium_more_mg=0.0 if sodium_more_mg is None else float(sodium_more_mg[number]),
            move_kcal_per_kg=start.move_kcal_per_kg * float(moving[number]),
        )
        state = _stepped(start, state, day)
        rows.append(_row(start, state, day.intake_kcal, day.move_kcal_per_kg))
    columns = np.array(rows).T
    return HallPath(
        mass_kg=columns[0],
        fat_kg=columns[1],
        lean_kg=columns[2],
        water_kg=columns[3],
        glycogen_kg=columns[4],
        adapt_kcal=columns[5],
        expenditure_kcal=columns[6],
    )


def _stepped(start: HallStart, state: _State, day: _Day) -> _State:
    """Return the state a day later, by the classic method of Runge and Kutta."""

    def moved(by: _State, share: float) -> _State:
        return (
            state[0] + share * by[0],
            state[1] + share * by[1],
            state[2] + share * by[2],
            state[3] + share * by[3],
        )

    one = _change(start, state, day)
    two = _change(start, moved(one, 0.5), day)
    three = _change(start, moved(two, 0.5), day)
    four = _change(start, moved(three, 1.0), day)
    glycogen, water, adapt, lean = (
        value + (a + 2 * b + 2 * d + e) / 6
        for value, a, b, d, e in zip(state, one, two, three, four, strict=True)
    )
    return glycogen, water, adapt, lean


def _change(start: HallStart, state: _State, day: _Day) -> _State:
    """Return how fast glycogen, water, adaptation and lean tissue change, in a day."""
    c = hall_constants()
    glycogen, water, adapt, lean = state
    burnt = start.carbohydrate_kcal * (glycogen / c.glycogen_kg) ** 2
    glycogen_change = (day.carbohydrate_kcal - burnt) / c.glycogen_kcal_per_kg
    carbohydrate = day.carbohydrate_kcal / start.carbohydrate_kcal
    water_change = (
        day.sodium_more_mg
        - c.sodium_mg_per_l_day * (water - start.water_kg)
        - c.carbohydrate_mg_per_day * (1 - carbohydrate)
    ) / c.sodium_mg_per_l
    more = day.intake_kcal - start.intake_kcal
    adapt_change = (c.adapt_share * more - adapt) / c.adapt_days
    fat = _fat_kg(start, lean)
    spent = _spent(start, state, fat, more_kcal=more, move=day.move_kcal_per_kg)
    stored = day.intake_kcal - spent - c.glycogen_kcal_per_kg * glycogen_change
    building = (1 + c.lean_build_kcal_per_kg / c.lean_kcal_per_kg) * c.forbes
    building += (1 + c.fat_build_kcal_per_kg / c.fat_kcal_per_kg) * fat
    return glycogen_change, water_change, adapt_change, c.forbes / c.lean_kcal_per_kg * stored / building


def _spent(start: HallStart, state: _State, fat_kg: float, *, more_kcal: float, move: float) -> float:
    """Return the expenditure without what building tissue takes."""
    c = hall_constants()
    glycogen, water, adapt, lean = state
    mass = fat_kg + lean + water + c.glycogen_with_water * glycogen
    tissue = c.lean_burn_kcal_per_kg * lean + c.fat_burn_kcal_per_kg * fat_kg
    return start.base_kcal + move * mass + c.meal_share * more_kcal + adapt + tissue


def _fat_kg(start: HallStart, lean_kg: float) -> float:
    c = hall_constants()
    grown = c.lean_kcal_per_kg * (lean_kg - start.lean_kg) / (c.fat_kcal_per_kg * c.forbes)
    return start.fat_kg * math.exp(grown)


def _row(start: HallStart, state: _State, intake_kcal: float, move: float) -> tuple[float, ...]:
    c = hall_constants()
    glycogen, water, adapt, lean = state
    fat = _fat_kg(start, lean)
    spent = _spent(start, state, fat, more_kcal=intake_kcal - start.intake_kcal, move=move)
    mass = fat + lean + water + c.glycogen_with_water * glycogen
    return mass, fat, lean, water, glycogen, adapt, spent
