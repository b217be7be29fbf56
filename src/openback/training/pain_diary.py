"""The pain diary: when to stop and see a clinician, what to keep an eye on, and what repeated pain changes.

Not a diagnosis. Every rule is one function of the notes; the numbers and words stand in `data/pain.toml`
(evidence 5.2). A rule may only add advice: none takes away what another found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Final, Literal

from openback.model.journal import PainNote
from openback.model.person import Person
from openback.training.pain_book import PainBook, Sign, load_pain

AdviceKind = Literal["stop", "care", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do: "stop" before anything else, "care" to keep an eye on, "info" to know.

    `see` says whom to see, empty for nobody; `place` is what it is about, empty for the whole; `rank` orders, 0 is
    the most urgent. `urgent` ones are for now.
    """

    kind: AdviceKind
    text: str
    see: str
    rank: int
    place: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """What the rules read: the notes, oldest first and none of the days to come, each with its local day."""

    notes: tuple[tuple[date, PainNote], ...]
    person: Person | None
    today: date
    book: PainBook

    def at(self, place: str, days: int | None = None) -> list[tuple[date, PainNote]]:
        """Return the notes of one place, of the last so many days."""
        since = date.min if days is None else self.today - timedelta(days=days - 1)
        return [(on, note) for on, note in self.notes if note.place == place and on >= since]


# --- The rules ----------------------------------------------------------------------------------------


def warning_signs(diary: Diary) -> Iterator[Advice]:
    """A sign that stops is said until a clinician has looked, or for `sign_days` after it was last noted.

    "A clinician has looked" takes back what earlier notes of the place said, and what the same note says beside
    it, but never a sign that is urgent and noted with it or later.
    """
    for place in diary.book.places:
        standing: dict[str, Sign] = {}
        for _, note in diary.at(place, diary.book.rules.sign_days):
            told = [diary.book.signs[one] for one in note.signs if one in diary.book.signs]
            if any(sign.effect == "clears" for sign in told):
                standing.clear()
                told = [sign for sign in told if sign.effect == "urgent"]
            standing |= {sign.id: sign for sign in told if sign.effect in {"urgent", "stop", "care"}}
        for sign in standing.values():
            yield Advice(
                kind="stop" if sign.stops else "care",
                text=sign.text,
                see=sign.see,
                rank=sign.rank,
                place=place,
                urgent=sign.effect == "urgent",
            )


def chest_pain(diary: Diary) -> Iterator[Advice]:
    """Pain in the chest is always told apart from a sore muscle, whatever else was ticked."""
    if any(note.level > 0 for _, note in _open(diary, "chest")):
        yield Advice(
            kind="stop",
            text="Pain in the chest can come from a muscle, and it can come from the heart.",
            see="If it presses, comes with effort, or you are short of breath, call emergency services now; "
            "otherwise see a doctor before the next session.",
            rank=1,
            place="chest",
            urgent=True,
        )


def severe_pain(diary: Diary) -> Iterator[Advice]:
    """The last note of a place is severe: nothing is trained on it, and somebody should look soon."""
    for place, last in _last(diary):
        if last.level >= diary.book.rules.severe_level and _open(diary, place):
            yield Advice(
                kind="stop",
                text=f"{last.level} of 10 in your {_in(diary, place)} is a lot to bear, and not the day to train.",
                see="See a doctor today or tomorrow if it does not ease soon.",
                rank=5,
                place=place,
            )


def fragile_bone(diary: Diary) -> Iterator[Advice]:
    """Strong pain of the spine with fragile bones, or after a knock at a greater age, may be a broken bone."""
    rules, person = diary.book.rules, diary.person
    if person is None:
        return
    fragile = "osteoporosis" in person.complaints
    old = person.age_years(diary.today) >= rules.knock_years
    for place, last in _last(diary):
        if not diary.book.places[place].spine or not _open(diary, place):
            continue
        knocked = any("injury" in note.signs for _, note in _open(diary, place))
        if (fragile and last.level >= rules.strong_level) or ((fragile or old) and knocked):
            yield Advice(
                kind="stop",
                text="With fragile bones, or later in life, strong pain of the spine can be a bone that gave way, "
                "even after a light knock.",
                see="See a doctor today.",
                rank=4,
                place=place,
            )


