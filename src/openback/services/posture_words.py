"""What a posture check says: one sentence a measure, one a problem, one a trend. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from openback.model.posture import Problem, Shot
from openback.motion.posture import PostureMeasure, Trend, posture_rules
from openback.services.wording import list_text

ABOUT: Final = (
    "These are Openback's own lines, from ears to shoulders to hips as the pose model marks them. "
    "It sees neither the C7 bone nor the tragus of the ear, so none of them is a craniovertebral angle, "
    "and no study has norms for them. "
    "Posture changes a little and slowly with training, how much is uncertain, "
    "and it is not proven that such a change is what eases pain; training itself does ease it."
)
C7_ABOUT: Final = "It runs to the ear as the pose model marks it, not to the tragus itself, and cut-offs for it are not well proven."
SHOT_WORDS: Final[Mapping[Shot, str]] = MappingProxyType(
    {
        "front": "from the front",
        "right": "from your right",
        "back": "from behind",
        "left": "from your left",
    }
)
_TOWARDS: Final[Mapping[Shot, str]] = MappingProxyType(
    {"front": "your chest", "right": "your right side", "back": "your back", "left": "your left side"}
)
_CAUTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "arms": "Your arms were not hanging, which moves the shoulders: let them hang next time.",
        "crooked": "The camera stood crooked; what it did to the readings is taken out where both sides were seen.",
    }
)


def problem_said(problem: Problem, shot: Shot | None = None) -> str:
    """Return the one sentence on what to change; without a shot it speaks of "this picture"."""
    seen = f"in the picture {SHOT_WORDS[shot]}" if shot else "in this picture"
    picture = f"The picture {SHOT_WORDS[shot]}" if shot else "This picture"
    towards = _TOWARDS[shot] if shot else "your front, your back or one side"
    sentences: Mapping[Problem, str] = {
        "nobody": f"Nobody is to be seen {seen}: stand before the camera, with head, shoulders and hips in view.",
        "two_people": f"More than one person is {seen}: let nobody else stand in view.",
        "too_dark": f"{picture} is too dark: turn on more light, and have no window behind you.",
        "half_body": f"A part of the body is missing {seen}: step back until head, shoulders and hips are in view.",
        "too_far": f"You are too small {seen}: come closer, until you fill most of its height.",
        "wrong_view": f"You are turned away {seen}: turn until the camera looks straight at {towards}.",
        "too_few": f"Too little could be told {seen}: hold still a little longer, with nothing before you.",
    }
    return sentences[problem]


def caution_said(caution: str) -> str:
    """Return what may have moved a reading."""
    return _CAUTIONS[caution]


def untold_said(measure: PostureMeasure | None, why: str) -> str:
    """Return why a measure could not be told; `measure` is None for the angle at a marked C7."""
    shots = [SHOT_WORDS[shot] for shot in (measure.shots if measure else ("right", "left"))]
    where = " or ".join(shots)
    return {
        "no_shot": f"It takes a picture {where}.",
        "problem": f"It takes a picture {where} that can be measured.",
        "bent": "You were bent over: stand or sit upright.",
        "c7_shot": f"The mark has to be on a picture {where} that can be measured.",
        "c7_place": "The mark does not lie at the base of the neck. Mark the bone that stands out most there when you bend your head forward.",
    }[why]


# --- Readings ------------------------------------------------------------------------------------------------


def degrees(value: float) -> str:
    """Return a whole number of degrees, as in `12°`."""
    return f"{abs(value):.0f}°"


def signed(value: float, digits: int = 1) -> str:
    """Return a number with its sign, a true minus for what is below zero and none for what rounds to it."""
    text = f"{value:+.{digits}f}"
    return text.replace("-", "−") if float(text) else text[1:]


def _forward(value: float) -> str:
    return "ahead of" if value > 0 else "behind"


def _side(value: float) -> str:
    return "left" if value > 0 else "right"


def _other(value: float) -> str:
    return _side(-value)


_SAID: Final[Mapping[str, tuple[str, Callable[[float], str]]]] = MappingProxyType(
    {
        "head_forward_deg": (
            "Your ears are over your shoulders, as near as this can tell.",
            lambda value: f"Your ears are {degrees(value)} {_forward(value)} your shoulders.",
        ),
        "shoulders_forward_deg": (
            "Your shoulders lie on the line from hips to ears, as near as this can tell.",
            lambda value: (
                f"Your shoulders are {degrees(value)} {_forward(value)} the line from hips to ears."
            ),
        ),
        "trunk_lean_forward_deg": (
            "Your trunk is upright, as near as this can tell.",
            lambda value: f"Your trunk leans {degrees(value)} {'forward' if value > 0 else 'back'}.",
        ),
        "shoulder_level_deg": (
            "Your shoulders are level, as near as this can tell.",
            lambda value: f"Your {_side(value)} shoulder is higher, by {degrees(value)}.",
        ),
        "head_level_deg": (
            "Your head is level, as near as this can tell.",
            lambda value: f"Your head is tilted {degrees(value)} to the {_other(value)}.",
        ),
        "trunk_lean_left_deg": (
            "Your trunk leans to neither side, as near as this can tell.",
            lambda value: f"Your trunk leans {degrees(value)} to the {_side(value)}.",
        ),
    }
)


def reading_said(measure: PostureMeasure, value: float, low: float, high: float) -> str:
    """Return a reading in plain words; one whose band holds zero is called level, upright or in line."""
    level, off = _SAID[measure.id]
    if low <= 0 <= high:
        return level
    beyond = " That is more than we take for usual." if is_marked(measure, low, high) else ""
    return off(value) + beyond


def is_marked(measure: PostureMeasure, low: float, high: float) -> bool:
    """Return whether the whole band of a reading lies beyond what is usual."""
    least, most = measure.usual_deg
    return low > most or high < least


def c7_said(value: float) -> str:
    """Return the angle at a marked C7 in plain words, with what a study found."""
    rules = posture_rules().c7
    return (
        f"The line from your C7 mark to your ear stands {degrees(value)} above the level. "
        f"In one study people without neck pain had {rules.without_neck_pain_deg:g}° on average "
        f"and people with it {rules.with_neck_pain_deg:g}°; the smaller, the further forward the head. {C7_ABOUT}"
    )


def headline(marked: Sequence[str], told: int) -> str:
    """Return one sentence on a whole check: what lies beyond what is usual, if anything does."""
    if not told:
        return "Nothing could be told from these pictures."
    if not marked:
        return "Nothing is beyond the usual."
    names = [name[0].lower() + name[1:] for name in marked]
    return f"Beyond the usual: {list_text(names)}."


# --- Trends --------------------------------------------------------------------------------------------------


def trend_said(measure: PostureMeasure, trend: Trend, checks: int) -> str:
    """Return what a measure did over weeks; "no real change yet" is an answer."""
    if not trend.told:
        days = posture_rules().window_days
        return (
            "Not measured yet."
            if checks == 0
            else f"A change can be told once checks lie {days} days or more apart."
        )
    least = f"{trend.smallest_change:.1f}°"
    if not trend.changed:
        return f"No real change yet: {abs(trend.change):.1f}° so far, and less than {least} may be chance."
    way = measure.more if trend.change > 0 else measure.less
    return (
        f"{signed(trend.change)}° since your first checks, {way}: more than the {least} that chance can make."
    )


def trends_said(changed: Sequence[str], *, checks: int, told: bool) -> str:
    """Return one sentence on the trend as a whole."""
    if checks == 0:
        return "No posture check yet. The first one is where the line begins."
    if checks == 1:
        return "One check so far. Another in two weeks or so begins the line."
    if not told:
        return "Too early to tell: the checks lie less than two weeks apart."
    if not changed:
        return "No real change yet. Posture moves slowly, if it does; the checks go on telling."
    names = [changed[0], *(name[0].lower() + name[1:] for name in changed[1:])]
    return f"A change worth believing: {list_text(names)}."
