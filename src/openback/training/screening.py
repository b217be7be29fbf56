"""Screening: the questions before training, what stops, and what changes the choice of exercises.

Not a diagnosis: a yes to a warning sign stops and says whom to see. Evidence 5.1 to 5.5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal, cast, get_args

from openback.datafile import Table, read_table
from openback.model.exercise import Catalogue, Exercise
from openback.model.person import Person, Profile
from openback.model.programme import Screened, ScreeningReason

Effect = Literal["stop", "clearance", "clears", "caution"]
AskedIf = Literal["always", "pregnant", "after_birth", "needs_clearance"]
Clears = Literal["conditions", "birth"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of `data/screening.toml`; `signs` are listed under it, one is enough for a yes."""

    id: str
    group: str
    text: str
    signs: tuple[str, ...]
    effect: Effect
    urgent: bool
    rank: int
    asked_if: AskedIf
    reason: str
    see: str
    avoid: tuple[str, ...]  # keys of KINDS
    clears: Clears | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRules:
    """The numbers of the screening, from `data/screening.toml`."""

    youngest_years: int
    grown_up_years: int
    careful_rir: int
    supine_from_week: int
    prone_from_week: int
    hanging_from_week: int
    after_birth_gentle_weeks: int
    after_birth_light_weeks: int
    gentle_sets_per_week: int
    complaint_rir: Mapping[str, int]
    arms_below_with: tuple[str, ...]  # complaints that keep the arms below the shoulders at first


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """All questions, in the order of asking, and the rules beside them."""

    items: tuple[Question, ...]
    rules: ScreeningRules

    def __getitem__(self, question_id: str) -> Question:
        return next(question for question in self.items if question.id == question_id)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in the order of asking."""
        return tuple(question.id for question in self.items)


# Kinds of exercise that an answer can leave out, with the words that say what the exercise is.
KINDS: Final[Mapping[str, tuple[Callable[[Exercise], bool], str]]] = {
    "heavy": (lambda e: e.safety.heavy, "it invites heavy loads and held breath"),
    "inverted": (lambda e: e.safety.inverted, "it puts the head below the heart"),
    "overhead": (lambda e: e.safety.overhead, "it lifts the hands above the head"),
    "hanging": (lambda e: e.safety.position == "hanging", "it hangs from a bar"),
    "plank": (lambda e: e.safety.position == "plank", "it rests on the hands like a plank"),
    "supine": (lambda e: e.safety.position == "supine", "it is done lying on the back"),
    "prone": (lambda e: e.safety.position == "prone", "it is done face down"),
    "loaded": (lambda e: e.load in {"stack", "barbell", "dumbbell_each", "assist"}, "it uses weights"),
}


def _question(table: Table) -> Question:
    effect, asked_if = table.text("effect"), table.text("asked_if", "always")
    clears = table.text("clears", "")
    avoid = table.words("avoid")
    for key, value, allowed in (
        ("effect", effect, get_args(Effect)),
        ("asked_if", asked_if, get_args(AskedIf)),
        ("clears", clears, ("", *get_args(Clears))),
        *(("avoid", kind, tuple(KINDS)) for kind in avoid),
    ):
        if value not in allowed:
            table.note(key, f"is {value!r}, it must be one of {', '.join(filter(None, allowed))}")
    return Question(
        id=table.text("id"),
        group=table.text("group"),
        text=table.text("text"),
        signs=table.words("signs"),
        effect=cast(Effect, effect),
        urgent=table.flag("urgent"),
        rank=table.whole("rank"),
        asked_if=cast(AskedIf, asked_if),
        reason=table.text("reason"),
        see=table.text("see"),
        avoid=avoid,
        clears=cast(Clears, clears) if clears else None,
        sources=table.words("sources"),
    )


def _rules(table: Table, complaint_rir: Mapping[str, float]) -> ScreeningRules:
    return ScreeningRules(
        youngest_years=table.whole("youngest_years"),
        grown_up_years=table.whole("grown_up_years"),
        careful_rir=table.whole("careful_rir"),
        supine_from_week=table.whole("supine_from_week"),
        prone_from_week=table.whole("prone_from_week"),
        hanging_from_week=table.whole("hanging_from_week"),
        after_birth_gentle_weeks=table.whole("after_birth_gentle_weeks"),
        after_birth_light_weeks=table.whole("after_birth_light_weeks"),
        gentle_sets_per_week=table.whole("gentle_sets_per_week"),
        complaint_rir={key: int(rir) for key, rir in complaint_rir.items()},
        arms_below_with=table.words("arms_below_with"),
    )


def questions_from(text: str | None = None) -> Questions:
    """Return the questions written in `text` (in `data/screening.toml` when None).

    Raises BadDataFile with every problem of it.
    """
    root = read_table("screening.toml", text)
    items = tuple(_question(table) for table in root.tables("question"))
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            root.note(f"question {item.id}", "is there twice")
        seen.add(item.id)
    rules = _rules(root.table("rules"), root.numbers("complaint_rir"))
    root.settle()
    return Questions(items=items, rules=rules)


@cache
def load_questions() -> Questions:
    """Return the questions of `data/screening.toml`; raise BadDataFile with every problem of it."""
    return questions_from()


def asked(profile: Profile, questions: Questions) -> tuple[Question, ...]:
    """Return the questions that this person is asked, in order, given the answers so far."""
    person, answers = profile.person, profile.screening
    needs = any(q.effect == "clearance" and answers.get(q.id) for q in questions.items)
    due: dict[AskedIf, bool] = {
        "always": True,
        "pregnant": person.pregnancy_week is not None,
        "after_birth": person.weeks_since_birth is not None,
        "needs_clearance": needs,
    }
    return tuple(q for q in questions.items if due[q.asked_if])


def screen(profile: Profile, catalogue: Catalogue, questions: Questions, today: date) -> Screened:
    """Return what stops this person, what is left out for them and why, and what they are told.

    Never raises on answers: an unknown question id is `check_profile`'s to refuse, and is passed over here.
    """
    person, rules = profile.person, questions.rules
    yes = [q for q in asked(profile, questions) if profile.screening.get(q.id)]
    gentle = _gentle(person, yes, rules)
    kinds = _kinds_left_out(person, yes, rules, gentle=gentle)
    banned = _banned(person, catalogue, kinds, rules)
    preferred = frozenset(
        e.id
        for e in catalogue.exercises.values()
        if e.id not in banned and set(e.safety.prefer_with) & set(person.complaints)
    )
    return Screened(
        stops=tuple(sorted(_stops(person, yes, rules, today), key=lambda stop: (not stop.urgent, stop.rank))),
        notes=tuple(_notes(profile, catalogue, questions, yes, gentle=gentle, today=today)),
        banned=banned,
        preferred=preferred,
        rir_floor=_rir_floor(person, yes, rules, today),
        set_cap_per_week=rules.gentle_sets_per_week if gentle else None,
    )


def _reason(question: Question) -> ScreeningReason:
    return ScreeningReason(
        id=question.id, text=question.reason, see=question.see, urgent=question.urgent, rank=question.rank
    )


def _cleared(yes: list[Question], what: Clears) -> bool:
    return any(question.clears == what for question in yes)


def _stops(
    person: Person, yes: list[Question], rules: ScreeningRules, today: date
) -> Iterator[ScreeningReason]:
    cleared = _cleared(yes, "conditions")
    for question in yes:
        if question.effect == "stop" or (question.effect == "clearance" and not cleared):
            yield _reason(question)
    age = person.age_years(today)
    if age < rules.youngest_years:
        yield ScreeningReason(
            id="too_young",
            text=f"At {age} strength training is good, but with somebody who teaches it beside you; "
            f"Openback plans from {rules.youngest_years} years on.",
            see="Ask at school or in a club for a coach who trains young people.",
            urgent=False,
            rank=90,
        )


def _gentle(person: Person, yes: list[Question], rules: ScreeningRules) -> bool:
    weeks = person.weeks_since_birth
    return weeks is not None and weeks < rules.after_birth_gentle_weeks and not _cleared(yes, "birth")


def _kinds_left_out(
    person: Person, yes: list[Question], rules: ScreeningRules, *, gentle: bool
) -> dict[str, str]:
    """Return kind -> the reason why it is left out, the first reason found."""
    kinds: dict[str, str] = {}
    week = person.pregnancy_week
    if week is not None:
        since = f"you are in week {week} of pregnancy"
        kinds["heavy"] = since
        limits = {
            "supine": rules.supine_from_week,
            "prone": rules.prone_from_week,
            "hanging": rules.hanging_from_week,
        }
        kinds |= {kind: since for kind, first in limits.items() if week >= first}
    weeks = person.weeks_since_birth
    if weeks is not None:
        since = f"you gave birth {weeks} week{'' if weeks == 1 else 's'} ago"
        if weeks < rules.after_birth_light_weeks:
            kinds.setdefault("heavy", since)
        if gentle:
            kinds |= dict.fromkeys(("heavy", "loaded", "hanging", "plank"), since)
    for question in yes:
        for kind in question.avoid:
            kinds.setdefault(kind, "your answers to the health questions ask for care")
    return kinds


def _banned(
    person: Person, catalogue: Catalogue, kinds: Mapping[str, str], rules: ScreeningRules
) -> dict[str, str]:
    banned: dict[str, str] = {}
    for exercise in catalogue.exercises.values():
        sore = [c for c in person.complaints if _is_sore_for(exercise, c, rules)]
        left_out = [kind for kind in kinds if KINDS[kind][0](exercise)]
        if sore:
            banned[exercise.id] = (
                f"{exercise.name} is left out because of this: {_complaint(catalogue, sore[0])}."
            )
        elif left_out:
            what, since = KINDS[left_out[0]][1], kinds[left_out[0]]
            banned[exercise.id] = f"{exercise.name} is left out: {what}, and {since}."
    return banned


def _is_sore_for(exercise: Exercise, complaint: str, rules: ScreeningRules) -> bool:
    """Return whether a complaint leaves an exercise out: by its file, or because the arms go up.

    What an exercise's file recommends for the complaint stays, up to where it is free of pain (evidence 5.5).
    """
    arms_up = complaint in rules.arms_below_with and exercise.safety.overhead
    recommended = complaint in exercise.safety.prefer_with
    return complaint in exercise.safety.avoid_with or (arms_up and not recommended)


def _complaint(catalogue: Catalogue, complaint_id: str) -> str:
    known = catalogue.complaints.get(complaint_id)
    name = known.name if known else complaint_id.replace("_", " ")
    return name[:1].lower() + name[1:]


def _rir_floor(person: Person, yes: list[Question], rules: ScreeningRules, today: date) -> int:
    careful = (
        any(q.effect == "clearance" for q in yes),
        person.pregnancy_week is not None,
        person.weeks_since_birth is not None and person.weeks_since_birth < rules.after_birth_light_weeks,
        person.age_years(today) < rules.grown_up_years,
    )
    floors = [rules.complaint_rir.get(complaint, 0) for complaint in person.complaints]
    return max([rules.careful_rir if any(careful) else 0, *floors])


def _notes(
    profile: Profile,
    catalogue: Catalogue,
    questions: Questions,
    yes: list[Question],
    *,
    gentle: bool,
    today: date,
) -> Iterator[str]:
    yield from _unanswered(profile, questions)
    rules, person = questions.rules, profile.person
    for question in yes:
        if question.effect in {"clears", "caution"}:
            yield question.reason
    for complaint in person.complaints:
        if known := catalogue.complaints.get(complaint):
            yield f"{known.name}: {known.rule}"
    yield from _pregnancy_notes(person, rules)
    yield from _after_birth_notes(person, rules, gentle=gentle)
    if rules.youngest_years <= person.age_years(today) < rules.grown_up_years:
        yield (
            f"Under {rules.grown_up_years}: train with a grown-up who knows the lifts near you, "
            f"and keep at least {rules.careful_rir} reps in reserve."
        )


def _unanswered(profile: Profile, questions: Questions) -> Iterator[str]:
    due = [q for q in asked(profile, questions) if q.effect != "clears"]
    missing = [q for q in due if q.id not in profile.screening]
    if len(missing) == len(due):
        yield "The health questions were not answered; please answer them before the first session."
    elif missing:
        yield (
            f"{len(missing)} of {len(due)} health questions were not answered; "
            "please answer them before the first session."
        )


def _pregnancy_notes(person: Person, rules: ScreeningRules) -> Iterator[str]:
    week = person.pregnancy_week
    if week is None:
        return
    yield (
        f"Week {week} of pregnancy: no maximal loads, no held breath, and at least {rules.careful_rir} reps in "
        "reserve; stop and call your midwife or doctor if you bleed, leak fluid, feel faint or have contractions."
    )
    if week >= rules.prone_from_week:
        yield "Nothing is done lying face down; standing, seated and incline-supported work takes its place."
    if week >= rules.supine_from_week:
        yield "Nothing is done lying flat on the back."


def _after_birth_notes(person: Person, rules: ScreeningRules, *, gentle: bool) -> Iterator[str]:
    weeks = person.weeks_since_birth
    if weeks is None or weeks >= rules.after_birth_light_weeks:
        return
    if gentle:
        yield (
            f"Fewer than {rules.after_birth_gentle_weeks} weeks after birth, and nobody has checked you yet: "
            "gentle work without weights only."
        )
    yield (
        f"Until {rules.after_birth_light_weeks} weeks after birth nothing is heavy, with at least "
        f"{rules.careful_rir} reps in reserve; leaking, heaviness or bulging means less, and a check-up."
    )
