"""What keeps somebody safe when food is planned: floors, rates and stops, one function each. Evidence 7.6.

None of them can be switched off: there is no setting, and `food_targets` asks them all, every time.
Energy is in kcal a day, mass in kg.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import mean, median
from typing import Final, Literal

from openback.model.eating import DayIntake, FoodWishes
from openback.model.person import Person
from openback.nutrition.body_fat import body_of, lean_kg
from openback.nutrition.energy import Body, most_resting_kcal, usual_training_kcal
from openback.nutrition.safety_data import FoodQuestion, food_safety

GROWN_UP_YEARS: Final = 18
SafetyEffect = Literal[
    "least_kcal",  # `amount` is the least energy of a planned day
    "most_deficit_kcal",  # `amount` is the largest deficit
    "most_surplus_kcal",
    "most_loss_share",  # `amount` is the largest share of body mass lost in a week
    "no_deficit",  # the goal "leaner" becomes "same", and the text says why
    "stop",  # the same, and no week is planned for this goal
    "note",  # told, nothing else
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyCase:
    """All that the rules look at. `training_kcal` is what training takes beyond rest, a day of the week."""

    person: Person
    wishes: FoodWishes
    today: date
    body: Body
    lean_kg: float
    training_kcal: float
    history: Sequence[DayIntake] = ()

    @property
    def wants_less(self) -> bool:
        """Whether the wish is to be leaner."""
        return self.wishes.goal == "leaner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule says about a person: `text` is a sentence for them, `source` a key of data/sources.toml."""

    rule: str
    effect: SafetyEffect
    text: str
    source: str
    amount: float = 0.0


Rule = Callable[[SafetyCase], Iterator[Finding]]


def safety_case(
    person: Person,
    wishes: FoodWishes,
    *,
    today: date,
    mass_kg: float | None = None,
    training_kcal_per_day: float | None = None,
    history: Sequence[DayIntake] = (),
) -> SafetyCase:
    """Return what the rules look at; training that nobody measured is that of the plan."""
    body = body_of(person, today=today, mass_kg=mass_kg)
    usual = usual_training_kcal(person, body.mass_kg)
    return SafetyCase(
        person=person,
        wishes=wishes,
        today=today,
        body=body,
        lean_kg=lean_kg(body, wishes.body_fat_share),
        training_kcal=usual if training_kcal_per_day is None else training_kcal_per_day,
        history=history,
    )


# --- Floors -----------------------------------------------------------------------------------------


def minimum_energy(case: SafetyCase) -> Iterator[Finding]:
    """No day is planned under 1,200 kcal for women and 1,500 for men; the higher one where sex was not said."""
    numbers = food_safety().numbers
    kcal = numbers.female_kcal if case.body.sex == "female" else numbers.male_kcal
    text = f"Days stay at {kcal:,.0f} kcal or more: below that, food hardly brings all that a body needs."
    yield Finding(rule="minimum_energy", effect="least_kcal", amount=kcal, text=text, source="jensen_2014")


def resting_energy(case: SafetyCase) -> Iterator[Finding]:
    """No day is planned under what the body takes at rest."""
    kcal = most_resting_kcal(case.body)
    text = f"Days stay at {kcal:,.0f} kcal or more: your body takes about that much lying still."
    yield Finding(rule="resting_energy", effect="least_kcal", amount=kcal, text=text, source="mifflin_1990")


def energy_availability(case: SafetyCase) -> Iterator[Finding]:
    """After training, at least 30 kcal are left for each kilogram of fat-free mass."""
    per_kg = food_safety().numbers.availability_kcal_per_kg
    kcal = per_kg * case.lean_kg + case.training_kcal
    text = (
        f"Days stay at {kcal:,.0f} kcal or more: after training that leaves {per_kg:.0f} kcal for each kilogram of "
        "your body that is not fat, and below that hormones, bones and mood begin to save."
    )
    yield Finding(
        rule="energy_availability", effect="least_kcal", amount=kcal, text=text, source="ioc_reds_2023"
    )


# --- Rates ------------------------------------------------------------------------------------------


def largest_deficit(_case: SafetyCase) -> Iterator[Finding]:
    """A deficit is 500 kcal at most."""
    kcal = food_safety().numbers.most_deficit_kcal
    text = f"The deficit is at most {kcal:.0f} kcal a day: more than that takes muscle with it."
    yield Finding(
        rule="largest_deficit", effect="most_deficit_kcal", amount=kcal, text=text, source="murphy_2022"
    )


