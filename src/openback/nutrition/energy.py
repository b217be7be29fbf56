"""What a body takes in energy, from equations: at rest, in a whole day, and in training. Evidence 7.1 and 7.2.

Energy is in kcal a day, mass in kg, height in cm, age in years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openback.model.eating import Activity, FoodWishes
from openback.model.person import Person, Sex
from openback.nutrition.energy_data import (
    ACTIVITIES,
    BodySex,
    Line,
    Resting,
    RestingLean,
    energy_data,
)

GROWN_UP_YEARS: Final = 19  # from here on the equations of whole days hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What the equations ask for. `sex` may be unspecified: then both sexes' equations are taken."""

    sex: Sex
    age_years: float
    height_cm: float
    mass_kg: float

    @property
    def bmi(self) -> float:
        """The body mass index, kg for each square metre."""
        return self.mass_kg / (self.height_cm / 100) ** 2

    @property
    def sexes(self) -> tuple[BodySex, ...]:
        """The sexes whose figures count: one, or both where it was not said."""
        return ("female", "male") if self.sex == "unspecified" else (self.sex,)


# --- At rest ----------------------------------------------------------------------------------------


def resting_kcal(body: Body, equation: Resting = "mifflin_st_jeor") -> float:
    """Return the energy at rest; the mean of both sexes' where sex was not said."""
    lines = energy_data().resting[equation].lines
    return _mean([_sum(lines[sex], body) for sex in body.sexes])


def most_resting_kcal(body: Body) -> float:
    """Return the energy at rest for a floor: the larger of both sexes' where sex was not said."""
    lines = energy_data().resting["mifflin_st_jeor"].lines
    return max(_sum(lines[sex], body) for sex in body.sexes)


def resting_from_lean_kcal(lean_kg: float, equation: RestingLean = "katch_mcardle") -> float:
    """Return the energy at rest of so much fat-free mass."""
    line = energy_data().resting_lean[equation]
    return line.constant + line.lean * lean_kg


# --- In a whole day ---------------------------------------------------------------------------------


def requirement_kcal(body: Body, activity: Activity) -> float:
    """Return the energy of a day by the equations of 2023, for grown-ups who are not pregnant."""
    lines = energy_data().requirement
    return _mean([_sum(lines[sex][activity], body) for sex in body.sexes])


def pregnancy_kcal(body: Body, activity: Activity, *, week: int) -> float:
    """Return the energy of a day in pregnancy, what is laid down included.

    In the first trimester it is that of everybody. `body` is as it is now; what is laid down goes by the body
    mass index before pregnancy, which is taken to be today's where nobody asked.
    """
    data = energy_data()
    if week < data.motherhood.second_trimester_week:
        return requirement_kcal(body, activity)
    laid_down = data.motherhood.laid_down_kcal[bmi_class(body.bmi)]
    return _sum(data.pregnant[activity], body, week) + laid_down


def lactation_kcal(body: Body, activity: Activity, *, weeks_since_birth: int | None) -> float:
    """Return the energy of a day while breastfeeding; unknown weeks count as the first half-year."""
    extra = energy_data().motherhood
    early = weeks_since_birth is None or weeks_since_birth < extra.first_half_year_weeks
    return requirement_kcal(body, activity) + (extra.first_half_year_kcal if early else extra.later_kcal)


def old_requirement_kcal(body: Body, activity: Activity) -> float:
    """Return the energy of a day by the equation of 2005."""
    equations = energy_data().old

    def one(sex: BodySex) -> float:
        e = equations[sex]
        moved = e.mass * body.mass_kg + e.height * body.height_cm / 100
        return e.constant + e.age * body.age_years + e.pa[activity] * moved

    return _mean([one(sex) for sex in body.sexes])


def bmi_class(bmi: float) -> str:
    """Return the class of a body mass index: underweight, normal, overweight or obese (WHO)."""
    limits = ((18.5, "underweight"), (25.0, "normal"), (30.0, "overweight"))
    return next((name for limit, name in limits if bmi < limit), "obese")


# --- Training ---------------------------------------------------------------------------------------


def training_kcal(mass_kg: float, *, minutes: float, met: float, net: bool = True) -> float:
    """Return what training takes: (MET - 1) * kg * hours, beyond rest; with rest when not `net`."""
    return (met - (1 if net else 0)) * mass_kg * minutes / 60


def training_by_oxygen_kcal(mass_kg: float, *, minutes: float, met: float) -> float:
    """Return what training takes with rest, from 3.5 mL of oxygen for a MET: MET * 3.5 * kg / 200 * minutes."""
    return met * 3.5 * mass_kg / 200 * minutes


def usual_training_kcal(person: Person, mass_kg: float) -> float:
    """Return what a person's planned training takes in a day beyond rest, averaged over the week."""
    met = energy_data().mets["weights"].met
    minutes = person.days_per_week * person.minutes_per_session / 7
    return training_kcal(mass_kg, minutes=minutes, met=met)


# --- A person ---------------------------------------------------------------------------------------


def usual_activity(person: Person, wishes: FoodWishes) -> Activity:
    """Return the activity that was chosen, else that of the desk job and the training days."""
    if wishes.activity is not None:
        return wishes.activity
    lifted = person.days_per_week >= energy_data().days_that_lift
    return ACTIVITIES[(0 if person.desk_job else 1) + lifted]


def estimated_kcal(person: Person, wishes: FoodWishes, body: Body) -> tuple[float, float, float]:
    """Return low, best and high of the energy of a day by the equations: an 80 % band."""
    activity, data = usual_activity(person, wishes), energy_data()
    if person.pregnancy_week is not None:
        best = pregnancy_kcal(body, activity, week=person.pregnancy_week)
    elif wishes.lactating:
        best = lactation_kcal(body, activity, weeks_since_birth=person.weeks_since_birth)
    else:
        best = requirement_kcal(body, activity)
    best = max(best, most_resting_kcal(body))  # a straight line may leave the people it was fitted on
    spread = data.prior.band_z * prior_sd_share(body) * best
    return best - spread, best, best + spread


def prior_sd_share(body: Body) -> float:
    """Return how far people differ from the equation, as a share of a day's energy (standard deviation)."""
    prior = energy_data().prior
    if body.sex == "unspecified":
        return prior.sd_share_unspecified
    return prior.sd_share_young if body.age_years < GROWN_UP_YEARS else prior.sd_share


def _sum(line: Line, body: Body, week: int = 0) -> float:
    return (
        line.constant
        + line.mass * body.mass_kg
        + line.height * body.height_cm
        + line.age * body.age_years
        + line.week * week
    )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