def first_strong_pain(diary: Diary) -> Iterator[Advice]:
    """The first strong back pain in the diary of somebody very young or past 55 is looked at."""
    rules, person = diary.book.rules, diary.person
    if person is None or rules.first_before_years <= person.age_years(diary.today) <= rules.first_after_years:
        return
    for place, spot in diary.book.places.items():
        strong = [on for on, note in diary.at(place) if note.level >= rules.strong_level]
        recent = strong and diary.today - strong[0] < timedelta(days=rules.within_days)
        if spot.spine and recent and _open(diary, place):
            yield Advice(
                kind="stop",
                text="The first strong back pain before 20 or after 55 is most often harmless, and worth a look.",
                see="See your doctor within days; if you know this pain from before, carry on as agreed.",
                rank=7,
                place=place,
            )


def lasting_pain(diary: Diary) -> Iterator[Advice]:
    """Pain that has gone on for six weeks without easing is looked at."""
    rules = diary.book.rules
    for place in diary.book.places:
        days = _strongest(_open(diary, place, rules.lasting_days + rules.within_days))
        days = {on: level for on, level in days.items() if level >= rules.noted_level}
        if len(days) < rules.lasting_notes:
            continue
        span = max(days) - min(days)
        still = diary.today - max(days) < timedelta(days=rules.sign_days)
        levels = list(days.values())
        half = len(levels) // 2
        eased = fmean(levels[:half]) - fmean(levels[half:]) >= rules.easing_by
        if still and span >= timedelta(days=rules.lasting_days) and not eased:
            yield Advice(
                kind="stop",
                text=f"Your {_in(diary, place)} has hurt for six weeks and has not eased.",
                see="See your doctor or a physiotherapist within days; training can go on once they have looked.",
                rank=7,
                place=place,
            )


def lasting_thorax(diary: Diary) -> Iterator[Advice]:
    """Pain between the shoulder blades that stays day after day is looked at earlier."""
    rules = diary.book.rules
    for place, spot in diary.book.places.items():
        days = _strongest(_open(diary, place, rules.thorax_days + rules.sign_days))
        days = {on: level for on, level in days.items() if level >= rules.noted_level}
        if not spot.thorax or len(days) < rules.thorax_notes:
            continue
        if max(days) - min(days) >= timedelta(days=rules.thorax_days):
            yield Advice(
                kind="stop",
                text="Pain between the shoulder blades that stays for weeks is most often harmless, but a doctor "
                "should look once.",
                see="See your doctor within days.",
                rank=7,
                place=place,
            )


def rising_pain(diary: Diary) -> Iterator[Advice]:
    """Levels that rise over two weeks ask for less load and an eye on them."""
    rules = diary.book.rules
    for place in diary.book.places:
        levels = list(_levels(diary, place, rules.sign_days).values())
        if len(levels) >= 3 and levels[-1] - levels[0] >= rules.rising_by:
            yield Advice(
                kind="care",
                text=f"Your {_in(diary, place)} hurts more than two weeks ago: {levels[0]}, now {levels[-1]} of 10.",
                see="Take less weight where it hurts; see a clinician if it rises for another week.",
                rank=9,
                place=place,
            )


def in_pregnancy(diary: Diary) -> Iterator[Advice]:
    """Back pain in pregnancy is common, and told apart from contractions."""
    if diary.person is None or diary.person.pregnancy_week is None:
        return
    for place in ("lower_back", "mid_back", "hip_left", "hip_right"):
        if any(note.level > 0 for _, note in _open(diary, place)):
            yield Advice(
                kind="care",
                text="A sore back is common in pregnancy.",
                see="If it comes in waves, or with bleeding, fluid or fever, call your maternity unit now; "
                "otherwise tell your midwife at the next visit.",
                rank=3,
                place=place,
            )
            return


def pain_in_the_programme(diary: Diary) -> Iterator[Advice]:
    """What the programme does about pain that repeats."""
    for found in repeated(diary):
        yield Advice(
            kind="info",
            text=f"{found.text} The programme goes easy on it from the next plan on.",
            see="",
            rank=20,
            place=found.places[0],
        )


Rule = Callable[[Diary], Iterator[Advice]]
RULES: Final[tuple[Rule, ...]] = (
    warning_signs,
    chest_pain,
    severe_pain,
    fragile_bone,
    first_strong_pain,
    lasting_pain,
    lasting_thorax,
    rising_pain,
    in_pregnancy,
    pain_in_the_programme,
)


def advice(diary: Diary) -> tuple[Advice, ...]:
    """Return all advice, each sentence once, what is most urgent first."""
    found: dict[tuple[str, str], Advice] = {}
    for rule in RULES:
        for one in rule(diary):
            found.setdefault((one.text, one.see), one)
    order: Mapping[AdviceKind, int] = {"stop": 0, "care": 1, "info": 2}
    return tuple(sorted(found.values(), key=lambda one: (order[one.kind], not one.urgent, one.rank)))


