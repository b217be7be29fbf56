"""What the journal asks of the programme: desk tests, posture checks and the pain diary, brought together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from openback.model.journal import DeskTest, PainNote, PostureCheck
from openback.model.person import Person, Profile
from openback.model.programme import Programme, ScreeningReason
from openback.services.app import App
from openback.services.desk_views import FindingView
from openback.services.posture_trends import posture_findings
from openback.services.who import profile_now
from openback.services.wording import day_text, list_text
from openback.training.desk_tests import TestRule, load_book, norm_for, number_words, verdict_of
from openback.training.findings import Finding, Findings
from openback.training.pain_book import load_pain
from openback.training.pain_diary import Diary, Repeated, diary_of, repeated, stops

POSTURE_HEAD = "Posture check"
DIARY_HEAD = "Pain diary"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    """A finding with the day of its newest evidence; `head` begins its sentence, whatever the numbers."""

    finding: Finding
    on: date
    head: str


def local_day(app: App, at: DeskTest | PainNote | PostureCheck) -> date:
    """Return the person's calendar day of an entry; what a wrong clock put in the days to come is of today."""
    return min(at.at.astimezone().date(), app.today)


# --- Pain ---------------------------------------------------------------------------------------------


def diary_now(app: App, person: Person | None, *, days: int | None = None) -> Diary:
    """Return the pain diary as the rules read it, of the last so many days or all of it."""
    start = None if days is None else app.now() - timedelta(days=days + 1)
    notes = app.store.entries(app.person_id, PainNote, start=start)
    return diary_of([(local_day(app, note), note) for note in notes], person=person, today=app.today)


def with_diary(app: App, profile: Profile) -> Profile:
    """Return the profile with the complaints that repeated pain speaks for; the same one when there are none."""
    told = profile.person.complaints
    found = [one.complaint for one in _repeated_now(app, profile.person) if one.complaint not in told]
    if not found:
        return profile
    return replace(profile, person=replace(profile.person, complaints=(*told, *found)))


def _repeated_now(app: App, person: Person) -> tuple[Repeated, ...]:
    # Asked for with every prescription: a diary of years is not read each time.
    return repeated(diary_now(app, person, days=load_pain().rules.within_days))


def pain_stops(app: App, person: Person) -> tuple[ScreeningReason, ...]:
    """Return what the pain diary holds against training until a clinician has looked, most urgent first."""
    return tuple(
        ScreeningReason(id=f"pain_{one.place}", text=one.text, see=one.see, urgent=one.urgent, rank=one.rank)
        for one in stops(diary_now(app, person))
    )


# --- Tests and posture ----------------------------------------------------------------------------------


def findings_now(app: App, person: Person) -> Findings:
    """Return what the planner is given."""
    return Findings(items=tuple(one.finding for one in _found(app, person)))


def latest_results(app: App) -> dict[tuple[str, str], DeskTest]:
    """Return the last result of each test and side that still says something about today."""
    since = app.now() - timedelta(days=load_book().counts_for_days)
    return {(one.test, one.side): one for one in app.store.entries(app.person_id, DeskTest, start=since)}


def _found(app: App, person: Person) -> Iterator[_Dated]:
    book, results = load_book(), latest_results(app)
    for rule in book.tests.values():
        norm = norm_for(rule, person, app.today)
        limited = [
            one
            for side in rule.sides
            if (one := results.get((rule.id, side))) is not None
            and verdict_of(rule, norm, one.value) == "limited"
        ]
        if limited:
            text = _test_words(app, rule, limited)
            finding = Finding(id=rule.id, kind="test", text=text, feed=rule.feeds)
            yield _Dated(finding=finding, on=max(local_day(app, one) for one in limited), head=rule.name)
    yield from _posture(app)


def _posture(app: App) -> Iterator[_Dated]:
    told = posture_findings(app)
    checks = app.store.entries(app.person_id, PostureCheck) if told else ()
    for key, feed in load_book().posture.items():
        if key in told and checks:
            text = f"{POSTURE_HEAD}: {feed.finding} in your last checks, more than is usual."
            finding = Finding(id=key, kind="posture", text=text, feed=feed)
            yield _Dated(
                finding=finding, on=local_day(app, checks[-1]), head=f"{POSTURE_HEAD}: {feed.finding}"
            )


def _test_words(app: App, rule: TestRule, limited: list[DeskTest]) -> str:
    said = list_text([f"{number_words(rule, one.value)}{_side_words(one)}" for one in limited])
    on = max(local_day(app, one) for one in limited)
    return f"{rule.name}: {said} on {day_text(on)}, less than usual."


def _side_words(one: DeskTest) -> str:
    return "" if one.side == "both" else f" on the {one.side}"


# --- What the person sees ---------------------------------------------------------------------------------


def findings(app: App) -> tuple[FindingView, ...]:
    """Return everything that was found, and whether the programme at hand already answers to it.

    Empty before the questions were answered.
    """
    profile = profile_now(app)
    if profile is None:
        return ()
    kept = app.store.latest_programme(app.person_id)
    planned = kept.programme if kept is not None else None
    found = [
        FindingView(
            id=one.finding.id,
            kind=one.finding.kind,
            text=one.finding.text,
            on=one.on,
            in_plan=bool(reason := _reason(planned, one.head)),
            answer=reason.partition(". ")[2],  # what the plan does comes after the sentence of what was found
        )
        for one in _found(app, profile.person)
    ]
    told = profile.person.complaints
    new = [one for one in _repeated_now(app, profile.person) if one.complaint not in told]
    return (*(_pain_view(app, one, planned) for one in new), *found)


def _pain_view(app: App, one: Repeated, planned: Programme | None) -> FindingView:
    complaint = app.catalogue.complaints[one.complaint]
    in_plan = bool(_reason(planned, f"{complaint.name}: "))
    said = f"{DIARY_HEAD}: {one.text[:1].lower()}{one.text[1:]}"
    return FindingView(
        id=one.complaint,
        kind="pain",
        # Once the plan answers, the rule stands among its notes.
        text=said if in_plan else f"{said} {complaint.rule}",
        on=one.last_on,
        in_plan=in_plan,
        answer="The plan goes easy on it." if in_plan else "",
    )


def _reason(planned: Programme | None, head: str) -> str:
    """Return the reason of a programme that begins with a finding's own words, empty when it was made without it."""
    reasons = planned.reasons if planned is not None else ()
    return next((reason for reason in reasons if reason.startswith(head)), "")