def fastest_loss(case: SafetyCase) -> Iterator[Finding]:
    """At most one per cent of body mass a week."""
    share = food_safety().numbers.most_share_per_week
    text = f"At most {share * case.body.mass_kg:.1f} kg a week, {100 * share:.0f} % of you: slower keeps more muscle."
    yield Finding(
        rule="fastest_loss", effect="most_loss_share", amount=share, text=text, source="garthe_2011"
    )


def largest_surplus(_case: SafetyCase) -> Iterator[Finding]:
    """A surplus is 300 kcal at most."""
    kcal = food_safety().numbers.surplus_kcal[1]
    text = f"The surplus is at most {kcal:.0f} kcal a day: muscle is not built faster with more."
    yield Finding(
        rule="largest_surplus", effect="most_surplus_kcal", amount=kcal, text=text, source="iraki_2019"
    )


# --- No deficit -------------------------------------------------------------------------------------


def no_deficit_in_pregnancy(case: SafetyCase) -> Iterator[Finding]:
    """Nobody who is pregnant eats less than a day takes."""
    week = case.person.pregnancy_week
    if week is not None:
        text = (
            f"You are in week {week} of pregnancy, so no deficit is planned: this is a time to be well fed."
        )
        yield Finding(rule="pregnancy", effect="no_deficit", text=text, source="nasem_2023")


def no_deficit_while_breastfeeding(case: SafetyCase) -> Iterator[Finding]:
    """Nobody who breastfeeds eats less than a day takes."""
    if case.wishes.lactating:
        text = "You are breastfeeding, so no deficit is planned: milk takes energy, and it comes from your plate."
        yield Finding(rule="breastfeeding", effect="no_deficit", text=text, source="nasem_2023")


def no_deficit_under_a_healthy_weight(case: SafetyCase) -> Iterator[Finding]:
    """Nobody whose body mass index is under 18.5 eats less than a day takes."""
    if case.body.bmi >= food_safety().numbers.least_bmi:
        return
    begins = f"For your height a healthy weight begins at {healthy_mass_kg(case.body):.1f} kg"
    if case.wants_less:
        text = f"{begins}, so no deficit is planned; a doctor can say what is right for you."
        yield Finding(rule="healthy_weight", effect="no_deficit", text=text, source="who_bmi")
    else:
        text = f"{begins}; the goal of more muscle plans a little more, and a doctor can say what is right for you."
        yield Finding(rule="healthy_weight", effect="note", text=text, source="who_bmi")


def target_is_reached(case: SafetyCase) -> Iterator[Finding]:
    """Where the weight that was wished is reached, it is kept."""
    target_kg = case.wishes.target_mass_kg
    if case.wants_less and target_kg is not None and case.body.mass_kg <= target_kg:
        text = f"You are at the weight that you wished for, {target_kg:g} kg, so the plan keeps you there."
        yield Finding(rule="target_reached", effect="no_deficit", text=text, source="project default")


# --- Stops ------------------------------------------------------------------------------------------


def warning_signs(case: SafetyCase) -> Iterator[Finding]:
    """A yes to a question of `data/food_safety.toml` stops a deficit, and is told of with any other goal."""
    for question in asked_questions(case.person):
        if not case.wishes.warnings.get(question.id):
            continue
        if case.wants_less and question.effect == "stop":
            text = f"{question.reason} {question.see}"
            yield Finding(rule=question.id, effect="stop", text=text, source=question.source)
        else:
            yield Finding(rule=question.id, effect="note", text=question.note, source=question.source)


def too_young(case: SafetyCase) -> Iterator[Finding]:
    """Nobody under 18 is put in a deficit."""
    if case.body.age_years >= GROWN_UP_YEARS:
        return
    if case.wants_less:
        text = (
            "You are still growing, so Openback plans no deficit before 18. Choose “stay as I am” and the week is "
            "planned with all you need; if weight worries you, a doctor is the one to ask."
        )
        yield Finding(rule="too_young", effect="stop", text=text, source="project default")
    text = "The figures are for grown-ups: while you grow you may need more, so eat when you are hungry."
    yield Finding(rule="young", effect="note", text=text, source="iom_dri")