def stops(diary: Diary) -> tuple[Advice, ...]:
    """Return what speaks against training before a clinician has looked, most urgent first."""
    return tuple(one for one in advice(diary) if one.kind == "stop")


# --- What repeats ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """Pain that was noted again and again: a complaint for the programme, and why in one sentence."""

    complaint: str
    places: tuple[str, ...]
    days: int
    highest: int
    last_on: date
    text: str


def repeated(diary: Diary) -> tuple[Repeated, ...]:
    """Return the complaints that the last weeks speak for, in the order of the places; both sides count together."""
    rules = diary.book.rules
    levels: dict[str, dict[date, int]] = {}
    where: dict[str, list[str]] = {}
    for place, spot in diary.book.places.items():
        for on, note in diary.at(place, rules.within_days):
            if spot.complaint and note.level >= rules.noted_level:
                of_day = levels.setdefault(spot.complaint, {})
                of_day[on] = max(note.level, of_day.get(on, 0))
                where.setdefault(spot.complaint, []).append(place)
    return tuple(
        Repeated(
            complaint=complaint,
            places=tuple(dict.fromkeys(where[complaint])),
            days=len(days),
            highest=max(days.values()),
            last_on=max(days),
            text=_repeated_words(diary, tuple(dict.fromkeys(where[complaint])), days),
        )
        for complaint, days in levels.items()
        if len(days) >= rules.repeat_days
    )


def _repeated_words(diary: Diary, places: tuple[str, ...], days: Mapping[date, int]) -> str:
    names = " and ".join(_in(diary, place) for place in places)
    return (
        f"Your {names} hurt on {len(days)} days in {diary.book.rules.within_days // 7} weeks, "
        f"up to {max(days.values())} of 10."
    )


def trend_words(diary: Diary) -> str:
    """Return how the last four weeks compare with the four before, in one sentence; empty without notes."""
    rules = diary.book.rules
    span = timedelta(days=rules.within_days)
    now = _strongest(on_note for on_note in diary.notes if on_note[0] > diary.today - span)
    before = _strongest(
        on_note for on_note in diary.notes if diary.today - 2 * span < on_note[0] <= diary.today - span
    )
    if not diary.notes:
        return ""
    if len(now) < 2 or len(before) < 2:
        return "Too early to say: notes of two months make a trend."
    change = fmean(now.values()) - fmean(before.values())
    # The first step of a 0 to 10 scale that people call a change is about one and a half to two.
    if abs(change) < 1.5:
        return "About as four weeks ago."
    size = f"{abs(change):.0f}" if abs(change) >= 1.75 else "more than 1"
    return f"{'Less' if change < 0 else 'More'} pain than four weeks ago, by {size} of 10 on average."


# --- Helpers ------------------------------------------------------------------------------------------


def _open(diary: Diary, place: str, days: int | None = None) -> list[tuple[date, PainNote]]:
    """Return the notes of the last days (of `sign_days`) since a clinician last looked, that note left out."""
    found: list[tuple[date, PainNote]] = []
    clears = {sign.id for sign in diary.book.signs.values() if sign.effect == "clears"}
    for on, note in diary.at(place, diary.book.rules.sign_days if days is None else days):
        found = [] if clears & set(note.signs) else [*found, (on, note)]
    return found


def _last(diary: Diary) -> Iterator[tuple[str, PainNote]]:
    for place in diary.book.places:
        if notes := diary.at(place, diary.book.rules.sign_days):
            yield place, notes[-1][1]


def _levels(diary: Diary, place: str, days: int) -> dict[date, int]:
    """Return the strongest level of each day, oldest first."""
    return _strongest(diary.at(place, days))


def _strongest(notes: Iterable[tuple[date, PainNote]]) -> dict[date, int]:
    found: dict[date, int] = {}
    for on, note in notes:
        found[on] = max(note.level, found.get(on, 0))
    return found


def _in(diary: Diary, place: str) -> str:
    """Return the name of a place inside a sentence."""
    name = diary.book.places[place].name.split(",", 1)[0]
    return name[:1].lower() + name[1:]


def diary_of(
    notes: Sequence[tuple[date, PainNote]],
    *,
    person: Person | None,
    today: date,
    book: PainBook | None = None,
) -> Diary:
    """Return a diary of notes with their local days, oldest first; notes of days to come and unknown places go."""
    book = book or load_pain()
    kept = [(on, note) for on, note in notes if on <= today and note.place in book.places]
    kept.sort(key=lambda on_note: (on_note[0], on_note[1].at))
    return Diary(notes=tuple(kept), person=person, today=today, book=book)
