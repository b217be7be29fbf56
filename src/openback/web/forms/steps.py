"""The questions in their order. Each reads its own form into the draft and knows when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, cast, get_args

from openback.model.person import Experience, Goal, Sex
from openback.training.screening import Question
from openback.units import Units, cm_from_in, kg_from_lb
from openback.web.forms.draft import Draft, PlaceDraft
from openback.web.forms.fields import Fields
from openback.web.forms.places import PRESETS, needs_loads, read_loads

MINUTES: Final = (10, 20, 30, 45, 60, 75, 90)
GOALS: Final[dict[Goal, tuple[str, str, str]]] = {
    "posture": ("Stand and sit taller", "Stronger between the shoulder blades", "person-standing"),
    "tone": ("A toned back", "Shape and definition that show", "sparkles"),
    "pain_relief": ("Less neck and shoulder ache", "Strength is well shown to ease it", "heart-pulse"),
    "keep_muscle": ("Keep muscle with age", "So that bags, stairs and years stay light", "shield-check"),
    "first_pull_up": ("My first pull-up", "Or my next ones", "trending-up"),
}
EXPERIENCE: Final[dict[Experience, tuple[str, str]]] = {
    "new": ("New to it", "Never, or not for a long time"),
    "some": ("Some", "On and off, or for less than a year"),
    "trained": ("Trained", "Regularly, for a year or more"),
}
SEXES: Final[dict[Sex, str]] = {"female": "Female", "male": "Male", "unspecified": "Not said"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a step may need besides its form: today, the questions of the screening, the place's number."""

    today: date
    questions: tuple[Question, ...]
    kit: frozenset[str]
    complaints: frozenset[str]
    place: int = 0


Read = Callable[[Fields, Draft, Asking], Draft]


def _always(_draft: Draft, _asking: Asking) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question: a page of its own. `label` names it in Settings."""

    id: str
    label: str
    question: str
    why: str
    read: Read
    asked: Callable[[Draft, Asking], bool] = _always


def _read_you(fields: Fields, draft: Draft, asking: Asking) -> Draft:
    first = asking.today - timedelta(days=365 * 110)
    birth_date = fields.day("birth", "Your birth date", first, asking.today)
    sex = fields.one_of("sex", get_args(Sex), "Choose female, male or not said.")
    state = "neither" if sex == "male" else draft.state
    changes = {"name": fields.text("name"), "sex": sex or draft.sex, "birth_date": birth_date, "state": state}
    return draft.model_copy(update=changes)


def _read_body(fields: Fields, draft: Draft, _asking: Asking) -> Draft:
    return draft.model_copy(
        update={"height_cm": read_height(fields, draft.units), "mass_kg": read_mass(fields, draft.units)}
    )


def read_height(fields: Fields, units: Units) -> float | None:
    """Return centimetres from the fields of the person's units."""
    if units == "metric":
        return fields.number("height_cm", "Your height", 100, 250, "cm")
    feet = fields.number("height_ft", "Your height in feet", 3, 8, "ft")
    inches = fields.number_or_none("height_in", "The inches", 0, 11.9, unit="in") or 0
    return None if feet is None else round(cm_from_in(feet * 12 + inches), 1)


def read_mass(fields: Fields, units: Units) -> float | None:
    """Return kilograms from the field of the person's units."""
    if units == "metric":
        return fields.number("mass", "Your weight", 25, 300, "kg")
    mass_lb = fields.number("mass", "Your weight", 55, 660, "lb")
    return None if mass_lb is None else round(kg_from_lb(mass_lb), 3)


def _read_experience(fields: Fields, draft: Draft, _asking: Asking) -> Draft:
    level = fields.one_of("experience", get_args(Experience), "Choose one of the three.")
    return draft.model_copy(update={"experience": level or draft.experience})


def _read_goals(fields: Fields, draft: Draft, _asking: Asking) -> Draft:
    first = fields.one_of("first", tuple(GOALS), "Choose what matters most.")
    also = [goal for goal in GOALS if goal in fields.many("also") and goal != first]
    goals = cast("tuple[Goal, ...]", (first, *also)) if first else draft.goals
    return draft.model_copy(update={"goals": goals, "desk_job": fields.has("desk_job")})


