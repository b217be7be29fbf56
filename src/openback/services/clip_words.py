"""What a clip's report says, in the words of a person who lifts: for the terminal, the report and the pages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from openback.model.exercise import Catalogue, Exercise, Fault, Severity
from openback.model.measures import MEASURE_UNITS
from openback.model.motion import CannotTell, FaultSeen, Guess, RepReport, Reserve, SetReport, View
from openback.services.wording import list_text

# What a measure is called where a person reads it. A test holds this against the registry of measures.
MEASURE_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "elbow_flexion_deg": "Elbow bend",
        "arm_elevation_deg": "Upper arm, from hanging to overhead",
        "arm_plane_deg": "Upper arm, out or ahead",
        "elbow_from_side_deg": "Elbow away from the side",
        "elbow_behind_trunk_trunks": "Elbow behind the trunk",
        "wrist_ahead_of_ear_trunks": "Hands ahead of the ears",
        "wrist_above_shoulder_trunks": "Hands above the shoulders",
        "wrist_behind_trunk_trunks": "Hands behind the trunk",
        "shoulder_rotation_deg": "Turn of the upper arm",
        "grip_width_shoulders": "Grip width",
        "forearm_from_vertical_deg": "Forearm from the vertical",
        "trunk_lean_deg": "Trunk lean",
        "trunk_from_floor_deg": "Trunk above the floor",
        "trunk_twist_deg": "Twist of the trunk",
        "trunk_swing_deg": "Swing of the trunk",
        "shoulder_rise_trunks": "Rise of the shoulders",
        "shoulder_tilt_deg": "Tilt of the shoulders",
        "hip_tilt_deg": "Tilt of the hips",
        "head_tilt_deg": "Tilt of the head",
        "head_forward_deg": "Head ahead of the shoulders",
        "head_pitch_deg": "Face up or down",
        "neck_line_deg": "Neck in line with the trunk",
        "shoulder_forward_trunks": "Shoulder ahead of the trunk",
        "hip_flexion_deg": "Hip bend",
        "knee_flexion_deg": "Knee bend",
        "lift_s": "Time of the lift",
        "hold_s": "Time at the peak",
        "lower_s": "Time of the return",
        "peak_speed_per_s": "Top speed",
        "speed_loss": "Speed lost over the set",
        "range_share": "Share of your full range",
    }
)
SEVERITY_WORDS: Final[Mapping[Severity, str]] = MappingProxyType(
    {"danger": "Danger", "form": "Form", "polish": "Polish"}
)
SEVERITIES: Final[tuple[Severity, ...]] = ("danger", "form", "polish")
_VIEWS: Final = {"front": "the front", "back": "the back", "side": "the side", "oblique": "an angle"}
_PULLED: Final = frozenset({"vertical_pull", "horizontal_pull", "rear_delt"})
_STATS: Final = {"change": ", change over the rep", "range": ", range over the rep"}
# Mid-hip to mid-shoulder of an adult: 29 % of 1.74 m (de Leva 1996); it only gives a feeling for the size.
TRUNK_CM: Final = 50
LITTLE_SEEN: Final = 0.8  # below this share of frames with somebody in them, it is said; project default
SURE: Final = 0.5  # a guess below this confidence is said as one of several; project default


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultStory:
    """A fault of the set: every time it was seen, `worst` the one farthest beyond its limit.

    `where` says in which reps, `when` the worst moment, `measured` what it was against the limit.
    """

    id: str
    title: str
    severity: Severity
    cue: str
    why: str
    where: str
    when: str
    measured: str
    seen: tuple[FaultSeen, ...]
    worst: FaultSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """Faults that cannot be told for one reason, and what would help."""

    titles: tuple[str, ...]
    why: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A report in words. `graded` is whether faults were looked for at all."""

    title: str
    headline: str
    facts: tuple[str, ...]
    faults: tuple[FaultStory, ...]
    untold: tuple[Untold, ...]
    praise: str
    graded: bool