def losing_too_fast(case: SafetyCase) -> Iterator[Finding]:
    """Who lost more than one per cent a week for three weeks running eats no less for now."""
    numbers = food_safety().numbers
    if not _lost_each_week(case.history, numbers.weeks, numbers.share_per_week, numbers.weights_per_week):
        return
    text = (
        f"You have lost more than {100 * numbers.share_per_week:.0f} % of your weight in each of the last {numbers.weeks} "
        "weeks."
    )
    if case.wants_less:
        text += (
            " That is faster than muscles like, so the plan pauses the deficit until your weight is steadier."
        )
        yield Finding(rule="losing_too_fast", effect="stop", text=text, source="garthe_2011")
    else:
        text += " If you did not mean to, please see a doctor."
        yield Finding(rule="losing_too_fast", effect="note", text=text, source="garthe_2011")


def low_availability_lately(case: SafetyCase) -> Iterator[Finding]:
    """Two weeks of logged days under 30 kcal for each kilogram of fat-free mass stop a deficit."""
    numbers = food_safety().numbers
    since = case.today - timedelta(days=numbers.availability_days)
    logged = [
        day.energy_kcal
        for day in case.history
        if day.energy_kcal is not None and since <= day.on < case.today
    ]
    if len(logged) < numbers.logged_days:
        return
    left = available_kcal_per_kg(mean(logged), training_kcal=case.training_kcal, lean_kg=case.lean_kg)
    if left >= numbers.availability_kcal_per_kg:
        return
    text = (
        f"Over the last two weeks your log leaves about {left:.0f} kcal a day for each kilogram of your body that "
        f"is not fat; from {numbers.availability_kcal_per_kg:.0f} on, hormones and bones are safe."
    )
    if case.wants_less:
        text += " So the plan pauses the deficit; if the log is not whole, mark the days that are."
        yield Finding(rule="low_availability", effect="stop", text=text, source="ioc_reds_2023")
    else:
        yield Finding(rule="low_availability", effect="note", text=text, source="ioc_reds_2023")


RULES: Final[tuple[Rule, ...]] = (
    minimum_energy,
    resting_energy,
    energy_availability,
    largest_deficit,
    fastest_loss,
    largest_surplus,
    no_deficit_in_pregnancy,
    no_deficit_while_breastfeeding,
    no_deficit_under_a_healthy_weight,
    target_is_reached,
    warning_signs,
    too_young,
    losing_too_fast,
    low_availability_lately,
)


def findings(case: SafetyCase) -> tuple[Finding, ...]:
    """Return what every rule says, in the order of the rules."""
    return tuple(finding for rule in RULES for finding in rule(case))


def food_stops(
    person: Person, wishes: FoodWishes, history: Sequence[DayIntake] = (), *, today: date
) -> tuple[str, ...]:
    """Return the kind sentences that stop a plan for this goal; none when it may be planned."""
    case = safety_case(person, wishes, today=today, history=history)
    return tuple(finding.text for finding in findings(case) if finding.effect == "stop")


def asked_questions(person: Person) -> tuple[FoodQuestion, ...]:
    """Return the questions about eating safely that this person is asked, in order."""
    return tuple(
        question
        for question in food_safety().questions
        if question.asked_if == "always" or person.sex != "male"
    )


# --- What the rules count with ----------------------------------------------------------------------


def available_kcal_per_kg(intake_kcal: float, *, training_kcal: float, lean_kg: float) -> float:
    """Return the energy availability: what is left after training, for each kilogram of fat-free mass."""
    return (intake_kcal - training_kcal) / lean_kg


def healthy_mass_kg(body: Body) -> float:
    """Return the weight at which a healthy body mass index begins."""
    return food_safety().numbers.least_bmi * (body.height_cm / 100) ** 2


def _lost_each_week(history: Sequence[DayIntake], weeks: int, share: float, least: int) -> bool:
    """Return whether the medians of the last weeks each lie more than `share` under the one before."""
    weighed = [(day.on, day.mass_kg) for day in history if day.mass_kg is not None]
    if not weighed:
        return False
    last = max(on for on, _ in weighed)
    blocks = [
        [kg for on, kg in weighed if 7 * back <= (last - on).days < 7 * (back + 1)]
        for back in range(weeks, -1, -1)
    ]
    if any(len(block) < least for block in blocks):
        return False
    middle = [median(block) for block in blocks]
    return all(after < before * (1 - share) for before, after in pairwise(middle))