def _read_time(fields: Fields, draft: Draft, _asking: Asking) -> Draft:
    days = fields.number("days", "The number of days", 1, 6)
    minutes = fields.number("minutes", "The time of a session", 10, 90, "minutes")
    return draft.model_copy(
        update={
            "days_per_week": int(days or draft.days_per_week),
            "minutes_per_session": int(minutes or draft.minutes_per_session),
        }
    )


def _read_place(fields: Fields, draft: Draft, asking: Asking) -> Draft:
    preset = next((one for one in PRESETS if one.id == fields.text("preset")), None)
    if preset is None:
        fields.problems.append("Choose where you train.")
        return draft
    taken = [place.name for number, place in enumerate(draft.places) if number != asking.place]
    place = PlaceDraft(preset=preset.id, name=_free_name(preset.place, taken), kit=tuple(sorted(preset.kit)))
    before = draft.places[asking.place] if asking.place < len(draft.places) else None
    # Going back and forth must not lose what was ticked: the same quick start keeps the place as it is.
    if before is not None and before.preset == preset.id:
        place = before
    return draft.with_place(asking.place, place)


def _free_name(name: str, taken: list[str]) -> str:
    """Return the name, with a number behind it when it is taken: `Home 2`."""
    if not name or name not in taken:
        return name
    return next(free for number in range(2, 100) if (free := f"{name} {number}") not in taken)


def _read_kit(fields: Fields, draft: Draft, asking: Asking) -> Draft:
    before = draft.places[asking.place]
    name = fields.text("place_name") or before.name
    others = [place.name for number, place in enumerate(draft.places) if number != asking.place]
    if not name:
        fields.problems.append("Give the place a name, such as Home or Work.")
    if name in others:
        fields.problems.append(f"There is another place called {name}; give this one a name of its own.")
    kit = tuple(sorted(set(fields.many("kit")) & asking.kit))
    return draft.with_place(asking.place, before.model_copy(update={"name": name, "kit": kit}))


def _read_loads(fields: Fields, draft: Draft, asking: Asking) -> Draft:
    return draft.with_place(asking.place, read_loads(fields, draft.places[asking.place], draft.units))


def _has_loads(draft: Draft, asking: Asking) -> bool:
    return asking.place < len(draft.places) and needs_loads(draft.places[asking.place].kit)


def _read_sore(fields: Fields, draft: Draft, asking: Asking) -> Draft:
    known = [one for one in fields.many("complaint") if one in asking.complaints]
    return draft.model_copy(update={"complaints": tuple(known)})


def _read_pregnancy(fields: Fields, draft: Draft, _asking: Asking) -> Draft:
    state = fields.one_of("state", ("neither", "pregnant", "after_birth"), "Choose one of the three.")
    week = after = None
    if state == "pregnant":
        week = fields.number("pregnancy_week", "The week of pregnancy", 1, 42)
    if state == "after_birth":
        after = fields.number("weeks_since_birth", "The weeks since birth", 0, 52)
    return draft.model_copy(
        update={
            "state": state or draft.state,
            "pregnancy_week": None if week is None else int(week),
            "weeks_since_birth": None if after is None else int(after),
        }
    )


def due(questions: Iterable[Question], draft: Draft) -> tuple[Question, ...]:
    """Return the questions of the screening that this person is asked, given the answers so far."""
    needs = any(q.effect == "clearance" and draft.screening.get(q.id) for q in questions)
    asked = (
        {"always"} | {"pregnant", "after_birth"} & {draft.state} | ({"needs_clearance"} if needs else set())
    )
    return tuple(q for q in questions if q.asked_if in asked)


# Which questions of the screening share a page.
PAGES: Final[dict[str, Callable[[Question], bool]]] = {
    "signs": lambda q: q.asked_if == "always" and q.effect == "stop",
    "health": lambda q: q.asked_if == "always" and q.effect != "stop",
    "pregnancy_health": lambda q: q.asked_if == "pregnant",
    "birth_health": lambda q: q.asked_if == "after_birth",
    "cleared": lambda q: q.asked_if == "needs_clearance",
}


def questions_on(page: str, asking: Asking, draft: Draft) -> tuple[Question, ...]:
    """Return the questions that one page of the screening asks this person."""
    belongs = PAGES.get(page)
    return tuple(q for q in due(asking.questions, draft) if belongs is not None and belongs(q))