def story(catalogue: Catalogue, report: SetReport, *, photos: bool = False, asked: bool = True) -> Story:
    """Return what to tell about a set, most important first."""
    exercise = catalogue.exercises.get(report.exercise or "")
    graded = exercise is not None and report.another is None and report.pose_found > 0
    rules = {fault.id: fault for fault in exercise.faults} if exercise else {}
    faults = _faults(report.faults, rules, photos=photos)
    untold = _untold(report.cannot_tell)
    return Story(
        title=exercise.name if exercise else "Exercise not known",
        headline=_headline(catalogue, exercise, report, photos=photos, asked=asked),
        facts=_facts(exercise, report, photos=photos) if graded else (),
        faults=faults if graded else (),
        untold=untold if graded else (),
        praise=_praise(report, rules) if graded and not faults else "",
        graded=graded,
    )


def _headline(
    catalogue: Catalogue, exercise: Exercise | None, report: SetReport, *, photos: bool, asked: bool
) -> str:
    if report.pose_found == 0:
        return (
            "Nobody could be seen. Film the whole body, in light, with the phone standing still, "
            "and nobody between you and it."
        )
    if report.another is not None and exercise is not None:
        other = _named(catalogue, report.another)
        return f"This looks like {other}, not {a(exercise.name)}; nothing was graded."
    if exercise is None:
        return f"No exercise of ours was recognised.{_guesses(catalogue, report)} Name it with --exercise."
    start = "" if asked else _recognised(catalogue, exercise, report)
    if photos:
        return f"{start}Two photos of {a(exercise.name)}: the start and the peak."
    return start + _count(exercise, report)


def _count(exercise: Exercise, report: SetReport) -> str:
    if exercise.kind == "hold":
        held_s = [hold.held_s for hold in report.holds]
        if not held_s:
            return "The pose was not reached, so no time was counted."
        times = "once" if len(held_s) == 1 else f"{len(held_s)} times"
        return f"Held {times}: {list_text([f'{one:.0f} s' for one in held_s])}."
    part = plural(len(report.partials), "partial rep") if report.partials else ""
    if not report.reps:
        return f"No full rep was counted{f', but {part}' if part else ''}."
    return f"{plural(len(report.reps), 'full rep')}{f' and {part}' if part else ''}."


def _named(catalogue: Catalogue, exercise_id: str) -> str:
    found = catalogue.exercises.get(exercise_id)
    return a(found.name) if found else "another exercise"


def _guesses(catalogue: Catalogue, report: SetReport) -> str:
    known = [guess for guess in report.recognised if guess.exercise in catalogue.exercises]
    names = [catalogue.exercises[str(guess.exercise)].name.lower() for guess in known[:3]]
    return f" The nearest: {list_text(names)}." if names else ""


def _recognised(catalogue: Catalogue, exercise: Exercise, report: SetReport) -> str:
    """Return what was recognised, and what else it may be when that is not sure."""
    best, *others = report.recognised or (Guess(exercise=exercise.id, confidence=math.nan),)
    if not best.confidence < SURE:
        sure = f" ({percent(best.confidence)} sure)" if math.isfinite(best.confidence) else ""
        return f"Recognised as {a(exercise.name)}{sure}. "
    names = [_named(catalogue, guess.exercise) for guess in others[:2] if guess.exercise is not None]
    perhaps = f", perhaps {' or '.join(names)}" if names else ""
    return f"This looks most like {a(exercise.name)}{perhaps}; if it is another, name it with --exercise. "


def _facts(exercise: Exercise | None, report: SetReport, *, photos: bool) -> tuple[str, ...]:
    facts = [seen_from(report.view)]
    if report.pose_found < LITTLE_SEEN:
        facts.append(
            f"You could be seen in only {percent(report.pose_found)} of {'the photos' if photos else 'the clip'}, "
            "so something may be missing."
        )
    if report.reps and exercise is not None:
        facts.append(tempo_text(exercise, report.reps))
    facts.append(reserve_text(report.reserve, report.speed_loss))
    return tuple(fact for fact in facts if fact)