def _screening(page: str) -> tuple[Read, Callable[[Draft, Asking], bool]]:
    """Return how a page of the screening is read, and when it is asked."""

    def read(fields: Fields, draft: Draft, asking: Asking) -> Draft:
        asked = questions_on(page, asking, draft)
        yes = set(fields.many("yes"))
        answers = draft.screening | {q.id: q.id in yes for q in asked}
        return draft.model_copy(update={"screening": answers})

    def shown(draft: Draft, asking: Asking) -> bool:
        return bool(questions_on(page, asking, draft))

    return read, shown


def _screening_step(page: str, *, label: str, question: str, why: str) -> Step:
    read, shown = _screening(page)
    return Step(id=page, label=label, question=question, why=why, read=read, asked=shown)


STEPS: Final = (
    Step(
        id="you",
        label="You",
        question="First, a little about you",
        why="Age and sex set your first loads. They stay on this machine.",
        read=_read_you,
    ),
    Step(
        id="body",
        label="Height and weight",
        question="How tall are you, and what do you weigh?",
        why="Your first loads are a share of your weight. Nobody is judging it, least of all this page.",
        read=_read_body,
    ),
    Step(
        id="experience",
        label="Experience",
        question="How used are you to strength training?",
        why="It sets how many sets a muscle gets, and how careful the first two weeks are.",
        read=_read_experience,
    ),
    Step(
        id="goals",
        label="Goals",
        question="What matters most to you?",
        why="The first goal weighs most when exercises are chosen.",
        read=_read_goals,
    ),
    Step(
        id="time",
        label="Days and minutes",
        question="How much time do you have?",
        why="Two days are enough to grow stronger; the plan makes the most of what there is.",
        read=_read_time,
    ),
    Step(
        id="place",
        label="Place",
        question="Where will you train?",
        why="Only exercises that this place allows are planned. You can add more places.",
        read=_read_place,
    ),
    Step(
        id="kit",
        label="Kit",
        question="What is there?",
        why="Tick what you can use. Anything that is missing is never planned.",
        read=_read_kit,
        asked=lambda draft, asking: asking.place < len(draft.places),
    ),
    Step(
        id="loads",
        label="Loads",
        question="Which weights are there?",
        why="The next weight is always one that you really have. Leave empty what you do not know.",
        read=_read_loads,
        asked=_has_loads,
    ),
    Step(
        id="sore",
        label="Sore spots",
        question="Is anything sore or fragile?",
        why="Exercises that do not suit it are left out, and kinder ones take their place.",
        read=_read_sore,
    ),
    Step(
        id="pregnancy",
        label="Pregnancy and birth",
        question="Are you pregnant, or have you given birth in the last year?",
        why="Both change what is wise, and neither rules training out.",
        read=_read_pregnancy,
        asked=lambda draft, _asking: draft.sex != "male",
    ),
    _screening_step(
        "signs",
        label="Warning signs",
        question="Is any of this true for you right now?",
        why="These are rare, and each one needs a clinician before training. Tick what is true; leave the rest.",
    ),
    _screening_step(
        "health",
        label="Your health",
        question="And is any of this true for you?",
        why="With one of these somebody who knows it should agree first. Tick what is true; leave the rest.",
    ),
    _screening_step(
        "pregnancy_health",
        label="Pregnancy checks",
        question="About your pregnancy",
        why="Training is good for most pregnancies; these are the exceptions. Tick what is true; leave the rest.",
    ),
    _screening_step(
        "birth_health",
        label="After birth",
        question="About the weeks since the birth",
        why="So that the start is as gentle as it should be. Tick what is true; leave the rest.",
    ),
    _screening_step(
        "cleared",
        label="Go-ahead",
        question="Have you talked it over?",
        why="With a go-ahead the plan stays light to moderate. Without one it waits for you.",
    ),
)


def step_called(step_id: str) -> Step | None:
    """Return the step of an id, or None."""
    return next((step for step in STEPS if step.id == step_id), None)


def path_of(draft: Draft, asking: Asking) -> tuple[Step, ...]:
    """Return the steps that this person is asked, in order."""
    return tuple(step for step in STEPS if step.asked(draft, asking))