def seen_from(view: View) -> str:
    """Return from where the camera looked, as a sentence."""
    if view.name not in _VIEWS:
        return "It could not be told from which side the camera looked."
    side = ""
    if view.name in {"side", "oblique"} and math.isfinite(view.yaw_deg):
        side = f", on your {'left' if view.yaw_deg > 0 else 'right'}"
        behind = " behind you" if abs(view.yaw_deg) > 90 else " in front of you"
        side += behind if view.name == "oblique" else ""
    return f"Seen from {_VIEWS[view.name]}{side}."


def tempo_text(exercise: Exercise, reps: Sequence[RepReport]) -> str:
    """Return the middle tempo of the reps beside the one that the exercise asks for."""
    parts = [middle([getattr(rep, name) for rep in reps]) for name in ("lift_s", "hold_s", "lower_s")]
    if any(math.isnan(part) for part in parts):
        return ""
    wanted = exercise.dose.tempo
    return (
        f"Tempo {parts[0]:.1f} s {verb(exercise).lower()}, {parts[1]:.1f} s hold, {parts[2]:.1f} s return; "
        f"the exercise asks for about {wanted.lift_s:g}, {wanted.hold_s:g} and {wanted.lower_s:g}."
    )


def middle(values: Sequence[float]) -> float:
    """Return the middle one of the known values; NaN when none is."""
    known = sorted(value for value in values if math.isfinite(value))
    return known[len(known) // 2] if known else math.nan


def reserve_text(reserve: Reserve | None, speed_loss: float | None) -> str:
    """Return the reps that were left, with their band; empty when that cannot be told."""
    if reserve is None:
        return ""
    low, high = round(reserve.low), round(reserve.high)
    slower = ""
    if speed_loss is not None and math.isfinite(speed_loss):
        slower = (
            f"The last reps were {percent(speed_loss)} slower than the fastest: "
            if speed_loss > 0
            else "The last reps were as fast as the first: "
        )
    text = (
        f"about {plural(round(reserve.reps), 'rep')} left in reserve, {low} to {high} in 4 of 5 sets like it."
    )
    return slower + text if slower else text[0].upper() + text[1:]


def _faults(seen: Sequence[FaultSeen], rules: Mapping[str, Fault], *, photos: bool) -> tuple[FaultStory, ...]:
    by_id: dict[str, list[FaultSeen]] = {}
    for fault in seen:
        by_id.setdefault(fault.id, []).append(fault)
    stories = [_fault(group, rules.get(key), photos=photos) for key, group in by_id.items()]
    return tuple(sorted(stories, key=lambda one: (SEVERITIES.index(one.severity), -len(one.seen))))


def _fault(group: Sequence[FaultSeen], rule: Fault | None, *, photos: bool) -> FaultStory:
    worst = max(group, key=lambda one: abs(one.value - one.limit))
    photo = f"the {'first' if worst.at_s < 0.5 else 'second'} photo"
    rep = f" in rep {worst.rep}" if worst.rep is not None else ""
    return FaultStory(
        id=worst.id,
        title=title(worst.id),
        severity=worst.severity,
        cue=worst.cue,
        why=rule.why if rule else "",
        where=f"in {photo}" if photos else _where(group),
        when=photo if photos else f"{moment(worst.at_s)}{rep}",
        measured=_measured(worst, rule),
        seen=tuple(group),
        worst=worst,
    )


def _where(group: Sequence[FaultSeen]) -> str:
    reps = sorted({fault.rep for fault in group if fault.rep is not None})
    if not reps:
        return "over the whole set" if len(group) == 1 else f"{len(group)} times"
    return f"in rep {reps[0]}" if len(reps) == 1 else f"in reps {list_text([str(rep) for rep in reps])}"


def _measured(worst: FaultSeen, rule: Fault | None) -> str:
    """Return what was measured at the worst moment, against the limit."""
    name = measure_name(rule.measure) if rule else title(worst.id)
    stat = _STATS.get(rule.stat, "") if rule else ""
    apart = ", left against right" if rule and rule.side == "difference" else ""
    side = f"{worst.side} side, " if worst.side in {"left", "right"} else ""
    bound = "at least" if worst.value < worst.limit else "at most"
    return (
        f"{name}{apart}{stat}: {side}{amount(worst.value, worst.unit)}{in_cm(worst.value, worst.unit)}, "
        f"where {bound} {amount(worst.limit, worst.unit)} is right"
    )


def _untold(cannot: Sequence[CannotTell]) -> tuple[Untold, ...]:
    groups: dict[tuple[str, str], list[str]] = {}
    for one in cannot:
        groups.setdefault((one.why, one.remedy), []).append(title(one.id))
    return tuple(
        Untold(titles=tuple(titles), why=why, remedy=remedy) for (why, remedy), titles in groups.items()
    )


def _praise(report: SetReport, rules: Mapping[str, Fault]) -> str:
    looked = len(rules) - len({one.id for one in report.cannot_tell})
    if not looked or not (report.reps or report.holds or report.frames <= 2):
        return ""
    return f"Clean: none of the {looked} faults that can be told from here was seen."


def unit_of(exercise: Exercise) -> str:
    """Return the unit of the range of a rep; empty for an exercise without rules for the camera."""
    return MEASURE_UNITS[exercise.rep.measure] if exercise.rep else ""


def verb(exercise: Exercise) -> str:
    """Return what the working part of a rep is called: `Pull` or `Lift`."""
    return "Pull" if exercise.pattern in _PULLED else "Lift"


def title(fault_id: str) -> str:
    """Return a fault's id as words: `behind_head` is `Behind head`."""
    words = fault_id.replace("_", " ")
    return words[:1].upper() + words[1:]


def measure_name(measure: str) -> str:
    """Return what a measure is called."""
    return MEASURE_NAMES.get(measure, title(measure))


def amount(value: float, unit: str) -> str:
    """Return a value with its unit: `47°`, `0.32 trunk lengths`, `1.4 s`, `85 %`; a dash when unknown."""
    if not math.isfinite(value):
        return "–"
    match unit:
        case "deg":
            return f"{value:.0f}°".replace("-", "−")
        case "share":
            return percent(value)
        case "s":
            return f"{value:.1f} s"
        case "per s":
            return f"{value:.2f} ranges a second"
        case _:
            return f"{value:.2f} {unit}".replace("-", "−")


def percent(share: float) -> str:
    """Return a share as `85 %`."""
    return f"{share * 100:.0f} %".replace("-", "−")


def in_cm(value: float, unit: str) -> str:
    """Return about how many centimetres a share of a trunk is; empty for another unit."""
    if unit != "trunk lengths" or not math.isfinite(value):
        return ""
    return f" (about {value * TRUNK_CM:.0f} cm)".replace("-", "−")


def moment(t_s: float) -> str:
    """Return a moment of a clip as a player shows it, with tenths: `0:04.4`."""
    if not math.isfinite(t_s):
        return "–"
    tenths = round(t_s * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def a(name: str) -> str:
    """Return an exercise's name in a sentence: `a dumbbell shrug`, `an incline row`, `a Y raise`, `eagle arms`."""
    small = name[:1].lower() + name[1:] if name[1:2].islower() else name
    if small.endswith("s") and not small.endswith("ss"):
        return small  # more than one
    vowel = small[:1] in "aeiou" and not small.startswith(("one", "uni"))
    return f"{'an' if vowel else 'a'} {small}"


def plural(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
